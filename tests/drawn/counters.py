"""Documents of hotels, distributors, kitchens, studios, fishmongers and exporters."""

from __future__ import annotations

from decimal import Decimal

from tests.drawn.labels import Label, amount, label, line, page, total
from tests.drawn.sheet import Numbers, Sheet, cents

EURO = Numbers(".", ",")
SPACED = Numbers(" ", ",")
US = Numbers(",", ".")


@page("f20.pdf", "de", "DE")
def hotel(s: Sheet) -> Label:
    """A hotel folio: prices with tax at two rates, a letter of the rate behind each, paid by card."""
    s.style("times", 10)
    s.text(297, 60, "Landhotel Weidenhof", 18, bold=True, align="center")
    s.text(297, 76, "Inh. Familie Brökelmann · Am Kurpark 5 · 59556 Bad Waldliesborn", 9, align="center")
    s.lines(60, 125, ["Messebau Terhorst GmbH & Co. KG", "Herr Sven Lüdtke", "Gewerbering 20", "48683 Ahaus"])
    s.pairs(
        370,
        460,
        125,
        [
            ("Rechnung Nr.", "2025-3391"),
            ("Datum", "19.11.2025"),
            ("Anreise", "17.11.2025"),
            ("Abreise", "19.11.2025"),
            ("Zimmer", "214"),
        ],
    )
    rows = (
        ("17.11.", "Übernachtung EZ", "1", "85.60", "A"),
        ("18.11.", "Übernachtung EZ", "1", "85.60", "A"),
        ("18.11.", "Frühstück", "2", "11.90", "B"),
        ("18.11.", "Restaurant Speisen", "1", "35.70", "B"),
        ("19.11.", "Tiefgarage", "2", "5.95", "B"),
    )
    items = []
    for _, text, quantity, gross, letter in rows:
        divisor = Decimal("1.07") if letter == "A" else Decimal("1.19")
        price = Decimal(gross) / divisor
        items.append(
            line(
                text, quantity, str(cents(price)), cents(price * int(quantity)), tax_rate="7" if letter == "A" else "19"
            )
        )
    y = s.table(
        60,
        220,
        [
            ("Datum", 55, "left"),
            ("Leistung", 200, "left"),
            ("Anz.", 40, "right"),
            ("Einzel €", 70, "right"),
            ("Gesamt €", 80, "right"),
            ("", 30, "center"),
        ],
        [
            (day, text, quantity, EURO(gross), EURO(Decimal(gross) * int(quantity)), letter)
            for day, text, quantity, gross, letter in rows
        ],
    )
    gross = sum((Decimal(r[3]) * int(r[2]) for r in rows), Decimal(0))
    low = sum((amount(i) for i in items if i["tax_rate"] == "7"), Decimal(0))
    high = total(items) - low
    low_tax, high_tax = cents(low * Decimal("0.07")), cents(high * Decimal("0.19"))
    s.pairs(
        300,
        502,
        y + 8,
        [
            ("Rechnungsbetrag inkl. MwSt.", EURO(gross)),
            ("bezahlt mit EC-Karte", "-" + EURO(gross)),
            ("Offener Betrag", "0,00"),
        ],
        align="right",
        bold_value=True,
    )
    s.table(
        60,
        y + 70,
        [("Steuersatz", 90, "left"), ("Netto", 80, "right"), ("MwSt.", 80, "right"), ("Brutto", 80, "right")],
        [
            ("A = 7 %", EURO(low), EURO(low_tax), EURO(low + low_tax)),
            ("B = 19 %", EURO(high), EURO(high_tax), EURO(high + high_tax)),
        ],
    )
    s.text(
        297, 790, "Steuernummer 330/5117/0448 · USt-IdNr. DE832079949 · Wir danken für Ihren Besuch!", 8, align="center"
    )
    return label(
        items,
        invoice_number="2025-3391",
        invoice_date="2025-11-19",
        currency="EUR",
        vendor_name="Landhotel Weidenhof",
        vendor_tax_id="DE832079949",
        buyer_name="Messebau Terhorst GmbH & Co. KG",
        prices_with_tax=True,
        subtotal=total(items),
        tax_amount=low_tax + high_tax,
        total_amount=gross,
        amount_paid=gross,
        amount_due="0.00",
        taxes=[
            {"rate": "7", "base": str(low), "amount": str(low_tax)},
            {"rate": "19", "base": str(high), "amount": str(high_tax)},
        ],
        open_fields=("due_date",),
    )


@page("f21.pdf", "en", "US")
def plumbing_supply(s: Sheet) -> Label:
    """A distributor: ordered, shipped and back-ordered pieces; what was shipped is priced; sales tax of the state."""
    s.style("courier", 8)
    s.text(40, 50, "THREE RIVERS PIPE & VALVE CO.", 13, bold=True)
    s.lines(40, 64, ["PO BOX 4417", "PITTSBURGH PA 15230", "412-555-0119"])
    s.text(555, 50, "INVOICE", 14, bold=True, align="right")
    s.pairs(
        400,
        555,
        66,
        [
            ("INVOICE #", "S1448271.001"),
            ("INVOICE DATE", "11/04/25"),
            ("CUST PO", "7719-MECH"),
            ("SHIP VIA", "OUR TRUCK"),
            ("TERMS", "1% 10 NET 30"),
        ],
        align="right",
    )
    s.lines(40, 140, ["BILL TO:", "ALLEGHENY MECHANICAL INC", "2201 SMALLMAN ST", "PITTSBURGH PA 15222"])
    s.lines(310, 140, ["SHIP TO:", "CARRICK HIGH SCHOOL JOB", "125 PARKFIELD ST", "PITTSBURGH PA 15210"])
    rows = (
        ("20", "20", "0", "BV-075T", "BALL VALVE 3/4 THRD LF", "14.82", "EA"),
        ("12", "8", "4", "CU-L100", "1 COPPER TUBE L HARD 20FT", "96.40", "LG"),
        ("150", "150", "0", "EL-075C", "3/4 COPPER 90 ELL CXC", "2.17", "EA"),
        ("6", "0", "6", "PRV-100", "1 PRESSURE REDUCING VALVE", "", "EA"),
    )
    items = [
        line(text, shipped, price, item_code=code) for _, shipped, _, code, text, price, _ in rows if shipped != "0"
    ]
    prices = iter(items)
    y = s.table(
        40,
        215,
        [
            ("ORD", 40, "right"),
            ("SHIP", 40, "right"),
            ("B/O", 35, "right"),
            ("ITEM", 75, "left"),
            ("DESCRIPTION", 170, "left"),
            ("PRICE", 60, "right"),
            ("U/M", 30, "left"),
            ("EXTENSION", 70, "right"),
        ],
        [
            (ordered, shipped, back, code, text, price, unit, US(next(prices)["amount"]) if price else "")
            for ordered, shipped, back, code, text, price, unit in rows
        ],
    )
    net = total(items)
    tax = cents(net * Decimal("0.07"))
    s.pairs(
        370,
        557,
        y + 20,
        [("MERCHANDISE", US(net)), ("SALES TAX 7.000%", US(tax)), ("TOTAL DUE", US(net + tax))],
        align="right",
    )
    s.text(40, 740, "PAST DUE INVOICES ARE SUBJECT TO A SERVICE CHARGE OF 1.5% PER MONTH. ALL AMOUNTS IN USD.")
    return label(
        items,
        invoice_number="S1448271.001",
        invoice_date="2025-11-04",
        currency="USD",
        purchase_order="7719-MECH",
        vendor_name="THREE RIVERS PIPE & VALVE CO.",
        buyer_name="ALLEGHENY MECHANICAL INC",
        subtotal=net,
        tax_amount=tax,
        total_amount=net + tax,
        open_fields=("due_date", "amount_due"),
    )


@page("f22.pdf", "fr", "FR")
def caterer(s: Sheet) -> Label:
    """A caterer: dishes at 10 %, drinks at 20 %, a deposit taken off; no frames, the sender at the foot as well."""
    s.style("times", 10.5)
    s.text(60, 65, "La Table d'Hortense", 19, color="#8a4b08")
    s.text(60, 82, "traiteur - réceptions", 10)
    s.lines(340, 120, ["Étude notariale Kerbrat & Associés", "8 quai de l'Odet", "29000 Quimper"])
    s.text(60, 190, "Facture n° H-2025-164 du 8 novembre 2025", 12, bold=True)
    s.text(60, 208, "Réception du 31 octobre 2025, 60 convives")
    items = [
        line("Cocktail dînatoire", "60", "38.00", tax_rate="10"),
        line("Pièce montée", "1", "290.00", tax_rate="10"),
        line("Crémant de Loire", "18", "13.50", tax_rate="20"),
        line("Service, heures", "24", "29.00", tax_rate="20"),
    ]
    y = s.table(
        60,
        225,
        [
            ("Prestation", 220, "left"),
            ("Qté", 45, "right"),
            ("P.U. HT", 65, "right"),
            ("TVA", 50, "right"),
            ("Total HT", 80, "right"),
        ],
        [
            (i["description"], i["quantity"], SPACED(i["unit_price"]), i["tax_rate"] + " %", SPACED(i["amount"]))
            for i in items
        ],
        grid="none",
        gap=3,
    )
    low = amount(items[0]) + amount(items[1])
    high = total(items) - low
    low_tax, high_tax = cents(low / 10), cents(high / 5)
    gross = low + high + low_tax + high_tax
    deposit = Decimal("1000.00")
    s.pairs(
        290,
        517,
        y + 12,
        [
            ("Total HT", SPACED(low + high)),
            ("TVA 10 %", SPACED(low_tax)),
            ("TVA 20 %", SPACED(high_tax)),
            ("Total TTC", SPACED(gross)),
            ("Acompte versé le 1er octobre", "-" + SPACED(deposit)),
            ("Reste à payer", SPACED(gross - deposit) + " €"),
        ],
        align="right",
    )
    s.text(60, 690, "Règlement à réception de la facture. Pénalités de retard au taux de 12 %.")
    s.text(
        297,
        780,
        "SAS La Table d'Hortense au capital de 8 000 € - 3 rue du Frout, 29000 Quimper - "
        "RCS Quimper 746 811 204 - TVA FR23746681204",
        7.5,
        align="center",
    )
    return label(
        items,
        invoice_number="H-2025-164",
        invoice_date="2025-11-08",
        currency="EUR",
        vendor_name="La Table d'Hortense",
        vendor_name_alternatives=["SAS La Table d'Hortense"],
        vendor_tax_id="FR23746681204",
        buyer_name="Étude notariale Kerbrat & Associés",
        subtotal=low + high,
        tax_amount=low_tax + high_tax,
        total_amount=gross,
        amount_paid=deposit,
        amount_due=gross - deposit,
        taxes=[
            {"rate": "10", "base": str(low), "amount": str(low_tax)},
            {"rate": "20", "base": str(high), "amount": str(high_tax)},
        ],
        open_fields=("due_date",),
    )


@page("f23.pdf", "ja", "JP")
def designer(s: Sheet) -> Label:
    """A designer's office: what is to be paid large on top, income tax withheld, sender and number at the right."""
    s.style("japanese", 9.5)
    s.text(297, 55, "御請求書", 18, align="center")
    s.text(50, 95, "株式会社たまがわ文具 御中", 13)
    s.lines(380, 95, ["請求番号 TK-1125-07", "請求日 2025年11月30日", "お支払期限 2025年12月31日"])
    s.lines(380, 150, ["つきかげ意匠事務所", "〒600-8431 京都市下京区綾小路町3-2", "登録番号 T7985679135845"])
    items = [
        line("パッケージデザイン", "3", "120000"),
        line("販促カタログ編集（頁）", "24", "8500"),
        line("撮影立会い", "2", "30000"),
    ]
    net = total(items)
    tax = net / 10
    held = (net * Decimal("0.1021")).quantize(Decimal(1), rounding="ROUND_DOWN")
    s.text(50, 165, f"ご請求金額 ¥{US(net + tax - held, 0)}", 14)
    y = s.table(
        50,
        205,
        [("内容", 220, "left"), ("数量", 60, "right"), ("単価", 90, "right"), ("金額", 110, "right")],
        [(i["description"], i["quantity"], US(i["unit_price"], 0), US(i["amount"], 0)) for i in items],
        grid="all",
    )
    s.pairs(
        350,
        530,
        y + 14,
        [
            ("小計", US(net, 0)),
            ("消費税(10%)", US(tax, 0)),
            ("合計", US(net + tax, 0)),
            ("源泉徴収税額", "-" + US(held, 0)),
            ("差引請求額", US(net + tax - held, 0)),
        ],
        align="right",
    )
    s.text(50, 600, "お振込先 鴨川銀行 四条支店 普通 4471902 ツキカゲイシヨウ")
    return label(
        items,
        invoice_number="TK-1125-07",
        invoice_date="2025-11-30",
        due_date="2025-12-31",
        currency="JPY",
        vendor_name="つきかげ意匠事務所",
        vendor_tax_id="T7985679135845",
        buyer_name="株式会社たまがわ文具",
        subtotal=net,
        tax_amount=tax,
        total_amount=net + tax,
        withholding_amount=held,
        amount_due=net + tax - held,
    )


@page("f24.pdf", "es", "ES")
def fishmonger(s: Sheet) -> Label:
    """Fish by the kilogram: boxes beside, title letter-spaced, the sender only in small print up the side and below."""
    s.style("helv", 9)
    s.text(50, 60, "F A C T U R A", 16, bold=True)
    s.pairs(
        50,
        130,
        85,
        [
            ("Número", "B/2025/7730"),
            ("Fecha", "21/11/2025"),
            ("Vencimiento", "21/12/2025"),
            ("Albarán", "44107"),
            ("Su pedido", "P-3318"),
        ],
    )
    s.box(310, 70, 235, 75)
    s.lines(318, 85, ["Restaurante Casa Eulogio, S.L.", "Calle Mayor 14", "28801 Alcalá de Henares", "CIF: B43878883"])
    rows = (
        ("Merluza de pincho", "3", "28.6", "14.90"),
        ("Gamba blanca", "5", "10", "22.50"),
        ("Boquerón", "4", "24.2", "6.80"),
    )
    items = [line(text, kilograms, price, unit="kg", tax_rate="10") for text, _, kilograms, price in rows]
    y = s.table(
        50,
        185,
        [
            ("Artículo", 190, "left"),
            ("Cajas", 50, "right"),
            ("Kilos", 60, "right"),
            ("Precio/kg", 70, "right"),
            ("IVA", 45, "right"),
            ("Importe", 80, "right"),
        ],
        [
            (text, boxes, EURO(i["quantity"]), EURO(i["unit_price"]), "10%", EURO(i["amount"]))
            for (text, boxes, _, _), i in zip(rows, items, strict=True)
        ],
        grid="all",
    )
    net = total(items)
    tax = cents(net / 10)
    s.table(
        50,
        y + 5,
        [
            ("Base imponible", 110, "right"),
            ("% IVA", 60, "right"),
            ("Cuota IVA", 90, "right"),
            ("TOTAL FACTURA", 120, "right"),
        ],
        [(EURO(net), "10,00", EURO(tax), EURO(net + tax) + " €")],
        grid="all",
        fill="#e6eef5",
    )
    s.text(50, 640, "Forma de pago: recibo domiciliado a 30 días.")
    s.text(
        297,
        795,
        "Pescados Ría de Foz, S.A. - Muelle Norte, nave 6 - 27780 Foz (Lugo) - CIF A08205080 - "
        "Reg. Merc. Lugo, tomo 118, folio 42",
        7,
        align="center",
    )
    return label(
        items,
        invoice_number="B/2025/7730",
        invoice_date="2025-11-21",
        due_date="2025-12-21",
        currency="EUR",
        purchase_order="P-3318",
        vendor_name="Pescados Ría de Foz, S.A.",
        vendor_tax_id="A08205080",
        vendor_tax_id_alternatives=["ESA08205080"],
        buyer_name="Restaurante Casa Eulogio, S.L.",
        buyer_tax_id="B43878883",
        subtotal=net,
        tax_amount=tax,
        total_amount=net + tax,
        open_fields=("amount_due",),
    )


@page("f25.pdf", "fi", "FI")
def exporter(s: Sheet) -> Label:
    """A machine maker's export, which replaces a pro forma: packages and weights beside pieces, no tax, prepayment."""
    s.style("sans", 8)
    s.text(45, 55, "Konepaja Kuusisto Oy", 14, bold=True)
    s.lines(45, 69, ["Teollisuustie 4, 85410 Sievi, Finland", "Y-tunnus 4704407-8   VAT FI47044078"], 7.5)
    s.text(545, 55, "LASKU / INVOICE", 13, bold=True, align="right")
    s.lines(
        45, 110, ["Ostaja / Buyer", "Sawmill Machinery Hokitika Ltd", "88 Gibson Quay", "Hokitika 7810, New Zealand"]
    )
    s.pairs(
        330,
        430,
        110,
        [
            ("Laskun numero", "2025-1187"),
            ("Päiväys", "17.11.2025"),
            ("Eräpäivä", "01.12.2025"),
            ("Tilausnumero", "SMH-0412"),
            ("Toimitusehto", "FCA Kokkola"),
        ],
    )
    s.text(45, 190, "Korvaa proformalaskun PF-118 / replaces pro forma invoice PF-118", 7.5)
    rows = (
        ("Särmäsahan terälaite ST-4", "2", "940", "2", "8450.00"),
        ("Hihnakuljetin HK-12", "3", "1 180", "1", "6900.00"),
        ("Varaosasarja", "1", "46", "4", "312.50"),
    )
    items = [line(text, quantity, price, tax_rate="0") for text, _, _, quantity, price in rows]
    y = s.table(
        45,
        205,
        [
            ("Tuote", 165, "left"),
            ("Kollit", 40, "right"),
            ("Paino kg", 55, "right"),
            ("Määrä kpl", 55, "right"),
            ("à-hinta", 65, "right"),
            ("ALV", 40, "right"),
            ("Yhteensä EUR", 80, "right"),
        ],
        [
            (text, boxes, weight, quantity, SPACED(i["unit_price"]), "0 %", SPACED(i["amount"]))
            for (text, boxes, weight, quantity, _), i in zip(rows, items, strict=True)
        ],
        grid="rows",
    )
    net = total(items)
    paid = Decimal("10000.00")
    s.pairs(
        300,
        542,
        y + 10,
        [
            ("Veroton yhteensä", SPACED(net)),
            ("ALV 0 % (vienti, AVL 70 §)", "0,00"),
            ("Yhteensä", SPACED(net)),
            ("Ennakkomaksu 06.08.2025", "-" + SPACED(paid)),
            ("Maksettavaa EUR", SPACED(net - paid)),
        ],
        align="right",
    )
    s.text(
        45,
        770,
        "Tilinumero FI21 1234 5600 0007 85   BIC NDEAFIHH   Viite 2025 11870   Alkuperämaa / origin: Finland",
        7.5,
    )
    return label(
        items,
        invoice_number="2025-1187",
        invoice_date="2025-11-17",
        due_date="2025-12-01",
        currency="EUR",
        purchase_order="SMH-0412",
        vendor_name="Konepaja Kuusisto Oy",
        vendor_tax_id="FI47044078",
        vendor_tax_id_alternatives=["4704407-8"],
        buyer_name="Sawmill Machinery Hokitika Ltd",
        subtotal=net,
        tax_amount="0.00",
        total_amount=net,
        amount_paid=paid,
        amount_due=net - paid,
        iban="FI2112345600000785",
    )
