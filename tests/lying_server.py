"""A model's server that means harm: bodies without end, bombs, other protocols, numbers and texts that nobody expects.

``LIES`` names each way; ``LyingServer`` answers every request with the one that is set. It writes raw bytes, so nothing
keeps it to HTTP where a lie does not.
"""

from __future__ import annotations

import json
import socket
import threading
import time
import zlib
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from itertools import chain, repeat

STATUSES = (200, 400, 401, 404, 413, 429, 500, 503)
_MEGABYTE = 1_000_000


@dataclass(frozen=True, slots=True)
class Lie:
    """One way to answer: ``body`` gives what is written after the head; ``chunked`` wraps each piece as a chunk."""

    name: str
    body: Callable[[], Iterator[bytes]]
    status: int = 200
    headers: dict[str, str] = field(default_factory=lambda: {"content-type": "application/json"})
    chunked: bool = True
    head: bytes = b""


class LyingServer:
    """Threads on a socket; ``lie`` is how the next request is answered."""

    def __init__(self, lie: Lie) -> None:
        self.lie = lie
        self.requests = 0
        self.sent_bytes = 0
        self._listening = socket.create_server(("127.0.0.1", 0), backlog=64)
        self._thread = threading.Thread(target=self._serve, daemon=True)

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self._listening.getsockname()[1]}/v1"

    def __enter__(self) -> LyingServer:
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        # A blocked accept is not woken by close alone.
        with suppress(OSError):
            self._listening.shutdown(socket.SHUT_RDWR)
        self._listening.close()

    def _serve(self) -> None:
        with suppress(OSError):
            while True:
                connection, _ = self._listening.accept()
                threading.Thread(target=self._answer, args=(connection,), daemon=True).start()

    def _answer(self, connection: socket.socket) -> None:
        with connection, suppress(OSError, ValueError):
            connection.settimeout(30)
            self._read_request(connection)
            self.requests += 1
            lie = self.lie
            connection.sendall(lie.head or _head(lie))
            for piece in lie.body():
                connection.sendall(_chunk(piece) if lie.chunked else piece)
                self.sent_bytes += len(piece)
            if lie.chunked:
                connection.sendall(b"0\r\n\r\n")

    def _read_request(self, connection: socket.socket) -> None:
        received = b""
        while b"\r\n\r\n" not in received:
            received += connection.recv(65536) or _gone()
        head, _, rest = received.partition(b"\r\n\r\n")
        lengths = [line for line in head.lower().split(b"\r\n") if line.startswith(b"content-length:")]
        left = int(lengths[0].split(b":")[1]) - len(rest) if lengths else 0
        while left > 0:
            left -= len(connection.recv(65536) or _gone())


def _gone() -> bytes:
    raise ConnectionError


def _head(lie: Lie) -> bytes:
    lines = [f"HTTP/1.1 {lie.status} Status", *(f"{name}: {value}" for name, value in lie.headers.items())]
    lines.append("transfer-encoding: chunked" if lie.chunked else "connection: close")
    return "\r\n".join([*lines, "", ""]).encode("latin-1")


def _chunk(piece: bytes) -> bytes:
    return f"{len(piece):x}\r\n".encode() + piece + b"\r\n"


def _endless(piece: bytes) -> Callable[[], Iterator[bytes]]:
    return lambda: repeat(piece, 4000)


def _once(body: bytes) -> Callable[[], Iterator[bytes]]:
    return lambda: iter([body])


def _drip(piece: bytes, *, every: float = 0.2) -> Callable[[], Iterator[bytes]]:
    def body() -> Iterator[bytes]:
        for _ in range(300):
            yield piece
            time.sleep(every)

    return body


def _packed(piece: bytes, times: int, *, layers: int = 1) -> Callable[[], Iterator[bytes]]:
    """``piece`` ``times`` over in gzip, in gzip again. Made fast: after a full flush the same bytes pack alike."""

    def body() -> Iterator[bytes]:
        packer = zlib.compressobj(9, wbits=31)
        first, next_one = (packer.compress(piece) + packer.flush(zlib.Z_FULL_FLUSH) for _ in range(2))
        packed = chain([first], repeat(next_one, times - 1))
        if layers == 1:
            yield from packed
            return
        outer = zlib.compressobj(9, wbits=31)
        yield from filter(None, (outer.compress(part) for part in packed))
        yield outer.flush()

    return body


def _event(**changes: object) -> bytes:
    event = {"choices": [{"index": 0, "delta": {"content": "{}"}, "finish_reason": None}], **changes}
    return b"data: " + json.dumps(event).encode() + b"\n\n"


def _reply(content: object = "{}", **changes: object) -> bytes:
    choice = {"index": 0, "message": {"role": "assistant", "content": content}, "finish_reason": "stop"}
    usage = {"prompt_tokens": 500, "completion_tokens": 20, "total_tokens": 520}
    return json.dumps({"id": "x", "choices": [choice], "usage": usage, **changes}).encode()


_GZIP = {"content-type": "application/json", "content-encoding": "gzip"}
_EVENTS = {"content-type": "text/event-stream"}
_GOOD = b"HTTP/1.1 200 OK\r\n"
_GO_ON = b"HTTP/1.1 100 Go\r\n\r\n"
_BLANKS = b" " * _MEGABYTE


def _bodies() -> Iterator[tuple[str, Callable[[], Iterator[bytes]], dict[str, str]]]:
    """What can be sent with any status."""
    plain = {"content-type": "application/json"}
    yield "endless", _endless(b"x" * _MEGABYTE), plain
    yield "endless blanks", _endless(_BLANKS), plain
    yield "endless object", _endless(b'{"a":"' + b"x" * _MEGABYTE), plain
    yield "endless lists", _endless(b'{"a":[' + b"[]," * 300_000), plain
    yield "endless comments", _endless(b": wait\n" * 100_000), _EVENTS
    yield "endless event", _endless(b"data: " + b"x" * _MEGABYTE), _EVENTS
    yield "endless small events", _endless(b"data: {}\n\n" * 50_000), _EVENTS
    yield "chunks of one byte", _drip(_chunk(b"x") * 100_000, every=0.0), {"content-type": "text/plain"}
    yield "drip", _drip(b" "), plain
    yield "drip of an object", _drip(b"{"), plain
    yield "gzip bomb", _packed(b"x" * _MEGABYTE, 2000), _GZIP
    yield "gzip bomb of blanks", _packed(_BLANKS, 2000), _GZIP
    yield "gzip in gzip", _packed(_BLANKS, 20_000, layers=2), {**_GZIP, "content-encoding": "gzip, gzip"}
    yield "gzip in gzip as one", _packed(_BLANKS, 20_000, layers=2), _GZIP
    yield "deflate that is gzip", _packed(_BLANKS, 100), {**_GZIP, "content-encoding": "deflate"}
    yield "gzip that is none", _endless(b"{}" * 500_000), _GZIP
    yield "endless after gzip", lambda: chain([zlib.compress(b"{}", wbits=31)], repeat(_BLANKS, 3000)), _GZIP
    yield "brotli", _endless(b"\x00" * _MEGABYTE), {**_GZIP, "content-encoding": "br"}
    yield "zstd", _endless(b"\x00" * _MEGABYTE), {**_GZIP, "content-encoding": "zstd"}
    yield "unknown encoding", _endless(b"\x00" * _MEGABYTE), {**_GZIP, "content-encoding": "x-own" * 20}
    yield "unknown charset", _once(b'{"error": "\xff"}'), {"content-type": "application/json; charset=klingon-9"}
    yield "deep lists", _once(b'{"error": ' + b"[" * 60_000), plain
    yield "deep objects", _once(b'{"error": ' * 60_000), plain
    yield "error as a number", _once(b'{"error": 7}'), plain
    yield "odd error fields", _once(b'{"error": {"message": {"a": 1}, "param": 7, "code": [], "type": null}}'), plain
    yield "long error", _once(json.dumps({"error": {"message": "no \x00\ud800\x1b[31m" * 4000}}).encode()), plain
    yield "error of digits", _once(b'{"error": {"code": ' + b"7" * 5000 + b"}}"), plain
    yield "bytes", _once(bytes(range(256)) * 100), plain
    yield "nothing", _once(b" "), plain


def _replies() -> Iterator[tuple[str, bytes, dict[str, str]]]:
    """What only a good status makes a reply of."""
    plain = {"content-type": "application/json"}
    for name, number in (("31 digits", 10**31), ("4,000 digits", 10**3999), ("less than nothing", -5), ("a word", "x")):
        usage = {"prompt_tokens": number, "completion_tokens": number, "total_tokens": number}
        yield f"usage of {name}", _reply(usage=usage), plain
        yield f"cached tokens of {name}", _reply(usage={**usage, "prompt_tokens_details": usage}), plain
    yield "usage that says less", _reply(usage={"prompt_tokens": 1, "completion_tokens": 0}), plain
    yield "choices as a number", _reply(choices=7), plain
    yield "choices as words", _reply(choices="abc"), plain
    yield "choice as a number", _reply(choices=[7]), plain
    yield "message as a list", _reply(choices=[{"message": [1]}]), plain
    yield "content as a number", _reply(content=7), plain
    yield "content as parts", _reply(content=[{"text": 7}, {"text": "{}"}, 7]), plain
    yield "error in the body", _reply(error={"message": ["a"], "code": {"b": "\x00"}}), plain
    yield "NUL in the reply", _reply(content='{"number": "A\x00B\x07"}'), plain
    yield "half a pair in the reply", _reply(content='{"number": "A\ud800B"}'), plain
    yield "finish reason as an object", _reply(choices=[{"message": {"content": "{}"}, "finish_reason": {}}]), plain
    yield "a long reply", _reply(content="7" * 1_500_000), plain
    yield "a reply of quotes", _reply(content="{" + "'" * 150_000), plain
    yield "a reply of names", _reply(content="{" + "a " * 75_000), plain
    yield "a deep reply", _reply(content='{"a":' * 40_000), plain
    yield "a reply of blanks", _reply(content=" " * 1_500_000), plain
    yield "a fence without end", _reply(content="```" * 50_000), plain
    yield "events, then nothing", _event(), _EVENTS
    yield "event with a deep object", b"data: " + b'{"a":' * 60_000 + b"\n\n", _EVENTS
    yield "event of an error", _event(error={"code": "rate_limit" * 1000, "x": [[[]]] * 100}), _EVENTS


def _make_lies() -> dict[str, Lie]:
    lies = [
        *(Lie(f"{status} {name}", body, status, kind) for name, body, kind in _bodies() for status in STATUSES),
        *(Lie(f"200 {name}", _once(text), 200, kind) for name, text, kind in _replies()),
        Lie("headers without end", _endless(b"x-a: " + b"a" * 1000 + b"\r\n"), chunked=False, head=_GOOD),
        Lie("headers byte by byte", _drip(b"x"), chunked=False, head=_GOOD + b"x-a: "),
        Lie("informed for ever", _endless(b"HTTP/1.1 102 Wait\r\n\r\n" * 1000), chunked=False, head=_GO_ON),
        Lie("another protocol", _endless(b"SSH-2.0-OpenSSH_9\r\n"), chunked=False, head=b"220 hello\r\n"),
        Lie("shorter than said", _once(b"{"), headers={"content-length": "100"}, chunked=False),
        Lie("longer than said", _endless(_BLANKS), headers={"content-length": "2"}, chunked=False),
        Lie("a long redirect", _endless(_BLANKS), 302, {"location": "http://127.0.0.1:1/" + "a" * 5000}),
        Lie("a redirect to nowhere", _once(b""), 302, {"location": "http://["}),
        Lie("a long wait", _once(b"{}"), 429, {"retry-after": "9" * 400}),
        Lie("a negative wait", _once(b"{}"), 429, {"retry-after": "-inf"}),
        Lie("an id of many words", _once(_reply()), 200, {"x-request-id": "\x80\xff" * 2000}),
    ]  # fmt: skip
    return {lie.name: lie for lie in lies}


LIES = _make_lies()
