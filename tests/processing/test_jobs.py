"""The life of a job: claimed once, held by a lease, taken back when its worker dies, ended once."""

from __future__ import annotations

import threading
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from decimal import Decimal
from uuid import UUID

import pytest
from django.db import IntegrityError, connection, transaction
from django.utils import timezone

from processing.errors import BudgetExceeded, Deferred, ExtractionFailed, LLMTimeout, LostLease, StorageUnavailable
from processing.models import Batch, ProcessingJob
from processing.services.jobs import (
    Claim,
    cancel_job,
    claim_job,
    complete_job,
    defer_job,
    enter_stage,
    extend_leases,
    fail_job,
    revive_job,
    take_back_lost_jobs,
)
from tests.processing.ledger_factories import make_batch, make_job

Status, Stage, Outcome = ProcessingJob.Status, ProcessingJob.Stage, ProcessingJob.Outcome


def claimed(job: ProcessingJob) -> Claim:
    claim = claim_job(job_id=job.id)
    assert claim is not None
    return claim


def complete(claim: Claim) -> None:
    complete_job(claim, outcome=Outcome.SUCCESS, method="rules", confidence=Decimal("0.9"))


def let_lease_run_out(job: ProcessingJob) -> None:
    ProcessingJob.objects.filter(id=job.id).update(lease_until=timezone.now() - timedelta(seconds=1))


@pytest.mark.django_db
def test_a_job_is_claimed_once_and_a_second_delivery_does_nothing() -> None:
    job = make_job()
    claimed(job)
    assert claim_job(job_id=job.id) is None


@pytest.mark.django_db
def test_an_ended_job_is_not_claimed_again() -> None:
    job = make_job()
    complete(claimed(job))
    assert claim_job(job_id=job.id) is None


@pytest.mark.django_db(transaction=True)
def test_of_many_workers_that_want_a_job_at_once_one_gets_it() -> None:
    job = make_job()
    barrier = threading.Barrier(8)

    def try_it(_: int) -> Claim | None:
        barrier.wait()
        try:
            return claim_job(job_id=job.id)
        finally:
            connection.close()

    with ThreadPoolExecutor(8) as pool:
        claims = [claim for claim in pool.map(try_it, range(8)) if claim is not None]
    assert len(claims) == 1
    job.refresh_from_db()
    assert job.attempts == 1


@pytest.mark.django_db
def test_a_job_of_a_dead_worker_is_taken_back_and_the_dead_worker_cannot_end_it() -> None:
    job = make_job()
    dead = claimed(job)
    let_lease_run_out(job)
    assert take_back_lost_jobs() == 1
    alive = claimed(job)
    with pytest.raises(LostLease):
        complete(dead)
    with pytest.raises(LostLease):
        enter_stage(dead, Stage.READING)
    complete(alive)
    job.refresh_from_db()
    assert (job.status, job.attempts) == (Status.COMPLETED, 2)


@pytest.mark.django_db
def test_the_heartbeat_keeps_a_lease_and_tells_what_was_lost() -> None:
    kept, lost = make_job(), make_job()
    first, second = claimed(kept), claimed(lost)
    for job in (kept, lost):
        let_lease_run_out(job)
    cancel_job(job_id=lost.id)
    assert extend_leases([first.token, second.token]) == {first.token}
    assert take_back_lost_jobs() == 0


@pytest.mark.django_db
def test_a_document_that_kills_its_worker_each_time_becomes_a_dead_letter() -> None:
    job = make_job()
    for _ in range(job.max_attempts):
        claimed(job)
        let_lease_run_out(job)
        take_back_lost_jobs()
    job.refresh_from_db()
    assert (job.status, job.error_code, job.attempts) == (Status.FAILED, "extraction_failed", 3)
    assert claim_job(job_id=job.id) is None


@pytest.mark.django_db
def test_what_may_pass_by_itself_is_tried_again_later_and_then_given_up() -> None:
    job = make_job()
    for attempt in range(1, 4):
        ended = fail_job(claimed(job), StorageUnavailable("The bucket sleeps."))
        job.refresh_from_db()
        assert ended == (attempt == 3)
        if not ended:
            assert job.status == Status.PENDING
            assert claim_job(job_id=job.id) is None, "not before its time"
            ProcessingJob.objects.filter(id=job.id).update(not_before=None)
    assert (job.status, job.error_code, job.error_message) == (
        Status.FAILED, "storage_unavailable", "The bucket sleeps.",
    )  # fmt: skip


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("error", "outcome"),
    [
        (ExtractionFailed(), Outcome.UNREADABLE),
        (BudgetExceeded(), Outcome.BUDGET_EXCEEDED),
        (LLMTimeout(), Outcome.TIMEOUT),
    ],
)
def test_what_another_attempt_would_not_change_ends_the_job_at_once(error: ExtractionFailed, outcome: str) -> None:
    job = make_job()
    assert fail_job(claimed(job), error)
    job.refresh_from_db()
    assert (job.status, job.outcome, job.error_code) == (Status.FAILED, outcome, error.code)


@pytest.mark.django_db
def test_a_deferred_job_waits_without_using_up_an_attempt() -> None:
    job = make_job()
    for _ in range(10):
        defer_job(claimed(job), error=Deferred(not_before=timezone.now() - timedelta(seconds=1)))
    complete(claimed(job))
    job.refresh_from_db()
    assert job.status == Status.COMPLETED


@pytest.mark.django_db
def test_a_cancelled_job_that_runs_stops_at_its_next_step_and_records_nothing() -> None:
    job = make_job()
    claim = claimed(job)
    assert cancel_job(job_id=job.id)
    with pytest.raises(LostLease):
        enter_stage(claim, Stage.EXTRACTING)
    with pytest.raises(LostLease):
        complete(claim)
    assert not cancel_job(job_id=job.id)
    job.refresh_from_db()
    assert (job.status, job.outcome) == (Status.CANCELLED, Outcome.CANCELLED)


@pytest.mark.django_db
def test_a_dead_letter_is_revived_with_fresh_attempts_and_the_same_spend() -> None:
    job = make_job()
    ProcessingJob.objects.filter(id=job.id).update(spent_usd=Decimal("0.015"))
    claim = claimed(job)
    enter_stage(claim, Stage.READING)
    fail_job(claim, LLMTimeout())
    assert revive_job(job_id=job.id)
    again = claimed(job)
    enter_stage(again, Stage.READING)
    job.refresh_from_db()
    assert (job.spent_usd, job.budget_usd, job.attempts) == (Decimal("0.015"), Decimal("0.02"), 2)
    assert job.max_attempts - job.attempts == 2
    assert not revive_job(job_id=job.id), "a job that runs is not revived"


@pytest.mark.django_db
def test_reviving_may_raise_a_ceiling_but_never_lowers_it() -> None:
    job = make_job(budget_usd="0.02")
    fail_job(claimed(job), BudgetExceeded())
    revive_job(job_id=job.id, budget_usd=Decimal("0.01"))
    job.refresh_from_db()
    assert job.budget_usd == Decimal("0.02")
    fail_job(claimed(job), BudgetExceeded())
    revive_job(job_id=job.id, budget_usd=Decimal("0.05"))
    job.refresh_from_db()
    assert job.budget_usd == Decimal("0.05")


@pytest.mark.django_db
@pytest.mark.parametrize("status", [Batch.Status.PAUSED, Batch.Status.CANCELLED])
def test_jobs_of_a_stopped_batch_are_not_claimed(status: str) -> None:
    batch = make_batch()
    job = make_job(batch=batch)
    Batch.objects.filter(id=batch.id).update(status=status)
    assert claim_job(job_id=job.id) is None


@pytest.mark.django_db
def test_stages_keep_their_times_for_each_attempt() -> None:
    job = make_job()
    claim = claimed(job)
    for stage in (Stage.READING, Stage.EXTRACTING):
        enter_stage(claim, stage)
    fail_job(claim, StorageUnavailable())
    ProcessingJob.objects.filter(id=job.id).update(not_before=None)
    second = claimed(job)
    enter_stage(second, Stage.READING)
    complete(second)
    rows = [(s.attempt, s.stage, s.finished_at is not None) for s in job.stages.all()]
    assert rows == [(1, "reading", True), (1, "extracting", True), (2, "reading", True)]


@pytest.fixture
def job_id() -> UUID:
    return make_job().id


@pytest.mark.django_db
@pytest.mark.parametrize(
    "columns",
    [
        {"spent_usd": Decimal("0.03")},
        {"status": "processing"},
        {"status": "failed", "outcome": "timeout", "finished_at": timezone.now()},
        {"status": "completed"},
        {"reserved_usd": Decimal("-0.01")},
    ],
    ids=["spent above the ceiling", "processing without a lease", "failed without a code", "ended without outcome",
         "negative reservation"],
)  # fmt: skip
def test_the_database_refuses_a_job_that_breaks_a_promise(job_id: UUID, columns: dict[str, object]) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        ProcessingJob.objects.filter(id=job_id).update(**columns)


@pytest.mark.django_db
def test_a_document_has_one_open_job_at_most() -> None:
    job = make_job()
    with pytest.raises(IntegrityError), transaction.atomic():
        ProcessingJob.objects.create(document=job.document, max_output_tokens=300)
