"""Till slips and the accounts of people who charge for their time: no table heads, or heads of another kind."""

from __future__ import annotations

from decimal import Decimal

from tests.drawn.labels import Label, label, line, other_file, page, total
from tests.drawn.sheet import Numbers, Sheet, cents

EURO = Numbers(".", ",")
PLAIN = Numbers("", ",")
UK = US = Numbers(",", ".")
SPACED = Numbers(" ", ",")


@page("h06.pdf", "it", "IT")
def slip(s: Sheet) -> Label:
    """A commercial document of a till, printed to PDF: a narrow column, prices with tax, paid by card."""
    s.style("mono", 8)
    x, right = 200, 395
    s.lines(297, 60, ["FERRAMENTA BRENTA SNC", "di Zorzi A. e Dal Pos M.", "Via Roma 118 - 36061 Bassano del Grappa (VI)",
                      "P.IVA 86890641003"], align="center")  # fmt: skip
    s.lines(297, 115, ["DOCUMENTO COMMERCIALE", "di vendita o prestazione"], align="center", bold=True)
    rows = [("Vite TSP 5x60 cf.100", "22%", "8.90"), ("Disco taglio 125 mm", "22%", "3.45"),
            ("Guanti nitrile tg.9", "22%", "4.20"), ("Silicone neutro 310ml", "22%", "7.80")]  # fmt: skip
    s.text(x, 150, "DESCRIZIONE")
    s.text(340, 150, "IVA", align="right")
    s.text(right, 150, "Prezzo(€)", align="right")
    for at, (text, rate, price) in enumerate(rows):
        s.text(x, 165 + 12 * at, text)
        s.text(340, 165 + 12 * at, rate, align="right")
        s.text(right, 165 + 12 * at, PLAIN(price), align="right")
    gross = sum((Decimal(price) for _, _, price in rows), Decimal(0))
    tax = gross - cents(gross / Decimal("1.22"))
    s.pairs(x, right, 225, [("TOTALE COMPLESSIVO", PLAIN(gross)), ("di cui IVA", PLAIN(tax)),
                            ("Pagamento elettronico", PLAIN(gross)), ("Importo pagato", PLAIN(gross))],
            align="right", leading=13)  # fmt: skip
    s.lines(297, 300, ["22-11-2025 10:47", "DOCUMENTO N. 0418-0033", "RT 3CPRT00447718", "Arrivederci e grazie"],
            align="center")  # fmt: skip
    return label(
        [line(text, amount=cents(Decimal(price) / Decimal("1.22"))) for text, _, price in rows], invoice_number="0418-0033", invoice_date="2025-11-22",
        currency="EUR", vendor_name="FERRAMENTA BRENTA SNC",
        vendor_name_alternatives=["FERRAMENTA BRENTA SNC di Zorzi A. e Dal Pos M."], vendor_tax_id="86890641003",
        vendor_tax_id_alternatives=["IT86890641003"], tax_amount=tax, total_amount=gross, prices_with_tax=True,
        open_fields=("subtotal", "amount_due", "amount_paid", "due_date", "buyer_name"),
    )  # fmt: skip


@page("h07.pdf", "de", "DE", scan_degrees=-0.5)
def fuel(s: Sheet) -> Label:
    """A scanned slip of a petrol station: litres times price, one shop article, tax letters, a terminal's numbers."""
    s.style("courier", 9.5)
    x, right = 190, 405
    s.lines(297, 60, ["Tankstelle Moorkamp", "Inh. Birte Lührs e.K.", "Bremer Heerstr. 212", "27211 Bassum",
                      "Tel. 04241/447718"], align="center")  # fmt: skip
    s.pairs(x, right, 140, [("Rechnung-Nr.", "118/0447/01"), ("Datum 19.11.2025", "07:52")], align="right")
    items = [line("Super E10", "38.42", "1.699"), line("Scheibenreiniger 2 l", "1", "5.49")]
    s.text(x, 178, "* Super E10        A")
    s.text(right, 178, EURO(items[0]["amount"]), align="right")
    s.text(x, 191, "  38,42 l x 1,699 EUR/l")
    s.text(x, 206, "  Scheibenreiniger 2 l  A")
    s.text(right, 206, EURO(items[1]["amount"]), align="right")
    gross = total(items)
    net = cents(gross / Decimal("1.19"))
    s.pairs(x, right, 232, [("SUMME EUR", EURO(gross)), ("girocard", EURO(gross))], 11, align="right", bold_key=True)
    s.text(x, 275, "MwSt      Netto    Steuer    Brutto", 8.5)
    s.text(x, 287, f"A 19%    {EURO(net)}    {EURO(gross - net)}    {EURO(gross)}", 8.5)
    s.lines(x, 320, ["Terminal-ID 54447718  TA-Nr 002291", "Zapfsäule 4   Bediener 2", "USt-IdNr. DE676122202",
                     "Vielen Dank und gute Fahrt!"], 8.5)  # fmt: skip
    return label(
        [line(i["description"], i["quantity"], amount=cents(Decimal(i["amount"]) / Decimal("1.19"))) for i in items],
        invoice_number="118/0447/01", invoice_date="2025-11-19", currency="EUR",
        vendor_name="Tankstelle Moorkamp Inh. Birte Lührs e.K.",
        vendor_name_alternatives=["Tankstelle Moorkamp", "Birte Lührs e.K.", "Inh. Birte Lührs e.K."],
        vendor_tax_id="DE676122202", total_amount=gross, tax_amount=gross - net, prices_with_tax=True,
        open_fields=("subtotal", "amount_due", "amount_paid", "due_date", "buyer_name"),
    )  # fmt: skip


@page("h08.pdf", "fr", "FR")
def lawyer(s: Sheet) -> Label:
    """A lawyer's note of fees: time by act, costs advanced without tax, an advance payment taken off."""
    s.style("serif", 9)
    s.text(297, 55, "CABINET D'AVOCATS LESTRADE & ASSOCIÉS", 14, bold=True, align="center")
    s.text(297, 70, "SELARL au capital de 40 000 € - 8 cours Mirabeau, 13100 Aix-en-Provence", 8, align="center")
    s.lines(
        330, 110, ["SAS Les Oliviers de Puyricard", "Monsieur le Président", "2470 route de Rognes", "13540 Puyricard"]
    )
    s.lines(50, 110, ["Aix-en-Provence, le 7 novembre 2025", "", "Note d'honoraires n° 25-1188",
                      "Dossier : OLIVIERS / BAIL COMMERCIAL - 250331"])  # fmt: skip
    items = [
        line("Étude du bail et consultation", "3.5", "240.00", tax_rate="20"),
        line("Rédaction de l'assignation", "6", "240.00", tax_rate="20"),
        line("Audience de référé du 23 octobre 2025", "4.25", "240.00", tax_rate="20"),
    ]
    y = s.table(50, 205, [("Diligences", 270, "left"), ("Heures", 55, "right"), ("Taux HT", 75, "right"),
                          ("Honoraires HT", 95, "right")],
                [(i["description"], PLAIN(i["quantity"]), SPACED(i["unit_price"]) + " €", SPACED(i["amount"]) + " €")
                 for i in items], grid="head", gap=2)  # fmt: skip
    net = total(items)
    tax = cents(net / 5)
    costs = Decimal("148.62")
    paid = Decimal("1500.00")
    s.pairs(250, 542, y + 6, [("Total honoraires HT", SPACED(net) + " €"), ("TVA 20 %", SPACED(tax) + " €"),
                              ("Débours (non soumis à TVA) : huissier", SPACED(costs) + " €"),
                              ("Total TTC", SPACED(net + tax + costs) + " €"),
                              ("Provision versée le 2 septembre 2025", "- " + SPACED(paid) + " €"),
                              ("Solde à régler", SPACED(net + tax + costs - paid) + " €")], align="right")  # fmt: skip
    s.lines(50, y + 130, ["Règlement à réception par virement : IBAN FR45 0033 0766 6193 4514 5061 231",
                          "Membre d'une association agréée, le règlement par chèque est accepté."], 8)  # fmt: skip
    s.text(297, 790, "RCS Aix-en-Provence 378 325 674 - TVA intracommunautaire FR16378325674", 7, align="center")
    return label(
        items, invoice_number="25-1188", invoice_date="2025-11-07", currency="EUR",
        vendor_name="CABINET D'AVOCATS LESTRADE & ASSOCIÉS",
        vendor_name_alternatives=["LESTRADE & ASSOCIÉS", "CABINET LESTRADE & ASSOCIÉS"],
        vendor_tax_id="FR16378325674", buyer_name="SAS Les Oliviers de Puyricard", tax_amount=tax,
        total_amount=net + tax + costs, amount_paid=paid, amount_due=net + tax + costs - paid,
        iban="FR4500330766619345145061231", open_fields=("subtotal", "due_date", "purchase_order"),
    )  # fmt: skip


@page("h09.pdf", "en", "US")
def therapy(s: Sheet) -> Label:
    """A practice's statement of visits: procedure codes, what the insurer paid and adjusted, what the patient owes."""
    s.style("helv", 9)
    s.text(45, 50, "Juniper Ridge Physical Therapy, PLLC", 15, bold=True, color="#3b6e4f")
    s.lines(45, 64, ["1180 Canyon View Dr, Suite 4, Bend, OR 97702", "Tax ID 84-4477182   NPI 1447718029"], 8)
    s.text(560, 50, "INVOICE", 16, bold=True, align="right")
    s.pairs(400, 560, 68, [("Invoice #", "61907"), ("Statement Date", "11/10/2025"), ("Patient ID", "JR-20418"),
                           ("Due Date", "12/10/2025")], align="right")  # fmt: skip
    s.lines(45, 130, ["Responsible party:", "Dana Whitlock", "2211 NW Cedar Ct", "Bend, OR 97703"])
    visits = [("10/02/2025", "97161", "PT evaluation, low complexity", "1", "165.00"),
              ("10/09/2025", "97110", "Therapeutic exercise, 15 min", "3", "48.00"),
              ("10/09/2025", "97140", "Manual therapy, 15 min", "1", "52.00"),
              ("10/16/2025", "97110", "Therapeutic exercise, 15 min", "4", "48.00")]  # fmt: skip
    items = [line(text, units, fee) for _, _, text, units, fee in visits]
    y = s.table(45, 200, [("Service Date", 70, "left"), ("CPT", 45, "left"), ("Description", 200, "left"),
                          ("Units", 40, "right"), ("Fee", 70, "right"), ("Charges", 80, "right")],
                [(day, code, i["description"], i["quantity"], US(i["unit_price"]), US(i["amount"]))
                 for (day, code, *_), i in zip(visits, items, strict=True)], grid="rows")  # fmt: skip
    gross = total(items)
    s.pairs(330, 548, y + 5, [("Total charges", "$" + US(gross)), ("Insurance paid 10/28/2025", "-$311.40"),
                              ("Contractual adjustment", "-$96.60"), ("Patient copay 10/02/2025", "-$25.00"),
                              ("Please pay this amount", "$" + US(gross - Decimal("433.00")))],
            align="right")  # fmt: skip
    s.text(45, 700, "Checks payable to Juniper Ridge Physical Therapy. Questions? 541-555-0147.", 8)
    return label(
        items, invoice_number="61907", invoice_date="2025-11-10", due_date="2025-12-10", currency="USD",
        vendor_name="Juniper Ridge Physical Therapy, PLLC", vendor_tax_id="84-4477182", buyer_name="Dana Whitlock",
        total_amount=gross, amount_due=gross - Decimal("433.00"), amount_paid="433.00",
        payments=["311.40", "96.60", "25.00"], open_fields=("subtotal", "tax_amount", "purchase_order"),
    )  # fmt: skip


@other_file("h10.txt", "en", "AU")
def plumber() -> tuple[bytes, Label]:
    """A tradesman's note as plain text: no table heads, prices with tax, "incl" in a sentence."""
    text = """\
MALLEE COAST PLUMBING
Licensed plumber & gasfitter - Lic. PGE 447718
ABN 26 335 608 052
Ph 0400 555 018

TAX INVOICE 2217
5/11/2025

To:     Yorke Holiday Units Pty Ltd
        9 Esplanade, Port Vincent SA 5581
Job:    Unit 3, replace hot water service

Remove old unit and dispose                      $165.00
250 L electric storage heater, supply          $1,485.00
Tempering valve                                  $132.00
Labour 4.5 hrs @ $110.00                         $495.00

TOTAL (incl GST)                               $2,277.00
GST included                                     $207.00

Payment within 14 days please.
Direct deposit: BSB 085-447  Acc 77 180 2209
Mallee Coast Plumbing
"""
    items = [line("Remove old unit and dispose", amount="150.00"),
             line("250 L electric storage heater, supply", amount="1350.00"),
             line("Tempering valve", amount="120.00"), line("Labour", "4.5", "100.00")]  # fmt: skip
    return text.encode(), label(
        items, invoice_number="2217", invoice_date="2025-11-05", currency="AUD", vendor_name="MALLEE COAST PLUMBING",
        vendor_tax_id="26335608052", vendor_tax_id_alternatives=["26 335 608 052"],
        buyer_name="Yorke Holiday Units Pty Ltd", tax_amount="207.00", total_amount="2277.00", prices_with_tax=True,
        open_fields=("subtotal", "amount_due", "due_date", "purchase_order"),
    )  # fmt: skip
