"""The ceiling under attack: does spent + reserved ever pass a ceiling, and is less booked than the server produced?

usage: python -m benchmarks.ceiling_under_attack [--quick] [--trials N] [--kills N] [--seed N]

Two attacks on a real PostgreSQL, in a database of their own:

- *Ledger*: threads share few jobs, two batches, a user's budget and a month; each trial is one call whose worker dies
  at a random database statement (its connection breaks there) or not at all, whose server tells the truth, lies in
  either direction or says nothing, and whose settlement is delivered twice, by others, late, or never. Meanwhile the
  sweep declares living workers dead and a person changes ceilings.
- *Processes*: worker processes ask a misbehaving model server over HTTP and are killed (SIGKILL) at each step between
  the first statement and the last, and while the model answers.

All the time, a watcher reads the ceilings. Exit 1 if one is passed or a figure is too low. Last line: one JSON object.
"""

from __future__ import annotations

import argparse
import json
import logging
import multiprocessing
import os
import random
import threading
import time
import uuid
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from datetime import timedelta
from decimal import Decimal
from typing import Any
from uuid import UUID

from benchmarks.attack_worker import MODEL, Order, work

from django.contrib.auth.models import User  # isort: skip  # after attack_worker, which sets Django up
from django.db import DatabaseError, IntegrityError, connection
from django.db.models import F

from invoices.errors import InvoicesiteError
from processing.budget import CallEnd, CallTerms, reserve, settle, settle_abandoned_calls
from processing.models import Batch, Breaker, Budget, CachedReply, Document, LLMCall, ProcessingJob
from processing.prices import load_price
from processing.tokens import Usage
from tests.databases import own_database
from tests.model_server import CUT, HTML, LIES_HIGH, LIES_LOW, NO_USAGE, OK, SERVER_ERROR, Behaviour, ModelServer

CEILINGS = (ProcessingJob, Batch, Budget)
_STATEMENTS_OF_A_CALL = 24  # reserve and settle take up to this many; a higher number lets the worker live
_STEPS_OF_AN_ASK = 80  # twice the statements of one question


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


class Killed(BaseException):
    """The worker died here."""

    def __init__(self, *, connection_broke: bool = False) -> None:
        super().__init__()
        self.connection_broke = connection_broke


def make_world(rng: random.Random, jobs: int = 12) -> World:
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


# --- Attack on the ledger ---------------------------------------------------------------------------------------------


def attack_ledger(world: World, *, trials: int, threads: int, seed: int) -> None:
    """``trials`` calls over ``threads`` workers that die at random statements."""
    stop = threading.Event()
    watcher = threading.Thread(target=_watch, args=(world, stop))
    watcher.start()
    shares = [trials // threads + (n < trials % threads) for n in range(threads)]
    try:
        with ThreadPoolExecutor(threads) as pool:
            for future in [pool.submit(_worker, world, share, seed + n) for n, share in enumerate(shares)]:
                future.result()
    finally:
        stop.set()
        watcher.join()
    settle_abandoned_calls(older_than=timedelta(seconds=-60))


def _worker(world: World, trials: int, seed: int) -> None:
    rng = random.Random(seed)
    try:
        for _ in range(trials):
            try:
                with connection.execute_wrapper(_Grave(rng)):
                    _trial(world, rng)
            except Killed as death:
                world.deaths += 1
                if death.connection_broke:
                    connection.close()
            except InvoicesiteError:
                world.refusals += 1
            if rng.random() < 0.05:
                _somebody_else(world, rng)
    finally:
        connection.close()


def _trial(world: World, rng: random.Random) -> None:
    worst = Decimal(rng.randrange(1, 80_000_000)).scaleb(-10)
    terms = CallTerms("attack", "attack", "attack-1", worst, 64)
    call = reserve(job=rng.choice(world.jobs), terms=terms)
    # From here the request is on the wire: whatever becomes of the worker, the server produces.
    # It cannot produce more than the worst case, because the connection is closed there; but it can say anything.
    produced = (worst * Decimal(rng.random())).quantize(Decimal("1e-10"))
    lie = rng.choice(["honest"] * 6 + ["silent", "low", "high"])
    says = {"honest": produced, "silent": None, "low": produced / 10, "high": worst * rng.randrange(1, 4)}[lie]
    if says is not None:
        says = says.quantize(Decimal("1e-10"))
    with world.lock:
        world.produced[call.pk] = says if lie == "low" and says is not None else produced
        if says is not None:
            world.claimed[call.pk] = says
    if rng.random() < 0.1:
        raise Killed
    end = CallEnd(outcome="success", cost_usd=says, usage=Usage(100, 10))
    for _ in range(rng.choice([1, 1, 1, 2, 3])):
        settle(call_id=call.pk, end=end)


def _somebody_else(world: World, rng: random.Random) -> None:
    """The sweep runs early, a settlement comes again or late, a person moves a ceiling."""
    what = rng.randrange(4)
    if what == 0:
        settle_abandoned_calls(older_than=timedelta(milliseconds=rng.choice([-1000, 5, 50])))
    elif what == 1 and world.claimed:
        with world.lock:
            call_id, says = rng.choice(list(world.claimed.items()))
        settle(call_id=call_id, end=CallEnd(outcome="success", cost_usd=says))
    elif what == 2:
        Batch.objects.filter(pk=rng.choice(world.batches).pk).update(budget_usd=F("budget_usd") + Decimal("0.05"))
    else:
        try:
            jobs = ProcessingJob.objects.filter(pk=rng.choice(world.jobs).pk)
            jobs.update(budget_usd=F("budget_usd") * Decimal(rng.choice(["0.9", "1.2"])))
        except IntegrityError:
            return  # a ceiling below what is spent and reserved: the database says no


class _Grave:
    """Ends the worker before or after a statement: its transaction is gone, now and then its connection too."""

    def __init__(self, rng: random.Random) -> None:
        self.left = rng.randrange(2 * _STATEMENTS_OF_A_CALL)
        self.after = rng.random() < 0.5
        self.breaks = rng.random() < 0.3

    def __call__(self, execute: Callable[..., Any], sql: str, params: Any, many: bool, context: Any) -> Any:
        self.left -= 1
        if self.left >= 0:
            return execute(sql, params, many, context)
        if self.after:
            execute(sql, params, many, context)
        if self.breaks:
            context["connection"].connection.close()
        raise Killed(connection_broke=self.breaks)


# --- Attack with processes --------------------------------------------------------------------------------------------

MISBEHAVIOURS: tuple[Behaviour, ...] = (OK, OK, OK, NO_USAGE, CUT, LIES_HIGH, LIES_LOW, HTML, SERVER_ERROR)


def attack_with_processes(world: World, *, database: str, kills: int, at_once: int, seed: int) -> dict[str, Decimal]:
    """Worker processes, each killed at another step. Gives what the server produced and what was booked, in dollars."""
    rng = random.Random(seed)
    price = load_price(MODEL)
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload(["benchmarks.attack_worker"])
    stop = threading.Event()
    watcher = threading.Thread(target=_watch, args=(world, stop))
    watcher.start()
    with ModelServer(answer=lambda body: '{"number": "R-1", "padding": "' + "x" * rng.randrange(400) + '"}') as server:
        server.then(*(rng.choice(MISBEHAVIOURS) for _ in range(kills * 4)))

        def one(n: int) -> None:
            order = Order(
                database=database,
                base_url=server.url,
                job_id=str(rng.choice(world.jobs).pk),
                question=f"Invoice {rng.randrange(kills)}: " + "total " * rng.randrange(200),
                kill_at_step=None if n % 10 == 9 else n % _STEPS_OF_AN_ASK,
                in_call=n % 20 == 9,
            )
            worker = context.Process(target=work, args=(order,))
            worker.start()
            worker.join(60)
            assert worker.exitcode is not None, "a worker did not end"
            world.deaths += worker.exitcode < 0
            # A person has looked: the attack goes on at the full rate, and with the next lease.
            Breaker.objects.all().delete()
            CachedReply.objects.filter(state="asking").delete()
            connection.close()

        with ThreadPoolExecutor(at_once) as pool:
            for _ in pool.map(one, range(kills)):
                pass
        stop.set()
        watcher.join()
        settle_abandoned_calls(older_than=timedelta(seconds=-60))
        produced = sum((price.cost_usd(Usage(r.input_tokens, r.output_tokens)) for r in server.records), Decimal(0))
    booked = sum(LLMCall.objects.filter(model=MODEL).values_list("cost_usd", flat=True), Decimal(0))
    if booked < produced:
        world.violations.append(f"booked ${booked} for ${produced} that the server produced")
    return {"produced_usd": produced, "booked_usd": booked}


# --- What must hold ---------------------------------------------------------------------------------------------------


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
    for row in [*ProcessingJob.objects.all(), *Batch.objects.all(), *Budget.objects.all()]:
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


def run(*, trials: int, kills: int, threads: int = 6, at_once: int = 4, seed: int = 1) -> dict[str, Any]:
    """Both attacks in the current database; gives the figures. Raises AssertionError where a promise was broken."""
    started = time.monotonic()
    rng = random.Random(seed)
    figures: dict[str, Any] = {"trials": trials, "kills": kills, "seed": seed}
    worlds = []
    for part in range(0, trials, 1000):
        # Ceilings fill up: a fresh world now and then keeps most calls possible.
        world = make_world(rng)
        attack_ledger(world, trials=min(1000, trials - part), threads=threads, seed=seed + part)
        worlds.append(world)
    figures["ledger_seconds"] = round(time.monotonic() - started, 1)
    figures["calls_in_ledger"] = LLMCall.objects.count()
    figures["overruns"] = LLMCall.objects.filter(overrun_usd__gt=0).count()
    if kills:
        world = make_world(rng)
        database = str(connection.settings_dict["NAME"])
        money = attack_with_processes(world, database=database, kills=kills, at_once=at_once, seed=seed)
        figures |= {name: float(value) for name, value in money.items()}
        figures["calls_by_processes"] = LLMCall.objects.filter(model=MODEL).count()
        figures["processes_killed"] = world.deaths
        worlds.append(world)
    for world in worlds:
        check_books(world)
    figures["workers_died"] = sum(world.deaths for world in worlds)
    figures["calls_refused"] = sum(world.refusals for world in worlds)
    violations = [violation for world in worlds for violation in world.violations]
    figures["violations"] = len(violations)
    figures["seconds"] = round(time.monotonic() - started, 1)
    assert not violations, violations[:10]
    return figures


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--quick", action="store_true", help="1,000 trials and 60 killed processes")
    parser.add_argument("--trials", type=int, default=None)
    parser.add_argument("--kills", type=int, default=None)
    parser.add_argument("--seed", type=int, default=int.from_bytes(os.urandom(3)))
    options = parser.parse_args()
    logging.disable(logging.CRITICAL)  # thousands of overruns are alarmed here
    trials = options.trials if options.trials is not None else 1000 if options.quick else 12_000
    kills = options.kills if options.kills is not None else 60 if options.quick else 400
    with own_database():
        try:
            figures = run(trials=trials, kills=kills, seed=options.seed)
        except AssertionError as error:
            print(f"broken with seed {options.seed}: {error}")
            return 1
    for name, value in figures.items():
        print(f"{name:22} {value}")
    print(json.dumps(figures))
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
