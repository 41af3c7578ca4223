"""Why the freight of a shipment differs from the card: what the carrier must have done to come to its amount. Pure.

Each cause is tried as a price of its own; the first that gives the billed amount to the cent is the cause.
"""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

from invoices.auditing.bills import Billed, sum_of
from invoices.auditing.records import Cause
from invoices.rate_records import CardData
from invoices.rating import Quote, Shipment, quote

_CENTS = Decimal("0.02")
_MOST_TRIED = 40


def cause_of_freight(billed: Billed, card: CardData, shipment: Shipment, right: Quote, *, measured: bool) -> Cause:
    """The cause of a difference in the freight; ``wrong_rate`` where no other explains it."""
    amount = sum_of(billed.freight)
    if abs(amount - right.freight) <= _CENTS:
        return "wrong_rate"  # nothing differs
    gross = sum_of(
        [charge for charge in billed.freight if charge.amount > 0 and charge.line.charge_kind != "adjustment"]
    )
    tariff = next((charge.amount for charge in right.charges if charge.kind == "freight"), right.freight)
    has_discount = any(charge.kind == "discount" for charge in right.charges)
    if has_discount and abs(gross - tariff) <= _CENTS:
        return "minimum" if any(charge.kind == "adjustment" for charge in right.charges) else "discount"
    if measured:
        return "dimensional_weight"
    if "deficit weight" in next((charge.how for charge in right.charges if charge.kind == "freight"), ""):
        return "deficit_weight"
    if _explained(card, billed, [replace(shipment, freight_class=each) for each in _classes(card, shipment)], amount):
        return "wrong_class"
    if _explained(card, billed, [replace(shipment, zone=each) for each in _zones(card, shipment)], amount):
        return "wrong_zone"
    if any(charge.kind == "adjustment" for charge in right.charges):
        return "minimum"
    return "wrong_rate"


def _explained(card: CardData, billed: Billed, others: list[Shipment], amount: Decimal) -> bool:
    mapless = replace(card, rules=[rule for rule in card.rules if rule.kind != "class_map"])
    return any(
        abs(each.freight - amount) <= _CENTS
        for other in others[:_MOST_TRIED]
        for each in quote(other, [mapless], billed.day).quotes
    )


def _classes(card: CardData, shipment: Shipment) -> list[str]:
    if not shipment.freight_class:
        return []
    return sorted({rate.freight_class for rate in card.rates if rate.freight_class})


def _zones(card: CardData, shipment: Shipment) -> list[str]:
    if not shipment.zone:
        return []
    return sorted({rate.zone for rate in card.rates if rate.zone} - {shipment.zone})
