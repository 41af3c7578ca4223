"""Documents of building sites, farms, dealers and auctions: claims by progress, margin schemes, self-billing."""

from __future__ import annotations

from decimal import Decimal

from tests.drawn.labels import Label, amount, label, line, page, total
from tests.drawn.sheet import Numbers, Sheet, cents

EURO = Numbers(".", ",")
PLAIN = Numbers("", ",")
UK = US = Numbers(",", ".")


@page("h11.pdf", "en", "US")
def application(s: Sheet) -> Label:
    """A contractor's application for payment: contract sum, work to date, retainage, earlier certificates, due now."""
    s.style("helv", 9)
    s.text(40, 46, "Red Butte Masonry Contractors, Inc.", 14, bold=True)
    s.lines(40, 60, ["455 Quarry Rd, Casper, WY 82601", "307-555-0190 | EIN 83-4471882"], 8)
    s.text(570, 46, "PROGRESS INVOICE", 14, bold=True, align="right")
    s.pairs(400, 570, 62, [("Invoice No.", "2418-05"), ("Invoice Date", "10/31/2025"), ("Application No.", "5"),
                           ("Period To", "10/31/2025"), ("Contract Date", "04/14/2025")], align="right")  # fmt: skip
    s.lines(
        40, 105, ["TO:", "Platte River School District No. 7", "Attn: Facilities", "900 S Beech St", "Casper, WY 82601"]
    )
    s.lines(230, 105, ["PROJECT:", "Evansville Elementary - Gym Addition", "Job 2418"])
    rows = [("1", "Mobilization", "12,000.00", "100%", "12,000.00", "0.00"),
            ("2", "CMU walls, level 1", "148,500.00", "100%", "118,800.00", "29,700.00"),
            ("3", "Brick veneer", "96,000.00", "45%", "19,200.00", "24,000.00"),
            ("4", "Cleaning and sealing", "14,250.00", "0%", "0.00", "0.00")]  # fmt: skip
    y = s.table(40, 195, [("Item", 30, "left"), ("Description of Work", 155, "left"), ("Scheduled\nValue", 85, "right"),
                          ("%", 40, "right"), ("Previous\nApplications", 100, "right"), ("This\nPeriod", 110, "right")],
                rows, grid="all", size=8)  # fmt: skip
    s.pairs(260, 560, y + 8, [
        ("Original contract sum", "$270,750.00"), ("Total completed to date", "$203,700.00"),
        ("Less retainage (10%)", "$20,370.00"), ("Total earned less retainage", "$183,330.00"),
        ("Less previous certificates for payment", "$135,000.00"), ("CURRENT PAYMENT DUE", "$48,330.00"),
        ("Balance to finish, including retainage", "$87,420.00"),
    ], align="right")  # fmt: skip
    s.text(40, 700, "Terms: net 30. Remit to Red Butte Masonry Contractors, Inc., 455 Quarry Rd, Casper, WY 82601", 8)
    return label(
        [line(text, amount=this.replace(",", "")) for _, text, _, _, _, this in rows], invoice_number="2418-05", invoice_date="2025-10-31", currency="USD",
        vendor_name="Red Butte Masonry Contractors, Inc.", vendor_tax_id="83-4471882",
        buyer_name="Platte River School District No. 7", total_amount="48330.00", amount_due="48330.00",
        open_fields=("due_date", "subtotal", "tax_amount", "purchase_order"),
    )  # fmt: skip


@page("h12.pdf", "es", "ES")
def reverse(s: Sheet) -> Label:
    """A subcontractor's invoice without tax (the buyer owes it), a guarantee kept back, site and order in the head."""
    s.style("helv", 9)
    s.text(50, 52, "ENCOFRADOS GUADIELA, S.L.", 14, bold=True)
    s.lines(50, 66, ["Pol. Ind. Los Palancares, parcela 14", "16004 Cuenca", "CIF B88293691"], 8)
    s.box(310, 40, 240, 70)
    s.lines(318, 54, ["CONSTRUCCIONES HOZ DEL HUÉCAR, S.A.", "C/ Colón 38", "16002 Cuenca", "CIF A16044771"])
    s.pairs(50, 150, 130, [("Factura núm.", "F25/0418"), ("Fecha factura", "31 de octubre de 2025"),
                           ("Obra", "Residencia San Antón, fase 2"), ("Pedido", "PC-2025-1180"),
                           ("Certificación", "Nº 3")])  # fmt: skip
    items = [
        line("Encofrado de pilares", "186.40", "28.50", unit="m2"),
        line("Encofrado de forjado", "742.00", "17.90", unit="m2"),
        line("Horas de administración oficial 1ª", "24.00", "26.00", unit="h"),
    ]
    y = s.table(50, 215, [("Ud.", 30, "left"), ("Concepto", 210, "left"), ("Medición", 70, "right"),
                          ("Precio", 70, "right"), ("Importe", 90, "right")],
                [(i["unit"], i["description"], EURO(i["quantity"]), EURO(i["unit_price"]), EURO(i["amount"]))
                 for i in items], grid="rows")  # fmt: skip
    net = total(items)
    kept = cents(net * Decimal("0.05"))
    s.pairs(300, 517, y + 6, [("Base imponible", EURO(net)), ("I.V.A. (inversión del sujeto pasivo)", "0,00"),
                              ("Total factura", EURO(net)), ("Retención garantía 5 %", "-" + EURO(kept)),
                              ("Líquido a percibir", EURO(net - kept))], align="right")  # fmt: skip
    s.lines(50, y + 110, ["Operación con inversión del sujeto pasivo, art. 84.Uno.2º f) Ley 37/1992.",
                          "Forma de pago: confirming 60 días. Vencimiento: 30/12/2025",
                          "Cuenta: ES79 0344 4005 4692 4212 1783"])  # fmt: skip
    return label(
        items, invoice_number="F25/0418", invoice_date="2025-10-31", due_date="2025-12-30", currency="EUR",
        purchase_order="PC-2025-1180", vendor_name="ENCOFRADOS GUADIELA, S.L.", vendor_tax_id="B88293691",
        vendor_tax_id_alternatives=["ESB88293691"], buyer_name="CONSTRUCCIONES HOZ DEL HUÉCAR, S.A.", subtotal=net,
        tax_amount="0.00", total_amount=net, iban="ES7903444005469242121783", open_fields=("amount_due",),
    )  # fmt: skip


@page("h13.pdf", "de", "DE")
def used_car(s: Sheet) -> Label:
    """A dealer in used cars: taxed on the margin, so no tax is shown; facts of the car with numbers and dates."""
    s.style("sans", 8.5)
    s.text(50, 50, "Autohaus Quermann OHG", 16, bold=True)
    s.text(50, 63, "Osnabrücker Straße 188 · 49201 Dissen · Tel. 05421 447718 · info@quermann.example", 7.5)
    s.lines(50, 120, ["Herrn", "Tilo Brambach", "Gartenweg 3", "33829 Borgholzhausen"], 10)
    s.pairs(380, 470, 120, [("Rechnung", "GW-2025-0331"), ("Datum", "20.11.2025"), ("Verkäufer", "J. Quermann"),
                            ("Kaufvertrag vom", "14.11.2025")])  # fmt: skip
    s.text(50, 200, "Rechnung über ein gebrauchtes Fahrzeug", 12, bold=True)
    s.pairs(50, 190, 220, [("Hersteller / Modell", "Opel Astra K 1.4 Sports Tourer"), ("Fahrgestellnummer", "W0VBD8EL4K8044771"),
                           ("Erstzulassung", "12.03.2019"), ("Kilometerstand", "88.120 km"),
                           ("Nächste HU", "03.2027")])  # fmt: skip
    items = [line("Gebrauchtfahrzeug wie oben", "1", "9450.00"), line("Winterräder 16 Zoll", "1", "340.00"),
             line("Zulassung und Kennzeichen", "1", "129.00")]  # fmt: skip
    y = s.table(50, 300, [("Bezeichnung", 260, "left"), ("Anzahl", 50, "right"), ("Preis EUR", 85, "right"),
                          ("Summe EUR", 95, "right")],
                [(i["description"], "1", EURO(i["unit_price"]), EURO(i["amount"])) for i in items])  # fmt: skip
    gross = total(items)
    s.text(330, y + 10, "Gesamtpreis", bold=True)
    s.text(537, y + 10, EURO(gross), bold=True, align="right")
    s.lines(50, y + 45, ["Gebrauchtgegenstände/Sonderregelung nach § 25a UStG. Ein Ausweis der Umsatzsteuer erfolgt nicht.",
                         "Anzahlung am 14.11.2025 bar 1.000,00 EUR erhalten. Restbetrag bei Übergabe am 22.11.2025."])  # fmt: skip
    s.text(
        50,
        785,
        "Amtsgericht Osnabrück HRA 204471 · USt-IdNr. DE532650201 · Volksbank IBAN DE71 0967 9290 8100 3390 75",
        7,
    )
    return label(
        items, invoice_number="GW-2025-0331", invoice_date="2025-11-20", currency="EUR",
        vendor_name="Autohaus Quermann OHG", vendor_tax_id="DE532650201", buyer_name="Tilo Brambach",
        total_amount=gross, iban="DE71096792908100339075",
        open_fields=("subtotal", "tax_amount", "amount_due", "due_date", "purchase_order"),
    )  # fmt: skip


@page("h14.pdf", "en", "GB")
def auction(s: Sheet) -> Label:
    """An auctioneer: hammer prices and the buyer's premium by lot, tax inside the premium and not shown."""
    s.style("times", 10)
    s.text(297, 52, "Tarrant & Vale Auctioneers", 18, bold=True, align="center")
    s.text(297, 67, "The Old Corn Exchange, Blandford Forum, Dorset DT11 7AF", 9, align="center")
    s.text(50, 105, "Buyer's Invoice", 13, bold=True)
    s.lines(50, 124, ["Wimborne Antiques Centre", "24 East Street", "Wimborne BH21 1DX"])
    s.pairs(350, 440, 105, [("Invoice", "TV/12877"), ("Sale", "118 - Autumn Interiors"), ("Sale date", "12 November 2025"),
                            ("Invoice date", "13 November 2025"), ("Paddle", "447")])  # fmt: skip
    lots = [("214", "Victorian mahogany chest of drawers", "320.00"), ("371", "Pair of brass candlesticks", "85.00"),
            ("502", "Persian rug, 210 x 140 cm", "460.00")]  # fmt: skip
    items = [line(text, amount=cents(Decimal(hammer) * Decimal("1.24"))) for _, text, hammer in lots]
    y = s.table(50, 200, [("Lot", 40, "left"), ("Description", 215, "left"), ("Hammer £", 75, "right"),
                          ("Premium £", 75, "right"), ("Total £", 85, "right")],
                [(lot, text, UK(hammer), UK(cents(Decimal(hammer) * Decimal("0.24"))), UK(i["amount"]))
                 for (lot, text, hammer), i in zip(lots, items, strict=True)], grid="rows")  # fmt: skip
    gross = total(items)
    s.pairs(330, 537, y + 6, [("Amount payable £", UK(gross))], 12, align="right", bold_key=True)
    s.lines(50, 640, ["Sold under the auctioneers' margin scheme. VAT is included in the premium and is not recoverable as",
                      "input tax. Lots must be collected by 20 November 2025. VAT Reg. GB 213 6224 46."], 9)  # fmt: skip
    s.text(50, 680, "Bank transfer: Tarrant & Vale Client Account, IBAN GB22 NWBK 7938 3470 1746 81")
    return label(
        items, invoice_number="TV/12877", invoice_date="2025-11-13", currency="GBP",
        vendor_name="Tarrant & Vale Auctioneers", vendor_tax_id="GB213622446", buyer_name="Wimborne Antiques Centre",
        total_amount=gross, iban="GB22NWBK79383470174681",
        open_fields=("subtotal", "tax_amount", "amount_due", "due_date", "purchase_order"),
    )  # fmt: skip


@page("h15.pdf", "en", "IE")
def self_billed(s: Sheet) -> Label:
    """A creamery bills itself for a farmer's milk: the issuer stands at the top, the supplier is the one who sells."""
    s.style("helv", 9)
    s.text(50, 50, "Slieve Bloom Co-operative Creameries Ltd", 14, bold=True)
    s.lines(50, 64, ["Mountrath, Co. Laois R32 E447", "VAT IE7873398Q"], 8)
    s.text(50, 105, "SELF-BILLED INVOICE", 13, bold=True)
    s.text(50, 118, "The VAT shown is your output tax due to the Revenue Commissioners.", 7.5)
    s.lines(50, 142, ["Supplier", "Padraig Hennessy Farms Ltd", "Clonaslee, Co. Laois", "VAT IE7286458K"])
    s.pairs(330, 430, 142, [("Invoice number", "SB-10-30771"), ("Date", "31/10/2025"), ("Supplier no.", "30771"),
                            ("Month", "October 2025"), ("Payment date", "17/11/2025")])  # fmt: skip
    items = [line("Milk supplied", "48210", "0.4380", unit="litres", tax_rate="5"),
             line("Butterfat bonus", "48210", "0.0125", unit="litres", tax_rate="5"),
             line("Winter scheme payment", "48210", "0.0200", unit="litres", tax_rate="5")]  # fmt: skip
    y = s.table(50, 225, [("Description", 200, "left"), ("Litres", 80, "right"), ("€ / litre", 80, "right"),
                          ("Amount €", 110, "right")],
                [(i["description"], f"{int(i['quantity']):,}", i["unit_price"], UK(i["amount"])) for i in items],
                grid="rows")  # fmt: skip
    net = total(items)
    tax = cents(net * Decimal("0.05"))
    s.pairs(300, 517, y + 6, [("Net value", UK(net)), ("Flat-rate addition / VAT 5%", UK(tax)),
                              ("Gross value EUR", UK(net + tax))], align="right")  # fmt: skip
    s.text(50, y + 90, "Credited to your account IE85 AIBK 8584 3308 9435 70 on the payment date.")
    return label(
        items, document_type="self_billed_invoice", document_type_alternatives=["invoice"],
        invoice_number="SB-10-30771", invoice_date="2025-10-31", due_date="2025-11-17", currency="EUR",
        vendor_name="Padraig Hennessy Farms Ltd", vendor_tax_id="IE7286458K",
        buyer_name="Slieve Bloom Co-operative Creameries Ltd", buyer_tax_id="IE7873398Q", subtotal=net, tax_amount=tax,
        total_amount=net + tax, iban="IE85AIBK85843308943570", open_fields=("amount_due", "purchase_order"),
    )  # fmt: skip


@page("h16.pdf", "pl", "PL")
def correction(s: Sheet) -> Label:
    """A correcting invoice: before, after and the difference; reason and number of the invoice corrected."""
    s.style("sans", 8)
    s.text(40, 46, "Faktura korygująca VAT nr FK/0019/11/2025", 13, bold=True)
    s.text(40, 60, "do faktury nr FV/0771/10/2025 z dnia 14.10.2025")
    s.pairs(400, 480, 46, [("Data wystawienia:", "12.11.2025"), ("Miejsce:", "Zamość"), ("Waluta:", "PLN")])
    s.lines(
        40, 90, ["Sprzedawca", "Drukarnia Roztocze Sp. z o.o.", "ul. Lwowska 44", "22-400 Zamość", "NIP 7365124149"]
    )
    s.lines(310, 90, ["Nabywca", "Muzeum Zamojskie", "ul. Ormiańska 30", "22-400 Zamość", "NIP 9221004477"])
    s.text(40, 165, "Przyczyna korekty: zwrot części towaru", 8)
    heads = [("Lp.", 25, "center"), ("Nazwa", 170, "left"), ("Ilość", 50, "right"), ("Cena netto", 65, "right"),
             ("Wartość netto", 75, "right"), ("VAT", 35, "right"), ("Wartość brutto", 80, "right")]  # fmt: skip
    y = 180.0
    for title, quantity in (("Przed korektą", "1200"), ("Po korekcie", "950")):
        net = cents(Decimal(quantity) * Decimal("4.60"))
        s.text(40, y + 8, title, bold=True)
        y = s.table(40, y + 12, heads, [("1", "Katalog wystawy, 64 str.", quantity, "4,60", PLAIN(net), "5%",
                                         PLAIN(cents(net * Decimal("1.05"))))], grid="all")  # fmt: skip
    item = line("Katalog wystawy, 64 str.", "250", "4.60", tax_rate="5")
    net = amount(item)
    tax = cents(net * Decimal("0.05"))
    s.text(40, y + 8, "Różnica (korekta)", bold=True)
    y = s.table(
        40,
        y + 12,
        heads,
        [("1", item["description"], "-250", "4,60", PLAIN(-net), "5%", PLAIN(-net - tax))],
        grid="all",
    )
    s.pairs(300, 540, y + 8, [("Razem netto", PLAIN(-net)), ("Razem VAT", PLAIN(-tax)), ("Razem brutto", PLAIN(-net - tax)),
                              ("Do zwrotu", PLAIN(-(net + tax)) + " PLN")], align="right")  # fmt: skip
    return label(
        [item], document_type="credit_note", document_type_alternatives=["corrected_invoice"],
        invoice_number="FK/0019/11/2025", invoice_date="2025-11-12", currency="PLN",
        preceding_invoice="FV/0771/10/2025", vendor_name="Drukarnia Roztocze Sp. z o.o.", vendor_tax_id="7365124149",
        vendor_tax_id_alternatives=["PL7365124149"], buyer_name="Muzeum Zamojskie", buyer_tax_id="9221004477",
        subtotal=net, tax_amount=tax, total_amount=net + tax, open_fields=("amount_due", "due_date"),
    )  # fmt: skip
