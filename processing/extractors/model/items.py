"""From the blocks of rows that the model pointed at to item tables: what each column is, by the first item."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from decimal import Decimal
from itertools import product
from typing import Any

from common.text import caseless
from invoices.records import LINE_FIELDS
from invoices.values import parse_decimal
from processing.content.extraction import Fields
from processing.content.records import Cell, DocumentContent, Row
from processing.extractors.items.columns import ColumnMap, header_hits, read_header
from processing.extractors.items.items import MAX_HEADER_ROWS, ItemTable, find_item_tables, read_items
from processing.extractors.items.lines import read_number
from processing.extractors.model.schema import ITEM_KEYS

# The first item may be written over several rows, and a small model miscounts rows by one or two.
ROWS_OF_FIRST_ITEM = 5
ROWS_BEFORE = 2
MAX_BLOCKS = 200
_MAX_OPTIONS = 6
# Meanings that are numbers; their columns are told apart: the same cell is not the price and the amount.
_APART = frozenset({"quantity", "unit_price", "amount", "tax_rate"})
# What the model is not asked for: read where the table's own heading names it.
_BY_HEADING = (frozenset(LINE_FIELDS) | {"discount_percent", "price_base"}) - frozenset(ITEM_KEYS.values())
_ORDER = ("quantity", "unit_price", "amount")


@dataclass(slots=True)
class Block:
    """One entry of the reply's ``items``: rows, and the first item's texts by line field."""

    first_row: int
    last_row: int
    texts: dict[str, str]


@dataclass(slots=True)
class ReadBlocks:
    """The lines of all blocks, the rows that they stand in, and (field, text) of what stands nowhere in its block."""

    lines: list[Fields] = field(default_factory=list)
    rows: set[int] = field(default_factory=set)
    not_found: list[tuple[str, str]] = field(default_factory=list)


def parse_blocks(items: object) -> list[Block]:
    """The usable entries of ``items``: with row numbers in order; anything else in them is left out."""
    blocks: list[Block] = []
    for entry in items if isinstance(items, list) else []:
        first, last = (
            (_row_number(entry.get(key)) for key in ("from", "to")) if isinstance(entry, dict) else (None, None)
        )
        if first is None or last is None or last < first:
            continue
        texts = {name: _text(entry.get(key)) for key, name in ITEM_KEYS.items()}
        blocks.append(Block(first, last, {name: text for name, text in texts.items() if text}))
    return blocks[:MAX_BLOCKS]


def read_blocks(content: DocumentContent, blocks: Iterable[Block], separator: str | None) -> ReadBlocks:
    """The lines of the blocks, read from the document. A row is read once: what an earlier block took is left out."""
    result = ReadBlocks()
    rows = content.rows
    for block in blocks:
        inside = [
            row for row in rows if block.first_row <= row.number <= block.last_row and row.number not in result.rows
        ]
        if not inside:
            continue
        block = Block(inside[0].number, inside[-1].number, block.texts)
        table, not_found = _table(rows, block, separator)
        result.not_found += not_found
        if table is None:
            table = _table_by_rules(content, block)
        if table is None:
            continue
        lines = read_items(content, table, method="llm")
        result.lines += lines
        taken = _rows_of(lines, inside)
        result.rows.update(range(min(taken), max(taken) + 1) if taken else ())
    return result


def _rows_of(lines: list[Fields], rows: list[Row]) -> list[int]:
    """The rows in which the values of lines stand: fewer than the block has, where it goes on into the totals."""
    places = {field.place for line in lines for field in line.values()}
    return [row.number for row in rows if any(cell.place in places for cell in row.cells)]


def _table(rows: list[Row], block: Block, separator: str | None) -> tuple[ItemTable | None, list[tuple[str, str]]]:
    start = next(i for i, row in enumerate(rows) if row.number == block.first_row)
    first_rows = rows[start : start + ROWS_OF_FIRST_ITEM] + rows[max(0, start - ROWS_BEFORE) : start]
    inside = [row for row in rows[start:] if row.number <= block.last_row]
    columns = ColumnMap.of(inside)
    options: dict[str, list[int]] = {}
    not_found: list[tuple[str, str]] = []
    for meaning, text in block.texts.items():
        found = _columns_of(meaning, text, first_rows, columns, separator) or _columns_of(
            meaning, text, inside, columns, separator
        )
        if found:
            options[meaning] = found[:_MAX_OPTIONS]
        else:
            not_found.append((meaning, text))
    header = _header_rows(rows, start)
    named = (
        {column: meaning for column, (meaning, _) in read_header(header, columns).meanings.items()} if header else {}
    )
    chosen = _assign(options, named)
    for column, meaning in named.items():
        if meaning in _BY_HEADING and meaning not in chosen and column not in chosen.values():
            chosen[meaning] = column
    if "description" not in chosen and "amount" not in chosen:
        return None, not_found
    return ItemTable(tuple(row.number for row in header), block.first_row, block.last_row, chosen), not_found


def _columns_of(meaning: str, text: str, rows: Iterable[Row], columns: ColumnMap, separator: str | None) -> list[int]:
    """The columns in which the text stands, nearest row first, each once."""
    number = parse_decimal(text, decimal_separator=separator) if meaning in _APART else None
    found: dict[int, None] = {}
    for row in rows:
        for cell in row.cells:
            if _holds(cell, text, number, separator):
                found.setdefault(columns.column_of(cell, row))
        if found and meaning not in _APART:
            break
    return list(found)


def _holds(cell: Cell, text: str, number: Decimal | None, separator: str | None) -> bool:
    if number is not None:
        read = read_number(cell, decimal_separator=separator)
        if read is not None and read.value == number:
            return True
    wanted, there = caseless(text), caseless(cell.text)
    if wanted == there:
        return True
    if number is not None or len(wanted) < 3 or len(there) < 3:
        return False
    # the model may copy a wrapped description whole, or leave out what follows it in the cell
    return wanted in there or (wanted.startswith(there) and not there.isdigit())


def _header_rows(rows: list[Row], start: int) -> list[Row]:
    above: list[Row] = []
    for row in reversed(rows[max(0, start - MAX_HEADER_ROWS) : start]):
        if row.page != rows[start].page or not header_hits(row):
            if above:
                break
            continue
        above.insert(0, row)
    return above


def _assign(options: dict[str, list[int]], named: dict[int, str]) -> dict[str, int]:
    """One column for each meaning: by the names above the columns, from left to right in the usual order, and the
    nearest where nothing else tells."""
    meanings = [meaning for meaning in options if meaning in _APART]
    best: tuple[float, dict[str, int]] = (float("-inf"), {})
    for combination in product(*([*options[meaning], None] for meaning in meanings)):
        used = [column for column in combination if column is not None]
        if len(set(used)) < len(used):
            continue
        chosen = {m: c for m, c in zip(meanings, combination, strict=True) if c is not None}
        score = 4.0 * len(chosen)
        for meaning, column in chosen.items():
            score += 2.0 if _same(named.get(column), meaning) else -1.0 if column in named else 0.0
            score -= 0.1 * options[meaning].index(column)
        placed = [chosen[m] for m in _ORDER if m in chosen]
        score += 0.5 if placed == sorted(placed) else 0.0
        if score > best[0]:
            best = (score, chosen)
    chosen = dict(best[1])
    for meaning, columns in options.items():
        if meaning not in _APART:
            by_name = next((c for c in columns if _same(named.get(c), meaning)), columns[0])
            if meaning == "description" or by_name not in chosen.values():
                chosen[meaning] = by_name
    return chosen


def _same(name: str | None, meaning: str) -> bool:
    return name is not None and (name == meaning or name.removesuffix("_gross") == meaning)


def _table_by_rules(content: DocumentContent, block: Block) -> ItemTable | None:
    """The columns by the table's own heading, within the rows of the block."""
    for table in find_item_tables(content):
        first, last = max(table.first_row, block.first_row), min(table.last_row, block.last_row)
        if first <= last:
            return ItemTable(table.header_rows, first, last, table.columns)
    return None


def _row_number(value: Any) -> int | None:
    if isinstance(value, str) and value.strip().isdecimal():
        value = int(value)
    return value if isinstance(value, int) and not isinstance(value, bool) and value > 0 else None


def _text(value: Any) -> str:
    return str(value).strip() if isinstance(value, str | int | float) and not isinstance(value, bool) else ""
