"""Documents of those who bill month by month: water, electricity, telephone, software, hosting, security."""

from __future__ import annotations

from decimal import Decimal

from tests.drawn.labels import Label, amount, label, line, other_file, page, total
from tests.drawn.sheet import Numbers, Sheet, cents

EURO = Numbers(".", ",")
SPACED = Numbers(" ", ",")
US = Numbers(",", ".")


@page("f07.pdf", "fr", "FR")
def water(s: Sheet) -> Label:
    """A water bill: address window at the right, meter readings above the items, two rates, direct debit."""
    s.style("helv", 9)
    s.text(45, 55, "Syndicat des Eaux du Haut-Bocage", 13, bold=True, color="#005a8c")
    s.lines(45, 70, ["4 place du Marché, 79140 Cerizay", "Accueil : 05 49 00 41 12", "TVA intracom. FR67350981197"], 8)
    s.lines(320, 130, ["SARL LES JARDINS D'AMAILLOUX", "12 ROUTE DE PARTHENAY", "79350 AMAILLOUX"], 10)
    s.text(45, 130, "VOTRE FACTURE D'EAU", 13, bold=True)
    s.pairs(
        45,
        145,
        150,
        [
            ("N° de facture", "2025-E-0077412"),
            ("Date de facture", "06/10/2025"),
            ("Référence client", "00418-552"),
            ("Période", "01/04/2025 au 30/09/2025"),
        ],
    )
    s.text(45, 215, "Compteur 18FA044127 : ancien index 1 204, nouvel index 1 516, consommation 312 m3", 8)
    items = [
        line("Abonnement eau (6 mois)", "6", "8.15", tax_rate="5.5"),
        line("Consommation eau potable", "312", "1.42", unit="m3", tax_rate="5.5"),
        line("Collecte et traitement des eaux usées", "312", "1.90", unit="m3", tax_rate="10"),
        line("Redevance pollution domestique", "312", "0.33", unit="m3", tax_rate="5.5"),
    ]
    y = s.table(
        45,
        232,
        [
            ("", 235, "left"),
            ("Quantité", 60, "right"),
            ("Prix unitaire HT", 80, "right"),
            ("TVA", 50, "right"),
            ("Montant HT", 80, "right"),
        ],
        [
            (
                i["description"],
                i["quantity"],
                SPACED(i["unit_price"], 4),
                EURO(i["tax_rate"], 1) + " %",
                SPACED(i["amount"]),
            )
            for i in items
        ],
        grid="rows",
    )
    low = sum((amount(i) for i in items if i["tax_rate"] == "5.5"), Decimal(0))
    high = total(items) - low
    low_tax, high_tax = cents(low * Decimal("0.055")), cents(high * Decimal("0.1"))
    due = low + high + low_tax + high_tax
    s.pairs(
        310,
        547,
        y + 8,
        [
            ("Total HT", SPACED(low + high)),
            (f"TVA 5,5 % sur {SPACED(low)}", SPACED(low_tax)),
            (f"TVA 10 % sur {SPACED(high)}", SPACED(high_tax)),
            ("Total TTC", SPACED(due)),
            ("Net à payer", SPACED(due) + " €"),
        ],
        align="right",
    )
    s.lines(
        45,
        640,
        [
            "Cette somme sera prélevée le 27/10/2025 sur votre compte FR76 XXXX XXXX XXXX XXXX XX41 208.",
            "Aucun escompte pour paiement anticipé. Pénalités de retard : trois fois le taux légal.",
        ],
        8,
    )
    return label(
        items,
        invoice_number="2025-E-0077412",
        invoice_date="2025-10-06",
        currency="EUR",
        vendor_name="Syndicat des Eaux du Haut-Bocage",
        vendor_tax_id="FR67350981197",
        buyer_name="SARL LES JARDINS D'AMAILLOUX",
        subtotal=low + high,
        tax_amount=low_tax + high_tax,
        total_amount=due,
        amount_due=due,
        taxes=[
            {"rate": "5.5", "base": str(low), "amount": str(low_tax)},
            {"rate": "10", "base": str(high), "amount": str(high_tax)},
        ],
        open_fields=("due_date",),
    )


@page("f08.pdf", "it", "IT")
def telephone(s: Sheet) -> Label:
    """A telephone bill: sums by line on the first page, every call with its price on the second."""
    s.style("sans", 8)
    s.text(45, 52, "Rete Adige Telecomunicazioni S.p.A.", 13, bold=True)
    s.lines(45, 66, ["Sede legale: Via del Brennero 260, 38121 Trento", "Partita IVA e Codice Fiscale 00711850842"], 7)
    s.lines(
        345, 110, ["Spett.le", "AUTOFFICINA ZANOLLI S.N.C.", "VIA NAZIONALE 88", "38061 ALA TN", "P.IVA 04511070270"], 9
    )
    s.pairs(
        45,
        150,
        120,
        [
            ("Fattura n.", "A25-1190833"),
            ("Emessa il", "05/11/2025"),
            ("Bimestre", "settembre - ottobre 2025"),
            ("Codice cliente", "7710441"),
            ("Scadenza", "05/12/2025"),
        ],
    )
    items = [
        line("Linea 0464 551207 - canone Ufficio Pro", "2", "34.90", tax_rate="22"),
        line("Fibra 1000 - canone", "2", "29.00", tax_rate="22"),
        line("Traffico verso cellulari, minuti", "214", "0.09", tax_rate="22"),
        line("Chiamate internazionali", "1", "11.63", tax_rate="22"),
    ]
    y = s.table(
        45,
        215,
        [
            ("Descrizione", 245, "left"),
            ("Quantità", 55, "right"),
            ("Prezzo", 65, "right"),
            ("IVA %", 45, "right"),
            ("Importo €", 75, "right"),
        ],
        [(i["description"], i["quantity"], EURO(i["unit_price"]), "22", EURO(i["amount"])) for i in items],
    )
    net = total(items)
    tax = cents(net * Decimal("0.22"))
    s.pairs(
        330,
        530,
        y + 12,
        [
            ("Totale imponibile", EURO(net)),
            ("IVA 22%", EURO(tax)),
            ("Totale fattura", EURO(net + tax)),
            ("Totale da pagare", EURO(net + tax)),
        ],
        align="right",
    )
    s.text(45, 640, "Pagamento con addebito diretto. In caso di bonifico: IBAN IT60 X054 2811 1010 0000 0123 456")
    s.text(530, 800, "Pagina 1 di 2", 7, align="right")
    s.next_page()
    s.text(45, 50, "Dettaglio del traffico - fattura A25-1190833", 11, bold=True)
    calls = [
        (
            f"{1 + n // 2:02}/09/2025",
            f"{8 + n % 9:02}:{(n * 13) % 60:02}:{(n * 7) % 60:02}",
            f"+43 512 55{n:02}XXX" if n % 5 == 0 else f"34{n % 9}71{n:02}XXX",
            f"0:{(n * 3) % 12:02}:{(n * 11) % 60:02}",
            EURO(Decimal(n % 7) * Decimal("0.09")),
        )
        for n in range(40)
    ]
    s.table(
        45,
        65,
        [
            ("Data", 80, "left"),
            ("Ora", 70, "left"),
            ("Numero chiamato", 130, "left"),
            ("Durata", 70, "right"),
            ("Importo", 70, "right"),
        ],
        calls,
        grid="rows",
        size=7,
    )
    s.text(530, 800, "Pagina 2 di 2", 7, align="right")
    return label(
        items,
        invoice_number="A25-1190833",
        invoice_date="2025-11-05",
        due_date="2025-12-05",
        currency="EUR",
        vendor_name="Rete Adige Telecomunicazioni S.p.A.",
        vendor_tax_id="00711850842",
        vendor_tax_id_alternatives=["IT00711850842"],
        buyer_name="AUTOFFICINA ZANOLLI S.N.C.",
        buyer_tax_id="04511070270",
        subtotal=net,
        tax_amount=tax,
        total_amount=net + tax,
        amount_due=net + tax,
        iban="IT60X0542811101000000123456",
    )


@page("f09.pdf", "en", "US")
def receipt(s: Sheet) -> Label:
    """A software company's invoice that a card has paid: amounts with the sign, dates with month names, zero due."""
    s.style("helv", 9.5)
    s.text(50, 65, "Invoice", 20, bold=True)
    s.text(545, 65, "Larkspur", 18, bold=True, align="right", color="#5b49d6")
    s.pairs(
        50,
        140,
        95,
        [("Invoice number", "7F3A90C1-0014"), ("Date of issue", "October 3, 2025"), ("Date paid", "October 3, 2025")],
        bold_key=True,
    )
    s.lines(
        50,
        160,
        [
            "Larkspur Analytics, Inc.",
            "548 Market Street, PMB 22018",
            "San Francisco, California 94104",
            "United States",
            "billing@larkspur.example",
        ],
    )
    s.lines(
        300,
        160,
        ["Bill to", "Prairie Wind Dental Group", "1907 Larimer Avenue", "Omaha, Nebraska 68102", "United States"],
    )
    items = [
        line("Growth plan (Oct 3 - Nov 3, 2025)", "1", "249.00"),
        line("Additional seats", "6", "18.00"),
        line("Text messages, United States", "4120", "0.0125"),
    ]
    net = total(items)
    s.text(50, 255, f"${US(net)} paid on October 3, 2025", 14, bold=True)
    y = s.table(
        50,
        275,
        [("Description", 265, "left"), ("Qty", 60, "right"), ("Unit price", 80, "right"), ("Amount", 90, "right")],
        [
            (
                i["description"],
                US(i["quantity"], 0),
                "$" + (i["unit_price"] if i["unit_price"] == "0.0125" else US(i["unit_price"])),
                "$" + US(i["amount"]),
            )
            for i in items
        ],
        grid="rows",
        head_bold=False,
    )
    s.pairs(
        320,
        542,
        y + 8,
        [
            ("Subtotal", f"${US(net)}"),
            ("Total", f"${US(net)}"),
            ("Amount paid", f"${US(net)}"),
            ("Amount due", "$0.00 USD"),
        ],
        align="right",
    )
    s.text(50, 560, "Payment history", 11, bold=True)
    s.table(
        50,
        570,
        [
            ("Payment method", 150, "left"),
            ("Date", 120, "left"),
            ("Amount paid", 90, "left"),
            ("Receipt number", 120, "left"),
        ],
        [("Visa - 4417", "October 3, 2025", f"${US(net)}", "2204-8817")],
        grid="rows",
    )
    return label(
        items,
        invoice_number="7F3A90C1-0014",
        invoice_date="2025-10-03",
        currency="USD",
        vendor_name="Larkspur Analytics, Inc.",
        vendor_name_alternatives=["Larkspur"],
        buyer_name="Prairie Wind Dental Group",
        subtotal=net,
        total_amount=net,
        amount_paid=net,
        amount_due="0.00",
        open_fields=("due_date", "tax_amount"),
    )


_MAIL = """From: Hollis Moor Hosting <billing@hollismoor.example>
To: buchhaltung@kranich-verlag.example
Subject: Your invoice HM-2025-5508
Date: Mon, 01 Dec 2025 04:10:22 +0000
Message-ID: <20251201041022.5508@hollismoor.example>
MIME-Version: 1.0
Content-Type: text/html; charset=utf-8
Content-Transfer-Encoding: 8bit

"""


@other_file("f10.eml", "en", "IE")
def mailed(mail: str = _MAIL) -> tuple[bytes, Label]:
    """An invoice as the HTML body of a mail: no attachment, tax-free to a business in another member state."""
    items = [
        line("Managed server, large", "2", "88.00", tax_rate="0"),
        line("Backup storage, per TB", "3", "9.50", tax_rate="0"),
        line("Support hours", "1.5", "70.00", tax_rate="0"),
    ]
    net = total(items)
    rows = "".join(
        f"<tr><td>{i['description']}</td><td>{i['quantity']}</td><td>&euro;{i['unit_price']}</td>"
        f"<td>0%</td><td align=right>&euro;{i['amount']}</td></tr>\n"
        for i in items
    )
    body = f"""<html><body style="font-family:sans-serif">
<h2>Hollis Moor Hosting Ltd</h2>
<p>Thank you for your business. Your invoice for November is below.</p>
<table><tr><td><b>Invoice number</b></td><td>HM-2025-5508</td></tr>
<tr><td><b>Invoice date</b></td><td>1 December 2025</td></tr>
<tr><td><b>Due date</b></td><td>15 December 2025</td></tr>
<tr><td><b>Your PO</b></td><td>KV-77120</td></tr></table>
<p><b>Billed to</b><br>Kranich Verlag GmbH<br>Speicherstra&szlig;e 14<br>01067 Dresden<br>VAT ID DE100848393</p>
<table border=0>
<tr><th>Item</th><th>Quantity</th><th>Price</th><th>VAT</th><th>Amount</th></tr>
{rows}</table>
<table><tr><td>Net total</td><td>&euro;{net}</td></tr><tr><td>VAT (0%, reverse charge)</td><td>&euro;0.00</td></tr>
<tr><td><b>Total</b></td><td><b>&euro;{net}</b></td></tr>
<tr><td>Balance due</td><td>&euro;{net}</td></tr></table>
<p>VAT reverse charge: the recipient accounts for VAT under Article 196 of Directive 2006/112/EC.</p>
<p>Bank transfer: IBAN IE92 BOFI 9000 1710 0279 52</p>
<p style="font-size:11px">Hollis Moor Hosting Ltd, 3 Mill Lane, Naas, Co. Kildare, Ireland.
VAT IE9730736GH. Registered in Ireland 604417.</p>
</body></html>
"""
    return (mail + body).replace("\n", "\r\n").encode(), label(
        items,
        invoice_number="HM-2025-5508",
        invoice_date="2025-12-01",
        due_date="2025-12-15",
        currency="EUR",
        purchase_order="KV-77120",
        vendor_name="Hollis Moor Hosting Ltd",
        vendor_name_alternatives=["Hollis Moor Hosting"],
        vendor_tax_id="IE9730736GH",
        buyer_name="Kranich Verlag GmbH",
        buyer_tax_id="DE100848393",
        subtotal=net,
        tax_amount="0.00",
        total_amount=net,
        amount_due=net,
        iban="IE92BOFI90001710027952",
    )


@page("f11.pdf", "sv", "SE")
def electricity(s: Sheet) -> Label:
    """An electricity bill: prices in öre, what is to be paid in a box at the top, the address in the right window."""
    s.style("helv", 9)
    s.text(45, 55, "MÄLARDALENS KRAFT", 15, bold=True, color="#e06000")
    s.text(45, 72, "Faktura", 12)
    s.lines(330, 120, ["Bageriet Kanelbullen i Enköping AB", "Kungsgatan 21", "745 31 Enköping"], 10)
    s.pairs(
        45,
        150,
        120,
        [
            ("Fakturanummer", "5519027744"),
            ("Fakturadatum", "2025-11-10"),
            ("Kundnummer", "771204"),
            ("Anläggnings-id", "735999112004417720"),
        ],
    )
    items = [
        line("Elöverföring 3 812 kWh", "3812", "0.2640", unit="kWh"),
        line("Förbrukning rörligt pris", "3812", "0.8455", unit="kWh"),
        line("Energiskatt", "3812", "0.4390", unit="kWh"),
        line("Abonnemang 35 A", "1", "389.00", unit="mån"),
    ]
    net = total(items)
    tax = cents(net / 4)
    gross = net + tax
    rounded = gross.quantize(Decimal(1))
    s.box(330, 185, 215, 50, fill="#fff1e0")
    s.pairs(
        340,
        535,
        202,
        [("Att betala", SPACED(rounded) + " kr"), ("Förfallodag", "2025-11-28")],
        11,
        align="right",
        bold_value=True,
    )
    y = s.table(
        45,
        270,
        [
            ("Specifikation", 200, "left"),
            ("Antal", 70, "right"),
            ("Enhet", 45, "left"),
            ("Pris", 85, "right"),
            ("Belopp kr", 95, "right"),
        ],
        [
            (
                i["description"],
                SPACED(i["quantity"], 0),
                i["unit"],
                EURO(Decimal(i["unit_price"]) * 100) + " öre" if i["unit"] == "kWh" else EURO(i["unit_price"]) + " kr",
                SPACED(i["amount"]),
            )
            for i in items
        ],
    )
    s.pairs(
        330,
        537,
        y + 10,
        [
            ("Summa exkl. moms", SPACED(net)),
            ("Moms 25 %", SPACED(tax)),
            ("Öresavrundning", SPACED(rounded - gross)),
            ("Summa att betala", SPACED(rounded)),
        ],
        align="right",
    )
    s.lines(
        45,
        760,
        [
            "Mälardalens Kraft AB, Box 114, 721 05 Västerås   Org.nr 555689-0696   Momsreg.nr SE555689069601",
            "Bankgiro 5821-4410   OCR 55190277447   Godkänd för F-skatt",
        ],
        7.5,
    )
    return label(
        items,
        invoice_number="5519027744",
        invoice_date="2025-11-10",
        due_date="2025-11-28",
        currency="SEK",
        vendor_name="MÄLARDALENS KRAFT",
        vendor_name_alternatives=["Mälardalens Kraft AB"],
        vendor_tax_id="SE555689069601",
        buyer_name="Bageriet Kanelbullen i Enköping AB",
        subtotal=net,
        tax_amount=tax,
        rounding=rounded - gross,
        amount_due=rounded,
        open_fields=("total_amount",),
    )


@page("f12.pdf", "cs", "CZ")
def not_registered(s: Sheet) -> Label:
    """A sole trader without VAT: no tax anywhere, supplier and customer in two frames, a symbol for the payment."""
    s.style("serif", 8.5)
    s.text(50, 55, "FAKTURA č. 20250041", 15, bold=True)
    s.box(50, 75, 245, 95)
    s.box(300, 75, 245, 95)
    s.lines(
        56,
        90,
        ["Dodavatel", "Markéta Havránková", "Na Stráni 14", "602 00 Brno", "IČO: 14092425", "Nejsem plátce DPH."],
    )
    s.lines(306, 90, ["Odběratel", "Divadlo Pod Palmovkou z.s.", "Zenklova 35", "180 00 Praha 8", "IČO: 22674390"])
    s.pairs(
        56,
        170,
        190,
        [
            ("Datum vystavení:", "3. 11. 2025"),
            ("Datum splatnosti:", "17. 11. 2025"),
            ("Variabilní symbol:", "20250041"),
            ("Číslo účtu:", "1992000145399/0800"),
            ("Objednávka:", "DPP-2025-19"),
        ],
    )
    items = [
        line("Návrh kostýmů, inscenace Racek", "1", "18500.00"),
        line("Konzultace v dílně", "14", "650.00", unit="hod"),
        line("Cestovné", "2", "430.00"),
    ]
    y = s.table(
        50,
        275,
        [("Popis", 245, "left"), ("Množství", 70, "right"), ("Cena za MJ", 80, "right"), ("Celkem", 100, "right")],
        [
            (
                i["description"],
                i["quantity"] + (" hod" if "unit" in i else ""),
                SPACED(i["unit_price"]),
                SPACED(i["amount"]),
            )
            for i in items
        ],
        grid="all",
    )
    s.text(542, y + 22, f"Celkem k úhradě: {SPACED(total(items))} Kč", 12, bold=True, align="right")
    s.text(50, 620, "Fyzická osoba zapsaná v živnostenském rejstříku. Vystavila: Havránková")
    return label(
        items,
        invoice_number="20250041",
        invoice_date="2025-11-03",
        due_date="2025-11-17",
        currency="CZK",
        purchase_order="DPP-2025-19",
        vendor_name="Markéta Havránková",
        buyer_name="Divadlo Pod Palmovkou z.s.",
        total_amount=total(items),
        open_fields=("subtotal", "tax_amount", "amount_due", "vendor_tax_id", "iban"),
    )


@page("f13.pdf", "en", "ZA")
def guards(s: Sheet) -> Label:
    """A security company: letter-spaced title, guards and days in columns of their own, the sender only at the foot."""
    s.style("helv", 9)
    s.text(297, 60, "T A X   I N V O I C E", 15, bold=True, align="center")
    s.lines(
        50,
        100,
        [
            "CUSTOMER",
            "Karoo Fruit Packers (Pty) Ltd",
            "Farm 118, Ceres Road",
            "Prince Alfred Hamlet 6840",
            "VAT No 4220187736",
        ],
    )
    s.pairs(
        350,
        450,
        100,
        [
            ("Document No", "IN104471"),
            ("Date", "31 October 2025"),
            ("Order No", "KFP 2025/88"),
            ("Due", "15 November 2025"),
        ],
    )
    items = [
        line("Grade C guards, day shift", "93", "412.50"),
        line("Grade C guards, night shift", "62", "468.00"),
        line("Armed response, monthly", "1", "2150.00"),
    ]
    shown = (("3", "31"), ("2", "31"), ("", ""))
    y = s.table(
        50,
        190,
        [
            ("Service", 190, "left"),
            ("Guards", 50, "right"),
            ("Days", 45, "right"),
            ("Shifts", 50, "right"),
            ("Rate", 70, "right"),
            ("Amount", 90, "right"),
        ],
        [
            (i["description"], guards, days, i["quantity"], US(i["unit_price"]), US(i["amount"]))
            for i, (guards, days) in zip(items, shown, strict=True)
        ],
        grid="all",
        fill="#dddddd",
    )
    net = total(items)
    tax = cents(net * Decimal("0.15"))
    s.pairs(
        350,
        542,
        y + 12,
        [("Total excl. VAT", "R " + US(net)), ("VAT @ 15%", "R " + US(tax)), ("Total incl. VAT", "R " + US(net + tax))],
        align="right",
        bold_key=True,
    )
    s.rule(50, 752, 545)
    s.text(
        297,
        764,
        "Swartberg Protection Services (Pty) Ltd  |  Reg 2009/014471/07  |  VAT Reg No 4180255521",
        7.5,
        align="center",
    )
    s.text(
        297,
        775,
        "22 Voortrekker Street, Oudtshoorn 6620  |  Cape Agri Bank, branch 250655, account 62204417781",
        7.5,
        align="center",
    )
    return label(
        items,
        invoice_number="IN104471",
        invoice_date="2025-10-31",
        due_date="2025-11-15",
        currency="ZAR",
        purchase_order="KFP 2025/88",
        vendor_name="Swartberg Protection Services (Pty) Ltd",
        vendor_tax_id="4180255521",
        buyer_name="Karoo Fruit Packers (Pty) Ltd",
        buyer_tax_id="4220187736",
        subtotal=net,
        tax_amount=tax,
        total_amount=net + tax,
        open_fields=("amount_due",),
    )
