"""The titles of a plan's tables: what they say of weights only repeats the breaks below them. Pure."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from processing.ratecards.plan import CardPlan
from processing.ratecards.sheets import Sheet, source_of

_ABOVE = 3  # rows


def titles_of(plan: CardPlan, sheets: Sequence[Sheet]) -> Iterator[str]:
    """The titles that tables have; of a plan that was not made by rules, the cells of its keys and the rows of one cell
    directly above its tables."""
    for table in plan.tables:
        if table.title:
            yield table.title
    if plan.method == "rules":
        return
    sources = {str(place) for table in plan.tables for _, _, place in table.constants}
    for sheet in sheets:
        tops = {min((*table.header_rows, table.first_row)) for table in plan.tables if table.sheet == sheet.index}
        above: list[str] = []
        for row in sheet.rows:
            if row.number in tops:
                yield from above[-_ABOVE:]
            above = [*above, row.cells[0].text] if len(row.cells) == 1 else []
            yield from (cell.text for cell in row.cells if sources and str(source_of(cell.place)) in sources)
