"""Invoices for tests, as the pipeline records them."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

from invoices.models import Invoice
from invoices.records import InvoiceData, LineData, ReviewReason, TaxData
from invoices.services.recording import ReadInvoice, record_invoice

GERMAN_IBAN, OTHER_IBAN = "DE89370400440532013000", "DE02120300000000202051"


def invoice(number: str = "R-1", **changes: object) -> InvoiceData:
    """An invoice without a reason to look, but for what is changed."""
    data = InvoiceData(
        document_type="invoice",
        invoice_number=number,
        invoice_date=date(2026, 3, 2),
        currency="EUR",
        vendor_name="Nordlicht Werkzeug GmbH",
        buyer_name="Contoso Retail Ltd",
        subtotal=Decimal("100.00"),
        tax_amount=Decimal("19.00"),
        total_amount=Decimal("119.00"),
        iban=GERMAN_IBAN,
        line_items=[
            LineData(description="Drill", quantity=Decimal(1), unit_price=Decimal(60), amount=Decimal("60.00")),
            LineData(description="Bits", quantity=Decimal(4), unit_price=Decimal(10), amount=Decimal("40.00")),
        ],
        taxes=[TaxData(rate=Decimal(19), base=Decimal(100), amount=Decimal(19))],
    )
    return replace(data, **changes)  # type: ignore[arg-type]


def read(data: InvoiceData, *, sha256: str = "", reasons: tuple[ReviewReason, ...] = (), text: str = "") -> ReadInvoice:
    evidence: dict[str, dict[str, object]] = {}
    for prefix, row in [
        ("", data),
        *((f"line_items[{i}].", line) for i, line in enumerate(data.line_items)),
        *((f"taxes[{i}].", tax) for i, tax in enumerate(data.taxes)),
    ]:
        evidence |= {
            prefix + name: {"text": str(getattr(row, name)), "method": "rules", "page": 1, "box": [1, 2, 3, 4]}
            for name in row.__slots__  # type: ignore[attr-defined]
            if getattr(row, name) and name not in ("line_items", "taxes")
        }
    return ReadInvoice(invoice=data, evidence=evidence, reasons=reasons, method="rules", sha256=sha256, text=text)


def record(data: InvoiceData | None = None, *, owner_id: int | None = None, **options: object) -> Invoice:
    return record_invoice(read=read(data or invoice(), **options), owner_id=owner_id)  # type: ignore[arg-type]


def codes(record: Invoice) -> set[str]:
    """The codes of the reasons that still count."""
    return {reason.code for reason in record.reasons.filter(accepted_at=None)}
