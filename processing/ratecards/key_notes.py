"""Keys that stand in notes above a table and hold for all of it. Pure."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from processing.content.records import Row
from processing.ratecards.headers import is_number
from processing.ratecards.notes import LEGAL_FORM
from processing.ratecards.plan import TablePlan
from processing.ratecards.sheets import source_of
from processing.ratecards.vocabulary import meaning_of

# "Rates per cwt from ZIP3 972 to ZIP3 980-984"
_ZIPS = re.compile(
    r"\bfrom (?:ZIP3?s?|3-digit ZIPs?)\s+(?P<origin>\d{3}(?:\s?[-–]\s?\d{3})?)\s+to (?:ZIP3?s?|3-digit ZIPs?)\s+"
    r"(?P<destination>\d{3}(?:\s?[-–]\s?\d{3})?)\b", re.I
)  # fmt: skip
_NOTED = frozenset({"origin", "destination", "equipment", "carrier"})


def pairs_of(row: Row) -> list[tuple[str, str, Any]]:
    """The keys that a row of notes gives; cells of their own may each hold one ("Validity: …", "Origin: …")."""
    if len(row.cells) == 1 and (lane := _ZIPS.search(row.cells[0].text)):
        place = source_of(row.cells[0].place)
        return [(side, _zip3(lane[side]), place) for side in ("origin", "destination")]
    whole = pair_of(row)
    if whole is not None or len(row.cells) > 4:
        return [whole] if whole is not None else []
    return [pair for cell in row.cells if ":" in cell.text and (pair := pair_of(Row(row.number, row.page, (cell,))))]


def _zip3(text: str) -> str:
    ends = re.findall(r"\d{3}", text)
    return f"US {ends[0]}–{ends[1]}" if len(ends) > 1 else f"US {ends[0]}*"


def pair_of(row: Row) -> tuple[str, str, Any] | None:
    """A key that a note gives for the tables below it: ``Port of loading: Hamburg``, in one cell or in two."""
    if len(row.cells) == 1:
        label, mark, text = row.cells[0].text.partition(":")
        cell = row.cells[0]
    elif len(row.cells) == 2:
        label, mark, text, cell = row.cells[0].text.rstrip(" :"), ":", row.cells[1].text, row.cells[1]
    else:
        return None
    # "Joinville (SC) - values in R$": what follows a dash is another thing.
    text = re.split(r"\s+[-–—]\s+|(?<=[^\W\d]{3})\.\s+", text.strip())[0]
    # "São Paulo (SP)": the state beside a city is no part of its name.
    text = re.sub(r"^([^\W\d][^\d()]{2,40})\s*\([A-Z]{2}\)$", r"\1", text.strip()).strip()
    meaning = meaning_of(label) if mark and text and len(text) <= 60 else None
    return (meaning, text, source_of(cell.place)) if meaning in _NOTED and not is_number(text) else None


def with_pairs(table: TablePlan, pairs: dict[str, tuple[str, str, Any]]) -> TablePlan:
    """The table with the keys that notes above it give and none of its columns does."""
    if table.target != "rates":
        return table
    said = {c.meaning for c in table.columns} | {c.axis for c in table.columns} | {c.outer_axis for c in table.columns}
    sides = {name for name in ("origin", "destination") if any(m.startswith(name) or m == "lane" for m in said)}
    constants = tuple(pair for meaning, pair in pairs.items() if meaning not in said | sides)
    return replace(table, constants=constants)


def with_carriers(tables: Sequence[TablePlan]) -> list[TablePlan]:
    """The tables, each with the carrier that its note or title names where they are of several; one alone is the
    card's."""
    named = {index: found for index, table in enumerate(tables) if (found := _carrier_of(table)) is not None}
    several = len({text for text, _ in named.values()}) > 1
    out = []
    for index, table in enumerate(tables):
        constants = [constant for constant in table.constants if constant[0] != "carrier"]
        if several and index in named:
            constants.append(("carrier", *named[index]))
        out.append(replace(table, constants=tuple(constants)))
    return out


def _carrier_of(table: TablePlan) -> tuple[str, Any] | None:
    said = next(((text, source) for name, text, source in table.constants if name == "carrier"), None)
    if said is not None or table.target != "rates":
        return said
    title = table.title.strip()
    legal = LEGAL_FORM.search(title)
    return (title, None) if legal and legal.end() >= len(title) - 1 and ":" not in title else None
