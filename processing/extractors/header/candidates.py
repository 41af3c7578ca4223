"""Possible values of a field with the weight of their evidence, and the choice between them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from processing.content.extraction import FieldValue
from processing.extractors.header.grid import Grid, Piece, Span
from processing.extractors.words.labels import Hit

_WHERE = {"inline": 3.0, "right": 2.5, "below": 1.5}


@dataclass(frozen=True, slots=True)
class Candidate:
    """A possible value of a field with the weight of its evidence."""

    field: FieldValue
    score: float
    piece: Piece


def best(candidates: Iterable[Candidate]) -> tuple[FieldValue | None, bool]:
    """The value with the strongest evidence, the earliest of equals; True where an equally strong one says
    otherwise."""
    ranked = sorted(candidates, key=lambda c: -c.score)
    if not ranked:
        return None, False
    top = [c for c in ranked if c.score >= ranked[0].score - 0.5]
    return ranked[0].field, len({str(c.field.value).casefold() for c in top}) > 1


def score_of(grid: Grid, hit: Hit, span: Span) -> float:
    first_page = 1.0 if span.piece.page == grid.first_page else 0.0
    prose = 6.0 if not hit.first and len(span.piece.tokens) > 8 else 0.0
    return hit.label.strength * 10 + _WHERE[span.where] + first_page + (1.0 if hit.first else 0.0) - prose


def hits_of(grid: Grid, name: str) -> Iterable[tuple[Piece, Hit]]:
    return grid.hits_of(name)
