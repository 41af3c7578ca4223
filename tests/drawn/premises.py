"""Documents about premises: cleaning, gas, rent with service charges, insurance with its own tax."""

from __future__ import annotations

import io
from datetime import UTC, date, datetime
from decimal import Decimal

import xlsxwriter

from tests.drawn.labels import Label, label, line, other_file, page, total
from tests.drawn.sheet import Numbers, Sheet, cents

COMMA = Numbers(" ", ",")
EURO = Numbers(".", ",")
US = Numbers(",", ".")


@page("g01.pdf", "fi", "FI")
def cleaning(s: Sheet) -> Label:
    """A cleaner's bill with the giro form at the foot: no rules in the table, reference number in blocks."""
    s.style("helv", 9)
    s.text(45, 50, "Kirkas Piha Oy", 14, bold=True, color="#1d6b4f")
    s.text(330, 50, "LASKU", 14, bold=True)
    s.lines(45, 105, ["Asunto Oy Rauman Satamahovi", "c/o Isännöinti Selkämeri Oy", "Valtakatu 8", "26100 RAUMA"])
    s.pairs(330, 430, 75, [
        ("Laskun numero", "250771"), ("Laskun päivä", "3.11.2025"), ("Asiakasnumero", "1188"),
        ("Toimitusaika", "1.10. - 31.10.2025"), ("Maksuehto", "14 pv netto"), ("Eräpäivä", "17.11.2025"),
        ("Viivästyskorko", "11,5 %"), ("Viitteenne", "Satamahovi / pihat"),
    ])  # fmt: skip
    items = [
        line("Porrassiivous, A- ja B-rappu", "8", "64.00", unit="krt", tax_rate="25.5"),
        line("Pihatyöt ja lehtien haravointi", "6.5", "42.00", unit="h", tax_rate="25.5"),
        line("Jätteenkuljetus lavalla", "1", "118.50", unit="kpl", tax_rate="25.5"),
    ]
    y = s.table(45, 235, [
        ("Selite", 200, "left"), ("Määrä", 45, "right"), ("Yks.", 35, "left"), ("À-hinta", 65, "right"),
        ("Alv-%", 45, "right"), ("Veroton", 75, "right"),
    ], [
        (i["description"], COMMA(i["quantity"], 1 if "." in i["quantity"] else 0), i["unit"], COMMA(i["unit_price"]),
         "25,5", COMMA(i["amount"]))
        for i in items
    ], grid="none", gap=3)  # fmt: skip
    net = total(items)
    tax = cents(net * Decimal("0.255"))
    s.pairs(330, 507, y + 15, [("Veroton yhteensä", COMMA(net)), ("Arvonlisävero 25,5 %", COMMA(tax)),
                               ("Maksettava yhteensä", COMMA(net + tax) + " EUR")], align="right")  # fmt: skip
    s.lines(45, 590, ["Kirkas Piha Oy   Pohjankatu 3, 26100 Rauma   Puh. 02 555 0117",
                      "Y-tunnus 2714406-3   ALV-nro FI27144063   Kotipaikka Rauma"], 7.5)  # fmt: skip
    s.rule(45, 625, 550)
    s.pairs(50, 130, 645, [("Saajan tilinumero", "FI88 1234 5600 0884 31"), ("BIC", "NDEAFIHH"),
                           ("Saaja", "Kirkas Piha Oy"), ("Maksaja", "Asunto Oy Rauman Satamahovi")], 8)  # fmt: skip
    s.pairs(340, 545, 645, [("Viitenumero", "25 07711"), ("Eräpäivä", "17.11.2025"),
                            ("Euro", COMMA(net + tax))], 8, align="right")  # fmt: skip
    return label(
        items, invoice_number="250771", invoice_date="2025-11-03", due_date="2025-11-17", currency="EUR",
        vendor_name="Kirkas Piha Oy", vendor_tax_id="FI27144063",
        vendor_tax_id_alternatives=["2714406-3", "27144063"], buyer_name="Asunto Oy Rauman Satamahovi",
        subtotal=net, tax_amount=tax, total_amount=net + tax, amount_due=net + tax, iban="FI8812345600088431",
    )  # fmt: skip


@page("g10.pdf", "en", "IE")
def gas(s: Sheet) -> Label:
    """A gas bill: what is to pay in a banner, last bill and its payment above this bill's charges, cents a kWh."""
    s.style("sans", 8.5)
    s.box(0, 0, 595, 34, fill="#0b3d66", stroke="")
    s.text(45, 22, "Slieve Gas", 15, bold=True, color="#ffffff")
    s.lines(45, 70, ["Heneghan's Bakery Limited", "Unit 4 Ballybane Industrial Estate", "Galway", "H91 K7X2"], 9.5)
    items = [
        line("Standing charge", "61", "0.3150", unit="days"),
        line("Gas used", "14210", "0.0874", unit="kWh"),
        line("Carbon tax", "14210", "0.0102", unit="kWh"),
    ]
    net = total(items)
    tax = cents(net * Decimal("0.09"))
    s.box(350, 55, 200, 62, fill="#e6eef5", stroke="")
    s.text(360, 72, "Total due", 10, bold=True)
    s.text(540, 72, "€" + US(net + tax), 12, bold=True, align="right")
    s.text(360, 90, "Will be taken by direct debit on 28 November 2025", 7)
    s.pairs(45, 150, 150, [("Account number", "9004 771 208"), ("Invoice number", "SG-30881457"),
                           ("Issue date", "12 November 2025"), ("GPRN", "0761184"),
                           ("Billing period", "10 September 2025 to 9 November 2025")])  # fmt: skip
    s.text(45, 235, "Your account so far", 10, bold=True)
    s.pairs(45, 320, 252, [("Amount of last bill", "€988.12"), ("Payment received 29 September - thank you",
                           "€988.12 CR"), ("Balance brought forward", "€0.00")], align="right")  # fmt: skip
    s.text(45, 315, "Your charges for this period", 10, bold=True)
    y = s.table(45, 322, [("Charge", 200, "left"), ("Quantity", 90, "right"), ("Rate", 100, "right"),
                          ("Amount", 90, "right")], [
        (i["description"], US(i["quantity"], 0) + " " + i["unit"],
         US(Decimal(i["unit_price"]) * 100) + "c per " + ("day" if i["unit"] == "days" else "kWh"),
         "€" + US(i["amount"]))
        for i in items
    ], grid="rows")  # fmt: skip
    s.pairs(300, 522, y + 6, [("Total charges excluding VAT", "€" + US(net)), ("VAT at 9%", "€" + US(tax)),
                              ("Total charges for this period", "€" + US(net + tax))], align="right")  # fmt: skip
    s.lines(45, 770, ["Slieve Gas Supply DAC, Harbour House, Eyre Square, Galway. Registered in Ireland 388047.",
                      "VAT registration IE6388047V"], 7)  # fmt: skip
    return label(
        items, invoice_number="SG-30881457", invoice_date="2025-11-12", currency="EUR",
        vendor_name="Slieve Gas Supply DAC", vendor_name_alternatives=["Slieve Gas"], vendor_tax_id="IE6388047V",
        buyer_name="Heneghan's Bakery Limited", subtotal=net, tax_amount=tax, total_amount=net + tax,
        amount_due=net + tax, open_fields=("due_date",),
    )  # fmt: skip


@page("g12.pdf", "nb", "NO")
def rent(s: Sheet) -> Label:
    """A landlord's bill: rent and service charges of a quarter, KID and account in a strip, register number below."""
    s.style("helv", 9.5)
    s.text(545, 55, "FAKTURA", 16, bold=True, align="right")
    s.text(50, 55, "Brygga Næringseiendom AS", 12, bold=True)
    s.lines(50, 70, ["Skippergata 14", "9008 Tromsø"], 8)
    s.lines(50, 130, ["Nordlys Optikk AS", "v/regnskap", "Storgata 71", "9008 Tromsø"])
    s.pairs(340, 545, 130, [("Fakturanr.", "40217"), ("Fakturadato", "15.09.2025"), ("Forfallsdato", "01.10.2025"),
                            ("Kundenr.", "2071"), ("Deres ref.", "Ingvild Aune"), ("Kontrakt", "BN-114")],
            align="right")  # fmt: skip
    items = [
        line("Husleie 4. kvartal 2025, butikk 142 m2", "3", "31950.00", unit="mnd", tax_rate="25"),
        line("Felleskostnader à konto", "3", "6200.00", unit="mnd", tax_rate="25"),
        line("Markedsføringsbidrag senterforening", "3", "1450.00", unit="mnd", tax_rate="25"),
    ]
    y = s.table(50, 240, [("Beskrivelse", 225, "left"), ("Antall", 45, "right"), ("Enhet", 45, "left"),
                          ("Pris", 75, "right"), ("Mva", 35, "right"), ("Beløp", 75, "right")], [
        (i["description"], i["quantity"] + ",00", i["unit"], COMMA(i["unit_price"]), "25 %", COMMA(i["amount"]))
        for i in items
    ], fill="#dfe6ee")  # fmt: skip
    net = total(items)
    tax = cents(net / 4)
    s.pairs(340, 547, y + 10, [("Sum eks. mva", COMMA(net)), (f"25 % mva av {COMMA(net)}", COMMA(tax)),
                               ("Å betale NOK", COMMA(net + tax))], align="right")  # fmt: skip
    s.box(50, 640, 500, 40)
    for x, key, value in ((60, "Kontonummer", "8601 11 14417"), (190, "KID", "0040217020718"),
                          (320, "Forfall", "01.10.2025"), (440, "Beløp", COMMA(net + tax))):  # fmt: skip
        s.text(x, 655, key, 7)
        s.text(x, 670, value, 10, bold=True)
    s.text(50, 790, "Brygga Næringseiendom AS · Org.nr. NO 918 440 275 MVA · Foretaksregisteret · IBAN "
           "NO52 8601 1114 417 · BIC DNBANOKK", 7)  # fmt: skip
    return label(
        items, invoice_number="40217", invoice_date="2025-09-15", due_date="2025-10-01", currency="NOK",
        vendor_name="Brygga Næringseiendom AS", vendor_tax_id="NO918440275MVA",
        vendor_tax_id_alternatives=["918440275", "918440275MVA", "NO918440275"], buyer_name="Nordlys Optikk AS",
        subtotal=net, tax_amount=tax, total_amount=net + tax, amount_due=net + tax, iban="NO5286011114417",
        payment_reference="0040217020718", open_fields=("purchase_order",),
    )  # fmt: skip


@other_file("g17.xlsx", "es", "ES")
def shop_rent() -> tuple[bytes, Label]:
    """A landlord's sheet: parties side by side, formulas, tax on top and income tax held back, numbers with format."""
    target = io.BytesIO()
    book = xlsxwriter.Workbook(target, {"in_memory": True})
    book.set_properties({"created": datetime(2025, 12, 1, tzinfo=UTC)})
    sheet = book.add_worksheet("Factura")
    bold, money = book.add_format({"bold": True}), book.add_format({"num_format": '#,##0.00 "€"'})
    day = book.add_format({"num_format": "dd/mm/yyyy"})
    items = [
        line("Alquiler local comercial diciembre 2025", "1", "1850.00"),
        line("Repercusión IBI 2025 (parte mensual)", "1", "74.20"),
        line("Consumo de agua, m3", "18", "2.35"),
    ]
    net = total(items)
    tax, held = cents(net * Decimal("0.21")), cents(net * Decimal("0.19"))
    sheet.write("A1", "FACTURA", bold)
    for at, (left, right) in enumerate((
        ("ARRENDADOR", "ARRENDATARIO"), ("Inmuebles Ribera del Turia S.L.", "Peluquería Alma y Tijera S.L."),
        ("CIF B91440271", "CIF B12507869"), ("C/ Colón 48, 46004 Valencia", "Av. del Puerto 130, 46023 Valencia"),
    ), 2):  # fmt: skip
        sheet.write(at, 0, left, bold if at == 2 else None)
        sheet.write(at, 3, right, bold if at == 2 else None)
    sheet.write_row("A8", ["Nº factura", "ALQ-2025-212"])
    sheet.write("A9", "Fecha de emisión")
    sheet.write_datetime("B9", date(2025, 12, 1), day)
    sheet.write("A10", "Vencimiento")
    sheet.write_datetime("B10", date(2025, 12, 5), day)
    sheet.write_row("A12", ["Concepto", "Cantidad", "Precio", "Importe"], bold)
    for at, i in enumerate(items, 12):
        sheet.write(at, 0, i["description"])
        sheet.write_number(at, 1, float(i["quantity"]))
        sheet.write_number(at, 2, float(i["unit_price"]), money)
        sheet.write_formula(at, 3, f"=B{at + 1}*C{at + 1}", money, float(i["amount"]))
    for at, (key, value) in enumerate((("Base imponible", net), ("IVA 21 %", tax), ("Retención IRPF 19 %", -held),
                                       ("Total a percibir", net + tax - held)), 16):  # fmt: skip
        sheet.write(at, 2, key)
        sheet.write_number(at, 3, float(value), money)
    sheet.write("A23", "Domiciliación / transferencia: ES10 2080 7310 8630 0044 1771")
    book.close()
    return target.getvalue(), label(
        items, invoice_number="ALQ-2025-212", invoice_date="2025-12-01", due_date="2025-12-05", currency="EUR",
        vendor_name="Inmuebles Ribera del Turia S.L.", vendor_tax_id="B91440271",
        vendor_tax_id_alternatives=["ESB91440271"], buyer_name="Peluquería Alma y Tijera S.L.", subtotal=net,
        tax_amount=tax, total_amount=net + tax, withholding_amount=held, amount_due=net + tax - held,
        iban="ES1020807310863000441771",
    )  # fmt: skip


@page("g19.pdf", "en", "GB")
def insurance(s: Sheet) -> Label:
    """A broker's invoice for premiums: insurance premium tax instead of VAT, a fee without tax, insured as buyer."""
    s.style("times", 10)
    s.text(297, 60, "TAMAR & LYNHER INSURANCE BROKERS LTD", 13, bold=True, align="center")
    s.text(297, 74, "12 Fore Street, Saltash, Cornwall PL12 6JW · Tel 01752 555 0140", 8, align="center")
    s.text(50, 115, "PREMIUM INVOICE", 13, bold=True)
    s.lines(50, 140, ["Insured:", "Penlee Boatyard Limited", "The Slipway", "Cremyll PL10 1HX"])
    s.pairs(330, 430, 140, [("Invoice No:", "PI/88214"), ("Date:", "07/11/2025"), ("Policy No:", "MT-5500-7714"),
                            ("Renewal date:", "01/12/2025"), ("Payment by:", "01/12/2025")])  # fmt: skip
    items = [
        line("Commercial combined - buildings and stock", None, None, "2418.00"),
        line("Employers' and public liability", None, None, "1164.50"),
        line("Goods in transit", None, None, "210.00"),
    ]
    fee = Decimal("75.00")
    net = total(items)
    tax = cents(net * Decimal("0.12"))
    y = s.table(50, 230, [("Cover", 330, "left"), ("Premium £", 120, "right")],
                [(i["description"], US(i["amount"])) for i in items], grid="all")  # fmt: skip
    s.pairs(250, 497, y + 5, [("Premium", US(net)), ("Insurance Premium Tax (12%)", US(tax)),
                              ("Administration fee (no tax)", US(fee)),
                              ("Total payable", "£" + US(net + tax + fee))], align="right")  # fmt: skip
    s.lines(50, 640, ["Please pay Tamar & Lynher Insurance Brokers Ltd, sort code 60-16-13, account 31447188",
                      "IBAN GB81 NWBK 6016 1331 4471 88, quoting PI/88214. Exempt from VAT."], 9)  # fmt: skip
    s.text(297, 800, "Authorised and regulated by the Financial Conduct Authority. Registered in England 05517718.",
           7, align="center")  # fmt: skip
    return label(
        items, invoice_number="PI/88214", invoice_date="2025-11-07", due_date="2025-12-01", currency="GBP",
        vendor_name="Tamar & Lynher Insurance Brokers Ltd", buyer_name="Penlee Boatyard Limited",
        total_amount=net + tax + fee, amount_due=net + tax + fee, iban="GB81NWBK60161331447188",
        open_fields=("subtotal", "tax_amount"),
    )  # fmt: skip
