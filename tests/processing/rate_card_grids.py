"""Rate cards as tests write them: rows of texts, read through the real CSV and Excel readers."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from pathlib import Path

import xlsxwriter

from processing.ratecards import CardReading, read_rate_card
from processing.readers import media_types
from processing.readers.registry import read_content

Rows = Sequence[Sequence[object]]


def card_of(rows: Rows) -> CardReading:
    """The card of a CSV file with these rows."""
    out = io.StringIO()
    csv.writer(out, delimiter=";").writerows(rows)
    return read_rate_card(read_content(out.getvalue().encode(), media_types.CSV))


def workbook(path: Path, sheets: dict[str, Rows], *, merge: Sequence[tuple[int, int, int, int]] = ()) -> bytes:
    """A workbook; ``merge`` are ranges (first row, first column, last row, last column) of its first sheet."""
    book = xlsxwriter.Workbook(str(path))
    for index, (name, rows) in enumerate(sheets.items()):
        sheet = book.add_worksheet(name)
        for i, row in enumerate(rows):
            sheet.write_row(i, 0, row)
        for first, left, last, right in merge if index == 0 else ():
            sheet.merge_range(first, left, last, right, rows[first][left])
    book.close()
    return path.read_bytes()


def card_of_workbook(
    path: Path, sheets: dict[str, Rows], **options: Sequence[tuple[int, int, int, int]]
) -> CardReading:
    return read_rate_card(read_content(workbook(path, sheets, **options), media_types.XLSX))
