"""A plan that was accepted, used on the next card of the same layout: its tables are found again by their headers,
wherever they stand and however many rows they have now. Pure."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Any

from processing.content.records import Row
from processing.ratecards.grid import Grid
from processing.ratecards.headers import header_of
from processing.ratecards.mapping import continued_table, end_of_table
from processing.ratecards.plan import CardPlan, PointedValue, TablePlan, plan_from_json, plan_to_json
from processing.ratecards.regions import header_text
from processing.ratecards.sheets import Sheet, source_of

_SAME_TEXT = ("carrier", "customer", "contract")  # what does not change from month to month

_NOTE_ROWS = 500

Anchor = list[list[list[Any]]]  # header rows as [column, text without dates]


def to_remember(plan: CardPlan, sheets: Sequence[Sheet]) -> dict[str, Any] | None:
    """The plan as JSON with the headers that its tables are known by; None where a table has no header."""
    by_index = {sheet.index: sheet for sheet in sheets}
    anchors: list[Anchor] = []
    tables: list[TablePlan] = []
    for table in plan.tables:
        if not table.header_rows:
            continue  # goes on from the page before, and will be found so
        numbers = set(table.header_rows)
        anchor = _anchor([row for row in by_index[table.sheet].rows if row.number in numbers])
        if anchor in anchors:
            continue
        anchors.append(anchor)
        tables.append(table)
    if not tables:
        return None
    return {"plan": plan_to_json(replace(plan, tables=tuple(tables))), "anchors": anchors}


def find_again(kept: dict[str, Any], sheets: Sequence[Sheet]) -> tuple[CardPlan, list[str]]:
    """The plan for this document, and what it does not find. Raises KeyError and TypeError for what is no plan."""
    plan = plan_from_json(kept["plan"])
    anchors: list[Anchor] = kept["anchors"]
    tables: list[TablePlan] = []
    found: set[int] = set()
    for sheet in sheets:
        tables.extend(_tables_of(sheet, plan, anchors, found, tables[-1] if tables else None))
    problems = [
        f"The table with the header “{_words(anchor)}” was not found."
        for i, anchor in enumerate(anchors) if i not in found
    ]  # fmt: skip
    values: list[PointedValue] = []
    for value in plan.values:
        now = _value(value, sheets)
        if now is None:
            problems.append(f"The {value.name} does not stand where it stood before.")
        else:
            values.append(now)
    texts = {cell.text for sheet in sheets for row in sheet.rows[:_NOTE_ROWS] for cell in row.cells}
    for meaning, text in {(meaning, text) for table in tables for meaning, text, _ in table.constants}:
        if text not in texts:
            problems.append(f"The {meaning} “{text[:40]}” stands nowhere.")
    return replace(plan, tables=tuple(tables), values=tuple(values)), problems


def _tables_of(
    sheet: Sheet, plan: CardPlan, anchors: Sequence[Anchor], found: set[int], before: TablePlan | None
) -> Iterator[TablePlan]:
    rows, index, any_here = sheet.rows, 0, False
    while index < len(rows):
        number = next((n for n, anchor in enumerate(anchors) if _matches(rows, index, anchor)), None)
        if number is None:
            if sheet.one_table and not any_here and before is not None and len(rows[index].cells) > 1:
                again = continued_table(sheet, index, before)
                if again is not None:
                    yield again
                    return
            index += 1
            continue
        start = index + len(anchors[number])
        table = plan.tables[number]
        header = header_of(rows[index:start])
        end = end_of_table(rows, start, table.columns, header)
        if end > start:
            found.add(number)
            any_here = True
            yield replace(
                table,
                sheet=sheet.index,
                header_rows=tuple(row.number for row in rows[index:start]),
                first_row=rows[start].number,
                last_row=rows[end - 1].number,
                columns=tuple(
                    replace(c, header_source=source_of(header.parts[c.column][-1].place)) if c.column in header.parts
                    else c for c in table.columns
                ),
            )  # fmt: skip
        index = max(end, start)


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


def _words(anchor: Anchor) -> str:
    return ", ".join(text for row in anchor for _, text in row)[:80]


def _value(value: PointedValue, sheets: Sequence[Sheet]) -> PointedValue | None:
    sheet = next((sheet for sheet in sheets if sheet.index == value.sheet), None)
    if sheet is None:
        return None
    grid = Grid(sheet)
    cell = grid.cell(value.row, value.column)
    if value.name not in _SAME_TEXT:
        return replace(value, text=cell.text[:200]) if cell is not None else None
    if cell is not None and cell.text[:200] == value.text:
        return value
    for index, row in enumerate(grid.rows[:200]):  # moved by a row or two
        for other in row.cells:
            if other.text[:200] == value.text:
                return replace(value, row=grid.labels[index], column=other.column)
    return None
