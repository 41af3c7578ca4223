"""Why none of a card's rates fits, told without reading them all. Pure.

A quote over stored cards loads only the rates of a lane. What it cannot see there (whether the card has the service at
all, or the origin) is told from a short list of what a card offers, which is made when the card is recorded.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from invoices.rate_records import CardData, RateData
from invoices.rating.lanes import said
from invoices.rating.pricing import candidates
from invoices.rating.records import NoQuote, Shipment

_MOST = 500  # a card with more combinations than this names them in columns that are no services
_NAMES = ("service", "service_code", "equipment", "freight_class")


@dataclass(frozen=True, slots=True)
class LaneFacts:
    """What is known of a card's rates: whether any has the zone asked for, the origin, a zone, the destination."""

    zone_asked: bool
    origin: bool
    any_zone: bool
    destination: bool


def offers_of(rates: Iterable[RateData]) -> list[list[Any]] | None:
    """The combinations of service, code, equipment, class and validity, as JSON; None where there are too many."""
    found: dict[tuple[Any, ...], None] = {}
    for rate in rates:
        if rate.charge:
            continue
        found[(rate.service, rate.service_code, rate.equipment, rate.freight_class, rate.valid_from, rate.valid_to)] = (
            None
        )
        if len(found) > _MOST:
            return None
    return [[*(_short(text) for text in key[:4]), *(day and day.isoformat() for day in key[4:])] for key in found]


def why_no_offer(
    index: int, card: CardData, offers: Sequence[Sequence[Any]], shipment: Shipment, day: date
) -> NoQuote | None:
    """Why no combination that the card offers fits: its service, equipment, class or validity. None where one does."""
    asked = shipment.service or shipment.equipment or shipment.freight_class
    if not asked and not any(offer[4] or offer[5] for offer in offers):
        return None
    rates = [
        RateData(
            Decimal(0), **dict(zip(_NAMES, offer[:4], strict=True)),
            valid_from=_day(offer[4]), valid_to=_day(offer[5]),
        )
        for offer in offers
    ]  # fmt: skip
    found = candidates(index, card, rates, shipment, day)
    return found if isinstance(found, NoQuote) else None


def why_no_lane_of(
    index: int, card: CardData, shipment: Shipment, facts: LaneFacts, *, zone_of_place: bool
) -> NoQuote:  # fmt: skip
    """Which part of the lane the card has no rate for; the sentences are those of ``lanes.why_no_lane``."""
    origin, destination = said(shipment.origin), said(shipment.destination)
    if shipment.zone and not facts.zone_asked:
        text = f"The card has no rate for zone {shipment.zone}."
    elif not facts.origin:
        text = f"The card has no rate from {origin}."
    elif facts.any_zone and not zone_of_place:
        text = f"The card has no zone for {destination}."
    elif not facts.destination:
        text = f"The card has no rate to {destination}."
    else:
        text = f"The card has no rate from {origin} to {destination}."
    return NoQuote(index, card.carrier_name, "no_lane", text)


def _short(text: str) -> str:
    return text[:200].replace("\x00", "")


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None
