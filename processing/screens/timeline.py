"""What happened to a job and when, as bars on one line of time."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.utils import timezone

from processing.models import ProcessingJob


@dataclass(frozen=True, slots=True)
class Bar:
    """``start`` and ``width`` are percent of the whole; ``kind`` is a stage, ``waiting`` or ``call``."""

    label: str
    kind: str
    start: float
    width: float
    seconds: float
    detail: str = ""


def timeline(job: ProcessingJob) -> list[Bar]:
    """The wait in the queue, each stage of each attempt, each call of a model; in the order of time."""
    now = timezone.now()
    spans: list[tuple[datetime, datetime, str, str, str]] = []
    stages = list(job.stages.order_by("started_at"))
    first = stages[0].started_at if stages else job.started_at or job.finished_at or now
    spans.append((job.created_at, first, "in the queue", "waiting", ""))
    attempts = max((stage.attempt for stage in stages), default=1)
    for stage in stages:
        label = f"{stage.stage}, attempt {stage.attempt}" if attempts > 1 else stage.stage
        ended = stage.finished_at or job.finished_at or now
        spans.append((stage.started_at, ended, label, stage.stage, "" if stage.finished_at else "not ended"))
    for call in job.llm_calls.order_by("started_at"):
        ended = call.finished_at or now
        outcome = call.outcome or "running"
        spans.append((call.started_at, ended, f"call {call.run_id}", "call", f"{call.model}: {outcome}"))
    start = min(span[0] for span in spans)
    whole = max((max(span[1] for span in spans) - start).total_seconds(), 0.001)
    return [
        Bar(
            label=label,
            kind=kind,
            start=100 * (begin - start).total_seconds() / whole,
            width=max(0.3, 100 * (end - begin).total_seconds() / whole),
            seconds=max(0.0, (end - begin).total_seconds()),
            detail=detail,
        )
        for begin, end, label, kind, detail in sorted(spans)
    ]
