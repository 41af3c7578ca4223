"""Documents about works: final bills less payments, deductions, reverse charge, split payment, hours, credit."""

from __future__ import annotations

from decimal import Decimal

from tests.drawn.labels import Label, amount, label, line, page, total
from tests.drawn.sheet import Numbers, Sheet, cents

EURO = Numbers(".", ",")
SPACED = Numbers(" ", ",")
UK = Numbers(",", ".")


@page("f14.pdf", "de", "DE")
def final_bill(s: Sheet) -> Label:
    """A final bill of a builder: positions with numbers, payments on account listed with their dates and taken off."""
    s.style("times", 10)
    s.text(545, 60, "Zimmerei Ostermann GmbH", 16, bold=True, align="right")
    s.lines(545, 75, ["Holzweg 7 · 37574 Einbeck", "Telefon 05561 440071"], 9, align="right")
    s.text(60, 120, "Zimmerei Ostermann GmbH, Holzweg 7, 37574 Einbeck", 6.5)
    s.lines(60, 136, ["Kirchengemeinde St. Alexandri", "Bauausschuss", "Stiftplatz 3", "37574 Einbeck"])
    s.pairs(
        380,
        480,
        136,
        [
            ("Rechnungs-Nr.", "SR-2025-0117"),
            ("Datum", "24.10.2025"),
            ("Kunden-Nr.", "20418"),
            ("Ihr Auftrag vom", "12.03.2025"),
            ("Ausführung", "Mai - Sept. 2025"),
        ],
        9,
    )
    s.text(60, 235, "Schlussrechnung Sanierung Dachstuhl Gemeindehaus", 12, bold=True)
    items = [
        line("Gerüst stellen, vorhalten und abbauen", "420", "11.80", unit="m²", tax_rate="19"),
        line("Sparren aufdoppeln, KVH 60/160", "318", "27.40", unit="m", tax_rate="19"),
        line("Schalung 24 mm, Fichte", "455", "19.60", unit="m²", tax_rate="19"),
        line("Stundenlohnarbeiten Geselle", "36.5", "62.00", unit="Std", tax_rate="19"),
    ]
    y = s.table(
        60,
        250,
        [
            ("Pos.", 40, "left"),
            ("Leistung", 220, "left"),
            ("Menge", 50, "right"),
            ("EH", 35, "left"),
            ("EP €", 60, "right"),
            ("GP €", 80, "right"),
        ],
        [
            (f"01.{n:02}", i["description"], EURO(i["quantity"]), i["unit"], EURO(i["unit_price"]), EURO(i["amount"]))
            for n, i in enumerate(items, 1)
        ],
    )
    net = total(items)
    tax = cents(net * Decimal("0.19"))
    gross = net + tax
    paid = (Decimal("11900.00"), Decimal("8330.00"))
    s.pairs(
        260,
        542,
        y + 10,
        [
            ("Summe netto", EURO(net)),
            ("zzgl. 19 % MwSt.", EURO(tax)),
            ("Gesamtbetrag brutto", EURO(gross)),
            ("abzgl. Abschlagszahlung vom 02.06.2025", "-" + EURO(paid[0])),
            ("abzgl. Abschlagszahlung vom 18.08.2025", "-" + EURO(paid[1])),
            ("Noch zu zahlen", EURO(gross - sum(paid))),
        ],
        align="right",
    )
    s.lines(
        60,
        620,
        [
            "Zahlbar ohne Abzug bis 14.11.2025 auf unser Konto DE66 3705 0198 0012 3456 78.",
            "In den Abschlägen sind 3.230,00 € Umsatzsteuer enthalten.",
        ],
        9,
    )
    s.text(
        300,
        800,
        "Amtsgericht Göttingen HRB 204417 · USt-IdNr. DE100735378 · Geschäftsführer Jörn Ostermann",
        7,
        align="center",
    )
    return label(
        items,
        invoice_number="SR-2025-0117",
        invoice_date="2025-10-24",
        due_date="2025-11-14",
        currency="EUR",
        vendor_name="Zimmerei Ostermann GmbH",
        vendor_tax_id="DE100735378",
        buyer_name="Kirchengemeinde St. Alexandri",
        subtotal=net,
        tax_amount=tax,
        total_amount=gross,
        amount_paid=sum(paid),
        payments=[str(each) for each in paid],
        amount_due=gross - sum(paid),
        iban="DE66370501980012345678",
    )


@page("f15.pdf", "en", "GB")
def subcontractor(s: Sheet) -> Label:
    """A subcontractor: domestic reverse charge, so no tax is asked; construction tax withheld from the labour."""
    s.style("helv", 9)
    s.text(50, 55, "R. Ashdown Plastering", 14, bold=True)
    s.lines(50, 69, ["6 Fletcher Row, Hexham NE46 2QA", "UTR 44179 02261   VAT Reg 529 8587 85"], 8)
    s.text(545, 55, "Invoice 318", 14, align="right")
    s.text(545, 69, "Dated 14 November 2025", align="right")
    s.lines(
        50,
        115,
        ["Contractor:", "Redesdale Construction Ltd", "Station Yard, Otterburn NE19 1HE", "VAT Reg 389 1782 41"],
    )
    s.text(330, 115, "Contract: Bellingham School, phase 2")
    s.text(330, 129, "Order ref: RC/4471-B")
    items = [
        line("Skim coat to classrooms", "260", "9.20", unit="m2", tax_rate="0"),
        line("Dot and dab boarding", "118", "14.50", unit="m2", tax_rate="0"),
        line("Materials: board, beads, adhesive", "1", "1184.60", tax_rate="0"),
    ]
    y = s.table(
        50,
        185,
        [
            ("Works", 220, "left"),
            ("Qty", 50, "right"),
            ("Unit", 40, "left"),
            ("Rate", 60, "right"),
            ("VAT", 40, "right"),
            ("Total", 85, "right"),
        ],
        [
            (i["description"], i["quantity"], i.get("unit", ""), UK(i["unit_price"]), "0%", UK(i["amount"]))
            for i in items
        ],
        grid="rows",
    )
    net = total(items)
    labour = amount(items[0]) + amount(items[1])
    held = cents(labour * Decimal("0.2"))
    s.pairs(
        300,
        542,
        y + 10,
        [
            ("Net total", UK(net)),
            ("VAT (reverse charge)", "0.00"),
            ("Invoice total", "£" + UK(net)),
            (f"Less CIS deduction 20% of labour {UK(labour)}", "-" + UK(held)),
            ("Amount payable", "£" + UK(net - held)),
        ],
        align="right",
    )
    s.lines(
        50,
        600,
        [
            "Reverse charge: customer to pay the VAT to HMRC. VAT on this supply at 20%.",
            "Please pay within 14 days: IBAN GB09 LOYD 3096 2110 4478 23, R. Ashdown",
        ],
        8.5,
    )
    return label(
        items,
        invoice_number="318",
        invoice_date="2025-11-14",
        currency="GBP",
        purchase_order="RC/4471-B",
        vendor_name="R. Ashdown Plastering",
        vendor_tax_id="529 8587 85",
        vendor_tax_id_alternatives=["GB529858785", "529858785"],
        buyer_name="Redesdale Construction Ltd",
        buyer_tax_id="389 1782 41",
        buyer_tax_id_alternatives=["389178241", "GB389178241"],
        subtotal=net,
        tax_amount="0.00",
        total_amount=net,
        withholding_amount=held,
        amount_due=net - held,
        iban="GB09LOYD30962110447823",
        open_fields=("due_date",),
    )


@page("f16.pdf", "de", "AT")
def reverse_charge(s: Sheet) -> Label:
    """A tiler to a builder: liability of the recipient, one row of tax at 0 %, a discount for early payment."""
    s.style("sans", 8.5)
    s.box(0, 0, 595, 44, fill="#20404a", stroke="")
    s.text(50, 29, "Fliesen Brandauer e.U.", 15, bold=True, color="#ffffff")
    s.text(545, 29, "Salzstraße 40, 5310 Mondsee", 8, align="right", color="#ffffff")
    s.lines(
        50,
        110,
        [
            "Firma",
            "Seebau Generalunternehmer GmbH",
            "Attergaustraße 18",
            "4880 St. Georgen im Attergau",
            "UID: ATU73509526",
        ],
    )
    s.text(50, 210, "R E C H N U N G", 14, bold=True)
    s.pairs(
        50,
        150,
        230,
        [
            ("Rechnungsnummer:", "2025/208"),
            ("Rechnungsdatum:", "11.11.2025"),
            ("Bestellnummer:", "B-5502-17"),
            ("Leistungszeitraum:", "06.10. - 31.10.2025"),
        ],
    )
    items = [
        line("Wandfliesen 30x60 verlegen", "184", "41.50", unit="m²", tax_rate="0"),
        line("Bodenfliesen 60x60 verlegen", "96", "46.00", unit="m²", tax_rate="0"),
        line("Silikonfugen", "210", "4.90", unit="lfm", tax_rate="0"),
    ]
    y = s.table(
        50,
        300,
        [
            ("Nr.", 30, "left"),
            ("Bezeichnung", 220, "left"),
            ("Menge", 55, "right"),
            ("Einheit", 45, "left"),
            ("Preis", 60, "right"),
            ("Betrag", 85, "right"),
        ],
        [
            (str(n), i["description"], EURO(i["quantity"]), i["unit"], EURO(i["unit_price"]), EURO(i["amount"]))
            for n, i in enumerate(items, 1)
        ],
        grid="rows",
    )
    net = total(items)
    s.pairs(
        320,
        542,
        y + 8,
        [("Nettobetrag", "€ " + EURO(net)), ("0 % USt", "€ 0,00"), ("Rechnungsbetrag", "€ " + EURO(net))],
        align="right",
        bold_value=True,
    )
    early = cents(net * Decimal("0.97"))
    s.lines(
        50,
        620,
        [
            "Übergang der Steuerschuld auf den Leistungsempfänger gemäß § 19 Abs. 1a UStG.",
            f"Zahlbar innerhalb von 30 Tagen netto; bei Zahlung bis 25.11.2025 abzüglich 3 % Skonto: € {EURO(early)}.",
            "Bankverbindung: Raiffeisenbank Mondseeland, IBAN AT48 1200 0007 1234 5678",
            "Fliesen Brandauer e.U., FN 418842 k, UID: ATU70769288",
        ],
    )
    return label(
        items,
        invoice_number="2025/208",
        invoice_date="2025-11-11",
        currency="EUR",
        purchase_order="B-5502-17",
        vendor_name="Fliesen Brandauer e.U.",
        vendor_tax_id="ATU70769288",
        buyer_name="Seebau Generalunternehmer GmbH",
        buyer_tax_id="ATU73509526",
        subtotal=net,
        tax_amount="0.00",
        total_amount=net,
        iban="AT481200000712345678",
        open_fields=("due_date", "amount_due"),
    )


@page("f17.pdf", "pl", "PL")
def split_payment(s: Sheet) -> Label:
    """A steel builder: net, tax and gross of each line at two rates, split payment, parties below each other."""
    s.style("sans", 7.5)
    s.text(545, 45, "Mechanizm podzielonej płatności", 8, align="right")
    s.text(45, 70, "Faktura VAT nr FV/214/11/2025", 14, bold=True)
    s.text(45, 86, "Data wystawienia: 18.11.2025    Data sprzedaży: 15.11.2025    Termin płatności: 02.12.2025")
    s.lines(
        45,
        112,
        ["Sprzedawca:", "Konstrukcje Stalowe Warta Sp. z o.o.", "ul. Fabryczna 12, 62-510 Konin", "NIP: 9113511971"],
    )
    s.lines(
        45,
        165,
        ["Nabywca:", "Gminny Zakład Komunalny w Ślesinie", "ul. Kleczewska 15, 62-561 Ślesin", "NIP: 7886468414"],
    )
    s.text(45, 218, "Zamówienie nr GZK/77/2025")
    items = [
        line("Wiata stalowa ocynkowana 6x4 m", "2", "7850.00", unit="szt.", tax_rate="23"),
        line("Montaż wiaty na fundamencie", "2", "1400.00", unit="usł.", tax_rate="23"),
        line("Zieleń osłonowa, nasadzenia", "40", "22.50", unit="szt.", tax_rate="8"),
    ]
    taxes = [cents(amount(i) * Decimal(i["tax_rate"]) / 100) for i in items]
    y = s.table(
        45,
        232,
        [
            ("Lp.", 25, "left"),
            ("Nazwa towaru lub usługi", 150, "left"),
            ("J.m.", 30, "left"),
            ("Ilość", 35, "right"),
            ("Cena netto", 55, "right"),
            ("Wartość netto", 60, "right"),
            ("VAT", 35, "right"),
            ("Kwota VAT", 55, "right"),
            ("Wartość brutto", 65, "right"),
        ],
        [
            (
                str(n),
                i["description"],
                i["unit"],
                i["quantity"],
                SPACED(i["unit_price"]),
                SPACED(i["amount"]),
                i["tax_rate"] + "%",
                SPACED(tax),
                SPACED(amount(i) + tax),
            )
            for n, (i, tax) in enumerate(zip(items, taxes, strict=True), 1)
        ],
        grid="all",
    )
    net, tax = total(items), sum(taxes, Decimal(0))
    low, low_tax = amount(items[2]), taxes[2]
    s.table(
        265,
        y,
        [("Stawka", 55, "right"), ("Netto", 75, "right"), ("VAT", 70, "right"), ("Brutto", 80, "right")],
        [
            ("23%", SPACED(net - low), SPACED(tax - low_tax), SPACED(net - low + tax - low_tax)),
            ("8%", SPACED(low), SPACED(low_tax), SPACED(low + low_tax)),
            ("Razem", SPACED(net), SPACED(tax), SPACED(net + tax)),
        ],
        grid="all",
    )
    s.text(45, y + 110, f"Do zapłaty: {SPACED(net + tax)} PLN", 12, bold=True)
    s.text(45, y + 128, "Przelew na rachunek: PL61 1090 1014 0000 0712 1981 2874")
    return label(
        items,
        invoice_number="FV/214/11/2025",
        invoice_date="2025-11-18",
        due_date="2025-12-02",
        currency="PLN",
        purchase_order="GZK/77/2025",
        vendor_name="Konstrukcje Stalowe Warta Sp. z o.o.",
        vendor_tax_id="9113511971",
        vendor_tax_id_alternatives=["PL9113511971"],
        buyer_name="Gminny Zakład Komunalny w Ślesinie",
        buyer_tax_id="7886468414",
        subtotal=net,
        tax_amount=tax,
        total_amount=net + tax,
        amount_due=net + tax,
        iban="PL61109010140000071219812874",
        taxes=[
            {"rate": "23", "base": str(net - low), "amount": str(tax - low_tax)},
            {"rate": "8", "base": str(low), "amount": str(low_tax)},
        ],
    )


@page("f18.pdf", "nb", "NO")
def consultants(s: Sheet) -> Label:
    """An engineering office: names of people and hours, totals in two columns, KID and account for the payment."""
    s.style("helv", 9)
    s.text(545, 60, "Fjellheim Rådgivning AS", 14, bold=True, align="right", color="#304080")
    s.lines(50, 105, ["Sunnfjord Energi Nett AS", "Att: Prosjektkontoret", "Hafstadvegen 38", "6800 Førde"])
    s.text(50, 185, "FAKTURA", 15, bold=True)
    s.table(
        50,
        195,
        [
            ("Fakturanr", 80, "left"),
            ("Dato", 80, "left"),
            ("Forfall", 80, "left"),
            ("Prosjekt", 120, "left"),
            ("Deres ref", 120, "left"),
        ],
        [("31190", "07.11.2025", "21.11.2025", "4471 Jølstra", "Innkjøp 90-2211")],
        grid="none",
    )
    items = [
        line("Sivilingeniør, prosjektering", "41.5", "1380.00", unit="timer", tax_rate="25"),
        line("Landmåler i felt", "16", "1150.00", unit="timer", tax_rate="25"),
        line("Kjøregodtgjørelse", "380", "5.30", unit="km", tax_rate="0"),
    ]
    y = s.table(
        50,
        250,
        [
            ("Tekst", 200, "left"),
            ("Antall", 55, "right"),
            ("Enhet", 45, "left"),
            ("Pris", 65, "right"),
            ("MVA", 45, "right"),
            ("Sum", 85, "right"),
        ],
        [
            (
                i["description"],
                EURO(i["quantity"]),
                i["unit"],
                SPACED(i["unit_price"]),
                i["tax_rate"] + " %",
                SPACED(i["amount"]),
            )
            for i in items
        ],
        grid="head",
    )
    net = total(items)
    free = amount(items[2])
    tax = cents((net - free) / 4)
    s.pairs(50, 240, y + 14, [("Avgiftspliktig", SPACED(net - free)), ("Avgiftsfritt", SPACED(free))], align="right")
    s.pairs(
        310,
        545,
        y + 14,
        [("Netto", SPACED(net)), ("MVA 25 %", SPACED(tax)), ("Å betale NOK", SPACED(net + tax))],
        align="right",
        bold_value=True,
    )
    s.lines(
        50,
        690,
        [
            "Betales til konto 3201.44.71902   KID 003119020258",
            "Fjellheim Rådgivning AS, Storehagen 1, 6800 Førde   Org.nr NO 952 068 547 MVA   Foretaksregisteret",
        ],
        8,
    )
    return label(
        items,
        invoice_number="31190",
        invoice_date="2025-11-07",
        due_date="2025-11-21",
        currency="NOK",
        vendor_name="Fjellheim Rådgivning AS",
        vendor_tax_id="NO952068547MVA",
        vendor_tax_id_alternatives=["NO 952 068 547 MVA", "952068547", "NO952068547"],
        buyer_name="Sunnfjord Energi Nett AS",
        subtotal=net,
        tax_amount=tax,
        total_amount=net + tax,
        open_fields=("amount_due", "purchase_order"),
    )


@page("f19.pdf", "nl", "BE")
def credit_note(s: Sheet) -> Label:
    """A machine hirer gives back days that were not used: amounts with a minus, the invoice it corrects named."""
    s.style("serif", 9)
    s.text(50, 60, "Verhuur Machines Leieland bv", 14, bold=True)
    s.lines(50, 75, ["Industriepark 9, 8500 Kortrijk", "BTW BE 0667.636.944 - RPR Gent, afd. Kortrijk"], 8)
    s.lines(330, 115, ["Grondwerken Claerhout nv", "Ieperstraat 210", "8840 Staden", "BTW BE 0499.072.324"])
    s.text(50, 130, "CREDITNOTA", 16, bold=True)
    s.pairs(
        50, 150, 150, [("Nummer", "CN25/0090"), ("Datum", "20/11/2025"), ("Betreft factuur", "F25/4418 van 31/10/2025")]
    )
    items = [
        line("Graafmachine 8 ton, niet gebruikte dagen", "3", "310.00", tax_rate="21"),
        line("Transport heen en terug", "1", "180.00", tax_rate="21"),
    ]
    y = s.table(
        50,
        225,
        [
            ("Omschrijving", 230, "left"),
            ("Aantal", 50, "right"),
            ("Prijs", 70, "right"),
            ("BTW %", 50, "right"),
            ("Totaal", 95, "right"),
        ],
        [(i["description"], "-" + i["quantity"], EURO(i["unit_price"]), "21", "-" + EURO(i["amount"])) for i in items],
        grid="rows",
    )
    net = total(items)
    tax = cents(net * Decimal("0.21"))
    s.pairs(
        330,
        542,
        y + 10,
        [
            ("Maatstaf van heffing", "-" + EURO(net)),
            ("BTW 21%", "-" + EURO(tax)),
            ("Totaal EUR", "-" + EURO(net + tax)),
        ],
        align="right",
    )
    s.text(
        50, 560, "Dit bedrag wordt in mindering gebracht van uw volgende factuur. BTW terug te storten aan de Staat."
    )
    return label(
        items,
        document_type="credit_note",
        invoice_number="CN25/0090",
        invoice_date="2025-11-20",
        currency="EUR",
        preceding_invoice="F25/4418",
        vendor_name="Verhuur Machines Leieland bv",
        vendor_tax_id="BE0667636944",
        vendor_tax_id_alternatives=["BE 0667.636.944"],
        buyer_name="Grondwerken Claerhout nv",
        buyer_tax_id="BE0499072324",
        subtotal=net,
        tax_amount=tax,
        total_amount=net + tax,
        open_fields=("amount_due",),
    )
