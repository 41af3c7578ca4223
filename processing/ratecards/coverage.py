"""Numbers that stand in no table of a plan. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from processing.content.records import Row
from processing.ratecards.grid import CellRange, Grid
from processing.ratecards.headers import is_number
from processing.ratecards.plan import CardPlan, Coverage
from processing.ratecards.regions import find_regions
from processing.ratecards.sheets import Sheet

NO_MEANING = "columns without a meaning"
NOT_UNDERSTOOD = "columns not understood"
IN_NO_TABLE = "rows in no table"


def rows_outside(plan: CardPlan, sheet: Sheet) -> list[Row]:
    """The rows of a sheet that are in no table of the plan, headers included."""
    spans = [(min((*t.header_rows, t.first_row)), t.last_row) for t in plan.tables if t.sheet == sheet.index]
    if len(spans) == 1:
        first, last = spans[0]
        return [row for row in sheet.rows if not first <= row.number <= last]
    return [row for row in sheet.rows if not any(first <= row.number <= last for first, last in spans)]


def count_uncovered(plan: CardPlan, sheets: Sequence[Sheet], coverage: Coverage) -> None:
    """Count the numbers of tables that the plan does not name among those left over."""
    for sheet in sheets:
        rows = rows_outside(plan, sheet)
        if sum(len(row.cells) > 1 for row in rows) < 2:
            continue
        grid = Grid(replace(sheet, rows=tuple(rows)))
        for region in find_regions(grid):
            inside = rows[region.first : region.last + 1]
            numbers = sum(is_number(cell.text) for row in inside for cell in row.cells[1:])
            if numbers > max(len(inside), 3):
                labels = grid.labels
                at = CellRange(
                    sheet.index, region.columns[0], labels[region.head], region.columns[-1], labels[region.last]
                )
                coverage.leave(IN_NO_TABLE, str(at), numbers)
                coverage.numeric_cells += numbers
