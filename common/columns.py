"""The few column shapes that all records share, so that a kind of value is stored one way."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from django.db import models


def money(**options: Any) -> models.DecimalField[Decimal | None, Decimal | None]:
    """An amount in the record's currency. Four places: enough for every ISO 4217 currency and for UBL's longer
    amounts."""
    return models.DecimalField(max_digits=18, decimal_places=4, null=True, blank=True, **options)


def number(**options: Any) -> models.DecimalField[Decimal | None, Decimal | None]:
    """A quantity, unit price, weight or percentage: eight places, as unit prices of energy and telecoms need them."""
    return models.DecimalField(max_digits=24, decimal_places=8, null=True, blank=True, **options)


def text(max_length: int = 200, **options: Any) -> models.CharField[str, str]:
    return models.CharField(max_length=max_length, blank=True, default="", **options)


def usd(**options: Any) -> models.DecimalField[Decimal, Decimal]:
    """Money spent on models, in US dollars. Ten places: one token of a small model costs 0.00000005."""
    return models.DecimalField(max_digits=18, decimal_places=10, default=Decimal(0), **options)
