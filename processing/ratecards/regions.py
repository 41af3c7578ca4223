"""Runs of rows that look like a table, whatever their headers say, and the fingerprint of a document's layout. Pure."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Sequence
from dataclasses import dataclass

from invoices.values import find_dates
from processing.content.records import Cell, Row
from processing.ratecards.grid import Grid
from processing.ratecards.headers import header_at, is_number
from processing.ratecards.vocabulary import NOTHING, folded

_MOST_HEADER_ROWS = 3
_MOST_NOTES_INSIDE = 3
_SAMPLE_ROWS = 40
_MONTHS = re.compile(
    r"\b(?:jan|feb|m[aä]r|apr|ma[iy]|jun|jul|aug|sep|oct|okt|nov|de[cz]|ene|abr|ago|dic)[a-zé]*\.?\b|\b(?:19|20)\d\d\b|"
    r"\bq[1-4]\b",
    re.I,
)


@dataclass(frozen=True, slots=True)
class Region:
    """Indexes into the rows of one sheet: headers from ``head``, data from ``first`` to ``last``. ``signature`` says
    the same of the same headers in the same columns."""

    sheet: int
    head: int
    first: int
    last: int
    columns: tuple[int, ...]
    signature: str


def find_regions(grid: Grid) -> list[Region]:
    """The regions of a sheet, from the top down."""
    rows = grid.rows
    found: list[Region] = []
    index = 0
    floor = 0  # headers are not looked for above this
    while index < len(rows):
        if not _is_data(rows[index]):
            index += 1
            continue
        last = _last_of_run(rows, index)
        head, first = _head_of(rows, index, floor)
        if last >= first and (last > first or len(rows[first].cells) > 2):
            found.append(_region(grid, head, first, last))
        floor = index = last + 1
    return found


def fingerprint_of(regions: Sequence[Region]) -> str:
    """The layout, not the content: the set of headers in their columns. Next month's card has the same, whatever its
    numbers, dates, names of sheets and counts of rows."""
    signatures = sorted({region.signature for region in regions})
    return hashlib.sha256("\n".join(signatures).encode()).hexdigest()[:32]


def header_text(text: str) -> str:
    """A header without what changes from card to card: dates, months and years."""
    plain = text
    for date in reversed(find_dates(text)):
        plain = plain[: date.start] + " " + plain[date.end :]
    return " ".join(folded(_MONTHS.sub(" ", plain)).split()) or folded(text)


def is_value(text: str) -> bool:
    """Whether a cell holds a number, or a sign for none."""
    return is_number(text) or bool(NOTHING.match(text))


def _is_data(row: Row) -> bool:
    cells = row.cells
    if len(cells) < 2:
        return False
    return any(cell.text[:1].isdigit() or is_value(cell.text) for cell in cells)


def _last_of_run(rows: Sequence[Row], start: int) -> int:
    last, notes = start, 0
    for index in range(start + 1, len(rows)):
        row = rows[index]
        if _is_data(row):
            if index > start + 1 and not row.cells[-1].text[:1].isdigit() and header_at(rows, index, inside=True):
                break
            last, notes = index, 0
            continue
        if len(row.cells) > 1:
            break
        notes += 1
        if notes > _MOST_NOTES_INSIDE:
            break
    return last


def _head_of(rows: Sequence[Row], start: int, floor: int) -> tuple[int, int]:
    """Where the header begins and where the data do: rows of words above, and rows at the top of the run that head it
    (numbers of zones above numbers of prices)."""
    head = start
    while head > floor and start - head < _MOST_HEADER_ROWS and len(rows[head - 1].cells) > 1:
        head -= 1
    found = header_at(rows, head)
    if found is not None:
        end = head + len(found.rows) - found.lead
        return head, max(start, end) if end <= start + 2 else start
    if head == start and start + 1 < len(rows) and _heads_numbers(rows[start], rows[start + 1]):
        return start, start + 1
    return head, start


def _heads_numbers(row: Row, below: Row) -> bool:
    corner = row.cells[0]
    if corner.column > below.cells[0].column:
        return True
    return not is_value(corner.text) and not corner.text[:1].isdigit() and is_value(below.cells[0].text)


def _region(grid: Grid, head: int, first: int, last: int) -> Region:
    rows = grid.rows
    columns = sorted({cell.column for row in rows[head : min(last + 1, first + _SAMPLE_ROWS)] for cell in row.cells})
    return Region(grid.sheet.index, head, first, last, tuple(columns), _signature(rows[head:first], columns))


def _signature(header: Sequence[Row], columns: Sequence[int]) -> str:
    lines = ["|".join(f"{cell.column}={header_text(cell.text)}" for cell in row.cells) for row in header]
    return "\n".join(lines) or "columns " + ",".join(map(str, columns))


def cells_of(rows: Sequence[Row], column: int) -> list[Cell]:
    return [cell for row in rows for cell in row.cells if cell.column == column]
