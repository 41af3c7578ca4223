"""The shape of a document as a model is shown it: names, headers, first and last rows, what each column holds. Never
all rows: a card of 100,000 rows has the shape of one with 20. Pure."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import asdict, dataclass, field
from decimal import Decimal
from itertools import pairwise
from typing import Any

from processing.content.records import Row
from processing.ratecards.grid import CellRange, Grid
from processing.ratecards.headers import is_number
from processing.ratecards.labels import parse_break
from processing.ratecards.regions import Region, cells_of, find_regions, fingerprint_of
from processing.ratecards.sheets import Sheet
from processing.ratecards.values import price_of
from processing.readers.blocks import column_letters

_FIRST_ROWS = 3
_LAST_ROWS = 2
_STATISTICS_ROWS = 400
_MOST_NOTES = 60
_MOST_TABLES = 60
_MOST_COLUMNS = 80
_CELL_CHARACTERS = 160
_UNSEEN = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]+")

ShownRow = list[tuple[str, str]]  # (address of the cell without its sheet, text)


@dataclass(slots=True)
class TableShape:
    """One region: its range, its header rows, first and last rows of data, and a line about each column. ``same_as``
    is the range of an earlier table with the same header, which is shown instead."""

    at: str
    header: list[ShownRow] = field(default_factory=list)
    first: list[ShownRow] = field(default_factory=list)
    last: list[ShownRow] = field(default_factory=list)
    columns: list[tuple[str, str]] = field(default_factory=list)
    same_as: str = ""


@dataclass(slots=True)
class SheetShape:
    number: int
    name: str
    notes: list[tuple[str, str]] = field(default_factory=list)
    tables: list[TableShape] = field(default_factory=list)


@dataclass(slots=True)
class Shape:
    sheets: list[SheetShape]
    fingerprint: str


def shape_of(sheets: Sequence[Sheet]) -> Shape:
    """The shape of all sheets, with the fingerprint of their layout."""
    shown: list[SheetShape] = []
    known: dict[str, str] = {}
    everything: list[Region] = []
    notes_left = _MOST_NOTES
    for sheet in sheets:
        grid = Grid(sheet)
        regions = find_regions(grid)
        everything.extend(regions)
        shape = SheetShape(sheet.index + 1, one_line(sheet.name, 60), _notes(grid, regions, notes_left))
        notes_left -= len(shape.notes)
        for region in regions:
            if len(known) < _MOST_TABLES or region.signature in known:
                shape.tables.append(_table(grid, region, known))
        if shape.notes or shape.tables:
            shown.append(shape)
    return Shape(shown, fingerprint_of(everything))


def shape_to_json(shape: Shape) -> dict[str, Any]:
    return asdict(shape)


def shape_from_json(data: dict[str, Any]) -> Shape:
    """The inverse. Raises KeyError, TypeError and ValueError for what is no shape."""
    sheets = []
    for sheet in data["sheets"]:
        tables = [
            TableShape(
                str(table["at"]), _rows(table["header"]), _rows(table["first"]), _rows(table["last"]),
                [(str(a), str(b)) for a, b in table["columns"]], str(table["same_as"]),
            )
            for table in sheet["tables"]
        ]  # fmt: skip
        notes = [(str(address), one_line(text, _CELL_CHARACTERS)) for address, text in sheet["notes"]]
        sheets.append(SheetShape(int(sheet["number"]), one_line(sheet["name"], 60), notes, tables))
    return Shape(sheets, str(data["fingerprint"]))


def _rows(data: Any) -> list[ShownRow]:
    return [[(str(address), one_line(text, _CELL_CHARACTERS)) for address, text in row] for row in data]


def one_line(text: str, most: int) -> str:
    """A cell as one line without invisible marks: nothing in it can look like the end of a row or of the document."""
    plain = " ".join(_UNSEEN.sub(" ", unicodedata.normalize("NFC", str(text))).split())
    return plain if len(plain) <= most else plain[:most] + "…"


def range_of(grid: Grid, region: Region) -> CellRange:
    labels = grid.labels
    return CellRange(region.sheet, region.columns[0], labels[region.head], region.columns[-1], labels[region.last])


def _notes(grid: Grid, regions: Sequence[Region], most: int) -> list[tuple[str, str]]:
    inside = [(region.head, region.last) for region in regions]
    out: list[tuple[str, str]] = []
    for index, row in enumerate(grid.rows):
        if len(out) >= most:
            break
        within = next((span for span in inside if span[0] <= index <= span[1]), None)
        if within is not None and (len(row.cells) > 1 or index - within[0] > _STATISTICS_ROWS):
            continue
        out.extend(_shown(row, grid.labels[index]))
    return out[:most]


def _shown(row: Row, label: int) -> ShownRow:
    return [
        (f"{column_letters(cell.column)}{label}", one_line(cell.text, _CELL_CHARACTERS))
        for cell in row.cells[:_MOST_COLUMNS]
    ]


def _table(grid: Grid, region: Region, known: dict[str, str]) -> TableShape:
    at = str(range_of(grid, region))
    if region.signature in known:
        return TableShape(at, same_as=known[region.signature])
    known[region.signature] = at
    rows, labels = grid.rows, grid.labels
    data = [i for i in range(region.first, region.last + 1) if len(rows[i].cells) > 1]
    tail = [i for i in data[-_LAST_ROWS:] if i not in data[:_FIRST_ROWS]]
    return TableShape(
        at,
        [_shown(rows[i], labels[i]) for i in range(region.head, region.first)],
        [_shown(rows[i], labels[i]) for i in data[:_FIRST_ROWS]],
        [_shown(rows[i], labels[i]) for i in tail],
        _statistics([rows[i] for i in data[:_STATISTICS_ROWS]], region.columns),
    )


def _statistics(rows: Sequence[Row], columns: Sequence[int]) -> list[tuple[str, str]]:
    """A line about each column; neighbours that hold the same kind of numbers share one."""
    out: list[tuple[int, int, str]] = []
    for column in columns[:_MOST_COLUMNS]:
        line = _column([cell.text for cell in cells_of(rows, column)], len(rows))
        if out and out[-1][2].partition(" ")[0] == line.partition(" ")[0] == "prices" and out[-1][1] == column - 1:
            out[-1] = (out[-1][0], column, out[-1][2])
        else:
            out.append((column, column, line))
    return [(column_letters(a) if a == b else f"{column_letters(a)}:{column_letters(b)}", line) for a, b, line in out]


def _column(texts: list[str], rows: int) -> str:
    if not texts:
        return "empty"
    numbers = [value for text in texts if is_number(text) and (value := price_of(text, None)) is not None]
    filled = "" if len(texts) * 10 >= rows * 9 else f", {len(texts)} of {rows} rows filled"
    if len(numbers) * 10 >= len(texts) * 7:
        kind = "numbers" if _rising(numbers) or len(set(numbers)) * 5 < len(numbers) else "prices"
        order = ", rising" if _rising(numbers) else ""
        return f"{kind} {min(numbers)} to {max(numbers)}{order}{filled}"
    kinds = list(dict.fromkeys(texts))
    breaks = sum(parse_break(text) is not None for text in kinds[:40])
    name = "breaks" if breaks * 3 >= len(kinds[:40]) * 2 else "texts"
    sample = ", ".join(one_line(text, 24) for text in kinds[:3])
    return f"{name}, {len(kinds)} different: {sample}{filled}"


def _rising(numbers: Sequence[Decimal]) -> bool:
    return len(numbers) > 2 and all(a < b for a, b in pairwise(numbers))
