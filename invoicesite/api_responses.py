"""What happens to answers of the API on their way out."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.middleware.gzip import GZipMiddleware

_WORTH_IT = ("application/json", "application/problem+json", "application/x-ndjson", "application/xml", "text/")
# Answers with secrets in them keep their length to themselves (BREACH): tokens, keys. Pages have CSRF tokens in them
# and are not compressed at all.
_SECRET = "/api/v1/auth/"  # noqa: S105  # a path


class ApiGZip(GZipMiddleware):
    """Compresses text that the API answers with; the bytes of documents and pictures are compressed already."""

    def process_response(self, request: HttpRequest, response: Any) -> HttpResponseBase:
        path = request.path
        if not path.startswith("/api/") or path.startswith(_SECRET) or path == "/api/docs/":
            return response  # type: ignore[no-any-return]
        if not response.headers.get("Content-Type", "").startswith(_WORTH_IT):
            return response  # type: ignore[no-any-return]
        compressed: HttpResponseBase = super().process_response(request, response)
        return compressed
