"""The sweep: what keeps jobs moving when a worker died, the queue forgot, or the time of a deferred job came.

Runs every few seconds in each supervisor and once a minute as a schedule; beside another sweep it does nothing.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

import structlog
from django.conf import settings
from django.db import connection, transaction
from django.db.models import F
from django.db.models.functions import Now

from processing.errors import BrokerUnavailable
from processing.events import tell_swept
from processing.models import Batch, ProcessingJob, WorkerHeartbeat
from processing.queries import live_workers
from processing.queueing import BATCH, JOBS_A_TASK, LANES, in_lane, tasks_waiting, wake_workers
from processing.services.batches import finish_batches
from processing.services.jobs import LEASE_SECONDS, due_now, take_back_lost_jobs
from processing.spending.ledger import settle_abandoned_calls

log = structlog.get_logger(__name__)

_LOCK = 0x5EE9
WOKEN_AT_ONCE = {lane: JOBS_A_TASK * (50 if lane == BATCH else 5) for lane in LANES}
UNATTENDED_SECONDS = 5  # younger jobs are on their way through the queue
SETTLED_SECONDS = 60  # clusters that start together do not begin at the same moment
ABANDONED_SECONDS = 60.0  # on top of a call's time-out
FORGOTTEN = timedelta(hours=1)  # rows of workers that are gone


@dataclass(frozen=True, slots=True)
class Swept:
    taken_back: int = 0
    woken: int = 0
    settled: int = 0

    @property
    def touched(self) -> int:
        return self.taken_back + self.woken + self.settled


def sweep_jobs(*, take_back: bool = True) -> Swept:
    """One sweep; does nothing where another process sweeps at this moment. ``take_back`` is False where nobody could
    extend a lease a moment ago."""
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_try_advisory_xact_lock(%s)", [_LOCK])
            if not cursor.fetchone()[0]:
                return Swept()
        taken_back = take_back_lost_jobs() if take_back and _leases_count() else 0
        woken = sum(_wake_unattended(lane) for lane in LANES)
        finish_batches()
        WorkerHeartbeat.objects.filter(seen_at__lt=Now() - FORGOTTEN).delete()
    abandoned_after = float(settings.LLM_TIMEOUT_SECONDS) + ABANDONED_SECONDS
    settled = settle_abandoned_calls(older_than=timedelta(seconds=abandoned_after))
    tell_swept()
    return Swept(taken_back, woken, settled)


def _leases_count() -> bool:
    """Whether the server runs long enough that a worker that lives has extended its leases since."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_postmaster_start_time() < now() - make_interval(secs => %s)", [LEASE_SECONDS])
        return bool(cursor.fetchone()[0])


def _wake_unattended(lane: str) -> int:
    """Put jobs on an empty queue that wait although their time has come. Some may be in the hands of a worker that has
    not begun them: the worker that is woken takes them over, and the first finds them taken."""
    queue = _attended(lane)
    try:
        if tasks_waiting(queue):
            return 0
    except BrokerUnavailable as error:
        log.warning("workers_not_woken", lane=lane, reason=error.code)
        return 0
    stopped = Batch.objects.filter(status__in=[Batch.Status.PAUSED, Batch.Status.CANCELLED])
    jobs = ProcessingJob.objects.filter(
        due_now(),
        in_lane(lane),
        attempts__lt=F("max_attempts"),
        created_at__lt=Now() - timedelta(seconds=UNATTENDED_SECONDS),
    ).exclude(batch_id__in=stopped.values("id"))
    ids = list(jobs.order_by("-priority", "created_at").values_list("id", flat=True)[: WOKEN_AT_ONCE[queue]])
    wake_workers(ids, lane=queue)
    return len(ids)


def _attended(lane: str) -> str:
    """The queue to wake workers by: the lane's own, or another where nobody works on it (one ``qcluster`` alone)."""
    workers = live_workers()
    if workers.filter(lane=lane).exists():
        return lane
    settled = workers.filter(started_at__lt=Now() - timedelta(seconds=SETTLED_SECONDS))
    return settled.values_list("lane", flat=True).first() or lane
