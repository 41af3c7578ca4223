"""Zip and OLE containers, and whether a file is all there: looked at by their directories only, nothing is unpacked
beyond a few kB. Pure."""

from __future__ import annotations

import io
import re
import struct
import zipfile
import zlib

from processing.errors import CorruptFile, EncryptedFile, FileTooLarge, UnsupportedFormat
from processing.readers import media_types
from processing.readers.encoding import text_encoding
from processing.readers.limits import ReadLimits

_END_OF_DIRECTORY = b"PK\x05\x06"
_END_BYTES = 22
_MAX_COMMENT = 65_535
_MAX_DIRECTORY_BYTES = 4_000_000  # some 40,000 members; the zip module of the library has no bound of its own
_CHUNK = 1 << 20
_ODS_MIME = b"application/vnd.oasis.opendocument.spreadsheet"


def ends_as_zip(data: bytes) -> bool:
    """Whether the end of the bytes is a zip's end: how a file of another type hides an archive."""
    at = data.rfind(_END_OF_DIRECTORY, max(0, len(data) - _END_BYTES - _MAX_COMMENT))
    if at < 0 or at + _END_BYTES > len(data):
        return False
    comment_bytes: int = struct.unpack_from("<H", data, at + 20)[0]
    return at + _END_BYTES + comment_bytes == len(data)


def open_zip(data: bytes) -> zipfile.ZipFile:
    """The archive's directory. Raises CorruptFile (cut off or damaged) and FileTooLarge (a directory without end)."""
    at = data.rfind(_END_OF_DIRECTORY, max(0, len(data) - _END_BYTES - _MAX_COMMENT))
    if at < 0 or at + _END_BYTES > len(data):
        raise CorruptFile("The file is incomplete: its directory is missing.")
    directory_bytes: int = struct.unpack_from("<I", data, at + 12)[0]
    if directory_bytes > _MAX_DIRECTORY_BYTES:
        raise FileTooLarge("The file contains too many parts.")
    try:
        return zipfile.ZipFile(io.BytesIO(data))
    except (zipfile.BadZipFile, NotImplementedError, ValueError, OverflowError, struct.error) as error:
        raise CorruptFile() from error


def zip_media_type(data: bytes) -> str:
    """Which office format a zip is; ``application/zip`` for an archive of files. Raises CorruptFile, EncryptedFile."""
    archive = open_zip(data)
    members = {info.filename: info for info in archive.infolist()}
    if any(info.flag_bits & 1 for info in members.values()):
        raise EncryptedFile()
    for known in media_types.FORMATS:
        if known.zip_member and known.zip_member in members:
            return known.media_type
    if "mimetype" in members and _small(archive, members["mimetype"]).startswith(_ODS_MIME):
        manifest = members.get("META-INF/manifest.xml")
        if manifest and b"encryption-data" in _small(archive, manifest):
            raise EncryptedFile()
        return media_types.ODS
    return media_types.ZIP


def _small(archive: zipfile.ZipFile, info: zipfile.ZipInfo) -> bytes:
    try:
        with archive.open(info) as member:
            return member.read(65_536)
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, OSError, ValueError, struct.error) as error:
        raise CorruptFile() from error


def ole_media_type(data: bytes) -> str:
    """Which of the old office formats an OLE file is. Raises EncryptedFile for an encrypted xlsx or docx, CorruptFile
    for one cut off, UnsupportedFormat for Word and the rest."""
    names = _ole_names(data)
    if "EncryptedPackage" in names:
        raise EncryptedFile()
    for known in media_types.FORMATS:
        if known.ole_stream and any(re.fullmatch(known.ole_stream, name) for name in names):
            return known.media_type
    if "WordDocument" in names:
        raise UnsupportedFormat("Old Word files (.doc) are not supported: save as .docx or PDF.")
    raise UnsupportedFormat()


def _ole_names(data: bytes) -> set[str]:
    # [MS-CFB] 2.2 and 2.6: header of 512 bytes; directory entries of 128 bytes, name in UTF-16 with its length at 64.
    if len(data) < 512:
        raise CorruptFile("The file is incomplete.")
    shift, sector = struct.unpack_from("<H", data, 30)[0], struct.unpack_from("<I", data, 48)[0]
    if shift not in (9, 12):
        raise CorruptFile()
    start = (sector + 1) << shift
    if start + 128 > len(data):
        raise CorruptFile("The file is incomplete: its directory is missing.")
    names = set()
    # Directory sectors may lie apart; the names asked for are nearly always in the first run.
    for at in range(start, min(len(data) - 127, start + 128 * 64), 128):
        size = struct.unpack_from("<H", data, at + 64)[0]
        if data[at + 66] in (1, 2, 5) and 2 <= size <= 64:
            names.add(data[at : at + size - 2].decode("utf-16-le", errors="replace"))
    return names


def check_complete(data: bytes, media_type: str, limits: ReadLimits) -> None:
    """Finds cheaply that the end of a file is missing, or that an archive claims to unpack to more than the limit.
    Raises CorruptFile or FileTooLarge."""
    if media_type in media_types.ZIPPED:
        declared = sum(info.file_size for info in open_zip(data).infolist())
        if declared > limits.expanded_bytes:
            raise FileTooLarge(f"The file unpacks to more than {limits.expanded_bytes / 1_000_000:g} MB.")
        return
    complete = {
        media_types.PDF: _pdf_complete,
        media_types.PNG: _png_complete,
        media_types.JPEG: _jpeg_complete,
        media_types.WEBP: _riff_complete,
        media_types.HEIC: _boxes_complete,
        media_types.XML: _xml_complete,
    }.get(media_type)
    if complete and not complete(data):
        raise CorruptFile("The file is incomplete: its end is missing.")


def _pdf_complete(data: bytes) -> bool:
    # Some systems append blanks or a mail footer; a PDF cut off has no end mark near its end.
    return b"%%EOF" in data.rstrip(b"\x00 \t\r\n")[-2048:]


def _riff_complete(data: bytes) -> bool:
    size: int = struct.unpack_from("<I", data, 4)[0]
    return len(data) >= 8 + size


def _png_complete(data: bytes) -> bool:
    at = 8
    while at + 12 <= len(data):
        kind = at + 4
        at += 12 + int.from_bytes(data[at : at + 4], "big")
        if data[kind : kind + 4] == b"IEND":
            return at <= len(data)
    return False


def _jpeg_complete(data: bytes) -> bool:
    at = 2
    while at + 4 <= len(data) and data[at] == 0xFF:
        marker = data[at + 1]
        if marker == 0xFF or 0xD0 <= marker <= 0xD8 or marker == 0x01:  # fill bytes and markers without a length
            at += 1 if marker == 0xFF else 2
            continue
        size: int = struct.unpack_from(">H", data, at + 2)[0]
        at += 2 + size
        if marker == 0xDA:  # the picture begins: its end mark cannot occur within it, 0xFF is stuffed there
            return data.find(b"\xff\xd9", at) >= 0
    return False


def _boxes_complete(data: bytes) -> bool:
    at = 0
    while at + 8 <= len(data):
        size: int = struct.unpack_from(">I", data, at)[0]
        if size == 0:  # the box reaches to the end of the file
            return True
        if size == 1:
            if at + 16 > len(data):
                return False
            size = struct.unpack_from(">Q", data, at + 8)[0]
        if size < 8:
            return False
        at += size
    return at == len(data)


def _xml_complete(data: bytes) -> bool:
    encoding = text_encoding(data[:4096]) or "utf-8"
    if encoding.startswith(("utf-16", "utf-32")):
        data = data.decode(encoding, errors="replace").encode()
    return data.rstrip(b"\x00 \t\r\n").endswith(b">")


def check_expanded_size(data: bytes, limits: ReadLimits) -> None:
    """Unpacks every member of a zip for its size only: what a directory declares may be a lie. Raises FileTooLarge or
    CorruptFile."""
    total = 0
    for info in open_zip(data).infolist():
        if info.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
            raise CorruptFile("The file uses a compression that office files never use.")
        start = info.header_offset
        if data[start : start + 4] != b"PK\x03\x04" or start + 30 > len(data):
            raise CorruptFile()
        name_bytes, extra_bytes = struct.unpack_from("<HH", data, start + 26)
        begin = start + 30 + name_bytes + extra_bytes
        packed = memoryview(data)[begin : begin + info.compress_size]
        total += len(packed) if info.compress_type == zipfile.ZIP_STORED else _inflated(packed, limits, total)
        if total > limits.expanded_bytes:
            raise FileTooLarge(f"The file unpacks to more than {limits.expanded_bytes / 1_000_000:g} MB.")


def _inflated(packed: memoryview, limits: ReadLimits, before: int) -> int:
    unpacker = zlib.decompressobj(-15)
    size = 0
    rest: bytes | memoryview = packed
    try:
        while not unpacker.eof:
            part = unpacker.decompress(rest, _CHUNK)
            rest = unpacker.unconsumed_tail
            size += len(part)
            if before + size > limits.expanded_bytes:
                return size
            if not part and not rest:
                raise CorruptFile("A part of the file is incomplete.")
    except zlib.error as error:
        raise CorruptFile() from error
    return size
