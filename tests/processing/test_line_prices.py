"""Prices as documents print them: per 100, in cents, before a discount, with tax; what is to be paid; money back."""

from __future__ import annotations

from decimal import Decimal

import pytest

from processing.content.extraction import Extraction
from processing.extractors.einvoice.einvoice import extract_einvoice
from processing.extractors.rules import extract_by_rules
from processing.readers.text import read_text


def extract(text: str) -> Extraction:
    return extract_by_rules(read_text(text.encode()))


def line(extraction: Extraction, index: int = 0) -> dict[str, str]:
    return {name: str(value.value) for name, value in extraction.lines[index].items()}


@pytest.mark.parametrize(
    ("table", "price"),
    [
        (
            (
                "Product                 Qty      Price    Per     Net\n"
                "Roofing nail 2.5 in     2,500    12.40    1000    31.00\n"
                "Washer M10                400     8.50    100     34.00\n"
            ),
            "0.0124",
        ),
        (
            (
                "Leistung         Menge        Preis          Betrag\n"
                "Arbeitspreis     2.000 kWh    31,50 ct/kWh   630,00 €\n"
                "Grundpreis       12 Monate    9,90 €/Monat   118,80 €\n"
            ),
            "0.315",
        ),
        (
            (
                "Nimike             Määrä    À-hinta    Ale %    Summa\n"
                "Ruuvisarja         40       2,50       10       90,00\n"
                "Porakoneen terä    12       7,25       0        87,00\n"
            ),
            "2.25",
        ),
    ],
    ids=["per 1000", "in cents", "less ten per cent"],
)
def test_the_price_of_one_unit_is_what_gives_the_amount(table: str, price: str) -> None:
    extraction = extract(f"Nordbau Oy\n\n{table}")
    assert line(extraction)["unit_price"] == price


def test_a_price_that_nothing_explains_stays_as_it_is_printed() -> None:
    extraction = extract(
        "Item             Qty    Price    Amount\n"
        "Oak shelf        4      12.50    55.00\n"
        "Pine shelf       2      9.00     18.00\n"
    )
    assert line(extraction)["unit_price"] == "12.50"


def test_amounts_with_tax_become_net_where_their_rates_prove_it() -> None:
    extraction = extract(
        "Artikel          Menge    Preis (inkl. USt.)    USt. %    Summe (inkl. USt.)\n"
        "Hammer           2        11,90                 19%       23,80\n"
        "Kochbuch         1        21,40                 7%        21,40\n"
        "\nRechnungsbetrag EUR    45,20\n\n"
        "USt. %    Netto    USt.\n19%    20,00    3,80\n7%    20,00    1,40\nGesamt    40,00    5,20\n"
    )
    assert [line(extraction, index)["amount"] for index in (0, 1)] == ["20.00", "20.00"]


def test_a_balance_of_earlier_bills_is_not_part_of_what_this_one_asks_for() -> None:
    fields = extract(
        "Cedar Water District\nBill number: 88-1021\nBill date: 03/04/2026\n\n"
        "Previous balance            $90.00\nPayment received            -$50.00\n"
        "Balance forward             $40.00\n\n"
        "Total current charges       $60.00\nTotal amount due            $100.00\n"
    ).fields
    assert str(fields["total_amount"].value) == "60.00"
    assert str(fields["amount_due"].value) == "60.00"


def test_what_a_cash_discount_leaves_is_not_what_is_due() -> None:
    fields = extract(
        "Rechnung Nr. 12 vom 03.04.2025\nNettobetrag    100,00\nMwSt. 19 %    19,00\nRechnungsbetrag EUR    119,00\n\n"
        "Bei Zahlung bis 13.04.2025 gewähren wir 2 % Skonto: 2,38 EUR, Zahlbetrag 116,62 EUR.\n"
    ).fields
    assert fields["amount_due"].value == Decimal("119.00")


def test_a_total_before_rounding_is_the_total_and_the_rounded_one_is_due() -> None:
    fields = extract(
        "Faktura nr: 7711\nFakturadatum: 2025-11-01\n\nSumma exkl. moms    1533,43\nMoms 25 %    383,36\n"
        "Totalt inkl. moms    1916,79\nÖresavrundning    0,21\nAtt betala SEK    1917,00\n"
    ).fields
    assert (fields["total_amount"].value, fields["amount_due"].value) == (Decimal("1916.79"), Decimal("1917.00"))


def test_an_e_invoice_with_a_negative_total_is_a_credit_note_with_positive_amounts() -> None:
    cbc = "urn:oasis:names:specification:ubl:schema:xsd:CommonBasicComponents-2"
    cac = "urn:oasis:names:specification:ubl:schema:xsd:CommonAggregateComponents-2"
    xml = f"""<Invoice xmlns="urn:oasis:names:specification:ubl:schema:xsd:Invoice-2"
    xmlns:cbc="{cbc}" xmlns:cac="{cac}">
    <cbc:ID>G-7</cbc:ID><cbc:InvoiceTypeCode>380</cbc:InvoiceTypeCode>
    <cbc:DocumentCurrencyCode>EUR</cbc:DocumentCurrencyCode>
    <cac:LegalMonetaryTotal><cbc:TaxExclusiveAmount currencyID="EUR">-100.00</cbc:TaxExclusiveAmount>
    <cbc:TaxInclusiveAmount currencyID="EUR">-119.00</cbc:TaxInclusiveAmount>
    <cbc:PayableAmount currencyID="EUR">-119.00</cbc:PayableAmount></cac:LegalMonetaryTotal>
    <cac:InvoiceLine><cbc:ID>1</cbc:ID><cbc:InvoicedQuantity unitCode="C62">-2</cbc:InvoicedQuantity>
    <cbc:LineExtensionAmount currencyID="EUR">-100.00</cbc:LineExtensionAmount>
    <cac:Item><cbc:Name>Valve</cbc:Name></cac:Item>
    <cac:Price><cbc:PriceAmount currencyID="EUR">50.00</cbc:PriceAmount></cac:Price></cac:InvoiceLine></Invoice>"""
    extraction = extract_einvoice(xml.encode())
    assert extraction.fields["document_type"].value == "credit_note"
    assert str(extraction.fields["total_amount"].value) == "119.00"
    assert (line(extraction)["quantity"], line(extraction)["amount"]) == ("2", "100.00")
