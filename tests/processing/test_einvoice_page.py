from __future__ import annotations

import pytest

from invoices.records import Place
from processing.content.records import Cell, DocumentContent, Page, Row
from processing.extractors.einvoice.einvoice import extract_einvoice
from processing.extractors.einvoice.page import compare_with_page
from processing.readers.xml import read_xml
from tests.processing.einvoices import IBAN, OTHER_IBAN, cii_invoice, ubl_invoice

INVOICE = cii_invoice()
PAGE = ("Nordfracht GmbH", "Invoice INV-2041", "Pallet  2  50.00  100.00", "Total EUR 119.00", f"IBAN {IBAN}")


def page(*lines: str, ocr: bool = False) -> DocumentContent:
    rows = tuple(
        Row(number, 1, tuple(Cell(text, Place(page=1)) for text in line.split("  ")))
        for number, line in enumerate(lines, start=1)
    )
    return DocumentContent("application/pdf", (Page(1, rows, 595, 842, ocr=ocr),))


def differences(content: DocumentContent, data: bytes = INVOICE) -> list[tuple[str, str, bool]]:
    return [(r.code, r.field, r.blocking) for r in compare_with_page(extract_einvoice(data), content)]


def test_a_page_that_tells_the_same_is_no_reason() -> None:
    assert differences(page(*PAGE)) == []


@pytest.mark.parametrize(
    ("total", "shown"),
    [
        ("1234.56", "1.234,56 €"),
        ("1234.56", "EUR 1,234.56"),
        ("1234.56", "1234.56"),
        ("1234.56", "1 234,56"),
        ("1234.56", "CHF 1\u2019234.56"),
        ("1234.50", "1.234,5"),
        ("1234.5", "1.234,50"),
        ("1500.00", "1.500,-"),
        ("1500.00", "1500"),
        ("123456.70", "1,23,456.70"),
        ("-571.04", "571,04-"),
        ("571.04", "-571,04"),
    ],
)
def test_a_total_is_found_in_any_notation(total: str, shown: str) -> None:
    lines = [line.replace("119.00", shown) for line in PAGE]
    assert differences(page(*lines, "Tax 7.77"), cii_invoice(total=total)) == []


@pytest.mark.parametrize(
    ("total", "shown"),
    [("119.00", "1,119.00"), ("119.00", "119.90"), ("119.00", "1190.00"), ("34.56", "1.234,56"), ("119.00", "119.001")],
)
def test_another_total_on_the_page_blocks(total: str, shown: str) -> None:
    lines = [line.replace("119.00", shown) for line in PAGE]
    assert differences(page(*lines), cii_invoice(total=total)) == [("xml_differs_from_page", "total_amount", True)]


def test_another_iban_on_the_page_blocks() -> None:
    lines = [line.replace(IBAN, "DE02 5001 0517 0137 0750 30") for line in PAGE]
    reasons = compare_with_page(extract_einvoice(cii_invoice()), page(*lines))
    assert [(r.field, r.blocking) for r in reasons] == [("iban", True)]
    assert IBAN in reasons[0].message
    assert OTHER_IBAN in reasons[0].message


def test_an_iban_in_groups_or_beside_others_is_found() -> None:
    assert differences(page(*PAGE[:4], f"{OTHER_IBAN} or DE02 1203 0000", "0000 2020 51")) == []
    assert differences(page(*PAGE[:4])) == []


def test_another_number_on_the_page_blocks() -> None:
    lines = [line.replace("INV-2041", "INV-2042") for line in PAGE]
    assert differences(page(*lines)) == [("xml_differs_from_page", "invoice_number", True)]


@pytest.mark.parametrize("shown", ["INV 2041", "inv/2041", "2041", "INV-  2041"])
def test_a_number_is_found_however_the_page_writes_it(shown: str) -> None:
    assert differences(page(*[line.replace("INV-2041", shown) for line in PAGE])) == []


def test_more_to_pay_than_the_page_shows_blocks() -> None:
    data = cii_invoice().replace(b"<ram:DuePayableAmount>119.00", b"<ram:DuePayableAmount>919.00")
    assert differences(page(*PAGE), data) == [("xml_differs_from_page", "amount_due", True)]


def test_a_page_that_shows_only_what_is_left_to_pay_is_no_reason() -> None:
    data = cii_invoice().replace(b"<ram:DuePayableAmount>119.00", b"<ram:DuePayableAmount>19.00")
    lines = [line.replace("119.00", "19.00") for line in PAGE]
    assert differences(page(*lines), data) == []


def test_a_page_without_text_or_without_amounts_is_not_compared() -> None:
    assert differences(page()) == []
    assert differences(page("Please see the attached invoice.")) == []
    assert differences(page("Please see the attached invoice.", ocr=True)) == [("xml_not_compared", "", False)]


def test_what_ocr_read_does_not_block_and_forgives_similar_signs() -> None:
    lines = [line.replace("119.00", "118.00").replace("INV-2041", "lNV-2O41") for line in PAGE]
    assert differences(page(*lines, ocr=True)) == [("xml_differs_from_page", "total_amount", False)]


def test_an_xml_file_has_no_page_to_compare_with() -> None:
    assert compare_with_page(extract_einvoice(ubl_invoice()), read_xml(ubl_invoice())) == []
