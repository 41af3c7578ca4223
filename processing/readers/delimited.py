"""CSV and TSV: encoding, delimiter and quoting found out; each record is a row with its real columns."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from typing import Literal

from processing.content.records import DocumentContent, Page, Row
from processing.errors import EmptyFile, ExtractionFailed
from processing.readers import media_types
from processing.readers.blocks import clean_text, column_letters, number_tables, sheet_cell
from processing.readers.detect import table_delimiter
from processing.readers.limits import DEFAULT_LIMITS, ReadLimits
from processing.readers.text import decode_text

_Quoting = Literal[0, 3]  # csv.QUOTE_MINIMAL, csv.QUOTE_NONE
# The longest text that a spreadsheet cell may hold is 32,767 characters.
_MAX_FIELD_CHARACTERS = 131_072
# An address block has some lines; a "quoted field" longer than this is a stray quotation mark.
_MAX_LINES_IN_FIELD = 30


def read_delimited(
    data: bytes, media_type: str = media_types.CSV, *, limits: ReadLimits = DEFAULT_LIMITS
) -> DocumentContent:
    """One page. ``Place.cell`` is the address in the sheet that the file would make (``B4``).

    Raises EmptyFile, CorruptFile (no text) and ExtractionFailed (too many cells, a line without end).
    """
    text = decode_text(data)
    if len(text) > limits.text_characters:
        raise ExtractionFailed("The file contains too much text.")
    text = text.lstrip("\ufeff").replace("\r\n", "\n").replace("\r", "\n").replace("\x00", "")
    text, delimiter = _delimiter(text, media_type)
    rows: list[Row] = []
    positions: list[int] = []
    count = 0
    for index, fields in enumerate(_records(text, delimiter)):
        count += len(fields) - fields.count("")
        if count > limits.cells:  # before any cell is made: a line alone may be the whole file
            raise ExtractionFailed("The file has too many cells.")
        cells = []
        for column, value in enumerate(fields):
            cleaned = clean_text(value)
            if cleaned:
                cells.append(sheet_cell(cleaned, 1, f"{_letters(column)}{index + 1}", column))
        if not cells:
            continue
        rows.append(Row(len(rows) + 1, 1, tuple(cells)))
        positions.append(index)
    if not rows:
        raise EmptyFile("The file contains no values.")
    metadata = {"delimiter": delimiter}
    return DocumentContent(media_type, (Page(1, number_tables(rows, positions)),), metadata=metadata)


_LETTERS = [column_letters(i) for i in range(702)]


def _letters(column: int) -> str:
    return _LETTERS[column] if column < 702 else column_letters(column)


def _delimiter(text: str, media_type: str) -> tuple[str, str]:
    """The text without Excel's ``sep=;`` line, and the delimiter."""
    first, _, rest = text.partition("\n")
    if first[:4].lower() == "sep=" and len(first.strip()) == 5:
        return rest, first[4]
    default = "\t" if media_type == media_types.TSV else ","
    return text, table_delimiter(text[:65_536], sure=False) or default


def _records(text: str, delimiter: str) -> Iterator[list[str]]:
    quoting: _Quoting = csv.QUOTE_MINIMAL if _quotes_are_sound(text, delimiter) else csv.QUOTE_NONE
    try:
        yield from _reader(text, delimiter, quoting)
    except csv.Error as error:
        raise ExtractionFailed("A quoted field in the file is never closed.") from error


def _quotes_are_sound(text: str, delimiter: str) -> bool:
    """Whether quotation marks come in pairs that enclose fields, so that none swallows the rows that follow."""
    if '"' not in text:
        return True
    reader = _reader(text, delimiter, csv.QUOTE_MINIMAL)
    last = 0
    try:
        for _ in reader:
            if reader.line_num - last > _MAX_LINES_IN_FIELD:
                return False
            last = reader.line_num
    except csv.Error:
        return False
    return True


def _reader(text: str, delimiter: str, quoting: _Quoting) -> csv._reader:  # type: ignore[name-defined]
    csv.field_size_limit(_MAX_FIELD_CHARACTERS)
    return csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, quoting=quoting, skipinitialspace=True)
