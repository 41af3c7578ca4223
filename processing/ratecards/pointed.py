"""Values of a card's header that a plan points at: one cell each. Pure."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date

from invoices.rate_records import CardData
from invoices.values import find_dates
from processing.content.records import Cell
from processing.ratecards.grid import Grid
from processing.ratecards.labels import currency_in, weight_unit
from processing.ratecards.plan import PointedValue
from processing.ratecards.sheets import Sheet, source_of
from processing.ratecards.values import currency_code

_LABEL = re.compile(r"^[^:：]{1,40}[:：]\s*")
_CODE = re.compile(r"\b[A-Z][A-Z0-9]{1,4}\b")
_FIELDS = {
    "carrier": "carrier_name", "customer": "customer", "contract": "contract", "account": "account",
    "service": "service", "carrier_code": "carrier_code",
}  # fmt: skip


def field_of(name: str) -> str:
    """The field of the card that a value of a plan is for."""
    return _FIELDS.get(name, name)


def set_pointed(
    card: CardData, value: PointedValue, sheets: Mapping[int, Sheet], *, day_first: bool | None = None
) -> bool:  # fmt: skip
    """Set what the cell says; False where it says nothing of the kind."""
    sheet = sheets.get(value.sheet)
    cell = Grid(sheet).cell(value.row, value.column) if sheet is not None else None
    if sheet is None or cell is None:
        return False
    if value.part:
        if value.part.casefold() not in " ".join(cell.text.split()).casefold():
            return False
        cell = Cell(value.part, cell.place, cell.column)
    name, found = read_pointed(value.name, cell, day_first=day_first)
    if found is None and value.name in _FIELDS and _LABEL.fullmatch(cell.text + " "):
        # The label alone: what it labels stands beside it.
        row = Grid(sheet).index_of(value.row)
        beside = [c for c in sheet.rows[row].cells if c.column > value.column] if row is not None else []
        if beside:
            cell = beside[0]
            name, found = read_pointed(value.name, cell, day_first=day_first)
    if found is None:
        return False
    if not getattr(card, name):
        setattr(card, name, found)
        card.evidence[name] = {"source": source_of(cell.place), "text": cell.text[:200]}
    return True


def read_pointed(name: str, cell: Cell, *, day_first: bool | None = None) -> tuple[str, str | date | None]:
    """The field of the card that a value is for, and what the cell gives for it."""
    text = cell.text
    if name in _FIELDS:
        plain = _LABEL.sub("", text).strip(" :;,")[:200]
        if name == "carrier_code" and not _CODE.fullmatch(plain):
            codes = _CODE.findall(plain)
            plain = codes[-1] if codes else ""
        return _FIELDS[name], plain or None
    if name == "currency":
        return name, currency_code(text) or currency_in(text) or None
    if name == "weight_unit":
        return name, weight_unit(text) or None
    dates = [found.value for found in find_dates(text, day_first=day_first)]
    if not dates:
        return name, None
    return name, dates[-1] if name == "valid_to" else dates[0]
