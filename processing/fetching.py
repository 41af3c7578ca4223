"""Fetching a document from an address that somebody gave us: from the public internet only, bounded in everything.

A host's name is resolved once, every address it has is checked, and the connection is made to an address that was
checked. Redirects go the same way. Sources: OWASP's cheat sheet on server-side request forgery.
"""

from __future__ import annotations

import ipaddress
import os
import socket
import ssl
import threading
import time
import zlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from email.message import Message
from http.client import HTTPException
from pathlib import PurePosixPath
from typing import Any
from urllib.parse import unquote, urljoin, urlsplit

from urllib3.connection import HTTPConnection, HTTPSConnection
from urllib3.exceptions import HTTPError
from urllib3.response import BaseHTTPResponse

from invoices.errors import InvoicesiteError
from processing.addresses import Address, UrlForbidden, check_url, is_public
from processing.errors import FileTooLarge
from processing.files import SUFFIXES

TOTAL_SECONDS = 30.0  # from the first question to the name server to the last byte
STEP_SECONDS = 10.0  # to connect, and between two pieces
MAX_REDIRECTS = 5
MAX_ADDRESSES_TRIED = 3
_CHUNK_BYTES = 64 * 1024
_REDIRECTS = frozenset({301, 302, 303, 307, 308})

Resolve = Callable[[str, int], list[str]]
Permit = Callable[[Address, int], bool]


class FetchFailed(InvoicesiteError):
    """The server of the address could not be reached, or did not give a file."""

    code = "url_unreachable"
    http_status = 422
    permanent = False
    default_message = "The file could not be fetched."


@dataclass(frozen=True, slots=True)
class Fetched:
    """``filename`` and ``content_type`` are what the other side says: to be compared with the content, not trusted."""

    data: bytes
    filename: str
    content_type: str
    url: str


def resolve(host: str, port: int) -> list[str]:
    """All addresses of a host."""
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return list(dict.fromkeys(str(entry[4][0]) for entry in found))


def fetch_url(
    url: str,
    *,
    max_bytes: int,
    allow_http: bool = False,
    total_seconds: float = TOTAL_SECONDS,
    resolve: Resolve = resolve,
    permit: Permit | None = None,
    tls: ssl.SSLContext | None = None,
) -> Fetched:
    """The file at ``url``, at most ``max_bytes`` of it, also after unpacking what the server packed.

    ``resolve``, ``permit`` (addresses and ports that are allowed besides public ones and 443 or 80) and ``tls`` are
    for callers with a network of their own, as tests are. Raises UrlForbidden, FetchFailed and FileTooLarge.
    """
    deadline = time.monotonic() + total_seconds
    for _ in range(MAX_REDIRECTS + 1):
        scheme, host, port, target = check_url(url, allow_http=allow_http)
        addresses = _checked_addresses(host, port, scheme, resolve, permit, deadline)
        answer = _request(scheme, host, port, target, addresses, tls, deadline, max_bytes)
        if isinstance(answer, Fetched):
            return Fetched(answer.data, answer.filename or _name_in(url), answer.content_type, url)
        url = urljoin(url, answer)
    raise FetchFailed("The address redirects too often.")


def _checked_addresses(
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
                raise UrlForbidden("Nothing is fetched from addresses that are not public.")
            if port != (443 if scheme == "https" else 80):
                raise UrlForbidden("Nothing is fetched from other ports than 443 (https) and 80 (http).")
        found.append(address)
    if not found:
        raise FetchFailed("The name of the host is not known.")
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
        raise FetchFailed("The name server did not answer in time.")
    return answers[0]


def _request(
    scheme: str,
    host: str,
    port: int,
    target: str,
    addresses: list[Address],
    tls: ssl.SSLContext | None,
    deadline: float,
    max_bytes: int,
) -> Fetched | str:
    """The file, or where it is said to be instead."""
    shown = f"[{host}]" if ":" in host else host
    headers = {
        "Host": shown if port == (443 if scheme == "https" else 80) else f"{shown}:{port}",
        "User-Agent": "Invoicesite",
        "Accept": "*/*",
        "Accept-Encoding": "identity",
    }
    with _Line(scheme, host, port, addresses, tls, deadline) as line:
        try:
            line.connection.request("GET", target, headers=headers, preload_content=False, decode_content=False)
            response = line.connection.getresponse()
            if response.status in _REDIRECTS and response.headers.get("Location"):
                return str(response.headers["Location"])
            if response.status != 200:
                raise FetchFailed(f"The server answered {response.status}.")
            return Fetched(
                data=_body(response, max_bytes, deadline),
                filename=_name_given(response.headers.get("Content-Disposition", "")),
                content_type=response.headers.get("Content-Type", ""),
                url="",
            )
        except (HTTPError, HTTPException, OSError, ValueError) as error:
            late = "in time" if time.monotonic() >= deadline else f"as it should ({type(error).__name__})"
            raise FetchFailed(f"The server did not answer {late}.") from error


class _Line:
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

    def __enter__(self) -> _Line:
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


def _body(response: BaseHTTPResponse, max_bytes: int, deadline: float) -> bytes:
    declared = response.headers.get("Content-Length", "")
    if declared.isdecimal() and int(declared) > max_bytes:
        raise _too_large(max_bytes)
    encoding = response.headers.get("Content-Encoding", "identity").strip().lower()
    pieces: list[bytes] = []
    size = 0
    for piece in _unpacked(response.stream(_CHUNK_BYTES, decode_content=False), encoding):
        size += len(piece)
        if size > max_bytes:
            raise _too_large(max_bytes)
        if time.monotonic() >= deadline:
            raise TimeoutError
        pieces.append(piece)
    return b"".join(pieces)


def _unpacked(chunks: Iterator[bytes], encoding: str) -> Iterator[bytes]:
    """Pieces of bounded size, so that a bomb is noticed after its first megabyte and not after its last."""
    if encoding in ("", "identity"):
        yield from chunks
        return
    if encoding not in ("gzip", "x-gzip", "deflate"):
        raise FetchFailed("The server packed the file in a way that is not known.")
    unpacker: Any = zlib.decompressobj(wbits=47 if encoding != "deflate" else 15)
    try:
        for chunk in chunks:
            rest = chunk
            while rest:
                piece = unpacker.decompress(rest, _CHUNK_BYTES)
                rest = unpacker.unconsumed_tail
                if piece:
                    yield piece
                if unpacker.eof:
                    return
    except zlib.error as error:
        raise FetchFailed("The server packed the file wrongly.") from error
    if not unpacker.eof:
        raise FetchFailed("The server stopped before the end of the file.")


def _too_large(max_bytes: int) -> FileTooLarge:
    return FileTooLarge(f"The file at this address is larger than {max_bytes / 1_000_000:g} MB.")


def _name_given(disposition: str) -> str:
    """The file name of a Content-Disposition header (RFC 6266), also in its encoded form."""
    message = Message()
    message["Content-Disposition"] = disposition.replace("\r", "").replace("\n", "")
    try:
        return message.get_filename("") or ""
    except (ValueError, LookupError):
        return ""


def _name_in(url: str) -> str:
    """The last step of the path, where it is named like a document: ``download.php`` says nothing of the file."""
    name = PurePosixPath(unquote(urlsplit(url).path)).name
    return name if PurePosixPath(name).suffix.casefold() in SUFFIXES else ""
