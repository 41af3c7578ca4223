"""Mails that are invoices themselves: as senders write them, and as mail programs forward them."""

from __future__ import annotations

from dataclasses import dataclass
from email.message import EmailMessage

STUB = "Please see the HTML part of this message."


@dataclass(frozen=True)
class Words:
    """How one language names what the mail states; ``headers`` are those of a forwarded message."""

    number: str
    date: str
    seller: str
    buyer: str
    heads: tuple[str, str, str, str]
    net: str
    tax: str
    total: str
    headers: tuple[str, str, str, str]
    opening: str


ENGLISH = Words("Invoice number", "Invoice date", "From", "Billed to", ("Description", "Qty", "Unit price", "Amount"),
                "Subtotal", "VAT 20%", "Total EUR",
                ("From", "Sent", "To", "Subject"), "Please book this, budget 9,000.00")  # fmt: skip
GERMAN = Words("Rechnungsnummer", "Rechnungsdatum", "Von", "Rechnung an",
               ("Bezeichnung", "Menge", "Einzelpreis", "Gesamtpreis"), "Nettobetrag", "MwSt. 20%", "Gesamtbetrag EUR",
               ("Von", "Gesendet", "An", "Betreff"), "Bitte buchen, Kostenstelle 4100")  # fmt: skip
FRENCH = Words("Numéro de facture", "Date de facture", "Vendeur", "Facturé à",
               ("Désignation", "Quantité", "Prix unitaire", "Montant"), "Total HT", "TVA 20%", "Total TTC EUR",
               ("De", "Envoyé", "À", "Objet"), "Pour enregistrement, merci")  # fmt: skip
LANGUAGES = {"English": ENGLISH, "German": GERMAN, "French": FRENCH}
VENDOR, BUYER = "Lumenbrook Hosting Ltd", "Ostwind Handels GmbH"
LINES = (("Cloud server M, monthly", "3", "40.00", "120.00"), ("Backup space, per 100 GB", "5", "6.00", "30.00"))


def _table(rows: list[tuple[str, ...]], cell: str = "td") -> str:
    return "".join(f"<tr>{''.join(f'<{cell}>{text}</{cell}>' for text in row)}</tr>" for row in rows)


def html_invoice(words: Words) -> str:
    """Tables within tables, as mail programs need them; each item has its period in a table of its own."""
    items = "".join(
        f"<tr><td><table><tr><td>{name}</td></tr><tr><td>03/2026</td></tr></table></td>"
        f"<td>{quantity}</td><td>{price}</td><td>{amount}</td></tr>"
        for name, quantity, price, amount in LINES
    )
    facts = _table([(words.number, "LB-20418"), (words.date, "03.03.2026")])
    sums = _table([(words.net, "150.00"), (words.tax, "30.00"), (words.total, "180.00")])
    return (
        '<div style="display:none">Total 9,999.00</div><p style="color:#fff">Total 7,777.00 '
        "IBAN DE89 3704 0044 0532 0130 00</p>"
        f"<table><tr><td colspan=2><table>{facts}</table></td></tr>"
        f"<tr><td><b>{words.buyer}</b><br>{BUYER}<br>Hafenstr. 3<br>20457 Hamburg</td>"
        f"<td><b>{words.seller}</b><br>{VENDOR}<br>12 Quay Street, Dublin 2<br>VAT IE3668997IO</td></tr>"
        f"<tr><td colspan=2><table>{_table([words.heads], 'th')}{items}</table></td></tr>"
        f"<tr><td colspan=2><table>{sums}</table></td></tr></table>"
    )


def plain_invoice(words: Words) -> str:
    rows = [words.heads, *LINES]
    return "\n".join(
        [VENDOR, "12 Quay Street, Dublin 2", "VAT IE3668997IO", "", f"{words.buyer}:", BUYER, "Hafenstr. 3",
         "20457 Hamburg", "", f"{words.number}: LB-20418", f"{words.date}: 03.03.2026", "",
         *(f"{a:<34}{b:>10}{c:>14}{d:>14}" for a, b, c, d in rows), "",
         *(f"{name:<34}{value:>38}" for name, value in
           ((words.net, "150.00"), (words.tax, "30.00"), (words.total, "180.00")))]
    )  # fmt: skip


def _forwarded_headers(words: Words) -> list[str]:
    sender, sent, to, subject = words.headers
    return [f"{sender}: Billing <billing@lumenbrook.example>", f"{sent}: 3 March 2026 06:12",
            f"{to}: kim@ostwind.example", f"{subject}: LB-20418"]  # fmt: skip


def forwarded(words: Words, *, html: bool, marker: str = "") -> EmailMessage:
    """The invoice forwarded by a colleague, who writes something above it."""
    if html:
        head = "<br>".join(line.replace("<", "&lt;").replace(">", "&gt;") for line in _forwarded_headers(words))
        body = f"<div>{words.opening}<br>Kim Ostermann</div><div>{marker}<br>{head}</div>{html_invoice(words)}"
        return mail(STUB, body)
    above = "\n".join([words.opening, "", "Kim Ostermann", "", marker, *_forwarded_headers(words)])
    return mail(f"{above}\n\n{plain_invoice(words)}")


def mail(plain: str, html: str | None = None) -> EmailMessage:
    message = EmailMessage()
    message["From"] = "Kim Ostermann <kim@ostwind.example>"
    message["To"] = "invoices@ostwind.example"
    message["Date"] = "Fri, 13 Mar 2026 17:42:10 +0100"
    message["Subject"] = "Fwd: LB-20418"
    message.set_content(plain)
    if html is not None:
        message.add_alternative(f"<html><body>{html}</body></html>", subtype="html")
    return message
