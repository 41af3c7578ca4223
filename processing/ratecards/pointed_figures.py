"""Figures of sentences that a plan points at, as the readers of notes ask about them. Pure."""

from __future__ import annotations

from typing import Any, Protocol

from processing.content.records import Row
from processing.ratecards.sheets import source_of


class PointedFigures(Protocol):
    """What of a sentence is left once the figures that a plan points at are taken; None where it points at none."""

    def rest_of(self, place: Any, text: str) -> str | None: ...


def rest_in_row(pointed: PointedFigures | None, row: Row, text: str) -> str | None:
    """A sentence without the figures that a plan points at in its cell; None where it points at none."""
    cell = next((cell for cell in row.cells if text in cell.text), row.cells[0])
    return pointed.rest_of(source_of(cell.place), text) if pointed is not None else None
