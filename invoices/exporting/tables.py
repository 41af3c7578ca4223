"""Invoices as rows of a table: one row an invoice, or one a line with the invoice's header before it."""

from __future__ import annotations

import csv
import json
from collections.abc import Iterable, Iterator
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any, Literal

import xlsxwriter
from django.db.models import Prefetch, QuerySet

from common.formulas import formula_safe
from invoices.models import Invoice, InvoiceLine, InvoiceReason
from invoices.queries import invoice_data
from invoices.records import HEADER_FIELDS, LINE_FIELDS, plain_json

Rows = Literal["invoices", "lines"]
FORMATS = ("csv", "xlsx", "jsonl")
RECORD_COLUMNS = ("id", "status")
AFTER_COLUMNS = ("method", "confidence", "reasons", "created_at", "decided_at")
LINE_HEADER = (
    "id", "status", "document_type", "invoice_number", "invoice_date", "currency", "vendor_name", "purchase_order",
)  # fmt: skip
BATCH = 500
SHEET_ROWS = 1_048_575  # of Excel, without the header


def columns_of(rows: Rows) -> tuple[str, ...]:
    if rows == "lines":
        return (*LINE_HEADER, *(f"line_{name}".replace("line_line", "line") for name in LINE_FIELDS))
    return (*RECORD_COLUMNS, *HEADER_FIELDS, *AFTER_COLUMNS)


def table(invoices: QuerySet[Invoice], rows: Rows) -> Iterator[list[Any]]:
    """The cells of each row in the order of ``columns_of``: text, Decimal, date, datetime or None. A few hundred
    invoices at a time are in memory."""
    reasons = InvoiceReason.objects.filter(accepted_at=None).only("invoice_id", "code", "position")
    if rows == "lines":
        wanted = invoices.only(*LINE_HEADER).prefetch_related(
            Prefetch("lines", queryset=InvoiceLine.objects.defer("evidence"))
        )
        for invoice in wanted.iterator(chunk_size=BATCH):
            head = [_cell(getattr(invoice, name)) for name in LINE_HEADER]
            for line in invoice.lines.all():
                yield [*head, *(_cell(getattr(line, name)) for name in LINE_FIELDS)]
        return
    plain = [name for name in (*RECORD_COLUMNS, *HEADER_FIELDS, *AFTER_COLUMNS) if name != "reasons"]
    wanted = invoices.only(*plain).prefetch_related(Prefetch("reasons", queryset=reasons))
    for invoice in wanted.iterator(chunk_size=BATCH):
        told = " ".join(dict.fromkeys(reason.code for reason in invoice.reasons.all()))
        yield [told if name == "reasons" else _cell(getattr(invoice, name)) for name in columns_of(rows)]


class CsvText:
    """A file for the csv writer, of the rows since it was last taken."""

    def __init__(self) -> None:
        self.text = ""

    def write(self, text: str) -> int:
        self.text += text
        return len(text)

    def take(self) -> bytes:
        text, self.text = self.text, ""
        return text.encode()


def as_csv(columns: Iterable[str], rows: Iterable[list[Any]]) -> Iterator[bytes]:
    """RFC 4180 in UTF-8, in chunks. A text that a spreadsheet would take for a formula gets an apostrophe before it."""
    line = CsvText()
    writer = csv.writer(line)
    writer.writerow(columns)
    for number, row in enumerate(rows, start=1):
        writer.writerow([_csv_text(value) for value in row])
        if number % 200 == 0:
            yield line.take()
    yield line.take()


def as_xlsx(path: Path, columns: tuple[str, ...], rows: Iterable[list[Any]]) -> None:
    """Write a workbook in little memory; numbers and dates are such, texts are never formulas or links. What one sheet
    cannot hold goes on in the next."""
    options = {
        "constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False,
        "remove_timezone": True, "tmpdir": str(path.parent),
    }  # fmt: skip
    with xlsxwriter.Workbook(str(path), options) as book:
        bold = book.add_format({"bold": True})
        day, moment = book.add_format({"num_format": "yyyy-mm-dd"}), book.add_format({"num_format": "yyyy-mm-dd hh:mm"})
        sheet, index = None, SHEET_ROWS
        for row in rows:
            if sheet is None or index >= SHEET_ROWS:
                sheet, index = _new_sheet(book, columns, bold), 0
            index += 1
            for column, value in enumerate(row):
                if isinstance(value, Decimal):
                    sheet.write_number(index, column, float(value))
                elif isinstance(value, datetime):
                    sheet.write_datetime(index, column, value, moment)
                elif isinstance(value, date):
                    sheet.write_datetime(index, column, datetime(value.year, value.month, value.day), day)  # noqa: DTZ001
                elif value:
                    sheet.write_string(index, column, str(value)[:32_767])
        if sheet is None:
            _new_sheet(book, columns, bold)


def _new_sheet(book: Any, columns: tuple[str, ...], bold: Any) -> Any:
    sheet = book.add_worksheet()
    sheet.freeze_panes(1, 0)
    for column, name in enumerate(columns):
        sheet.write_string(0, column, name, bold)
    return sheet


def as_jsonl(invoices: QuerySet[Invoice]) -> Iterator[bytes]:
    """One JSON object a line: id, status, method, confidence, and the invoice as in results.json."""
    wanted = invoices.defer("evidence", "search").prefetch_related(
        Prefetch("lines", queryset=InvoiceLine.objects.defer("evidence")), "taxes", "reasons"
    )
    for invoice in wanted.iterator(chunk_size=BATCH):
        body = {
            "id": str(invoice.id),
            "status": invoice.status,
            "version": invoice.version,
            "method": invoice.method or None,
            "confidence": None if invoice.confidence is None else f"{invoice.confidence:.2f}",
            "review": [
                {"code": reason.code, "field": reason.field, "message": reason.message}
                for reason in invoice.reasons.all()
                if reason.accepted_at is None
            ],
            "invoice": plain_json(invoice_data(invoice)),
        }
        yield json.dumps(body, ensure_ascii=False, separators=(",", ":")).encode() + b"\n"


def _cell(value: Any) -> Any:
    if value is None or value == "":
        return None
    return value if isinstance(value, Decimal | date) else str(value)


def _csv_text(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, Decimal):
        return str(plain_json(value))
    if isinstance(value, datetime):
        return value.isoformat(timespec="seconds")
    if isinstance(value, date):
        return value.isoformat()
    return csv_safe(str(value))


def csv_safe(text: str) -> str:
    """A text of a document as a cell that no spreadsheet runs."""
    # An identifier of digits may have a sign: of what comes as text not even a number is left to the spreadsheet.
    return f"'{text}" if text.lstrip(" ").startswith(("+", "-")) else formula_safe(text)
