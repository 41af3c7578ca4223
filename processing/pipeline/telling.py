"""How an attempt at a job ended, told once: a line in the log, counters, a span."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import structlog
from django.utils import timezone

from common.telemetry.counters import count, observe
from common.telemetry.spans import fail, span
from processing.models import ProcessingJob
from processing.queueing import lane_of
from processing.services.jobs import Claim

log = structlog.get_logger(__name__)

Status = ProcessingJob.Status


@contextmanager
def attempt_told(claim: Claim) -> Iterator[None]:
    """Binds the job's id to the log for as long as the attempt goes on, whatever reads the document."""
    job = claim.job
    kind = job.document.kind
    if claim.attempt == 1 and job.started_at is not None:
        observe("job_wait_seconds", (job.started_at - job.created_at).total_seconds(), lane=lane_of(job))
    with (
        structlog.contextvars.bound_contextvars(job_id=str(job.id)),
        span(
            "job",
            job_id=str(job.id),
            document_id=str(job.document_id),
            document_kind=kind,
            attempt=claim.attempt,
            policy=job.policy,
        ) as opened,
    ):
        yield
        opened.set_attributes({"status": str(job.status), "method": job.method})
        seconds = (timezone.now() - job.created_at).total_seconds()
        if job.status in (Status.COMPLETED, Status.FAILED):
            count("jobs_ended", kind=kind, status=str(job.status), method=job.method, code=job.error_code)
            observe("job_seconds", seconds, kind=kind)
            if job.status == Status.FAILED:
                fail(opened, job.error_code)
            log.info(
                "job_ended",
                status=str(job.status),
                method=job.method,
                code=job.error_code,
                attempt=claim.attempt,
                seconds=round(seconds, 3),
            )
        elif job.status == Status.PENDING:
            count("jobs_put_back", code=job.error_code)
            log.info("job_put_back", code=job.error_code, attempt=claim.attempt)
