"""Quotes for a person: the cards that this person may see, several shipments at once."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any
from uuid import UUID

from common.roles import sees_everything
from invoices.ratecards.lookup import Choice, quotes_by
from invoices.rating import NoQuote, Quote, Shipment


@dataclass(frozen=True, slots=True)
class QuotedShipment:
    """The quotes of one shipment with the ids of their cards, and the cards that gave none."""

    quotes: list[tuple[UUID, Quote]]
    refusals: list[tuple[UUID, NoQuote]]


@dataclass(frozen=True, slots=True)
class Quoted:
    day: date
    shipments: list[QuotedShipment]


def quote_for(*, user: Any, shipments: Sequence[Shipment], day: date, choice: Choice) -> Quoted:
    """Price shipments by the active cards that the user may see."""
    own = replace(choice, owner_id=None if sees_everything(user) else user.pk)
    results = []
    for shipment in shipments:
        found, ids = quotes_by(shipment, day, own)
        results.append(
            QuotedShipment(
                [(ids[quote.card], quote) for quote in found.quotes],
                [(ids[refusal.card], refusal) for refusal in found.refusals],
            )
        )
    return Quoted(day, results)
