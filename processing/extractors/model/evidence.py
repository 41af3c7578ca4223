"""Where a text that was copied from a document stands in it: the cell, the words, and the text as written there."""

from __future__ import annotations

import unicodedata
from collections import defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from invoices.records import Place
from invoices.values import find_dates, find_numbers
from processing.content.records import Cell, DocumentContent, Row, box_around

MAX_COPIED_CHARACTERS = 500
_MAX_WRAPPED_ROWS = 3
_MIN_COMPACT_CHARACTERS = 5


@dataclass(frozen=True, slots=True)
class Found:
    """A place where the text stands. ``text`` is as the document writes it; ``whole`` when it fills its cell."""

    row: Row
    cell: Cell
    text: str
    place: Place
    whole: bool


class Evidence:
    """Looks texts up in a document: as they are, without regard to case and blanks, over neighbouring cells and wrapped
    lines, and numbers and dates by their value."""

    def __init__(
        self, content: DocumentContent, *, decimal_separator: str | None = None, day_first: bool | None = None
    ) -> None:
        self._rows = content.rows
        self._separator = decimal_separator
        self._day_first = day_first
        self._folded = [fold(row.text) for row in self._rows]
        self._numbers: dict[Decimal, list[Found]] | None = None
        self._dates: dict[date, list[Found]] | None = None

    def find(self, copied: str) -> list[Found]:
        """All places of a text, in reading order; the closest way of looking that finds any decides. Empty if none."""
        needle = fold(copied)
        if not needle or len(needle) > MAX_COPIED_CHARACTERS:
            return []
        compact = "".join(needle.split())
        return (
            list(self._in_cells(needle, fold))
            or list(self._over_cells(needle))
            or (list(self._in_cells(compact, _compact)) if len(compact) >= _MIN_COMPACT_CHARACTERS else [])
            or (list(self._over_lines(needle)) if " " in needle else [])
        )

    def find_number(self, value: Decimal) -> list[Found]:
        """The places of a number, however it is written."""
        if self._numbers is None:
            self._numbers = defaultdict(list)
            for row, cell in self._cells():
                for match in find_numbers(cell.text, decimal_separator=self._separator):
                    self._numbers[match.value].append(_found(row, cell, match.start, match.end))
        return self._numbers.get(value, [])

    def find_date(self, value: date) -> list[Found]:
        """The places of a date, however it is written."""
        if self._dates is None:
            self._dates = defaultdict(list)
            for row, cell in self._cells():
                for match in find_dates(cell.text, day_first=self._day_first):
                    self._dates[match.value].append(_found(row, cell, match.start, match.end))
        return self._dates.get(value, [])

    def _cells(self) -> Iterator[tuple[Row, Cell]]:
        return ((row, cell) for row in self._rows for cell in row.cells)

    def _in_cells(self, needle: str, folding: Callable[[str], str]) -> Iterator[Found]:
        for row, folded_row in zip(self._rows, self._folded, strict=True):
            if folding is fold and needle not in folded_row:
                continue
            for cell in row.cells:
                folded = folding(cell.text)
                at = _word_at(folded, needle, whole_words=folding is fold)
                if at >= 0:
                    start, end = _unfolded(cell.text, folding, at, at + len(needle))
                    yield _found(row, cell, start, end)

    def _over_cells(self, needle: str) -> Iterator[Found]:
        """Over neighbouring cells of a row: a name whose words stand far apart."""
        for row, folded_row in zip(self._rows, self._folded, strict=True):
            if len(row.cells) < 2 or _word_at(folded_row, needle) < 0:
                continue
            for first in range(len(row.cells)):
                for last in range(first + 1, min(first + 4, len(row.cells))):
                    cells = row.cells[first : last + 1]
                    if _word_at(fold("  ".join(c.text for c in cells)), needle) >= 0:
                        yield _joined(row, cells)
                        return

    def _over_lines(self, needle: str) -> Iterator[Found]:
        """Over wrapped lines: a cell and what stands below it."""
        for index, row in enumerate(self._rows):
            for cell in row.cells:
                folded = fold(cell.text)
                if not folded or not _begins_in(needle, folded):
                    continue
                cells = [cell]
                for below in self._rows[index + 1 : index + _MAX_WRAPPED_ROWS]:
                    under = next((other for other in below.cells if _shares_column(cell, other)), None)
                    if under is None or below.page != row.page:
                        break
                    cells.append(under)
                    if _word_at(fold(" ".join(c.text for c in cells)), needle) >= 0:
                        yield _joined(row, tuple(cells))
                        break


def fold(text: str) -> str:
    """One case, one kind of blank, one form of each letter."""
    return " ".join(unicodedata.normalize("NFKC", text).casefold().split())


def _compact(text: str) -> str:
    return "".join(unicodedata.normalize("NFKC", text).casefold().split())


def _word_at(folded: str, needle: str, *, whole_words: bool = True) -> int:
    """Where the needle stands as whole words: "10" is not in "1000", and "10,00" not in "110,00"."""
    at = folded.find(needle)
    while at >= 0 and whole_words:
        before, after = folded[at - 1 : at] if at else "", folded[at + len(needle) :][:2]
        inside = (before.isalnum() and needle[0].isalnum()) or (after[:1].isalnum() and needle[-1].isalnum())
        number_goes_on = needle[-1].isdigit() and after[:1] in (".", ",", "'") and after[1:].isdigit()
        number_began = needle[0].isdigit() and before in (".", ",", "'") and folded[max(at - 2, 0)].isdigit()
        if not (inside or number_goes_on or number_began):
            return at
        at = folded.find(needle, at + 1)
    return at


def _unfolded(text: str, folding: Callable[[str], str], start: int, end: int) -> tuple[int, int]:
    """The part of ``text`` whose folded form is ``folding(text)[start:end]``."""
    if len(folding(text)) == len(text):
        return start, end
    first = next((i for i in range(len(text)) if len(folding(text[: i + 1])) > start), 0)
    last = next((i for i in range(first, len(text)) if len(folding(text[: i + 1])) >= end), len(text) - 1)
    return first, last + 1


def _begins_in(needle: str, folded: str) -> bool:
    """Whether the needle's beginning is the end of a text, so that it may go on in the next line."""
    first_word = needle.split(" ", 1)[0]
    at = _word_at(folded, first_word)
    return at >= 0 and needle.startswith(folded[at:])


def _shares_column(upper: Cell, lower: Cell) -> bool:
    if upper.place.box is None or lower.place.box is None:
        return upper.column == lower.column
    return min(upper.place.box[2], lower.place.box[2]) > max(upper.place.box[0], lower.place.box[0])


def _found(row: Row, cell: Cell, start: int, end: int) -> Found:
    text = cell.text[start:end].strip()
    return Found(row, cell, text, _place(cell, start, end), whole=len(text) >= len(cell.text.strip()))


def _joined(row: Row, cells: tuple[Cell, ...]) -> Found:
    boxes = [cell.place.box for cell in cells if cell.place.box is not None]
    place = cells[0].place
    if len(boxes) == len(cells):
        place = Place(page=place.page, box=box_around(boxes))
    return Found(row, cells[0], " ".join(cell.text.strip() for cell in cells), place, whole=True)


def _place(cell: Cell, start: int, end: int) -> Place:
    """The box of the words in ``text[start:end]``; the cell's own place where words are not known."""
    if cell.place.box is None or " ".join(word.text for word in cell.words) != cell.text:
        return cell.place
    words = cell.words_between(start, end)
    return Place(page=cell.place.page, box=box_around(word.box for word in words)) if words else cell.place
