"""Sheets by the addresses that people and models use: ``2!B7`` is the cell in column B, row 7 of the second sheet.
Pure."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from processing.content.records import Cell
from processing.ratecards.sheets import Sheet
from processing.readers.blocks import column_letters

_ADDRESS = re.compile(r"^\$?([A-Z]{1,3})\$?(\d{1,7})$")
_ROW_OF_ADDRESS = re.compile(r"^line:(\d+)\b|(\d+)$")  # of a text, else of a sheet


class Grid:
    """The rows of a sheet by their numbers there; where a format has no row numbers (a page) they are counted."""

    def __init__(self, sheet: Sheet) -> None:
        self.sheet = sheet
        self.rows = sheet.rows

    @cached_property
    def labels(self) -> list[int]:
        labels: list[int] = []
        for index, row in enumerate(self.rows):
            label = _label(row.cells[:1], index)
            if labels and label <= labels[-1]:
                # Cells that are merged downwards keep the address of their first row; a row of nothing but such halves
                # has no address of its own.
                label = max(_label(row.cells, index), labels[-1] + 1)
            labels.append(label)
        return labels

    @cached_property
    def _index(self) -> dict[int, int]:
        return {label: i for i, label in enumerate(self.labels)}

    @cached_property
    def last_column(self) -> int:
        return max((row.cells[-1].column for row in self.rows if row.cells), default=0)

    def index_of(self, label: int) -> int | None:
        return self._index.get(label)

    def cell(self, label: int, column: int) -> Cell | None:
        index = self._index.get(label)
        return None if index is None else self.rows[index].cell_at(column)

    def between(self, first: int, last: int) -> list[int]:
        """Indexes of the rows whose numbers lie between two."""
        return [i for i, label in enumerate(self.labels) if first <= label <= last]


def _label(cells: Sequence[Cell], index: int) -> int:
    found = [int(m[1] or m[2]) for c in cells if c.place.cell and (m := _ROW_OF_ADDRESS.search(c.place.cell))]
    return max(found) if found else index + 1


@dataclass(frozen=True, slots=True)
class CellRange:
    """A range of cells of a sheet (index of the sheet, 0-based columns, rows as numbered there, all inclusive)."""

    sheet: int
    left: int
    top: int
    right: int
    bottom: int

    def __str__(self) -> str:
        first = f"{self.sheet + 1}!{column_letters(self.left)}{self.top}"
        if (self.left, self.top) == (self.right, self.bottom):
            return first
        return f"{first}:{column_letters(self.right)}{self.bottom}"

    def meets(self, other: CellRange) -> bool:
        return (
            self.sheet == other.sheet
            and self.left <= other.right
            and other.left <= self.right
            and self.top <= other.bottom
            and other.top <= self.bottom
        )


def column_index(letters: str) -> int:
    """``A`` → 0, ``AA`` → 26."""
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - 64
    return number - 1


def parse_range(text: str, names: Sequence[str] = ()) -> CellRange | None:
    """``2!B7``, ``2!B7:K90``, ``Rates!B7:K90`` and ``B7`` (of the first sheet), or None where it is no address."""
    sheet_text, mark, rest = text.strip().rpartition("!")
    sheet = 0
    if mark:
        plain = sheet_text.strip().strip("'\"")
        by_name = [i for i, name in enumerate(names) if name.casefold() == plain.casefold()]
        number = plain.lower().removeprefix("sheet").strip()
        if by_name:
            sheet = by_name[0]
        elif number.isdigit() and len(number) < 6:
            sheet = int(number) - 1
        else:
            return None
    first_text, _, last_text = rest.upper().replace(" ", "").partition(":")
    first = _ADDRESS.match(first_text)
    last = _ADDRESS.match(last_text.rpartition("!")[2] or first_text)
    if first is None or last is None:
        return None
    left, right = sorted((column_index(first[1]), column_index(last[1])))
    top, bottom = sorted((int(first[2]), int(last[2])))
    return CellRange(sheet, left, top, right, bottom)
