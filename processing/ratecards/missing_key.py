"""A column of words without a known head that tells prices apart which nothing else does: a service. Pure."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from invoices.rate_records import CardData, RuleData
from processing.content.records import Row
from processing.ratecards.headers import is_number
from processing.ratecards.plan import ColumnPlan, TablePlan
from processing.ratecards.vocabulary import KEYS, meaning_of

_MOST_VALUES = 12
_NAME = re.compile(r"^[^\W\d_a-z][^\d]{2,39}$")
_MOST_CHARACTERS = 40


def with_missing_key(columns: list[ColumnPlan], sample: Sequence[Row]) -> list[ColumnPlan]:
    """The columns of a list, where one that was left out is the service: without it rows have the keys of others."""
    keys = [c.column for c in columns if c.meaning in KEYS and not c.axis]
    prices = [c for c in columns if c.meaning == "price"]
    if keys and prices and (lane := _as_lane(columns, sample, keys)):
        return lane
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


def _as_lane(columns: list[ColumnPlan], sample: Sequence[Row], keys: Sequence[int]) -> list[ColumnPlan]:
    """The columns, where the two first hold names under heads that nobody knows and tell prices apart only together:
    where a shipment comes from and goes to. Empty where it is not so."""
    first, second = [*sorted(columns, key=lambda c: c.column), None, None][:2]
    if first is None or second is None or first.axis or second.axis or second.meaning not in ("ignore", "service"):
        return []
    if first.meaning != "service" or meaning_of(first.header) or meaning_of(second.header):
        return []
    rows = [row for row in sample if len(row.cells) > 1]
    names = [[c.text for row in rows if (c := row.cell_at(at)) is not None] for at in (first.column, second.column)]
    named = all(len(texts) == len(rows) and all(_NAME.match(text) for text in texts) for texts in names)
    told = not _repeats(rows, [*keys, second.column]) and all(len(set(texts)) < len(texts) for texts in names)
    if not named or not told:
        return []
    meanings = {first.column: "origin", second.column: "destination"}
    return [replace(c, meaning=meanings.get(c.column, c.meaning)) for c in columns]


def ask_of_lanes(card: CardData, tables: Sequence[TablePlan]) -> None:
    """Ask whether two columns of names are where shipments come from and go to, where no word says so."""
    for table in tables:
        ends = {c.meaning: c for c in table.columns if c.meaning in ("origin", "destination") and not c.axis}
        if (
            table.target != "rates"
            or len(ends) < 2
            or any(meaning_of(words) for c in ends.values() for words in (c.header, *c.header.split()))
        ):
            continue
        heads = " and ".join(f"“{c.header}”" for c in ends.values() if c.header)
        if heads:
            words = f"Are {heads} where shipments come from and where they go to?"
            card.rules.append(RuleData("not_understood", words=words, source={"words": ends["origin"].header_source}))


def _repeats(rows: Sequence[Row], columns: Sequence[int]) -> bool:
    keys = [tuple(cell.text if (cell := row.cell_at(c)) is not None else "" for c in columns) for row in rows]
    return len(set(keys)) < len(keys)
