"""Layouts of French, Spanish, Italian and Portuguese makers."""

from __future__ import annotations

from samples.books import Sample
from samples.sheet import Column, Look, Sheet


def grid(sheet: Sheet, sample: Sample) -> None:
    """A French invoice with everything in a grid and the VAT by rate in a table of its own."""
    s, b, inv = sample.seller, sample.buyer, sample.invoice
    sheet.text(45, 58, s.name, size=15, bold=True, color="#7a5c00")
    sheet.lines(45, 74, [s.street, s.city, f"Tél. {s.phone}", s.email], size=8.5, leading=11)
    sheet.box(335, 100, 215, 74, stroke="#444444")
    sheet.lines(345, 118, [b.name, b.street, b.city, b.country], size=10, leading=13)
    sheet.text(45, 160, f"FACTURE N° {inv.invoice_number}", size=13, bold=True)
    sheet.text(45, 176, f"Date : {sample.day(inv.invoice_date)}", size=9)
    sheet.text(45, 190, f"Date d'échéance : {sample.day(inv.due_date)}", size=9)
    columns = [
        Column("Réf.", 55),
        Column("Désignation", 195),
        Column("Qté", 45, "right"),
        Column("PU HT", 70, "right"),
        Column("TVA", 50, "right"),
        Column("Montant HT", 90, "right"),
    ]
    rows = sample.rows("item_code", "description", "quantity", "unit_price", "tax_rate %", "amount")
    y = sheet.table(45, 215, columns, rows, Look(rules="all", header_fill="#f3ead2", pad=4)) + 20
    vat = [Column("Taux TVA", 60, "right"), Column("Base HT", 80, "right"), Column("Montant TVA", 85, "right")]
    sheet.table(
        45,
        y,
        vat,
        [[f"{r.rate:f} %", sample.money(r.base), sample.money(r.amount)] for r in inv.taxes],
        Look(rules="all", size=8.5),
    )
    totals = [
        ("Total HT", sample.money(inv.subtotal, sign=True)),
        ("Total TVA", sample.money(inv.tax_amount, sign=True)),
        ("Total TTC", sample.money(inv.total_amount, sign=True)),
    ]
    sheet.pairs(365, y + 14, totals, width=180, leading=17, size=10, bold_last=True)
    sheet.text(45, y + 110, "Règlement à 30 jours par virement. Pénalités de retard : 10 % l'an.", size=8)
    sheet.lines(
        297,
        785,
        [f"{s.register} - TVA intracommunautaire {s.tax_id}", f"IBAN {s.spaced_iban} - BIC {s.bic}"],
        size=7.5,
        leading=10,
        align="center",
    )


def centred(sheet: Sheet, sample: Sample) -> None:
    """A craftsman's invoice in a serif face, centred letterhead, with a down payment already made."""
    s, b, inv = sample.seller, sample.buyer, sample.invoice
    sheet.text(297, 62, s.name, size=20, align="center")
    sheet.lines(
        297,
        80,
        ["Menuiserie - Ébénisterie", f"{s.street}, {s.city} - {s.phone}"],
        size=9.5,
        align="center",
        color="#555555",
    )
    sheet.rule(200, 102, 395)
    sheet.lines(60, 140, ["Facturé à :", b.name, b.street, b.city], size=10.5, leading=14)
    sheet.pairs(
        350,
        140,
        [
            ("Facture n°", inv.invoice_number or ""),
            ("Date de facture", sample.day(inv.invoice_date)),
            ("Échéance", sample.day(inv.due_date)),
        ],
        width=95,
        size=10.5,
        leading=14,
        right=False,
    )
    columns = [
        Column("Description", 260),
        Column("Quantité", 60, "right"),
        Column("Prix unitaire", 80, "right"),
        Column("Total HT", 75, "right"),
    ]
    rows = sample.rows("description", "quantity", "unit_price", "amount")
    y = sheet.table(60, 220, columns, rows, Look(rules="header", size=10.5, leading=14, pad=5)) + 26
    totals = [
        ("Total HT", sample.money(inv.subtotal, sign=True)),
        ("TVA 20 %", sample.money(inv.tax_amount, sign=True)),
        ("Total TTC", sample.money(inv.total_amount, sign=True)),
        ("Acompte versé", "-" + sample.money(inv.amount_paid, sign=True)),
        ("Net à payer", sample.money(inv.amount_due, sign=True)),
    ]
    y = sheet.pairs(350, y, totals, width=185, leading=16, size=10.5, bold_last=True)
    sheet.lines(
        60, y + 40, [f"Règlement par virement : {s.bank}", f"IBAN : {s.spaced_iban}", f"BIC : {s.bic}"], size=9.5
    )
    sheet.text(297, 800, f"{s.register} - N° TVA {s.tax_id}", size=8.5, align="center")


def airy(sheet: Sheet, sample: Sample) -> None:
    """A Spanish invoice without any line: letterhead on the right, the VAT by rate under the base."""
    s, b, inv = sample.seller, sample.buyer, sample.invoice
    sheet.text(545, 60, s.name, size=13, bold=True, align="right", color="#4b6b1a")
    sheet.lines(545, 76, [s.street, s.city, f"NIF: {s.tax_id}", s.phone, s.email], size=8.5, leading=11, align="right")
    sheet.text(55, 70, "FACTURA", size=22, color="#4b6b1a")
    if sample.extra.get("stamp"):
        sheet.text(55, 100, sample.extra["stamp"], size=12, bold=True, color="#aa0000")
    sheet.pairs(
        55,
        160,
        [
            ("Número de factura", inv.invoice_number or ""),
            ("Fecha de factura", sample.day(inv.invoice_date)),
            ("Fecha de vencimiento", sample.day(inv.due_date)),
        ],
        width=110,
        leading=15,
        right=False,
    )
    sheet.text(340, 160, "Cliente", size=8, color="#777777")
    sheet.lines(340, 174, [b.name, b.street, b.city], size=10, leading=13)
    columns = [
        Column("Concepto", 215),
        Column("Cantidad", 60, "right"),
        Column("Precio", 70, "right"),
        Column("IVA", 50, "right"),
        Column("Importe", 95, "right"),
    ]
    rows = [
        [
            i.description or "",
            sample.quantity(i.quantity),
            sample.money(i.unit_price, sign=True),
            f"{i.tax_rate:f} %",
            sample.money(i.amount, sign=True),
        ]
        for i in inv.line_items
    ]
    y = sheet.table(51, 245, columns, rows, Look(rules="none", leading=14, pad=6)) + 34
    totals = [("Base imponible", sample.money(inv.subtotal, sign=True))]
    totals += [(f"IVA {r.rate:f} % s/ {sample.money(r.base)}", sample.money(r.amount, sign=True)) for r in inv.taxes]
    totals += [
        ("Total IVA", sample.money(inv.tax_amount, sign=True)),
        ("TOTAL FACTURA", sample.money(inv.total_amount, sign=True)),
    ]
    sheet.pairs(330, y, totals, width=207, leading=17, size=10, bold_last=True)
    sheet.lines(
        55, 760, ["Forma de pago: transferencia bancaria a 30 días", f"{s.bank} - IBAN: {s.spaced_iban}"], size=9
    )


def boxes(sheet: Sheet, sample: Sample) -> None:
    """An Italian fattura: facts in labelled boxes, a strip of totals at the foot of the page."""
    s, b, inv = sample.seller, sample.buyer, sample.invoice
    sheet.text(40, 55, s.name, size=15, bold=True)
    sheet.lines(
        40,
        70,
        [f"{s.street} - {s.city}", f"P.IVA {s.tax_id} - {s.register}", f"Tel. {s.phone} - {s.email}"],
        size=8.5,
        leading=11,
    )
    sheet.box(330, 112, 225, 62, stroke="#555555")
    sheet.text(336, 122, "Spett.le", size=7.5, color="#555555")
    sheet.lines(336, 136, [b.name, b.street, b.city], size=10, leading=13)
    facts = [
        ("Tipo documento", "Fattura", 90),
        ("Numero fattura", inv.invoice_number or "", 95),
        ("Data fattura", sample.day(inv.invoice_date), 90),
        ("Scadenza", sample.day(inv.due_date), 90),
        ("Pagamento", "Bonifico 30 gg", 150),
    ]
    x = 40.0
    for label, value, width in facts:
        sheet.box(x, 190, width, 32, stroke="#555555")
        sheet.text(x + 4, 201, label, size=7.5, color="#555555")
        sheet.text(x + 4, 216, value, size=10)
        x += width
    columns = [
        Column("Codice", 60),
        Column("Descrizione", 205),
        Column("U.M.", 35, "center"),
        Column("Q.tà", 50, "right"),
        Column("Prezzo", 55, "right"),
        Column("IVA", 35, "right"),
        Column("Importo", 75, "right"),
    ]
    rows = [
        [
            i.item_code or "",
            i.description or "",
            i.unit or "",
            sample.quantity(i.quantity),
            sample.quantity(i.unit_price) if i.unit_price and i.unit_price < 1 else sample.money(i.unit_price),
            f"{i.tax_rate:f}",
            sample.money(i.amount),
        ]
        for i in inv.line_items
    ]
    sheet.table(40, 235, columns, rows, Look(rules="header", header_fill="#e8e8e8", size=9.5))
    vat = [Column("Aliquota IVA", 80, "right"), Column("Imponibile", 85, "right"), Column("Imposta", 80, "right")]
    sheet.table(
        40,
        660,
        vat,
        [[f"{r.rate:f} %", sample.money(r.base), sample.money(r.amount)] for r in inv.taxes],
        Look(rules="rows"),
    )
    totals = [
        ("Totale imponibile", sample.money(inv.subtotal)),
        ("Totale IVA", sample.money(inv.tax_amount)),
        ("Totale fattura EUR", sample.money(inv.total_amount)),
    ]
    sheet.box(345, 656, 210, 62, stroke="#555555")
    sheet.pairs(352, 673, totals, width=196, leading=18, size=10.5, bold_last=True)
    sheet.text(40, 770, f"Banca d'appoggio: {s.bank}  IBAN {s.spaced_iban}  BIC {s.bic}", size=8.5)


def signature(sheet: Sheet, sample: Sample) -> None:
    """A Portuguese fatura as certified software prints it, customer on the right, summary on the left."""
    s, b, inv = sample.seller, sample.buyer, sample.invoice
    sheet.text(50, 60, s.name, size=14, bold=True, color="#6b3e12")
    sheet.lines(50, 75, [s.street, s.city, f"NIF: {s.tax_id}", f"Telefone {s.phone}", s.email], size=8.5, leading=11)
    sheet.lines(340, 120, ["Exmo.(s) Sr.(s)"], size=8, color="#777777")
    sheet.lines(340, 134, [b.name, b.street, b.city], size=10, leading=13)
    sheet.text(50, 200, "Fatura", size=16, bold=True)
    sheet.text(545, 200, "Original", size=9, align="right")
    head = [
        Column("N.º da fatura", 130),
        Column("Data de emissão", 120),
        Column("Data de vencimento", 125),
        Column("Condições", 120),
    ]
    sheet.table(
        50,
        212,
        head,
        [[inv.invoice_number or "", sample.day(inv.invoice_date), sample.day(inv.due_date), "30 dias"]],
        Look(rules="rows"),
    )
    columns = [
        Column("Descrição", 220),
        Column("Qtd.", 50, "right"),
        Column("Preço unit.", 75, "right"),
        Column("IVA %", 50, "right"),
        Column("Valor", 100, "right"),
    ]
    rows = sample.rows("description", "quantity", "unit_price", "tax_rate", "amount")
    y = sheet.table(50, 275, columns, rows, Look(rules="header", header_fill="#efe6dc", pad=5)) + 26
    totals = [
        ("Total líquido", sample.money(inv.subtotal)),
        ("Total IVA (23%)", sample.money(inv.tax_amount)),
        ("Total a pagar (EUR)", sample.money(inv.total_amount)),
    ]
    sheet.pairs(340, y, totals, width=201, leading=16, size=10, bold_last=True)
    sheet.lines(50, 745, [f"Pagamento por transferência: {s.bank}", f"IBAN {s.spaced_iban}"], size=9)
    sheet.text(50, 805, "k7Qd-Processado por programa certificado", size=7, color="#777777")
