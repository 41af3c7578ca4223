"""Parties, totals and columns as trades and countries print them, all made up: what must come of each."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest

from processing.content.extraction import Extraction
from processing.content.records import Box, DocumentContent
from processing.extractors.rules import extract_by_rules
from processing.readers.text import read_text
from tests.processing.documents import make_content, make_invoice


def read(text: str) -> Extraction:
    return extract_by_rules(read_text(text.encode()))


def value(extraction: Extraction, name: str) -> Any:
    field = extraction.fields.get(name)
    return None if field is None else field.value


def column(extraction: Extraction, name: str) -> list[Any]:
    return [line[name].value if name in line else None for line in extraction.lines]


HEAD = "Ahorn Werkzeuge GmbH\nHolzweg 3, 50667 Köln\nUSt-IdNr. DE136695976\n\nRechnung Nr. 4711 vom 03.04.2025\n\n"
ENGLISH = "Rowan Tools Ltd\nMill Lane, Leeds LS1 4HT\nVAT No GB 552 6799 04\n\nINVOICE 4711\nDate: 3 April 2025\n\n"


def with_totals(rows: dict[str, str], head: str = HEAD) -> Extraction:
    return read(head + "".join(f"{label:<50}{amount:>12}\n" for label, amount in rows.items()))


# Parties


def test_labels_that_stand_upright_open_the_section_beside_them() -> None:
    found = extract_by_rules(
        make_content(
            [
                "电子发票 | | 发票号码：25332000000155207318",
                "购 | | | | | 销",
                "买 | 名称：宁波远岫家居用品有限公司 | | | | 售 | 名称：绍兴青麓纺织科技有限公司",
                "方 | | | | | 方",
                "信 | 纳税人识别号：913301045MA0154422 | | | | 信 | 纳税人识别号：913301010MA7781159",
                "息 | | | | | 息",
            ]
        )
    )
    assert value(found, "buyer_name") == "宁波远岫家居用品有限公司"
    assert value(found, "vendor_name") == "绍兴青麓纺织科技有限公司"
    assert value(found, "invoice_number") == "25332000000155207318"


def test_a_tax_number_below_the_address_window_is_the_recipients() -> None:
    found = read(
        "Fliesen Brandauer e.U.   Salzstraße 40, 5310 Mondsee\n\nFirma\nSeebau Bauunternehmer GmbH\nAttergaustraße 18\n"
        "4880 St. Georgen\nUID: ATU73509526\n\nRechnung Nr. 12 vom 03.04.2025\n\nRechnungsbetrag   119,00 EUR\n\n\n"
        "Fliesen Brandauer e.U., FN 418842 k, UID: ATU70769288\n"
    )
    assert value(found, "vendor_tax_id") == "ATU70769288"
    assert (value(found, "buyer_name"), value(found, "buyer_tax_id")) == ("Seebau Bauunternehmer GmbH", "ATU73509526")


FOOT_ONLY = """\
                                     Restaurante Casa Eulogio, S.L.
Factura     B/7730                   Calle Mayor 14
Fecha       21/11/2025               28801 Alcalá de Henares
                                     CIF: B43878883

Artículo        Kilos     Precio     Importe
Merluza         20,00     14,90      298,00
Boquerón        10,00     6,80       68,00

Base imponible      366,00
IVA 10%             36,60
Total factura       402,60



Pescados Ría de Foz, S.A., Muelle Norte 6, 27780 Foz - CIF A08205080 - Reg. Merc. Lugo, tomo 118, folio 42
"""


def test_an_address_on_top_is_the_buyers_where_the_foot_names_another_company_with_its_register() -> None:
    found = read(FOOT_ONLY)
    assert value(found, "vendor_name") == "Pescados Ría de Foz, S.A."
    assert value(found, "vendor_tax_id") == "A08205080"
    assert value(found, "buyer_name") == "Restaurante Casa Eulogio, S.L."


def test_the_folio_of_a_register_is_no_invoice_number() -> None:
    assert value(read(FOOT_ONLY), "invoice_number") == "B/7730"


LETTER = ENGLISH.partition("INVOICE")


def test_a_line_that_ends_with_a_colon_names_nobody() -> None:
    recipient = "Contractor:\nRedesdale Construction Ltd\nStation Yard\nOtterburn NE19 1HE\n\n"
    found = read(LETTER[0] + recipient + "".join(LETTER[1:]) + "Total   9.00\n" * 9)
    assert value(found, "buyer_name") == "Redesdale Construction Ltd"


def test_the_number_of_an_order_is_nobodys_name() -> None:
    found = extract_by_rules(make_content(["HJ/0332", "INVOICE 12", "Date: 3 April 2025", "Total | 100.00"]))
    assert value(found, "vendor_name") != "HJ/0332"


def test_a_street_and_town_in_one_line_below_a_name_are_the_recipients_address() -> None:
    recipient = "Browar Sowa Sp. z o.o.\nul. Piwna 14, 80-831 Gdansk, Poland\n\n"
    found = read(LETTER[0] + recipient + "".join(LETTER[1:]) + "Total   9.00\n" * 9)
    assert value(found, "buyer_name") == "Browar Sowa Sp. z o.o."


@pytest.mark.parametrize("lead", ["Su", "Your VAT number", "Kundennr."])
def test_a_number_is_the_buyers_only_where_a_word_says_so(lead: str) -> None:
    found = read(f"{ENGLISH}Caxias do Sul, {lead} CNPJ 11.222.333/0001-81\n")
    assert value(found, "buyer_tax_id") == "11.222.333/0001-81"
    assert value(
        read(ENGLISH.replace("VAT No GB 552 6799 04", "Caxias do Sul CNPJ 11.222.333/0001-81")), "vendor_tax_id"
    )


# Scans that lie


def turned(content: DocumentContent, way: str) -> tuple[DocumentContent, Any]:
    """A scan of the document that lies on a page, and the boxes as they lie there."""
    page = content.pages[0]
    width, height = page.width, page.height

    def there(b: Box) -> Box:
        if way == "head left":  # lines follow each other to the right, read from below
            return b[1], width - b[2], b[3], width - b[0]
        if way == "head right":
            return height - b[3], b[0], height - b[1], b[2]
        return width - b[2], height - b[3], width - b[0], height - b[1]

    rows = tuple(
        replace(
            row,
            cells=tuple(
                replace(
                    cell,
                    place=replace(cell.place, box=there(cell.place.box or (0, 0, 0, 0))),
                    words=tuple(replace(word, box=there(word.box)) for word in cell.words),
                )
                for cell in row.cells
            ),
        )
        for row in page.rows
    )
    size = (width, height) if way == "on its head" else (height, width)
    return replace(content, pages=(replace(page, rows=rows, ocr=True, width=size[0], height=size[1]),)), there


@pytest.mark.parametrize("way", ["head left", "head right", "on its head"])
def test_a_scan_that_lies_is_read_as_one_that_stands_with_places_where_they_are(way: str) -> None:
    upright = make_invoice()
    upright = replace(upright, pages=(replace(upright.pages[0], ocr=True),))
    lying, there = turned(upright, way)
    wanted, found = extract_by_rules(upright), extract_by_rules(lying)
    assert {n: f.value for n, f in found.fields.items()} == {n: f.value for n, f in wanted.fields.items()}
    assert len(found.lines) == 3
    for name, field in wanted.fields.items():
        if field.place is not None and field.place.box is not None:
            assert found.fields[name].place.box == pytest.approx(there(field.place.box))  # type: ignore[union-attr]


# Totals


def test_what_is_paid_in_full_has_a_total_and_nothing_due() -> None:
    found = with_totals(
        {"Subtotal": "408.50", "Total": "408.50", "Amount paid": "408.50", "Amount due": "0.00"}, ENGLISH
    )
    assert (value(found, "total_amount"), value(found, "amount_due")) == (Decimal("408.50"), Decimal("0.00"))


def test_what_was_paid_is_the_total_once_more_beside_an_amount_due_of_nothing() -> None:
    rows = {"Subtotal": "408.50", "Total": "408.50", "By direct order of the guest": "-408.50", "Balance due": "0.00"}
    assert value(with_totals(rows, ENGLISH), "amount_paid") == Decimal("408.50")


def test_several_payments_on_account_are_summed_where_the_amount_due_proves_it() -> None:
    found = with_totals(
        {
            "Summe netto": "100,00", "zzgl. 19 % MwSt.": "19,00", "Gesamtbetrag brutto": "119,00",
            "abzgl. Abschlagszahlung vom 02.06.2025": "-40,00", "abzgl. Abschlagszahlung vom 18.08.2025": "-30,00",
            "Noch zu zahlen": "49,00",
        }
    )  # fmt: skip
    assert (value(found, "amount_paid"), value(found, "amount_due")) == (Decimal("70.00"), Decimal("49.00"))


def test_a_deduction_is_what_follows_the_base_it_is_reckoned_from() -> None:
    found = with_totals(
        {
            "Net total": "5,287.60", "VAT (reverse charge)": "0.00", "Invoice total": "5,287.60",
            "Less CIS deduction 20% of labour 4,103.00": "-820.60", "Amount payable": "4,467.00",
        },
        ENGLISH,
    )  # fmt: skip
    assert (value(found, "withholding_amount"), value(found, "amount_due")) == (Decimal("820.60"), Decimal("4467.00"))


def test_rates_that_make_the_total_together_are_its_net_and_tax() -> None:
    found = read(
        HEAD + "Rechnungsbetrag inkl. MwSt.                 242,60\n\n"
        "Steuersatz      Netto       MwSt.      Brutto\n"
        "A = 7 %         160,00      11,20      171,20\nB = 19 %        60,00       11,40      71,40\n"
    )  # fmt: skip
    totals = [value(found, name) for name in ("subtotal", "tax_amount", "total_amount")]
    assert totals == [Decimal("220.00"), Decimal("22.60"), Decimal("242.60")]


ITEMS = "Item                  Qty     Price     Amount\nOak door              2       50.00     100.00\n"
MORE = ITEMS + "Hinge, brass          4       5.00      20.00\n"


def test_lines_have_the_rate_of_nothing_where_a_tax_of_nothing_is_stated() -> None:
    found = read(
        ENGLISH + MORE + "\nNet total   120.00\nVAT 0% (intra-Community supply)   0.00\nTotal payable EUR   120.00\n"
    )
    assert column(found, "tax_rate") == [Decimal(0), Decimal(0)]
    assert value(found, "amount_due") == Decimal("120.00")


def test_lines_have_the_rate_that_heads_the_tax_in_a_row_of_totals() -> None:
    found = read(
        ENGLISH + MORE + "\nNet amount     VAT 20 %     Total incl VAT     To pay\n"
        "120.00         24.00        144.00             144.00\n"
    )  # fmt: skip
    assert column(found, "tax_rate") == [Decimal(20), Decimal(20)]


def test_the_total_is_due_where_a_document_says_when_and_no_other_sum() -> None:
    totals = "\nNet total   120.00\nVAT 20%   24.00\nInvoice total   144.00\n"
    asked = read(ENGLISH + MORE + totals + "Payment due by 3 May 2025\n")
    assert value(asked, "amount_due") == Decimal("144.00")
    assert value(read(ENGLISH + MORE + totals), "amount_due") is None
    assert (
        value(read(ENGLISH + MORE + totals + "Due date: 3 May 2025\nPaid by card on 3 April\n"), "amount_due") is None
    )


@pytest.mark.parametrize("said", ["Betrag dankend erhalten.", "Rechnung bereits beglichen.", "Received with thanks."])
def test_a_total_that_was_paid_is_not_due(said: str) -> None:
    due = "IBAN DE02120300000000202051\n"
    totals = {"Nettobetrag": "100,00", "USt. 19 %": "19,00", "Rechnungsbetrag EUR": "119,00"}
    assert value(with_totals(totals, HEAD + due), "amount_due") == Decimal("119.00")
    assert value(with_totals(totals, HEAD + due + said + "\n\n"), "amount_due") is None


def test_a_row_that_sums_up_the_items_is_none_of_them_whatever_it_is_called() -> None:
    found = read(
        ENGLISH + MORE + "Goods                                   120.00\nVAT                   24.00\nTotal   144.00\n"
    )
    assert column(found, "amount") == [Decimal("100.00"), Decimal("20.00")]
    assert value(found, "subtotal") == Decimal("120.00")


def test_a_net_sum_and_its_tax_stand_under_their_heads_above_the_total() -> None:
    found = extract_by_rules(
        make_content(
            [
                "Agro SRL | FACTURA", "Data: | 16.09.2025", "Valoarea | TVA 21% | Rest", "0 | 6",
                "Total | 100,00 | 21,00", "Total de plată: 121,00 lei",
            ]
        )
    )  # fmt: skip
    assert (value(found, "subtotal"), value(found, "tax_amount")) == (Decimal("100.00"), Decimal("21.00"))


def test_net_and_a_number_of_days_are_terms_and_no_sum() -> None:
    found = read(ENGLISH + "Terms: Net 30\n\n" + MORE + "\nCurrent payment due     120.00\n")
    assert value(found, "subtotal") != Decimal(30)
    assert value(found, "amount_due") == Decimal("120.00")


# Payment and references


def test_an_account_for_transfers_counts_in_a_sentence_after_that_on_direct_debit() -> None:
    head = HEAD.replace("Rechnung Nr. 4711 vom", "Fattura n. 4711 del")
    found = read(head + "Pagamento con addebito diretto. In caso di bonifico: IBAN IT60 X054 2811 1010 0000 0123 456\n")
    assert value(found, "iban") == "IT60X0542811101000000123456"
    assert value(read(head + "Pagamento con addebito diretto. IBAN IT60X0542811101000000123456\n"), "iban") is None


@pytest.mark.parametrize(
    ("line", "order"),
    [
        ("Your order: PO 774120", "774120"), ("Your order: PO-774120", "PO-774120"), ("Your ref: BC-4471", "BC-4471"),
        ("Your ref: Mr Smith", None), ("Our ref: BC-4471", None), ("Your ref: 4711", None),
    ],
)  # fmt: skip
def test_the_buyers_order(line: str, order: str | None) -> None:
    assert value(read(f"{ENGLISH}{line}\n\nTotal   100.00\n"), "purchase_order") == order


def test_rand_are_written_with_a_letter_in_south_africa_only() -> None:
    totals = "\nTotal incl. VAT   R 1 150.00\n"
    head = ENGLISH.replace("Rowan Tools Ltd", "Rowan Tools (Pty) Ltd").replace("GB 552 6799 04", "4180255521")
    assert value(read(head + totals), "currency") == "ZAR"
    assert value(read(ENGLISH + totals), "currency") != "ZAR"


def test_a_tax_point_is_the_date_where_no_other_is_named() -> None:
    both = "Tax point: 2 April 2025\n\nTotal   100.00\n"
    assert str(value(read(ENGLISH.replace("Date: 3 April 2025\n", "") + both), "invoice_date")) == "2025-04-02"


# Columns


def test_prices_in_the_hundredth_of_the_coin() -> None:
    found = read(
        "Kraft AB\nFaktura 4711\nFakturadatum 2025-11-10\n\nSpecifikation   Antal   Enhet   Pris        Belopp kr\n"
        "Energiskatt     3812    kWh     43,90 öre   1 673,47\nAbonnemang      1       mån     389,00 kr   389,00\n"
    )
    assert column(found, "unit_price") == [Decimal("0.439"), Decimal("389.00")]


def test_discounts_after_each_other() -> None:
    found = read(
        "Ferramenta Brenta S.r.l.\nFattura 12 del 31/10/2025\n\nDescrizione   Q.tà    Prezzo    Sconto %    Importo\n"
        "Vite TPS      10      1,20      20+5        9,12\nTassello      17      1,55      15          22,40\n"
    )
    assert column(found, "unit_price") == [Decimal("0.912"), Decimal("1.3175")]


def test_the_quantity_is_the_column_that_the_amounts_prove_with_a_charge_on_top() -> None:
    found = read(
        ENGLISH + "Consignment   Movement              Pallets   Rate     Fuel     Net\n"
        "PL880114      Elland to Brixworth   6         62.50    33.75    408.75\n"
        "PL880177      Brixworth to Dundee   8         118.00   84.96    1,028.96\n"
        "PL880201      Brixworth to Cardiff  5         88.40    39.78    481.78\n"
    )  # fmt: skip
    assert column(found, "quantity") == [6, 8, 5]
    assert [q * p for q, p in zip(column(found, "quantity"), column(found, "unit_price"), strict=True)] == [
        Decimal("408.750"), Decimal("1028.96"), Decimal("481.780"),
    ]  # fmt: skip


def test_packages_and_weights_are_no_quantities_where_the_pieces_are_priced() -> None:
    found = read(
        "Konepaja Oy\nLasku 4711\nPäiväys 17.11.2025\n\n"
        "Tuote           Kollit   Paino kg   Määrä   à-hinta   Yhteensä EUR\n"
        "Terälaite       2        940        3       845,00    2535,00\n"
        "Kuljetin        3        1180       2       690,00    1380,00\n"
    )
    assert column(found, "quantity") == [3, 2]


def test_words_spaced_over_their_column_and_names_over_two_lines_are_joined() -> None:
    found = extract_by_rules(
        make_content(
            [
                "项目名称 | 单 位 | 数 量 | 单 价 | 金 额 | 税率/征收率",
                "*纺织产品*遮光涂层面 | 米 | 150 | 62 | 9300.00 | 13%",
                "料（阻燃型）",
                "*设计服务*图案设计费 | 次 | 1 | 1800 | 1800.00 | 6%",
            ],
            tables={1: 1, 2: 1, 3: 1, 4: 1},
        )
    )
    assert column(found, "tax_rate") == [13, 6]


def test_a_table_that_only_says_the_lines_again_by_tariff_has_no_lines() -> None:
    table = "\nHSN          Rate      Taxable value\n09103020     2.50      100.00\n09042110     2.50      20.00\n"
    assert column(read(ENGLISH + MORE + "\nTotal   120.00\n" + table), "amount") == [
        Decimal("100.00"),
        Decimal("20.00"),
    ]
