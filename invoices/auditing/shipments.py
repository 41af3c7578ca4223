"""The lines of an invoice put together to shipments. Pure.

Lines with one tracking number belong together; a line that says what is moved begins a shipment; charges without a
number belong to the only shipment, else to the one before them, else (all at the end) to the invoice as a whole.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from itertools import product
from typing import Any

from invoices.auditing.places import (
    counted_by,
    equipment_of,
    freight_class_of,
    readings_of_place,
    weight_unit_of,
)
from invoices.auditing.records import BilledCharge, BilledShipment
from invoices.auditing.wording import has_route, kind_of
from invoices.rating import Piece, Shipment
from invoices.records import InvoiceData, LineData

MOST_READINGS = 8


@dataclass(slots=True)
class _Group:
    tracking_number: str = ""
    charges: list[BilledCharge] = field(default_factory=list)

    @property
    def freight(self) -> list[BilledCharge]:
        return [charge for charge in self.charges if charge.kind == "freight"]

    @property
    def routed(self) -> bool:
        return any(has_route(charge.line) for charge in self.freight)


def shipments_of(invoice: InvoiceData) -> tuple[list[BilledShipment], list[BilledCharge]]:
    """The shipments in the order of the invoice, and the charges that belong to no single one."""
    groups: list[_Group] = []
    numbered: dict[str, _Group] = {}
    bare: list[BilledCharge] = []
    for charge in _charges(invoice):
        number = (charge.line.tracking_number or "").strip()
        group = numbered.get(number.casefold()) if number else None
        begins = charge.kind == "freight" and (has_route(charge.line) or number or charge.line.service)
        if group is not None and not (begins and has_route(charge.line) and group.routed):
            group.charges.append(charge)
        elif begins or number:
            group = _Group(number, [charge])
            groups.append(group)
            if number:
                numbered[number.casefold()] = group
        else:
            bare.append(charge)
    loose = [charge for group in groups if not group.freight for charge in group.charges]
    groups = [group for group in groups if group.freight]
    loose += _placed(bare, groups)
    return [_shipment(group, invoice) for group in groups], sorted(loose, key=lambda charge: charge.position)


def _charges(invoice: InvoiceData) -> list[BilledCharge]:
    charges = []
    for position, line in enumerate(invoice.line_items):
        amount = line.amount
        if amount is None and line.quantity is not None and line.unit_price is not None:
            amount = line.quantity * line.unit_price - (line.discount or Decimal(0))
        if amount:
            charges.append(BilledCharge(position, kind_of(line) or "accessorial", amount, line))
    return charges


def _placed(bare: list[BilledCharge], groups: list[_Group]) -> list[BilledCharge]:
    """Puts charges that name no shipment into the groups; gives those that belong to none."""
    if not groups:
        freight = [charge for charge in bare if charge.kind == "freight"]
        if not freight:
            return bare
        groups.append(_Group("", bare))
        return []
    if len(groups) == 1:
        groups[0].charges += bare
        return []
    last = max(charge.position for group in groups for charge in group.charges)
    if all(charge.position > last for charge in bare):
        return bare
    loose = []
    for charge in bare:
        before = [g for g in groups if g.charges[0].position < charge.position]
        if before:
            max(before, key=lambda g: g.charges[0].position).charges.append(charge)
        else:
            loose.append(charge)
    return loose


def _shipment(group: _Group, invoice: InvoiceData) -> BilledShipment:
    lines = [charge.line for charge in group.freight]
    return BilledShipment(
        day=_day(lines, invoice),
        tracking_number=group.tracking_number,
        charges=tuple(sorted(group.charges, key=lambda charge: charge.position)),
        readings=tuple(_readings(lines)),
    )


def _day(lines: list[LineData], invoice: InvoiceData) -> date:
    shipped = [line.ship_date for line in lines if line.ship_date]
    days = (*shipped, invoice.delivery_date, invoice.period_end, invoice.invoice_date)
    return next((day for day in days if day is not None), date.max)


def _readings(lines: list[LineData]) -> list[Shipment]:
    texts = [text for line in lines for text in (line.service, line.description, line.unit, line.item_code)]
    origin, destination = (readings_of_place(_first(lines, name)) for name in ("origin", "destination"))
    weight, unit = _weight(lines)
    counted, distance_unit = _counted(lines)
    service = _first(lines, "service")
    units = [unit] if unit or weight is None else ["kg", "lb"]
    found = []
    for own_service, start, end, own_unit in product(dict.fromkeys([service, ""]), origin, destination, units):
        found.append(
            Shipment(
                origin=start, destination=end, pieces=(Piece(weight),) if weight is not None else (),
                weight_unit=own_unit or "kg", service=own_service, zone=_first(lines, "zone"),
                equipment=equipment_of(*texts), freight_class=freight_class_of(*texts),
                distance_unit=distance_unit, **counted,
            )
        )  # fmt: skip
    return found[:MOST_READINGS]


def unit_is_said(shipment: BilledShipment) -> bool:
    """Whether the invoice says what its weights are in; where it does not, only cards of the same unit are asked."""
    lines = [charge.line for charge in shipment.of_kind("freight")]
    weight, unit = _weight(lines)
    return bool(unit) or weight is None


def _weight(lines: list[LineData]) -> tuple[Decimal | None, str]:
    for line in lines:
        if line.billed_weight is not None:
            return line.billed_weight, weight_unit_of(line.weight_unit)
    for line in lines:
        unit = weight_unit_of(line.unit)
        if unit and line.quantity is not None:
            return line.quantity, unit
    return None, ""


def _counted(lines: list[LineData]) -> tuple[dict[str, Any], str]:
    """Quantities that are no weight: pallets, cubic metres, loading metres, containers, distance."""
    for line in lines:
        name = counted_by(line.unit)
        if name and line.quantity is not None and line.quantity > 0:
            miles = (line.unit or "").strip(" .").casefold().startswith(("mi", "smi"))
            return {name: line.quantity}, "mile" if miles else "km"
    return {}, "km"


def _first(lines: list[LineData], name: str) -> str:
    return next((text.strip() for line in lines if (text := getattr(line, name))), "")
