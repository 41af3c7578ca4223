"""Text out of bytes whose encoding nobody states. Pure."""

from __future__ import annotations

import codecs

_BOMS: tuple[tuple[bytes, str], ...] = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),  # before UTF-16: its mark begins with that of UTF-16
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
# Bytes that no text holds; 0x1A ends files of old systems, 0x0C parts their pages, 0x1B switches printers.
_CONTROL = bytes(b for b in range(32) if b not in b"\t\n\r\x0b\x0c\x1a\x1b") + b"\x7f"


def looks_binary(data: bytes) -> bool:
    """Whether single-byte text is out of the question: NUL bytes, or more than a few other control bytes."""
    if b"\x00" in data:
        return True
    return len(data) - len(data.translate(None, _CONTROL)) > len(data) * 0.01


def text_encoding(data: bytes) -> str | None:
    """The encoding of a text: a byte order mark, UTF-16 without one, UTF-8, or Windows-1252 (which takes Latin-1 with
    it). None for bytes that are no text."""
    for bom, name in _BOMS:
        if data.startswith(bom):
            return name
    head = data[:4096]
    even, odd = head[0::2].count(0), head[1::2].count(0)
    half = len(head) // 2
    if half >= 4 and odd > half * 0.6 and even < half * 0.05:
        return "utf-16-le"
    if half >= 4 and even > half * 0.6 and odd < half * 0.05:
        return "utf-16-be"
    if looks_binary(data):
        return None
    try:
        # Not final: a head may be cut within a character.
        codecs.getincrementaldecoder("utf-8")().decode(data)
    except UnicodeDecodeError:
        return "cp1252"
    return "utf-8"


def decode_head(data: bytes, size: int) -> str | None:
    """The beginning of a text, None for what is no text."""
    head = data[: size - size % 4]
    encoding = text_encoding(head)
    return None if encoding is None else _decode(head, encoding)


def _decode(data: bytes, encoding: str) -> str:
    # "replace": one broken byte must not hide a whole document; U+FFFD shows where it was.
    text = data.decode(encoding, errors="replace").removeprefix("\ufeff")
    return text.replace("\x00", "\ufffd") if "\x00" in text else text
