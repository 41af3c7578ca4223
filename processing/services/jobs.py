"""The one place where a job's status changes. Every change is a conditional UPDATE: a count of 0 means that somebody
else has the job, or that it has moved on."""

from __future__ import annotations

import random
import time
import uuid
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from decimal import Decimal
from functools import cache
from typing import Any
from uuid import UUID

import structlog
from django.conf import settings
from django.db import connection, models, transaction
from django.db.models import F, Q, QuerySet, Value
from django.db.models.functions import Greatest, Now
from django.utils import timezone

from common.errors import InvoicesiteError
from common.rows import instance_of, joined_transaction
from common.storable import storable
from common.telemetry.counters import count
from processing import errors
from processing.errors import LostLease
from processing.events import tell_budget, tell_jobs
from processing.models import Batch, CachedReply, Document, JobStage, ProcessingJob
from processing.outcomes import outcome_of
from processing.queueing import JOBS_A_TASK, in_lane
from processing.services import job_statements as statements
from processing.services.stage_clock import StageClock

log = structlog.get_logger(__name__)

# A worker that does not say in this time that it lives is taken for dead; it says so every third of it.
LEASE_SECONDS: int = settings.JOB_LEASE_SECONDS
RETRY_DELAYS_SECONDS = (2, 15, 60)  # before the second, third and later attempts at what may pass by itself

LONGEST_PAUSE_SECONDS = 120.0  # between two looks of one job at what is away
MAX_ATTEMPTS = 3
BUDGET_RECHECK_SECONDS = 900  # a budget is raised by a person, or by the turn of the month

Status = ProcessingJob.Status
ENDED = (Status.COMPLETED, Status.FAILED, Status.CANCELLED)


@dataclass(frozen=True, slots=True)
class Claim:
    """A job that this worker holds until its lease ends; ``attempt`` counts from 1. ``noted``: stages, and when they
    began by the monotonic clock, of which the database has not been told yet."""

    job: ProcessingJob
    token: UUID
    attempt: int
    noted: list[tuple[str, float]] = field(default_factory=list)
    clock: StageClock = field(default_factory=StageClock)


def claim_job(*, job_id: UUID, stage: str = "") -> Claim | None:
    """Take a pending job whose time has come and begin its first ``stage``, or None: it is held by another worker,
    ended, deferred, paused or cancelled."""
    token = uuid.uuid4()
    values: dict[str, Any] = {
        "id": job_id,
        "token": token,
        "lease": timedelta(seconds=LEASE_SECONDS),
        "stage": str(stage),
    }
    with connection.cursor() as cursor:
        cursor.execute(_claim_statement(), values)
        row = cursor.fetchone()
    if row is None:
        return None
    own = len(ProcessingJob._meta.concrete_fields)
    job = instance_of(ProcessingJob, row[:own])
    job.document = instance_of(Document, row[own:])
    claim = Claim(job=job, token=token, attempt=job.attempts)
    claim.clock.enter(stage)
    return claim


@cache
def _claim_statement() -> str:
    columns = [f"claimed.{field.column}" for field in ProcessingJob._meta.concrete_fields]
    columns += [f"processing_document.{field.column}" for field in Document._meta.concrete_fields]
    return statements.CLAIM.format(columns=", ".join(columns))


def extend_leases(tokens: Sequence[UUID]) -> set[UUID]:
    """Heartbeat for all jobs that this process holds, in one statement. Gives the tokens that are still held."""
    held = ProcessingJob.objects.filter(lease_token__in=tokens, status=Status.PROCESSING, cancel_requested=False)
    held.update(lease_until=Now() + timedelta(seconds=LEASE_SECONDS))
    return {token for token in held.values_list("lease_token", flat=True) if token is not None}


def enter_stage(claim: Claim, stage: ProcessingJob.Stage, *, tell: bool = True) -> None:
    """Note that the attempt is now in ``stage``, closing the stage before it. Raises LostLease.

    Without ``tell`` the database hears of it with what it is told next: for stages that pass in milliseconds. A stage
    that the attempt is in already goes on.
    """
    if claim.job.stage == stage:
        return
    claim.job.stage = stage
    claim.clock.enter(stage)
    claim.noted.append((str(stage), time.monotonic()))
    if tell:
        tell_stage(claim)


def tell_stage(claim: Claim) -> None:
    """Tell the database of stages that were only noted. Raises LostLease."""
    if claim.noted:
        _tell(claim, statements.ENTER, {"stage": claim.noted[-1][0]}, ended=False)


def complete_job(
    claim: Claim,
    *,
    outcome: ProcessingJob.Outcome,
    method: str,
    confidence: Decimal | None,
    raw_response: str = "",
    error: InvoicesiteError | None = None,
) -> None:
    """End the job with a result. To be called in the transaction that records the result. Raises LostLease."""
    with joined_transaction():
        _end(
            claim,
            status=Status.COMPLETED,
            outcome=outcome,
            method=method,
            confidence=confidence,
            raw_response=raw_response,
            error=error,
        )
        tell_jobs("completed", [claim.job.id])


@transaction.atomic
def fail_job(claim: Claim, error: InvoicesiteError, *, raw_response: str = "") -> bool:
    """Put the job back for another attempt where that may help and attempts are left, else end it as failed: a dead
    letter with its last error. Gives True where it ended. Raises LostLease."""
    # Calls to a model were tried again while the worker held the job, and each costs: what is left ends the job.
    retry = not error.permanent and not isinstance(error, errors.LLMError)
    if retry and claim.attempt < claim.job.max_attempts:
        delay = RETRY_DELAYS_SECONDS[min(claim.attempt, len(RETRY_DELAYS_SECONDS)) - 1]
        _put_back(claim, not_before=Now() + timedelta(seconds=delay), error=error)
        return False
    _end(claim, status=Status.FAILED, outcome=outcome_of(error), error=error, raw_response=raw_response)
    tell_jobs("failed", [claim.job.id])
    return True


@transaction.atomic
def defer_job(claim: Claim, *, error: errors.Deferred) -> bool:
    """Put the job back until later without counting the attempt: it waits for something outside (an open breaker).

    While that stays away the job comes back less and less often, and goes on at once when it is back. After
    ``OUTAGE_HOURS`` it ends as failed with what it waited for. Gives True where it ended. Raises LostLease.
    """
    if not error.waits_for:
        _put_back(claim, not_before=error.not_before, error=error, max_attempts=F("max_attempts") + 1)
        return False
    now = timezone.now()
    since = claim.job.deferred_since or now
    waited_seconds = (now - since).total_seconds()
    if waited_seconds >= float(settings.OUTAGE_HOURS) * 3600:
        reason = error.reason or error
        _end(claim, status=Status.FAILED, outcome=outcome_of(reason), error=reason)
        tell_jobs("failed", [claim.job.id])
        return True
    pause_seconds = min(waited_seconds / 2, LONGEST_PAUSE_SECONDS * float(settings.BACKOFF_SCALE))
    _put_back(
        claim,
        not_before=max(error.not_before, now + timedelta(seconds=pause_seconds * random.uniform(0.75, 1.25))),
        error=error,
        max_attempts=F("max_attempts") + 1,
        waits_for=error.waits_for,
        deferred_since=since,
    )
    return False


@transaction.atomic
def wait_for_budget(claim: Claim, *, error: errors.CeilingReached) -> None:
    """Put the job back, uncounted, because a ceiling that spans documents has no room; its batch stops where it is and
    can be resumed with a higher ceiling. A job of no batch looks again after a while."""
    later = None if claim.job.batch_id else Now() + timedelta(seconds=BUDGET_RECHECK_SECONDS)
    _put_back(claim, not_before=later, error=error, max_attempts=F("max_attempts") + 1)
    if claim.job.batch_id is not None:
        running = Batch.objects.filter(id=claim.job.batch_id, status=Batch.Status.PROCESSING)
        running.update(status=Batch.Status.PAUSED, stop_reason=error.message)
    tell_budget(error)


def release_jobs(tokens: Sequence[UUID]) -> int:
    """Put back at once what this worker holds because it has to stop; the attempt is not counted."""
    held = ProcessingJob.objects.filter(lease_token__in=tokens, status=Status.PROCESSING)
    return held.update(status=Status.PENDING, lease_token=None, lease_until=None, max_attempts=F("max_attempts") + 1)


@transaction.atomic
def cancel_job(*, job_id: UUID) -> bool:
    """Cancel a job that has not ended. One that runs stops at its next step and records nothing. False where it had
    ended."""
    ended = {"outcome": ProcessingJob.Outcome.CANCELLED, "finished_at": Now(), "lease_token": None, "lease_until": None}
    cancelled = ProcessingJob.objects.filter(id=job_id, status__in=[Status.PENDING, Status.PROCESSING]).update(
        status=Status.CANCELLED, cancel_requested=True, **ended
    )
    if cancelled:
        tell_jobs("cancelled", [job_id])
    return cancelled == 1


@transaction.atomic
def cancel_jobs_of(batch: Batch) -> int:
    """Cancel all jobs of a batch that have not ended; gives how many."""
    ids = _locked_ids(ProcessingJob.objects.filter(batch=batch, status__in=[Status.PENDING, Status.PROCESSING]))
    cancelled = ProcessingJob.objects.filter(id__in=ids).update(
        status=Status.CANCELLED,
        cancel_requested=True,
        outcome=ProcessingJob.Outcome.CANCELLED,
        finished_at=Now(),
        lease_token=None,
        lease_until=None,
    )
    tell_jobs("cancelled", ids)
    return cancelled


def revive_job(
    *,
    job_id: UUID,
    budget_usd: Decimal | None = None,
    batch: Batch | None = None,
    only_if_it_may_help: bool = False,
) -> bool:
    """Make a failed or cancelled job pending again with fresh attempts. What it spent stays spent: its ceiling bounds
    all attempts together, and ``budget_usd`` raises it but never lowers it. False where the job is not failed or
    cancelled."""
    jobs = ProcessingJob.objects.filter(id=job_id, status__in=[Status.FAILED, Status.CANCELLED])
    if only_if_it_may_help:
        # A key may have been put right meanwhile, and a budget raised.
        may_help = Q(status=Status.CANCELLED) | Q(error_code__in=errors.passing_codes() | {errors.LLMAuth.code})
        if budget_usd is not None:
            may_help |= Q(error_code=errors.BudgetExceeded.code, budget_usd__lt=budget_usd)
        jobs = jobs.filter(may_help)
    changes: dict[str, Any] = {
        "status": Status.PENDING,
        "max_attempts": F("attempts") + MAX_ATTEMPTS,
        "cancel_requested": False,
        "not_before": None,
        "waits_for": "",
        "deferred_since": None,
        "outcome": "",
        "error_code": "",
        "error_message": "",
        "finished_at": None,
    }
    if budget_usd is not None:
        changes["budget_usd"] = Greatest(F("budget_usd"), Value(budget_usd), output_field=models.DecimalField())
    if batch is not None:
        changes["batch"] = batch
    return jobs.update(**changes) == 1


@transaction.atomic
def take_back_lost_jobs() -> int:
    """The sweep: jobs whose worker died are pending again, or dead letters where their attempts are used up."""
    lost = ProcessingJob.objects.filter(status=Status.PROCESSING, lease_until__lt=Now())
    exhausted = Q(attempts__gte=F("max_attempts"))
    message = "The worker crashed on every attempt to process this document."
    dead = _locked_ids(lost.filter(exhausted))
    ended = ProcessingJob.objects.filter(id__in=dead).update(
        status=Status.FAILED,
        outcome=ProcessingJob.Outcome.UNREADABLE,
        error_code=errors.ExtractionFailed.code,
        error_message=message,
        finished_at=Now(),
        lease_token=None,
        lease_until=None,
    )
    # Nobody waits for a reply that nobody asks for any more.
    CachedReply.objects.filter(
        state=CachedReply.State.ASKING, holder__in=list(lost.values_list("lease_token", flat=True))
    ).delete()
    taken = lost.exclude(exhausted).update(status=Status.PENDING, lease_token=None, lease_until=None)
    tell_jobs("failed", dead)
    if ended or taken:
        log.warning("jobs_taken_back", pending=taken, failed=ended)
        count("jobs_taken_back", taken, became="pending")
        count("jobs_taken_back", ended, became="failed")
    return ended + taken


def due_now() -> Q:
    """Pending, not cancelled, and not deferred to a later time."""
    return Q(status=Status.PENDING, cancel_requested=False) & (Q(not_before__isnull=True) | Q(not_before__lte=Now()))


def due_jobs(batch: Batch) -> QuerySet[ProcessingJob]:
    """Jobs of a batch that could be claimed now, in order."""
    return ProcessingJob.objects.filter(due_now(), batch=batch, attempts__lt=F("max_attempts")).order_by(
        "-priority", "created_at"
    )


def more_urgent_jobs(ids: Sequence[UUID], *, lane: str) -> list[UUID]:
    """Jobs of the lane that could be claimed now and have a higher priority than one of these, the highest first; at
    most as many as a task has."""
    least = ProcessingJob.objects.filter(id__in=ids).order_by("priority").values("priority")[:1]
    urgent = ProcessingJob.objects.filter(
        due_now(), in_lane(lane), attempts__lt=F("max_attempts"), priority__gt=models.Subquery(least)
    ).exclude(id__in=ids)
    urgent = urgent.exclude(batch__status__in=[Batch.Status.PAUSED, Batch.Status.CANCELLED])
    return list(urgent.order_by("-priority", "created_at").values_list("id", flat=True)[:JOBS_A_TASK])


def _tell(claim: Claim, update: str, values: dict[str, Any], *, ended: bool) -> None:
    """One statement: the job's row, the end of its open stage, and the stages noted since. Raises LostLease."""
    noted, now = claim.noted, time.monotonic()
    ago = [now - began for _, began in noted]
    everything = {
        **values,
        "id": claim.job.id,
        "token": claim.token,
        "attempt": claim.attempt,
        "closed_ago": ago[0] if ago else 0.0,
        "stages": [stage for stage, _ in noted],
        "began_ago": ago,
        "ended_ago": [*ago[1:], 0.0 if ended else None][: len(ago)],
    }
    with connection.cursor() as cursor:
        cursor.execute(statements.WITH_STAGES.format(held=update), everything)
        held = cursor.fetchone()[0]
    noted.clear()
    if held != 1:
        raise LostLease


def _locked_ids(jobs: QuerySet[ProcessingJob]) -> list[UUID]:
    return list(jobs.select_for_update().values_list("id", flat=True))


def _held(claim: Claim) -> QuerySet[ProcessingJob]:
    return ProcessingJob.objects.filter(id=claim.job.id, lease_token=claim.token, status=Status.PROCESSING)


def _close_stage(claim: Claim) -> None:
    JobStage.objects.filter(job_id=claim.job.id, attempt=claim.attempt, finished_at__isnull=True).update(
        finished_at=Now()
    )


def _end(
    claim: Claim,
    *,
    status: ProcessingJob.Status,
    outcome: str,
    error: InvoicesiteError | None,
    method: str = "",
    confidence: Decimal | None = None,
    raw_response: str = "",
) -> None:
    values = {
        "status": str(status),
        "outcome": str(outcome),
        "method": method,
        "confidence": confidence,
        "raw_response": storable(raw_response),
        "error_code": error.code if error else "",
        "error_message": error.message if error else "",
        "stage": claim.noted[-1][0] if claim.noted else None,
    }
    _tell(claim, statements.END, values, ended=True)
    _note_end(claim, status, error.code if error else "", method)


def _put_back(claim: Claim, *, not_before: Any, error: InvoicesiteError | None, **columns: Any) -> None:
    tell_stage(claim)
    changes = {
        "status": Status.PENDING,
        "lease_token": None,
        "lease_until": None,
        "not_before": not_before,
        "error_code": error.code if error else "",
        "error_message": error.message if error else "",
        "waits_for": "",
        "deferred_since": None,
        **columns,
    }
    if _held(claim).update(**changes) != 1:
        raise LostLease
    _close_stage(claim)
    _note_end(claim, Status.PENDING, changes["error_code"])


def _note_end(claim: Claim, status: str, code: str, method: str = "") -> None:
    """On the instance, for whoever tells how the attempt ended."""
    claim.clock.enter("")
    claim.job.status, claim.job.error_code, claim.job.method = status, code, method
