"""ETags of details: who has the newest state is told so, without a body (RFC 9110, 13.1.2)."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from typing import Any

from django.utils.http import parse_etags
from drf_spectacular.utils import OpenApiParameter, OpenApiResponse
from rest_framework.request import Request
from rest_framework.response import Response

from common.api.rendering import QuickJSON

IF_NONE_MATCH = OpenApiParameter(
    "If-None-Match", str, OpenApiParameter.HEADER, description="An ETag that you have: 304 while nothing has changed."
)
NOT_MODIFIED = OpenApiResponse(description="Nothing has changed since the ETag that you sent.")


def conditional(request: Request, data: Any, *, headers: Mapping[str, str] | None = None) -> Response:
    """The answer with its ETag, or 304. The tag is of the very bytes: whatever is shown cannot change without it."""
    digest = hashlib.sha256(QuickJSON().render(data)).hexdigest()[:32]
    # Weak, because the answer may be compressed on its way.
    etag = f'W/"{digest}"'
    all_headers = {**(headers or {}), "ETag": etag, "Cache-Control": "private, no-cache"}
    known = parse_etags(request.headers.get("If-None-Match", ""))
    if "*" in known or digest in {tag.removeprefix("W/").strip('"') for tag in known}:
        return Response(status=304, headers=all_headers)
    return Response(data, headers=all_headers)
