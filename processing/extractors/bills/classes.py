"""Freight of several classes on one freight bill: each charge with its own class and weight. Pure."""

from __future__ import annotations

from decimal import Decimal

from processing.content.extraction import Fields, FieldValue
from processing.extractors.bills.records import KINDS, Goods, ReadShipment, amount_of

_LONGEST = 20  # characters of a class


def note_goods(
    shipment: ReadShipment, charge: Fields, freight_class: FieldValue | None, weight: FieldValue | None
) -> None:
    """Notes the class and weight that stand beside a charge, if they are others than those before."""
    if freight_class is None or weight is None or amount_of(charge) <= 0:
        shipment.has_bare = True
        return
    pair = (freight_class.value, weight.value)
    if all((each.freight_class.value, each.weight.value) != pair for each in shipment.goods):
        shipment.goods.append(Goods(charge, freight_class, weight))


def settle_classes(shipment: ReadShipment) -> None:
    """What has a class and a weight beside it, while other charges have none, is freight; goods of several classes have
    their own each, and the shipment weighs as much as all of them."""
    goods = shipment.goods
    if goods and (shipment.has_bare or len(goods) > 1):
        for each in goods:
            each.charge.setdefault("charge_kind", KINDS["freight"])
    if len(goods) < 2:
        return
    weights = [each.weight.value for each in goods]
    total = sum((weight for weight in weights if isinstance(weight, Decimal)), Decimal(0))
    first = goods[0].weight
    shipment.facts["billed_weight"] = FieldValue(
        total, str(total), "rules", first.place, derived_from="the weights of its goods"
    )
    shipment.facts.pop("actual_weight", None)
    classes = list(dict.fromkeys(str(each.freight_class.value) for each in goods))
    if len(classes) < 2:
        return
    for each in goods:
        own = each.freight_class
        each.charge["service"] = FieldValue(f"class {own.value}", own.raw, "rules", own.place)
        each.charge["billed_weight"] = each.weight
    text = ", ".join(classes)
    if len(text) <= _LONGEST:
        own = goods[0].freight_class
        shipment.facts["freight_class"] = FieldValue(text, text, "rules", own.place, derived_from="its goods")
    else:
        del shipment.facts["freight_class"]
