"""How much of a basis a shipment has, and whether a quantity lies in a break. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from invoices.rate_records import RateData
from invoices.rate_records.bases import AXES, ChargeBasis, basis_of
from invoices.rating.records import Shipment
from invoices.rating.weights import ZERO, convert_weight, rounded_quantity, volume_of

_MILE_KM = Decimal("1.609344")
_TEU = {"20": Decimal(1), "40": Decimal(2), "45": Decimal("2.25"), "53": Decimal(2)}


@dataclass(frozen=True, slots=True)
class Weight:
    """The chargeable weight of a shipment in a card's unit; ``how`` it was found."""

    value: Decimal | None
    unit: str
    how: str = ""

    def into(self, unit: str) -> Decimal | None:
        return None if self.value is None else convert_weight(self.value, self.unit, unit or self.unit)


@dataclass(frozen=True, slots=True)
class Steps:
    """How a quantity is charged: in steps, at least, at most, and how much of it is free."""

    increment: Decimal | None = None
    rounding: str = ""
    minimum_units: Decimal | None = None
    maximum_units: Decimal | None = None
    free_units: Decimal | None = None


def measured(basis: ChargeBasis, shipment: Shipment, weight: Weight) -> Decimal | None:
    """The quantity of a basis in its measure; None where the shipment does not say it."""
    counts = dict(shipment.counts)
    match basis.quantity:
        case "one":
            return Decimal(1)
        case "bill":
            return counts.get("bill", Decimal(1))
        case "weight":
            return weight.into(basis.measure)
        case "volume":
            return volume_of(shipment)
        case "revenue_tons":
            tonnes, volume = weight.into("t"), volume_of(shipment)
            return None if tonnes is None and volume is None else max(tonnes or ZERO, volume or ZERO)
        case "loading_metres":
            return shipment.loading_metres
        case "pallets":
            return shipment.pallets
        case "pieces":
            return shipment.piece_count
        case "containers":
            return shipment.containers
        case "teu":
            size = _TEU.get(shipment.equipment[:2])
            return counts.get("teu", None if size is None else size * shipment.containers)
        case "distance":
            return distance_in(shipment, basis.measure)
        case "weight_distance":
            tonnes, kilometres = weight.into("t"), distance_in(shipment, "km")
            return None if tonnes is None or kilometres is None else tonnes * kilometres
        case "minutes":
            hours = counts.get("hour")
            return counts.get("minute", None if hours is None else hours * 60)
        case "stops":
            return counts.get("stop")
        case "days":
            return counts.get("day")
        case "money":
            return None
    return None


def units_charged(unit: str, steps: Steps, shipment: Shipment, weight: Weight) -> Decimal | None:
    """How many of the unit are charged, after free units, steps and least and most; None where it is not known."""
    basis = basis_of(unit)
    quantity = None if basis is None else measured(basis, shipment, weight)
    if basis is None or quantity is None:
        return None
    return units_of(basis, steps, quantity)


def units_of(basis: ChargeBasis, steps: Steps, quantity: Decimal) -> Decimal:
    """A quantity of a basis, in its measure, as units of its price."""
    if steps.free_units:
        quantity = max(quantity - steps.free_units, ZERO)
    quantity = rounded_quantity(quantity, steps.increment, steps.rounding or "up")
    if steps.minimum_units is not None:
        quantity = max(quantity, steps.minimum_units)
    if steps.maximum_units is not None:
        quantity = min(quantity, steps.maximum_units)
    return quantity / basis.per


def steps_of(rate: RateData) -> Steps:
    return Steps(rate.increment, rate.rounding, rate.minimum_units, rate.maximum_units, rate.free_units)


def distance_in(shipment: Shipment, unit: str) -> Decimal | None:
    if shipment.distance is None:
        return None
    if shipment.distance_unit == unit:
        return shipment.distance
    return shipment.distance * (_MILE_KM if shipment.distance_unit == "mile" else 1 / _MILE_KM)


def axis_quantity(axis: str, unit: str, shipment: Shipment, weight: Weight) -> Decimal | None:
    """What a break is about, in the break's unit; None where the shipment does not say it."""
    known = AXES.get(axis)
    if known is None:
        return None
    match known.quantity:
        case "weight":
            return weight.into(unit)
        case "distance":
            return distance_in(shipment, unit or shipment.distance_unit)
        case "money":
            return shipment.declared_value
    return measured(ChargeBasis(axis, known.quantity, ""), shipment, weight)


def contains(rate: RateData, quantity: Decimal | None, lane: Sequence[RateData] = ()) -> bool:
    """Whether a quantity lies in the break. In steps (1–5, 6–10), what lies between two belongs to the upper one."""
    low, high = rate.break_from, rate.break_to
    if low is None and high is None:
        return True
    if quantity is None:
        return False
    return _within(quantity, low, high, rate.break_inclusive, [r.break_to for r in lane])


def contains_second(rate: RateData, quantity: Decimal | None, lane: Sequence[RateData] = ()) -> bool:
    """As ``contains``, of the second axis."""
    low, high = rate.break2_from, rate.break2_to
    if low is None and high is None:
        return True
    if quantity is None:
        return False
    return _within(quantity, low, high, rate.break2_inclusive, [r.break2_to for r in lane])


def _within(
    quantity: Decimal, low: Decimal | None, high: Decimal | None, inclusive: str, ends: Sequence[Decimal | None]
) -> bool:
    low = ZERO if low is None else low
    if inclusive == "lower":
        return low <= quantity and (high is None or quantity < high)
    if high is not None and quantity > high:
        return False
    if inclusive == "both":
        below = max((end for end in ends if end is not None and end < low), default=None)
        return quantity >= low or (below is not None and low - below <= 1 and quantity > below)
    # The first break takes everything from nothing on: cards write 0.01 where they mean it.
    first = low <= Decimal("0.1") or low not in ends
    return quantity > low or (first and quantity == low) or (low <= Decimal("0.1") and quantity <= low)
