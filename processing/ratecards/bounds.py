"""Pairs of columns "from" and "to" that hold numbers: bounds of a weight, distance or fuel price. Pure."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from decimal import Decimal
from itertools import pairwise

from invoices.values import find_dates
from processing.content.records import Row
from processing.ratecards.headers import Header
from processing.ratecards.labels import parse_break
from processing.ratecards.plan import ColumnPlan
from processing.ratecards.values import price_of
from processing.ratecards.vocabulary import BOUND_WORDS, BOUND_WORDS_FROM, folded

_ENDS = BOUND_WORDS | {
    "bis unter",
    "but less than",
    "a moins de",
    "moins de",
    "menos de",
    "meno di",
    "at least",
    "less than",
}
_DISTANCE = re.compile(r"\bkm\b|kilomet|miles?\b|distan|entfernung|mileage", re.I)
_FUEL = re.compile(
    r"fuel|diesel|gazole|gasoil|gas[óo]leo|carburant|combust|brandstof|treibstoff|kraftstoff|floater", re.I
)
_PLACE = frozenset({"origin", "destination", "origin_from", "origin_to", "destination_from", "destination_to"})


def settle_bounds(plans: dict[int, ColumnPlan], header: Header, sample: Sequence[Row], context: str) -> None:
    """Give "From | To" columns the meaning of the bounds that their numbers are."""
    for left, right in pairwise(sorted(plans)):
        if right not in header.parts or left not in header.parts:
            continue
        words = folded(header.own(left)), folded(header.own(right))
        last = words[0].rpartition(" ")[2]
        if plans[left].meaning == "fuel_from" and last in BOUND_WORDS_FROM:
            words = last, words[1].rpartition(" ")[2]  # "DOE diesel from | to"
        if words[0] not in BOUND_WORDS_FROM | {"at least"} or words[1] not in _ENDS or words[1] in BOUND_WORDS_FROM:
            continue
        if not {plans[left].meaning, plans[right].meaning} & (_PLACE | {"weight_to", "fuel_to", "fuel_from", ""}):
            continue
        if not _are_bounds(sample, left, right):
            continue
        text = f"{header.full(left)} {header.full(right)} {context}"
        kind = "fuel" if _FUEL.search(text) else "distance" if _DISTANCE.search(text) else "weight"
        if kind == "weight" and {plan.meaning for plan in plans.values()} & {"weight_from", "break"}:
            continue
        plans[left] = replace(plans[left], meaning=f"{kind}_from")
        plans[right] = replace(plans[right], meaning=f"{kind}_to")


def settle_starts(plans: dict[int, ColumnPlan], sample: Sequence[Row]) -> None:
    """Breaks that begin with nought are lower bounds; dates below "Start | End" are the validity of a row."""
    for column, plan in plans.items():
        texts = [cell.text for row in sample if (cell := row.cell_at(column)) is not None]
        if plan.meaning == "break" and texts and not any(p.meaning.startswith("weight_") for p in plans.values()):
            bounds = [price_of(text, _separator(text)) for text in texts]
            if Decimal(0) in bounds and None not in bounds:
                plans[column] = replace(plan, meaning="weight_from")
    _dates_of_rows(plans, sample)
    for column, plan in plans.items():
        texts = [cell.text for row in sample if (cell := row.cell_at(column)) is not None]
        word = folded(plan.header)
        if plan.meaning in ("", "ignore") and word in _ENDS and texts and all(len(find_dates(t)) == 1 for t in texts):
            plans[column] = replace(plan, meaning="valid_from" if word in BOUND_WORDS_FROM else "valid_to")


def _dates_of_rows(plans: dict[int, ColumnPlan], sample: Sequence[Row]) -> None:
    """Two columns of days without a known head, the first never after the second, are the validity of their rows."""
    found: dict[int, list[date]] = {}
    for column in sorted(plans):
        texts = [cell.text for row in sample if (cell := row.cell_at(column)) is not None]
        days = [find_dates(text) for text in texts]
        if plans[column].meaning in ("", "ignore") and texts and all(len(day) == 1 for day in days):
            found[column] = [day[0].value for day in days]
    if len(found) == 2:
        (first, begin), (last, end) = found.items()
        if len(begin) == len(end) and all(a <= b for a, b in zip(begin, end, strict=True)):
            plans[first] = replace(plans[first], meaning="valid_from")
            plans[last] = replace(plans[last], meaning="valid_to")


def _are_bounds(sample: Sequence[Row], left: int, right: int) -> bool:
    """Whether each row begins where the one before it ends, or a step further."""
    found: list[tuple[Decimal, Decimal]] = []
    for row in sample:
        low, high = row.cell_at(left), row.cell_at(right)
        a = _bound(low.text) if low is not None else None
        b = _bound(high.text) if high is not None else None
        if a is None or b is None:
            if high is None and a is not None:
                continue  # the last one is open
            return False
        if a > b:
            return False
        found.append((a, b))
    least = min((low for low, _ in found), default=Decimal(0))
    # Another service or country begins anew.
    follows = sum(before[1] <= after[0] or after[0] == least for before, after in pairwise(found))
    return bool(found) and follows * 10 >= (len(found) - 1) * 8


def _bound(text: str) -> Decimal | None:
    """A number, which may have its unit behind it ("31,5 kg")."""
    plain = price_of(text, _separator(text))
    label = parse_break(text, _separator(text)) if plain is None else None
    return label.first if label is not None and label.shape == "point" and label.unit else plain


def _separator(text: str) -> str:
    return "," if "," in text and "." not in text and len(text.rpartition(",")[2]) != 3 else "."
