"""The lines of a document: those of all its item tables, without what says them again."""

from __future__ import annotations

import bisect
from decimal import Decimal

from processing.content.extraction import Extraction, Fields
from processing.content.records import DocumentContent
from processing.extractors.header.grid import Grid
from processing.extractors.items.items import find_item_tables, read_items
from processing.extractors.words.labels import find_labels

_SUMS = frozenset(
    {
        "subtotal",
        "tax_amount",
        "total_amount",
        "amount_due",
        "amount_paid",
        "rounding",
        "line_total",
        "withholding_amount",
    }
)


def read_lines(extraction: Extraction, content: DocumentContent, grid: Grid) -> tuple[set[int], set[int]]:
    """Reads the items; gives the lines of the grid that they and the heads of their columns stand on. The numbers of
    items are no totals, and the name of a column ("Date", "From") is no label of the header."""
    header_rows: set[int] = set()
    again: list[Fields] = []
    for table in find_item_tables(content):
        header_rows.update(table.header_rows)
        items = read_items(content, table, method="rules")
        items = [item for item in items if not _is_total(item)]
        if _sums_up(items, extraction.lines):
            again += items
        else:
            extraction.lines += items
    cells: set[str | None] = set()
    heights: dict[int | None, list[float]] = {}
    for item in (*extraction.lines, *again):
        for value in item.values():
            if value.place is not None and value.place.box is not None:
                heights.setdefault(value.place.page, []).append((value.place.box[1] + value.place.box[3]) / 2)
            elif value.place is not None:
                cells.add(value.place.cell)
    for centers in heights.values():
        centers.sort()
    heads = {index for index, row in enumerate(grid.rows) if row.number in header_rows}
    lines = {
        index
        for index, line in enumerate(grid.lines)
        if any(p.cell.place.cell is not None and p.cell.place.cell in cells for p in line)
        or _within(heights.get(line[0].page, []), min(p.box[1] for p in line), max(p.box[3] for p in line))
    }
    return lines, heads


def _sums_up(items: list[Fields], lines: list[Fields]) -> bool:
    """Whether a further table only says the lines before it again, by rate or tariff: no names, and the same sum."""
    if not lines or any("description" in item or "quantity" in item for item in items):
        return False
    sums = [
        sum((row["amount"].value for row in rows if isinstance(row["amount"].value, Decimal)), Decimal(0))
        if all("amount" in row for row in rows)
        else None
        for rows in (items, lines)
    ]
    return sums[0] is not None and sums[0] == sums[1]


def _is_total(item: Fields) -> bool:
    """A line of the totals that stands in the columns of the items: named as one, without quantity and price."""
    if "description" not in item or "quantity" in item or "unit_price" in item:
        return False
    text = str(item["description"].value)
    hit = next(iter(find_labels(text)), None)
    return hit is not None and hit.start == 0 and hit.name in _SUMS and hit.end - hit.start >= 0.5 * len(text)


def _within(centers: list[float], top: float, bottom: float) -> bool:
    at = bisect.bisect_left(centers, top)
    return at < len(centers) and centers[at] <= bottom
