"""The documents within a file: entries of an archive, attachments of a message, bodies of a FatturaPA, pages of a PDF.
Pure."""

from __future__ import annotations

import hashlib
import io
import re
import struct
import zipfile
import zlib
from collections.abc import Sequence
from copy import deepcopy

import pypdfium2 as pdfium
from lxml import etree
from PIL import Image

from common.errors import InvoicesiteError
from processing.errors import CorruptFile, EncryptedFile, FileTooLarge
from processing.readers import media_types
from processing.readers.containers import open_zip
from processing.readers.detect import detect_media_type
from processing.readers.part_file import PartFile
from processing.readers.pdf import PDFIUM_LOCK, open_pdf
from processing.readers.wrappers import unwrapped
from processing.readers.xml_safe import detect_syntax, invoice_root, local_name, parse_xml

MAX_PARTS = 500  # a month of a large sender; each becomes a document with a job
MAX_PART_BYTES = 25 * 1024 * 1024  # the largest file that any channel takes
MAX_PARTS_BYTES = 200_000_000
_STEP_BYTES = 1 << 20
_BODY = "FatturaElettronicaBody"
_FILE_ID = re.compile(rb"/ID\[<[0-9A-F]{32}><[0-9A-F]{32}>\]")
_CREATED = re.compile(rb"/CreationDate\(D:\d{14}")


def parts_of(data: bytes, media_type: str) -> list[PartFile]:
    """The documents in a file, in their order; empty for a file that is one document itself.

    Raises CorruptFile, EncryptedFile, FileTooLarge and UnsupportedFormat."""
    data, media_type = unwrapped(data, media_type)
    if media_type == media_types.ZIP:
        return _entries(data)
    if media_type == media_types.EML:
        from processing.readers.email import attachments_of

        return [PartFile(name, kind, content) for name, kind, content in attachments_of(data)[:MAX_PARTS]]
    if media_type == media_types.MSG:
        from processing.readers.outlook import attachments_of_msg

        return [PartFile(name, kind, content) for name, kind, content in attachments_of_msg(data)[:MAX_PARTS]]
    if media_type == media_types.XML:
        return _bodies(data)
    return []


def pages_as_files(data: bytes, media_type: str, ranges: Sequence[Sequence[int]]) -> list[bytes]:
    """A PDF or TIFF of its own for each list of page numbers (1-based). The same pages give the same bytes. Raises
    CorruptFile."""
    return _pdf_parts(data, ranges) if media_type == media_types.PDF else _tiff_parts(data, ranges)


def _tiff_parts(data: bytes, ranges: Sequence[Sequence[int]]) -> list[bytes]:
    made: list[bytes] = []
    try:
        with Image.open(io.BytesIO(data)) as image:
            for pages in ranges:
                frames = []
                for number in pages:
                    image.seek(number - 1)
                    frames.append(image.copy())
                out = io.BytesIO()
                compression = "group4" if all(frame.mode == "1" for frame in frames) else "tiff_deflate"
                frames[0].save(out, "TIFF", save_all=True, append_images=frames[1:], compression=compression,
                               dpi=image.info.get("dpi") or (200, 200))  # fmt: skip
                made.append(out.getvalue())
    except (OSError, ValueError, SyntaxError, EOFError) as error:
        raise CorruptFile("The pages of the picture cannot be taken apart.") from error
    return made


def _pdf_parts(data: bytes, ranges: Sequence[Sequence[int]]) -> list[bytes]:
    made: list[bytes] = []
    with PDFIUM_LOCK, open_pdf(data) as document:
        for pages in ranges:
            part = pdfium.PdfDocument.new()
            try:
                part.import_pages(document, [number - 1 for number in pages])
                out = io.BytesIO()
                part.save(out)
            except pdfium.PdfiumError as error:
                raise CorruptFile("The pages of the PDF cannot be taken apart.") from error
            finally:
                part.close()
            made.append(_without_chance(out.getvalue()))
    return made


def _without_chance(pdf: bytes) -> bytes:
    """PDFium writes the time and a number by chance into each file: both are made to follow from the pages."""
    pdf = _CREATED.sub(b"/CreationDate(D:20000101000000", pdf)
    plain = _FILE_ID.sub(b"", pdf)
    mark = hashlib.sha256(plain).hexdigest()[:32].upper().encode()
    return _FILE_ID.sub(b"/ID[<" + mark + b"><" + mark + b">]", pdf)


def _entries(data: bytes) -> list[PartFile]:
    archive = open_zip(data)
    wanted = [info for info in archive.infolist() if _is_file(info)]
    if len(wanted) > MAX_PARTS:
        raise FileTooLarge(f"The archive holds {len(wanted):,} files; {MAX_PARTS} are allowed.")
    if any(info.flag_bits & 1 for info in wanted):
        raise EncryptedFile("The archive is protected by a password.")
    found: list[PartFile] = []
    left = MAX_PARTS_BYTES
    for info in wanted:
        name = info.filename.replace("\\", "/").rsplit("/", 1)[-1]
        try:
            content = _unpacked(archive, info, left)
            left -= len(content)
            found.append(PartFile(name, detect_media_type(content, filename=name), content))
        except InvoicesiteError as error:
            found.append(PartFile(name, "", b"", error=(error.code, error.message)))
    return found


def _is_file(info: zipfile.ZipInfo) -> bool:
    parts = info.filename.replace("\\", "/").split("/")
    # What archivers of macOS and Windows add beside the files.
    return not info.is_dir() and not any(p.startswith(".") or p in ("__MACOSX", "Thumbs.db") for p in parts)


def _unpacked(archive: zipfile.ZipFile, info: zipfile.ZipInfo, left: int) -> bytes:
    """One entry, however much its directory claims. Raises FileTooLarge and CorruptFile."""
    if info.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
        raise CorruptFile("The entry is packed in a way that is not supported.")
    bound = min(MAX_PART_BYTES, left)
    pieces: list[bytes] = []
    size = 0
    try:
        with archive.open(info) as member:
            while piece := member.read(_STEP_BYTES):
                size += len(piece)
                if size > bound:
                    raise FileTooLarge("The entry, or the archive, unpacks to more than is allowed.")
                pieces.append(piece)
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, OSError, ValueError, struct.error) as error:
        raise CorruptFile("The entry is damaged.") from error
    return b"".join(pieces)


def _bodies(data: bytes) -> list[PartFile]:
    """The invoices of a FatturaPA that holds several: each with the header and its own body."""
    root = parse_xml(data)
    if detect_syntax(root) != "fatturapa":
        return []
    count = sum(local_name(child) == _BODY for child in invoice_root(root))
    if count < 2:
        return []
    if count > MAX_PARTS:
        raise FileTooLarge(f"The file holds {count:,} invoices; {MAX_PARTS} are allowed.")
    found = []
    for number in range(count):
        copy = deepcopy(root)
        invoice = invoice_root(copy)
        for index, body in enumerate([child for child in invoice if local_name(child) == _BODY]):
            if index != number:
                invoice.remove(body)
        content = etree.tostring(copy, xml_declaration=True, encoding="UTF-8")
        found.append(PartFile("", media_types.XML, content))
    return found
