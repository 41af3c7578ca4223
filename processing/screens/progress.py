"""How far a job is, for people that watch it."""

from __future__ import annotations

from typing import Any

from processing.models import ProcessingJob

# How much of the way is behind a job when a stage begins: waiting for a model takes the longest.
PERCENT_AT = {"": 0, "reading": 5, "extracting": 20, "validating": 85, "storing": 95}
ENDED = frozenset({"completed", "failed", "cancelled"})


def percent_of(job: ProcessingJob) -> int:
    """0 to 100; a job that waits for another attempt is at 0 again."""
    if job.status in ENDED:
        return 100
    return PERCENT_AT[job.stage] if job.status == ProcessingJob.Status.PROCESSING else 0


def timeline(job: ProcessingJob) -> list[dict[str, Any]]:
    """The stages of all attempts in order; ``seconds`` is None while a stage lasts, or where its worker died."""
    return [
        {
            "attempt": stage.attempt,
            "stage": stage.stage,
            "started_at": stage.started_at.isoformat(),
            "seconds": None
            if stage.finished_at is None
            else round((stage.finished_at - stage.started_at).total_seconds(), 3),
        }
        for stage in job.stages.order_by("attempt", "started_at", "id")
    ]


def job_state(job: ProcessingJob) -> dict[str, Any]:
    """What a listener is told of a job each time it changes."""
    return {
        "id": str(job.id),
        "status": job.status,
        "stage": job.stage,
        "percent": percent_of(job),
        "attempts": job.attempts,
        "outcome": job.outcome,
        "error": {"code": job.error_code, "message": job.error_message} if job.error_code else None,
        "stages": timeline(job),
    }
