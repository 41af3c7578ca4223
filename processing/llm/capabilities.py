"""What a model's server understands, learned from its refusals and remembered for the life of the process."""

from __future__ import annotations

import re
import threading
from dataclasses import dataclass, replace
from typing import Literal

StructuredOutput = Literal["json_schema", "json_object", "text"]
TokenParameter = Literal["max_completion_tokens", "max_tokens"]

_NEXT_OUTPUT: dict[StructuredOutput, StructuredOutput] = {"json_schema": "json_object", "json_object": "text"}
_TOO_MUCH_INPUT = re.compile(r"context.{0,3}(length|window|size)|maximum context|too (large|long|many tokens)", re.I)
_SCHEMA_WORDS = ("response_format", "json_schema", "json_object", "schema", "grammar", "structured output")


@dataclass(frozen=True, slots=True)
class Capabilities:
    """The options to send. Starts with the best and loses one for each refusal."""

    structured_output: StructuredOutput = "json_schema"
    cap_parameter: TokenParameter = "max_completion_tokens"
    stream: bool = True
    stream_usage: bool = True
    temperature: bool = True
    reasoning_effort: str = ""


class CapabilityStore:
    """Capabilities by (base URL, model), shared by all clients and threads of the process."""

    def __init__(self) -> None:
        self._known: dict[tuple[str, str], Capabilities] = {}
        self._lock = threading.Lock()

    def get(self, key: tuple[str, str], default: Capabilities) -> Capabilities:
        with self._lock:
            return self._known.setdefault(key, default)

    def change(self, key: tuple[str, str], sent: Capabilities, changed: Capabilities) -> None:
        """Remember ``changed``, unless another thread has learned something since ``sent`` went out."""
        with self._lock:
            if self._known.get(key, sent) == sent:
                self._known[key] = changed


def initial_capabilities(model: str) -> Capabilities:
    """What is published of OpenAI's reasoning models: they take no temperature, and think the output cap away unless
    told to think little (platform.openai.com, "Reasoning models"); from 5.1 on they do not think unless told to."""
    bare = model.lower().rsplit("/", 1)[-1]
    if re.match(r"gpt-5(-(mini|nano))?($|-\d{4})", bare):
        return Capabilities(temperature=False, reasoning_effort="minimal")
    if re.match(r"o[1-9](-|$)", bare):
        return Capabilities(temperature=False, reasoning_effort="low")
    if bare.startswith("gpt-5"):
        return Capabilities(temperature=False)
    return Capabilities()


def without_refused_option(sent: Capabilities, parameter: str, message: str) -> Capabilities | None:
    """The capabilities left after a 400 or 422 that names an option that was sent; None when it is about another thing.

    ``parameter`` is the error's ``param``; the option that the message names first counts where it is empty.
    """
    if _TOO_MUCH_INPUT.search(message):
        return None
    named = _first_named(sent, parameter.lower()) or _first_named(sent, message.lower())
    if named == "stream_options":
        return replace(sent, stream_usage=False)
    if named == "stream":
        return replace(sent, stream=False, stream_usage=False)
    if named == "temperature":
        return replace(sent, temperature=False)
    if named == "reasoning_effort":
        return replace(sent, reasoning_effort="")
    if named == "max_completion_tokens":
        return replace(sent, cap_parameter="max_tokens")
    if named == "max_tokens":
        return replace(sent, cap_parameter="max_completion_tokens")
    if named == "response_format" and sent.structured_output in _NEXT_OUTPUT:
        return replace(sent, structured_output=_NEXT_OUTPUT[sent.structured_output])
    return None


def _first_named(sent: Capabilities, text: str) -> str | None:
    words: dict[str, str] = {sent.cap_parameter: sent.cap_parameter}
    if sent.structured_output != "text":
        words |= dict.fromkeys(_SCHEMA_WORDS, "response_format")
    if sent.stream_usage:
        words |= {"stream_options": "stream_options", "include_usage": "stream_options"}
    if sent.stream:
        words |= {"stream": "stream"}
    if sent.temperature:
        words |= {"temperature": "temperature"}
    if sent.reasoning_effort:
        words |= {"reasoning": "reasoning_effort"}
    # the longer word first where two begin at one place: "stream_options" is not about "stream"
    found = sorted((text.find(word), -len(word), option) for word, option in words.items() if word in text)
    return found[0][2] if found else None
