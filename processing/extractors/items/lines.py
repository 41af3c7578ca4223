"""Rows of an item table → lines: what belongs to one item, its numbers, its name. Pure."""

from __future__ import annotations

import re
from collections.abc import Sequence

from processing.content.records import Cell, Row
from processing.extractors.items.cells import KEYS, NUMBERS, Item, Number, extent, numbers_columns
from processing.extractors.items.cells import read_number as read_number
from processing.extractors.items.columns import ColumnMap, header_hits, is_numeric, span_of
from processing.extractors.items.headers import fold, names_reduction, names_sum
from processing.extractors.items.names import NameColumn
from processing.extractors.items.packed import unpack

_POSITION = re.compile(r"^\d{1,4}[.):]*(?: |$)")
_CODE = re.compile(r"^(?=\S*\d)[A-Z0-9][A-Z0-9._/\-]{2,24}$")
_DETAIL = re.compile(r"^[*•\-–>]|.*:")
_DISCOUNTS = frozenset({"discount", "discount_percent"})
_NUMBERED = frozenset({"line_number", "item_code", "tracking_number"})
_NAMING = frozenset({"description", "item_code", "tracking_number"})
# How many rows may lie between the parts of one item: a code, its kind and notes under each other.
MAX_ROWS_OF_ITEM = 14
# Rows without an item after which a table has ended, unless the same block goes on.
MAX_ROWS_BETWEEN = 45


class ItemReader:
    """Reads rows one after the other into items."""

    def __init__(
        self,
        rows: Sequence[Row],
        columns: ColumnMap,
        meanings: dict[int, str],
        *,
        packed: dict[int, list[str]],
        decimal_separator: str | None,
    ) -> None:
        self.rows = rows
        self.columns = columns
        self.meanings = meanings
        self.packed = packed
        self.separator = decimal_separator
        self.description = next((c for c, m in meanings.items() if m == "description"), None)
        named = {*meanings.values(), *(m for packed_ in packed.values() for m in packed_)}
        self.wanted = named & set(KEYS)
        self.items: list[Item] = []
        self.names = NameColumn(rows, columns, self.description, meanings)
        self._pending: list[tuple[int, Cell]] = []

    def read(self, *, open_ended: bool) -> list[Item]:
        """All items. ``open_ended`` stops at the totals; else every row up to the last is looked at."""
        current: Item | None = None
        closed = False  # a line of totals came; only a clear item goes on from here
        last_index = 0
        for index, row in enumerate(self.rows):
            if open_ended and index - last_index > MAX_ROWS_BETWEEN:
                break
            numbers, cells = self._split(row)
            keys = [key for key in KEYS if key in numbers]
            if self._is_total(row, keys) or self._sums_up(numbers, cells, keys):
                current, closed = None, True
                self._pending.clear()
                continue
            if not any(is_numeric(cell) for cell in row.cells) and len(row.cells) >= 2 and len(header_hits(row)) >= 3:
                current = None
                self._pending.clear()
                continue
            strong = self._is_item(row, numbers, cells, keys)
            strong = strong and not (closed and row.table == self.columns.home and len(keys) < len(self.wanted))
            if closed and strong and row.table == self.columns.home and len(keys) > 1:
                closed = False
            if closed or (row.table != self.columns.home and self.columns.home is not None and self.columns.spans):
                if not (strong and self._is_sure(numbers, keys, cells)):
                    if not closed and current is not None and row.table is None:
                        self._continue(current, row, index)
                    continue
                closed = False
            if names_reduction(fold(row.text)) and "quantity" not in numbers and self.items:
                amount = numbers.get("amount")
                if amount is not None and amount.value < 0:
                    # A reduction below its item, taken off the sum: a line of its own, or the lines would not add up.
                    words = [cell for cell in row.cells if cell is not amount.cell]
                    self.items.append(Item({"amount": amount}, {}, words[:1], index, index, index, words))
                    last_index = index
                continue
            if self._is_charge(row, numbers, cells, keys):
                words = [cell for cell in row.cells if not is_numeric(cell)]
                only = {"amount": numbers["amount"]}
                self.items.append(Item(only, {}, words[:1], index, index, index, words))
                last_index = index
                continue
            if strong or (keys and current is not None):
                target = self._target(current, numbers, keys, index, strong=strong)
                if target is None:
                    continue
                if target is not current:
                    self.items.append(target)
                    target.first_index = index
                    self._take_pending(target, cells, index)
                    current = target
                self._fill(current, numbers, cells)
                current.last_index = current.end_index = last_index = index
            elif current is not None:
                number = cells.get("line_number")
                if number is not None and not _POSITION.match(number.text):
                    number = None
                begins = number is not None and current.complete and "line_number" in current.cells
                if begins or self._belongs_below(index, current):
                    self._remember(row, index, cells)
                    if begins:
                        current = None
                else:
                    if number is not None:
                        current.cells.setdefault("line_number", number)
                    self._continue(current, row, index)
            else:
                self._remember(row, index, cells)
        items = [item for item in self.items if self._is_whole(item)]
        self._move_codes(items)
        return items

    def _move_codes(self, items: list[Item]) -> None:
        """In some tables one column holds the code of an item and, in the row below, its name."""
        coded = [item for item in items if len(item.lines) > 1 and _CODE.match(self.names.own_text(item.lines[0]))]
        if coded and len(coded) * 3 >= len(items) * 2:
            for item in coded:
                item.cells.setdefault("item_code", item.lines[0])
                del item.lines[0]

    def name_of(self, item: Item) -> tuple[str, list[Cell]]:
        """The name of an item (BT-153) and the cells that it was read from."""
        if item.remark:
            return " ".join(cell.text for cell in item.remark), item.remark
        return self.names.name_of(item.lines)

    def _split(self, row: Row) -> tuple[dict[str, Number], dict[str, Cell]]:
        numbers: dict[str, Number] = {}
        cells: dict[str, Cell] = {}
        for cell in row.cells:
            column = self.columns.column_of(cell, row)
            meaning = self.meanings.get(column)
            if meaning is None:
                continue
            if column in self.packed:
                parts = unpack(cell, self.packed[column], decimal_separator=self.separator)
                for name, part in parts.items():
                    number = read_number(part, decimal_separator=self.separator) if name in NUMBERS else None
                    if number is not None:
                        numbers.setdefault(name, number)
                    elif name not in NUMBERS:
                        cells.setdefault(name, part)
                if parts:
                    continue
            if meaning in NUMBERS:
                number = read_number(cell, decimal_separator=self.separator)
                if number is not None and meaning not in numbers:
                    numbers[meaning] = number
                elif number is None and meaning in _DISCOUNTS:  # "20+5"
                    cells.setdefault(meaning, cell)
            elif meaning not in cells:
                cells[meaning] = cell
        return numbers, cells

    def _is_total(self, row: Row, keys: list[str]) -> bool:
        if "quantity" in keys and len(keys) > 1:
            return False
        labels = [cell.text for cell in row.cells if not is_numeric(cell)]
        if not labels:
            return False
        # A block of its own may stand to the left of the totals: then the label is the cell before the amount.
        beside = labels[-1] if keys == ["amount"] and len(row.cells) > 2 else labels[0]
        return any(names_sum(fold(label)) for label in (labels[0], beside))

    def _sums_up(self, numbers: dict[str, Number], cells: dict[str, Cell], keys: list[str]) -> bool:
        """Whether a row with an amount alone is the sum of all items above it, whatever it is called."""
        amounts = [item.numbers["amount"].value for item in self.items if "amount" in item.numbers]
        if keys != ["amount"] or len(self.wanted) < 3 or len(amounts) < 2 or _NUMBERED & cells.keys():
            return False
        return len(amounts) == len(self.items) and sum(amounts) == numbers["amount"].value

    def _is_item(self, row: Row, numbers: dict[str, Number], cells: dict[str, Cell], keys: list[str]) -> bool:
        if numbers_columns(row):
            return False
        if len(keys) >= 2:
            return bool(cells) or len(keys) == 3
        if keys == ["amount"]:
            # A table may have no more than names and amounts, and a line of a fuller one may leave out the rest.
            named = "tracking_number" in cells or any(
                name in cells and any(c.isalpha() for c in cells[name].text) for name in ("description", "item_code")
            )
            few = len(row.cells) <= 1 + len(self.meanings) or self.wanted == {"amount"}
            return named and (len(self.wanted) <= 2 or len(row.cells) >= 2) and few
        if keys != ["quantity"] or "description" not in cells:
            return False
        # The amount may follow in the next row: where cells are aligned differently, a row begins with its number.
        return self.wanted == {"quantity"} or (
            "line_number" in cells and _POSITION.match(cells["line_number"].text) is not None
        )

    def _is_charge(self, row: Row, numbers: dict[str, Number], cells: dict[str, Cell], keys: list[str]) -> bool:
        """A surcharge in a table of shipments, which has no column for names: words and an amount."""
        if self.description is not None or keys != ["amount"] or not self.items or row.table != self.columns.home:
            return False
        words = [cell for cell in row.cells if not is_numeric(cell)]
        return len(words) == 1 and len(row.cells) == 2 and not _NAMING & cells.keys() and len(numbers) == 1

    def _is_sure(self, numbers: dict[str, Number], keys: list[str], cells: dict[str, Cell]) -> bool:
        if len(keys) == 3:
            quantity, price, amount = (float(numbers[key].value) for key in KEYS)
            percent = numbers.get("discount_percent")
            left = 1 - float(percent.value) / 100 if percent is not None else 1.0
            slack = 0.02 + 0.006 * abs(amount)
            return min(abs(quantity * price - amount), abs(quantity * price * left - amount)) <= slack
        return len(keys) >= 2 and len(keys) == len(self.wanted) and bool(_NAMING & cells.keys())

    def _target(
        self, current: Item | None, numbers: dict[str, Number], keys: list[str], index: int, *, strong: bool
    ) -> Item | None:
        fresh = current is None or any(key in current.numbers for key in keys)
        if not fresh and current is not None and index - current.first_index <= MAX_ROWS_OF_ITEM:
            return current
        if not strong and keys != ["amount"]:
            return None
        if not strong and current is not None and current.complete:
            return None
        return Item()

    def _fill(self, item: Item, numbers: dict[str, Number], cells: dict[str, Cell]) -> None:
        for meaning, number in numbers.items():
            item.numbers.setdefault(meaning, number)
        for meaning, cell in cells.items():
            if meaning == "description":
                if self.names.own_text(cell):
                    item.lines.append(cell)
            else:
                item.cells.setdefault(meaning, cell)

    def _remember(self, row: Row, index: int, cells: dict[str, Cell]) -> None:
        if "description" in cells:
            self._pending.append((index, cells["description"]))
        else:
            self._pending.clear()

    def _take_pending(self, item: Item, cells: dict[str, Cell], index: int) -> None:
        """Lines above the numbers are the name, where the row of numbers has none or goes on with theirs."""
        above: list[Cell] = []
        following = index
        for at, cell in reversed(self._pending):
            if following - at > 1:
                break
            above.insert(0, cell)
            following = at
        self._pending.clear()
        own = cells.get("description")
        if above and own is not None and (_DETAIL.match(above[0].text) or not self.names.wrapped(above[-1], own)):
            return
        item.lines.extend(above)

    def _continue(self, item: Item, row: Row, index: int) -> None:
        if index - item.last_index > 3 + len(item.lines) or self.rows[item.last_index].page != row.page:
            return
        room = self.names.room
        for cell in row.cells:
            span = span_of(cell)
            column = self.columns.column_of(cell, row)
            inside = span is None or room is None or (span[1] <= room[1] + 1 and span[1] > room[0])
            if inside and (
                column == self.description or (span and room and span[0] < room[0] and self.names.own_text(cell))
            ):
                item.lines.append(cell)
                item.end_index = index

    def _belongs_below(self, index: int, current: Item) -> bool:
        """Lines without numbers that stand nearer to the numbers below them than to those above."""
        if not current.lines or not index:
            return False
        extents = [extent(row) for row in self.rows[index - 1 : index + 4]]
        before, here = extents[0], extents[1]
        if before is None or here is None or self.rows[index - 1].page != self.rows[index].page:
            return False
        margin, gap_above = 0.35 * (here[1] - here[0]), here[0] - before[1]
        for offset, after in enumerate(extents[2:], start=1):
            row = self.rows[index + offset]
            if after is None or row.page != self.rows[index].page or after[0] - here[1] + margin >= gap_above:
                return False
            numbers, _ = self._split(row)
            if any(key in numbers for key in KEYS):
                return True
            here = after
        return False

    def _is_whole(self, item: Item) -> bool:
        if item.complete:
            return bool(item.lines or item.cells or "unit_price" in item.numbers)
        return "quantity" in item.numbers and ("unit_price" in item.numbers or self.wanted == {"quantity"})
