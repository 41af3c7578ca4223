"""What is withheld, carried forward, taken off for early payment or corrected has a field of its own."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from invoices.rules import BookContext, check_invoice
from processing.content.extraction import Extraction
from processing.extractors.rules import extract_by_rules
from tests.processing.documents import make_content

D = Decimal
HEAD = ["Oakhill Tools Ltd", "12 Mill Lane, Leeds LS1 4AB", "VAT No. GB 980 7806 84", "", "Invoice no: OT-1"]


def read(*lines: str) -> Extraction:
    return extract_by_rules(make_content([*HEAD, "Date: 3 March 2025", *lines]))


def value(extraction: Extraction, name: str) -> object:
    field = extraction.fields.get(name)
    return None if field is None else field.value


def codes(extraction: Extraction) -> set[str]:
    derived = frozenset(name for name, field in extraction.fields.items() if field.derived_from)
    found = check_invoice(extraction.to_invoice(), today=date(2025, 4, 1), context=BookContext(derived=derived))
    return {reason.code for reason in found}


def test_tax_that_the_customer_keeps_back_is_withheld_and_not_paid() -> None:
    extraction = read(
        "Subtotal | 1,000.00",
        "VAT 20% | 200.00",
        "Total | 1,200.00",
        "Withholding tax | -150.00",
        "Amount due | 1,050.00",
    )
    assert (value(extraction, "total_amount"), value(extraction, "amount_due")) == (D(1200), D(1050))
    assert (value(extraction, "withholding_amount"), value(extraction, "amount_paid")) == (D(150), None)
    assert "amount_due_mismatch" not in codes(extraction)


def test_a_total_that_is_not_printed_follows_from_net_and_tax() -> None:
    """Where the only sum printed is what is left after something is withheld."""
    extraction = read("Subtotal | 1,000.00", "VAT 20% | 200.00", "Withholding tax | -150.00", "Total to pay | 1,050.00")
    assert (value(extraction, "total_amount"), value(extraction, "amount_due")) == (D(1200), D(1050))
    assert value(extraction, "withholding_amount") == D(150)
    assert extraction.fields["total_amount"].derived_from
    assert codes(extraction).isdisjoint({"total_mismatch", "total_not_corroborated", "amount_due_mismatch"})


def test_a_wrong_amount_withheld_proves_nothing() -> None:
    extraction = read("Subtotal | 1,000.00", "VAT 20% | 200.00", "Withholding tax | -140.00", "Total to pay | 1,050.00")
    assert "total_mismatch" in codes(extraction)


def test_retention_before_tax_lowers_the_net_amount() -> None:
    extraction = read(
        "Item | Description | Qty | Rate | Amount",
        "1 | Strip topsoil | 100 | 6.00 | 600.00",
        "2 | Dig trenches | 10 | 40.00 | 400.00",
        "",
        "Less retention 5% | (50.00)",
        "Net amount | 950.00",
        "VAT 20% | 190.00",
        "Total payable | 1,140.00",
    )
    assert (value(extraction, "discount_total"), value(extraction, "subtotal")) == (D(50), D(950))
    assert "line_sum_mismatch" not in codes(extraction)


def test_what_is_left_of_earlier_bills_is_no_part_of_this_one() -> None:
    extraction = read("Balance forward | 64.18", "Total current charges | 278.51", "Total amount due | 342.69")
    assert (value(extraction, "previous_balance"), value(extraction, "amount_due")) == (D("64.18"), D("278.51"))


def test_a_discount_for_early_payment_is_read_where_the_total_proves_it() -> None:
    totals = ("Subtotal | 1,000.00", "VAT 20% | 200.00", "Total | 1,200.00")
    rest = read(*totals, "Payable by 17 March 2025 less 2 % discount for early payment (1,176.00), then net.")
    assert (value(rest, "cash_discount_amount"), value(rest, "cash_discount_until")) == (D(24), date(2025, 3, 17))
    unproved = read(*totals, "Payable by 17 March 2025 less 2 % discount for early payment (1,170.00), then net.")
    assert value(unproved, "cash_discount_amount") is None


def test_a_credit_note_names_the_invoice_that_it_corrects() -> None:
    lines = [
        "Oakhill Tools Ltd",
        "Credit note no: CN-7",
        "Date: 3 March 2025",
        "Original invoice: OT-1",
        "Total | 12.00",
    ]
    extraction = extract_by_rules(make_content(lines))
    assert (value(extraction, "invoice_number"), value(extraction, "preceding_invoice")) == ("CN-7", "OT-1")


def test_a_pro_forma_invoice_needs_a_person() -> None:
    extraction = extract_by_rules(
        make_content(["Oakhill Tools Ltd", "PRO FORMA INVOICE", "Number: PF-1", "Total | 12.00"])
    )
    assert any(r.code == "weak_evidence" and r.field == "document_type" for r in extraction.reasons)
    assert not any(r.field == "document_type" for r in read("Total | 12.00").reasons)


def test_the_head_of_the_prices_says_for_how_many_they_are() -> None:
    extraction = read(
        "Article | Description | Quantity | Price/100 | Amount",
        "S040 | Hexagon screw | 2400 | 18.50 | 444.00",
        "S140 | Nut | 1500 | 4.20 | 63.00",
        "",
        "Total | 507.00",
    )
    assert [line["unit_price"].value for line in extraction.lines] == [D("0.185"), D("0.042")]
