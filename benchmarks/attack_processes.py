"""The attack by processes: workers that ask a misbehaving model server over HTTP and are killed (SIGKILL) at each step
between the first statement and the last, and while the model answers."""

from __future__ import annotations

import multiprocessing
import random
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from decimal import Decimal

from django.db import connection

from benchmarks.attack_worker import MODEL, Order, work
from benchmarks.attack_world import World, watched
from processing.llm.prices import load_price
from processing.models import Breaker, CachedReply, LLMCall
from processing.spending.ledger import settle_abandoned_calls
from processing.usage import Usage
from tests.model_server import CUT, HTML, LIES_HIGH, LIES_LOW, NO_USAGE, OK, SERVER_ERROR, Behaviour, ModelServer

_STEPS_OF_AN_ASK = 80  # twice the statements of one question
MISBEHAVIOURS: tuple[Behaviour, ...] = (OK, OK, OK, NO_USAGE, CUT, LIES_HIGH, LIES_LOW, HTML, SERVER_ERROR)


def attack_with_processes(world: World, *, database: str, kills: int, at_once: int, seed: int) -> dict[str, Decimal]:
    """Worker processes, each killed at another step. Gives what the server produced and what was booked, in dollars."""
    rng = random.Random(seed)
    price = load_price(MODEL)
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload(["benchmarks.attack_worker"])
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

        with watched(world), ThreadPoolExecutor(at_once) as pool:
            for _ in pool.map(one, range(kills)):
                pass
        settle_abandoned_calls(older_than=timedelta(seconds=-60))
        produced = sum((price.cost_usd(Usage(r.input_tokens, r.output_tokens)) for r in server.records), Decimal(0))
    booked = sum(LLMCall.objects.filter(model=MODEL).values_list("cost_usd", flat=True), Decimal(0))
    if booked < produced:
        world.violations.append(f"booked ${booked} for ${produced} that the server produced")
    return {"produced_usd": produced, "booked_usd": booked}
