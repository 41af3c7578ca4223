"""Weights of rating: actual, dimensional and chargeable weight, conversion, rounding. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import ROUND_CEILING, ROUND_FLOOR, ROUND_HALF_UP, Decimal
from typing import Protocol

from invoices.rate_records import CardData, RuleData
from invoices.rate_records.bases import POUND_KG

ZERO = Decimal(0)
# In kilograms.
_KILOGRAMS = {
    "kg": Decimal(1), "g": Decimal("0.001"), "t": Decimal(1000), "lb": POUND_KG,
    "oz": POUND_KG / 16, "cwt": POUND_KG * 100,
}  # fmt: skip
_CENTIMETRES = {
    "cm": Decimal(1),
    "mm": Decimal("0.1"),
    "m": Decimal(100),
    "in": Decimal("2.54"),
    "ft": Decimal("30.48"),
}


@dataclass(frozen=True, slots=True)
class Piece:
    """``count`` equal pieces; ``weight`` of one. Dimensions where they are known; ``freight_class`` where the pieces of
    a shipment are of several."""

    weight: Decimal
    length: Decimal | None = None
    width: Decimal | None = None
    height: Decimal | None = None
    count: int = 1
    freight_class: str = ""


@dataclass(frozen=True, slots=True)
class BilledWeight:
    billed: Decimal | None
    how: str


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


class Weighed(Protocol):
    """What of a shipment its weight depends on."""

    @property
    def pieces(self) -> tuple[Piece, ...]: ...
    @property
    def weight_unit(self) -> str: ...
    @property
    def dimension_unit(self) -> str: ...
    @property
    def volume_m3(self) -> Decimal | None: ...
    @property
    def pallets(self) -> Decimal | None: ...
    @property
    def loading_metres(self) -> Decimal | None: ...
    @property
    def stackable(self) -> bool: ...
    @property
    def piece_count(self) -> Decimal | None: ...


def volume_of(shipment: Weighed) -> Decimal | None:
    """Cubic metres: as stated, else of the pieces where all have their sides."""
    if shipment.volume_m3 is not None or not shipment.pieces:
        return shipment.volume_m3
    total = ZERO
    unit = _CENTIMETRES.get(shipment.dimension_unit, Decimal(1)) / 100
    for piece in shipment.pieces:
        if piece.length is None or piece.width is None or piece.height is None:
            return None
        total += piece.length * piece.width * piece.height * unit**3 * piece.count
    return total


def length_in(value: Decimal, source: str, target: str) -> Decimal:
    """From one unit of length to another; the same number where a unit is not known."""
    if source not in _CENTIMETRES or target not in _CENTIMETRES:
        return value
    return value * _CENTIMETRES[source] / _CENTIMETRES[target]


def chargeable_weight(shipment: Weighed, card: CardData, rules: Sequence[RuleData] = ()) -> BilledWeight:
    """What a shipment is charged for, in the card's weight unit: the greater of actual weight, dimensional weight and
    the equivalents of volume, loading metres and pallets, unless a rule of the card says otherwise; then rounded."""
    unit = card.weight_unit or "kg"
    choice = _last(rules, "chargeable_weight")
    mode = card.mode if choice is None or not choice.per else "parcel" if choice.per == "piece" else "ltl"
    found = billed_weight(
        shipment.pieces, weight_unit=shipment.weight_unit, dimension_unit=shipment.dimension_unit, to_unit=unit,
        divisor=card.dimensional_divisor, mode=mode, card_dimension_unit=card.dimension_unit,
    )  # fmt: skip
    if not rules:
        return found
    actual = billed_weight(
        shipment.pieces, weight_unit=shipment.weight_unit, dimension_unit=shipment.dimension_unit, to_unit=unit,
        divisor=None, mode=mode,
    )  # fmt: skip
    what = choice.choice if choice is not None else ""
    if what == "actual":
        found = actual
    else:
        equivalents = [e for rule in rules if rule.kind == "weight_equivalent" and (e := _equivalent(rule, shipment))]
        if what == "volume" and equivalents:
            found = BilledWeight(*max(equivalents))
        for weight, how in equivalents:
            if found.billed is None or weight > found.billed:
                found = BilledWeight(weight, f"{how} instead of {plain(actual.billed)} {unit}")
    step = _last(rules, "weight_rounding")
    if step is not None and step.value and found.billed is not None:
        rounded = rounded_quantity(found.billed, step.value, step.rounding or "up")
        if rounded != found.billed:
            how = f"{found.how}; " if found.how else ""
            found = BilledWeight(rounded, f"{how}{plain(found.billed)} {unit} rounded to {plain(rounded)}")
    return found


def _equivalent(rule: RuleData, shipment: Weighed) -> tuple[Decimal, str] | None:
    if rule.value is None:
        return None
    match rule.unit:
        case "m3":
            quantity = volume_of(shipment)
        case "ldm":
            quantity = shipment.loading_metres
        case "pallet":
            # A rule for places of goods that cannot be stacked says so in its choice.
            quantity = shipment.pallets if rule.choice != "not_stackable" or not shipment.stackable else None
        case "piece":
            quantity = shipment.piece_count
        case _:
            quantity = None
    if not quantity:
        return None
    weight = quantity * rule.value
    return weight, f"{plain(quantity)} {rule.unit} × {plain(rule.value)} = {plain(weight)}"


def _last(rules: Sequence[RuleData], kind: str) -> RuleData | None:
    return next((rule for rule in reversed(rules) if rule.kind == kind), None)


def rounded_quantity(value: Decimal, increment: Decimal | None, rounding: str) -> Decimal:
    """A quantity in whole steps of ``increment``; as it is without one."""
    if not increment:
        return value
    mode = {"nearest": ROUND_HALF_UP, "down": ROUND_FLOOR}.get(rounding, ROUND_CEILING)
    return (value / increment).to_integral_value(mode) * increment


def plain(value: Decimal | None) -> str:
    """A number without needless zeros."""
    if value is None:
        return "0"
    return format(value.normalize() + ZERO, "f") if value != value.to_integral() else str(value.to_integral())
