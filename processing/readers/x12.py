"""EDI of ASC X12: an interchange as rows, a segment a row, an element a cell.

The separators are those that the interchange's own header says (X12.6: ISA has a fixed length of 106 characters). A
splitter of our own: what is read of a transaction set is for who understands it.
"""

from __future__ import annotations

from invoices.records import Place
from processing.content.records import Cell, DocumentContent, Page, Row
from processing.errors import CorruptFile, EmptyFile, ExtractionFailed
from processing.readers import media_types
from processing.readers.limits import DEFAULT_LIMITS, ReadLimits

_ISA_CHARACTERS = 106
_MOST_SEGMENTS = 500_000  # a bill of 50,000 charges has some 300,000


def is_x12(text: str) -> bool:
    """Whether a text begins with the header of an interchange."""
    start = text.lstrip("\ufeff \t\r\n")
    if len(start) < _ISA_CHARACTERS or not start.startswith("ISA"):
        return False
    element = start[3]
    return not element.isalnum() and start[:_ISA_CHARACTERS].count(element) == 16


def read_x12(data: bytes, *, limits: ReadLimits = DEFAULT_LIMITS) -> DocumentContent:
    """One page. ``Place.path`` names the segment and its element: ``ST[2]/L1[4]/L104``, sets and segments of a name
    counted from 1. Column 0 is the name of the segment. Raises EmptyFile, CorruptFile, ExtractionFailed."""
    # The extended character set of X12 is that of ISO 646 or Latin 1, and its separators may be control characters.
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = data.decode("latin-1")
    text = text.lstrip("\ufeff \t\r\n")
    if not text:
        raise EmptyFile()
    if not is_x12(text):
        raise CorruptFile("The EDI file has no interchange header (ISA).")
    element, segment = text[3], text[_ISA_CHARACTERS - 1]
    if segment == "\r":  # CR LF ends the segments
        text, segment = text.replace("\r\n", "\n"), "\n"
    rows: list[Row] = []
    counts: dict[str, int] = {}
    sets, cells = 0, 0
    for raw in text.split(segment):
        parts = [part.strip() for part in raw.strip("\r\n ").split(element)]
        name = parts[0]
        if not name:
            continue
        if len(rows) >= _MOST_SEGMENTS:
            raise ExtractionFailed("The EDI file has too many segments.")
        if name == "ST":
            sets += 1
            counts = {}
        counts[name] = counts.get(name, 0) + 1
        where = f"{f'ST[{sets}]/' if sets else ''}{name}[{counts[name]}]"
        made = tuple(
            Cell(part, Place(path=f"{where}/{name}{index:02d}"), index)
            for index, part in enumerate(parts)
            if part or index == 0
        )
        cells += len(made)
        if cells > limits.cells:
            raise ExtractionFailed("The EDI file has too many elements.")
        rows.append(Row(len(rows) + 1, 1, made))
    return DocumentContent(media_types.X12, (Page(1, tuple(rows)),))
