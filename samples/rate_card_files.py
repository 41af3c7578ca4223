"""The made-up rate cards as files: workbooks with merged headers and notes, PDF tables, CSV."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

import xlsxwriter
from reportlab.lib import colors
from reportlab.lib.pagesizes import A4, landscape
from reportlab.lib.styles import getSampleStyleSheet
from reportlab.platypus import Paragraph, SimpleDocTemplate, Spacer, Table, TableStyle

Cell = str | float | int | None
_WRITTEN = datetime(2026, 1, 5, tzinfo=UTC)  # no clock: drawing twice gives the same bytes


@dataclass(frozen=True)
class Tab:
    """A sheet of a workbook, or a table of a PDF: lines above, merged group headers, a header row, rows, notes."""

    name: str
    above: Sequence[str]
    header: Sequence[str]
    rows: Sequence[Sequence[Cell]]
    below: Sequence[str] = ()
    groups: Sequence[tuple[str, int]] = ()  # (text, columns) in order; "" leaves columns free
    widths: Sequence[float] = field(default_factory=list)


def workbook(tabs: Sequence[Tab]) -> bytes:
    buffer = io.BytesIO()
    book = xlsxwriter.Workbook(buffer, {"in_memory": True})
    book.set_properties({"created": _WRITTEN.replace(tzinfo=None)})
    title = book.add_format({"bold": True, "font_size": 14})
    head = book.add_format({"bold": True, "bg_color": "#DDE7E4", "border": 1, "align": "center", "text_wrap": True})
    money = book.add_format({"num_format": "#,##0.00", "border": 1})
    plain = book.add_format({"border": 1})
    for tab in tabs:
        sheet = book.add_worksheet(tab.name)
        line = 0
        for number, text in enumerate(tab.above):
            if text and len(tab.header) > 1 and number == 0:
                sheet.merge_range(line, 0, line, len(tab.header) - 1, text, title)
            else:
                sheet.write_string(line, 0, text)
            line += 1
        line += 1
        if tab.groups:
            column = 0
            for text, width in tab.groups:
                if text and width > 1:
                    sheet.merge_range(line, column, line, column + width - 1, text, head)
                elif text:
                    sheet.write_string(line, column, text, head)
                column += width
            line += 1
        sheet.write_row(line, 0, tab.header, head)
        for row in tab.rows:
            line += 1
            for column, value in enumerate(row):
                if isinstance(value, float):
                    sheet.write_number(line, column, value, money)
                elif isinstance(value, int):
                    sheet.write_number(line, column, value, plain)
                elif value is not None:
                    sheet.write_string(line, column, value, plain)
        for text in tab.below:
            line += 1
            sheet.write_string(line + 1, 0, text)
        sheet.set_column(0, max(len(tab.header) - 1, 0), 14)
    book.close()
    return buffer.getvalue()


def pdf(tabs: Sequence[Tab], *, decimal_comma: bool = False) -> bytes:
    buffer = io.BytesIO()
    page = SimpleDocTemplate(
        buffer, pagesize=landscape(A4), leftMargin=36, rightMargin=36, topMargin=36, bottomMargin=36, invariant=1,
        title=tabs[0].above[0] if tabs[0].above else "",
    )  # fmt: skip
    styles = getSampleStyleSheet()
    story: list[Any] = []
    for tab in tabs:
        story += [
            Paragraph(text, styles["Heading2" if number == 0 else "Normal"]) for number, text in enumerate(tab.above)
        ]
        story.append(Spacer(1, 8))
        body = [[_written(value, decimal_comma) for value in row] for row in tab.rows]
        rows = [list(tab.header), *body]
        style: list[Any] = [
            ("GRID", (0, 0), (-1, -1), 0.4, colors.HexColor("#777777")),
            ("BACKGROUND", (0, 0), (-1, 0), colors.HexColor("#DDE7E4")),
            ("FONTNAME", (0, 0), (-1, 0), "Helvetica-Bold"),
            ("FONTSIZE", (0, 0), (-1, -1), 8),
            ("ALIGN", (1, 1), (-1, -1), "RIGHT"),
        ]
        story.append(Table(rows, repeatRows=1, style=TableStyle(style), colWidths=list(tab.widths) or None))
        story += [Spacer(1, 8), *(Paragraph(text, styles["Normal"]) for text in tab.below), Spacer(1, 14)]
    page.build(story)
    return buffer.getvalue()


def delimited(tab: Tab, *, delimiter: str = ",", decimal_comma: bool = False) -> bytes:
    buffer = io.StringIO()
    writer = csv.writer(buffer, delimiter=delimiter, lineterminator="\r\n")
    for text in tab.above:
        writer.writerow([text])
    writer.writerow(tab.header)
    writer.writerows([_written(value, decimal_comma) for value in row] for row in tab.rows)
    return buffer.getvalue().encode("utf-8-sig")


def _written(value: Cell, decimal_comma: bool) -> str:
    if value is None:
        return ""
    if not isinstance(value, float):
        return str(value)
    text = f"{value:,.2f}"
    return text.translate(str.maketrans(",.", ".,")) if decimal_comma else text
