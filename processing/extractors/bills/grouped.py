"""Parcels that are rated as one shipment: those of one multiweight or hundredweight number. Pure."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from decimal import Decimal

from processing.content.extraction import Fields, FieldValue
from processing.content.records import Cell
from processing.extractors.bills.columns import Columns
from processing.extractors.bills.records import ReadShipment, text_of
from processing.extractors.bills.values import field

_RATED_AS_ONE = re.compile(r"(?i)\b(?:hundred ?weight|multi ?weight|cwt)\b")
_OF_PIECES = "the weights of its pieces"


class Groups:
    """The shipments of such numbers, and which parcels each has."""

    def __init__(self, columns: Columns) -> None:
        self.columns = columns
        self._shipments: dict[str, ReadShipment] = {}
        self._parcels: dict[str, set[str]] = {}

    def number(self, cells: Mapping[int, Cell], charges: Sequence[Fields]) -> str:
        """The number under which a row's parcel is rated with others; empty for a parcel of its own."""
        own = self.columns.cell(cells, "multiweight")
        if own is not None and any(c.isdigit() for c in own.text.replace("0", "")):
            return own.text.casefold()
        lead = self.columns.cell(cells, "lead_number")
        said = [text_of(charge, "description") for charge in charges]
        said += [cell.text for at in self.columns.facts.get("service", ()) if (cell := cells.get(at)) is not None]
        known = lead is not None and lead.text.casefold() in self._shipments
        is_one = lead is not None and (known or any(map(_RATED_AS_ONE.search, said)))
        return lead.text.casefold() if lead is not None and is_one else ""

    def shipment(self, number: str, id_: Cell, facts: Fields, charges: Sequence[Fields]) -> tuple[ReadShipment, bool]:
        """The shipment of the number with the parcel of a row in it, and whether it is new."""
        shipment, parcels = self._shipments.get(number), self._parcels.setdefault(number, set())
        made = shipment is None
        if shipment is None:
            shipment = self._shipments[number] = ReadShipment(dict(facts))
        elif id_.text not in parcels:
            _add_parcel(shipment.facts, facts)
        parcels.add(id_.text)
        for charge in charges:
            charge["tracking_number"] = field(id_.text, id_)
        shipment.charges += charges
        return shipment, made


def _add_parcel(whole: Fields, own: Fields) -> None:
    weights = [facts["billed_weight"] for facts in (whole, own) if "billed_weight" in facts]
    values = [each.value for each in weights if isinstance(each.value, Decimal)]
    if len(values) > 1:
        total = sum(values, Decimal(0))
        whole["billed_weight"] = FieldValue(
            total, str(total), "rules", weights[0].place, derived_from=_OF_PIECES
        )  # fmt: skip
    counts = [facts["pieces"].value if "pieces" in facts else Decimal(1) for facts in (whole, own)]
    pieces = sum((count for count in counts if isinstance(count, Decimal)), Decimal(0))
    whole["pieces"] = FieldValue(
        pieces, str(pieces), "rules", weights[0].place if weights else None, derived_from="its pieces"
    )
    for name in ("dimensions", "actual_weight"):
        whole.pop(name, None)
