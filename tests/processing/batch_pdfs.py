"""A batch file as it comes from a scanner or a mail room: invoices of several senders, one behind the other."""

from __future__ import annotations

import io
import random
from dataclasses import dataclass

from reportlab.lib.pagesizes import A4
from reportlab.pdfgen.canvas import Canvas

WIDTH, HEIGHT = A4


@dataclass(frozen=True)
class Sender:
    """How one sender's invoices look. ``counter`` is the pattern of the page count ("" for none); ``repeats``: the
    letterhead and number stand on every page, else on the first alone."""

    name: str
    street: str
    title: str
    number_label: str
    date_label: str
    heads: tuple[str, str, str, str]
    net_label: str
    tax_label: str
    total_label: str
    carry_label: str
    counter: str
    repeats: bool
    prefix: str
    decimal_comma: bool = False
    counter_at_top: bool = False


SENDERS = (
    Sender("Hazelbrook Fasteners Ltd", "7 Quarry Road, Leeds LS9 7AB", "INVOICE", "Invoice no:", "Invoice date:",
           ("Description", "Qty", "Unit price", "Amount"), "Subtotal", "VAT 20%", "Total due GBP", "Carried forward",
           "Page {n} of {m}", True, "INV-"),
    Sender("Steinbacher Elektro GmbH", "Industriestr. 14, 84030 Landshut", "Rechnung", "Rechnungsnummer:",
           "Rechnungsdatum:", ("Bezeichnung", "Menge", "Einzelpreis", "Gesamtpreis"), "Nettobetrag", "MwSt. 20%",
           "Rechnungsbetrag EUR", "Übertrag", "Seite {n}/{m}", False, "RE-2026-", True, True),
    Sender("Papeterie du Marais SARL", "12 rue de Bretagne, 75003 Paris", "FACTURE", "Facture n° :", "Date :",
           ("Désignation", "Quantité", "Prix unitaire", "Montant"), "Total HT", "TVA 20%", "Total TTC EUR",
           "À reporter", "", True, "F", True),
    Sender("Oakridge Office Supply Inc.", "500 Main Street, Dayton, OH 45402", "INVOICE", "Invoice Number:", "Date:",
           ("Item", "Quantity", "Price", "Amount"), "Subtotal", "Sales Tax 20%", "Total USD", "Continued", "", False,
           "OR"),
    Sender("Van den Berg Techniek B.V.", "Havenweg 3, 3089 JK Rotterdam", "Factuur", "Factuurnummer:",
           "Factuurdatum:", ("Omschrijving", "Aantal", "Prijs", "Bedrag"), "Subtotaal", "BTW 20%", "Totaal EUR",
           "Transport", "Pagina {n} van {m}", True, "VB", True),
    Sender("Ferretería Castillo S.L.", "Calle Mayor 21, 28013 Madrid", "FACTURA", "Factura nº:", "Fecha:",
           ("Descripción", "Cantidad", "Precio", "Importe"), "Base imponible", "IVA 20%", "Total factura EUR",
           "Suma y sigue", "{n} / {m}", True, "FC/26/", True),
)  # fmt: skip
ITEMS = ("Bolt M10", "Cable 3 x 1.5", "Paper A4", "Bracket", "Sealing ring", "Switch", "Label roll", "Filter", "Hinge")
LINES_A_PAGE = 14


@dataclass(frozen=True)
class Drawn:
    """The batch and where its invoices begin: page numbers, without those of the separators."""

    pdf: bytes
    starts: list[int]
    separators: list[int]
    numbers: list[str]
    pages: int


def draw_batch(
    *,
    seed: int,
    invoices: int = 30,
    separators: str = "",
    upside_down: int | None = None,
    alike: int = 3,
    annexes: bool = False,
) -> Drawn:
    """``separators``: "" for none, "text" or "barcode" for a sheet before each invoice. ``upside_down``: the invoice
    (0-based) whose pages stand on their head. ``alike``: so many invoices of one sender follow each other somewhere.
    ``annexes``: some invoices end with a page of terms that has a count of its own."""
    chance = random.Random(seed)
    out = io.BytesIO()
    canvas = Canvas(out, pagesize=A4, invariant=1)
    page, starts, sheets, numbers = 0, [], [], []
    senders = [chance.choice(SENDERS) for _ in range(invoices)]
    first_alike = chance.randrange(max(invoices - alike, 1))
    senders[first_alike : first_alike + alike] = [chance.choice(SENDERS)] * min(alike, invoices)
    running = {sender.name: chance.randrange(1000, 8000) for sender in SENDERS}
    for index, sender in enumerate(senders):
        if separators:
            _separator(canvas, separators)
            page += 1
            sheets.append(page)
        running[sender.name] += chance.randint(1, 3)
        number = f"{sender.prefix}{running[sender.name]}"
        count = chance.choice((1, 1, 2, 2, 3, 4))
        starts.append(page + 1)
        numbers.append(number)
        for n in range(1, count + 1):
            if index == upside_down:
                canvas.translate(WIDTH, HEIGHT)
                canvas.rotate(180)
            _page(canvas, sender, number, n, count, chance)
            canvas.showPage()
            page += 1
        if annexes and chance.random() < 0.3:
            _terms(canvas)
            page += 1
    canvas.save()
    return Drawn(out.getvalue(), starts, sheets, numbers, page)


def _separator(canvas: Canvas, kind: str) -> None:
    if kind == "text":
        canvas.setFont("Helvetica-Bold", 40)
        canvas.drawCentredString(WIDTH / 2, HEIGHT / 2, "DOCUMENT SEPARATOR")
    else:
        from reportlab.graphics.barcode.code128 import Code128

        Code128("SEPARATOR", barHeight=80, barWidth=2).drawOn(canvas, 100, HEIGHT / 2)
    canvas.showPage()


def _terms(canvas: Canvas) -> None:
    canvas.setFont("Helvetica-Bold", 13)
    canvas.drawString(60, 780, "General terms and conditions")
    canvas.setFont("Helvetica", 9)
    for line in range(30):
        canvas.drawString(60, 750 - 14 * line, f"{line + 1}. Goods stay our property until they are paid for in full.")
    canvas.drawString(60, 40, "Page 1 of 1")
    canvas.showPage()


def _page(canvas: Canvas, sender: Sender, number: str, n: int, count: int, chance: random.Random) -> None:
    def money(value: float) -> str:
        text = f"{value:,.2f}"
        return text.translate(str.maketrans(",.", ".,")) if sender.decimal_comma else text

    canvas.setFont("Helvetica", 10)
    if n == 1 or sender.repeats:
        canvas.setFont("Helvetica-Bold", 14)
        canvas.drawString(60, 790, sender.name)
        canvas.setFont("Helvetica", 9)
        canvas.drawString(60, 776, sender.street)
        canvas.setFont("Helvetica-Bold", 16)
        canvas.drawString(380, 790, sender.title)
        canvas.setFont("Helvetica", 10)
        canvas.drawString(380, 770, f"{sender.number_label} {number}")
        canvas.drawString(380, 756, f"{sender.date_label} {chance.randint(10, 28)}.03.2026")
    if n == 1:
        canvas.drawString(60, 710, "Marlow Joinery Ltd")
        canvas.drawString(60, 697, "3 Mill Lane, York YO1 9TT")
    counter = sender.counter.format(n=n, m=count)
    if counter:
        canvas.drawString(490, 815 if sender.counter_at_top else 30, counter)
    for x, head in zip((60, 330, 400, 500), sender.heads, strict=True):
        canvas.drawString(x, 650, head)
    lines = LINES_A_PAGE if n < count else chance.randint(2, LINES_A_PAGE)
    net = 0.0
    for line in range(lines):
        y = 632 - 16 * line
        quantity, price = chance.randint(1, 40), chance.randint(200, 9900) / 100
        net += quantity * price
        canvas.drawString(60, y, f"{chance.choice(ITEMS)} {chance.randint(1, 99)}")
        canvas.drawRightString(350, y, str(quantity))
        canvas.drawRightString(450, y, money(price))
        canvas.drawRightString(545, y, money(quantity * price))
    y = 632 - 16 * lines - 20
    if n < count:
        canvas.drawString(380, y, sender.carry_label)
        canvas.drawRightString(545, y, money(net))
        return
    for offset, (label, value) in enumerate(
        ((sender.net_label, net), (sender.tax_label, net * 0.2), (sender.total_label, net * 1.2))
    ):
        canvas.drawString(380, y - 16 * offset, label)
        canvas.drawRightString(545, y - 16 * offset, money(value))
