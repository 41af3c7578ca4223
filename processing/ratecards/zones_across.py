"""Zones that stand side by side, each above the countries or postcodes that it holds. Pure."""

from __future__ import annotations

import re
from collections.abc import Sequence

from processing.content.records import Cell, Row
from processing.ratecards.place_parts import country_code
from processing.ratecards.plan import ColumnPlan, TablePlan
from processing.ratecards.sheets import Sheet, source_of
from processing.ratecards.values import places_of
from processing.ratecards.vocabulary import ZONE_LABEL, meaning_of

PLACES = "places"
_FEWEST = 2
_ZONE = re.compile(r"^(?:[^\W\d]{3,12}\s)?[A-Z]{0,2}\d{0,2}[A-Z]?$")
_PARTS = re.compile(r"\s*[,;/\n]\s*")


def zones_across(sheet: Sheet, index: int) -> TablePlan | None:
    """The table of zones whose header is the row at ``index``, or None: all its cells are zones, and all below them are
    names of countries or lists of postcodes."""
    rows = sheet.rows
    head = rows[index].cells
    if len(head) < 2 or not all(ZONE_LABEL.match(cell.text.strip()) for cell in head):
        return None
    columns = {cell.column for cell in head}
    end = index + 1
    while end < len(rows) and all(c.column in columns and places_in(c.text) for c in rows[end].cells):
        end += 1
    if end == index + 1:
        return None
    plans = tuple(
        ColumnPlan(cell.column, PLACES, cell.text, axis="zone", label=_label(cell), header_source=source_of(cell.place))
        for cell in head
    )
    return TablePlan(
        sheet=sheet.index, target="zones", header_rows=(rows[index].number,), first_row=rows[index + 1].number,
        last_row=rows[end - 1].number, columns=plans,
    )  # fmt: skip


def zone_list(sheet: Sheet, index: int) -> TablePlan | None:
    """The list of zones that begins at the row at ``index``, whatever its head: short labels beside names of countries
    or ranges of postcodes, in either order."""
    rows = sheet.rows
    above = rows[index - 1].cells if index else ()
    for label, places in ((0, 1), (1, 0)):
        named = len(above) == _FEWEST and meaning_of(above[label].text) == "zone"
        end = index
        while end < len(rows) and _lists(rows[end], label, places, named=named):
            end += 1
        listed = [rows[i].cells[places].text for i in range(index, end)]
        if end - index < _FEWEST or not any(len(_PARTS.split(text)) > 1 for text in listed):
            continue
        head, cells = rows[index - 1] if index else None, rows[index].cells
        headed = head is not None and [c.column for c in head.cells] == [c.column for c in cells]
        plans = (ColumnPlan(cells[label].column, "zone"), ColumnPlan(cells[places].column, "destination"))
        return TablePlan(
            sheet=sheet.index, target="zones", header_rows=(head.number,) if head is not None and headed else (),
            first_row=rows[index].number, last_row=rows[end - 1].number, columns=plans,
        )  # fmt: skip
    return None


def _lists(row: Row, label: int, places: int, *, named: bool) -> bool:
    """Whether a row is a zone beside its places; below a head that names zones, these may be any names."""
    if len(row.cells) != 2:
        return False
    zone, text = row.cells[label].text.strip(), row.cells[places].text
    if not _ZONE.match(zone) or country_code(zone):
        return False
    return bool(places_in(text)) or (named and not any(map(str.isdigit, text)))


def _label(cell: Cell) -> str:
    match = ZONE_LABEL.match(cell.text.strip())
    return match[1] if match and match[1] else cell.text.strip()


def places_in(text: str) -> Sequence[tuple[str, str, str]]:
    """(country, first, last) of each place of a cell that holds nothing else; empty for other texts."""
    parts = [part for part in _PARTS.split(text.strip()) if part]
    codes = [country_code(part) for part in parts]
    if parts and all(codes):
        return [(code, "", "") for code in codes]
    listed = places_of(text)
    # A single number may be a price.
    return listed if any(first != last for _, first, last in listed) else ()


def end_of(rows: Sequence[Row], table: TablePlan) -> int:
    """The index behind a table's last row."""
    return next((i for i, row in enumerate(rows) if row.number > table.last_row), len(rows))
