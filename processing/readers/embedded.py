"""The e-invoice inside of a PDF/A-3 (Factur-X, ZUGFeRD, XRechnung, UBL): found by its content, whatever its name."""

from __future__ import annotations

import re
import zlib
from collections.abc import Iterator

import pypdfium2 as pdfium

from processing.errors import CorruptFile, EmptyFile, EncryptedFile, FileTooLarge, UnsupportedFormat
from processing.readers.pdf import open_pdf
from processing.readers.xml_safe import MAX_XML_BYTES, Syntax, detect_syntax, looks_like_xml, parse_xml

# A PDF portfolio may carry anything; no e-invoice was seen with more than a handful of annexes.
MAX_ATTACHMENTS = 50
# By Factur-X 1.0, ZUGFeRD 1 and 2, XRechnung: an attachment of such a name is meant to be the invoice, damaged or not.
_STANDARD_NAME = re.compile(r"(factur-x|zugferd-invoice|xrechnung)\.xml", re.IGNORECASE)
# Where several are there (a hybrid for old and new readers), the newer standard wins.
_PREFERENCE: tuple[Syntax, ...] = ("cii", "ubl_invoice", "ubl_credit_note", "fatturapa", "zugferd1")
_EMBEDDED_STREAM = re.compile(rb"/Type\s*/EmbeddedFile\b")
_STREAM = re.compile(rb"(?<!end)stream\r?\n")
MAX_UNLISTED = 8
# A hybrid of a few scanned pages and its XML stays below; an e-invoice alone needs less than a hundredth.
MAX_UNPACKED_BYTES = 100 * 1024 * 1024
_STEP_BYTES = 1024 * 1024
_HARMLESS_BYTES = 20_000  # deflate packs at most 1 : 1032


def embedded_xml(pdf: bytes) -> bytes | None:
    """The e-invoice attached to a PDF, as bytes, or None: no attachment, none that is an invoice, or a PDF that cannot
    be opened (its reader reports that). An attachment with a standard name that is damaged is given back all the same,
    so that who reads it learns of it and falls back to the page."""
    try:
        attachments = _attachments(pdf)
    except (CorruptFile, EncryptedFile):
        return None
    found: list[tuple[int, bool, bytes]] = []
    damaged: bytes | None = None
    for name, data in attachments or _unlisted_streams(pdf):
        standard = _STANDARD_NAME.fullmatch(name.strip()) is not None
        if not data or not (standard or name.lower().endswith(".xml") or looks_like_xml(data)):
            continue
        try:
            syntax = detect_syntax(parse_xml(data))
        except (CorruptFile, UnsupportedFormat):
            syntax = None
            damaged = data if standard else damaged
        except (EmptyFile, FileTooLarge):
            continue
        if syntax is not None:
            found.append((_PREFERENCE.index(syntax), not standard, data))
    if found:
        return min(found, key=lambda entry: entry[:2])[2]
    return damaged


def _attachments(pdf: bytes) -> list[tuple[str, bytes]]:
    """What PDFium lists, by name; nothing where unpacking it could fill the memory."""
    found = []
    with open_pdf(pdf) as document:
        count = document.count_attachments()
        if count and _unpacks_too_far(pdf):
            return []
        for index in range(min(count, MAX_ATTACHMENTS)):
            try:
                attachment = document.get_attachment(index)
                found.append((_name(attachment), bytes(attachment.get_data())))
            except pdfium.PdfiumError:
                continue
    return found


def _name(attachment: pdfium.PdfAttachment) -> str:
    try:
        return str(attachment.get_name())
    except UnicodeDecodeError:  # half a surrogate pair: the content decides, as it does for any other name
        return ""


def _unpacks_too_far(pdf: bytes) -> bool:
    """PDFium unpacks an attachment whole, at three times its size in memory: 1 MB of deflated blanks takes 3 GB and
    half a minute. So the large deflated streams are unpacked first, in small steps and kept nowhere."""
    budget = MAX_UNPACKED_BYTES
    for stream in _STREAM.finditer(pdf):
        start = stream.end()
        if pdf[start : start + 1] != b"x":
            continue
        end = pdf.find(b"endstream", start)
        end = end if end >= 0 else len(pdf)
        if end - start <= _HARMLESS_BYTES:
            continue
        unpacker, rest = zlib.decompressobj(), pdf[start:end]
        try:
            while rest and not unpacker.eof and budget >= 0:
                budget -= len(unpacker.decompress(rest, _STEP_BYTES))
                rest = unpacker.unconsumed_tail
        except zlib.error:
            continue
        if budget < 0:
            return True
    return False


def _unlisted_streams(pdf: bytes) -> Iterator[tuple[str, bytes]]:
    """Embedded files that only an annotation or ``/AF`` points to, which PDFium does not list. The last one comes
    first: in a PDF that was changed later, it is the current one."""
    starts = [match.start() for match in _EMBEDDED_STREAM.finditer(pdf)][-MAX_UNLISTED:]
    for start in reversed(starts):
        stream = _STREAM.search(pdf, start, start + 2_000)
        if stream is None:
            continue
        end = pdf.find(b"endstream", stream.end())
        raw = pdf[stream.end() : end if end >= 0 else len(pdf)]
        if b"/FlateDecode" not in pdf[max(0, start - 200) : stream.start()]:
            yield "", raw
            continue
        try:
            if looks_like_xml(zlib.decompressobj().decompress(raw, 256)):
                yield "", zlib.decompressobj().decompress(raw, MAX_XML_BYTES)
        except zlib.error:
            continue
