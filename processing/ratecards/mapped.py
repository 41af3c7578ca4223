"""One reading of a card by rules, by a model's reply or by a remembered plan, with what the checks say of it. Pure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any, Literal

from invoices.rate_records import CardData
from processing.content.records import DocumentContent
from processing.ratecards.check import check_plan, check_reading, check_values, header_questions
from processing.ratecards.coverage import rows_outside
from processing.ratecards.mapping import plan_by_rules
from processing.ratecards.plan import CardPlan, Coverage, PointedValue
from processing.ratecards.plan_reply import read_plan_reply
from processing.ratecards.pointed import field_of
from processing.ratecards.read import CardReading, read_sheets
from processing.ratecards.remembered import find_again, to_remember
from processing.ratecards.resolve import resolve_reply
from processing.ratecards.said import read_notes_of
from processing.ratecards.shape import Shape, rows_asked_for, shape_of
from processing.ratecards.sheets import Sheet, sheets_of

_LONG_ROWS = 5_000
_FIRST_ROWS = 1_000

Ask = Literal["never", "if_open", "always"]


def read_mapped(
    content: DocumentContent,
    *,
    ask: Ask = "never",
    reply: str | None = None,
    kept: dict[str, Any] | None = None,
    values_only: bool = False,
    keep_rows: bool = True,
) -> CardReading:
    """The card by a model's ``reply``, by a ``kept`` plan, else by rules; with its ``shape`` to ask a model.
    Without ``keep_rows`` a reading with a shape has no rows, and one whose first rows are in doubt is not made of all:
    it will be read again by another plan. ``values_only``: tables by rules, and from the reply only where the header's
    values stand.

    Raises InvalidOutput where the reply is none, KeyError and TypeError where the kept plan is none.
    """
    sheets = sheets_of(content)
    problems: list[str] = []
    if reply is not None:
        answer = read_plan_reply(reply, False)
        if answer.show and not answer.tables:
            return _shown(sheets, answer.show)
        plan, problems = resolve_reply(answer, sheets)
        if values_only:
            own = plan_by_rules(sheets)
            plan = replace(own, values=_sound(plan, sheets), rules=plan.rules, asks=plan.asks, method="llm")
            problems = []
    elif kept is not None:
        plan, problems = find_again(kept, sheets)
    else:
        plan = plan_by_rules(sheets)
    doubted: list[tuple[str, str]] = []
    if plan.method == "llm" and not values_only:
        sound = _sound(plan, sheets)
        doubted = [(v.name, text) for v in plan.values if v not in sound
                   for text in check_values(replace(plan, values=(v,)), sheets)]  # fmt: skip
        plan = replace(plan, values=sound)
    if plan.method != "rules" and not values_only:
        problems += check_plan(plan, sheets)
    doubtful = None if keep_rows else _first_rows(plan, sheets)
    reading = doubtful or read_sheets(sheets, plan)
    # A value that its cell does not say is a fault only where nothing else says it.
    problems += [text for name, text in doubted if not getattr(reading.card, field_of(name), "")]
    reading.problems = list(dict.fromkeys([*problems, *reading.problems, *check_reading(reading)]))
    reading.reasons.extend(content.reasons)
    if ask != "never" or plan.method != "rules":
        outside = [cell.text for sheet in sheets for row in rows_outside(plan, sheet)[:200] for cell in row.cells]
        reading.questions = header_questions(reading, outside)
        if ask == "always" or (ask == "if_open" and _is_open(reading)):
            reading.shape = shape_of(sheets, read_notes_of(reading))
            if not keep_rows:
                card = reading.card
                card.rates, card.zones, card.surcharges, card.fuel = [], [], [], []
        if reading.shape is not None or plan.method != "rules":
            reading.memory = to_remember(plan, sheets)
    return reading


def _is_open(reading: CardReading) -> bool:
    return bool(reading.problems or reading.questions or reading.open_figures)


def _shown(sheets: Sequence[Sheet], ranges: Sequence[str]) -> CardReading:
    """No card, but the rows that a model asked to see."""
    reading = CardReading(CardData(), CardPlan(method="llm"), Coverage())
    reading.shape = Shape([], "", asked=rows_asked_for(sheets, ranges))
    return reading


def will_be_read_again(reading: CardReading, mapping: Mapping[str, Any]) -> bool:
    """Whether another plan is going to be tried on the same cells: the rows of this reading were not wanted, or the
    plan of a model or of the memory did not stand its checks."""
    if not mapping.get("keep_rows", True):
        return reading.shape is not None
    return bool(reading.problems) and (mapping.get("reply") or mapping.get("kept")) is not None


def _first_rows(plan: CardPlan, sheets: Sequence[Sheet]) -> CardReading | None:
    """A reading of the first rows of long tables, where these alone show that the plan is in doubt."""
    if not any(table.last_row - table.first_row > _LONG_ROWS for table in plan.tables):
        return None
    tables = tuple(replace(t, last_row=min(t.last_row, t.first_row + _FIRST_ROWS)) for t in plan.tables)
    sample = read_sheets(sheets, replace(plan, tables=tables), whole=False)
    if not check_reading(sample):
        return None
    sample.plan = plan
    return sample


def _sound(plan: CardPlan, sheets: Sequence[Sheet]) -> tuple[PointedValue, ...]:
    """The values of a plan that their cells bear out."""
    return tuple(v for v in plan.values if not check_values(replace(plan, values=(v,)), sheets))
