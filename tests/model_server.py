"""A model's server for tests: real HTTP, OpenAI's chat protocol, and every way in which such a server can misbehave.

In a test: ``with ModelServer() as server: server.then(FENCED, CUT); LLMConfig(base_url=server.url, …)``.
As a process of its own: ``python -m tests.model_server --port 8099 --behaviour ok --delay-seconds 4``; what it produced
is then at ``GET /stats``.
"""

from __future__ import annotations

import argparse
import asyncio
import codecs
import json
import threading
import time
from collections import deque
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import asdict, dataclass, field, replace
from functools import lru_cache
from typing import Any, Literal

import bpe_openai

from tests.model_answers import answer_plainly

Body = dict[str, Any]
Answer = Callable[[Body], str]
CAP_NAMES = ("max_completion_tokens", "max_tokens")
FOREVER_SECONDS = 3600.0


@dataclass(frozen=True, slots=True)
class Behaviour:
    """How one request is answered. The default is an honest server that streams ``text``, or a fitting answer."""

    text: str | None = None
    status: int = 200
    error: Body = field(default_factory=dict)
    headers: dict[str, str] = field(default_factory=dict)
    raw_body: bytes | None = None  # sent as it is, instead of an answer
    raw_type: str = "text/html"
    stream: bool = True  # False: answers with one JSON object although a stream was asked for
    usage: Literal["honest", "none", "lies_low", "lies_high"] = "honest"
    cached_tokens: int = 0
    ignores_cap: bool = False
    finish_reason: str | None = None  # instead of stop or length
    tokens_per_chunk: int = 8
    first_token_delay_seconds: float = 0.0
    chunk_delay_seconds: float = 0.0
    header_drip_seconds: float = 0.0  # sends its headers byte by byte
    hangs_after_chunks: int | None = None  # 0: before the first byte
    cuts_after_chunks: int | None = None  # 0: before the first byte


OK = Behaviour()
NO_USAGE = Behaviour(usage="none")
NOT_STREAMING = Behaviour(stream=False)
FENCED = Behaviour(text="fenced")
RATE_LIMITED = Behaviour(
    status=429, error={"message": "Slow down", "code": "rate_limit_exceeded"}, headers={"retry-after": "1"}
)
NO_CREDIT = Behaviour(status=429, error={"message": "You exceeded your quota", "code": "insufficient_quota"})
UNAUTHORIZED = Behaviour(
    status=401, error={"message": "Incorrect API key provided: sk-se****ret", "code": "invalid_api_key"}
)
FORBIDDEN = Behaviour(status=403, error={"message": "Not allowed", "code": "forbidden"})
TOO_LONG = Behaviour(
    status=400,
    error={
        "message": "This model's maximum context length is 8192 tokens, max_tokens is too large",
        "code": "context_length_exceeded",
    },
)
SERVER_ERROR = Behaviour(status=500, error={"message": "Internal error"})
OVERLOADED = Behaviour(status=503, error={"message": "Overloaded"}, headers={"retry-after": "2"})
HANGS = Behaviour(hangs_after_chunks=0)
HANGS_BETWEEN = Behaviour(hangs_after_chunks=3)
HANGS_UP = Behaviour(cuts_after_chunks=0)
CUT = Behaviour(cuts_after_chunks=3)
DRIPS = Behaviour(tokens_per_chunk=1, chunk_delay_seconds=0.1)
DRIPS_HEADERS = Behaviour(header_drip_seconds=0.1)
IGNORES_CAP = Behaviour(text="endless", ignores_cap=True, tokens_per_chunk=1, chunk_delay_seconds=0.002)
LIES_LOW = Behaviour(usage="lies_low")
LIES_HIGH = Behaviour(usage="lies_high")
HTML = Behaviour(raw_body=b"<!doctype html><title>Sign in</title>")
BROKEN_JSON = Behaviour(raw_body=b'{"choices": [', raw_type="application/json")
WRONG = Behaviour(text="I am sorry, I cannot read this invoice.")
EMPTY_CHOICES = Behaviour(raw_body=b'{"id":"x","object":"chat.completion","choices":[]}', raw_type="application/json")
FILTERED = Behaviour(finish_reason="content_filter")

BEHAVIOURS: dict[str, Behaviour] = {
    name.lower(): value for name, value in list(globals().items()) if isinstance(value, Behaviour)
}


@dataclass(slots=True)
class Record:
    """One request and what was generated for it: what an honest provider would bill."""

    body: Body
    headers: dict[str, str]
    status: int = 0
    input_tokens: int = 0
    output_tokens: int = 0
    completed: bool = False
    started: float = 0.0
    ended: float = 0.0


class ModelServer:
    """An asyncio server in a thread of its own. ``then`` scripts the next requests, ``behaviour`` is for all others;
    ``rejects`` names the options it refuses with 400 (json_schema, json_object, max_completion_tokens, stream_options,
    stream, temperature)."""

    def __init__(
        self,
        behaviour: Behaviour = OK,
        *,
        answer: Answer = answer_plainly,
        rejects: frozenset[str] | set[str] = frozenset(),
        delay_seconds: float = 0.0,
        port: int = 0,
    ) -> None:
        self.behaviour = behaviour
        self.answer = answer
        self.rejects = frozenset(rejects)
        self.refused_keys: set[str] = set()
        self.delay_seconds = delay_seconds
        self.records: list[Record] = []
        self.connections = 0
        self.most_at_once = 0
        self._at_once = 0
        self._port = port
        self._script: deque[Behaviour] = deque()
        self._ready = threading.Event()
        self._loop: asyncio.AbstractEventLoop | None = None
        self._stopping: asyncio.Event | None = None
        self._thread = threading.Thread(target=lambda: asyncio.run(self.serve()), daemon=True)

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self._port}/v1"

    @property
    def output_tokens(self) -> int:
        return sum(record.output_tokens for record in self.records)

    @property
    def input_tokens(self) -> int:
        return sum(record.input_tokens for record in self.records)

    def then(self, *behaviours: Behaviour) -> ModelServer:
        """The next requests are answered so, one each; after them ``behaviour`` holds again."""
        self._script.extend(behaviours)
        return self

    def __enter__(self) -> ModelServer:
        self._thread.start()
        assert self._ready.wait(10), "the model server did not start"
        return self

    def __exit__(self, *_: object) -> None:
        assert self._loop is not None
        assert self._stopping is not None
        self._loop.call_soon_threadsafe(self._stopping.set)
        self._thread.join(10)

    async def serve(self) -> None:
        self._loop, self._stopping = asyncio.get_running_loop(), asyncio.Event()
        server = await asyncio.start_server(self._connection, "127.0.0.1", self._port, backlog=1024)
        self._port = server.sockets[0].getsockname()[1]
        self._ready.set()
        await self._stopping.wait()
        server.close()

    def stats(self) -> Body:
        return {
            "requests": len(self.records),
            "connections": self.connections,
            "most_at_once": self.most_at_once,
            "input_tokens": self.input_tokens,
            "output_tokens": self.output_tokens,
            "completed": sum(record.completed for record in self.records),
        }

    async def _connection(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self.connections += 1
        # cancelled: the loop ends while a client is still connected
        with suppress(ConnectionError, asyncio.IncompleteReadError, asyncio.CancelledError, _HungUp):
            while await self._request(reader, writer):
                pass
        with suppress(ConnectionError):
            writer.close()

    async def _request(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> bool:
        head = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1")
        method, path, *_ = head.split(" ")
        headers = {
            name.strip().lower(): value.strip()
            for name, _, value in (line.partition(":") for line in head.split("\r\n")[1:])
        }
        payload = await reader.readexactly(int(headers.get("content-length", "0")))
        if method == "GET":
            _send_json(writer, 200, self.stats() if path == "/stats" else {"object": "list", "data": []})
            return True
        record = Record(body=json.loads(payload), headers=headers, started=time.monotonic())
        self.records.append(record)
        self._at_once += 1
        self.most_at_once = max(self.most_at_once, self._at_once)
        try:
            await self._answer(record, writer)
        finally:
            self._at_once -= 1
            record.ended = time.monotonic()
        return True

    async def _answer(self, record: Record, writer: asyncio.StreamWriter) -> None:
        refusal = self._refusal(record.body)
        if refusal:
            record.status = 400
            _send_json(writer, 400, {"error": refusal})
            return
        if record.headers.get("authorization", "").removeprefix("Bearer ") in self.refused_keys:
            record.status = 401
            _send_json(writer, 401, {"error": UNAUTHORIZED.error})
            return
        how = self._script.popleft() if self._script else self.behaviour
        record.status = how.status
        await asyncio.sleep(self.delay_seconds + how.first_token_delay_seconds)
        if how.status != 200:
            _send_json(writer, how.status, {"error": how.error}, how.headers)
            return
        if how.raw_body is not None:
            _send(writer, 200, how.raw_body, how.raw_type, how.headers)
            return
        await _Generation(self, how, record, writer).run()

    def _refusal(self, body: Body) -> Body | None:
        kind = (body.get("response_format") or {}).get("type")
        named = [name for name in self.rejects if name in body or name == kind]
        if not named:
            return None
        parameter = "response_format" if named[0] == kind else named[0]
        return {
            "message": f"Unsupported parameter: '{named[0]}' is not supported with this model.",
            "type": "invalid_request_error",
            "param": parameter,
            "code": "unsupported_parameter",
        }


class _HungUp(Exception):
    """The connection is closed without an end."""


class _Generation:
    """One reply, token by token, as long as somebody reads it."""

    def __init__(self, server: ModelServer, how: Behaviour, record: Record, writer: asyncio.StreamWriter) -> None:
        self.server, self.how, self.record, self.writer = server, how, record, writer
        body = record.body
        text = how.text
        if text in (None, "fenced"):
            text = server.answer(body)
        if how.text == "fenced":
            text = f"Here is the JSON:\n```json\n{text}\n```\nI hope this helps!"
        if how.text == "endless":
            text = '{"title":"' + "very long " * 4000
        assert text is not None
        tokens = _encoding().encode_ordinary(text)
        cap = next((int(body[name]) for name in CAP_NAMES if name in body and name not in server.rejects), len(tokens))
        self.tokens = tokens if how.ignores_cap else tokens[:cap]
        self.finish_reason = how.finish_reason or ("length" if len(self.tokens) < len(tokens) else "stop")
        record.input_tokens = sum(_count(m["content"]) + 4 for m in body["messages"]) + 3

    async def run(self) -> None:
        if self.how.header_drip_seconds:
            for byte in b"HTTP/1.1 200 OK\r\nx-slow: " + b"a" * 100_000:
                self.writer.write(bytes([byte]))
                await self._written()
                await asyncio.sleep(self.how.header_drip_seconds)
        await self._stop_at(0)
        if self.record.body.get("stream") and self.how.stream:
            await self._stream()
        else:
            await self._object()
        self.record.completed = True

    async def _object(self) -> None:
        self.record.output_tokens = len(self.tokens)
        text = _encoding().decode(self.tokens)
        message = {"role": "assistant", "content": text}
        choice = {"index": 0, "message": message, "finish_reason": self.finish_reason}
        body: Body = {"id": "chatcmpl-test", "object": "chat.completion", "model": "test", "choices": [choice]}
        if self.how.usage != "none":
            body["usage"] = self._usage()
        _send_json(self.writer, 200, body, {"x-request-id": "req-test", **self.how.headers})
        await self._written()

    async def _stream(self) -> None:
        self.writer.write(
            b"HTTP/1.1 200 OK\r\ncontent-type: text/event-stream\r\ntransfer-encoding: chunked\r\n"
            b"x-request-id: req-test\r\n\r\n"
        )
        self._event({"role": "assistant", "content": ""})
        for number, (count, piece) in enumerate(self._pieces(), start=1):
            self.record.output_tokens += count
            self._event({"content": piece})
            await self._written()
            await asyncio.sleep(self.how.chunk_delay_seconds)
            await self._stop_at(number)
        self._event({}, finish_reason=self.finish_reason)
        if self.how.usage != "none" and (self.record.body.get("stream_options") or {}).get("include_usage"):
            self._chunk({"choices": [], "usage": self._usage()})
        self._write(b"data: [DONE]\n\n")
        self.writer.write(b"0\r\n\r\n")
        await self._written()

    def _pieces(self) -> Iterator[tuple[int, str]]:
        decoder = codecs.getincrementaldecoder("utf-8")("replace")
        size = self.how.tokens_per_chunk
        for start in range(0, len(self.tokens), size):
            part = self.tokens[start : start + size]
            yield len(part), decoder.decode(b"".join(_encoding().decode_tokens_bytes(part)))

    def _event(self, delta: Body, finish_reason: str | None = None) -> None:
        self._chunk({"choices": [{"index": 0, "delta": delta, "finish_reason": finish_reason}]})

    def _chunk(self, event: Body) -> None:
        event = {"id": "chatcmpl-test", "object": "chat.completion.chunk", "model": "test", **event}
        self._write(b"data: " + json.dumps(event, separators=(",", ":")).encode() + b"\n\n")

    def _write(self, data: bytes) -> None:
        self.writer.write(f"{len(data):x}\r\n".encode() + data + b"\r\n")

    async def _written(self) -> None:
        if self.writer.transport.is_closing():
            raise _HungUp
        await self.writer.drain()

    async def _stop_at(self, chunks: int) -> None:
        if self.how.hangs_after_chunks == chunks:
            await asyncio.sleep(FOREVER_SECONDS)
        if self.how.cuts_after_chunks == chunks:
            self.writer.transport.abort()
            raise _HungUp

    def _usage(self) -> Body:
        factor = {"lies_low": 0.1, "lies_high": 10.0}.get(self.how.usage, 1.0)
        sent, written = self.record.input_tokens, int(self.record.output_tokens * factor)
        return {
            "prompt_tokens": sent,
            "completion_tokens": written,
            "total_tokens": sent + written,
            "prompt_tokens_details": {"cached_tokens": min(self.how.cached_tokens, sent)},
        }


def _send(writer: asyncio.StreamWriter, status: int, body: bytes, kind: str, headers: dict[str, str]) -> None:
    lines = [f"HTTP/1.1 {status} Status", f"content-type: {kind}", f"content-length: {len(body)}"]
    lines += [f"{name}: {value}" for name, value in headers.items()]
    writer.write("\r\n".join([*lines, "", ""]).encode("latin-1") + body)


def _send_json(writer: asyncio.StreamWriter, status: int, body: Body, headers: dict[str, str] | None = None) -> None:
    _send(writer, status, json.dumps(body).encode(), "application/json", headers or {})


@lru_cache(maxsize=1)
def _encoding() -> bpe_openai.Encoding:
    return bpe_openai.get_encoding("o200k_base")


@lru_cache(maxsize=64)
def _count(text: str) -> int:
    return len(_encoding().encode_ordinary(text))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--port", type=int, default=0)
    parser.add_argument("--behaviour", choices=sorted(BEHAVIOURS), default="ok")
    parser.add_argument("--delay-seconds", type=float, default=0.0, help="before the first byte of every answer")
    parser.add_argument("--rejects", nargs="*", default=[], help="options that are refused with 400")
    parser.add_argument("--settings", type=json.loads, default={}, help="changes to the behaviour, as a JSON object")
    args = parser.parse_args()
    behaviour = replace(BEHAVIOURS[args.behaviour], **args.settings)
    server = ModelServer(behaviour, rejects=set(args.rejects), delay_seconds=args.delay_seconds, port=args.port)
    with server, suppress(KeyboardInterrupt):
        print(json.dumps({"url": server.url, "behaviour": asdict(behaviour) | {"raw_body": None}}), flush=True)
        threading.Event().wait()


if __name__ == "__main__":
    main()
