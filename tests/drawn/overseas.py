"""Documents of Mexico, Chile, Catalonia, Sweden, Kenya and Hong Kong."""

from __future__ import annotations

from decimal import Decimal

from tests.drawn.labels import Label, amount, label, line, page, total
from tests.drawn.sheet import Numbers, Sheet, cents

EURO = Numbers(".", ",")
SPACED = Numbers(" ", ",")
US = Numbers(",", ".")


@page("h24.pdf", "es", "MX")
def mexican(s: Sheet) -> Label:
    """The printed form of a Mexican e-invoice: fiscal folio beside the own one, catalogue keys, seals at the foot."""
    s.style("helv", 8)
    s.text(40, 45, "Empaques y Flejes de Bajío S.A. de C.V.", 13, bold=True)
    s.lines(40, 58, ["RFC: BPC150312753", "Régimen fiscal: 601 General de Ley Personas Morales",
                     "Lugar de expedición: 37150"])  # fmt: skip
    s.pairs(370, 460, 45, [("Serie y folio", "A 4471"), ("Folio fiscal", "7F1A44C0-2B9E"), ("Fecha de emisión", "2025-11-05 12:41:07"),
                           ("Fecha de certificación", "2025-11-05 12:41:22"),
                           ("Tipo de comprobante", "I - Ingreso")], 7.5)  # fmt: skip
    s.box(40, 105, 515, 52)
    s.lines(46, 117, ["Receptor: Calzado Fino de León S.A. de C.V.", "RFC: MQC150712735", "Uso CFDI: G01 Adquisición de mercancías",
                      "Domicilio fiscal: 37270"])  # fmt: skip
    items = [line("Fleje de polipropileno 1/2 in", "24", "385.00"), line("Caja corrugada 40x30x30", "600", "11.25"),
             line("Cinta canela 48 mm x 150 m", "72", "29.90")]  # fmt: skip
    keys = (("31151500", "H87"), ("24112500", "H87"), ("31201500", "H87"))
    y = s.table(40, 165, [("Clave\nProd.", 55, "left"), ("Cant.", 40, "right"), ("Clave\nunidad", 45, "left"),
                          ("Descripción", 195, "left"), ("Valor unitario", 85, "right"), ("Importe", 95, "right")],
                [(key, i["quantity"], unit, i["description"], US(i["unit_price"]), US(i["amount"]))
                 for (key, unit), i in zip(keys, items, strict=True)], grid="all", size=7.5)  # fmt: skip
    net = total(items)
    tax = cents(net * Decimal("0.16"))
    s.pairs(340, 551, y + 6, [("Subtotal", "$" + US(net)), ("IVA Trasladado 16%", "$" + US(tax)),
                              ("Total", "$" + US(net + tax))], align="right", bold_key=True)  # fmt: skip
    s.lines(40, y + 12, ["Moneda: MXN - Peso Mexicano", "Método de pago: PPD Pago en parcialidades o diferido",
                         "Forma de pago: 99 Por definir", "Condiciones: 30 días"])  # fmt: skip
    s.lines(
        40,
        690,
        [
            "Sello digital del CFDI: aGk3Jz0pT1kq8Xv2Qm7LrB9dW4sN6yUeH5cF",
            "Este documento es una representación impresa de un CFDI versión 4.0",
        ],
        6,
    )
    return label(
        items, invoice_number="A 4471", invoice_number_alternatives=["A-4471", "4471"], invoice_date="2025-11-05",
        currency="MXN", vendor_name="Empaques y Flejes de Bajío S.A. de C.V.", vendor_tax_id="BPC150312753",
        buyer_name="Calzado Fino de León S.A. de C.V.", buyer_tax_id="MQC150712735", subtotal=net, tax_amount=tax,
        total_amount=net + tax, open_fields=("amount_due", "due_date"),
    )  # fmt: skip


@page("h25.pdf", "es", "CL")
def chilean(s: Sheet) -> Label:
    """A Chilean invoice: number in the red box at the right, pesos without cents, the buyer under "Señor(es)"."""
    s.style("helv", 9)
    s.text(45, 55, "VIÑEDOS Y BARRICAS COLCHAGUA LTDA.", 12, bold=True)
    s.lines(45, 68, ["Giro: Fabricación de toneles", "Ruta 90 km 38, Nancagua, Región de O'Higgins"], 8)
    s.box(370, 40, 185, 62, stroke="#cc0000")
    s.lines(462, 56, ["R.U.T.: 41.915.379-6", "FACTURA ELECTRÓNICA", "Nº 20418"], 10, bold=True, align="center")
    s.text(462, 114, "S.I.I. - SAN FERNANDO", 8, align="center")
    s.pairs(
        45,
        130,
        130,
        [
            ("Señor(es):", "Bodega Cordillera SpA"),
            ("R.U.T.:", "13.482.877-3"),
            ("Dirección:", "Camino Los Boldos 771, Santa Cruz"),
            ("Giro:", "Elaboración de vinos"),
        ],
    )
    s.pairs(380, 470, 130, [("Fecha emisión:", "04-11-2025"), ("Cond. de venta:", "Crédito 30 días"),
                            ("Vencimiento:", "04-12-2025")])  # fmt: skip
    items = [line("Barrica roble francés 225 L", "8", "612500"), line("Reparación de duelas", "14", "38900"),
             line("Flete a bodega", "1", "145000")]  # fmt: skip
    y = s.table(45, 205, [("Cantidad", 60, "right"), ("Detalle", 250, "left"), ("P. Unitario", 90, "right"),
                          ("Total", 100, "right")],
                [(i["quantity"], i["description"], EURO(i["unit_price"], 0), EURO(i["amount"], 0)) for i in items],
                grid="head", gap=3)  # fmt: skip
    net = total(items)
    tax = (net * Decimal("0.19")).quantize(Decimal(1))
    s.pairs(360, 545, y + 30, [("MONTO NETO $", EURO(net, 0)), ("I.V.A. 19% $", EURO(tax, 0)),
                               ("TOTAL $", EURO(net + tax, 0))], align="right", bold_key=True)  # fmt: skip
    s.text(45, 700, "Timbre Electrónico SII - Res. 80 de 2014 - Verifique documento: www.sii.cl", 7)
    return label(
        items, invoice_number="20418", invoice_date="2025-11-04", due_date="2025-12-04", currency="CLP",
        vendor_name="VIÑEDOS Y BARRICAS COLCHAGUA LTDA.", vendor_tax_id="41915379-6",
        vendor_tax_id_alternatives=["41.915.379-6", "419153796"], buyer_name="Bodega Cordillera SpA", subtotal=net,
        tax_amount=tax, total_amount=net + tax, open_fields=("amount_due",),
    )  # fmt: skip


@page("h26.pdf", "ca", "ES")
def catalan(s: Sheet) -> Label:
    """A translator's invoice in Catalan: income tax withheld, the client at the left, the sender at the foot."""
    s.style("serif", 9.5)
    s.text(50, 60, "Factura 2025/117", 16, bold=True)
    s.text(50, 76, "Data: 12 de novembre de 2025")
    s.lines(50, 110, ["Client", "Edicions del Montsec, SCCL", "Carrer Major 22", "25600 Balaguer", "NIF F25447718"])
    s.lines(
        340,
        110,
        ["Mireia Casadevall Pons", "Traductora", "Carrer de les Escoles 9, 2n 1a", "17800 Olot", "NIF 72623674R"],
    )
    items = [line("Traducció «Les pedreres», 212 pàgines", "212", "14.00"), line("Revisió de galerades", "9", "32.00")]
    y = s.table(50, 200, [("Concepte", 250, "left"), ("Quantitat", 65, "right"), ("Preu", 75, "right"),
                          ("Import", 95, "right")],
                [(i["description"], i["quantity"], EURO(i["unit_price"]) + " €", EURO(i["amount"]) + " €") for i in items],
                grid="rows", gap=2)  # fmt: skip
    net = total(items)
    tax, held = cents(net * Decimal("0.21")), cents(net * Decimal("0.15"))
    s.pairs(300, 532, y + 8, [("Base imposable", EURO(net) + " €"), ("IVA 21 %", EURO(tax) + " €"),
                              ("Retenció IRPF 15 %", "-" + EURO(held) + " €"),
                              ("Total a pagar", EURO(net + tax - held) + " €")], align="right")  # fmt: skip
    s.text(50, y + 110, "Forma de pagament: transferència a ES10 2670 3944 3114 2364 1657 en 30 dies.")
    return label(
        items, invoice_number="2025/117", invoice_date="2025-11-12", currency="EUR",
        vendor_name="Mireia Casadevall Pons", vendor_tax_id="72623674R", vendor_tax_id_alternatives=["ES72623674R"],
        buyer_name="Edicions del Montsec, SCCL", buyer_tax_id="F25447718", subtotal=net, tax_amount=tax,
        total_amount=net + tax, withholding_amount=held, amount_due=net + tax - held,
        iban="ES1026703944311423641657", open_fields=("due_date",),
    )  # fmt: skip


@page("h27.pdf", "sv", "SE", scan_degrees=0.3)
def haulier(s: Sheet) -> Label:
    """A haulier's scanned invoice: transports by day, a fuel surcharge in percent, giro and reference at the foot."""
    s.style("helv", 10)
    s.text(50, 55, "Norrskens Åkeri AB", 16, bold=True)
    s.text(545, 55, "FAKTURA", 16, bold=True, align="right")
    s.pairs(360, 545, 75, [("Fakturanummer", "30771"), ("Fakturadatum", "2025-10-31"), ("Förfallodatum", "2025-11-30"),
                           ("Kundnummer", "1188"), ("Er referens", "Maj-Britt Sundqvist")], align="right")  # fmt: skip
    s.lines(50, 130, ["Kiruna Stenhuggeri AB", "Industrivägen 12", "981 38 KIRUNA"], 10.5)
    items = [line("Kiruna - Luleå, flak 24 ton", "6", "4850.00"), line("Kiruna - Gällivare, kranbil", "11", "1975.00"),
             line("Väntetid, tim", "3.5", "890.00"), line("Drivmedelstillägg 8,5 %", amount="4584.90")]  # fmt: skip
    assert amount(items[3]) == cents(total(items[:3]) * Decimal("0.085"))
    y = s.table(50, 200, [("Benämning", 230, "left"), ("Antal", 60, "right"), ("À-pris", 90, "right"),
                          ("Summa", 110, "right")],
                [(i["description"], i.get("quantity", "").replace(".", ","), SPACED(i["unit_price"]) if "unit_price" in i else "",
                  SPACED(i["amount"])) for i in items], grid="rows", gap=3)  # fmt: skip
    net = total(items)
    tax = cents(net / 4)
    rounding = (net + tax).quantize(Decimal(1)) - net - tax
    s.pairs(300, 537, y + 14, [("Netto", SPACED(net)), ("Moms 25 %", SPACED(tax)), ("Öresavrundning", SPACED(rounding)),
                               ("ATT BETALA SEK", SPACED(net + tax + rounding))], 11, align="right")  # fmt: skip
    s.lines(
        50,
        740,
        ["Bankgiro 447-7189    OCR 307711", "Org.nr 630874-7333   Momsreg.nr SE630874733301   Godkänd för F-skatt"],
        9,
    )
    return label(
        items, invoice_number="30771", invoice_date="2025-10-31", due_date="2025-11-30", currency="SEK",
        vendor_name="Norrskens Åkeri AB", vendor_tax_id="SE630874733301", buyer_name="Kiruna Stenhuggeri AB",
        subtotal=net, tax_amount=tax, rounding=rounding, total_amount=net + tax,
        total_amount_alternatives=[str(net + tax + rounding)], amount_due=net + tax + rounding,
        open_fields=("purchase_order",),
    )  # fmt: skip


@page("h28.pdf", "en", "KE")
def kenyan(s: Sheet) -> Label:
    """A Kenyan tax invoice: control unit's numbers, tax withheld in a note, local order, shillings."""
    s.style("helv", 9)
    s.text(297, 48, "NAIVASHA COLD CHAIN SERVICES LTD", 14, bold=True, align="center")
    s.text(297, 61, "P.O. Box 4477-20117 Naivasha | PIN: P051447718K | Tel 0722 555 019", 8, align="center")
    s.text(297, 84, "TAX INVOICE", 12, bold=True, align="center")
    s.pairs(45, 130, 110, [("Invoice To", "Lakeside Rose Growers Ltd"), ("Address", "P.O. Box 118 Naivasha"),
                           ("Buyer PIN", "P051228834M")])  # fmt: skip
    s.pairs(340, 440, 110, [("Invoice No.", "NCC-3318"), ("Date", "07 Nov 2025"), ("L.P.O. No.", "LRG/0771"),
                            ("Delivery Note", "DN 9917"), ("CU Invoice No.", "0040447710000003318")])  # fmt: skip
    items = [
        line("Cold storage, pallet positions", "64", "1850.00"),
        line("Reefer truck Naivasha - JKIA", "9", "28500.00"),
    ]
    y = s.table(45, 190, [("Item", 35, "left"), ("Particulars", 220, "left"), ("Qty", 45, "right"),
                          ("@", 85, "right"), ("KShs", 110, "right")],
                [(str(n), i["description"], i["quantity"], US(i["unit_price"]), US(i["amount"]))
                 for n, i in enumerate(items, 1)], grid="all")  # fmt: skip
    net = total(items)
    tax = cents(net * Decimal("0.16"))
    s.pairs(330, 537, y + 8, [("Sub-Total", US(net)), ("VAT @16%", US(tax)), ("Grand Total", US(net + tax))],
            align="right", bold_key=True)  # fmt: skip
    s.text(45, y + 80, "Kindly withhold 2% VAT where appointed as agent. Accounts are due on demand. E&OE")
    return label(
        items, invoice_number="NCC-3318", invoice_date="2025-11-07", currency="KES", purchase_order="LRG/0771",
        vendor_name="NAIVASHA COLD CHAIN SERVICES LTD", vendor_tax_id="P051447718K",
        buyer_name="Lakeside Rose Growers Ltd", buyer_tax_id="P051228834M", subtotal=net, tax_amount=tax,
        total_amount=net + tax, open_fields=("amount_due", "due_date"),
    )  # fmt: skip


@page("h29.pdf", "en", "HK")
def forwarding(s: Sheet) -> Label:
    """A forwarder's debit note: charges in dollars of two countries, each turned into one, no tax."""
    s.style("sans", 8.5)
    s.text(45, 48, "PEARL ESTUARY LOGISTICS (HK) LIMITED", 13, bold=True)
    s.text(45, 61, "Unit 1204, Kwai Chung Container Centre, New Territories, Hong Kong", 8)
    s.text(550, 48, "DEBIT NOTE", 14, bold=True, align="right")
    s.lines(45, 95, ["To:", "Tai Wo Toys Manufacturing Co. Ltd", "8/F, 118 Castle Peak Road", "Tsuen Wan, Hong Kong"])
    s.pairs(340, 440, 95, [("D/N No.", "PEL2511-0447"), ("Date", "14-Nov-2025"), ("Job No.", "SE251188"),
                           ("HBL No.", "PELHKG447718"), ("ETD / ETA", "08-Nov-2025 / 02-Dec-2025"),
                           ("Credit term", "30 days")])  # fmt: skip
    rows = [("OCEAN FREIGHT 1x40'HQ", "USD", "1", "2150.00", "7.80"), ("THC ORIGIN", "HKD", "1", "2980.00", "1.00"),
            ("BILL OF LADING FEE", "HKD", "1", "550.00", "1.00"), ("AMS FILING", "USD", "2", "35.00", "7.80")]  # fmt: skip
    items = [line(text, quantity, amount=cents(Decimal(quantity) * Decimal(rate) * Decimal(exchange)))
             for text, _, quantity, rate, exchange in rows]  # fmt: skip
    y = s.table(45, 190, [("Charges", 165, "left"), ("Curr.", 40, "center"), ("Qty", 40, "right"), ("Rate", 75, "right"),
                          ("Ex. rate", 60, "right"), ("Amount (HKD)", 110, "right")],
                [(text, code, quantity, US(rate), US(exchange, 4), US(i["amount"]))
                 for (text, code, quantity, rate, exchange), i in zip(rows, items, strict=True)], grid="rows")  # fmt: skip
    gross = total(items)
    s.pairs(330, 532, y + 8, [("TOTAL HKD", US(gross))], 10, align="right", bold_key=True)
    s.lines(45, 660, ["Cheques crossed and payable to Pearl Estuary Logistics (HK) Limited.",
                      "Bank: Victoria Harbour Bank, A/C 024-447-7188-001, SWIFT VHBKHKHH"])  # fmt: skip
    return label(
        items, invoice_number="PEL2511-0447", invoice_date="2025-11-14", currency="HKD",
        vendor_name="PEARL ESTUARY LOGISTICS (HK) LIMITED", buyer_name="Tai Wo Toys Manufacturing Co. Ltd",
        total_amount=gross, open_fields=("subtotal", "tax_amount", "amount_due", "due_date", "purchase_order"),
    )  # fmt: skip
