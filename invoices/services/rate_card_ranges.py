"""Rows of a rate card whose numbers no column holds: postcodes or order numbers that were read as a price."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from django.db import models

from invoices.models import FuelBand, Rate, RateCard, Surcharge, TariffRule
from invoices.rate_records import CardData
from invoices.records import ReviewReason
from invoices.rules.catalogue import reason


def leave_out_of_range(card: CardData) -> list[ReviewReason]:
    """Takes the rows out that cannot be stored, and says so, once for each list."""
    reasons: list[ReviewReason] = []
    tables: tuple[tuple[str, type[models.Model], list[Any]], ...] = (
        ("rates", Rate, card.rates), ("surcharges", Surcharge, card.surcharges), ("fuel", FuelBand, card.fuel),
        ("rules", TariffRule, card.rules),
    )  # fmt: skip
    for name, model, rows in tables:
        limits = _limits(model)
        found = _beyond(rows, limits)
        if not found:
            continue
        number, column = next(iter(found.values()))
        more = f" and {len(found) - 1} more rows" if len(found) > 1 else ""
        text = f"{number} is too large for {column.replace('_', ' ')}; its row{more} was left out."
        reasons.append(reason("value_beyond_column", name, text))
        rows[:] = [row for index, row in enumerate(rows) if index not in found]
    divisor = card.dimensional_divisor
    if divisor is not None and not _fits(divisor, _limits(RateCard)["dimensional_divisor"]):
        text = f"{divisor} is too large for a divisor and was left out."
        reasons.append(reason("value_beyond_column", "dimensional_divisor", text))
        card.dimensional_divisor = None
    return reasons


def _limits(model: type[models.Model]) -> dict[str, Decimal]:
    return {
        field.name: Decimal(10) ** (field.max_digits - field.decimal_places)
        for field in model._meta.concrete_fields
        if isinstance(field, models.DecimalField) and not field.generated
    }


def _beyond(rows: Sequence[Any], limits: dict[str, Decimal]) -> dict[int, tuple[Decimal, str]]:
    """Row → its first number that does not fit, and the column."""
    found: dict[int, tuple[Decimal, str]] = {}
    for column, limit in limits.items():
        for index, row in enumerate(rows):
            value = getattr(row, column)
            if value is not None and not _fits(value, limit):
                found.setdefault(index, (value, column))
    return dict(sorted(found.items()))


def _fits(value: Decimal, limit: Decimal) -> bool:
    return value.is_finite() and -limit < value < limit
