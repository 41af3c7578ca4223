"""An HTTP transport whose reads end at the call's deadline.

HTTP clients time out each read, so a server that sends a byte now and then holds a call for ever, already in the
headers. Here every read in a thread with a ``CallClock`` waits no longer than that clock allows, and is woken now and
then to see whether the caller has given up.
"""

from __future__ import annotations

import ssl
import threading
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from typing import Literal
from urllib.request import getproxies, proxy_bypass

import httpcore2
import httpx2

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
        return httpx2.Response(
            status_code=response.status,
            headers=response.headers,
            stream=_Body(response),
            extensions=response.extensions,
        )

    def close(self) -> None:
        self._pool.close()


class _Body(httpx2.SyncByteStream):
    def __init__(self, response: httpcore2.Response) -> None:
        self._response = response

    def __iter__(self) -> Iterator[bytes]:
        with _translated():
            yield from self._response.iter_stream()

    def close(self) -> None:
        self._response.close()


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
        self._inner.write(buffer, _within_clock(timeout))

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
