"""Documents in languages that no list of words here holds, or hardly: Lithuanian, Icelandic, Ukrainian, Serbian,
Vietnamese, Indonesian."""

from __future__ import annotations

from decimal import Decimal

from tests.drawn.labels import Label, label, line, page, total
from tests.drawn.sheet import Numbers, Sheet, cents

EURO = Numbers(".", ",")
PLAIN = Numbers("", ",")
SPACED = Numbers(" ", ",")


@page("h30.pdf", "lt", "LT")
def lithuanian(s: Sheet) -> Label:
    """A printer's invoice: series and number apart, both parties' codes, the sum in words."""
    s.style("sans", 9)
    s.text(297, 50, "PVM SĄSKAITA FAKTŪRA", 14, bold=True, align="center")
    s.text(297, 65, "Serija NEM Nr. 004471", 10, align="center")
    s.text(297, 78, "2025-11-06", align="center")
    s.lines(45, 110, ["Pardavėjas", "UAB „Nemuno spauda“", "Įmonės kodas 304477182", "PVM kodas LT597206317",
                      "Pramonės pr. 44, LT-51327 Kaunas", "A. s. LT68 8160 7409 0350 6964"])  # fmt: skip
    s.lines(310, 110, ["Pirkėjas", "VšĮ „Dzūkijos amatai“", "Įmonės kodas 301180447", "Vytauto g. 12, LT-62113 Alytus"])
    items = [
        line("Kalendorius 2026 m., A3", "350", "3.40", unit="vnt."),
        line("Maketavimo darbai", "6", "45.00", unit="val."),
    ]
    y = s.table(45, 215, [("Eil. Nr.", 45, "center"), ("Prekės pavadinimas", 205, "left"), ("Mato vnt.", 55, "left"),
                          ("Kiekis", 50, "right"), ("Kaina", 65, "right"), ("Suma, EUR", 85, "right")],
                [(str(n), i["description"], i["unit"], i["quantity"], PLAIN(i["unit_price"]), PLAIN(i["amount"]))
                 for n, i in enumerate(items, 1)], grid="all")  # fmt: skip
    net = total(items)
    tax = cents(net * Decimal("0.21"))
    s.pairs(330, 547, y + 8, [("Iš viso be PVM", PLAIN(net)), ("PVM 21%", PLAIN(tax)), ("Bendra suma su PVM", PLAIN(net + tax))],
            align="right")  # fmt: skip
    s.lines(45, y + 80, ["Apmokėti iki 2025-12-06", "Sąskaitą išrašė: direktorė Rasa Kalvaitytė"])
    return label(
        items, invoice_number="NEM 004471", invoice_number_alternatives=["NEM004471", "NEM Nr. 004471", "004471"],
        invoice_date="2025-11-06", due_date="2025-12-06", currency="EUR", vendor_name="UAB „Nemuno spauda“",
        vendor_name_alternatives=["UAB Nemuno spauda"], vendor_tax_id="LT597206317",
        buyer_name="VšĮ „Dzūkijos amatai“", buyer_name_alternatives=["VšĮ Dzūkijos amatai"], subtotal=net,
        tax_amount=tax, total_amount=net + tax, iban="LT688160740903506964", open_fields=("amount_due",),
    )  # fmt: skip


@page("h31.pdf", "is", "IS")
def icelandic(s: Sheet) -> Label:
    """An Icelandic workshop: króna without cents, tax inside a column, identity numbers of both sides."""
    s.style("sans", 9)
    s.text(50, 55, "Vélsmiðjan Hamar ehf.", 15, bold=True)
    s.lines(50, 69, ["Strandgata 44, 220 Hafnarfjörður", "Kt. 490202-4209   VSK nr. 172770"], 8)
    s.text(545, 55, "REIKNINGUR", 15, bold=True, align="right")
    s.pairs(380, 545, 75, [("Reikningur nr.", "20418"), ("Dagsetning", "07.11.2025"), ("Gjalddagi", "21.11.2025"),
                           ("Eindagi", "05.12.2025")], align="right")  # fmt: skip
    s.lines(50, 130, ["Útgerðarfélagið Báran hf.", "Bryggjuvegi 3", "240 Grindavík", "Kt. 030920-5970"])
    items = [line("Viðgerð á vindu, vinna", "18", "14900", unit="klst"), line("Lega 6308 2RS", "4", "6480", unit="stk"),
             line("Akstur", "2", "9500", unit="ferðir")]  # fmt: skip
    y = s.table(50, 210, [("Lýsing", 220, "left"), ("Magn", 50, "right"), ("Ein.", 45, "left"), ("Einingarverð", 80, "right"),
                          ("Upphæð", 95, "right")],
                [(i["description"], i["quantity"], i["unit"], EURO(i["unit_price"], 0), EURO(i["amount"], 0)) for i in items],
                grid="rows")  # fmt: skip
    net = total(items)
    tax = (net * Decimal("0.24")).quantize(Decimal(1))
    s.pairs(330, 537, y + 8, [("Samtals án VSK", EURO(net, 0)), ("VSK 24%", EURO(tax, 0)), ("Samtals ISK", EURO(net + tax, 0))],
            align="right")  # fmt: skip
    s.text(50, 700, "Greiðist inn á reikning 0133-26-4477, IBAN IS95 5418 1659 9994 3749 2467 91")
    return label(
        items, invoice_number="20418", invoice_date="2025-11-07", currency="ISK", vendor_name="Vélsmiðjan Hamar ehf.",
        vendor_tax_id="172770", vendor_tax_id_alternatives=["IS172770", "490202-4209", "4902024209"],
        buyer_name="Útgerðarfélagið Báran hf.", subtotal=net, tax_amount=tax, total_amount=net + tax,
        iban="IS955418165999943749246791", due_date="2025-11-21", due_date_alternatives=["2025-12-05"],
        open_fields=("amount_due",),
    )  # fmt: skip


@page("h32.pdf", "uk", "UA")
def ukrainian(s: Sheet) -> Label:
    """A Ukrainian account for payment: the payee's block first, date in words, tax on top."""
    s.style("sans", 8.5)
    s.text(40, 50, "Рахунок-фактура № СФ-0000447 від 10 листопада 2025 р.", 13, bold=True)
    s.lines(40, 80, ["Постачальник:  ТОВ «Карпатський ліс»", "Код ЄДРПОУ 24002624, ІПН 240026209150",
                     "вул. Лесі Українки 44, м. Яремче, 78500", "IBAN UA28 6895 0100 5478 0163 7277 6458 6"])  # fmt: skip
    s.lines(40, 145, ["Покупець:  ТОВ «Меблі Прикарпаття»", "Код ЄДРПОУ 89259133", "Договір № 18/25 від 14.01.2025"])
    items = [
        line("Дошка дубова обрізна 50 мм", "12", "18450.00", unit="м3"),
        line("Доставка автотранспортом", "1", "6200.00", unit="рейс"),
    ]
    y = s.table(40, 195, [("№", 25, "center"), ("Товари (роботи, послуги)", 210, "left"), ("Кількість", 60, "right"),
                          ("Од.", 40, "left"), ("Ціна без ПДВ", 80, "right"), ("Сума без ПДВ", 95, "right")],
                [(str(n), i["description"], i["quantity"], i["unit"], SPACED(i["unit_price"]), SPACED(i["amount"]))
                 for n, i in enumerate(items, 1)], grid="all")  # fmt: skip
    net = total(items)
    tax = cents(net / 5)
    s.pairs(330, 547, y + 8, [("Разом без ПДВ:", SPACED(net)), ("ПДВ 20%:", SPACED(tax)), ("Всього з ПДВ, грн:", SPACED(net + tax))],
            align="right", bold_key=True)  # fmt: skip
    s.text(40, y + 80, "Рахунок дійсний до сплати до 20.11.2025. Виписав(ла): Гаврилюк О. М.")
    return label(
        items, invoice_number="СФ-0000447", invoice_date="2025-11-10", currency="UAH",
        vendor_name="ТОВ «Карпатський ліс»", vendor_tax_id="240026209150",
        vendor_tax_id_alternatives=["24002624"], buyer_name="ТОВ «Меблі Прикарпаття»", subtotal=net, tax_amount=tax,
        total_amount=net + tax, iban="UA286895010054780163727764586", open_fields=("amount_due", "due_date"),
    )  # fmt: skip


@page("h33.pdf", "sr", "RS")
def serbian(s: Sheet) -> Label:
    """A Serbian invoice in Latin letters: day of supply and of issue, reference number, dinars."""
    s.style("sans", 9)
    s.text(50, 50, "Metaloplastika Morava d.o.o.", 14, bold=True)
    s.lines(50, 64, ["Industrijska zona bb, 32000 Čačak", "PIB: 204313716   Matični broj: 07447718"], 8)
    s.lines(
        320,
        105,
        ["Kupac:", "Agrokombinat Šumadija a.d.", "Bulevar Kraljice Marije 4, 34000 Kragujevac", "PIB: 681959037"],
    )
    s.text(50, 105, "FAKTURA broj 1188/2025", 13, bold=True)
    s.pairs(50, 160, 124, [("Datum izdavanja", "11.11.2025."), ("Datum prometa", "08.11.2025."), ("Rok plaćanja", "11.12.2025."),
                           ("Mesto izdavanja", "Čačak")])  # fmt: skip
    items = [line("Kutija plastična 60x40", "500", "412.00", unit="kom"), line("Poklopac", "500", "138.50", unit="kom")]
    y = s.table(50, 200, [("R.br.", 35, "center"), ("Naziv robe", 195, "left"), ("JM", 35, "left"), ("Količina", 60, "right"),
                          ("Cena bez PDV", 80, "right"), ("Vrednost bez PDV", 95, "right")],
                [(str(n), i["description"], i["unit"], i["quantity"], EURO(i["unit_price"]), EURO(i["amount"]))
                 for n, i in enumerate(items, 1)], grid="all", size=8)  # fmt: skip
    net = total(items)
    tax = cents(net / 5)
    s.pairs(320, 547, y + 8, [("Osnovica", EURO(net)), ("PDV 20%", EURO(tax)), ("Ukupno za uplatu RSD", EURO(net + tax))],
            align="right")  # fmt: skip
    s.text(50, 690, "Tekući račun 448-7510073109212-85, poziv na broj 1188-2025")
    return label(
        items, invoice_number="1188/2025", invoice_date="2025-11-11", due_date="2025-12-11", currency="RSD",
        vendor_name="Metaloplastika Morava d.o.o.", vendor_tax_id="204313716",
        buyer_name="Agrokombinat Šumadija a.d.", buyer_tax_id="681959037", subtotal=net, tax_amount=tax,
        total_amount=net + tax, open_fields=("amount_due", "iban"),
    )  # fmt: skip


@page("h34.pdf", "vi", "VN")
def vietnamese(s: Sheet) -> Label:
    """A Vietnamese value-added invoice: labels in two languages, day, month and year apart, đồng without cents."""
    s.style("sans", 8.5)
    s.text(297, 48, "HÓA ĐƠN GIÁ TRỊ GIA TĂNG (VAT INVOICE)", 13, bold=True, align="center")
    s.text(297, 62, "Ngày (Date) 05 tháng (month) 11 năm (year) 2025", align="center")
    s.pairs(430, 500, 80, [("Ký hiệu (Serial):", "1C25TSG"), ("Số (No.):", "00004471")])
    s.lines(40, 90, ["Đơn vị bán hàng (Seller): CÔNG TY TNHH GỐM SỨ BÌNH DƯƠNG XANH", "Mã số thuế (Tax code): 5420180322",
                     "Địa chỉ (Address): 118 Đại lộ Bình Dương, Thủ Dầu Một"])  # fmt: skip
    s.lines(40, 135, ["Tên đơn vị (Company): CÔNG TY CỔ PHẦN KHÁCH SẠN SÔNG HƯƠNG", "Mã số thuế (Tax code): 2841182584",
                      "Hình thức thanh toán (Payment method): CK"])  # fmt: skip
    items = [
        line("Bộ chén dĩa sứ trắng", "120", "345000", unit="bộ"),
        line("Bình hoa men lam", "24", "890000", unit="cái"),
    ]
    y = s.table(40, 185, [("STT", 30, "center"), ("Tên hàng hóa, dịch vụ\n(Description)", 200, "left"), ("ĐVT\n(Unit)", 45, "center"),
                          ("Số lượng\n(Quantity)", 60, "right"), ("Đơn giá\n(Unit price)", 80, "right"),
                          ("Thành tiền\n(Amount)", 100, "right")],
                [(str(n), i["description"], i["unit"], i["quantity"], EURO(i["unit_price"], 0), EURO(i["amount"], 0))
                 for n, i in enumerate(items, 1)], grid="all")  # fmt: skip
    net = total(items)
    tax = (net / 10).quantize(Decimal(1))
    s.pairs(250, 550, y + 8, [("Cộng tiền hàng (Sub total):", EURO(net, 0)), ("Thuế suất GTGT 10% Tiền thuế GTGT (VAT amount):", EURO(tax, 0)),
                              ("Tổng cộng tiền thanh toán (Total payment):", EURO(net + tax, 0))], align="right")  # fmt: skip
    return label(
        items, invoice_number="00004471", invoice_number_alternatives=["1C25TSG00004471", "1C25TSG-00004471"],
        invoice_date="2025-11-05", currency="VND", vendor_name="CÔNG TY TNHH GỐM SỨ BÌNH DƯƠNG XANH",
        vendor_tax_id="5420180322", buyer_name="CÔNG TY CỔ PHẦN KHÁCH SẠN SÔNG HƯƠNG", buyer_tax_id="2841182584",
        subtotal=net, tax_amount=tax, total_amount=net + tax, open_fields=("amount_due", "due_date"),
    )  # fmt: skip


@page("h35.pdf", "id", "ID")
def indonesian(s: Sheet) -> Label:
    """An Indonesian invoice: rupiah, dates with months in words, bank account without IBAN, a down payment."""
    s.style("helv", 9)
    s.text(50, 52, "PT Samudra Rotan Lestari", 15, bold=True)
    s.lines(50, 66, ["Jl. Raya Cirebon No. 118, Cirebon 45154", "NPWP: 01.244.771.8-426.000"], 8)
    s.text(545, 52, "FAKTUR", 15, bold=True, align="right")
    s.pairs(370, 545, 72, [("No. Faktur", "SRL/2025/XI/0447"), ("Tanggal", "10 November 2025"), ("Jatuh Tempo", "10 Desember 2025"),
                           ("No. PO", "PO-KMB-3318")], align="right")  # fmt: skip
    s.lines(50, 125, ["Kepada Yth.", "CV Kemuning Mebel", "Jl. Slamet Riyadi 44", "Surakarta 57141"])
    items = [line("Kursi rotan tipe Bali", "80", "475000"), line("Meja rotan bulat 60 cm", "25", "690000")]
    y = s.table(50, 205, [("No", 30, "center"), ("Keterangan", 215, "left"), ("Jumlah", 55, "right"), ("Harga Satuan", 90, "right"),
                          ("Total (Rp)", 100, "right")],
                [(str(n), i["description"], i["quantity"], EURO(i["unit_price"], 0), EURO(i["amount"], 0))
                 for n, i in enumerate(items, 1)], grid="all")  # fmt: skip
    net = total(items)
    tax = (net * Decimal("0.11")).quantize(Decimal(1))
    paid = Decimal(20000000)
    s.pairs(310, 537, y + 8, [("Subtotal", EURO(net, 0)), ("PPN 11%", EURO(tax, 0)), ("Total", EURO(net + tax, 0)),
                              ("Uang muka", EURO(paid, 0)), ("Sisa tagihan", EURO(net + tax - paid, 0))], align="right")  # fmt: skip
    s.text(50, 690, "Pembayaran ke Bank Nusantara Raya, No. Rek. 118-044-7718, a.n. PT Samudra Rotan Lestari")
    return label(
        items, invoice_number="SRL/2025/XI/0447", invoice_date="2025-11-10", due_date="2025-12-10", currency="IDR",
        purchase_order="PO-KMB-3318", vendor_name="PT Samudra Rotan Lestari", vendor_tax_id="01.244.771.8-426.000",
        vendor_tax_id_alternatives=["012447718426000"], buyer_name="CV Kemuning Mebel", subtotal=net, tax_amount=tax,
        total_amount=net + tax, amount_paid=paid, amount_due=net + tax - paid,
    )  # fmt: skip
