"""Documents from central, eastern and south-eastern Europe and Turkey."""

from __future__ import annotations

from decimal import Decimal

from tests.drawn.labels import Label, amount, label, line, page, total
from tests.drawn.sheet import Numbers, Sheet, cents

SPACED = Numbers(" ", ",")
DOTTED = Numbers(".", ",")


@page("d07.pdf", "pl", "PL")
def polish_wholesaler(s: Sheet) -> Label:
    """Seller and buyer side by side, net, tax and gross of each line, a head over two rows, amount in words."""
    s.style("sans", 8)
    s.text(545, 44, "Wrocław, dnia 08.07.2025 r.", align="right")
    s.text(297, 72, "FAKTURA VAT nr FS/1184/07/2025", 14, bold=True, align="center")
    s.text(297, 86, "oryginał", 8, align="center")
    s.pairs(
        48,
        150,
        108,
        [("Data sprzedaży:", "07.07.2025"), ("Termin płatności:", "22.07.2025"), ("Sposób płatności:", "przelew")],
    )
    s.text(48, 154, "Sprzedawca", 9, bold=True)
    s.lines(
        48,
        168,
        [
            "Hurtownia Narzędzi ODRA Sp. z o.o.",
            "ul. Krakowska 119, 50-428 Wrocław",
            "NIP: 726-652-06-17",
            "BDO 000114477",
        ],
    )
    s.text(310, 154, "Nabywca", 9, bold=True)
    s.lines(310, 168, ["Stolarnia Jesion s.c.", "ul. Leśna 8", "58-500 Jelenia Góra", "NIP: 4259666264"])
    items = [
        line("Wiertarko-wkrętarka 18 V", "4", "389.00", unit="szt.", tax_rate="23"),
        line("Tarcza pilarska 250 mm Z80", "12", "74.90", unit="szt.", tax_rate="23"),
        line("Klej do drewna D3, 5 kg", "10", "61.25", unit="op.", tax_rate="23"),
        line("Poradnik „Ostrzenie narzędzi”", "6", "28.57", unit="szt.", tax_rate="5"),
    ]
    rows = []
    for n, i in enumerate(items, 1):
        tax = cents(amount(i) * Decimal(i["tax_rate"]) / 100)
        rows.append(
            (
                str(n),
                i["description"],
                i["quantity"],
                i["unit"],
                SPACED(i["unit_price"]),
                SPACED(i["amount"]),
                i["tax_rate"] + "%",
                SPACED(tax),
                SPACED(amount(i) + tax),
            )
        )
    y = s.table(
        48,
        222,
        [
            ("Lp.", 22, "left"),
            ("Nazwa towaru\nlub usługi", 160, "left"),
            ("Ilość", 34, "right"),
            ("j.m.", 30, "left"),
            ("Cena netto\n[zł]", 55, "right"),
            ("Wartość\nnetto [zł]", 58, "right"),
            ("Stawka\nVAT", 40, "right"),
            ("Kwota\nVAT [zł]", 48, "right"),
            ("Wartość\nbrutto [zł]", 56, "right"),
        ],
        rows,
        grid="all",
        size=7.5,
        fill="#eeeeee",
    )
    taxes = []
    for rate in ("23", "5"):
        base = total(i for i in items if i["tax_rate"] == rate)
        taxes.append(
            {
                "rate": rate,
                "base": str(base),
                "amount": str(sum(cents(amount(i) * Decimal(rate) / 100) for i in items if i["tax_rate"] == rate)),
            }
        )
    net, tax = total(items), sum((Decimal(t["amount"]) for t in taxes), Decimal(0))
    y = s.table(
        252,
        y + 2,
        [
            ("", 97, "right"),
            ("netto", 58, "right"),
            ("VAT", 40, "right"),
            ("kwota VAT", 48, "right"),
            ("brutto", 56, "right"),
        ],
        [
            (
                "w tym:" if n == 0 else "",
                SPACED(t["base"]),
                t["rate"] + "%",
                SPACED(t["amount"]),
                SPACED(Decimal(t["base"]) + Decimal(t["amount"])),
            )
            for n, t in enumerate(taxes)
        ]
        + [("RAZEM:", SPACED(net), "", SPACED(tax), SPACED(net + tax))],
        grid="rows",
        size=7.5,
    )
    s.text(48, y + 16, f"Do zapłaty: {SPACED(net + tax)} PLN", 12, bold=True)
    s.text(48, y + 32, "Słownie: trzy tysiące dziewięćset pięćdziesiąt dwa zł 77/100")
    s.text(48, y + 46, "Konto: PL66 4403 3250 7878 8033 2665 6355, Bank Śląskich Kupców S.A.")
    s.rule(60, y + 120, 210)
    s.text(70, y + 130, "podpis osoby upoważnionej", 7)
    return label(
        items,
        invoice_number="FS/1184/07/2025",
        invoice_date="2025-07-08",
        due_date="2025-07-22",
        delivery_date="2025-07-07",
        currency="PLN",
        vendor_name="Hurtownia Narzędzi ODRA Sp. z o.o.",
        vendor_tax_id="7266520617",
        vendor_tax_id_alternatives=["PL7266520617", "726-652-06-17"],
        vendor_country="PL",
        buyer_name="Stolarnia Jesion s.c.",
        buyer_tax_id="4259666264",
        subtotal=net,
        tax_amount=tax,
        total_amount=net + tax,
        amount_due=net + tax,
        iban="PL66440332507878803326656355",
        taxes=taxes,
    )


@page("d08.pdf", "cs", "CZ")
def czech_host(s: Sheet) -> Label:
    """Hosting for a period, variable symbol as reference, rounded to whole crowns."""
    s.style("sans", 8.5)
    s.text(48, 60, "FAKTURA – DAŇOVÝ DOKLAD č. 2025110347", 13, bold=True)
    s.rule(48, 68, 547, 1.2)
    s.text(48, 86, "DODAVATEL", 7.5, color="#666666")
    s.lines(
        48,
        100,
        ["Serverovna Vysočina s.r.o.", "Brněnská 2204/15", "586 01 Jihlava", "IČO: 27306640", "DIČ: CZ27306640"],
    )
    s.text(310, 86, "ODBĚRATEL", 7.5, color="#666666")
    s.lines(310, 100, ["Nakladatelství Kos a.s.", "Údolní 33", "602 00 Brno", "IČO: 27232492", "DIČ: CZ27232492"])
    s.pairs(
        48,
        190,
        176,
        [
            ("Datum vystavení", "3. 11. 2025"),
            ("Datum uskutečnění plnění", "31. 10. 2025"),
            ("Datum splatnosti", "17. 11. 2025"),
        ],
    )
    s.pairs(
        310,
        430,
        176,
        [
            ("Variabilní symbol", "2025110347"),
            ("Číslo účtu", "1990050425/0800"),
            ("IBAN", "CZ03 0800 0000 0019 9005 0425"),
        ],
    )
    items = [
        line("Virtuální server M4, říjen 2025", "3", "1290.00", tax_rate="21"),
        line("Záloha dat 2 TB", "1", "640.00", tax_rate="21"),
        line("Doména .cz – prodloužení", "5", "161.00", tax_rate="21"),
        line("Práce technika", "2.5", "950.00", tax_rate="21"),
    ]
    y = s.table(
        48,
        234,
        [
            ("Označení dodávky", 225, "left"),
            ("Počet m. j.", 70, "right"),
            ("Cena za m. j.", 80, "right"),
            ("DPH %", 44, "right"),
            ("Bez DPH", 80, "right"),
        ],
        [
            (
                i["description"],
                SPACED(i["quantity"], 1).removesuffix(",0"),
                SPACED(i["unit_price"]),
                "21",
                SPACED(i["amount"]),
            )
            for i in items
        ],
        grid="rows",
        gap=2,
    )
    net = total(items)
    tax = cents(net * Decimal("0.21"))
    gross = net + tax
    due = gross.quantize(Decimal(1))
    y = s.pairs(
        330,
        545,
        y + 8,
        [
            ("Základ daně 21 %", SPACED(net)),
            ("DPH 21 %", SPACED(tax)),
            ("Celkem s DPH", SPACED(gross)),
            ("Zaokrouhlení", SPACED(due - gross)),
        ],
        align="right",
    )
    s.box(325, y - 4, 222, 22, fill="#e4eefc")
    s.text(330, y + 11, "CELKEM K ÚHRADĚ", 10, bold=True)
    s.text(545, y + 11, SPACED(due) + " Kč", 10, bold=True, align="right")
    s.text(
        48,
        780,
        "Společnost zapsaná v OR vedeném Krajským soudem v Brně, oddíl C, vložka 58213. Vystavil: J. Dvořáková",
        7,
    )
    return label(
        items,
        invoice_number="2025110347",
        invoice_date="2025-11-03",
        due_date="2025-11-17",
        delivery_date="2025-10-31",
        currency="CZK",
        vendor_name="Serverovna Vysočina s.r.o.",
        vendor_tax_id="CZ27306640",
        vendor_country="CZ",
        buyer_name="Nakladatelství Kos a.s.",
        buyer_tax_id="CZ27232492",
        subtotal=net,
        tax_amount=tax,
        total_amount=gross,
        rounding=due - gross,
        amount_due=due,
        iban="CZ0308000000001990050425",
        payment_reference="2025110347",
        taxes=[{"rate": "21", "base": str(net), "amount": str(tax)}],
    )


@page("d15.pdf", "ro", "RO")
def romanian_machines(s: Sheet) -> Label:
    """Series and number apart, supplier left and customer right, a numbered row of columns under the head."""
    s.style("serif", 8.5)
    s.lines(
        45,
        50,
        [
            "Furnizor: Agroutilaje Mureș S.R.L.",
            "Nr. ord. Reg. Com.: J26/871/2008",
            "C.I.F.: RO23794105",
            "Sediul: Str. Gării nr. 14, Reghin, jud. Mureș",
            "Cont: RO90BTRL3298171327989712",
            "Banca: Banca Carpatică Reghin",
        ],
        8,
    )
    s.lines(
        345,
        50,
        [
            "Cumpărător: Cooperativa Agricolă Valea Gurghiului",
            "C.I.F.: RO29559710",
            "Sediul: Ibănești nr. 402, jud. Mureș",
        ],
        8,
    )
    s.text(297, 130, "FACTURA", 18, bold=True, align="center")
    s.box(220, 138, 155, 46)
    s.pairs(228, 300, 152, [("Seria", "AGM"), ("Numărul", "0004419"), ("Data", "16.09.2025")], 9, leading=13)
    items = [
        line("Motocoasă profesională 52 cc", "3", "1849.00", unit="buc"),
        line("Set cuțite tocătoare", "8", "265.50", unit="set"),
        line("Ulei 2T, bidon 5 l", "20", "118.40", unit="buc"),
    ]
    net, tax, rows = total(items), Decimal(0), []
    for n, i in enumerate(items, 1):
        row_tax = cents(amount(i) * Decimal("0.21"))
        tax += row_tax
        rows.append(
            (
                str(n),
                i["description"],
                i["unit"],
                i["quantity"],
                DOTTED(i["unit_price"]),
                DOTTED(i["amount"]),
                DOTTED(row_tax),
            )
        )
    y = s.table(
        45,
        200,
        [
            ("Nr.\ncrt.", 30, "center"),
            ("Denumirea produselor\nsau a serviciilor", 175, "left"),
            ("U.M.", 40, "center"),
            ("Cantitatea", 58, "right"),
            ("Prețul unitar\n(fără TVA) lei", 75, "right"),
            ("Valoarea\nlei", 65, "right"),
            ("Valoarea\nTVA lei", 62, "right"),
        ],
        [("0", "1", "2", "3", "4", "5 (3x4)", "6"), *rows],
        grid="all",
    )
    y = s.table(
        230,
        y + 6,
        [("", 118, "left"), ("Valoarea", 100, "right"), ("TVA 21%", 102, "right")],
        [("Total", DOTTED(net), DOTTED(tax))],
        grid="all",
    )
    s.text(550, y + 14, f"Total de plată: {DOTTED(net + tax)} lei", 11, bold=True, align="right")
    s.text(45, y + 44, "Termen de plată: 16.10.2025. Expediat cu mijlocul de transport MS-14-AGM.")
    return label(
        items,
        invoice_number="AGM 0004419",
        invoice_number_alternatives=["0004419", "AGM-0004419"],
        invoice_date="2025-09-16",
        due_date="2025-10-16",
        currency="RON",
        vendor_name="Agroutilaje Mureș S.R.L.",
        vendor_tax_id="RO23794105",
        vendor_country="RO",
        buyer_name="Cooperativa Agricolă Valea Gurghiului",
        buyer_tax_id="RO29559710",
        subtotal=net,
        tax_amount=tax,
        total_amount=net + tax,
        amount_due=net + tax,
        iban="RO90BTRL3298171327989712",
    )


@page("d16.pdf", "hu", "HU")
def hungarian_printer(s: Sheet) -> Label:
    """Forints without decimals, dates from the year on, totals in a tax table only."""
    s.style("sans", 8)
    s.text(48, 56, "SZÁMLA", 20, bold=True)
    s.text(547, 50, "Sorszám: NY-2025/00731", 10, bold=True, align="right")
    s.box(48, 72, 240, 84)
    s.box(307, 72, 240, 84)
    s.text(54, 86, "Eladó:", 7)
    s.lines(
        54,
        99,
        [
            "Pannónia Nyomda Kft.",
            "9022 Győr, Árpád út 51.",
            "Adószám: 26301813-2-08",
            "Bank: 12472789-65208643-83687280",
        ],
    )
    s.text(313, 86, "Vevő:", 7)
    s.lines(313, 99, ["Kisalföld Múzeum", "9021 Győr, Széchenyi tér 5.", "Adószám: 26509956-2-08"])
    s.table(
        48,
        170,
        [
            ("Fizetési mód", 100, "left"),
            ("Teljesítés kelte", 133, "left"),
            ("Számla kelte", 133, "left"),
            ("Fizetési határidő", 133, "left"),
        ],
        [("átutalás", "2025.10.02.", "2025.10.06.", "2025.10.21.")],
        grid="all",
        fill="#f3ead7",
    )
    items = [
        line("Kiállítási katalógus, 96 oldal", "400", "2150", unit="db", tax_rate="5"),
        line("Plakát B1", "150", "890", unit="db", tax_rate="27"),
        line("Meghívó borítékkal", "600", "245", unit="db", tax_rate="27"),
        line("Grafikai előkészítés", "18", "11500", unit="óra", tax_rate="27"),
    ]
    y = s.table(
        48,
        218,
        [
            ("Megnevezés", 199, "left"),
            ("Menny.", 55, "right"),
            ("Me.", 30, "left"),
            ("Nettó egységár", 75, "right"),
            ("ÁFA", 40, "right"),
            ("Nettó érték", 100, "right"),
        ],
        [
            (
                i["description"],
                i["quantity"],
                i["unit"],
                SPACED(i["unit_price"], 0),
                i["tax_rate"] + "%",
                SPACED(i["amount"], 0),
            )
            for i in items
        ],
        grid="rows",
        gap=2,
    )
    taxes = []
    for rate in ("5", "27"):
        base = total(i for i in items if i["tax_rate"] == rate)
        taxes.append(
            {"rate": rate, "base": str(base), "amount": str((base * Decimal(rate) / 100).quantize(Decimal(1)))}
        )
    net, tax = total(items), sum((Decimal(t["amount"]) for t in taxes), Decimal(0))
    s.text(48, y + 6, "ÁFA összesítő", 9, bold=True)
    y = s.table(
        48,
        y + 12,
        [("ÁFA kulcs", 90, "left"), ("Nettó", 110, "right"), ("ÁFA", 110, "right"), ("Bruttó", 110, "right")],
        [
            (
                t["rate"] + "%",
                SPACED(t["base"], 0),
                SPACED(t["amount"], 0),
                SPACED(Decimal(t["base"]) + Decimal(t["amount"]), 0),
            )
            for t in taxes
        ]
        + [("Összesen:", SPACED(net, 0), SPACED(tax, 0), SPACED(net + tax, 0))],
        grid="all",
        fill="#f3ead7",
    )
    s.text(48, y + 14, f"Fizetendő végösszeg: {SPACED(net + tax, 0)} Ft", 12, bold=True)
    s.text(48, y + 34, "IBAN: HU88 1247 2789 6520 8643 8368 7280")
    return label(
        items,
        invoice_number="NY-2025/00731",
        invoice_date="2025-10-06",
        due_date="2025-10-21",
        delivery_date="2025-10-02",
        currency="HUF",
        vendor_name="Pannónia Nyomda Kft.",
        vendor_tax_id="26301813-2-08",
        vendor_tax_id_alternatives=["26301813208", "HU26301813"],
        vendor_country="HU",
        buyer_name="Kisalföld Múzeum",
        subtotal=net,
        tax_amount=tax,
        total_amount=net + tax,
        amount_due=net + tax,
        iban="HU88124727896520864383687280",
        taxes=taxes,
    )


@page("d17.pdf", "tr", "TR")
def turkish_textiles(s: Sheet) -> Label:
    """An e-fatura view: gross price, discount in per cent and lira, net amount; totals in a box at the right."""
    s.style("sans", 7.5)
    s.lines(
        40,
        46,
        [
            "EGE DOKUMA SANAYİ VE TİCARET LTD. ŞTİ.",
            "Kemalpaşa OSB 4. Sokak No: 17",
            "35730 Kemalpaşa / İZMİR",
            "Tel: 0232 555 01 70",
            "Vergi Dairesi: Kemalpaşa   VKN: 4764475161",
        ],
        8,
    )
    s.text(297, 66, "e-FATURA", 13, bold=True, align="center", color="#b00020")
    s.rule(40, 118, 290)
    s.lines(
        40,
        132,
        ["SAYIN", "Bodrum Butik Otelcilik A.Ş.", "Yalı Caddesi No: 8, 48400 Bodrum / MUĞLA", "VKN: 7556063936"],
        8,
    )
    s.table(
        380,
        110,
        [("Senaryo:", 90, "left"), ("TICARIFATURA", 85, "left")],
        [
            ("Fatura No:", "EGD2025000000318"),
            ("Fatura Tarihi:", "12-06-2025"),
            ("Sipariş No:", "BBO-2291"),
            ("Son Ödeme:", "12-07-2025"),
        ],
        grid="all",
        head_bold=False,
    )
    raw = [
        ("HVL-70140", "Havlu 70x140 cm, beyaz", "240", "185.00", "10"),
        ("BRN-XL", "Bornoz, kapüşonlu XL", "60", "540.00", "10"),
        ("NVR-240", "Çift kişilik nevresim takımı", "80", "1120.00", "12.5"),
    ]
    items, rows, off = [], [], Decimal(0)
    for n, (code, text, quantity, price, percent) in enumerate(raw, 1):
        full = Decimal(quantity) * Decimal(price)
        less = cents(full * Decimal(percent) / 100)
        off += less
        net_price = Decimal(price) * (100 - Decimal(percent)) / 100
        items.append(
            line(text, quantity, f"{net_price.normalize():f}", full - less, item_code=code, discount=str(less))
        )
        rows.append(
            (
                str(n),
                f"{text}\n{code}",
                f"{quantity} Adet",
                DOTTED(price) + " TL",
                "%" + percent.replace(".", ","),
                DOTTED(less) + " TL",
                "%20",
                DOTTED(full - less) + " TL",
            )
        )
    y = s.table(
        40,
        200,
        [
            ("Sıra", 26, "left"),
            ("Mal Hizmet", 140, "left"),
            ("Miktar", 55, "right"),
            ("Birim Fiyat", 65, "right"),
            ("İskonto\nOranı", 45, "right"),
            ("İskonto\nTutarı", 68, "right"),
            ("KDV\nOranı", 40, "right"),
            ("Mal Hizmet\nTutarı", 78, "right"),
        ],
        rows,
        grid="all",
    )
    net = total(items)
    tax = cents(net * Decimal("0.20"))
    y = s.table(
        317,
        y + 4,
        [("Mal Hizmet Toplam Tutarı", 150, "right"), (DOTTED(net + off) + " TL", 90, "right")],
        [
            ("Toplam İskonto", DOTTED(off) + " TL"),
            ("KDV Matrahı", DOTTED(net) + " TL"),
            ("Hesaplanan KDV (%20)", DOTTED(tax) + " TL"),
            ("Vergiler Dahil Toplam Tutar", DOTTED(net + tax) + " TL"),
            ("Ödenecek Tutar", DOTTED(net + tax) + " TL"),
        ],
        grid="all",
        head_bold=False,
    )
    s.text(40, y + 20, "IBAN: TR25 0001 0024 0833 5008 9678 93 (TL)   İrsaliye yerine geçer.")
    return label(
        items,
        invoice_number="EGD2025000000318",
        invoice_date="2025-06-12",
        due_date="2025-07-12",
        currency="TRY",
        purchase_order="BBO-2291",
        vendor_name="EGE DOKUMA SANAYİ VE TİCARET LTD. ŞTİ.",
        vendor_tax_id="4764475161",
        vendor_country="TR",
        buyer_name="Bodrum Butik Otelcilik A.Ş.",
        buyer_tax_id="7556063936",
        subtotal=net,
        tax_amount=tax,
        total_amount=net + tax,
        amount_due=net + tax,
        iban="TR250001002408335008967893",
        taxes=[{"rate": "20", "base": str(net), "amount": str(tax)}],
    )


@page("d18.pdf", "el", "GR")
def greek_dairy(s: Sheet) -> Label:
    """Greek letters throughout; kilograms with three places; totals at the left."""
    s.style("sans", 8.5)
    s.text(48, 58, "ΤΥΡΟΚΟΜΕΙΟ ΠΙΝΔΟΥ Α.Ε.", 14, bold=True)
    s.lines(
        48,
        73,
        [
            "Παραγωγή & εμπορία γαλακτοκομικών",
            "3ο χλμ. Ιωαννίνων – Μετσόβου, 455 00 Ιωάννινα",
            "Α.Φ.Μ. 091601033  Δ.Ο.Υ. Ιωαννίνων  Τηλ. 26510 55501",
        ],
        8,
    )
    s.box(370, 46, 177, 58)
    s.text(378, 60, "ΤΙΜΟΛΟΓΙΟ ΠΩΛΗΣΗΣ", 9.5, bold=True)
    s.pairs(378, 450, 75, [("Αριθμός:", "Β 2207"), ("Ημερομηνία:", "25/04/2025")], leading=13)
    s.text(48, 130, "Στοιχεία πελάτη", 8, bold=True)
    s.pairs(
        48,
        120,
        144,
        [
            ("Επωνυμία:", "Ξενοδοχειακή Κέρκυρας Ο.Ε."),
            ("Α.Φ.Μ.:", "097976340"),
            ("Διεύθυνση:", "Γαρίτσα 12, 491 00 Κέρκυρα"),
        ],
    )
    items = [
        line("Φέτα Π.Ο.Π. βαρέλι", "48.250", "9.80", unit="κιλά", tax_rate="13"),
        line("Γραβιέρα Πίνδου", "22.600", "14.35", unit="κιλά", tax_rate="13"),
        line("Γιαούρτι πρόβειο 1 kg", "60", "4.10", unit="τεμ.", tax_rate="13"),
        line("Βούτυρο 250 g", "80", "2.95", unit="τεμ.", tax_rate="13"),
    ]
    y = s.table(
        48,
        196,
        [
            ("Περιγραφή", 190, "left"),
            ("Μ.Μ.", 45, "left"),
            ("Ποσότητα", 65, "right"),
            ("Τιμή μον.", 65, "right"),
            ("ΦΠΑ %", 50, "right"),
            ("Αξία €", 84, "right"),
        ],
        [
            (
                i["description"],
                i["unit"],
                DOTTED(i["quantity"], 3 if "." in i["quantity"] else 0),
                DOTTED(i["unit_price"]),
                "13",
                DOTTED(i["amount"]),
            )
            for i in items
        ],
        grid="rows",
        fill="#e8f0fa",
    )
    net = total(items)
    tax = cents(net * Decimal("0.13"))
    s.pairs(
        48,
        230,
        y + 12,
        [("Καθαρή αξία", DOTTED(net)), ("ΦΠΑ 13%", DOTTED(tax)), ("Πληρωτέο ποσό", DOTTED(net + tax) + " €")],
        10,
        align="right",
        bold_value=True,
    )
    s.text(48, y + 74, "IBAN: GR79 0172 5406 3241 8182 8320 174 – Τρόπος πληρωμής: επί πιστώσει 30 ημερών")
    return label(
        items,
        invoice_number="Β 2207",
        invoice_number_alternatives=["2207", "B 2207"],
        invoice_date="2025-04-25",
        currency="EUR",
        vendor_name="ΤΥΡΟΚΟΜΕΙΟ ΠΙΝΔΟΥ Α.Ε.",
        vendor_tax_id="091601033",
        vendor_tax_id_alternatives=["EL091601033"],
        vendor_country="GR",
        buyer_name="Ξενοδοχειακή Κέρκυρας Ο.Ε.",
        buyer_tax_id="097976340",
        subtotal=net,
        tax_amount=tax,
        total_amount=net + tax,
        amount_due=net + tax,
        iban="GR7901725406324181828320174",
        open_fields=("due_date",),
        taxes=[{"rate": "13", "base": str(net), "amount": str(tax)}],
    )


@page("d19.pdf", "sk", "SK")
def slovak_credit(s: Sheet) -> Label:
    """A credit note with everything negative, that names the invoice it corrects."""
    s.style("sans", 8.5)
    s.text(48, 58, "Dobropis č. 925000061", 15, bold=True)
    s.text(48, 74, "k faktúre č. 125004417 zo dňa 02.09.2025", 9.5)
    s.text(48, 104, "Dodávateľ:", 8, bold=True)
    s.lines(48, 117, ["Kovotrade Liptov, s.r.o.", "Priemyselná 9", "031 01 Liptovský Mikuláš", "IČ DPH: SK2046158807"])
    s.text(320, 104, "Odberateľ:", 8, bold=True)
    s.lines(320, 117, ["Strojárne Orava, a.s.", "Nábrežie 77", "026 01 Dolný Kubín", "IČ DPH: SK2020891532"])
    s.pairs(48, 180, 188, [("Dátum vyhotovenia:", "24.09.2025"), ("Dôvod opravy:", "vrátený tovar, reklamácia 25/118")])
    pieces = [("Profil L 50x50x5, S235", "36", "14.20"), ("Plech pozinkovaný 1 mm", "4", "61.90")]
    items = [line(text, quantity, price, tax_rate="23") for text, quantity, price in pieces]
    y = s.table(
        48,
        226,
        [
            ("Položka", 220, "left"),
            ("Množstvo", 60, "right"),
            ("Cena za MJ", 75, "right"),
            ("DPH", 45, "right"),
            ("Spolu bez DPH", 99, "right"),
        ],
        [
            (i["description"], "-" + i["quantity"], DOTTED(i["unit_price"]), "23 %", "-" + DOTTED(i["amount"]))
            for i in items
        ],
        grid="all",
    )
    net = total(items)
    tax = cents(net * Decimal("0.23"))
    s.pairs(
        330,
        545,
        y + 10,
        [
            ("Základ DPH", "-" + DOTTED(net)),
            ("DPH 23 %", "-" + DOTTED(tax)),
            ("Suma na vrátenie EUR", "-" + DOTTED(net + tax)),
        ],
        9.5,
        align="right",
    )
    s.text(
        48, 760, "Kovotrade Liptov, s.r.o., zapísaná v OR OS Žilina, vložka 22917/L. Sumu poukážeme na Váš účet.", 7.5
    )
    return label(
        items,
        document_type="credit_note",
        invoice_number="925000061",
        invoice_date="2025-09-24",
        preceding_invoice="125004417",
        currency="EUR",
        vendor_name="Kovotrade Liptov, s.r.o.",
        vendor_tax_id="SK2046158807",
        vendor_country="SK",
        buyer_name="Strojárne Orava, a.s.",
        buyer_tax_id="SK2020891532",
        subtotal=net,
        tax_amount=tax,
        total_amount=net + tax,
        open_fields=("amount_due",),
        taxes=[{"rate": "23", "base": str(net), "amount": str(tax)}],
    )


@page("d20.pdf", "hr", "HR")
def croatian_brewery(s: Sheet) -> Label:
    """Drinks with a bottle refund outside tax, a discount column, reference model."""
    s.style("sans", 8.5)
    s.text(547, 56, "Pivovara Velebit d.o.o.", 14, bold=True, align="right")
    s.lines(
        547, 70, ["Lička cesta 40, 53000 Gospić", "OIB: 52943972393", "IBAN: HR3323600001102111836"], 8, align="right"
    )
    s.lines(48, 110, ["Kupac:", "Konoba Stari Mlin, obrt", "Obala 3", "51511 Malinska", "OIB 55101094097"], 9)
    s.text(48, 196, "Račun br. 1874/V1/2", 14, bold=True)
    s.pairs(
        48,
        150,
        214,
        [
            ("Datum i vrijeme", "11.7.2025. 09:42"),
            ("Datum dospijeća", "26.7.2025."),
            ("Poziv na broj", "HR00 1874-2025"),
        ],
    )
    raw = [
        ("Velebit svijetlo 0,5 l", "240", "0.98", "8"),
        ("Velebit tamno 0,5 l", "120", "1.12", "8"),
        ("Bačva 30 l", "4", "71.50", "5"),
    ]
    items, rows = [], []
    for text, quantity, price, percent in raw:
        full = Decimal(quantity) * Decimal(price)
        net_amount = cents(full * (100 - Decimal(percent)) / 100)
        net_price = Decimal(price) * (100 - Decimal(percent)) / 100
        items.append(line(text, quantity, f"{net_price.normalize():f}", net_amount, tax_rate="25"))
        rows.append((text, quantity, DOTTED(price), percent + ",00", "25", DOTTED(net_amount)))
    refund = line("Povratna naknada, boca", "360", "0.07", tax_rate="0")
    items.append(refund)
    rows.append((refund["description"], "360", "0,07", "0,00", "0", DOTTED(refund["amount"])))
    y = s.table(
        48,
        262,
        [
            ("Naziv artikla", 200, "left"),
            ("Količina", 55, "right"),
            ("Cijena", 60, "right"),
            ("Rabat %", 55, "right"),
            ("PDV %", 45, "right"),
            ("Iznos", 84, "right"),
        ],
        rows,
        grid="rows",
        fill="#f6edd5",
    )
    net = total(items)
    base = net - amount(refund)
    tax = cents(base * Decimal("0.25"))
    s.pairs(
        330,
        545,
        y + 8,
        [
            ("Ukupno bez PDV", DOTTED(net)),
            ("Osnovica PDV 25%", DOTTED(base)),
            ("Neoporezivo (povratna naknada)", DOTTED(refund["amount"])),
            ("PDV 25%", DOTTED(tax)),
            ("Ukupno EUR", DOTTED(net + tax)),
        ],
        align="right",
    )
    s.lines(
        48,
        742,
        [
            "Oznaka operatera: 7 · ZKI: 3f0a7be1c2294d0e8f5b6a7711c0de42",
            "Trgovački sud u Karlovcu, MBS 040118877, temeljni kapital 20.000,00 EUR uplaćen u cijelosti",
        ],
        7,
    )
    return label(
        items,
        invoice_number="1874/V1/2",
        invoice_date="2025-07-11",
        due_date="2025-07-26",
        currency="EUR",
        vendor_name="Pivovara Velebit d.o.o.",
        vendor_tax_id="52943972393",
        vendor_tax_id_alternatives=["HR52943972393"],
        vendor_country="HR",
        buyer_name="Konoba Stari Mlin, obrt",
        subtotal=net,
        tax_amount=tax,
        total_amount=net + tax,
        iban="HR3323600001102111836",
        payment_reference="HR00 1874-2025",
    )


@page("d21.pdf", "bg", "BG")
def bulgarian_accountant(s: Sheet) -> Label:
    """Cyrillic letters, number of ten digits, recipient before supplier, leva."""
    s.style("sans", 8.5)
    s.text(297, 58, "ФАКТУРА", 18, bold=True, align="center")
    s.text(297, 74, "№ 0000001582 / 15.05.2025 г.", 10, align="center")
    s.box(48, 90, 245, 82)
    s.box(302, 90, 245, 82)
    s.lines(
        54,
        105,
        ["Получател:", "Розова Долина ООД", "гр. Казанлък, ул. Роза 2", "ЕИК 201521410", "ИН по ЗДДС: BG201521410"],
    )
    s.lines(
        308,
        105,
        [
            "Доставчик:",
            "Счетоводна къща Тракия ЕООД",
            "гр. Пловдив, бул. Марица 88",
            "ЕИК 208241158",
            "ИН по ЗДДС: BG208241158",
        ],
    )
    items = [
        line("Счетоводно обслужване, април 2025", "1", "680.00", unit="бр."),
        line("Обработка на ведомост за заплати", "14", "18.50", unit="бр."),
        line("Годишен финансов отчет", "1", "1150.00", unit="бр."),
    ]
    y = s.table(
        48,
        192,
        [
            ("№", 25, "left"),
            ("Наименование на стоките и услугите", 244, "left"),
            ("Мярка", 45, "left"),
            ("К-во", 45, "right"),
            ("Ед. цена", 65, "right"),
            ("Стойност", 75, "right"),
        ],
        [
            (str(n), i["description"], i["unit"], i["quantity"], SPACED(i["unit_price"]), SPACED(i["amount"]))
            for n, i in enumerate(items, 1)
        ],
        grid="all",
    )
    net = total(items)
    tax = cents(net * Decimal("0.20"))
    s.pairs(
        330,
        545,
        y + 10,
        [
            ("Данъчна основа", SPACED(net) + " лв."),
            ("ДДС 20%", SPACED(tax) + " лв."),
            ("Сума за плащане", SPACED(net + tax) + " лв."),
        ],
        9.5,
        align="right",
    )
    s.lines(
        48,
        y + 76,
        [
            "Дата на данъчно събитие: 30.04.2025 г.",
            "Плащане: по банков път, IBAN BG33 UNCR 7000 8739 6738 68, падеж 29.05.2025 г.",
            "Съставил: М. Колева                                Получил:",
        ],
    )
    return label(
        items,
        invoice_number="0000001582",
        invoice_date="2025-05-15",
        due_date="2025-05-29",
        delivery_date="2025-04-30",
        currency="BGN",
        vendor_name="Счетоводна къща Тракия ЕООД",
        vendor_tax_id="BG208241158",
        vendor_tax_id_alternatives=["208241158"],
        vendor_country="BG",
        buyer_name="Розова Долина ООД",
        buyer_tax_id="BG201521410",
        subtotal=net,
        tax_amount=tax,
        total_amount=net + tax,
        amount_due=net + tax,
        iban="BG33UNCR70008739673868",
        taxes=[{"rate": "20", "base": str(net), "amount": str(tax)}],
    )
