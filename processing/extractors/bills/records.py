"""What a bill's formats make of a document, and the record that each format is. Pure."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from invoices.records import CHARGE_KINDS, ReviewReason
from processing.content.extraction import Fields, FieldValue
from processing.content.records import DocumentContent

# One value for all charges of a kind: bills have tens of thousands.
KINDS = {kind: FieldValue(kind, "", "rules", None, derived_from="description") for kind in CHARGE_KINDS}


@dataclass(frozen=True, slots=True)
class Goods:
    """What a charge weighs, and its freight class, where they stand beside the charge."""

    charge: Fields
    freight_class: FieldValue
    weight: FieldValue


@dataclass(slots=True)
class ReadShipment:
    """One shipment: its facts by ``records.SHIPMENT_FIELDS`` and its charges as line fields. ``stated`` is the sum that
    the document prints for it; ``goods`` are its charges by class and weight, each pair of these once; ``has_bare``:
    others have none."""

    facts: Fields = field(default_factory=dict)
    charges: list[Fields] = field(default_factory=list)
    stated: Decimal | None = None
    goods: list[Goods] = field(default_factory=list)
    has_bare: bool = False

    @property
    def sum(self) -> Decimal:
        return sum((amount_of(charge) for charge in self.charges), Decimal(0))


@dataclass(slots=True)
class ReadBill:
    """``header`` are fields of the invoice that the format itself has; what a page says besides is read by the rules
    for headers. ``loose`` are charges of no shipment. ``closing`` is a printed sum below them that is theirs."""

    shipments: list[ReadShipment] = field(default_factory=list)
    loose: list[Fields] = field(default_factory=list)
    header: Fields = field(default_factory=dict)
    reasons: list[ReviewReason] = field(default_factory=list)
    rows: set[int] = field(default_factory=set)  # of the document, that belong to shipments
    closing: FieldValue | None = None
    tax: FieldValue | None = None  # between the sum and ``closing``

    @property
    def sum(self) -> Decimal:
        return sum((s.sum for s in self.shipments), Decimal(0)) + sum(
            (amount_of(charge) for charge in self.loose), Decimal(0)
        )


@dataclass(frozen=True, slots=True)
class BillFormat:
    """A door for one kind of bill: ``find`` says whether a document is one (anything but None), ``read`` reads it with
    what was found. The first of the list that finds something and reads a charge wins."""

    name: str
    find: Callable[[DocumentContent], Any]
    read: Callable[[DocumentContent, Any], ReadBill]
    whole_header: bool = False  # nothing of the header stands outside of what the format reads


def amount_of(charge: Fields) -> Decimal:
    value = charge["amount"].value
    assert isinstance(value, Decimal)
    return value


def text_of(fields: Fields, name: str) -> str:
    found: FieldValue | None = fields.get(name)
    return "" if found is None else str(found.value)
