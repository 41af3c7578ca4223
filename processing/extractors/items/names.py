"""The description column of an item table: what in it is the name of an item, and where its text wraps. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from processing.content.records import Cell, Row, Word
from processing.extractors.items.columns import ColumnMap, span_of

_HAN = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uff08\uff09]")  # written without blanks between words
_NAME_AND_VALUE = re.compile(r"^[^\W\d_][\w.-]*(?: [\w.-]+){0,2} ?:(?! *$)")


class NameColumn:
    """The column ``column`` of descriptions (None where there is none) among the ``others`` that are understood."""

    def __init__(self, rows: Sequence[Row], columns: ColumnMap, column: int | None, others: Iterable[int]) -> None:
        self.rows = rows
        self.columns = columns
        self.column = column
        self.room = None if column is None else columns.room(column, others)
        self._right = self._right_edge()

    def name_of(self, cells: list[Cell]) -> tuple[str, list[Cell]]:
        """The name of an item (BT-153): the first line of its description with what wrapped from it; what follows are
        details. The cells are its evidence."""
        if not cells:
            return "", []
        used = [cells[0]]
        text = self.own_text(cells[0])
        for cell in cells[1:]:
            following = self.own_text(cell)
            if not following or _NAME_AND_VALUE.match(following) or not self.wrapped(used[-1], cell):
                break
            text = _joined(text, following)
            used.append(cell)
        return text, used

    def _right_edge(self) -> float | None:
        """Where the text of the description column wraps: behind its longest line, or on the way to what is next."""
        if self.column is None or self.room is None:
            return None
        left, limit = self.room
        longest = self.columns.spans[self.column][1]
        lines = 0
        for row in self.rows:
            if row.table != self.columns.home:
                continue
            for cell in row.cells:
                span = span_of(cell)
                if span is None or abs(span[0] - left) > 1.5:
                    continue
                if span[1] > limit:
                    return span[1]  # lines of this column go on below the next ones: it does not wrap where they begin
                longest = max(longest, span[1])
                lines += 1
        # The longest of many lines shows how far text may go; that of a few leaves it open.
        share = 0.0 if lines >= 6 else 0.1 if lines >= 4 else 0.35
        return longest + share * max(0.0, limit - longest)

    def wrapped(self, above: Cell, below: Cell) -> bool:
        """Whether the first word of ``below`` had no room behind ``above``."""
        upper, lower = self.own_words(above), self.own_words(below)
        if not upper or not lower or self._right is None:
            return False
        if upper[0].box[1] > lower[0].box[1] or lower[0].box[1] - upper[-1].box[3] > 1.2 * (upper[-1].size or 10):
            return False
        word = lower[0]
        space = 0.25 * (word.size or 10.0)
        return upper[-1].box[2] + space + (word.box[2] - word.box[0]) > self._right

    def own_words(self, cell: Cell) -> tuple[Word, ...]:
        """The words of a cell that stand in the description column."""
        if self.column is None or self.column not in self.columns.spans:
            return cell.words
        left = self.columns.spans[self.column][0]
        return tuple(w for w in cell.words if w.box[2] > left and w.box[0] > left - (w.size or 10.0))

    def own_text(self, cell: Cell) -> str:
        """The text of a cell as far as it stands in the column."""
        return " ".join(w.text for w in self.own_words(cell)) if cell.words else cell.text


def _joined(text: str, following: str) -> str:
    if (following.startswith("-") and following[1:2].isalpha()) or (_HAN.match(text[-1:]) and _HAN.match(following)):
        return text + following
    if re.search(r"\w-$", text):
        return (text[:-1] if following[:1].islower() else text) + following
    return f"{text} {following}"
