"""What of documents that come in is told: counters, and the job's id on the lines of the request that brought it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import structlog

from common.errors import InvoicesiteError
from common.telemetry.counters import count
from processing.models import ProcessingJob


@contextmanager
def intake_counted(kind: str) -> Iterator[None]:
    """Counts what is refused inside the block, by its code."""
    try:
        yield
    except InvoicesiteError as error:
        count("uploads_refused", kind=kind, code=error.code)
        raise


def tell_intake(job: ProcessingJob, *, kind: str, source: str) -> None:
    count("uploads", kind=kind, source=source)
    bound = structlog.contextvars.get_contextvars()
    # A task that takes many has no one job that its lines are about.
    if "request_id" in bound and "task_id" not in bound:
        structlog.contextvars.bind_contextvars(job_id=str(job.id))
