"""Several columns of a table that came as one cell (text with single spaces, a number set close to its text): the cell
taken apart into its numbers and its text. Pure."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import permutations

from invoices.records import Place
from invoices.values import parse_decimal
from processing.content.records import Cell, Word
from processing.readers.geometry import union_box
from processing.readers.text import columns_of

# The order in which tables name their numbers; tried first.
_ORDER = (
    "quantity",
    "unit_price",
    "unit_price_gross",
    "discount",
    "discount_percent",
    "tax_rate",
    "tax_amount",
    "amount",
)
_NUMBER = re.compile(r"^[(+-]?[€$£¥]?[+-]?\d[\d.,'’]*(?:[.,]-{1,2})?[%€$£)]?-?$")
_BESIDE = re.compile(r"^(?:[€$£¥%x×@]|[A-Z]{3}|zł|Kč|kr|[a-zA-ZäöüÄÖÜ]{1,4}\.?)$")


def numeric_meanings(meanings: Sequence[str]) -> list[str]:
    """Those of ``meanings`` that stand for numbers, in the usual order."""
    return [m for m in _ORDER if m in meanings]


def unpack(cell: Cell, meanings: Sequence[str], *, decimal_separator: str | None) -> dict[str, Cell]:
    """The parts of a cell by meaning: numbers from its end, or one from its beginning, and the text between as the
    description. Empty where the numbers do not suffice; quantity × price = amount decides on their order."""
    wanted = numeric_meanings(meanings)
    words = list(cell.words) or [Word(t, (0.0, 0.0, 0.0, 0.0)) for t in cell.text.split()]
    tail = _tail(words)
    lead = 1 if words and _NUMBER.match(words[0].text) else 0
    if wanted and len(tail) >= len(wanted) and words[0] is not tail[0][0]:
        groups, rest = tail[-len(wanted) :], words
        start = next(i for i, word in enumerate(words) if word is groups[0][0])
        rest = words[:start]
    elif lead and wanted[:1] == ["quantity"] and len(tail) == len(wanted) - 1:
        start = next((i for i, word in enumerate(words) if tail and word is tail[0][0]), len(words))
        groups, rest = [words[:1], *tail], words[1:start]
    else:
        return {}
    if lead and "line_number" in meanings and rest and rest[0] is words[0]:
        rest = rest[1:]
    if not rest:
        return {}
    parts = {
        meaning: _part(cell, group)
        for meaning, group in zip(_best(wanted, groups, decimal_separator), groups, strict=True)
    }
    parts["description"] = _part(cell, rest)
    return parts


def _tail(words: list[Word]) -> list[list[Word]]:
    """The numbers at the end, each with the sign or unit behind it."""
    groups: list[list[Word]] = []
    beside: list[Word] = []
    for word in reversed(words):
        if _NUMBER.match(word.text):
            groups.insert(0, [word, *beside])
            beside = []
        elif _BESIDE.match(word.text) and not beside:
            beside = [word]
        else:
            break
    return groups


def _best(wanted: list[str], groups: list[list[Word]], separator: str | None) -> tuple[str, ...]:
    values = [parse_decimal(group[0].text, decimal_separator=separator) for group in groups]
    if not {"quantity", "unit_price", "amount"} <= set(wanted) or None in values or len(wanted) > 5:
        return tuple(wanted)
    for order in permutations(wanted):
        named = {m: float(v) for m, v in zip(order, values, strict=True) if v is not None}
        product = named["quantity"] * named["unit_price"]
        if abs(product - named["amount"]) <= 0.011 + 0.005 * abs(named["amount"]):
            return order
    return tuple(wanted)


def _part(cell: Cell, words: list[Word]) -> Cell:
    text = " ".join(w.text for w in words)
    if not cell.words:
        return Cell(text, cell.place, cell.column)
    box = union_box([w.box for w in words])
    place = cell.place
    if place.box is not None:
        place = Place(page=place.page, box=box)
    elif place.cell and place.cell.startswith("line:"):
        place = Place(page=place.page, cell=f"{place.cell.split()[0]} {columns_of(box)}")
    return Cell(text, place, cell.column, tuple(words))
