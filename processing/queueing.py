"""Waking the workers. The queue carries ids only: the rows decide what is done."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from django_q.tasks import async_task

RUN_JOBS = "processing.tasks.run_jobs"


def wake_workers(job_ids: Sequence[UUID]) -> None:
    """Put one task for these jobs on the queue. With the ORM broker this joins the caller's transaction: no row, no
    task."""
    if job_ids:
        async_task(RUN_JOBS, [str(job_id) for job_id in job_ids])
