"""Draws grids of text as workbooks and as PDF tables, so that one labelled set measures three formats."""

from __future__ import annotations

import csv
import io
from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import Any

import xlsxwriter
from reportlab.lib import colors
from reportlab.lib.pagesizes import A3, landscape
from reportlab.lib.styles import getSampleStyleSheet
from reportlab.platypus import Flowable, LongTable, Paragraph, SimpleDocTemplate, Spacer, TableStyle

from processing.readers import media_types
from processing.readers.registry import read_content

Grid = list[list[str]]


def grid_of(path: Path) -> Grid:
    """The cells of a CSV file, or of the first sheet of a workbook."""
    if path.suffix == ".csv":
        return list(csv.reader(io.StringIO(path.read_text(encoding="utf-8-sig"))))
    content = read_content(path.read_bytes(), media_types.XLSX)
    rows = content.pages[0].rows
    width = 1 + max(cell.column for row in rows for cell in row.cells)
    grid = [[""] * width for _ in rows]
    for line, row in zip(grid, rows, strict=True):
        for cell in row.cells:
            line[cell.column] = cell.text
    return grid


def draw_workbook(grid: Grid, path: Path) -> None:
    """A workbook with numbers as numbers, two rows below a title as carriers like it."""
    book = xlsxwriter.Workbook(str(path))
    sheet = book.add_worksheet("Rates")
    sheet.write(0, 0, "Rate sheet", book.add_format({"bold": True}))
    for i, row in enumerate(grid, start=2):
        for j, text in enumerate(row):
            number = _number(text)
            if number is None:
                sheet.write_string(i, j, text.strip()) if text.strip() else None
            else:
                sheet.write_number(i, j, float(number))
    book.close()


def _number(text: str) -> Decimal | None:
    plain = text.strip()
    if not plain or (plain.startswith("0") and len(plain) > 1 and plain[1] != "."):
        return None  # a code: a workbook would lose its zeros
    try:
        value = Decimal(plain)
    except InvalidOperation:
        return None
    return value if value.is_finite() else None


def draw_pdf(grid: Grid, path: Path, *, ruled: bool) -> None:
    """Pages with the table and its header on each; titles and notes as paragraphs. Columns without any value are left
    out, as on paper."""
    styles = getSampleStyleSheet()
    story: list[Flowable] = [Paragraph("Rate sheet", styles["Title"]), Spacer(1, 8)]
    for block in _blocks(grid):
        if len(block) == 1 and sum(bool(c.strip()) for c in block[0]) == 1:
            story.append(Paragraph("".join(block[0]).strip(), styles["Normal"]))
            continue
        used = [j for j in range(len(block[0])) if any(row[j].strip() for row in block[1:])]
        table = LongTable([[_wrapped(row[j].strip()) for j in used] for row in block], repeatRows=1)
        style: list[Any] = [("FONTSIZE", (0, 0), (-1, -1), 7), ("LEADING", (0, 0), (-1, -1), 8)]
        style.append(("FONTNAME", (0, 0), (-1, 0), "Helvetica-Bold"))
        if ruled:
            style.append(("GRID", (0, 0), (-1, -1), 0.4, colors.grey))
        table.setStyle(TableStyle(style))
        story += [table, Spacer(1, 8)]
    SimpleDocTemplate(str(path), pagesize=landscape(A3), leftMargin=30, rightMargin=30).build(story)


def _wrapped(text: str, width: int = 48) -> str:
    """Long lists of codes over several lines, so that the table stays on its page."""
    if len(text) <= width or "," not in text:
        return text
    lines = [""]
    for part in text.split(","):
        if lines[-1] and len(lines[-1]) + len(part) > width:
            lines.append("")
        lines[-1] += part + ","
    return "\n".join(lines).rstrip(",")


def _blocks(grid: Grid) -> list[Grid]:
    """Paragraphs and tables: a row of one cell is a paragraph, and rows of several cells that follow each other, also
    over one empty row, are a table."""
    width = max(len(row) for row in grid)
    blocks: list[Grid] = []
    for raw in grid:
        row = raw + [""] * (width - len(raw))
        filled = sum(bool(cell.strip()) for cell in row)
        if filled == 0 or (filled > 30 and width > 60):
            continue
        wide = filled > 1
        if wide and blocks and sum(bool(c.strip()) for c in blocks[-1][0]) > 1:
            blocks[-1].append(row)
        else:
            blocks.append([row])
    return blocks
