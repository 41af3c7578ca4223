"""Connecting to an address that somebody gave us: to the public internet only, bounded in time.

A host's name is resolved once, every address it has is checked, and the connection is made to an address that was
checked. Sources: OWASP's cheat sheet on server-side request forgery.
"""

from __future__ import annotations

import ipaddress
import os
import socket
import ssl
import threading
import time
from collections.abc import Callable

from urllib3.connection import HTTPConnection, HTTPSConnection

from common.errors import InvoicesiteError
from processing.net.addresses import Address, UrlForbidden, is_public

STEP_SECONDS = 10.0  # to connect, and between two pieces
MAX_ADDRESSES_TRIED = 3

Resolve = Callable[[str, int], list[str]]
Permit = Callable[[Address, int], bool]


class FetchFailed(InvoicesiteError):
    """The server of the address could not be reached, or did not give a file."""

    code = "url_unreachable"
    http_status = 422
    permanent = False
    default_message = "Could not fetch the file."


class NotResolved(FetchFailed):
    """The host's name has no address."""

    default_message = "The host name could not be resolved."


def resolve(host: str, port: int) -> list[str]:
    """All addresses of a host."""
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return list(dict.fromkeys(str(entry[4][0]) for entry in found))


def checked_addresses(
    host: str, port: int, scheme: str, resolve: Resolve, permit: Permit | None, deadline: float
) -> list[Address]:
    """The addresses of a host, all of which may be connected to: one that may not makes all of them suspect."""
    found: list[Address] = []
    for text in _resolved(host, port, resolve, deadline):
        try:
            address = ipaddress.ip_address(text)
        except ValueError:
            raise UrlForbidden from None
        if permit is None or not permit(address, port):
            if not is_public(address):
                raise UrlForbidden("Files are fetched from public addresses only.")
            if port != (443 if scheme == "https" else 80):
                raise UrlForbidden("Files are fetched from ports 443 (https) and 80 (http) only.")
        found.append(address)
    if not found:
        raise NotResolved
    return found[:MAX_ADDRESSES_TRIED]


def _resolved(host: str, port: int, resolve: Resolve, deadline: float) -> list[str]:
    # The system's resolver knows no deadline: it works in a thread that is left behind when it is late.
    answers: list[list[str]] = []

    def ask() -> None:
        try:
            answers.append(resolve(host, port))
        except (OSError, UnicodeError):
            answers.append([])

    thread = threading.Thread(target=ask, daemon=True)
    thread.start()
    thread.join(max(0.0, min(STEP_SECONDS, deadline - time.monotonic())))
    if not answers:
        raise FetchFailed("The name server did not respond in time.")
    return answers[0]


def host_header(scheme: str, host: str, port: int) -> str:
    """The value of ``Host`` (RFC 9110, 7.2)."""
    shown = f"[{host}]" if ":" in host else host
    return shown if port == (443 if scheme == "https" else 80) else f"{shown}:{port}"


class Line:
    """A connection to one of ``addresses`` under the name ``host``, cut at the deadline whatever it is doing."""

    def __init__(
        self,
        scheme: str,
        host: str,
        port: int,
        addresses: list[Address],
        tls: ssl.SSLContext | None,
        deadline: float,
    ) -> None:
        self.addresses, self.port, self.deadline = addresses, port, deadline
        self.watched: socket.socket | None = None
        timeout = min(STEP_SECONDS, max(0.1, deadline - time.monotonic()))
        if scheme == "https":
            context = tls or ssl.create_default_context()
            connection: HTTPConnection = _PinnedTls(
                host, port, timeout=timeout, server_hostname=host, assert_hostname=host, ssl_context=context
            )
        else:
            connection = _Pinned(host, port, timeout=timeout)
        connection.dial = self._dial  # type: ignore[attr-defined]
        self.connection = connection
        self.timer = threading.Timer(max(0.0, deadline - time.monotonic()), self._cut)
        self.timer.daemon = True

    def __enter__(self) -> Line:
        self.timer.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.timer.cancel()
        self.connection.close()
        if self.watched is not None:
            self.watched.close()

    def _dial(self) -> socket.socket:
        problem: OSError = OSError("no address")
        for address in self.addresses:
            left = self.deadline - time.monotonic()
            if left <= 0:
                raise TimeoutError
            try:
                line = socket.create_connection((str(address), self.port), timeout=min(STEP_SECONDS, left))
            except OSError as error:
                problem = error
                continue
            # A second handle on the same line: TLS takes the first one over.
            self.watched = socket.socket(fileno=os.dup(line.fileno()))
            return line
        raise problem

    def _cut(self) -> None:
        if self.watched is not None:
            try:
                self.watched.shutdown(socket.SHUT_RDWR)
            except OSError:  # it has ended by itself
                return


class _Pinned(HTTPConnection):
    dial: Callable[[], socket.socket]

    def _new_conn(self) -> socket.socket:
        return self.dial()


class _PinnedTls(HTTPSConnection):
    dial: Callable[[], socket.socket]

    def _new_conn(self) -> socket.socket:
        return self.dial()
