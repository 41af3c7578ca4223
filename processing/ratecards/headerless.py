"""A list whose first line is data already: what its columns are by their values, where nothing else fits. Pure."""

from __future__ import annotations

import re
from collections.abc import Sequence
from decimal import Decimal
from itertools import pairwise

from invoices.values import parse_country
from processing.content.records import Row
from processing.ratecards.headers import is_number
from processing.ratecards.labels import parse_break
from processing.ratecards.plan import ColumnPlan, TablePlan
from processing.ratecards.sheets import Sheet
from processing.ratecards.values import price_of
from processing.ratecards.vocabulary import is_equipment

_FEWEST_ROWS = 4
_MOST_ROWS = 200  # looked at
_SHAPED = frozenset({"range", "upto", "below", "from", "over"})
_CODES = re.compile(r"^(?:[A-Z]{2}|\*)$")
_PORT = re.compile(r"^[A-Z]{5}$")
_SHORT = re.compile(r"^(?:zone\s)?[A-Z]?\d{0,2}[A-Z]?$", re.I)
_POSTCODE = re.compile(r"^(?:\d{4,5}|\d{3}\s?\d{2}|\d{5}-?\d{3}|\d{2}-\d{3})$")
_PLACED = ("destination", "destination_from")
_MONEY = re.compile(r"^\d{1,5}[.,]\d{2}$")


def headerless_table(sheet: Sheet) -> TablePlan | None:
    """The table of a sheet without a header, where each column can be one thing only: a country or port, a break, one
    price. None for everything else; then a person says what the columns are."""
    first = _first_row(sheet.rows)
    rows = sheet.rows[first : first + _MOST_ROWS]
    if len(rows) < _FEWEST_ROWS:
        return None
    width = len(rows[0].cells)
    columns = [cell.column for cell in rows[0].cells]
    if width < 3 or any([cell.column for cell in row.cells] != columns for row in rows):
        return None
    plans = [_column(column, [row.cells[i].text for row in rows]) for i, column in enumerate(columns)]
    plans = _with_zones(_with_steps(_with_ranges(plans, rows), rows), rows)
    found = [plan for plan in plans if plan is not None]
    meanings = [plan.meaning for plan in found]
    steps = sum(meanings.count(name) for name in ("break", "weight_from", "weight_to"))
    both = {"weight_from", "weight_to"} <= set(meanings)
    if len(found) < width or meanings.count("price") != 1 or steps > 1 + both:
        return None
    if meanings.count("destination") == 2:
        at = meanings.index("destination")
        found[at] = ColumnPlan(found[at].column, "origin")
    elif meanings.count("destination") + meanings.count("destination_from") + meanings.count("zone") != 1:
        return None
    place = next(i for i, meaning in enumerate(meanings) if meaning in (*_PLACED, "zone"))
    if not steps and len({row.cells[place].text for row in rows}) < len(rows):
        return None  # a place twice and nothing that tells its prices apart
    return TablePlan(
        sheet=sheet.index, target="rates", header_rows=(), first_row=rows[0].number, last_row=sheet.rows[-1].number,
        columns=tuple(found), price_unit="flat", basis="weight",
    )  # fmt: skip


def _with_ranges(plans: list[ColumnPlan | None], rows: Sequence[Row]) -> list[ColumnPlan | None]:
    """The columns, where two beside each other hold codes of one length that begin and end a range in each row, or one
    holds such codes alone: postcodes."""
    if any(plan is not None and plan.meaning == "destination" for plan in plans):
        return plans
    coded = [
        all(_POSTCODE.match(row.cells[i].text) for row in rows) and len({len(row.cells[i].text) for row in rows}) == 1
        for i in range(len(plans))
    ]
    out = list(plans)
    for i, (left, right) in enumerate(pairwise([*coded, False])):
        columns = [cell.column for cell in rows[0].cells]
        if left and right and all(row.cells[i].text <= row.cells[i + 1].text for row in rows):
            out[i], out[i + 1] = (
                ColumnPlan(columns[i], "destination_from"),
                ColumnPlan(columns[i + 1], "destination_to"),
            )
            return out
    if sum(coded) == 1:
        out[coded.index(True)] = ColumnPlan(rows[0].cells[coded.index(True)].column, "destination")
    return out


def _with_zones(plans: list[ColumnPlan | None], rows: Sequence[Row]) -> list[ColumnPlan | None]:
    """The columns, where short labels with the same breaks below each are zones."""
    steps = next((i for i, plan in enumerate(plans) if plan is not None and plan.meaning == "break"), None)
    open_ = [i for i, plan in enumerate(plans) if plan is None]
    if steps is None or len(open_) != 1 or any(plan is not None and plan.meaning == "destination" for plan in plans):
        return plans
    ladders: dict[str, list[str]] = {}
    for row in rows:
        ladders.setdefault(row.cells[open_[0]].text, []).append(row.cells[steps].text)
    alike = len({tuple(ladder) for ladder in ladders.values()}) == 1
    if len(ladders) < 2 or not alike or not all(_SHORT.match(label) for label in ladders):
        return plans
    return [ColumnPlan(rows[0].cells[i].column, "zone") if i == open_[0] else plan for i, plan in enumerate(plans)]


def _with_steps(plans: list[ColumnPlan | None], rows: Sequence[Row]) -> list[ColumnPlan | None]:
    """The columns, where numbers that rise alike below each place are the bounds of its prices: upper ones, or lower
    ones where they begin with nought."""
    at = next((i for i, plan in enumerate(plans) if plan is not None and plan.meaning in _PLACED), None)
    if at is None:
        return plans
    by_place: dict[str, list[Row]] = {}
    for row in rows:
        by_place.setdefault(row.cells[at].text, []).append(row)
    out = list(plans)
    lower: list[Decimal] | None = None
    for index, plan in enumerate(plans):
        if plan is not None and plan.meaning != "price":
            continue
        ladders = {tuple(row.cells[index].text for row in own) for own in by_place.values()}
        ladder = next(iter(ladders))
        bounds = [price_of(text, ",") if "," in text else price_of(text, ".") for text in ladder]
        numbers = [bound for bound in bounds if bound is not None]
        if len(by_place) < 2 or len(ladders) != 1 or len(ladder) < 2 or len(numbers) < len(ladder):
            continue
        if not all(a < b for a, b in pairwise(numbers)):
            continue
        if lower is not None and lower[1:] != numbers[:-1]:
            break  # prices that rise, too
        out[index] = ColumnPlan(rows[0].cells[index].column, "weight_to" if numbers[0] else "weight_from")
        if numbers[0]:
            break
        lower = numbers  # an upper bound beside it ends where the next row begins
    return out


def _first_row(rows: Sequence[Row]) -> int:
    """The index behind the lines of words at the top."""
    return next((i for i, row in enumerate(rows) if len(row.cells) > 2), len(rows))


def _column(column: int, texts: Sequence[str]) -> ColumnPlan | None:
    if all(_CODES.match(text) and (text == "*" or parse_country(text)) for text in texts):
        return ColumnPlan(column, "destination")
    if all(_PORT.match(text) for text in texts):
        return ColumnPlan(column, "destination")
    labels = [parse_break(text) for text in texts]
    if all(label is not None and label.shape in _SHAPED for label in labels):
        return ColumnPlan(column, "break", unit=next((label.unit for label in labels if label and label.unit), ""))
    if all(is_equipment(text) and not is_number(text) for text in texts):
        return ColumnPlan(column, "equipment")
    if all(is_number(text) for text in texts) and all(_MONEY.match(text) for text in texts):
        return ColumnPlan(column, "price")
    return None
