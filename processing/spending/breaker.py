"""The circuit breaker: one row for each model at each provider, for the storage and for the OCR service, shared by all
processes.

Closed costs a query a second a process. Every change is a conditional UPDATE, so that of many workers that see the same
open breaker end, one becomes the probe.
"""

from __future__ import annotations

import random
import threading
import time
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

import structlog
from django.conf import settings
from django.db import transaction
from django.db.models import Case, DateTimeField, ExpressionWrapper, F, IntegerField, Q, QuerySet, Value, When
from django.db.models.functions import Greatest, Now
from django.utils import timezone

from common.errors import InvoicesiteError
from processing.errors import LLMAuth, LLMError, ModelUnavailable, OcrUnavailable, StorageUnavailable
from processing.events import tell_breaker
from processing.models import Breaker, ProcessingJob

log = structlog.get_logger(__name__)

SNAPSHOT_SECONDS = 1.0  # how long a process believes that a breaker is closed without asking
FAILURES_TO_OPEN = 5  # in a row, over all workers: a document alone makes three, so two documents have to meet them
FAILURE_MEMORY_SECONDS = 120.0  # failures further apart than this are no row: a call takes up to a minute
OPEN_SECONDS = (30.0, 60.0, 120.0)  # by how many times it opened in a row
PROBE_SECONDS = 90.0  # a probe that says nothing for this long is dead
PROBE_WAIT_SECONDS = 3.0  # how soon to look again whether the probe succeeded
AUTH_SECONDS = 300.0  # a refused key is not shown to the provider again for this long, another key at once
OVERRUN_SECONDS = 3600.0  # a server that charges more than it may gets one call an hour, until a person closes it
# A server that asks to slow down is asked again sooner, unless it says when; by how many times in a row.
RATE_LIMITED_SECONDS = (5.0, 10.0, 20.0, 40.0, 80.0, 120.0)
SLOW_SECONDS = 2.0  # before the first look again at what failed, while its breaker is closed
_SPREAD = 0.5  # those who wait come back over half as long again, not all at once

# The breakers that are no model's: the storage, and ``ocr/<engine>``.
STORAGE = "storage"
OCR = "ocr"
_NAMES = {STORAGE: "The file storage", OCR: "The OCR service"}
_REASONS: dict[str, type[InvoicesiteError]] = {STORAGE: StorageUnavailable, OCR: OcrUnavailable}

State, Cause = Breaker.State, Breaker.Cause


@dataclass(frozen=True, slots=True)
class Admission:
    """Leave to make one call; ``probe`` when this call decides over a half-open breaker."""

    name: str
    probe: bool = False


def breaker_name(provider: str, model: str) -> str:
    return f"{provider}/{model}"[:250]


def admit(name: str, *, credential: str = "") -> Admission:
    """Leave for one call, or ModelUnavailable until it may be tried, or LLMAuth where this very key was refused.

    ``credential`` is a fingerprint of the key in use.
    """
    breaker = _believed(name)
    now = timezone.now()
    if breaker is None:
        return Admission(name)
    if breaker.paused_until is not None and breaker.paused_until > now:
        raise _wait(name, "The model's server is limiting requests; the job will wait.", breaker.paused_until, now)
    if breaker.state == State.CLOSED:
        return Admission(name)
    if breaker.cause == Cause.AUTH and breaker.credential != credential:
        _close(Breaker.objects.filter(name=name, cause=Cause.AUTH, credential=breaker.credential))
        return Admission(name)
    over = breaker.probe_until if breaker.state == State.HALF_OPEN else breaker.open_until
    if over is None or over > now:
        if breaker.cause == Cause.AUTH and breaker.state == State.OPEN:
            raise LLMAuth(breaker.last_error, free=True)
        soon = now + timedelta(seconds=PROBE_WAIT_SECONDS if breaker.state == State.HALF_OPEN else AUTH_SECONDS)
        raise _wait(name, _message(breaker), soon if over is None else min(over, soon), now)
    ended = Q(state=State.OPEN, open_until__lte=now) | Q(state=State.HALF_OPEN, probe_until__lte=now)
    probe_until = now + timedelta(seconds=PROBE_SECONDS)
    if Breaker.objects.filter(ended, name=name).update(state=State.HALF_OPEN, probe_until=probe_until, updated_at=now):
        _forget(name)
        log.info("breaker_half_open", breaker=name)
        return Admission(name, probe=True)
    raise _wait(name, _message(breaker), now + timedelta(seconds=PROBE_WAIT_SECONDS), now)


def record_success(admission: Admission) -> None:
    """The server answered. Costs nothing while all is well. An open breaker stays open: the answer is from before."""
    breaker = _believed(admission.name)
    if breaker is None or (breaker.state == State.CLOSED and not breaker.failures and not breaker.trips):
        return
    if _close(Breaker.objects.filter(name=admission.name, state__in=[State.CLOSED, State.HALF_OPEN])):
        _forget(admission.name)
        _let_go_on(admission.name)
        if breaker.state != State.CLOSED:
            log.info("breaker_closed", breaker=admission.name)


def record_failure(
    admission: Admission,
    message: str,
    *,
    open_seconds: Sequence[float] = OPEN_SECONDS,
    at_least_seconds: float = 0.0,
) -> None:
    """The server failed. Opens the breaker after FAILURES_TO_OPEN in a row, or at once when this was the probe: for
    ``open_seconds`` by how many times it opened in a row, or for what the server asked for."""
    name, now = admission.name, timezone.now()
    Breaker.objects.get_or_create(name=name)
    recent = now - timedelta(seconds=FAILURE_MEMORY_SECONDS)
    Breaker.objects.filter(name=name).update(
        failures=Case(
            When(last_failure_at__gte=recent, then=F("failures") + 1), default=Value(1), output_field=IntegerField()
        ),
        last_failure_at=now,
        last_error=message,
        updated_at=now,
    )
    failed = Q(state=State.CLOSED, failures__gte=FAILURES_TO_OPEN)
    if admission.probe:
        failed |= Q(state=State.HALF_OPEN)
    waits = [timedelta(seconds=max(scaled(s), at_least_seconds)) for s in open_seconds]
    seconds = [When(trips=trips, then=Value(wait)) for trips, wait in enumerate(waits)]
    with transaction.atomic():
        opened = Breaker.objects.filter(failed, name=name).update(
            state=State.OPEN,
            cause=Case(When(cause="", then=Value(Cause.FAILURES.value)), default=F("cause")),
            trips=F("trips") + 1,
            opened_at=now,
            open_until=ExpressionWrapper(
                Value(now) + Case(*seconds, default=Value(waits[-1])),
                output_field=DateTimeField(),
            ),
            probe_until=None,
            updated_at=now,
        )
        if opened:
            tell_breaker(name, message)
    _forget(name)
    if opened:
        log.error("breaker_opened", breaker=name)


def record_nothing(admission: Admission) -> None:
    """The call said nothing about the server (it was cancelled or never made): a probe's turn goes to the next."""
    if admission.probe:
        now = timezone.now()
        Breaker.objects.filter(name=admission.name, state=State.HALF_OPEN).update(
            state=State.OPEN, open_until=now, probe_until=None, updated_at=now
        )
        _forget(admission.name)


def pause(name: str, seconds: float) -> None:
    """All wait for a server's Retry-After; a longer one that is running stays."""
    now = timezone.now()
    until = now + timedelta(seconds=seconds)
    Breaker.objects.get_or_create(name=name)
    Breaker.objects.filter(name=name).update(paused_until=Greatest(F("paused_until"), Value(until)), updated_at=now)
    _forget(name)


def trip_for_key(name: str, *, credential: str, message: str) -> None:
    """The key was refused: every worker stops calling with it, with this message."""
    _trip(name, Cause.AUTH, message, AUTH_SECONDS, credential)


def trip_for_overrun(name: str, *, message: str) -> None:
    """The server charged more than was reserved: it is not called again until a person looked, save a call an hour."""
    _trip(name, Cause.OVERRUN, message, OVERRUN_SECONDS, "")


def close_breaker(name: str) -> bool:
    """A person closes it (the admin). False where there is no such breaker or it is closed."""
    closed = _close(Breaker.objects.filter(name=name).exclude(state=State.CLOSED, paused_until=None))
    _forget(name)
    _let_go_on(name)
    return closed == 1


def is_held(name: str) -> bool:
    """Whether calls have to wait at this moment."""
    breaker = _believed(name)
    paused = breaker is not None and breaker.paused_until is not None and breaker.paused_until > timezone.now()
    return paused or (breaker is not None and breaker.state != State.CLOSED)


def look_again(name: str, reason: InvoicesiteError, *, at_least_seconds: float = 0.0) -> ModelUnavailable:
    """What to raise where a call failed because ``name`` is away: the job waits, for the breaker where it is open."""
    breaker = _believed(name)
    seconds = max(at_least_seconds, scaled(SLOW_SECONDS))
    until = timezone.now() + timedelta(seconds=seconds)
    if breaker is not None and breaker.state == State.OPEN and breaker.open_until is not None:
        until = max(until, breaker.open_until)
    return _wait(name, reason.message, until, timezone.now(), reason=reason)


def scaled(seconds: float) -> float:
    """A pause as it is in this installation (``BACKOFF_SCALE``)."""
    return seconds * float(settings.BACKOFF_SCALE)


def breakers() -> list[Breaker]:
    """The state of all of them: for health, metrics and the admin."""
    return list(Breaker.objects.all())


def forget_snapshots() -> None:
    """Drop what this process believes (a new database under the same process: tests)."""
    with _lock:
        _snapshots.clear()


_lock = threading.Lock()
_snapshots: dict[str, tuple[float, Breaker | None]] = {}


def _believed(name: str) -> Breaker | None:
    """The row; one that was closed a moment ago may be that old, an open one is always read anew."""
    with _lock:
        read_at, breaker = _snapshots.get(name, (float("-inf"), None))
    calm = breaker is None or (breaker.state == State.CLOSED and breaker.paused_until is None)
    if calm and time.monotonic() - read_at < SNAPSHOT_SECONDS:
        return breaker
    breaker = Breaker.objects.filter(name=name).first()
    with _lock:
        _snapshots[name] = (time.monotonic(), breaker)
    return breaker


def _forget(name: str) -> None:
    with _lock:
        _snapshots.pop(name, None)


def _trip(name: str, cause: Breaker.Cause, message: str, seconds: float, credential: str) -> None:
    now = timezone.now()
    opened = {
        "state": State.OPEN,
        "cause": cause,
        "last_error": message,
        "last_failure_at": now,
        "credential": credential,
        "opened_at": now,
        "open_until": now + timedelta(seconds=seconds),
        "probe_until": None,
    }
    with transaction.atomic():
        Breaker.objects.update_or_create(name=name, defaults=opened)
        tell_breaker(name, message)
    _forget(name)
    log.critical("breaker_opened", breaker=name, reason=message)


def _close(which: QuerySet[Breaker]) -> int:
    return which.update(
        state=State.CLOSED,
        cause="",
        failures=0,
        trips=0,
        credential="",
        open_until=None,
        paused_until=None,
        probe_until=None,
        updated_at=timezone.now(),
    )


def _let_go_on(name: str) -> None:
    """What waited for it is due now; the sweep hands it to the workers by and by."""
    waiting = ProcessingJob.objects.filter(status=ProcessingJob.Status.PENDING, waits_for=name, not_before__gt=Now())
    if count := waiting.update(not_before=Now()):
        log.info("waiting_jobs_go_on", breaker=name, jobs=count)


def _message(breaker: Breaker) -> str:
    if breaker.cause == Cause.OVERRUN:
        return "The model's server charged more than allowed, so calls are paused; the job will wait."
    what = _NAMES.get(breaker.name.partition("/")[0], "The model's server")
    return f"{what} failed repeatedly, so it is left alone for now; the job waits."


def _wait(
    name: str, message: str, until: datetime, now: datetime, reason: InvoicesiteError | None = None
) -> ModelUnavailable:
    wait = max((until - now).total_seconds(), 0.1)
    return ModelUnavailable(
        message,
        not_before=now + timedelta(seconds=wait * (1 + random.uniform(0, _SPREAD))),
        waits_for=name,
        reason=reason or _REASONS.get(name.partition("/")[0], LLMError)(message),
    )
