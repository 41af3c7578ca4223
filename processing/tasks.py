"""What django-q2 runs. A task carries ids; the rows decide what is done with them."""

from __future__ import annotations

from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from uuid import UUID

from django.conf import settings
from django.db import connection

from processing.pipeline import run_job


def run_jobs(job_ids: Sequence[str]) -> int:
    """Run the jobs side by side; gives how many this worker got to run. Safe to be delivered twice."""
    ids = [UUID(job_id) for job_id in job_ids]
    if len(ids) == 1:
        return int(run_job(ids[0]))
    with ThreadPoolExecutor(min(len(ids), settings.EXTRACTION_PARALLELISM), thread_name_prefix="job") as pool:
        return sum(pool.map(_run_and_close, ids))


def _run_and_close(job_id: UUID) -> bool:
    try:
        return run_job(job_id)
    finally:
        connection.close()
