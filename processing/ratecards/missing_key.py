"""A column of words without a known head that tells prices apart which nothing else does: a service. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from processing.content.records import Row
from processing.ratecards.headers import is_number
from processing.ratecards.plan import ColumnPlan
from processing.ratecards.vocabulary import KEYS

_MOST_VALUES = 12
_MOST_CHARACTERS = 40


def with_missing_key(columns: list[ColumnPlan], sample: Sequence[Row]) -> list[ColumnPlan]:
    """The columns of a list, where one that was left out is the service: without it rows have the keys of others."""
    keys = [c.column for c in columns if c.meaning in KEYS and not c.axis]
    prices = [c for c in columns if c.meaning == "price"]
    if not keys or len(prices) != 1 or prices[0].axis or any(c.meaning == "service" for c in columns):
        return columns
    rows = [row for row in sample if len(row.cells) > 1]
    if not _repeats(rows, keys):
        return columns
    for column in columns:
        texts = [cell.text for row in rows if (cell := row.cell_at(column.column)) is not None]
        words = len(texts) == len(rows) and not any(is_number(text) or len(text) > _MOST_CHARACTERS for text in texts)
        if column.meaning != "ignore" or not words or not 1 < len(set(texts)) <= _MOST_VALUES:
            continue
        if not _repeats(rows, [*keys, column.column]):
            return [replace(c, meaning="service") if c is column else c for c in columns]
    return columns


def _repeats(rows: Sequence[Row], columns: Sequence[int]) -> bool:
    keys = [tuple(cell.text if (cell := row.cell_at(c)) is not None else "" for c in columns) for row in rows]
    return len(set(keys)) < len(keys)
