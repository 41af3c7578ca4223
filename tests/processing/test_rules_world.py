"""Invoices from the wide world, all made up: values that are easily mistaken for others, and what must come of them."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from invoices.records import Place, to_json
from invoices.rules import BookContext, check_invoice
from processing.content.extraction import Extraction
from processing.content.records import Cell, DocumentContent, Page, Row
from processing.extractors.rules import extract_by_rules
from processing.readers.text import read_text

TODAY = date(2026, 1, 1)

HOTEL = """\
HOTEL SEEBLICK GmbH
Uferstraße 3, 88131 Lindau (Bodensee)
Tel. +49 8382 55510

Firma
Brenner Maschinen AG
Industriestr. 40
70565 Stuttgart

Rechnung Nr. 24-00871                         Lindau, 18.04.2024
Zimmer: 214     Anreise: 15.04.2024     Abreise: 18.04.2024
Gast: Herr Karl Brenner                       Buchungsnr.: 998123

Datum        Leistung                 Anzahl   Einzelpreis   MwSt    Gesamt
15.04.2024   Übernachtung             3        110,00        7 %     330,00
15.04.2024   Frühstück                3        18,00         19 %    54,00
17.04.2024   Minibar                  1        9,50          19 %    9,50

Gesamtbetrag EUR                                                     393,50

MwSt-Satz    Netto      MwSt     Brutto
7 %          308,41     21,59    330,00
19 %         53,36      10,14    63,50
Summe        361,77     31,73    393,50

USt-IdNr. DE136695976
"""

CREDIT_FR = """\
Papeterie du Marais SAS
22 rue de Turenne
75003 Paris
TVA intracommunautaire FR40303265045

AVOIR N° AV-2024-031
Date : 14/05/2024
Sur facture n° FA-2024-209 du 02/05/2024

Client : Lycée Saint-Exupéry
         4 avenue du Parc
         92330 Sceaux

Désignation                 Qté   P.U. HT   Montant HT
Ramettes A4 retournées      10    4,20      42,00

Total HT      42,00 €
TVA 20 %       8,40 €
Total TTC     50,40 €
"""

CREDIT_EN_REF = """\
Palmer Tools Ltd
8 Foundry Lane, Sheffield S3 8AA
VAT GB980780684

CREDIT NOTE
Credit note no. CN-4471
Credit date 18/07/2024
Against invoice 90233 dated 02/07/2024

Customer
Hartley Joinery
1 Mill Yard
Leeds LS9 8AB

Description            Qty   Price    Amount
Router bit returned    3     24.00    72.00

Subtotal      72.00
VAT 20%       14.40
Total credit  £86.40
"""

CREDIT_ES = """\
Distribuciones Llorente S.L.
C/ Mayor 4, 28013 Madrid
CIF: B58818501

FACTURA RECTIFICATIVA
Número: R-2024/0007
Fecha: 09/04/2024
Factura rectificada: F-2024/0199

Cliente: Bar El Puerto
NIF: 12345678Z
Plaza del Mar 2, 11001 Cádiz

Concepto                Cantidad   Precio    Importe
Devolución vajilla      -12        6,50      -78,00

Base imponible    -78,00 €
IVA 21%           -16,38 €
Total             -94,38 €
"""

GST_INDIA = """\
                              TAX INVOICE
Shakti Polymers Private Limited
Plot 44, GIDC Phase II, Vatva, Ahmedabad 382445
GSTIN: 24AAACS1234F1Z5      State Code: 24

Invoice No: SP/23-24/0912            Invoice Date: 07-12-2023
E-Way Bill No: 681234567890          Vehicle No: GJ01AB1234
PO No: 4500012345                    PO Date: 01-12-2023

Bill To                              Ship To
Narmada Packaging LLP                Narmada Packaging LLP
12 Ring Road, Surat 395002           Unit 2, Sachin, Surat 394230
GSTIN: 24AAAFN5678K1Z2

Sl  Description of Goods    HSN       Qty     Rate       Amount
1   HDPE Granules           39012000  1,500   98.00      1,47,000.00
2   Masterbatch Blue        32041700  50      240.00     12,000.00

                            Taxable Value                1,59,000.00
                            CGST @ 9%                    14,310.00
                            SGST @ 9%                    14,310.00
                            Round Off                    0.00
                            Grand Total                  1,87,620.00

Amount in words: Rupees One Lakh Eighty Seven Thousand Six Hundred Twenty Only
Bank: HDFC Bank  A/c No: 50200012345678  IFSC: HDFC0000123
"""

FREIGHT = """\
TransAlp Spedition GmbH                                 Frachtrechnung
Güterbahnhof 7, 6020 Innsbruck, Österreich
UID: ATU13585627

Rechnungsempfänger:                      Rechnungsnummer: FR-880214
Tiroler Glas KG                          Rechnungsdatum: 29.02.2024
Hüttenweg 1                              Sendungsnummer: 70012399
6330 Kufstein                            Ladedatum: 26.02.2024

Sendung     Von         Nach        Gewicht kg   Betrag EUR
70012399    Kufstein    Hamburg     1.240        412,80
70012400    Kufstein    Verona      860          298,50
            Dieselzuschlag 9,5 %                 67,57

            Nettobetrag                          778,87
            20 % USt                             155,77
            Rechnungsbetrag                      934,64
"""

ORDER_CONFIRM_MIX = """\
Werkstatt24 Handels GmbH · Ringstr. 5 · 30159 Hannover

Autohaus Lindner
Bremer Weg 20
29223 Celle
                                        Auftragsnummer   AU-77812
                                        Kundennummer     40021
                                        Lieferschein     LS-99120
                                        Lieferdatum      05.02.2024
                                        Belegdatum       07.02.2024
                                        Belegnummer      RE-24-1188
Rechnung

Menge   Artikel-Nr.   Bezeichnung            E-Preis    G-Preis
4       BR-200        Bremsscheibe vorn      48,90      195,60
2       BB-17         Bremsbelagsatz         32,40       64,80
1                     Versandkosten           6,90        6,90

Warenwert netto     267,30
MwSt 19,00 %         50,79
Gesamt EUR          318,09

Zahlbar bis 21.02.2024 mit 2 % Skonto, bis 08.03.2024 netto.
Werkstatt24 Handels GmbH  USt-ID DE136695976  IBAN DE89 3704 0044 0532 0130 00
"""

TAX_MISSED_TOTAL = """\
Blue Heron Landscaping
41 Orchard Way, Bath BA1 2QP
VAT No. GB980780684

Invoice 2207            Date 14 June 2024

To: Mrs J. Carter
9 Hill View
Bath BA2 4RT

Lawn care June                                 £180.00
Hedge trimming                                  £95.00
Total                                          £275.00
V.A.T. @ 20%                                    £55.00
                                               £330.00

Payment within 14 days please.
"""

STRIPE_LIKE = """\
Invoice                                                     Chartly

Invoice number   4F2A91C0-0007
Date of issue    March 14, 2024
Date due         March 14, 2024

Chartly Software Ltd                 Bill to
71 Shelton Street                    Ana Pereira
London WC2H 9JQ                      Rua das Flores 12
United Kingdom                       1200-195 Lisboa
billing@chartly.example              Portugal
GB VAT GB980780684                   ana@pereira.example

$49.00 USD due March 14, 2024

Description                    Qty    Unit price    Tax    Amount
Team plan                      1      $49.00        0%     $49.00
Mar 14 - Apr 14, 2024

                                      Subtotal             $49.00
                                      Total                $49.00
                                      Amount due           $49.00 USD
"""

DISCOUNT_SHIPPING_AFTER = """\
Rosewood Candle Company
14 Elm Street
Asheville, NC 28801

INVOICE #RW-3391
Order date: 05/28/2024
Invoice date: 05/30/2024

Bill to
The Cottage Gift Shop
220 Main Street
Boone, NC 28607

Item                     Qty     Price     Total
Soy candle lavender      24      9.50      228.00
Wax melts                40      3.25      130.00

                         Subtotal          358.00
                         Discount (10%)    -35.80
                         Shipping          22.50
                         Sales tax 7%      22.55
                         Total             $367.25
"""

LABEL_GRID_US = """\
Granite State Fasteners, Inc.
77 Mill Road, Concord, NH 03301

INVOICE

Customer No.    Invoice No.    Invoice Date    Terms       Due Date
C-20144         0098231        04/12/2024      Net 30      05/12/2024

Order No.       Ship Date      Ship Via        PO Number   Sales Rep
SO-55120        04/11/2024     UPS Ground      PO-7781     MK

Sold To:                          Ship To:
Lakeshore Boats LLC               Lakeshore Boats LLC
5 Dock Street                     Warehouse B, 9 Pier Lane
Meredith, NH 03253                Meredith, NH 03253

Item      Description             Ordered  Shipped  Price     Amount
HX-10     Hex bolt 3/8            500      500      0.42      210.00
WS-10     Washer 3/8              500      500      0.08      40.00

                                  Merchandise       250.00
                                  Freight           18.75
                                  Sales Tax         0.00
                                  Invoice Total     268.75
"""

SHOP_FR_GROSS = """\
BIOCOOP LES HALLES
8 rue Coquillière, 75001 Paris
SIRET 303 265 045 00012

Ticket n° 004512   18/03/2024 17:42

Lentilles vertes 500g      3,45
Pain complet               4,20
Lait d'amande              2,95

TOTAL TTC                 10,60 EUR
dont TVA 5,5%              0,55
CB                        10,60
"""


def extract(text: str) -> Extraction:
    return extract_by_rules(read_text(text.encode()))


def review_codes(extraction: Extraction) -> set[str]:
    derived = frozenset(name for name, field in extraction.fields.items() if field.derived_from)
    context = BookContext(derived=derived)
    found = check_invoice(extraction.to_invoice(), today=TODAY, context=context)
    return {reason.code for reason in [*extraction.reasons, *found]}


CASES: list[Any] = [
    pytest.param(HOTEL, "invoice_date", "2024-04-18", id="hotel: invoice_date"),
    pytest.param(HOTEL, "total_amount", "393.50", id="hotel: total_amount"),
    pytest.param(CREDIT_FR, "invoice_date", "2024-05-14", id="credit_fr: invoice_date"),
    pytest.param(CREDIT_FR, "invoice_number", "AV-2024-031", id="credit_fr: invoice_number"),
    pytest.param(CREDIT_EN_REF, "invoice_date", "2024-07-18", id="credit_en_ref: invoice_date"),
    pytest.param(CREDIT_EN_REF, "invoice_number", "CN-4471", id="credit_en_ref: invoice_number"),
    pytest.param(CREDIT_ES, "total_amount", "94.38", id="credit_es: total_amount"),
    pytest.param(GST_INDIA, "tax_amount", "28620.00", id="gst_india: tax_amount"),
    pytest.param(GST_INDIA, "iban", None, id="gst_india: iban"),
    pytest.param(FREIGHT, "vendor_name", "TransAlp Spedition GmbH", id="freight: vendor_name"),
    pytest.param(FREIGHT, "total_amount", "934.64", id="freight: total_amount"),
    pytest.param(ORDER_CONFIRM_MIX, "due_date", "2024-03-08", id="order_confirm_mix: due_date"),
    pytest.param(ORDER_CONFIRM_MIX, "buyer_name", "Autohaus Lindner", id="order_confirm_mix: buyer_name"),
    pytest.param(ORDER_CONFIRM_MIX, "invoice_number", "RE-24-1188", id="order_confirm_mix: invoice_number"),
    pytest.param(TAX_MISSED_TOTAL, "total_amount", "330.00", id="tax_missed_total: total_amount"),
    pytest.param(TAX_MISSED_TOTAL, "subtotal", "275.00", id="tax_missed_total: subtotal"),
    pytest.param(DISCOUNT_SHIPPING_AFTER, "total_amount", "367.25", id="discount_shipping_after: total_amount"),
    pytest.param(DISCOUNT_SHIPPING_AFTER, "discount_total", "35.80", id="discount_shipping_after: discount_total"),
    pytest.param(LABEL_GRID_US, "invoice_number", "0098231", id="label_grid_us: invoice_number"),
    pytest.param(LABEL_GRID_US, "invoice_date", "2024-04-12", id="label_grid_us: invoice_date"),
    pytest.param(LABEL_GRID_US, "purchase_order", "PO-7781", id="label_grid_us: purchase_order"),
    pytest.param(SHOP_FR_GROSS, "total_amount", "10.60", id="shop_fr_gross: total_amount"),
]


@pytest.mark.parametrize(("text", "name", "expected"), CASES)
def test_field_of_an_invoice_of_the_wide_world(text: str, name: str, expected: str | None) -> None:
    assert to_json(extract(text).to_invoice())[name] == expected


@pytest.mark.parametrize("text", [HOTEL, CREDIT_FR, CREDIT_ES, GST_INDIA, ORDER_CONFIRM_MIX, STRIPE_LIKE])
def test_a_consistent_invoice_needs_no_review(text: str) -> None:
    assert review_codes(extract(text)) == set()


def test_rows_of_totals_in_the_columns_of_the_items_are_no_lines() -> None:
    assert len(extract(GST_INDIA).lines) == 2


def test_a_surcharge_in_a_table_of_shipments_is_a_line() -> None:
    assert [str(line["amount"].value) for line in extract(FREIGHT).lines] == ["412.80", "298.50", "67.57"]


def test_lines_and_taxes_of_a_credit_note_written_negative_are_positive() -> None:
    note = extract(CREDIT_ES)
    assert [str(line["amount"].value) for line in note.lines] == ["78.00"]
    assert [str(row["amount"].value) for row in note.taxes] == ["16.38"]


def test_a_date_whose_day_and_month_may_be_exchanged_is_doubted_where_nothing_tells() -> None:
    text = "Larch Paper Supply\nInvoice No: 77120\nInvoice date: 04/11/2024\nTotal 112.00\n"
    assert "weak_evidence" in review_codes(extract(text))


def test_a_currency_that_is_not_printed_is_doubted() -> None:
    grid = extract(LABEL_GRID_US)
    assert grid.fields["currency"].value == "USD"
    assert ("weak_evidence", "currency") in {(reason.code, reason.field) for reason in grid.reasons}


@pytest.mark.timeout(30)
@pytest.mark.parametrize(
    ("rows", "cells"),
    [(20_000, ["Widget", "1.00"]), (600, ["1.00", "Total 2.00 EUR"] * 15), (1, ["Invoice 12 Total 1.00 " * 45_000])],
)
def test_a_hostile_amount_of_text_is_read_in_bounded_time(rows: int, cells: list[str]) -> None:
    made = tuple(
        Row(n, 1, tuple(Cell(text, Place(page=1, cell=f"S!{k}:{n}"), k) for k, text in enumerate(cells)), 1)
        for n in range(1, rows + 1)
    )
    extract_by_rules(DocumentContent("text/plain", (Page(1, made),)))


@pytest.mark.parametrize(
    ("issued", "due", "is_doubted"),
    [
        ("02/04/2026", "03/06/2026", True),  # 62 days; 4 February to 6 March are 30
        ("04/05/2026", "03/06/2026", False),  # 30 days
        ("05/03/2026", "05/05/2026", False),  # two months to the day
        ("02/04/2026", "30/06/2026", False),  # the due date proves the order
    ],
)
def test_dates_are_doubted_that_fit_terms_of_payment_only_the_other_way_round(
    issued: str, due: str, is_doubted: bool
) -> None:
    text = f"""Kessler Metallbau GmbH
USt-IdNr. DE136695976

Rechnung Nr. 4711
Rechnungsdatum: {issued}
Fällig am: {due}

Nettobetrag 100,00
MwSt. 19 % 19,00
Gesamtbetrag EUR 119,00
"""
    doubts = [r for r in extract(text).reasons if (r.code, r.field) == ("weak_evidence", "invoice_date")]
    assert bool(doubts) == is_doubted
