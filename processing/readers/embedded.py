"""The e-invoice inside of a PDF/A-3 (Factur-X, ZUGFeRD, XRechnung, UBL): found by its content, whatever its name."""

from __future__ import annotations

import re
import zlib
from collections.abc import Iterator

import pypdfium2 as pdfium

from invoices.errors import InvoicesiteError
from processing.errors import CorruptFile, EncryptedFile
from processing.readers.pdf import open_pdf
from processing.readers.xml_safe import MAX_XML_BYTES, Syntax, detect_syntax, looks_like_xml, parse_xml

# A PDF portfolio may carry anything; no e-invoice was seen with more than a handful of annexes.
MAX_ATTACHMENTS = 50
# By Factur-X 1.0, ZUGFeRD 1 and 2, XRechnung: an attachment of such a name is meant to be the invoice, damaged or not.
_STANDARD_NAME = re.compile(r"(factur-x|zugferd-invoice|xrechnung)\.xml", re.IGNORECASE)
# Where several are there (a hybrid for old and new readers), the newer standard wins.
_PREFERENCE: tuple[Syntax, ...] = ("cii", "ubl_invoice", "ubl_credit_note", "fatturapa", "zugferd1")
_EMBEDDED_STREAM = re.compile(rb"/Type\s*/EmbeddedFile\b")
_STREAM = re.compile(rb"stream\r?\n")


def embedded_xml(pdf: bytes) -> bytes | None:
    """The e-invoice attached to a PDF, as bytes, or None: no attachment, none that is an invoice, or a PDF that cannot
    be opened (its reader reports that). An attachment with a standard name that is damaged is given back all the same,
    so that who reads it learns of it and falls back to the page."""
    try:
        attachments = list(_attachments(pdf))
    except (CorruptFile, EncryptedFile):
        return None
    if not attachments and b"EmbeddedFile" in pdf:
        attachments = list(_unlisted_streams(pdf))
    found: list[tuple[int, bool, bytes]] = []
    damaged: bytes | None = None
    for name, data in attachments:
        standard = _STANDARD_NAME.fullmatch(name.strip()) is not None
        if not data or not (standard or name.lower().endswith(".xml") or looks_like_xml(data)):
            continue
        try:
            syntax = detect_syntax(parse_xml(data))
        except InvoicesiteError:
            syntax = None
            damaged = data if standard else damaged
        if syntax is not None:
            found.append((_PREFERENCE.index(syntax), not standard, data))
    if found:
        return min(found, key=lambda entry: entry[:2])[2]
    return damaged


def _attachments(pdf: bytes) -> Iterator[tuple[str, bytes]]:
    with open_pdf(pdf) as document:
        for index in range(min(document.count_attachments(), MAX_ATTACHMENTS)):
            try:
                attachment = document.get_attachment(index)
                yield attachment.get_name(), bytes(attachment.get_data())
            except pdfium.PdfiumError:
                continue


def _unlisted_streams(pdf: bytes) -> Iterator[tuple[str, bytes]]:
    """Embedded files that only an annotation or ``/AF`` points to, which PDFium does not list. The last one comes
    first: in a PDF that was changed later, it is the current one."""
    starts = [match.start() for match in _EMBEDDED_STREAM.finditer(pdf)][-MAX_ATTACHMENTS:]
    for start in reversed(starts):
        stream = _STREAM.search(pdf, start, start + 2_000)
        if stream is None:
            continue
        end = pdf.find(b"endstream", stream.end())
        raw = pdf[stream.end() : end if end >= 0 else len(pdf)]
        head = pdf[max(0, start - 200) : stream.start()]
        if b"/FlateDecode" not in head:
            yield "", raw
            continue
        try:
            yield "", zlib.decompressobj().decompress(raw, MAX_XML_BYTES)
        except zlib.error:
            continue
