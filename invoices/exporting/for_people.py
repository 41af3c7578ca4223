"""Invoices as files that people open in a spreadsheet: heads in words, two decimals, dates as dates, taxes too."""

from __future__ import annotations

import csv
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import xlsxwriter
from django.db.models import Prefetch, QuerySet

from invoices.exporting.tables import SHEET_ROWS, CsvText, csv_safe
from invoices.field_groups import field_in_words
from invoices.models import Invoice, InvoiceLine

BATCH = 500
BOM = b"\xef\xbb\xbf"  # without it Excel takes UTF-8 for the code page of its country
# As Excel expects them where the decimal sign is a point, and where it is a comma.
STYLES = {"point": (",", "."), "comma": (";", ",")}
HEAD = (
    "vendor_name", "vendor_tax_id", "invoice_number", "document_type", "invoice_date", "due_date", "currency",
)  # fmt: skip
AMOUNTS = (
    "subtotal", "discount_total", "charge_total", "tax_amount", "total_amount", "amount_paid", "withholding_amount",
    "amount_due",
)  # fmt: skip
AFTER = ("purchase_order", "buyer_name", "payment_terms", "payment_reference", "iban", "bic")
LINE = (
    "line_number", "item_code", "description", "quantity", "unit", "unit_price", "discount", "amount", "tax_rate",
    "tracking_number", "ship_date", "service", "zone", "billed_weight", "weight_unit",
)  # fmt: skip
TAX = ("category", "rate", "base", "amount")
WIDE = {"vendor_name": 30, "buyer_name": 30, "description": 44, "payment_terms": 34, "iban": 26}
# Money is shown with two places; what may have more keeps them.
OTHER_FIGURES = frozenset({"quantity", "unit_price", "billed_weight", "tax_rate", "rate"})


@dataclass(frozen=True, slots=True)
class Column:
    """One column: its head in words, how its cell is got, and how wide it is in characters."""

    name: str
    head: str
    of: Callable[[Any], Any]
    width: int


def _columns(names: Iterable[str], of: Callable[[Any], Any] = lambda row: row) -> list[Column]:
    return [Column(name, _head(name), _value(name, of), WIDE.get(name, 14)) for name in names]


def _head(name: str) -> str:
    words = field_in_words(name)
    return words[0].upper() + words[1:]


def _value(name: str, of: Callable[[Any], Any]) -> Callable[[Any], Any]:
    return lambda row: getattr(of(row), name)


_STATUS = [
    Column("status", "Status", lambda row: row.get_status_display(), 14),
    Column("decided_by", "Decided by", lambda row: str(row.decided_by) if row.decided_by else None, 16),
    Column("decided_at", "Decided on", lambda row: row.decided_at.date() if row.decided_at else None, 14),
]
_INVOICE = [*_columns((*HEAD, *AMOUNTS, *AFTER)), *_STATUS]
_OF_LINE = [*_columns(HEAD, lambda row: row.invoice), *_columns(LINE)]
_OF_TAX = [*_columns(HEAD, lambda row: row.invoice), *_columns(TAX)]
SHEETS = {"invoices": ("Invoices", _INVOICE), "lines": ("Lines", _OF_LINE), "taxes": ("Taxes", _OF_TAX)}


def rows_of(invoices: QuerySet[Invoice], rows: str) -> Iterator[Any]:
    """The invoices themselves, or their ``lines`` or ``taxes``; a few hundred at a time are in memory."""
    wanted = invoices.defer("search", "evidence").select_related("decided_by")
    if rows == "invoices":
        yield from wanted.iterator(chunk_size=BATCH)
        return
    parts = Prefetch("lines", queryset=InvoiceLine.objects.defer("evidence")) if rows == "lines" else "taxes"
    for invoice in wanted.prefetch_related(parts).iterator(chunk_size=BATCH):
        for row in getattr(invoice, rows).all():
            row.invoice = invoice
            yield row


def people_csv(invoices: QuerySet[Invoice], rows: str, *, style: str) -> Iterator[bytes]:
    """A file for a spreadsheet of one country, in chunks; ``style`` names its signs in ``STYLES``."""
    delimiter, point = STYLES[style]
    line = CsvText()
    writer = csv.writer(line, delimiter=delimiter)
    _, columns = SHEETS[rows]
    yield BOM
    writer.writerow([column.head for column in columns])
    for number, row in enumerate(rows_of(invoices, rows), start=1):
        writer.writerow([_text(column.name, column.of(row), point) for column in columns])
        if number % 200 == 0:
            yield line.take()
    yield line.take()


def people_xlsx(path: Path, invoices: QuerySet[Invoice]) -> None:
    """Write a workbook of three sheets: invoices, lines, taxes. Amounts are numbers, dates are dates, and no text is a
    formula or a link."""
    options = {
        "constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False,
        "tmpdir": str(path.parent),
    }  # fmt: skip
    with xlsxwriter.Workbook(str(path), options) as book:
        bold = book.add_format({"bold": True, "bottom": 1})
        money, day = book.add_format({"num_format": "#,##0.00"}), book.add_format({"num_format": "yyyy-mm-dd"})
        figure = book.add_format({"num_format": "#,##0.######"})
        for rows, (title, columns) in SHEETS.items():
            sheet = _new_sheet(book, title, columns, bold)
            index, sheets = 0, 1
            for row in rows_of(invoices, rows):
                if index == SHEET_ROWS:
                    sheets += 1
                    sheet, index = _new_sheet(book, f"{title} {sheets}", columns, bold), 0
                index += 1
                for place, column in enumerate(columns):
                    value = column.of(row)
                    if isinstance(value, Decimal):
                        shown = figure if column.name in OTHER_FIGURES else money
                        sheet.write_number(index, place, float(value), shown)
                    elif isinstance(value, date):
                        sheet.write_datetime(index, place, datetime(value.year, value.month, value.day), day)  # noqa: DTZ001
                    elif value:
                        sheet.write_string(index, place, str(value)[:32_767])


def _new_sheet(book: Any, title: str, columns: list[Column], bold: Any) -> Any:
    sheet = book.add_worksheet(title)
    sheet.freeze_panes(1, 0)
    sheet.autofilter(0, 0, SHEET_ROWS, len(columns) - 1)
    for place, column in enumerate(columns):
        sheet.set_column(place, place, column.width)
        sheet.write_string(0, place, column.head, bold)
    return sheet


def _text(name: str, value: Any, point: str) -> str:
    if value is None:
        return ""
    if isinstance(value, Decimal):
        shown = format(value.normalize() + 0, "f") if name in OTHER_FIGURES else format(round(value, 2), "f")
        return shown.replace(".", point)
    if isinstance(value, date):
        return value.isoformat()
    return csv_safe(str(value))
