"""The kinds of charges whose own words say nothing, settled by what stands beside them. Pure."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from decimal import Decimal

from invoices.auditing.wording import names_accessorial
from processing.content.extraction import Fields
from processing.extractors.bills.records import KINDS, ReadBill, ReadShipment, amount_of, text_of

_MOST_SHIPMENTS = 0.6


def settle_kinds(bill: ReadBill) -> None:
    """A charge whose words say nothing is the freight where a shipment has no other: it names the service, it is the
    only such charge of a shipment that is weighed or zoned, or most shipments of the bill have it and no other comes to
    as much; else it is an accessorial. What lowers a shipment without freight is a credit."""
    common = _common_freight(bill.shipments)
    for shipment in bill.shipments:
        _name_freight(shipment, common)
        has_freight = any(_kind(charge) == "freight" for charge in shipment.charges)
        for charge in shipment.charges:
            if _kind(charge) == "discount" and not has_freight and amount_of(charge) < 0:
                charge["charge_kind"] = KINDS["credit"]
            elif not _kind(charge):
                charge["charge_kind"] = KINDS["accessorial"]


def _name_freight(shipment: ReadShipment, common: str) -> None:
    if any(_kind(charge) == "freight" for charge in shipment.charges):
        return
    unnamed = _unnamed(shipment)
    text_of_service = text_of(shipment.facts, "service").casefold()
    services = {text_of_service, *text_of_service.split(" / ")} - {""}
    for charge in shipment.charges:
        words = text_of(charge, "description").casefold()
        is_alone = _is_moved(shipment) and amount_of(charge) > 0 and unnamed == [charge]
        is_common = bool(common) and _is_moved(shipment) and words == common and amount_of(charge) > 0
        if not _kind(charge) and (words in services or is_alone or is_common):
            charge["charge_kind"] = KINDS["freight"]
            return


def _common_freight(shipments: Iterable[ReadShipment]) -> str:
    """The words of the charge that most moved shipments without a named freight have, and that comes to most."""
    without = [
        each for each in shipments
        if _is_moved(each) and each.sum > 0 and not any(_kind(charge) == "freight" for charge in each.charges)
    ]  # fmt: skip
    sums: dict[str, Decimal] = defaultdict(Decimal)
    having: dict[str, int] = defaultdict(int)
    for shipment in without:
        own: dict[str, Decimal] = defaultdict(Decimal)
        for charge in _unnamed(shipment):
            own[text_of(charge, "description").casefold()] += amount_of(charge)
        for words, amount in own.items():
            sums[words] += amount
            having[words] += 1
    frequent = [words for words, number in having.items() if words and number >= _MOST_SHIPMENTS * len(without)]
    return max(frequent, key=lambda words: sums[words], default="")


def _unnamed(shipment: ReadShipment) -> list[Fields]:
    return [
        charge
        for charge in shipment.charges
        if not _kind(charge) and not names_accessorial(text_of(charge, "description"))
    ]


def _is_moved(shipment: ReadShipment) -> bool:
    return "billed_weight" in shipment.facts or "zone" in shipment.facts


def _kind(charge: Fields) -> str:
    return text_of(charge, "charge_kind")
