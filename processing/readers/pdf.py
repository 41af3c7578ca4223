"""Text PDFs: words with boxes by pypdfium2, laid out as rows of cells. A page without text has no rows (OCR's part)."""

from __future__ import annotations

import ctypes
import math
import re
import threading
import unicodedata
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

import pypdfium2 as pdfium
import pypdfium2.raw as pdfium_c

from common.text import fold
from invoices.records import ReviewReason
from invoices.rules.catalogue import reason
from processing.content.records import Box, DocumentContent, Page, Word
from processing.errors import CorruptFile, EncryptedFile, ExtractionFailed, FileTooLarge
from processing.readers.geometry import PageWords, words_to_pages
from processing.readers.limits import ReadLimits
from processing.readers.visible import Glyphs, look_at

MEDIA_TYPE = "application/pdf"
# PDFium keeps state of the whole process and is not thread-safe; ctypes gives the GIL away during its calls.
PDFIUM_LOCK = threading.RLock()
_LINE_END_HYPHEN = 2  # PDFium's mark for a hyphen at the end of a line
_SPACES = frozenset([0, 9, 10, 11, 12, 13, 32, 0xA0, 0x2002, 0x2003, 0x2007, 0x2009, 0x200A, 0x200B, 0x202F, 0x3000])


@contextmanager
def open_pdf(data: bytes) -> Iterator[pdfium.PdfDocument]:
    """The open document, under the lock. Raises EncryptedFile or CorruptFile."""
    with PDFIUM_LOCK:
        try:
            document = pdfium.PdfDocument(data)
        except pdfium.PdfiumError as error:
            if getattr(error, "err_code", None) in (pdfium_c.FPDF_ERR_PASSWORD, pdfium_c.FPDF_ERR_SECURITY):
                raise EncryptedFile() from error
            raise CorruptFile() from error
        try:
            yield document
        finally:
            document.close()


@dataclass(frozen=True, slots=True)
class PdfReading:
    """The text that is seen as ``content``, and by page number: the words that nobody sees (``unseen``), those of them
    where the page shows something else (``over_something``), and the pages whose text has to be compared with their
    picture (``doubtful``)."""

    content: DocumentContent
    unseen: dict[int, tuple[Word, ...]] = field(default_factory=dict)
    over_something: dict[int, tuple[Word, ...]] = field(default_factory=dict)
    doubtful: frozenset[int] = frozenset()


def read_pdf(data: bytes, *, max_pages: int = 200) -> DocumentContent:
    """All pages (at most ``max_pages``) as rows of cells, of the words that a person sees. Raises CorruptFile,
    EncryptedFile, ExtractionFailed."""
    return read_layers(data, max_pages=max_pages).content


def read_layers(data: bytes, *, max_pages: int = 200) -> PdfReading:
    """As ``read_pdf``, with what is written on the pages and not seen."""
    parts: list[PageWords] = []
    reasons: list[ReviewReason] = []
    unseen: dict[int, tuple[Word, ...]] = {}
    over: dict[int, tuple[Word, ...]] = {}
    doubtful: set[int] = set()
    with open_pdf(data) as document:
        total = len(document)
        if not total:
            raise CorruptFile("The PDF has no pages.")
        broken = 0
        for index in range(min(total, max_pages)):
            try:
                drawn = _read_page(document, index)
            except pdfium.PdfiumError:
                broken += 1
                parts.append(PageWords(index + 1, (), 0.0, 0.0))
                reasons.append(reason("page_unreadable", "", f"Page {index + 1} is damaged and was left out."))
                continue
            parts.extend(drawn.parts)
            if drawn.unseen:
                unseen[index + 1], over[index + 1] = drawn.unseen, drawn.over_something
            if drawn.doubtful:
                doubtful.add(index + 1)
    if broken == min(total, max_pages):
        raise ExtractionFailed("No page of the PDF could be read.")
    if total > max_pages:
        message = f"Only the first {max_pages} of {total} pages were read."
        reasons.append(reason("pages_left_out", "", message))
    content = DocumentContent(MEDIA_TYPE, tuple(words_to_pages(parts)), reasons=tuple(reasons))
    return PdfReading(content, unseen, over, frozenset(doubtful))


@dataclass(frozen=True, slots=True)
class _DrawnPage:
    parts: list[PageWords]
    unseen: tuple[Word, ...]
    over_something: tuple[Word, ...]
    doubtful: bool


def _read_page(document: pdfium.PdfDocument, index: int) -> _DrawnPage:
    page = document[index]
    try:
        text_page = page.get_textpage()
        try:
            width, height = page.get_size()
            glyphs = page_glyphs(page, text_page, width, height)
            sight = look_at(page, text_page, glyphs)
        finally:
            text_page.close()
    finally:
        page.close()
    by_direction: dict[int, list[Word]] = {}
    for number, (direction, word) in enumerate(zip(glyphs.directions, glyphs.words, strict=True)):
        if number not in sight.unseen:
            by_direction.setdefault(direction, []).append(word)
    # The direction with the most text leads; the rest (a note up the margin, a stamp) follows as rows of its own.
    ordered = sorted(by_direction, key=lambda d: -sum(len(w.text) for w in by_direction[d])) or [0]
    return _DrawnPage(
        [PageWords(index + 1, by_direction.get(d, ()), width, height, d) for d in ordered],
        tuple(glyphs.words[number] for number in sorted(sight.unseen)),
        tuple(glyphs.words[number] for number in sorted(sight.over_something)),
        sight.doubtful,
    )


def page_glyphs(page: pdfium.PdfPage, text_page: pdfium.PdfTextPage, width: float, height: float) -> Glyphs:
    """The words of a page with their characters."""
    raw_text, raw_page = text_page.raw, page.raw
    bounds = pdfium_c.FS_RECTF()
    pdfium_c.FPDF_GetPageBoundingBox(raw_page, ctypes.byref(bounds))
    left, bottom, right, top = bounds.left, bounds.bottom, bounds.right, bounds.top
    turns = pdfium_c.FPDFPage_GetRotation(raw_page) % 4
    rect = pdfium_c.FS_RECTF()
    rect_pointer = ctypes.byref(rect)
    get_box, get_code, get_angle = (
        pdfium_c.FPDFText_GetLooseCharBox,
        pdfium_c.FPDFText_GetUnicode,
        pdfium_c.FPDFText_GetCharAngle,
    )
    found = Glyphs()
    chars: list[tuple[int, int, Box]] = []  # index, code, box in the page's own coordinates
    x0 = y0 = x1 = y1 = last_x0 = last_y0 = last_x1 = last_y1 = 0.0
    direction = 0

    def shown(x0: float, y0: float, x1: float, y1: float) -> Box:
        if turns == 0:
            return (x0 - left, top - y1, x1 - left, top - y0)
        if turns == 1:
            return (y0 - bottom, x0 - left, y1 - bottom, x1 - left)
        if turns == 2:
            return (right - x1, y0 - bottom, right - x0, y1 - bottom)
        return (top - y1, right - x1, top - y0, right - x0)

    def flush() -> None:
        if not chars:
            return
        text = "".join([_character(code) for _, code, _ in chars])
        box = shown(x0, y0, x1, y1)
        size = (box[2] - box[0]) if direction % 2 else (box[3] - box[1])
        for index, code, own in chars:
            found.indices.append(index)
            found.codes.append(code if code <= 0x10FFFF else 0)
            found.boxes.append(shown(*own))
            found.owners.append(len(found.words))
        found.words.append(Word(text, box, size))
        found.directions.append(direction)
        chars.clear()

    for i in range(pdfium_c.FPDFText_CountChars(raw_text)):
        code = get_code(raw_text, i)
        if code in _SPACES:
            flush()
            continue
        if not get_box(raw_text, i, rect_pointer):
            flush()
            continue
        cx0, cx1, cy0, cy1 = rect.left, rect.right, rect.bottom, rect.top
        if chars:
            extent = max(last_x1 - last_x0, last_y1 - last_y0, 1.0)
            if (
                cx0 - last_x1 > extent or last_x0 - cx1 > extent or cy0 - last_y1 > extent or last_y0 - cy1 > extent
            ):  # a jump on the page without a space in the text
                flush()
        if not chars:
            angle = get_angle(raw_text, i)
            # PDFium counts the angle clockwise; -1 stands for none.
            direction = (turns + round(max(angle, 0.0) / (math.pi / 2))) % 4
            x0, y0, x1, y1 = cx0, cy0, cx1, cy1
        else:
            x0, y0, x1, y1 = min(x0, cx0), min(y0, cy0), max(x1, cx1), max(y1, cy1)
        last_x0, last_y0, last_x1, last_y1 = cx0, cy0, cx1, cy1
        chars.append((i, code, (cx0, cy0, cx1, cy1)))
    flush()
    return found


def _character(code: int) -> str:
    if code == _LINE_END_HYPHEN:
        return "-"
    if 0xFB00 <= code <= 0xFB06:  # ligatures of Latin letters would hide words from every label and search
        return unicodedata.normalize("NFKC", chr(code))
    if 0xD800 <= code <= 0xDFFF or code > 0x10FFFF:
        return "\ufffd"
    return chr(code)


def probe_pdf(data: bytes, limits: ReadLimits) -> None:
    """Raises CorruptFile, EncryptedFile or FileTooLarge."""
    with open_pdf(data) as document:
        pages = len(document)
    if not pages:
        raise CorruptFile("The PDF has no pages.")
    if pages > limits.pages:
        raise FileTooLarge(f"The PDF has {pages:,} pages; {limits.pages:,} are allowed.")


def page_needs_ocr(page: Page) -> bool:
    """Whether a page has no usable text: none at all, or a garbage layer (characters without meaning, letters that no
    language writes). Such a page is better read from its picture."""
    text = " ".join(cell.text for row in page.rows for cell in row.cells)
    counts = Counter(c for c in text if not c.isspace())
    total = counts.total()
    if total < 8:
        return True
    strange = sum(n for c, n in counts.items() if unicodedata.category(c) in ("Cc", "Cn", "Co", "Cs") or c == "\ufffd")
    if strange / total > 0.1:
        return True
    return _letters_implausible(text)


# Codes of places and carriers (K1A, SK, FRA, DEHAM) are no words of a language: pages of a zone chart hold little else.
_WORD = re.compile(r"[a-z]{4,}")
_CODE = re.compile(r"\b[A-Z]{1,5}\b")
_LEADERS = frozenset("-–—−.…_*|/·•")


def _letters_implausible(text: str) -> bool:
    """Latin text has vowels (about 40 % of its letters in European languages); a shifted encoding loses them."""
    latin = "".join(_WORD.findall(fold(_CODE.sub(" ", text))))
    if len(latin) >= 60:
        return sum(c in "aeiouy" for c in latin) / len(latin) < 0.18
    # Hardly a letter or digit on a page with much text: symbols of a font without a character map. Dashes for "no
    # value" and dotted lines are no text.
    visible = [c for c in text if not c.isspace() and c not in _LEADERS]
    meaningful = sum(c.isalnum() for c in visible)
    return len(visible) >= 60 and meaningful / len(visible) < 0.35
