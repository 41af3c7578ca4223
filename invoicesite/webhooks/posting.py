"""One signed message to one address (Standard Webhooks): public addresses only, no redirects, bounded in everything."""

from __future__ import annotations

import ipaddress
import ssl
import time
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from http.client import HTTPException

from django.conf import settings
from standardwebhooks.webhooks import Webhook
from urllib3.exceptions import HTTPError

from processing.net.addresses import Address, UrlForbidden, check_url
from processing.net.connecting import FetchFailed, Line, NotResolved, Resolve, checked_addresses, host_header, resolve

EXCERPT_BYTES = 1000
GONE = 410


@dataclass(frozen=True, slots=True)
class Answer:
    """How an attempt went. ``status`` None: the receiver gave no answer, and ``error`` says why."""

    status: int | None
    error: str
    excerpt: str
    duration_ms: int
    retry_after_seconds: float | None = None

    @property
    def ok(self) -> bool:
        return self.status is not None and 200 <= self.status < 300

    @property
    def gone(self) -> bool:
        return self.status == GONE


def post_message(
    *,
    url: str,
    message_id: str,
    body: bytes,
    secrets: Sequence[str],
    attempt: int,
    resolve: Resolve = resolve,
    tls: ssl.SSLContext | None = None,
) -> Answer:
    """Send ``body``, signed with each of ``secrets``. Never raises for what the other side does."""
    started = time.monotonic()
    deadline = started + float(settings.WEBHOOK_TIMEOUT_SECONDS)
    status, retry_after, excerpt = None, None, ""
    try:
        scheme, host, port, target = check_url(url, allow_http=True)
        addresses = checked_addresses(host, port, scheme, resolve, _inside, deadline)
        if scheme == "http" and not all(_inside(address, port) for address in addresses):
            raise UrlForbidden("Only https addresses are allowed.")
        headers = {
            "Host": host_header(scheme, host, port),
            "User-Agent": "Invoicesite-Webhooks/1",
            "Content-Type": "application/json",
            "Accept-Encoding": "identity",
            "webhook-attempt": str(attempt),
            **signed_headers(message_id=message_id, body=body, secrets=secrets),
        }
        with Line(scheme, host, port, addresses, tls, deadline) as line:
            line.connection.request(
                "POST", target, body=body, headers=headers, preload_content=False, decode_content=False
            )
            response = line.connection.getresponse()
            status, retry_after = response.status, _retry_after(response.headers.get("Retry-After", ""))
            excerpt = response.read(EXCERPT_BYTES, decode_content=False).decode("utf-8", "replace").replace("\x00", "")
            error = "" if 200 <= status < 300 else f"The receiver answered {status}."
    except (UrlForbidden, NotResolved):
        # One answer for both: else inner names could be told from names that nobody knows.
        error = "This address is not allowed or not known: it must be https on the public internet."
    except FetchFailed as failed:
        error = failed.message
    except (HTTPError, HTTPException, OSError, ValueError) as failed:
        late = time.monotonic() >= deadline or isinstance(failed, TimeoutError)
        error = "The receiver did not respond in time." if late else f"No answer ({type(failed).__name__})."
        if status is not None and 200 <= status < 300:
            error = ""  # it took the message; what it said besides is of no matter
    return Answer(status, error, excerpt, round((time.monotonic() - started) * 1000), retry_after)


def signed_headers(*, message_id: str, body: bytes, secrets: Sequence[str]) -> dict[str, str]:
    """``webhook-id``, ``webhook-timestamp`` and ``webhook-signature``, one signature for each secret."""
    now = datetime.now(UTC).replace(microsecond=0)
    text = body.decode()
    signatures = [Webhook(secret).sign(msg_id=message_id, timestamp=now, data=text) for secret in secrets]
    headers = {"webhook-id": message_id, "webhook-timestamp": str(int(now.timestamp()))}
    return headers | ({"webhook-signature": " ".join(signatures)} if signatures else {})


def check_address(url: str) -> None:
    """As far as the text of an address tells. Raises UrlForbidden."""
    scheme, host, port, _ = check_url(url, allow_http=True)
    try:
        literal = ipaddress.ip_address(host)
    except ValueError:
        literal = None
    if literal is not None and not _inside(literal, port):
        checked_addresses(host, port, scheme, lambda host, port: [host], None, time.monotonic() + 1)
    if scheme == "http" and not settings.WEBHOOK_PRIVATE_NETWORKS:
        raise UrlForbidden("Only https:// addresses are allowed.")


def _inside(address: Address, port: int) -> bool:
    """Whether the operator of this site opened the network of an address to webhooks."""
    networks = settings.WEBHOOK_PRIVATE_NETWORKS
    return any(address in network for network in networks if network.version == address.version)


def _retry_after(value: str) -> float | None:
    """Seconds (RFC 9110, 10.2.3): given as such, or as a date."""
    value = value.strip()
    if value.isascii() and value.isdecimal():
        return float(value[:9])
    try:
        until = parsedate_to_datetime(value)
    except (ValueError, TypeError):
        return None
    return max(0.0, ((until if until.tzinfo else until.replace(tzinfo=UTC)) - datetime.now(UTC)).total_seconds())
