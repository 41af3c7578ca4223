"""What a request to a model says, and what its refusal says. No SDK, no connection."""

from __future__ import annotations

import json
from contextlib import suppress
from typing import Any, Protocol

from pydantic_core import from_json

from common.storable import storable
from processing.llm.capabilities import Capabilities

MAX_RETRY_AFTER_SECONDS = 3600.0
MAX_ERROR_TEXT = 2000  # characters of a server's own words that are kept


class ChatPrompt(Protocol):
    """What is sent: see ``prompts.Prompt``."""

    @property
    def system(self) -> str: ...
    @property
    def user(self) -> str: ...
    @property
    def schema(self) -> dict[str, Any]: ...
    @property
    def schema_name(self) -> str: ...


def retry_after_seconds(header: str | None, divisor: float = 1.0) -> float | None:
    """``Retry-After`` in seconds (RFC 9110, 10.2.3; the date form is not used by model servers), at most an hour."""
    try:
        seconds = float(header or "") / divisor
    except ValueError:
        return None
    return min(seconds, MAX_RETRY_AFTER_SECONDS) if seconds >= 0 else None


def request_options(prompt: ChatPrompt, sent: Capabilities, max_output_tokens: int) -> dict[str, Any]:
    body: dict[str, Any] = {sent.cap_parameter: max_output_tokens}
    if sent.stream:
        body["stream"] = True
        if sent.stream_usage:
            body["stream_options"] = {"include_usage": True}
    if sent.temperature:
        body["temperature"] = 0
    if sent.reasoning_effort:
        body["reasoning_effort"] = sent.reasoning_effort
    if sent.structured_output == "json_schema":
        body["response_format"] = {
            "type": "json_schema",
            "json_schema": {"name": prompt.schema_name, "strict": True, "schema": prompt.schema},
        }
    elif sent.structured_output == "json_object":
        body["response_format"] = {"type": "json_object"}
    return body


def error_of_body(body: bytes) -> dict[str, str]:
    """``message``, ``code`` and ``param`` of an error's body, each a short clean text, whatever the server sent."""
    data: object = None
    with suppress(ValueError):
        data = from_json(body)
    error = data.get("error", data) if isinstance(data, dict) else data
    if not isinstance(error, dict):
        error = {"message": error if isinstance(error, str) else body.decode("utf-8", "replace")}
    named = {name: error.get(name) for name in ("message", "code", "param")}
    return {name: clean_text(value, MAX_ERROR_TEXT) for name, value in named.items() if isinstance(value, str)}


def clean_text(text: str, length: int) -> str:
    """A text from outside: cut to ``length`` characters, without what no database and no terminal takes (control
    characters, halves of surrogate pairs)."""
    return "".join(char if char.isprintable() or char in "\n\t" else " " for char in storable(text, length))


def error_text(body: object) -> str:
    return body if isinstance(body, str) else json.dumps(body, default=str)
