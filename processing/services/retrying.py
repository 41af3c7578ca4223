"""Trying a job again because a person or a program asks for it."""

from __future__ import annotations

from dataclasses import dataclass, field

from django.db import IntegrityError, transaction
from django.db.models import QuerySet

from common.errors import InvalidState
from processing.models import Batch, ProcessingJob
from processing.queueing import lane_of, wake_workers
from processing.services.jobs import cancel_job, revive_job


def retry_job(*, job: ProcessingJob) -> None:
    """Make a failed or cancelled job pending again and wake a worker for it. Raises InvalidState."""
    if job.document.purged_at is not None:
        raise InvalidState("The file was deleted at the end of its retention period and cannot be read again.")
    if job.batch is not None and job.batch.status == Batch.Status.CANCELLED:
        raise InvalidState("Its batch was cancelled; submit the file again.")
    try:
        with transaction.atomic():
            if not revive_job(job_id=job.id):
                raise InvalidState("Only failed or cancelled jobs can be retried.")
            wake_workers([job.id], lane=lane_of(job))
    except IntegrityError as error:
        raise InvalidState("This document is already being processed.") from error


@dataclass(slots=True)
class Retried:
    """What became of failed jobs that were to be tried again; ``refused`` by reason."""

    revived: int = 0
    refused: dict[str, int] = field(default_factory=dict)


def failed_jobs(*, batch: Batch | None = None, code: str = "") -> QuerySet[ProcessingJob]:
    """The dead letters, of one batch or with one error code, oldest first."""
    jobs = ProcessingJob.objects.filter(status=ProcessingJob.Status.FAILED).order_by("created_at", "id")
    if batch is not None:
        jobs = jobs.filter(batch=batch)
    return jobs.filter(error_code=code) if code else jobs


def retry_failed(jobs: QuerySet[ProcessingJob]) -> Retried:
    """Try each of these jobs again; one that cannot be does not stop the others."""
    result = Retried()
    for job_id in list(jobs.values_list("id", flat=True)):
        try:
            retry_job(job=ProcessingJob.objects.select_related("document", "batch").get(id=job_id))
            result.revived += 1
        except InvalidState as error:
            result.refused[error.message] = result.refused.get(error.message, 0) + 1
    return result


def stop_job(*, job: ProcessingJob) -> None:
    """Cancel a job that has not ended. Raises InvalidState."""
    if not cancel_job(job_id=job.id):
        raise InvalidState("The job has ended already.")
