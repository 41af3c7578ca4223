"""Answers that are made while they are sent."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterable, Iterator
from typing import Any

from asgiref.sync import sync_to_async
from django.core.handlers.asgi import ASGIRequest
from django.http import StreamingHttpResponse
from rest_framework.request import Request

PORTION_BYTES = 64 * 1024


def streamed(request: Request, parts: Iterable[str], *, content_type: str) -> StreamingHttpResponse:
    """Sends text as it comes. Under ASGI Django would take in a plain iterator whole before the first byte."""
    portions = _portions(parts)
    asynchronous = isinstance(request._request, ASGIRequest)
    return StreamingHttpResponse(_awaited(portions) if asynchronous else portions, content_type=content_type)


def json_list(entries: Iterable[Any], dump: Any) -> Iterator[str]:
    """A JSON list, entry by entry."""
    before = "[\n"
    for entry in entries:
        yield before + dump(entry)
        before = ",\n"
    yield "[]\n" if before == "[\n" else "\n]\n"


def _portions(parts: Iterable[str]) -> Iterator[bytes]:
    kept: list[bytes] = []
    size = 0
    for part in parts:
        kept.append(part.encode())
        size += len(kept[-1])
        if size >= PORTION_BYTES:
            yield b"".join(kept)
            kept, size = [], 0
    if kept:
        yield b"".join(kept)


async def _awaited(portions: Iterator[bytes]) -> AsyncIterator[bytes]:
    while (portion := await _next(portions)) is not None:
        yield portion


@sync_to_async
def _next(portions: Iterator[bytes]) -> bytes | None:
    return next(portions, None)
