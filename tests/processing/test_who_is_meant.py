"""Names, numbers and dates that stand near each other: whose name, which number, what day."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from invoices.records import to_json
from processing.content.records import DocumentContent
from processing.extractors.rules import extract_by_rules
from processing.readers.text import read_text
from tests.processing.test_rules_extractor import pdf_page


def invoice_of(content: DocumentContent) -> dict[str, Any]:
    result: dict[str, Any] = to_json(extract_by_rules(content).to_invoice())
    return result


def doubted(content: DocumentContent) -> set[str]:
    return {reason.field for reason in extract_by_rules(content).reasons}


ADDRESSED_ON_TOP = pdf_page(
    (40, 40, "Holmfirth Climbing Club Ltd", 9),
    (40, 52, "Accounts", 9),
    (40, 64, "Mill Cottage", 9),
    (40, 76, "Holmfirth", 9),
    (40, 88, "HD9 2AS", 9),
    (40, 140, "Invoice no. 4471", 9),
    (40, 155, "Invoice date 3 November 2025", 9),
    (40, 300, "Total GBP 62.00", 9),
    (40, 760, "Ribble Networks Limited, registered in England 04471188.", 7),
    (40, 772, "VAT registration number 678 0083 74.", 7),
)


def test_the_town_in_an_address_does_not_make_its_company_the_seller() -> None:
    """The only name on top is that of the addressee, and the town again in the address below is no second witness."""
    invoice = invoice_of(ADDRESSED_ON_TOP)
    assert (invoice["vendor_name"], invoice["buyer_name"]) == ("Ribble Networks Limited", "Holmfirth Climbing Club Ltd")


def test_a_heading_over_one_of_several_addresses_is_no_part_of_the_name() -> None:
    page = pdf_page(
        (45, 40, "Rechnung Nr. 771 vom 09.11.2025", 12),
        (45, 100, "Rechnungsadresse", 9),
        (220, 100, "Lieferadresse", 9),
        (395, 100, "Verkauft von", 9),
        (45, 112, "Sattlerei Immenhof GmbH", 9),
        (220, 112, "Sattlerei Immenhof GmbH", 9),
        (395, 112, "Staal & Gereedschap B.V.", 9),
        (45, 124, "Reitweg 5", 9),
        (220, 124, "Hofstraße 2", 9),
        (395, 124, "Merwedekade 12", 9),
        (45, 136, "24306 Plön", 9),
        (220, 136, "24306 Plön", 9),
        (395, 136, "3313 AA Dordrecht", 9),
        (45, 300, "Gesamtbetrag 119,00 EUR", 9),
    )
    assert invoice_of(page)["vendor_name"] == "Staal & Gereedschap B.V."


def test_a_person_who_sold_is_not_the_seller() -> None:
    page = pdf_page(
        (50, 40, "Autohof Lindenau OHG", 16),
        (50, 60, "Parkstraße 18 · 49201 Dissen · info@lindenau.example", 8),
        (50, 120, "Herrn", 10),
        (50, 133, "Tilo Brambach", 10),
        (50, 146, "Gartenweg 3", 10),
        (50, 159, "33829 Borgholzhausen", 10),
        (380, 120, "Rechnung", 9),
        (470, 120, "GW-331", 9),
        (380, 133, "Datum", 9),
        (470, 133, "20.11.2025", 9),
        (380, 146, "Verkäufer", 9),
        (470, 146, "J. Lindner", 9),
        (380, 159, "Kaufvertrag vom", 9),
        (470, 159, "14.11.2025", 9),
        (50, 400, "Gesamtbetrag 9.919,00 EUR", 9),
    )
    invoice = invoice_of(page)
    assert (invoice["vendor_name"], invoice["invoice_date"]) == ("Autohof Lindenau OHG", "2025-11-20")


def test_who_issues_a_self_billed_invoice_buys() -> None:
    page = pdf_page(
        (50, 40, "Nore Valley Creameries Ltd", 14),
        (50, 60, "Mountrath, Co. Laois", 8),
        (50, 72, "VAT IE7873398Q", 8),
        (50, 105, "SELF-BILLED INVOICE", 13),
        (50, 142, "Supplier", 9),
        (50, 154, "Hennessy Farms Ltd", 9),
        (50, 166, "Clonaslee, Co. Laois", 9),
        (50, 178, "VAT IE7286458K", 9),
        (330, 142, "Invoice number", 9),
        (430, 142, "SB-30771", 9),
        (50, 300, "Total EUR 500.00", 9),
    )
    invoice = invoice_of(page)
    assert (invoice["vendor_name"], invoice["buyer_name"]) == ("Hennessy Farms Ltd", "Nore Valley Creameries Ltd")


def test_a_reading_of_a_meter_names_no_buyer_and_the_next_instalments_are_not_due() -> None:
    page = pdf_page(
        (50, 40, "Lahntal Energie GmbH", 14),
        (50, 120, "Rechnung Nr. 4471 vom 17.10.2025", 10),
        (50, 160, "30.09.2025 (Kunde)", 9),
        (250, 160, "9.218 kWh", 9),
        (50, 300, "Gesamtbetrag 264,00 EUR", 9),
        (50, 330, "Den Betrag buchen wir am 03.11.2025 von Ihrem Konto ab.", 9),
        (50, 345, "Ihr neuer Abschlag ist erstmals fällig am 15.11.2025.", 9),
    )
    invoice = invoice_of(page)
    assert (invoice["due_date"], invoice["buyer_name"]) == ("2025-11-03", None)


def test_a_number_beside_its_sign_below_the_title_is_the_documents() -> None:
    page = pdf_page(
        (45, 60, "Águas do Sabor, Lda", 14),
        (45, 100, "FATURA", 13),
        (330, 100, "Pastelaria Flor de Amêndoa, Lda", 10),
        (45, 118, "N.º", 9),
        (150, 118, "FT AVS25/00771844", 9),
        (45, 131, "Data de emissão", 9),
        (150, 131, "06-11-2025", 9),
        (45, 300, "Total 57,20 EUR", 9),
    )
    assert invoice_of(page)["invoice_number"] == "FT AVS25/00771844"


def test_a_till_slips_lines_are_those_that_make_the_sum_below_them() -> None:
    text = "FERRAMENTA LAGUNA SRL\nP.IVA 86890641003\n\nVite TSP 5x60      22%     8,90\n"
    text += "Disco taglio       22%     3,45\nSilicone           22%     7,80\nTOTALE EURO                20,15\n"
    lines = invoice_of(read_text(text.encode()))["line_items"]
    assert [Decimal(line["amount"]) for line in lines] == [Decimal("8.90"), Decimal("3.45"), Decimal("7.80")]


def test_the_account_tells_the_currency_where_none_is_printed_and_that_stays_a_question() -> None:
    text = "Encofrados Vega, S.L.\nFactura núm. F25/0418\nFecha 31/10/2025\nTotal factura 100,00\n"
    content = read_text((text + "Cuenta: ES79 0344 4005 4692 4212 1783\n").encode())
    assert invoice_of(content)["currency"] == "EUR"
    assert "currency" in doubted(content)


def test_of_totals_in_two_currencies_those_count_that_are_to_be_paid() -> None:
    page = pdf_page(
        (50, 40, "Kirchberg Daten Sàrl", 14),
        (50, 100, "Facture n° KDS-1180", 11),
        (50, 115, "Date 31/10/2025", 9),
        (50, 130, "Devise USD", 9),
        (370, 200, "USD", 9),
        (470, 200, "EUR", 9),
        (250, 215, "Total HT", 9),
        (355, 215, "9270,00", 9),
        (455, 215, "8011,41", 9),
        (250, 230, "TVA 17 %", 9),
        (355, 230, "1575,90", 9),
        (455, 230, "1361,94", 9),
        (250, 245, "Total TTC", 9),
        (355, 245, "10845,90", 9),
        (455, 245, "9373,35", 9),
    )
    invoice = invoice_of(page)
    money = [invoice[name] for name in ("subtotal", "tax_amount", "total_amount")]
    assert (invoice["currency"], money) == ("USD", ["9270.00", "1575.90", "10845.90"])


def test_a_bare_dollar_in_a_language_of_several_dollars_stays_a_question() -> None:
    text = "Toneles del Maipo Ltda.\nFactura N° 20418\nFecha de emisión: 04-11-2025\nVencimiento: 04-12-2025\n"
    assert "currency" in doubted(read_text((text + "Monto neto $ 100.000\nTotal $ 119.000\n").encode()))


def test_a_number_without_a_label_at_the_foot_stays_a_question() -> None:
    page = pdf_page(
        (50, 50, "Plastika Morava d.o.o.", 14),
        (50, 100, "Datum izdavanja 11.11.2025", 9),
        (50, 300, "Ukupno EUR 400,00", 9),
        (50, 760, "Tekući račun 448-7510073109212-85", 9),
    )
    assert "invoice_number" in doubted(page)
