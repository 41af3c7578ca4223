"""Figures of jobs, queues and workers."""

from __future__ import annotations

from invoicesite.monitoring.figures.reading import Figure, Figures, rows
from processing.errors import BrokerUnavailable
from processing.models import ProcessingJob
from processing.queries import live_workers
from processing.queueing import BATCH, INTERACTIVE, LANES, tasks_waiting

# The lane is as in processing.queueing.in_lane, what is due as in processing.services.jobs.due_now. A job counts as due
# since it could be run: when it was submitted, or when its pause ended.
_OPEN = """
SELECT j.status, CASE WHEN j.status = 'processing' THEN j.stage ELSE '' END,
    CASE WHEN j.batch_id IS NOT NULL AND j.priority <= 0 THEN %(batch)s ELSE %(interactive)s END,
    j.waits_for, j.attempts > 0, count(*),
    count(*) FILTER (WHERE d.due),
    extract(epoch FROM now() - min(greatest(j.created_at, j.not_before)) FILTER (WHERE d.due))::float8,
    extract(epoch FROM now() - min(j.created_at))::float8,
    extract(epoch FROM now() - min(j.deferred_since))::float8
FROM processing_processingjob j LEFT JOIN processing_batch b ON b.id = j.batch_id
CROSS JOIN LATERAL (SELECT j.status = 'pending' AND NOT j.cancel_requested
    AND (j.not_before IS NULL OR j.not_before <= now())
    AND (b.id IS NULL OR b.status NOT IN ('paused', 'cancelled')) AS due) d
WHERE j.status IN ('pending', 'processing') GROUP BY 1, 2, 3, 4, 5
"""
_DEAD = "SELECT error_code, count(*) FROM processing_processingjob WHERE status = 'failed' GROUP BY 1"
_PAUSED = "SELECT count(*) FROM processing_batch WHERE status = 'paused'"


def job_figures() -> Figures:
    counts = {(str(ProcessingJob.Status.PENDING), ""): 0}
    counts |= {(str(ProcessingJob.Status.PROCESSING), str(stage)): 0 for stage in ProcessingJob.Stage}
    lanes = {lane: {"queue_jobs": 0.0, "queue_age_seconds": 0.0} for lane in LANES}
    again = {lane: {"retried_jobs": 0.0, "retried_age_seconds": 0.0} for lane in LANES}
    waits: dict[str, list[float]] = {}
    for status, stage, lane, waits_for, tried, count, due, due_age, age, deferred in rows(
        _OPEN, {"batch": BATCH, "interactive": INTERACTIVE}
    ):
        counts[status, stage] = counts.get((status, stage), 0) + count
        if waits_for:
            known = waits.setdefault(waits_for, [0, 0.0])
            known[:] = [known[0] + count, max(known[1], deferred or 0.0)]
        if status != ProcessingJob.Status.PENDING:
            continue
        of_lane = lanes[lane]
        of_lane["queue_jobs"] += due
        of_lane["queue_age_seconds"] = max(of_lane["queue_age_seconds"], due_age or 0.0)
        if tried:
            again[lane]["retried_jobs"] += count
            again[lane]["retried_age_seconds"] = max(again[lane]["retried_age_seconds"], age or 0.0)
    yield from (Figure("jobs", count, labels) for labels, count in counts.items())
    for lane in LANES:
        yield from (Figure(name, value, (lane,)) for name, value in {**lanes[lane], **again[lane]}.items())
    for name, (count, age) in waits.items():
        yield Figure("deferred_jobs", count, (name,))
        yield Figure("deferred_age_seconds", age, (name,))
    yield from (Figure("dead_letters", count, (code,)) for code, count in rows(_DEAD))
    yield Figure("batches_paused", rows(_PAUSED)[0][0])


def worker_figures() -> Figures:
    found = dict.fromkeys(LANES, (0, 0, 0))
    for worker in live_workers():
        sums = found.get(worker.lane, (0, 0, 0))
        found[worker.lane] = (sums[0] + 1, sums[1] + worker.slots, sums[2] + worker.running)
    for lane, sums in found.items():
        for name, value in zip(("workers", "worker_slots", "worker_running"), sums, strict=True):
            yield Figure(name, value, (lane,))


def broker_figures() -> Figures:
    up = 1
    for lane in LANES:
        try:
            yield Figure("queue_tasks", tasks_waiting(lane), (lane,))
        except BrokerUnavailable:
            up = 0
            break  # the other lane is at the same server
    yield Figure("broker_up", up)
