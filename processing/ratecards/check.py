"""What must hold between a plan, the cells and what was read by it; each failure is a sentence that names cells. Pure.

The sentences go to whoever made the plan: to a model that may repair it once, else to a person.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from invoices.rate_records import CardData
from invoices.rules.rate_cards import lane_problems
from processing.content.records import Row
from processing.ratecards.coverage import NO_MEANING
from processing.ratecards.grid import CellRange, Grid
from processing.ratecards.halves import halves_of
from processing.ratecards.labels import currency_in, parse_break
from processing.ratecards.monotony import prices_against_weight
from processing.ratecards.plan import CardPlan, ColumnPlan, TablePlan
from processing.ratecards.pointed import set_pointed
from processing.ratecards.read import CardReading
from processing.ratecards.regions import is_value
from processing.ratecards.sheets import Sheet
from processing.ratecards.values import currency_code, priced_text
from processing.ratecards.vocabulary import PACKAGING
from processing.readers.blocks import column_letters

_SAMPLE = 200
_NUMERIC = frozenset({"price", "minimum", "maximum", "base_charge", "percent", "fuel_percent"})
_BOUNDS = frozenset({"weight_from", "weight_to", "fuel_from", "fuel_to"})
_KEYS = frozenset(
    ["service", "service_code", "origin", "origin_from", "origin_to", "destination", "destination_from",
     "destination_to", "zone", "lane", "distance", "distance_from", "distance_to", "equipment",
     "freight_class", "break", "weight_from", "weight_to"]
)  # fmt: skip
ENOUGH_COVERED = 0.6
_MOST_SENTENCES = 8


def check_plan(plan: CardPlan, sheets: Sequence[Sheet]) -> list[str]:
    """Whether the columns of a plan hold what the plan says."""
    by_index = {sheet.index: sheet for sheet in sheets}
    problems: list[str] = []
    if not plan.tables:
        problems.append("The mapping has no table.")
    for table in plan.tables:
        sheet = by_index.get(table.sheet)
        if sheet is None:
            problems.append(f"There is no sheet {table.sheet + 1}.")
            continue
        rows = [row for row in sheet.rows if table.first_row <= row.number <= table.last_row and len(row.cells) > 1]
        where = _where(table, sheet)
        problems.extend(_roles(table, where))
        for column in table.columns:
            problems.extend(_column(column, rows[:_SAMPLE], sheet, where, worded=table.target == "surcharges"))
        problems.extend(_axis(table, sheet, where))
    return list(dict.fromkeys([*problems, *check_values(plan, sheets)]))


def check_values(plan: CardPlan, sheets: Sequence[Sheet]) -> list[str]:
    """Whether the cells that a plan points at say what they are pointed at for."""
    by_index = {sheet.index: sheet for sheet in sheets}
    problems: list[str] = []
    for value in plan.values:
        if not set_pointed(CardData(), value, by_index):
            address = CellRange(value.sheet, value.column, value.row, value.column, value.row)
            problems.append(f"{value.name}: the cell {address} (“{value.text[:40]}”) does not contain it.")
    return problems


def check_reading(reading: CardReading) -> list[str]:
    """Whether what was read by a plan hangs together: enough of the numbers, no two prices for the same thing."""
    card, coverage = reading.card, reading.coverage
    problems: list[str] = []
    if not (card.rates or card.zones or card.surcharges or card.fuel):
        return ["No rates, zones or surcharges were found."]
    if coverage.share < ENOUGH_COVERED:
        problems.append(f"Only {coverage.used_cells} of {coverage.numeric_cells} prices were imported.")
    for why, count in coverage.left_over.items():
        if count * 10 >= coverage.numeric_cells and (why != NO_MEANING or coverage.share < ENOUGH_COVERED):
            problems.append(f"{count} numbers were left out ({why}): {coverage.examples.get(why, '')}")
    found = lane_problems(card)
    twice, overlaps = found.get("duplicate_rate", []), found.get("break_overlap", [])
    if len(twice) * 20 > len(card.rates):
        cell = card.rates[twice[0][0]].source.get("value")
        problems.append(
            f"{len(twice)} of {len(card.rates)} prices have the keys of another (one is {cell}): a key is missing."
        )
    if len(overlaps) > max(2, len(card.rates) // 20):
        problems.append("The weight breaks of many lanes overlap: are the bounds upper or lower ones?")
    problems += prices_against_weight(card)
    endless = [rate for rate in card.rates if rate.excess_only and rate.break_from is None]
    if endless:
        cell = endless[0].source.get("value")
        problems.append(f"{len(endless)} prices are for what exceeds a weight that nothing states (one is {cell}).")
    return problems


def faults_of(reading: CardReading) -> list[str]:
    """What a plan may still mend, for whoever made it: what keeps the card from being used first, each a sentence that
    says so, then what is only to be looked at."""
    blocks = [f"BLOCKS: {problem}" for problem in reading.problems]
    for rule in reading.card.rules:
        if rule.kind == "not_understood":
            place = rule.source.get("words")
            at = place if isinstance(place, str) else f"page {place[0]}" if isinstance(place, list) else ""
            said = "point a rule at each of its figures, set it aside with a reason, or ask"
            blocks.append(f"BLOCKS: {at} “{rule.words[:120]}” has figures that no rule explains: {said}.")
    for why, count in reading.coverage.left_over.items():
        told = f"BLOCKS: {count} numbers are not explained ({why}): {reading.coverage.examples.get(why, '')}"
        blocks.append(told if any(problem in told for problem in reading.problems) else f"{told}.")
    warns = [f"WARNS: {question}" for question in reading.questions]
    for code, found in lane_problems(reading.card).items():
        if not reading.problems and found:
            index, told = found[0]
            cell = reading.card.rates[index].source.get("value")
            warns.append(f"WARNS: {code.replace('_', ' ')}, {len(found)} times; the first at {cell}: {told}")
    return list(dict.fromkeys([*blocks, *warns]))


def header_questions(reading: CardReading, notes: Sequence[str]) -> list[str]:
    """What the card does not say and a note may: asked for only where there are notes that nobody understood."""
    if not any(sum(map(str.isalpha, note)) >= 6 for note in notes):
        return []
    card = reading.card
    missing = []
    if not card.carrier_name and not card.carrier_code:
        missing.append("The carrier is unknown.")
    if (card.rates or card.surcharges) and not card.currency and not all(rate.currency for rate in card.rates):
        missing.append("The currency is unknown.")
    return missing


def _where(table: TablePlan, sheet: Sheet) -> str:
    grid = Grid(sheet)
    first = next((i for i, row in enumerate(sheet.rows) if row.number == table.first_row), 0)
    return f"{sheet.index + 1}!{grid.labels[first]}"


def _roles(table: TablePlan, where: str) -> list[str]:
    meanings = {column.meaning for column in table.columns}
    constants = {meaning for meaning, _, _ in table.constants}
    axes = {column.axis for column in table.columns if column.axis} | {c.outer_axis for c in table.columns} | constants
    if table.target == "rates":
        if not meanings & {"price", "discount"}:
            return [f"The table at row {where} has no price column."]
        if not meanings & (_KEYS | {"charge_name"}) and not axes & (_KEYS | {"distance"}):
            return [f"The table at row {where} does not say what its prices are for: no key column."]
    if table.target == "zones" and not meanings & {"zone", "places"}:
        return [f"The table at row {where} has no zone column."]
    if table.target == "surcharges" and not (
        meanings & {"price", "percent"} and meanings & {"surcharge", "code", "service"}
    ):
        return [f"The table of surcharges at row {where} needs a surcharge or code column and a price or percent."]
    if table.target == "fuel" and not meanings & {"fuel_percent", "percent", "price"}:
        return [f"The fuel table at row {where} has no fuel_percent column."]
    return []


def _column(column: ColumnPlan, rows: Sequence[Row], sheet: Sheet, where: str, *, worded: bool) -> list[str]:
    texts = [cell.text for row in rows if (cell := row.cell_at(column.column)) is not None]
    if column.half:
        texts = [half for text in texts if (half := halves_of(text)[column.half - 1])]
    name = f"Column {column_letters(column.column)} of the table at row {where}"
    if not texts:
        return [f"{name} is empty."] if column.meaning in ("price", "weight_from", "weight_to", "break") else []
    wrong: list[str] = []
    if column.meaning == "price":
        texts = [text for text in texts if priced_text(text, sheet.separator)[0] is None] or texts[:0]
    if column.meaning in _NUMERIC and not column.axis:
        # Surcharges say "0.10 per kg" or "12 % of freight"; lists of rates hold numbers.
        wrong = [t for t in texts if not is_value(t) and not (worded and any(map(str.isdigit, t)))]
    elif column.meaning == "price" or column.meaning in _BOUNDS:
        wrong = [t for t in texts if not is_value(t) and parse_break(t, sheet.separator_in(t)) is None]
    elif column.meaning == "break":
        wrong = [t for t in texts if parse_break(t, sheet.separator_in(t)) is None and not PACKAGING.match(t)]
    elif column.meaning == "currency":
        wrong = [t for t in texts if not currency_code(t) and not currency_in(t)]
    if len(wrong) * 3 > len(texts):
        return [f"{name} is no {column.meaning}: it holds “{wrong[0][:40]}”."]
    return []


def _axis(table: TablePlan, sheet: Sheet, where: str) -> list[str]:
    """Breaks that head columns: each is one, and they rise."""
    labels = [(c, parse_break(c.label, sheet.separator_in(c.label))) for c in table.columns if c.axis == "break"]
    for column, label in labels:
        if label is None:
            return [f"Column {column_letters(column.column)} at row {where}: “{column.label[:40]}” is no weight break."]
    groups: dict[str, list[tuple[str, object]]] = {}
    for column, label in labels:
        assert label is not None
        bound = label.first if label.first is not None else label.last
        if bound is not None and label.shape not in ("additional", "minimum"):
            groups.setdefault(column.outer_label, []).append((column.label, bound))
    for found in groups.values():
        for (a, low), (b, high) in pairwise(found):
            if low > high:  # type: ignore[operator]
                return [f"The breaks at row {where} do not rise: {a} stands before {b}."]
    return []
