"""Data files of several invoices taken apart by the number that each row names. Pure."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence

from invoices.auditing.wording import folded
from processing.content.records import DocumentContent, Row
from processing.extractors.bills.columns import Columns
from processing.extractors.bills.sheets import find_headed, find_layout
from processing.extractors.bills.table import TOTALS


def invoices_in(content: DocumentContent) -> list[bytes]:
    """The invoices of a carrier's data file as CSV files, each with what stands above the first row and the rows that
    name its number, in the columns of the file; empty where the file is one invoice."""
    layout = find_layout(content)
    if layout is not None:
        columns = Columns({}, {meaning: list(at) for meaning, at in layout.columns.items()})
        rows = content.pages[0].rows
        first = next(index for index, row in enumerate(rows) if layout.fits(row))
        return _files(rows[:first], _by_number(columns, rows[first:]))
    table = find_headed(content)
    if table is None:
        return []
    page = content.pages[table.header.page - 1].rows
    above = [row for row in page if row.number <= table.header.number]
    return _files(above, _by_number(table.columns, table.rows))


def _by_number(columns: Columns, rows: Sequence[Row]) -> list[list[Row]]:
    """The rows of each invoice. A further charge of a shipment may leave the number out; a sum belongs to none."""
    found: dict[str, list[Row]] = {}
    current: list[Row] | None = None
    for row in rows:
        cells = {cell.column: cell for cell in row.cells}
        number = columns.cell(cells, "invoice_number")
        if number is not None and any(c.isdigit() for c in number.text):
            current = found.setdefault(number.text, [])
        elif not _goes_on(columns, row):
            continue
        if current is not None:
            current.append(row)
    return list(found.values())


def _goes_on(columns: Columns, row: Row) -> bool:
    cells = {cell.column: cell for cell in row.cells}
    name, amount = columns.cell(cells, "charge_name"), columns.cell(cells, "amount")
    return name is not None and amount is not None and not TOTALS.search(folded(name.text))


def _files(above: Sequence[Row], invoices: Sequence[Sequence[Row]]) -> list[bytes]:
    if len(invoices) < 2:
        return []
    return [_csv([*above, *rows]) for rows in invoices]


def _csv(rows: Sequence[Row]) -> bytes:
    out = io.StringIO()
    writer = csv.writer(out)
    for row in rows:
        texts = {cell.column: cell.text for cell in row.cells}
        writer.writerow([texts.get(column, "") for column in range(max(texts, default=-1) + 1)])
    return out.getvalue().encode()
