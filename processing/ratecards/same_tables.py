"""Tables that a reply did not name, since they have the header of one that it did. Pure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from processing.content.records import Row
from processing.ratecards.grid import CellRange, Grid
from processing.ratecards.plan import TablePlan
from processing.ratecards.regions import Region, find_regions


@dataclass(slots=True)
class Placed:
    """A table of the plan with the range that it was named by and the columns whose cells are its values."""

    at: CellRange
    plan: TablePlan
    values: frozenset[int]

    def takes_from(self, other: Placed) -> set[int]:
        rows = self.plan.first_row <= other.plan.last_row and other.plan.first_row <= self.plan.last_row
        return set(self.values & other.values) if rows and self.plan.sheet == other.plan.sheet else set()


def find_again(
    tables: Sequence[Placed], grids: Mapping[int, Grid], ignored: Sequence[CellRange]
) -> list[Placed]:  # fmt: skip
    """Tables with the header of one that was named are read alike, and so is what goes on without a header on the
    next page: a reply need not name sixty pages."""
    found: list[Placed] = []
    before: TablePlan | None = None
    for grid in grids.values():
        for region in find_regions(grid):
            top, bottom = grid.labels[region.head], grid.labels[region.last]
            at = CellRange(region.sheet, region.columns[0], top, region.columns[-1], bottom)
            given = next((placed.plan for placed in (*tables, *found) if placed.at.meets(at)), None)
            if given is not None:
                before = given
                continue
            if any(other.meets(at) for other in ignored):
                continue
            again = _like([*tables, *found], grids, grid, region, before)
            if again is not None:
                found.append(Placed(at, again, frozenset()))
                before = again
    return found


def _like(
    tables: Sequence[Placed], grids: Mapping[int, Grid], grid: Grid, region: Region, before: TablePlan | None
) -> TablePlan | None:  # fmt: skip
    rows = grid.rows
    first, last = rows[region.first].number, rows[region.last].number
    if region.head == region.first:
        if before is None or before.sheet == region.sheet:
            return None
        known = {c.column for c in before.columns}
        fits = set(region.columns) <= known and len(region.columns) * 2 > len(known)
        fits = fits and grid.sheet.one_table  # a page; another sheet of a workbook is another thing
        return (
            replace(before, sheet=region.sheet, header_rows=(), first_row=first, last_row=last, roles=())
            if fits
            else None
        )
    header = [rows[i] for i in range(region.head, region.first)]
    texts = _texts(header)
    for placed in tables:
        plan = placed.plan
        if not plan.header_rows or len(plan.header_rows) > len(header):
            continue
        own = grids[plan.sheet].rows
        numbers = set(plan.header_rows)
        wanted = _texts([row for row in own if row.number in numbers])
        if texts[-len(wanted) :] == wanted:
            return replace(
                plan,
                sheet=region.sheet,
                header_rows=tuple(row.number for row in header),
                first_row=first,
                last_row=last,
                constants=(),
                roles=(),
            )
    return None


def _texts(rows: Sequence[Row]) -> list[list[tuple[int, str]]]:
    return [[(cell.column, cell.text) for cell in row.cells] for row in rows]
