"""Who asks where proxies stand between: one setting, ``TRUSTED_PROXIES``, for limits, sign-in, logs, closed pages."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from ipaddress import IPv4Address, IPv6Address, ip_address
from secrets import compare_digest
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.http.response import HttpResponseBase

from invoicesite.env import Network

Address = IPv4Address | IPv6Address

# As proxies make them; what else stands there has no business in a log.
_REQUEST_ID = re.compile(r"[A-Za-z0-9._-]{8,128}")
# What a proxy says of its client. Of anybody else it is what a client made up.
_SAID_BY_PROXIES = ("HTTP_X_FORWARDED_FOR", "HTTP_X_FORWARDED_PROTO", "HTTP_X_FORWARDED_HOST", "HTTP_X_REAL_IP")


def address_behind_proxies(
    get_response: Callable[[HttpRequest], HttpResponseBase],
) -> Callable[[HttpRequest], HttpResponseBase]:
    """Middleware, the first: ``REMOTE_ADDR`` is the client's address, as the trusted proxies tell it.

    Of ``X-Forwarded-For`` the last address that is no trusted proxy's counts: what stands before it, the client may
    have written itself. Without ``TRUSTED_PROXIES`` nothing changes.
    """

    def middleware(request: HttpRequest) -> HttpResponseBase:
        trusted: Sequence[Network] = settings.TRUSTED_PROXIES
        if not is_within(str(request.META.get("REMOTE_ADDR", "")), trusted) or not _REQUEST_ID.fullmatch(
            request.META.get("HTTP_X_REQUEST_ID", "")
        ):
            request.META.pop("HTTP_X_REQUEST_ID", None)  # one of our own is made
        if trusted:
            given = str(request.META.get("REMOTE_ADDR", ""))
            if is_within(given, trusted):
                request.META["REMOTE_ADDR"] = _client(request.META.get("HTTP_X_FORWARDED_FOR", ""), given, trusted)
                # Nobody after this asks for the chain again.
                request.META.pop("HTTP_X_FORWARDED_FOR", None)
            else:
                for name in _SAID_BY_PROXIES:
                    request.META.pop(name, None)
        return get_response(request)

    return middleware


def is_within(address: str, networks: Iterable[Network]) -> bool:
    """Whether the address is one of the networks'; never where it is none."""
    found = _parsed(address)
    return found is not None and any(found in network for network in networks)


def may_read_metrics(meta: Mapping[str, Any]) -> bool:
    """Who may read ``/metrics``: who shows ``METRICS_TOKEN`` as a bearer, and who asks from ``METRICS_NETWORKS``
    itself, not through a proxy that nobody named. ``meta`` is as a request's."""
    token = settings.METRICS_TOKEN
    shown = str(meta.get("HTTP_AUTHORIZATION", "")).removeprefix("Bearer ")
    if token and compare_digest(shown.encode(), token.encode()):
        return True
    if "HTTP_X_FORWARDED_FOR" in meta:
        return False
    return is_within(str(meta.get("REMOTE_ADDR", "")), settings.METRICS_NETWORKS)


def _client(chain: str, otherwise: str, trusted: Sequence[Network]) -> str:
    for word in reversed([part.strip() for part in chain.split(",") if part.strip()]):
        found = _parsed(word)
        if found is None:
            return otherwise
        if not any(found in network for network in trusted):
            return str(found)
        otherwise = str(found)
    return otherwise


def _parsed(text: str) -> Address | None:
    """An address as proxies write it: plain, in brackets, with a port."""
    plain = text.partition("%")[0]
    if plain.startswith("["):
        plain = plain[1:].partition("]")[0]
    elif plain.count(":") == 1:
        plain = plain.partition(":")[0]
    try:
        found = ip_address(plain)
    except ValueError:
        return None
    mapped = found.ipv4_mapped if isinstance(found, IPv6Address) else None
    return mapped or found
