"""Layouts of German, Austrian, Dutch and Swiss makers."""

from __future__ import annotations

from samples.books import Sample, goods
from samples.sheet import Column, Look, Sheet


def window_envelope(sheet: Sheet, sample: Sample) -> None:
    """A DIN 5008 letter: address in the window, facts on the right, ruled table, footer in three columns."""
    s, b, inv = sample.seller, sample.buyer, sample.invoice
    sheet.text(540, 60, s.name, size=17, bold=True, align="right", color="#1f3d2b")
    sheet.text(540, 76, "Vorrichtungen · Werkzeuge · Service", size=8.5, align="right", color="#555555")
    sheet.text(57, 140, f"{s.name} · {s.street} · {s.city}", size=6.5, color="#444444")
    sheet.rule(57, 143, 290, weight=0.3)
    sheet.lines(57, 160, [b.name, "Einkauf", b.street, b.city], size=10.5, leading=14)
    facts = [
        ("Rechnungsnummer:", inv.invoice_number or ""),
        ("Rechnungsdatum:", sample.day(inv.invoice_date)),
        ("Lieferdatum:", sample.day(inv.delivery_date)),
        ("Kundennummer:", "K-20418"),
        ("Ansprechpartner:", "Auftragsabwicklung"),
    ]
    sheet.pairs(350, 160, facts, width=95, right=False)
    sheet.text(57, 278, f"Rechnung {inv.invoice_number}", size=14, bold=True)
    sheet.text(57, 300, "Sehr geehrte Damen und Herren, wir berechnen Ihnen unsere Lieferung und Leistung wie folgt:")
    columns = [
        Column("Pos.", 30),
        Column("Art.-Nr.", 60),
        Column("Bezeichnung", 185),
        Column("Menge", 45, "right"),
        Column("Einh.", 35),
        Column("Einzelpreis", 63, "right"),
        Column("Gesamtpreis", 65, "right"),
    ]
    rows = [
        [
            str(n),
            i.item_code or "",
            i.description or "",
            sample.quantity(i.quantity),
            i.unit or "",
            sample.money(i.unit_price),
            sample.money(i.amount),
        ]
        for n, i in enumerate(inv.line_items, 1)
    ]
    y = sheet.table(57, 315, columns, rows, Look(rules="header")) + 20
    totals = [
        ("Zwischensumme netto", sample.money(inv.subtotal, sign=True)),
        ("zzgl. 19 % Umsatzsteuer", sample.money(inv.tax_amount, sign=True)),
        ("Rechnungsbetrag", sample.money(inv.total_amount, sign=True)),
    ]
    y = sheet.pairs(350, y, totals, width=190, bold_last=True)
    sheet.rule(350, y - 9, 540)
    sheet.text(57, y + 25, f"Bitte überweisen Sie den Rechnungsbetrag ohne Abzug bis zum {sample.day(inv.due_date)}.")
    sheet.rule(57, 760, 540, weight=0.3)
    sheet.lines(57, 774, [s.name, s.street, s.city, f"Tel. {s.phone}"], size=7, leading=9.5)
    sheet.lines(225, 774, [s.register, f"USt-IdNr.: {s.tax_id}", s.email], size=7, leading=9.5)
    sheet.lines(400, 774, [s.bank, f"IBAN: {s.spaced_iban}", f"BIC: {s.bic}"], size=7, leading=9.5)


def zebra(sheet: Sheet, sample: Sample) -> None:
    """Letterhead on the left, striped table with a VAT column, discount and shipping, taxes by rate."""
    s, b, inv = sample.seller, sample.buyer, sample.invoice
    sheet.box(0, 0, sheet.width, 6, fill="#b5472b")
    sheet.text(50, 58, s.name, size=16, bold=True, color="#b5472b")
    sheet.lines(50, 74, [f"{s.street}, {s.city}", f"Telefon {s.phone} | {s.email}"], size=8.5, color="#555555")
    sheet.text(50, 130, "Rechnung an", size=8, color="#777777")
    sheet.lines(50, 145, [b.name, b.street, b.city], size=10, leading=13)
    facts = [
        ("Rechnungs-Nr.", inv.invoice_number or ""),
        ("Datum", sample.day(inv.invoice_date)),
        ("Fällig am", sample.day(inv.due_date)),
        ("Kunden-Nr.", "7714"),
    ]
    sheet.pairs(370, 131, facts, width=175)
    sheet.text(50, 225, "RECHNUNG", size=20, bold=True)
    columns = [
        Column("Artikel", 225),
        Column("Anzahl", 60, "right"),
        Column("Preis", 70, "right"),
        Column("MwSt.", 60, "right"),
        Column("Betrag", 80, "right"),
    ]
    rows = [
        [
            i.description or "",
            sample.quantity(i.quantity),
            sample.money(i.unit_price),
            f"{i.tax_rate:f} %",
            sample.money(i.amount),
        ]
        for i in inv.line_items
    ]
    look = Look(rules="none", header_fill="#b5472b", header_color="#ffffff", zebra="#f6ece9", pad=5)
    y = sheet.table(50, 245, columns, rows, look) + 22
    totals = [
        ("Warenwert", sample.money(goods(inv))),
        ("Rabatt", "-" + sample.money(inv.discount_total)),
        ("Versandkosten", sample.money(inv.charge_total)),
        ("Nettobetrag", sample.money(inv.subtotal)),
    ]
    totals += [(f"MwSt. {row.rate:f} % auf {sample.money(row.base)}", sample.money(row.amount)) for row in inv.taxes]
    totals += [("MwSt. gesamt", sample.money(inv.tax_amount)), ("Gesamtbetrag EUR", sample.money(inv.total_amount))]
    y = sheet.pairs(340, y, totals, width=200, leading=14, bold_last=True)
    sheet.text(50, y + 30, "Zahlbar innerhalb von 14 Tagen. Es gelten unsere Geschäftsbedingungen.", size=8.5)
    sheet.text(
        50,
        800,
        f"{s.bank}  IBAN {s.spaced_iban}  BIC {s.bic}  USt-ID {s.tax_id}  {s.register}",
        size=7,
        color="#555555",
    )


def hybrid(sheet: Sheet, sample: Sample) -> None:
    """The visible page of a Factur-X invoice: small letterhead, facts in one row of boxes."""
    s, b, inv = sample.seller, sample.buyer, sample.invoice
    sheet.text(55, 60, s.name, size=14, bold=True)
    sheet.lines(55, 75, [s.street, s.city, s.country], size=9)
    sheet.lines(330, 60, [b.name, b.street, b.city, b.country], size=10, leading=13)
    boxes = [
        ("Rechnung Nr.", inv.invoice_number or ""),
        ("Rechnungsdatum", sample.day(inv.invoice_date)),
        ("Zahlungsziel", sample.day(inv.due_date)),
        ("UID-Nr.", s.tax_id),
    ]
    for position, (label, value) in enumerate(boxes):
        x = 55 + position * 122
        sheet.box(x, 150, 118, 34, stroke="#888888")
        sheet.text(x + 5, 162, label, size=7.5, color="#555555")
        sheet.text(x + 5, 177, value, size=9.5, bold=True)
    columns = [
        Column("Bezeichnung", 200),
        Column("Menge", 55, "right"),
        Column("Einheit", 50),
        Column("Einzelpreis", 65, "right"),
        Column("USt %", 45, "right"),
        Column("Betrag", 70, "right"),
    ]
    rows = sample.rows("description", "quantity", "unit", "unit_price", "tax_rate", "amount")
    y = sheet.table(55, 210, columns, rows, Look(rules="rows")) + 24
    totals = [("Summe netto", sample.money(inv.subtotal))]
    totals += [(f"USt {row.rate:f} % von {sample.money(row.base)}", sample.money(row.amount)) for row in inv.taxes]
    totals += [("Summe USt", sample.money(inv.tax_amount)), ("Gesamtbetrag EUR", sample.money(inv.total_amount))]
    sheet.pairs(330, y, totals, width=210, bold_last=True)
    sheet.text(55, 790, f"Bankverbindung: {s.bank}, IBAN {s.spaced_iban}, BIC {s.bic}", size=8)


def sidebar(sheet: Sheet, sample: Sample) -> None:
    """All about the maker in a coloured column on the left; a table without lines."""
    s, b, inv = sample.seller, sample.buyer, sample.invoice
    sheet.box(0, 0, 150, sheet.height, fill="#e3eef4")
    sheet.lines(18, 60, ["RIJNSTROOM", "FIETSEN"], size=15, leading=17, bold=True, color="#12506e")
    y = sheet.lines(18, 120, [s.name, s.street, s.city], size=8.5)
    y = sheet.lines(18, y + 14, [f"Tel. {s.phone}", "administratie@", "rijnstroom.example"], size=8.5)
    y = sheet.lines(18, y + 14, [s.register, "Btw-nummer", s.tax_id], size=8.5)
    sheet.lines(18, y + 14, ["IBAN", s.spaced_iban, f"BIC {s.bic}"], size=8.5)
    sheet.text(180, 66, "Factuur", size=24, color="#12506e")
    sheet.text(180, 104, "Aan", size=8, color="#777777")
    sheet.lines(180, 118, [b.name, b.street, b.city], size=10, leading=13)
    facts = [
        ("Factuurnummer", inv.invoice_number or ""),
        ("Factuurdatum", sample.day(inv.invoice_date)),
        ("Vervaldatum", sample.day(inv.due_date)),
    ]
    sheet.pairs(385, 118, facts, width=95, right=False)
    columns = [
        Column("Omschrijving", 165),
        Column("Aantal", 50, "right"),
        Column("Prijs", 65, "right"),
        Column("Bedrag", 80, "right"),
    ]
    rows = [
        [
            i.description or "",
            sample.quantity(i.quantity),
            "€ " + sample.money(i.unit_price),
            "€ " + sample.money(i.amount),
        ]
        for i in inv.line_items
    ]
    y = sheet.table(180, 200, columns, rows, Look(rules="none", header_color="#12506e", leading=14, pad=5)) + 30
    totals = [
        ("Subtotaal excl. btw", "€ " + sample.money(inv.subtotal)),
        ("21% btw", "€ " + sample.money(inv.tax_amount)),
        ("Totaal te betalen", "€ " + sample.money(inv.total_amount)),
    ]
    y = sheet.pairs(350, y, totals, width=188, leading=15, bold_last=True)
    sheet.text(
        180,
        y + 40,
        f"Gelieve te betalen vóór {sample.day(inv.due_date)} onder vermelding van het factuurnummer.",
        size=8,
    )


def payment_part(sheet: Sheet, sample: Sample) -> None:
    """A Swiss letter with the address on the right and a payment part below."""
    s, b, inv = sample.seller, sample.buyer, sample.invoice
    sheet.lines(60, 60, [s.name], size=13, bold=True)
    sheet.lines(60, 75, [s.street, s.city, f"Telefon {s.phone}", s.email, s.tax_id], size=8.5, leading=11)
    sheet.lines(340, 130, [b.name, "Rechnungswesen", b.street, b.city], size=10, leading=13)
    sheet.text(60, 225, f"{s.city.split(' ', 1)[1]}, {sample.day(inv.invoice_date)}", size=10)
    sheet.text(60, 255, f"Rechnung Nr. {inv.invoice_number}", size=13, bold=True)
    sheet.text(60, 273, f"Zahlbar bis {sample.day(inv.due_date)}, netto, in CHF", size=9)
    columns = [
        Column("Leistung", 230),
        Column("Anzahl", 60, "right"),
        Column("Ansatz", 85, "right"),
        Column("Betrag CHF", 95, "right"),
    ]
    rows = sample.rows("description", "quantity", "unit_price", "amount")
    y = sheet.table(60, 290, columns, rows, Look(rules="header", size=9.5, leading=13)) + 20
    totals = [
        ("Total exkl. MWST", sample.money(inv.subtotal)),
        ("MWST 8.1 %", sample.money(inv.tax_amount)),
        ("Total inkl. MWST", sample.money(inv.total_amount)),
    ]
    sheet.pairs(320, y, totals, width=206, leading=14, bold_last=True)
    sheet.rule(0, 595, sheet.width, weight=0.4)
    sheet.text(30, 618, "Empfangsschein", size=11, bold=True)
    sheet.lines(30, 640, ["Konto / Zahlbar an", s.spaced_iban, s.name, s.street, s.city], size=8, leading=10)
    sheet.text(215, 618, "Zahlteil", size=11, bold=True)
    sheet.lines(215, 640, ["Währung", "CHF"], size=8, leading=11)
    sheet.lines(275, 640, ["Betrag", sample.money(inv.total_amount).replace("'", " ")], size=8, leading=11)
    sheet.lines(380, 640, ["Konto / Zahlbar an", s.spaced_iban, s.name, s.street, s.city], size=9, leading=11)
    sheet.lines(380, 710, ["Zahlbar durch", b.name, b.street, b.city], size=9, leading=11)
