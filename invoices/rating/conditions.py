"""Whether the conditions of a charge or rate hold for a shipment. Pure."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from decimal import Decimal, InvalidOperation
from functools import partial

from invoices.rate_records import Condition
from invoices.rate_records.places import place_key
from invoices.rating.lanes import Lane, zone_key
from invoices.rating.records import Shipment
from invoices.rating.units import Weight, distance_in
from invoices.rating.weights import convert_weight, length_in, volume_of


def holds(
    conditions: Sequence[Condition], shipment: Shipment, lane: Lane, day: date, weight: Weight
) -> bool | None:  # fmt: skip
    """Whether all hold; None where none fails and the shipment does not say enough for one."""
    answer: bool | None = True
    for condition in conditions:
        found = _holds(condition, shipment, lane, day, weight)
        if found is False:
            return False
        if found is None:
            answer = None
    return answer


def _holds(condition: Condition, shipment: Shipment, lane: Lane, day: date, weight: Weight) -> bool | None:
    on = condition.get("on", "")
    if on == "place":
        return _place(condition, lane)
    if on == "zone":
        labels = {zone_key(shipment.zone)} if shipment.zone else set(lane.labels("destination"))
        return _listed(condition, labels, zone_key)
    if on in _TEXTS or on.startswith("other:"):
        said = _text(on, shipment, day)
        if not said:
            return False if on in UNSAID_IS_NO else None
        return _listed(condition, {place_key(said)}, place_key)
    if on in _NUMBERS:
        number = _number(on, condition.get("unit", ""), shipment, weight)
        if number is None:
            return False if on in UNSAID_IS_NO else None
        return _bounded(condition, number)
    return None  # a condition that nobody knows is never taken for fulfilled


_TEXTS = frozenset(
    ["service", "equipment", "freight_class", "direction", "dangerous_goods", "stackable", "payer", "month", "weekday"]
)
_NUMBERS = frozenset(
    ["weight", "actual_weight", "piece_weight", "piece_side", "piece_second_side", "piece_girth", "volume", "distance",
     "pieces", "pallets", "goods_value"]
)  # fmt: skip
# What a shipment that says nothing of it most likely is: a charge for the exception is not due.
UNSAID_IS_NO = frozenset(
    ["piece_side", "piece_second_side", "piece_girth", "piece_weight", "payer", "direction", "service", "equipment"]
)


def _place(condition: Condition, lane: Lane) -> bool | None:
    side = condition.get("side", "destination")
    sides = ("origin", "destination") if side in ("either", "both") else (side,)
    if not all(lane.ends[end].words for end in sides):
        return None
    answers = [_any(condition, partial(_at, lane, end)) for end in sides]
    return all(answers) if side == "both" else any(answers)


def _at(lane: Lane, end: str, text: str) -> bool:
    return lane.side_match(text, end, "") is not None


def _any(condition: Condition, fits: Callable[[str], bool]) -> bool:
    values, others = condition.get("values", []), condition.get("not_values", [])
    return (not values or any(fits(text) for text in values)) and not any(fits(text) for text in others)


def _listed(condition: Condition, said: set[str], key: Callable[[str], str]) -> bool:
    return _any(condition, lambda text: key(text) in said)


def _text(on: str, shipment: Shipment, day: date) -> str:
    match on:
        case "dangerous_goods":
            return "yes" if shipment.dangerous_goods else "no"
        case "stackable":
            return "yes" if shipment.stackable else "no"
        case "month":
            return str(day.month)
        case "weekday":
            return str(day.isoweekday())
        case "service" | "equipment" | "freight_class" | "direction" | "payer":
            return str(getattr(shipment, on))
    return dict(shipment.attributes).get(on.removeprefix("other:"), "")


def _number(on: str, unit: str, shipment: Shipment, weight: Weight) -> Decimal | None:
    match on:
        case "weight":
            return weight.into(unit)
        case "actual_weight":
            total = sum((piece.weight * piece.count for piece in shipment.pieces), Decimal(0))
            return convert_weight(total, shipment.weight_unit, unit or weight.unit) if shipment.pieces else None
        case "volume":
            return volume_of(shipment)
        case "distance":
            return distance_in(shipment, unit or shipment.distance_unit)
        case "pieces":
            return shipment.piece_count
        case "pallets":
            return shipment.pallets
        case "goods_value":
            return shipment.declared_value
        case "piece_weight":
            heaviest = max((piece.weight for piece in shipment.pieces), default=None)
            return None if heaviest is None else convert_weight(heaviest, shipment.weight_unit, unit or weight.unit)
    return _sides(on, unit, shipment)


def _sides(on: str, unit: str, shipment: Shipment) -> Decimal | None:
    found = []
    for piece in shipment.pieces:
        if piece.length is None or piece.width is None or piece.height is None:
            return None
        sides = sorted((piece.length, piece.width, piece.height), reverse=True)
        match on:
            case "piece_side":
                found.append(sides[0])
            case "piece_second_side":
                found.append(sides[1])
            case _:
                found.append(sides[0] + 2 * (sides[1] + sides[2]))
    return length_in(max(found), shipment.dimension_unit, unit or shipment.dimension_unit) if found else None


def _bounded(condition: Condition, number: Decimal) -> bool | None:
    try:
        above, at_least = _bound(condition.get("above")), _bound(condition.get("at_least"))
        at_most, below = _bound(condition.get("at_most")), _bound(condition.get("below"))
    except InvalidOperation:
        return None
    return (
        (above is None or number > above)
        and (at_least is None or number >= at_least)
        and (at_most is None or number <= at_most)
        and (below is None or number < below)
    )


def _bound(text: str | None) -> Decimal | None:
    return None if text is None else Decimal(text)
