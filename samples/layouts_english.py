"""Layouts of American, British and Irish makers."""

from __future__ import annotations

from samples.books import Sample
from samples.sheet import Column, Look, Sheet


def banner(sheet: Sheet, sample: Sample) -> None:
    """A colour band with the word INVOICE, bill-to beside ship-to, discount, shipping and sales tax."""
    s, b, inv = sample.seller, sample.buyer, sample.invoice
    sheet.box(0, 0, sheet.width, 84, fill="#1c4e80")
    sheet.text(45, 50, s.name, size=17, bold=True, color="#ffffff")
    sheet.text(565, 54, "INVOICE", size=26, bold=True, align="right", color="#ffffff")
    sheet.lines(45, 104, [s.street, s.city, f"{s.phone}  |  {s.email}", f"Federal Tax ID: {s.tax_id}"], size=8.5)
    facts = [
        ("Invoice #", inv.invoice_number or ""),
        ("Invoice Date", sample.day(inv.invoice_date)),
        ("P.O. Number", inv.purchase_order or ""),
        ("Terms", "Net 30"),
        ("Due Date", sample.day(inv.due_date)),
    ]
    sheet.pairs(385, 104, facts, width=180)
    for x, label in ((45, "BILL TO"), (225, "SHIP TO")):
        sheet.text(x, 180, label, size=8, bold=True, color="#1c4e80")
        sheet.lines(x, 194, [b.name, b.street, b.city], size=9.5)
    columns = [
        Column("SKU", 65),
        Column("Description", 215),
        Column("Qty", 50, "right"),
        Column("Rate", 90, "right"),
        Column("Amount", 100, "right"),
    ]
    rows = sample.rows("item_code", "description", "quantity", "unit_price", "amount")
    look = Look(rules="none", header_fill="#dbe7f3", header_color="#1c4e80", zebra="#f4f7fa", pad=5)
    y = sheet.table(45, 250, columns, rows, look) + 24
    totals = [
        ("Subtotal", sample.money(inv.subtotal, sign=True)),
        ("Discount", f"-{sample.money(inv.discount_total, sign=True)}"),
        ("Sales Tax (8.25%)", sample.money(inv.tax_amount, sign=True)),
        ("Shipping", sample.money(inv.charge_total, sign=True)),
        ("Total", sample.money(inv.total_amount, sign=True)),
    ]
    y = sheet.pairs(375, y, totals, width=185, leading=16, size=10, bold_last=True)
    sheet.rule(370, y - 26, 565)
    sheet.text(
        45, y + 30, "Thank you for your business. Please make checks payable to the company named above.", size=8.5
    )


def typewriter(sheet: Sheet, sample: Sample) -> None:
    """A freight bill as an old dispatch system prints it: one fixed-width font, no lines, no tax."""
    s, b, inv = sample.seller, sample.buyer, sample.invoice
    sheet.text(306, 56, s.name.upper(), size=14, bold=True, align="center")
    sheet.lines(306, 72, [f"{s.street}, {s.city}", f"PHONE {s.phone}"], align="center")
    sheet.text(306, 116, "FREIGHT INVOICE", size=12, bold=True, align="center")
    sheet.pairs(
        54,
        150,
        [
            ("INVOICE NO:", inv.invoice_number or ""),
            ("INVOICE DATE:", sample.day(inv.invoice_date)),
            ("PO NUMBER:", inv.purchase_order or ""),
        ],
        width=90,
        right=False,
    )
    sheet.pairs(
        330,
        150,
        [("DUE DATE:", sample.day(inv.due_date)), ("PRO NO:", "772-018845"), ("WEIGHT:", "2,860 LB")],
        width=80,
        right=False,
    )
    sheet.lines(54, 212, ["BILL TO:", b.name, b.street, b.city])
    columns = [
        Column("DESCRIPTION", 290),
        Column("QTY", 40, "right"),
        Column("RATE", 80, "right"),
        Column("AMOUNT", 94, "right"),
    ]
    rows = sample.rows("description", "quantity", "unit_price", "amount")
    y = sheet.table(54, 275, columns, rows, Look(rules="none", pad=3)) + 18
    sheet.text(340, y, "TOTAL DUE (USD)", bold=True)
    sheet.text(555, y, sample.money(inv.total_amount, sign=True), bold=True, align="right")
    sheet.lines(
        54,
        700,
        [
            "Remit to the address above. A charge of 1.5% per month applies to past due balances.",
            f"Questions: {s.email}",
        ],
        size=8,
    )


def remittance(sheet: Sheet, sample: Sample) -> None:
    """A British invoice or credit note with a VAT column and a slip to send back with the payment."""
    s, b, inv = sample.seller, sample.buyer, sample.invoice
    credit = inv.document_type == "credit_note"
    sheet.lines(50, 56, [s.name], size=15, bold=True)
    sheet.lines(50, 72, [s.street, s.city, f"Tel: {s.phone}", s.email], size=8.5, leading=11)
    sheet.text(545, 60, "CREDIT NOTE" if credit else "INVOICE", size=18, align="right")
    sheet.text(545, 78, f"VAT Reg No: {s.tax_id}", size=8.5, align="right")
    sheet.lines(50, 150, ["Credit to:" if credit else "Invoice to:"], size=8, color="#666666")
    sheet.lines(50, 164, ["Accounts Payable", b.name, b.street, b.city], size=10, leading=13)
    facts = [
        ("Credit Note No" if credit else "Invoice No", inv.invoice_number or ""),
        ("Date", sample.day(inv.invoice_date)),
    ]
    if credit:
        facts.append(("Original Invoice", sample.extra["refers_to"]))
    else:
        facts += [("Your Order No", inv.purchase_order or ""), ("Payment Due", sample.day(inv.due_date))]
    sheet.pairs(360, 164, facts, width=185, leading=15)
    columns = [
        Column("Quantity", 55, "right"),
        Column("Description", 235),
        Column("Unit Price", 65, "right"),
        Column("VAT %", 45, "right"),
        Column("Net Amount", 95, "right"),
    ]
    rows = sample.rows("quantity", "description", "unit_price", "tax_rate", "amount")
    y = sheet.table(50, 250, columns, rows, Look(rules="all", header_fill="#eeeeee", pad=4)) + 22
    totals = [
        ("Total Net", sample.money(inv.subtotal, sign=True)),
        ("VAT", sample.money(inv.tax_amount, sign=True)),
        ("Total Credit" if credit else "Invoice Total", sample.money(inv.total_amount, sign=True)),
    ]
    sheet.pairs(370, y, totals, width=171, leading=15, bold_last=True)
    if not credit:
        sheet.canvas.setDash(3, 3)
        sheet.rule(30, 690, 565)
        sheet.canvas.setDash()
        sheet.text(50, 708, "REMITTANCE ADVICE", bold=True)
        sheet.lines(50, 724, [f"Please pay {s.name}, {s.bank}", f"IBAN {s.spaced_iban}", f"BIC {s.bic}"], size=8.5)
        sheet.pairs(
            360, 724, [("Our reference", inv.invoice_number or ""), ("Amount paid", "£ ____________")], width=185
        )
    sheet.text(297, 815, s.register, size=7, align="center", color="#666666")


def ledger(sheet: Sheet, sample: Sample) -> None:
    """Many items over several pages: the heading is repeated on each, the totals stand on the last."""
    s, b, inv = sample.seller, sample.buyer, sample.invoice

    def heading() -> float:
        sheet.text(45, 45, s.name, size=13, bold=True)
        sheet.text(550, 45, f"Invoice {inv.invoice_number}", size=10, align="right")
        sheet.text(550, 58, f"Page {sheet.pages}", size=8, align="right")
        sheet.rule(45, 66, 550)
        return 80

    heading()
    sheet.lines(45, 84, [s.street, s.city, s.country, f"VAT No. {s.tax_id}", f"Phone {s.phone}"], size=8.5, leading=11)
    sheet.lines(45, 165, ["Sold to", b.name, b.street, b.city], size=9.5, leading=12.5)
    facts = [
        ("Invoice number:", inv.invoice_number or ""),
        ("Invoice date:", sample.day(inv.invoice_date)),
        ("Customer order:", inv.purchase_order or ""),
        ("Due date:", sample.day(inv.due_date)),
        ("Account:", "AFS001"),
    ]
    sheet.pairs(360, 165, facts, width=90, right=False)
    columns = [
        Column("Part No.", 75),
        Column("Description", 225),
        Column("Qty", 45, "right"),
        Column("Price EUR", 75, "right"),
        Column("Value EUR", 85, "right"),
    ]
    rows = sample.rows("item_code", "description", "quantity", "unit_price", "amount")
    look = Look(rules="rows", leading=16, size=9.5)
    y = sheet.table(45, 240, columns, rows, look, bottom=750, next_page=heading) + 22
    totals = [
        ("Goods total", sample.money(inv.subtotal, sign=True)),
        ("VAT at 23%", sample.money(inv.tax_amount, sign=True)),
        ("Total payable", sample.money(inv.total_amount, sign=True)),
    ]
    y = sheet.pairs(370, y, totals, width=180, leading=15, bold_last=True)
    sheet.lines(
        45,
        y + 20,
        [f"Bank: {s.bank}", f"IBAN: {s.iban}   BIC: {s.bic}", "Goods remain our property until paid in full."],
        size=8.5,
    )


def consignments(sheet: Sheet, sample: Sample) -> None:
    """A carrier's weekly invoice: a line for each parcel and each charge on it."""
    s, b, inv = sample.seller, sample.buyer, sample.invoice
    sheet.box(45, 40, 6, 44, fill="#0b6352")
    sheet.text(60, 62, s.name, size=16, bold=True)
    sheet.text(60, 78, f"{s.street}, {s.city}, {s.country}", size=8.5, color="#555555")
    sheet.text(550, 62, "TAX INVOICE", size=14, bold=True, align="right", color="#0b6352")
    sheet.lines(45, 128, ["Invoice to", b.name, b.street, b.city], size=9.5, leading=12.5)
    facts = [
        ("Invoice number:", inv.invoice_number or ""),
        ("Invoice date:", sample.day(inv.invoice_date)),
        ("Due date:", sample.day(inv.due_date)),
        ("VAT No.:", s.tax_id),
    ]
    sheet.pairs(360, 128, facts, width=90, right=False)
    columns = [
        Column("Consignment No.", 90),
        Column("Ship date", 70),
        Column("Zone", 40, "center"),
        Column("Weight kg", 60, "right"),
        Column("Description", 150),
        Column("Amount EUR", 95, "right"),
    ]
    rows = sample.rows("tracking_number", "ship_date", "zone", "billed_weight", "description", "amount")
    y = sheet.table(45, 225, columns, rows, Look(rules="rows", header_fill="#e4f0ec", pad=4)) + 24
    totals = [
        ("Net total", sample.money(inv.subtotal, sign=True)),
        ("VAT 19 %", sample.money(inv.tax_amount, sign=True)),
        ("Total payable", sample.money(inv.total_amount, sign=True)),
    ]
    sheet.pairs(370, y, totals, width=180, leading=15, bold_last=True)
    sheet.rule(45, 770, 550)
    sheet.text(45, 784, f"{s.bank}   IBAN {s.spaced_iban}   BIC {s.bic}   {s.phone}   {s.email}", size=8)
