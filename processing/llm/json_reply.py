"""A model's reply to JSON: out of fences and prose, repaired where it is slightly broken, salvaged where it was cut.

A cut reply gives what was complete and nothing else: never the beginning of a value. A whole reply that no repair turns
into strict JSON is no reply.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from typing import Any

from pydantic_core import from_json

from common.storable import storable
from processing.errors import InvalidOutput

MAX_REPLY_CHARACTERS = 200_000
_THOUGHT = re.compile(r"^\s*<think>.*?</think>", re.DOTALL)
_FENCE = re.compile(r"```[a-zA-Z0-9]*[ \t]*\r?\n?")
_QUOTES = {'"': '"', "'": "'", "“": "”", "”": "”", "„": "“", "‘": "’"}
_WORDS = {"None": "null", "True": "true", "False": "false", "undefined": "null", "NaN": "null", "nil": "null"}
_BARE = re.compile(r"[A-Za-z_][\w-]*")
_NUMBER = re.compile(r"-?\d+(?:\.\d+)?(?:[eE][-+]?\d+)?")
_BLANKS = re.compile(r"\s*")


@dataclass(frozen=True, slots=True)
class ParsedReply:
    """The object of a reply; ``truncated`` when it was cut and only what was complete is in it."""

    data: dict[str, Any]
    truncated: bool
    repaired: bool


def parse_reply(text: str) -> ParsedReply:
    """The JSON object in ``text``. A reply that breaks off is one that was cut, whatever the server says of it.
    Raises InvalidOutput with the text."""
    body = _object_text(text)
    if body is None:
        raise InvalidOutput(partial_text=text)
    try:
        data, _ = json.JSONDecoder(strict=False).raw_decode(body)
        return ParsedReply(_as_object(data, text), truncated=False, repaired=False)
    except (ValueError, RecursionError):
        pass
    repaired = _Repair(body)
    fixed = repaired.run()
    if repaired.complete:
        try:
            return ParsedReply(_as_object(json.loads(fixed), text), truncated=False, repaired=True)
        except (ValueError, RecursionError):
            raise InvalidOutput(partial_text=text) from None
    # The text ended before the object did: a cut. The repaired beginning is strict JSON up to where it was cut.
    salvaged = None if repaired.broken else _salvage(fixed)
    if salvaged is None:
        raise InvalidOutput(partial_text=text)
    return ParsedReply(salvaged, truncated=True, repaired=False)


def _object_text(text: str) -> str | None:
    """The reply from its first brace on, without thoughts before and fences around it."""
    body = _FENCE.sub("", _THOUGHT.sub("", text[:MAX_REPLY_CHARACTERS]).lstrip("\ufeff \r\n\t"))
    start = body.find("{")
    return body[start:] if start >= 0 else None


def _as_object(data: Any, text: str) -> dict[str, Any]:
    if not isinstance(data, dict):
        raise InvalidOutput(partial_text=text)
    cleaned: dict[str, Any] = _storable(data)
    return cleaned


def _storable(data: Any) -> Any:
    """JSON whose strings can be stored: escapes may name NUL and halves of surrogate pairs. Raises RecursionError."""
    if isinstance(data, str):
        return storable(data)
    if isinstance(data, dict):
        return {storable(key): _storable(value) for key, value in data.items()}
    return [_storable(value) for value in data] if isinstance(data, list) else data


def _salvage(body: str) -> dict[str, Any] | None:
    """What is complete. A number at the very end may go on ("17" of "1703.29"), so it is dropped."""
    try:
        data = from_json(body.rstrip("0123456789.+-eE"), allow_partial=True)
    except ValueError:
        return None
    return _storable(data) if isinstance(data, dict) and data else None


class _Repair:
    """Rewrites nearly-JSON token by token: other quotes, names without quotes, Python's words, comments, commas too
    many or too few, line ends inside strings. ``complete`` when the first object was closed, ``broken`` when something
    else stands in it."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.at = 0
        self.out: list[str] = []
        self.open: list[str] = []
        self.complete = False
        self.broken = False
        self._blanks = range(0)  # the blanks looked at last, with the mark after them

    def run(self) -> str:
        while self.at < len(self.text) and not self.complete:
            if not self._token():
                self.broken = True
                break
        return "".join(self.out)

    def _token(self) -> bool:
        char = self.text[self.at]
        if char.isspace():
            self.at += 1
        elif char in "{[":
            self._value(char)
            self.open.append(char)
            self.at += 1
        elif char in "}]":
            return self._close(char)
        elif char == ",":
            if self._last() not in (",", "{", "[", ":", ""):
                self.out.append(",")
            self.at += 1
        elif char == ":":
            self.out.append(":")
            self.at += 1
        elif char in _QUOTES:
            return self._string(char)
        elif self.text.startswith(("//", "/*"), self.at):
            end = self.text.find("\n" if self.text[self.at + 1] == "/" else "*/", self.at)
            self.at = len(self.text) if end < 0 else end + (1 if self.text[self.at + 1] == "/" else 2)
        else:
            return self._bare()
        return True

    def _last(self) -> str:
        return self.out[-1] if self.out else ""

    def _value(self, token: str) -> None:
        """Append a value or a key, with the comma that was forgotten before it."""
        if self._last() not in ("{", "[", ",", ":", ""):
            self.out.append(",")
        self.out.append(token)

    def _close(self, char: str) -> bool:
        if not self.open or {"{": "}", "[": "]"}[self.open[-1]] != char:
            return False  # mixed up: not slightly broken
        if self._last() == ",":
            self.out.pop()
        if self._last() == ":":
            self.out.append("null")
        self.open.pop()
        self.out.append(char)
        self.at += 1
        self.complete = not self.open
        return True

    def _string(self, quote: str) -> bool:
        """A string to its closing quote. One that the text ends in is kept open, so that the salvage drops it."""
        end_quote, at, parts = _QUOTES[quote], self.at + 1, ['"']
        while at < len(self.text):
            char = self.text[at]
            if char == "\\" and at + 1 < len(self.text):
                following = self.text[at + 1]
                parts.append(following if following == "'" else char + following)
                at += 2
                continue
            if char == end_quote and (end_quote == '"' or self._ends_string(at)):
                self._value("".join(parts) + '"')
                self.at = at + 1
                return True
            parts.append(json.dumps(char)[1:-1] if char == '"' or char < " " else char)
            at += 1
        self._value("".join(parts))
        self.at = len(self.text)
        return True

    def _ends_string(self, at: int) -> bool:
        """A quote that is no double one ends a string only before a mark: "L'Oréal" goes on."""
        following = self._mark_from(at + 1)
        return not following or following in ",:}]"

    def _mark_from(self, at: int) -> str:
        """The next character that is no blank; empty at the end."""
        if at not in self._blanks:
            found = _BLANKS.match(self.text, at)
            self._blanks = range(at, at + 1) if found is None else range(at, found.end() + 1)
        return self.text[self._blanks.stop - 1 : self._blanks.stop]

    def _bare(self) -> bool:
        word = _BARE.match(self.text, self.at)
        number = _NUMBER.match(self.text, self.at)
        found = word or number
        if found is None:
            return False
        self.at = found.end()
        at_end = self.at >= len(self.text)
        is_key = self._mark_from(self.at) == ":"
        token = found[0]
        if word is not None and not is_key:
            token = _WORDS.get(token, token)
            if token not in ("null", "true", "false") and not at_end:
                return False
        self._value(json.dumps(token) if is_key else token)
        return True
