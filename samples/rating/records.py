"""What a worked example of rating is."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from decimal import ROUND_CEILING, ROUND_FLOOR, ROUND_HALF_UP, Decimal
from typing import Any

from invoices.rate_records import CardData, RateData

DAY = date(2026, 5, 12)


@dataclass(frozen=True)
class WorkedExample:
    """A card, a shipment as the body of a quote has it, and its price with the reasoning. ``covers`` are the bases,
    axes and kinds of rules that it is about; ``refused`` is the code where there is no price."""

    covers: frozenset[str]
    why: str
    card: CardData
    shipment: dict[str, Any]
    total: Decimal | None
    day: date = DAY
    incomplete: tuple[str, ...] = ()
    refused: str = ""
    others: dict[str, Decimal] = field(default_factory=dict)


def card_of(*rates: RateData, **values: Any) -> CardData:
    return CardData(
        **{"carrier_name": "Example Lines", "currency": "EUR", "weight_unit": "kg", **values}, rates=list(rates)
    )


def cents(value: Decimal) -> Decimal:
    return value.quantize(Decimal("0.01"), ROUND_HALF_UP)


def steps_up(value: Decimal, step: Decimal) -> Decimal:
    return (value / step).to_integral_value(ROUND_CEILING) * step


def steps_down(value: Decimal, step: Decimal) -> Decimal:
    return (value / step).to_integral_value(ROUND_FLOOR) * step


def steps_nearest(value: Decimal, step: Decimal) -> Decimal:
    return (value / step).to_integral_value(ROUND_HALF_UP) * step


def weighing(weight: str, **values: Any) -> dict[str, Any]:
    """A shipment of one piece."""
    return {"pieces": [{"weight": weight}], **values}
