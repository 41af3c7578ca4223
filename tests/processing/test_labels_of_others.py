"""Values that stand beside somebody else's label, and labels that say more than one thing."""

from __future__ import annotations

from typing import Any

import pytest

from invoices.records import to_json
from processing.extractors.rules import extract_by_rules
from processing.readers.text import read_text
from tests.processing.test_rules_extractor import pdf_page


def read(text: str) -> dict[str, Any]:
    result: dict[str, Any] = to_json(extract_by_rules(read_text(text.encode())).to_invoice())
    return result


def test_the_day_of_payment_is_never_taken_for_the_date_of_the_invoice() -> None:
    page = pdf_page(
        (50, 40, "Kalnmuiža Bekereja SIA", 14),
        (50, 100, "Rēķins Nr. 5518", 12),
        (50, 140, "Apmaksas termiņš", 9),
        (200, 140, "19.12.2025", 9),
        (50, 300, "Kopā apmaksai", 9),
        (400, 300, "121,00 EUR", 9),
    )
    invoice = to_json(extract_by_rules(page).to_invoice())
    assert invoice["due_date"] == "2025-12-19"
    assert invoice["invoice_date"] is None


def test_what_follows_the_date_of_a_letter_does_not_hide_it() -> None:
    text = "Hallwil Metallbau AG\nSeestrasse 4, 5616 Meisterschwanden\n\nRechnung Nr. 771\n"
    text += "Meisterschwanden, 3. November 2025 / zahlbar innert 30 Tagen netto\n\nTotal CHF 500.00\n"
    assert read(text)["invoice_date"] == "2025-11-03"


@pytest.mark.parametrize("label", ["PO No. & date", "PO No. and date", "PO No. / Dt."])
def test_the_label_of_an_order_may_name_its_date_too(label: str) -> None:
    page = pdf_page(
        (50, 40, "Kaveri Tools Pvt Ltd", 14),
        (50, 80, "Tax Invoice No. KT-118", 10),
        (50, 120, label, 9),
        (200, 120, "GR/PO/7714 dt 02-Nov-2025", 9),
        (50, 300, "Total", 9),
        (400, 300, "118.00", 9),
    )
    assert to_json(extract_by_rules(page).to_invoice())["purchase_order"] == "GR/PO/7714"


def test_the_company_above_the_person_addressed_is_the_buyer() -> None:
    page = pdf_page(
        (50, 40, "Ashgrove Legal LLP", 14),
        (50, 54, "9 Elm Street, Bangor, ME 04401", 9),
        (50, 120, "Penobscot Boats, Inc.", 9),
        (50, 132, "Attn: Nell Fairbanks", 9),
        (50, 144, "Bangor, ME 04401", 9),
        (350, 120, "Invoice No.", 9),
        (450, 120, "3307", 9),
        (50, 300, "Total this invoice", 9),
        (400, 300, "$1,200.00", 9),
        (50, 314, "Less payment from trust account", 9),
        (400, 314, "($450.00)", 9),
        (50, 328, "Balance due", 9),
        (400, 328, "$750.00", 9),
    )
    invoice = to_json(extract_by_rules(page).to_invoice())
    assert invoice["buyer_name"] == "Penobscot Boats, Inc."
    assert (invoice["total_amount"], invoice["amount_paid"], invoice["amount_due"]) == ("1200.00", "450.00", "750.00")


def test_a_number_of_the_customer_is_followed_by_no_name() -> None:
    page = pdf_page(
        (350, 40, "Rabe Logistik GmbH", 14),
        (50, 120, "Tischlerei Amsel OHG", 9),
        (50, 132, "Buchhaltung", 9),
        (50, 144, "Feldweg 8", 9),
        (50, 156, "38112 Braunschweig", 9),
        (350, 120, "Rechnungs-Nr.", 9),
        (480, 120, "88104", 9),
        (350, 132, "Debitor", 9),
        (480, 132, "30771", 9),
        (350, 144, "Vorgang", 9),
        (480, 144, "X-1188", 9),
        (50, 300, "Rechnungsbetrag EUR", 9),
        (400, 300, "119,00", 9),
    )
    assert to_json(extract_by_rules(page).to_invoice())["buyer_name"] == "Tischlerei Amsel OHG"


def test_a_label_said_again_in_arabic_is_no_name() -> None:
    page = pdf_page(
        (50, 40, "Desert Rose Trading L.L.C.", 14),
        (50, 54, "TRN: 100221133400003", 9),
        (50, 120, "Bill To العميل", 9),
        (50, 132, "Palm Clinic FZ-LLC", 9),
        (50, 200, "Invoice No. 5", 9),
        (50, 300, "Total AED", 9),
        (400, 300, "105.00", 9),
    )
    assert to_json(extract_by_rules(page).to_invoice())["buyer_name"] == "Palm Clinic FZ-LLC"


def test_a_canadian_number_is_read_with_its_account() -> None:
    text = "Okanagan Welding\na division of 998877 B.C. Ltd.\nGST # 12345 6782 RT0001\nInvoice # 9\nTotal $10.00\n"
    assert read(text)["vendor_tax_id"] == "123456782RT0001"


def test_what_was_paid_of_the_last_bill_is_no_payment_of_this_one() -> None:
    text = "Corrib Water DAC\nInvoice number: W-77\nAmount of last bill   €88.10\nPayment received   €88.10\n"
    text += "Balance brought forward   €0.00\nTotal charges for this period   €61.50\nTotal due   €61.50\n"
    invoice = read(text)
    assert (invoice["total_amount"], invoice["amount_due"], invoice["amount_paid"]) == ("61.50", "61.50", None)
