"""Documents of a hospital supplier in the Gulf, a customs forwarder, a seller of tickets and a dentist."""

from __future__ import annotations

from decimal import Decimal

from tests.drawn.labels import Label, label, line, other_file, page, total
from tests.drawn.sheet import Numbers, Sheet, cents

EURO = Numbers(".", ",")
US = Numbers(",", ".")


def _right_to_left(text: str) -> str:
    """As a program that shapes nothing puts it on the page: the last letter at the left."""
    return text[::-1]


@page("g23.pdf", "en", "AE")
def gulf(s: Sheet) -> Label:
    """Labels in English with Arabic beside each, registration numbers of both, tax by line, sum in words."""
    s.style("sans", 8.5)
    s.text(297, 45, "TAX INVOICE   " + _right_to_left("فاتورة ضريبية"), 13, bold=True, align="center")
    s.lines(45, 70, ["Al Noor Clinical Trading L.L.C.", "Warehouse 14, Al Quoz Industrial 3, Dubai, U.A.E.",
                     "TRN: 100447718200003"])  # fmt: skip
    s.lines(45, 120, ["Bill To " + _right_to_left("العميل"), "Creek View Dental Centre FZ-LLC",
                      "Building 64, Healthcare City, Dubai", "TRN: 100771044100003"])  # fmt: skip
    for at, (key, arabic, value) in enumerate((
        ("Invoice No.", "رقم الفاتورة", "ANC/2025/3318"), ("Invoice Date", "تاريخ الفاتورة", "09/11/2025"),
        ("Due Date", "تاريخ الاستحقاق", "24/11/2025"), ("LPO No.", "رقم الطلب", "LPO-0771"),
    )):  # fmt: skip
        s.text(330, 120 + 13 * at, key)
        s.text(415, 120 + 13 * at, value)
        s.text(550, 120 + 13 * at, _right_to_left(arabic), align="right")
    items = [
        line("Nitrile gloves M, box of 100", "120", "18.50", tax_rate="5"),
        line("Composite syringe A2", "36", "94.00", tax_rate="5"),
        line("Autoclave pouches 90 x 230", "20", "41.25", tax_rate="5"),
    ]
    y = s.table(45, 190, [("#", 25, "center"), ("Item Description", 185, "left"), ("Qty", 40, "right"),
                          ("Unit Price", 60, "right"), ("Taxable Amt", 70, "right"), ("VAT 5%", 55, "right"),
                          ("Total AED", 70, "right")], [
        (str(n), i["description"], i["quantity"], US(i["unit_price"]), US(i["amount"]),
         US(cents(Decimal(i["amount"]) / 20)), US(Decimal(i["amount"]) + cents(Decimal(i["amount"]) / 20)))
        for n, i in enumerate(items, 1)
    ], grid="all", size=8)  # fmt: skip
    net = total(items)
    tax = cents(net / 20)
    s.pairs(330, 547, y + 12, [("Total Excl. VAT", US(net)), ("VAT", US(tax)),
                               ("Net Amount Incl. VAT AED", US(net + tax))], align="right")  # fmt: skip
    s.text(45, 640, "Bank: Creek Commercial Bank, IBAN AE45 0330 0000 1044 7718 801, Al Noor Clinical Trading L.L.C.")
    return label(
        items, invoice_number="ANC/2025/3318", invoice_date="2025-11-09", due_date="2025-11-24", currency="AED",
        purchase_order="LPO-0771", vendor_name="Al Noor Clinical Trading L.L.C.", vendor_tax_id="100447718200003",
        buyer_name="Creek View Dental Centre FZ-LLC", buyer_tax_id="100771044100003", subtotal=net,
        tax_amount=tax, total_amount=net + tax, iban="AE450330000010447718801", open_fields=("amount_due",),
    )  # fmt: skip


@page("g24.pdf", "de", "DE")
def customs(s: Sheet) -> Label:
    """A customs agent: duties laid out without tax beside fees with tax, file numbers all over the head."""
    s.style("helv", 9)
    s.text(545, 50, "Hansekontor Zollservice GmbH", 13, bold=True, align="right")
    s.lines(545, 63, ["Am Sandtorkai 41, 20457 Hamburg", "zoll@hansekontor.example"], 8, align="right")
    s.text(50, 110, "Hansekontor Zollservice GmbH - Am Sandtorkai 41 - 20457 Hamburg", 6.5)
    s.lines(50, 125, ["Musikhaus Eulenspiegel OHG", "Buchhaltung", "Lange Straße 9", "38100 Braunschweig"], 10)
    s.pairs(360, 545, 125, [("Rechnungs-Nr.", "7710442"), ("Rechnungsdatum", "04.11.2025"), ("Debitor", "20418"),
                            ("Akte", "IMP-25-3307"), ("MRN", "25DE485112047718R3")], align="right")  # fmt: skip
    s.text(50, 210, "Rechnung", 14, bold=True)
    s.text(50, 225, "Einfuhr 2 Paletten Gitarrenkoffer, Container TCLU 447718-3, Ihr Zeichen EK-1188")
    fees = [line("Zollabfertigung Einfuhr", "1", "95.00", tax_rate="19"),
            line("Zusätzliche Warennummern", "4", "12.50", tax_rate="19"),
            line("Vorlageprovision 2,5 %", "1", "61.37", tax_rate="19")]  # fmt: skip
    laid_out = [line("Auslagen: Zoll lt. Bescheid", "1", "612.40", tax_rate="0"),
                line("Auslagen: Einfuhrumsatzsteuer lt. Bescheid", "1", "1842.36", tax_rate="0")]  # fmt: skip
    items = fees + laid_out
    y = s.table(50, 240, [("Leistung", 250, "left"), ("Menge", 45, "right"), ("Einzel", 70, "right"),
                          ("St.", 35, "center"), ("Betrag EUR", 95, "right")],
                [(i["description"], i["quantity"], EURO(i["unit_price"]), "1" if i["tax_rate"] == "19" else "0",
                  EURO(i["amount"])) for i in items])  # fmt: skip
    base, free = total(fees), total(laid_out)
    tax = cents(base * Decimal("0.19"))
    due = base + free + tax
    s.pairs(300, 542, y + 6, [("Steuerfreie Auslagen (0)", EURO(free)), ("Steuerpflichtig (1)", EURO(base)),
                              ("USt 19 % (1)", EURO(tax)), ("Rechnungsbetrag EUR", EURO(due))],
            align="right")  # fmt: skip
    s.text(50, y + 90, "Auslagen sofort und ohne Abzug, Rest zahlbar bis 18.11.2025.")
    s.lines(50, 785, ["AG Hamburg HRB 104477 · GF Silke Brammer · USt-IdNr. DE210447710",
                      "Alsterbank · IBAN DE21 5004 0044 0104 4771 88"], 7)  # fmt: skip
    return label(
        items, invoice_number="7710442", invoice_date="2025-11-04", currency="EUR",
        vendor_name="Hansekontor Zollservice GmbH", vendor_tax_id="DE210447710",
        buyer_name="Musikhaus Eulenspiegel OHG", tax_amount=tax, total_amount=due,
        iban="DE21500400440104477188", open_fields=("subtotal", "amount_due", "purchase_order", "due_date"),
    )  # fmt: skip


@other_file("g25.html", "en", "NZ")
def tickets() -> tuple[bytes, Label]:
    """A seller of tickets: an order page printed, booking fee by ticket, GST on top, paid by card at once."""
    items = [
        line("Stand B, Row 14, seats 5-16 - Kererū Jazz Weekend", "12", "78.00"),
        line("Hospitality tent, Saturday", "12", "45.50"),
        line("Booking fee", "24", "3.20"),
    ]
    net = total(items)
    tax = cents(net * Decimal("0.15"))
    rows = "\n".join(
        f"<tr><td>{i['description']}</td><td>{i['quantity']}</td><td>${i['unit_price']}</td><td>${i['amount']}</td></tr>"
        for i in items
    )
    text = f"""<!DOCTYPE html>
<html lang="en"><head><meta charset="utf-8"><title>Tax invoice TQ-771044</title></head><body>
<h1>Tax Invoice</h1>
<p>Tūī Quay Events Limited<br>11 Lambton Terrace, Wellington 6011<br>GST No. 104-477-186</p>
<table><tr><td>Invoice no.</td><td>TQ-771044</td></tr><tr><td>Invoice date</td><td>21 October 2025</td></tr>
<tr><td>Order ref.</td><td>K7Q2-XP</td></tr></table>
<p>Invoice to:<br>Harbourmaster Legal Partners<br>Level 6, 40 Featherston Street<br>Wellington 6011</p>
<table border="1"><tr><th>Item</th><th>Qty</th><th>Price</th><th>Amount</th></tr>
{rows}
</table>
<table><tr><td>Subtotal (excl. GST)</td><td>${US(net)}</td></tr><tr><td>GST 15%</td><td>${US(tax)}</td></tr>
<tr><td>Total NZD</td><td>${US(net + tax)}</td></tr>
<tr><td>Paid by Mastercard **** 4417, 21 October 2025</td><td>-${US(net + tax)}</td></tr>
<tr><td>Amount owing</td><td>$0.00</td></tr></table>
</body></html>
"""
    return text.encode(), label(
        items, invoice_number="TQ-771044", invoice_date="2025-10-21", currency="NZD",
        vendor_name="Tūī Quay Events Limited", vendor_tax_id="104477186",
        vendor_tax_id_alternatives=["104-477-186"], buyer_name="Harbourmaster Legal Partners", subtotal=net,
        tax_amount=tax, total_amount=net + tax, amount_paid=net + tax, amount_due="0.00",
        open_fields=("due_date", "purchase_order"),
    )  # fmt: skip


@page("g26.pdf", "es", "ES", scan_degrees=0.4)
def dentist(s: Sheet) -> Label:
    """A dentist's scanned bill to a person: exempt from tax, so one total, teeth in a column beside the treatment."""
    s.style("helv", 10.5)
    s.text(60, 60, "Clínica Dental Ribalta, S.L.P.", 15, bold=True)
    s.lines(60, 78, ["Plaza Mayor 6, 1º - 12003 Castellón", "CIF: B97714406   Tel. 964 55 01 17"], 9.5)
    s.text(60, 130, "FACTURA Nº 2025/0883", 13, bold=True)
    s.text(60, 148, "Fecha: 14/11/2025")
    s.lines(320, 130, ["Paciente:", "Amparo Gisbert Lloret", "DNI 40117718Z", "C/ Herrero 33, 12002 Castellón"])
    items = [
        line("Endodoncia molar", "1", "240.00"),
        line("Reconstrucción composite", "2", "65.00"),
        line("Radiografía periapical", "3", "12.00"),
    ]
    teeth = ("36", "36, 37", "36")
    y = s.table(60, 220, [("Tratamiento", 190, "left"), ("Pieza", 60, "left"), ("Uds.", 45, "right"),
                          ("Precio", 75, "right"), ("Importe", 85, "right")],
                [(i["description"], tooth, i["quantity"], EURO(i["unit_price"]), EURO(i["amount"]))
                 for i, tooth in zip(items, teeth, strict=True)], grid="rows", gap=3)  # fmt: skip
    gross = total(items)
    s.text(330, y + 20, "TOTAL", 12, bold=True)
    s.text(512, y + 20, EURO(gross) + " €", 12, bold=True, align="right")
    s.lines(60, 600, ["Operación exenta de IVA según el artículo 20.Uno.5º de la Ley 37/1992.",
                      "Pagado en efectivo. Conserve esta factura."], 9.5)  # fmt: skip
    return label(
        items, invoice_number="2025/0883", invoice_date="2025-11-14", currency="EUR",
        vendor_name="Clínica Dental Ribalta, S.L.P.", vendor_tax_id="B97714406",
        vendor_tax_id_alternatives=["ESB97714406"], buyer_name="Amparo Gisbert Lloret", total_amount=gross,
        open_fields=("amount_due", "amount_paid", "subtotal", "tax_amount", "due_date"),
    )  # fmt: skip
