"""Documents of everyday trades: a printer, a school, a nursery, a mover, a coffee roaster, a locksmith, a bookshop."""

from __future__ import annotations

from decimal import Decimal

from tests.drawn.labels import Label, amount, label, line, other_file, page, total
from tests.drawn.sheet import Numbers, Sheet, cents

EURO = Numbers(".", ",")
SPACED = Numbers(" ", ",")
SWISS = Numbers("'", ".")
UK = US = Numbers(",", ".")


@page("i01.pdf", "de", "DE")
def nursery(s: Sheet) -> Label:
    """A tree nursery: two tax rates, letterhead in the middle, sender's line, terms with cash discount."""
    s.style("times", 10)
    s.text(297, 50, "Baumschule Hasselrode GbR", 17, bold=True, align="center")
    s.text(297, 65, "Lerchenkamp 7 · 31638 Stöckse · baumschule-hasselrode.example", 8.5, align="center")
    s.text(56, 118, "Baumschule Hasselrode GbR · Lerchenkamp 7 · 31638 Stöckse", 6.5)
    s.lines(56, 134, ["Kirchenkreis Loccum", "Friedhofsverwaltung", "Marktstraße 40", "31547 Rehburg-Loccum"])
    s.pairs(
        360, 460, 134, [("Rechnung", "25-2207"), ("vom", "06.11.2025"), ("Lieferschein", "8841"), ("Kunde", "10277")]
    )
    items = [line("Winterlinde, Hochstamm 14-16", "4", "189.00", tax_rate="7"), line("Hainbuche Heister 150-175", "25", "12.40", tax_rate="7"),
             line("Pflanzarbeiten", "6.5", "48.00", tax_rate="19")]  # fmt: skip
    y = s.table(56, 215, [("Artikel", 230, "left"), ("Menge", 55, "right"), ("Einzel", 65, "right"), ("MwSt", 45, "right"), ("Summe", 85, "right")],
                [(i["description"], EURO(i["quantity"], 1), EURO(i["unit_price"]), i["tax_rate"] + " %", EURO(i["amount"])) for i in items])  # fmt: skip
    low, high = total(items[:2]), amount(items[2])
    t7, t19 = cents(low * Decimal("0.07")), cents(high * Decimal("0.19"))
    gross = low + high + t7 + t19
    s.pairs(300, 533, y + 4, [("Warenwert netto", EURO(low + high)), ("7 % MwSt aus " + EURO(low), EURO(t7)), ("19 % MwSt aus " + EURO(high), EURO(t19)),
                              ("Rechnungsbetrag €", EURO(gross))], align="right")  # fmt: skip
    s.text(
        56,
        y + 90,
        f"Zahlbar innerhalb 8 Tagen mit 2 % Skonto ({EURO(cents(gross * Decimal('0.98')))} €), sonst bis 06.12.2025 netto.",
    )
    s.text(
        297,
        790,
        "Steuernummer 34/204/47718 · Volksbank Nienburg · IBAN DE71 0967 9290 8100 3390 75",
        7.5,
        align="center",
    )
    return label(
        items, invoice_number="25-2207", invoice_date="2025-11-06", due_date="2025-12-06", currency="EUR",
        vendor_name="Baumschule Hasselrode GbR", vendor_tax_id="34/204/47718", buyer_name="Kirchenkreis Loccum",
        buyer_name_alternatives=["Kirchenkreis Loccum Friedhofsverwaltung"], subtotal=low + high, tax_amount=t7 + t19,
        taxes=[{"rate": "7", "base": str(low), "amount": str(t7)}, {"rate": "19", "base": str(high), "amount": str(t19)}],
        total_amount=gross, iban="DE71096792908100339075", open_fields=("amount_due",),
    )  # fmt: skip


@page("i02.pdf", "en", "US")
def mover(s: Sheet) -> Label:
    """A moving company: bill of lading number beside the invoice number, hourly crew, deposit off, tip line empty."""
    s.style("helv", 9)
    s.text(50, 55, "Tamarack Moving & Storage LLC", 15, bold=True)
    s.lines(50, 70, ["3400 Rail Spur Rd, Duluth, MN 55806", "(218) 555-0177  office@tamarackmoving.example"], 8)
    s.text(560, 55, "INVOICE", 18, bold=True, align="right")
    s.pairs(
        400,
        560,
        75,
        [
            ("INVOICE #", "8812"),
            ("DATE", "11/07/2025"),
            ("B/L #", "TM-447718"),
            ("MOVE DATE", "11/05/2025"),
            ("DUE", "Upon receipt"),
        ],
        align="right",
    )
    s.lines(50, 130, ["BILL TO", "Lakehead Dental Group PA", "118 Superior St", "Duluth, MN 55802"])
    items = [
        line("Crew of 3, hours", "7.5", "185.00"),
        line("Truck, flat", "1", "120.00"),
        line("Packing boxes", "40", "3.25"),
    ]
    y = s.table(50, 205, [("DESCRIPTION", 260, "left"), ("QTY", 60, "right"), ("RATE", 80, "right"), ("AMOUNT", 100, "right")],
                [(i["description"], i["quantity"], US(i["unit_price"]), US(i["amount"])) for i in items], grid="rows")  # fmt: skip
    net = total(items)
    s.pairs(330, 547, y + 6, [("SUBTOTAL", "$" + US(net)), ("TAX (labor exempt)", "$0.00"), ("TOTAL", "$" + US(net)), ("DEPOSIT PAID 10/20", "-$300.00"),
                              ("BALANCE DUE", "$" + US(net - 300))], align="right")  # fmt: skip
    s.text(50, 700, "Make checks payable to Tamarack Moving & Storage LLC. USDOT 2044771.", 8)
    return label(
        items, invoice_number="8812", invoice_date="2025-11-07", currency="USD", vendor_name="Tamarack Moving & Storage LLC",
        buyer_name="Lakehead Dental Group PA", subtotal=net, tax_amount="0.00", total_amount=net, amount_paid="300.00",
        amount_due=net - 300, open_fields=("due_date", "purchase_order"),
    )  # fmt: skip


@page("i03.pdf", "fr", "FR")
def locksmith(s: Sheet) -> Label:
    """A locksmith: reduced rate, call-out fee, certificate of the customer, the client's box at the right."""
    s.style("sans", 8.5)
    s.lines(
        45,
        50,
        [
            "SERRURERIE BELLECOMBE",
            "EURL au capital de 5 000 €",
            "14 rue des Forges",
            "69003 Lyon",
            "SIRET 718 146 327 00025",
        ],
    )
    s.text(330, 50, "FACTURE N° F-2025-0447", 12, bold=True)
    s.text(330, 66, "Date : 12/11/2025")
    s.box(325, 85, 225, 60)
    s.lines(332, 99, ["SCI Les Tilleuls", "c/o Régie Montchat", "22 cours Eugénie", "69003 Lyon"])
    s.text(45, 165, "Intervention du 10/11/2025 - 7 rue Ferdinand Buisson, 69003 Lyon - Bon n° 7718")
    items = [line("Déplacement", "1", "45.00", tax_rate="10"), line("Remplacement cylindre européen A2P*", "2", "138.50", tax_rate="10"),
             line("Main d'oeuvre", "1.5", "62.00", tax_rate="10")]  # fmt: skip
    y = s.table(45, 178, [("Désignation", 245, "left"), ("Qté", 45, "right"), ("P.U. HT", 75, "right"), ("TVA", 50, "right"), ("Total HT", 90, "right")],
                [(i["description"], EURO(i["quantity"]), SPACED(i["unit_price"]), "10 %", SPACED(i["amount"])) for i in items], grid="all")  # fmt: skip
    net = total(items)
    tax = cents(net / 10)
    s.pairs(
        330,
        547,
        y + 6,
        [
            ("Total HT", SPACED(net) + " €"),
            ("TVA 10 %", SPACED(tax) + " €"),
            ("Net à payer TTC", SPACED(net + tax) + " €"),
        ],
        align="right",
    )
    s.lines(
        45,
        y + 90,
        [
            "Règlement par virement à 30 jours : FR65 0077 2837 8326 6166 3049 403",
            "N° TVA FR26718146327. Pénalités de retard : 3 fois le taux légal, indemnité forfaitaire 40 €.",
        ],
    )
    return label(
        items, invoice_number="F-2025-0447", invoice_date="2025-11-12", currency="EUR", vendor_name="SERRURERIE BELLECOMBE",
        vendor_name_alternatives=["SERRURERIE BELLECOMBE EURL"], vendor_tax_id="FR26718146327", buyer_name="SCI Les Tilleuls",
        subtotal=net, tax_amount=tax, total_amount=net + tax, iban="FR6500772837832661663049403", open_fields=("due_date", "amount_due"),
    )  # fmt: skip


@page("i04.pdf", "it", "IT")
def roaster(s: Sheet) -> Label:
    """A coffee roaster: the courtesy copy of an e-invoice, discount column, packages and transport at the foot."""
    s.style("helv", 8.5)
    s.text(45, 50, "TORREFAZIONE CARSO S.R.L.", 14, bold=True)
    s.lines(45, 63, ["Via Flavia 118 - 34148 Trieste", "C.F. e P.IVA 85744340028 - REA TS-204477"], 8)
    s.text(45, 100, "FATTURA IMMEDIATA (copia di cortesia)", 11, bold=True)
    s.table(45, 106, [("Numero", 70, "left"), ("Data", 75, "left"), ("Cod. cliente", 75, "left"), ("Pagamento", 140, "left"), ("Scadenza", 80, "left")],
            [("1188/A", "31/10/2025", "C00447", "Ri.Ba. 30 gg d.f.f.m.", "30/11/2025")], grid="all", size=8)  # fmt: skip
    s.lines(
        330,
        50,
        ["Spett.le", "Bar Pasticceria Al Molo S.n.c.", "Riva Nazario Sauro 6", "34124 Trieste TS", "P.IVA 78497740353"],
    )
    rows = [
        ("CF01", "Caffè in grani Miscela Oro kg 1", "36", "17.80", "10"),
        ("CF07", "Decaffeinato kg 1", "6", "19.50", "0"),
        ("ZU02", "Zucchero bustine kg 10", "4", "21.00", "5"),
    ]
    items = [
        line(text, q, str((Decimal(p) * (100 - Decimal(d)) / 100).normalize()), tax_rate="22")
        for _, text, q, p, d in rows
    ]
    y = s.table(45, 155, [("Codice", 45, "left"), ("Descrizione", 190, "left"), ("Q.tà", 40, "right"), ("Prezzo", 60, "right"), ("Sc.%", 40, "right"), ("Importo", 75, "right"), ("IVA", 40, "right")],
                [(code, text, q, EURO(p), d if d != "0" else "", EURO(i["amount"]), "22") for (code, text, q, p, d), i in zip(rows, items, strict=True)], grid="rows")  # fmt: skip
    net = total(items)
    tax = cents(net * Decimal("0.22"))
    s.pairs(
        330,
        532,
        y + 8,
        [("Totale imponibile", EURO(net)), ("Totale IVA", EURO(tax)), ("TOTALE FATTURA €", EURO(net + tax))],
        align="right",
    )
    s.text(45, 700, "Trasporto a cura del mittente - Aspetto dei beni: colli n. 5 - Peso kg 88")
    return label(
        items, invoice_number="1188/A", invoice_date="2025-10-31", due_date="2025-11-30", currency="EUR", vendor_name="TORREFAZIONE CARSO S.R.L.",
        vendor_tax_id="85744340028", vendor_tax_id_alternatives=["IT85744340028"], buyer_name="Bar Pasticceria Al Molo S.n.c.", buyer_tax_id="78497740353",
        subtotal=net, tax_amount=tax, total_amount=net + tax, open_fields=("amount_due",),
    )  # fmt: skip


@page("i05.pdf", "de", "CH", scan_degrees=0.4)
def school(s: Sheet) -> Label:
    """A language school's scanned bill: exempt from tax, course dates, payment part named but not printed."""
    s.style("helv", 10.5)
    s.text(60, 60, "Sprachwerkstatt Aare GmbH", 15, bold=True)
    s.lines(60, 77, ["Bälliz 44, 3600 Thun", "CHE-384.676.535"], 9.5)
    s.lines(330, 120, ["Brienzer Holzschnitzerei AG", "Frau Ruth Zumbrunn", "Hauptstrasse 12", "3855 Brienz"])
    s.text(60, 200, "Rechnung 250447", 13, bold=True)
    s.text(60, 217, "Thun, 3. November 2025")
    items = [line("Intensivkurs Englisch B1, 20 Lektionen", "2", "640.00"), line("Lehrmittel", "2", "58.50")]
    y = s.table(60, 240, [("Kurs", 260, "left"), ("Anzahl", 60, "right"), ("Preis", 75, "right"), ("Total CHF", 90, "right")],
                [(i["description"], i["quantity"], SWISS(i["unit_price"]), SWISS(i["amount"])) for i in items], gap=3)  # fmt: skip
    gross = total(items)
    s.text(330, y + 20, "Gesamtbetrag CHF", bold=True)
    s.text(542, y + 20, SWISS(gross), bold=True, align="right")
    s.lines(
        60,
        y + 60,
        [
            "Von der Mehrwertsteuer ausgenommen (Art. 21 MWSTG).",
            "Zahlbar bis 3. Dezember 2025 auf IBAN CH74 9552 0167 3180 4518 1",
        ],
    )
    return label(
        items, invoice_number="250447", invoice_date="2025-11-03", due_date="2025-12-03", currency="CHF", vendor_name="Sprachwerkstatt Aare GmbH",
        vendor_tax_id="CHE384676535", vendor_tax_id_alternatives=["CHE-384.676.535"], buyer_name="Brienzer Holzschnitzerei AG", total_amount=gross,
        iban="CH7495520167318045181", open_fields=("subtotal", "tax_amount", "amount_due"),
    )  # fmt: skip


@page("i06.pdf", "nl", "NL")
def bookshop(s: Sheet) -> Label:
    """A bookshop's invoice to a library: prices with tax, low rate, ISBN beside the title, postage."""
    s.style("serif", 9)
    s.text(50, 55, "Boekhandel De Zilverreiger", 16, bold=True)
    s.lines(50, 70, ["Oudegracht 118, 3511 AW Utrecht", "KvK 30447718 - btw-nummer NL602018584B01"], 8)
    s.lines(330, 110, ["Openbare Bibliotheek Houten", "Afdeling Collectie", "Schoutenpoort 2", "3991 AA Houten"])
    s.pairs(
        50,
        150,
        112,
        [
            ("Factuurnummer", "2025-3318"),
            ("Factuurdatum", "4 november 2025"),
            ("Uw bestelling", "OBH-771"),
            ("Te betalen voor", "4 december 2025"),
        ],
    )
    rows = [
        ("9789044712345", "De rivier en de stad", "3", "24.99"),
        ("9789028447718", "Vogels van het wad", "2", "32.50"),
        ("", "Verzendkosten", "1", "6.95"),
    ]
    rate = Decimal("1.09")
    items = [line(text, q, amount=cents(Decimal(q) * Decimal(p) / rate), tax_rate="9") for _, text, q, p in rows]
    y = s.table(50, 205, [("ISBN", 90, "left"), ("Titel", 200, "left"), ("Aantal", 50, "right"), ("Prijs", 65, "right"), ("Bedrag", 85, "right")],
                [(isbn, text, q, EURO(p), EURO(cents(Decimal(q) * Decimal(p)))) for isbn, text, q, p in rows])  # fmt: skip
    gross = sum((Decimal(q) * Decimal(p) for _, _, q, p in rows), Decimal(0))
    tax = cents(gross - gross / rate)
    s.pairs(330, 537, y + 6, [("Totaal inclusief btw €", EURO(gross)), ("waarvan btw 9% €", EURO(tax))], align="right")
    s.text(
        50,
        700,
        "IBAN NL36 INGB 0067 9618 40 t.n.v. Boekhandel De Zilverreiger. Genoemde prijzen zijn inclusief 9% btw.",
    )
    return label(
        items, invoice_number="2025-3318", invoice_date="2025-11-04", due_date="2025-12-04", currency="EUR", purchase_order="OBH-771",
        vendor_name="Boekhandel De Zilverreiger", vendor_tax_id="NL602018584B01", buyer_name="Openbare Bibliotheek Houten", prices_with_tax=True,
        tax_amount=tax, total_amount=gross, iban="NL36INGB0067961840", open_fields=("subtotal", "amount_due"),
    )  # fmt: skip


@page("i07.pdf", "es", "ES")
def printer(s: Sheet) -> Label:
    """A printer's invoice: surcharge of equivalence beside the tax, the client at the right, budget number near."""
    s.style("helv", 9)
    s.text(50, 52, "Gráficas Moncayo, S.A.", 15, bold=True)
    s.lines(50, 66, ["Avda. de la Industria 44, 50500 Tarazona (Zaragoza)", "N.I.F. A50447713 · Tel. 976 55 01 88"], 8)
    s.lines(320, 105, ["Papelería El Cierzo", "Dña. Pilar Aznar Gil", "C/ Mayor 7", "50500 Tarazona", "NIF 05825770P"])
    s.pairs(
        50,
        150,
        105,
        [("FACTURA", "2025/00447"), ("Fecha", "07/11/2025"), ("Presupuesto", "P-1188"), ("Albarán", "A-20418")],
    )
    items = [
        line("Cuadernos A5 espiral", "200", "2.35", tax_rate="21"),
        line("Talonarios autocopiativos", "50", "4.80", tax_rate="21"),
    ]
    y = s.table(50, 190, [("Cantidad", 60, "right"), ("Descripción", 240, "left"), ("Precio", 75, "right"), ("Total", 95, "right")],
                [(i["quantity"], i["description"], EURO(i["unit_price"]), EURO(i["amount"])) for i in items], grid="rows")  # fmt: skip
    net = total(items)
    tax, more = cents(net * Decimal("0.21")), cents(net * Decimal("0.052"))
    s.pairs(300, 517, y + 6, [("Base imponible", EURO(net) + " €"), ("I.V.A. 21 %", EURO(tax) + " €"), ("Recargo equivalencia 5,2 %", EURO(more) + " €"),
                              ("TOTAL FACTURA", EURO(net + tax + more) + " €")], align="right")  # fmt: skip
    s.text(50, 700, "Domiciliación bancaria el 07/12/2025 en su cuenta ES79 0344 **** **** **** 1783")
    return label(
        items, invoice_number="2025/00447", invoice_date="2025-11-07", due_date="2025-12-07", currency="EUR", vendor_name="Gráficas Moncayo, S.A.",
        vendor_tax_id="A50447713", vendor_tax_id_alternatives=["ESA50447713"], buyer_name="Papelería El Cierzo", buyer_tax_id="05825770P",
        subtotal=net, taxes=[{"rate": "21", "base": str(net), "amount": str(tax)}, {"rate": "5.2", "base": str(net), "amount": str(more)}],
        tax_amount=tax + more, total_amount=net + tax + more, open_fields=("amount_due",),
    )  # fmt: skip


@other_file("i08.txt", "en", "GB")
def consultant() -> tuple[bytes, Label]:
    """A consultant's invoice as text: days at a rate, expenses without receipts, no tax registered."""
    text = """\
INVOICE

From:    Bronwen Pugh Consulting
         3 Ffordd y Bryn, Machynlleth SY20 8DR

Bill to: Dyfi Biosphere Trust
         Y Plas, Machynlleth SY20 8ER

Invoice number:  2025-31
Invoice date:    1 November 2025
Payment due:     30 November 2025

Description                          Days     Rate       Amount
Facilitation of board away day       1.0      520.00     520.00
Interviews and analysis              3.5      480.00     1,680.00
Travel at cost                       1.0      64.20      64.20

Total due                                                GBP 2,264.20

Not registered for VAT.
Bank: sort code 20-44-77, account 10447718, B Pugh
"""
    items = [
        line("Facilitation of board away day", "1.0", "520.00"),
        line("Interviews and analysis", "3.5", "480.00"),
        line("Travel at cost", "1.0", "64.20"),
    ]
    return text.encode(), label(
        items, invoice_number="2025-31", invoice_date="2025-11-01", due_date="2025-11-30", currency="GBP", vendor_name="Bronwen Pugh Consulting",
        buyer_name="Dyfi Biosphere Trust", total_amount=total(items), amount_due=total(items), open_fields=("subtotal", "tax_amount"),
    )  # fmt: skip
