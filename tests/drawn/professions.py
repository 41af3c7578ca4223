"""Documents of professions and services: withholding, hours, retainers, seats by the day, valued work."""

from __future__ import annotations

from decimal import Decimal

from tests.drawn.labels import Label, label, line, other_file, page, total
from tests.drawn.sheet import Numbers, Sheet, cents

EURO = Numbers(".", ",")
US = Numbers(",", ".")


@page("g03.pdf", "el", "GR")
def surveyors(s: Sheet) -> Label:
    """A Greek office: series and number apart, tax withheld below the total, two columns of particulars."""
    s.style("sans", 8.5)
    s.text(45, 50, "ΑΙΓΑΙΟΝ ΤΟΠΟΓΡΑΦΙΚΗ Ο.Ε.", 13, bold=True)
    s.lines(45, 64, ["Τοπογραφικές και κτηματολογικές μελέτες", "Λεωφ. Δημοκρατίας 55, 85100 Ρόδος",
                     "ΑΦΜ: 099147300  ΔΟΥ: Ρόδου", "Τηλ. 22410 55501"], 7.5)  # fmt: skip
    s.text(550, 50, "ΤΙΜΟΛΟΓΙΟ ΠΑΡΟΧΗΣ ΥΠΗΡΕΣΙΩΝ", 11, bold=True, align="right")
    s.pairs(380, 550, 68, [("Σειρά", "Α"), ("Αριθμός", "412"), ("Ημερομηνία", "05/11/2025")], align="right")
    s.box(45, 120, 505, 62)
    s.pairs(52, 130, 134, [("Επωνυμία", "ΞΕΝΟΔΟΧΕΙΑΚΗ ΛΙΝΔΟΥ Α.Ε."), ("Διεύθυνση", "Ακτή Βλυχών, 85107 Λίνδος"),
                           ("ΑΦΜ", "800442178"), ("ΔΟΥ", "ΦΑΕ Πειραιά")])  # fmt: skip
    items = [
        line("Τοπογραφική αποτύπωση οικοπέδου", "1", "2400.00", tax_rate="24"),
        line("Σύνταξη διαγράμματος", "3", "280.00", tax_rate="24"),
        line("Αυτοψία, ώρες", "5.5", "60.00", tax_rate="24"),
    ]
    y = s.table(45, 200, [("Περιγραφή", 235, "left"), ("Ποσ.", 50, "right"), ("Τιμή", 75, "right"),
                          ("ΦΠΑ %", 50, "right"), ("Αξία", 95, "right")], [
        (i["description"], i["quantity"].replace(".", ","), EURO(i["unit_price"]), "24", EURO(i["amount"]))
        for i in items
    ], grid="rows")  # fmt: skip
    net = total(items)
    tax, held = cents(net * Decimal("0.24")), cents(net * Decimal("0.2"))
    s.pairs(330, 547, y + 12, [("Καθαρή αξία", EURO(net)), ("ΦΠΑ 24%", EURO(tax)),
                               ("Συνολική αξία", EURO(net + tax)), ("Παρακράτηση φόρου 20%", EURO(-held)),
                               ("Πληρωτέο ποσό", "€ " + EURO(net + tax - held))], align="right")  # fmt: skip
    s.text(45, 700, "Εθνική Τράπεζα IBAN GR19 0110 1250 0000 0001 2300 447")
    return label(
        items, invoice_number="412", invoice_number_alternatives=["Α 412", "Α412", "Α-412", "A 412"],
        invoice_date="2025-11-05", currency="EUR", vendor_name="ΑΙΓΑΙΟΝ ΤΟΠΟΓΡΑΦΙΚΗ Ο.Ε.",
        vendor_tax_id="099147300", vendor_tax_id_alternatives=["EL099147300"],
        buyer_name="ΞΕΝΟΔΟΧΕΙΑΚΗ ΛΙΝΔΟΥ Α.Ε.", buyer_tax_id="800442178", subtotal=net, tax_amount=tax,
        total_amount=net + tax, withholding_amount=held, amount_due=net + tax - held,
        iban="GR1901101250000000012300447",
    )  # fmt: skip


@page("g09.pdf", "de", "AT")
def fee_note(s: Sheet) -> Label:
    """An architect's fee note: a running text instead of a letterhead, sender in the foot only, share of a fee."""
    s.style("serif", 9.5)
    s.lines(60, 120, ["Marktgemeinde Kaltenleutgeben", "Bauamt", "Hauptstraße 78", "2391 Kaltenleutgeben"])
    s.text(530, 200, "Mödling, am 6. November 2025", align="right")
    s.text(60, 230, "Honorarnote 2025/31", 12, bold=True)
    s.lines(60, 250, ["Zubau Volksschule, Ihr Auftrag vom 3. März 2025, GZ 131-4/2025", "",
                      "Sehr geehrte Damen und Herren,", "",
                      "für unsere Leistungen im Oktober 2025 erlauben wir uns zu verrechnen:"])  # fmt: skip
    items = [
        line("Ausführungsplanung, 40 % von 28.400,00", "1", "11360.00"),
        line("Örtliche Bauaufsicht, Stunden", "36.5", "98.00"),
        line("Nebenkosten pauschal", "1", "450.00"),
    ]
    y = s.table(60, 335, [("Leistung", 225, "left"), ("Anzahl", 60, "right"), ("Satz EUR", 85, "right"),
                          ("EUR", 100, "right")], [
        (i["description"], i["quantity"].replace(".", ","), EURO(i["unit_price"]), EURO(i["amount"])) for i in items
    ], grid="head")  # fmt: skip
    net = total(items)
    tax = cents(net * Decimal("0.2"))
    s.pairs(320, 527, y + 5, [("Honorar netto", EURO(net)), ("20 % Umsatzsteuer", EURO(tax)),
                              ("Honorar brutto", EURO(net + tax))], align="right")  # fmt: skip
    s.lines(60, y + 75, ["Wir ersuchen um Überweisung binnen 30 Tagen ohne Abzug.", "", "Mit freundlichen Grüßen",
                         "DI Judith Aichinger"])  # fmt: skip
    s.rule(60, 775, 530)
    s.text(297, 788, "Aichinger Trost Architekten ZT GmbH · Enzersdorfer Straße 9 · 2340 Mödling · FN 301447 k",
           7, align="center")  # fmt: skip
    s.text(297, 799, "UID ATU66301478 · IBAN AT05 1904 3002 3457 1881 · BIC RLNWATWWGTD", 7, align="center")
    return label(
        items, invoice_number="2025/31", invoice_date="2025-11-06", currency="EUR",
        vendor_name="Aichinger Trost Architekten ZT GmbH", vendor_tax_id="ATU66301478",
        buyer_name="Marktgemeinde Kaltenleutgeben", subtotal=net, tax_amount=tax, total_amount=net + tax,
        iban="AT051904300234571881", open_fields=("due_date", "amount_due", "purchase_order"),
    )  # fmt: skip


@page("g15.pdf", "en", "US")
def attorneys(s: Sheet) -> Label:
    """A law office: entries with dates and initials, costs apart, money held in trust applied, no tax."""
    s.style("times", 10)
    s.text(306, 55, "BRANNOCK & TILDEN LLP", 15, bold=True, align="center")
    s.text(306, 69, "Attorneys at Law · 220 Commercial Street, Suite 9 · Portland, Maine 04101", 8.5, align="center")
    s.text(306, 81, "Federal Tax ID 01-4471882", 8.5, align="center")
    s.lines(60, 120, ["Casco Shellfish Cooperative, Inc.", "Attn: Ruth Pelletier", "41 Union Wharf",
                      "Portland, ME 04101"])  # fmt: skip
    s.pairs(360, 450, 120, [("Invoice No.", "58814"), ("Invoice Date", "11/03/2025"), ("Matter", "0771-002"),
                            ("Billed through", "10/31/2025")])  # fmt: skip
    raw = (
        ("10/06/2025", "JBT", "Review lease and correspondence with landlord", "1.8", "385.00"),
        ("10/14/2025", "JBT", "Telephone conference with client re: renewal", "0.6", "385.00"),
        ("10/21/2025", "MKO", "Draft amendment to lease", "3.4", "260.00"),
    )
    items = [line(text, hours, rate) for _, _, text, hours, rate in raw]
    s.text(60, 205, "Professional services", 11, bold=True)
    y = s.table(60, 212, [("Date", 65, "left"), ("Atty", 35, "left"), ("Description", 225, "left"),
                          ("Hours", 45, "right"), ("Rate", 55, "right"), ("Amount", 70, "right")], [
        (r[0], r[1], i["description"], i["quantity"], US(i["unit_price"]), US(i["amount"]))
        for r, i in zip(raw, items, strict=True)
    ], grid="head")  # fmt: skip
    costs = line("Filing fee, Cumberland County Registry of Deeds", None, None, "37.00")
    s.text(60, y + 5, "Costs advanced", 11, bold=True)
    s.text(63, y + 22, "10/28/2025")
    s.text(163, y + 22, costs["description"])
    s.text(552, y + 22, costs["amount"], align="right")
    fees, trust = total(items), Decimal("1000.00")
    gross = fees + Decimal("37.00")
    s.pairs(300, 552, y + 55, [("Total fees", "$" + US(fees)), ("Total costs", "$37.00"),
                               ("Total this invoice", "$" + US(gross)),
                               ("Less payment from trust account 11/03/2025", "($" + US(trust) + ")"),
                               ("Balance due", "$" + US(gross - trust))], align="right")  # fmt: skip
    s.text(60, 700, "Due upon receipt. Checks payable to Brannock & Tilden LLP. Thank you.", 9)
    return label(
        [*items, costs], invoice_number="58814", invoice_date="2025-11-03", currency="USD",
        vendor_name="Brannock & Tilden LLP", vendor_tax_id="01-4471882", buyer_name="Casco Shellfish Cooperative, Inc.",
        total_amount=gross, amount_paid=trust, amount_due=gross - trust,
        open_fields=("due_date", "tax_amount", "subtotal"),
    )  # fmt: skip


@other_file("g16.eml", "en", "GB")
def seats() -> tuple[bytes, Label]:
    """Software by the seat as plain text in a mail: part of a month given back, part charged, paid by card later."""
    items = [
        line("Unused time on Team (8 seats) after 12 Nov 2025", "1", "-57.60"),
        line("Remaining time on Business (12 seats) after 12 Nov 2025", "1", "129.60"),
        line("Business, 12 seats, 1 Dec - 31 Dec 2025", "12", "18.00"),
    ]
    net = total(items)
    tax = cents(net * Decimal("0.2"))
    rows = "".join(f"{i['description']:<58}{i['quantity']:>5}{i['unit_price']:>10}{i['amount']:>12}\n" for i in items)
    body = f"""From: Fernhollow Billing <billing@fernhollow.example>
To: accounts@tidewellstudios.example
Subject: Invoice FH-20251201-0417 from Fernhollow Software Ltd
Date: Mon, 01 Dec 2025 06:00:09 +0000
Message-ID: <20251201060009.417@fernhollow.example>
MIME-Version: 1.0
Content-Type: text/plain; charset=utf-8
Content-Transfer-Encoding: 8bit

Hi,

here is your invoice for December.

Fernhollow Software Ltd
2 Tannery Yard, Bermondsey, London SE1 3XN
VAT number: GB804417705

Invoice number: FH-20251201-0417
Invoice date: 1 December 2025
Due date: 8 December 2025
Customer: Tidewell Studios Limited
Customer VAT number: GB914223303

{"Description":<58}{"Qty":>5}{"Price":>10}{"Amount GBP":>12}
{rows}
{"Subtotal":<70}{net:>15}
{"VAT 20%":<70}{tax:>15}
{"Total":<70}{"£" + str(net + tax):>15}
{"Amount due":<70}{"£" + str(net + tax):>15}

We will charge your card ending in 4417 on 8 December 2025.

Questions? Just answer this mail.
"""
    return body.replace("\n", "\r\n").encode(), label(
        items, invoice_number="FH-20251201-0417", invoice_date="2025-12-01", due_date="2025-12-08", currency="GBP",
        vendor_name="Fernhollow Software Ltd", vendor_tax_id="GB804417705", buyer_name="Tidewell Studios Limited",
        buyer_tax_id="GB914223303", subtotal=net, tax_amount=tax, total_amount=net + tax, amount_due=net + tax,
    )  # fmt: skip


@page("g21.pdf", "en", "AU")
def concreters(s: Sheet) -> Label:
    """A progress claim as tax invoice: share of each item done, retention taken off before GST, totals at the left."""
    s.style("helv", 9)
    s.text(550, 55, "Banksia Concrete Pty Ltd", 14, bold=True, align="right")
    s.lines(550, 70, ["ABN 79 604 417 822", "8 Quarry Road, Yatala QLD 4207"], 8, align="right")
    s.text(45, 100, "TAX INVOICE - PROGRESS CLAIM 3", 12, bold=True)
    s.pairs(45, 140, 125, [("Invoice No", "BC-1471"), ("Date", "31 October 2025"), ("Project", "Coomera Fire Station"),
                           ("Your order", "PO-20417")])  # fmt: skip
    s.lines(340, 125, ["To: Hadley Rourke Constructions Pty Ltd", "Level 2, 71 Scarborough Street",
                       "Southport QLD 4215"])  # fmt: skip
    items = [
        line("Slab on ground 150 mm", None, None, "18240.00"),
        line("Kerb and channel", None, None, "6150.00"),
        line("Footings stage 2", None, None, "9405.00"),
    ]
    done = (("30,400.00", "60%"), ("12,300.00", "50%"), ("9,900.00", "95%"))
    y = s.table(45, 205, [("Item", 195, "left"), ("Contract value", 100, "right"), ("This claim %", 90, "right"),
                          ("This claim $", 120, "right")],
                [(i["description"], *d, US(i["amount"])) for i, d in zip(items, done, strict=True)],
                grid="all")  # fmt: skip
    claimed = total(items)
    held = cents(claimed * Decimal("0.05"))
    net = claimed - held
    tax = cents(net / 10)
    s.pairs(45, 260, y + 10, [("Total this claim", US(claimed)), ("Less retention 5%", "-" + US(held)),
                              ("Subtotal ex GST", US(net)), ("GST 10%", US(tax)),
                              ("Amount payable", "$" + US(net + tax))], align="right")  # fmt: skip
    s.text(45, 690, "Payment due 25 business days after the claim. BSB 064-117 Account 1044 7188")
    return label(
        items, invoice_number="BC-1471", invoice_date="2025-10-31", currency="AUD", purchase_order="PO-20417",
        vendor_name="Banksia Concrete Pty Ltd", vendor_tax_id="79604417822",
        vendor_tax_id_alternatives=["79 604 417 822"], buyer_name="Hadley Rourke Constructions Pty Ltd",
        discount_total=held, subtotal=net, tax_amount=tax, total_amount=net + tax, amount_due=net + tax,
        open_fields=("due_date",),
    )  # fmt: skip
