"""Documents about goods: senders at the left, at the right and in the footer, discounts, prices with tax, deposits."""

from __future__ import annotations

from decimal import Decimal

from tests.drawn.labels import Label, amount, label, line, page, total
from tests.drawn.sheet import Numbers, Sheet, cents

PL = CZ = SE = FR = Numbers(" ", ",")
PT = NL = ES = DE = IT = Numbers(".", ",")
US = UK = Numbers(",", ".")
IN = Numbers(",", ".", lakh=True)


@page("e01.pdf", "pl", "PL")
def tiles(s: Sheet) -> Label:
    """Seller and buyer side by side in boxes, two-row heads, net and gross columns, a table of rates."""
    s.style("sans", 7.5)
    s.text(550, 40, "Tychy, 14.10.2025", align="right")
    s.text(297, 66, "FAKTURA VAT nr FS/318/10/2025", 13, bold=True, align="center")
    s.pairs(
        40,
        140,
        90,
        [("Data sprzedaży:", "13.10.2025"), ("Termin płatności:", "28.10.2025"), ("Zamówienie:", "ZK-7714")],
    )
    s.box(40, 135, 250, 66)
    s.box(300, 135, 250, 66)
    s.text(46, 147, "Sprzedawca", bold=True)
    s.lines(46, 159, ["Płytki Kowalczyk i Synowie Sp. j.", "ul. Mikołowska 88, 43-100 Tychy", "NIP: 477-306-11-58"])
    s.text(306, 147, "Nabywca", bold=True)
    s.lines(306, 159, ["Remonty Zawisza Sp. z o.o.", "ul. Gliwicka 210/4, 40-860 Katowice", "NIP: 565-600-63-18"])
    items = [
        line("Gres szkliwiony 60x60 Atlas Grey", "43.2", "61.50", unit="m2"),
        line("Fuga elastyczna 5 kg", "6", "27.40"),
        line("Listwa dekor 30 cm", "12", "9.95"),
    ]
    y = s.table(
        40,
        215,
        [
            ("Lp.", 24, "center"),
            ("Nazwa towaru\nlub usługi", 150, "left"),
            ("J.m.", 30, "center"),
            ("Ilość", 40, "right"),
            ("Cena\nnetto", 48, "right"),
            ("Wartość\nnetto", 58, "right"),
            ("VAT\n%", 30, "right"),
            ("Kwota\nVAT", 56, "right"),
            ("Wartość\nbrutto", 64, "right"),
        ],
        [
            (
                str(n),
                i["description"],
                i.get("unit", "szt."),
                PL(i["quantity"], 1 if "." in i["quantity"] else 0),
                PL(i["unit_price"]),
                PL(i["amount"]),
                "23",
                PL(cents(amount(i) * Decimal("0.23"))),
                PL(amount(i) + cents(amount(i) * Decimal("0.23"))),
            )
            for n, i in enumerate(items, 1)
        ],
        grid="all",
    )
    net = total(items)
    tax = sum((cents(amount(i) * Decimal("0.23")) for i in items), Decimal(0))
    y = s.table(
        300,
        y + 6,
        [("Stawka", 50, "left"), ("Netto", 66, "right"), ("VAT", 66, "right"), ("Brutto", 68, "right")],
        [("23%", PL(net), PL(tax), PL(net + tax)), ("Razem", PL(net), PL(tax), PL(net + tax))],
        grid="all",
    )
    s.text(40, y + 20, f"Do zapłaty: {PL(net + tax)} PLN", 11, bold=True)
    s.lines(
        40,
        y + 40,
        ["Sposób zapłaty: przelew", "Nr konta: PL48 4533 3147 8932 8804 0723 8625", "Wystawił: Ewa Kowalczyk"],
    )
    return label(
        items,
        invoice_number="FS/318/10/2025",
        invoice_date="2025-10-14",
        due_date="2025-10-28",
        currency="PLN",
        purchase_order="ZK-7714",
        vendor_name="Płytki Kowalczyk i Synowie Sp. j.",
        vendor_tax_id="477-306-11-58",
        vendor_tax_id_alternatives=["4773061158", "PL4773061158"],
        buyer_name="Remonty Zawisza Sp. z o.o.",
        buyer_tax_id="5656006318",
        subtotal=net,
        tax_amount=tax,
        total_amount=net + tax,
        amount_due=net + tax,
        iban="PL48453331478932880407238625",
        open_fields=("purchase_order",),
    )


@page("e02.pdf", "cs", "CZ")
def bakery(s: Sheet) -> Label:
    """Supplier at the right, customer at the left, rounding to whole crowns, no rules in the table."""
    s.style("sans", 8)
    s.text(40, 50, "Faktura - daňový doklad", 13, bold=True)
    s.text(550, 50, "č. 2510377", 13, bold=True, align="right")
    s.text(40, 80, "Odběratel:", bold=True)
    s.lines(40, 92, ["Penzion U Tří dubů, a.s.", "Lesní 14", "386 01 Strakonice", "IČ: 26041588  DIČ: CZ217601910"])
    s.text(320, 80, "Dodavatel:", bold=True)
    s.lines(320, 92, ["Pekařství Vondráček s.r.o.", "Mlýnská 5, 387 11 Katovice", "IČ: 21262023", "DIČ: CZ212620238"])
    s.pairs(
        320,
        430,
        150,
        [
            ("Datum vystavení:", "3. 11. 2025"),
            ("Datum splatnosti:", "17. 11. 2025"),
            ("DUZP:", "31. 10. 2025"),
            ("Variabilní symbol:", "2510377"),
        ],
    )
    s.pairs(40, 130, 162, [("Číslo objednávky:", "OBJ 552"), ("Číslo účtu:", "CZ76 5118 4873 3311 3879 8113")])
    items = [
        line("Chléb konzumní 1,2 kg", "84", "38.50"),
        line("Rohlík tukový", "1250", "2.35"),
        line("Vánočka máslová 400 g", "36", "61.00"),
    ]
    y = s.table(
        40,
        220,
        [
            ("Označení dodávky", 200, "left"),
            ("Počet m. j.", 80, "right"),
            ("Cena za m. j.", 100, "right"),
            ("Celkem bez DPH", 120, "right"),
        ],
        [(i["description"], i["quantity"] + " ks", CZ(i["unit_price"]), CZ(i["amount"])) for i in items],
        grid="none",
    )
    net = total(items)
    tax = cents(net * Decimal("0.12"))
    whole = (net + tax).quantize(Decimal(1))
    y = s.pairs(
        300,
        530,
        y + 16,
        [
            ("Základ daně 12 %", CZ(net)),
            ("DPH 12 %", CZ(tax)),
            ("Celkem s DPH", CZ(net + tax)),
            ("Zaokrouhlení", CZ(whole - net - tax)),
        ],
        align="right",
    )
    s.text(300, y + 8, "K úhradě", 11, bold=True)
    s.text(530, y + 8, CZ(whole) + " Kč", 11, bold=True, align="right")
    return label(
        items,
        invoice_number="2510377",
        invoice_date="2025-11-03",
        due_date="2025-11-17",
        delivery_date="2025-10-31",
        currency="CZK",
        purchase_order="OBJ 552",
        vendor_name="Pekařství Vondráček s.r.o.",
        vendor_tax_id="CZ212620238",
        buyer_name="Penzion U Tří dubů, a.s.",
        buyer_tax_id="CZ217601910",
        subtotal=net,
        tax_amount=tax,
        total_amount=net + tax,
        rounding=whole - net - tax,
        amount_due=whole,
        iban="CZ7651184873331138798113",
        payment_reference="2510377",
        open_fields=("purchase_order",),
    )


@page("e03.pdf", "sv", "SE")
def timber(s: Sheet) -> Label:
    """A letterhead without labels, all particulars of the sender in a footer of four columns."""
    s.style("helv", 9)
    s.text(45, 56, "Hultsfreds Brädgård", 17, bold=True, color="#205030")
    s.text(380, 56, "FAKTURA", 15, bold=True)
    s.pairs(
        380,
        470,
        78,
        [("Fakturanr", "50418"), ("Fakturadatum", "2025-09-22"), ("Förfallodatum", "2025-10-22"), ("Kundnr", "1177")],
    )
    s.lines(380, 150, ["Bygg & Tak i Vimmerby AB", "Box 88", "598 22 VIMMERBY"], 10)
    s.pairs(
        45,
        130,
        150,
        [
            ("Er referens", "Jonas Malm"),
            ("Vår referens", "Lena Ek"),
            ("Ert ordernr", "B-2291"),
            ("Betalningsvillkor", "30 dagar netto"),
        ],
    )
    items = [
        line("Råspont 20x95 gran", "320", "14.80"),
        line("Regel C24 45x145", "96", "42.25"),
        line("Läkt 25x48", "150", "8.60"),
        line("Frakt", "1", "650.00"),
    ]
    s.table(
        45,
        230,
        [
            ("Art.nr", 60, "left"),
            ("Benämning", 190, "left"),
            ("Antal", 50, "right"),
            ("Enhet", 45, "left"),
            ("À-pris", 70, "right"),
            ("Summa", 85, "right"),
        ],
        [
            (f"10{n}7", i["description"], i["quantity"], "m" if n < 4 else "st", SE(i["unit_price"]), SE(i["amount"]))
            for n, i in enumerate(items, 1)
        ],
        grid="head",
    )
    net = total(items)
    tax = cents(net * Decimal("0.25"))
    s.rule(45, 640, 550)
    s.table(
        45,
        645,
        [
            ("Exkl. moms", 110, "left"),
            ("Moms 25 %", 110, "left"),
            ("Totalt inkl. moms", 130, "left"),
            ("Valuta", 60, "left"),
            ("ATT BETALA", 95, "right"),
        ],
        [(SE(net), SE(tax), SE(net + tax), "SEK", SE(net + tax))],
        grid="none",
    )
    s.rule(45, 740, 550)
    s.lines(45, 754, ["Adress", "Hultsfreds Brädgård AB", "Sågvägen 3", "577 35 Hultsfred"], 7)
    s.lines(180, 754, ["Telefon 0495-555 210", "order@hultsfredsbradgard.example", "www.hultsfredsbradgard.example"], 7)
    s.lines(330, 754, ["Org.nr 887823-5707", "Momsreg.nr SE887823570701", "Godkänd för F-skatt"], 7)
    s.lines(450, 754, ["Bankgiro 555-0181", "IBAN SE87 5119 7181", "4781 5806 9983"], 7)
    return label(
        items,
        invoice_number="50418",
        invoice_date="2025-09-22",
        due_date="2025-10-22",
        currency="SEK",
        purchase_order="B-2291",
        vendor_name="Hultsfreds Brädgård AB",
        vendor_name_alternatives=["Hultsfreds Brädgård"],
        vendor_tax_id="SE887823570701",
        buyer_name="Bygg & Tak i Vimmerby AB",
        subtotal=net,
        tax_amount=tax,
        total_amount=net + tax,
        amount_due=net + tax,
        iban="SE8751197181478158069983",
    )


@page("e04.pdf", "nl", "NL")
def flowers(s: Sheet) -> Label:
    """Gross price, discount in per cent and net price side by side; two rates; buyer in the window."""
    s.style("helv", 8.5)
    s.text(550, 48, "Kwekerij De Aalsmeerse Roos B.V.", 13, bold=True, align="right")
    s.lines(
        550,
        62,
        ["Hornweg 211 | 1432 GL Aalsmeer", "KvK 34555018 | BTW NL803447334B01", "IBAN NL10 RABO 3431 2220 03"],
        7.5,
        align="right",
    )
    s.lines(
        60,
        130,
        ["Bloembinderij Van der Pol", "t.a.v. mevr. S. van der Pol", "Laan van Meerdervoort 402", "2563 AZ Den Haag"],
        9.5,
    )
    s.text(60, 210, "Factuur 2025-11873", 13, bold=True)
    s.pairs(60, 150, 230, [("Factuurdatum", "18-09-2025"), ("Vervaldatum", "02-10-2025"), ("Uw referentie", "week 38")])
    rows = [
        ("Roos Red Naomi 60 cm", "400", "0.82", "10", "0.738"),
        ("Chrysant Baltica", "250", "0.46", "5", "0.437"),
        ("Glazen vaas 40 cm", "24", "7.95", "0", "7.95"),
    ]
    items = [line(d, q, p, cents(Decimal(q) * Decimal(p))) for d, q, _, _, p in rows]
    y = s.table(
        60,
        285,
        [
            ("Omschrijving", 160, "left"),
            ("Aantal", 45, "right"),
            ("Bruto prijs", 60, "right"),
            ("Korting %", 55, "right"),
            ("Netto prijs", 60, "right"),
            ("BTW", 35, "right"),
            ("Bedrag", 70, "right"),
        ],
        [
            (d, q, NL(g), k, NL(p, 3), "9%" if n < 2 else "21%", NL(items[n]["amount"]))
            for n, (d, q, g, k, p) in enumerate(rows)
        ],
        grid="rows",
    )
    low, high = amount(items[0]) + amount(items[1]), amount(items[2])
    tax_low, tax_high = cents(low * Decimal("0.09")), cents(high * Decimal("0.21"))
    net, tax = low + high, tax_low + tax_high
    y = s.pairs(
        330,
        545,
        y + 14,
        [
            ("Totaal excl. BTW", "€ " + NL(net)),
            (f"BTW 9% over {NL(low)}", "€ " + NL(tax_low)),
            (f"BTW 21% over {NL(high)}", "€ " + NL(tax_high)),
            ("Totaal te betalen", "€ " + NL(net + tax)),
        ],
        align="right",
    )
    s.text(
        60,
        800,
        "Betaling binnen 14 dagen o.v.v. het factuurnummer. Op onze leveringen gelden de VBN-voorwaarden.",
        6.5,
    )
    return label(
        items,
        invoice_number="2025-11873",
        invoice_date="2025-09-18",
        due_date="2025-10-02",
        currency="EUR",
        vendor_name="Kwekerij De Aalsmeerse Roos B.V.",
        vendor_tax_id="NL803447334B01",
        buyer_name="Bloembinderij Van der Pol",
        subtotal=net,
        tax_amount=tax,
        total_amount=net + tax,
        amount_due=net + tax,
        iban="NL10RABO3431222003",
        taxes=[
            {"rate": "9", "base": str(low), "amount": str(tax_low)},
            {"rate": "21", "base": str(high), "amount": str(tax_high)},
        ],
    )


@page("e05.pdf", "en", "US")
def furniture(s: Sheet) -> Label:
    """Bill-to, ship-to and a sender without any label at the top right; sales tax and a deposit."""
    s.style("helv", 9)
    s.text(50, 60, "INVOICE", 24, color="#3a5a8a")
    s.lines(
        550,
        50,
        [
            "Cascade Millwork & Cabinet Co.",
            "2210 NW Industrial Way",
            "Bend, OR 97703",
            "(541) 555-0164",
            "billing@cascademillwork.example",
        ],
        align="right",
    )
    s.text(50, 130, "BILL TO", bold=True, color="#3a5a8a")
    s.lines(
        50,
        143,
        ["Juniper Ridge Dental Group", "Attn: Accounts Payable", "77 SW Columbia St, Suite 300", "Bend, OR 97702"],
    )
    s.text(220, 130, "SHIP TO", bold=True, color="#3a5a8a")
    s.lines(220, 143, ["Juniper Ridge Dental - Redmond", "1410 SW Highland Ave", "Redmond, OR 97756"])
    s.pairs(
        390,
        550,
        130,
        [
            ("Invoice #", "CM-20913"),
            ("Invoice Date", "09/25/2025"),
            ("P.O. #", "JR-5528"),
            ("Terms", "Net 15"),
            ("Due Date", "10/10/2025"),
        ],
        align="right",
        bold_key=True,
    )
    items = [
        line("Reception desk, white oak, custom", "1", "6480.00"),
        line("Base cabinet 36 in, soft close", "8", "745.50"),
        line("Quartz worktop, per sq ft", "62.5", "88.00"),
        line("Delivery and installation", "1", "1250.00"),
    ]
    y = s.table(
        50,
        225,
        [("QTY", 50, "center"), ("DESCRIPTION", 270, "left"), ("UNIT PRICE", 85, "right"), ("AMOUNT", 95, "right")],
        [(i["quantity"], i["description"], US(i["unit_price"]), US(i["amount"])) for i in items],
        fill="#3a5a8a",
        head_color="#ffffff",
        grid="rows",
    )
    net = total(items)
    tax = cents(net * Decimal("0.0475"))
    paid = Decimal("5000.00")
    y = s.pairs(
        350,
        545,
        y + 10,
        [
            ("Subtotal", US(net)),
            ("Sales Tax 4.75%", US(tax)),
            ("TOTAL", "$" + US(net + tax)),
            ("Less deposit received 08/30/2025", "-" + US(paid)),
            ("BALANCE DUE", "$" + US(net + tax - paid)),
        ],
        align="right",
    )
    s.text(50, y + 30, "Make all checks payable to Cascade Millwork & Cabinet Co.")
    s.text(297, 780, "Thank you for your business!", 10, align="center")
    return label(
        items,
        invoice_number="CM-20913",
        invoice_date="2025-09-25",
        due_date="2025-10-10",
        currency="USD",
        purchase_order="JR-5528",
        vendor_name="Cascade Millwork & Cabinet Co.",
        buyer_name="Juniper Ridge Dental Group",
        subtotal=net,
        tax_amount=tax,
        total_amount=net + tax,
        amount_paid=paid,
        amount_due=net + tax - paid,
    )


@page("e06.pdf", "en", "IN")
def spices(s: Sheet) -> Label:
    """A tax invoice with HSN, CGST and SGST, lakhs, a proforma's terms, the bank at the foot."""
    s.style("sans", 8)
    s.text(297, 44, "TAX INVOICE", 12, bold=True, align="center")
    s.text(297, 62, "Malabar Heritage Spices Private Limited", 12, bold=True, align="center")
    s.text(297, 74, "14/221 Jew Town Road, Mattancherry, Kochi, Kerala 682002", align="center")
    s.text(297, 86, "GSTIN: 32AAGCM4471P1Z6 | State: Kerala (32) | CIN: U15495KL2012PTC031882", align="center")
    s.box(40, 98, 515, 74)
    s.text(46, 110, "Buyer (Bill to)", bold=True)
    s.lines(46, 122, ["Backwater Resorts India LLP", "Kumarakom, Kottayam, Kerala 686563", "GSTIN: 32AAQFB9917C1ZD"])
    s.pairs(
        330,
        430,
        112,
        [
            ("Invoice No.", "MHS/25-26/0871"),
            ("Dated", "05-Sep-2025"),
            ("Buyer's Order No.", "BR/PO/419"),
            ("Due Date", "05-Oct-2025"),
        ],
    )
    items = [
        line("Cardamom 8 mm bold", "75", "2450.00"),
        line("Black pepper Tellicherry", "120", "815.00"),
        line("Turmeric powder Alleppey", "60", "310.00"),
    ]
    y = s.table(
        40,
        180,
        [
            ("Sl", 24, "center"),
            ("Description of Goods", 170, "left"),
            ("HSN/SAC", 60, "left"),
            ("Quantity", 62, "right"),
            ("Rate", 70, "right"),
            ("per", 34, "left"),
            ("Amount", 95, "right"),
        ],
        [
            (str(n), i["description"], f"0908310{n}", i["quantity"] + " kg", IN(i["unit_price"]), "kg", IN(i["amount"]))
            for n, i in enumerate(items, 1)
        ],
        grid="all",
    )
    net = total(items)
    half = cents(net * Decimal("0.025"))
    y = s.pairs(
        330,
        552,
        y + 6,
        [
            ("Taxable Value", IN(net)),
            ("CGST @ 2.5%", IN(half)),
            ("SGST @ 2.5%", IN(half)),
            ("Total", "₹ " + IN(net + half + half)),
        ],
        align="right",
    )
    s.text(40, y + 8, "Amount chargeable (in words): INR Three Lakh Thirteen Thousand and odd Only")
    s.lines(
        40,
        y + 40,
        [
            "Company's Bank Details",
            "A/c Holder's Name: Malabar Heritage Spices Private Limited",
            "Bank Name: Harbour Bank",
            "A/c No.: 55501820017744",
            "IFS Code: HRBR0000182",
        ],
    )
    s.lines(552, y + 110, ["for Malabar Heritage Spices Private Limited", "", "Authorised Signatory"], align="right")
    return label(
        items,
        invoice_number="MHS/25-26/0871",
        invoice_date="2025-09-05",
        due_date="2025-10-05",
        currency="INR",
        purchase_order="BR/PO/419",
        vendor_name="Malabar Heritage Spices Private Limited",
        vendor_tax_id="32AAGCM4471P1Z6",
        buyer_name="Backwater Resorts India LLP",
        buyer_tax_id="32AAQFB9917C1ZD",
        subtotal=net,
        tax_amount=half + half,
        total_amount=net + half + half,
        taxes=[{"rate": "2.5", "base": str(net), "amount": str(half)}] * 2,
        open_fields=("amount_due",),
    )


@page("e07.pdf", "es", "ES")
def olive_oil(s: Sheet) -> Label:
    """Prices without rules, a discount for the whole bill, equivalence surcharge absent, buyer right in the window."""
    s.style("times", 10)
    s.text(55, 60, "ALMAZARA SIERRA DE CAZORLA, S.L.", 14, bold=True)
    s.lines(55, 76, ["Pol. Ind. Los Olivares, nave 12", "23470 Cazorla (Jaén)", "CIF B23136070", "Tel. 953 555 118"], 9)
    s.lines(330, 130, ["ULTRAMARINOS GARCÍA E HIJOS, S.A.", "Calle Mayor, 41", "28013 MADRID", "CIF A62497573"])
    s.pairs(
        55,
        140,
        200,
        [("FACTURA Nº", "A-25/1093"), ("FECHA", "30/09/2025"), ("PEDIDO", "4471"), ("VENCIMIENTO", "30/10/2025")],
        bold_key=True,
    )
    items = [
        line("Aceite de oliva virgen extra 5 l", "60", "41.90"),
        line("Aceite picual lata 500 ml", "144", "7.25"),
        line("Estuche regalo 3 x 250 ml", "40", "18.60"),
    ]
    y = s.table(
        55,
        275,
        [("CONCEPTO", 240, "left"), ("CANTIDAD", 70, "right"), ("PRECIO", 80, "right"), ("IMPORTE", 95, "right")],
        [(i["description"], i["quantity"], ES(i["unit_price"]), ES(i["amount"])) for i in items],
        grid="none",
        gap=3,
    )
    gross = total(items)
    off = cents(gross * Decimal("0.03"))
    net = gross - off
    tax = cents(net * Decimal("0.04"))
    s.pairs(
        310,
        537,
        y + 20,
        [
            ("Suma", ES(gross)),
            ("Descuento 3 %", "-" + ES(off)),
            ("Base imponible", ES(net)),
            ("I.V.A. 4 %", ES(tax)),
            ("TOTAL FACTURA", ES(net + tax) + " €"),
        ],
        align="right",
    )
    s.lines(
        55,
        720,
        [
            "Forma de pago: transferencia a 30 días",
            "IBAN: ES46 9818 9623 9822 6128 0533",
            "Inscrita en el Registro Mercantil de Jaén, tomo 188, folio 41, hoja J-5518",
        ],
        9,
    )
    return label(
        items,
        invoice_number="A-25/1093",
        invoice_date="2025-09-30",
        due_date="2025-10-30",
        currency="EUR",
        purchase_order="4471",
        vendor_name="ALMAZARA SIERRA DE CAZORLA, S.L.",
        vendor_tax_id="B23136070",
        vendor_tax_id_alternatives=["ESB23136070"],
        buyer_name="ULTRAMARINOS GARCÍA E HIJOS, S.A.",
        buyer_tax_id="A62497573",
        discount_total=off,
        subtotal=net,
        tax_amount=tax,
        total_amount=net + tax,
        iban="ES4698189623982261280533",
        open_fields=("amount_due",),
    )


@page("e08.pdf", "de", "AT")
def sports(s: Sheet) -> Label:
    """Prices with tax in the lines, tax shown below; sender in a line above the window and in the footer only."""
    s.style("helv", 9)
    s.text(60, 128, "Bergsport Hinterholzer GmbH, Dorfstraße 18, 6290 Mayrhofen", 6.5)
    s.rule(60, 131, 290, 0.3)
    s.lines(60, 148, ["Alpinschule Zillertal", "Herrn Lukas Fankhauser", "Hauptstraße 402", "6290 Mayrhofen"], 10)
    s.text(60, 236, "Rechnung", 15, bold=True)
    s.pairs(
        370,
        460,
        150,
        [
            ("Rechnungsnr.", "R25-4408"),
            ("Rechnungsdatum", "21.11.2025"),
            ("Lieferdatum", "19.11.2025"),
            ("Kundennr.", "K-0311"),
            ("Bestellung", "Mail v. 12.11."),
        ],
    )
    items = [
        line("Steigeisen Alpin Pro, Paar", "10", "149.90"),
        line("Kletterseil 9,5 mm 60 m", "6", "189.00"),
        line("LVS-Gerät Trace 3", "8", "319.00"),
    ]
    y = s.table(
        60,
        250,
        [
            ("Pos", 30, "left"),
            ("Artikel", 220, "left"),
            ("Menge", 50, "right"),
            ("Preis inkl. USt", 80, "right"),
            ("Betrag inkl. USt", 95, "right"),
        ],
        [
            (str(n), i["description"], i["quantity"], DE(i["unit_price"]), DE(i["amount"]))
            for n, i in enumerate(items, 1)
        ],
        grid="rows",
        fill="#e8e8e8",
    )
    gross = total(items)
    tax = cents(gross * 20 / 120)
    y = s.pairs(
        320,
        532,
        y + 10,
        [
            ("Gesamtbetrag", "EUR " + DE(gross)),
            ("darin enthalten 20 % USt", "EUR " + DE(tax)),
            ("Nettobetrag", "EUR " + DE(gross - tax)),
        ],
        align="right",
    )
    s.text(60, y + 16, "Zahlbar bis 05.12.2025 ohne Abzug.")
    s.rule(60, 752, 540, 0.3)
    s.lines(60, 764, ["Bergsport Hinterholzer GmbH", "Dorfstraße 18", "A-6290 Mayrhofen"], 7)
    s.lines(230, 764, ["FN 455018t, LG Innsbruck", "UID ATU29568688", "www.bergsport-hinterholzer.example"], 7)
    s.lines(400, 764, ["Bank: Talbank Zillertal", "IBAN AT50 0616 7363 6824 2415"], 7)
    net_lines = [{"description": i["description"], "quantity": i["quantity"]} for i in items]
    return label(
        net_lines,
        invoice_number="R25-4408",
        invoice_date="2025-11-21",
        due_date="2025-12-05",
        delivery_date="2025-11-19",
        currency="EUR",
        vendor_name="Bergsport Hinterholzer GmbH",
        vendor_tax_id="ATU29568688",
        buyer_name="Alpinschule Zillertal",
        subtotal=gross - tax,
        tax_amount=tax,
        total_amount=gross,
        iban="AT500616736368242415",
        open_fields=("amount_due", "purchase_order"),
    )


@page("e09.pdf", "fr", "BE")
def credit(s: Sheet) -> Label:
    """A credit note that names the invoice it corrects; supplier's box at the right of the customer's."""
    s.style("helv", 9)
    s.text(45, 52, "NOTE DE CRÉDIT", 16, bold=True)
    s.lines(
        45, 90, ["Client", "Brasserie du Vieux Quai SPRL", "Quai des Ardennes 7", "4020 Liège", "TVA BE 0469.233.639"]
    )
    s.lines(
        330, 90, ["Émetteur", "Verreries Mosanes SA", "Rue de l'Industrie 55", "4100 Seraing", "TVA BE 0748.951.252"]
    )
    s.pairs(
        45,
        190,
        180,
        [
            ("Numéro", "NC2025-0091"),
            ("Date", "12/11/2025"),
            ("Facture d'origine", "F2025-1877 du 28/10/2025"),
            ("Motif", "casse au transport"),
        ],
    )
    items = [line("Verre à pied 33 cl", "144", "2.15"), line("Carafe 1 l", "20", "6.40")]
    y = s.table(
        45,
        260,
        [
            ("Réf.", 60, "left"),
            ("Désignation", 200, "left"),
            ("Qté", 50, "right"),
            ("P.U. HTVA", 80, "right"),
            ("Montant HTVA", 100, "right"),
        ],
        [
            (f"VM-{n}01", i["description"], i["quantity"], FR(i["unit_price"]), FR(i["amount"]))
            for n, i in enumerate(items, 1)
        ],
        grid="all",
    )
    net = total(items)
    tax = cents(net * Decimal("0.21"))
    s.pairs(
        330,
        532,
        y + 10,
        [("Total HTVA", FR(net) + " €"), ("TVA 21 %", FR(tax) + " €"), ("Total à créditer TVAC", FR(net + tax) + " €")],
        align="right",
    )
    s.text(
        45,
        720,
        "Montant déduit de votre prochain paiement. Verreries Mosanes SA - IBAN BE33 7760 2980 3046 - RPM Liège",
        8,
    )
    return label(
        items,
        document_type="credit_note",
        invoice_number="NC2025-0091",
        invoice_date="2025-11-12",
        currency="EUR",
        vendor_name="Verreries Mosanes SA",
        vendor_tax_id="BE 0748.951.252",
        vendor_tax_id_alternatives=["BE0748951252"],
        buyer_name="Brasserie du Vieux Quai SPRL",
        buyer_tax_id="BE0469233639",
        preceding_invoice="F2025-1877",
        subtotal=net,
        tax_amount=tax,
        total_amount=net + tax,
        iban="BE33776029803046",
        open_fields=("amount_due",),
    )


@page("e10.pdf", "pt", "PT")
def cork(s: Sheet) -> Label:
    """A certified invoice: ATCUD, document type in the number, discounts by line, customer in the window."""
    s.style("sans", 8)
    s.text(45, 52, "Corticeira Vale do Sor, Lda.", 13, bold=True)
    s.lines(
        45,
        66,
        ["Estrada Nacional 2, km 431", "7400-211 Ponte de Sor", "NIF: 599668865", "Capital Social: 50.000,00 €"],
        7.5,
    )
    s.text(330, 96, "Exmo.(s) Sr.(s)", 7.5)
    s.lines(330, 110, ["Adega Herdade do Monte Novo, S.A.", "Apartado 14", "7000-901 Évora", "Contribuinte: 538525509"])
    s.text(45, 176, "Fatura FT 2025A/1207", 12, bold=True)
    s.text(400, 176, "ATCUD: JFK3WM2P-1207", 7.5)
    s.pairs(
        45,
        140,
        194,
        [("Data de emissão", "2025-10-08"), ("Data de vencimento", "2025-11-07"), ("V/ Encomenda", "EC 882")],
    )
    rows = [("Rolha natural 45x24 extra", "5000", "0.38", "8"), ("Rolha técnica 1+1", "12000", "0.115", "0")]
    items = [
        line(
            d, q, str(Decimal(p) * (100 - Decimal(k)) / 100), cents(Decimal(q) * Decimal(p) * (100 - Decimal(k)) / 100)
        )
        for d, q, p, k in rows
    ]
    y = s.table(
        45,
        240,
        [
            ("Artigo", 55, "left"),
            ("Descrição", 150, "left"),
            ("Qtd.", 50, "right"),
            ("Un.", 30, "left"),
            ("Pr. Unitário", 65, "right"),
            ("Desc. %", 45, "right"),
            ("IVA %", 40, "right"),
            ("Valor", 75, "right"),
        ],
        [
            (f"RL{n}", d, PT(q, 0), "UN", PT(p, 4), PT(k), "23,00", PT(items[n]["amount"]))
            for n, (d, q, p, k) in enumerate(rows)
        ],
        grid="head",
    )
    net = total(items)
    tax = cents(net * Decimal("0.23"))
    s.pairs(
        330,
        555,
        y + 20,
        [("Total Ilíquido", PT(net)), ("Total de IVA", PT(tax)), ("Total do Documento (EUR)", PT(net + tax))],
        align="right",
    )
    s.table(
        45,
        y + 16,
        [("Taxa", 50, "left"), ("Incidência", 70, "right"), ("Valor IVA", 70, "right")],
        [("23,00", PT(net), PT(tax))],
        grid="head",
    )
    s.lines(
        45, 700, ["IBAN: PT94 3976 2600 0705 6148 9707 1", "xK4p-Processado por programa certificado n.º 0555/AT"], 7.5
    )
    return label(
        items,
        invoice_number="FT 2025A/1207",
        invoice_number_alternatives=["2025A/1207"],
        invoice_date="2025-10-08",
        due_date="2025-11-07",
        currency="EUR",
        purchase_order="EC 882",
        vendor_name="Corticeira Vale do Sor, Lda.",
        vendor_tax_id="599668865",
        vendor_tax_id_alternatives=["PT599668865"],
        buyer_name="Adega Herdade do Monte Novo, S.A.",
        buyer_tax_id="538525509",
        subtotal=net,
        tax_amount=tax,
        total_amount=net + tax,
        iban="PT94397626000705614897071",
        open_fields=("amount_due",),
    )
