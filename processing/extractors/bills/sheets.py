"""Data files and workbooks: a table under a header, or of a known layout without one. Pure."""

from __future__ import annotations

from dataclasses import dataclass

from invoices.auditing.kinds import charge_kind
from processing.content.records import Cell, DocumentContent, Row
from processing.extractors.bills.columns import Columns, columns_of
from processing.extractors.bills.layouts import Layout, layout_of
from processing.extractors.bills.records import ReadBill
from processing.extractors.bills.table import TableReader

_HEADER_WITHIN_ROWS = 60
_FEWEST_CELLS = 4


@dataclass(frozen=True, slots=True)
class HeadedTable:
    columns: Columns
    header: Row
    rows: list[Row]


def find_headed(content: DocumentContent) -> HeadedTable | None:
    """The first sheet with a row that heads shipments, and the rows below it."""
    for page in content.pages:
        if any(cell.place.cell is None for row in page.rows[:1] for cell in row.cells):
            return None  # a page, not a sheet
        for index, row in enumerate(page.rows[:_HEADER_WITHIN_ROWS]):
            if len(row.cells) < _FEWEST_CELLS:
                continue
            columns = columns_of({cell.column: cell.text for cell in row.cells})
            if columns is not None:
                return HeadedTable(columns, row, list(page.rows[index + 1 :]))
    return None


def read_headed(content: DocumentContent, found: HeadedTable) -> ReadBill:
    """The table; a second page of the same header is not looked for: data files have one."""
    rows = [(row.number, _cells(row)) for row in found.rows]
    bill = TableReader(found.columns, rows, skip={}).read()
    bill.rows.add(found.header.number)
    if found.columns.row_is_charge and "service" not in found.columns.facts:
        _name_services(bill, unless_freight=True)
    return bill


def find_layout(content: DocumentContent) -> Layout | None:
    """The layout of a file whose first rows are data already."""
    if not content.pages:
        return None
    rows = content.pages[0].rows
    if not rows or any(cell.place.cell is None for cell in rows[0].cells[:1]):
        return None
    return layout_of(rows) or layout_of(rows[1:])


def read_layout(content: DocumentContent, layout: Layout) -> ReadBill:
    columns = Columns({}, {meaning: list(at) for meaning, at in layout.columns.items()})
    rows = [(row.number, _cells(row)) for row in content.pages[0].rows if layout.fits(row)]
    bill = TableReader(columns, rows, skip=layout.skip).read()
    _name_services(bill)
    bill.rows |= {number for number, _ in rows}
    return bill


def _name_services(bill: ReadBill, *, unless_freight: bool = False) -> None:
    """The freight row of such a file names the service; ``unless_freight``: not where its words only say freight."""
    for shipment in bill.shipments:
        for charge in shipment.charges:
            kind = charge.get("charge_kind")
            if kind is None or kind.value != "freight" or "description" not in charge:
                continue
            if not unless_freight or charge_kind(str(charge["description"].value)) is None:
                shipment.facts.setdefault("service", charge["description"])


def _cells(row: Row) -> dict[int, Cell]:
    return {cell.column: cell for cell in row.cells}
