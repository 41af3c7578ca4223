"""Dated values from outside a card: fuel indexes and exchange rates. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal


@dataclass(frozen=True, slots=True)
class IndexValue:
    """A value of a fuel index (``EIA diesel US``, ``EU oil bulletin DE``), as published on a day."""

    index_name: str
    published: date
    value: Decimal


@dataclass(frozen=True, slots=True)
class ExchangeRate:
    """One ``base`` costs ``rate`` of ``quoted`` from a day on, by ``source`` (a bank, the card)."""

    base: str
    quoted: str
    day: date
    rate: Decimal
    source: str = ""
