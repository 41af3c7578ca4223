"""From a model's reply to a plan of the document's own cells: addresses become rows, ranges of columns become columns,
and a table that was named once is found wherever it stands again. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from processing.content.records import Row
from processing.ratecards.grid import CellRange, Grid, parse_range
from processing.ratecards.headers import header_of, is_number
from processing.ratecards.place_words import is_town_in_prose, origin_code, place_in_words
from processing.ratecards.plan import (
    CardPlan,
    ColumnPlan,
    IgnoredRange,
    PointedRule,
    PointedValue,
    RowRole,
    TablePlan,
)
from processing.ratecards.plan_columns import (
    VALUES,
    base_name,
    basis_of_table,
    column_plan,
    key_text,
    labels_of,
    notes_above,
    settle_columns,
    title_above,
)
from processing.ratecards.plan_grammar import Pointer, RuleSpec
from processing.ratecards.plan_reply import PlanReply, ReplyTable
from processing.ratecards.same_tables import Placed, find_again
from processing.ratecards.sheets import Sheet, source_of
from processing.ratecards.table_units import breaks_by, prices_by, weights_in
from processing.readers.blocks import column_letters


def resolve_reply(reply: PlanReply, sheets: Sequence[Sheet]) -> tuple[CardPlan, list[str]]:
    """The plan that a reply means, and what of it does not fit the document, in sentences."""
    return _Resolver(reply, sheets).run()


class _Resolver:
    def __init__(self, reply: PlanReply, sheets: Sequence[Sheet]) -> None:
        self.reply = reply
        self.grids = {sheet.index: Grid(sheet) for sheet in sheets}
        count = 1 + max(self.grids, default=0)
        self.names = [self.grids[i].sheet.name if i in self.grids else "" for i in range(count)]
        self.problems = list(reply.problems)
        self.tables: list[Placed] = []
        self.asks: list[tuple[str, str]] = []

    def run(self) -> tuple[CardPlan, list[str]]:
        for table in self.reply.tables:
            first = parse_range(table.at[0], self.names)
            for address in table.at:
                self._place(table, address, first.left if first is not None else 0)
        self._share_rows()
        ignored_ranges = [
            at for address, _ in self.reply.ignore if (at := parse_range(address, self.names)) is not None
        ]
        self.tables += find_again(self.tables, self.grids, ignored_ranges)
        values = tuple(v for pointer in self.reply.values if (v := self._value(pointer)))
        tables = sorted((placed.plan for placed in self.tables), key=lambda t: (t.sheet, t.first_row))
        rules = tuple(rule for spec in self.reply.rules if (rule := self._rule(spec)) is not None)
        ignored = tuple(found for at, why in self.reply.ignore if (found := self._ignored(at, why)) is not None)
        asks = tuple(found for at, why in (*self.reply.ask, *self.asks) if (found := self._ignored(at, why, "ask")))
        return CardPlan(tuple(tables), "llm", "", values, rules=rules, ignored=ignored, asks=asks), self.problems

    def _range(self, address: str, what: str) -> CellRange | None:
        found = parse_range(address, self.names)
        grid = self.grids.get(found.sheet) if found is not None else None
        if found is None or grid is None:
            self.problems.append(f"{what}: there is no range {address}.")
            return None
        return found

    def _place(self, table: ReplyTable, address: str, left: int) -> None:
        at = self._range(address, "A table")
        if at is None:
            return
        if at.left != left and not all(at.left <= spec.left <= spec.right <= at.right for spec in table.columns):
            moved = [replace(s, left=s.left + at.left - left, right=s.right + at.left - left) for s in table.columns]
            table = replace(table, columns=moved)
        grid = self.grids[at.sheet]
        rows = grid.between(at.top, at.bottom)
        if len(rows) <= table.header:
            self.problems.append(f"{at}: the range holds {len(rows)} rows and its header would take {table.header}.")
            return
        beyond = max([at.right, *(spec.right for spec in table.columns)])
        if beyond > grid.last_column:
            letters = column_letters(grid.last_column)
            self.problems.append(f"{at}: the last column that holds anything is {letters}.")
            return
        placed = self._plan(table, at, [grid.rows[i] for i in rows], grid)
        if placed is None:
            return
        for before in self.tables:
            if twice := before.takes_from(placed):
                letters = ", ".join(column_letters(column) for column in sorted(twice))
                told = f"{at} and {before.at} overlap: the values of column {letters} are used twice"
                self.problems.append(f"{told}. A value belongs to one table; only keys may be shared.")
                return
        self.tables.append(placed)

    def _plan(self, table: ReplyTable, at: CellRange, rows: list[Row], grid: Grid) -> Placed | None:
        header = header_of(rows[: table.header])
        data = rows[table.header :]
        while len(data) > 1 and len(data[-1].cells) == 1 and not is_number(data[-1].cells[0].text):
            data.pop()  # a note below the table: what it says is read
        columns: list[ColumnPlan] = []
        seen: dict[tuple[int, int], str] = {}
        for spec in table.columns:
            for column in range(spec.left, spec.right + 1):
                place = (column, spec.half)
                if place in seen or (spec.half == 0 and (column, 1) in seen):
                    told = f"{at}: column {column_letters(column)} is given two meanings"
                    self.problems.append(
                        f"{told} ({seen.get(place, '')}, {spec.meaning}); half=1 and half=2 part a cell."
                    )
                    return None
                seen[place] = spec.meaning
                found = column_plan(column, spec, labels_of(column, spec, header, grid), grid, table.kind)
                if isinstance(found, str):
                    self.problems.append(f"{at}: {found}")
                    return None
                columns.append(found)
        # What the reply is silent about has no meaning yet: its numbers are left over.
        named = {column for column, _ in seen}
        silent = [c for c in header.columns if at.left <= c <= at.right and c not in named]
        columns += [ColumnPlan(column, "", header.full(column)[:120]) for column in silent]
        columns.sort(key=lambda c: (c.column, c.half))
        columns, wrong = settle_columns(columns, data)
        self.problems.extend(f"{at}: {problem}" for problem in wrong)
        questions = [(spec, spec.why) for spec in table.columns if spec.meaning == "unknown" and "?" in spec.why]
        for spec, question in questions:
            self.asks.append((f"{at.sheet + 1}!{column_letters(spec.left)}{at.top}", question))
        kind, columns = _kind(table.kind, columns)
        own = {key.name for key in table.keys} | {c.meaning for c in columns} | {c.axis for c in columns}
        shared = [key for key in self.reply.keys if key.name not in own] if kind == "rates" else []
        constants = self._constants([*table.keys, *shared], grid, at)
        if not _by_names(columns):
            # Shipments of this table are stated by postcode or zone: a town that a sentence names cannot be compared.
            towns = {key.name for key in (*table.keys, *shared) if key.name == "origin" and self._is_town(key)}
            constants = tuple(constant for constant in constants if constant[0] not in towns)
        basis, unit = basis_of_table(table.columns, columns)
        context = notes_above(grid, at.top)
        headers = " ".join(header.full(column) for column in header.columns)
        if basis == "weight" and not unit:
            # What the reply leaves out is read as rules read it.
            basis, unit = breaks_by(columns, headers) or basis, weights_in(columns, headers, context)
        prices = [c for c in columns if c.meaning == "price"]
        whole = {meaning: text for meaning, text, _ in constants}
        percent = next((spec.of for spec in table.columns if spec.of and spec.meaning == "price"), "")
        plan = TablePlan(
            sheet=at.sheet,
            target=kind,  # type: ignore[arg-type]
            header_rows=tuple(row.number for row in rows[: table.header]),
            first_row=data[0].number,
            last_row=data[-1].number,
            columns=tuple(columns),
            currency=next((c.currency for c in prices if c.currency), ""),
            weight_unit=unit if unit in ("kg", "lb", "g", "oz", "t") else "",
            price_unit=next((c.unit for c in prices if c.unit), "") or prices_by(columns, context),
            basis=basis,
            constants=constants,
            charge=whole.get("charge", ""),
            applies_to=base_name(percent) if percent else "",
            roles=self._roles(table, at, grid),
        )
        values = frozenset(
            c.column for c in columns if c.meaning in VALUES or (kind == "zones" and c.meaning == "zone")
        )
        return Placed(at, plan, values)

    def _constants(self, keys: Sequence[Pointer], grid: Grid, at: CellRange) -> tuple[tuple[str, str, Any], ...]:
        found = []
        for key in keys:
            if key.address.casefold() == "above":
                title = title_above(grid, at.top)
                if title is None:
                    self.problems.append(f"{at}: no title stands above the table for its {key.name}.")
                    continue
                key = replace(key, address=f"{at.sheet + 1}!{title}")
            text, place = self._text_at(key)
            if text:
                found.append((key.name, key_text(key.name, text), place))
        return tuple(found)

    def _is_town(self, key: Pointer) -> bool:
        at = parse_range(key.address, self.names)
        cell = self.grids[at.sheet].cell(at.top, at.left) if at is not None and at.sheet in self.grids else None
        if cell is None or origin_code(cell.text):
            return False
        return is_town_in_prose(key.part or cell.text, cell.text)

    def _text_at(self, pointer: Pointer) -> tuple[str, Any]:
        """The words that a key points at: a cell's text, the part of it that is copied, or the name of a sheet."""
        if pointer.address.endswith("!"):
            number = pointer.address.rstrip("!")
            index = int(number) - 1 if number.isdigit() else -1
            name = self.names[index] if 0 <= index < len(self.names) else ""
            if not name:
                self.problems.append(f"{pointer.name}: there is no sheet {pointer.address}")
            return name, f"sheet {number}"
        point = self._range(pointer.address, f"The key {pointer.name}")
        cell = self.grids[point.sheet].cell(point.top, point.left) if point is not None else None
        if point is None:
            return "", None
        if cell is None:
            self.problems.append(f"{pointer.name}: the cell {point} is empty.")
            return "", None
        text = " ".join(cell.text.split())
        if pointer.part and pointer.part.casefold() not in text.casefold():
            self.problems.append(f"{pointer.name}: the cell {point} (“{text[:60]}”) does not contain “{pointer.part}”.")
            return "", None
        words = pointer.part or text
        if pointer.name in ("origin", "destination"):
            words = place_in_words(words, origin_code(text) if pointer.name == "origin" else "")
        return words, source_of(cell.place)

    def _roles(self, table: ReplyTable, at: CellRange, grid: Grid) -> tuple[RowRole, ...]:
        roles: list[RowRole] = []
        for spec in table.rows:
            inside = [i for i in grid.between(spec.first, spec.last) if at.top <= grid.labels[i] <= at.bottom]
            if not inside and len(table.at) == 1:
                self.problems.append(f"{at}: row {spec.first} ({spec.role}) is not within the range.")
            roles.extend(RowRole(grid.rows[i].number, spec.role, spec.unit) for i in inside)
        return tuple(roles)

    def _share_rows(self) -> None:
        """Of several tables over the same rows each one has nothing to say of the others' values."""
        for placed in self.tables:
            taken: set[int] = set()
            for other in self.tables:
                same = other is not placed and other.plan.sheet == placed.plan.sheet
                if (
                    same
                    and other.plan.first_row <= placed.plan.last_row
                    and placed.plan.first_row <= other.plan.last_row
                ):
                    taken |= {c.column for c in other.plan.columns if c.meaning}
            own = tuple(c for c in placed.plan.columns if c.meaning or c.column not in taken)
            placed.plan = replace(placed.plan, columns=own)

    def _value(self, pointer: Pointer) -> PointedValue | None:
        at = self._range(pointer.address, pointer.name)
        if at is None:
            return None
        cell = self.grids[at.sheet].cell(at.top, at.left)
        if cell is None:
            self.problems.append(f"{pointer.name}: the cell {at} is empty.")
            return None
        return PointedValue(pointer.name, at.sheet, at.top, at.left, cell.text[:200], pointer.part[:100])

    def _rule(self, spec: RuleSpec) -> PointedRule | None:
        at = self._range(spec.address, f"The rule {spec.kind}")
        cell = self.grids[at.sheet].cell(at.top, at.left) if at is not None else None
        if at is None:
            return None
        if cell is None:
            self.problems.append(f"The rule {spec.kind}: the cell {at} is empty.")
            return None
        return PointedRule(spec.kind, at.sheet, at.top, at.left, spec.figures, spec.words, cell.text[:1_000])

    def _ignored(self, address: str, why: str, what: str = "ignore") -> IgnoredRange | None:
        at = self._range(address, what)
        if at is None:
            return None
        if not why:
            told = "say why in a word (address, id, date, example, …)" if what == "ignore" else "what is the question?"
            self.problems.append(f"{what} {at}: {told}.")
            return None
        return IgnoredRange(at.sheet, at.left, at.top, at.right, at.bottom, why[: 60 if what == "ignore" else 300])


def _kind(kind: str, columns: list[ColumnPlan]) -> tuple[str, list[ColumnPlan]]:
    """Fees whose prices stand under an axis (by zone, by size) are rows of tabulated charges, each with its name."""
    if kind != "surcharges" or not any(c.axis for c in columns):
        return kind, columns
    return "rates", [replace(c, meaning="charge_name") if c.meaning == "surcharge" else c for c in columns]


def _by_names(columns: Sequence[ColumnPlan]) -> bool:
    """Whether the destinations of a table are names or codes of places."""
    ends = [c for c in columns if c.meaning in ("destination", "lane") or c.axis in ("destination", "lane")]
    return bool(ends) and all(c.part in ("", "name", "code") for c in ends)
