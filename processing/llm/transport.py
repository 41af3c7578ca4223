"""An HTTP transport whose reads end at the call's deadline, and whose bodies end at a bound.

HTTP clients time out each read, so a server that sends a byte now and then holds a call for ever, already in the
headers. Here every read in a thread with a ``CallClock`` waits no longer than that clock allows, and is woken now and
then to see whether the caller has given up. A body of whatever status is counted as it was sent and as it is after
decompression, and the clock is looked at for each piece of it: much can come out of one read.
"""

from __future__ import annotations

import ssl
import threading
import time
import zlib
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from typing import Any, Literal
from urllib.request import getproxies, proxy_bypass

import httpcore2
import httpx2

from processing.llm.request import error_of_body

MAX_BODY_BYTES = 8_000_000  # a streamed reply of 2,000 tokens is under 1 MB with its wrapping
MAX_ERROR_BYTES = 65_536
ERROR_BODY_SECONDS = 2.0  # the status is known already: its explanation follows at once, or is not waited for
PIECE_BYTES = 65_536
_SENT_AT_ONCE_BYTES = 4096
# What a body may be packed in, with the window bits that zlib knows it by. One layer: nobody packs twice in earnest.
_ENCODINGS = {"gzip": zlib.MAX_WBITS | 16, "x-gzip": zlib.MAX_WBITS | 16, "deflate": zlib.MAX_WBITS}
ACCEPTED_ENCODINGS = "gzip, deflate"
_ERROR_HEADERS = ("retry-after", "retry-after-ms", "x-request-id")

CANCEL_CHECK_SECONDS = 1.0

_thread = threading.local()


class CallClock:
    """The time that one call has: in all, and to its first token. ``ended`` says which of them ran out."""

    def __init__(
        self, *, total_seconds: float, first_token_seconds: float | None, cancelled: Callable[[], bool] | None = None
    ) -> None:
        self.started = time.monotonic()
        self.ended: Literal["", "first_token", "total", "cancelled"] = ""
        self.first_token_seconds: float | None = None
        self._total = self.started + total_seconds
        self._first_token = None if first_token_seconds is None else self.started + first_token_seconds
        self._cancelled = cancelled
        self._next_cancel_check = self.started

    @property
    def elapsed_seconds(self) -> float:
        return time.monotonic() - self.started

    def token_arrived(self) -> None:
        if self.first_token_seconds is None:
            self.first_token_seconds = self.elapsed_seconds
            self._first_token = None

    def shorten(self, seconds: float) -> None:
        """The reply is complete: what follows has at most this long."""
        self._total = min(self._total, time.monotonic() + seconds)

    def wait_seconds(self) -> float:
        """How long the next read may wait; 0 when the call is over (``ended`` then says why)."""
        now = time.monotonic()
        if self._cancelled is not None and now >= self._next_cancel_check:
            self._next_cancel_check = now + CANCEL_CHECK_SECONDS
            if self._cancelled():
                self.ended = "cancelled"
        deadline = self._total if self._first_token is None else min(self._total, self._first_token)
        if not self.ended and now >= deadline:
            self.ended = "total" if deadline == self._total else "first_token"
        if self.ended:
            return 0.0
        return deadline - now if self._cancelled is None else min(deadline - now, CANCEL_CHECK_SECONDS)

    @contextmanager
    def running(self) -> Iterator[None]:
        """Bind the clock to this thread: the client reads and writes in the thread that calls it."""
        _thread.clock = self
        try:
            yield
        finally:
            _thread.clock = None


class DeadlineTransport(httpx2.BaseTransport):
    """httpx2's own transport (pooled HTTP/1.1, TLS by the system's trust store, ``HTTPS_PROXY``) over such reads."""

    def __init__(self, base_url: str, *, max_connections: int, keepalive_seconds: float) -> None:
        self._pool = httpcore2.ConnectionPool(
            ssl_context=httpx2.create_ssl_context(),
            proxy=_proxy_for(httpx2.URL(base_url)),
            max_connections=max_connections,
            max_keepalive_connections=max_connections,
            keepalive_expiry=keepalive_seconds,
            network_backend=_Backend(),
        )

    def handle_request(self, request: httpx2.Request) -> httpx2.Response:
        url = request.url
        assert isinstance(request.stream, httpx2.SyncByteStream)
        core_request = httpcore2.Request(
            method=request.method,
            url=httpcore2.URL(scheme=url.raw_scheme, host=url.raw_host, port=url.port, target=url.raw_path),
            headers=request.headers.raw,
            content=request.stream,
            extensions=request.extensions,
        )
        with _translated():
            response = self._pool.handle_request(core_request)
        headers = httpx2.Headers(response.headers)
        if not 200 <= response.status < 300:
            return _refusal(response, headers)
        body = _Body(response, headers, max_bytes=MAX_BODY_BYTES)
        for name in ("content-encoding", "content-length"):  # of what was sent; the body is given unpacked
            headers.pop(name, None)
        return httpx2.Response(
            status_code=response.status, headers=headers, stream=body, extensions=response.extensions
        )

    def close(self) -> None:
        self._pool.close()


class _Body(httpx2.SyncByteStream):
    """The body, unpacked, in pieces of at most 64 kB. Raises DecodingError where it is too long or packed otherwise."""

    def __init__(self, response: httpcore2.Response, headers: httpx2.Headers, *, max_bytes: int) -> None:
        self._response = response
        self._encoding = headers.get("content-encoding", "")
        self._max_bytes = max_bytes

    def __iter__(self) -> Iterator[bytes]:
        sent = unpacked = 0
        unpack = _unpacker(self._encoding)
        with _translated():
            for chunk in self._response.iter_stream():
                sent += len(chunk)
                for piece in unpack(chunk):
                    unpacked += len(piece)
                    if unpacked > self._max_bytes:
                        raise httpx2.DecodingError("the body is too long")
                    _see_clock()
                    if piece:
                        yield piece
                if sent > self._max_bytes:
                    raise httpx2.DecodingError("the body is too long")
                _see_clock()

    def close(self) -> None:
        self._response.close()


def _refusal(response: httpcore2.Response, headers: httpx2.Headers) -> httpx2.Response:
    """A status that is no success, with what its body says of the error: as much as came within the bounds."""
    clock: CallClock | None = getattr(_thread, "clock", None)
    if clock is not None:
        clock.shorten(ERROR_BODY_SECONDS)
    body = bytearray()
    try:
        for piece in _Body(response, headers, max_bytes=MAX_ERROR_BYTES):
            body += piece
    except httpx2.HTTPError:
        pass  # the status says enough
    finally:
        response.close()
    return httpx2.Response(
        status_code=response.status,
        headers={name: headers[name] for name in _ERROR_HEADERS if name in headers},
        json={"error": error_of_body(bytes(body))},
        extensions=response.extensions,
    )


def _unpacker(encoding: str) -> Callable[[bytes], Iterable[bytes]]:
    name = encoding.strip().lower()
    if name in ("", "identity"):
        return _pieces_of
    if name not in _ENCODINGS:
        raise httpx2.DecodingError("the body is packed in a way that was not asked for")
    return _Inflating(_ENCODINGS[name]).pieces


def _pieces_of(chunk: bytes) -> Iterator[bytes]:
    for start in range(0, len(chunk), PIECE_BYTES):
        yield chunk[start : start + PIECE_BYTES]


class _Inflating:
    def __init__(self, window_bits: int) -> None:
        self._zlib: Any = zlib.decompressobj(window_bits)

    def pieces(self, chunk: bytes) -> Iterator[bytes]:
        try:
            while chunk and not self._zlib.eof:  # what follows the end of the packed data is counted and not looked at
                yield self._zlib.decompress(chunk, PIECE_BYTES)
                chunk = self._zlib.unconsumed_tail
        except zlib.error as error:
            raise httpx2.DecodingError("the body is not packed as it says") from error


def _see_clock() -> None:
    clock: CallClock | None = getattr(_thread, "clock", None)
    if clock is not None and not clock.wait_seconds():
        raise httpx2.ReadTimeout(f"the call's clock: {clock.ended}")


class _Stream(httpcore2.NetworkStream):
    def __init__(self, inner: httpcore2.NetworkStream) -> None:
        self._inner = inner

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        clock: CallClock | None = getattr(_thread, "clock", None)
        if clock is None:
            return self._inner.read(max_bytes, timeout)
        while wait_seconds := clock.wait_seconds():
            try:
                return self._inner.read(max_bytes, wait_seconds)
            except httpcore2.ReadTimeout:
                continue
        raise httpcore2.ReadTimeout(f"the call's clock: {clock.ended}")

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        # In parts: a time-out holds for each send, and a server that takes little at a time must not stretch the call.
        for start in range(0, len(buffer), _SENT_AT_ONCE_BYTES):
            self._inner.write(buffer[start : start + _SENT_AT_ONCE_BYTES], _within_clock(timeout))

    def close(self) -> None:
        self._inner.close()

    def start_tls(
        self, ssl_context: ssl.SSLContext, server_hostname: str | None = None, timeout: float | None = None
    ) -> httpcore2.NetworkStream:
        return _Stream(self._inner.start_tls(ssl_context, server_hostname, _within_clock(timeout)))

    def get_extra_info(self, info: str) -> object:
        return self._inner.get_extra_info(info)


class _Backend(httpcore2.NetworkBackend):
    def __init__(self) -> None:
        self._inner = httpcore2.SyncBackend()

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[httpcore2.SOCKET_OPTION] | None = None,
    ) -> httpcore2.NetworkStream:
        return _Stream(self._inner.connect_tcp(host, port, _within_clock(timeout), local_address, socket_options))


def _within_clock(timeout: float | None) -> float | None:
    clock: CallClock | None = getattr(_thread, "clock", None)
    if clock is None:
        return timeout
    wait_seconds = max(clock.wait_seconds(), 0.001)
    return wait_seconds if timeout is None else min(timeout, wait_seconds)


def _proxy_for(url: httpx2.URL) -> httpcore2.Proxy | None:
    proxies = getproxies()
    address = proxies.get(url.scheme) or proxies.get("all")
    if not address or proxy_bypass(url.host):
        return None
    proxy = httpx2.Proxy(address)
    return httpcore2.Proxy(str(proxy.url), auth=proxy.raw_auth)


@contextmanager
def _translated() -> Iterator[None]:
    """httpcore2's exceptions become httpx2's of the same name, which is what clients look for."""
    try:
        yield
    except (httpcore2.TimeoutException, httpcore2.NetworkError, httpcore2.ProtocolError, httpcore2.ProxyError) as error:
        raise getattr(httpx2, type(error).__name__)(str(error)) from error
