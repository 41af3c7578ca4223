"""Records of an invoice as plain data, and the table of its header fields with their EN 16931 terms.

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


@dataclass(frozen=True, slots=True)
class Field:
    """All that is said of a header field in one place. ``term`` of EN 16931; ``group`` and ``label`` on pages (two of
    one name, as "Name", are told apart by their group); ``identifier``: a number or reference that is found by its
    label; ``lines``: "prose" or "address" where line breaks mean something. The type tells money, dates and text."""

    name: str
    type: str
    term: str
    group: str
    label: str
    identifier: bool = False
    lines: Literal["", "prose", "address"] = ""

    @property
    def is_money(self) -> bool:
        return "Decimal" in self.type

    @property
    def is_date(self) -> bool:
        return self.type.startswith("date")


def header(
    term: str, group: str, label: str, *, identifier: bool = False, lines: Literal["", "prose", "address"] = ""
) -> Any:
    """A header field without a value, with what ``Field`` says of it."""
    return field(
        default=None,
        metadata={"term": term, "group": group, "label": label, "identifier": identifier, "lines": lines},
    )


@dataclass(slots=True)
class InvoiceData:
    """The header of an invoice with its lines and taxes. A value that is not known is ``None``."""

    # A DocumentType; amounts of a credit note are positive.
    document_type: str | None = header("BT-3", "Document", "Type")
    invoice_number: str | None = header("BT-1", "Document", "Number", identifier=True)
    invoice_date: date | None = header("BT-2", "Document", "Date")
    due_date: date | None = header("BT-9", "Document", "Due")
    delivery_date: date | None = header("BT-72", "Document", "Delivered")
    period_start: date | None = header("BT-73", "Document", "Period from")
    period_end: date | None = header("BT-74", "Document", "Period to")
    currency: str | None = header("BT-5", "Amounts", "Currency")
    purchase_order: str | None = header("BT-13", "References", "Order", identifier=True)
    contract_reference: str | None = header("BT-12", "References", "Contract", identifier=True)
    buyer_reference: str | None = header("BT-10", "References", "Buyer’s reference", identifier=True)
    # The number of the invoice that this one credits or corrects.
    preceding_invoice: str | None = header("BT-25", "References", "Corrects invoice")
    vendor_name: str | None = header("BT-27", "Seller", "Name")
    vendor_tax_id: str | None = header("BT-31", "Seller", "Tax number")  # else BT-32
    vendor_address: str | None = header("BG-5", "Seller", "Address", lines="address")
    vendor_country: str | None = header("BT-40", "Seller", "Country")
    vendor_email: str | None = header("BT-43", "Seller", "E-mail")
    vendor_phone: str | None = header("BT-42", "Seller", "Phone")
    buyer_name: str | None = header("BT-44", "Buyer", "Name")
    buyer_tax_id: str | None = header("BT-48", "Buyer", "Tax number")
    buyer_address: str | None = header("BG-8", "Buyer", "Address", lines="address")
    ship_to_address: str | None = header("BG-15", "Buyer", "Ship to", lines="address")
    # Total without VAT, after document allowances and charges.
    subtotal: Decimal | None = header("BT-109", "Amounts", "Net")
    discount_total: Decimal | None = header("BT-107", "Amounts", "Discounts")
    charge_total: Decimal | None = header("BT-108", "Amounts", "Charges")
    tax_amount: Decimal | None = header("BT-110", "Amounts", "Tax")
    total_amount: Decimal | None = header("BT-112", "Amounts", "Total")
    rounding: Decimal | None = header("BT-114", "Amounts", "Rounding")
    amount_paid: Decimal | None = header("BT-113", "Amounts", "Paid")
    # What the buyer keeps back: tax paid to the state for the seller, retention.
    withholding_amount: Decimal | None = header("", "Amounts", "Withheld")
    # What is left of earlier bills; not in amount_due.
    previous_balance: Decimal | None = header("", "Amounts", "Previous balance")
    # What may be taken off until cash_discount_until.
    cash_discount_amount: Decimal | None = header("", "Amounts", "Cash discount")
    cash_discount_until: date | None = header("", "Amounts", "Cash discount until")
    amount_due: Decimal | None = header("BT-115", "Amounts", "To pay")
    payment_terms: str | None = header("BT-20", "Payment", "Terms", lines="prose")
    payment_reference: str | None = header("BT-83", "Payment", "Reference", identifier=True)
    iban: str | None = header("BT-84", "Payment", "IBAN")  # without spaces
    bic: str | None = header("BT-86", "Payment", "BIC")
    notes: str | None = header("BT-22", "Payment", "Notes", lines="prose")
    line_items: list[LineData] = field(default_factory=list)
    taxes: list[TaxData] = field(default_factory=list)
    shipments: list[ShipmentData] = field(default_factory=list)


_LISTS = {"line_items", "taxes", "shipments"}
HEADER: dict[str, Field] = {
    f.name: Field(name=f.name, type=str(f.type), **f.metadata) for f in fields(InvoiceData) if f.metadata
}
HEADER_FIELDS: tuple[str, ...] = tuple(HEADER)
# Without the shipment of a line, which is a position and no value that stands in the document.
LINE_FIELDS: tuple[str, ...] = tuple(f.name for f in fields(LineData) if f.name != "shipment")
SHIPMENT_FIELDS: tuple[str, ...] = tuple(f.name for f in fields(ShipmentData))
TAX_FIELDS: tuple[str, ...] = tuple(f.name for f in fields(TaxData))
MONEY_FIELDS = frozenset(name for name, each in HEADER.items() if each.is_money)
DATE_FIELDS = frozenset({name for name, each in HEADER.items() if each.is_date} | {"ship_date"})
# The fields of a line and a shipment that hold numbers.
LINE_NUMBER_FIELDS, SHIPMENT_NUMBER_FIELDS = (
    frozenset(f.name for f in fields(record) if "Decimal" in str(f.type)) for record in (LineData, ShipmentData)
)


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
