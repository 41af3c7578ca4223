"""One reading of a card by rules, by a model's reply or by a remembered plan, with what the checks say of it. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any, Literal

from processing.content import DocumentContent
from processing.ratecards.check import check_plan, check_reading, check_values, header_questions
from processing.ratecards.coverage import rows_outside
from processing.ratecards.mapping import plan_by_rules
from processing.ratecards.plan import CardPlan, PointedValue
from processing.ratecards.plan_reply import read_plan_reply
from processing.ratecards.read import CardReading, read_sheets
from processing.ratecards.remembered import find_again, to_remember
from processing.ratecards.resolve import resolve_reply
from processing.ratecards.shape import shape_of
from processing.ratecards.sheets import Sheet, sheets_of

Ask = Literal["never", "if_open", "always"]


def read_mapped(
    content: DocumentContent,
    *,
    ask: Ask = "never",
    reply: str | None = None,
    kept: dict[str, Any] | None = None,
    values_only: bool = False,
) -> CardReading:
    """The card by a model's ``reply``, by a ``kept`` plan, else by rules; with its ``shape`` to ask a model.
    ``values_only``: tables by rules, and from the reply only where the header's values stand.

    Raises InvalidOutput where the reply is none, KeyError and TypeError where the kept plan is none.
    """
    sheets = sheets_of(content)
    problems: list[str] = []
    if reply is not None:
        plan, problems = resolve_reply(read_plan_reply(reply, False), sheets)
        if values_only:
            plan, problems = replace(plan_by_rules(sheets), values=_sound(plan, sheets), method="llm"), []
    elif kept is not None:
        plan, problems = find_again(kept, sheets)
    else:
        plan = plan_by_rules(sheets)
    if plan.method != "rules" and not values_only:
        problems += check_plan(plan, sheets)
    reading = read_sheets(sheets, plan)
    reading.problems = list(dict.fromkeys([*problems, *check_reading(reading)]))
    reading.reasons.extend(content.reasons)
    if ask != "never" or plan.method != "rules":
        outside = [cell.text for sheet in sheets for row in rows_outside(plan, sheet)[:200] for cell in row.cells]
        reading.questions = header_questions(reading, outside)
        if ask == "always" or (ask == "if_open" and (reading.problems or reading.questions)):
            reading.shape = shape_of(sheets)
        if reading.shape is not None or plan.method != "rules":
            reading.memory = to_remember(plan, sheets)
    return reading


def _sound(plan: CardPlan, sheets: Sequence[Sheet]) -> tuple[PointedValue, ...]:
    """The values of a plan that their cells bear out."""
    return tuple(v for v in plan.values if not check_values(replace(plan, values=(v,)), sheets))
