"""Table of the formats that are read: media type, names, signature, reader. Pure."""

from __future__ import annotations

import mimetypes
from dataclasses import dataclass
from pathlib import PurePosixPath

PDF = "application/pdf"
PNG = "image/png"
JPEG = "image/jpeg"
TIFF = "image/tiff"
WEBP = "image/webp"
HEIC = "image/heic"
XML = "application/xml"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
XLSB = "application/vnd.ms-excel.sheet.binary.macroenabled.12"
XLS = "application/vnd.ms-excel"
ODS = "application/vnd.oasis.opendocument.spreadsheet"
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
CSV = "text/csv"
TSV = "text/tab-separated-values"
TEXT = "text/plain"
HTML = "text/html"
EML = "message/rfc822"
X12 = "application/edi-x12"
MSG = "application/vnd.ms-outlook"
ZIP = "application/zip"
GZIP = "application/gzip"
P7M = "application/pkcs7-mime"

IMAGES = frozenset({PNG, JPEG, TIFF, WEBP, HEIC})
SHEETS = frozenset({XLSX, XLSB, XLS, ODS})
ZIPPED = frozenset({XLSX, XLSB, ODS, DOCX})
DELIMITED = frozenset({CSV, TSV})
# Each of these is text, and content alone often cannot say which: a name may call one by another's type.
TEXTUAL = frozenset({CSV, TSV, TEXT, HTML, EML, XML, X12})
# What is inside is the document, or the documents.
PAGED = frozenset({PDF, TIFF})  # may hold several invoices page after page
WRAPPERS = frozenset({P7M, GZIP})
CARRIERS = frozenset({EML, MSG, ZIP})


@dataclass(frozen=True, slots=True, kw_only=True)
class Format:
    """All that the software knows of a format, besides its reader's code.

    ``extensions``: the first is that of stored files; ``named_only`` are accepted as names, but no file is taken out of
    a folder by them. ``declared``: further media types that senders give it. ``magic``: how its bytes begin;
    ``zip_member``: the file that an archive of it has; ``ole_stream``: how a stream of its OLE file is called.
    ``reader`` and ``probe``: ``module:function`` below ``processing.readers``, loaded when one is needed. They take the
    bytes and those of ``media_type``, ``limits``, ``include_hidden`` and ``ocr`` that they name.
    """

    media_type: str
    extensions: tuple[str, ...]
    named_only: tuple[str, ...] = ()
    declared: tuple[str, ...] = ()
    magic: tuple[bytes, ...] = ()
    zip_member: str = ""
    ole_stream: str = ""
    reader: str = ""
    probe: str = ""


FORMATS: tuple[Format, ...] = (
    Format(
        media_type=PDF,
        extensions=(".pdf",),
        declared=("application/x-pdf",),
        magic=(b"%PDF-",),
        reader="registry:read_pdf",
        probe="pdf:probe_pdf",
    ),
    Format(
        media_type=PNG,
        extensions=(".png",),
        declared=("image/x-png",),
        magic=(b"\x89PNG\r\n\x1a\n",),
        reader="registry:read_image",
        probe="images:probe_image",
    ),
    Format(
        media_type=JPEG,
        extensions=(".jpg", ".jpeg"),
        named_only=(".jpe", ".jfif"),
        declared=("image/jpg", "image/pjpeg"),
        magic=(b"\xff\xd8\xff",),
        reader="registry:read_image",
        probe="images:probe_image",
    ),
    Format(
        media_type=TIFF,
        extensions=(".tiff", ".tif"),
        declared=("image/tif",),
        magic=(b"II*\x00", b"MM\x00*", b"II+\x00", b"MM\x00+"),
        reader="registry:read_image",
        probe="images:probe_image",
    ),
    Format(  # told by its container: RIFF
        media_type=WEBP, extensions=(".webp",), reader="registry:read_image", probe="images:probe_image"
    ),
    Format(  # told by its brand: ISO base media
        media_type=HEIC,
        extensions=(".heic", ".heif"),
        declared=("image/heif",),
        reader="registry:read_image",
        probe="images:probe_image",
    ),
    Format(
        media_type=XLSX,
        extensions=(".xlsx", ".xlsm"),
        named_only=(".xltx",),
        declared=("application/vnd.ms-excel.sheet.macroenabled.12",),
        zip_member="xl/workbook.xml",
        reader="sheets:read_sheets",
        probe="sheets:probe_sheets",
    ),
    Format(
        media_type=XLSB,
        extensions=(".xlsb",),
        zip_member="xl/workbook.bin",
        reader="sheets:read_sheets",
        probe="sheets:probe_sheets",
    ),
    Format(
        media_type=XLS,
        extensions=(".xls",),
        ole_stream=r"Workbook|Book",
        reader="sheets:read_sheets",
        probe="sheets:probe_sheets",
    ),
    Format(  # told by the file that names the type of an OpenDocument archive
        media_type=ODS, extensions=(".ods",), reader="sheets:read_sheets", probe="sheets:probe_sheets"
    ),
    Format(
        media_type=DOCX,
        extensions=(".docx",),
        named_only=(".docm",),
        declared=("application/vnd.ms-word.document.macroenabled.12",),
        zip_member="word/document.xml",
        reader="docx:read_docx",
        probe="docx:probe_docx",
    ),
    Format(
        media_type=MSG,
        extensions=(".msg",),
        declared=("application/x-msg",),
        ole_stream=r"__properties_version.*",
        reader="outlook:read_msg",
    ),
    Format(
        media_type=GZIP,
        extensions=(".gz",),
        declared=("application/x-gzip", "application/gzip-compressed"),
        magic=(b"\x1f\x8b\x08",),
    ),
    Format(  # told by its envelope, as bytes or as base64
        media_type=P7M,
        extensions=(".p7m",),
        named_only=(".p7c", ".p7b"),
        declared=("application/x-pkcs7-mime", "application/pkcs7-signature", "application/x-pkcs7-signature"),
    ),
    Format(media_type=ZIP, extensions=(".zip",)),
    # Text, which is told by its words.
    Format(
        media_type=XML,
        extensions=(".xml",),
        declared=("text/xml",),
        reader="xml:read_xml",
        probe="xml:parse_xml",
    ),
    Format(
        media_type=CSV,
        extensions=(".csv",),
        declared=("application/csv", "text/x-csv", "text/comma-separated-values"),
        reader="delimited:read_delimited",
    ),
    Format(
        media_type=TSV,
        extensions=(".tsv",),
        named_only=(".tab",),
        declared=("text/tsv",),
        reader="delimited:read_delimited",
    ),
    Format(
        media_type=HTML,
        extensions=(".html", ".htm"),
        named_only=(".xhtml",),
        declared=("application/xhtml+xml",),
        reader="html:read_html",
    ),
    Format(media_type=EML, extensions=(".eml",), reader="email:read_email"),
    Format(
        media_type=X12,
        extensions=(".edi", ".x12", ".210"),
        declared=("application/x12", "application/edi"),
        reader="x12:read_x12",
    ),
    Format(media_type=TEXT, extensions=(".txt", ".text"), named_only=(".log", ".md"), reader="text:read_text"),
)
FORMAT_OF: dict[str, Format] = {each.media_type: each for each in FORMATS}
SUPPORTED = frozenset(FORMAT_OF)
# Electronic invoices that have no reader: they are taken, so that somebody is told why they are refused.
_REFUSED_BY_NAME = frozenset({".json", ".edifact", ".810"})
# Of these names files are taken out of folders, buckets and addresses.
SUFFIXES = frozenset(extension for each in FORMATS for extension in each.extensions) | _REFUSED_BY_NAME

_BY_EXTENSION = {name: each.media_type for each in FORMATS for name in (*each.extensions, *each.named_only)}
_DECLARED = {name: each.media_type for each in FORMATS for name in each.declared}
# Names that senders use for "some bytes" or for the container.
_GENERIC = frozenset(
    {
        "",
        "application/octet-stream",
        "binary/octet-stream",
        "application/binary",
        "application/x-binary",
        "application/download",
        "application/x-download",
        "application/force-download",
        "application/unknown",
        "*/*",
    }
)
_ZIP_NAMES = frozenset({"application/zip", "application/x-zip-compressed", "application/x-zip"})
# The table of the standard library without the machine's own files: the same answer everywhere.
_OTHER_TYPES = mimetypes.MimeTypes(filenames=())


def name_agrees(media_type: str, filename: str) -> bool:
    """Whether a file's name may belong to content of this type. An extension that says nothing agrees with all."""
    extension = PurePosixPath(filename.replace("\\", "/").replace("\x00", "")).suffix.lower()
    named = _BY_EXTENSION.get(extension)
    if named is not None:
        if media_type == P7M and named in TEXTUAL | {PDF}:
            return True  # a signed file that kept the name of what it signs
        return named == media_type or (named in TEXTUAL and media_type in TEXTUAL)
    other, _ = _OTHER_TYPES.guess_type("x" + extension)
    return other is None or extension == ".bin"


def declared_agrees(media_type: str, declared: str) -> bool:
    """Whether a declared Content-Type may belong to content of this type."""
    name = declared.partition(";")[0].strip().lower()
    if name in _GENERIC:
        return True
    if name in _ZIP_NAMES:
        return media_type in ZIPPED | {ZIP}
    if name == XLS:  # browsers on Windows call every CSV and every workbook so
        return media_type in SHEETS | DELIMITED | {TEXT}
    if name.endswith("+xml") and name not in _DECLARED:
        name = XML
    named = _DECLARED.get(name, name)
    if media_type in TEXTUAL:
        return named in TEXTUAL or name.startswith("text/")
    return named == media_type


def extension_of(media_type: str) -> str:
    """The extension that a stored file of this type has; ".bin" for a type that is not known."""
    name = media_type.casefold()
    known = FORMAT_OF.get(_DECLARED.get(name, name))
    return known.extensions[0] if known else ".bin"
