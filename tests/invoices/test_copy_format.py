"""Rows as lines of COPY: what a database would take for a mark of its own is written out."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any

from invoices.services.copy_format import copy_lines, copy_text


@dataclass
class Row:
    name: str
    value: Decimal | None = None
    source: dict[str, Any] = field(default_factory=dict)


FIELDS = [("name", 10), ("value", None), ("source", None)]


def lines(*rows: Row) -> list[str]:
    return list(copy_lines(rows, FIELDS, first="7"))


def test_marks_of_the_format_in_a_text_are_escaped() -> None:
    assert lines(Row("a\tb\\c\nd")) == ["7\t0\ta\\tb\\\\c\\nd\t\\N\t{}\n"]


def test_a_text_is_cut_to_its_column_and_zero_characters_are_dropped() -> None:
    assert copy_text("0123456789abc", 10) == "0123456789"
    assert copy_text("a\x00b") == "ab"


def test_numbers_keep_eight_places_and_days_are_iso() -> None:
    assert copy_text(Decimal(1) / 3) == "0.33333333"
    assert copy_text(Decimal("12.50")) == "12.50"
    assert copy_text(date(2026, 3, 1)) == "2026-03-01"
    assert (copy_text(True), copy_text(False), copy_text(None)) == ("t", "f", "\\N")


def test_sources_are_json_with_its_backslashes_doubled() -> None:
    assert lines(Row("a", Decimal(2), {"value": 'Q"1"!B2'})) == ['7\t0\ta\t2\t{"value":"Q\\\\"1\\\\"!B2"}\n']
    assert lines(Row("a", None, {"value": "S\x00!B2"})) == ['7\t0\ta\t\\N\t{"value":"S!B2"}\n']
