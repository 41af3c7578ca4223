"""Trying a job again because a person or a program asks for it."""

from __future__ import annotations

from django.db import IntegrityError, transaction

from invoices.errors import InvalidState
from processing.models import ProcessingJob
from processing.queueing import wake_workers
from processing.services.jobs import cancel_job, revive_job


def retry_job(*, job: ProcessingJob) -> None:
    """Make a failed or cancelled job pending again and wake a worker for it. Raises InvalidState."""
    if job.document.purged_at is not None:
        raise InvalidState("The file was deleted at the end of its retention: it cannot be read again.")
    try:
        with transaction.atomic():
            if not revive_job(job_id=job.id):
                raise InvalidState("Only a failed or cancelled job can be tried again.")
            wake_workers([job.id])
    except IntegrityError as error:
        raise InvalidState("Another job of this document is under way.") from error


def stop_job(*, job: ProcessingJob) -> None:
    """Cancel a job that has not ended. Raises InvalidState."""
    if not cancel_job(job_id=job.id):
        raise InvalidState("The job has ended already.")
