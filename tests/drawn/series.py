"""A set of vendors with several invoices each, as they reach one company over months: what memory is measured on.

Half of the vendors name things in words of the trade, half in words of their own house; each keeps its layout, and the
order of its documents mixes the vendors."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path
from random import Random
from typing import Any

from stdnum import iban as iban_numbers
from stdnum.de import vat as german_vat

from tests.drawn.labels import Label, Line, label, line, total
from tests.drawn.sheet import Numbers, Sheet, cents

BUYER = ("Marlow Fittings Group Ltd", "Unit 7, Canal Wharf", "Leeds LS1 4HT")
_FIRST = ("Aldgrove", "Brenning", "Castlow", "Dorrevik", "Elmstadt", "Farnwick", "Gellmark", "Hollund", "Isendal",
          "Jorvane", "Kestrop", "Lindmoor", "Marrick", "Nethergate", "Ostrava", "Pellow", "Quarne", "Rosvold",
          "Stennick", "Tarnholm", "Ullswick", "Vardell", "Wexcombe", "Yarrow", "Zellner", "Ambrook", "Birkham",
          "Cardow", "Dunmere", "Eskbridge")  # fmt: skip
_TRADE = ("Timber", "Packaging", "Tools", "Catering", "Print", "Cleaning", "Bearings", "Glass", "Freight", "Textiles")
_GOODS = ("Pallet boards", "Corner braces", "Steel pins 40 mm", "Cleaning of offices", "Printed cartons",
          "Hose clamps", "Sealing rings", "Work gloves", "Lamp housings", "Maintenance visit", "Linen rental",
          "Filter mats")  # fmt: skip


@dataclass(frozen=True)
class Words:
    """How a vendor names things."""

    title: str
    number: str
    date: str
    due: str
    order: str
    tax_id: str
    heads: tuple[str, str, str, str]
    subtotal: str
    tax: str
    total: str


TRADE_WORDS = (
    Words("INVOICE", "Invoice no.", "Invoice date", "Due date", "Your order", "VAT no.",
          ("Description", "Quantity", "Unit price", "Amount"), "Subtotal", "VAT 19%", "Total"),
    Words("RECHNUNG", "Rechnungsnummer", "Rechnungsdatum", "Fällig am", "Ihre Bestellung", "USt-IdNr.",
          ("Bezeichnung", "Menge", "Einzelpreis", "Betrag"), "Nettobetrag", "MwSt. 19 %", "Gesamtbetrag"),
    Words("FACTURE", "Facture n°", "Date de facture", "Échéance", "Votre commande", "N° TVA",
          ("Désignation", "Quantité", "Prix unitaire", "Montant"), "Total HT", "TVA 19 %", "Total TTC"),
)  # fmt: skip
HOUSE_WORDS = (
    Words("STATEMENT OF WORK DONE", "Docket", "Raised", "Settle by", "Your word", "Revenue mark",
          ("What we did", "Times", "Each", "Comes to"), "Work together", "Levy 19%", "All in all"),
    Words("ABRECHNUNG", "Vorgang", "Erstellt", "Bitte zahlen bis", "Ihr Zeichen vom Einkauf", "Steuerkennung",
          ("Was", "Wie oft", "Je", "Macht"), "Zusammen ohne Steuer", "Steuer 19 %", "Alles zusammen"),
    Words("SALES NOTE", "Note", "Written", "Wanted by", "Buyer's slip", "Tax mark",
          ("Goods sent", "How many", "Apiece", "Sum"), "Goods value", "Duty of 19%", "To remit"),
)  # fmt: skip
_DATES: tuple[Callable[[date], str], ...] = (
    lambda d: d.strftime("%d.%m.%Y"),
    lambda d: d.strftime("%d/%m/%Y"),
    lambda d: d.strftime("%m/%d/%Y"),
    lambda d: d.strftime("%Y-%m-%d"),
    lambda d: f"{d.day} {d:%B} {d.year}",
)
_NUMBERS = (Numbers(".", ","), Numbers(",", "."), Numbers(" ", ","))


@dataclass(frozen=True)
class Sender:
    """One vendor and how its documents look."""

    name: str
    tax_id: str
    iban: str
    currency: str
    words: Words
    write_date: Callable[[date], str]
    numbers: Numbers
    prefix: str
    shape: int
    drawn_name: bool


def write_series(folder: Path, *, vendors: int = 30, invoices: int = 6, seed: int = 24) -> int:
    """``folder/documents`` and ``folder/expected.json``; gives the number of documents."""
    chance = Random(seed)
    senders = [_sender(index, chance) for index in range(vendors)]
    if vendors > 3:  # two vendors of one name
        senders[1] = _renamed(senders[1], senders[0].name)
    (folder / "documents").mkdir(parents=True, exist_ok=True)
    order = [(n, s) for n in range(invoices) for s in range(vendors)]
    chance.shuffle(order)
    seen = [0] * vendors
    entries: list[dict[str, Any]] = []
    for position, (_, index) in enumerate(order):
        seen[index] += 1
        name = f"{position:03d}.pdf"
        with (folder / "documents" / name).open("wb") as target:
            expected = _draw(Sheet(target), senders[index], seen[index], chance)
        entries.append({"file": name, "kind": "pdf", "expected": expected})
    (folder / "expected.json").write_text(json.dumps(entries, ensure_ascii=False, indent=1), encoding="utf-8")
    return len(entries)


def _sender(index: int, chance: Random) -> Sender:
    own_words = index % 2 == 1
    words = (HOUSE_WORDS if own_words else TRADE_WORDS)[(index // 2) % 3]
    digits = f"{chance.randrange(10**7, 10**8)}"
    body = next(f"{digits}{d}" for d in range(10) if german_vat.is_valid(f"{digits}{d}"))
    account = f"{chance.randrange(10**8):08d}{chance.randrange(10**10):010d}"
    return Sender(
        name=f"{_FIRST[index % len(_FIRST)]} {_TRADE[index % len(_TRADE)]} {('Ltd', 'GmbH', 'SARL')[index % 3]}",
        tax_id=f"DE{body}",
        iban=f"DE{iban_numbers.calc_check_digits(f'DE00{account}')}{account}",
        currency="EUR",
        words=words,
        write_date=_DATES[index % 5],
        numbers=_NUMBERS[index % 3],
        prefix=("", "A-", "26/", "N", "X.")[index % 5],
        shape=index % 3,
        drawn_name=index % 6 == 5,
    )


def _renamed(sender: Sender, name: str) -> Sender:
    return Sender(**{**{f: getattr(sender, f) for f in Sender.__dataclass_fields__}, "name": name})


def _draw(s: Sheet, sender: Sender, nth: int, chance: Random) -> Label:
    words, write = sender.words, sender.numbers
    day = date(2026, 1, 5) + timedelta(days=27 * nth + chance.randrange(20))
    due = day + timedelta(days=30)
    number = f"{sender.prefix}{4100 + nth * 13 + chance.randrange(9)}"
    order = f"PO-{chance.randrange(10000, 99999)}"
    items = [_item(chance) for _ in range(chance.randrange(1, 6))]
    net = total(items)
    tax = cents(net * Decimal("0.19"))
    left, right = ((56, 330), (330, 56), (56, 56))[sender.shape]
    s.style(("helv", "times", "helv")[sender.shape], 9.5)
    if sender.drawn_name:
        s.box(left, 40, 120, 26, fill="#335577", stroke="")  # the name is a picture and stands nowhere as text
    else:
        s.text(left, 56, sender.name, 15, bold=True)
    s.lines(left, 80, ["12 Mill Road, 2417 Holm", f"{words.tax_id} {sender.tax_id}"], 8)
    s.lines(right, 140 if right == left else 120, [*BUYER])
    s.text(56, 225, words.title, 14, bold=True)
    facts = [(words.number, number), (words.date, sender.write_date(day)), (words.due, sender.write_date(due)),
             (words.order, order)]  # fmt: skip
    if sender.shape == 2:
        for at, (key, value) in enumerate(facts):
            s.text(56 + at * 125, 250, key, 8)
            s.text(56 + at * 125, 263, value)
    else:
        s.pairs(56, 190, 248, facts, leading=12)
    y = s.table(
        56, 310,
        [(words.heads[0], 215, "left"), (words.heads[1], 70, "right"), (words.heads[2], 90, "right"),
         (words.heads[3], 100, "right")],
        [(i["description"], write(i["quantity"], 0), write(i["unit_price"]), write(i["amount"])) for i in items],
        grid="rows", gap=3,
    )  # fmt: skip
    s.pairs(330, 528, y + 18, [(words.subtotal, write(net)), (words.tax, write(tax)),
                               (f"{words.total} {sender.currency}", write(net + tax))], align="right")  # fmt: skip
    s.text(56, 780, f"IBAN {sender.iban}", 8)
    s.canvas.save()
    return label(
        items, invoice_number=number, invoice_date=day.isoformat(), due_date=due.isoformat(), currency=sender.currency,
        purchase_order=order, vendor_name=sender.name, vendor_tax_id=sender.tax_id, buyer_name=BUYER[0], subtotal=net,
        tax_amount=tax, total_amount=net + tax, iban=sender.iban, open_fields=("amount_due",),
    )  # fmt: skip


def _item(chance: Random) -> Line:
    price = Decimal(chance.randrange(150, 90000)) / 100
    return line(chance.choice(_GOODS), str(chance.randrange(2, 60)), f"{price:.2f}")
