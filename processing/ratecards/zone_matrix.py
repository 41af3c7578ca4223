"""Tables whose cells are zones: a matrix of origins and destinations, a chart of places by service. Pure.

Nothing in such a table says that its cells are no prices, but another table of the card does: it prices these zones.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace

from processing.content.records import Row
from processing.ratecards.plan import ColumnPlan, TablePlan
from processing.ratecards.sheets import Sheet, source_of
from processing.ratecards.vocabulary import DISTANCES, FROM_TO, NOTHING, PLACES, WEIGHTS, ZONE_LABEL, meaning_of

_LETTERED = re.compile(r"^(?:zone|zona|zon|strefa)?\s*[A-Za-z]{1,2}\d{0,2}$", re.I)
_KEY = re.compile(r"^[A-Z]{0,3}\s?\d{0,5}[A-Z]?\*?$|^(?:zone|zona|zon|strefa)\s?\w{1,3}$", re.I)
_POSTCODES = re.compile(r"^\d{1,3}$")
_FEWEST = 2


def lettered_matrix(sheet: Sheet, index: int) -> TablePlan | None:
    """The matrix whose header is the row at ``index``, or None: short keys to the left and above, letters of zones in
    all cells ("Von / Nach | 20 | 44 | 80")."""
    rows = sheet.rows
    head = rows[index].cells
    if len(head) < _FEWEST + 1 or not all(_KEY.match(cell.text.strip()) for cell in head[1:]):
        return None
    corner = head[0]
    if not FROM_TO.match(corner.text) and meaning_of(corner.text) not in {*PLACES, "zone"}:
        return None
    columns = {cell.column for cell in head}
    end = index + 1
    while end < len(rows) and _is_matrix_row(rows[end], columns, corner.column):
        end += 1
    if end - index <= _FEWEST:
        return None
    plans = (ColumnPlan(corner.column, "origin", corner.text), *(
        ColumnPlan(cell.column, "zone", cell.text, axis="destination", label=cell.text.strip(),
                   header_source=source_of(cell.place)) for cell in head[1:]
    ))  # fmt: skip
    return TablePlan(
        sheet=sheet.index, target="zones", header_rows=(rows[index].number,), first_row=rows[index + 1].number,
        last_row=rows[end - 1].number, columns=plans,
    )  # fmt: skip


def _is_matrix_row(row: Row, columns: set[int], corner: int) -> bool:
    cells = {cell.column: cell.text.strip() for cell in row.cells}
    key = cells.pop(corner, "")
    values = [text for text in cells.values() if not NOTHING.match(text)]
    return bool(key and values) and cells.keys() <= columns and all(_LETTERED.match(text) for text in values)


def with_zone_tables(tables: Iterable[TablePlan], sheets: Sequence[Sheet]) -> list[TablePlan]:
    """The tables, where those whose every cell is a zone that another table prices are tables of zones."""
    tables = list(tables)
    by_index = {sheet.index: sheet for sheet in sheets}
    return [_as_zones(table, by_index, _labels(tables, by_index, but=table)) for table in tables]


def _labels(tables: Sequence[TablePlan], sheets: dict[int, Sheet], *, but: TablePlan) -> set[str]:
    """The zones that tables of weights or of prices by zone have, but for one."""
    found: set[str] = set()
    for table in tables:
        if table is but or table.target != "rates":
            continue
        for column in table.columns:
            for axis, label in ((column.axis, column.label), (column.outer_axis, column.outer_label)):
                if axis == "zone":
                    found.add(_plain(label))
            if column.meaning == "zone":
                found |= {_plain(text) for text in _texts(table, sheets[table.sheet], column.column)}
    return found


def _as_zones(table: TablePlan, sheets: dict[int, Sheet], labels: set[str]) -> TablePlan:
    prices = [column for column in table.columns if column.meaning == "price"]
    meanings = {column.meaning for column in table.columns}
    if table.target != "rates" or not prices or not labels or meanings & (WEIGHTS | DISTANCES | {"zone", "minimum"}):
        return table
    axes = {column.axis for column in prices}
    if not meanings & PLACES or not axes <= {"", "service", "destination"} or any(c.unit for c in prices):
        return table
    texts = [t for c in prices for t in _texts(table, sheets[table.sheet], c.column) if not NOTHING.match(t)]
    if len(set(texts)) < _FEWEST or not all(_plain(text) in labels for text in texts):
        return table
    columns = tuple(replace(c, meaning="zone" if c.meaning == "price" else c.meaning) for c in table.columns)
    return replace(table, target="zones", columns=columns, price_unit="", basis="")


def _texts(table: TablePlan, sheet: Sheet, column: int) -> list[str]:
    rows = [row for row in sheet.rows if table.first_row <= row.number <= table.last_row]
    return [cell.text for row in rows if len(row.cells) > 1 and (cell := row.cell_at(column)) is not None]


def _plain(text: str) -> str:
    match = ZONE_LABEL.match(text.strip())
    return (match[1] if match and match[1] else text.strip()).casefold()


def place_of_label(label: str, zones: Iterable[str]) -> str:
    """What a key of a matrix stands for: a zone where a list names it so, else the postcodes that begin with it."""
    return f"{label}*" if _POSTCODES.match(label) and label not in set(zones) else label


def padded(label: str, size: int) -> str:
    """A number that a workbook keeps without its leading zero, beside others of two digits."""
    return label.zfill(size) if label.isdecimal() and size in (2, 3) else label


def with_named_areas(columns: list[ColumnPlan], sample: Sequence[Row]) -> list[ColumnPlan]:
    """Names beside the first and last of their postcodes, and no price: the names are zones of the card."""
    meanings = [column.meaning for column in columns]
    if "price" in meanings or "zone" in meanings or "destination_from" not in meanings:
        return columns
    named = [
        column for column in columns
        if column.meaning == "destination" and not column.axis and (texts := texts_in(sample, column.column))
        and not any(text[:1].isdigit() for text in texts)
    ]  # fmt: skip
    if len(named) != 1:
        return columns
    return [replace(c, meaning="zone", part="") if c is named[0] else replace(c, part="") for c in columns]


def texts_in(sample: Sequence[Row], column: int) -> list[str]:
    """The texts of a column in rows that have it."""
    return [cell.text for row in sample if (cell := row.cell_at(column)) is not None]
