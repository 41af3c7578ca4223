"""Documents from Germany, Austria and German-speaking Switzerland."""

from __future__ import annotations

from decimal import Decimal

from tests.drawn.labels import Label, amount, label, line, page, total
from tests.drawn.sheet import Numbers, Sheet, cents

DE = Numbers(".", ",")
AT = Numbers(" ", ",")
CH = Numbers("’", ".")


@page("d01.pdf", "de", "DE")
def electrician(s: Sheet) -> Label:
    """Sender line over the window, letterhead at the right, sections of items, cash discount in a sentence."""
    s.style("helv", 9.5)
    s.text(545, 60, "ELEKTRO LOHMEYER", 19, bold=True, align="right", color="#a01818")
    s.text(545, 76, "Meisterbetrieb für Gebäudetechnik", 9, align="right")
    s.text(62, 128, "Elektro Lohmeyer GmbH · Weidenstieg 7 · 33330 Gütersloh", 6.5)
    s.rule(62, 131, 262, 0.4)
    s.lines(62, 146, ["Wohnbau Senne eG", "z. Hd. Frau Aydin", "Paderborner Straße 210", "33689 Bielefeld"], 10)
    s.pairs(
        370,
        545,
        146,
        [
            ("Rechnungs-Nr.:", "2025-0871"),
            ("Kunden-Nr.:", "10442"),
            ("Datum:", "14.10.2025"),
            ("Ihre Bestellung:", "WS-4471/25"),
            ("Leistungszeitraum:", "22.09.–02.10.2025"),
        ],
        align="right",
    )
    s.text(62, 250, "Rechnung", 15, bold=True)
    s.text(62, 270, "Bauvorhaben: Sennestadtring 18, Erneuerung der Zählerschränke")
    s.text(62, 288, "Sehr geehrte Frau Aydin, für die ausgeführten Arbeiten berechnen wir Ihnen:")
    items = [
        line("Zählerschrank 4-feldrig, 1100 mm hoch", "3", "684.50", unit="Stk", tax_rate="19"),
        line("Überspannungsschutz Typ 1+2", "3", "239.90", unit="Stk", tax_rate="19"),
        line("Mantelleitung NYM-J 5x16 mm²", "42", "11.85", unit="m", tax_rate="19"),
        line("Elektromeister", "14.5", "71.00", unit="Std", tax_rate="19"),
        line("Elektromonteur", "31", "58.40", unit="Std", tax_rate="19"),
        line("Anfahrtspauschale", "4", "27.50", unit="psch", tax_rate="19"),
    ]
    shown = [
        (str(n), i["description"], DE(i["quantity"]), i["unit"], DE(i["unit_price"]), DE(i["amount"]))
        for n, i in enumerate(items, 1)
    ]
    y = s.table(
        62,
        302,
        [
            ("Pos.", 32, "left"),
            ("Bezeichnung", 222, "left"),
            ("Menge", 52, "right"),
            ("Einh.", 37, "left"),
            ("E-Preis €", 65, "right"),
            ("G-Preis €", 75, "right"),
        ],
        ["1. Material", *shown[:3], "2. Lohn", *shown[3:5], "3. Nebenkosten", shown[5]],
        gap=3,
    )
    net = total(items)
    tax = cents(net * Decimal("0.19"))
    gross = net + tax
    discount = cents(gross * Decimal("0.02"))
    s.rule(360, y, 545)
    y = s.pairs(
        364, 541, y + 14, [("Summe netto", DE(net) + " €"), ("zzgl. 19 % MwSt.", DE(tax) + " €")], align="right"
    )
    s.text(364, y, "Rechnungsbetrag", bold=True)
    s.text(541, y, DE(gross) + " €", bold=True, align="right")
    s.rule(360, y + 4, 545)
    s.rule(360, y + 6, 545)
    s.lines(
        62,
        y + 34,
        [
            f"Bei Zahlung bis 24.10.2025 gewähren wir 2 % Skonto ({DE(discount)} €), danach bis 13.11.2025 ohne Abzug.",
            f"Im Rechnungsbetrag sind Lohnkosten von {DE(amount(items[3]) + amount(items[4]))} € netto enthalten.",
        ],
    )
    s.rule(62, 770, 545, 0.4)
    s.lines(62, 782, ["Elektro Lohmeyer GmbH", "Weidenstieg 7, 33330 Gütersloh", "Tel. 05241 5550-31"], 7)
    s.lines(230, 782, ["Geschäftsführer: Jens Lohmeyer", "AG Gütersloh HRB 10887", "USt-IdNr. DE222003869"], 7)
    s.lines(400, 782, ["Volksbank Ems eG", "DE55 1097 8361 3122 2822 19", "BIC VBEMDE31XXX"], 7)
    return label(
        items,
        invoice_number="2025-0871",
        invoice_date="2025-10-14",
        due_date="2025-11-13",
        currency="EUR",
        purchase_order="WS-4471/25",
        vendor_name="Elektro Lohmeyer GmbH",
        vendor_tax_id="DE222003869",
        vendor_country="DE",
        buyer_name="Wohnbau Senne eG",
        subtotal=net,
        tax_amount=tax,
        total_amount=gross,
        iban="DE55109783613122282219",
        bic="VBEMDE31XXX",
        period_start="2025-09-22",
        period_end="2025-10-02",
        cash_discount_amount=discount,
        cash_discount_until="2025-10-24",
        taxes=[{"rate": "19", "base": str(net), "amount": str(tax)}],
    )


@page("d02.pdf", "de", "DE")
def power_company(s: Sheet) -> Label:
    """An energy bill in ct/kWh with instalments paid, prose around it, and next year's instalment."""
    s.style("helv", 9)
    s.box(0, 0, 595, 46, fill="#0b5d3b", stroke="")
    s.text(40, 30, "Stadtwerke Hollenbeck", 17, bold=True, color="#ffffff")
    s.text(555, 29, "Strom · Gas · Wasser", 9, align="right", color="#ffffff")
    s.text(40, 88, "Stadtwerke Hollenbeck GmbH, Postfach 11 20, 49301 Hollenbeck", 6.5)
    s.lines(40, 104, ["Frau", "Annegret Tillmanns", "Am Kottenforst 3", "49302 Hollenbeck"], 10)
    s.box(345, 78, 210, 96, fill="#eef5f1", stroke="")
    s.pairs(
        353,
        460,
        94,
        [
            ("Vertragskonto", "2004 771 935"),
            ("Rechnungsnummer", "R-25-3308914"),
            ("Rechnungsdatum", "05.02.2026"),
            ("Zählernummer", "1EBZ0100234771"),
            ("Verbrauchsstelle", "Am Kottenforst 3"),
            ("Servicetelefon", "05971 555-0"),
        ],
    )
    s.text(40, 205, "Ihre Stromrechnung für das Jahr 2025", 14, bold=True)
    s.text(40, 222, "Abrechnungszeitraum 01.01.2025 bis 31.12.2025 · Tarif: Hollenbeck Grün 24")
    s.text(40, 248, "Zählerstände", 10, bold=True)
    y = s.table(
        40,
        254,
        [
            ("Datum", 90, "left"),
            ("Ableseart", 140, "left"),
            ("Stand kWh", 90, "right"),
            ("Verbrauch kWh", 110, "right"),
        ],
        [
            ("01.01.2025", "Ablesung durch Kunden", "18.402", ""),
            ("31.12.2025", "Ablesung durch Kunden", "21.618", "3.216"),
        ],
        grid="rows",
    )
    items = [
        line("Arbeitspreis", "3216", "0.2714", tax_rate="19", unit="kWh"),
        line("Stromsteuer", "3216", "0.0205", tax_rate="19", unit="kWh"),
        line("Grundpreis", "12", "9.90", tax_rate="19", unit="Monate"),
    ]
    s.text(40, y + 6, "Berechnung der Kosten", 10, bold=True)
    y = s.table(
        40,
        y + 12,
        [
            ("Leistung", 180, "left"),
            ("Menge", 100, "right"),
            ("Preis", 120, "right"),
            ("Betrag netto", 110, "right"),
        ],
        [
            ("Arbeitspreis", "3.216 kWh", "27,14 ct/kWh", DE(items[0]["amount"]) + " €"),
            ("Stromsteuer", "3.216 kWh", "2,05 ct/kWh", DE(items[1]["amount"]) + " €"),
            ("Grundpreis", "12 Monate", "9,90 €/Monat", DE(items[2]["amount"]) + " €"),
        ],
        grid="rows",
        fill="#d8e8df",
    )
    net = total(items)
    tax = cents(net * Decimal("0.19"))
    gross = net + tax
    paid = Decimal("96.00") * 11
    y = s.pairs(
        250,
        550,
        y + 6,
        [
            ("Nettobetrag", DE(net) + " €"),
            ("19 % Umsatzsteuer", DE(tax) + " €"),
            ("Rechnungsbetrag brutto", DE(gross) + " €"),
            ("abzüglich gezahlter Abschläge (11 × 96,00 €)", "-" + DE(paid) + " €"),
        ],
        align="right",
    )
    s.box(245, y - 9, 310, 20, fill="#0b5d3b", stroke="")
    s.text(250, y + 5, "Noch zu zahlen", 10, bold=True, color="#ffffff")
    s.text(550, y + 5, DE(gross - paid) + " €", 10, bold=True, align="right", color="#ffffff")
    s.lines(
        40,
        y + 40,
        [
            "Den offenen Betrag buchen wir am 20.02.2026 von Ihrem Konto ab (Mandat SWH-77193-01).",
            "Ihr neuer Abschlag beträgt ab März 2026 monatlich 101,00 €. Er enthält 19 % Umsatzsteuer (16,13 €).",
            "Im Vorjahr haben Sie 3.402 kWh verbraucht; ein Haushalt mit zwei Personen braucht etwa 2.900 kWh.",
        ],
    )
    s.lines(
        40,
        790,
        [
            "Stadtwerke Hollenbeck GmbH · Gaswerkstraße 1 · 49301 Hollenbeck · Aufsichtsratsvorsitz: Dr. Imke Rolfes",
            "Amtsgericht Steinfurt HRB 4471 · USt-IdNr. DE378491796 · Kreissparkasse · IBAN DE77191422436538922827",
        ],
        7,
        color="#444444",
    )
    return label(
        items,
        invoice_number="R-25-3308914",
        invoice_date="2026-02-05",
        currency="EUR",
        vendor_name="Stadtwerke Hollenbeck GmbH",
        vendor_tax_id="DE378491796",
        vendor_country="DE",
        buyer_name="Annegret Tillmanns",
        buyer_name_alternatives=["Frau Annegret Tillmanns"],
        contract_reference="2004 771 935",
        subtotal=net,
        tax_amount=tax,
        total_amount=gross,
        amount_paid=paid,
        amount_due=gross - paid,
        iban="DE77191422436538922827",
        period_start="2025-01-01",
        period_end="2025-12-31",
        # It is debited on a day that is named; nothing says that it is due then.
        open_fields=("due_date",),
        taxes=[{"rate": "19", "base": str(net), "amount": str(tax)}],
    )


@page("d03.pdf", "de", "DE", scan_degrees=0.7)
def roofer(s: Sheet) -> Label:
    """A typed bill of a subcontractor under reverse charge, scanned."""
    s.style("courier", 10.5)
    s.lines(60, 62, ["Dachdeckerei Piet Hansen e.K.", "Hafenweg 22  -  25813 Husum"], 12, bold=True)
    s.text(60, 96, "Telefon 04841 555 19    St.-Nr. 17/084/12345    USt-IdNr. DE266869409", 8.5)
    s.rule(60, 103, 540)
    s.lines(60, 135, ["Firma", "Nordbau Treene GmbH & Co. KG", "Industriestraße 5", "25885 Wester-Ohrstedt"])
    s.text(540, 205, "Husum, den 3. November 2025", align="right")
    s.text(60, 238, "RECHNUNG Nr. 118/25", 13, bold=True)
    s.text(60, 258, "Neubau Kita Mildstedt, ausgeführt im Oktober 2025")
    items = [
        line("Ziegeldeckung Hohlpfanne", "286", "38.20", unit="m2"),
        line("Firststeine im Trockenfirst", "24.5", "41.00", unit="m"),
        line("Dachrinne Zink 6-tlg.", "58", "29.75", unit="m"),
        line("Gerüst vorhalten", "3", "410.00", unit="Wo"),
    ]
    y = s.table(
        56,
        275,
        [("Menge", 85, "right"), ("Leistung", 205, "left"), ("Einzelpreis", 90, "right"), ("Betrag EUR", 105, "right")],
        [(f"{DE(i['quantity'])} {i['unit']}", i["description"], DE(i["unit_price"]), DE(i["amount"])) for i in items],
        gap=5,
    )
    net = total(items)
    s.rule(400, y - 2, 541)
    s.text(290, y + 14, "Rechnungssumme", bold=True)
    s.text(538, y + 14, DE(net), bold=True, align="right")
    s.lines(
        60,
        y + 48,
        [
            "Steuerschuldnerschaft des Leistungsempfängers gemäß § 13b UStG.",
            "Umsatzsteuer wird daher nicht ausgewiesen.",
            "",
            "Zahlbar ohne Abzug bis zum 17. November 2025 auf das Konto bei der",
            "Nord-Ostsee Bank, IBAN DE41 3671 8003 7191 2177 55",
        ],
    )
    return label(
        items,
        invoice_number="118/25",
        invoice_date="2025-11-03",
        due_date="2025-11-17",
        currency="EUR",
        vendor_name="Dachdeckerei Piet Hansen e.K.",
        vendor_tax_id="DE266869409",
        vendor_country="DE",
        buyer_name="Nordbau Treene GmbH & Co. KG",
        buyer_name_alternatives=["Firma Nordbau Treene GmbH & Co. KG"],
        total_amount=net,
        iban="DE41367180037191217755",
        open_fields=("subtotal", "tax_amount"),
    )


@page("d04.pdf", "de", "AT")
def forwarder(s: Sheet) -> Label:
    """A forwarder's collective bill: one row a consignment, charges in columns, tax-free and taxed rows."""
    s.style("sans", 8)
    s.text(48, 56, "ALPENFRACHT", 18, bold=True, color="#14375e")
    s.text(48, 70, "Internationale Spedition Gesellschaft m.b.H.", 8)
    s.lines(
        547,
        50,
        ["Alpenfracht Spedition GmbH", "Terminalstraße 44, A-4020 Linz", "UID ATU56558754", "FN 318842k, LG Linz"],
        7,
        align="right",
    )
    s.lines(48, 120, ["Sägewerk Hinteregger KG", "Mölltalstraße 91", "A-9816 Penk"], 9)
    s.box(330, 104, 217, 62)
    s.text(338, 118, "SAMMELRECHNUNG", 10, bold=True)
    s.pairs(338, 440, 133, [("Nummer", "SR25/10377"), ("vom", "30.09.2025"), ("Kundennummer", "D-20418")], leading=12)
    rows = [
        ("AF4410082", "02.09.", "Penk – Udine", "11 240", "612.00", "91.80"),
        ("AF4410127", "09.09.", "Penk – Treviso", "14 905", "745.50", "111.83"),
        ("AF4410190", "16.09.", "Penk – Passau", "9 860", "538.00", "80.70"),
        ("AF4410233", "24.09.", "Penk – Udine", "12 010", "612.00", "91.80"),
    ]
    items = [
        line(
            relation,
            None,
            None,
            Decimal(freight) + Decimal(fuel),
            tracking_number=number,
            ship_date=f"2025-{day[3:5]}-{day[:2]}",
            billed_weight=weight.replace(" ", ""),
            weight_unit="kg",
        )
        for number, day, relation, weight, freight, fuel in rows
    ]
    y = s.table(
        48,
        190,
        [
            ("Sendung", 72, "left"),
            ("Datum", 48, "left"),
            ("Relation", 119, "left"),
            ("frachtpfl.\nGewicht kg", 70, "right"),
            ("Fracht\nEUR", 62, "right"),
            ("Diesel-\nzuschlag", 58, "right"),
            ("Summe\nEUR", 70, "right"),
        ],
        [
            (number, day, relation, weight, AT(freight), AT(fuel), AT(i["amount"]))
            for i, (number, day, relation, weight, freight, fuel) in zip(items, rows, strict=True)
        ],
        grid="all",
        fill="#dfe7ef",
    )
    net = total(items)
    tax = cents(net * Decimal("0.20"))
    y = s.table(
        260,
        y + 8,
        [("Netto EUR", 75, "right"), ("USt-Satz", 57, "right"), ("USt EUR", 75, "right"), ("Brutto EUR", 80, "right")],
        [(AT(net), "20 %", AT(tax), AT(net + tax))],
        grid="all",
        fill="#dfe7ef",
    )
    s.text(547, y + 10, f"Zahlbetrag EUR {AT(net + tax)}", 11, bold=True, align="right")
    s.lines(
        48,
        y + 40,
        [
            "Zahlbar innerhalb von 21 Tagen ab Rechnungsdatum ohne Abzug.",
            "Wir arbeiten ausschließlich auf Grundlage der AÖSp in der jeweils gültigen Fassung.",
            "Bankverbindung: Traunbank Linz, IBAN AT35 1785 5857 9920 5959, BIC TRAUAT2LXXX",
        ],
    )
    return label(
        items,
        invoice_number="SR25/10377",
        invoice_date="2025-09-30",
        currency="EUR",
        vendor_name="Alpenfracht Spedition GmbH",
        vendor_name_alternatives=["ALPENFRACHT Internationale Spedition Gesellschaft m.b.H."],
        vendor_tax_id="ATU56558754",
        vendor_country="AT",
        buyer_name="Sägewerk Hinteregger KG",
        subtotal=net,
        tax_amount=tax,
        total_amount=net + tax,
        amount_due=net + tax,
        iban="AT351785585799205959",
        bic="TRAUAT2LXXX",
        open_fields=("due_date",),
        taxes=[{"rate": "20", "base": str(net), "amount": str(tax)}],
    )


@page("d05.pdf", "de", "CH")
def joiner(s: Sheet) -> Label:
    """Swiss francs with apostrophes, a percentage off the whole, rounded to five centimes."""
    s.style("helv", 9.5)
    s.text(297, 58, "Schreinerei Zgraggen AG", 16, bold=True, align="center")
    s.text(297, 73, "Küchen · Innenausbau · Möbel   |   Gotthardstrasse 112, 6472 Erstfeld", 8.5, align="center")
    s.rule(60, 80, 535)
    s.lines(340, 124, ["Hotel Sternen Andermatt AG", "Herr R. Danioth", "Bahnhofplatz 4", "6490 Andermatt"], 10)
    s.text(60, 210, "Rechnung 25-1409", 14, bold=True)
    s.pairs(
        60,
        150,
        228,
        [
            ("Datum", "19. August 2025"),
            ("Zahlbar bis", "18. September 2025"),
            ("Auftrag", "Réception und Frühstücksraum"),
            ("MWST-Nr.", "CHE-480.012.213 MWST"),
        ],
    )
    items = [
        line("Réceptionskorpus Eiche massiv, geölt", "1", "8460.00", unit="Stk."),
        line("Buffetmöbel mit Kühlfach", "2", "3275.00", unit="Stk."),
        line("Tischplatten 80 x 80 cm", "16", "214.50", unit="Stk."),
        line("Montage vor Ort", "38", "98.00", unit="Std."),
    ]
    y = s.table(
        60,
        296,
        [
            ("Leistung", 225, "left"),
            ("Anzahl", 50, "right"),
            ("", 35, "left"),
            ("Ansatz", 75, "right"),
            ("CHF", 90, "right"),
        ],
        [(i["description"], CH(i["quantity"], 0), i["unit"], CH(i["unit_price"]), CH(i["amount"])) for i in items],
        grid="rows",
        gap=4,
    )
    lines_total = total(items)
    rebate = cents(lines_total * Decimal("0.05"))
    net = lines_total - rebate
    tax = cents(net * Decimal("0.081"))
    gross = net + tax
    due = (gross * 20).quantize(Decimal(1)) / 20
    y = s.pairs(
        300,
        532,
        y + 4,
        [
            ("Zwischentotal", CH(lines_total)),
            ("5 % Objektrabatt", "-" + CH(rebate)),
            ("Total exkl. MWST", CH(net)),
            (f"8.1 % MWST auf {CH(net)}", CH(tax)),
            ("Total inkl. MWST", CH(gross)),
            ("Rundung", CH(due - gross)),
        ],
        align="right",
    )
    s.rule(296, y - 8, 535, 1)
    s.text(300, y + 6, "Rechnungsbetrag CHF", 11, bold=True)
    s.text(532, y + 6, CH(due), 11, bold=True, align="right")
    s.text(
        60,
        750,
        "Urner Regionalbank, 6460 Altdorf, IBAN CH96 0692 2584 0133 1723 9, lautend auf Schreinerei Zgraggen AG",
        8,
    )
    return label(
        items,
        invoice_number="25-1409",
        invoice_date="2025-08-19",
        due_date="2025-09-18",
        currency="CHF",
        vendor_name="Schreinerei Zgraggen AG",
        vendor_tax_id="CHE-480.012.213 MWST",
        vendor_tax_id_alternatives=["CHE480012213", "CHE480012213MWST", "CHE-480.012.213"],
        vendor_country="CH",
        buyer_name="Hotel Sternen Andermatt AG",
        discount_total=rebate,
        subtotal=net,
        tax_amount=tax,
        total_amount=gross,
        rounding=due - gross,
        amount_due=due,
        iban="CH9606922584013317239",
        taxes=[{"rate": "8.1", "base": str(net), "amount": str(tax)}],
    )
