"""Every format's reader behind one function. Pure and in this process: hostile documents go through
``processing.sandbox.calls.read_document``, which runs this in a process that can be killed."""

from __future__ import annotations

import inspect
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from functools import cache
from importlib import import_module
from typing import Any

from common.stream_safe import stream_safe
from invoices.records import ReviewReason
from invoices.rules.catalogue import reason
from processing.content.records import Cell, DocumentContent, Page, Row
from processing.errors import CorruptFile, ExtractionFailed, UnsupportedFormat
from processing.readers import media_types
from processing.readers.limits import DEFAULT_LIMITS, ReadLimits
from processing.readers.ocr import OcrEngine, OcrResult, Picture, pages_from_ocr


def read_content(
    data: bytes,
    media_type: str,
    *,
    limits: ReadLimits = DEFAULT_LIMITS,
    include_hidden: bool = False,
    ocr: OcrEngine | None = None,
) -> DocumentContent:
    """The document as pages of rows, e-invoices inside included. Pictures, and pages without usable text, are read by
    ``ocr`` (the embedded engine where none is given).

    Raises the errors of ``processing.errors``: UnsupportedFormat, EmptyFile, CorruptFile, EncryptedFile, FileTooLarge,
    ExtractionFailed.
    """
    content = _read(data, media_type, limits, include_hidden, ocr)
    return replace(content, pages=tuple(_stream_safe(page) for page in content.pages))


def _read(
    data: bytes, media_type: str, limits: ReadLimits, include_hidden: bool, ocr: OcrEngine | None
) -> DocumentContent:
    if media_type in media_types.WRAPPERS:
        data, media_type = _opened(data, media_type)
    if media_type == media_types.ZIP:
        raise ExtractionFailed("No file in the archive can be read.")
    known = media_types.FORMAT_OF.get(media_type)
    if known is None or not known.reader:
        raise UnsupportedFormat
    given = {"media_type": media_type, "limits": limits, "include_hidden": include_hidden, "ocr": ocr}
    content: DocumentContent = _call(known.reader, data, given)
    return content


def _call(path: str, data: bytes, given: Mapping[str, Any]) -> Any:
    """The result of a format's function: it is given the bytes, and of the rest what it names."""
    function, names = _function(path)
    return function(data, **{name: given[name] for name in names})


@cache
def _function(path: str) -> tuple[Callable[..., Any], tuple[str, ...]]:
    # Loaded where it is used: a process that reads CSV does not pay for PDFium and Pillow.
    module, _, name = path.partition(":")
    function = getattr(import_module(f"processing.readers.{module}"), name)
    return function, tuple(inspect.signature(function).parameters)[1:]


def _opened(data: bytes, media_type: str) -> tuple[bytes, str]:
    """What is inside of a signed or packed file, looked at as any file that comes in is."""
    from processing.readers.containers import check_complete
    from processing.readers.detect import refuse_foreign_invoice
    from processing.readers.wrappers import unwrapped

    data, media_type = unwrapped(data, media_type)
    refuse_foreign_invoice(data, media_type)
    check_complete(data, media_type, DEFAULT_LIMITS)
    return data, media_type


def _stream_safe(page: Page) -> Page:
    """The page with texts that can be stored, and normalised in linear time; the page itself where they all can."""
    rows = tuple(
        replace(row, cells=tuple(_stream_safe_cell(cell) for cell in row.cells)) if _has_unsafe_text(row) else row
        for row in page.rows
    )
    return replace(page, rows=rows)


def _has_unsafe_text(row: Row) -> bool:
    return any(not _is_plain(cell.text) and stream_safe(cell.text) != cell.text for cell in row.cells)


def _is_plain(text: str) -> bool:
    return text.isascii() and text.isprintable()


def _stream_safe_cell(cell: Cell) -> Cell:
    words = tuple(replace(word, text=stream_safe(word.text)) for word in cell.words)
    return replace(cell, text=stream_safe(cell.text), words=words)


def probe_content(data: bytes, media_type: str, *, limits: ReadLimits = DEFAULT_LIMITS) -> None:
    """Opens a document without reading it: finds a password, damage and excess that the bytes alone do not show.

    Raises EncryptedFile, CorruptFile, FileTooLarge, UnsupportedFormat, UnsupportedEInvoice.
    """
    if media_type in media_types.WRAPPERS:
        data, media_type = _opened(data, media_type)
    known = media_types.FORMAT_OF.get(media_type)
    if known is not None and known.probe:
        _call(known.probe, data, {"media_type": media_type, "limits": limits})


def render_content(data: bytes, media_type: str, page: int, *, dpi: int = 110) -> bytes:
    """Page ``page`` (1-based) of a PDF or picture as PNG bytes. Raises UnsupportedFormat for what has no pages to show,
    IndexError for a page that is not there, and as the readers."""
    if media_type in media_types.WRAPPERS:
        data, media_type = _opened(data, media_type)
    if media_type == media_types.PDF:
        from processing.readers.render import render_page

        return render_page(data, page, dpi=dpi)
    if media_type in media_types.IMAGES:
        from processing.readers.images import render_picture

        return render_picture(data, media_type, page)
    raise UnsupportedFormat("This file type has no page images.")


def read_pdf(data: bytes, limits: ReadLimits, ocr: OcrEngine | None) -> DocumentContent:
    """A PDF by its text, and by OCR where it has none."""
    from processing.readers.embedded import embedded_xml
    from processing.readers.pdf import page_needs_ocr, read_layers
    from processing.readers.seen import compared_with_pictures, pages_to_compare

    reading = read_layers(data, max_pages=limits.pages)
    content = reading.content
    if sum(len(row.cells) for row in content.rows) > limits.cells:
        raise ExtractionFailed("The PDF contains too much text.")
    content = replace(content, embedded_xml=embedded_xml(data))
    compare = pages_to_compare(reading)
    needed = [page.number for page in content.pages if page_needs_ocr(page) or page.number in compare]
    if len(content.pages) > 1 and needed and content.embedded_xml is None:
        sheets = _separator_sheets(data, content, needed)
        if sheets:
            content = replace(content, metadata={**content.metadata, "barcode_pages": ",".join(map(str, sheets))})
            needed = [number for number in needed if number not in sheets]
    if content.embedded_xml is not None and needed:
        # The XML is what counts; the first and last page are read to see whether they show other numbers than it has.
        needed = sorted({needed[0], needed[-1]})
    read: dict[int, Page] = {}
    if needed:
        content, read = _with_ocr(data, content, needed, limits, ocr)
    return compared_with_pictures(reading, content, read, compare)


def _separator_sheets(data: bytes, content: DocumentContent, candidates: Sequence[int]) -> list[int]:
    """Those of the pages without text that hold a barcode and nothing else: they need not be read."""
    from processing.readers.codes import is_separator_sheet
    from processing.readers.render import render_page

    empty = {page.number for page in content.pages if page.width > 0 and page.height > 0 and not page.rows}
    found = []
    for number in candidates:
        if number not in empty:
            continue
        try:
            if is_separator_sheet(render_page(data, number, dpi=110)):
                found.append(number)
        except CorruptFile:
            continue  # said when the page is read
    return found


def _with_ocr(
    data: bytes, content: DocumentContent, needed: Sequence[int], limits: ReadLimits, ocr: OcrEngine | None
) -> tuple[DocumentContent, dict[int, Page]]:
    """The content with the reasons that come of it, and the pages as they were read from their pictures."""
    from processing.readers.pdf import page_needs_ocr
    from processing.readers.render import render_page

    engine = ocr or _embedded_engine()
    by_number = {page.number: page for page in content.pages}
    results: list[tuple[Picture, OcrResult]] = []
    reasons = list(content.reasons)
    for number in needed[: limits.ocr_pages]:
        page = by_number[number]
        if page.width <= 0 or page.height <= 0:  # the reader said already that the page is damaged
            continue
        try:
            picture = _rendered(render_page(data, number, dpi=_render_dpi(page)), page)
        except CorruptFile:
            reasons.append(reason("page_unreadable", "", f"Page {number} is damaged and was left out."))
            continue
        result = engine.read_picture(picture.png)
        results.append((replace(picture, png=b""), result))
    if len(needed) > limits.ocr_pages:
        message = f"Only {limits.ocr_pages} of {len(needed)} scanned pages were read."
        reasons.append(reason("pages_left_out", "", message))
    garbage = [n for n in needed if by_number[n].rows and page_needs_ocr(by_number[n])]
    if garbage:
        numbers = ", ".join(map(str, garbage[:10]))
        message = f"The text layer of page {numbers} is garbled; it was read by OCR instead."
        reasons.append(reason("garbage_text_layer", "", message))
    # A page that OCR finds nothing on keeps the little text that it has.
    read = {page.number: page for page in pages_from_ocr(results) if page.rows}
    return replace(content, reasons=tuple(reasons)), read


def _render_dpi(page: Page) -> int:
    # 200 dpi; a small page (a till roll) more, since its letters are small; the engine takes 2000 pixels a side.
    return round(min(300, max(120, 2000 * 72 / max(page.width, page.height))))


def _rendered(png: bytes, page: Page) -> Picture:
    # PNG, RFC 2083, 11.2.2: width and height are the first numbers of the header chunk.
    pixels = (int.from_bytes(png[16:20], "big"), int.from_bytes(png[20:24], "big"))
    return Picture(page.number, png, pixels, (page.width, page.height))


def read_image(data: bytes, media_type: str, limits: ReadLimits, ocr: OcrEngine | None) -> DocumentContent:
    """A picture, or the pages of a TIFF, by OCR."""
    from processing.readers.images import frame_count, pictures

    engine = ocr or _embedded_engine()
    pages_shown = pictures(data, media_type, limits=limits)
    frames = frame_count(data, media_type, limits=limits)
    results = [(replace(p, png=b""), engine.read_picture(p.png)) for p in pages_shown]
    pages = tuple(pages_from_ocr(results))
    reasons: tuple[ReviewReason, ...] = ()
    if frames > len(results):
        message = f"Only the first {len(results)} of {frames} pages were read."
        reasons = (reason("pages_left_out", "", message),)
    if not any(page.rows for page in pages):
        raise ExtractionFailed("No text was found on the image.")
    return DocumentContent(media_type, pages, reasons=reasons)


@cache
def _embedded_engine() -> OcrEngine:
    from processing.readers.ocr_rapid import RapidEngine

    return RapidEngine()
