"""The attack on the ledger by threads: each trial is one call whose worker dies at a random database statement or not
at all, and whose server tells the truth, lies or says nothing."""

from __future__ import annotations

import random
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from decimal import Decimal
from typing import Any

from django.db import IntegrityError, connection
from django.db.models import F

from benchmarks.attack_world import World, watched
from common.errors import InvoicesiteError
from processing.models import Batch, ProcessingJob
from processing.spending.ledger import CallEnd, CallTerms, reserve, settle, settle_abandoned_calls
from processing.usage import Usage

_STATEMENTS_OF_A_CALL = 24  # reserve and settle take up to this many; a higher number lets the worker live


class Killed(BaseException):
    """The worker died here."""

    def __init__(self, *, connection_broke: bool = False) -> None:
        super().__init__()
        self.connection_broke = connection_broke


def attack_ledger(world: World, *, trials: int, threads: int, seed: int) -> None:
    """``trials`` calls over ``threads`` workers that die at random statements."""
    shares = [trials // threads + (n < trials % threads) for n in range(threads)]
    with watched(world), ThreadPoolExecutor(threads) as pool:
        for future in [pool.submit(_worker, world, share, seed + n) for n, share in enumerate(shares)]:
            future.result()
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
