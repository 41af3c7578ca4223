"""From a model's reply to a plan of the document's own cells: addresses become rows, ranges of columns become columns,
and a table that was named once is found wherever it stands again. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from processing.content.records import Row
from processing.ratecards.grid import CellRange, Grid, parse_range
from processing.ratecards.headers import Header, header_of
from processing.ratecards.labels import currency_in, parse_break, price_unit, weight_unit
from processing.ratecards.plan import CardPlan, ColumnPlan, PointedValue, TablePlan
from processing.ratecards.plan_reply import ColumnSpec, PlanReply, ReplyTable
from processing.ratecards.regions import Region, find_regions
from processing.ratecards.sheets import Sheet, source_of
from processing.ratecards.vocabulary import ZONE_LABEL
from processing.readers.blocks import column_letters

_WEIGHTS = frozenset({"break", "weight_from", "weight_to"})
_BASES = {"pallet": "pallet", "piece": "piece", "m3": "volume", "ldm": "ldm", "km": "distance", "mile": "distance"}


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
        self.tables: list[tuple[CellRange, TablePlan]] = []

    def run(self) -> tuple[CardPlan, list[str]]:
        for table in self.reply.tables:
            for address in table.at:
                self._place(table, address)
        self._find_again()
        values = tuple(v for name, address in self.reply.values.items() if (v := self._value(name, address)))
        tables = sorted((plan for _, plan in self.tables), key=lambda t: (t.sheet, t.first_row))
        return CardPlan(tuple(tables), "llm", "", values), self.problems

    def _range(self, address: str, what: str) -> CellRange | None:
        found = parse_range(address, self.names)
        grid = self.grids.get(found.sheet) if found is not None else None
        if found is None or grid is None:
            self.problems.append(f"{what}: there is no range {address}.")
            return None
        return found

    def _place(self, table: ReplyTable, address: str) -> None:
        at = self._range(address, "A table")
        if at is None:
            return
        grid = self.grids[at.sheet]
        rows = grid.between(at.top, at.bottom)
        if len(rows) <= table.header:
            self.problems.append(f"{at}: the range holds {len(rows)} rows and its header would take {table.header}.")
            return
        if at.left > grid.last_column or at.right > grid.last_column:
            letters = column_letters(grid.last_column)
            self.problems.append(f"{at}: the last column that holds anything is {letters}.")
            return
        other = next((before for before, _ in self.tables if before.meets(at)), None)
        if other is not None:
            self.problems.append(f"{at} and {other} overlap: a cell belongs to one table.")
            return
        plan = self._plan(table, at, [grid.rows[i] for i in rows])
        if plan is not None:
            self.tables.append((at, plan))

    def _plan(self, table: ReplyTable, at: CellRange, rows: list[Row]) -> TablePlan | None:
        header = header_of(rows[: table.header])
        columns: dict[int, ColumnPlan] = {}
        for spec in table.columns:
            if spec.left < at.left or spec.right > at.right:
                letters = f"{column_letters(spec.left)}:{column_letters(spec.right)}"
                self.problems.append(f"{at}: columns {letters} are not within the range.")
                return None
            for column in range(spec.left, spec.right + 1):
                if column in columns:
                    self.problems.append(f"{at}: column {column_letters(column)} is given two meanings.")
                    return None
                columns[column] = _column(column, spec, header)
        # What the reply is silent about is nothing.
        for column in header.columns:
            if at.left <= column <= at.right and column not in columns:
                columns[column] = ColumnPlan(column, "ignore", header.full(column)[:120])
        ordered = tuple(columns[column] for column in sorted(columns))
        constants = tuple(
            (meaning, cell.text, source_of(cell.place))
            for meaning, address in table.keys
            if (point := self._range(address, "A key")) is not None
            and (cell := self.grids[point.sheet].cell(point.top, point.left)) is not None
        )
        units = [c.unit for c in ordered if c.meaning in _WEIGHTS or c.axis == "break"]
        unit = next((u for u in units if u), "") or _unit_of_axis(ordered)
        prices = [c for c in ordered if c.meaning == "price"]
        weighs = any(c.meaning in _WEIGHTS or c.axis == "break" for c in ordered)
        return TablePlan(
            sheet=at.sheet,
            target=table.kind,  # type: ignore[arg-type]
            header_rows=tuple(row.number for row in rows[: table.header]),
            first_row=rows[table.header].number,
            last_row=rows[-1].number,
            columns=ordered,
            currency=next((c.currency for c in prices if c.currency), ""),
            weight_unit=unit if unit in ("kg", "lb", "g", "oz", "t") else "",
            price_unit=next((c.unit for c in prices if c.unit), ""),
            basis=_BASES.get(unit, "weight") if weighs else "",
            constants=constants,
        )

    def _find_again(self) -> None:
        """Tables with the header of one that was named are read alike, and so is what goes on without a header on the
        next page: a reply need not name sixty pages."""
        before: TablePlan | None = None
        for grid in self.grids.values():
            for region in find_regions(grid):
                top, bottom = grid.labels[region.head], grid.labels[region.last]
                at = CellRange(region.sheet, region.columns[0], top, region.columns[-1], bottom)
                given = next((plan for other, plan in self.tables if other.meets(at)), None)
                if given is not None:
                    before = given
                    continue
                again = self._like(grid, region, before)
                if again is not None:
                    self.tables.append((at, again))
                    before = again

    def _like(self, grid: Grid, region: Region, before: TablePlan | None) -> TablePlan | None:
        rows = grid.rows
        first, last = rows[region.first].number, rows[region.last].number
        if region.head == region.first:
            if before is None or before.sheet == region.sheet:
                return None
            known = {c.column for c in before.columns}
            fits = set(region.columns) <= known and len(region.columns) * 2 > len(known)
            return replace(before, sheet=region.sheet, header_rows=(), first_row=first, last_row=last) if fits else None
        header = [rows[i] for i in range(region.head, region.first)]
        texts = _texts(header)
        for _, plan in self.tables:
            if not plan.header_rows or len(plan.header_rows) > len(header):
                continue
            own = self.grids[plan.sheet].rows
            numbers = set(plan.header_rows)
            wanted = _texts([row for row in own if row.number in numbers])
            if texts[-len(wanted) :] == wanted:
                return replace(
                    plan,
                    sheet=region.sheet,
                    header_rows=tuple(row.number for row in header),
                    first_row=first,
                    last_row=last,
                    constants=(),
                )
        return None

    def _value(self, name: str, address: str) -> PointedValue | None:
        at = self._range(address, name)
        if at is None:
            return None
        cell = self.grids[at.sheet].cell(at.top, at.left)
        if cell is None:
            self.problems.append(f"{name}: the cell {at} is empty.")
            return None
        return PointedValue(name, at.sheet, at.top, at.left, cell.text[:200])


def _texts(rows: Sequence[Row]) -> list[list[tuple[int, str]]]:
    return [[(cell.column, cell.text) for cell in row.cells] for row in rows]


def _column(column: int, spec: ColumnSpec, header: Header) -> ColumnPlan:
    parts = header.parts.get(column, [])
    full = header.full(column)[:120] if parts else ""
    plan = ColumnPlan(
        column, spec.meaning, full,
        unit=spec.unit or (price_unit(full) or "" if spec.meaning == "price" else weight_unit(full)),
        currency=spec.currency or (currency_in(full) if spec.meaning == "price" else ""),
        header_source=source_of(parts[-1].place) if parts else None,
        factor=spec.factor,
    )  # fmt: skip
    if not spec.axes:
        return plan
    label = parts[-1].text if parts else ""
    outer = parts[-2].text if len(spec.axes) == 2 and len(parts) > 1 else ""
    return replace(
        plan,
        axis=spec.axes[-1],
        label=axis_label(spec.axes[-1], label),
        outer_axis=spec.axes[0] if outer else "",
        outer_label=axis_label(spec.axes[0], outer) if outer else "",
    )


def axis_label(axis: str, text: str) -> str:
    """ "Zone 4" heads zone 4; everything else is called as it is written."""
    match = ZONE_LABEL.match(text) if axis == "zone" else None
    return match[1] if match and match[1] else text


def _unit_of_axis(columns: Sequence[ColumnPlan]) -> str:
    for column in columns:
        if column.axis == "break" and (found := parse_break(column.label)) is not None and found.unit:
            return found.unit
    return ""
