"""Why the freight of a shipment differs from the card: what the carrier must have done to come to its amount. Pure.

Each cause is tried as a price of its own; the first that gives the billed amount to the cent is the cause.
"""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

from invoices.auditing.bills import Billed, sum_of
from invoices.auditing.records import Cause, Prices
from invoices.rating import Quote, Shipment, quote

_CENTS = Decimal("0.02")
_ZONES_TRIED = 6
# The classes of the National Motor Freight Classification.
_NMFC = (
    "50", "55", "60", "65", "70", "77.5", "85", "92.5", "100", "110", "125", "150", "175", "200", "250", "300",
    "400", "500",
)  # fmt: skip


def cause_of_freight(billed: Billed, prices: Prices, shipment: Shipment, right: Quote, *, measured: bool) -> Cause:
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
    if _explained([replace(shipment, freight_class=each) for each in _classes(shipment)], billed, prices, amount):
        return "wrong_class"
    if _explained([replace(shipment, zone=each) for each in _zones(shipment)], billed, prices, amount):
        return "wrong_zone"
    if any(charge.kind == "adjustment" for charge in right.charges):
        return "minimum"
    return "wrong_rate"


def _explained(others: list[Shipment], billed: Billed, prices: Prices, amount: Decimal) -> bool:
    """Whether the amount is the price of one of these shipments, by a card without its class map."""
    for other in others:
        for _, card in prices.cards(other, billed.day):
            mapless = replace(card, rules=[rule for rule in card.rules if rule.kind != "class_map"])
            if any(abs(each.freight - amount) <= _CENTS for each in quote(other, [mapless], billed.day).quotes):
                return True
    return False


def _classes(shipment: Shipment) -> list[str]:
    """The own class first: a card may map it to a lower one, and the carrier may have forgotten that."""
    own = shipment.freight_class
    return [own, *(each for each in _NMFC if each != own)] if own else []


def _zones(shipment: Shipment) -> list[str]:
    """The zones beside a numbered one, the nearest first."""
    if not shipment.zone.isdecimal() or len(shipment.zone) > 3:
        return []
    own = int(shipment.zone)
    near = sorted((own + step for step in range(-_ZONES_TRIED, _ZONES_TRIED + 1) if step), key=lambda z: abs(z - own))
    return [str(zone) for zone in near if zone >= 0]
