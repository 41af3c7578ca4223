"""Documents of ironmongers, craftsmen and freelancers over two pages, as scans, sheets and plain text."""

from __future__ import annotations

import io
from datetime import date, datetime
from decimal import Decimal
from typing import Any

import xlsxwriter

from tests.drawn.labels import Label, amount, label, line, other_file, page, total
from tests.drawn.sheet import Numbers, Sheet, cents

EURO = Numbers(".", ",")
US = Numbers(",", ".")


@page("f26.pdf", "it", "IT")
def hardware(s: Sheet) -> Label:
    """Two pages of ironmongery with a sum carried forward, codes, pieces a box and two discounts after each other."""
    s.style("helv", 8.5)
    s.text(45, 50, "FERRAMENTA BRENTA S.R.L.", 14, bold=True)
    s.lines(45, 63, ["Via Cavallotti 51 - 35010 Vigonza (PD)", "P.IVA 03832240083 - Tel. 049 555 0190"], 7.5)
    s.lines(
        330,
        85,
        [
            "Destinatario",
            "Edil Cadore di Zandegiacomo & C. S.a.s.",
            "Via Alemagna 112",
            "32040 Borca di Cadore (BL)",
            "P.IVA 07390680374",
        ],
    )
    s.pairs(
        45,
        130,
        105,
        [
            ("Fattura", "2214/V"),
            ("Data", "31/10/2025"),
            ("Scadenza", "31/12/2025"),
            ("Vs. ordine", "118 del 02/10/2025"),
        ],
    )
    goods = (
        "Vite TPS 5x60",
        "Tassello 8x50",
        "Staffa zincata",
        "Disco taglio 115",
        "Punta SDS 10",
        "Silicone neutro",
        "Guanto nitrile",
        "Nastro telato",
        "Cerniera 80",
        "Catenaccio 200",
    )
    items, shown = [], []
    for n in range(46):
        listed = Decimal(120 + n * 35) / 100
        off = "20+5" if n % 3 == 0 else "15" if n % 3 == 1 else ""
        rest = Decimal("0.76") if n % 3 == 0 else Decimal("0.85") if n % 3 == 1 else Decimal(1)
        quantity = 10 + (n * 7) % 40
        value = cents(listed * rest * quantity)
        items.append(
            line(
                f"{goods[n % 10]} tipo {n + 1}",
                str(quantity),
                str((listed * rest).normalize()),
                value,
                item_code=f"F{1001 + n * 3}",
            )
        )
        shown.append(
            (
                f"F{1001 + n * 3}",
                items[-1]["description"],
                str(quantity),
                str(1 + n % 5),
                EURO(listed),
                off,
                EURO(value),
            )
        )

    def carry(drawn: int, y: float) -> float:
        so_far = EURO(total(items[:drawn]))
        s.pairs(400, 547, y + 14, [("A riportare", so_far)], align="right")
        s.text(545, 820, "Pag. 1 di 2", 7, align="right")
        s.next_page()
        s.text(45, 50, "FERRAMENTA BRENTA S.R.L.   Fattura 2214/V del 31/10/2025", 8)
        s.pairs(400, 547, 70, [("Riporto", so_far)], align="right")
        return 85

    y = s.table(
        45,
        185,
        [
            ("Codice", 50, "left"),
            ("Descrizione", 190, "left"),
            ("Q.tà", 40, "right"),
            ("Conf.", 40, "right"),
            ("Prezzo", 55, "right"),
            ("Sconto %", 50, "right"),
            ("Importo", 75, "right"),
        ],
        shown,
        bottom=730,
        on_break=carry,
    )
    net = total(items)
    tax = cents(net * Decimal("0.22"))
    s.pairs(
        350,
        545,
        y + 14,
        [("Totale merce", EURO(net)), ("IVA 22%", EURO(tax)), ("Totale documento €", EURO(net + tax))],
        align="right",
        bold_value=True,
    )
    s.text(45, y + 90, "Ri.Ba. 60 gg f.m. - Banca d'appoggio: Cassa Padovana, ABI 08429 CAB 62960")
    return label(
        items,
        invoice_number="2214/V",
        invoice_date="2025-10-31",
        due_date="2025-12-31",
        currency="EUR",
        purchase_order="118",
        vendor_name="FERRAMENTA BRENTA S.R.L.",
        vendor_tax_id="03832240083",
        vendor_tax_id_alternatives=["IT03832240083"],
        buyer_name="Edil Cadore di Zandegiacomo & C. S.a.s.",
        buyer_tax_id="07390680374",
        subtotal=net,
        tax_amount=tax,
        total_amount=net + tax,
        open_fields=("amount_due",),
    )


@page("f27.pdf", "en", "IE", scan_degrees=0.6)
def upholsterers(s: Sheet) -> Label:
    """A scanned bill of craftsmen: customer in a box at the right, tax of two rates, balance after a deposit."""
    s.style("times", 11)
    s.text(60, 65, "Lynch & Dunne, Upholsterers", 18, bold=True)
    s.lines(60, 84, ["Canal Row, Athlone, Co. Westmeath", "VAT No. IE8831080IH   Tel. 090 555 0142"], 10)
    s.box(340, 110, 205, 75)
    s.lines(348, 126, ["Customer", "The Shannon Lodge Hotel", "Lakeside Road", "Killaloe, Co. Clare"])
    s.pairs(
        60,
        160,
        130,
        [
            ("Invoice No.", "4471"),
            ("Invoice date", "12 November 2025"),
            ("Your order", "SL-209"),
            ("Payment due", "12 December 2025"),
        ],
    )
    items = [
        line("Recover dining chairs", "48", "62.00"),
        line("Rebuild lounge settees", "3", "385.00"),
        line("Fabric, metres", "74", "21.50"),
    ]
    y = s.table(
        60,
        225,
        [("Work", 230, "left"), ("Qty", 60, "right"), ("Each", 80, "right"), ("Amount", 100, "right")],
        [(i["description"], i["quantity"], US(i["unit_price"]), US(i["amount"])) for i in items],
        grid="all",
    )
    net = total(items)
    tax = cents(net * Decimal("0.135"))
    gross, paid = net + tax, Decimal("2000.00")
    s.pairs(
        300,
        527,
        y + 16,
        [
            ("Total before VAT", US(net)),
            ("VAT at 13.5%", US(tax)),
            ("Total", "€" + US(gross)),
            ("Less deposit received", "-" + US(paid)),
            ("Balance due", "€" + US(gross - paid)),
        ],
        align="right",
    )
    s.text(60, 620, "Please pay to IBAN IE92 BOFI 9000 1710 0279 52")
    return label(
        items,
        invoice_number="4471",
        invoice_date="2025-11-12",
        due_date="2025-12-12",
        currency="EUR",
        purchase_order="SL-209",
        vendor_name="Lynch & Dunne, Upholsterers",
        vendor_tax_id="IE8831080IH",
        buyer_name="The Shannon Lodge Hotel",
        subtotal=net,
        tax_amount=tax,
        total_amount=gross,
        amount_paid=paid,
        amount_due=gross - paid,
        iban="IE92BOFI90001710027952",
    )


@other_file("f28.csv", "de", "DE")
def export() -> tuple[bytes, Label]:
    """A merchandise program's export: particulars first, then articles with packs and kilograms beside the pieces."""
    rows = (
        ("71040", "Pflanzkübel 40 cm", "12", "2", "31,2", "14.90"),
        ("71088", "Rankgitter 180", "20", "4", "66,0", "22.40"),
        ("70311", "Blumenerde 70 l", "30", "30", "840,0", "5.95"),
    )
    items = [
        line(text, pieces, price, item_code=code, tax_rate="7" if code == "70311" else "19")
        for code, text, pieces, _, _, price in rows
    ]
    low = amount(items[2])
    high = total(items) - low
    low_tax, high_tax = cents(low * Decimal("0.07")), cents(high * Decimal("0.19"))
    gross = low + high + low_tax + high_tax
    table = [
        ["Rechnungssteller", "Gärtnereibedarf Ammersee OHG"],
        ["USt-IdNr.", "DE408322329"],
        ["Rechnungsempfänger", "Blumen Kreitmeier e.K."],
        ["Rechnungsnummer", "RE-118204"],
        ["Rechnungsdatum", "05.11.2025"],
        ["Fällig am", "19.11.2025"],
        ["Bestellnummer", "K-2025-88"],
        ["Währung", "EUR"],
        [],
        ["Artikel", "Bezeichnung", "Stück", "Gebinde", "Gewicht kg", "Einzelpreis", "MwSt %", "Gesamt"],
        *(
            [code, text, pieces, packs, weight, EURO(price), i["tax_rate"], EURO(i["amount"])]
            for (code, text, pieces, packs, weight, price), i in zip(rows, items, strict=True)
        ),
        [],
        ["Summe netto", "", "", "", "", "", "", EURO(low + high)],
        ["MwSt 7 %", "", "", "", "", "", "", EURO(low_tax)],
        ["MwSt 19 %", "", "", "", "", "", "", EURO(high_tax)],
        ["Gesamtbetrag", "", "", "", "", "", "", EURO(gross)],
        ["Zahlbetrag", "", "", "", "", "", "", EURO(gross)],
    ]
    return "".join(";".join(row) + "\r\n" for row in table).encode("cp1252"), label(
        items,
        invoice_number="RE-118204",
        invoice_date="2025-11-05",
        due_date="2025-11-19",
        currency="EUR",
        purchase_order="K-2025-88",
        vendor_name="Gärtnereibedarf Ammersee OHG",
        vendor_tax_id="DE408322329",
        buyer_name="Blumen Kreitmeier e.K.",
        subtotal=low + high,
        tax_amount=low_tax + high_tax,
        total_amount=gross,
        amount_due=gross,
        taxes=[
            {"rate": "7", "base": str(low), "amount": str(low_tax)},
            {"rate": "19", "base": str(high), "amount": str(high_tax)},
        ],
    )


@other_file("f29.xlsx", "pt", "BR")
def sheet() -> tuple[bytes, Label]:
    """A workshop's sheet: merged title, a head of two rows, formulas, retention of a municipal tax below the total."""
    target = io.BytesIO()
    book: Any = xlsxwriter.Workbook(target, {"in_memory": True})
    # Fixed, so that the set is the same each time; Excel knows no time zones.
    book.set_properties({"created": datetime(2025, 1, 1)})  # noqa: DTZ001
    bold = book.add_format({"bold": True, "align": "center"})
    money = book.add_format({"num_format": '"R$" #,##0.00'})
    day = book.add_format({"num_format": "dd/mm/yyyy"})
    page_ = book.add_worksheet("Fatura")
    page_.set_column(0, 0, 42)
    page_.set_column(1, 5, 15)
    page_.merge_range("A1:E1", "Tornearia Serra Gaúcha Ltda.", bold)
    page_.merge_range("A2:E2", "Rua dos Metalúrgicos, 410 - Caxias do Sul/RS - CNPJ 11.222.333/0001-81")
    page_.merge_range("A4:E4", "FATURA DE SERVIÇOS Nº 1.184", bold)
    for row, (key, value) in enumerate(
        (
            ("Cliente", "Moinho Campos Novos S.A."),
            ("CNPJ do cliente", "33.444.555/0001-81"),
            ("Pedido de compra", "45-20117"),
        ),
        5,
    ):
        page_.write(row, 0, key)
        page_.write(row, 1, value)
    for row, (key, moment) in enumerate(
        (("Data de emissão", date(2025, 11, 18)), ("Vencimento", date(2025, 12, 18))), 5
    ):
        page_.write(row, 3, key)
        page_.write_datetime(row, 4, moment, day)
    page_.merge_range("A10:A11", "Serviço", bold)
    page_.merge_range("B10:C10", "Execução", bold)
    page_.merge_range("D10:E10", "Valores", bold)
    for column, head in enumerate(("Peças", "Horas", "Valor hora", "Total"), 1):
        page_.write(10, column, head, bold)
    rows = (
        ("Usinagem de eixo", "4", "18.5", "142.00"),
        ("Retífica de cilindro", "2", "11", "165.00"),
        ("Balanceamento de rotor", "1", "6.5", "190.00"),
    )
    items = [line(text, hours, price) for text, _, hours, price in rows]
    for row, (i, (_, pieces, _, _)) in enumerate(zip(items, rows, strict=True), 11):
        page_.write(row, 0, i["description"])
        page_.write(row, 1, int(pieces))
        page_.write(row, 2, float(i["quantity"]))
        page_.write(row, 3, float(i["unit_price"]), money)
        page_.write_formula(row, 4, f"=C{row + 1}*D{row + 1}", money, float(i["amount"]))
    net = total(items)
    for row, (key, value) in enumerate(
        (
            ("Valor total dos serviços", net),
            ("ISS retido 3%", -cents(net * Decimal("0.03"))),
            ("Valor líquido a pagar", net - cents(net * Decimal("0.03"))),
        ),
        15,
    ):
        page_.write(row, 3, key)
        page_.write(row, 4, float(value), money)
    book.close()
    return target.getvalue(), label(
        items,
        invoice_number="1.184",
        invoice_number_alternatives=["1184"],
        invoice_date="2025-11-18",
        due_date="2025-12-18",
        currency="BRL",
        purchase_order="45-20117",
        vendor_name="Tornearia Serra Gaúcha Ltda.",
        vendor_tax_id="11.222.333/0001-81",
        vendor_tax_id_alternatives=["11222333000181"],
        buyer_name="Moinho Campos Novos S.A.",
        total_amount=net,
        withholding_amount=cents(net * Decimal("0.03")),
        amount_due=net - cents(net * Decimal("0.03")),
        open_fields=("subtotal", "tax_amount"),
    )


@other_file("f30.txt", "en", "GB")
def letter() -> tuple[bytes, Label]:
    """An editor's bill typed as plain text, not registered for tax, terms and bank below."""
    items = [
        line("Copy-edit, chapters 1 to 9", "61", "32.00"),
        line("Index, 212 pages", "212", "2.75"),
        line("Proof collation", "7.5", "32.00"),
    ]
    rows = "\n".join(
        f"{i['description']:<34}{i['quantity']:>8}{US(i['unit_price']):>10}{US(i['amount']):>12}" for i in items
    )
    text = f"""Imogen Fairweather, Editor
Rose Cottage, Back Lane, Settle BD24 9HX
imogen@fairweather-edits.example

INVOICE IF/2025/31

To: Ribblehead Press Ltd
    Viaduct House, Ingleton LA6 3JG

Date:           24 November 2025
Your reference: PO RP-0881
Payment due:    8 December 2025

{"Work":<34}{"Qty":>8}{"Rate":>10}{"Amount":>12}
{"-" * 64}
{rows}
{"-" * 64}
{"Total to pay":<42}{"GBP":>10}{US(total(items)):>12}

I am not registered for VAT.
Please pay to I Fairweather, sort code 40-22-17, account 51184420.
"""
    return text.encode(), label(
        items,
        invoice_number="IF/2025/31",
        invoice_date="2025-11-24",
        due_date="2025-12-08",
        currency="GBP",
        purchase_order="RP-0881",
        vendor_name="Imogen Fairweather, Editor",
        vendor_name_alternatives=["Imogen Fairweather"],
        buyer_name="Ribblehead Press Ltd",
        total_amount=total(items),
        amount_due=total(items),
        open_fields=("subtotal", "tax_amount"),
    )
