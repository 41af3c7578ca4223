"""Messages between the parent and its reader processes: a JSON header and a run of bytes. Pure.

JSON, not pickle: a reader that a hostile document has taken over can send wrong data, but no code.
"""

from __future__ import annotations

import json
import socket
import struct
import time
from typing import Any

from processing.readers.ocr import OcrResult, OcrWord

Header = dict[str, Any]

_LENGTHS = struct.Struct(">IQ")
_MAX_HEADER_BYTES = 32_000_000  # the words of a picture are in a header
_CHUNK = 1 << 20


class Closed(Exception):
    """The other side is gone."""


def send(sock: socket.socket, header: Header, data: bytes = b"", *, deadline: float | None = None) -> None:
    """Writes one message. Raises Closed, and TimeoutError past ``deadline`` (of ``time.monotonic``)."""
    head = json.dumps(header).encode()
    sock.settimeout(_left(deadline))
    try:
        sock.sendall(_LENGTHS.pack(len(head), len(data)) + head)
        if data:
            sock.settimeout(_left(deadline))
            sock.sendall(data)
    except TimeoutError:
        raise
    except OSError as error:
        raise Closed from error


def receive(sock: socket.socket, *, max_bytes: int, deadline: float | None = None) -> tuple[Header, bytes]:
    """Reads one message of at most ``max_bytes``. Raises Closed, TimeoutError past ``deadline``, ValueError."""
    head_bytes, data_bytes = _LENGTHS.unpack(_exactly(sock, _LENGTHS.size, deadline))
    if head_bytes > _MAX_HEADER_BYTES or data_bytes > max_bytes:
        raise ValueError("a message larger than allowed")
    header = json.loads(_exactly(sock, head_bytes, deadline))
    if not isinstance(header, dict):
        raise ValueError("a message without a header")
    return header, bytes(_exactly(sock, data_bytes, deadline))


def _exactly(sock: socket.socket, size: int, deadline: float | None) -> bytearray:
    buffer = bytearray()
    while len(buffer) < size:
        sock.settimeout(_left(deadline))
        try:
            part = sock.recv(min(_CHUNK, size - len(buffer)))
        except TimeoutError:
            raise
        except OSError as error:
            raise Closed from error
        if not part:
            raise Closed
        buffer += part
    return buffer


def _left(deadline: float | None) -> float | None:
    if deadline is None:
        return None
    left = deadline - time.monotonic()
    if left <= 0:
        raise TimeoutError
    return left


def ocr_answer(result: OcrResult) -> Header:
    """What an engine saw, as a header."""
    words = [[word.text, [c for point in word.corners for c in point], word.score] for word in result.words]
    return {"status": "ok", "words": words, "quarter_turns": result.quarter_turns, "skew_degrees": result.skew_degrees}


def ocr_result(header: Header) -> OcrResult:
    """The inverse of ``ocr_answer``. Raises ValueError, TypeError or KeyError for what is none."""
    words = []
    for text, corners, score in header["words"]:
        x0, y0, x1, y1, x2, y2, x3, y3 = (float(c) for c in corners)
        words.append(OcrWord(str(text), ((x0, y0), (x1, y1), (x2, y2), (x3, y3)), float(score)))
    return OcrResult(tuple(words), int(header["quarter_turns"]) % 4, float(header["skew_degrees"]))
