"""Cells that say two things ("10 - 20", "DEHAM Hamburg", "25,00 EUR/kg"), each half a column of its own. Pure."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from processing.content.records import Cell
from processing.ratecards.plan import ColumnPlan

_BEYOND = 100_000  # no sheet has so many columns
_AMOUNT_AND_UNIT = re.compile(
    r"^((?:[A-Z]{3}|US\$|R\$|[€$£])?\s*[\d.,' ]*\d\s*(?:[A-Z]{3}\b|[€$£%])?)\s*[/ ]\s*([^\W\d].*)$"
)
_IN_BRACKETS = re.compile(r"^(.+?)\s*[(\[](.+?)[)\]]\s*$")
_MARKS = (
    re.compile(r"\s+(?:-|–|—|→|->|/|to|bis|a|à|hasta|até|tot)\s+", re.I),
    re.compile(r"\s*[:;|\n–—→]\s*"),
    re.compile(r"(?<=\d)\s*-\s*(?=\d)"),
    re.compile(r"\s*[,/-]\s*"),
    re.compile(r"\s+"),
)


def halves_of(text: str) -> tuple[str, str]:
    """The two things that a cell says, in their order; the second is empty where there is one."""
    plain = text.strip()
    for pattern in (_AMOUNT_AND_UNIT, _IN_BRACKETS):
        if match := pattern.match(plain):
            return match[1].strip(), match[2].strip()
    for mark in _MARKS:
        first, *rest = mark.split(plain, maxsplit=1)
        if rest and first and rest[0]:
            return first.strip(), rest[0].strip()
    return plain, ""


def with_own_columns(columns: Sequence[ColumnPlan]) -> tuple[ColumnPlan, ...]:
    """The columns, where those of half a cell have a number of their own."""
    return tuple(replace(c, column=_own(c.column, c.half)) if c.half else c for c in columns)


def part_cells(cells: dict[int, Cell], halves: Sequence[ColumnPlan]) -> dict[int, Cell]:
    """The cells of a row with the halves in columns of their own; ``halves`` are columns as the plan has them."""
    out = dict(cells)
    for column in halves:
        cell = cells.get(column.column)
        if cell is None:
            continue
        text = halves_of(cell.text)[column.half - 1]
        if text:
            own = _own(column.column, column.half)
            out[own] = Cell(text, cell.place, own)
    return out


def _own(column: int, half: int) -> int:
    return column + _BEYOND * half
