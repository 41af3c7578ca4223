"""Rate cards as files: CSV, a workbook, the standardized card as JSON. Row by row, whatever the size of the card."""

from __future__ import annotations

import csv
import io
import json
import tempfile
from collections.abc import Iterator
from decimal import Decimal
from typing import IO, Any

import xlsxwriter
from django.db.models import QuerySet

from common.formulas import formula_safe
from invoices.models import RateCard
from invoices.ratecards.queries import card_header, card_rows

XLSX_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_ROWS_A_PIECE = 500


def csv_lines(card: RateCard) -> Iterator[str]:
    """The rates, one a line, under a line of names; cells that a spreadsheet would run begin with an apostrophe."""
    names = column_names(card.rates.all())
    buffer = io.StringIO()
    writer = csv.writer(buffer)
    writer.writerow(names)
    for number, row in enumerate(card_rows(card.rates.all()), 1):
        writer.writerow([formula_safe(_cell(row.get(name))) for name in names])
        if number % _ROWS_A_PIECE == 0:
            yield buffer.getvalue()
            buffer.seek(0)
            buffer.truncate()
    yield buffer.getvalue()


def json_pieces(card: RateCard) -> Iterator[str]:
    """The standardized card, the same as ``card_document``."""
    head = json.dumps(card_header(card), ensure_ascii=False)
    yield head[:-1]
    for name, rows in _tables(card):
        yield f", {json.dumps(name)}: ["
        for number, row in enumerate(card_rows(rows)):
            yield (",\n" if number else "\n") + json.dumps(row, ensure_ascii=False)
        yield "]"
    yield "}"


def xlsx_file(card: RateCard) -> IO[bytes]:
    """A workbook with a sheet for the header and one for each table that has rows; a temporary file at its start."""
    file = tempfile.TemporaryFile()  # noqa: SIM115  # the answer closes it
    options = {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    with xlsxwriter.Workbook(file, options) as workbook:
        bold = workbook.add_format({"bold": True})
        sheet = workbook.add_worksheet("Card")
        for number, (name, value) in enumerate(card_header(card).items()):
            sheet.write_string(number, 0, name, bold)
            sheet.write_string(number, 1, _cell(value))
        for title, rows in _tables(card):
            names = column_names(rows)
            sheet = None
            for number, row in enumerate(card_rows(rows), 1):
                if sheet is None:
                    sheet = workbook.add_worksheet(title.capitalize())
                    sheet.freeze_panes(1, 0)
                    sheet.write_row(0, 0, names, bold)
                _write_row(sheet, number, [row.get(name) for name in names], names)
    file.seek(0)
    return file


def column_names(rows: QuerySet[Any]) -> list[str]:
    own = [f for f in rows.model._meta.concrete_fields if f.name not in ("id", "card", "position")]
    return [f.attname for f in own if not f.generated]


def _tables(card: RateCard) -> list[tuple[str, QuerySet[Any]]]:
    return [
        ("rates", card.rates.all()), ("zones", card.zones.all()), ("surcharges", card.surcharges.all()),
        ("fuel", card.fuel_bands.all()), ("rules", card.rules.all()),
    ]  # fmt: skip


_NUMBERS = frozenset(
    ["break_from", "break_to", "value", "base_charge", "minimum", "maximum", "increment", "index_from", "index_to",
     "percent", "break2_from", "break2_to", "minimum_units", "maximum_units", "free_units", "index_step",
     "percent_step"]
)  # fmt: skip


def _write_row(sheet: Any, number: int, values: list[Any], names: list[str]) -> None:
    for column, (name, value) in enumerate(zip(names, values, strict=True)):
        if value is None:
            continue
        if name in _NUMBERS:
            sheet.write_number(number, column, float(Decimal(value)))
        else:
            sheet.write_string(number, column, _cell(value)[:32_767])


def _cell(value: Any) -> str:
    if value is None or value is False:
        return ""
    if isinstance(value, dict | list):
        return json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    return str(value)
