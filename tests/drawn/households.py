"""Documents of suppliers that come to every office: electricity, telephone, water, a car for some days, a hotel."""

from __future__ import annotations

from decimal import Decimal

from tests.drawn.labels import Label, amount, label, line, page, total
from tests.drawn.sheet import Numbers, Sheet, cents

EURO = Numbers(".", ",")
PLAIN = Numbers("", ",")
UK = Numbers(",", ".")


@page("h01.pdf", "de", "DE")
def electricity(s: Sheet) -> Label:
    """A year of electricity: meter readings, prices in cents, instalments paid, the next ones with their dates."""
    s.style("helv", 9)
    s.text(545, 50, "Werratal Energie GmbH", 15, bold=True, align="right", color="#00704a")
    s.lines(545, 64, ["Postfach 1204 · 37257 Eschwege", "Servicetelefon 05651 800 420"], 8, align="right")
    s.text(56, 108, "Werratal Energie GmbH · Postfach 1204 · 37257 Eschwege", 6.5)
    s.lines(56, 124, ["Töpferei Hainbuche", "Inh. Swantje Rohloff", "Am Stad 8", "37269 Eschwege"], 10)
    s.pairs(350, 545, 124, [("Kundennummer", "1104 7732"), ("Vertragskonto", "700 118 244"),
                            ("Rechnungsnummer", "VR-25-0098812"), ("Rechnungsdatum", "17.10.2025"),
                            ("Zählernummer", "1EMH0010447718"),
                            ("Verbrauchsstelle", "Am Stad 8, 37269 Eschwege")], 8, align="right")  # fmt: skip
    s.text(56, 225, "Ihre Stromrechnung", 14, bold=True)
    s.text(56, 240, "für den Zeitraum 01.10.2024 bis 30.09.2025 · Produkt Werratal Strom Gewerbe")
    s.table(56, 252, [("Zählerstand alt", 100, "right"), ("Zählerstand neu", 100, "right"), ("Ablesung", 110, "left"),
                      ("Verbrauch", 90, "right")],
            [("48.112", "57.330", "30.09.2025 (Kunde)", "9.218 kWh")], size=8)  # fmt: skip
    items = [
        line("Arbeitspreis", "9218", "0.2645", unit="kWh", tax_rate="19"),
        line("Grundpreis", "365", "0.4110", unit="Tage", tax_rate="19"),
        line("Stromsteuer", "9218", "0.0205", unit="kWh", tax_rate="19"),
    ]
    y = s.table(56, 300, [("Bezeichnung", 190, "left"), ("Menge", 85, "right"), ("Preis netto", 110, "right"),
                          ("Betrag netto", 100, "right")], [
        ("Arbeitspreis", "9.218 kWh", "26,45 ct/kWh", EURO(items[0]["amount"]) + " €"),
        ("Grundpreis", "365 Tage", "41,10 ct/Tag", EURO(items[1]["amount"]) + " €"),
        ("Stromsteuer", "9.218 kWh", "2,05 ct/kWh", EURO(items[2]["amount"]) + " €"),
    ])  # fmt: skip
    net = total(items)
    tax = cents(net * Decimal("0.19"))
    gross = net + tax
    paid = Decimal("2904.00")
    s.pairs(250, 541, y + 4, [("Nettobetrag", EURO(net) + " €"), ("Umsatzsteuer 19 %", EURO(tax) + " €"),
                              ("Bruttobetrag", EURO(gross) + " €"),
                              ("abzüglich gezahlter Abschläge (11 x 264,00 €)", "- " + EURO(paid) + " €"),
                              ("Nachzahlung", EURO(gross - paid) + " €")], align="right")  # fmt: skip
    s.lines(56, y + 100, [
        "Die Nachzahlung buchen wir am 03.11.2025 von Ihrem Konto DE71 0967 **** **** **90 75 ab.",
        "Ihr neuer Abschlag: 282,00 € monatlich, erstmals fällig am 15.11.2025, letztmals am 15.09.2026.",
        "Verbrauch im Vorjahr: 9.704 kWh. Konzessionsabgabe und Netzentgelte sind in den Preisen enthalten.",
    ])  # fmt: skip
    s.lines(56, 785, ["Geschäftsführer: Heiner Wachsmuth · Amtsgericht Eschwege HRB 2044 · USt-IdNr. DE342366712",
                      "Sparkasse Werratal · IBAN DE56 7877 8932 8792 1742 18 · Gläubiger-ID DE11ZZZ00000447718"],
            7)  # fmt: skip
    return label(
        items, invoice_number="VR-25-0098812", invoice_date="2025-10-17", due_date="2025-11-03", currency="EUR",
        vendor_name="Werratal Energie GmbH", vendor_tax_id="DE342366712", buyer_name="Töpferei Hainbuche", subtotal=net,
        tax_amount=tax, total_amount=gross, amount_paid=paid, amount_due=gross - paid,
        open_fields=("iban", "purchase_order"),
    )  # fmt: skip


@page("h02.pdf", "en", "GB")
def broadband(s: Sheet) -> Label:
    """A telephone bill: what was owed and paid before, charges by section, the day on which it is collected."""
    s.style("sans", 8.5)
    s.box(0, 0, 595, 36, fill="#2b2f77", stroke="")
    s.text(40, 24, "Pennine Fibre", 15, bold=True, color="#ffffff")
    s.lines(40, 64, ["Ribblehead Outdoor Centre Ltd", "Accounts", "Station Cottage", "Ribblehead", "LA6 3AS"], 9)
    s.pairs(350, 460, 64, [("Account number", "PF 7718 0442"), ("Bill number", "B0031190"),
                           ("Bill date", "4 November 2025"), ("Bill period", "1 Oct - 31 Oct 2025")])  # fmt: skip
    s.text(40, 150, "Your bill at a glance", 13, bold=True)
    items = [
        line("Business Fibre 500, 1 Nov - 30 Nov", "1", "62.00"),
        line("Digital phone line, 1 Nov - 30 Nov", "2", "9.50"),
        line("Calls to UK mobiles", amount="7.34"),
        line("Calls to international numbers", amount="3.18"),
        line("Static IP address", "1", "5.00"),
    ]
    net = total(items)
    tax = cents(net / 5)
    gross = net + tax
    s.pairs(40, 300, 170, [("Balance from your last bill", "£112.40"), ("Payment received 16 Oct - thank you", "-£112.40"),
                           ("Charges on this bill (see below)", "£" + UK(gross)),
                           ("Total to pay", "£" + UK(gross))], align="right", bold_value=True)  # fmt: skip
    s.text(40, 240, "We will collect this by Direct Debit on or just after 18 November 2025.")
    y = s.table(40, 262, [("Service", 270, "left"), ("Quantity", 60, "right"), ("Monthly price", 90, "right"),
                          ("Charge", 80, "right")],
                [(i["description"], i.get("quantity", ""), "£" + i["unit_price"] if "unit_price" in i else "",
                  "£" + UK(i["amount"])) for i in items], grid="rows")  # fmt: skip
    s.pairs(330, 537, y + 4, [("Total excluding VAT", "£" + UK(net)), ("VAT at 20%", "£" + UK(tax)),
                              ("Total charges including VAT", "£" + UK(gross))], align="right")  # fmt: skip
    s.lines(40, 780, ["Pennine Fibre is a trading name of Pennine Fibre Networks Limited, registered in England 09447718.",
                      "Registered office: The Exchange, Kirkby Lonsdale LA6 2AH. VAT registration number 678 0083 74."],
            7)  # fmt: skip
    return label(
        items, invoice_number="B0031190", invoice_date="2025-11-04", due_date="2025-11-18", currency="GBP",
        vendor_name="Pennine Fibre Networks Limited", vendor_name_alternatives=["Pennine Fibre"],
        vendor_tax_id="GB678008374", vendor_tax_id_alternatives=["678008374"],
        buyer_name="Ribblehead Outdoor Centre Ltd", subtotal=net, tax_amount=tax, total_amount=gross,
        amount_due=gross,
    )  # fmt: skip


@page("h03.pdf", "pt", "PT")
def water(s: Sheet) -> Label:
    """A water bill: tiers of consumption, fees for sewage and waste without tax, payment by reference at a machine."""
    s.style("helv", 8.5)
    s.text(45, 48, "Águas do Vale do Sabor, E.M.", 14, bold=True, color="#004a80")
    s.lines(45, 62, ["Rua das Fontes 31, 5160-251 Torre de Moncorvo", "NIPC 515025208"], 8)
    s.lines(
        330, 100, ["Pastelaria Flor de Amêndoa, Lda", "Praça Francisco Meireles 4", "5160-245 Torre de Moncorvo"], 10
    )
    s.text(45, 100, "FATURA", 13, bold=True)
    s.pairs(45, 150, 118, [("N.º", "FT AVS25/00771844"), ("Data de emissão", "06-11-2025"),
                           ("Data limite de pagamento", "26-11-2025"), ("Código de cliente", "0447718"),
                           ("NIF do cliente", "514924624"), ("Período", "04-10-2025 a 03-11-2025"),
                           ("ATCUD", "JFVK8M2Q-771844")])  # fmt: skip
    items = [
        line("Água - tarifa fixa", "31", "0.3871", tax_rate="6"),
        line("Água - 1.º escalão", "15", "0.9800", tax_rate="6"),
        line("Água - 2.º escalão", "22", "1.4200", tax_rate="6"),
        line("Saneamento - tarifa variável", "37", "0.7150", tax_rate="0"),
        line("Resíduos sólidos - tarifa fixa", "31", "0.2900", tax_rate="0"),
    ]
    units = ("dias", "m³", "m³", "m³", "dias")
    y = s.table(45, 235, [("Descrição", 190, "left"), ("Quant.", 65, "right"), ("Preço unit. €", 85, "right"),
                          ("IVA", 45, "right"), ("Valor €", 90, "right")],
                [(i["description"], f"{i['quantity']} {u}", PLAIN(i["unit_price"], 4), i["tax_rate"] + "%",
                  EURO(i["amount"])) for i, u in zip(items, units, strict=True)], grid="rows")  # fmt: skip
    net = total(items)
    base = total(items[:3])
    tax = cents(base * Decimal("0.06"))
    s.pairs(330, 517, y + 5, [("Total sem IVA", EURO(net)), ("IVA 6% sobre " + EURO(base), EURO(tax)),
                              ("Total a pagar €", EURO(net + tax))], align="right")  # fmt: skip
    s.box(45, y + 70, 240, 55)
    s.pairs(
        52, 150, y + 85, [("Entidade", "21 447"), ("Referência", "771 844 310"), ("Montante", EURO(net + tax) + " €")]
    )
    s.text(45, 780, "Leitura anterior 1 118 m³ (real), leitura atual 1 155 m³ (real). Contador n.º 11447718.", 7)
    return label(
        items, invoice_number="FT AVS25/00771844", invoice_date="2025-11-06", due_date="2025-11-26", currency="EUR",
        vendor_name="Águas do Vale do Sabor, E.M.", vendor_tax_id="515025208",
        vendor_tax_id_alternatives=["PT515025208"], buyer_name="Pastelaria Flor de Amêndoa, Lda",
        buyer_tax_id="514924624", subtotal=net, tax_amount=tax, total_amount=net + tax, open_fields=("amount_due",),
    )  # fmt: skip


@page("h04.pdf", "nl", "NL")
def rental(s: Sheet) -> Label:
    """A rented van: days, kilometres, fuel and a deposit that was given back; driver and registration in the head."""
    s.style("helv", 9)
    s.text(50, 55, "Waterland Autoverhuur B.V.", 15, bold=True, color="#b34700")
    s.lines(545, 50, ["Kanaaldijk 44", "1454 AH Watergang", "KvK 44771802", "BTW NL668613609B01"], 8, align="right")
    s.lines(50, 120, ["Decorbouw Ransdorp V.O.F.", "t.a.v. de administratie", "Dorpsweg 71", "1028 BM Amsterdam"])
    s.text(50, 205, "FACTUUR", 14, bold=True)
    s.table(50, 215, [("Factuurnr.", 90, "left"), ("Factuurdatum", 90, "left"), ("Vervaldatum", 90, "left"),
                      ("Huurcontract", 100, "left"), ("Kenteken", 80, "left")],
            [("V251904", "29-10-2025", "12-11-2025", "HC-88120", "VKD-44-B")], grid="head", size=8.5)  # fmt: skip
    s.text(
        50, 268, "Ophalen 24-10-2025 08:00, inleveren 28-10-2025 17:30. Bestuurder: F. Terpstra. Km 44.118 - 44.771.", 8
    )
    items = [
        line("Huur bestelbus L2H2", "5", "58.00", unit="dag"),
        line("Extra kilometers boven 500", "153", "0.16", unit="km"),
        line("Bijtanken diesel", "22.4", "1.49", unit="ltr"),
        line("Afkoop eigen risico", "5", "9.50", unit="dag"),
    ]
    y = s.table(50, 280, [("Aantal", 50, "right"), ("", 35, "left"), ("Omschrijving", 235, "left"),
                          ("Prijs", 70, "right"), ("Bedrag", 90, "right")],
                [(PLAIN(i["quantity"], 1 if "." in i["quantity"] else 0), i["unit"], i["description"],
                  "€ " + EURO(i["unit_price"]), "€ " + EURO(i["amount"])) for i in items])  # fmt: skip
    net = total(items)
    tax = cents(net * Decimal("0.21"))
    s.pairs(330, 527, y + 8, [("Totaal excl. btw", "€ " + EURO(net)), ("21% btw over € " + EURO(net), "€ " + EURO(tax)),
                              ("Totaal incl. btw", "€ " + EURO(net + tax))], align="right")  # fmt: skip
    s.lines(50, y + 90, ["De borg van € 350,00 is op 28-10-2025 teruggestort.",
                         "Graag betalen op NL54 INGB 1059 5856 29 o.v.v. factuurnummer."])  # fmt: skip
    return label(
        items, invoice_number="V251904", invoice_date="2025-10-29", due_date="2025-11-12", currency="EUR",
        vendor_name="Waterland Autoverhuur B.V.", vendor_tax_id="NL668613609B01",
        buyer_name="Decorbouw Ransdorp V.O.F.", subtotal=net, tax_amount=tax, total_amount=net + tax,
        iban="NL54INGB1059585629", open_fields=("amount_due", "purchase_order"),
    )  # fmt: skip


@page("h05.pdf", "en", "GB")
def folio(s: Sheet) -> Label:
    """A hotel's folio: a guest of a company, charges and credits in two columns by day, tax in the prices."""
    s.style("times", 9.5)
    s.text(297, 52, "THE HARBOUR ROOMS", 17, bold=True, align="center")
    s.text(297, 66, "Quay Street, Tobermory PA75 6NX  ·  Tel 01688 440118", 8.5, align="center")
    s.text(50, 100, "GUEST FOLIO / VAT INVOICE", 12, bold=True)
    s.lines(50, 118, ["Ms Catriona Beaton", "Hebridean Surveys LLP", "12 Cromwell Street", "Stornoway HS1 2DD"])
    s.pairs(360, 450, 118, [("Folio No.", "30771"), ("Room", "14"), ("Arrival", "10/11/2025"),
                            ("Departure", "13/11/2025"), ("Confirmation", "HR-2209"),
                            ("Invoice date", "13/11/2025"), ("Cashier", "MORAG")])  # fmt: skip
    rows = [("10/11", "Accommodation", "118.00", ""), ("10/11", "Restaurant - dinner", "42.50", ""),
            ("11/11", "Accommodation", "118.00", ""), ("11/11", "Bar", "11.80", ""),
            ("12/11", "Accommodation", "118.00", ""), ("12/11", "Laundry", "14.00", ""),
            ("13/11", "Visa ****4471", "", "422.30")]  # fmt: skip
    items = [line(text, amount=charge) for _, text, charge, _ in rows if charge]
    gross = total(items)
    y = s.table(50, 215, [("Date", 60, "left"), ("Description", 250, "left"), ("Charges GBP", 90, "right"),
                          ("Credits GBP", 90, "right")], rows, grid="rows")  # fmt: skip
    net = cents(gross / Decimal("1.2"))
    s.pairs(300, 537, y + 4, [("Total charges", UK(gross)), ("Total payments", UK(gross)), ("Balance", "0.00")],
            align="right", bold_key=True)  # fmt: skip
    s.table(50, y + 70, [("VAT summary", 90, "left"), ("Net", 70, "right"), ("VAT", 70, "right"), ("Gross", 70, "right")],
            [("20.00%", UK(net), UK(gross - net), UK(gross))], grid="all", size=8.5)  # fmt: skip
    s.text(50, 780, "Harbour Rooms Hospitality Ltd. Registered in Scotland SC447718. VAT No. GB 544 9920 70", 8)
    lines = [line(i["description"], amount=cents(amount(i) / Decimal("1.2"))) for i in items]
    return label(
        lines, invoice_number="30771", invoice_date="2025-11-13", currency="GBP",
        vendor_name="Harbour Rooms Hospitality Ltd", vendor_name_alternatives=["THE HARBOUR ROOMS", "The Harbour Rooms"],
        vendor_tax_id="GB544992070", buyer_name="Hebridean Surveys LLP", prices_with_tax=True, tax_amount=gross - net,
        total_amount=gross, amount_paid=gross, amount_due="0.00", open_fields=("subtotal", "due_date", "purchase_order"),
    )  # fmt: skip
