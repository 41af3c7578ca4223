"""Documents of carriers and wholesalers: packages, pallets, weights and pieces beside the quantity that is priced."""

from __future__ import annotations

from decimal import Decimal

from tests.drawn.labels import Label, label, line, page, total
from tests.drawn.sheet import Numbers, Sheet, cents

EURO = Numbers(".", ",")
UK = US = Numbers(",", ".")


@page("f01.pdf", "en", "US")
def forwarder(s: Sheet) -> Label:
    """An ocean forwarder: parties in four boxes, shipment particulars above the charges, sender at the right."""
    s.style("helv", 8.5)
    s.text(555, 46, "TIDEPOINT FORWARDING, INC.", 14, bold=True, align="right")
    s.lines(
        555,
        60,
        ["2210 Harbor Gate Blvd, Suite 300, Savannah, GA 31408", "FMC Lic. 027714F | Tel 912-555-0164"],
        8,
        align="right",
    )
    s.text(40, 60, "FREIGHT INVOICE", 16, bold=True)
    for x, y, title, texts in (
        (40, 90, "BILL TO", ["Magnolia Mill Textiles LLC", "78 Spindle Street", "Columbus, GA 31901"]),
        (215, 90, "SHIPPER", ["Tessitura Valbrenta Srl", "Via Lanificio 4", "36061 Bassano, Italy"]),
        (390, 90, "CONSIGNEE", ["Magnolia Mill Textiles LLC", "Dock 4, 78 Spindle Street", "Columbus, GA 31901"]),
    ):
        s.box(x, y, 170, 62)
        s.text(x + 4, y + 10, title, 6.5, bold=True)
        s.lines(x + 4, y + 23, texts)
    s.table(
        40,
        165,
        [
            ("INVOICE NO.", 86, "left"),
            ("INVOICE DATE", 86, "left"),
            ("DUE DATE", 86, "left"),
            ("YOUR REF", 86, "left"),
            ("MASTER B/L", 100, "left"),
            ("VESSEL / VOY", 76, "left"),
        ],
        [("SAV-250917", "09/22/2025", "10/22/2025", "PO 88-1207", "ZIMUVCE0901442", "ASTER 118W")],
        grid="all",
        size=8,
    )
    s.text(40, 225, "1 x 40HC TGBU4471902   214 cartons   9,340.00 kgs   61.200 cbm   POL Venice   POD Savannah", 8)
    items = [
        line("Ocean freight", "1", "2875.00"),
        line("Bunker adjustment factor", "1", "412.00"),
        line("Destination terminal handling", "1", "395.00"),
        line("Drayage Savannah - Columbus, GA", "263", "3.45"),
        line("Chassis usage, per day", "4", "42.50"),
        line("Customs entry and ISF filing", "1", "185.00"),
    ]
    y = s.table(
        40,
        240,
        [
            ("CHARGE", 230, "left"),
            ("BASIS", 80, "left"),
            ("QTY", 50, "right"),
            ("RATE", 70, "right"),
            ("AMOUNT USD", 90, "right"),
        ],
        [
            (i["description"], basis, i["quantity"], US(i["unit_price"]), US(i["amount"]))
            for i, basis in zip(
                items, ("per container", "per container", "per container", "per mile", "per day", "flat"), strict=True
            )
        ],
        grid="rows",
    )
    s.pairs(
        400,
        557,
        y + 10,
        [("TOTAL CHARGES", US(total(items))), ("TOTAL DUE USD", US(total(items)))],
        align="right",
        bold_key=True,
    )
    s.text(
        40,
        700,
        "Remit by ACH to Coastal Plains Bank, routing 061200446, account 8830117254. Claims within 9 months.",
        7.5,
    )
    return label(
        items,
        invoice_number="SAV-250917",
        invoice_date="2025-09-22",
        due_date="2025-10-22",
        currency="USD",
        purchase_order="88-1207",
        vendor_name="TIDEPOINT FORWARDING, INC.",
        buyer_name="Magnolia Mill Textiles LLC",
        total_amount=total(items),
        amount_due=total(items),
        open_fields=("subtotal", "tax_amount"),
    )


@page("f02.pdf", "en", "GB")
def pallet_network(s: Sheet) -> Label:
    """A pallet carrier: each line priced by the pallet, with weights beside, customer block below the title."""
    s.style("sans", 8)
    s.text(48, 50, "Fosse Way Pallets Ltd", 15, bold=True, color="#7a1f1f")
    s.text(48, 64, "Depot 2, Bardon Hill Lane, Coalville LE67 1QT  ·  accounts@fossewaypallets.example", 7)
    s.text(48, 96, "Sales Invoice", 13, bold=True)
    s.lines(48, 122, ["Invoice to", "Hathern Glassworks Limited", "Kiln Road", "Loughborough", "LE12 5JB"])
    s.pairs(
        330,
        440,
        122,
        [
            ("Invoice No", "0041987"),
            ("Tax Point", "30/09/2025"),
            ("Account", "HATH01"),
            ("Customer Order No", "HG/2291"),
            ("Terms", "30 days end of month"),
        ],
    )
    places = ("Leicester", "Carlisle", "Truro", "Aberdeen", "Norwich")
    weights = ("1840", "2610", "480", "3100", "905")
    items = [
        line(f"Loughborough to {place}", quantity, price, tax_rate="20")
        for place, quantity, price in zip(
            places, ("4", "5", "1", "6", "2"), ("39.50", "68.25", "94.00", "112.40", "57.80"), strict=True
        )
    ]
    y = s.table(
        48,
        205,
        [
            ("Date", 52, "left"),
            ("Consignment", 62, "left"),
            ("Movement", 142, "left"),
            ("Weight kg", 52, "right"),
            ("Pallets", 42, "right"),
            ("Rate", 48, "right"),
            ("VAT %", 36, "right"),
            ("Net £", 62, "right"),
        ],
        [
            (
                f"{3 + 5 * n:02}/09/2025",
                f"C{88120 + n * 17}",
                i["description"],
                UK(weights[n], 0),
                i["quantity"],
                UK(i["unit_price"]),
                "20.00",
                UK(i["amount"]),
            )
            for n, i in enumerate(items)
        ],
        grid="all",
    )
    net = total(items)
    tax = cents(net * Decimal("0.2"))
    s.pairs(
        400,
        540,
        y + 14,
        [("Goods", UK(net)), ("VAT", UK(tax)), ("Invoice Total", UK(net + tax))],
        align="right",
        bold_key=True,
    )
    s.lines(
        48,
        730,
        [
            "Fosse Way Pallets Ltd. Registered in England 06120447. VAT number GB 552 6799 04.",
            "Pay to: Fosse Way Pallets Ltd, IBAN GB47 BARC 2004 1573 1188 42. RHA conditions 2020 apply.",
        ],
        6.5,
    )
    return label(
        items,
        invoice_number="0041987",
        invoice_date="2025-09-30",
        currency="GBP",
        purchase_order="HG/2291",
        vendor_name="Fosse Way Pallets Ltd",
        vendor_tax_id="GB552679904",
        vendor_tax_id_alternatives=["GB 552 6799 04"],
        buyer_name="Hathern Glassworks Limited",
        subtotal=net,
        tax_amount=tax,
        total_amount=net + tax,
        iban="GB47BARC20041573118842",
        open_fields=("due_date",),
    )


@page("f03.pdf", "nl", "NL")
def greengrocer(s: Sheet) -> Label:
    """Vegetables by weight: crates, content and kilograms in columns of their own; only the kilograms are priced."""
    s.style("helv", 9)
    s.text(300, 50, "VAN DER MEULEN AGF", 17, bold=True, align="center", color="#2c6e2c")
    s.text(300, 64, "groothandel in aardappelen, groenten en fruit", 8, align="center")
    s.lines(60, 110, ["Restaurant De Smederij", "t.a.v. de administratie", "Molenstraat 41", "5341 GC Oss"])
    s.pairs(
        350,
        545,
        110,
        [
            ("Factuurnummer", "25-10877"),
            ("Factuurdatum", "07-11-2025"),
            ("Vervaldatum", "21-11-2025"),
            ("Debiteur", "4471"),
            ("Uw referentie", "week 45"),
        ],
        align="right",
    )
    rows = (
        ("Aardappel Bildtstar", "4", "15 kg", "60", "0.78"),
        ("Witlof klasse I", "3", "5 kg", "14.6", "2.95"),
        ("Elstar 70/80", "2", "12 kg", "24.3", "1.62"),
        ("Kastanjechampignons", "5", "3 kg", "15", "4.10"),
        ("Boerenkool gesneden", "6", "2,5 kg", "15.2", "2.35"),
    )
    items = [line(text, kilograms, price, unit="kg", tax_rate="9") for text, _, _, kilograms, price in rows]
    y = s.table(
        60,
        215,
        [
            ("Omschrijving", 160, "left"),
            ("Colli", 40, "right"),
            ("Inhoud", 55, "right"),
            ("Kg netto", 60, "right"),
            ("Prijs per kg", 70, "right"),
            ("BTW", 40, "right"),
            ("Bedrag", 65, "right"),
        ],
        [
            (text, colli, content, EURO(i["quantity"], 1), EURO(i["unit_price"]), "9%", EURO(i["amount"]))
            for (text, colli, content, _, _), i in zip(rows, items, strict=True)
        ],
        grid="rows",
    )
    net = total(items)
    tax = cents(net * Decimal("0.09"))
    s.text(75, y + 4, "20 colli", 8)
    s.pairs(
        370,
        547,
        y + 16,
        [("Totaal excl. BTW", "€ " + EURO(net)), ("9% BTW", "€ " + EURO(tax)), ("Te betalen", "€ " + EURO(net + tax))],
        align="right",
        bold_value=True,
    )
    s.text(
        300,
        770,
        "Van der Meulen AGF B.V. - Veilingweg 8, 5301 KM Zaltbommel - KvK 11049027 - "
        "BTW NL270164091B01 - IBAN NL69 RABO 0131 8822 44",
        7,
        align="center",
    )
    return label(
        items,
        invoice_number="25-10877",
        invoice_date="2025-11-07",
        due_date="2025-11-21",
        currency="EUR",
        vendor_name="VAN DER MEULEN AGF",
        vendor_name_alternatives=["Van der Meulen AGF B.V."],
        vendor_tax_id="NL270164091B01",
        buyer_name="Restaurant De Smederij",
        subtotal=net,
        tax_amount=tax,
        total_amount=net + tax,
        iban="NL69RABO0131882244",
        open_fields=("amount_due", "purchase_order"),
    )


@page("f04.pdf", "da", "DK")
def paint_shop(s: Sheet) -> Label:
    """A paint wholesaler: list price, discount of each line and the amount; particulars in one row of boxes."""
    s.style("times", 10)
    s.text(50, 60, "Malergrossisten Limfjord A/S", 16, bold=True)
    s.lines(50, 76, ["Havnegade 112, 9400 Nørresundby", "CVR-nr. 42121045   Tlf. 98 55 01 12"], 9)
    s.lines(50, 125, ["Malerfirma Højgaard & Søn ApS", "Skovbrynet 9", "9230 Svenstrup J"])
    s.table(
        50,
        180,
        [
            ("Faktura nr.", 95, "left"),
            ("Fakturadato", 95, "left"),
            ("Forfaldsdato", 95, "left"),
            ("Deres ordre", 105, "left"),
            ("Vor ref.", 95, "left"),
        ],
        [("708815", "12.11.2025", "26.11.2025", "RK-340", "M. Toft")],
        grid="all",
    )
    rows = (
        ("2010", "Vægmaling glans 5, 10 l", "12", "spd", "640.00", "25"),
        ("2044", "Træbeskyttelse dækkende, 5 l", "6", "spd", "510.00", "20"),
        ("7750", "Malertape 38 mm", "48", "rl", "32.50", "40"),
        ("9001", "Afdækningsplast 4x5 m", "30", "stk", "18.00", "0"),
    )
    items = [
        line(text, quantity, str((Decimal(price) * (100 - Decimal(off)) / 100).normalize()), item_code=code, unit=unit)
        for code, text, quantity, unit, price, off in rows
    ]
    y = s.table(
        50,
        230,
        [
            ("Varenr.", 50, "left"),
            ("Varetekst", 185, "left"),
            ("Antal", 40, "right"),
            ("Enhed", 40, "left"),
            ("Pris", 60, "right"),
            ("Rabat %", 50, "right"),
            ("Beløb DKK", 75, "right"),
        ],
        [
            (code, text, quantity, unit, EURO(price), off if off != "0" else "", EURO(i["amount"]))
            for (code, text, quantity, unit, price, off), i in zip(rows, items, strict=True)
        ],
    )
    net = total(items)
    tax = cents(net / 4)
    s.pairs(
        330,
        547,
        y + 14,
        [("Nettobeløb", EURO(net)), ("Moms 25 %", EURO(tax)), ("I alt DKK inkl. moms", EURO(net + tax))],
        align="right",
    )
    s.lines(
        50,
        640,
        [
            "Betaling: netto 14 dage. Bank: Limfjordsbanken, IBAN DK50 0040 0440 1162 43.",
            "Ved for sen betaling beregnes rente.",
        ],
        9,
    )
    return label(
        items,
        invoice_number="708815",
        invoice_date="2025-11-12",
        due_date="2025-11-26",
        currency="DKK",
        purchase_order="RK-340",
        vendor_name="Malergrossisten Limfjord A/S",
        vendor_tax_id="42121045",
        vendor_tax_id_alternatives=["DK42121045"],
        buyer_name="Malerfirma Højgaard & Søn ApS",
        subtotal=net,
        tax_amount=tax,
        total_amount=net + tax,
        iban="DK5000400440116243",
    )


@page("f05.pdf", "zh", "CN")
def fapiao(s: Sheet) -> Label:
    """A digital invoice of the tax office: parties side by side with upright labels, long names over two lines."""
    s.style("chinese", 9)
    s.text(297, 50, "电子发票（普通发票）", 17, align="center", color="#803010")
    s.lines(410, 45, ["发票号码：25332000000155207318", "开票日期：2025年10月14日"])
    for x, title, name, code in (
        (40, "购买方信息", "宁波远岫家居用品有限公司", "913301045MA0154422"),
        (300, "销售方信息", "绍兴青麓纺织科技有限公司", "913301010MA7781159"),
    ):
        s.box(x, 85, 18, 66)
        s.box(x + 18, 85, 238, 66)
        s.lines(x + 5, 97, list(title), leading=12)
        s.lines(x + 24, 105, [f"名称：{name}", f"统一社会信用代码/纳税人识别号：{code}"], leading=28)
    items = [
        line("*纺织产品*亚麻混纺窗帘布", "320", "46.5", unit="米", tax_rate="13"),
        line("*纺织产品*遮光涂层面料（阻燃型）", "150", "62", unit="米", tax_rate="13"),
        line("*设计服务*图案设计费", "1", "1800", unit="次", tax_rate="6"),
    ]
    rates = [Decimal(i["tax_rate"]) / 100 for i in items]
    taxes = [cents(Decimal(i["amount"]) * rate) for i, rate in zip(items, rates, strict=True)]
    shown = [items[0]["description"], "*纺织产品*遮光涂层面\n料（阻燃型）", items[2]["description"]]
    y = s.table(
        40,
        155,
        [
            ("项目名称", 150, "left"),
            ("规格型号", 55, "left"),
            ("单位", 35, "center"),
            ("数量", 45, "right"),
            ("单价", 55, "right"),
            ("金额", 70, "right"),
            ("税率/征收率", 56, "right"),
            ("税额", 60, "right"),
        ],
        [
            (text, spec, i["unit"], i["quantity"], i["unit_price"], i["amount"], i["tax_rate"] + "%", str(tax))
            for text, spec, i, tax in zip(shown, ("2.8m", "280g", ""), items, taxes, strict=True)
        ],
        grid="none",
    )
    net, tax = total(items), sum(taxes, Decimal(0))
    s.text(75, y + 20, "合        计")
    s.text(447, y + 20, f"¥{net}", align="right")
    s.text(563, y + 20, f"¥{tax}", align="right")
    s.text(50, y + 44, "价税合计（大写）")
    s.text(170, y + 44, "⊗贰万捌仟贰佰叁拾圆玖角整")
    s.text(400, y + 44, f"（小写）¥{net + tax}")
    s.text(50, y + 70, "备注：合同号 QL-2025-088")
    s.text(60, y + 110, "开票人：周敏")
    return label(
        items,
        invoice_number="25332000000155207318",
        invoice_date="2025-10-14",
        currency="CNY",
        vendor_name="绍兴青麓纺织科技有限公司",
        vendor_tax_id="913301010MA7781159",
        buyer_name="宁波远岫家居用品有限公司",
        buyer_tax_id="913301045MA0154422",
        subtotal=net,
        tax_amount=tax,
        total_amount=net + tax,
        open_fields=("amount_due",),
    )


@page("f06.pdf", "pt", "PT")
def winery(s: Sheet) -> Label:
    """A winery: cases, bottles a case and bottles; the bottle is priced, each line has a discount."""
    s.style("serif", 8)
    s.text(547, 55, "Adega Vale do Corgo, S.A.", 14, bold=True, align="right", color="#5b1030")
    s.lines(547, 69, ["Quinta da Ribeira, 5000-062 Vila Real", "Contribuinte n.º 506 889 661"], align="right")
    s.lines(
        48, 120, ["Exmo.(s) Sr.(s)", "Garrafeira do Bolhão, Lda.", "Rua Formosa 322", "4000-249 Porto", "NIF 507814681"]
    )
    s.pairs(
        330,
        430,
        120,
        [
            ("Fatura", "FT 2025A/3318"),
            ("Data", "2025-10-29"),
            ("Vencimento", "2025-11-28"),
            ("V/ encomenda", "E-5521"),
            ("ATCUD", "JF7KQ2M9-3318"),
        ],
    )
    rows = (
        ("Tinto Reserva 2021 75cl", "10", "6", "60", "8.40", "10"),
        ("Branco Colheita 2024 75cl", "15", "6", "90", "4.20", "5"),
        ("Porto Tawny 10 anos 50cl", "4", "3", "12", "14.00", "0"),
    )
    items = [
        line(text, bottles, str((Decimal(price) * (100 - Decimal(off)) / 100).normalize()), tax_rate="13")
        for text, _, _, bottles, price, off in rows
    ]
    y = s.table(
        48,
        210,
        [
            ("Designação", 165, "left"),
            ("Caixas", 40, "right"),
            ("Gf/cx", 40, "right"),
            ("Qtd.", 40, "right"),
            ("Pr. unit.", 55, "right"),
            ("Desc. %", 45, "right"),
            ("IVA %", 40, "right"),
            ("Total líq.", 75, "right"),
        ],
        [
            (text, boxes, each, bottles, EURO(price), EURO(off), "13", EURO(i["amount"]))
            for (text, boxes, each, bottles, price, off), i in zip(rows, items, strict=True)
        ],
        grid="all",
        fill="#efe6ea",
    )
    net = total(items)
    tax = cents(net * Decimal("0.13"))
    s.table(
        48,
        y + 8,
        [("Taxa", 50, "right"), ("Incidência", 80, "right"), ("IVA", 70, "right")],
        [("13,00", EURO(net), EURO(tax))],
        grid="all",
    )
    s.pairs(
        330,
        547,
        y + 16,
        [
            ("Total ilíquido", EURO(sum((Decimal(r[3]) * Decimal(r[4]) for r in rows), Decimal(0)))),
            ("Total líquido", EURO(net)),
            ("Total IVA", EURO(tax)),
            ("Total EUR", EURO(net + tax)),
        ],
        align="right",
    )
    s.text(48, 700, "Pagamento: IBAN PT50 0002 0123 1234 5678 9015 4. Processado por programa certificado n.º 2214/AT")
    return label(
        items,
        invoice_number="FT 2025A/3318",
        invoice_date="2025-10-29",
        due_date="2025-11-28",
        currency="EUR",
        purchase_order="E-5521",
        vendor_name="Adega Vale do Corgo, S.A.",
        vendor_tax_id="506889661",
        vendor_tax_id_alternatives=["PT506889661", "506 889 661"],
        buyer_name="Garrafeira do Bolhão, Lda.",
        buyer_tax_id="507814681",
        subtotal=net,
        tax_amount=tax,
        total_amount=net + tax,
        iban="PT50000201231234567890154",
    )
