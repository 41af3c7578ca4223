"""Quantities of rating: dimensional weight, breaks, units, rounding. Pure."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import ROUND_CEILING, ROUND_HALF_UP, Decimal
from typing import Protocol

from invoices.rate_records import RateData

ZERO = Decimal(0)
# In kilograms; the pound is exact by definition (1959).
_KILOGRAMS = {
    "kg": Decimal(1), "g": Decimal("0.001"), "t": Decimal(1000), "lb": Decimal("0.45359237"),
    "oz": Decimal("0.45359237") / 16, "cwt": Decimal("45.359237"),
}  # fmt: skip
_CENTIMETRES = {
    "cm": Decimal(1),
    "mm": Decimal("0.1"),
    "m": Decimal(100),
    "in": Decimal("2.54"),
    "ft": Decimal("30.48"),
}
_MILE_KM = Decimal("1.609344")
_HUNDREDS = re.compile(r"^(\d+)(kg|lb)$")


@dataclass(frozen=True, slots=True)
class Piece:
    """``count`` equal pieces; ``weight`` of one. Dimensions where they are known."""

    weight: Decimal
    length: Decimal | None = None
    width: Decimal | None = None
    height: Decimal | None = None
    count: int = 1


@dataclass(frozen=True, slots=True)
class BilledWeight:
    billed: Decimal | None
    how: str


class Quantities(Protocol):
    @property
    def pieces(self) -> tuple[Piece, ...]: ...
    @property
    def volume_m3(self) -> Decimal | None: ...
    @property
    def pallets(self) -> Decimal | None: ...
    @property
    def loading_metres(self) -> Decimal | None: ...
    @property
    def containers(self) -> Decimal: ...
    @property
    def distance(self) -> Decimal | None: ...
    @property
    def distance_unit(self) -> str: ...


def convert_weight(value: Decimal, source: str, target: str) -> Decimal:
    """From one unit of weight to another; the same number where a unit is not known."""
    if source == target or source not in _KILOGRAMS or target not in _KILOGRAMS:
        return value
    return value * _KILOGRAMS[source] / _KILOGRAMS[target]


def billed_weight(
    pieces: Sequence[Piece], *, weight_unit: str, dimension_unit: str, to_unit: str, divisor: Decimal | None, mode: str,
    card_dimension_unit: str = "",
) -> BilledWeight:  # fmt: skip
    """The greater of actual and dimensional weight, in ``to_unit``: for each piece where parcels are billed one by one
    (parcel, courier), else for the whole shipment, as airlines and hauliers do."""
    if not pieces:
        return BilledWeight(None, "")
    lengths_in = card_dimension_unit if card_dimension_unit in _CENTIMETRES else "in" if to_unit == "lb" else "cm"
    actual: list[Decimal] = []
    dimensional: list[Decimal] = []
    for piece in pieces:
        actual.append(convert_weight(piece.weight, weight_unit, to_unit) * piece.count)
        sides = (piece.length, piece.width, piece.height)
        if divisor and all(side is not None for side in sides):
            volume = Decimal(piece.count)
            for side in sides:
                volume *= (side or ZERO) * _CENTIMETRES.get(dimension_unit, Decimal(1)) / _CENTIMETRES[lengths_in]
            dimensional.append(volume / divisor)
        else:
            dimensional.append(ZERO)
    if mode in ("parcel", "courier"):
        billed = sum((max(a, d) for a, d in zip(actual, dimensional, strict=True)), ZERO)
    else:
        billed = max(sum(actual, ZERO), sum(dimensional, ZERO))
    plain = sum(actual, ZERO)
    how = ""
    if billed > plain:
        how = f"dimensional weight {billed.normalize():f} instead of {plain.normalize():f} {to_unit}"
    return BilledWeight(billed, how)


def quantity_of(rate: RateData, shipment: Quantities, weight: Decimal | None, weight_unit: str) -> Decimal | None:
    """The quantity that the rate's break is about, in the break's unit; None where the shipment does not say it."""
    basis = rate.break_basis or "weight"
    if basis == "weight":
        return None if weight is None else convert_weight(weight, weight_unit, rate.break_unit or weight_unit)
    if basis == "volume":
        return shipment.volume_m3
    if basis == "pallet":
        return shipment.pallets
    if basis == "ldm":
        return shipment.loading_metres
    if basis != "piece":
        return None
    return Decimal(sum(piece.count for piece in shipment.pieces)) if shipment.pieces else None


def contains(rate: RateData, quantity: Decimal | None, lane: Sequence[RateData] = ()) -> bool:
    """Whether a quantity lies in the break. In steps (1–5, 6–10), what lies between two belongs to the upper one."""
    low, high = rate.break_from, rate.break_to
    if low is None and high is None:
        return True
    if quantity is None:
        return False
    low = ZERO if low is None else low
    if rate.break_inclusive == "lower":
        return low <= quantity and (high is None or quantity < high)
    if high is not None and quantity > high:
        return False
    if rate.break_inclusive == "both":
        below = max((r.break_to for r in lane if r.break_to is not None and r.break_to < low), default=None)
        return quantity >= low or (below is not None and low - below <= 1 and quantity > below)
    # The first break takes everything from nothing on: cards write 0.01 where they mean it.
    first = low <= Decimal("0.1") or not any(r.break_to == low for r in lane)
    return quantity > low or (first and quantity == low) or (low <= Decimal("0.1") and quantity <= low)


def rounded_quantity(value: Decimal, increment: Decimal | None, rounding: str) -> Decimal:
    """A quantity in whole steps of ``increment``; as it is without one."""
    if not increment:
        return value
    mode = ROUND_HALF_UP if rounding == "nearest" else ROUND_CEILING
    return (value / increment).to_integral_value(mode) * increment


def units_charged(rate: RateData, shipment: Quantities, weight: Decimal | None, weight_unit: str) -> Decimal | None:
    """How many of the rate's unit a shipment has; None where it does not say."""
    unit = rate.unit
    match = _HUNDREDS.match(unit)
    if match or unit in _KILOGRAMS:
        if weight is None:
            return None
        of = match[2] if match else "lb" if unit == "cwt" else unit
        per = Decimal(match[1]) if match else Decimal(100) if unit == "cwt" else Decimal(1)
        in_unit = convert_weight(weight, weight_unit, of)
        return rounded_quantity(in_unit, rate.increment, rate.rounding or "up") / per
    if unit in ("km", "mile"):
        if shipment.distance is None:
            return None
        given = shipment.distance_unit
        factor = Decimal(1) if given == unit else _MILE_KM if given == "mile" else 1 / _MILE_KM
        return rounded_quantity(shipment.distance * factor, rate.increment, rate.rounding or "up")
    if unit == "m3":
        return shipment.volume_m3
    if unit == "pallet":
        return shipment.pallets
    if unit == "ldm":
        return (
            None
            if shipment.loading_metres is None
            else rounded_quantity(shipment.loading_metres, rate.increment, rate.rounding or "up")
        )
    if unit == "container":
        return shipment.containers
    if unit == "piece":
        return Decimal(sum(piece.count for piece in shipment.pieces)) if shipment.pieces else None
    return Decimal(1) if unit == "flat" else None
