"""Shipments whose charges stand a second time in the rows of a table. Pure."""

from __future__ import annotations

from collections.abc import Sequence

from processing.content.extraction import Fields
from processing.extractors.bills.records import ReadShipment, amount_of, text_of

_FEWEST_REPEATED = 2


def apart(shipment: ReadShipment) -> list[ReadShipment]:
    """A shipment whose charges all stand a second time, in the same order, was billed twice; but a set of charges may
    be that of one piece."""
    half, odd = divmod(len(shipment.charges), 2)
    pieces = shipment.facts.get("pieces")
    if odd or half < _FEWEST_REPEATED or (pieces is not None and pieces.value == 2):
        return [shipment]
    first, second = (
        [(text_of(charge, "description"), amount_of(charge)) for charge in part]
        for part in (shipment.charges[:half], shipment.charges[half:])
    )
    others = {text_of(charge, "tracking_number") for charge in shipment.charges}
    if first != second or len(set(first)) < half or len(others) > 1:
        return [shipment]
    parts = [ReadShipment(dict(shipment.facts), part) for part in (shipment.charges[:half], shipment.charges[half:])]
    parts[0].goods, parts[0].has_bare = shipment.goods, shipment.has_bare
    return parts


def again(known: ReadShipment, charges: Sequence[Fields]) -> bool:
    """Whether a charge of the shipment comes again."""
    have = {(text_of(charge, "description"), amount_of(charge)) for charge in known.charges}
    return any((text_of(charge, "description"), amount_of(charge)) in have for charge in charges)
