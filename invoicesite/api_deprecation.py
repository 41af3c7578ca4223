"""Registry of deprecated endpoints and fields, announced by every answer of theirs and in the schema.

An endpoint, or a field in what it answers, stays for at least half a year after it was announced.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.utils.http import http_date

_PARAMETER = re.compile(r"<[^>]*>|\{[^}]*\}")


@dataclass(frozen=True, slots=True)
class Deprecated:
    """``path`` as in the schema (``/api/v1/invoices/{id}/``), with all its methods unless some are named. With
    ``field`` (``InvoiceRow.method``: component and property) it is that field of its answers. ``about`` is where people
    read what to do instead; from ``sunset`` on it may be gone."""

    path: str
    since: datetime
    sunset: datetime
    about: str
    methods: tuple[str, ...] = ()
    field: str = ""

    def covers(self, method: str, path: str) -> bool:
        return _plain(self.path) == _plain(path) and (not self.methods or method.upper() in self.methods)

    def headers(self) -> dict[str, str]:
        """RFC 9745 (a date of RFC 9651: ``@`` and seconds), RFC 8594."""
        return {
            "Deprecation": f"@{int(self.since.timestamp())}",
            "Sunset": http_date(self.sunset.timestamp()),
            "Link": f'<{self.about}>; rel="deprecation"; type="text/html"',
        }


DEPRECATED: list[Deprecated] = []


def announce_deprecations(get_response: Callable[[HttpRequest], Any]) -> Callable[[HttpRequest], HttpResponseBase]:
    """Middleware."""

    def middleware(request: HttpRequest) -> HttpResponseBase:
        response: HttpResponseBase = get_response(request)
        match = request.resolver_match if DEPRECATED else None
        for each in DEPRECATED:
            if match is not None and each.covers(request.method or "", f"/{match.route}"):
                for name, value in each.headers().items():
                    others = response.headers.get(name) if name == "Link" else None
                    response.headers[name] = f"{others}, {value}" if others else value
        return response

    return middleware


def is_deprecated(method: str, path: str) -> bool:
    """Whether the operation itself is going to go."""
    return any(not each.field and each.covers(method, path) for each in DEPRECATED)


def mark_fields(result: dict[str, Any], **_: Any) -> dict[str, Any]:
    """Hook of drf-spectacular. Raises KeyError for a field that the schema does not have."""
    for each in DEPRECATED:
        if each.field:
            component, field = each.field.split(".")
            result["components"]["schemas"][component]["properties"][field]["deprecated"] = True
    return result


def _plain(path: str) -> str:
    return _PARAMETER.sub("{}", path)
