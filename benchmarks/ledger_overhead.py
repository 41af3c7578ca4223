"""What the spend ledger adds to a call, in milliseconds, beside the bare call.

usage: python -m benchmarks.ledger_overhead [--quick]

The bare call goes to a model server on this machine that answers at once, so it is the least that a call can take; a
real one takes 1 to 10 seconds. *With connection*: the thread keeps its database connection; *reconnecting*: it is
given back before the call, as the pipeline does. *Shared*: threads that all reserve from one batch and one month, the
worst case for waiting on a row. Last line: one JSON object.
"""

from __future__ import annotations

import argparse
import json
import logging
import statistics
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from decimal import Decimal
from typing import Any

from django.db import connection

from benchmarks.attack_worker import MODEL, SYSTEM, simple_question
from benchmarks.attack_world import make_job_row
from processing.extractors.model.prompt import Prompt
from processing.llm.client import LLMClient, LLMConfig
from processing.models import Batch, ProcessingJob
from processing.spending.ask import ask, release_connection
from processing.spending.ledger import CallEnd, CallTerms, reserve, settle
from processing.usage import Usage
from tests.databases import own_database
from tests.model_server import ModelServer

SHARED_THREADS = 8
TERMS = CallTerms("bench", "bench", "bench-1", Decimal("0.0000001"), 64)
END = CallEnd(outcome="success", cost_usd=Decimal("0.00000005"), usage=Usage(100, 10), raw_reply="{}" * 200)


def timed(action: Callable[[int], object], times: int) -> dict[str, float]:
    """Milliseconds of ``action``, after a few rounds to warm up: median and 95th percentile of the clock, and what this
    thread's CPU had of it on average (the clock also waits for the database's commits, and for busy neighbours)."""
    for n in range(5):
        action(-n - 1)
    taken = []
    cpu_before = time.thread_time()
    for n in range(times):
        started = time.perf_counter()
        action(n)
        taken.append((time.perf_counter() - started) * 1000)
    cpu_ms = (time.thread_time() - cpu_before) * 1000 / times
    p95_ms = statistics.quantiles(taken, n=20)[-1]
    return {"p50_ms": round(statistics.median(taken), 2), "p95_ms": round(p95_ms, 2), "cpu_ms": round(cpu_ms, 2)}


def measure(times: int) -> dict[str, Any]:
    batch = Batch.objects.create(budget_usd=Decimal("100"))
    jobs = [make_job_row(n, batch=batch, budget_usd="1") for n in range(SHARED_THREADS)]

    def ledger(job: ProcessingJob, *, reconnect: bool) -> None:
        call = reserve(job=job, terms=TERMS)
        if reconnect:
            release_connection()
        settle(call_id=call.pk, end=END)

    figures: dict[str, Any] = {
        "with_connection": timed(lambda n: ledger(jobs[0], reconnect=False), times),
        "reconnecting": timed(lambda n: ledger(jobs[0], reconnect=True), times),
    }
    with (
        ModelServer(answer=lambda body: '{"number": "R-1"}') as server,
        LLMClient(LLMConfig(model=MODEL, base_url=server.url)) as client,
    ):
        prompt = Prompt(SYSTEM, "Invoice", {"type": "object"}, "answer", "bench-1", 100)
        figures["bare_call"] = timed(lambda n: client.complete(prompt, max_output_tokens=64), times)
        figures["whole_question"] = timed(
            lambda n: ask(job=jobs[0], question=simple_question(f"Invoice {n}"), client=client), times
        )
        figures["question_from_cache"] = timed(
            lambda n: ask(job=jobs[0], question=simple_question("Invoice 0"), client=client), times
        )

    def share(job: ProcessingJob) -> None:
        for _ in range(times // 2):
            ledger(job, reconnect=False)
        connection.close()

    started = time.perf_counter()
    with ThreadPoolExecutor(SHARED_THREADS) as pool:
        list(pool.map(share, jobs))
    seconds = time.perf_counter() - started
    figures["shared_calls_per_second"] = round(SHARED_THREADS * (times // 2) / seconds)
    return figures


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--quick", action="store_true", help="100 rounds instead of 1,000")
    options = parser.parse_args()
    logging.disable(logging.CRITICAL)
    with own_database():
        figures = measure(100 if options.quick else 1000)
    for name, value in figures.items():
        shown = "  ".join(f"{v:8.2f} {k}" for k, v in value.items()) if isinstance(value, dict) else f"{value:8}"
        print(f"{name:24} {shown}")
    flat = {}
    for name, value in figures.items():
        flat |= {f"{name}_{k}": v for k, v in value.items()} if isinstance(value, dict) else {name: value}
    print(json.dumps(flat))
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
