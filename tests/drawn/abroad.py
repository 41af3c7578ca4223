"""Documents of Turkey, Korea, India, Canada, Denmark and Latvia."""

from __future__ import annotations

from decimal import Decimal

from tests.drawn.labels import Label, amount, label, line, page, total
from tests.drawn.sheet import Numbers, Sheet, cents

EURO = Numbers(".", ",")
US = Numbers(",", ".")
LAKH = Numbers(",", ".", lakh=True)


@page("g04.pdf", "tr", "TR")
def security(s: Sheet) -> Label:
    """An e-archive invoice: sender without label, "SAYIN" before the buyer, half of the tax withheld by the buyer."""
    s.style("sans", 8)
    s.lines(40, 50, ["Kale Koruma ve Güvenlik Hizmetleri A.Ş.", "Büyükdere Cad. No: 88 Kat 4", "Şişli / İstanbul",
                     "Vergi Dairesi: Zincirlikuyu", "VKN: 4810330277"])  # fmt: skip
    s.text(297, 62, "e-Arşiv Fatura", 13, bold=True, align="center")
    s.rule(40, 112, 290)
    s.lines(40, 126, ["SAYIN", "Marmara Soğuk Depoculuk Ltd. Şti.", "Organize Sanayi Bölgesi 4. Cad. No: 17",
                      "Gebze / Kocaeli", "VKN: 7330045128"])  # fmt: skip
    s.pairs(380, 465, 110, [("Senaryo:", "EARSIVFATURA"), ("Fatura Tipi:", "TEVKIFAT"),
                            ("Fatura No:", "KKG2025000000871"), ("Fatura Tarihi:", "31-10-2025"),
                            ("Düzenleme Saati:", "17:42:08")])  # fmt: skip
    s.text(40, 190, "ETTN: 7b1f0c44-9a52-4e18-8d07-2c5f61a0be33", 7)
    items = [
        line("Silahsız güvenlik görevlisi, Ekim 2025", "3", "41500.00", unit="Ay", tax_rate="20"),
        line("Devriye aracı", "31", "620.00", unit="Gün", tax_rate="20"),
    ]
    y = s.table(40, 200, [("Sıra\nNo", 30, "center"), ("Mal Hizmet", 175, "left"), ("Miktar", 60, "right"),
                          ("Birim\nFiyat", 80, "right"), ("KDV\nOranı", 45, "right"), ("KDV\nTutarı", 65, "right"),
                          ("Mal Hizmet\nTutarı", 65, "right")], [
        (str(n), i["description"], i["quantity"] + " " + i["unit"], EURO(i["unit_price"]) + " TL", "%20,00",
         EURO(amount(i) / 5), EURO(i["amount"]))
        for n, i in enumerate(items, 1)
    ], grid="all", size=7)  # fmt: skip
    net = total(items)
    tax = cents(net / 5)
    held = cents(tax / 2)
    s.pairs(310, 557, y + 12, [
        ("Mal Hizmet Toplam Tutarı", EURO(net) + " TL"), ("Hesaplanan KDV(%20)", EURO(tax) + " TL"),
        ("KDV Tevkifat Tutarı (5/10)", EURO(held) + " TL"),
        ("Vergiler Dahil Toplam Tutar", EURO(net + tax) + " TL"), ("Ödenecek Tutar", EURO(net + tax - held) + " TL"),
    ], align="right")  # fmt: skip
    s.text(40, 700, "Banka: Anadolu Bankası  IBAN: TR79 0006 2000 1470 0006 2977 44")
    return label(
        items, invoice_number="KKG2025000000871", invoice_date="2025-10-31", currency="TRY",
        vendor_name="Kale Koruma ve Güvenlik Hizmetleri A.Ş.", vendor_tax_id="4810330277",
        buyer_name="Marmara Soğuk Depoculuk Ltd. Şti.", buyer_tax_id="7330045128", subtotal=net, tax_amount=tax,
        total_amount=net + tax, withholding_amount=held, amount_due=net + tax - held,
        iban="TR790006200014700006297744",
    )  # fmt: skip


@page("g05.pdf", "en", "KR")
def gaskets(s: Sheet) -> Label:
    """A Korean maker's commercial invoice for export: numbered boxes of a form, zero-rated, price term in the head."""
    s.style("helv", 8.5)
    s.text(297, 50, "COMMERCIAL INVOICE", 15, bold=True, align="center")
    s.box(40, 65, 257, 80)
    s.lines(46, 76, ["1. Shipper/Exporter", "Hanbit Sealing Co., Ltd.", "77 Noksan Saneop-ro, Gangseo-gu",
                     "Busan 46755, Republic of Korea", "Business Reg. No. 214-88-22710"])  # fmt: skip
    s.box(297, 65, 258, 80)
    s.pairs(303, 420, 78, [("8. No. & date of invoice", "HB-EX-25-1107"), ("", "NOV. 07, 2025"),
                           ("9. No. & date of L/C", "T/T 30 DAYS"), ("11. Remarks", "P/O No. 4500-7718")])  # fmt: skip
    s.box(40, 145, 257, 62)
    s.lines(46, 156, ["2. For account & risk of Messrs.", "Kilwinning Pumps Limited", "9 Byrehill Drive",
                      "Kilwinning KA13 6HW, Scotland"])  # fmt: skip
    s.box(297, 145, 258, 62)
    s.lines(303, 156, ["3. Notify party: same as above", "4. Port of loading: BUSAN, KOREA",
                       "5. Final destination: GRANGEMOUTH, UK", "6. Carrier: EVER BRAVE 0117W"])  # fmt: skip
    items = [
        line('Spiral wound gasket 4" 150#', "400", "6.35", unit="PCS"),
        line("PTFE envelope gasket DN80", "250", "4.10", unit="PCS"),
        line("Graphite sheet 1.5 mm", "24", "58.00", unit="EA"),
    ]
    y = s.table(40, 212, [("12. Marks", 70, "left"), ("13. Description of goods", 190, "left"),
                          ("14. Quantity", 75, "right"), ("15. Unit price", 80, "right"),
                          ("16. Amount", 100, "right")], [
        ("HB/KPL" if n == 0 else "", i["description"], i["quantity"] + " " + i["unit"], "USD " + US(i["unit_price"]),
         "USD " + US(i["amount"]))
        for n, i in enumerate(items)
    ], grid="head", gap=4)  # fmt: skip
    gross = total(items)
    s.text(230, y + 10, "CIF GRANGEMOUTH", bold=True)
    s.pairs(330, 552, y + 26, [("TOTAL", "USD " + US(gross))], align="right", bold_key=True)
    s.lines(45, 690, ["Bank: Busan Trade Bank, Noksan branch, SWIFT BTBKKRSE, A/C 101-0447-118802",
                      "17. Signed by: Hanbit Sealing Co., Ltd."], 8)  # fmt: skip
    return label(
        items, invoice_number="HB-EX-25-1107", invoice_date="2025-11-07", currency="USD",
        purchase_order="4500-7718", vendor_name="Hanbit Sealing Co., Ltd.", vendor_tax_id="214-88-22710",
        vendor_tax_id_alternatives=["2148822710"], buyer_name="Kilwinning Pumps Limited", total_amount=gross,
        open_fields=("due_date", "subtotal", "tax_amount", "amount_due"),
    )  # fmt: skip


@page("g06.pdf", "en", "IN")
def consulting(s: Sheet) -> Label:
    """A service between states: IGST only, advance taken off, round off, lakhs, two columns of particulars."""
    s.style("helv", 8.5)
    s.text(297, 45, "TAX INVOICE", 13, bold=True, align="center")
    s.text(297, 56, "(Original for Recipient)", 7, align="center")
    s.box(40, 65, 515, 60)
    s.lines(46, 78, ["Nilgiri Test Labs Private Limited", "14 Hosur Road, Bengaluru 560029, Karnataka (29)",
                     "GSTIN: 29AAKCS4410M1ZZ   PAN: AAKCS4410M"])  # fmt: skip
    s.box(40, 125, 257, 66)
    s.lines(46, 137, ["Details of receiver (billed to)", "Thanjavur Foods LLP", "2 Medical College Road, Thanjavur",
                      "State: Tamil Nadu (33)", "GSTIN: 33AABFT2271K1Z9"])  # fmt: skip
    s.box(297, 125, 258, 66)
    s.pairs(
        303,
        400,
        138,
        [
            ("Invoice No.", "NTL/25-26/0718"),
            ("Invoice Date", "12-Nov-2025"),
            ("PO No. & date", "TF/PO/3317 dt 03-Nov-2025"),
            ("Place of Supply", "Tamil Nadu"),
        ],
    )
    items = [
        line("Nutritional analysis per sample", "46", "3250.00", tax_rate="18"),
        line("Pesticide residue panel", "12", "8900.00", tax_rate="18"),
        line("Sample collection visit", "2", "4725.50", tax_rate="18"),
    ]
    y = s.table(40, 197, [("Sr.", 28, "center"), ("Description of Service", 197, "left"), ("SAC", 55, "center"),
                          ("Qty", 45, "right"), ("Rate (Rs.)", 85, "right"), ("Taxable Value (Rs.)", 105, "right")], [
        (str(n), i["description"], "998346", i["quantity"], LAKH(i["unit_price"]), LAKH(i["amount"]))
        for n, i in enumerate(items, 1)
    ], grid="all")  # fmt: skip
    net = total(items)
    tax = cents(net * Decimal("0.18"))
    gross = net + tax
    rounded = gross.quantize(Decimal(1))
    paid = Decimal("100000.00")
    s.pairs(330, 552, y + 8, [("Total Taxable Value", LAKH(net)), ("IGST @ 18%", LAKH(tax)),
                              ("Total", LAKH(gross)), ("Round Off", LAKH(rounded - gross)),
                              ("Grand Total", LAKH(rounded)), ("Less: Advance received", LAKH(paid)),
                              ("Balance Payable", LAKH(rounded - paid))], align="right")  # fmt: skip
    s.lines(45, 690, ["Account name: Nilgiri Test Labs Private Limited, A/c No. 50200044718, IFSC KVBL0001104",
                      "Whether tax is payable under reverse charge: No"], 8)  # fmt: skip
    return label(
        items, invoice_number="NTL/25-26/0718", invoice_date="2025-11-12", currency="INR",
        purchase_order="TF/PO/3317", vendor_name="Nilgiri Test Labs Private Limited",
        vendor_tax_id="29AAKCS4410M1ZZ", buyer_name="Thanjavur Foods LLP", buyer_tax_id="33AABFT2271K1Z9",
        subtotal=net, tax_amount=tax, amount_paid=paid, rounding=rounded - gross, amount_due=rounded - paid,
        total_amount=gross, open_fields=("due_date",),
    )  # fmt: skip


@page("g07.pdf", "en", "CA")
def truck_repair(s: Sheet) -> Label:
    """A truck repair: parts and labour apart, a core charged and given back, GST and PST, unit and odometer above."""
    s.style("helv", 9)
    s.text(45, 50, "KOOTENAY DIESEL & BRAKE", 14, bold=True, color="#7a1f1f")
    s.lines(45, 63, ["a division of 1147188 B.C. Ltd.", "2201 Cranbrook St N, Cranbrook BC V1C 3T3",
                     "GST # 81440 2772 RT0001   PST # 1044-7718"], 8)  # fmt: skip
    s.text(545, 50, "INVOICE", 14, bold=True, align="right")
    s.pairs(400, 545, 66, [("Invoice #", "R-66120"), ("Date", "Nov 14, 2025"), ("Terms", "Net 15"),
                           ("Customer PO", "5518")], align="right")  # fmt: skip
    s.lines(45, 125, ["Bill To:", "Elk Valley Haulage Inc.", "PO Box 771", "Fernie BC V0B 1M0"])
    s.lines(300, 125, ["Unit: 41   2019 Western Star 4900", "VIN: 5KJJBHDR0KLKA0441", "Odometer: 612,077 km"])
    parts = [
        line("Brake caliper, reman", "2", "418.50"),
        line("Core charge - brake caliper", "2", "95.00"),
        line("Core return - brake caliper", "-2", "95.00"),
        line("Brake pad set", "1", "236.40"),
    ]
    labour = [line("Replace calipers and pads, steer axle (hrs)", "4.6", "165.00")]
    items = parts + labour
    cols = [("Description", 285, "left"), ("Qty", 55, "right"), ("Price", 75, "right"), ("Extended", 85, "right")]
    y = s.table(45, 190, cols, [
        "PARTS",
        *((i["description"], i["quantity"], US(i["unit_price"]), US(i["amount"])) for i in parts),
        "LABOUR",
        *((i["description"], i["quantity"], US(i["unit_price"]), US(i["amount"])) for i in labour),
    ], grid="head")  # fmt: skip
    net = total(items)
    gst, pst = cents(net * Decimal("0.05")), cents(net * Decimal("0.07"))
    s.pairs(330, 542, y + 12, [("Parts", US(total(parts))), ("Labour", US(total(labour))), ("Sub-total", US(net)),
                               ("GST 5%", US(gst)), ("PST 7%", US(pst)), ("TOTAL CAD", "$" + US(net + gst + pst))],
            align="right")  # fmt: skip
    s.text(45, 730, "Authorized by: ____________    Interest of 2% per month on overdue accounts.", 8)
    return label(
        items, invoice_number="R-66120", invoice_date="2025-11-14", currency="CAD", purchase_order="5518",
        vendor_name="Kootenay Diesel & Brake", vendor_name_alternatives=["1147188 B.C. Ltd."],
        vendor_tax_id="814402772RT0001", buyer_name="Elk Valley Haulage Inc.", subtotal=net, tax_amount=gst + pst,
        total_amount=net + gst + pst, taxes=[{"rate": "5", "base": str(net), "amount": str(gst)},
                                             {"rate": "7", "base": str(net), "amount": str(pst)}],
        open_fields=("due_date", "amount_due"),
    )  # fmt: skip


@page("g13.pdf", "da", "DK")
def locksmith(s: Sheet) -> Label:
    """A locksmith: payment line of a giro card, sums in one row across the page, particulars in a row of boxes."""
    s.style("helv", 9)
    s.lines(50, 60, ["Skolen ved Søen", "Att. Teknisk Afdeling", "Søvej 12", "8600 Silkeborg"])
    s.text(545, 60, "Gudenå Låseservice ApS", 13, bold=True, align="right")
    s.lines(545, 73, ["Borgergade 77, 8600 Silkeborg", "CVR-nr. 27704417", "Tlf. 86 55 01 17"], 8, align="right")
    s.text(50, 150, "Faktura", 16, bold=True)
    for x, key, value in ((50, "Fakturanr.", "11882"), (170, "Fakturadato", "20-10-2025"),
                          (290, "Forfaldsdato", "03-11-2025"), (410, "Rekvisition", "EAN 5790001447718")):  # fmt: skip
        s.box(x, 160, 120, 30)
        s.text(x + 4, 170, key, 7)
        s.text(x + 4, 184, value)
    items = [
        line("Låsecylinder, systemlås", "14", "395.00", unit="stk"),
        line("Nøgler efter kode", "40", "48.50", unit="stk"),
        line("Montørtimer", "7.5", "520.00", unit="timer"),
        line("Servicevogn", "1", "295.00", unit="stk"),
    ]
    y = s.table(50, 205, [("Tekst", 230, "left"), ("Antal", 55, "right"), ("Enhed", 45, "left"),
                          ("Stk. pris", 75, "right"), ("Beløb", 90, "right")], [
        (i["description"], EURO(i["quantity"]), i["unit"], EURO(i["unit_price"]), EURO(i["amount"])) for i in items
    ], grid="none")  # fmt: skip
    net = total(items)
    tax = cents(net / 4)
    s.rule(50, y + 30, 545)
    for x, key, value in ((200, "Subtotal", EURO(net)), (310, "Moms (25%)", EURO(tax)),
                          (420, "Momsfri", "0,00"), (543, "Total DKK", EURO(net + tax))):  # fmt: skip
        s.text(x, y + 42, key, 8, align="right", bold=True)
        s.text(x, y + 55, value, align="right")
    s.lines(50, y + 90, ["Netto 14 dage. Betales til reg. 0400, konto 0440116270, eller med kortart 71:",
                         "+71<000000001188206+84471882<"])  # fmt: skip
    return label(
        items, invoice_number="11882", invoice_date="2025-10-20", due_date="2025-11-03", currency="DKK",
        vendor_name="Gudenå Låseservice ApS", vendor_tax_id="27704417", vendor_tax_id_alternatives=["DK27704417"],
        buyer_name="Skolen ved Søen", subtotal=net, tax_amount=tax, total_amount=net + tax,
        open_fields=("amount_due", "purchase_order"),
    )  # fmt: skip


@page("g14.pdf", "lv", "LV")
def timber(s: Sheet) -> Label:
    """A sawmill: supplier and receiver as lists of keys with their banks, the sum in words, date in words."""
    s.style("sans", 8.5)
    s.text(50, 55, "RĒĶINS Nr. VK-25/0417", 13, bold=True)
    s.text(50, 72, "2025. gada 5. novembris")
    s.pairs(50, 150, 100, [("Piegādātājs", "SIA Vidzemes Kokmateriāli"), ("Reģ. Nr.", "40103318770"),
                           ("PVN Nr.", "LV40103318770"), ("Adrese", "Miera iela 4, Valmiera, LV-4201"),
                           ("Banka", "Rietumu krājbanka"), ("Konts", "LV24HABA0551004471188")])  # fmt: skip
    s.rule(50, 180, 545)
    s.pairs(50, 150, 195, [("Saņēmējs", "SIA Jūras Logi"), ("Reģ. Nr.", "50003844716"),
                           ("PVN Nr.", "LV50003844716"), ("Adrese", "Talsu iela 31, Ventspils, LV-3601"),
                           ("Apmaksas termiņš", "20.11.2025")])  # fmt: skip
    items = [
        line("Priedes brusas 50x100, šķira A", "12.5", "285.00", unit="m3"),
        line("Egles dēļi 25x150", "840", "1.15", unit="m"),
        line("Transports", "1", "140.00", unit="reize"),
    ]
    y = s.table(50, 275, [("Nr.", 30, "center"), ("Preces nosaukums", 210, "left"), ("Mērv.", 50, "center"),
                          ("Daudzums", 60, "right"), ("Cena, EUR", 65, "right"), ("Summa, EUR", 80, "right")], [
        (str(n), i["description"], i["unit"], EURO(i["quantity"]), EURO(i["unit_price"]), EURO(i["amount"]))
        for n, i in enumerate(items, 1)
    ], grid="all")  # fmt: skip
    net = total(items)
    tax = cents(net * Decimal("0.21"))
    s.pairs(330, 542, y + 10, [("Kopā bez PVN", EURO(net)), ("PVN 21%", EURO(tax)),
                               ("Kopā apmaksai", EURO(net + tax))], align="right")  # fmt: skip
    s.lines(50, y + 65, ["Summa vārdiem: pieci tūkstoši seši simti četrdesmit astoņi eiro",
                         "Rēķins sagatavots elektroniski un ir derīgs bez paraksta."], 8)  # fmt: skip
    return label(
        items, invoice_number="VK-25/0417", invoice_date="2025-11-05", due_date="2025-11-20", currency="EUR",
        vendor_name="SIA Vidzemes Kokmateriāli", vendor_tax_id="LV40103318770",
        vendor_tax_id_alternatives=["40103318770"], buyer_name="SIA Jūras Logi", buyer_tax_id="LV50003844716",
        subtotal=net, tax_amount=tax, total_amount=net + tax, amount_due=net + tax, iban="LV24HABA0551004471188",
    )  # fmt: skip
