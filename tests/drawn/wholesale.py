"""Documents of wholesalers with deposits, three rates, goods that come back; a receipt from a till."""

from __future__ import annotations

from decimal import Decimal

from tests.drawn.labels import Label, amount, label, line, page, total
from tests.drawn.sheet import Numbers, Sheet, cents

EURO = Numbers(".", ",")
SPACED = Numbers(" ", ",")
SWISS = Numbers("'", ".")


@page("g02.pdf", "hu", "HU")
def paper(s: Sheet) -> Label:
    """A paper wholesaler: seller and buyer in boxes, forints without fillers, net, tax and gross of each line."""
    s.style("sans", 8)
    s.text(297, 45, "SZÁMLA", 15, bold=True, align="center")
    s.box(40, 60, 255, 85)
    s.box(300, 60, 255, 85)
    s.lines(48, 74, ["Eladó:", "Fehér Ív Papírnagykereskedés Kft.", "6000 Kecskemét, Izsáki út 12.",
                     "Adószám: 13490779-2-03", "Bankszámlaszám: 11773016-11111018-00000000"])  # fmt: skip
    s.lines(308, 74, ["Vevő:", "Tisza Nyomda Zrt.", "5000 Szolnok, Abonyi út 31.", "Adószám: 24183305-2-16"])
    for x, key, value in ((40, "Számla sorszáma", "FI-2025/004471"), (145, "Számla kelte", "2025.11.06."),
                          (235, "Teljesítés időpontja", "2025.11.04."), (340, "Fizetési határidő", "2025.12.04."),
                          (440, "Fizetés módja", "Átutalás")):  # fmt: skip
        s.text(x + 4, 162, key, 7, bold=True)
        s.text(x + 4, 174, value)
    items = [
        line("Ofszet papír B1 90 g, rizsma", "40", "12480", unit="rizsma", tax_rate="27"),
        line("Műnyomó papír 130 g, ív", "5000", "39", unit="ív", tax_rate="27"),
        line("Raklap csere", "3", "4200", unit="db", tax_rate="27"),
    ]
    rows = []
    for i in items:
        vat = (amount(i) * Decimal("0.27")).quantize(Decimal(1))
        rows.append((i["description"], SPACED(i["quantity"], 0), i["unit"], SPACED(i["unit_price"], 0),
                     SPACED(amount(i), 0), "27%", SPACED(vat, 0), SPACED(amount(i) + vat, 0)))  # fmt: skip
    y = s.table(40, 195, [("Megnevezés", 150, "left"), ("Menny.", 45, "right"), ("Me.", 40, "left"),
                          ("Nettó\negységár", 55, "right"), ("Nettó\nérték", 65, "right"), ("ÁFA", 35, "right"),
                          ("ÁFA\nérték", 55, "right"), ("Bruttó\nérték", 70, "right")], rows, grid="all")  # fmt: skip
    net = total(items)
    tax = (net * Decimal("0.27")).quantize(Decimal(1))
    s.pairs(330, 552, y + 12, [("Nettó összesen:", SPACED(net, 0) + " Ft"), ("ÁFA 27%:", SPACED(tax, 0) + " Ft"),
                               ("Fizetendő végösszeg:", SPACED(net + tax, 0) + " Ft")], align="right")  # fmt: skip
    s.lines(40, 700, ["Késedelmes fizetés esetén a mindenkori jegybanki alapkamat kétszeresét számítjuk fel.",
                      "IBAN: HU42 1177 3016 1111 1018 0000 0000  SWIFT: OTPVHUHB"], 7)  # fmt: skip
    return label(
        items, invoice_number="FI-2025/004471", invoice_date="2025-11-06", due_date="2025-12-04", currency="HUF",
        vendor_name="Fehér Ív Papírnagykereskedés Kft.", vendor_tax_id="13490779-2-03",
        vendor_tax_id_alternatives=["13490779203", "HU13490779"], buyer_name="Tisza Nyomda Zrt.", subtotal=net,
        tax_amount=tax, total_amount=net + tax, amount_due=net + tax, iban="HU42117730161111101800000000",
    )  # fmt: skip


@page("g08.pdf", "de", "CH")
def seminar_hotel(s: Sheet) -> Label:
    """A hotel's bill to a company: three Swiss rates by letters, a table of rates below, rounding to five centimes."""
    s.style("helv", 9)
    s.text(297, 55, "Seehotel Rütihof", 17, align="center", color="#22406a")
    s.text(297, 68, "Rütihof Hotelbetriebs AG, Uferweg 3, CH-6353 Weggis", 8, align="center")
    s.lines(345, 120, ["Zentralbahn Ingenieure AG", "Frau M. Odermatt", "Bahnhofstrasse 23", "6370 Stans"], 10)
    s.text(50, 205, "Rechnung Nr. 25-08814", 12, bold=True)
    s.text(50, 220, "Weggis, 24. Oktober 2025 / zahlbar innert 20 Tagen netto")
    raw = (
        ("Einzelzimmer, 1 Nacht", "14", "165.00", "B"),
        ("Seminarpauschale pro Person", "22", "78.00", "A"),
        ("Lunchpakete zum Mitnehmen", "22", "16.50", "C"),
        ("Saalmiete mit Technik", "2", "420.00", "A"),
    )
    rates = {"A": "8.1", "B": "3.8", "C": "2.6"}
    items = [line(text, q, p, tax_rate=rates[code]) for text, q, p, code in raw]
    y = s.table(50, 240, [("Leistung", 235, "left"), ("Anz.", 40, "right"), ("Preis CHF", 80, "right"),
                          ("Code", 40, "center"), ("Total CHF", 95, "right")], [
        (i["description"], i["quantity"], SWISS(i["unit_price"]), r[3], SWISS(i["amount"]))
        for i, r in zip(items, raw, strict=True)
    ], grid="head")  # fmt: skip
    taxes = []
    for code in "ABC":
        base = sum((amount(i) for i, r in zip(items, raw, strict=True) if r[3] == code), Decimal(0))
        tax = cents(base * Decimal(rates[code]) / 100)
        taxes.append({"rate": rates[code], "base": str(base), "amount": str(tax)})
    net = total(items)
    tax = sum((Decimal(t["amount"]) for t in taxes), Decimal(0))
    due = ((net + tax) * 20).quantize(Decimal(1)) / 20
    y = s.pairs(330, 537, y + 4, [("Total exkl. MWST", SWISS(net)), ("MWST", SWISS(tax)),
                                  ("Total inkl. MWST", SWISS(net + tax)),
                                  ("Rundung", SWISS(due - net - tax)), ("Rechnungsbetrag CHF", SWISS(due))],
                align="right")  # fmt: skip
    s.table(50, y + 15, [("Code", 40, "left"), ("Satz", 60, "right"), ("Netto", 90, "right"), ("MWST", 80, "right")],
            [(c, t["rate"] + "%", SWISS(t["base"]), SWISS(t["amount"])) for c, t in zip("ABC", taxes, strict=True)],
            size=8)  # fmt: skip
    s.text(50, 790, "CHE-114.730.223 MWST · Luzerner Kantonalbank · IBAN CH59 0076 2011 9804 4720 0", 7.5)
    return label(
        items, invoice_number="25-08814", invoice_date="2025-10-24", currency="CHF",
        vendor_name="Rütihof Hotelbetriebs AG", vendor_name_alternatives=["Seehotel Rütihof"],
        vendor_tax_id="CHE-114.730.223 MWST",
        vendor_tax_id_alternatives=["CHE114730223", "CHE114730223MWST", "CHE-114.730.223"],
        buyer_name="Zentralbahn Ingenieure AG", subtotal=net, tax_amount=tax, rounding=due - net - tax,
        amount_due=due, taxes=taxes, iban="CH5900762011980447200", open_fields=("due_date",),
        total_amount=net + tax,
    )  # fmt: skip


@page("g11.pdf", "nl", "BE")
def brewery(s: Sheet) -> Label:
    """A brewery in two languages: empties charged and returned without tax, structured message for the payment."""
    s.style("helv", 8.5)
    s.text(45, 50, "BROUWERIJ DE WITTE UIL", 14, bold=True)
    s.lines(45, 63, ["Molenstraat 19", "B-9700 Oudenaarde", "BTW/TVA BE 0447.710.329"], 8)
    s.text(545, 50, "FACTUUR / FACTURE", 13, bold=True, align="right")
    s.lines(330, 110, ["Café Le Coq Hardi SRL", "Rue Haute 214", "B-1000 Bruxelles", "TVA BE 0553.041.738"], 9.5)
    s.pairs(45, 165, 120, [("Nummer / Numéro", "2025/6618"), ("Datum / Date", "13/11/2025"),
                           ("Vervaldag / Échéance", "28/11/2025"), ("Klant / Client", "50771")])  # fmt: skip
    beer = [
        line("Witte Uil blond vat 30 L", "6", "92.40", tax_rate="21"),
        line("Witte Uil tripel 24 x 33 cl", "10", "31.80", tax_rate="21"),
    ]
    empties = [
        line("Leeggoed vat / Consigne fût", "6", "30.00", tax_rate="0"),
        line("Leeggoed bak / Consigne casier", "10", "4.50", tax_rate="0"),
        line("Terugname vat / Reprise fût", "-5", "30.00", tax_rate="0"),
    ]
    items = beer + empties
    y = s.table(45, 200, [("Omschrijving / Description", 235, "left"), ("Aantal\nQté", 50, "right"),
                          ("Prijs\nPrix", 65, "right"), ("BTW\nTVA", 45, "right"), ("Bedrag\nMontant", 95, "right")],
                [(i["description"], i["quantity"], EURO(i["unit_price"]), i["tax_rate"] + "%", EURO(i["amount"]))
                 for i in items], grid="rows")  # fmt: skip
    base, free = total(beer), total(empties)
    tax = cents(base * Decimal("0.21"))
    due = base + free + tax
    y = s.table(45, y + 8, [("Maatstaf / Base", 110, "right"), ("BTW % / TVA %", 90, "right"),
                            ("BTW / TVA", 90, "right")],
                [(EURO(base), "21,00", EURO(tax)), (EURO(free), "0,00", "0,00")], grid="all", size=8)  # fmt: skip
    s.pairs(330, 532, y, [("Totaal excl. / Total HTVA", EURO(base + free)), ("Totaal BTW / Total TVA", EURO(tax)),
                          ("Te betalen / À payer EUR", EURO(due))], align="right", bold_value=True)  # fmt: skip
    s.lines(45, 720, ["Gelieve te betalen op / Veuillez payer au compte BE57 0014 4771 8835 (GEBABEBB)",
                      "met vermelding / avec la communication +++202/5661/81133+++"])  # fmt: skip
    return label(
        items, invoice_number="2025/6618", invoice_date="2025-11-13", due_date="2025-11-28", currency="EUR",
        vendor_name="Brouwerij De Witte Uil", vendor_tax_id="BE0447710329",
        vendor_tax_id_alternatives=["BE0447.710.329", "0447710329"], buyer_name="Café Le Coq Hardi SRL",
        buyer_tax_id="BE0553041738", subtotal=base + free, tax_amount=tax, total_amount=due, amount_due=due,
        iban="BE57001447718835", payment_reference="+++202/5661/81133+++",
    )  # fmt: skip


@page("g18.pdf", "de", "DE")
def drinks(s: Sheet) -> Label:
    """A drinks merchant: deposit and returned crates among the goods, sender in the line of the window and the foot."""
    s.style("helv", 9)
    s.text(50, 118, "Getränke Siebenhaar KG · Industriestr. 40 · 97424 Schweinfurt", 6.5)
    s.lines(50, 135, ["Gasthof Zum Roten Ochsen", "Inh. Peter Laudensack", "Marktplatz 2", "97447 Gerolzhofen"], 10)
    s.pairs(360, 545, 135, [("Rechnung", "R 2511-0308"), ("vom", "10.11.2025"), ("Kunden-Nr.", "20771"),
                            ("Lieferschein", "L 77120 / 08.11.2025"), ("Seite", "1 von 1")], align="right")  # fmt: skip
    items = [
        line("Pils Kasten 20 x 0,5 l", "24", "13.20", item_code="1104"),
        line("Mineralwasser 12 x 0,7 l", "30", "5.15", item_code="2207"),
        line("Apfelschorle 20 x 0,5 l", "12", "11.40", item_code="2260"),
        line("Pfand Kasten 3,10", "36", "3.10", item_code="9001"),
        line("Pfand Kasten 3,30", "30", "3.30", item_code="9002"),
        line("Leergut zurück Kasten 3,10", "-41", "3.10", item_code="9001"),
    ]
    y = s.table(50, 240, [("Art.", 45, "left"), ("Bezeichnung", 210, "left"), ("Menge", 55, "right"),
                          ("EP", 65, "right"), ("GP €", 110, "right")],
                [(i["item_code"], i["description"], i["quantity"], EURO(i["unit_price"]), EURO(i["amount"]))
                 for i in items], grid="none", gap=2)  # fmt: skip
    net = total(items)
    tax = cents(net * Decimal("0.19"))
    s.rule(330, y, 535)
    s.pairs(340, 532, y + 14, [("Warenwert netto", EURO(net)), ("zzgl. 19% USt", EURO(tax)),
                               ("Endbetrag", EURO(net + tax) + " €")], align="right")  # fmt: skip
    s.text(50, y + 80, "Der Betrag wird am 17.11.2025 per SEPA-Lastschrift von Ihrem Konto DE** **** 4471 eingezogen.")
    s.lines(50, 785, ["Getränke Siebenhaar KG, AG Schweinfurt HRA 4471, USt-IdNr. DE813305177",
                      "Gläubiger-ID DE98ZZZ09999999999"], 7)  # fmt: skip
    return label(
        items, invoice_number="R 2511-0308", invoice_number_alternatives=["2511-0308"], invoice_date="2025-11-10",
        currency="EUR", vendor_name="Getränke Siebenhaar KG", vendor_tax_id="DE813305177",
        buyer_name="Gasthof Zum Roten Ochsen", subtotal=net, tax_amount=tax, total_amount=net + tax,
        open_fields=("due_date", "amount_due"),
    )  # fmt: skip


@page("g20.pdf", "fr", "FR")
def returned(s: Sheet) -> Label:
    """A credit note for goods that came back: negative quantities and sums, the invoice is named."""
    s.style("helv", 9)
    s.text(50, 55, "Vitrages du Rouergue", 15, bold=True, color="#3b6e8f")
    s.lines(50, 70, ["SARL au capital de 40 000 € - RCS Rodez 481 330 009", "ZA de Bel Air, 12000 Rodez"], 7.5)
    s.lines(340, 120, ["Menuiserie Cassan et Fils", "18 avenue de Toulouse", "12400 Saint-Affrique"], 10)
    s.text(50, 120, "AVOIR", 16, bold=True)
    s.pairs(50, 150, 140, [("Numéro", "AV-2025-0093"), ("Date", "18/11/2025"), ("Sur facture", "FA-2025-4410"),
                           ("Code client", "C00471")])  # fmt: skip
    items = [
        line("Double vitrage 4/16/4 - casse transport", "3", "84.60", tax_rate="20"),
        line("Reprise chevalet de livraison", "2", "150.00", tax_rate="20"),
    ]
    y = s.table(50, 220, [("Désignation", 240, "left"), ("Qté", 50, "right"), ("P.U. HT", 80, "right"),
                          ("Montant HT", 110, "right")],
                [(i["description"], "-" + i["quantity"], EURO(i["unit_price"]), EURO(-amount(i))) for i in items],
                grid="all", fill="#e3edf3")  # fmt: skip
    net = total(items)
    tax = cents(net * Decimal("0.20"))
    s.pairs(340, 527, y + 10, [("Total HT", EURO(-net)), ("TVA 20,00 %", EURO(-tax)),
                               ("Total TTC à votre crédit", EURO(-net - tax) + " €")], align="right")  # fmt: skip
    s.lines(50, 640, ["Cet avoir sera déduit de votre prochain règlement.", "TVA intracommunautaire : FR24481330009",
                      "IBAN FR79 2004 1010 0505 0001 3M02 600"], 8)  # fmt: skip
    return label(
        items, document_type="credit_note", invoice_number="AV-2025-0093", invoice_date="2025-11-18",
        currency="EUR", preceding_invoice="FA-2025-4410", vendor_name="Vitrages du Rouergue",
        vendor_tax_id="FR24481330009", buyer_name="Menuiserie Cassan et Fils",
        subtotal=net, tax_amount=tax, total_amount=net + tax, iban="FR7920041010050500013M02600",
        open_fields=("amount_due",),
    )  # fmt: skip


@page("g22.pdf", "nl", "NL")
def garden_till(s: Sheet) -> Label:
    """A slip of a till as narrow as its roll: prices with tax, two rates below, paid by card, a number of the slip."""
    s.style("mono", 7.5)
    left, right = 200, 395
    s.lines(297, 60, ["TUINCENTRUM DE WILG B.V.", "Rijksweg 88, 6581 EM Malden", "Tel. 024 555 01 17",
                      "BTW NL853304178B01"], align="center")  # fmt: skip
    s.lines(left, 115, ["FACTUUR: 88-114720", "Datum: 08-11-2025 14:22", "Kassa 3"])
    rows = (
        ("Buxus 30 cm", "6", "4.36", "9"),
        ("Potgrond 40 L", "5", "7.26", "21"),
        ("Snoeischaar", "1", "24.20", "21"),
    )
    items, y = [], 160.0
    for text, quantity, gross, rate in rows:
        price = Decimal(gross) / (1 + Decimal(rate) / 100)
        items.append(line(text, quantity, str(cents(price)), cents(price * int(quantity)), tax_rate=rate))
        s.text(left, y, text)
        s.text(left + 10, y + 10, f"{quantity} x {EURO(gross)}")
        s.text(right, y + 10, EURO(Decimal(gross) * int(quantity)), align="right")
        y += 22
    gross = sum((Decimal(g) * int(q) for _, q, g, _ in rows), Decimal(0))
    taxes = []
    for rate in ("9", "21"):
        base = sum((amount(i) for i in items if i["tax_rate"] == rate), Decimal(0))
        taxes.append({"rate": rate, "base": str(base), "amount": str(cents(base * Decimal(rate) / 100))})
    tax = sum((Decimal(t["amount"]) for t in taxes), Decimal(0))
    s.rule(left, y - 4, right)
    y = s.pairs(left, right, y + 10, [("TOTAAL EUR", EURO(gross)), ("Betaald PIN", EURO(gross))], align="right")
    y = s.pairs(left, right, y + 6, [(f"BTW {t['rate']}% over {EURO(t['base'])}", EURO(t["amount"])) for t in taxes],
                align="right")  # fmt: skip
    s.lines(297, y + 12, ["Dank u wel en tot ziens!", "Ruilen binnen 14 dagen met bon"], align="center")
    return label(
        items, invoice_number="88-114720", invoice_date="2025-11-08", currency="EUR",
        vendor_name="Tuincentrum De Wilg B.V.", vendor_tax_id="NL853304178B01", prices_with_tax=True,
        subtotal=gross - tax, tax_amount=tax, total_amount=gross, taxes=taxes,
        open_fields=("amount_due", "amount_paid", "due_date"),
    )  # fmt: skip
