"""Lists that say of each place which column of a table of prices holds for it, whatever their heads say. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import groupby

from processing.content.records import Row
from processing.ratecards.coverage import rows_outside
from processing.ratecards.plan import CardPlan, ColumnPlan, TablePlan
from processing.ratecards.sheets import Sheet

_FEWEST = 2
_WIDEST = 4  # columns of a list
_AXES = frozenset({"zone", "destination"})


def with_label_lists(tables: Sequence[TablePlan], sheets: Sequence[Sheet]) -> list[TablePlan]:
    """The tables and, where rows in none of them set the words above prices beside places, those lists as tables of
    zones; the words are zones then."""
    out = list(tables)
    for position, table in enumerate(tables):
        labels = _labels_of(table)
        if not labels:
            continue
        lists = [found for sheet in sheets for found in _lists(sheet, out, labels)]
        if lists:
            out[position] = _by_zone(table)
            out += lists
    return out


def _labels_of(table: TablePlan) -> set[str]:
    """The words above the prices of a table that may be zones."""
    columns = [c for c in table.columns if c.meaning == "price" and c.axis in _AXES]
    found = {_plain(column.label) for column in columns}
    worded = all(any(map(str.isalpha, label)) for label in found)
    taken = any(c.meaning in ("zone", "destination") and not c.axis for c in table.columns)
    return found if table.target == "rates" and len(found) >= _FEWEST and worded and not taken else set()


def _lists(sheet: Sheet, tables: Sequence[TablePlan], labels: set[str]) -> list[TablePlan]:
    found = []
    rows = rows_outside(CardPlan(tuple(tables)), sheet)
    for shape, group in groupby(rows, key=lambda row: tuple(cell.column for cell in row.cells)):
        run = list(group)
        for at, column in enumerate(shape if _FEWEST <= len(shape) <= _WIDEST else ()):
            listed = [row for row in run if _plain(row.cells[at].text) in labels]
            if not _is_list(run, listed, at):
                continue
            head = run[0] if len(listed) < len(run) else None
            place = next(c for c in shape if c != column)
            found.append(TablePlan(
                sheet=sheet.index, target="zones", header_rows=(head.number,) if head is not None else (),
                first_row=listed[0].number, last_row=listed[-1].number,
                columns=tuple(sorted((ColumnPlan(column, "zone"), ColumnPlan(place, "destination")),
                                     key=lambda plan: plan.column)),
            ))  # fmt: skip
            break
    return found


def _is_list(run: Sequence[Row], listed: Sequence[Row], at: int) -> bool:
    """Whether all rows but a head say one of several labels beside what is none."""
    if len(listed) < _FEWEST or len(run) - len(listed) > 1 or listed[0] is not run[len(run) - len(listed)]:
        return False
    named = {_plain(row.cells[at].text) for row in listed}
    return len(named) >= _FEWEST


def _by_zone(table: TablePlan) -> TablePlan:
    columns = tuple(replace(c, axis="zone") if c.meaning == "price" and c.axis in _AXES else c for c in table.columns)
    return replace(table, columns=columns)


def _plain(text: str) -> str:
    return " ".join(text.split()).casefold()
