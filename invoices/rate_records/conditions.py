"""When a charge applies: conditions on the shipment, as JSON keeps them. Pure."""

from __future__ import annotations

from typing import Literal, TypedDict

Applies = Literal["", "always", "asked", "included", "on_request"]


class Condition(TypedDict, total=False):
    """One condition; a charge applies where all of its conditions hold.

    ``on`` names what is looked at (``CONDITIONS``), ``values`` are those of which one must hold (places in the grammar
    of ``rate_records.places``), ``not_values`` those of which none may. ``above`` (more than), ``at_least``,
    ``at_most`` and ``below`` (less than) bound a number, given as a string, in ``unit``. ``side`` tells the end that a
    place is compared with.
    """

    on: str
    values: list[str]
    not_values: list[str]
    above: str
    at_least: str
    at_most: str
    below: str
    unit: str
    side: Literal["destination", "origin", "either", "both"]


CONDITIONS: dict[str, str] = {
    "place": "country, region, postcode or named place of an end",
    "zone": "zone of the destination",
    "service": "service",
    "equipment": "equipment: container size, pallet size, vehicle",
    "freight_class": "freight class",
    "direction": "direction: export, import, domestic, third_country",
    "dangerous_goods": "dangerous goods: values ['yes'] or ['no']",
    "stackable": "whether the goods can be stacked: values ['yes'] or ['no']",
    "payer": "who pays: prepaid, collect, third_party",
    "month": "month of the shipment, 1 to 12",
    "weekday": "day of the week, 1 (Monday) to 7",
    "weight": "chargeable weight",
    "actual_weight": "actual weight",
    "piece_weight": "weight of the heaviest piece",
    "piece_side": "longest side of the largest piece",
    "piece_second_side": "second longest side of a piece",
    "piece_girth": "length plus girth of a piece",
    "volume": "volume in m³",
    "distance": "distance",
    "pieces": "number of pieces",
    "pallets": "number of pallets",
    "goods_value": "value of the goods",
}
"""What a condition may look at. ``other:<name>`` looks at ``Shipment.attributes[name]``: a key of the card that the
model has no word for."""
