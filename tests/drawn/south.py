"""Documents from France, French-speaking Switzerland, Italy, Spain, Portugal and Brazil."""

from __future__ import annotations

from decimal import Decimal

from tests.drawn.labels import Label, label, line, page, total
from tests.drawn.sheet import Numbers, Sheet, cents

FR = Numbers(" ", ",")
CH = Numbers("'", ".")
IT = Numbers(".", ",")


@page("d06.pdf", "fr", "CH")
def architect(s: Sheet) -> Label:
    """A freelancer without VAT, fees by hour, an advance taken off, everything below the letter."""
    s.style("times", 10.5)
    s.lines(70, 62, ["Sylvie Monnard", "architecte EPFL"], 15)
    s.lines(70, 102, ["Chemin des Vignes 11, 1095 Lutry", "079 555 01 18, atelier@monnard-archi.example"], 9)
    s.lines(345, 150, ["Commune de Savigny", "Service des bâtiments", "Route de Mollie-Margot 4", "1073 Savigny"])
    s.text(345, 222, "Lutry, le 4 décembre 2025")
    s.text(70, 256, "Note d'honoraires n° 2025/37", 13, bold=True)
    s.text(70, 276, "Concerne : transformation de l'ancienne laiterie, phase 41 (appel d'offres)")
    items = [
        line("Plans et détails, échelle 1:20", "46", "135.00"),
        line("Descriptifs CAN", "28.5", "135.00"),
        line("Séances de coordination", "9", "155.00"),
        line("Frais de reproduction et déplacements", "1", "412.60"),
    ]
    y = s.table(
        66,
        292,
        [("Prestation", 235, "left"), ("Heures", 55, "right"), ("Tarif", 70, "right"), ("Montant CHF", 95, "right")],
        [
            (
                i["description"],
                "" if i["quantity"] == "1" else CH(i["quantity"], 1),
                "" if i["quantity"] == "1" else CH(i["unit_price"]),
                CH(i["amount"]),
            )
            for i in items
        ],
        gap=4,
    )
    # The expenses are a lump sum: the page shows neither a quantity nor a price for them.
    del items[3]["quantity"], items[3]["unit_price"]
    net, advance = total(items), Decimal("5000.00")
    y = s.pairs(
        280,
        518,
        y + 4,
        [("Total honoraires et frais", CH(net)), ("./. acompte reçu le 15.10.2025", "-" + CH(advance))],
        align="right",
    )
    s.text(280, y + 4, "Solde à payer CHF", bold=True)
    s.text(518, y + 4, CH(net - advance), bold=True, align="right")
    s.lines(
        70,
        y + 48,
        [
            "Non assujettie à la TVA. Payable à 30 jours, au plus tard le 3 janvier 2026.",
            "Banque Lémanique, IBAN CH37 0144 1870 2206 6443 5",
            "",
            "Avec mes remerciements pour votre confiance.",
        ],
    )
    return label(
        items,
        invoice_number="2025/37",
        invoice_date="2025-12-04",
        due_date="2026-01-03",
        currency="CHF",
        vendor_name="Sylvie Monnard",
        vendor_name_alternatives=["Sylvie Monnard architecte EPFL", "Sylvie Monnard, architecte EPFL"],
        vendor_country="CH",
        buyer_name="Commune de Savigny",
        total_amount=net,
        amount_paid=advance,
        amount_due=net - advance,
        iban="CH3701441870220664435",
        open_fields=("subtotal", "tax_amount"),
    )


@page("d31.pdf", "it", "IT")
def engineer(s: Sheet) -> Label:
    """A professional's bill: pension fund charge, VAT, tax withheld by the customer."""
    s.style("helv", 10)
    s.text(60, 62, "Ing. Caterina Boschetto", 15, bold=True)
    s.lines(60, 78, ["Via San Vito 31 - 36100 Vicenza", "P.IVA 01381140969 - C.F. BSCCRN81M47L840K"], 9)
    s.lines(
        345,
        120,
        ["Spett.le", "Cantina Monte Berico S.r.l.", "Strada Marosticana 210", "36100 Vicenza", "P.IVA IT07690510966"],
    )
    s.text(60, 222, "Fattura n. 14/2025 del 30/06/2025", 12, bold=True)
    items = [
        line("Progetto esecutivo impianto fotovoltaico", "1", "3200.00"),
        line("Direzione lavori, ore", "22", "65.00"),
        line("Pratica GSE", "1", "480.00"),
    ]
    y = s.table(
        60,
        240,
        [("Descrizione", 260, "left"), ("Q.tà", 45, "right"), ("Prezzo", 85, "right"), ("Importo", 85, "right")],
        [(i["description"], i["quantity"], IT(i["unit_price"]), IT(i["amount"])) for i in items],
        grid="all",
        gap=3,
    )
    fees = total(items)
    fund = cents(fees * Decimal("0.04"))
    net = fees + fund
    tax = cents(net * Decimal("0.22"))
    withheld = cents(fees * Decimal("0.20"))
    due = net + tax - withheld
    y = s.pairs(
        250,
        532,
        y + 10,
        [
            ("Onorari", "€ " + IT(fees)),
            ("Contributo integrativo Inarcassa 4%", "€ " + IT(fund)),
            ("Imponibile", "€ " + IT(net)),
            ("IVA 22%", "€ " + IT(tax)),
            ("Totale fattura", "€ " + IT(net + tax)),
            ("Ritenuta d'acconto 20% su " + IT(fees), "- € " + IT(withheld)),
            ("Netto a pagare", "€ " + IT(due)),
        ],
        align="right",
    )
    s.lines(
        60,
        y + 30,
        [
            "Pagamento: bonifico bancario entro il 31/07/2025",
            "IBAN IT67 A030 6909 6063 7899 8684 320 - Banca dei Colli, filiale di Vicenza",
        ],
        9,
    )
    return label(
        items,
        invoice_number="14/2025",
        invoice_date="2025-06-30",
        due_date="2025-07-31",
        currency="EUR",
        vendor_name="Ing. Caterina Boschetto",
        vendor_name_alternatives=["Caterina Boschetto"],
        vendor_tax_id="01381140969",
        vendor_tax_id_alternatives=["IT01381140969"],
        vendor_country="IT",
        buyer_name="Cantina Monte Berico S.r.l.",
        buyer_tax_id="IT07690510966",
        charge_total=fund,
        subtotal=net,
        tax_amount=tax,
        total_amount=net + tax,
        withholding_amount=withheld,
        amount_due=due,
        iban="IT67A0306909606378998684320",
        taxes=[{"rate": "22", "base": str(net), "amount": str(tax)}],
    )


@page("d33.pdf", "fr", "FR")
def drinks(s: Sheet) -> Label:
    """Forty rows over two pages with carried-forward totals, returnable crates, two rates."""
    s.style("helv", 8.5)

    def head(page_number: int) -> None:
        s.text(45, 52, "CAVES & BRASSEURS DU SEGRÉEN", 13, bold=True, color="#702020")
        s.lines(
            45,
            64,
            ["SAS au capital de 120 000 € - ZA des Forges, 49500 Segré", "SIRET 423 734 227 00018 - TVA FR39423734227"],
            7,
        )
        s.text(550, 52, "FACTURE N° F2508-0446", 11, bold=True, align="right")
        s.text(550, 65, f"du 31/08/2025 - Page {page_number}/2", 8, align="right")

    head(1)
    s.box(310, 84, 240, 66)
    s.lines(320, 100, ["LE COMPTOIR DES HALLES", "M. Baudry", "6 place du Marché", "53200 CHÂTEAU-GONTIER"], 9.5)
    s.pairs(
        45,
        130,
        100,
        [("Client", "C04471"), ("Échéance", "30/09/2025"), ("Règlement", "Prélèvement"), ("BL", "88102 à 88161")],
    )
    names = [
        "Muscadet sur lie 75 cl",
        "Anjou rouge 75 cl",
        "Saumur brut 75 cl",
        "Cabernet d'Anjou 75 cl",
        "Bière blonde fût 30 l",
        "Bière ambrée fût 20 l",
        "Cidre fermier 75 cl",
        "Eau gazeuse 1 l",
        "Jus de pomme 1 l",
        "Limonade artisanale 33 cl",
    ]
    soft = {7, 8, 9}
    items = []
    for n in range(38):
        which = n % 10
        items.append(
            line(
                f"{names[which]} lot {1200 + n}",
                str(6 + (n * 7) % 19),
                str(Decimal("1.15") + Decimal(which * 37 % 11) / 2 + Decimal(n) / 20),
                item_code=f"{30410 + n * 13}",
                tax_rate="5.5" if which in soft else "20",
            )
        )
    crates = line("Consignes casiers vides rendus", "-14", "4.20", item_code="90001", tax_rate="0")
    crates["amount"] = str(cents(Decimal("-14") * Decimal("4.20")))
    items.append(crates)
    items.append(line("Consignes casiers livrés", "22", "4.20", item_code="90002", tax_rate="0"))

    def turn(done: int, y: float) -> float:
        carried = FR(total(items[:done]))
        s.text(460, y + 16, "À reporter", bold=True, align="right")
        s.text(547, y + 16, carried, bold=True, align="right")
        s.next_page()
        head(2)
        s.text(460, 92, "Report", bold=True, align="right")
        s.text(547, 92, carried, bold=True, align="right")
        return 100

    y = s.table(
        45,
        170,
        [
            ("Réf.", 45, "left"),
            ("Désignation", 220, "left"),
            ("Qté", 45, "right"),
            ("P.U. HT", 65, "right"),
            ("TVA", 50, "right"),
            ("Montant HT", 80, "right"),
        ],
        [
            (
                i["item_code"],
                i["description"],
                i["quantity"],
                FR(i["unit_price"]),
                FR(i["tax_rate"], 1) if i["tax_rate"] == "5.5" else i["tax_rate"],
                FR(i["amount"]),
            )
            for i in items
        ],
        fill="#f0e4e4",
        bottom=700,
        gap=1.5,
        on_break=turn,
    )
    taxes = []
    for rate in ("5.5", "20", "0"):
        base = total(i for i in items if i["tax_rate"] == rate)
        taxes.append({"rate": rate, "base": str(base), "amount": str(cents(base * Decimal(rate) / 100))})
    net, tax = total(items), sum((Decimal(t["amount"]) for t in taxes), Decimal(0))
    s.table(
        45,
        y + 10,
        [("Taux", 50, "right"), ("Base HT", 80, "right"), ("Montant TVA", 80, "right")],
        [(FR(t["rate"], 1) + " %", FR(t["base"]), FR(t["amount"])) for t in taxes],
        grid="all",
    )
    s.pairs(
        340,
        547,
        y + 22,
        [("Total HT", FR(net)), ("Total TVA", FR(tax)), ("NET À PAYER (EUR)", FR(net + tax))],
        10,
        align="right",
        bold_value=True,
    )
    s.text(
        45,
        y + 120,
        "Pas d'escompte pour paiement anticipé. Pénalités de retard : 3 fois le taux d'intérêt légal ; "
        "indemnité forfaitaire 40 €.",
        7,
    )
    return label(
        items,
        invoice_number="F2508-0446",
        invoice_date="2025-08-31",
        due_date="2025-09-30",
        currency="EUR",
        vendor_name="CAVES & BRASSEURS DU SEGRÉEN",
        vendor_tax_id="FR39423734227",
        vendor_country="FR",
        buyer_name="LE COMPTOIR DES HALLES",
        subtotal=net,
        tax_amount=tax,
        total_amount=net + tax,
        amount_due=net + tax,
        taxes=taxes,
    )


@page("d32.pdf", "es", "ES", scan_degrees=-0.5)
def spanish_correction(s: Sheet) -> Label:
    """A correcting invoice with negative totals, scanned."""
    s.style("helv", 10)
    s.text(55, 62, "SUMINISTROS EL CIERZO, S.L.", 15, bold=True)
    s.lines(55, 78, ["Pol. Ind. Malpica, calle F, nave 12 - 50016 Zaragoza", "CIF B61563466 - Tel. 976 55 50 21"], 9)
    s.box(320, 110, 220, 74)
    s.lines(
        328, 126, ["Cliente:", "Riegos del Jalón, S.L.", "NIF B02988715", "Avda. de la Estación 9", "50290 Épila"], 9.5
    )
    s.text(55, 128, "FACTURA RECTIFICATIVA", 12, bold=True)
    s.pairs(55, 160, 148, [("Número", "R25-0032"), ("Fecha", "09/10/2025"), ("Rectifica la factura", "A25-1870")])
    pieces = [("Electroválvula 1 1/2 pulgadas", "6", "48.30"), ("Programador riego 8 estaciones", "1", "215.00")]
    items = [line(text, quantity, price, tax_rate="21") for text, quantity, price in pieces]
    y = s.table(
        55,
        215,
        [("Concepto", 235, "left"), ("Uds.", 50, "right"), ("Precio", 90, "right"), ("Importe", 110, "right")],
        [(i["description"], "-" + i["quantity"], IT(i["unit_price"]), "-" + IT(i["amount"])) for i in items],
        grid="all",
        gap=4,
    )
    net = total(items)
    tax = cents(net * Decimal("0.21"))
    s.pairs(
        300,
        537,
        y + 14,
        [("Base imponible", "-" + IT(net)), ("IVA 21 %", "-" + IT(tax)), ("TOTAL EUR", "-" + IT(net + tax))],
        11,
        align="right",
        bold_value=True,
    )
    s.text(55, y + 90, "Motivo: devolución de material. El importe se abonará en su cuenta.")
    return label(
        items,
        document_type="credit_note",
        invoice_number="R25-0032",
        invoice_date="2025-10-09",
        preceding_invoice="A25-1870",
        currency="EUR",
        vendor_name="SUMINISTROS EL CIERZO, S.L.",
        vendor_tax_id="B61563466",
        vendor_tax_id_alternatives=["ESB61563466"],
        vendor_country="ES",
        buyer_name="Riegos del Jalón, S.L.",
        buyer_tax_id="B02988715",
        subtotal=net,
        tax_amount=tax,
        total_amount=net + tax,
        open_fields=("amount_due",),
        taxes=[{"rate": "21", "base": str(net), "amount": str(tax)}],
    )


@page("d13.pdf", "pt", "PT")
def pharmacy_supplier(s: Sheet) -> Label:
    """A pharmacy wholesaler: discount column, lots and expiry under each item, two rates, ATCUD."""
    s.style("helv", 8)
    s.text(45, 54, "Farmadouro", 20, bold=True, color="#006a4e")
    s.lines(
        45,
        68,
        ["Farmadouro - Distribuição Farmacêutica, Lda.", "Rua da Constituição 870, 4200-195 Porto", "NIF 507288351"],
        7.5,
    )
    s.text(550, 54, "Fatura FT 2025A/20871", 12, bold=True, align="right")
    s.text(550, 67, "ATCUD: JFX8T2KM-20871   Original", 7.5, align="right")
    s.lines(
        330,
        104,
        [
            "Exmo.(s) Sr.(s)",
            "Farmácia Sá da Bandeira, Unip. Lda.",
            "Rua Sá da Bandeira 212",
            "4000-428 Porto",
            "NIF: 507472292",
        ],
        9,
    )
    s.table(
        45,
        176,
        [
            ("Data", 80, "left"),
            ("Vencimento", 90, "left"),
            ("Cliente n.º", 80, "left"),
            ("V/ Encomenda", 120, "left"),
            ("Vendedor", 135, "left"),
        ],
        [("2025-03-18", "2025-04-17", "31809", "ENC 5512", "Zona Norte 2")],
        grid="all",
        fill="#dff0ea",
    )
    raw = [
        ("5440188", "Paracetamol 500 mg, 20 comp.", "120", "1.42", "6", "6", "L22A4 · 2027-09"),
        ("5512904", "Ibuprofeno 400 mg, 20 comp.", "80", "2.05", "6", "6", "L8810 · 2027-03"),
        ("7301155", "Protetor solar FPS 50, 200 ml", "24", "11.90", "15", "23", "PS-401 · 2028-01"),
        ("7310020", "Escova de dentes suave", "36", "2.38", "0", "23", "ED-7 · -"),
    ]
    items, rows = [], []
    for code, text, quantity, price, percent, rate, lot in raw:
        net_amount = cents(Decimal(quantity) * Decimal(price) * (100 - Decimal(percent)) / 100)
        net_price = (Decimal(price) * (100 - Decimal(percent)) / 100).normalize()
        items.append(line(text, quantity, f"{net_price:f}", net_amount, item_code=code, tax_rate=rate))
        rows.append((code, f"{text}\n  Lote/Val.: {lot}", quantity, FR(price), FR(percent), rate, FR(net_amount)))
    y = s.table(
        45,
        224,
        [
            ("Código", 55, "left"),
            ("Descrição", 205, "left"),
            ("Qtd.", 40, "right"),
            ("Pr. unit.", 55, "right"),
            ("Desc. %", 45, "right"),
            ("IVA", 30, "right"),
            ("Total líq.", 75, "right"),
        ],
        rows,
        fill="#dff0ea",
        grid="rows",
    )
    taxes = []
    for rate in ("6", "23"):
        base = total(i for i in items if i["tax_rate"] == rate)
        taxes.append({"rate": rate, "base": str(base), "amount": str(cents(base * Decimal(rate) / 100))})
    net, tax = total(items), sum((Decimal(t["amount"]) for t in taxes), Decimal(0))
    s.text(45, y + 8, "Resumo de IVA", bold=True)
    s.table(
        45,
        y + 12,
        [("Taxa", 45, "right"), ("Incidência", 70, "right"), ("Valor IVA", 65, "right")],
        [(t["rate"] + "%", FR(t["base"]), FR(t["amount"])) for t in taxes],
        grid="rows",
    )
    s.pairs(
        350,
        547,
        y + 22,
        [
            ("Total ilíquido", FR(sum(Decimal(r[2]) * Decimal(r[3]) for r in raw))),
            ("Descontos", FR(sum(cents(Decimal(r[2]) * Decimal(r[3])) for r in raw) - net)),
            ("Total s/ IVA", FR(net)),
            ("IVA", FR(tax)),
            ("Total a pagar (EUR)", FR(net + tax)),
        ],
        9,
        align="right",
    )
    s.text(45, 770, "k9Xw-Processado por programa certificado n.º 0000/AT · IBAN PT87 0033 0000 6805 2482 9681 3", 7)
    return label(
        items,
        invoice_number="FT 2025A/20871",
        invoice_date="2025-03-18",
        due_date="2025-04-17",
        currency="EUR",
        purchase_order="ENC 5512",
        vendor_name="Farmadouro - Distribuição Farmacêutica, Lda.",
        vendor_tax_id="507288351",
        vendor_tax_id_alternatives=["PT507288351"],
        vendor_country="PT",
        buyer_name="Farmácia Sá da Bandeira, Unip. Lda.",
        buyer_tax_id="507472292",
        subtotal=net,
        tax_amount=tax,
        total_amount=net + tax,
        amount_due=net + tax,
        iban="PT87003300006805248296813",
        taxes=taxes,
    )


@page("d14.pdf", "pt", "BR")
def brazilian_service(s: Sheet) -> Label:
    """A municipal service note: everything in ruled boxes, taxes inside the price, taxes withheld."""
    s.style("helv", 8.5)
    s.box(40, 40, 515, 48)
    s.text(50, 58, "PREFEITURA MUNICIPAL DE JOINVILLE", 11, bold=True)
    s.text(50, 74, "NOTA FISCAL DE SERVIÇOS ELETRÔNICA - NFS-e", 10)
    s.pairs(
        400,
        475,
        56,
        [("Número da nota", "00003187"), ("Data de emissão", "07/11/2025"), ("Código verif.", "Q7RT-KLM2")],
        8,
        leading=12,
    )
    s.box(40, 92, 515, 70)
    s.text(50, 104, "PRESTADOR DE SERVIÇOS", 8, bold=True)
    s.lines(
        50,
        118,
        [
            "Razão social: Manutenção Predial Itapoá Ltda.",
            "CNPJ: 60.428.965/0001-01    Inscrição municipal: 118.442-0",
            "Rua das Palmeiras, 391 - Joinville/SC - CEP 89201-330",
        ],
    )
    s.box(40, 166, 515, 60)
    s.text(50, 178, "TOMADOR DE SERVIÇOS", 8, bold=True)
    s.lines(
        50,
        192,
        [
            "Razão social: Condomínio Edifício Aurora do Norte",
            "CNPJ: 03.014.427/0001-37",
            "Rua Blumenau, 1200 - Joinville/SC",
        ],
    )
    s.box(40, 230, 515, 92)
    s.text(50, 242, "DISCRIMINAÇÃO DOS SERVIÇOS", 8, bold=True)
    items = [
        line("Manutenção preventiva de elevadores", "2", "1450.00"),
        line("Limpeza de reservatórios", "3", "620.00"),
    ]
    s.lines(
        50,
        258,
        [
            f"{i['quantity']} x {i['description']} - valor unitário R$ {IT(i['unit_price'])}"
            f" - total R$ {IT(i['amount'])}"
            for i in items
        ],
    )
    s.text(50, 300, "Vencimento: 21/11/2025")
    gross = total(items)
    iss, income_tax = cents(gross * Decimal("0.05")), cents(gross * Decimal("0.015"))
    s.box(40, 326, 515, 26, fill="#eeeeee")
    s.text(50, 343, f"VALOR TOTAL DA NOTA = R$ {IT(gross)}", 11, bold=True)
    s.table(
        40,
        356,
        [
            ("Base de cálculo (R$)", 115, "right"),
            ("Alíquota", 70, "right"),
            ("ISS retido (R$)", 100, "right"),
            ("IRRF 1,5% (R$)", 100, "right"),
            ("Valor líquido (R$)", 130, "right"),
        ],
        [(IT(gross), "5,00%", IT(iss), IT(income_tax), IT(gross - iss - income_tax))],
        grid="all",
    )
    s.text(50, 410, "O ISS desta NFS-e é retido pelo tomador. Documento emitido por prestador do regime normal.", 7.5)
    return label(
        items,
        invoice_number="00003187",
        invoice_number_alternatives=["3187"],
        invoice_date="2025-11-07",
        due_date="2025-11-21",
        currency="BRL",
        vendor_name="Manutenção Predial Itapoá Ltda.",
        vendor_tax_id="60.428.965/0001-01",
        vendor_tax_id_alternatives=["60428965000101"],
        vendor_country="BR",
        buyer_name="Condomínio Edifício Aurora do Norte",
        buyer_tax_id="03.014.427/0001-37",
        total_amount=gross,
        withholding_amount=iss + income_tax,
        amount_due=gross - iss - income_tax,
        open_fields=("subtotal", "tax_amount"),
    )
