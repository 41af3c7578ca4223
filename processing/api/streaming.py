"""Answers that are made while they are sent."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from django.http import StreamingHttpResponse
from rest_framework.request import Request

from invoices.exporting.streaming import as_bytes, in_chunks, stepwise

PORTION_BYTES = 64 * 1024


def streamed(request: Request, parts: Iterable[str], *, content_type: str) -> StreamingHttpResponse:
    """Sends text as it comes. Under ASGI Django would take in a plain iterator whole before the first byte."""
    portions = in_chunks(as_bytes(iter(parts)), PORTION_BYTES)
    return StreamingHttpResponse(stepwise(request._request, portions), content_type=content_type)


def json_list(entries: Iterable[Any], dump: Any) -> Iterator[str]:
    """A JSON list, entry by entry."""
    before = "[\n"
    for entry in entries:
        yield before + dump(entry)
        before = ",\n"
    yield "[]\n" if before == "[\n" else "\n]\n"
