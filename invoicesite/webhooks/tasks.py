"""What django-q2 runs for webhooks."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.utils import timezone
from django_q.models import Schedule

from invoicesite.webhooks.couriers import send_all_due, start_couriers
from invoicesite.webhooks.services import purge_events
from processing.queueing import INTERACTIVE
from processing.workers.crew import current_crew


def deliver() -> int:
    """Send what is due. In a worker it returns at once and threads of it send: a receiver that takes its time holds up
    no document. Elsewhere it returns when all is sent, with how many were."""
    crew = current_crew()
    if crew is None:
        return send_all_due()
    return start_couriers(stopping=crew.stopping)


def purge() -> int:
    return purge_events()


def ensure_schedule(**_: Any) -> None:
    """Make the schedule where it is missing (signal ``post_migrate``)."""
    Schedule.objects.get_or_create(
        name="webhooks",
        defaults={
            "func": "invoicesite.webhooks.tasks.purge",
            "schedule_type": Schedule.DAILY,
            "next_run": timezone.now() + timedelta(days=1),
            "cluster": INTERACTIVE,
            "repeats": -1,
        },
    )
