"""What a request to a model says, and what its refusal says. No SDK, no connection."""

from __future__ import annotations

import json
from typing import Any, Protocol

from processing.llm_capabilities import Capabilities

MAX_RETRY_AFTER_SECONDS = 3600.0


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


def error_text(body: object) -> str:
    return body if isinstance(body, str) else json.dumps(body, default=str)
