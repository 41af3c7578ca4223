"""Numbers that stand in no table of a plan. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from invoices.rate_records import CardData
from invoices.records import ReviewReason
from invoices.rules.catalogue import reason
from processing.content.records import Row
from processing.ratecards.figures import figures_in
from processing.ratecards.grid import CellRange, Grid
from processing.ratecards.headers import is_number
from processing.ratecards.plan import IGNORED, CardPlan, Coverage, IgnoredRange
from processing.ratecards.regions import find_regions
from processing.ratecards.sheets import Sheet, source_of

_JUDGED = frozenset({"explanation", "terms", "limits", "label", "size"})
_FEW_SET_ASIDE, _SHARE_SET_ASIDE = 12, 20  # figures; one of so many
_MOST_ASKED = 6  # questions that a person would answer about one card

NO_MEANING = "columns without a meaning"
NOT_UNDERSTOOD = "columns not understood"
IN_NO_TABLE = "rows in no table"


def left_over_reasons(coverage: Coverage) -> list[ReviewReason]:
    """What of a card's numbers nobody explains, for a person: cells in no column with a meaning, and figures of
    sentences that were set aside by what they say (explanations, terms, limits), where they are more than a few."""
    reasons = []
    for index, (why, count) in enumerate(coverage.left_over.items()):
        example = coverage.examples.get(why, "")
        where = f"rates[{index}]" if index else "rates"
        reasons.append(reason("cells_left_over", where, f"{count} cells were left out ({why}): {example}"))
    aside = {kind: count for kind, count in coverage.set_aside.items() if kind in _JUDGED or kind.startswith(IGNORED)}
    judged = sum(aside.values())
    everything = coverage.numeric_cells + coverage.rule_figures + sum(coverage.set_aside.values())
    if judged > _FEW_SET_ASIDE and judged * _SHARE_SET_ASIDE > everything:
        kinds = ", ".join(f"{count} {kind.removeprefix(IGNORED)}" for kind, count in aside.items())
        told = f"{judged} of {everything} figures were set aside as changing no price: {kinds}. Is that right?"
        reasons.append(reason("figures_set_aside", "rules", told))
    return reasons


def what_became(coverage: Coverage) -> str:
    """A sentence: how many of a card's numbers became prices and limits, parts of rules, were set aside by kind, or are
    not explained."""
    open_ = sum(coverage.left_over.values())
    aside = ", ".join(f"{count} {kind}" for kind, count in sorted(coverage.set_aside.items()))
    everything = coverage.used_cells + coverage.rule_figures + sum(coverage.set_aside.values()) + open_
    return (
        f"{everything} numbers: {coverage.used_cells} are prices and limits, {coverage.rule_figures} parts of rules, "
        f"{sum(coverage.set_aside.values())} set aside ({aside or 'none'}), {open_} not explained."
    )


def rows_outside(plan: CardPlan, sheet: Sheet) -> list[Row]:
    """The rows of a sheet that are in no table of the plan, headers included."""
    spans = [(min((*t.header_rows, t.first_row)), t.last_row) for t in plan.tables if t.sheet == sheet.index]
    if len(spans) == 1:
        first, last = spans[0]
        return [row for row in sheet.rows if not first <= row.number <= last]
    return [row for row in sheet.rows if not any(first <= row.number <= last for first, last in spans)]


def set_ignored_aside(plan: CardPlan, sheet: Sheet, coverage: Coverage) -> list[Row]:
    """The rows outside of all tables without the cells that the plan ignores; their figures are counted as set
    aside."""
    rows = rows_outside(plan, sheet)
    ranges = [found for found in plan.ignored if found.sheet == sheet.index]
    if not ranges:
        return rows
    labels = {row.number: label for row, label in zip(sheet.rows, Grid(sheet).labels, strict=True)}
    out: list[Row] = []
    for row in rows:
        kept = []
        for cell in row.cells:
            found = next((r for r in ranges if r.holds(labels[row.number], cell.column)), None)
            if found is None:
                kept.append(cell)
            elif count := len(figures_in(cell.text)):
                coverage.set_aside_as(found.why, count)
        if kept:
            out.append(row if len(kept) == len(row.cells) else replace(row, cells=tuple(kept)))
    return out


def asked(plan: CardPlan) -> list[ReviewReason]:
    """What the plan asks a person, each a reason that holds the card."""
    return [
        reason("mapping_doubtful", f"rates[{i}]" if i else "rates", f"{ask.why} ({_at(ask)})")
        for i, ask in enumerate(plan.asks[:_MOST_ASKED])
    ]


def count_asked(plan: CardPlan, sheets: Sequence[Sheet], card: CardData, coverage: Coverage) -> None:
    """Count the sentences that are not understood and that the plan asks a person about."""
    places: set[str] = set()
    for sheet in sheets:
        ranges = [ask for ask in plan.asks if ask.sheet == sheet.index]
        for label, row in zip(Grid(sheet).labels, sheet.rows, strict=True) if ranges else ():
            places |= {
                str(source_of(cell.place)) for cell in row.cells if any(r.holds(label, cell.column) for r in ranges)
            }
    coverage.asked_sentences = sum(
        rule.kind == "not_understood" and str(rule.source.get("words")) in places for rule in card.rules
    )


def _at(found: IgnoredRange) -> str:
    return str(CellRange(found.sheet, found.left, found.top, found.right, found.bottom))


def count_uncovered(plan: CardPlan, sheets: Sequence[Sheet], coverage: Coverage) -> None:
    """Count the numbers of tables that the plan does not name among those left over."""
    for sheet in sheets:
        rows = set_ignored_aside(plan, sheet, Coverage())
        if sum(len(row.cells) > 1 for row in rows) < 2:
            continue
        grid = Grid(replace(sheet, rows=tuple(rows)))
        for region in find_regions(grid):
            inside = rows[region.first : region.last + 1]
            numbers = sum(is_number(cell.text) for row in inside for cell in row.cells[1:])
            if numbers > max(len(inside), 3):
                labels = grid.labels
                at = CellRange(
                    sheet.index, region.columns[0], labels[region.head], region.columns[-1], labels[region.last]
                )
                coverage.leave(IN_NO_TABLE, str(at), numbers)
                coverage.numeric_cells += numbers
