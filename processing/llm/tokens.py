"""Counting tokens offline: exact for OpenAI's o200k and cl100k families, a bound that errs high for the rest."""

from __future__ import annotations

import json
import re
from functools import lru_cache
from typing import Any

import bpe_openai

# bpe-openai refuses a text of more than 200,000 tokens; a character is at most four tokens (its UTF-8 bytes).
CHUNK_CHARACTERS = 40_000

# Chat format of the o200k and cl100k families: 3 tokens around a message and 1 for its role, 3 that open the reply
# (cookbook.openai.com, "How to count tokens"). Other chat templates were seen to use up to 12 for a message.
EXACT_TOKENS_PER_MESSAGE = 4
BOUND_TOKENS_PER_MESSAGE = 16
REPLY_PRIMING_TOKENS = 3
# How a schema is shown to the model is not published; its JSON text with this on top was never exceeded.
SCHEMA_OVERHEAD_TOKENS = 64

_FAMILIES = (
    ("o200k_base", re.compile(r"(gpt-4o|chatgpt-4o|gpt-4\.[1-9]|gpt-5|gpt-oss|o[1-9](-|$))")),
    ("cl100k_base", re.compile(r"(gpt-4|gpt-3\.5|gpt-35)(-|$)")),
)

# Pieces of a text for the bound: a run of small letters with the space before it, or any other single character.
_LOWER_RUN = re.compile(r" ?[a-z]{2,}")
_SPACE_RUN = re.compile(r"[ \t]{2,}")


def encoding_name(model: str) -> str | None:
    """``o200k_base`` or ``cl100k_base`` by the model's name (also ``openai/gpt-4o``, ``ft:gpt-4o:…``), else None."""
    bare = model.lower().rsplit("/", 1)[-1].removeprefix("ft:")
    return next((name for name, pattern in _FAMILIES if pattern.match(bare)), None)


def count_tokens(text: str, model: str) -> int:
    """Tokens of ``text`` for ``model``: exact where its tokenizer is known, otherwise ``token_bound``."""
    name = encoding_name(model)
    return token_bound(text) if name is None else _count(text, name)


def token_bound(text: str) -> int:
    """A number of tokens that tokenizers of unknown models stay under.

    Digits, capitals, punctuation and line ends count one each (Qwen and Llama 2 write each digit apart), a run of small
    letters with its leading space half its length (measured tokenizers: a quarter), a run of spaces one, everything
    beyond ASCII its UTF-8 bytes (byte fallback). Never below what o200k counts. On invoices it was 1.3 to 2.2 times
    the count of Qwen 2.5's tokenizer, on random letters 1.05 times, never below it.
    """
    ascii_text = text.encode("ascii", "ignore").decode()
    beyond_ascii = len(text.encode("utf-8", "replace")) - len(ascii_text)
    shortened = len(ascii_text)
    for run in _LOWER_RUN.findall(ascii_text):
        shortened -= len(run) - (len(run) + 1) // 2
    for run in _SPACE_RUN.findall(ascii_text):
        shortened -= len(run) - 1
    return max(shortened + beyond_ascii, _count(text, "o200k_base"))


def count_messages(messages: list[str], schema: dict[str, Any] | None, model: str) -> int:
    """Input tokens of a chat request: the messages' texts, the chat format around them, and the reply schema."""
    exact = encoding_name(model) is not None
    per_message = EXACT_TOKENS_PER_MESSAGE if exact else BOUND_TOKENS_PER_MESSAGE
    first, *others = messages
    total = _instruction_tokens(first, model) + sum(count_tokens(message, model) for message in others)
    return total + per_message * len(messages) + REPLY_PRIMING_TOKENS + schema_tokens(schema, model)


def least_tokens(messages: list[str], model: str) -> int:
    """What no server that was sent these texts can have counted less than: their tokens where the tokenizer is known,
    else half of o200k's, which no tokenizer in use comes near."""
    encoding = encoding_name(model)
    counted = sum(_count(message, encoding or "o200k_base") for message in messages)
    return counted if encoding else counted // 2


def schema_tokens(schema: dict[str, Any] | None, model: str) -> int:
    if schema is None:
        return 0
    return _schema_tokens(json.dumps(schema), model)


class OutputCounter:
    """Counts a reply while it arrives, cheaply: a token has at least one byte, so the whole text is counted anew only
    when the bytes since the last count could have carried it past ``limit``.

    With a known tokenizer the count is exact. Otherwise it is the number of pieces that the server sent (servers send
    a piece a token) or o200k's count, whichever is more, but not more than ``token_bound``.
    """

    def __init__(self, model: str, limit: int) -> None:
        self._encoding = encoding_name(model)
        self._limit = limit
        self._pieces: list[str] = []
        self._counted = 0
        self._bytes_since = 0

    def add(self, piece: str) -> bool:
        """Take one more piece; True when the reply is now longer than the limit."""
        self._pieces.append(piece)
        self._bytes_since += len(piece.encode("utf-8", "replace"))
        if self._counted + self._bytes_since <= self._limit:
            return False
        return self.count() > self._limit

    def count(self) -> int:
        """Tokens so far."""
        if self._bytes_since:
            text = "".join(self._pieces)
            self._counted = _count(text, self._encoding or "o200k_base")
            if self._encoding is None:
                self._counted = min(max(self._counted, len(self._pieces)), token_bound(text))
            self._bytes_since = 0
        return self._counted


@lru_cache(maxsize=8)
def _instruction_tokens(text: str, model: str) -> int:
    # The first message is the same for every document; it is most of what there is to count.
    return count_tokens(text, model)


@lru_cache(maxsize=32)
def _schema_tokens(schema_json: str, model: str) -> int:
    return count_tokens(schema_json, model) + SCHEMA_OVERHEAD_TOKENS


@lru_cache(maxsize=2)
def _encoding(name: str) -> bpe_openai.Encoding:
    return bpe_openai.get_encoding(name)


def _count(text: str, name: str) -> int:
    encoding = _encoding(name)
    return sum(len(encoding.encode_ordinary(chunk)) for chunk in _chunks(text))


def _chunks(text: str) -> list[str]:
    """Cut at a line end or a space where there is one, so that no word is counted in two halves."""
    chunks = []
    while len(text) > CHUNK_CHARACTERS:
        cut = max(text.rfind("\n", 0, CHUNK_CHARACTERS), text.rfind(" ", 0, CHUNK_CHARACTERS))
        cut = cut if cut > 0 else CHUNK_CHARACTERS
        chunks.append(text[:cut])
        text = text[cut:]
    return [*chunks, text] if text else chunks
