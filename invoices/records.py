"""What an invoice is, as plain data: the field names of the API, CSV and results.json, with their EN 16931 terms.

Money is ``Decimal`` in the invoice's currency, dates are ``date``, currency is ISO 4217, country ISO 3166 alpha-2.
Pure: no ORM, no Django.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field, fields
from datetime import date
from decimal import Decimal
from typing import Any, Literal

Value = str | Decimal | date
Method = Literal["xml", "cache", "memory", "rules", "llm", "person"]
DocumentType = Literal["invoice", "credit_note", "corrected_invoice", "self_billed_invoice"]
Kind = Literal["invoice", "rate_card"]
ChargeKind = Literal["freight", "fuel", "accessorial", "discount", "adjustment", "tax", "duty", "credit"]
CHARGE_KINDS: tuple[ChargeKind, ...] = (
    "freight", "fuel", "accessorial", "discount", "adjustment", "tax", "duty", "credit",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Place:
    """Where a text stands: a page (1-based) with a box, a sheet cell (``Sheet1!B4``), or an XML path.

    ``box`` is (x0, top, x1, bottom) in points (1/72 inch) from the top left corner of the page as it is shown.
    """

    page: int | None = None
    box: tuple[float, float, float, float] | None = None
    cell: str | None = None
    path: str | None = None


# The codes of invoices.rules.catalogue, which fills them: none else can be given, however its code is spelt.
REASON_CODES: set[str] = set()


@dataclass(frozen=True, slots=True)
class ReviewReason:
    """Why a person must look: a stable ``code``, the ``field`` it is about ("" for the whole invoice;
    ``line_items[2].amount`` for a line, counted from 0), and a sentence for a person. A ``blocking`` reason needs a
    stated override to approve."""

    code: str
    field: str
    message: str
    blocking: bool = False

    def __post_init__(self) -> None:
        if REASON_CODES and self.code not in REASON_CODES:
            raise ValueError(f"There is no review reason {self.code!r} in invoices.rules.catalogue.")


@dataclass(slots=True)
class LineData:
    """One invoice line (BG-25). On a carrier's bill it is one charge: ``shipment`` is the position of its shipment in
    ``InvoiceData.shipments``, ``charge_kind`` what it is for (OTM SHIPMENT_COST; None where nobody said)."""

    line_number: str | None = None  # BT-126
    description: str | None = None  # BT-153, BT-154
    item_code: str | None = None  # BT-155
    quantity: Decimal | None = None  # BT-129
    unit: str | None = None  # BT-130, as written
    unit_price: Decimal | None = None  # BT-146
    discount: Decimal | None = None  # BT-136, an amount, positive lowers the line
    amount: Decimal | None = None  # BT-131, net
    tax_rate: Decimal | None = None  # BT-152, percent
    service: str | None = None
    origin: str | None = None
    destination: str | None = None
    zone: str | None = None
    billed_weight: Decimal | None = None
    weight_unit: str | None = None
    ship_date: date | None = None
    tracking_number: str | None = None
    charge_code: str | None = None
    charge_kind: ChargeKind | None = None
    shipment: int | None = None


@dataclass(slots=True)
class ShipmentData:
    """What was moved, as a carrier's bill says it: a parcel, PRO, B/L, air waybill or container. Weights are in
    ``weight_unit``; ``dimensions`` are length x width x height with their unit ("12 x 10 x 8 in")."""

    tracking_number: str | None = None
    references: list[str] = field(default_factory=list)
    ship_date: date | None = None
    service: str | None = None
    origin: str | None = None
    destination: str | None = None
    zone: str | None = None
    equipment: str | None = None
    freight_class: str | None = None
    actual_weight: Decimal | None = None
    billed_weight: Decimal | None = None
    weight_unit: str | None = None
    dimensions: str | None = None
    pieces: Decimal | None = None
    declared_value: Decimal | None = None
    payer: str | None = None


@dataclass(slots=True)
class TaxData:
    """One VAT breakdown row (BG-23)."""

    category: str | None = None  # BT-118: S, Z, E, AE, K, G, O
    rate: Decimal | None = None  # BT-119, percent
    base: Decimal | None = None  # BT-116
    amount: Decimal | None = None  # BT-117


@dataclass(slots=True)
class InvoiceData:
    """The header of an invoice with its lines and taxes. A value that is not known is ``None``."""

    document_type: str | None = None  # BT-3, a DocumentType; amounts of a credit note are positive
    invoice_number: str | None = None  # BT-1
    invoice_date: date | None = None  # BT-2
    due_date: date | None = None  # BT-9
    delivery_date: date | None = None  # BT-72
    period_start: date | None = None  # BT-73
    period_end: date | None = None  # BT-74
    currency: str | None = None  # BT-5
    purchase_order: str | None = None  # BT-13
    contract_reference: str | None = None  # BT-12
    buyer_reference: str | None = None  # BT-10
    vendor_name: str | None = None  # BT-27
    vendor_tax_id: str | None = None  # BT-31, else BT-32
    vendor_address: str | None = None  # BG-5
    vendor_country: str | None = None  # BT-40
    vendor_email: str | None = None  # BT-43
    vendor_phone: str | None = None  # BT-42
    buyer_name: str | None = None  # BT-44
    buyer_tax_id: str | None = None  # BT-48
    buyer_address: str | None = None  # BG-8
    ship_to_address: str | None = None  # BG-15
    subtotal: Decimal | None = None  # BT-109: total without VAT, after document allowances and charges
    discount_total: Decimal | None = None  # BT-107
    charge_total: Decimal | None = None  # BT-108
    tax_amount: Decimal | None = None  # BT-110
    total_amount: Decimal | None = None  # BT-112
    rounding: Decimal | None = None  # BT-114
    amount_paid: Decimal | None = None  # BT-113
    amount_due: Decimal | None = None  # BT-115
    payment_terms: str | None = None  # BT-20
    payment_reference: str | None = None  # BT-83
    iban: str | None = None  # BT-84, without spaces
    bic: str | None = None  # BT-86
    notes: str | None = None  # BT-22
    line_items: list[LineData] = field(default_factory=list)
    taxes: list[TaxData] = field(default_factory=list)
    shipments: list[ShipmentData] = field(default_factory=list)


_LISTS = {"line_items", "taxes", "shipments"}
HEADER_FIELDS: tuple[str, ...] = tuple(f.name for f in fields(InvoiceData) if f.name not in _LISTS)
# Without the shipment of a line, which is a position and no value that stands in the document.
LINE_FIELDS: tuple[str, ...] = tuple(f.name for f in fields(LineData) if f.name != "shipment")
SHIPMENT_FIELDS: tuple[str, ...] = tuple(f.name for f in fields(ShipmentData))
TAX_FIELDS: tuple[str, ...] = tuple(f.name for f in fields(TaxData))
MONEY_FIELDS = frozenset(
    {
        "subtotal",
        "discount_total",
        "charge_total",
        "tax_amount",
        "total_amount",
        "rounding",
        "amount_paid",
        "amount_due",
    }
)
DATE_FIELDS = frozenset({"invoice_date", "due_date", "delivery_date", "period_start", "period_end", "ship_date"})
LINE_NUMBER_FIELDS = frozenset({"quantity", "unit_price", "discount", "amount", "tax_rate", "billed_weight"})
SHIPMENT_NUMBER_FIELDS = frozenset({"actual_weight", "billed_weight", "pieces", "declared_value"})


def to_json(value: Any) -> Any:
    """The JSON form of a record or a value: Decimal and date become strings, dataclasses become objects."""
    if isinstance(value, Decimal):
        return format(value, "f")
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, list | tuple):
        return [to_json(v) for v in value]
    if hasattr(value, "__dataclass_fields__"):
        return {f.name: to_json(getattr(value, f.name)) for f in fields(value)}
    return value


def plain_json(value: Any) -> Any:
    """As ``to_json``, with numbers in one form: 12.5 read and 12.5000 stored are the same."""
    if isinstance(value, Decimal):
        return format(value.normalize() + Decimal(0), "f")
    if isinstance(value, list | tuple):
        return [plain_json(v) for v in value]
    if hasattr(value, "__dataclass_fields__"):
        return {f.name: plain_json(getattr(value, f.name)) for f in fields(value)}
    return to_json(value)


_CELL = re.compile(r"(line_items|taxes|shipments)\[(\d+)\]\.(\w+)")


def value_at(invoice: InvoiceData, name: str) -> Any:
    """The value of a field named as in review reasons (``total_amount``, ``line_items[2].amount``); None where there is
    none."""
    match = _CELL.fullmatch(name)
    if match is None:
        return getattr(invoice, name, None) if name else None
    rows: list[Any] = getattr(invoice, match[1])
    index = int(match[2])
    return getattr(rows[index], match[3], None) if index < len(rows) else None
