"""The media types that the readers know, and what names and declared types go with each. Pure."""

from __future__ import annotations

import mimetypes
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

EXTENSIONS: dict[str, str] = {
    PDF: ".pdf",
    PNG: ".png",
    JPEG: ".jpg",
    TIFF: ".tif",
    WEBP: ".webp",
    HEIC: ".heic",
    XML: ".xml",
    XLSX: ".xlsx",
    XLSB: ".xlsb",
    XLS: ".xls",
    ODS: ".ods",
    DOCX: ".docx",
    CSV: ".csv",
    TSV: ".tsv",
    TEXT: ".txt",
    HTML: ".html",
    EML: ".eml",
    X12: ".edi",
    MSG: ".msg",
    ZIP: ".zip",
    GZIP: ".gz",
    P7M: ".p7m",
}
SUPPORTED = frozenset(EXTENSIONS)
# Of these names files are taken out of folders, buckets and addresses.
SUFFIXES = frozenset(
    {".pdf", ".xml", ".txt", ".text", ".csv", ".tsv", ".xlsx", ".xlsm", ".xls", ".xlsb", ".ods"}
    | {".msg", ".zip", ".gz", ".p7m", ".json", ".edi", ".edifact", ".x12", ".210", ".810"}
    | {".html", ".htm", ".docx", ".eml", ".png", ".jpg", ".jpeg", ".tif", ".tiff", ".webp", ".heic", ".heif"}
)

_BY_EXTENSION = {extension: media_type for media_type, extension in EXTENSIONS.items()} | {
    ".jpeg": JPEG,
    ".jpe": JPEG,
    ".jfif": JPEG,
    ".tiff": TIFF,
    ".heif": HEIC,
    ".xlsm": XLSX,
    ".xltx": XLSX,
    ".docm": DOCX,
    ".htm": HTML,
    ".xhtml": HTML,
    ".tab": TSV,
    ".text": TEXT,
    ".log": TEXT,
    ".md": TEXT,
    ".x12": X12,
    ".210": X12,
    ".p7c": P7M,
    ".p7b": P7M,
}
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
_DECLARED = {
    "application/x-pdf": PDF,
    "image/jpg": JPEG,
    "image/pjpeg": JPEG,
    "image/x-png": PNG,
    "image/tif": TIFF,
    "image/heif": HEIC,
    "text/xml": XML,
    "application/xhtml+xml": HTML,
    "application/csv": CSV,
    "text/x-csv": CSV,
    "text/comma-separated-values": CSV,
    "text/tsv": TSV,
    "application/x12": X12,
    "application/edi": X12,
    "application/x-pkcs7-mime": P7M,
    "application/pkcs7-signature": P7M,
    "application/x-pkcs7-signature": P7M,
    "application/x-gzip": GZIP,
    "application/gzip-compressed": GZIP,
    "application/x-msg": MSG,
    "application/vnd.ms-excel.sheet.macroenabled.12": XLSX,
    "application/vnd.ms-word.document.macroenabled.12": DOCX,
}
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
