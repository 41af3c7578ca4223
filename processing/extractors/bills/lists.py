"""Lists of shipments on paper: a row a shipment, its charges in columns, headings above them on each page. Pure."""

from __future__ import annotations

from dataclasses import dataclass, field

from processing.content.records import Cell, DocumentContent, Row
from processing.extractors.bills.columns import Columns, columns_of
from processing.extractors.bills.paper import headings_of, under
from processing.extractors.bills.records import ReadBill
from processing.extractors.bills.table import TableReader
from processing.extractors.bills.values import is_money


@dataclass(slots=True)
class PaperList:
    columns: Columns
    rows: list[tuple[int, dict[int, Cell]]] = field(default_factory=list)
    shipments: int = 0
    headings: set[int] = field(default_factory=set)  # rows


def find_list(content: DocumentContent) -> PaperList | None:
    """Rows with a shipment's number and several amounts beside it, below headings that say so."""
    found: PaperList | None = None
    headings = None
    above: Row | None = None
    for row in content.rows:
        own = headings_of(row, above)
        above = row
        if own is not None:
            columns = columns_of({at: heading.text for at, heading in enumerate(own)})
            if columns is not None and (columns.charges or columns.row_is_charge or "row_total" in columns.facts):
                headings = own
                if found is None or not found.rows:  # the second line of headings says more than the first
                    found = PaperList(columns, headings=found.headings if found else set())
                found.headings.add(row.number)
                continue
        if headings is None or found is None:
            continue
        cells = under(headings, row)
        number = columns_first(found.columns, cells)
        if number is not None and any(c.isdigit() for c in number.text):
            found.rows.append((row.number, cells))
            found.shipments += 1
        elif number is None and found.rows and is_money(row.cells[-1].text) and len(row.cells) > 1:
            found.rows.append((row.number, cells))
    return found if found is not None and found.shipments and _adds_up(found) else None


def columns_first(columns: Columns, cells: dict[int, Cell]) -> Cell | None:
    at = columns.first("tracking_number")
    return None if at is None else cells.get(at)


def read_list(content: DocumentContent, found: PaperList) -> ReadBill:
    bill = TableReader(found.columns, found.rows, skip={}).read()
    bill.rows |= found.headings
    return bill


def _adds_up(found: PaperList) -> bool:
    """Whether most rows are shipments with charges, and those whose sum is printed reach it."""
    bill = TableReader(found.columns, found.rows, skip={}).read()
    stated = [each for each in bill.shipments if each.stated is not None]
    charges = sum(len(each.charges) for each in bill.shipments)
    right = sum(each.stated == each.sum for each in stated)
    return charges >= 0.8 * found.shipments and right >= 0.8 * len(stated)
