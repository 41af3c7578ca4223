"""Tables of any kind as grids of cells."""

from __future__ import annotations

from dataclasses import dataclass

from processing.content import Cell, DocumentContent


@dataclass(frozen=True, slots=True)
class Table:
    grid: tuple[tuple[Cell | None, ...], ...]


def find_tables(content: DocumentContent) -> list[Table]:
    return []
