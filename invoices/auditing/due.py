"""Charges of the card that a shipment does not owe, by what the bill itself says of it. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal
from uuid import UUID

from invoices.auditing.bills import Billed, can_be_measured, readings, sum_of
from invoices.auditing.records import BilledCharge, FindingData
from invoices.auditing.wording import money
from invoices.rate_records import CardData, Condition, SurchargeData
from invoices.rating import Shipment, quote

_SIZES = ("piece_side", "piece_second_side", "piece_girth")
_WORDS = {
    "piece_side": "the longest side", "piece_second_side": "the second longest side",
    "piece_girth": "length and girth", "piece_weight": "the weight", "actual_weight": "the actual weight",
    "pieces": "the number of pieces", "goods_value": "the value of the goods", "month": "the month",
}  # fmt: skip
_BOUNDS = (("above", "over"), ("at_least", "from"), ("at_most", "up to"), ("below", "under"))


def is_not_due(surcharge: SurchargeData, billed: Billed, card: CardData) -> bool:
    """Whether the bill says all that the conditions of a charge ask for, and none of them holds. Where cards list
    alternatives, one that holds is enough."""
    if not surcharge.conditions:
        return False
    return all(_is_said(each, billed) and not _holds(surcharge, each, billed, card) for each in surcharge.conditions)


def not_due(
    charges: Sequence[BilledCharge], surcharge: SurchargeData, billed: Billed, card_id: UUID, card: CardData
) -> FindingData:
    """The finding of a charge that the card has for other shipments than this one."""
    where = surcharge.condition or "; ".join(map(_told, surcharge.conditions))
    amount, first = sum_of(charges), charges[0]
    return FindingData(
        code="overcharged", charge="accessorial", lines=tuple(charge.position for charge in charges), billed=amount,
        expected=Decimal(0), currency=card.currency, charge_code=first.line.charge_code or "", description=first.name,
        message=f"“{first.name[:80]}” is billed at {money(amount, card.currency)}; the rate card of "
        f"{card.carrier_name} has it where {where}, which the bill does not say of this shipment.",
        tracking_number=billed.number, how=f"not due: {where}", source=dict(surcharge.source),
        card=card_id, cause="accessorial", shipment=billed.position,
    )  # fmt: skip


def _is_said(condition: Condition, billed: Billed) -> bool:
    data, on = billed.data, condition.get("on", "")
    one = data.pieces is None or data.pieces <= 1
    if on in _SIZES:
        return can_be_measured(data)
    if on == "piece_weight":
        return one and bool(data.actual_weight)
    said = {
        "actual_weight": data.actual_weight, "pieces": data.pieces, "goods_value": data.declared_value,
        "month": data.ship_date,
    }  # fmt: skip
    return bool(said.get(on))


def _holds(surcharge: SurchargeData, condition: Condition, billed: Billed, card: CardData) -> bool:
    """Whether one condition holds, as a quote of the shipment takes it; True where that is not sure."""
    probe = replace(surcharge, applies="always", conditions=[condition])
    found = quote(_as_it_is(billed), [replace(card, surcharges=[probe], fuel=[])], billed.day).quotes
    return not found or bool(found[0].incomplete) or any(c.name == probe.name for c in found[0].charges)


def _as_it_is(billed: Billed) -> Shipment:
    """The shipment by what it weighs and measures."""
    weight = billed.data.actual_weight if billed.data.actual_weight is not None else billed.data.billed_weight
    way = readings(billed, weight=weight, dims=can_be_measured(billed.data))[0]
    count = int(billed.data.pieces or 1)
    return replace(way, pieces=tuple(replace(each, weight=each.weight / count, count=count) for each in way.pieces))


def _told(condition: Condition) -> str:
    on, unit = condition.get("on", ""), condition.get("unit", "")
    bounds = [f"{word} {condition[name]} {unit}".strip() for name, word in _BOUNDS if name in condition]  # type: ignore[literal-required]
    return f"{_WORDS.get(on, on)} is {' and '.join(bounds) or ', '.join(condition.get('values', []))}"
