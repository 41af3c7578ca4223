"""Documents from the Nordic countries, the Netherlands and Belgium."""

from __future__ import annotations

from decimal import Decimal

from tests.drawn.labels import Label, label, line, page, total
from tests.drawn.sheet import Numbers, Sheet, cents

SE = Numbers(" ", ",")
DK = Numbers(".", ",")


@page("d09.pdf", "sv", "SE")
def broadband(s: Sheet) -> Label:
    """A telecom bill: period fees, OCR number, bankgiro, rounding to whole kronor, payment slip at the foot."""
    s.style("helv", 9)
    s.text(45, 60, "fjällnät", 24, bold=True, color="#5b2a86")
    s.text(550, 52, "Faktura", 20, align="right")
    s.lines(310, 110, ["Byggmästare Öberg & Söner AB", "Storgatan 18", "831 30 ÖSTERSUND"], 10)
    s.pairs(
        45,
        150,
        110,
        [
            ("Fakturanummer", "7700418823"),
            ("Fakturadatum", "2025-11-01"),
            ("Förfallodatum", "2025-11-30"),
            ("Kundnummer", "518 204"),
            ("Er referens", "Malin Öberg"),
        ],
    )
    items = [
        line("Fiber Företag 500/500", "1", "749.00", tax_rate="25"),
        line("Fast IP-adress", "2", "95.00", tax_rate="25"),
        line("Mobil 40 GB, 070-555 01 21", "1", "279.00", tax_rate="25"),
        line("Mobil 40 GB, 070-555 01 22", "1", "279.00", tax_rate="25"),
        line("Samtal utanför abonnemang", "1", "36.43", tax_rate="25"),
    ]
    s.text(45, 212, "Avser perioden 2025-11-01 – 2025-11-30", bold=True)
    y = s.table(
        45,
        222,
        [
            ("Specifikation", 255, "left"),
            ("Antal", 60, "right"),
            ("À-pris", 85, "right"),
            ("Belopp exkl. moms", 105, "right"),
        ],
        [(i["description"], i["quantity"], SE(i["unit_price"]), SE(i["amount"])) for i in items],
        fill="#efe8f5",
        grid="none",
        gap=3,
    )
    net = total(items)
    tax = cents(net * Decimal("0.25"))
    gross = net + tax
    due = gross.quantize(Decimal(1))
    s.rule(45, y - 4, 550)
    heads = ["Summa exkl. moms", "Moms 25 %", "Totalt inkl. moms", "Öresavrundning", "Att betala SEK"]
    values = (SE(net), SE(tax), SE(gross), SE(due - gross), SE(due))
    for x, head, value in zip((45, 155, 240, 345, 450), heads, values, strict=True):
        s.text(x, y + 10, head, 8, color="#555555")
        s.text(x, y + 25, value, 12, bold=head.startswith("Att"))
    s.lines(
        45,
        y + 60,
        [
            "Vid betalning efter förfallodatum debiteras dröjsmålsränta med referensränta + 8 %.",
            "Frågor om fakturan? Ring 063-555 00 90 eller skriv till kund@fjallnat.example.",
        ],
    )
    s.box(45, 690, 505, 62)
    s.pairs(
        55,
        150,
        708,
        [("OCR-nummer", "7700418823518"), ("Bankgiro", "5050-1055"), ("Betalas till", "Fjällnät Bredband AB")],
    )
    s.pairs(340, 540, 708, [("Förfallodatum", "2025-11-30"), ("Belopp", SE(due) + " kr")], align="right")
    s.text(
        45,
        785,
        "Fjällnät Bredband AB · Box 114 · 831 22 Östersund · Org.nr 556320-3651 · "
        "Momsreg.nr SE556320365101 · Godkänd för F-skatt",
        7,
    )
    return label(
        items,
        invoice_number="7700418823",
        invoice_date="2025-11-01",
        due_date="2025-11-30",
        currency="SEK",
        vendor_name="Fjällnät Bredband AB",
        vendor_name_alternatives=["fjällnät"],
        vendor_tax_id="SE556320365101",
        vendor_country="SE",
        buyer_name="Byggmästare Öberg & Söner AB",
        subtotal=net,
        tax_amount=tax,
        total_amount=gross,
        rounding=due - gross,
        amount_due=due,
        payment_reference="7700418823518",
        period_start="2025-11-01",
        period_end="2025-11-30",
    )


@page("d10.pdf", "da", "DK")
def carpenter(s: Sheet) -> Label:
    """A final bill after two payments on account that were invoiced before, in Danish."""
    s.style("times", 11)
    s.text(70, 64, "Tømrerfirmaet Kjær & Lund ApS", 17, bold=True)
    s.lines(70, 80, ["Skovbrynet 9, 8660 Skanderborg", "CVR-nr. DK37006718   ·   tlf. 86 55 01 44"], 10)
    s.lines(70, 140, ["Andelsboligforeningen Søkilden", "Att.: Kasserer Birthe Holm", "Søvej 40 A", "8600 Silkeborg"])
    s.pairs(
        360,
        525,
        140,
        [("Faktura nr.", "2418"), ("Dato", "27-06-2025"), ("Forfald", "11-07-2025"), ("Sag", "4102")],
        align="right",
    )
    s.text(70, 236, "Slutfaktura – udskiftning af vinduer, opgang 40 A og B", 13, bold=True)
    items = [
        line("Trævinduer 2-fags, leveret", "18", "4150.00"),
        line("Montering inkl. fuger", "18", "1275.00"),
        line("Stillads, leje i 4 uger", "1", "14800.00"),
        line("Bortkørsel af gamle vinduer", "1", "3950.00"),
    ]
    y = s.table(
        66,
        256,
        [("Tekst", 215, "left"), ("Antal", 50, "right"), ("Stk. pris", 90, "right"), ("Beløb i kr.", 104, "right")],
        [(i["description"], i["quantity"], DK(i["unit_price"]), DK(i["amount"])) for i in items],
        gap=4,
    )
    net = total(items)
    tax = cents(net * Decimal("0.25"))
    gross = net + tax
    paid = Decimal("90000.00")
    y = s.pairs(
        270,
        522,
        y + 6,
        [
            ("I alt ekskl. moms", DK(net)),
            ("Moms 25 %", DK(tax)),
            ("I alt inkl. moms", DK(gross)),
            ("Betalt a conto (faktura 2377 og 2391)", "-" + DK(paid)),
        ],
        align="right",
    )
    s.rule(266, y - 8, 525)
    s.text(270, y + 8, "Til betaling DKK", 12, bold=True)
    s.text(522, y + 8, DK(gross - paid), 12, bold=True, align="right")
    s.lines(
        70,
        740,
        [
            "Betales senest på forfaldsdagen til Midtjysk Andelskasse, reg.nr. 0824 konto 1066805913.",
            "Ved for sen betaling beregnes rente efter renteloven.",
        ],
        10,
    )
    return label(
        items,
        invoice_number="2418",
        invoice_date="2025-06-27",
        due_date="2025-07-11",
        currency="DKK",
        vendor_name="Tømrerfirmaet Kjær & Lund ApS",
        vendor_tax_id="DK37006718",
        vendor_country="DK",
        buyer_name="Andelsboligforeningen Søkilden",
        subtotal=net,
        tax_amount=tax,
        total_amount=gross,
        amount_paid=paid,
        amount_due=gross - paid,
    )


@page("d11.pdf", "nb", "NO")
def ferry_haulier(s: Sheet) -> Label:
    """A haulier in kroner: letterhead at the right, three tax rates of which one is nil, KID."""
    s.style("sans", 8.5)
    s.lines(
        548,
        52,
        [
            "Vestfjord Transport AS",
            "Havnegata 12",
            "8300 Svolvær",
            "Org.nr. NO 990 723 893 MVA",
            "post@vestfjord-transport.example",
        ],
        align="right",
    )
    s.text(48, 60, "FAKTURA", 22, bold=True)
    s.lines(48, 118, ["Lofoten Sjømat AS", "Fakturamottak", "Postboks 77", "8309 Kabelvåg"], 9.5)
    s.table(
        330,
        108,
        [("Fakturanr.", 72, "left"), ("Fakturadato", 72, "left"), ("Forfall", 74, "left")],
        [("100582", "31.03.2025", "14.04.2025")],
        grid="all",
        fill="#e6e6e6",
    )
    s.table(
        330,
        146,
        [("Kundenr.", 72, "left"), ("Deres bestillingsnr.", 146, "left")],
        [("30117", "LS-2025-0339")],
        grid="all",
        fill="#e6e6e6",
    )
    items = [
        line("Kjøletransport Svolvær–Oslo, uke 11", "2", "18650.00", tax_rate="25"),
        line("Kjøletransport Svolvær–Oslo, uke 12", "1", "18650.00", tax_rate="25"),
        line("Dieseltillegg 9,5 %", "3", "1771.75", tax_rate="25"),
        line("Ferge Moskenes–Bodø", "3", "2204.00", tax_rate="12"),
        line("Bompenger, viderefakturert", "3", "412.00", tax_rate="0"),
    ]
    y = s.table(
        48,
        200,
        [
            ("Beskrivelse", 230, "left"),
            ("Antall", 45, "right"),
            ("Pris", 75, "right"),
            ("Mva", 45, "right"),
            ("Beløp", 105, "right"),
        ],
        [(i["description"], i["quantity"], SE(i["unit_price"]), i["tax_rate"] + " %", SE(i["amount"])) for i in items],
        grid="rows",
        gap=3,
    )
    taxes = []
    for rate in ("25", "12", "0"):
        base = total(i for i in items if i["tax_rate"] == rate)
        taxes.append({"rate": rate, "base": str(base), "amount": str(cents(base * Decimal(rate) / 100))})
    net, tax = total(items), sum((Decimal(t["amount"]) for t in taxes), Decimal(0))
    s.table(
        48,
        y + 8,
        [("Mva-sats", 60, "left"), ("Grunnlag", 80, "right"), ("Mva-beløp", 80, "right")],
        [(t["rate"] + " %", SE(t["base"]), SE(t["amount"])) for t in taxes],
        grid="all",
    )
    s.pairs(
        330,
        545,
        y + 18,
        [("Netto", SE(net)), ("Merverdiavgift", SE(tax)), ("Å betale NOK", SE(net + tax))],
        10,
        align="right",
    )
    s.pairs(48, 150, 720, [("Kontonummer", "7190.61.92041"), ("IBAN", "NO46 7190 6192 041"), ("KID", "100582301172")])
    return label(
        items,
        invoice_number="100582",
        invoice_date="2025-03-31",
        due_date="2025-04-14",
        currency="NOK",
        purchase_order="LS-2025-0339",
        vendor_name="Vestfjord Transport AS",
        vendor_tax_id="NO990723893MVA",
        vendor_tax_id_alternatives=["990723893MVA", "990723893", "NO990723893"],
        vendor_country="NO",
        buyer_name="Lofoten Sjømat AS",
        subtotal=net,
        tax_amount=tax,
        total_amount=net + tax,
        amount_due=net + tax,
        iban="NO4671906192041",
        payment_reference="100582301172",
        taxes=taxes,
    )


@page("d12.pdf", "fi", "FI")
def hotel(s: Sheet) -> Label:
    """A hotel bill: a row a day, prices with tax, a tax table with mixed rates, paid by card."""
    s.style("sans", 8.5)
    s.text(297, 54, "HOTELLI KUUTTI", 18, bold=True, align="center")
    s.text(297, 68, "Rantakatu 3, 48100 Kotka  ·  puh. 05 555 0120  ·  Y-tunnus 2962656-8", 8, align="center")
    s.text(48, 110, "LASKU / KUITTI", 13, bold=True)
    s.pairs(
        48,
        140,
        130,
        [
            ("Laskun numero", "H-30977"),
            ("Päiväys", "21.5.2025"),
            ("Saapuminen", "18.5.2025"),
            ("Lähtö", "21.5.2025"),
            ("Huone", "214"),
        ],
    )
    s.text(320, 130, "Laskutetaan:", 7.5, color="#555555")
    s.lines(320, 143, ["Saimaan Konepaja Oy", "Telakkatie 1", "57230 Savonlinna"], 9.5)
    s.text(320, 186, "Vieras: Ilkka Vartiainen", 8.5)
    rows = [
        ("18.5.2025", "Majoitus, 1 hh", "14", "118.00"),
        ("18.5.2025", "Ravintola, päivällinen", "14", "34.50"),
        ("18.5.2025", "Olut 0,5 l", "25.5", "9.20"),
        ("19.5.2025", "Majoitus, 1 hh", "14", "118.00"),
        ("19.5.2025", "Pysäköintihalli", "25.5", "15.00"),
        ("20.5.2025", "Majoitus, 1 hh", "14", "124.00"),
        ("20.5.2025", "Pysäköintihalli", "25.5", "15.00"),
    ]
    y = s.table(
        48,
        222,
        [("Pvm", 80, "left"), ("Selite", 240, "left"), ("ALV %", 70, "right"), ("Summa EUR (sis. alv)", 110, "right")],
        [(day, text, SE(rate, 1 if "." in rate else 0), SE(value)) for day, text, rate, value in rows],
        grid="head",
        gap=2,
    )
    gross = sum((Decimal(r[3]) for r in rows), Decimal(0))
    taxes = []
    for rate in ("14", "25.5"):
        with_tax = sum((Decimal(r[3]) for r in rows if r[2] == rate), Decimal(0))
        base = cents(with_tax / (1 + Decimal(rate) / 100))
        taxes.append({"rate": rate, "base": str(base), "amount": str(with_tax - base)})
    tax = sum((Decimal(t["amount"]) for t in taxes), Decimal(0))
    s.text(438, y + 6, "Yhteensä EUR", 10, bold=True, align="right")
    s.text(545, y + 6, SE(gross), 10, bold=True, align="right")
    y = s.table(
        300,
        y + 22,
        [("ALV %", 50, "right"), ("Veroton", 65, "right"), ("Vero", 60, "right"), ("Verollinen", 73, "right")],
        [
            (t["rate"].replace(".", ","), SE(t["base"]), SE(t["amount"]), SE(Decimal(t["base"]) + Decimal(t["amount"])))
            for t in taxes
        ]
        + [("Yht.", SE(gross - tax), SE(tax), SE(gross))],
        grid="all",
    )
    s.text(48, y + 12, f"Maksettu kortilla VISA **** 4410, 21.5.2025: {SE(gross)} EUR. Avoin saldo 0,00 EUR.")
    s.text(
        297, 790, "Hotelli Kuutti / Kymen Majatalot Oy · ALV-tunnus FI29626568 · Kiitos käynnistä!", 7.5, align="center"
    )
    return label(
        [line(text, None, None) for _, text, _, _ in rows],
        invoice_number="H-30977",
        invoice_date="2025-05-21",
        currency="EUR",
        vendor_name="Kymen Majatalot Oy",
        vendor_name_alternatives=["Hotelli Kuutti", "Hotelli Kuutti / Kymen Majatalot Oy"],
        vendor_tax_id="FI29626568",
        vendor_tax_id_alternatives=["2962656-8", "29626568"],
        vendor_country="FI",
        buyer_name="Saimaan Konepaja Oy",
        subtotal=gross - tax,
        tax_amount=tax,
        total_amount=gross,
        amount_paid=gross,
        amount_due="0.00",
        period_start="2025-05-18",
        period_end="2025-05-21",
        taxes=taxes,
    )


@page("d34.pdf", "nl", "NL")
def insurer(s: Sheet) -> Label:
    """A premium bill: insurance tax instead of VAT, no quantities, direct debit, the vendor only in the footer."""
    s.style("helv", 9.5)
    s.text(60, 66, "Waterlinie Verzekeringen", 15, color="#00506b")
    s.lines(
        60, 132, ["Bakkerij De Gouden Aar V.O.F.", "T.a.v. de heer M. Elzinga", "Nieuwstraat 66", "4101 BX  Culemborg"]
    )
    s.pairs(
        60,
        170,
        232,
        [
            ("Relatienummer", "5509.118"),
            ("Notanummer", "2025N044871"),
            ("Notadatum", "12-12-2025"),
            ("Polisnummer", "BED-80447-2"),
            ("Premieperiode", "01-01-2026 t/m 31-03-2026"),
        ],
    )
    s.text(60, 330, "Premienota bedrijvenpakket", 13, bold=True)
    items = [
        line("Bedrijfsaansprakelijkheid", None, None, "112.40"),
        line("Inventaris en goederen", None, None, "187.25"),
        line("Bedrijfsschade", None, None, "64.10"),
        line("Glas", None, None, "21.75"),
    ]
    y = s.table(
        56,
        345,
        [("Rubriek", 200, "left"), ("Verzekerd bedrag", 130, "right"), ("Premie", 110, "right")],
        [
            (i["description"], insured, "€ " + DK(i["amount"]))
            for i, insured in zip(items, ("€ 2.500.000", "€ 180.000", "€ 95.000", "volgens polis"), strict=True)
        ],
        gap=4,
    )
    net = total(items)
    tax = cents(net * Decimal("0.21"))
    y = s.pairs(
        260,
        493,
        y + 2,
        [
            ("Premie per kwartaal", "€ " + DK(net)),
            ("Assurantiebelasting 21%", "€ " + DK(tax)),
            ("Totaal", "€ " + DK(net + tax)),
        ],
        align="right",
    )
    s.lines(
        60,
        y + 30,
        [
            f"Wij schrijven € {DK(net + tax)} rond 2 januari 2026 af van rekening NL40 RABO 0727 7841 27",
            "ten name van Bakkerij De Gouden Aar. U hoeft zelf niets te doen.",
        ],
    )
    s.lines(
        60,
        780,
        [
            "Waterlinie Verzekeringen N.V. · Singel 30, 3511 BL Utrecht · KvK 30110447 · AFM-vergunning 12009871",
            "Verzekeringen zijn vrijgesteld van btw (art. 11 Wet OB).",
        ],
        7.5,
    )
    # The account that is shown is the buyer's: the bill names none of the insurer's.
    return label(
        items,
        invoice_number="2025N044871",
        invoice_date="2025-12-12",
        currency="EUR",
        vendor_name="Waterlinie Verzekeringen N.V.",
        vendor_name_alternatives=["Waterlinie Verzekeringen"],
        vendor_country="NL",
        buyer_name="Bakkerij De Gouden Aar V.O.F.",
        contract_reference="BED-80447-2",
        subtotal=net,
        tax_amount=tax,
        total_amount=net + tax,
        period_start="2026-01-01",
        period_end="2026-03-31",
        open_fields=("due_date", "amount_due"),
    )
