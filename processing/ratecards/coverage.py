"""Numbers that stand in no table of a plan. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from invoices.records import ReviewReason
from invoices.rules.catalogue import reason
from processing.content.records import Row
from processing.ratecards.grid import CellRange, Grid
from processing.ratecards.headers import is_number
from processing.ratecards.plan import CardPlan, Coverage
from processing.ratecards.regions import find_regions
from processing.ratecards.sheets import Sheet

_JUDGED = frozenset({"explanation", "terms", "limits", "label", "size"})
_FEW_SET_ASIDE, _SHARE_SET_ASIDE = 12, 20  # figures; one of so many

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
    judged = sum(count for kind, count in coverage.set_aside.items() if kind in _JUDGED)
    everything = coverage.numeric_cells + coverage.rule_figures + sum(coverage.set_aside.values())
    if judged > _FEW_SET_ASIDE and judged * _SHARE_SET_ASIDE > everything:
        kinds = ", ".join(f"{count} {kind}" for kind, count in coverage.set_aside.items() if kind in _JUDGED)
        told = f"{judged} of {everything} figures were set aside as changing no price: {kinds}. Is that right?"
        reasons.append(reason("figures_set_aside", "rules", told))
    return reasons


def rows_outside(plan: CardPlan, sheet: Sheet) -> list[Row]:
    """The rows of a sheet that are in no table of the plan, headers included."""
    spans = [(min((*t.header_rows, t.first_row)), t.last_row) for t in plan.tables if t.sheet == sheet.index]
    if len(spans) == 1:
        first, last = spans[0]
        return [row for row in sheet.rows if not first <= row.number <= last]
    return [row for row in sheet.rows if not any(first <= row.number <= last for first, last in spans)]


def count_uncovered(plan: CardPlan, sheets: Sequence[Sheet], coverage: Coverage) -> None:
    """Count the numbers of tables that the plan does not name among those left over."""
    for sheet in sheets:
        rows = rows_outside(plan, sheet)
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
