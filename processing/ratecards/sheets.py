"""A document of any format as sheets of rows whose cells have comparable columns. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from invoices.records import Place
from invoices.values import decimal_separator_of
from processing.content.records import Cell, DocumentContent, Page, Row
from processing.ratecards.packed import split_packed
from processing.readers import media_types
from processing.readers.tables import find_tables

_SAMPLE_ROWS = 400
_COMMA = re.compile(r"(?<![\d.,])\d{1,3}(?:\.\d{3})*,\d{1,2}(?![\d,])")
_STORED = re.compile(r"^-?\d+(?:\.\d+)?(?: %)?$")
# A stored number never ends in a nought behind its point, and none has a word beside it.
_THOUSANDS = re.compile(r"(?=.*[^\W\d_])(?<![\d.,])[1-9]\d{0,2}(?:\.\d{3})+(?![\d,])|^[1-9]\d{0,2}\.\d{2}0$")


@dataclass(frozen=True, slots=True)
class Sheet:
    """Rows of one sheet, or one table of a page with the text before it. ``separator`` is the decimal separator of its
    numbers; ``one_table`` says that the rows after the text are one table as the page shows it."""

    index: int
    name: str
    rows: tuple[Row, ...]
    separator: str | None
    one_table: bool = False
    typed_comma: bool = False

    def separator_in(self, text: str) -> str | None:
        """The decimal separator of one text: "1.000 kg" that somebody typed into a workbook beside "38,50" is a
        thousand, though the numbers of the workbook itself have a point."""
        return "," if self.typed_comma and _THOUSANDS.search(text) else self.separator


def sheets_of(content: DocumentContent) -> list[Sheet]:
    """All sheets in reading order; hidden ones have no rows unless the reader was asked for them."""
    if content.media_type in media_types.SHEETS:
        # A number in a workbook is stored, not written: its point is decimal whatever the locale shows.
        comma = _types_commas(content.pages)
        return [
            Sheet(i, page.name, page.rows, ".", typed_comma=comma) for i, page in enumerate(content.pages) if page.rows
        ]
    separator = decimal_separator_of(_sample(content.pages))
    if content.media_type in media_types.DELIMITED:
        return [Sheet(i, "", page.rows, separator) for i, page in enumerate(content.pages) if page.rows]
    return _from_pages(content, separator)


def _types_commas(pages: Sequence[Page]) -> bool:
    """Whether texts of a workbook write decimals with a comma ("38,50", "0,35 %")."""
    return any(_COMMA.search(text) for text in _sample(pages) if not _STORED.match(text))


def _sample(pages: Sequence[Page]) -> Iterable[str]:
    for page in pages:
        for row in page.rows[:_SAMPLE_ROWS]:
            for cell in row.cells:
                yield cell.text


def _from_pages(content: DocumentContent, separator: str | None) -> list[Sheet]:
    tables = find_tables(content)
    starts = {table.rows[0]: table for table in tables}
    covered = {number for table in tables for number in table.rows}
    sheets: list[Sheet] = []
    waiting: list[Row] = []
    for row in content.rows:
        if row.number in starts:
            table = starts[row.number]
            rows = []
            for i, line in enumerate(table.grid):
                cells = tuple(
                    Cell(cell.text, cell.place, column, cell.words)
                    for column, cell in enumerate(line)
                    if cell is not None
                )
                if cells:
                    number = table.rows[min(i, len(table.rows) - 1)]
                    rows.append(Row(number, cells[0].place.page or row.page, cells, len(sheets)))
            sheets.append(Sheet(len(sheets), "", (*waiting, *split_packed(rows)), separator, one_table=True))
            waiting = []
        elif row.number not in covered and row.cells:
            waiting.append(Row(row.number, row.page, (Cell(row.text, _place(row), 0),), None))
    if waiting:
        sheets.append(Sheet(len(sheets), "", tuple(waiting), separator))
    return sheets


def _place(row: Row) -> Place:
    return row.cells[0].place


def source_of(place: Place) -> str | list[float]:
    """A place as it is kept with a value: the address of a cell, or [page, x0, top, x1, bottom]."""
    if place.cell is not None:
        return place.cell
    if place.box is not None:
        return [place.page or 1, *(round(edge, 1) for edge in place.box)]
    return place.path or f"page {place.page}"
