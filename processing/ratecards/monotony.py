"""Whether prices move with the weight as their unit says: per shipment they rise, per kilogram they fall. Pure."""

from __future__ import annotations

from collections import defaultdict
from decimal import Decimal
from itertools import pairwise

from invoices.rate_records import CardData, RateData
from invoices.rate_records.bases import basis_of
from invoices.rules.rate_cards import lane_of

_GROWING = frozenset({"weight", "pallet", "piece", "volume", "ldm"})
_WHOLE = frozenset({"pieces", "pallets", "containers", "bill"})
_LEAP = Decimal(10)
_FALL, _RISE = Decimal("0.97"), Decimal("1.2")


def _leaps(card: CardData) -> list[str]:
    """Lanes in which a price per kilogram is a fraction of the one before it: one of them is per 100 kg."""
    lanes: dict[tuple[object, ...], list[tuple[Decimal, Decimal]]] = defaultdict(list)
    for rate in card.rates:
        basis = basis_of(rate.unit)
        by_weight = basis is not None and basis.quantity == "weight"
        if basis is not None and by_weight and rate.break_basis == "weight" and not (rate.charge or rate.excess_only):
            lanes[lane_of(rate)].append((rate.break_from or Decimal(0), rate.value / basis.per))
    for steps in lanes.values():
        steps.sort()
        if any(after * _LEAP < before for (_, before), (_, after) in pairwise(steps) if before > 0):
            return ["A price per weight is a small part of the one before it: are both by the same unit?"]
    return []


def prices_against_weight(card: CardData) -> list[str]:
    """Sentences about lanes whose prices per shipment fall as the weight rises, or whose prices per weight rise much:
    most likely the unit is another one."""
    lanes: dict[tuple[object, ...], list[RateData]] = defaultdict(list)
    for rate in card.rates:
        if rate.break_basis in _GROWING and not rate.excess_only and not rate.charge and not rate.base_charge:
            lanes[lane_of(rate), rate.unit].append(rate)
    falls = rises = flat = weighed = 0
    for (_, unit), rates in lanes.items():
        rates.sort(key=lambda rate: (rate.break_from or Decimal(0), rate.break_to or Decimal("Infinity")))
        steps = [(a.value, b.value) for a, b in pairwise(rates) if a.value > 0]
        basis = basis_of(str(unit))
        if not steps or basis is None:
            continue
        if unit == "flat" or (basis.quantity in _WHOLE and rates[0].break_basis == "weight"):
            flat += 1
            falls += any(0 < after < before * _FALL for before, after in steps)  # nought is free of charge
        elif basis.quantity == "weight" and rates[0].break_basis == "weight":
            weighed += 1
            rises += all(after > before * _RISE for before, after in steps)
    problems = _leaps(card)
    if falls * 4 > flat:
        counted = any(rate.break_basis != "weight" for rate in card.rates if rate.break_basis in _GROWING)
        said = "quantity rises: are they for each unit?" if counted else "weight rises: are they per kg or per 100 kg?"
        problems.append(f"Prices per shipment fall as the {said}")
    if rises * 2 > weighed:
        problems.append("Prices by weight rise with the weight: are they per shipment?")
    return problems
