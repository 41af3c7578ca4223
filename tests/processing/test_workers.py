"""What keeps jobs moving: the sweep, the crew of a worker, batches that pause, dead letters that are tried again."""

from __future__ import annotations

import threading
import time
import uuid
from datetime import timedelta
from io import StringIO
from uuid import UUID

import pytest
from django.core.management import call_command
from django.utils import timezone
from django_q.brokers import get_broker
from django_q.models import OrmQ, Schedule
from django_q.signing import SignedPackage

from processing.errors import ExtractionFailed, StorageUnavailable
from processing.models import Batch, ProcessingJob, WorkerHeartbeat
from processing.pipeline.heartbeat import heart
from processing.queueing import BATCH, INTERACTIVE, lane_of, wake_for
from processing.services.batches import cancel_batch, pause_batch, resume_batch
from processing.services.jobs import claim_job, fail_job, release_jobs
from processing.tasks import run_jobs
from processing.workers.crew import Crew, set_crew
from processing.workers.schedules import SCHEDULES, ensure_schedules
from processing.workers.sweeping import sweep_jobs
from tests.processing.ledger_factories import make_batch, make_job

Status = ProcessingJob.Status


def running_batch() -> Batch:
    batch = make_batch()
    Batch.objects.filter(id=batch.id).update(status=Batch.Status.PROCESSING)
    return batch


def queued(lane: str) -> list[str]:
    """The ids of jobs on a queue."""
    tasks = [SignedPackage.loads(row.payload) for row in OrmQ.objects.filter(key=lane)]
    return [job_id for task in tasks for job_id in task["args"][0]]


def make_old(*jobs: ProcessingJob) -> None:
    ids = [job.id for job in jobs]
    ProcessingJob.objects.filter(id__in=ids).update(created_at=timezone.now() - timedelta(minutes=1))


@pytest.mark.django_db
def test_what_a_person_waits_for_has_a_queue_of_its_own() -> None:
    upload, one_of_many = make_job(), make_job(batch=running_batch())
    wake_for([upload, one_of_many])
    assert queued(INTERACTIVE) == [str(upload.id)]
    assert queued(BATCH) == [str(one_of_many.id)]
    one_of_many.priority = 10
    assert lane_of(one_of_many) == INTERACTIVE


@pytest.mark.django_db
def test_the_sweep_takes_back_what_a_dead_worker_held_and_wakes_a_worker_for_it() -> None:
    job = make_job()
    make_old(job)
    claim_job(job_id=job.id)
    ProcessingJob.objects.filter(id=job.id).update(lease_until=timezone.now() - timedelta(seconds=1))
    swept = sweep_jobs()
    assert (swept.taken_back, swept.woken) == (1, 1)
    assert queued(INTERACTIVE) == [str(job.id)]


@pytest.mark.django_db
def test_the_sweep_leaves_alone_what_is_deferred_paused_new_or_on_its_way() -> None:
    deferred, paused, new = make_job(), make_job(batch=running_batch()), make_job()
    assert paused.batch_id is not None
    make_old(deferred, paused)
    ProcessingJob.objects.filter(id=deferred.id).update(not_before=timezone.now() + timedelta(minutes=1))
    pause_batch(batch_id=paused.batch_id, why="a test")
    assert sweep_jobs().woken == 0
    make_old(new)
    assert sweep_jobs().woken == 1
    assert sweep_jobs().woken == 0, "its task waits on the queue"


@pytest.mark.django_db
def test_where_nobody_works_on_a_lane_the_workers_of_the_other_take_it() -> None:
    job = make_job(batch=running_batch())
    make_old(job)
    now = timezone.now()
    worker = WorkerHeartbeat.objects.create(
        name="here:1", host="here", pid=1, lane=INTERACTIVE, slots=3, started_at=now, seen_at=now
    )
    sweep_jobs()
    assert (queued(BATCH), queued(INTERACTIVE)) == ([str(job.id)], []), "the others may be about to start"
    OrmQ.objects.all().delete()
    worker.started_at = now - timedelta(minutes=2)
    worker.save()
    sweep_jobs()
    assert (queued(BATCH), queued(INTERACTIVE)) == ([], [str(job.id)])


@pytest.mark.django_db
def test_a_paused_batch_goes_on_where_it_was() -> None:
    batch = running_batch()
    job = make_job(batch=batch)
    assert pause_batch(batch_id=batch.id, why="a test")
    assert claim_job(job_id=job.id) is None
    assert resume_batch(batch_id=batch.id) == 1
    assert queued(BATCH) == [str(job.id)]
    assert claim_job(job_id=job.id) is not None


@pytest.mark.django_db
def test_cancelling_a_batch_ends_what_has_not_ended() -> None:
    batch = running_batch()
    waiting, running, done = (make_job(batch=batch) for _ in range(3))
    fail_job(claim_job(job_id=done.id), ExtractionFailed())  # type: ignore[arg-type]
    claim_job(job_id=running.id)
    assert cancel_batch(batch_id=batch.id) == 2
    states = set(ProcessingJob.objects.filter(id__in=[waiting.id, running.id]).values_list("status", flat=True))
    assert states == {Status.CANCELLED}
    assert cancel_batch(batch_id=batch.id) is None


@pytest.mark.django_db
def test_dead_letters_are_tried_again_by_code() -> None:
    unreadable, stored_badly = make_job(), make_job()
    fail_job(claim_job(job_id=unreadable.id), ExtractionFailed())  # type: ignore[arg-type]
    ProcessingJob.objects.filter(id=stored_badly.id).update(max_attempts=1)
    fail_job(claim_job(job_id=stored_badly.id), StorageUnavailable())  # type: ignore[arg-type]
    out = StringIO()
    call_command("retry_failed", "--dry-run", stdout=out)
    assert "2  failed jobs" in out.getvalue()
    call_command("retry_failed", "--code", "storage_unavailable", stdout=out)
    assert "1 jobs will be retried." in out.getvalue()
    unreadable.refresh_from_db()
    stored_badly.refresh_from_db()
    assert (unreadable.status, stored_badly.status) == (Status.FAILED, Status.PENDING)
    assert queued(INTERACTIVE) == [str(stored_badly.id)]


@pytest.mark.django_db
def test_a_job_that_is_put_back_does_not_lose_an_attempt() -> None:
    job = make_job()
    claim = claim_job(job_id=job.id)
    assert claim is not None
    with heart.beating(claim) as lost:
        assert release_jobs(heart.give_up()) == 1
        assert lost.is_set()
    job.refresh_from_db()
    assert (job.status, job.max_attempts - job.attempts) == (Status.PENDING, 3)


@pytest.mark.django_db
def test_schedules_are_made_once_and_a_persons_change_stays() -> None:
    ensure_schedules()
    Schedule.objects.filter(name="sweep").update(minutes=5)
    ensure_schedules()
    assert Schedule.objects.filter(name__in=SCHEDULES).count() == len(SCHEDULES)
    assert Schedule.objects.get(name="sweep").minutes == 5


@pytest.mark.django_db(transaction=True)
def test_a_crew_returns_when_the_last_job_has_begun_and_runs_no_more_than_its_slots() -> None:
    at_once, most, go = 0, 0, threading.Event()
    lock = threading.Lock()

    def run(job_id: UUID) -> bool:
        nonlocal at_once, most
        with lock:
            at_once += 1
            most = max(most, at_once)
        go.wait(5)
        with lock:
            at_once -= 1
        return True

    crew = Crew(2, run)
    assert crew.start([uuid.uuid4() for _ in range(2)], until=time.monotonic() + 5) == []
    left = [uuid.uuid4()]
    assert crew.start(left, until=time.monotonic() + 0.1) == left, "there is no free thread"
    go.set()
    assert crew.start(left, until=time.monotonic() + 5) == []
    assert crew.stop(grace_seconds=5) == 0
    assert most == 2
    assert crew.start([uuid.uuid4()], until=time.monotonic() + 5) != [], "a crew that stops begins nothing"


@pytest.mark.django_db(transaction=True)
def test_within_a_lane_what_has_a_higher_priority_runs_first_whoever_stands_before_it() -> None:
    low, lower, high = (make_job(priority=priority).id for priority in (5, 3, 9))
    elsewhere = make_job(priority=0, batch=running_batch()).id
    begun: list[UUID] = []
    crew = Crew(1, lambda job_id: not begun.append(job_id))
    set_crew(crew)
    try:
        run_jobs([str(lower)])
        assert crew.stop(grace_seconds=5) == 0
    finally:
        set_crew(None)
    assert begun == [high, low, lower]
    assert elsewhere not in begun, "each lane has an order of its own"


@pytest.mark.django_db
def test_the_lanes_are_the_queues_that_the_clusters_listen_to() -> None:
    assert get_broker(BATCH).list_key == BATCH
    assert get_broker(None).list_key == INTERACTIVE
