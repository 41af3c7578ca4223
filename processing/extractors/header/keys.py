"""Sections of parties by name, and keys of rows of keys and values that no list of words holds."""

from __future__ import annotations

from itertools import pairwise

from invoices import values
from processing.extractors.header import names
from processing.extractors.header.grid import Grid, Piece

ROLES = ("seller", "buyer", "ship_to", "other_party")


def is_key(grid: Grid, piece: Piece) -> bool:
    """Whether a piece is the key of a row of keys and values that we do not know: a date stands beside it, or the row
    above or below has its key and value at the same two places, and that key is a label."""
    right = next(iter(grid.right_of(piece)), None)
    if right is None or names.has_suffix(piece.text):
        return False
    if any(m.start == 0 and m.end == len(right.text.strip()) for m in values.find_dates(right.text)):
        return True
    for line in (*grid.lines[max(0, piece.line - 2) : piece.line], *grid.lines[piece.line + 1 : piece.line + 3]):
        for key, value in pairwise(line):
            if (
                key.page == piece.page
                and abs(key.box[0] - piece.box[0]) <= 2
                and min(abs(value.box[0] - right.box[0]), abs(value.box[2] - right.box[2])) <= 3
                and key.label is not None
                and key.label.label.strength == 3
                and key.label.name not in ROLES
            ):
                return True
    return False
