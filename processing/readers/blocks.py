"""What sheets, delimited text and documents without geometry share: blocks of rows, column letters, cell text. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from invoices.records import Place
from processing.content.records import Cell, Row


def number_tables(rows: Sequence[Row], positions: Sequence[int], first_table: int = 0) -> tuple[Row, ...]:
    """The rows with ``Row.table`` set, from ``first_table`` on: a block of two or more rows with two or more cells.
    A row of one cell within a block (a section's title) belongs to it; at its edges it does not.

    ``positions`` are the rows' places in the sheet: a jump there is an empty row, which ends a block.
    """
    out: list[Row] = []
    table, start = first_table, 0
    for end in range(1, len(rows) + 1):
        if end < len(rows) and positions[end] == positions[end - 1] + 1:
            continue
        block = rows[start:end]
        inside = [i for i, row in enumerate(block) if len(row.cells) > 1]
        if len(inside) > 1:
            first, last = inside[0], inside[-1]
            out.extend(
                sheet_row(row.number, row.page, row.cells, table) if first <= i <= last else row
                for i, row in enumerate(block)
            )
            table += 1
        else:
            out.extend(block)
        start = end
    return tuple(out)


def _setters(kind: type[Any], *names: str) -> tuple[Any, ...]:
    return tuple(kind.__dict__[name].__set__ for name in names)


_PLACE_PAGE, _PLACE_BOX, _PLACE_CELL, _PLACE_PATH = _setters(Place, "page", "box", "cell", "path")
_CELL_TEXT, _CELL_PLACE, _CELL_COLUMN, _CELL_WORDS = _setters(Cell, "text", "place", "column", "words")
_ROW_NUMBER, _ROW_PAGE, _ROW_CELLS, _ROW_TABLE = _setters(Row, "number", "page", "cells", "table")
_new = object.__new__


def sheet_cell(text: str, page: int, address: str, column: int) -> Cell:
    """``Cell(text, Place(page, None, address), column)``, made five times as fast: a workbook has a million of them,
    and a frozen dataclass sets each field the long way."""
    place = _new(Place)
    _PLACE_PAGE(place, page)
    _PLACE_BOX(place, None)
    _PLACE_CELL(place, address)
    _PLACE_PATH(place, None)
    cell = _new(Cell)
    _CELL_TEXT(cell, text)
    _CELL_PLACE(cell, place)
    _CELL_COLUMN(cell, column)
    _CELL_WORDS(cell, ())
    return cell


def sheet_row(number: int, page: int, cells: tuple[Cell, ...], table: int | None = None) -> Row:
    """``Row(number, page, cells, table)``, made as fast."""
    row = _new(Row)
    _ROW_NUMBER(row, number)
    _ROW_PAGE(row, page)
    _ROW_CELLS(row, cells)
    _ROW_TABLE(row, table)
    return row


def column_letters(index: int) -> str:
    """The letters of a 0-based column: 0 → A, 26 → AA."""
    letters = ""
    index += 1
    while index:
        index, rest = divmod(index - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


def clean_text(text: str) -> str:
    """One line without control characters; blanks of any kind become single spaces."""
    if text.isascii() and text.isprintable():  # the common case, ten times as fast
        return text if "  " not in text and text[:1] != " " and text[-1:] != " " else " ".join(text.split())
    return "".join(c for c in " ".join(text.split()) if c >= " " and not "\x7f" <= c <= "\x9f")
