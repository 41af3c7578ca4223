"""What happens in the pipeline, told to whoever listens: inside the transaction that makes it happen, so that a
listener can write down what is to follow, and nothing follows from what was rolled back."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal
from uuid import UUID

from django.dispatch import Signal

from common.telemetry.counters import count
from processing.errors import CeilingReached
from processing.models import Breaker, Budget, ProcessingJob

JobEvent = Literal["completed", "failed", "cancelled"]

job_event = Signal()  # what: JobEvent, job_ids: Sequence[UUID]
budget_event = Signal()  # scope: str, key: str, message: str
breaker_event = Signal()  # name: str, message: str
swept = Signal()  # nothing: time to look for what was left lying
work_started = Signal()  # nothing: the supervisor of this machine begins


def tell_jobs(what: JobEvent, job_ids: Sequence[UUID]) -> None:
    """To be called in the transaction that ended the jobs."""
    if job_ids:
        if what == "cancelled":
            count("jobs_ended", len(job_ids), kind="", status=what, method="", code="")
        job_event.send(sender=ProcessingJob, what=what, job_ids=job_ids)


def tell_budget(reached: CeilingReached) -> None:
    """A ceiling that spans documents (batch, month, user, role) has no room. Told each time that a job meets it."""
    budget_event.send(sender=Budget, scope=reached.scope, key=reached.key, message=reached.message)


def tell_breaker(name: str, message: str) -> None:
    """The model ``name`` is not called for a while. To be called in the transaction that opened the breaker."""
    breaker_event.send(sender=Breaker, name=name, message=message)


def tell_swept() -> None:
    """After each sweep, in no transaction; a listener that fails does not stop the sweep."""
    swept.send_robust(sender=None)


def tell_work_started() -> None:
    """Once, in the supervisor's process; a listener that fails does not stop it."""
    work_started.send_robust(sender=None)
