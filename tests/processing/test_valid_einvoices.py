"""A valid e-invoice has no arithmetic reason of ours, whatever EN 16931 allows it."""

from __future__ import annotations

from datetime import date

import pytest

from invoices.rules import BookContext, check_invoice
from processing.extractors.einvoice.einvoice import extract_einvoice
from tests.processing.einvoices import cii_invoice, ubl_invoice, ubl_line

ARITHMETIC = {
    "line_mismatch", "line_sum_mismatch", "missing_lines", "total_mismatch", "total_not_corroborated", "zero_total",
    "negative_total", "credit_note_sign", "amount_due_mismatch", "tax_sum_mismatch", "tax_breakdown_mismatch",
    "tax_rate_implausible", "discount_mismatch", "invoice_number_implausible",
}  # fmt: skip
CHARGE = (
    "<cac:AllowanceCharge><cbc:ChargeIndicator>{}</cbc:ChargeIndicator>"
    "<cbc:Amount>{}</cbc:Amount></cac:AllowanceCharge>"
)


def sums(lines: str, net: str, total: str, due: str, more: str = "") -> str:
    return (
        f"<cbc:LineExtensionAmount>{lines}</cbc:LineExtensionAmount><cbc:TaxExclusiveAmount>{net}</cbc:TaxExclusiveAmount>"
        f"<cbc:TaxInclusiveAmount>{total}</cbc:TaxInclusiveAmount>{more}<cbc:PayableAmount>{due}</cbc:PayableAmount>"
    )


def tax(base: str, amount: str) -> str:
    return (
        f'<cac:TaxTotal><cbc:TaxAmount currencyID="EUR">{amount}</cbc:TaxAmount><cac:TaxSubtotal><cbc:TaxableAmount>'
        f"{base}</cbc:TaxableAmount><cbc:TaxAmount>{amount}</cbc:TaxAmount><cac:TaxCategory><cbc:ID>S</cbc:ID>"
        "<cbc:Percent>19</cbc:Percent></cac:TaxCategory></cac:TaxSubtotal></cac:TaxTotal>"
    )


def arithmetic_of(xml: bytes) -> set[str]:
    extraction = extract_einvoice(xml)
    derived = frozenset(name for name, value in extraction.fields.items() if value.derived_from)
    context = BookContext(derived=derived, structured=True)
    found = check_invoice(extraction.to_invoice(), today=date(2026, 3, 10), context=context)
    return {reason.code for reason in [*extraction.reasons, *found]} & ARITHMETIC


VALID = {
    "plain": ubl_invoice(),
    "price for a hundred": ubl_invoice(lines=ubl_line(quantity="250", price="40.00", amount="100.00", base="100")),
    "allowance on the line": ubl_invoice(lines=ubl_line(price="55.00", extra=CHARGE.format("false", "10.00"))),
    "charge on the line": ubl_invoice(lines=ubl_line(price="45.00", extra=CHARGE.format("true", "10.00"))),
    "price with a tax that is not VAT": ubl_invoice(lines=ubl_line(quantity="1", price="119.00", amount="100.00")),
    "rounded price": ubl_invoice(lines=ubl_line(quantity="3", price="33.33", amount="100.00")),
    "allowance of the document": ubl_invoice(
        lines=ubl_line(price="60.00", amount="120.00"),
        after_parties=CHARGE.format("false", "20.00"),
        totals=sums(
            "120.00", "100.00", "119.00", "119.00", "<cbc:AllowanceTotalAmount>20.00</cbc:AllowanceTotalAmount>"
        ),
    ),
    "correction with an allowance taken back": ubl_invoice(
        type_code="384",
        lines=ubl_line(quantity="-2", price="60.00", amount="-120.00"),
        tax_total=tax("-100.00", "-19.00"),
        totals=sums(
            "-120.00", "-100.00", "-119.00", "-119.00", "<cbc:AllowanceTotalAmount>-20.00</cbc:AllowanceTotalAmount>"
        ),
    ),
    "paid in part": ubl_invoice(
        totals=sums("100.00", "100.00", "119.00", "69.00", "<cbc:PrepaidAmount>50.00</cbc:PrepaidAmount>")
    ),
    "paid in full": ubl_invoice(
        totals=sums("100.00", "100.00", "119.00", "0.00", "<cbc:PrepaidAmount>119.00</cbc:PrepaidAmount>")
    ),
    "nothing left after payments in advance": ubl_invoice(
        lines=ubl_line() + ubl_line(number=2, quantity="-1", price="100.00", amount="-100.00"),
        tax_total=tax("0.00", "0.00"),
        totals=sums("0.00", "0.00", "0.00", "0.00"),
    ),
    "number without a digit": ubl_invoice(number="Rechnungsnummer"),
    "credit note": ubl_invoice(credit_note=True, type_code="381"),
    "cii": cii_invoice(),
}


@pytest.mark.parametrize("kind", VALID)
def test_a_valid_e_invoice_has_no_arithmetic_reason(kind: str) -> None:
    assert arithmetic_of(VALID[kind]) == set()


def profiled(profile: str) -> bytes:
    """An invoice without lines that names a profile."""
    guideline = (
        "<rsm:ExchangedDocumentContext><ram:GuidelineSpecifiedDocumentContextParameter>"
        f"<ram:ID>{profile}</ram:ID></ram:GuidelineSpecifiedDocumentContextParameter></rsm:ExchangedDocumentContext>"
    )
    xml = cii_invoice(lines=" ").decode()
    return xml.replace("<rsm:ExchangedDocument>", f"{guideline}<rsm:ExchangedDocument>").encode()


@pytest.mark.parametrize(
    "profile",
    ["urn:factur-x.eu:1p0:minimum", "urn:factur-x.eu:1p0:basicwl", "urn:zugferd.de:2p0:minimum"],
)
def test_profiles_without_lines_miss_none(profile: str) -> None:
    assert arithmetic_of(profiled(profile)) == set()


def test_other_profiles_must_have_lines() -> None:
    assert arithmetic_of(profiled("urn:cen.eu:en16931:2017")) == {"missing_lines"}


def test_a_line_that_costs_more_than_its_quantity_and_price_is_told() -> None:
    assert arithmetic_of(ubl_invoice(lines=ubl_line(quantity="3", price="30.00", amount="100.00"))) == {"line_mismatch"}


def test_what_does_not_add_up_is_still_told() -> None:
    assert arithmetic_of(ubl_invoice(totals=sums("100.00", "100.00", "119.00", "99.00"))) == {"amount_due_mismatch"}
    assert "line_sum_mismatch" in arithmetic_of(ubl_invoice(lines=ubl_line(price="45.00", amount="90.00")))
    assert "total_mismatch" in arithmetic_of(ubl_invoice(totals=sums("100.00", "100.00", "129.00", "129.00")))


def test_the_invoice_that_is_corrected_is_read() -> None:
    reference = (
        "<cac:BillingReference><cac:InvoiceDocumentReference><cbc:ID>INV-1999</cbc:ID>"
        "</cac:InvoiceDocumentReference></cac:BillingReference>"
    )
    invoice = extract_einvoice(ubl_invoice(credit_note=True, type_code="381", head=reference)).to_invoice()
    assert invoice.preceding_invoice == "INV-1999"
