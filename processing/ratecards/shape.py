"""The shape of a document as a model is shown it: names, headers, what each column holds over all rows, and the rows
where a pattern changes. Never all rows: a card of 100,000 rows has the shape of one with 20. Pure."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field
from typing import Any

from processing.content.records import Row
from processing.ratecards.grid import CellRange, Grid, parse_range
from processing.ratecards.regions import Region, find_regions, fingerprint_of
from processing.ratecards.sheets import Sheet, source_of
from processing.ratecards.statistics import ColumnHold, alike, changes_of, columns_of, line_of_run
from processing.readers.blocks import column_letters

_FIRST_ROWS = 3
_LAST_ROWS = 2
_LONG_TABLE = 400  # rows within which the notes between rows of a table are shown
_MOST_NOTES = 120
_MOST_TABLES = 60
_MOST_COLUMNS = 80
_MOST_ASKED_ROWS = 60
CELL_CHARACTERS = 400
_UNSEEN = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]+")

ShownRow = list[tuple[str, str]]  # (address of the cell without its sheet, text)


@dataclass(slots=True)
class TableShape:
    """One region: its range, its header rows, first and last rows of data, rows where a pattern changes (with what
    does), and a line about each column. ``same_as`` is the range of an earlier table with the same header: of it
    fewer rows are shown."""

    at: str
    header: list[ShownRow] = field(default_factory=list)
    first: list[ShownRow] = field(default_factory=list)
    last: list[ShownRow] = field(default_factory=list)
    columns: list[tuple[str, str]] = field(default_factory=list)
    same_as: str = ""
    changes: list[tuple[str, ShownRow]] = field(default_factory=list)


@dataclass(slots=True)
class SheetShape:
    """``notes`` are cells in no table with their addresses; ``read`` what the program read in them, by address."""

    number: int
    name: str
    notes: list[tuple[str, str]] = field(default_factory=list)
    tables: list[TableShape] = field(default_factory=list)
    read: dict[str, str] = field(default_factory=dict)


@dataclass(slots=True)
class Shape:
    """``asked`` are rows that a model asked to see."""

    sheets: list[SheetShape]
    fingerprint: str
    asked: list[ShownRow] = field(default_factory=list)


def shape_of(sheets: Sequence[Sheet], read: Mapping[str, str] | None = None) -> Shape:
    """The shape of all sheets, with the fingerprint of their layout; ``read`` says what the rules made of notes, by the
    sources of their cells."""
    shown: list[SheetShape] = []
    known: dict[str, str] = {}
    everything: list[Region] = []
    notes_left = _MOST_NOTES
    for sheet in sheets:
        grid = Grid(sheet)
        regions = find_regions(grid)
        everything.extend(regions)
        shape = SheetShape(sheet.index + 1, one_line(sheet.name, 60))
        _add_notes(shape, grid, regions, notes_left, read or {})
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
                [(one_line(why, 60), _row(row)) for why, row in table["changes"]],
            )
            for table in sheet["tables"]
        ]  # fmt: skip
        notes = [(str(address), one_line(text, CELL_CHARACTERS)) for address, text in sheet["notes"]]
        read = {str(address): one_line(text, 120) for address, text in sheet["read"].items()}
        sheets.append(SheetShape(int(sheet["number"]), one_line(sheet["name"], 60), notes, tables, read))
    return Shape(sheets, str(data["fingerprint"]), _rows(data["asked"]))


def _rows(data: Any) -> list[ShownRow]:
    return [_row(row) for row in data]


def _row(data: Any) -> ShownRow:
    return [(str(address), one_line(text, CELL_CHARACTERS)) for address, text in data]


def one_line(text: str, most: int) -> str:
    """A cell as one line without invisible marks: nothing in it can look like the end of a row or of the document."""
    plain = " ".join(_UNSEEN.sub(" ", unicodedata.normalize("NFC", str(text))).split())
    return plain if len(plain) <= most else plain[:most] + "…"


def range_of(grid: Grid, region: Region) -> CellRange:
    labels = grid.labels
    return CellRange(region.sheet, region.columns[0], labels[region.head], region.columns[-1], labels[region.last])


def rows_asked_for(sheets: Sequence[Sheet], ranges: Sequence[str]) -> list[ShownRow]:
    """The rows of ranges that a model asks to see, up to sixty in all."""
    grids = {sheet.index: Grid(sheet) for sheet in sheets}
    names = [grids[i].sheet.name if i in grids else "" for i in range(1 + max(grids, default=0))]
    out: list[ShownRow] = []
    for text in ranges:
        at = parse_range(text, names)
        grid = grids.get(at.sheet) if at is not None else None
        if at is None or grid is None:
            continue
        for index in grid.between(at.top, at.bottom):
            if len(out) >= _MOST_ASKED_ROWS:
                return out
            cells = [c for c in grid.rows[index].cells if at.left <= c.column <= at.right]
            out.append([
                (f"{at.sheet + 1}!{column_letters(c.column)}{grid.labels[index]}", one_line(c.text, CELL_CHARACTERS))
                for c in cells
            ])  # fmt: skip
    return out


def _add_notes(
    shape: SheetShape, grid: Grid, regions: Sequence[Region], most: int, read: Mapping[str, str]
) -> None:  # fmt: skip
    inside = [(region.head, region.last) for region in regions]
    for index, row in enumerate(grid.rows):
        within = next((span for span in inside if span[0] <= index <= span[1]), None)
        if within is not None and (len(row.cells) > 1 or index - within[0] > _LONG_TABLE):
            continue
        # A figure that changes prices is never cut off: beyond what is shown, notes with figures still are.
        if len(shape.notes) >= most and not any(map(str.isdigit, row.text)):
            continue
        if len(shape.notes) >= most * 3:
            break
        for cell, shown in zip(row.cells, _shown(row, grid.labels[index]), strict=False):
            shape.notes.append(shown)
            said = read.get(str(source_of(cell.place)))
            if said:
                shape.read[shown[0]] = said


def _shown(row: Row, label: int) -> ShownRow:
    return [
        (f"{column_letters(cell.column)}{label}", one_line(cell.text, CELL_CHARACTERS))
        for cell in row.cells[:_MOST_COLUMNS]
    ]


def _table(grid: Grid, region: Region, known: dict[str, str]) -> TableShape:
    at = str(range_of(grid, region))
    same_as = known.get(region.signature, "")
    known.setdefault(region.signature, at)
    rows, labels = grid.rows, grid.labels
    if same_as and grid.sheet.one_table:
        return TableShape(at, same_as=same_as)  # the table of the page before goes on
    data = [i for i in range(region.first, region.last + 1) if len(rows[i].cells) > 1]
    head = data[: 1 if same_as else _FIRST_ROWS]
    tail = [i for i in data[-_LAST_ROWS:] if i not in head]
    columns = columns_of([rows[i] for i in data], region.columns[:_MOST_COLUMNS], grid.sheet.separator)
    seen = {*head, *tail}
    changes = [(i, why) for i, why in changes_of(rows, data, columns) if i not in seen]
    return TableShape(
        at,
        [] if same_as else [_shown(rows[i], labels[i]) for i in range(region.head, region.first)],
        [_shown(rows[i], labels[i]) for i in head],
        [_shown(rows[i], labels[i]) for i in tail],
        [] if same_as else _lines(columns),
        same_as,
        changes=[(why, _shown(rows[i], labels[i])) for i, why in changes],
    )


def _lines(columns: Sequence[ColumnHold]) -> list[tuple[str, str]]:
    """A line about each column; neighbours that hold the same kind of numbers share one."""
    runs: list[list[ColumnHold]] = []
    for column in columns:
        if runs and runs[-1][-1].column == column.column - 1 and alike(runs[-1][-1], column):
            runs[-1].append(column)
        else:
            runs.append([column])
    return [
        (column_letters(run[0].column), run[0].line) if len(run) == 1
        else (f"{column_letters(run[0].column)}:{column_letters(run[-1].column)}", line_of_run(run))
        for run in runs
    ]  # fmt: skip
