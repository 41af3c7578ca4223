"""What the columns of an item table mean, by the words above them: learnt from confirmed lines, used on the next
document with the same heads."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from decimal import Decimal

from common.text import fold
from invoices.records import LineData
from invoices.values.numbers import find_numbers
from processing.content.extraction import Fields
from processing.content.records import Cell, DocumentContent, Row
from processing.extractors.items.columns import is_numeric
from processing.extractors.items.items import find_item_tables, read_items, table_under
from processing.extractors.memory.keys import fingerprint
from processing.extractors.memory.records import Entry

LEARNT = ("description", "item_code", "quantity", "unit", "unit_price", "amount")
NUMBERS = frozenset({"quantity", "unit_price", "amount"})
MAX_ROWS, MAX_LINES = 400, 50
HEAD_ABOVE = 4  # rows above the first item in which its heads may stand


def columns_of_lines(content: DocumentContent, lines: Sequence[LineData], separator: str | None) -> list[Entry]:
    """Entries for the heads of the columns in which the confirmed lines stand; none where a line is not found, or two
    fields would share a column."""
    rows = content.rows[:MAX_ROWS]
    votes: dict[str, Counter[int]] = {}
    firsts: list[int] = []
    for line in lines[:MAX_LINES]:
        at = next((i for i, row in enumerate(rows) if _holds(row, line, separator)), None)
        if at is None:
            continue
        firsts.append(at)
        for name in LEARNT:
            value = getattr(line, name)
            column = _column_of(rows[at], value, name, separator) if value not in (None, "") else None
            if column is not None:
                votes.setdefault(name, Counter())[column] += 1
    if len(firsts) * 2 < len(lines[:MAX_LINES]) or not firsts:
        return []
    columns = {name: found.most_common(1)[0][0] for name, found in votes.items()}
    # Quantity and amount of a line of one piece are the same figure: a column is that of one field only.
    if len(set(columns.values())) < len(columns) or not {"description", "amount"} <= columns.keys():
        return []
    first = min(firsts)
    for head in reversed(rows[max(0, first - HEAD_ABOVE) : first]):
        heads = {name: cell.text for name, column in columns.items() if (cell := _above(head, rows[first], column))}
        if {"description", "amount"} <= heads.keys() and not any(c.isdigit() for text in heads.values() for c in text):
            layout = fingerprint([fold(cell.text) for cell in head.cells])
            return [Entry("column", fold(text)[:150], "", name, text[:150], "", layout) for name, text in heads.items()]
    return []


def read_lines(content: DocumentContent, entries: Sequence[Entry]) -> list[Fields]:
    """The lines below heads that are remembered, read by what their columns mean; none where no such heads stand on the
    document."""
    layouts: dict[str, dict[str, str]] = {}
    for entry in reversed(entries):
        layouts.setdefault(entry.layout, {})[entry.key] = entry.field
    lines: list[Fields] = []
    for row in content.rows[:MAX_ROWS]:
        meanings = layouts.get(fingerprint([fold(cell.text) for cell in row.cells]))
        if meanings is None:
            continue
        cells = [(cell, meanings[fold(cell.text)[:150]]) for cell in row.cells if fold(cell.text)[:150] in meanings]
        table = table_under(content, row, cells)
        if table is not None:
            lines += read_items(content, table, method="memory")
    return lines


def same_columns(content: DocumentContent, entries: Sequence[Entry]) -> bool:
    """Whether the rules read the columns as the entries say."""
    meant = {entry.field for entry in entries}
    return any(meant <= table.columns.keys() for table in find_item_tables(content))


def _holds(row: Row, line: LineData, separator: str | None) -> bool:
    if line.amount is None or not line.description or len(row.cells) < 2:
        return False
    words = fold(line.description).split()
    named = any(fold(cell.text).split()[:3] == words[:3] for cell in row.cells)
    return named and any(_is(cell.text, line.amount, separator) for cell in row.cells)


def _column_of(row: Row, value: object, name: str, separator: str | None) -> int | None:
    if name in NUMBERS:
        found = [i for i, c in enumerate(row.cells) if is_numeric(c) and _is(c.text, value, separator)]
        # The amount is the last of equals, the quantity the first.
        return (found[-1] if name == "amount" else found[0]) if found else None
    words = fold(str(value)).split()
    return next((i for i, cell in enumerate(row.cells) if fold(cell.text).split()[:3] == words[:3]), None)


def _is(text: str, value: object, separator: str | None) -> bool:
    return isinstance(value, Decimal) and any(n.value == value for n in find_numbers(text, decimal_separator=separator))


def _above(head: Row, row: Row, index: int) -> Cell | None:
    cell = row.cells[index]
    for other in _overlapping(head, cell):
        return other
    return None


def _overlapping(head: Row, cell: Cell) -> Iterator[Cell]:
    box = cell.place.box
    for other in head.cells:
        above = other.place.box
        if box is None or above is None:
            if other.column == cell.column:
                yield other
        elif min(box[2], above[2]) > max(box[0], above[0]):
            yield other
