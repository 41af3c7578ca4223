"""Times in the zone of the person: as chosen in the profile, else as the browser says, else UTC."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from urllib.parse import unquote
from zoneinfo import ZoneInfo, available_timezones

from django.http import HttpRequest, HttpResponse
from django.utils import timezone

CHOSEN = "time_zone"  # in the session, and in a cookie that outlives it
DETECTED = "browser_time_zone"
YEAR_SECONDS = 365 * 24 * 3600


def zone_of(request: HttpRequest) -> str:
    """A name of the IANA database."""
    cookies = request.COOKIES
    for name in (cookies.get(CHOSEN, ""), unquote(cookies.get(DETECTED, ""))):
        if name in zone_names():
            return name
    return "UTC"


@cache
def zone_names() -> frozenset[str]:
    """The names that people may choose; those without a slash are old, but UTC."""
    return frozenset(name for name in available_timezones() if "/" in name or name == "UTC")


def in_zone_of_person(get_response: Callable[[HttpRequest], HttpResponse]) -> Callable[[HttpRequest], HttpResponse]:
    """Middleware. The API and the machines speak UTC."""

    def middleware(request: HttpRequest) -> HttpResponse:
        if request.path.startswith("/api/"):
            return get_response(request)
        with timezone.override(ZoneInfo(zone_of(request))):
            return get_response(request)

    return middleware
