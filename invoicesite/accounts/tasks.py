"""Housekeeping of accounts, by the clock."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.utils import timezone
from django_q.models import Schedule
from rest_framework_simplejwt.token_blacklist.models import OutstandingToken

from invoicesite.accounts.models import Meter
from processing.queueing import INTERACTIVE
from processing.services.idempotency import forget_old_requests
from processing.services.quotas import forget_old_days


def forget_expired() -> None:
    """Delete counters that say nothing any more, refresh tokens that have expired, answers kept for repeats."""
    now = timezone.now()
    Meter.objects.filter(full_at__lt=now).delete()
    OutstandingToken.objects.filter(expires_at__lt=now).delete()
    forget_old_requests()
    forget_old_days()


def ensure_schedule(**_: Any) -> None:
    """Make the schedule where it is missing (signal ``post_migrate``)."""
    Schedule.objects.get_or_create(
        name="accounts",
        defaults={
            "func": "invoicesite.accounts.tasks.forget_expired",
            "schedule_type": Schedule.HOURLY,
            "next_run": timezone.now() + timedelta(hours=1),
            "cluster": INTERACTIVE,
            "repeats": -1,
        },
    )
