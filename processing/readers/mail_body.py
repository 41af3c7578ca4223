"""The body of a message: of its plain text and its HTML that which shows more. Pure."""

from __future__ import annotations

from processing.content.records import Row
from processing.errors import CorruptFile, EmptyFile
from processing.readers.html import read_html
from processing.readers.limits import ReadLimits
from processing.readers.text import read_text


def body_rows(plain: bytes, html: bytes, *, limits: ReadLimits) -> tuple[Row, ...]:
    """The rows of the HTML, which is what mail programs show, where it has as many figures as the plain text; else
    those of the plain text. Raises ExtractionFailed (limits)."""
    shown = _rows(html, limits, is_html=True)
    text = _rows(plain, limits, is_html=False)
    return shown if shown and _figures(shown) >= _figures(text) else text or shown


def _rows(data: bytes, limits: ReadLimits, *, is_html: bool) -> tuple[Row, ...]:
    if not data.strip():
        return ()
    try:
        read = read_html(data, limits=limits) if is_html else read_text(data)
    except (EmptyFile, CorruptFile):
        return ()
    return tuple(read.rows)


def _figures(rows: tuple[Row, ...]) -> int:
    return sum(any(character.isdecimal() for character in word) for row in rows for word in row.text.split())
