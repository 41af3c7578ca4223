"""Which value of a fuel index holds on a day, by the rule that a card states. Pure."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date, timedelta
from decimal import Decimal

from invoices.rate_records.charges import folded_name
from invoices.rate_records.series import IndexValue

# A weekly index that was not published for longer than this says nothing of the day.
_STALE = timedelta(days=40)
_WEDNESDAY = 2
_WORD = re.compile(r"[^\W_]+")


def same_index(one: str, other: str) -> bool:
    """Whether two names are of one index: the same words, or both that of the American energy administration."""
    first, second = (_WORD.findall(folded_name(name)) for name in (one, other))
    if first and first == second:
        return True
    american = {"doe", "eia"}
    return bool(american & set(first)) and bool(american & set(second))


def value_on(values: Sequence[IndexValue], day: date, lag: str = "") -> Decimal | None:
    """The value that holds on ``day``; ``lag`` as in the rule ``fuel_index`` of ``docs/charge-model.md``. None where
    the series does not reach, or a month has several values and nobody said which."""
    if lag in ("previous_month", "month_before_last"):
        first = _month_before(day.replace(day=1))
        if lag == "month_before_last":
            first = _month_before(first)
        of_month = [
            each.value for each in values if (each.published.year, each.published.month) == (first.year, first.month)
        ]
        return of_month[0] if len(of_month) == 1 else None
    last = day
    if lag == "from_wednesday":
        last = day - timedelta(days=(day.weekday() - _WEDNESDAY) % 7)
    elif lag == "previous_week":
        last = day - timedelta(days=day.weekday() + 1)
    known = [each for each in values if last - _STALE <= each.published <= last]
    return max(known, key=lambda each: each.published).value if known else None


def _month_before(first: date) -> date:
    return (first - timedelta(days=1)).replace(day=1)
