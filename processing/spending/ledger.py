"""The spend ledger: reserve before a call, settle after it. The only module that changes what was spent or reserved.

All ceilings of a call are taken, with its ``LLMCall``, by one function of the database, which locks each row before it
looks at it. Locks are always taken in the order job, batch, budgets by id, so that two calls never wait for each other
in a circle.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from decimal import ROUND_CEILING, Decimal
from pathlib import PurePath
from typing import Any
from uuid import UUID, uuid4

import structlog
from django.conf import settings
from django.contrib.auth.models import Group
from django.db import connection
from django.db.models import Q
from django.utils import timezone

from common.errors import LONGEST_MESSAGE, NotFound
from common.storable import storable
from processing.errors import BudgetExceeded, CeilingReached, Deferred, LostLease
from processing.llm.prices import COST_QUANTUM_USD
from processing.models import Batch, Budget, LLMCall, ProcessingJob
from processing.usage import Usage

log = structlog.get_logger(__name__)

# A ceiling that only the running calls of others fill has room again when one of them settles: seconds, as calls take.
BUSY_SECONDS = 3.0
# On top of a call's time-out, before its worker is taken for dead: for connecting and for settling.
ABANDONED_MARGIN_SECONDS = 60.0
LEFT_SECONDS = 5.0  # a worker that is told to stop puts its job back before it notes what its call cost
LONGEST_REPLY = 200_000  # characters: what is read of a reply


@dataclass(frozen=True, slots=True)
class CallTerms:
    """What is reserved for one call: ``worst_case_usd`` covers all its input and the whole output that can arrive."""

    model: str
    provider: str
    prompt_version: str
    worst_case_usd: Decimal
    max_output_tokens: int


@dataclass(frozen=True, slots=True)
class CallEnd:
    """How a call ended. ``cost_usd`` None: its usage is not known, so it counts at its worst case."""

    outcome: str
    cost_usd: Decimal | None = None
    usage: Usage | None = None
    finish_reason: str = ""
    error_message: str = ""
    request_id: str = ""
    raw_reply: str = ""
    first_token_seconds: float | None = None
    elapsed_seconds: float | None = None


@dataclass(frozen=True, slots=True)
class Settlement:
    """What settling did. ``changed`` False: the call had been settled before, and nothing was done."""

    changed: bool
    cost_usd: Decimal
    overrun_usd: Decimal


def reserve(*, job: ProcessingJob, terms: CallTerms) -> LLMCall:
    """Take the worst case of one call from the job, its batch, the month, and the budgets of its owner; all or nothing.

    Raises BudgetExceeded (the job's own ceiling), CeilingReached (one that spans documents), Deferred when only calls
    that run now stand in the way, or LostLease when another worker has the job by now.
    """
    worst = terms.worst_case_usd.quantize(COST_QUANTUM_USD, rounding=ROUND_CEILING)
    now = timezone.now()
    call = LLMCall(
        id=uuid4(),
        job_id=job.pk,
        batch_id=job.batch_id,
        model=terms.model[:120],
        provider=terms.provider[:120],
        prompt_version=terms.prompt_version,
        reserved_usd=worst,
        max_output_tokens=terms.max_output_tokens,
        started_at=now,
    )
    stem = stem_of(job.document.filename)
    values = [
        *(call.id, call.job_id, call.batch_id, job.lease_token, job.document.owner_id, worst),
        *(stem, call.model, call.provider, call.prompt_version, call.max_output_tokens),
    ]
    refused_by, refused_key, call.attempt = _function(_RESERVE, values)
    if refused_by == "month":
        month_budget(refused_key)  # its first call
        refused_by, refused_key, call.attempt = _function(_RESERVE, values)
    if refused_by:
        raise _refusal(refused_by, refused_key, job, worst, now)
    call.run_id = f"{stem}-{call.attempt}"
    call._state.adding, call._state.db = False, connection.alias
    return call


def settle(*, call_id: UUID, end: CallEnd) -> Settlement:
    """Turn a reservation into what was spent; once, however often it is called.

    A call that was counted at its worst case is corrected when its usage becomes known after all. What a server charged
    above the reservation is kept apart as an overrun, on the call and on every ceiling.
    """
    usage = end.usage or Usage(0, 0)
    cost = None if end.cost_usd is None else end.cost_usd.quantize(COST_QUANTUM_USD, rounding=ROUND_CEILING)
    known, changed, reserved, cost, overrun = _function(
        _SETTLE,
        [
            *(call_id, cost, usage.input_tokens, usage.cached_input_tokens, usage.output_tokens),
            *(str(end.outcome), storable(end.finish_reason, 40), storable(end.error_message, LONGEST_MESSAGE)),
            *(storable(end.request_id, 120), storable(end.raw_reply, LONGEST_REPLY)),
            *(end.first_token_seconds, end.elapsed_seconds),
        ],
    )
    if not known:
        raise LLMCall.DoesNotExist(call_id)
    if overrun:
        log.critical("llm_overrun", call_id=str(call_id), reserved_usd=str(reserved), cost_usd=str(cost))
    return Settlement(changed=changed, cost_usd=cost, overrun_usd=overrun)


def settle_abandoned_calls(*, older_than: timedelta | None = None) -> int:
    """Count at their worst case the calls whose worker died: those of jobs that nobody works on any more, and by
    default those older than any call can be.

    Gives how many there were. Harmless to run twice or beside a worker that still lives: its usage corrects the call.
    """
    if older_than is None:
        older_than = timedelta(seconds=float(settings.LLM_TIMEOUT_SECONDS) + ABANDONED_MARGIN_SECONDS)
    now = timezone.now()
    old = Q(started_at__lt=now - older_than)
    left = ~Q(job__status=ProcessingJob.Status.PROCESSING) & Q(started_at__lt=now - timedelta(seconds=LEFT_SECONDS))
    abandoned = LLMCall.objects.filter(old | left, state=LLMCall.State.RESERVED)
    end = CallEnd(
        outcome=ProcessingJob.Outcome.PROVIDER_ERROR,
        error_message="The worker stopped before the usage of this call was known.",
    )
    settled = 0
    for call_id in list(abandoned.order_by("started_at").values_list("pk", flat=True)):
        settled += settle(call_id=call_id, end=end).changed
    if settled:
        log.warning("llm_calls_abandoned", calls=settled)
    return settled


def remaining_usd(job: ProcessingJob) -> Decimal | None:
    """What the job's own ceiling leaves now; None without a ceiling. Only ``reserve`` decides."""
    with connection.cursor() as cursor:
        cursor.execute(_REMAINING, [job.pk])
        row: tuple[Decimal | None] = cursor.fetchone()
    return row[0]


def run_id(filename: str, attempt: int) -> str:
    """``<file stem>-<attempt>``, the attempt counted from 0."""
    return f"{stem_of(filename)}-{attempt}"


def stem_of(filename: str) -> str:
    """What the runs of a file are named by."""
    return PurePath(filename).stem[:280]


def month_key(moment: datetime) -> str:
    """The month in UTC, as in 2026-11."""
    return moment.astimezone(UTC).strftime("%Y-%m")


def month_now() -> str:
    """The month by the database's clock, which all processes share."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT to_char(statement_timestamp() AT TIME ZONE 'UTC', 'YYYY-MM')")
        row: tuple[str] = cursor.fetchone()
    return row[0]


def budgets_of(*, owner_id: int | None) -> list[Budget]:
    """The budgets that a call made now counts against, by id: the month's (made on demand), the user's, the roles'."""
    month = month_now()
    mine = Q(scope=Budget.Scope.MONTH, key=month)
    if owner_id is not None:
        roles = Group.objects.filter(user=owner_id).values("name")
        mine |= Q(scope=Budget.Scope.USER, key=str(owner_id)) | Q(scope=Budget.Scope.ROLE, key__in=roles)
    found = list(Budget.objects.filter(mine).order_by("pk"))
    if not any(budget.scope == Budget.Scope.MONTH for budget in found):
        month_budget(month)
        return list(Budget.objects.filter(mine).order_by("pk"))
    return found


def month_budget(month: str) -> Budget:
    """The month's row, made where there is none: with the ceiling of the month before it, or, for the first month of
    the installation, that of ``MONTHLY_BUDGET_USD``. Afterwards the row alone counts, whatever a process was started
    with; ``set_budget`` and the admin change it."""
    earlier = Budget.objects.filter(scope=Budget.Scope.MONTH, key__lt=month).order_by("-key").first()
    seed: Decimal | None = settings.MONTHLY_BUDGET_USD if earlier is None else earlier.budget_usd
    return Budget.objects.get_or_create(
        scope=Budget.Scope.MONTH, key=month, defaults={"budget_usd": seed, "followed_usd": seed}
    )[0]


# Functions of the database (migration ledger_functions): one statement takes or moves money on all rows of a call, so
# that those which all calls share are locked for a moment only. What must hold of a row is looked at after its lock.
_RESERVE = "SELECT * FROM processing_reserve_call({})"
_SETTLE = "SELECT * FROM processing_settle_call({})"
_REMAINING = """
SELECT budget_usd - spent_usd - reserved_usd - overrun_usd FROM processing_processingjob WHERE id = %s
"""
_CEILINGS: dict[str, type[ProcessingJob | Batch | Budget]] = {"job": ProcessingJob, "batch": Batch, "budget": Budget}


def _function(call: str, values: list[Any]) -> Any:
    with connection.cursor() as cursor:
        cursor.execute(call.format(", ".join(["%s"] * len(values))), values)
        return cursor.fetchone()


def _refusal(refused_by: str, key: str, job: ProcessingJob, worst: Decimal, now: datetime) -> Exception:
    ceiling = _CEILINGS[refused_by]._default_manager.filter(pk=key).first()
    if ceiling is None:
        return NotFound()
    if isinstance(ceiling, ProcessingJob) and job.lease_token is not None and ceiling.lease_token != job.lease_token:
        return LostLease()
    budget, spent = ceiling.budget_usd, ceiling.spent_usd + ceiling.overrun_usd
    if budget is None or spent + worst <= budget:
        return Deferred(
            "Running calls have reserved the rest of the budget.", not_before=now + timedelta(seconds=BUSY_SECONDS)
        )
    figures = f"The call could cost ${worst:f}; ${spent:f} of ${budget:f} is already spent."
    if isinstance(ceiling, ProcessingJob):
        return BudgetExceeded(f"This document's budget is too small for another call. {figures}")
    if isinstance(ceiling, Batch):
        return CeilingReached(f"The budget of the batch is used up. {figures}", scope="batch", key=str(ceiling.pk))
    message = f"The budget of the {ceiling.scope} {ceiling.key} is used up. {figures}"
    return CeilingReached(message, scope=ceiling.scope, key=ceiling.key)
