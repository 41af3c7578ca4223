"""Totals that a document states in two currencies side by side: those in the one that it is to be paid in."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from invoices.values.currencies import CODES
from processing.extractors.header.amounts import Amount, money_in
from processing.extractors.header.grid import Grid, Piece, overlap

MOST_LINES_BELOW = 8


def in_currency(grid: Grid, found: list[Amount], code: str, separator: str | None) -> list[Amount]:
    """The amounts, those under the head of another currency ("USD | EUR") exchanged for what stands on the same line
    under the head of ``code``. An amount that has none there is left out: it is the same sum said in other money."""
    heads = list(_rows_of_heads(grid))
    if not heads:
        return found
    kept = []
    for amount in found:
        piece = amount.span.piece
        row = next((row for row in reversed(heads) if 0 < piece.line - row[0].line <= MOST_LINES_BELOW), None)
        over = next((head for head in row or () if head.page == piece.page and _under(piece, head)), None)
        if row is None or over is None or over.text.strip() == code:
            kept.append(amount)
            continue
        own = next((head for head in row if head.text.strip() == code), None)
        if own is None:
            kept.append(amount)
            continue
        for other in (p for p in grid.lines[piece.line] if _under(p, own)):
            kept += [replace(amount, value=number.value, span=span) for number, span in money_in(other, separator)[:1]]
    return kept


def _rows_of_heads(grid: Grid) -> Iterator[list[Piece]]:
    """The lines that name two currencies or more, each in a cell of its own."""
    for line in grid.lines:
        named = [piece for piece in line if piece.text.strip() in CODES]
        if len({piece.text.strip() for piece in named}) >= 2:
            yield named


def _under(piece: Piece, head: Piece) -> bool:
    """Whether a cell stands below a head: they share a part of the width, or their right edges meet."""
    shared = overlap(piece.box[0], piece.box[2], head.box[0], head.box[2]) > 0
    return shared or abs(piece.box[2] - head.box[2]) <= 3
