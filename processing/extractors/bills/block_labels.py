"""Words before the number of a shipment that no list has, told by their coming again with other numbers. Pure."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence

from invoices.auditing.wording import folded
from processing.content.records import Row
from processing.extractors.bills.records import ReadBill, ReadShipment, text_of
from processing.extractors.bills.values import is_money

_LABELLED = re.compile(
    r"^\s*(?P<label>[^\W\d][^\d:#]{2,38}?)\s*[:#.]*\s+(?P<id>(?=[A-Z0-9/-]*\d{2})[A-Z0-9][A-Z0-9/-]{3,29})\s*$"
)
_MOST_LABELS, _FEWEST = 2, 2
_SHARE = 0.8


def repeated_labels(rows: Sequence[Row]) -> list[str]:
    """The labels of first cells that stand before several numbers, the most frequent first."""
    found: dict[str, set[str]] = defaultdict(set)
    for row in rows:
        match = _LABELLED.match(row.cells[0].text) if row.cells else None
        if match is not None and not is_money(row.cells[-1].text):
            found[folded(match["label"])].add(match["id"])
    several = [label for label, ids in found.items() if len(ids) >= _FEWEST]
    return sorted(several, key=lambda label: -len(found[label]))[:_MOST_LABELS]


def labelled_number(row: Row, label: str) -> str:
    """The number behind the label in a row's first cell; empty in another row."""
    match = _LABELLED.match(row.cells[0].text)
    return match["id"] if match is not None and folded(match["label"]) == label else ""


def are_shipments(bill: ReadBill) -> bool:
    """Whether blocks below an unknown label are shipments and not deliveries of goods: each has its printed sum, most
    weigh something or go somewhere, and most are charged freight or fuel."""
    shipments = bill.shipments
    if len(shipments) < _FEWEST or any(each.stated is None or each.stated != each.sum for each in shipments):
        return False
    return all(sum(map(test, shipments)) >= _SHARE * len(shipments) for test in (_is_moved, _is_charged_so))


def _is_moved(shipment: ReadShipment) -> bool:
    return bool(shipment.facts.keys() & {"billed_weight", "origin", "destination"})


def _is_charged_so(shipment: ReadShipment) -> bool:
    return any(text_of(charge, "charge_kind") in ("freight", "fuel") for charge in shipment.charges)
