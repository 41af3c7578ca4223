"""The world that an attack on the ceiling is made on: jobs, batches and budgets that share ceilings, what the model's
server knows of them, and what must hold of the books."""

from __future__ import annotations

import os
import random
import threading
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from decimal import Decimal
from uuid import UUID

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "invoicesite.settings")
django.setup()

from django.contrib.auth.models import User  # noqa: E402
from django.db import DatabaseError, connection  # noqa: E402
from django.db.models import F  # noqa: E402

from processing.models import Batch, Budget, Document, LLMCall, ProcessingJob  # noqa: E402

CEILINGS = (ProcessingJob, Batch, Budget)


@dataclass(slots=True)
class World:
    """Who shares the ceilings, and what the server knows: ``produced`` is what it made of each call, in US dollars."""

    jobs: list[ProcessingJob]
    batches: list[Batch]
    produced: dict[UUID, Decimal] = field(default_factory=dict)
    claimed: dict[UUID, Decimal] = field(default_factory=dict)
    deaths: int = 0
    refusals: int = 0
    violations: list[str] = field(default_factory=list)
    lock: threading.Lock = field(default_factory=threading.Lock)


def make_world(rng: random.Random, jobs: int = 12) -> World:
    """Jobs of two batches and of none, every other one of a user with a budget of their own."""
    owner = User.objects.create(username=uuid.uuid4().hex)
    Budget.objects.create(scope=Budget.Scope.USER, key=str(owner.pk), budget_usd=Decimal("4"))
    batches = [Batch.objects.create(budget_usd=Decimal(limit)) for limit in ("0.8", "2.5")]
    made = [
        make_job_row(
            n,
            batch=rng.choice([*batches, None]),
            budget_usd=rng.choice(["0.02", "0.2", "1"]),
            owner=owner if n % 2 else None,
        )
        for n in range(jobs)
    ]
    return World(made, batches)


def make_job_row(n: int, *, batch: Batch | None, budget_usd: str, owner: User | None = None) -> ProcessingJob:
    """A job with a document that has no bytes."""
    unique = uuid.uuid4().hex
    document = Document.objects.create(
        owner=owner,
        sha256=unique * 2,
        size_bytes=1,
        media_type="text/plain",
        filename=f"invoice_{n:03d}.txt",
        storage_key=unique,
    )
    job = ProcessingJob.objects.create(
        document=document, batch=batch, budget_usd=Decimal(budget_usd), max_output_tokens=64
    )
    return ProcessingJob.objects.select_related("document").get(pk=job.pk)


@contextmanager
def watched(world: World) -> Iterator[None]:
    """Reads the ceilings all the while; what passed is among the ``violations`` of the world."""
    stop = threading.Event()
    watcher = threading.Thread(target=_watch, args=(world, stop))
    watcher.start()
    try:
        yield
    finally:
        stop.set()
        watcher.join()


def _watch(world: World, stop: threading.Event) -> None:
    while not stop.wait(0.2):
        try:
            _check_ceilings(world)
        except DatabaseError as error:
            world.violations.append(f"the watcher could not look: {error}")
    connection.close()


def _check_ceilings(world: World) -> None:
    for model in CEILINGS:
        passed = model._default_manager.filter(budget_usd__lt=F("spent_usd") + F("reserved_usd"))
        world.violations.extend(f"{model.__name__} {row.pk} passed its ceiling" for row in passed)


def check_books(world: World) -> None:
    """After all is settled: no ceiling passed, sums agree, and every call is booked with at least what was produced."""
    _check_ceilings(world)
    rows: list[ProcessingJob | Batch | Budget] = [*ProcessingJob.objects.all(), *Batch.objects.all()]
    for row in [*rows, *Budget.objects.all()]:
        calls = list((row.calls if isinstance(row, Budget) else row.llm_calls).all())
        if row.reserved_usd or any(call.state == LLMCall.State.RESERVED for call in calls):
            world.violations.append(f"{row!r} still holds ${row.reserved_usd} reserved")
        if row.spent_usd + row.overrun_usd != sum(call.cost_usd for call in calls):
            world.violations.append(f"{row!r} differs from its calls")
        # The server's own books: beyond the ceiling there is only what was booked as overrun.
        produced = sum((world.produced.get(call.pk, Decimal(0)) for call in calls), Decimal(0))
        if row.budget_usd is not None and produced - row.overrun_usd > row.budget_usd:
            world.violations.append(f"{row!r}: the server produced ${produced}")
    for call in LLMCall.objects.filter(pk__in=world.produced):
        least = world.produced[call.pk]
        if call.state == LLMCall.State.SETTLED:
            least = max(least, world.claimed[call.pk])
        if call.cost_usd < least:
            world.violations.append(f"call {call.pk} booked ${call.cost_usd} of ${least}")
