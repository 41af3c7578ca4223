"""Plain text: lines of cells by runs of spaces, tabs or pipes; character columns stand in for geometry."""

from __future__ import annotations

import codecs
import re
from collections.abc import Sequence

from invoices.records import Place
from processing.content.records import Cell, DocumentContent, Page, Row, Word
from processing.errors import CorruptFile, EmptyFile
from processing.readers.columns import lay_out
from processing.readers.geometry import union_box

MEDIA_TYPE = "text/plain"
# A character cell in units of the page geometry: with a size of 10, one space is a word space and two are a gap.
CHARACTER_WIDTH = 6.0
LINE_HEIGHT = 12.0
_SIZE = 10.0
_RULE = re.compile(r"^[\s|+=_*~:.\-\u2500-\u257f]*$")  # lines that only draw
_BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
# Letters that speak for central European text where the same bytes are signs in the western code page.
_CENTRAL_EUROPEAN = frozenset("ąćęłńśźżĄĆĘŁŃŚŹŻčďěňřšťůžČĎĚŇŘŠŤŮŽőűŐŰ")


def read_text(data: bytes) -> DocumentContent:
    """The text as pages (form feeds part them) of rows. ``Place.cell`` is ``line:L col:C-D``, 1-based, in its page.
    Raises EmptyFile, and CorruptFile for bytes that are no text."""
    text = decode_text(data)
    if not text.strip():
        raise EmptyFile("The file contains no text.")
    parts = [_read_lines(part) for part in text.split("\f") if part.strip()]
    pages: list[Page] = []
    number = 1
    laid_out = lay_out([[cells for _, cells in lines] for lines in parts], split=False)
    for page_number, (lines, layout) in enumerate(zip(parts, laid_out, strict=True), start=1):
        rows = []
        for (line_number, _), line in zip(lines, layout, strict=True):
            cells = tuple(_cell(page_number, line_number, words, column) for column, words in line.cells)
            rows.append(Row(number, page_number, cells, line.table))
            number += 1
        pages.append(Page(page_number, tuple(rows)))
    return DocumentContent(MEDIA_TYPE, tuple(pages))


def decode_text(data: bytes) -> str:
    """The text in the encoding that its bytes speak for. Raises CorruptFile for binary data."""
    for bom, encoding in _BOMS:
        if data.startswith(bom):
            return data.decode(encoding, errors="replace").lstrip("\ufeff")
    if b"\x00" in data[:4000]:
        # UTF-16 without a mark: one byte of nearly every pair is zero.
        even, odd = data[0:4000:2].count(0), data[1:4000:2].count(0)
        if max(even, odd) < len(data[:4000]) * 0.2:
            raise CorruptFile("The file is not text.")
        return data.decode("utf-16-le" if odd > even else "utf-16-be", errors="replace")
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        return _decode_single_byte(data)


def _decode_single_byte(data: bytes) -> str:
    controls = sum(b < 32 and b not in (9, 10, 12, 13, 26, 27) for b in data[:4000])
    if controls > len(data[:4000]) * 0.02:
        raise CorruptFile("The file is not text.")
    western = data.decode("cp1252", errors="replace")
    candidates = [western, data.decode("cp1250", errors="replace"), data.decode("cp850", errors="replace")]
    return max(candidates, key=_plausibility)


def _plausibility(text: str) -> float:
    """How much the characters beyond ASCII look like letters inside words and signs of money, not like line drawing."""
    score = 0.0
    for match in re.finditer(r"[^\x00-\x7f]", text):
        char, before = match.group(), text[match.start() - 1 : match.start()]
        after = text[match.end() : match.end() + 1]
        inside = before.isalpha() or after.isalpha()
        if char == "\ufffd":
            score -= 3
        elif char in _CENTRAL_EUROPEAN:
            score += 0.9 if inside else -1
        elif char in "äöüÄÖÜßéèêëàâáãçñóòôõíìîïúùûåøæœÉÈÊÀÁÃÇÑÓÔÕÍÚÅØÆ":
            score += 1 if inside else -0.5
        elif char in "€£§°–—“”„’«»²³\xa0":
            score += 0.5
        else:
            score -= 1
    return score


def _read_lines(text: str) -> list[tuple[int, list[list[Word]]]]:
    """The lines with text of a page, each with its number and its cells."""
    return [
        (number, _split_line(raw.rstrip(), number))
        for number, raw in enumerate(text.splitlines(), start=1)
        if not _RULE.match(raw)
    ]


def _split_line(raw: str, line_number: int) -> list[list[Word]]:
    """The cells of a line. Pipes part cells where they frame a table (two or more in a line)."""
    line = raw.expandtabs(8) if "\t" in raw else raw
    piped = len(re.findall(r"[|\u2502\u2551]", line)) >= 2
    cells: list[list[Word]] = []
    if "\t" in raw:
        # A tab parts cells even where it is as narrow as a space.
        position = 0
        for piece in re.split(r"(\t+)", raw):
            width = len((" " * position + piece).expandtabs(8)) - position if "\t" in piece else len(piece)
            if piece.strip():
                cells.extend(_pieces(piece, position, line_number, piped=piped))
            position += width
        return cells
    return _pieces(line, 0, line_number, piped=piped)


def _pieces(text: str, offset: int, line_number: int, *, piped: bool) -> list[list[Word]]:
    cells: list[list[Word]] = []
    for match in re.finditer(r"[^|\u2502\u2551]+" if piped else r".+", text):
        start = match.start()
        cells.extend(
            _words(run.group(), offset + start + run.start(), line_number)
            for run in re.finditer(r"\S+(?:\s\S+)*", match.group())
        )
    return cells


def _words(text: str, column: int, line_number: int) -> list[Word]:
    top = (line_number - 1) * LINE_HEIGHT
    return [
        Word(
            m.group(),
            (
                (column + m.start()) * CHARACTER_WIDTH,
                top,
                (column + m.end()) * CHARACTER_WIDTH,
                top + LINE_HEIGHT,
            ),
            _SIZE,
        )
        for m in re.finditer(r"\S+", text)
    ]


def _cell(number: int, line_number: int, words: Sequence[Word], column: int) -> Cell:
    place = Place(page=number, cell=f"line:{line_number} {columns_of(union_box([w.box for w in words]))}")
    return Cell(" ".join(w.text for w in words), place, column, tuple(words))


def columns_of(box: tuple[float, float, float, float]) -> str:
    """The character columns, 1-based, of a box on the character grid, as they stand in ``Place.cell``."""
    return f"col:{round(box[0] / CHARACTER_WIDTH) + 1}-{round(box[2] / CHARACTER_WIDTH)}"
