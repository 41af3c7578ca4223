"""Which rows are headers of rate tables, and what stands in each column under them. Pure."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from processing.content.records import Cell, Row
from processing.ratecards.labels import parse_break
from processing.ratecards.vocabulary import (
    CLASS_LABEL,
    FROM_TO,
    KEYS,
    LANE_LABEL,
    NOTHING,
    PACKAGING,
    PALLET_SIZE,
    ZONE_LABEL,
    is_equipment,
    meaning_of,
)

_NUMBER = re.compile(r"^[^\w\d]{0,2}\s*(?:[A-Z]{3}\s*)?[-+]?\d[\d.,' ]*\s*(?:%|[A-Z]{3}|[€$£])?$")
_MONEY = re.compile(r"\d[.,]\d{2}\b")
_LOOK_AHEAD = 4
_MOST_LEADING = 2


def is_number(text: str) -> bool:
    return bool(_NUMBER.match(text))


def is_label(text: str) -> bool:
    """Whether a text names a place on an axis: a break that is more than a number, a zone, a container, a packaging."""
    found = parse_break(text)
    if found is not None:
        return found.shape != "point" or bool(found.unit)
    if CLASS_LABEL.match(text) or LANE_LABEL.match(text) or PALLET_SIZE.match(text):
        return True
    return bool(ZONE_LABEL.match(text) or is_equipment(text) or PACKAGING.match(text))


@dataclass(slots=True)
class Header:
    """The header rows of a table: what stands above each column, from the top down."""

    rows: list[Row]
    parts: dict[int, list[Cell]] = field(default_factory=dict)
    above: str = ""
    lead: int = 0  # how many of the rows stand above the one that was asked for

    @property
    def columns(self) -> list[int]:
        return sorted(self.parts)

    def own(self, column: int) -> str:
        return self.parts[column][-1].text

    def full(self, column: int) -> str:
        return " ".join(dict.fromkeys(cell.text for cell in self.parts[column]))


def header_at(rows: Sequence[Row], index: int, *, inside: bool = False) -> Header | None:
    """The header that starts at a row, or None. ``inside``: the row follows rows of a table, so only words that are
    known to head columns make it a header."""
    if not _heads(rows, index, inside=inside):
        return None
    found = [rows[index]]
    at = index + 1
    while at < len(rows) and len(found) < 4 and _continues(rows, at, found):
        found.append(rows[at])
        at += 1
    lead = 0
    while not inside and lead < _MOST_LEADING and _leads(rows, index - lead - 1, found):
        lead += 1
        found.insert(0, rows[index - lead])
    header = header_of(found)
    header.lead = lead
    index -= lead
    if index and len(rows[index - 1].cells) == 1:
        header.above = rows[index - 1].cells[0].text
    return header


def _leads(rows: Sequence[Row], at: int, found: Sequence[Row]) -> bool:
    """Whether a row of short texts directly above a header names groups of its columns ("Origin | | Destination")."""
    if at < 0 or len(rows[at].cells) < 2:
        return False
    row, below = rows[at], found[0]
    here, there = _sheet_row(row), _sheet_row(below)
    if here is None or there is None or there - here != 1:
        return False
    columns = {cell.column for one in found for cell in one.cells}
    texts = [cell.text for cell in row.cells]
    for text in texts:
        if is_number(text) or ":" in text or len(text) > 40 or (any(map(str.isdigit, text)) and not is_label(text)):
            return False
    if len(texts) == 2 and meaning_of(texts[1]) is None:
        return False  # "Carrier | Curva Azul"
    return {cell.column for cell in row.cells} <= columns


def _sheet_row(row: Row) -> int | None:
    """The number of a row in its sheet (merged cells keep the address of their first row); None on pages."""
    found = [int(match[0]) for cell in row.cells if (match := re.search(r"\d+$", cell.place.cell or ""))]
    return max(found) if found else None


def header_of(rows: Sequence[Row]) -> Header:
    """These rows as a header; what spans several columns heads each of them."""
    header = Header(list(rows))
    _stack(header)
    return header


def _heads(rows: Sequence[Row], index: int, *, inside: bool) -> bool:
    cells = rows[index].cells
    if len(cells) < 2:
        return False
    texts = [cell.text for cell in cells]
    if len(cells) == 2 and _is_note(rows, index):
        return False
    if any(_MONEY.search(text) and (is_number(text) or not is_label(text)) for text in texts):
        return False
    known = [meaning_of(text) for text in texts]
    count = sum(meaning is not None for meaning in known)
    labels = sum(is_label(text) for text, meaning in zip(texts, known, strict=True) if meaning is None)
    numbers = sum(is_number(text) for text, meaning in zip(texts, known, strict=True) if meaning is None)
    rest = len(cells) - count - labels - numbers
    if count >= 2 and numbers <= count + labels and rest <= count + labels:
        return True
    if inside and rest and numbers:
        return False
    if (known[0] in KEYS or FROM_TO.match(texts[0])) and numbers + labels + rest >= 1:
        return _numbers_follow(rows, index, [cell.column for cell in cells[1:]])
    if inside:
        return False
    below = _multi(rows, index)
    if below is None:
        return False
    corner_empty = cells[0].column > below.cells[0].column
    if (labels >= 2 and labels + count > numbers) or (corner_empty and count == 0 and numbers < len(cells)):
        return _numbers_follow(rows, index, [cell.column for cell in cells[(0 if corner_empty else 1) :]])
    if corner_empty and numbers == len(cells):
        return _numbers_follow(rows, index, [cell.column for cell in cells])
    if rest >= 2 and numbers == 0:
        return _numbers_follow(rows, index, [cell.column for cell in cells[1:]])
    return False


def _is_note(rows: Sequence[Row], index: int) -> bool:
    """ "Port of loading | Rotterdam" above a table of more columns is no header of two."""
    first, second = (cell.text for cell in rows[index].cells)
    if meaning_of(second) is not None or is_label(second) or is_number(second):
        return False
    wider = any(len(row.cells) > 2 for row in rows[index + 1 : index + 1 + _LOOK_AHEAD])
    return wider and meaning_of(first.rstrip(" :")) is not None


def _multi(rows: Sequence[Row], index: int) -> Row | None:
    return next((row for row in rows[index + 1 : index + 1 + _LOOK_AHEAD] if len(row.cells) > 1), None)


def _numbers_follow(rows: Sequence[Row], index: int, columns: Sequence[int]) -> bool:
    """Whether the rows below have numbers, or signs for none, in most of the columns."""
    wanted = set(columns)
    seen = 0
    for row in rows[index + 1 : index + 1 + _LOOK_AHEAD]:
        below = [cell.text for cell in row.cells if cell.column in wanted]
        good = sum(is_number(text) or bool(NOTHING.match(text)) for text in below)
        if below and good * 2 >= len(below) and good * 3 >= len(wanted):
            seen += 1
    return seen >= 1


def _continues(rows: Sequence[Row], at: int, found: Sequence[Row]) -> bool:
    """Whether a row below a header row belongs to the header, too."""
    row = rows[at]
    texts = [cell.text for cell in row.cells]
    if not texts or any(_MONEY.search(text) for text in texts):
        return False
    known = sum(meaning_of(text) is not None for text in texts)
    labels = sum(is_label(text) for text in texts)
    numbers = sum(is_number(t) and meaning_of(t) is None and not is_label(t) for t in texts)  # "ZIP3", "< 500"
    first = min(cell.column for one in found for cell in one.cells)
    corner_empty = row.cells[0].column > first
    if known == len(texts) and len(texts) >= 2:
        return True
    if not corner_empty:
        # "kg" and "EUR" below "Weight" and "Price": words of units, no number.
        return numbers == 0 and known > 0 and (known + labels) * 2 > len(texts) and len(texts) >= 2
    if numbers == len(texts):
        # Whole numbers with nothing in the first column, numbers with something there below: labels of an axis.
        below = rows[at + 1] if at + 1 < len(rows) else None
        return below is not None and bool(below.cells) and below.cells[0].column <= first and len(texts) >= 2
    return labels + known + numbers >= len(texts) - 1 or numbers == 0


def _stack(header: Header) -> None:
    lower: set[int] = set()
    for row in reversed(header.rows):
        own = {cell.column: cell for cell in row.cells}
        spans = dict(own)
        if lower:
            # What spans several columns stands in the first of them; with nothing below it, it heads its own alone.
            current: Cell | None = None
            for column in sorted(lower | set(own)):
                if column in own:
                    current = own[column] if column in lower else None
                if current is not None and column in lower and column not in own:
                    spans[column] = current
        for column, cell in spans.items():
            header.parts.setdefault(column, []).insert(0, cell)
        lower |= set(own)
