"""Tables that stand beside each other on a sheet, with empty columns between them. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from itertools import pairwise

from processing.content.records import Row
from processing.ratecards.headers import Header
from processing.ratecards.plan import TablePlan
from processing.ratecards.vocabulary import KEYS, meaning_of

_SAMPLE = 40
_LEADING = KEYS | {"surcharge", "code", "fuel_from"}


def blocks_of(header: Header, below: Sequence[Row]) -> list[list[int]]:
    """The columns of each table below one header: split where a column is empty in all rows and what follows begins
    with a key of its own. One block where there is nothing to split."""
    used = set(header.columns)
    for row in below[:_SAMPLE]:
        used |= {cell.column for cell in row.cells}
    blocks: list[list[int]] = [[min(used)]]
    for before, column in pairwise(sorted(used)):
        if column > before + 1 and column in header.parts and meaning_of(header.own(column)) in _LEADING:
            blocks.append([])
        blocks[-1].append(column)
    return blocks if all(len(block) > 1 for block in blocks) else [sorted(used)]


def within_columns(rows: Iterable[Row], columns: Iterable[int]) -> list[Row]:
    """The rows with the cells of one table only; those that it has no part in are left out."""
    wanted = list(columns)
    first, last = min(wanted), max(wanted)
    out: list[Row] = []
    for row in rows:
        cells = tuple(cell for cell in row.cells if first <= cell.column <= last)
        if cells:
            out.append(replace(row, cells=cells))
    return out


def columns_beside(table: TablePlan, tables: Iterable[TablePlan]) -> frozenset[int]:
    """The columns of other tables of the plan that share rows of the same sheet with this one."""
    return frozenset(
        column.column for other in tables
        if other is not table and other.sheet == table.sheet
        and other.first_row <= table.last_row and table.first_row <= other.last_row
        for column in other.columns
    )  # fmt: skip
