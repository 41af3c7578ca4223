"""A carrier's bill put together to shipments as its records have them. Pure.

What lowers the freight (discounts, minimum charges that are added) belongs to the freight: only the net is compared. A
credit is never an overcharge; duty and tax are not on rate cards.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from itertools import islice, product

from invoices.auditing.kinds import charge_kind
from invoices.auditing.places import equipment_of, readings_of_place, weight_unit_of
from invoices.auditing.records import BilledCharge
from invoices.auditing.wording import folded
from invoices.rating import Piece, Shipment
from invoices.records import ChargeKind, InvoiceData, LineData, ShipmentData

_FREIGHT: frozenset[ChargeKind] = frozenset({"freight", "discount", "adjustment"})
_BEFORE = re.compile(
    r"\b(previously (billed|paid|charged)|prior (billing|payment)|less paid|original(ly)? (billed|charge|invoice)"
    r"|bereits berechnet|deja facture)\b"
)
_BALANCE = re.compile(r"\b(balance due|corrected bill|correction of|shipping charge correction|nachberechnung)\b")
_FUEL_WORD = re.compile(r"\b(fuel|fsc|diesel|gazole|combustible|carburante)\b")
_SIDES = re.compile(r"(\d+(?:\.\d+)?) x (\d+(?:\.\d+)?) x (\d+(?:\.\d+)?)(?: (cm|in|mm))?")
_INDEX = re.compile(
    r"(?:doe|eia|index|indice|dieselpreis|diesel price|cnr)[^\d%]{0,12}(\d{1,3}[.,]\d{1,4})(?!\s*%)", re.IGNORECASE
)
_CLASS = re.compile(r"class (\d{2,3}(?:\.\d)?)")
_CONTAINERS = re.compile(r"\b(\d{1,3})\s*[x×]\s*(?:20|40|45)", re.IGNORECASE)
MOST_READINGS = 32


@dataclass(slots=True)
class Billed:
    """One billing of one shipment. ``position`` is that of its record; ``corrects``: it takes back what was billed
    before, or asks for the difference, so that it is no second billing of the same."""

    position: int
    data: ShipmentData
    day: date
    charges: list[BilledCharge] = field(default_factory=list)
    taxes: list[BilledCharge] = field(default_factory=list)
    corrects: bool = False
    only_difference: bool = False

    @property
    def number(self) -> str:
        return (self.data.tracking_number or "").strip()

    @property
    def freight(self) -> list[BilledCharge]:
        return [charge for charge in self.charges if charge.kind == "freight"]

    def of_kind(self, kind: ChargeKind) -> list[BilledCharge]:
        return [charge for charge in self.charges if charge.kind == kind]

    @property
    def moves(self) -> bool:
        """Whether something is billed as moved: an address correction alone is no shipment to be rated."""
        return sum_of(self.freight) > 0

    @property
    def goods(self) -> tuple[Piece, ...]:
        """What is freight of several classes, each with its own weight; empty where there is one class."""
        found: dict[tuple[str, Decimal], Piece] = {}
        for charge in self.freight:
            said = _CLASS.fullmatch(charge.line.service or "")
            if said is not None and charge.amount > 0 and charge.line.billed_weight:
                weight = charge.line.billed_weight
                found[said[1], weight] = Piece(weight, freight_class=said[1])
        return tuple(found.values()) if len({own for own, _ in found}) > 1 else ()

    @property
    def printed_index(self) -> Decimal | None:
        """The fuel index that a charge names ("DOE $3.62")."""
        for charge in self.of_kind("fuel"):
            found = _INDEX.search(charge.name)
            if found is not None:
                return Decimal(found[1].replace(",", "."))
        return None


def sum_of(charges: Sequence[BilledCharge]) -> Decimal:
    return sum((charge.amount for charge in charges), Decimal(0))


def billed_shipments(invoice: InvoiceData) -> tuple[list[Billed], list[BilledCharge]]:
    """The shipments of a bill in its order, and the charges that belong to none."""
    shipments = [Billed(at, data, _day(data, invoice)) for at, data in enumerate(invoice.shipments)]
    loose: list[BilledCharge] = []
    for position, line in enumerate(invoice.line_items):
        if not line.amount:
            continue
        kind = side_of(line)
        text = folded(line.description or "")
        own = shipments[line.shipment] if line.shipment is not None and line.shipment < len(shipments) else None
        if own is not None and _BEFORE.search(text):
            own.corrects = True
            continue
        if own is not None and _BALANCE.search(text):
            own.corrects = own.only_difference = True
        if kind is None:
            if own is not None and line.charge_kind == "tax":
                own.taxes.append(BilledCharge(position, "tax", line.amount, line))
            continue
        charge = BilledCharge(position, kind, line.amount, line)
        if own is None:
            loose.append(charge)
        else:
            own.charges.append(charge)
    for shipment in shipments:
        if shipment.freight and all(charge.line.charge_kind == "adjustment" for charge in shipment.freight):
            shipment.corrects = shipment.only_difference = True
    return [shipment for shipment in shipments if shipment.charges], loose


def side_of(line: LineData) -> ChargeKind | None:
    """As what a charge is compared: what lowers or adjusts the freight is freight; None for credits, tax and duty."""
    text, lowers = folded(line.description or ""), (line.amount or Decimal(0)) < 0
    kind = line.charge_kind or charge_kind(line.description or "", line.charge_code or "", lowers=lowers)
    if kind in ("credit", "tax", "duty"):
        return None
    if kind in _FREIGHT:
        return "fuel" if kind != "freight" and _FUEL_WORD.search(text) else "freight"
    return kind or "accessorial"


def _day(data: ShipmentData, invoice: InvoiceData) -> date:
    days = (data.ship_date, invoice.delivery_date, invoice.period_end, invoice.invoice_date)
    return next((day for day in days if day is not None), date.max)


def services_of(text: str | None) -> list[str]:
    """A service and its parts, the whole first ("Kestrel Ground / Home Delivery")."""
    whole = " ".join((text or "").split())
    return list(dict.fromkeys(part for part in (whole, *(each.strip() for each in whole.split(" / "))) if part))


def readings(billed: Billed, *, weight: Decimal | None, dims: bool) -> list[Shipment]:
    """The ways to understand the shipment, the likeliest first: its service named or left open, its places with and
    without their region. ``dims``: by what it measures and weighs, else by the weight that was charged."""
    data = billed.data
    unit = weight_unit_of(data.weight_unit) or "kg"
    pieces: tuple[Piece, ...] = ()
    length_unit = "in" if unit == "lb" else "cm"
    if dims and data.actual_weight is not None and (sides := _sides(data.dimensions)) is not None:
        pieces = (Piece(data.actual_weight, *sides[:3]),)
        length_unit = sides[3] or length_unit
    elif weight is not None:
        pieces = (Piece(weight),)
    goods = billed.goods
    pieces = goods or pieces
    services = [each for each in dict.fromkeys([*services_of(data.service), ""]) if not each.startswith("class ")]
    ways = product(services, readings_of_place(data.origin or ""), readings_of_place(data.destination or ""))
    names = [charge.name for charge in billed.freight]
    equipment = data.equipment or equipment_of(*names)
    containers = _containers_of(names) if equipment else Decimal(1)
    return [
        Shipment(
            origin=start, destination=end, pieces=pieces, weight_unit=unit, dimension_unit=length_unit,
            service=service, zone=data.zone or "", equipment=equipment, containers=containers,
            freight_class="" if goods else data.freight_class or "", declared_value=data.declared_value,
            fuel_index=billed.printed_index,
        )
        for service, start, end in islice(ways, MOST_READINGS)
    ]  # fmt: skip


def _containers_of(names: Sequence[str]) -> Decimal:
    """How many containers the freight is for: "Ocean freight 2 x 40HC"."""
    found = next((found for name in names if (found := _CONTAINERS.search(name))), None)
    return Decimal(found[1]) if found is not None else Decimal(1)


def can_be_measured(data: ShipmentData) -> bool:
    """Whether the bill has what the chargeable weight of a single piece is worked out from."""
    one = data.pieces is None or data.pieces <= 1
    return one and bool(data.actual_weight) and _sides(data.dimensions) is not None


def _sides(text: str | None) -> tuple[Decimal, Decimal, Decimal, str] | None:
    found = _SIDES.fullmatch(text or "")
    if found is None or found[4] == "mm":
        return None
    return Decimal(found[1]), Decimal(found[2]), Decimal(found[3]), found[4] or ""


def line_key(line: LineData) -> str:
    """What a charge is for, as two charges of one shipment are compared."""
    return folded(line.description or line.charge_code or "")
