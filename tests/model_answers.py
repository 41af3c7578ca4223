"""What a good model would answer to a prompt about a plain invoice: the reply is made from the rows that were sent."""

from __future__ import annotations

import json
import re
from typing import Any

_ROW = re.compile(r"^(\d+): (.*)$", re.MULTILINE)
_HEADER = re.compile(r"description|bezeichnung|désignation|descripción|omschrijving|descrizione|item", re.IGNORECASE)
_COLUMNS = {
    "description": re.compile(r"descri|bezeich|désign|omschr|item", re.IGNORECASE),
    "quantity": re.compile(r"qty|quantity|menge|quantité|cantidad|aantal|quantità", re.IGNORECASE),
    "unit_price": re.compile(r"unit|price|einzel|prix|precio|prijs|prezzo", re.IGNORECASE),
    "amount": re.compile(r"amount|total|betrag|gesamt|montant|importe|bedrag|importo", re.IGNORECASE),
}
_LABELS = {
    "number": re.compile(r"(?:invoice|rechnungs)[- ]?(?:no|number|nr|nummer)\.?:?", re.IGNORECASE),
    "date": re.compile(r"^(?:invoice |rechnungs)?(?:date|datum):?", re.IGNORECASE),
    "due_date": re.compile(r"^(?:due date|zahlbar bis|fällig am):?", re.IGNORECASE),
    "net_total": re.compile(r"^(?:subtotal|net total|nettobetrag|zwischensumme):?", re.IGNORECASE),
    "tax_total": re.compile(r"^(?:vat|tax|mwst|ust)\b[^|]*", re.IGNORECASE),
    "grand_total": re.compile(r"^(?:total|grand total|gesamtbetrag|rechnungsbetrag):?$", re.IGNORECASE),
}
EMPTY_ITEM = {"description": None, "quantity": None, "unit_price": None, "amount": None, "tax_rate": None}
EMPTY_REPLY: dict[str, Any] = dict.fromkeys(
    (
        "title", "number", "date", "due_date", "currency", "order", "seller", "seller_tax_id", "buyer",
        "buyer_tax_id", "net_total", "tax_total", "grand_total", "paid", "withheld", "to_pay", "old_balance",
        "discount_offered", "discount_until", "corrects", "iban",
    )
)  # fmt: skip


def rows_of(prompt: str) -> dict[int, list[str]]:
    """The numbered rows of the document in a prompt, cell by cell."""
    document = prompt.rpartition("\n<document code=")[2] or prompt
    return {int(number): text.split(" | ") for number, text in _ROW.findall(document)}


def answer_plainly(body: dict[str, Any]) -> str:
    """A correct reply for an invoice with labelled header values, a seller in its first cell, and one item table that
    begins below its heading and ends above the first total."""
    rows = rows_of("\n" + body["messages"][-1]["content"])
    reply: dict[str, Any] = {**EMPTY_REPLY, "items": []}
    if rows:
        reply["seller"] = next(iter(rows.values()))[0] or None
    for cells in rows.values():
        for place, cell in enumerate(cells):
            for key, label in _LABELS.items():
                found = label.match(cell)
                value = cell[found.end() :].strip(" :") if found else ""
                if found and not value and place + 1 < len(cells):
                    value = cells[-1] if key.endswith("total") else cells[place + 1]
                if value and not reply[key]:
                    reply[key] = value
        if any(word in cells[0].casefold() for word in ("invoice", "rechnung")) and not reply["title"]:
            reply["title"] = cells[0].split()[0]
    heading = next((n for n, cells in rows.items() if len(cells) > 2 and _HEADER.search(" ".join(cells))), None)
    if heading is not None:
        reply["items"] = _block(rows, heading)
    return json.dumps(reply, ensure_ascii=False, separators=(",", ":"))


def _block(rows: dict[int, list[str]], heading: int) -> list[dict[str, Any]]:
    inside: list[int] = []
    for number, cells in rows.items():
        if number > heading:
            if any(label.match(cell) for cell in cells for key, label in _LABELS.items() if key.endswith("total")):
                break
            inside.append(number)
    if not inside:
        return []
    item: dict[str, Any] = {"from": inside[0], "to": inside[-1], **EMPTY_ITEM}
    first = rows[inside[0]]
    for place, title in enumerate(rows[heading]):
        for key, name in _COLUMNS.items():
            if place < len(first) and item[key] is None and name.search(title):
                item[key] = first[place] or None
                break
    return [item]
