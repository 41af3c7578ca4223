"""Documents of platforms, programs by the month and traders between currencies."""

from __future__ import annotations

import io
from decimal import Decimal
from email.message import EmailMessage
from typing import Any

import xlsxwriter

from tests.drawn.labels import Label, amount, label, line, other_file, page, total
from tests.drawn.sheet import Numbers, Sheet, cents

EURO = Numbers(".", ",")
PLAIN = Numbers("", ",")
UK = US = Numbers(",", ".")
SPACED = Numbers(" ", ",")


@page("h17.pdf", "de", "DE")
def marketplace(s: Sheet) -> Label:
    """A seller's invoice issued by the platform in its name: sold by, issued by, prices without and with tax."""
    s.style("helv", 8.5)
    s.text(45, 48, "Rechnung", 20, bold=True)
    s.text(45, 62, "Bezahlt mit Kreditkarte", 8)
    s.pairs(340, 450, 46, [("Rechnungsdatum", "09. November 2025"), ("Rechnungsnummer", "DS-DE-1447-77180"),
                           ("Bestellnummer", "303-4471802-9117"), ("Bestelldatum", "07. November 2025")])  # fmt: skip
    s.lines(45, 105, ["Rechnungsadresse", "Sattlerei Immenhof GmbH", "Reitweg 5", "24306 Plön", "DE"])
    s.lines(220, 105, ["Lieferadresse", "Sattlerei Immenhof GmbH", "Lager, Hofstraße 2", "24306 Plön", "DE"])
    s.lines(395, 105, ["Verkauft von", "Dordrecht Staal & Gereedschap B.V.", "Merwedekade 12", "3313 AA Dordrecht, NL",
                       "USt-ID DE342366712"])  # fmt: skip
    items = [line("Lochzange mit 6 Pfeifen, 2,0-4,5 mm", "3", "20.08", tax_rate="19"),
             line("Nähahle, Satz mit 4 Nadeln", "10", "7.52", tax_rate="19"),
             line("Versand", "1", "4.19", tax_rate="19")]  # fmt: skip
    y = s.table(45, 190, [("Beschreibung", 200, "left"), ("Menge", 45, "right"), ("Stückpreis\n(ohne USt.)", 75, "right"),
                          ("USt. %", 45, "right"), ("Stückpreis\n(inkl. USt.)", 75, "right"),
                          ("Zwischensumme\n(inkl. USt.)", 80, "right")], [
        (i["description"], i["quantity"], EURO(i["unit_price"]) + " €", "19 %",
         EURO(cents(Decimal(i["unit_price"]) * Decimal("1.19"))) + " €",
         EURO(cents(amount(i) * Decimal("1.19"))) + " €") for i in items
    ], grid="rows", size=8)  # fmt: skip
    net = total(items)
    tax = cents(net * Decimal("0.19"))
    s.text(330, y + 6, "Gesamtpreis", 10, bold=True)
    s.text(562, y + 6, EURO(net + tax) + " €", 10, bold=True, align="right")
    s.table(330, y + 18, [("USt. %", 60, "left"), ("Zwischensumme\n(ohne USt.)", 95, "right"), ("USt.", 80, "right")],
            [("19 %", EURO(net) + " €", EURO(tax) + " €"), ("Gesamt", EURO(net) + " €", EURO(tax) + " €")], size=8)  # fmt: skip
    s.lines(45, 770, ["Diese Rechnung wurde im Namen und für Rechnung des Verkäufers erstellt durch Plattform Handelswelt SE,",
                      "Hafenallee 1, 20457 Hamburg. Fragen zur Bestellung: www.handelswelt.example/kontakt"], 7)  # fmt: skip
    return label(
        items, invoice_number="DS-DE-1447-77180", invoice_date="2025-11-09", currency="EUR",
        vendor_name="Dordrecht Staal & Gereedschap B.V.", vendor_tax_id="DE342366712",
        buyer_name="Sattlerei Immenhof GmbH", prices_with_tax=True, subtotal=net, tax_amount=tax, total_amount=net + tax,
        open_fields=("amount_due", "due_date", "purchase_order"),
    )  # fmt: skip


@page("h18.pdf", "en", "SG")
def software(s: Sheet) -> Label:
    """A program by the seat: a credit for unused time, a new plan for the rest of the month, card charged, tax in SGD."""
    s.style("sans", 9)
    s.text(50, 60, "Invoice", 20, bold=True)
    s.pairs(50, 150, 85, [("Invoice number", "9C41F7A2-0008"), ("Date of issue", "November 3, 2025"),
                          ("Date due", "November 3, 2025")], bold_key=True)  # fmt: skip
    s.lines(50, 145, ["Merlion Workflow Pte. Ltd.", "71 Ayer Rajah Crescent #04-18", "Singapore 139951", "Singapore",
                      "billing@merlionworkflow.example", "GST Reg. No. 200249598Z"], 8.5)  # fmt: skip
    s.lines(
        300, 145, ["Bill to", "Straits Botanical Supply Pte. Ltd.", "10 Kaki Bukit Road 1", "Singapore 416175"], 8.5
    )
    items = [
        line("Unused time on Team plan x 8 (after Nov 3)", "1", "-112.00"),
        line("Remaining time on Business plan x 11 (after Nov 3)", "1", "287.38"),
        line("Business plan (per seat), Dec 3, 2025 - Jan 3, 2026", "11", "28.00"),
    ]
    net = total(items)
    tax = cents(net * Decimal("0.09"))
    s.text(50, 240, f"S${US(net + tax)} due November 3, 2025", 14, bold=True)

    def money(value: str | Decimal) -> str:
        return ("-" if Decimal(value) < 0 else "") + "S$" + US(abs(Decimal(value)))

    y = s.table(50, 262, [("Description", 270, "left"), ("Qty", 40, "right"), ("Unit price", 85, "right"),
                          ("Amount", 95, "right")],
                [(i["description"], i["quantity"], money(i["unit_price"]), money(i["amount"])) for i in items],
                grid="rows", gap=5)  # fmt: skip
    s.pairs(330, 537, y + 8, [("Subtotal", money(net)), ("GST - Singapore (9% on " + money(net) + ")", money(tax)),
                              ("Total", money(net + tax)), ("Amount due", money(net + tax) + " SGD")],
            align="right", leading=16)  # fmt: skip
    return label(
        items, invoice_number="9C41F7A2-0008", invoice_date="2025-11-03", due_date="2025-11-03", currency="SGD",
        vendor_name="Merlion Workflow Pte. Ltd.", vendor_tax_id="200249598Z",
        buyer_name="Straits Botanical Supply Pte. Ltd.", subtotal=net, tax_amount=tax, total_amount=net + tax,
        amount_due=net + tax,
    )  # fmt: skip


@page("h19.pdf", "fr", "LU")
def two_currencies(s: Sheet) -> Label:
    """Invoiced in dollars, the tax repeated in euros at the day's rate: two totals of which one is to be paid."""
    s.style("helv", 9)
    s.text(50, 55, "Kirchberg Data Services S.à r.l.", 15, bold=True)
    s.lines(50, 69, ["42 avenue J.F. Kennedy, L-1855 Luxembourg", "R.C.S. Luxembourg B244771 · TVA LU77006739"], 8)
    s.lines(330, 110, ["Destinataire", "Moselle Risk Analytics S.A.", "2 rue du Fort Bourbon", "L-1249 Luxembourg"])
    s.pairs(50, 160, 112, [("Facture", "KDS-2025-1180"), ("Date", "31/10/2025"), ("Échéance", "30/11/2025"),
                           ("Bon de commande", "MRA-4471")])  # fmt: skip
    items = [line("Flux de données de marché, octobre 2025", "1", "8400.00", tax_rate="17"),
             line("Utilisateurs supplémentaires", "6", "145.00", tax_rate="17")]  # fmt: skip
    y = s.table(50, 190, [("Désignation", 250, "left"), ("Qté", 45, "right"), ("PU USD", 90, "right"),
                          ("Montant USD", 110, "right")],
                [(i["description"], i["quantity"], SPACED(i["unit_price"]), SPACED(i["amount"])) for i in items],
                grid="rows")  # fmt: skip
    net = total(items)
    tax = cents(net * Decimal("0.17"))
    rate = Decimal("1.1571")
    s.table(250, y + 4, [("", 120, "left"), ("USD", 85, "right"), ("EUR", 85, "right")], [
        ("Total HT", SPACED(net), SPACED(cents(net / rate))), ("TVA 17 %", SPACED(tax), SPACED(cents(tax / rate))),
        ("Total TTC", SPACED(net + tax), SPACED(cents((net + tax) / rate))),
    ], grid="all")  # fmt: skip
    s.lines(50, y + 90, ["Cours de change BCE du 31/10/2025 : 1 EUR = 1,1571 USD. Contre-valeur en EUR à titre d'information.",
                         "À payer en USD sur le compte LU16 9238 0793 7370 1802, BIC KIRCLULL."])  # fmt: skip
    return label(
        items, invoice_number="KDS-2025-1180", invoice_date="2025-10-31", due_date="2025-11-30", currency="USD",
        purchase_order="MRA-4471", vendor_name="Kirchberg Data Services S.à r.l.", vendor_tax_id="LU77006739",
        buyer_name="Moselle Risk Analytics S.A.", subtotal=net, tax_amount=tax, total_amount=net + tax,
        iban="LU169238079373701802", open_fields=("amount_due",),
    )  # fmt: skip


@page("h20.pdf", "en", "PL")
def pro_forma(s: Sheet) -> Label:
    """A pro forma invoice before delivery: valid until, no due date, terms of delivery, tax-free to abroad."""
    s.style("sans", 9)
    s.text(45, 50, "PRO FORMA INVOICE  PF/118/2025", 14, bold=True)
    s.pairs(
        45, 140, 70, [("Issued on", "2025-11-18"), ("Valid until", "2025-12-18"), ("Delivery", "FCA Bielsko-Biała")]
    )
    s.lines(45, 125, ["SELLER", "Beskid Looms Sp. z o.o.", "ul. Partyzantów 44", "43-300 Bielsko-Biała, Poland",
                      "VAT ID: PL7385051494"])  # fmt: skip
    s.lines(310, 125, ["BUYER", "Donegal Handweavers DAC", "Main Street, Ardara", "Co. Donegal, Ireland"])
    items = [line("Shuttle loom SL-140, refurbished", "1", "12400.00", unit="pc"),
             line("Reed set 8/10/12", "2", "310.00", unit="set")]  # fmt: skip
    y = s.table(45, 215, [("No", 30, "center"), ("Name", 230, "left"), ("Qty", 40, "right"), ("Unit", 40, "left"),
                          ("Price", 75, "right"), ("Value EUR", 90, "right")],
                [(str(n), i["description"], i["quantity"], i["unit"], UK(i["unit_price"]), UK(i["amount"]))
                 for n, i in enumerate(items, 1)], grid="all")  # fmt: skip
    net = total(items)
    s.pairs(330, 547, y + 8, [("Net value", UK(net)), ("VAT 0% (intra-Community supply)", "0.00"),
                              ("Total EUR", UK(net))], align="right")  # fmt: skip
    s.text(45, y + 80, "Prepayment to PL34 0429 0748 4422 8144 8441 2449. This document is not a VAT invoice.")
    return label(
        items, invoice_number="PF/118/2025", invoice_date="2025-11-18", currency="EUR",
        vendor_name="Beskid Looms Sp. z o.o.", vendor_tax_id="PL7385051494", buyer_name="Donegal Handweavers DAC",
        subtotal=net, tax_amount="0.00", total_amount=net, iban="PL34042907484422814484412449",
        open_fields=("amount_due",),
    )  # fmt: skip


@other_file("h21.eml", "en", "CA")
def mail() -> tuple[bytes, Label]:
    """An invoice in the body of a mail: two taxes, the mail's date not the invoice's, a link to pay."""
    items = [line("Website care plan - October", "1", "180.00"), line("Extra content updates", "3.5", "95.00")]
    net = total(items)
    gst, qst = cents(net * Decimal("0.05")), cents(net * Decimal("0.09975"))
    message = EmailMessage()
    message["From"] = "Atelier Web Laurentides <facturation@atelierlaurentides.example>"
    message["To"] = "office@mont-bleu-lodge.example"
    message["Subject"] = "Invoice 1188 from Atelier Web Laurentides inc."
    message["Date"] = "Mon, 03 Nov 2025 09:14:00 -0500"
    message["Message-ID"] = "<1188.20251103@atelierlaurentides.example>"
    message.set_content(f"""\
Hello Marie,

Please find your invoice below.

Atelier Web Laurentides inc.
220 rue Principale, Saint-Sauveur QC J0R 1R0
GST 085568467 RT0001 / QST 1204477180 TQ0001

Invoice #1188
Invoice date: October 31, 2025
Due date: November 30, 2025
Billed to: Mont-Bleu Lodge Ltd., 44 chemin du Lac, Morin-Heights QC

Website care plan - October      1 x $180.00      $180.00
Extra content updates          3.5 x $95.00      ${items[1]["amount"]}

Subtotal:        ${US(net)}
GST (5%):        ${US(gst)}
QST (9.975%):    ${US(qst)}
Total CAD:       ${US(net + gst + qst)}

Pay online: https://pay.atelierlaurentides.example/1188

Merci!
""")
    return message.as_bytes(), label(
        items, invoice_number="1188", invoice_date="2025-10-31", due_date="2025-11-30", currency="CAD",
        vendor_name="Atelier Web Laurentides inc.", buyer_name="Mont-Bleu Lodge Ltd.", subtotal=net,
        taxes=[{"rate": "5", "amount": str(gst)}, {"rate": "9.975", "amount": str(qst)}], tax_amount=gst + qst,
        total_amount=net + gst + qst, open_fields=("amount_due", "vendor_tax_id", "purchase_order"),
    )  # fmt: skip


@other_file("h22.xlsx", "it", "IT")
def engineer() -> tuple[bytes, Label]:
    """An engineer's account as a sheet: social charge, tax on both, tax withheld, stamp; values in the third column."""
    from datetime import datetime

    target = io.BytesIO()
    book: Any = xlsxwriter.Workbook(target, {"in_memory": True})
    book.set_properties({"created": datetime(2025, 1, 1)})  # noqa: DTZ001
    sheet = book.add_worksheet("Foglio1")
    euro = book.add_format({"num_format": '#,##0.00 "€"'})
    day = book.add_format({"num_format": "dd/mm/yyyy"})
    for row, text in enumerate(("Ing. Ludovica Sartorelli", "Via Garibaldi 27 - 38122 Trento", "C.F. SRTLVC84E52L378K",
                                "P.IVA 78497740353")):  # fmt: skip
        sheet.write(row, 0, text)
    for row, text in enumerate(("Spett.le", "Segheria Val di Sole S.r.l.", "Via del Legno 9 - 38027 Malé (TN)",
                                "P.IVA 85744340028")):  # fmt: skip
        sheet.write(row, 3, text)
    sheet.write("A6", "PARCELLA N.")
    sheet.write("B6", "31/2025")
    sheet.write("A7", "Data")
    sheet.write_datetime("B7", datetime(2025, 11, 6), day)  # noqa: DTZ001
    for column, head in enumerate(("Prestazione", "Ore", "Tariffa", "Importo")):
        sheet.write(8, column, head)
    items = [line("Direzione lavori tettoia", "22", "65.00", tax_rate="22"),
             line("Calcolo strutturale", "14.5", "80.00", tax_rate="22")]  # fmt: skip
    for row, i in enumerate(items, 9):
        sheet.write(row, 0, i["description"])
        sheet.write(row, 1, float(i["quantity"]))
        sheet.write(row, 2, float(i["unit_price"]), euro)
        sheet.write(row, 3, float(i["amount"]), euro)
    work = total(items)
    social = cents(work * Decimal("0.04"))
    tax = cents((work + social) * Decimal("0.22"))
    gross = work + social + tax
    held = cents(work / 5)
    for row, (text, value) in enumerate((
        ("Totale prestazioni", work), ("Contributo integrativo 4%", social), ("Imponibile IVA", work + social),
        ("IVA 22%", tax), ("Totale fattura", gross), ("Ritenuta d'acconto 20%", -held), ("Netto a pagare", gross - held),
    ), 12):  # fmt: skip
        sheet.write(row, 2, text)
        sheet.write(row, 3, float(value), euro)
    sheet.write("A21", "Bonifico su IBAN IT91 X955 9729 7926 2243 9332 836")
    book.close()
    return target.getvalue(), label(
        items, invoice_number="31/2025", invoice_date="2025-11-06", currency="EUR",
        vendor_name="Ing. Ludovica Sartorelli", vendor_name_alternatives=["Ludovica Sartorelli"],
        vendor_tax_id="78497740353", vendor_tax_id_alternatives=["IT78497740353", "SRTLVC84E52L378K"],
        buyer_name="Segheria Val di Sole S.r.l.", charge_total=social, subtotal=work + social, tax_amount=tax,
        total_amount=gross, withholding_amount=held, amount_due=gross - held, iban="IT91X9559729792622439332836",
        open_fields=("due_date", "purchase_order"),
    )  # fmt: skip


@other_file("h23.csv", "fr", "BE")
def exported() -> tuple[bytes, Label]:
    """An accounting program's export of one invoice: the head repeated on each row, a semicolon between cells."""
    items = [line("Bâche de protection 4x6 m", "12", "34.50"), line("Sangle à cliquet 5 t", "40", "11.90"),
             line("Gants docker, la paire", "60", "2.85")]  # fmt: skip
    net = total(items)
    tax = cents(net * Decimal("0.21"))
    head = ("Numéro facture;Date facture;Date échéance;Fournisseur;TVA fournisseur;Client;Réf. commande;Description;"
            "Quantité;Prix unitaire;Montant HT;Total HT;Total TVA;Total TVAC;Devise;IBAN")  # fmt: skip
    rows = [
        f"2025/4471;30/10/2025;29/11/2025;Corderie Meusienne SA;BE0731847578;Manutention Seraing SPRL;B-20418;"
        f"{i['description']};{i['quantity']};{PLAIN(i['unit_price'])};{PLAIN(i['amount'])};{PLAIN(net)};{PLAIN(tax)};"
        f"{PLAIN(net + tax)};EUR;BE63 8592 2086 9508"
        for i in items
    ]
    return "\r\n".join([head, *rows, ""]).encode("cp1252"), label(
        items, invoice_number="2025/4471", invoice_date="2025-10-30", due_date="2025-11-29", currency="EUR",
        purchase_order="B-20418", vendor_name="Corderie Meusienne SA", vendor_tax_id="BE0731847578",
        buyer_name="Manutention Seraing SPRL", subtotal=net, tax_amount=tax, total_amount=net + tax,
        iban="BE63859220869508", open_fields=("amount_due",),
    )  # fmt: skip
