"""A plan that was accepted, used on the next card of the same layout: its tables are found again by their headers,
wherever they stand and however many rows they have now. Pure."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Any

from processing.content.records import Row
from processing.ratecards.grid import Grid
from processing.ratecards.headers import header_of
from processing.ratecards.keys_again import Key, keys_again, keys_of, roles_again, rows_of
from processing.ratecards.mapping import continued_table, end_of_table
from processing.ratecards.plan import CardPlan, PointedValue, TablePlan, plan_from_json, plan_to_json
from processing.ratecards.regions import header_text
from processing.ratecards.said_again import SentencesAgain
from processing.ratecards.sheets import Sheet, source_of

_SAME_TEXT = ("carrier", "customer", "contract")  # what does not change from month to month

_NOTE_ROWS = 500

Anchor = list[list[list[Any]]]  # header rows as [column, text without dates]


def to_remember(plan: CardPlan, sheets: Sequence[Sheet]) -> dict[str, Any] | None:
    """The plan as JSON with the headers that its tables are known by, where their keys stand and how rows begin that
    are read otherwise; None where a table has no header. Tables that are read alike are kept once."""
    grids = {sheet.index: Grid(sheet) for sheet in sheets}
    anchors: list[Anchor] = []
    tables: list[TablePlan] = []
    keys: list[list[Key | None]] = []
    rows: list[list[str]] = []
    tops: list[int] = []
    for table in plan.tables:
        if not table.header_rows:
            continue  # goes on from the page before, and will be found so
        numbers = set(table.header_rows)
        own = grids[table.sheet].rows
        anchor = _anchor([row for row in own if row.number in numbers])
        if any(a == anchor and _same_keys(t, table) for a, t in zip(anchors, tables, strict=True)):
            continue
        anchors.append(anchor)
        tables.append(table)
        keys.append(keys_of(table, grids))
        rows.append(rows_of(table, own))
        heads = [label for label, row in zip(grids[table.sheet].labels, own, strict=True) if row.number in numbers]
        tops.append(heads[0])
    if not tables:
        return None
    kept = {"plan": plan_to_json(replace(plan, tables=tuple(tables))), "anchors": anchors}
    return {**kept, "keys": keys, "rows": rows, "tops": tops}


def _same_keys(one: TablePlan, other: TablePlan) -> bool:
    return [c[:2] for c in one.constants] == [c[:2] for c in other.constants] and not (one.roles or other.roles)


def find_again(kept: dict[str, Any], sheets: Sequence[Sheet]) -> tuple[CardPlan, list[str]]:
    """The plan for this document, and what it does not find. Raises KeyError and TypeError for what is no plan."""
    plan = plan_from_json(kept["plan"])
    again = _Again(plan, kept, sheets)
    tables: list[TablePlan] = []
    for sheet in sheets:
        tables.extend(again.tables_of(sheet, tables[-1] if tables else None))
    problems = again.problems
    problems += [
        f"The table with the header “{_words(anchor)}” was not found."
        for i, anchor in enumerate(again.anchors) if i not in again.found
    ]  # fmt: skip
    values: list[PointedValue] = []
    for value in plan.values:
        now = _value(value, sheets)
        if now is None:
            problems.append(f"The {value.name} does not stand where it stood before.")
        else:
            values.append(now)
    if "keys" not in kept:
        texts = {cell.text for sheet in sheets for row in sheet.rows[:_NOTE_ROWS] for cell in row.cells}
        for meaning, text in {(meaning, text) for table in tables for meaning, text, _ in table.constants}:
            if text not in texts:
                problems.append(f"The {meaning} “{text[:40]}” stands nowhere.")
    said = SentencesAgain(sheets)
    now_said = replace(
        plan, tables=tuple(tables), values=tuple(values), rules=said.rules(plan.rules),
        ignored=said.ignored(plan.ignored), asks=said.ignored(plan.asks),
    )  # fmt: skip
    return now_said, list(dict.fromkeys([*problems, *said.problems]))


class _Again:
    """The tables of a plan in another document; of several with one header each is the next in its order."""

    def __init__(self, plan: CardPlan, kept: dict[str, Any], sheets: Sequence[Sheet]) -> None:
        self.plan = plan
        self.anchors: list[Anchor] = kept["anchors"]
        self.keys: list[list[Key | None]] = kept.get("keys") or [[None] * len(t.constants) for t in plan.tables]
        self.rows: list[list[str]] = kept.get("rows") or [[] for _ in plan.tables]
        self.tops: list[int] = kept.get("tops") or []
        self.grids = {sheet.index: Grid(sheet) for sheet in sheets}
        self.found: set[int] = set()
        self.problems: list[str] = []

    def _number_at(self, rows: Sequence[Row], index: int) -> int | None:
        same = [n for n, anchor in enumerate(self.anchors) if _matches(rows, index, anchor)]
        return next((n for n in same if n not in self.found), same[-1] if same else None)

    def tables_of(self, sheet: Sheet, before: TablePlan | None) -> Iterator[TablePlan]:
        rows, index, any_here = sheet.rows, 0, False
        while index < len(rows):
            number = self._number_at(rows, index)
            if number is None:
                if sheet.one_table and not any_here and before is not None and len(rows[index].cells) > 1:
                    again = continued_table(sheet, index, before)
                    if again is not None:
                        yield replace(again, roles=())
                        return
                index += 1
                continue
            start = index + len(self.anchors[number])
            table = self.plan.tables[number]
            header = header_of(rows[index:start])
            end = end_of_table(rows, start, table.columns, header)
            if end > start:
                self.found.add(number)
                any_here = True
                yield self._placed(number, table, sheet, index, start, end)
            index = max(end, start)

    def _placed(self, number: int, table: TablePlan, sheet: Sheet, index: int, start: int, end: int) -> TablePlan:
        rows = sheet.rows
        header = header_of(rows[index:start])
        labels = self.grids[sheet.index].labels
        moved = labels[index] - self.tops[number] if self.tops else 0
        constants, missing = keys_again(table, self.keys[number], self.grids, sheet.index, moved)
        roles, gone = roles_again(table, self.rows[number], rows[start:end])
        self.problems += [*missing, *gone]
        return replace(
            table,
            sheet=sheet.index,
            header_rows=tuple(row.number for row in rows[index:start]),
            first_row=rows[start].number,
            last_row=rows[end - 1].number,
            columns=tuple(
                replace(c, header_source=source_of(header.parts[c.column][-1].place)) if c.column in header.parts
                else c for c in table.columns
            ),
            constants=constants,
            roles=roles,
        )  # fmt: skip


def _anchor(rows: Sequence[Row]) -> Anchor:
    return [[[cell.column, header_text(cell.text)] for cell in row.cells] for row in rows]


def _matches(rows: Sequence[Row], index: int, anchor: Anchor) -> bool:
    if index + len(anchor) >= len(rows):
        return False
    for row, wanted in zip(rows[index : index + len(anchor)], anchor, strict=True):
        if len(row.cells) != len(wanted) or row.cells[0].column != wanted[0][0]:
            return False
        if any(cell.column != at for cell, (at, _) in zip(row.cells, wanted, strict=True)):
            return False
        if any(header_text(cell.text) != text for cell, (_, text) in zip(row.cells, wanted, strict=True)):
            return False
    return True


def _squeezed(text: str) -> str:
    return " ".join(text.split()).casefold()


def _words(anchor: Anchor) -> str:
    return ", ".join(text for row in anchor for _, text in row)[:80]


def _value(value: PointedValue, sheets: Sequence[Sheet]) -> PointedValue | None:
    sheet = next((sheet for sheet in sheets if sheet.index == value.sheet), None)
    if sheet is None:
        return None
    grid = Grid(sheet)
    cell = grid.cell(value.row, value.column)
    if cell is not None and value.part and value.name not in _SAME_TEXT:
        # What changes from month to month is no longer the part that was copied.
        same = _squeezed(value.part) in _squeezed(cell.text)
        return replace(value, text=cell.text[:200], part=value.part if same else "")
    if value.name not in _SAME_TEXT:
        return replace(value, text=cell.text[:200]) if cell is not None else None
    if cell is not None and cell.text[:200] == value.text:
        return value
    for index, row in enumerate(grid.rows[:200]):  # moved by a row or two
        for other in row.cells:
            if other.text[:200] == value.text:
                return replace(value, row=grid.labels[index], column=other.column)
    return None
