"""Files around one file: signed (``.p7m``, CAdES) and packed (``.gz``). What is inside is the document. Pure."""

from __future__ import annotations

import base64
import binascii
import re
import zlib

from processing.errors import CorruptFile, EncryptedFile, FileTooLarge, UnsupportedFormat
from processing.readers import media_types

# RFC 5652: ContentInfo begins with a SEQUENCE and the OID of its type.
_SIGNED = bytes.fromhex("06092a864886f70d010702")
_ENVELOPED = bytes.fromhex("06092a864886f70d010703")
_PEM = re.compile(rb"\s*-----BEGIN [A-Z0-9 ]{2,30}-----([^-]*)")
_BASE64 = re.compile(rb"[A-Za-z0-9+/=\s]*")
_MAX_LAYERS = 5  # signed twice and sent as base64 of base64 is the most that was seen
MAX_UNPACKED_BYTES = 50_000_000  # a file of 10 MB that packs better than 1 : 5 is XML, of which 25 MB are the most
_STEP_BYTES = 1 << 20


def is_p7m(data: bytes) -> bool:
    """Whether the bytes are a signed or encrypted envelope, as they are or as base64 (once or twice). Looks at the
    beginning only."""
    head = _without_pem(data[:4096])
    for _ in range(3):
        if head[:1] == b"0" and (_SIGNED in head[:40] or _ENVELOPED in head[:40]):
            return True
        head = _decoded(head[: len(head) - len(head) % 4], whole=False) or b""
    return False


def unwrapped(data: bytes, media_type: str) -> tuple[bytes, str]:
    """The bytes inside and their media type; what is no wrapper comes back as it is.

    Raises CorruptFile, EncryptedFile, FileTooLarge, and UnsupportedFormat for what no document may be."""
    from processing.readers.detect import detect_media_type

    for _ in range(_MAX_LAYERS):
        if media_type == media_types.P7M:
            data = _signed_content(data)
        elif media_type == media_types.GZIP:
            data = _gunzipped(data)
        else:
            return data, media_type
        media_type = detect_media_type(data)
    raise UnsupportedFormat("The file is packed in too many layers.")


def _signed_content(data: bytes) -> bytes:
    from asn1crypto import cms

    data = _without_pem(data)
    for _ in range(3):
        if data[:1] == b"0":
            break
        decoded = _decoded(data, whole=True)
        if decoded is None:
            raise CorruptFile("The signed file is damaged: it is neither DER nor base64.")
        data = decoded
    try:
        info = cms.ContentInfo.load(data)
        kind = info["content_type"].native
        if kind in ("enveloped_data", "encrypted_data", "authenticated_enveloped_data"):
            raise EncryptedFile("The file is encrypted for somebody.")
        if kind != "signed_data":
            raise UnsupportedFormat("The file is no signed document.")
        content = info["content"]["encap_content_info"]["content"].native
    except (ValueError, TypeError, KeyError, OverflowError, IndexError) as error:
        raise CorruptFile("The signed file is damaged.") from error
    if not isinstance(content, bytes) or not content:
        raise UnsupportedFormat("The file is a signature alone: the document that it signs is not in it.")
    return content


def _without_pem(data: bytes) -> bytes:
    found = _PEM.match(data)
    return found[1] if found else data


def _decoded(data: bytes, *, whole: bool) -> bytes | None:
    """The bytes of base64 text, None for what is none. Not ``whole``: a piece cut out of a longer text."""
    plain = b"".join(data.split())
    if len(plain) < 16 or not _BASE64.fullmatch(plain):
        return None
    if not whole:
        plain = plain[: len(plain) - len(plain) % 4]
    try:
        return base64.b64decode(plain, validate=True)
    except (binascii.Error, ValueError):
        return None


def _gunzipped(data: bytes) -> bytes:
    unpacker = zlib.decompressobj(31)  # with the header of gzip
    parts: list[bytes] = []
    size = 0
    rest = data
    try:
        while not unpacker.eof:
            part = unpacker.decompress(rest, _STEP_BYTES)
            rest = unpacker.unconsumed_tail
            size += len(part)
            if size > MAX_UNPACKED_BYTES:
                raise FileTooLarge(f"The file unpacks to more than {MAX_UNPACKED_BYTES / 1_000_000:g} MB.")
            if not part and not rest:
                raise CorruptFile("The file is cut off: its end is missing.")
            parts.append(part)
    except zlib.error as error:
        raise CorruptFile("The packed file is damaged.") from error
    return b"".join(parts)
