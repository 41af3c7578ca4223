"""Quantities and unit prices in the words of a charge ("Detention 3.0 hrs @ 55.00"), and their arithmetic. Pure."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from decimal import Decimal

from invoices.auditing.records import BilledCharge, FindingData
from invoices.auditing.wording import folded, money
from invoices.rating import Shipment
from invoices.values import parse_decimal

_UNITS = (
    ("hour", r"hrs?|hours?|std|stunden?|heures?|horas?|ore|uur|uren"),
    ("minute", r"mins?|minutes?|minuten|minutos|minuti"),
    ("day", r"days?|tagen?|tage?|jours?|dias?|giorni|dagen"),
    ("mile", r"mi|miles?"),
    ("km", r"km|kilometers?|kilometres?"),
    ("stop", r"stops?|stopps?"),
    ("pallet", r"pallets?|plts?|paletten?"),
    ("container", r"containers?|ctrs?"),
)
_COUNT = re.compile(
    r"(?<![\w.,])(?P<count>\d{1,6}(?:[.,]\d{1,3})?)\s*(?:"
    + "|".join(f"(?P<{unit}>{words})" for unit, words in _UNITS)
    + r")\b\.?(?:\s*(?:@|x|×|\*|at|zu|je|à|a)\s*(?:usd|eur|gbp|chf|cad|[$€£])?\s*"
    r"(?P<price>\d{1,7}(?:[.,]\d{1,4})?)(?![\d%]))?",
    re.IGNORECASE,
)
# Words that say that not every unit was charged alike.
_OTHERWISE = re.compile(r"\b(free|frei|gratis|less|first|erste\w*|min|minimum|max|after|nach|over|ueber|plus)\b")
_CENT = Decimal("0.01")


@dataclass(frozen=True, slots=True)
class Counted:
    """How many units of what a charge names, and for how much each; ``price`` None where it does not say."""

    count: Decimal
    unit: str
    price: Decimal | None

    def shipment(self, of: Shipment) -> Shipment:
        """The shipment with this quantity."""
        if self.unit in ("mile", "km"):
            return replace(of, distance=self.count, distance_unit=self.unit)
        if self.unit == "pallet":
            return replace(of, pallets=self.count)
        if self.unit == "container":
            return replace(of, containers=self.count)
        return replace(of, counts=(*((unit, n) for unit, n in of.counts if unit != self.unit), (self.unit, self.count)))


def counted_in(text: str) -> Counted | None:
    """The quantity that the words of a charge name; None where they name none, or several."""
    found = list(_COUNT.finditer(text))
    if len(found) != 1:
        return None
    count, price = (parse_decimal(found[0][name]) if found[0][name] else None for name in ("count", "price"))
    if not count:
        return None
    return Counted(count, next(unit for unit, _ in _UNITS if found[0][unit]), price)


def printed_product(charge: BilledCharge) -> Decimal | None:
    """What the quantity and the unit price that a charge prints come to; None where it prints none, or its words limit
    them."""
    found = counted_in(charge.name)
    if found is None or found.price is None or _OTHERWISE.search(folded(charge.name)):
        return None
    return found.count * found.price


def is_miscounted(charge: BilledCharge) -> bool:
    """Whether a charge is above what it says itself, and no multiple of it, which would be that of several."""
    product = printed_product(charge)
    if not product or charge.amount <= product + _CENT:
        return False
    return bool(charge.amount % product)


def miscounted(charge: BilledCharge, *, number: str, shipment: int, currency: str) -> FindingData:
    """The finding of a charge that is above its own quantity times price."""
    product = (printed_product(charge) or Decimal(0)).quantize(_CENT)
    return FindingData(
        code="overcharged", charge=charge.kind, lines=(charge.position,), billed=charge.amount, expected=product,
        currency=currency, charge_code=charge.line.charge_code or "", description=charge.name, tracking_number=number,
        message=f"“{charge.name[:80]}” is billed at {money(charge.amount, currency)}; "
        f"its own quantity and price come to {money(product, currency)}.",
        how=charge.name, cause="arithmetic", shipment=shipment,
    )  # fmt: skip
