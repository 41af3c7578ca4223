"""How often somebody may ask: counted in one row of PostgreSQL a limit, so that all processes share it.

Not in Django's cache: without Redis it is a cache a process, and with it the throttles of Django REST framework read,
add and write back, so that requests at the same moment count as one. Here one statement decides and counts. The
algorithm is the leaky bucket as a meter (GCRA, ITU-T I.371): ``full_at`` is when the bucket will be empty again, and a
request is let in while that lies within one period from now. The table is unlogged: a crash of the database empties it.
"""

from __future__ import annotations

import ipaddress
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.db import connection
from rest_framework.permissions import SAFE_METHODS
from rest_framework.request import Request
from rest_framework.throttling import BaseThrottle

from invoicesite.accounts.models import ApiKey

if TYPE_CHECKING:
    from rest_framework.views import APIView

Rate = tuple[int, int]  # how often in how many seconds

# Of the rate of its owner: one integration that runs wild leaves room for the others, and for the person.
KEY_SHARE = 0.5

_TAKE = """
INSERT INTO accounts_meter AS m (key, full_at) VALUES (%(key)s, statement_timestamp() + %(step)s)
ON CONFLICT (key) DO UPDATE SET full_at = GREATEST(m.full_at, statement_timestamp()) + %(step)s
WHERE m.full_at <= statement_timestamp() + %(room)s
RETURNING 1
"""
_WAIT = "SELECT EXTRACT(EPOCH FROM full_at - statement_timestamp() - %(room)s) FROM accounts_meter WHERE key = %(key)s"


def take(key: str, rate: Rate) -> float:
    """Count one request. 0.0 where it is within the limit; else the seconds until the next one is, and nothing is
    counted."""
    values = _values(key, rate)
    with connection.cursor() as cursor:
        cursor.execute(_TAKE, values)
        return 0.0 if cursor.rowcount == 1 else _wait(cursor, values)


def wait_of(key: str, rate: Rate) -> float:
    """Seconds until the next request is within the limit; 0.0 where it is now. Counts nothing."""
    with connection.cursor() as cursor:
        return _wait(cursor, _values(key, rate))


def address_of(request: Any) -> str:
    """Who asks, as far as the connection tells: an IPv4 address or the /64 of an IPv6 one, which is one customer's
    (RFC 6177). What a proxy adds is applied by the server, which knows the proxies that it trusts."""
    given = request.META.get("REMOTE_ADDR") or "unknown"
    try:
        address = ipaddress.ip_address(given)
    except ValueError:
        return str(given)[:60]
    if isinstance(address, ipaddress.IPv6Address):
        if address.ipv4_mapped is not None:
            return str(address.ipv4_mapped)
        return str(ipaddress.ip_network((address, 64), strict=False))
    return str(address)


class Limits(BaseThrottle):
    """Every view: its ``throttle_scope``, or ``read`` and ``submit`` by the method. A person's limit is shared by all
    that the person does; a key has one of its own within it; who is not signed in is counted by address."""

    def __init__(self) -> None:
        self._wait_seconds = 0.0

    def allow_request(self, request: Request, view: APIView) -> bool:
        scope = getattr(view, "throttle_scope", None) or ("read" if request.method in SAFE_METHODS else "submit")
        rate: Rate | None = settings.API_RATES[scope]
        if rate is None:
            return True
        for who, limit in self._limits(request, scope, rate):
            self._wait_seconds = take(f"{scope}:{who}", limit)
            if self._wait_seconds > 0:
                return False
        return True

    def wait(self) -> float:
        return self._wait_seconds

    def _limits(self, request: Request, scope: str, rate: Rate) -> list[tuple[str, Rate]]:
        if scope == "sign_in" or not request.user.is_authenticated:
            return [(f"address:{address_of(request)}", rate)]
        own = [(f"user:{request.user.pk}", rate)]
        if isinstance(request.auth, ApiKey):
            own.insert(0, (f"key:{request.auth.pk}", (max(1, int(rate[0] * KEY_SHARE)), rate[1])))
        return own


def _values(key: str, rate: Rate) -> dict[str, Any]:
    count, seconds = rate
    return {
        "key": key[:120],
        "step": timedelta(seconds=seconds / count),
        "room": timedelta(seconds=seconds - seconds / count),
    }


def _wait(cursor: Any, values: dict[str, Any]) -> float:
    cursor.execute(_WAIT, values)
    row = cursor.fetchone()
    return max(0.0, float(row[0])) if row else 0.0
