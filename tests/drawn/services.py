"""Documents about services: utilities, builders, freelancers, hotels, agencies, a proforma, tables in text files."""

from __future__ import annotations

from decimal import Decimal

from tests.drawn.labels import Label, amount, label, line, other_file, page, total
from tests.drawn.sheet import Numbers, Sheet, cents

DK = FI = NO = Numbers(".", ",")
FR = PL = Numbers(" ", ",")
ES = DE = IT = Numbers(".", ",")
US = UK = Numbers(",", ".")
CH = Numbers("'", ".")


@page("e11.pdf", "it", "IT")
def translator(s: Sheet) -> Label:
    """A freelancer: social security surcharge, withholding, stamp; sender at the right, client at the left."""
    s.style("times", 10.5)
    s.lines(
        540,
        60,
        [
            "Dott.ssa Ilaria Fontanesi",
            "Traduzioni e interpretariato",
            "Via Emilia Santo Stefano 19",
            "42121 Reggio nell'Emilia",
            "P. IVA 56611331218",
        ],
        align="right",
    )
    s.lines(
        55,
        150,
        [
            "Spett.le",
            "Officine Meccaniche Secchia S.p.A.",
            "Via dell'Industria 3",
            "41042 Fiorano Modenese (MO)",
            "P. IVA 57329990832",
        ],
    )
    s.text(55, 250, "Parcella n. 31 del 15 settembre 2025", 13, bold=True)
    items = [
        line("Traduzione manuale pressa IT-DE, cartelle", "86", "28.00"),
        line("Interpretariato fiera, giornate", "2", "450.00"),
    ]
    y = s.table(
        55,
        270,
        [("Prestazione", 270, "left"), ("Quantità", 60, "right"), ("Tariffa", 70, "right"), ("Compenso", 85, "right")],
        [(i["description"], i["quantity"], IT(i["unit_price"]), IT(i["amount"])) for i in items],
        grid="head",
    )
    fees = total(items)
    fund = cents(fees * Decimal("0.04"))
    net = fees + fund
    tax, withheld = cents(net * Decimal("0.22")), cents(net * Decimal("0.20"))
    s.pairs(
        280,
        540,
        y + 10,
        [
            ("Totale compensi", IT(fees)),
            ("Rivalsa INPS 4%", IT(fund)),
            ("Totale imponibile", IT(net)),
            ("IVA 22%", IT(tax)),
            ("Totale parcella", IT(net + tax)),
            ("Ritenuta d'acconto 20%", "-" + IT(withheld)),
            ("Totale da pagare €", IT(net + tax - withheld)),
        ],
        align="right",
    )
    s.lines(
        55,
        640,
        ["Bonifico a 30 giorni data fattura: IT60 X054 2811 1010 0000 0123 456", "intestato a Ilaria Fontanesi"],
    )
    return label(
        items,
        invoice_number="31",
        invoice_date="2025-09-15",
        currency="EUR",
        vendor_name="Dott.ssa Ilaria Fontanesi",
        vendor_name_alternatives=["Ilaria Fontanesi"],
        vendor_tax_id="56611331218",
        vendor_tax_id_alternatives=["IT56611331218"],
        buyer_name="Officine Meccaniche Secchia S.p.A.",
        buyer_tax_id="57329990832",
        charge_total=fund,
        subtotal=net,
        tax_amount=tax,
        total_amount=net + tax,
        withholding_amount=withheld,
        amount_due=net + tax - withheld,
        iban="IT60X0542811101000000123456",
        open_fields=("due_date",),
    )


@page("e12.pdf", "es", "ES")
def designer(s: Sheet) -> Label:
    """A self-employed designer: IRPF withheld, no table rules, client below the sender."""
    s.style("helv", 10)
    s.text(60, 70, "lucía herranz · diseño gráfico", 15, color="#b03060")
    s.lines(
        60,
        90,
        [
            "Lucía Herranz Molina",
            "NIF 51877214L",
            "C/ Embajadores 112, 3º B, 28012 Madrid",
            "hola@luciaherranz.example",
        ],
        9,
    )
    s.lines(330, 90, ["Cliente:", "Editorial Puerta del Alba S.L.", "Gran Vía 55, 28013 Madrid", "CIF B12507869"], 9)
    s.pairs(
        60, 150, 170, [("Factura", "2025-018"), ("Fecha", "1 de octubre de 2025"), ("Vence", "31 de octubre de 2025")]
    )
    items = [
        line("Cubierta colección otoño", "3", "380.00"),
        line("Maquetación interior (páginas)", "212", "4.50"),
        line("Retoque fotográfico (horas)", "6.5", "40.00"),
    ]
    y = s.table(
        60,
        240,
        [("Concepto", 220, "left"), ("Uds.", 60, "right"), ("Precio", 80, "right"), ("Total", 100, "right")],
        [
            (
                i["description"],
                ES(i["quantity"], 1 if "." in i["quantity"] else 0),
                ES(i["unit_price"]) + " €",
                ES(i["amount"]) + " €",
            )
            for i in items
        ],
        grid="none",
        gap=4,
    )
    net = total(items)
    tax, withheld = cents(net * Decimal("0.21")), cents(net * Decimal("0.15"))
    s.pairs(
        280,
        517,
        y + 20,
        [
            ("Base imponible", ES(net) + " €"),
            ("IVA (21 %)", ES(tax) + " €"),
            ("Retención IRPF (15 %)", "-" + ES(withheld) + " €"),
            ("Total a pagar", ES(net + tax - withheld) + " €"),
        ],
        align="right",
    )
    s.text(
        60,
        700,
        "Pago por transferencia a la cuenta ES91 2100 0418 4502 0005 1332 a nombre de Lucía Herranz Molina.",
        8.5,
    )
    return label(
        items,
        invoice_number="2025-018",
        invoice_date="2025-10-01",
        due_date="2025-10-31",
        currency="EUR",
        vendor_name="Lucía Herranz Molina",
        vendor_name_alternatives=["lucía herranz · diseño gráfico", "Lucía Herranz"],
        vendor_tax_id="51877214L",
        buyer_name="Editorial Puerta del Alba S.L.",
        buyer_tax_id="B12507869",
        subtotal=net,
        tax_amount=tax,
        withholding_amount=withheld,
        amount_due=net + tax - withheld,
        iban="ES9121000418450200051332",
        open_fields=("total_amount",),
    )


@page("e13.pdf", "en", "US")
def water(s: Sheet) -> Label:
    """A utility's bill with the balance of the last one, a payment, current charges and a remittance stub."""
    s.style("helv", 9)
    s.text(45, 50, "Cedar Hollow Water & Sewer District", 14, bold=True, color="#004477")
    s.lines(
        45,
        64,
        [
            "4400 Reservoir Road, Cedar Hollow, TN 37774",
            "Customer service (865) 555-0130 | www.cedarhollowwater.example",
        ],
        8,
    )
    s.pairs(
        360,
        550,
        100,
        [
            ("Account Number", "0088-41172-03"),
            ("Bill Number", "W2509-41172"),
            ("Bill Date", "September 12, 2025"),
            ("Due Date", "October 3, 2025"),
            ("Service Period", "08/08/25 - 09/09/25"),
        ],
        align="right",
    )
    s.lines(45, 110, ["HARLAN QUICK STOP LLC", "1908 HWY 11 W", "CEDAR HOLLOW TN 37774"])
    s.text(45, 190, "Account Summary", 11, bold=True)
    items = [
        line("Water usage 14,200 gallons", amount="96.56"),
        line("Water base charge", amount="22.40"),
        line("Sewer usage 14,200 gallons", amount="118.30"),
        line("Sewer base charge", amount="31.75"),
        line("Stormwater fee", amount="9.50"),
    ]
    current = total(items)
    before, paid = Decimal("264.18"), Decimal("200.00")
    y = s.pairs(
        45,
        300,
        206,
        [
            ("Previous balance", "$" + US(before)),
            ("Payments received, thank you", "-$" + US(paid)),
            ("Balance forward", "$" + US(before - paid)),
        ],
        align="right",
    )
    y = s.table(
        45,
        y + 8,
        [("Current Charges", 200, "left"), ("Amount", 55, "right")],
        [(i["description"], US(i["amount"])) for i in items],
        grid="head",
    )
    y = s.pairs(
        45,
        300,
        y + 4,
        [("Total current charges", "$" + US(current)), ("TOTAL AMOUNT DUE", "$" + US(before - paid + current))],
        align="right",
        bold_key=True,
    )
    s.rule(45, 640, 550)
    s.text(45, 655, "Please detach and return this portion with your payment", 7)
    s.pairs(
        330,
        550,
        680,
        [
            ("Account Number", "0088-41172-03"),
            ("Due Date", "October 3, 2025"),
            ("Amount Due", "$" + US(before - paid + current)),
        ],
        align="right",
    )
    s.lines(45, 690, ["Cedar Hollow Water & Sewer District", "PO Box 1180", "Cedar Hollow TN 37774"])
    return label(
        items,
        invoice_number="W2509-41172",
        invoice_date="2025-09-12",
        due_date="2025-10-03",
        period_start="2025-08-08",
        period_end="2025-09-09",
        currency="USD",
        vendor_name="Cedar Hollow Water & Sewer District",
        buyer_name="HARLAN QUICK STOP LLC",
        total_amount=current,
        previous_balance=before - paid,
        open_fields=("amount_due", "subtotal", "tax_amount"),
    )


@page("e14.pdf", "en", "GB")
def builder(s: Sheet) -> Label:
    """An application for payment turned invoice: valued work, retention held, less previous certificate, VAT."""
    s.style("helv", 9)
    s.text(50, 52, "Thornbury Groundworks Limited", 14, bold=True)
    s.lines(
        50,
        66,
        [
            "Unit 9 Severn Trading Estate, Thornbury, Bristol BS35 3UT",
            "Company No. 05518204  VAT Reg No. GB 385 9493 32",
        ],
        8,
    )
    s.text(50, 105, "INVOICE / INTERIM VALUATION No. 4", 12, bold=True)
    s.text(50, 130, "To:", bold=True)
    s.lines(75, 130, ["Marlbury Homes (South West) Ltd", "Castle House, Castle Street", "Bristol BS1 3XD"])
    s.pairs(
        340,
        440,
        130,
        [
            ("Invoice no:", "TG-1184-04"),
            ("Tax point:", "31 October 2025"),
            ("Order no:", "MH/SC/2207"),
            ("Site:", "Orchard Rise, Yate"),
        ],
    )
    items = [
        line("Strip topsoil and cart away", "1850", "6.40", unit="m2"),
        line("Excavate foundations to plots 11-18", "412", "38.75", unit="m3"),
        line("Concrete C25 to footings", "228", "142.00", unit="m3"),
    ]
    y = s.table(
        50,
        205,
        [
            ("Item", 35, "left"),
            ("Description", 215, "left"),
            ("Qty", 50, "right"),
            ("Unit", 35, "left"),
            ("Rate £", 65, "right"),
            ("Amount £", 90, "right"),
        ],
        [
            (f"{n}.1", i["description"], UK(i["quantity"], 0), i["unit"], UK(i["unit_price"]), UK(i["amount"]))
            for n, i in enumerate(items, 1)
        ],
        grid="all",
    )
    gross = total(items)
    held = cents(gross * Decimal("0.05"))
    net = gross - held
    tax = cents(net * Decimal("0.20"))
    s.pairs(
        300,
        540,
        y + 12,
        [
            ("Gross value of work", UK(gross)),
            ("Less retention 5%", "(" + UK(held) + ")"),
            ("Net amount", UK(net)),
            ("VAT @ 20%", UK(tax)),
            ("Total payable", "£" + UK(net + tax)),
        ],
        align="right",
    )
    s.lines(
        50,
        660,
        [
            "Payment due 21 November 2025.",
            "Bank: Avon & Severn Bank, account name Thornbury Groundworks Limited,",
            "sort code 40-55-18, account 55181204",
        ],
    )
    return label(
        items,
        invoice_number="TG-1184-04",
        invoice_date="2025-10-31",
        due_date="2025-11-21",
        currency="GBP",
        purchase_order="MH/SC/2207",
        vendor_name="Thornbury Groundworks Limited",
        vendor_tax_id="GB 385 9493 32",
        vendor_tax_id_alternatives=["GB385949332"],
        buyer_name="Marlbury Homes (South West) Ltd",
        discount_total=held,
        subtotal=net,
        tax_amount=tax,
        total_amount=net + tax,
        open_fields=("amount_due",),
    )


@page("e15.pdf", "de", "DE")
def agency(s: Sheet) -> Label:
    """Positions of two rows, hours by person, cash discount in the terms, letterhead in the middle."""
    s.style("sans", 8)
    s.text(297, 46, "NORDLICHT KOMMUNIKATION", 15, bold=True, align="center")
    s.text(297, 58, "Agentur für Markenführung", 8, align="center")
    s.text(60, 118, "Nordlicht Kommunikation GmbH · Fischmarkt 7 · 24103 Kiel", 6)
    s.lines(60, 134, ["Stadtwerke Eckernförde GmbH", "Abteilung Marketing", "Bornbrook 1", "24340 Eckernförde"], 9)
    s.pairs(
        390,
        470,
        130,
        [
            ("Rechnung", "2025-0417"),
            ("Datum", "07.10.2025"),
            ("Projekt", "P-233 Relaunch"),
            ("Bestellnr.", "4500118820"),
            ("Leistung", "September 2025"),
        ],
    )
    entries = [
        ("Konzeption und Workshop", "Leitung: Kreativdirektion", "18", "135.00"),
        ("Gestaltung Startseite", "Varianten A bis C", "42.5", "98.00"),
        ("Textarbeit", "Lektorat enthalten", "27", "85.00"),
    ]
    items = [line(d, q, p) for d, _, q, p in entries]
    y = s.table(
        60,
        235,
        [
            ("Pos.", 30, "left"),
            ("Leistung", 230, "left"),
            ("Stunden", 55, "right"),
            ("Satz", 65, "right"),
            ("Gesamt", 90, "right"),
        ],
        [
            (str(n), f"{d}\n{more}", DE(q, 2), DE(p) + " €", DE(items[n - 1]["amount"]) + " €")
            for n, (d, more, q, p) in enumerate(entries, 1)
        ],
        grid="rows",
        gap=2,
    )
    net = total(items)
    tax = cents(net * Decimal("0.19"))
    gross = net + tax
    off = cents(gross * Decimal("0.02"))
    y = s.pairs(
        340,
        527,
        y + 10,
        [
            ("Zwischensumme", DE(net) + " €"),
            ("zzgl. 19 % MwSt.", DE(tax) + " €"),
            ("Rechnungsbetrag", DE(gross) + " €"),
        ],
        align="right",
    )
    s.text(60, y + 20, f"Zahlbar bis 17.10.2025 mit 2 % Skonto ({DE(gross - off)} €), bis 06.11.2025 netto.")
    s.lines(
        60,
        770,
        ["Nordlicht Kommunikation GmbH", "Geschäftsführerin: Wiebke Asmussen", "Amtsgericht Kiel HRB 55180"],
        6.5,
    )
    s.lines(240, 770, ["USt-IdNr. DE387398842", "Steuernummer 20/291/55181"], 6.5)
    s.lines(400, 770, ["Fördebank Kiel", "IBAN DE42 6009 7787 7109 4274 00"], 6.5)
    return label(
        [{**i, "description": f"{d} {more}"} for i, (d, more, _, _) in zip(items, entries, strict=True)],
        invoice_number="2025-0417",
        invoice_date="2025-10-07",
        due_date="2025-11-06",
        currency="EUR",
        purchase_order="4500118820",
        vendor_name="Nordlicht Kommunikation GmbH",
        vendor_name_alternatives=["NORDLICHT KOMMUNIKATION"],
        vendor_tax_id="DE387398842",
        buyer_name="Stadtwerke Eckernförde GmbH",
        subtotal=net,
        tax_amount=tax,
        total_amount=gross,
        iban="DE42600977877109427400",
        open_fields=("amount_due",),
    )


@page("e16.pdf", "da", "DK")
def electrician(s: Sheet) -> Label:
    """Customer left, company block right without labels, payment by card line, sum boxes."""
    s.style("helv", 9)
    s.lines(
        380,
        50,
        [
            "Sønderborg El-Service ApS",
            "Industrivej 40",
            "6400 Sønderborg",
            "Tlf. 74 55 51 80",
            "CVR-nr. 74087655",
            "post@soenderborgel.example",
        ],
    )
    s.lines(50, 110, ["Boligforeningen Alssund", "Kongevej 71", "6400 Sønderborg"], 10)
    s.text(50, 185, "Faktura", 15, bold=True)
    s.pairs(
        380,
        470,
        150,
        [("Fakturanr.", "18820"), ("Dato", "24-10-2025"), ("Betales senest", "07-11-2025"), ("Rekv.nr.", "BA-661")],
    )
    items = [
        line("Udskiftning af måler, timer", "5.5", "495.00"),
        line("HPFI-relæ 40A", "4", "612.00"),
        line("Kørsel", "2", "185.00"),
    ]
    y = s.table(
        50,
        215,
        [("Beskrivelse", 240, "left"), ("Antal", 60, "right"), ("Stk. pris", 80, "right"), ("Pris", 100, "right")],
        [(i["description"], DK(i["quantity"], 2), DK(i["unit_price"]), DK(i["amount"])) for i in items],
        fill="#dddddd",
        grid="head",
    )
    net = total(items)
    tax = cents(net * Decimal("0.25"))
    s.pairs(
        330,
        530,
        y + 10,
        [("Subtotal", DK(net)), ("Moms (25,00 %)", DK(tax)), ("Total DKK", DK(net + tax))],
        align="right",
    )
    s.lines(
        50,
        700,
        [
            "Beløbet indbetales på bankkonto: Sundbanken, reg.nr. 5518 kontonr. 0001188204",
            "IBAN DK22 5905 3259 6917 24",
            "Ved betaling efter forfald beregnes rente.",
        ],
    )
    return label(
        items,
        invoice_number="18820",
        invoice_date="2025-10-24",
        due_date="2025-11-07",
        currency="DKK",
        vendor_name="Sønderborg El-Service ApS",
        vendor_tax_id="74087655",
        vendor_tax_id_alternatives=["DK74087655"],
        buyer_name="Boligforeningen Alssund",
        subtotal=net,
        tax_amount=tax,
        total_amount=net + tax,
        iban="DK2259053259691724",
        open_fields=("amount_due", "purchase_order"),
    )


@page("e17.pdf", "fr", "FR")
def roofer(s: Sheet) -> Label:
    """A situation of works: sections, retention kept after tax, the amount to pay below the total."""
    s.style("helv", 9)
    s.text(45, 50, "COUVERTURE LE GOFF & FILS", 14, bold=True)
    s.lines(
        45,
        64,
        [
            "SARL au capital de 20 000 €",
            "12 rue des Ardoisiers, 29200 Brest",
            "SIRET 801 555 118 00027 - RCS Brest",
            "N° TVA FR15654510023",
        ],
        7.5,
    )
    s.lines(330, 120, ["SCI RÉSIDENCE DE L'ÉLORN", "c/o Cabinet Morvan", "3 quai de Léon", "29800 Landerneau"])
    s.text(45, 200, "Situation de travaux n° 2 - Facture FA-2025-0366", 12, bold=True)
    s.pairs(45, 150, 218, [("Date de facture", "30/09/2025"), ("Échéance", "15/10/2025"), ("Marché", "M-2025-14")])
    items = [
        line("Dépose couverture existante", "310", "18.50"),
        line("Ardoises naturelles 32x22, crochets inox", "240", "96.00"),
        line("Gouttières zinc", "58", "47.00"),
    ]
    rows: list[list[str] | str] = ["Lot 1 Préparation"]
    for n, i in enumerate(items):
        if n == 1:
            rows.append("Lot 2 Couverture et zinguerie")
        rows.append(
            [i["description"], "m²" if n < 2 else "ml", FR(i["quantity"], 2), FR(i["unit_price"]), FR(i["amount"])]
        )
    y = s.table(
        45,
        275,
        [
            ("Désignation", 250, "left"),
            ("U", 30, "left"),
            ("Quantité", 60, "right"),
            ("P.U. HT", 70, "right"),
            ("Total HT", 95, "right"),
        ],
        rows,
        grid="head",
    )
    net = total(items)
    tax = cents(net * Decimal("0.10"))
    held = cents((net + tax) * Decimal("0.05"))
    s.pairs(
        300,
        550,
        y + 10,
        [
            ("Total HT", FR(net) + " €"),
            ("TVA 10,00 %", FR(tax) + " €"),
            ("Total TTC", FR(net + tax) + " €"),
            ("Retenue de garantie 5 %", "-" + FR(held) + " €"),
            ("Net à payer", FR(net + tax - held) + " €"),
        ],
        align="right",
    )
    s.text(
        45,
        720,
        "Règlement par virement : IBAN FR37 2481 0756 9007 2003 1716 712 - pénalités de retard : 3 fois le taux légal",
        8,
    )
    return label(
        items,
        invoice_number="FA-2025-0366",
        invoice_date="2025-09-30",
        due_date="2025-10-15",
        currency="EUR",
        vendor_name="COUVERTURE LE GOFF & FILS",
        vendor_tax_id="FR15654510023",
        buyer_name="SCI RÉSIDENCE DE L'ÉLORN",
        subtotal=net,
        tax_amount=tax,
        total_amount=net + tax,
        withholding_amount=held,
        amount_due=net + tax - held,
        iban="FR3724810756900720031716712",
        open_fields=("purchase_order",),
    )


@page("e18.pdf", "en", "GB", scan_degrees=0.4)
def solicitors(s: Sheet) -> Label:
    """A scanned bill of costs: fees, disbursements without VAT, sender in the middle at the top."""
    s.style("times", 11)
    s.text(297, 70, "Pemberton Ashdown Solicitors LLP", 18, bold=True, align="center")
    s.text(297, 88, "18 Cathedral Close, Wells, Somerset BA5 2UE", 10, align="center")
    s.text(297, 102, "VAT registration number 464 2418 93", 10, align="center")
    s.lines(60, 150, ["Mendip Valley Farms Limited", "Lower Combe Farm", "Cheddar BS27 3QQ"])
    s.pairs(360, 450, 150, [("Invoice No.", "PA/25/3390"), ("Date", "17 November 2025"), ("Our ref", "JW/MEN004")])
    s.text(60, 230, "Re: Purchase of land at Combe Batch", bold=True)
    items = [
        line("Professional charges", amount="2350.00"),
        line("Land Registry search fees", amount="64.00"),
        line("Electronic transfer fee", amount="35.00"),
    ]
    y = s.table(
        60,
        250,
        [("Particulars", 360, "left"), ("Amount (£)", 110, "right")],
        [(i["description"], UK(i["amount"])) for i in items],
        grid="head",
        gap=6,
    )
    net = total(items)
    tax = cents((net - amount(items[1])) * Decimal("0.20"))
    s.pairs(
        300,
        527,
        y + 14,
        [("Total net of VAT", UK(net)), ("VAT at 20%", UK(tax)), ("Total due", "£" + UK(net + tax))],
        align="right",
        leading=18,
    )
    s.text(60, 720, "Please pay within 30 days. Pemberton Ashdown Solicitors LLP is authorised by its regulator.", 9)
    return label(
        items,
        invoice_number="PA/25/3390",
        invoice_date="2025-11-17",
        currency="GBP",
        vendor_name="Pemberton Ashdown Solicitors LLP",
        vendor_tax_id="464 2418 93",
        vendor_tax_id_alternatives=["GB464241893"],
        buyer_name="Mendip Valley Farms Limited",
        subtotal=net,
        tax_amount=tax,
        total_amount=net + tax,
        amount_due=net + tax,
        open_fields=("due_date", "amount_due"),
    )


@page("e19.pdf", "de", "CH")
def proforma(s: Sheet) -> Label:
    """A proforma with per-hundred prices, sender's logo line at the left, buyer abroad, incoterm, no tax."""
    s.style("helv", 9)
    s.text(50, 54, "SCHRAUBENWERK RORSCHACH AG", 14, bold=True)
    s.lines(50, 68, ["Industriestrasse 77, CH-9400 Rorschach", "CHE-108.955.185 MWST"], 8)
    s.lines(50, 120, ["Ferrotec Handels GmbH", "Werkstraße 9", "A-6850 Dornbirn"], 10)
    s.text(50, 190, "PROFORMA-RECHNUNG", 13, bold=True)
    s.pairs(
        340,
        440,
        120,
        [
            ("Nummer", "PF-25-0619"),
            ("Datum", "02.10.2025"),
            ("Ihre Bestellung", "B 77140"),
            ("Lieferbedingung", "EXW Rorschach"),
        ],
    )
    rows = [
        ("Sechskantschraube M8x40 A2", "2400", "18.50"),
        ("Mutter M8 A2", "2400", "4.20"),
        ("Unterlegscheibe 8.4 A2", "5000", "1.65"),
    ]
    items = [line(d, q, str(Decimal(p) / 100)) for d, q, p in rows]
    y = s.table(
        50,
        210,
        [
            ("Artikel", 60, "left"),
            ("Bezeichnung", 180, "left"),
            ("Menge", 60, "right"),
            ("Preis/100", 70, "right"),
            ("Betrag CHF", 100, "right"),
        ],
        [(f"S{n}40", d, CH(q, 0), CH(p), CH(items[n]["amount"])) for n, (d, q, p) in enumerate(rows)],
        grid="all",
    )
    net = total(items)
    s.pairs(
        320,
        517,
        y + 10,
        [("Warenwert", CH(net)), ("MWST 0 % (Ausfuhr)", "0.00"), ("Gesamtbetrag CHF", CH(net))],
        align="right",
    )
    s.lines(
        50,
        680,
        [
            "Vorauszahlung auf Konto CH59 2299 6320 6551 4139 1, Bodensee Kantonalbank",
            "Steuerfreie Ausfuhrlieferung. Ursprung Schweiz.",
        ],
        8.5,
    )
    return label(
        items,
        invoice_number="PF-25-0619",
        invoice_date="2025-10-02",
        currency="CHF",
        purchase_order="B 77140",
        vendor_name="SCHRAUBENWERK RORSCHACH AG",
        vendor_tax_id="CHE-108.955.185 MWST",
        vendor_tax_id_alternatives=["CHE-108.955.185", "CHE108955185", "CHE108955185MWST"],
        buyer_name="Ferrotec Handels GmbH",
        subtotal=net,
        total_amount=net,
        iban="CH5922996320655141391",
        open_fields=("document_type", "tax_amount", "amount_due"),
    )


@other_file("e20.csv", "pl", "PL")
def courier() -> tuple[bytes, Label]:
    """A table from a bookkeeping program: particulars as rows of keys and values, columns of the buyer beside."""
    items = [
        line("Abonament magazynowy", "1", "890.00"),
        line("Kompletacja zamówień", "412", "2.35"),
        line("Karton 40x30x20", "380", "1.90"),
    ]
    net = total(items)
    tax = cents(net * Decimal("0.23"))
    rows = [
        ["Faktura", "2025/10/0091", "", "Data wystawienia", "31.10.2025"],
        ["Sprzedawca", "Logistyka Bałtyk Sp. z o.o.", "", "Nabywca", "Sklep Rowerowy Korba s.c."],
        ["Adres", "ul. Portowa 8, 81-339 Gdynia", "", "Adres", "ul. Długa 3, 80-827 Gdańsk"],
        ["NIP", "5656006318", "", "NIP", "4773061158"],
        ["Termin płatności", "14.11.2025", "", "Waluta", "PLN"],
        [""],
        ["Lp.", "Nazwa", "Ilość", "Cena netto", "Wartość netto"],
        *(
            [str(n), i["description"], i["quantity"], PL(i["unit_price"]), PL(i["amount"])]
            for n, i in enumerate(items, 1)
        ),
        ["", "", "", "Razem netto", PL(net)],
        ["", "", "", "VAT 23%", PL(tax)],
        ["", "", "", "Razem brutto", PL(net + tax)],
    ]
    text = "".join(";".join(row) + "\r\n" for row in rows)
    return text.encode("utf-8-sig"), label(
        items,
        invoice_number="2025/10/0091",
        invoice_date="2025-10-31",
        due_date="2025-11-14",
        currency="PLN",
        vendor_name="Logistyka Bałtyk Sp. z o.o.",
        vendor_tax_id="5656006318",
        vendor_tax_id_alternatives=["PL5656006318"],
        buyer_name="Sklep Rowerowy Korba s.c.",
        buyer_tax_id="4773061158",
        subtotal=net,
        tax_amount=tax,
        total_amount=net + tax,
    )
