"""Documents from the United Kingdom, North America, Australia, India and Japan."""

from __future__ import annotations

from decimal import Decimal

from reportlab.lib.pagesizes import LETTER

from tests.drawn.labels import Label, amount, label, line, page, total
from tests.drawn.sheet import Numbers, Sheet, cents

EN = Numbers(",", ".")
FR_CA = Numbers(" ", ",")
IN = Numbers(",", ".", lakh=True)


@page("d22.pdf", "en", "GB")
def builders_merchant(s: Sheet) -> Label:
    """Prices per 100 and per 1000, carriage on the goods total, settlement terms, delivery address."""
    s.style("helv", 8.5)
    s.text(550, 56, "Pennine Fixings & Fasteners Ltd", 14, bold=True, align="right")
    s.lines(
        550,
        70,
        [
            "Unit 7 Canal Works, Brighouse HD6 1AQ",
            "01484 555 0137  sales@pennine-fixings.example",
            "VAT Reg No GB 152 8243 73   Company No 04471982",
        ],
        7.5,
        align="right",
    )
    s.text(45, 60, "INVOICE", 18, bold=True)
    s.text(45, 110, "Invoice to", 7.5, color="#666666")
    s.lines(45, 123, ["Calder Joinery Ltd", "Accounts Payable", "2 Wharf Street", "Sowerby Bridge HX6 2AF"], 9)
    s.text(215, 110, "Deliver to", 7.5, color="#666666")
    s.lines(215, 123, ["Calder Joinery Ltd", "Site: Mytholm School", "Hebden Bridge HX7 6DY"], 9)
    s.box(390, 104, 160, 76)
    s.pairs(
        396,
        545,
        117,
        [
            ("Invoice No", "SI-096618"),
            ("Tax point", "17/02/2026"),
            ("Account", "CAL004"),
            ("Your order", "PO 33871"),
            ("Despatch note", "DN-55210"),
        ],
        8,
        align="right",
        leading=13,
    )
    raw = [
        ("WS4050", "Wood screw csk Pozi 4.0 x 50 zinc", "3000", "18.40", "1000"),
        ("CB1016", "Coach bolt M10 x 160 HDG", "250", "74.50", "100"),
        ("AN12", "Shield anchor M12", "80", "96.25", "100"),
        ("JH450", "Joist hanger 450 mm", "64", "2.86", "1"),
        ("NW65", "Nail wire ring 65 mm, 5 kg", "6", "21.95", "1"),
    ]
    items, rows = [], []
    for code, text, quantity, price, per in raw:
        net_price = (Decimal(price) / Decimal(per)).normalize()
        items.append(line(text, quantity, f"{net_price:f}", item_code=code, tax_rate="20"))
        per_text = {"1": "each", "100": "100", "1000": "1000"}[per]
        rows.append((code, text, EN(quantity, 0), EN(price), per_text, EN(items[-1]["amount"])))
    y = s.table(
        45,
        200,
        [
            ("Product", 60, "left"),
            ("Description", 205, "left"),
            ("Qty", 50, "right"),
            ("Price", 60, "right"),
            ("Per", 45, "right"),
            ("Goods value", 85, "right"),
        ],
        rows,
        grid="all",
        fill="#e3e3ee",
    )
    goods, carriage = total(items), Decimal("18.50")
    net = goods + carriage
    tax = cents(net * Decimal("0.20"))
    y = s.pairs(
        370,
        546,
        y + 8,
        [
            ("Goods total", EN(goods)),
            ("Carriage", EN(carriage)),
            ("Net total", EN(net)),
            ("VAT @ 20%", EN(tax)),
            ("Invoice total GBP", EN(net + tax)),
        ],
        align="right",
    )
    discount = cents(net * Decimal("0.025"))
    s.lines(
        45,
        y + 20,
        [
            f"Settlement discount of 2.5% (£{EN(discount)} of the net total) may be deducted if paid by 24/02/2026.",
            "Otherwise net 30 days: due 19/03/2026. Title to the goods passes on payment in full.",
            "Bank: Aire Valley Bank, sort code 89-19-92, account 60035993, IBAN GB40 MIDL 8919 9260 0359 93",
        ],
    )
    return label(
        items,
        invoice_number="SI-096618",
        invoice_date="2026-02-17",
        due_date="2026-03-19",
        currency="GBP",
        purchase_order="PO 33871",
        purchase_order_alternatives=["33871"],
        vendor_name="Pennine Fixings & Fasteners Ltd",
        vendor_tax_id="GB152824373",
        vendor_country="GB",
        buyer_name="Calder Joinery Ltd",
        charge_total=carriage,
        subtotal=net,
        tax_amount=tax,
        total_amount=net + tax,
        iban="GB40MIDL89199260035993",
        cash_discount_amount=discount,
        cash_discount_until="2026-02-24",
        taxes=[{"rate": "20", "base": str(net), "amount": str(tax)}],
    )


@page("d36.pdf", "en", "GB", scan_degrees=0.4)
def garage(s: Sheet) -> Label:
    """A garage bill, labour and parts in one list, MOT outside VAT, paid on collection; scanned."""
    s.style("times", 10.5)
    s.text(297, 60, "ROWAN TREE GARAGE", 20, bold=True, align="center")
    s.text(
        297,
        76,
        "Old Station Yard, Callander FK17 8BP   -   Tel 01877 555 016   -   VAT No 136 9762 76",
        9.5,
        align="center",
    )
    s.rule(50, 84, 545, 1.5)
    s.lines(60, 112, ["Mrs F. Galbraith", "3 Ancaster Square", "Callander"])
    s.pairs(
        350, 440, 112, [("Invoice", "20766"), ("Date", "11 Dec 2025"), ("Vehicle", "SK68 TVN"), ("Mileage", "61,204")]
    )
    items = [
        line("Service labour", "2.5", "62.00", tax_rate="20"),
        line("Oil filter", "1", "11.40", tax_rate="20"),
        line("Engine oil 5W-30, litre", "4.3", "9.80", tax_rate="20"),
        line("Front brake pads, set", "1", "58.75", tax_rate="20"),
        line("MOT test", "1", "54.85", tax_rate="0"),
    ]
    y = s.table(
        60,
        195,
        [("Work done and parts", 235, "left"), ("Qty", 60, "right"), ("Each", 80, "right"), ("Net", 95, "right")],
        [(i["description"], i["quantity"], EN(i["unit_price"]), EN(i["amount"])) for i in items],
        grid="all",
        gap=4,
    )
    net = total(items)
    tax = cents((net - amount(items[4])) * Decimal("0.20"))
    s.pairs(
        350,
        527,
        y + 14,
        [
            ("Sub total", "£" + EN(net)),
            ("VAT at 20%", "£" + EN(tax)),
            ("TOTAL", "£" + EN(net + tax)),
            ("Paid by card", "£" + EN(net + tax)),
            ("Balance due", "£0.00"),
        ],
        11,
        align="right",
    )
    s.text(60, y + 130, "MOT fee is outside the scope of VAT. All work guaranteed for 6 months or 6,000 miles.")
    return label(
        items,
        invoice_number="20766",
        invoice_date="2025-12-11",
        currency="GBP",
        vendor_name="ROWAN TREE GARAGE",
        vendor_tax_id="136976276",
        vendor_tax_id_alternatives=["GB136976276"],
        vendor_country="GB",
        buyer_name="Mrs F. Galbraith",
        buyer_name_alternatives=["F. Galbraith"],
        subtotal=net,
        tax_amount=tax,
        total_amount=net + tax,
        amount_paid=net + tax,
        amount_due="0.00",
    )


@page("d23.pdf", "en", "US")
def water_district(s: Sheet) -> Label:
    """A utility bill with a balance forward and a payment of last month; no tax; a slip to tear off."""
    s.style("helv", 9)
    s.text(50, 54, "CEDAR FLATS WATER DISTRICT", 14, bold=True, color="#134a8e")
    s.lines(50, 67, ["1100 Reservoir Road, Cedar Flats, OR 97741", "Customer service (541) 555-0162"], 8)
    s.box(360, 40, 200, 92, fill="#e8f0fa", stroke="")
    s.pairs(
        368,
        552,
        55,
        [
            ("Account number", "044-11872-03"),
            ("Bill number", "W-2207714"),
            ("Bill date", "Mar 4, 2026"),
            ("Due date", "Mar 25, 2026"),
            ("Total amount due", "$138.04"),
        ],
        align="right",
        leading=15,
    )
    s.text(50, 120, "Service address: 718 Juniper Lane", 9)
    s.lines(50, 145, ["HIGH DESERT LAUNDROMAT", "718 JUNIPER LN", "CEDAR FLATS OR 97741-1120"], 9.5)
    s.text(50, 205, "Account summary", 10.5, bold=True)
    y = s.pairs(
        50,
        330,
        220,
        [
            ("Previous balance", "$121.40"),
            ("Payment received Feb 20 - thank you", "-$85.00"),
            ("Balance forward", "$36.40"),
        ],
        align="right",
    )
    s.text(50, y + 12, "Current charges (Jan 30 - Feb 27, 2026)", 10.5, bold=True)
    items = [
        line("Water base charge 1 in. meter", None, None, "31.75"),
        line("Water use", "14", "2.36", unit="kgal"),
        line("Sewer", None, None, "29.85"),
        line("Storm water fee", None, None, "7.00"),
    ]
    y = s.table(
        50,
        y + 18,
        [("Service", 200, "left"), ("Use (1,000 gal)", 80, "right"), ("Rate", 60, "right"), ("Charge", 80, "right")],
        [
            (
                i["description"],
                i.get("quantity", ""),
                ("$" + EN(i["unit_price"])) if "unit_price" in i else "",
                "$" + EN(i["amount"]),
            )
            for i in items
        ],
        grid="rows",
    )
    current = total(items)
    y = s.pairs(
        250,
        467,
        y + 4,
        [("Total current charges", "$" + EN(current)), ("Total amount due", "$" + EN(current + Decimal("36.40")))],
        10,
        align="right",
        bold_value=True,
    )
    s.canvas.setDash(3, 3)
    s.rule(40, 640, 560, 0.5)
    s.canvas.setDash()
    s.text(50, 656, "Please return this part with your payment. Make checks payable to Cedar Flats Water District.", 8)
    s.pairs(
        50,
        160,
        680,
        [
            ("Account number", "044-11872-03"),
            ("Amount due", "$" + EN(current + Decimal("36.40"))),
            ("Amount enclosed", "$ ____________"),
        ],
    )
    return label(
        items,
        invoice_number="W-2207714",
        invoice_date="2026-03-04",
        due_date="2026-03-25",
        currency="USD",
        vendor_name="CEDAR FLATS WATER DISTRICT",
        vendor_country="US",
        buyer_name="HIGH DESERT LAUNDROMAT",
        total_amount=current,
        previous_balance="36.40",
        amount_due=current,
        period_start="2026-01-30",
        period_end="2026-02-27",
        open_fields=("subtotal", "tax_amount"),
    )


@page("d29.pdf", "en", "US")
def software(s: Sheet) -> Label:
    """A subscription bill as payment processors write it: big amount on top, proration with a negative line."""
    s.width, s.height = LETTER
    s.canvas.setPageSize(LETTER)
    s.style("helv", 9.5)
    s.text(45, 60, "Invoice", 20, bold=True)
    s.text(567, 60, "Quillboard", 15, bold=True, align="right", color="#6a3df0")
    s.pairs(
        45,
        130,
        86,
        [
            ("Invoice number", "8F3C21A0-0007"),
            ("Date of issue", "November 18, 2025"),
            ("Date due", "November 18, 2025"),
        ],
        bold_key=True,
    )
    s.text(45, 150, "Quillboard, Inc.", bold=True)
    s.lines(
        45,
        164,
        ["548 Tannery Row, Suite 300", "Burlington, Vermont 05401", "United States", "billing@quillboard.example"],
    )
    s.text(240, 150, "Bill to", bold=True)
    s.lines(
        240,
        164,
        [
            "Oxbow Field Research Cooperative",
            "19 Elm Street",
            "Montpelier, Vermont 05602",
            "United States",
            "finance@oxbowresearch.example",
        ],
    )
    items = [
        line("Team plan – 12 seats", "12", "18.00"),
        line("Remaining time on 3 × Team plan after Nov 4, 2025", "3", "8.40"),
        line("Unused time on 2 × Starter plan after Nov 4, 2025", "2", "-4.20"),
    ]
    periods = ["Nov 18 – Dec 18, 2025", "Nov 4 – Nov 18, 2025", "Nov 4 – Nov 18, 2025"]
    net = total(items)
    tax = cents(net * Decimal("0.06"))
    gross = net + tax
    s.text(45, 256, f"${EN(gross)} USD due November 18, 2025", 15, bold=True)
    y = s.table(
        42,
        290,
        [("Description", 300, "left"), ("Qty", 50, "right"), ("Unit price", 85, "right"), ("Amount", 90, "right")],
        [
            (
                f"{i['description']}\n{period}",
                i["quantity"],
                ("-$" if i["unit_price"].startswith("-") else "$") + EN(i["unit_price"].lstrip("-")),
                ("-$" if amount(i) < 0 else "$") + EN(abs(amount(i))),
            )
            for i, period in zip(items, periods, strict=True)
        ],
        head_bold=False,
        head_color="#555555",
        gap=5,
    )
    for i, period in zip(items, periods, strict=True):
        i["description"] += f" {period}"
    y = s.pairs(
        330,
        564,
        y + 10,
        [
            ("Subtotal", f"${EN(net)}"),
            ("Vermont sales tax (6%)", f"${EN(tax)}"),
            ("Total", f"${EN(gross)}"),
            ("Amount due", f"${EN(gross)} USD"),
        ],
        align="right",
        leading=18,
    )
    s.text(45, 745, "8F3C21A0-0007 · $" + EN(gross) + " USD due November 18, 2025", 8, color="#666666")
    s.text(567, 745, "Page 1 of 1", 8, align="right", color="#666666")
    return label(
        items,
        invoice_number="8F3C21A0-0007",
        invoice_date="2025-11-18",
        due_date="2025-11-18",
        currency="USD",
        vendor_name="Quillboard, Inc.",
        vendor_name_alternatives=["Quillboard"],
        vendor_country="US",
        buyer_name="Oxbow Field Research Cooperative",
        subtotal=net,
        tax_amount=tax,
        total_amount=gross,
        amount_due=gross,
        taxes=[{"rate": "6", "base": str(net), "amount": str(tax)}],
    )


@page("d30.pdf", "en", "US", scan_degrees=-0.8)
def truckload(s: Sheet) -> Label:
    """A freight bill: shipper and consignee boxes, class and weight, discount as a negative line; scanned."""
    s.style("helv", 9.5)
    s.text(45, 58, "BITTERROOT FREIGHT LINES", 16, bold=True)
    s.lines(45, 73, ["PO Box 4410, Missoula, MT 59806", "Billing (406) 555-0119   SCAC: BRFL"], 8.5)
    s.text(550, 58, "FREIGHT BILL", 14, bold=True, align="right")
    s.box(370, 70, 180, 62)
    s.pairs(
        377,
        544,
        84,
        [
            ("PRO number", "318-440927"),
            ("Bill date", "10/22/2025"),
            ("Ship date", "10/17/2025"),
            ("Terms", "Net 15 days"),
        ],
        align="right",
        leading=14,
    )
    for x, title, lines_ in (
        (45, "SHIPPER", ["Clearwater Cabinets", "Lewiston, ID 83501"]),
        (215, "CONSIGNEE", ["Ironwood Kitchens", "Bozeman, MT 59715"]),
        (
            385,
            "BILL TO",
            ["Clearwater Cabinets Inc.", "Attn: Freight Payables", "2400 Snake River Ave", "Lewiston, ID 83501"],
        ),
    ):
        s.box(x, 146, 165, 68)
        s.text(x + 5, 158, title, 7.5, bold=True)
        s.lines(x + 5, 171, lines_, 8.5)
    items = [
        line(
            "4 SKIDS CABINET DOORS, CLASS 85",
            None,
            None,
            "1418.60",
            billed_weight="2310",
            weight_unit="lb",
            tracking_number="318-440927",
        ),
        line("DISCOUNT 62%", None, None, "-879.53"),
        line("FUEL SURCHARGE 27.4%", None, None, "147.71"),
        line("LIFTGATE DELIVERY", None, None, "95.00"),
    ]
    y = s.table(
        45,
        232,
        [
            ("DESCRIPTION", 235, "left"),
            ("WEIGHT LB", 80, "right"),
            ("RATE CWT", 85, "right"),
            ("CHARGES", 105, "right"),
        ],
        [
            (
                i["description"],
                EN(i["billed_weight"], 0) if "billed_weight" in i else "",
                "61.41" if "billed_weight" in i else "",
                EN(i["amount"]),
            )
            for i in items
        ],
        grid="all",
        gap=5,
    )
    due = total(items)
    s.text(400, y + 14, "TOTAL CHARGES", 10, bold=True, align="right")
    s.text(547, y + 14, "$" + EN(due), 11, bold=True, align="right")
    s.lines(45, y + 50, ["PLEASE PAY FROM THIS BILL. REFER TO PRO NUMBER ON YOUR CHECK.", "B/L 77120   PO 60041"])
    return label(
        items,
        invoice_number="318-440927",
        invoice_date="2025-10-22",
        currency="USD",
        purchase_order="60041",
        purchase_order_alternatives=["PO 60041"],
        vendor_name="BITTERROOT FREIGHT LINES",
        vendor_country="US",
        buyer_name="Clearwater Cabinets Inc.",
        total_amount=due,
        open_fields=("due_date", "subtotal", "tax_amount", "amount_due"),
    )


@page("d24.pdf", "fr", "CA")
def quebec_landscaper(s: Sheet) -> Label:
    """Two taxes on one base with their numbers, dollars behind the amount, year first."""
    s.style("helv", 9.5)
    s.text(50, 60, "Paysages Boréal inc.", 17, bold=True, color="#2e6b2e")
    s.text(50, 74, "440, rang Saint-Joseph, Saint-Raymond (Québec) G3L 4A2", 8.5)
    s.box(390, 44, 160, 46, fill="#e6f0e6", stroke="")
    s.text(470, 62, "FACTURE", 13, bold=True, align="center")
    s.text(470, 80, "N° 1207-25", 10, align="center")
    s.text(50, 112, "Facturé à", bold=True)
    s.lines(50, 126, ["Copropriété Les Bouleaux", "1055, avenue Cartier", "Québec (Québec) G1R 2S5"])
    s.pairs(
        350,
        545,
        112,
        [("Date", "2025-08-08"), ("Échéance", "2025-09-07"), ("Bon de commande", "B-2025-19")],
        align="right",
    )
    items = [
        line("Entretien de la pelouse, juillet", "4", "285.00"),
        line("Taille de haies de cèdre", "62", "9.75"),
        line("Paillis, sac de 57 l", "30", "7.49"),
    ]
    y = s.table(
        50,
        190,
        [
            ("Description", 245, "left"),
            ("Quantité", 65, "right"),
            ("Prix unitaire", 85, "right"),
            ("Total", 105, "right"),
        ],
        [(i["description"], i["quantity"], FR_CA(i["unit_price"]) + " $", FR_CA(i["amount"]) + " $") for i in items],
        grid="rows",
        fill="#e6f0e6",
        gap=4,
    )
    net = total(items)
    gst, qst = cents(net * Decimal("0.05")), cents(net * Decimal("0.09975"))
    s.pairs(
        330,
        546,
        y + 8,
        [
            ("Sous-total", FR_CA(net) + " $"),
            ("TPS 5 %", FR_CA(gst) + " $"),
            ("TVQ 9,975 %", FR_CA(qst) + " $"),
            ("Total CAD", FR_CA(net + gst + qst) + " $"),
        ],
        10,
        align="right",
    )
    s.lines(
        50,
        700,
        [
            "TPS : 576558811 RT0001     TVQ : 1204417735 TQ0001",
            "Chèque à l'ordre de Paysages Boréal inc. ou virement Interac à paiement@paysagesboreal.example",
            "Intérêt de 1,5 % par mois sur tout solde en souffrance.",
        ],
        8.5,
    )
    return label(
        items,
        invoice_number="1207-25",
        invoice_date="2025-08-08",
        due_date="2025-09-07",
        currency="CAD",
        purchase_order="B-2025-19",
        vendor_name="Paysages Boréal inc.",
        vendor_tax_id="576558811 RT0001",
        vendor_tax_id_alternatives=["576558811RT0001", "576558811"],
        vendor_country="CA",
        buyer_name="Copropriété Les Bouleaux",
        subtotal=net,
        tax_amount=gst + qst,
        total_amount=net + gst + qst,
        taxes=[
            {"rate": "5", "base": str(net), "amount": str(gst)},
            {"rate": "9.975", "base": str(net), "amount": str(qst)},
        ],
    )


@page("d25.pdf", "en", "AU")
def plumber(s: Sheet) -> Label:
    """A tax invoice whose prices all include GST; the vendor stands in the footer, a trading name on top."""
    s.style("helv", 9.5)
    s.box(0, 0, 595, 70, fill="#f28c28", stroke="")
    s.text(45, 44, "Dripstop Plumbing", 22, bold=True, color="#ffffff")
    s.text(550, 44, "TAX INVOICE", 15, bold=True, align="right", color="#ffffff")
    s.pairs(45, 130, 104, [("Invoice #", "INV-3390"), ("Issued", "5 Jan 2026"), ("Due", "19 Jan 2026")])
    s.text(330, 104, "To:", bold=True)
    s.lines(330, 118, ["Banksia Early Learning Centre", "27 Wattle Grove", "Geelong VIC 3220"])
    raw = [
        ("Call-out fee, after hours", "1", "165.00"),
        ("Labour per half hour", "5", "60.50"),
        ("Tempering valve 20 mm", "2", "148.50"),
        ("Copper pipe and fittings", "1", "83.60"),
    ]
    items = [line(text, quantity) for text, quantity, _ in raw]
    y = s.table(
        45,
        180,
        [
            ("Item", 250, "left"),
            ("Qty", 50, "right"),
            ("Price (inc GST)", 95, "right"),
            ("Total (inc GST)", 105, "right"),
        ],
        [
            (text, quantity, "$" + EN(price), "$" + EN(Decimal(quantity) * Decimal(price)))
            for text, quantity, price in raw
        ],
        grid="rows",
        gap=5,
    )
    gross = sum((Decimal(q) * Decimal(p) for _, q, p in raw), Decimal(0))
    tax = cents(gross / 11)
    s.pairs(
        330,
        546,
        y + 10,
        [("Total (AUD)", "$" + EN(gross)), ("Includes GST of", "$" + EN(tax)), ("Amount due", "$" + EN(gross))],
        10.5,
        align="right",
        bold_value=True,
    )
    s.text(45, y + 90, "Pay by EFT: BSB 063-555, account 1044 7712, reference INV-3390")
    s.text(
        297,
        800,
        "Corio Bay Trade Services Pty Ltd trading as Dripstop Plumbing · ABN 19 129 039 417 · Licence 50881",
        8,
        align="center",
    )
    return label(
        items,
        invoice_number="INV-3390",
        invoice_date="2026-01-05",
        due_date="2026-01-19",
        currency="AUD",
        vendor_name="Corio Bay Trade Services Pty Ltd",
        vendor_name_alternatives=["Dripstop Plumbing", "Corio Bay Trade Services Pty Ltd trading as Dripstop Plumbing"],
        vendor_tax_id="19129039417",
        vendor_country="AU",
        buyer_name="Banksia Early Learning Centre",
        tax_amount=tax,
        total_amount=gross,
        amount_due=gross,
        payment_reference="INV-3390",
        open_fields=("subtotal",),
    )


@page("d26.pdf", "en", "IN")
def gst_trader(s: Sheet) -> Label:
    """Central and state GST beside each other, HSN codes, lakhs, round off, amount in words."""
    s.style("sans", 8)
    s.box(40, 40, 515, 62)
    s.text(297, 58, "Kaveri Spice Mills", 15, bold=True, align="center")
    s.lines(
        297,
        72,
        [
            "No. 88, APMC Yard, Hubballi, Karnataka 580025",
            "GSTIN: 29AAACB8068K1Z8 | State code: 29 | Phone 0836 555 0142",
        ],
        8,
        align="center",
    )
    s.box(40, 102, 515, 18, fill="#eeeeee")
    s.text(297, 115, "TAX INVOICE", 10, bold=True, align="center")
    s.box(40, 120, 300, 78)
    s.text(46, 132, "Buyer (Bill to)", 7.5)
    s.lines(
        46,
        145,
        [
            "Malnad Provision Stores",
            "Car Street, Shivamogga, Karnataka 577201",
            "GSTIN/UIN: 29AAACB8392K1Z5",
            "Place of supply: Karnataka",
        ],
    )
    s.box(340, 120, 215, 78)
    s.pairs(
        346,
        430,
        134,
        [
            ("Invoice No.", "KSM/25-26/0914"),
            ("Dated", "12-Dec-25"),
            ("Buyer's Order No.", "MPS/77"),
            ("Terms", "30 days"),
            ("Vehicle No.", "KA25 B 4417"),
        ],
        7.5,
        leading=13,
    )
    raw = [
        ("Turmeric powder 25 kg bag", "09103020", "40", "3150.00"),
        ("Red chilli whole, Byadgi", "09042110", "320", "285.45"),
        ("Coriander seed 30 kg", "09092110", "55", "2740.00"),
    ]
    items = [line(text, quantity, price, item_code=hsn, tax_rate="5") for text, hsn, quantity, price in raw]
    y = s.table(
        40,
        198,
        [
            ("Sl", 20, "left"),
            ("Description of Goods", 165, "left"),
            ("HSN/SAC", 60, "left"),
            ("GST\nRate", 35, "right"),
            ("Quantity", 60, "right"),
            ("Rate", 70, "right"),
            ("per", 25, "left"),
            ("Amount", 80, "right"),
        ],
        [
            (
                str(n),
                i["description"],
                i["item_code"],
                "5%",
                f"{i['quantity']} {unit}",
                IN(i["unit_price"]),
                unit,
                IN(i["amount"]),
            )
            for n, (i, unit) in enumerate(zip(items, ("BAG", "KGS", "BAG"), strict=True), 1)
        ],
        grid="all",
        size=7.5,
    )
    net = total(items)
    half = cents(net * Decimal("0.025"))
    gross = net + half * 2
    due = gross.quantize(Decimal(1))
    y = s.pairs(
        330,
        552,
        y + 4,
        [
            ("Taxable value", IN(net)),
            ("CGST @ 2.5%", IN(half)),
            ("SGST @ 2.5%", IN(half)),
            ("Total", IN(gross)),
            ("Round Off", IN(due - gross)),
            ("Grand Total", "₹ " + IN(due)),
        ],
        8.5,
        align="right",
    )
    s.text(46, y + 6, "Amount chargeable (in words): INR Three Lakh Eighty Six Thousand Four Hundred Forty Six Only")
    y = s.table(
        40,
        y + 16,
        [
            ("HSN/SAC", 100, "left"),
            ("Taxable\nValue", 90, "right"),
            ("CGST\nRate", 50, "right"),
            ("CGST\nAmount", 80, "right"),
            ("SGST\nRate", 50, "right"),
            ("SGST\nAmount", 80, "right"),
        ],
        [
            (
                i["item_code"],
                IN(i["amount"]),
                "2.50%",
                IN(amount(i) * Decimal("0.025")),
                "2.50%",
                IN(amount(i) * Decimal("0.025")),
            )
            for i in items
        ],
        grid="all",
        size=7.5,
    )
    s.lines(
        46,
        y + 12,
        [
            "Bank: Hubballi Merchants Co-op Bank, A/c 004410057712, IFSC HMCB0000021",
            "Declaration: this invoice shows the actual price of the goods described.",
        ],
        7.5,
    )
    s.text(549, y + 60, "for Kaveri Spice Mills - Authorised Signatory", 8, align="right")
    return label(
        items,
        invoice_number="KSM/25-26/0914",
        invoice_date="2025-12-12",
        currency="INR",
        purchase_order="MPS/77",
        vendor_name="Kaveri Spice Mills",
        vendor_tax_id="29AAACB8068K1Z8",
        vendor_country="IN",
        buyer_name="Malnad Provision Stores",
        buyer_tax_id="29AAACB8392K1Z5",
        subtotal=net,
        tax_amount=half * 2,
        total_amount=gross,
        rounding=due - gross,
        amount_due=due,
        open_fields=("due_date",),
        taxes=[
            {"rate": "2.5", "base": str(net), "amount": str(half)},
            {"rate": "2.5", "base": str(net), "amount": str(half)},
        ],
    )


@page("d27.pdf", "ja", "JP")
def japanese_printer(s: Sheet) -> Label:
    """A Japanese bill with the font not embedded, two rates, amounts without decimals, addressee with 御中."""
    s.style("japanese", 9.5)
    s.text(297, 64, "請求書", 20, align="center")
    s.text(50, 110, "株式会社みなと商事 御中", 13)
    s.rule(50, 116, 260)
    s.lines(50, 134, ["下記の通りご請求申し上げます。"], 9)
    s.pairs(
        380, 450, 96, [("請求番号", "INV-25-1108"), ("発行日", "2025年11月8日"), ("お支払期限", "2025年12月31日")], 9
    )
    s.lines(
        380,
        154,
        ["有限会社さくら印刷", "〒604-8005 京都市中京区恵比須町5", "TEL 075-555-0163", "登録番号 T2430098117205"],
        9,
    )
    items = [
        line("会社案内パンフレット A4", "1500", "86", tax_rate="10"),
        line("封筒 長3 印刷", "2000", "14", tax_rate="10"),
        line("来客用茶菓子セット", "12", "1080", tax_rate="8"),
    ]
    bases = {r: total(i for i in items if i["tax_rate"] == r) for r in ("10", "8")}
    taxes = [
        {"rate": r, "base": str(b), "amount": str((b * Decimal(r) / 100).to_integral_value(rounding="ROUND_DOWN"))}
        for r, b in bases.items()
    ]
    net, tax = total(items), sum((Decimal(t["amount"]) for t in taxes), Decimal(0))

    def yen(value: Decimal | str) -> str:
        return EN(value, 0)

    s.text(50, 196, f"ご請求金額  ¥{yen(net + tax)}（税込）", 14)
    y = s.table(
        50,
        225,
        [
            ("品名", 230, "left"),
            ("数量", 60, "right"),
            ("単価", 70, "right"),
            ("税率", 45, "right"),
            ("金額", 95, "right"),
        ],
        [
            (i["description"], yen(i["quantity"]), yen(i["unit_price"]), i["tax_rate"] + "%", yen(i["amount"]))
            for i in items
        ],
        grid="all",
        gap=3,
    )
    s.pairs(
        330,
        546,
        y + 10,
        [
            ("小計", yen(net)),
            *((f"消費税（{t['rate']}%対象 {yen(t['base'])}）", yen(t["amount"])) for t in taxes),
            ("合計", yen(net + tax)),
        ],
        align="right",
    )
    s.text(50, y + 110, "お振込先：都銀行 四条支店 普通 1044771 ユ）サクラインサツ")
    return label(
        items,
        invoice_number="INV-25-1108",
        invoice_date="2025-11-08",
        due_date="2025-12-31",
        currency="JPY",
        vendor_name="有限会社さくら印刷",
        vendor_tax_id="T2430098117205",
        vendor_country="JP",
        buyer_name="株式会社みなと商事",
        buyer_name_alternatives=["株式会社みなと商事 御中"],
        subtotal=net,
        tax_amount=tax,
        total_amount=net + tax,
        amount_due=net + tax,
        taxes=taxes,
    )
