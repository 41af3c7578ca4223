"""Columns set so close on a page that they were read as one, told apart by the two headers above them. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from invoices.records import Place
from processing.content import Cell, Row, Word
from processing.ratecards.vocabulary import meaning_of

_HEADER_ROWS = 3


def split_packed(rows: Sequence[Row]) -> list[Row]:
    """The rows with each such column split at the place where the second header begins."""
    out = list(rows)
    for row in rows[:_HEADER_ROWS]:
        for cell in reversed(row.cells):
            edge = _edge(cell)
            if edge is not None:
                out = [_split(one, cell.column, edge) for one in out]
    return out


def _edge(cell: Cell) -> float | None:
    if len(cell.words) < 2 or meaning_of(cell.text) is not None:
        return None
    words = cell.words
    for k in range(1, len(words)):
        left, right = (" ".join(word.text for word in part) for part in (words[:k], words[k:]))
        if meaning_of(left) and meaning_of(right) and words[k].box[0] >= words[k - 1].box[2]:
            return (words[k - 1].box[2] + words[k].box[0]) / 2
    return None


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
            cells.extend(
                _cell(words, cell, at) for words, at in ((left, column), (right, column + 1)) if words
            )
    return replace(row, cells=tuple(cells))


def _cell(words: tuple[Word, ...], whole: Cell, column: int) -> Cell:
    boxes = [word.box for word in words]
    box = (min(b[0] for b in boxes), min(b[1] for b in boxes), max(b[2] for b in boxes), max(b[3] for b in boxes))
    return Cell(" ".join(word.text for word in words), Place(whole.place.page, box), column, words)
