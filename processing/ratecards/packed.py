"""Columns set so close on a page that they were read as one, told apart by the two headers above them. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from invoices.records import Place
from processing.content.records import Cell, Row, Word, box_around
from processing.ratecards.vocabulary import meaning_of

_HEADER_ROWS = 3
_MOST_WORDS = 16


def split_packed(rows: Sequence[Row]) -> list[Row]:
    """The rows with each such column split at the place where the second header begins."""
    out = list(rows)
    for row in rows[:_HEADER_ROWS]:
        for cell in reversed(row.cells):
            for edge in reversed(_edges(cell)):
                out = [_split(one, cell.column, edge) for one in out]
    return out


def _edges(cell: Cell) -> list[float]:
    """Where the headers in one cell meet: the fewest parts that all are headers."""
    words = cell.words
    if not 2 <= len(words) <= _MOST_WORDS or meaning_of(cell.text) is not None:
        return []
    best: list[list[int] | None] = [[]]  # for the first n words: where their parts begin
    for end in range(1, len(words) + 1):
        found: list[int] | None = None
        for start in range(end):
            before = best[start]
            if before is None or not meaning_of(" ".join(word.text for word in words[start:end])):
                continue
            if start and words[start].box[0] < words[start - 1].box[2]:
                continue  # below each other, not beside
            if found is None or len(before) + 1 < len(found):
                found = [*before, start]
        best.append(found)
    starts = best[-1] or []
    return [(words[k - 1].box[2] + words[k].box[0]) / 2 for k in starts[1:]]


def _split(row: Row, column: int, edge: float) -> Row:
    cells: list[Cell] = []
    for cell in row.cells:
        if cell.column < column:
            cells.append(cell)
        elif cell.column > column:
            cells.append(replace(cell, column=cell.column + 1))
        else:
            left = tuple(word for word in cell.words if (word.box[0] + word.box[2]) / 2 < edge)
            right = tuple(word for word in cell.words if (word.box[0] + word.box[2]) / 2 >= edge)
            if not cell.words:
                cells.append(cell)
            cells.extend(_cell(words, cell, at) for words, at in ((left, column), (right, column + 1)) if words)
    return replace(row, cells=tuple(cells))


def _cell(words: tuple[Word, ...], whole: Cell, column: int) -> Cell:
    box = box_around(word.box for word in words)
    return Cell(" ".join(word.text for word in words), Place(whole.place.page, box), column, words)
