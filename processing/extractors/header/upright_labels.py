"""Labels that are written upright, one character below the other, beside the lines of their section."""

from __future__ import annotations

import re

from processing.extractors.header.grid import Grid, Piece, overlap
from processing.extractors.header.keys import ROLES
from processing.extractors.header.parties import Party, read_lines
from processing.extractors.words.labels import find_labels

_HAN = re.compile("[\u4e00-\u9fff]")
_FEWEST_CHARACTERS = 3  # fewer are no label that stands upright


def find_sections(grid: Grid) -> list[Party]:
    """The sections whose label is written upright, one character below the other, beside their lines ("购买方信息")."""
    single = [p for p in grid.pieces if len(p.text) == 1 and _HAN.match(p.text)]
    columns: list[list[Piece]] = []
    for piece in single:
        column = next((c for c in columns if _goes_on(c[-1], piece)), None)
        if column is None:
            columns.append([piece])
        else:
            column.append(piece)
    sections = []
    for column in (c for c in columns if len(c) >= _FEWEST_CHARACTERS):
        role = next((h.name for h in find_labels("".join(p.text for p in column)) if h.name in ROLES and h.first), None)
        if role is None:
            continue
        right = column[0].box[2]
        others = (c[0].box[0] for c in columns if c is not column and _side_by_side(c, column))
        end = min((left for left in others if left > right), default=float("inf"))
        beside = [
            p for line in grid.lines[column[0].line : column[-1].line + 1] for p in line
            if p.page == column[0].page and right <= p.box[0] < end
        ]  # fmt: skip
        party = Party(role, pieces=list(column))
        read_lines(grid, party, beside)
        sections.append(party)
    return sections


def _goes_on(above: Piece, below: Piece) -> bool:
    near = 0 <= below.box[1] - above.box[1] <= 2.5 * above.height
    return above.page == below.page and near and abs(above.box[0] - below.box[0]) <= 0.5 * above.height


def _side_by_side(one: list[Piece], other: list[Piece]) -> bool:
    return one[0].page == other[0].page and overlap(
        one[0].box[1], one[-1].box[3], other[0].box[1], other[-1].box[3]
    ) > 0  # fmt: skip
