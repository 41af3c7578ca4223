"""Where a text that was copied from a document stands in it: the cell, the words, and the text as written there."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import lru_cache

from common.text import caseless
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
        self._folded = [caseless(row.text) for row in self._rows]
        self._numbers: dict[Decimal, list[Found]] | None = None
        self._dates: dict[date, list[Found]] | None = None

    def find(self, copied: str) -> list[Found]:
        """All places of a text, in reading order; the closest way of looking that finds any decides. Empty if none."""
        needle = caseless(copied)
        if not needle or len(needle) > MAX_COPIED_CHARACTERS:
            return []
        compact = "".join(needle.split())
        return (
            list(self._in_cells(needle, caseless))
            or list(self._over_cells(needle))
            or (list(self._in_cells(compact, _compact)) if len(compact) >= _MIN_COMPACT_CHARACTERS else [])
            or (list(self._over_lines(needle)) if " " in needle else [])
        )

    def find_number(self, value: Decimal) -> list[Found]:
        """The places of a number, however it is written."""
        if self._numbers is None:
            self._numbers = defaultdict(list)
            for row, cell in self._cells():
                places = _Places(row, cell)
                for match in find_numbers(cell.text, decimal_separator=self._separator):
                    self._numbers[match.value].append(places.found(match.start, match.end))
                if (whole := without_blanks(cell.text)) != cell.text:  # OCR broke it: "4,585 .49"
                    for match in find_numbers(whole, decimal_separator=self._separator)[:1]:
                        if match.end - match.start == len(whole):
                            self._numbers[match.value].append(places.found(0, len(cell.text)))
        return self._numbers.get(value, [])

    def find_date(self, value: date) -> list[Found]:
        """The places of a date, however it is written."""
        if self._dates is None:
            self._dates = defaultdict(list)
            for row, cell in self._cells():
                places = _Places(row, cell)
                for match in find_dates(cell.text, day_first=self._day_first):
                    self._dates[match.value].append(places.found(match.start, match.end))
        return self._dates.get(value, [])

    def _cells(self) -> Iterator[tuple[Row, Cell]]:
        return ((row, cell) for row in self._rows for cell in row.cells)

    def _in_cells(self, needle: str, folding: Callable[[str], str]) -> Iterator[Found]:
        for row, folded_row in zip(self._rows, self._folded, strict=True):
            if folding is caseless and needle not in folded_row:
                continue
            for cell in row.cells:
                folded = folding(cell.text)
                at = _word_at(folded, needle, whole_words=folding is caseless)
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
                    if _word_at(caseless("  ".join(c.text for c in cells)), needle) >= 0:
                        yield _joined(row, cells)
                        return

    def _over_lines(self, needle: str) -> Iterator[Found]:
        """Over wrapped lines: a cell and what stands below it."""
        for index, row in enumerate(self._rows):
            for cell in row.cells:
                folded = caseless(cell.text)
                if not folded or not _begins_in(needle, folded):
                    continue
                cells = [cell]
                for below in self._rows[index + 1 : index + _MAX_WRAPPED_ROWS]:
                    under = next((other for other in below.cells if _shares_column(cell, other)), None)
                    if under is None or below.page != row.page:
                        break
                    cells.append(under)
                    if _word_at(caseless(" ".join(c.text for c in cells)), needle) >= 0:
                        yield _joined(row, tuple(cells))
                        break


# Beside a decimal sign, where no number has one.
_BLANK_IN_NUMBER = re.compile(r"(?<=\d)\s+(?=[.,]\d)|(?<=\d[.,])\s+(?=\d)")


def without_blanks(text: str) -> str:
    """A text with the blanks closed that stand beside the decimal sign of a number."""
    return _BLANK_IN_NUMBER.sub("", text)


def _compact(text: str) -> str:
    return caseless(text).replace(" ", "")


def _word_at(folded: str, needle: str, *, whole_words: bool = True) -> int:
    """Where the needle stands as whole words: "10" is not in "1000", and "10,00" not in "110,00"."""
    at = folded.find(needle)
    if at < 0 or not whole_words:
        return at
    found = _whole_word(needle).search(folded, at)
    return found.start() if found else -1


@lru_cache(maxsize=256)
def _whole_word(needle: str) -> re.Pattern[str]:
    """The needle, without letters or digits that go on before or after it. An expression, so that a text of nothing but
    near hits is looked through once."""
    before = (r"(?<![^\W_])" if needle[0].isalnum() else "") + (r"(?<!\d[.,'])" if needle[0].isdigit() else "")
    after = (r"(?![^\W_])" if needle[-1].isalnum() else "") + (r"(?![.,']\d)" if needle[-1].isdigit() else "")
    return re.compile(before + re.escape(needle) + after)


def _unfolded(text: str, folding: Callable[[str], str], start: int, end: int) -> tuple[int, int]:
    """The part of ``text`` whose folded form is ``folding(text)[start:end]``."""
    if len(folding(text)) == len(text):
        return start, end

    def shortest(length: int, low: int) -> int:
        """The fewest characters of ``text`` whose caseless form has ``length`` or more."""
        high = len(text)
        while low < high:
            middle = (low + high) // 2
            if len(folding(text[:middle])) >= length:
                high = middle
            else:
                low = middle + 1
        return low

    first = shortest(start + 1, 1) - 1
    return first, shortest(end, first + 1)


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
    return _Places(row, cell).found(start, end)


class _Places:
    """The places of many texts in one cell: what is the same for all of them is found out once."""

    def __init__(self, row: Row, cell: Cell) -> None:
        self._row, self._cell = row, cell
        self._length = len(cell.text.strip())
        self._ends: list[int] = []
        if cell.place.box is not None and " ".join(word.text for word in cell.words) == cell.text:
            at = 0
            for word in cell.words:
                at += len(word.text)
                self._ends.append(at)
                at += 1

    def found(self, start: int, end: int) -> Found:
        text = self._cell.text[start:end].strip()
        return Found(self._row, self._cell, text, self._place(start, end), whole=len(text) >= self._length)

    def _place(self, start: int, end: int) -> Place:
        """The box of the words in ``text[start:end]``; the cell's own place where words are not known."""
        place, words = self._cell.place, self._cell.words
        first = bisect_right(self._ends, start)
        last = bisect_left(self._ends, end - 1)
        inside = [word.box for word in words[first : last + 1]] if self._ends else []
        return Place(page=place.page, box=box_around(inside)) if inside else place


def _joined(row: Row, cells: tuple[Cell, ...]) -> Found:
    boxes = [cell.place.box for cell in cells if cell.place.box is not None]
    place = cells[0].place
    if len(boxes) == len(cells):
        place = Place(page=place.page, box=box_around(boxes))
    return Found(row, cells[0], " ".join(cell.text.strip() for cell in cells), place, whole=True)
