"""Documents that are no PDF: sheets, delimited text, plain text, a web page, a letter."""

from __future__ import annotations

import io
import zipfile
from decimal import Decimal
from typing import Any
from xml.sax.saxutils import escape

import xlsxwriter

from tests.drawn.labels import Label, label, line, other_file, total
from tests.drawn.sheet import Numbers, cents

COMMA = Numbers(".", ",")
PLAIN = Numbers("", ",")


def _number(value: Decimal | str) -> float:
    return float(value)


@other_file("d28.xlsx", "en", "CN")
def export_invoice() -> tuple[bytes, Label]:
    """A sheet of an exporter in yuan: merged title cells, real dates and numbers, two languages in the heads."""
    from datetime import datetime

    target = io.BytesIO()
    book: Any = xlsxwriter.Workbook(target, {"in_memory": True})
    book.set_properties({"created": datetime(2025, 1, 1)})  # noqa: DTZ001
    bold = book.add_format({"bold": True})
    title = book.add_format({"bold": True, "font_size": 16, "align": "center"})
    date = book.add_format({"num_format": "yyyy/mm/dd"})
    money = book.add_format({"num_format": '"¥"#,##0.00'})
    sheet = book.add_worksheet("Invoice")
    sheet.set_column(0, 0, 6)
    sheet.set_column(1, 1, 40)
    sheet.set_column(2, 6, 16)
    sheet.merge_range("A1:F1", "Ningbo Haiyan Lighting Co., Ltd. 宁波海燕照明有限公司", title)
    sheet.merge_range("A2:F2", "No. 218 Xinhui Road, Yinzhou District, Ningbo 315100, China")
    sheet.merge_range("A4:F4", "COMMERCIAL INVOICE 商业发票", title)
    sheet.write("A6", "To:", bold)
    sheet.write("B6", "Guangzhou Lantern Trading Co., Ltd.")
    sheet.write("B7", "88 Tianhe North Road, Guangzhou")
    sheet.write("D6", "Invoice No. 发票号", bold)
    sheet.write("E6", "HY25-0619")
    sheet.write("D7", "Date 日期", bold)
    sheet.write_datetime("E7", datetime(2025, 6, 19), date)  # noqa: DTZ001
    sheet.write("D8", "Contract 合同号", bold)
    sheet.write("E8", "GL-HY-2025-31")
    for column, head in enumerate(
        ("No.", "Description 品名", "Qty 数量", "Unit 单位", "Unit price 单价 (RMB)", "Amount 金额 (RMB)")
    ):
        sheet.write(9, column, head, bold)
    items = [
        line("LED floodlight 50 W", "600", "46.80", unit="pcs"),
        line("LED strip 24 V, 5 m reel", "1200", "31.25", unit="rolls"),
        line("Driver 60 W IP67", "350", "58.00", unit="pcs"),
    ]
    for row, i in enumerate(items, 10):
        sheet.write(row, 0, row - 9)
        sheet.write(row, 1, i["description"])
        sheet.write(row, 2, _number(i["quantity"]))
        sheet.write(row, 3, i["unit"])
        sheet.write(row, 4, _number(i["unit_price"]), money)
        sheet.write(row, 5, _number(i["amount"]), money)
    net = total(items)
    tax = cents(net * Decimal("0.13"))
    for row, (text, value) in enumerate(
        (("Subtotal 小计", net), ("VAT 增值税 13%", tax), ("Total RMB 合计", net + tax)), 14
    ):
        sheet.write(row, 4, text, bold)
        sheet.write(row, 5, _number(value), money)
    sheet.write(
        "A19", "Payment: T/T within 60 days of the invoice date, Bank of Yongjiang, account 3901 0447 1882 0011"
    )
    book.close()
    expected = label(
        items,
        invoice_number="HY25-0619",
        invoice_date="2025-06-19",
        currency="CNY",
        vendor_name="Ningbo Haiyan Lighting Co., Ltd.",
        vendor_name_alternatives=[
            "Ningbo Haiyan Lighting Co., Ltd. 宁波海燕照明有限公司",
            "宁波海燕照明有限公司",
        ],
        vendor_country="CN",
        buyer_name="Guangzhou Lantern Trading Co., Ltd.",
        contract_reference="GL-HY-2025-31",
        subtotal=net,
        tax_amount=tax,
        total_amount=net + tax,
        open_fields=("due_date",),
        taxes=[{"rate": "13", "base": str(net), "amount": str(tax)}],
    )
    return target.getvalue(), expected


@other_file("d37.xlsx", "en", "IE")
def intra_community() -> tuple[bytes, Label]:
    """A freelancer's sheet with a time log on a second tab; tax-free to another member state."""
    from datetime import datetime

    target = io.BytesIO()
    book: Any = xlsxwriter.Workbook(target, {"in_memory": True})
    book.set_properties({"created": datetime(2025, 1, 1)})  # noqa: DTZ001
    sheet = book.add_worksheet("INV-2025-18")
    log = book.add_worksheet("Timesheet")
    bold = book.add_format({"bold": True})
    euro = book.add_format({"num_format": "€#,##0.00"})
    sheet.set_column(0, 0, 46)
    sheet.set_column(1, 3, 14)
    for row, text in enumerate(
        ("Aoife Ní Bhriain Translations", "14 Ceannt Quay, Galway H91 X4P2, Ireland", "VAT IE1762644LH")
    ):
        sheet.write(row, 0, text, bold if row == 0 else None)
    sheet.write("C1", "INVOICE", bold)
    for row, (key, value) in enumerate(
        (("Number", "INV-2025-18"), ("Date", "1 September 2025"), ("Due", "1 October 2025"), ("PO", "4500118822")), 1
    ):
        sheet.write(row, 2, key)
        sheet.write(row, 3, value)
    sheet.write("A6", "Client", bold)
    for row, text in enumerate(
        ("Verlag Schwarzwaldblick GmbH", "Talstraße 20, 79102 Freiburg, Germany", "VAT DE347879091"), 6
    ):
        sheet.write(row, 0, text)
    for column, head in enumerate(("Service", "Words / hours", "Rate", "Line total")):
        sheet.write(10, column, head, bold)
    items = [
        line("Translation DE-EN, hiking guide vol. 3", "18450", "0.12"),
        line("Proofreading of galleys", "11.5", "38.00"),
        line("Rush fee chapter 9", "1", "150.00"),
    ]
    for row, i in enumerate(items, 11):
        sheet.write(row, 0, i["description"])
        sheet.write(row, 1, _number(i["quantity"]))
        sheet.write(row, 2, _number(i["unit_price"]), euro)
        sheet.write_formula(row, 3, f"=B{row + 1}*C{row + 1}", euro, _number(i["amount"]))
    net = total(items)
    for row, (key, value) in enumerate((("Subtotal", net), ("VAT 0%", Decimal(0)), ("Total EUR", net)), 15):
        sheet.write(row, 2, key, bold)
        sheet.write(row, 3, _number(value), euro)
    sheet.write("A20", "Reverse charge: VAT to be accounted for by the recipient (Art. 196 Directive 2006/112/EC).")
    sheet.write("A21", "IBAN IE54 AIBK 9318 2984 9795 72")
    log.write_row(0, 0, ("Day", "Task", "Hours"), bold)
    for row, entry in enumerate(
        (("2025-08-18", "Galleys 1-80", 4), ("2025-08-19", "Galleys 81-160", 4), ("2025-08-21", "Index", 3.5)), 1
    ):
        log.write_row(row, 0, entry)
    book.close()
    expected = label(
        items,
        invoice_number="INV-2025-18",
        invoice_date="2025-09-01",
        due_date="2025-10-01",
        currency="EUR",
        purchase_order="4500118822",
        vendor_name="Aoife Ní Bhriain Translations",
        vendor_tax_id="IE1762644LH",
        vendor_country="IE",
        buyer_name="Verlag Schwarzwaldblick GmbH",
        buyer_tax_id="DE347879091",
        subtotal=net,
        tax_amount="0.00",
        total_amount=net,
        iban="IE54AIBK93182984979572",
    )
    return target.getvalue(), expected


@other_file("d38.csv", "et", "EE")
def fuel_cards() -> tuple[bytes, Label]:
    """An export with semicolons: header pairs first, then one row a fill-up, totals last."""
    items = [
        line("Diislikütus D B7", "312.40", "1.184", tax_rate="24"),
        line("Diislikütus D B7", "298.15", "1.184", tax_rate="24"),
        line("Bensiin 95 E10", "41.02", "1.262", tax_rate="24"),
        line("AdBlue", "60.00", "0.79", tax_rate="24"),
        line("Autopesu", "1", "14.52", tax_rate="24"),
    ]
    stations = ("Tartu Ringtee", "Pärnu Savi", "Tartu Ringtee", "Jõhvi", "Pärnu Savi")
    net = total(items)
    tax = cents(net * Decimal("0.24"))
    rows = [
        ("Arve number", "K-5510382"),
        ("Arve kuupäev", "30.11.2025"),
        ("Maksetähtaeg", "14.12.2025"),
        ("Müüja", "Põhjala Kütus AS"),
        ("Müüja KMKR", "EE105154819"),
        ("Ostja", "Võru Veod OÜ"),
        ("Valuuta", "EUR"),
        ("IBAN", "EE672218490469492661"),
        ("",),
        ("Tanklakoht", "Kaup", "Kogus", "Hind km-ta", "KM %", "Summa km-ta"),
        *(
            (station, i["description"], PLAIN(i["quantity"]), PLAIN(i["unit_price"], 3), "24", PLAIN(i["amount"]))
            for station, i in zip(stations, items, strict=True)
        ),
        ("",),
        ("Summa km-ta", "", "", "", "", PLAIN(net)),
        ("Käibemaks 24%", "", "", "", "", PLAIN(tax)),
        ("Tasumisele kuulub", "", "", "", "", PLAIN(net + tax)),
    ]
    data = "".join(";".join(row) + "\r\n" for row in rows)
    expected = label(
        items,
        invoice_number="K-5510382",
        invoice_date="2025-11-30",
        due_date="2025-12-14",
        currency="EUR",
        vendor_name="Põhjala Kütus AS",
        vendor_tax_id="EE105154819",
        vendor_country="EE",
        buyer_name="Võru Veod OÜ",
        subtotal=net,
        tax_amount=tax,
        total_amount=net + tax,
        amount_due=net + tax,
        iban="EE672218490469492661",
        taxes=[{"rate": "24", "base": str(net), "amount": str(tax)}],
    )
    return data.encode(), expected


@other_file("d35.txt", "nl", "BE")
def town_hall() -> tuple[bytes, Label]:
    """A printout of a public body: no tax, structured message, columns made of spaces."""
    items = [
        line("Retributie zaalhuur Ter Linden", "3", "185.00"),
        line("Waarborg sleutels", "2", "25.00"),
        line("Poetsen na gebruik", "4.5", "32.00"),
    ]
    net = total(items)
    head = f"{'Omschrijving':<38}{'Aantal':>8}{'Prijs':>12}{'Bedrag':>14}"
    body = "\n".join(
        f"{i['description']:<38}{PLAIN(i['quantity'], 1).removesuffix(',0'):>8}"
        f"{COMMA(i['unit_price']):>12}{COMMA(i['amount']):>14}"
        for i in items
    )
    reference = f"{2025:03d}{118:03d}{4471:04d}"[:10]
    check = int(reference) % 97 or 97
    structured = f"{reference}{check:02d}"
    text = f"""\
GEMEENTE ZONDERWOUDE
Dienst Vrije Tijd - Dorpsplein 1, 9990 Zonderwoude
Ondernemingsnummer BE0430034850


                                              Harmonie Sint-Cecilia vzw
                                              Molenstraat 14
                                              9990 Zonderwoude

FACTUUR        2025/VT/0331
Datum          22/10/2025
Vervaldag      21/11/2025
Uw kenmerk     reservatie 8812

{head}
{"-" * len(head)}
{body}
{"-" * len(head)}
{"Totaal te betalen EUR":<58}{COMMA(net):>14}

Niet onderworpen aan btw (art. 6 W.BTW).
Gelieve te betalen op BE65 5150 9560 7996 met vermelding van
+++{structured[:3]}/{structured[3:7]}/{structured[7:]}+++
"""
    expected = label(
        items,
        invoice_number="2025/VT/0331",
        invoice_date="2025-10-22",
        due_date="2025-11-21",
        currency="EUR",
        vendor_name="GEMEENTE ZONDERWOUDE",
        vendor_tax_id="BE0430034850",
        vendor_country="BE",
        buyer_name="Harmonie Sint-Cecilia vzw",
        total_amount=net,
        amount_due=net,
        iban="BE65515095607996",
        payment_reference=f"+++{structured[:3]}/{structured[3:7]}/{structured[7:]}+++",
        open_fields=("subtotal", "tax_amount"),
    )
    return text.encode(), expected


@other_file("d39.html", "it", "IT")
def web_shop() -> tuple[bytes, Label]:
    """The page of a shop: prices with tax, a voucher, shipping; header in nested tables."""
    raw = [
        ("Lampada da tavolo Brera", "1", "89.00"),
        ("Lampadina LED E27 (conf. da 3)", "2", "14.90"),
        ("Paralume lino 30 cm", "1", "34.50"),
    ]
    items = [line(text, quantity) for text, quantity, _ in raw]
    goods = sum((Decimal(q) * Decimal(p) for _, q, p in raw), Decimal(0))
    gross = goods - Decimal("10.00") + Decimal("6.90")
    net = cents(gross / Decimal("1.22"))
    rows = "\n".join(
        f"<tr><td>{escape(text)}</td><td align=right>{q}</td><td align=right>{COMMA(p)} €</td>"
        f"<td align=right>{COMMA(Decimal(q) * Decimal(p))} €</td></tr>"
        for text, q, p in raw
    )
    page = f"""<!DOCTYPE html>
<html lang="it"><head><meta charset="utf-8"><title>Fattura FW-22817</title>
<style>body {{ font-family: sans-serif }} .muted {{ color: #777 }}</style></head><body>
<table width="700"><tr><td><h2>Luce &amp; Ombra Shop</h2></td>
<td align="right"><table>
<tr><td>Fattura</td><td><b>FW-22817</b></td></tr>
<tr><td>Data fattura</td><td>28/11/2025</td></tr>
<tr><td>Ordine</td><td>IT-900417</td></tr></table></td></tr></table>
<p class="muted">Luce &amp; Ombra S.r.l.s., Via Tortona 27, 20144 Milano - P. IVA 06012900616</p>
<h4>Intestatario</h4>
<p>Davide Carminati<br>Via Borgo Palazzo 90<br>24125 Bergamo</p>
<table width="700" border="1"><thead><tr>
<th>Articolo</th><th>Quantità</th><th>Prezzo (IVA incl.)</th><th>Totale (IVA incl.)</th></tr></thead>
<tbody>
{rows}
</tbody></table>
<table width="700">
<tr><td align=right>Totale articoli</td><td align=right>{COMMA(goods)} €</td></tr>
<tr><td align=right>Buono sconto BLACK10</td><td align=right>-10,00 €</td></tr>
<tr><td align=right>Spedizione</td><td align=right>6,90 €</td></tr>
<tr><td align=right><b>Totale fattura</b></td><td align=right><b>{COMMA(gross)} €</b></td></tr>
<tr><td align=right>di cui imponibile</td><td align=right>{COMMA(net)} €</td></tr>
<tr><td align=right>di cui IVA 22%</td><td align=right>{COMMA(gross - net)} €</td></tr></table>
<p>Pagato con PayPal il 28/11/2025. Grazie per il tuo acquisto!</p>
</body></html>
"""
    expected = label(
        items,
        invoice_number="FW-22817",
        invoice_date="2025-11-28",
        currency="EUR",
        vendor_name="Luce & Ombra S.r.l.s.",
        vendor_name_alternatives=["Luce & Ombra Shop"],
        vendor_tax_id="06012900616",
        vendor_tax_id_alternatives=["IT06012900616"],
        vendor_country="IT",
        buyer_name="Davide Carminati",
        subtotal=net,
        tax_amount=gross - net,
        total_amount=gross,
        open_fields=("purchase_order", "amount_due"),
    )
    return page.encode(), expected


_W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_PACKAGE = {
    "[Content_Types].xml": (
        '<?xml version="1.0" encoding="UTF-8"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        '<Default Extension="xml" ContentType="application/xml"/><Override PartName="/word/document.xml" ContentType='
        '"application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/></Types>'
    ),
    "_rels/.rels": (
        '<?xml version="1.0" encoding="UTF-8"?><Relationships xmlns='
        '"http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type='
        '"http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" '
        'Target="word/document.xml"/></Relationships>'
    ),
}


def _paragraph(text: str, bold: bool = False) -> str:
    style = "<w:rPr><w:b/></w:rPr>" if bold else ""
    return f'<w:p><w:r>{style}<w:t xml:space="preserve">{escape(text)}</w:t></w:r></w:p>'


def _table(rows: list[tuple[str, ...]]) -> str:
    return (
        "<w:tbl>"
        + "".join("<w:tr>" + "".join(f"<w:tc>{_paragraph(cell)}</w:tc>" for cell in row) + "</w:tr>" for row in rows)
        + "</w:tbl>"
    )


def _docx(body: str) -> bytes:
    target = io.BytesIO()
    document = f'<?xml version="1.0" encoding="UTF-8"?><w:document xmlns:w="{_W}"><w:body>{body}</w:body></w:document>'
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in (*_PACKAGE.items(), ("word/document.xml", document)):
            archive.writestr(zipfile.ZipInfo(name), text)
    return target.getvalue()


@other_file("d40.docx", "sl", "SI")
def beekeeper() -> tuple[bytes, Label]:
    """A letter from a word processor with one table."""
    items = [
        line("Cvetlični med 450 g", "48", "6.40", tax_rate="9.5"),
        line("Kostanjev med 450 g", "36", "7.10", tax_rate="9.5"),
        line("Darilna lesena škatla", "20", "3.85", tax_rate="22"),
    ]
    taxes = []
    for rate in ("9.5", "22"):
        base = total(i for i in items if i["tax_rate"] == rate)
        taxes.append({"rate": rate, "base": str(base), "amount": str(cents(base * Decimal(rate) / 100))})
    net, tax = total(items), sum((Decimal(t["amount"]) for t in taxes), Decimal(0))
    body = "".join(
        (
            _paragraph("Čebelarstvo Lipica d.o.o.", bold=True),
            _paragraph("Partizanska cesta 61, 6210 Sežana · ID za DDV: SI26668696"),
            _paragraph(""),
            _paragraph("Hotel Kras d.d."),
            _paragraph("Obalna cesta 18"),
            _paragraph("6320 Portorož"),
            _paragraph(""),
            _paragraph("RAČUN št. 2025-143", bold=True),
            _paragraph("Datum izdaje: 12. 9. 2025"),
            _paragraph("Rok plačila: 12. 10. 2025"),
            _paragraph("Datum opravljene dobave: 10. 9. 2025"),
            _table(
                [
                    ("Artikel", "Količina", "Cena brez DDV", "DDV", "Vrednost"),
                    *(
                        (
                            i["description"],
                            i["quantity"],
                            COMMA(i["unit_price"]),
                            i["tax_rate"].replace(".", ",") + " %",
                            COMMA(i["amount"]),
                        )
                        for i in items
                    ),
                ]
            ),
            _table(
                [
                    ("Skupaj brez DDV", COMMA(net) + " €"),
                    *(
                        (f"DDV {t['rate'].replace('.', ',')} % od {COMMA(t['base'])}", COMMA(t["amount"]) + " €")
                        for t in taxes
                    ),
                    ("Za plačilo", COMMA(net + tax) + " €"),
                ]
            ),
            _paragraph("Hvala za naročilo in lep pozdrav s Krasa!"),
        )
    )
    expected = label(
        items,
        invoice_number="2025-143",
        invoice_date="2025-09-12",
        due_date="2025-10-12",
        delivery_date="2025-09-10",
        currency="EUR",
        vendor_name="Čebelarstvo Lipica d.o.o.",
        vendor_tax_id="SI26668696",
        vendor_country="SI",
        buyer_name="Hotel Kras d.d.",
        subtotal=net,
        tax_amount=tax,
        total_amount=net + tax,
        amount_due=net + tax,
        taxes=taxes,
    )
    return _docx(body), expected
