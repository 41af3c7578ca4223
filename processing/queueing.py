"""Waking the workers. The queue carries ids only: the rows decide what is done."""

from __future__ import annotations

import os
import time
from collections.abc import Iterable, Sequence
from functools import partial
from typing import Any
from uuid import UUID

import structlog
from django.conf import settings
from django.db import transaction
from django.db.models import Q
from django_q.brokers import get_broker
from django_q.tasks import async_task
from redis import RedisError

from processing.errors import BrokerUnavailable
from processing.models import ProcessingJob

log = structlog.get_logger(__name__)

RUN_JOBS = "processing.tasks.run_jobs"

# Two queues with workers of their own: what a person waits for never stands behind a batch. The first is django-q2's
# default cluster, which also runs the schedules.
INTERACTIVE = "invoicesite"
BATCH = "batch"
LANES = (INTERACTIVE, BATCH)

SILENT_SECONDS = 1.0  # a broker that failed is not asked again for so long
JOBS_A_TASK = 20  # few enough to spread over workers, enough that the queue costs next to nothing


def lane_of(job: ProcessingJob) -> str:
    """The queue for a job: that of batches for what came in one, unless somebody gave it priority."""
    return BATCH if job.batch_id is not None and job.priority <= 0 else INTERACTIVE


def lane_of_process() -> str:
    """The queue of the cluster that this process belongs to."""
    return os.environ.get("Q_CLUSTER_NAME") or INTERACTIVE


def in_lane(lane: str) -> Q:
    """The jobs that ``lane_of`` puts there."""
    of_batches = Q(batch__isnull=False, priority__lte=0)
    return of_batches if lane == BATCH else ~of_batches


def wake_workers(job_ids: Sequence[UUID], *, lane: str = INTERACTIVE) -> None:
    """Put tasks for these jobs on a queue, as ``enqueue`` does; what was lost on the way, the sweep wakes."""
    for start in range(0, len(job_ids), JOBS_A_TASK):
        enqueue(RUN_JOBS, [str(job_id) for job_id in job_ids[start : start + JOBS_A_TASK]], lane=lane)


def enqueue(function: str, *arguments: Any, lane: str) -> None:
    """Put one task on a queue. With the ORM broker this joins the caller's transaction: no row, no task; with Redis it
    happens when the transaction has committed, and where Redis is away it does not happen at all: rows that were
    committed are never told as an error, and for everything that is enqueued something looks by the clock, too."""
    if settings.QUEUE_ON_REDIS:
        transaction.on_commit(partial(_enqueue_on_redis, function, arguments, lane), robust=True)
    else:
        async_task(function, *arguments, cluster=lane)


def wake_for(jobs: Iterable[ProcessingJob]) -> None:
    """Wake the workers for jobs of any kind, each in its lane."""
    lanes: dict[str, list[UUID]] = {lane: [] for lane in LANES}
    for job in jobs:
        lanes[lane_of(job)].append(job.id)
    for lane, ids in lanes.items():
        wake_workers(ids, lane=lane)


def tasks_waiting(lane: str) -> int:
    """How many tasks of a lane no worker has fetched yet. Raises BrokerUnavailable where Redis is away."""
    try:
        return int(get_broker(lane).queue_size())
    except RedisError as error:
        raise BrokerUnavailable from error


def _enqueue_on_redis(function: str, arguments: Sequence[Any], lane: str) -> None:
    if time.monotonic() < _silent.until:
        return  # many requests at once do not wait for it one by one
    try:
        async_task(function, *arguments, cluster=lane)
    except RedisError as error:
        log.warning("task_not_enqueued", function=function, lane=lane, error=type(error).__name__)
        _silent.until = time.monotonic() + SILENT_SECONDS


class _Silence:
    until = 0.0


_silent = _Silence()
