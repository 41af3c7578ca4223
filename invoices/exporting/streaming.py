"""Answers that are sent while they are made, in flat memory, under ASGI and WSGI."""

from __future__ import annotations

import tempfile
from collections.abc import AsyncIterator, Callable, Iterator
from pathlib import Path
from typing import IO

from asgiref.sync import sync_to_async
from django.core.handlers.asgi import ASGIRequest
from django.http import HttpRequest, StreamingHttpResponse
from django.utils.http import content_disposition_header

_CHUNK_BYTES = 256 * 1024


def streamed(
    request: HttpRequest, chunks: Iterator[bytes], *, content_type: str, filename: str
) -> StreamingHttpResponse:
    """The chunks as a download. Under ASGI Django would gather a plain iterator whole before it sends the first byte;
    each step is therefore asked for by itself, in the thread that holds the database connection."""
    response = StreamingHttpResponse(stepwise(request, chunks), content_type=content_type)
    response.headers["Content-Disposition"] = content_disposition_header(True, filename) or "attachment"
    response.headers["Cache-Control"] = "private, no-store"
    response.headers["X-Content-Type-Options"] = "nosniff"
    return response


def stepwise(request: HttpRequest, chunks: Iterator[bytes]) -> Iterator[bytes] | AsyncIterator[bytes]:
    """The chunks as the server that sent the request can send them one at a time."""
    return _awaited(chunks) if isinstance(request, ASGIRequest) else chunks


async def _awaited(chunks: Iterator[bytes]) -> AsyncIterator[bytes]:
    step = sync_to_async(lambda: next(chunks, None), thread_sensitive=True)
    while (chunk := await step()) is not None:
        yield chunk


def from_file(make: Callable[[], IO[bytes]]) -> Iterator[bytes]:
    """The file that ``make`` gives, in chunks; it is made with the first and closed with the last."""
    with make() as file:
        while chunk := file.read(_CHUNK_BYTES):
            yield chunk


def as_bytes(texts: Iterator[str]) -> Iterator[bytes]:
    for text in texts:
        yield text.encode()


def through_file(write: Callable[[Path], None]) -> Iterator[bytes]:
    """What ``write`` puts into a temporary file, in chunks; for formats that are written from both ends."""
    with tempfile.TemporaryDirectory(prefix="export-") as folder:
        path = Path(folder) / "export"
        write(path)
        with path.open("rb") as file:
            while chunk := file.read(_CHUNK_BYTES):
                yield chunk


def in_chunks(lines: Iterator[bytes], size: int = 64 * 1024) -> Iterator[bytes]:
    """Small pieces gathered, so that each write to the network is worth it."""
    gathered: list[bytes] = []
    length = 0
    for line in lines:
        gathered.append(line)
        length += len(line)
        if length >= size:
            yield b"".join(gathered)
            gathered, length = [], 0
    if gathered:
        yield b"".join(gathered)
