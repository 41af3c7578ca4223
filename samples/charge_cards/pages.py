"""Made-up cards as pages: PDF with ruled tables, and plain text with aligned columns."""

from __future__ import annotations

import io
from collections.abc import Iterable, Sequence
from itertools import groupby
from typing import Any

from reportlab.lib import colors
from reportlab.lib.pagesizes import A4, landscape
from reportlab.lib.styles import getSampleStyleSheet
from reportlab.platypus import Paragraph, SimpleDocTemplate, Spacer, Table, TableStyle

Rows = Sequence[Sequence[str]]


def pdf_of(sheets: Iterable[Rows]) -> bytes:
    """Rows of one cell are lines of text, rows of several a ruled table."""
    buffer = io.BytesIO()
    page = SimpleDocTemplate(buffer, pagesize=landscape(A4), leftMargin=36, rightMargin=36, topMargin=36,
                             bottomMargin=36, invariant=1)  # fmt: skip
    normal = getSampleStyleSheet()["Normal"]
    story: list[Any] = []
    for rows in sheets:
        for is_text, run in groupby(rows, key=lambda row: len(row) == 1):
            lines = [[_plain(cell) for cell in row] for row in run]
            if is_text:
                story += [Paragraph(line[0], normal) for line in lines]
                continue
            width = max(map(len, lines))
            style = TableStyle([("GRID", (0, 0), (-1, -1), 0.4, colors.black), ("FONTSIZE", (0, 0), (-1, -1), 8)])
            padded = [line + [""] * (width - len(line)) for line in lines]
            story += [Spacer(1, 6), Table(padded, style=style), Spacer(1, 6)]
    page.build(story)
    return buffer.getvalue()


def text_of(sheets: Iterable[Rows]) -> bytes:
    """Columns of a run of rows begin in one place, three spaces apart."""
    lines: list[str] = []
    for rows in sheets:
        for is_text, run in groupby(rows, key=lambda row: len(row) == 1):
            block = [[_plain(cell) for cell in row] for row in run]
            if is_text:
                lines += [row[0] for row in block]
                continue
            widths = [max(len(row[i]) if i < len(row) else 0 for row in block) for i in range(max(map(len, block)))]
            lines += ["   ".join(c.ljust(widths[i]) for i, c in enumerate(row)).rstrip() for row in block]
    return ("\r\n".join(lines) + "\r\n").encode()


def _plain(cell: str) -> str:
    return cell.removeprefix("'")
