"""Counting tokens: exact where the tokenizer is known, never too low where it is not."""

from __future__ import annotations

import random

import bpe_openai
import pytest

from processing.extractors.model.prompt import INVOICE_SYSTEM
from processing.llm.tokens import (
    CHUNK_CHARACTERS,
    OutputCounter,
    count_messages,
    count_tokens,
    encoding_name,
    token_bound,
)


@pytest.mark.parametrize(
    ("model", "name"),
    [
        ("gpt-4o-mini", "o200k_base"),
        ("gpt-4.1-nano-2025-04-14", "o200k_base"),
        ("gpt-5", "o200k_base"),
        ("o3-mini", "o200k_base"),
        ("openai/gpt-4o", "o200k_base"),
        ("ft:gpt-4o-mini:acme::1", "o200k_base"),
        ("gpt-4", "cl100k_base"),
        ("gpt-4-0613", "cl100k_base"),
        ("gpt-3.5-turbo", "cl100k_base"),
        ("local", None),
        ("claude-sonnet-4-5", None),
        ("my-gpt-4o", None),
    ],
)
def test_the_tokenizer_is_known_by_the_models_name(model: str, name: str | None) -> None:
    assert encoding_name(model) == name


def test_counts_of_known_texts() -> None:
    assert count_tokens("hello world", "gpt-4o") == 2
    assert count_tokens("Rechnungsbetrag 1.234,56 €", "gpt-4o") == 11
    assert count_tokens("", "gpt-4o") == 0


def test_a_text_of_a_million_characters_is_counted() -> None:
    line = "12: Widget type 7 | 4 | 10.00 | 40.00\n"
    many = line * (1_000_000 // len(line))
    assert len(many) > 20 * CHUNK_CHARACTERS
    assert count_tokens(many, "gpt-4o") == pytest.approx(count_tokens(line, "gpt-4o") * many.count("\n"), rel=0.001)


@pytest.mark.parametrize(
    "kind", ["prose", "digits", "hex", "letters", "capitals", "greek", "chinese", "emoji", "blanks"]
)
def test_the_bound_is_never_below_a_tokenizer(kind: str) -> None:
    source = random.Random(7)
    text = {
        "prose": INVOICE_SYSTEM,
        "digits": " ".join(str(source.randint(0, 10**9)) for _ in range(100)),
        "hex": " ".join(f"{source.getrandbits(128):032x}" for _ in range(50)),
        "letters": " ".join("".join(source.choices("abcdefghijklmnopqrstuvwxyz", k=12)) for _ in range(100)),
        "capitals": "".join(source.choices("ABCDEFGHIJKLMNOPQRSTUVWXYZ ", k=1000)),
        "greek": "Τιμολόγιο πώλησης, ημερομηνία λήξης " * 20,
        "chinese": "发票号码：12345678 开票日期 购买方名称 " * 20,
        "emoji": "🧾💶📦" * 50,
        "blanks": "a      b\t\tc\n\n\n" * 50,
    }[kind]
    bound = token_bound(text)
    assert all(bound >= len(bpe_openai.get_encoding(n).encode_ordinary(text)) for n in ("o200k_base", "cl100k_base"))
    assert bound >= sum(char.isdigit() for char in text)  # tokenizers that write each digit apart


def test_messages_count_more_than_their_texts_and_a_schema_more_still() -> None:
    texts = ["You read invoices.", "1: Acorn Tools"]
    bare = sum(count_tokens(text, "gpt-4o") for text in texts)
    assert count_messages(texts, None, "gpt-4o") == bare + 2 * 4 + 3
    assert count_messages(texts, {"type": "object"}, "gpt-4o") > count_messages(texts, None, "gpt-4o")
    assert count_messages(texts, None, "local") > count_messages(texts, None, "gpt-4o")


def test_output_is_counted_exactly_while_it_arrives() -> None:
    text = '{"title":"Rechnung","net_total":"1.234,56 €","items":[]}' * 20
    counter = OutputCounter("gpt-4o", limit=10_000)
    for char in text:
        assert not counter.add(char)
    assert counter.count() == count_tokens(text, "gpt-4o")


@pytest.mark.parametrize("size", [1, 3, 17])
def test_the_limit_is_noticed_at_the_piece_that_passes_it(size: int) -> None:
    text = "very long " * 500
    counter, sent = OutputCounter("gpt-4o", limit=100), ""
    for start in range(0, len(text), size):
        sent += text[start : start + size]
        if counter.add(text[start : start + size]):
            break
    assert count_tokens(sent[:-size], "gpt-4o") <= 100 < count_tokens(sent, "gpt-4o")


def test_pieces_count_where_the_tokenizer_is_unknown_but_not_more_than_the_text_can_have() -> None:
    digits = OutputCounter("local", limit=100)
    assert not any(digits.add(digit) for digit in "1703" * 25)  # a tokenizer that writes each digit apart
    assert digits.count() == 100
    assert digits.add("5")
    letters = OutputCounter("local", limit=100)
    for char in "description of the goods " * 4:
        letters.add(char)  # a server that sends single letters
    assert letters.count() <= 60
