"""Fetching a document from an address that somebody gave us: from the public internet only, bounded in everything.

Redirects go the same way as the first address: each is resolved, checked and connected to anew.
"""

from __future__ import annotations

import ssl
import time
import zlib
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from email.message import Message
from http.client import HTTPException
from pathlib import PurePosixPath
from typing import Any
from urllib.parse import unquote, urljoin, urlsplit

from urllib3.exceptions import HTTPError
from urllib3.response import BaseHTTPResponse

from processing.errors import FileTooLarge
from processing.net.addresses import Address, check_url
from processing.net.connecting import FetchFailed, Line, Permit, Resolve, checked_addresses, host_header, resolve

TOTAL_SECONDS = 30.0  # from the first question to the name server to the last byte
MAX_REDIRECTS = 5
_CHUNK_BYTES = 64 * 1024
_REDIRECTS = frozenset({301, 302, 303, 307, 308})


@dataclass(frozen=True, slots=True)
class Fetched:
    """``filename`` and ``content_type`` are what the other side says: to be compared with the content, not trusted."""

    data: bytes
    filename: str
    content_type: str
    url: str


def fetch_url(
    url: str,
    *,
    max_bytes: int,
    suffixes: Collection[str] = (),
    allow_http: bool = False,
    total_seconds: float = TOTAL_SECONDS,
    resolve: Resolve = resolve,
    permit: Permit | None = None,
    tls: ssl.SSLContext | None = None,
) -> Fetched:
    """The file at ``url``, at most ``max_bytes`` of it, also after unpacking what the server packed.

    A name is taken from the address only where it ends in one of ``suffixes``.

    ``resolve``, ``permit`` (addresses and ports that are allowed besides public ones and 443 or 80) and ``tls`` are
    for callers with a network of their own, as tests are. Raises UrlForbidden, FetchFailed and FileTooLarge.
    """
    deadline = time.monotonic() + total_seconds
    for _ in range(MAX_REDIRECTS + 1):
        scheme, host, port, target = check_url(url, allow_http=allow_http)
        addresses = checked_addresses(host, port, scheme, resolve, permit, deadline)
        answer = _request(scheme, host, port, target, addresses, tls, deadline, max_bytes)
        if isinstance(answer, Fetched):
            return Fetched(answer.data, answer.filename or _name_in(url, suffixes), answer.content_type, url)
        url = urljoin(url, answer)
    raise FetchFailed("The address redirects too many times.")


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
    headers = {
        "Host": host_header(scheme, host, port),
        "User-Agent": "Invoicesite",
        "Accept": "*/*",
        "Accept-Encoding": "identity",
    }
    with Line(scheme, host, port, addresses, tls, deadline) as line:
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
        raise FetchFailed("The server compressed the file in an unknown way.")
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
        raise FetchFailed("The server sent damaged compressed data.") from error
    if not unpacker.eof:
        raise FetchFailed("The server stopped before sending the whole file.")


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


def _name_in(url: str, suffixes: Collection[str]) -> str:
    """The last step of the path, where it is named like a document: ``download.php`` says nothing of the file."""
    name = PurePosixPath(unquote(urlsplit(url).path)).name
    return name if PurePosixPath(name).suffix.casefold() in suffixes else ""
