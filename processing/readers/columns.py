"""Which lines form a table, and which column each of their cells stands in. Pure.

Blocks grow line by line while their rivers of white hold; then the rivers of the whole block are measured anew and its
lines are cut along them.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from processing.content.records import Word
from processing.readers.lines import Cells, Line, is_number, prepare
from processing.readers.rivers import BULLETS, CURRENCY_SIGNS, NUMBER_GAP, RIVER_GAP, measure_rivers
from processing.readers.table_blocks import around, between_members, find_blocks, numbers_below


@dataclass(frozen=True, slots=True)
class LaidOutLine:
    """A line as cells of words with their columns; ``table`` numbers the block (from 0), None outside of one."""

    cells: tuple[tuple[int, tuple[Word, ...]], ...]
    table: int | None = None


def lay_out(
    pages: Sequence[Sequence[Sequence[Word]] | Sequence[Cells]], *, split: bool = True
) -> list[list[LaidOutLine]]:
    """Lines of words (left to right), page by page, as cells with columns; a table may go on over pages. With ``split``
    False the lines come as lists of cells that are to be kept (a format that says itself where a cell ends)."""
    lines = [prepare(line, page, split=split) for page, page_lines in enumerate(pages) for line in page_lines]
    laid_out: list[LaidOutLine | None] = [None] * len(lines)
    blocks = [block for block in find_blocks(lines) if len(block.members) >= 2]
    owned = {index for block in blocks for index in block.members}
    number = 0
    for block in sorted(blocks, key=lambda b: b.members[0]):
        between = between_members(lines, block, owned)
        singles = [lines[k] for k in (*between, *numbers_below(lines, block, owned)) if len(lines[k].spans) == 1]
        rivers = measure_rivers([lines[index] for index in block.members], singles)
        if not rivers:
            continue
        cuts = [(left + right) / 2 for left, right in rivers]
        members = set(block.members)
        for index in [*block.members, *between, *around(lines, block, rivers, owned)]:
            if laid_out[index] is None:
                cells = _cut(lines[index], cuts, split=split and index in members)
                laid_out[index] = LaidOutLine(cells, number)
                owned.add(index)
        number += 1
    result: list[list[LaidOutLine]] = [[] for _ in pages]
    for done, line in zip(laid_out, lines, strict=True):
        result[line.page].append(
            done or LaidOutLine(tuple((column, tuple(cell)) for column, cell in enumerate(line.cells)))
        )
    return result


def _cut(line: Line, cuts: list[float], *, split: bool) -> tuple[tuple[int, tuple[Word, ...]], ...]:
    result: list[tuple[int, list[Word]]] = []
    for cell in line.cells:
        for piece in _pieces(cell, cuts) if split else [cell]:
            left, right = piece[0].box[0], max(w.box[2] for w in piece)
            column = _column(left, right, cuts)
            previous = result[-1] if result else None
            # Two groups of words in one column are one cell, unless the white between says otherwise.
            near = previous is not None and split and previous[0] == column
            if (
                previous
                and near
                and (left - previous[1][-1].box[2] < 2 * line.size or previous[1][-1].text in CURRENCY_SIGNS | BULLETS)
            ):
                previous[1].extend(piece)
            else:
                result.append((column, list(piece)))
    return tuple((column, tuple(words)) for column, words in result)


def _pieces(cell: list[Word], cuts: list[float]) -> Cells:
    """A cell cut at the rivers that run through its gaps; beside a number the gap may be as narrow as a space."""
    pieces: Cells = [[cell[0]]]
    for before, word in pairwise(cell):
        gap_left, gap_right = before.box[2], word.box[0]
        least = NUMBER_GAP if word.text[:1].isdigit() or is_number([before]) else RIVER_GAP
        wide = gap_right - gap_left >= least * min(before.size or 10.0, word.size or 10.0)
        if wide and any(gap_left - 0.01 <= cut <= gap_right + 0.01 for cut in cuts):
            pieces.append([word])
        else:
            pieces[-1].append(word)
    return pieces


def _column(left: float, right: float, cuts: list[float]) -> int:
    """The column that holds most of the span."""
    best, best_overlap = 0, float("-inf")
    edges = [float("-inf"), *cuts, float("inf")]
    for column, (start, end) in enumerate(pairwise(edges)):
        overlap = min(right, end) - max(left, start)
        if overlap > best_overlap:
            best, best_overlap = column, overlap
    return best
