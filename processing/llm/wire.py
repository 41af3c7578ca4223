"""Reading a chat completion off the wire: server-sent events or one JSON object, whatever the server chose to send."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import chain
from typing import Any

from pydantic_core import from_json

from processing.llm.tokens import OutputCounter
from processing.llm.transport import CallClock
from processing.usage import Usage

# What is parsed at once. A reply of 2,000 tokens is under 100 kB; parsed, a byte of JSON can take thirty of memory.
MAX_OBJECT_BYTES = 2_000_000
MAX_EVENT_BYTES = 500_000
MAX_TOKENS = 100_000_000  # a server that says more counts something else
END_OF_STREAM_SECONDS = 2.0  # usage and the end mark follow the last token at once, or never
_SSE_STARTS = (b"data:", b"event:", b"id:", b"retry:", b":")


class NotTheProtocol(Exception):
    """The body is neither events nor a JSON object of this protocol (an HTML page, broken JSON)."""


class OddReply(NotTheProtocol):
    """JSON of this protocol by its first letter, in which something else stands than belongs there."""


class ServerSaidError(Exception):
    """The body holds an ``error`` object although the status was 200."""

    def __init__(self, error: object) -> None:
        super().__init__("error in the body")
        self.error = error


@dataclass(slots=True)
class WireReply:
    """What has arrived. ``finish_reason`` is None while the reply is not complete; ``cut`` when we closed it."""

    counter: OutputCounter
    pieces: list[str] = field(default_factory=list)
    finish_reason: str | None = None
    usage: Usage | None = None
    refused: bool = False

    @property
    def text(self) -> str:
        return "".join(self.pieces)


def read_reply_body(body: Iterator[bytes], reply: WireReply, clock: CallClock) -> None:
    """Fill ``reply`` from the response's bytes. Returns early, with finish_reason ``cut``, when the output passes its
    limit; the caller then closes the connection. Raises NotTheProtocol, ServerSaidError, and what ``body`` raises."""
    start = b""
    for chunk in body:
        start = (start + chunk).lstrip()
        if len(start) >= 6:
            break
    if start.startswith(_SSE_STARTS):
        _read_events(chain([start], body), reply, clock)
    elif start.startswith(b"{"):
        _read_object(chain([start], body), reply, clock)
    else:
        raise NotTheProtocol


def parse_usage(data: object) -> Usage | None:
    """Usage as the server states it; None where it is missing or no numbers."""
    if not isinstance(data, dict):
        return None
    details = data.get("prompt_tokens_details")
    cached = details.get("cached_tokens") if isinstance(details, dict) else 0
    numbers = [data.get("prompt_tokens"), data.get("completion_tokens"), cached or 0]
    if not all(isinstance(n, int) and not isinstance(n, bool) and 0 <= n <= MAX_TOKENS for n in numbers):
        return None
    input_tokens, output_tokens, cached_tokens = (int(n) for n in numbers if n is not None)
    return Usage(input_tokens, output_tokens, min(cached_tokens, input_tokens))


def _read_object(chunks: Iterable[bytes], reply: WireReply, clock: CallClock) -> None:
    raw = bytearray()
    for chunk in chunks:
        raw += chunk
        if len(raw) > MAX_OBJECT_BYTES:
            raise NotTheProtocol
    try:
        data = from_json(bytes(raw))
    except ValueError:
        raise NotTheProtocol from None
    clock.token_arrived()
    _take(data, reply)
    if reply.finish_reason is None:
        reply.finish_reason = "stop"


def _read_events(chunks: Iterable[bytes], reply: WireReply, clock: CallClock) -> None:
    for data in _events(chunks):
        if data.startswith(b"[DONE]"):
            reply.finish_reason = reply.finish_reason or "stop"
            clock.shorten(END_OF_STREAM_SECONDS)
            continue  # read to the end, so that the connection can be used again
        try:
            event = from_json(data)
        except ValueError:
            raise NotTheProtocol from None
        written = len(reply.pieces)
        too_long = _take(event, reply)
        if len(reply.pieces) > written or too_long:
            clock.token_arrived()
        if too_long:
            reply.finish_reason = "cut"
            return
        if reply.finish_reason is not None:
            clock.shorten(END_OF_STREAM_SECONDS)


def _events(chunks: Iterable[bytes]) -> Iterator[bytes]:
    """The data of each server-sent event (HTML standard, section 9.2): data lines, joined, up to an empty line."""
    rest = bytearray()
    data: list[bytes] = []
    size = 0
    for chunk in chunks:
        end = chunk.rfind(b"\n") + 1
        if not end:
            rest += chunk
            lines: list[bytes] = []
        else:
            lines = (bytes(rest) + chunk[:end]).splitlines()
            rest = bytearray(chunk[end:])
        for line in lines:
            if line.startswith(b"data:"):
                data.append(line[5:].lstrip())
                size += len(line)
            elif not line and data:
                yield b"\n".join(data)
                data, size = [], 0
        if max(len(rest), size) > MAX_EVENT_BYTES:
            raise NotTheProtocol
    if rest.startswith(b"data:"):
        data.append(bytes(rest[5:]).strip())
    if data and _complete(data[-1]):
        yield b"\n".join(data)


def _complete(data: bytes) -> bool:
    return data.startswith(b"[DONE]") or data.endswith(b"}")


def _take(event: Any, reply: WireReply) -> bool:
    """Take over one event or the whole object; True when the output has passed its limit."""
    if not isinstance(event, dict):
        raise OddReply
    if event.get("error"):
        raise ServerSaidError(event["error"])
    reply.usage = parse_usage(event.get("usage")) or reply.usage
    too_long = False
    choices = event.get("choices") or ()
    if not isinstance(choices, list | tuple):
        raise OddReply
    for choice in choices:
        if not isinstance(choice, dict):
            raise OddReply
        message = choice.get("delta") or choice.get("message") or {}
        if not isinstance(message, dict):
            raise OddReply
        text = _text_of(message.get("content"))
        hidden = _text_of(message.get("reasoning_content")) or _text_of(message.get("reasoning"))
        refusal = _text_of(message.get("refusal"))
        if text and not choice.get("index"):
            reply.pieces.append(text)
        reply.refused = reply.refused or bool(refusal)
        for written in (text, hidden, refusal):
            if written and reply.counter.add(written):
                too_long = True
        reason = choice.get("finish_reason")
        if isinstance(reason, str) and not choice.get("index"):
            reply.finish_reason = reason
    return too_long and reply.finish_reason is None


def _text_of(content: object) -> str:
    if isinstance(content, str):
        return content
    if isinstance(content, list):
        texts = (part.get("text") for part in content if isinstance(part, dict))
        return "".join(text for text in texts if isinstance(text, str))
    return ""
