"""A job that a person holds back. Batches are paused as a whole in ``services.batches``."""

from __future__ import annotations

from datetime import UTC, datetime
from uuid import UUID

from django.db import transaction

from processing.models import ProcessingJob
from processing.queueing import wake_for

# Deferred like any job whose time has not come: no worker claims it, the sweep leaves it alone.
HELD_UNTIL = datetime(9999, 1, 1, tzinfo=UTC)


def pause_job(*, job_id: UUID) -> bool:
    """Hold a job that waits until ``resume_job``; False where it is not pending: what runs comes to its end."""
    waiting = ProcessingJob.objects.filter(id=job_id, status=ProcessingJob.Status.PENDING, cancel_requested=False)
    return bool(waiting.update(not_before=HELD_UNTIL))


@transaction.atomic
def resume_job(*, job_id: UUID) -> bool:
    """Let a held job go on; False where it is not held."""
    held = ProcessingJob.objects.filter(id=job_id, status=ProcessingJob.Status.PENDING, not_before=HELD_UNTIL)
    if not held.update(not_before=None):
        return False
    wake_for(ProcessingJob.objects.filter(id=job_id))
    return True
