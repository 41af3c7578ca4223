"""What a file is, by its content; and whether it may become a document at all. Pure, cheap and without a parser."""

from __future__ import annotations

import re
from collections.abc import Callable

from invoices.records import Kind
from processing.errors import EmptyFile, FileTooLarge, UnsupportedEInvoice, UnsupportedFormat
from processing.readers import containers, media_types, wrappers
from processing.readers.encoding import decode_head, looks_binary
from processing.readers.foreign_invoices import foreign_invoice
from processing.readers.limits import DEFAULT_LIMITS, ReadLimits
from processing.readers.x12 import is_x12

_HEAD_BYTES = 65_536
_X12_HEAD_BYTES = 512
# PDF 1.7, Annex H, implementation note 13: readers accept the header within the first 1024 bytes.
_PDF_HEADER_WITHIN = 1024
_OTHER_SIGNATURES: tuple[tuple[bytes, str], ...] = (
    (b"MZ", "a Windows program"),
    (b"\x7fELF", "a program"),
    (b"\xca\xfe\xba\xbe", "a program"),
    (b"GIF8", "a GIF image"),
    (b"BM", "a BMP image"),
    (b"8BPS", "a Photoshop image"),
    (b"BZh", "a bzip2 archive"),
    (b"\xfd7zXZ\x00", "an xz archive"),
    (b"7z\xbc\xaf\x27\x1c", "a 7z archive"),
    (b"Rar!\x1a\x07", "a RAR archive"),
    (b"\x28\xb5\x2f\xfd", "a zstd archive"),
    (b"%!PS", "PostScript"),
    (b"{\\rtf", "RTF"),
    (b"\x89LMD", "a media file"),
    (b"OggS", "a media file"),
    (b"ID3", "a media file"),
    (b"fLaC", "a media file"),
    (b"SQLite format 3\x00", "a database"),
)
_HEIF_BRANDS = frozenset({b"heic", b"heix", b"heim", b"heis", b"hevc", b"hevx", b"mif1", b"msf1"})
_XML_PROLOG = re.compile(r"\s*(?:<\?.*?\?>\s*|<!--.*?-->\s*|<!DOCTYPE[^\[>]*(?:\[.*?\]\s*)?>\s*)*", re.DOTALL | re.I)
_ROOT_NAME = re.compile(r"<(?:[A-Za-z_][\w.-]*:)?([A-Za-z_][\w.-]*)(?=[\s/>]|$)")
_HTML_TAGS = re.compile(
    r"<(?:html|head|body|table|div|p|span|meta|title|style|h1|h2|center|font|br)\b(?!:)[^<]*>", re.I
)
_HEADER_LINE = re.compile(r"^([A-Za-z][A-Za-z0-9-]{1,60}):(?:[ \t]|$)")
_SURE_MAIL_HEADERS = frozenset({"message-id", "mime-version", "received", "return-path", "delivered-to"})
_MAIL_HEADERS = _SURE_MAIL_HEADERS | {"from", "to", "subject", "date", "content-type", "reply-to"}
_DELIMITERS = ("\t", ";", "|", ",")
_WIDE, _FEW = 5, 2  # delimiters in a line of a table with many columns, and in a line beside it


def check_document(
    data: bytes,
    *,
    filename: str = "",
    declared: str = "",
    kind: Kind = "invoice",
    max_bytes: int = 10_000_000,
    limits: ReadLimits = DEFAULT_LIMITS,
    probe: Callable[[bytes, str], None] | None = None,
) -> str:
    """The media type of a file that may become a document; nothing is stored or spent before this passes.

    ``probe`` opens the file in a bounded process (``processing.sandbox.calls.probe_document``) and finds what only a
    parser can: a password, a damaged structure, too many pages. Raises EmptyFile, FileTooLarge, UnsupportedFormat,
    UnsupportedEInvoice (an electronic invoice that has no reader), EncryptedFile or CorruptFile.
    """
    if len(data) > max_bytes:
        noun = "A rate card" if kind == "rate_card" else "An invoice"
        raise FileTooLarge(f"{noun} may be at most {max_bytes / 1_000_000:g} MB.")
    media_type = detect_media_type(data, filename=filename, declared=declared)
    if kind == "invoice":
        refuse_foreign_invoice(data, media_type)
    containers.check_complete(data, media_type, limits)
    if probe is not None:
        probe(data, media_type)
    return media_type


def refuse_foreign_invoice(data: bytes, media_type: str) -> None:
    """Raises UnsupportedEInvoice for an electronic invoice that has no reader."""
    if media_type not in media_types.TEXTUAL:
        return
    text = decode_head(data, _HEAD_BYTES)
    name = foreign_invoice(text) if text is not None else None
    if name is not None:
        raise UnsupportedEInvoice(f"The file is an electronic invoice in a format that is not supported: {name}.")


def detect_media_type(data: bytes, *, filename: str = "", declared: str = "") -> str:
    """The media type by content; the name and the declared type are only compared with it.

    Raises EmptyFile, UnsupportedFormat (not known, or the name or declared type says something else), EncryptedFile
    (an encrypted office file) and CorruptFile (a container cut off before its directory).
    """
    if not data or not data.strip(b"\x00 \t\r\n\x0b\x0c"):
        raise EmptyFile("The file is empty." if not data else "The file contains only blanks.")
    media_type = _by_content(data, filename)
    if not media_types.name_agrees(media_type, filename):
        raise UnsupportedFormat(f"The file name does not match the content, which is {media_type}.")
    if not media_types.declared_agrees(media_type, declared):
        raise UnsupportedFormat(f"The declared type does not match the content, which is {media_type}.")
    return media_type


def _by_content(data: bytes, filename: str) -> str:
    binary = _by_signature(data)
    header = data.find(b"%PDF-", 0, _PDF_HEADER_WITHIN)
    if header >= 0 and binary != media_types.PDF:
        # Bytes before the header are common (mail gateways); another format before it is a file with two faces.
        if binary is not None or b"<" in data[:header]:
            raise UnsupportedFormat("The file claims to be two types at once.")
        binary = media_types.PDF
    if binary is None:
        return _textual(data, filename)
    if binary not in media_types.ZIPPED | {media_types.ZIP} and containers.ends_as_zip(data):
        raise UnsupportedFormat("The file claims to be two types at once.")
    return binary


def _by_signature(data: bytes) -> str | None:
    for known in media_types.FORMATS:
        if data.startswith(known.magic):
            return known.media_type
    if data[:4] == b"RIFF" and data[8:12] == b"WEBP":
        return media_types.WEBP
    if data[4:8] == b"ftyp":
        if data[8:12] in _HEIF_BRANDS:
            return media_types.HEIC
        raise UnsupportedFormat("Media files are not supported.")
    if data.startswith(b"PK"):
        return containers.zip_media_type(data)
    if data.startswith(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"):
        return containers.ole_media_type(data)
    if wrappers.is_p7m(data):
        return media_types.P7M
    for signature, noun in _OTHER_SIGNATURES:
        # A text may begin with two or three such letters ("BMW Invoice"), a binary file has control bytes soon after.
        if data.startswith(signature) and (len(signature) > 3 or looks_binary(data[:512])):
            raise UnsupportedFormat(f"The file is {noun}, which is not supported.")
    return None


def _textual(data: bytes, filename: str) -> str:
    if is_x12(data[:_X12_HEAD_BYTES].decode("latin-1")):  # its separators may be control characters
        return media_types.X12
    text = decode_head(data, _HEAD_BYTES)
    if text is None:
        raise UnsupportedFormat()
    start = text.lstrip("\ufeff \t\r\n")
    if start.startswith("<"):
        return _markup(start)
    if _is_mail(start, filename):
        return media_types.EML
    lower = filename.lower()
    if lower.endswith((".tsv", ".tab")):
        return media_types.TSV
    delimiter = table_delimiter(start, sure=not lower.endswith(".csv"))
    if delimiter == "\t":
        return media_types.TSV
    if lower.endswith(".csv") or delimiter:
        return media_types.CSV
    if len(_HTML_TAGS.findall(start)) >= 3:
        return media_types.HTML
    return media_types.TEXT


def _markup(start: str) -> str:
    doctype = re.match(r"<!doctype\s+(\S{1,40})", start, re.I)
    if doctype:
        return media_types.HTML if doctype.group(1).lower().startswith("html") else media_types.XML
    prolog = _XML_PROLOG.match(start)
    root = _ROOT_NAME.match(start, prolog.end() if prolog else 0)
    name = root.group(1).lower() if root else ""
    if name == "html":
        return media_types.HTML
    if name == "svg":
        raise UnsupportedFormat("SVG images are not supported.")
    if start.startswith("<?xml") or (root and not _HTML_TAGS.match(root.group() + ">")):
        return media_types.XML
    return media_types.HTML if _HTML_TAGS.search(start) else media_types.TEXT


def _is_mail(start: str, filename: str) -> bool:
    names: set[str] = set()
    for line in start.splitlines()[:200]:
        if not line.strip():
            break
        if line[0] in " \t":  # a folded header
            continue
        if line.startswith("From "):  # the separator line of an mbox file
            continue
        header = _HEADER_LINE.match(line)
        if not header:
            return False
        names.add(header.group(1).lower())
    if filename.lower().endswith(".eml"):
        return len(names & _MAIL_HEADERS) >= 2
    return len(names & _MAIL_HEADERS) >= 3 and bool(names & _SURE_MAIL_HEADERS)


def table_delimiter(text: str, *, sure: bool) -> str:
    """The delimiter of a table in text form, "" where the lines do not look like one. ``sure`` asks for more proof:
    prose has commas, too."""
    lines = [line for line in text.splitlines()[:60] if line.strip()]
    if len(text) >= _HEAD_BYTES and len(lines) > 1:
        lines = lines[:-1]
    best, best_score = "", 0.0
    for delimiter in _DELIMITERS:
        counts = [_outside_quotes(line, delimiter) for line in lines]
        with_any = [c for c in counts if c]
        if not with_any:
            continue
        common = max(set(with_any), key=with_any.count)
        # Below a letterhead of its own a list of many columns is a table, whatever stands above and below it.
        framed = delimiter == "|" and any(line.lstrip().startswith("|") for line in lines)
        wide = sure and delimiter in "\t;|" and common >= _WIDE and not framed
        agreement = with_any.count(common) / (sum(c > _FEW for c in counts) if wide else len(lines))
        need_lines, need_columns = (3, 2) if sure else (1, 1)
        if sure and delimiter == ",":
            need_lines, need_columns = 3, 3
        if len(with_any) < need_lines or common < need_columns or agreement < (0.7 if sure else 0.3):
            continue
        score = agreement + min(common, 20) / 100
        if score > best_score:
            best, best_score = delimiter, score
    return best


def _outside_quotes(line: str, delimiter: str) -> int:
    return sum(part.count(delimiter) for part in line.split('"')[::2])
