"""Bodies that are too large are refused before they are read: by their declared length, and while they stream in."""

from __future__ import annotations

import json
from collections.abc import Awaitable, Callable, Mapping
from typing import IO, Any

from django.conf import settings
from django.core.files.uploadhandler import FileUploadHandler, StopUpload
from django.http import HttpRequest, HttpResponse

from invoicesite.api_errors import CONTENT_TYPE, problem_response
from processing.errors import FileTooLarge

_MEGABYTE = 1024 * 1024
# The other fields and the boundaries of a form; also the room of requests that carry no file.
_OVERHEAD_BYTES = _MEGABYTE

Scope = dict[str, Any]
Message = Mapping[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]
Application = Callable[[Scope, Receive, Send], Awaitable[None]]


def max_file_bytes() -> int:
    """The largest file of any kind; what a kind allows is checked when the kind is known."""
    return max(settings.MAX_INVOICE_MB, settings.MAX_RATE_CARD_MB) * _MEGABYTE


def max_body_bytes() -> int:
    """A file as base64 in JSON is a third larger than the file."""
    return max_file_bytes() * 4 // 3 + _OVERHEAD_BYTES


def too_large() -> FileTooLarge:
    return FileTooLarge(f"A request may contain a file of at most {max_file_bytes() // _MEGABYTE} MB.")


class CappedUploads(FileUploadHandler):
    """Counts the bytes of the files of a form as they come, and stops at the largest that could be taken."""

    def __init__(self, request: HttpRequest | None = None) -> None:
        super().__init__(request)
        self.received_bytes = 0

    def handle_raw_input(
        self,
        input_data: IO[bytes],
        META: dict[str, Any],
        content_length: int,
        boundary: str,
        encoding: str | None = None,
    ) -> None:
        if content_length > max_file_bytes() + _OVERHEAD_BYTES:
            raise too_large()

    def receive_data_chunk(self, raw_data: bytes, start: int) -> bytes:
        self.received_bytes += len(raw_data)
        if self.received_bytes > max_file_bytes():
            raise StopUpload(connection_reset=True) if self._is_plain_form() else too_large()
        return raw_data

    def file_complete(self, file_size: int) -> None:
        return None

    def _is_plain_form(self) -> bool:
        return self.request is not None and not self.request.path.startswith("/api/")


def body_limit(get_response: Any) -> Any:
    """Middleware: a declared length above every limit is answered at once."""

    def middleware(request: HttpRequest) -> HttpResponse:
        declared = request.META.get("CONTENT_LENGTH") or "0"
        if not declared.isdecimal() or int(declared) <= max_body_bytes():
            response: HttpResponse = get_response(request)
            return response
        return problem_response(too_large())

    return middleware


class _TooLarge(Exception):
    pass


def limit_bodies(application: Application) -> Application:
    """ASGI: Django's handler takes in a body whole before any middleware runs, so that one without a declared length,
    or with a false one, must be cut off here."""

    async def limited(scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            return await application(scope, receive, send)
        limit, received, started = max_body_bytes(), 0, False

        async def counted() -> Message:
            nonlocal received
            message = await receive()
            received += len(message.get("body", b""))
            if received > limit:
                raise _TooLarge
            return message

        async def noted(message: Message) -> None:
            nonlocal started
            started = True
            await send(message)

        declared = dict(scope["headers"]).get(b"content-length", b"0")
        try:
            if declared.isdigit() and int(declared) > limit:
                raise _TooLarge
            await application(scope, counted, noted)
        except _TooLarge:
            if not started:
                await _refuse(send)

    return limited


async def _refuse(send: Send) -> None:
    error = too_large()
    body = json.dumps(
        {
            "type": f"urn:invoicesite:error:{error.code}",
            "title": "Content Too Large",
            "status": error.http_status,
            "detail": error.message,
            "code": error.code,
            "request_id": "",
        }
    ).encode()
    headers = [(b"content-type", CONTENT_TYPE.encode()), (b"connection", b"close")]
    await send({"type": "http.response.start", "status": error.http_status, "headers": headers})
    await send({"type": "http.response.body", "body": body})
