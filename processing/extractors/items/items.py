"""Item tables: found by the words of their header or by their arithmetic, and read line by line. Pure.

The same reading serves the rules and the model, which only says from which row to which one, and what the columns are.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from invoices.records import Method
from invoices.values import day_first_of, decimal_separator_of, parse_currency
from processing.content.extraction import Fields
from processing.content.records import Cell, DocumentContent, Row
from processing.extractors.items.arithmetic import choose_columns, grouped_numbers, unnamed_columns
from processing.extractors.items.columns import ColumnMap, header_hits, is_numeric, read_header, span_of
from processing.extractors.items.fields import item_fields
from processing.extractors.items.headers import find_phrases, fold, weight_unit_in
from processing.extractors.items.lines import ItemReader
from processing.extractors.items.lists import find_list
from processing.extractors.items.packed import numeric_meanings

_ITEM_SIDE = frozenset({"description", "item_code", "quantity", "tracking_number", "service"})
_MONEY_SIDE = frozenset({"amount", "unit_price", "amount_gross", "unit_price_gross"})
MAX_HEADER_ROWS = 7
# Past these a file is no invoice that rules should read: they bound the time, which is linear in the cells.
MAX_CELLS, MAX_CELLS_OF_ROW, MAX_CHARACTERS_OF_CELL = 60_000, 40, 1000
MAX_ROWS_TO_FIRST_ITEM = 12


@dataclass(slots=True)
class ItemTable:
    """Rows ``first_row`` to ``last_row`` (row numbers) hold items; ``columns`` says which column means what (names of
    records.LINE_FIELDS and HELPER_MEANINGS)."""

    header_rows: tuple[int, ...]
    first_row: int
    last_row: int
    columns: dict[str, int] = field(default_factory=dict)


def find_item_tables(content: DocumentContent) -> list[ItemTable]:
    """The item tables of a document in reading order; a table that goes on over pages is one, one with its header
    repeated differently is several."""
    rows = _bounded(content)
    if not rows:
        return []
    separator = decimal_separator_of(cell.text for row in rows for cell in row.cells if is_numeric(cell))
    tables: list[ItemTable] = []
    index = 0
    while index < len(rows):
        header = _header_at(rows, index)
        if header is None:
            index += 1
            continue
        table = _table_below(rows, header, separator)
        if table is None:
            index = header[-1] + 1
            continue
        tables.append(table)
        index = table.last_row - rows[0].number + 1
    if not tables and not (tables := _tables_without_header(rows, separator)):
        found = find_list(rows, separator)
        tables = [ItemTable((), found[0].number, found[1].number, found[2])] if found else []
    return tables


def read_items(content: DocumentContent, table: ItemTable, *, method: Method) -> list[Fields]:
    """The lines of a table as fields with evidence, in order. Sub-totals, headers on later pages and details below an
    item are no lines of their own."""
    every = _bounded(content)
    rows = [row for row in every if table.first_row <= row.number <= table.last_row]
    if not rows:
        return []
    separator = decimal_separator_of(cell.text for row in rows for cell in row.cells if is_numeric(cell))
    if separator is None:
        separator = decimal_separator_of(cell.text for row in every for cell in row.cells if is_numeric(cell))
    reader = _reader(rows, table.columns, separator)
    day_first = _day_first(every) if "ship_date" in table.columns else None
    header = [row for row in every if row.number in table.header_rows]
    weight_unit = _unit_in_header(header, reader, table)
    price_head = _price_head(header, reader, table)
    fields = []
    for item in reader.read(open_ended=False):
        item.price_head = price_head
        fields.append(item_fields(reader, item, method, day_first=day_first, weight_unit=weight_unit))
    return fields


def _price_head(header: Sequence[Row], reader: ItemReader, table: ItemTable) -> str:
    """What heads the unit prices: "Preis/100", "Price per 1,000"."""
    column = table.columns.get("unit_price")
    if column is None:
        return ""
    return " ".join(cell.text for row in header for cell in row.cells if reader.columns.column_of(cell, row) == column)


def _day_first(rows: Sequence[Row]) -> bool | None:
    texts = [cell.text for row in rows for cell in row.cells]
    return day_first_of(texts, currency=next((found for text in texts if (found := parse_currency(text))), None))


def _unit_in_header(header: Sequence[Row], reader: ItemReader, table: ItemTable) -> tuple[str, Cell] | None:
    """The unit that the column of weights names ("Weight (lbs)"), and where."""
    column = table.columns.get("billed_weight")
    for row in header:
        for cell in row.cells:
            unit = weight_unit_in(cell.text) if column is not None else ""
            if unit and reader.columns.column_of(cell, row) == column:
                return unit, cell
    return None


def _bounded(content: DocumentContent) -> list[Row]:
    rows: list[Row] = []
    cells = 0
    for row in content.rows:
        if len(row.cells) > MAX_CELLS_OF_ROW or any(len(cell.text) > MAX_CHARACTERS_OF_CELL for cell in row.cells):
            fitting = (cell for cell in row.cells[:MAX_CELLS_OF_ROW] if len(cell.text) <= MAX_CHARACTERS_OF_CELL)
            row = replace(row, cells=tuple(fitting))
        cells += len(row.cells)
        if cells > MAX_CELLS:
            break
        if row.cells:
            rows.append(row)
    return rows


def _reader(
    rows: Sequence[Row], columns: dict[str, int], separator: str | None, map_: ColumnMap | None = None
) -> ItemReader:
    by_column: dict[int, list[str]] = {}
    for meaning, column in columns.items():
        by_column.setdefault(column, []).append(meaning)
    meanings = {c: "description" if "description" in found else found[0] for c, found in by_column.items()}
    packed = {c: found for c, found in by_column.items() if "description" in found and numeric_meanings(found)}
    map_ = map_ or ColumnMap.of(rows)
    return ItemReader(rows, map_, meanings, packed=packed, decimal_separator=separator)


def _header_at(rows: Sequence[Row], index: int) -> list[int] | None:
    """The rows of an item header that begins here, as indices. Names in a single cell must be three at least."""
    found: list[int] = []
    hits: set[str] = set()
    most = 0
    for at in range(index, min(index + MAX_HEADER_ROWS, len(rows))):
        row_hits = header_hits(rows[at])
        if not row_hits or rows[at].page != rows[index].page:
            break
        if found and not _close(rows[at - 1], rows[at]):
            break
        whole = hits & _ITEM_SIDE and hits & _MONEY_SIDE
        if whole and len(rows[at].cells) == 1 and row_hits <= hits and not _ends_word(rows[at - 1]):
            # A single word of the vocabulary below a whole header is rather the name of the first item.
            break
        found.append(at)
        hits |= row_hits
        most = max(most, len(row_hits))
    if not (hits & _ITEM_SIDE and hits & _MONEY_SIDE) or most < 2:
        return None
    return found


def _ends_word(row: Row) -> bool:
    return any(cell.text.endswith(("-", "/")) for cell in row.cells)


def _close(upper: Row, lower: Row) -> bool:
    above = [w.box[3] for c in upper.cells for w in c.words]
    below = [(w.box[1], w.box[3] - w.box[1]) for c in lower.cells for w in c.words]
    if not above or not below:
        return True
    top, height = min(below)
    return top - max(above) < 1.2 * height


def _table_below(rows: Sequence[Row], header: list[int], separator: str | None) -> ItemTable | None:
    start = header[-1] + 1
    if all(len(rows[at].cells) == 1 for at in header):
        return _table_of_single_cells(rows, header, separator)
    first = next(
        (
            at
            for at in range(start, min(start + MAX_ROWS_TO_FIRST_ITEM, len(rows)))
            if sum(is_numeric(cell) for cell in rows[at].cells) >= 1 and len(rows[at].cells) > 1
        ),
        None,
    )
    if first is None:
        return None
    body = [row for row in rows[start:] if row.table == rows[first].table] if rows[first].table is not None else []
    body = body or list(rows[first : first + 1])
    map_ = ColumnMap.of(body)
    read = read_header([rows[at] for at in header], map_)
    columns = choose_columns(read, grouped_numbers(body, map_, separator), body, map_)
    if not columns or not ({"amount", "unit_price"} & columns.keys()):
        return None
    candidates = rows[start:]
    reader = _reader(candidates, columns, separator, map_)
    items = reader.read(open_ended=True)
    if not items:
        return None
    last = _with_wrapped_rows(candidates, max(item.end_index for item in items), map_)
    return ItemTable(tuple(rows[at].number for at in header), candidates[0].number, candidates[last].number, columns)


def table_under(content: DocumentContent, head: Row, cells: Sequence[tuple[Cell, str]]) -> ItemTable | None:
    """The table below a row of heads of which somebody said what they mean: ``cells`` with their meanings. None where
    no items stand below it."""
    rows = _bounded(content)
    start = next((at + 1 for at, row in enumerate(rows) if row.number == head.number), len(rows))
    candidates = rows[start:]
    first = next(
        (r for r in candidates[:MAX_ROWS_TO_FIRST_ITEM] if len(r.cells) > 1 and any(map(is_numeric, r.cells))), None
    )
    if first is None:
        return None
    separator = decimal_separator_of(cell.text for row in rows for cell in row.cells if is_numeric(cell))
    body = [row for row in candidates if row.table == first.table] if first.table is not None else [first]
    map_ = ColumnMap.of(body)
    columns: dict[str, int] = {}
    for cell, meaning in cells:
        span = span_of(cell)
        column = map_.nearest(span) if span is not None and map_.spans else cell.column
        if column in columns.values():
            return None
        columns[meaning] = column
    items = _reader(candidates, columns, separator, map_).read(open_ended=True)
    if not items:
        return None
    last = _with_wrapped_rows(candidates, max(item.end_index for item in items), map_)
    return ItemTable((head.number,), candidates[0].number, candidates[last].number, columns)


def _table_of_single_cells(rows: Sequence[Row], header: list[int], separator: str | None) -> ItemTable | None:
    """Text with single spaces: every row is one cell, and so is the header."""
    names = {p.meaning: 0 for at in header for p in find_phrases(fold(rows[at].text).split())}
    if "description" not in names or len(numeric_meanings(list(names))) < 2:
        return None
    candidates = [row for row in rows[header[-1] + 1 :] if row.page == rows[header[0]].page]
    reader = _reader(candidates, names, separator)
    items = reader.read(open_ended=True)
    if not items:
        return None
    last = max(item.end_index for item in items)
    return ItemTable(tuple(rows[at].number for at in header), candidates[0].number, candidates[last].number, names)


def _with_wrapped_rows(rows: Sequence[Row], last: int, columns: ColumnMap) -> int:
    """Rows of one cell right below the last item are the rest of its description."""
    while last + 1 < len(rows):
        row = rows[last + 1]
        inside = row.page == rows[last].page and len(row.cells) == 1 and _close(rows[last], row)
        if not inside or is_numeric(row.cells[0]) or row.table not in (None, columns.home):
            break
        last += 1
    return last


def _tables_without_header(rows: Sequence[Row], separator: str | None) -> list[ItemTable]:
    """Blocks in which quantity times price is the amount, line after line."""
    found: list[ItemTable] = []
    blocks: dict[int, list[Row]] = {}
    for row in rows:
        if row.table is not None:
            blocks.setdefault(row.table, []).append(row)
    for block in blocks.values():
        if sum(sum(is_numeric(cell) for cell in row.cells) >= 3 for row in block) < 2:
            continue
        map_ = ColumnMap.of(block)
        columns = unnamed_columns(grouped_numbers(block, map_, separator), block, map_)
        if not columns:
            continue
        reader = _reader(block, columns, separator)
        items = reader.read(open_ended=True)
        if len(items) >= 2:
            first = min(item.first_index for item in items)
            last = max(item.end_index for item in items)
            found.append(ItemTable((), block[first].number, block[last].number, columns))
    return found
