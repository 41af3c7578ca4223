"""The value of a fuel index that rates a shipment of a day: weekly and monthly series with their delay. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from decimal import Decimal

from invoices.rate_records.series import IndexValue

_WEDNESDAY = 2


def index_on(series: Sequence[IndexValue], name: str, day: date, lag: str = "") -> Decimal | None:
    """By ``rules.FUEL_LAGS``: the average of a month, or the value of the week that holds. None where the series has
    none for it, also where the last value is more than five weeks old: an index that nobody brought up to date rates
    nothing."""
    own = sorted((v for v in series if not name or v.index_name == name), key=lambda value: value.published)
    if lag in ("previous_month", "month_before_last"):
        return _month(own, day, 1 if lag == "previous_month" else 2)
    last = day
    if lag == "previous_week":
        last = day - timedelta(days=day.weekday() + 1)
    elif lag == "from_wednesday":
        # Monday's value holds from Wednesday to the Tuesday after.
        last = day - timedelta(days=(day.weekday() - _WEDNESDAY) % 7)
    held = [value for value in own if value.published <= last]
    if not held or last - held[-1].published > timedelta(weeks=5):
        return None
    return held[-1].value


def _month(series: Sequence[IndexValue], day: date, back: int) -> Decimal | None:
    months = day.year * 12 + day.month - 1 - back
    year, month = divmod(months, 12)
    values = [v.value for v in series if (v.published.year, v.published.month) == (year, month + 1)]
    return sum(values, Decimal(0)) / len(values) if values else None
