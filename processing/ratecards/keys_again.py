"""Keys and rows of a remembered plan that depend on where its tables stand, found in the next card. Pure.

A key stands in the title of its table or elsewhere on the sheets; a row of another kind ("each further 100 kg") is
known by the text that begins it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Any

from processing.content.records import Row
from processing.ratecards.grid import Grid
from processing.ratecards.plan import RowRole, TablePlan
from processing.ratecards.plan_columns import key_text
from processing.ratecards.sheets import source_of

_CHANGES = re.compile(r"\d[\d.,/'’-]*")

Key = list[Any]  # meaning, sheet, row, column, text of the cell


def keys_of(table: TablePlan, grids: Mapping[int, Grid]) -> list[Key | None]:
    """Where the keys of a table stand, in their order; None for one that stands in no cell (the name of a sheet)."""
    wanted = {str(place): None for _, _, place in table.constants}
    found: dict[str, Key] = {}
    for index, grid in grids.items() if wanted else ():
        for label, row in zip(grid.labels, grid.rows, strict=True):
            for cell in row.cells:
                place = str(source_of(cell.place))
                if place in wanted:
                    found.setdefault(place, [index, label, cell.column, cell.text[:200]])
    return [
        [meaning, *found[str(place)]] if str(place) in found else None for meaning, _, place in table.constants
    ]  # fmt: skip


def keys_again(
    table: TablePlan, keys: Sequence[Key | None], grids: Mapping[int, Grid], sheet: int, moved: int
) -> tuple[tuple[tuple[str, str, Any], ...], list[str]]:
    """The keys of a table that was found again, ``moved`` rows further down on a sheet, and what is not found."""
    out: list[tuple[str, str, Any]] = []
    problems: list[str] = []
    for constant, key in zip(table.constants, keys, strict=True):
        meaning, text, _ = constant
        if key is None:
            out.append(constant)
            continue
        _, at, row, column, before = key
        here = at == table.sheet
        grid = grids.get(sheet if here else at)
        near = [grid.cell(label, column) for label in ((row + moved, row) if here else (row,))] if grid else []
        cells = [found for found in near if found is not None]
        cell = next((c for c in cells if _words(c.text) == _words(before)), cells[0] if cells else None)
        if cell is None or _words(cell.text) != _words(before):
            # The title of another table with the same header says another service.
            if cell is not None and key_text(meaning, before) == text:
                out.append((meaning, key_text(meaning, cell.text), source_of(cell.place)))
                continue
            problems.append(f"The {meaning} “{text[:40]}” does not stand where it stood before.")
            continue
        whole = key_text(meaning, before) == text
        out.append((meaning, key_text(meaning, cell.text) if whole else text, source_of(cell.place)))
    return tuple(out), problems


def rows_of(table: TablePlan, rows: Sequence[Row]) -> list[str]:
    """How each row that is read otherwise begins."""
    by_number = {row.number: row for row in rows}
    return [by_number[role.row].cells[0].text if role.row in by_number else "" for role in table.roles]


def roles_again(
    table: TablePlan, beginnings: Sequence[str], rows: Iterable[Row]
) -> tuple[tuple[RowRole, ...], list[str]]:  # fmt: skip
    """The roles on the rows that now begin so, and what is not found."""
    found: dict[str, int] = {}
    for row in rows:
        found.setdefault(row.cells[0].text, row.number)
    out, problems = [], []
    for role, text in zip(table.roles, beginnings, strict=True):
        if text in found:
            out.append(replace(role, row=found[text]))
        else:
            problems.append(f"No row begins with “{text[:40]}” any more.")
    return tuple(out), problems


def _words(text: str) -> str:
    return _CHANGES.sub("#", " ".join(text.split()).casefold())
