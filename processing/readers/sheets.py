"""Workbooks (xlsx, xlsm, xls, xlsb, ods) by python-calamine: each sheet is a page, each row keeps its real columns."""

from __future__ import annotations

import io
from collections.abc import Iterator, Sequence
from datetime import date, datetime, time, timedelta
from decimal import Decimal

import python_calamine as calamine

from invoices.records import ReviewReason
from invoices.rules.catalogue import reason
from processing.content.records import Cell, DocumentContent, Page, Row
from processing.errors import CorruptFile, EmptyFile, EncryptedFile, ExtractionFailed, FileTooLarge
from processing.readers import media_types
from processing.readers.blocks import clean_text, column_letters, number_tables, sheet_cell, sheet_row
from processing.readers.containers import check_expanded_size
from processing.readers.limits import DEFAULT_LIMITS, ReadLimits
from processing.readers.percent_cells import percent_cells

Value = int | float | str | bool | time | date | datetime | timedelta
_MOST_KNOWN = 50_000
Range = tuple[tuple[int, int], tuple[int, int]]


def read_sheets(
    data: bytes, media_type: str, *, limits: ReadLimits = DEFAULT_LIMITS, include_hidden: bool = False
) -> DocumentContent:
    """All sheets in their order. A hidden sheet is marked, and has rows only with ``include_hidden``: nobody who opened
    the file saw it. Raises EmptyFile, CorruptFile, EncryptedFile, FileTooLarge (unpacked size, sheets) and
    ExtractionFailed (cells).
    """
    try:
        return _read(data, media_type, limits, include_hidden)
    except calamine.PasswordError as error:
        raise EncryptedFile() from error
    except (calamine.CalamineError, OSError, ValueError, OverflowError) as error:
        raise CorruptFile() from error
    except BaseException as error:
        # A panic of the Rust library is no Exception; it says that the bytes make no sense.
        if type(error).__name__ == "PanicException":
            raise CorruptFile() from error
        raise


def probe_sheets(data: bytes, media_type: str, *, limits: ReadLimits = DEFAULT_LIMITS) -> None:
    """Opens the workbook without reading its cells. Raises as ``read_sheets``."""
    no_rows = ReadLimits(pages=limits.pages, cells=limits.cells, expanded_bytes=limits.expanded_bytes)
    if media_type in media_types.ZIPPED:
        check_expanded_size(data, no_rows)
    try:
        workbook = calamine.load_workbook(io.BytesIO(data))
    except calamine.PasswordError as error:
        raise EncryptedFile() from error
    except (calamine.CalamineError, OSError, ValueError) as error:
        raise CorruptFile() from error
    _check_count(workbook, limits)


def _check_count(workbook: calamine.CalamineWorkbook, limits: ReadLimits) -> None:
    if len(workbook.sheet_names) > limits.pages:
        raise FileTooLarge(f"The workbook has {len(workbook.sheet_names)} sheets; {limits.pages} are allowed.")


def _read(data: bytes, media_type: str, limits: ReadLimits, include_hidden: bool) -> DocumentContent:
    if media_type in media_types.ZIPPED:
        check_expanded_size(data, limits)
    workbook = calamine.load_workbook(io.BytesIO(data))
    _check_count(workbook, limits)
    percent = percent_cells(data) if media_type == media_types.XLSX else {}
    pages: list[Page] = []
    hidden_names: list[str] = []
    first_row, first_table, cells_left = 1, 0, limits.cells
    for index, sheet in enumerate(workbook.sheets_metadata):
        if sheet.typ != calamine.SheetTypeEnum.WorkSheet:
            continue
        number = len(pages) + 1
        hidden = sheet.visible != calamine.SheetVisibleEnum.Visible
        if hidden and not include_hidden:
            hidden_names.append(sheet.name)
            pages.append(Page(number, (), name=sheet.name, hidden=True))
            continue
        rows, cells = _read_sheet(
            workbook.get_sheet_by_index(index), number, first_row, first_table, cells_left,
            percent.get(sheet.name, frozenset()),
        )  # fmt: skip
        first_row += len(rows)
        cells_left -= cells
        first_table = 1 + max((row.table for row in rows if row.table is not None), default=first_table - 1)
        pages.append(Page(number, rows, name=sheet.name, hidden=hidden))
    if first_row == 1 and not hidden_names:
        raise EmptyFile("The workbook contains no values.")
    reasons: tuple[ReviewReason, ...] = ()
    if hidden_names:
        names = ", ".join(hidden_names[:5])
        reasons = (reason("hidden_sheet", "", f"Hidden sheets were not read: {names}."),)
    return DocumentContent(media_type, tuple(pages), reasons=reasons)


def _read_sheet(
    sheet: calamine.CalamineSheet,
    page: int,
    first_row: int,
    first_table: int,
    cells_left: int,
    percent: frozenset[str],
) -> tuple[tuple[Row, ...], int]:
    if sheet.start is None:
        return (), 0
    first_column = sheet.start[1]
    letters = [column_letters(first_column + i) for i in range(sheet.width)]
    columns = [f"{sheet.name}!{name}" for name in letters]
    merged = _merged_down(sheet, first_column)
    rows: list[Row] = []
    positions: list[int] = []
    known: dict[str | float, str] = {}
    count = 0
    carried: dict[int, tuple[int, Cell]] = {}  # column → last row of a merged range, and the cell at its top
    for row_index, values in enumerate(_rows(sheet)):
        cells: list[Cell] = []
        filled = False
        starting = merged.get(row_index)
        row_text = str(row_index + 1)
        for i, value in enumerate(values):
            if value == "":
                if carried and i in carried and carried[i][0] >= row_index:
                    cells.append(carried[i][1])
                continue
            # Values repeat. Other kinds are no keys: 1, 1.0 and True are one.
            kind = type(value)
            if kind is str or kind is float:
                text = known.get(value)  # type: ignore[arg-type]
                if text is None:
                    text = clean_text(value) if kind is str else _number_text(value)  # type: ignore[arg-type]
                    if len(known) < _MOST_KNOWN:
                        known[value] = text  # type: ignore[index]
            else:
                text = value_text(value)
            if percent and type(value) is float and letters[i] + row_text in percent:
                text = percent_text(value)
            if not text:
                continue
            filled = True
            cell = sheet_cell(text, page, columns[i] + row_text, first_column + i)
            cells.append(cell)
            if starting and i in starting:
                carried[i] = (starting[i], cell)
        if not filled:  # formatted but empty, as in the millions of rows that some programs declare
            continue
        count += len(cells)
        if count > cells_left:
            raise ExtractionFailed("The workbook has too many cells.")
        rows.append(sheet_row(first_row + len(rows), page, tuple(cells)))
        positions.append(row_index)
    return number_tables(rows, positions, first_table), count


def _rows(sheet: calamine.CalamineSheet) -> Iterator[Sequence[Value]]:
    return iter(sheet.iter_rows())


def _merged_down(sheet: calamine.CalamineSheet, first_column: int) -> dict[int, dict[int, int]]:
    """Ranges merged over several rows: row → column (from the first used one) → last row. What stands once beside ten
    rows belongs to each of them."""
    found: dict[int, dict[int, int]] = {}
    for (top, left), (bottom, _) in sheet.merged_cell_ranges or ():
        if bottom > top:
            found.setdefault(top, {})[left - first_column] = bottom
    return found


def value_text(value: Value) -> str:
    """A cell's value as text: dates in ISO 8601, numbers as a sheet shows them in full (15 significant digits)."""
    if isinstance(value, str):
        return clean_text(value)
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, int):
        return str(value)
    if isinstance(value, float):
        return _number_text(value)
    if isinstance(value, datetime):
        if value.time() == time():
            return value.date().isoformat()
        return value.isoformat(sep=" ", timespec="seconds")
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, time):
        return value.isoformat(timespec="seconds")
    return str(value)


def percent_text(value: float) -> str:
    """A fraction as it is shown: 0.185 → "18.5 %"."""
    return f"{_number_text(float(f'{value * 100:.12g}'))} %"


def _number_text(value: float) -> str:
    if value.is_integer() and abs(value) < 1e15:
        return str(int(value))
    text = f"{value:.15g}"  # drops what binary fractions add: 0.30000000000000004
    return format(Decimal(text), "f") if "e" in text and abs(value) < 1e20 else text
