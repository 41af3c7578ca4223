"""Numbers that no invoice holds are left out before anything is computed with them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import fields, replace
from decimal import Decimal

from invoices.records import InvoiceData, LineData, ReviewReason, ShipmentData, TaxData
from invoices.rules.catalogue import reason

# Products and sums of numbers within these bounds stay exact enough in the default context of 28 digits, and short when
# written out: a hostile "1E+999999" would fill a sentence with a million digits.
LARGEST = Decimal(10) ** 12
MOST_DECIMAL_PLACES = 12


def within_range(invoice: InvoiceData) -> tuple[InvoiceData, list[ReviewReason]]:
    """The invoice without the numbers that cannot be meant, and a reason for each of them."""
    reasons: list[ReviewReason] = []
    absurd = _absurd_fields(invoice)
    reasons += _reasons("", absurd)
    lines: list[LineData] = []
    for index, line in enumerate(invoice.line_items):
        names = _absurd_fields(line)
        reasons += _reasons(f"line_items[{index}].", names)
        lines.append(replace(line, **dict.fromkeys(names)) if names else line)
    shipments: list[ShipmentData] = []
    for index, shipment in enumerate(invoice.shipments):
        names = _absurd_fields(shipment)
        reasons += _reasons(f"shipments[{index}].", names)
        shipments.append(replace(shipment, **dict.fromkeys(names)) if names else shipment)  # type: ignore[arg-type]
    taxes: list[TaxData] = []
    for index, row in enumerate(invoice.taxes):
        names = _absurd_fields(row)
        reasons += _reasons(f"taxes[{index}].", names)
        taxes.append(replace(row, **dict.fromkeys(names)) if names else row)
    if not reasons:
        return invoice, []
    changed = replace(invoice, line_items=lines, taxes=taxes, shipments=shipments)
    return replace(changed, **dict.fromkeys(absurd)), reasons  # type: ignore[arg-type]


def _absurd_fields(record: InvoiceData | LineData | TaxData | ShipmentData) -> list[str]:
    return [f.name for f in fields(record) if _is_absurd(getattr(record, f.name))]


def _is_absurd(value: object) -> bool:
    if not isinstance(value, Decimal):
        return False
    exponent = value.as_tuple().exponent
    return not isinstance(exponent, int) or abs(value) >= LARGEST or exponent < -MOST_DECIMAL_PLACES


def _reasons(prefix: str, names: Iterable[str]) -> list[ReviewReason]:
    text = "This number is too large or too small for an invoice."
    return [reason("value_out_of_range", prefix + name, text) for name in names]
