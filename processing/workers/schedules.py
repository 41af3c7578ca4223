"""What runs by the clock, as schedules of django-q2: made once, then a person may change them in the admin."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from django.utils import timezone
from django_q.models import Schedule

from processing.queueing import INTERACTIVE

SCHEDULES: dict[str, dict[str, Any]] = {
    "sweep": {"func": "processing.tasks.sweep", "schedule_type": Schedule.MINUTES, "minutes": 1},
    "purge": {"func": "processing.tasks.purge", "schedule_type": Schedule.DAILY},
    "statistics": {"func": "processing.tasks.statistics", "schedule_type": Schedule.HOURLY},
    # Takes up what a task that died left; otherwise there is nothing due.
    "audit": {"func": "processing.tasks.audit", "schedule_type": Schedule.MINUTES, "minutes": 10},
    # Does nothing without MAILBOX_URL.
    "mailbox": {"func": "processing.tasks.mailbox", "schedule_type": Schedule.MINUTES, "minutes": 5},
    "month": {"func": "processing.tasks.open_month", "schedule_type": Schedule.DAILY},
}


def ensure_schedules(**_: Any) -> None:
    """Make what is missing (signal ``post_migrate``)."""
    for name, columns in SCHEDULES.items():
        Schedule.objects.get_or_create(
            name=name, defaults={**columns, "next_run": _first_run(columns), "cluster": INTERACTIVE, "repeats": -1}
        )


def _first_run(columns: dict[str, Any]) -> datetime:
    now = timezone.now()
    if columns["schedule_type"] != Schedule.DAILY:
        return now
    # Past midnight in UTC: the month that a call belongs to is told in UTC.
    return now.replace(hour=0, minute=10, second=0, microsecond=0) + timedelta(days=1)
