"""The model's reply to JSON: whole, dressed up, slightly broken, cut at any byte."""

from __future__ import annotations

import json
from typing import Any

import pytest

from processing.errors import InvalidOutput
from processing.llm.json_reply import parse_reply

REPLY: dict[str, Any] = {
    "title": 'RECHNUNG "Kopie"',
    "number": "RE-2024-0815 {a}",
    "seller": "L'Oréal & Söhne",
    "net_total": "1.703,29",
    "count": 1703.29,
    "due_date": None,
    "paid": True,
    "items": [
        {"from": 12, "to": 113, "description": "Bolt, 4 mm: zinc", "more": [{"column": "unit", "text": "Stk"}]},
        {"from": 120, "to": 121, "description": None, "more": []},
    ],
    "iban": "DE02120300000000202051",
}
COMPACT = json.dumps(REPLY, ensure_ascii=False, separators=(",", ":"))


def is_part_of(part: Any, whole: Any) -> bool:
    """Every value of ``part`` is the whole's value at the same place."""
    if isinstance(part, dict):
        return isinstance(whole, dict) and all(k in whole and is_part_of(v, whole[k]) for k, v in part.items())
    if isinstance(part, list):
        return isinstance(whole, list) and len(part) <= len(whole) and all(map(is_part_of, part, whole))
    return type(part) is type(whole) and bool(part == whole)


@pytest.mark.parametrize(
    "text",
    [
        COMPACT,
        json.dumps(REPLY, indent=2),
        f"```json\n{COMPACT}\n```",
        f"Here is the JSON you asked for:\n\n```\n{COMPACT}\n```\nI hope {{this}} helps!",
        f"<think>The number could be {{7}}.</think>{COMPACT}",
        f"\ufeff  {COMPACT}  ",
        repr(REPLY),
        json.dumps(REPLY, separators=(" ,\n ", " : ")),
        COMPACT[:-1] + ",}",
        COMPACT.replace('null,"paid"', 'null "paid"'),
        COMPACT.replace('"number":', "number:"),
        COMPACT.replace('"paid":true', '"paid":True // already\n'),
    ],
    ids=["compact", "indented", "fenced", "prose", "thought", "bom", "python", "blanks", "trailing-comma", "no-comma",
         "bare-key", "comment"],
)  # fmt: skip
def test_a_reply_that_is_whole_is_read_however_it_is_dressed(text: str) -> None:
    assert parse_reply(text).data == REPLY
    assert not parse_reply(text).truncated


@pytest.mark.parametrize("text", [COMPACT, json.dumps(REPLY, indent=1), f"```json\n{COMPACT}\n```", repr(REPLY)])
def test_a_reply_cut_at_any_byte_gives_no_wrong_value(text: str) -> None:
    data = text.encode()
    read = 0
    for end in range(len(data)):
        try:
            reply = parse_reply(data[:end].decode(errors="ignore"))
        except InvalidOutput:
            continue
        read += 1
        assert is_part_of(reply.data, REPLY), data[:end]
        assert reply.truncated or reply.data == REPLY
    assert read > len(data) * 0.8


def test_a_number_that_was_cut_is_left_out_and_not_shortened() -> None:
    assert parse_reply('{"title":"x","count":17').data == {"title": "x"}


@pytest.mark.parametrize(
    "text", ["", "I am sorry, I cannot do this.", "[1, 2]", '{"a": x y}', '{"a": [1}', '{"a": "b" ; "c": 1}', "{"]
)
def test_what_is_no_object_is_invalid_output_and_keeps_the_raw_reply(text: str) -> None:
    with pytest.raises(InvalidOutput) as caught:
        parse_reply(text)
    assert caught.value.partial_text == text
    assert not caught.value.permanent
