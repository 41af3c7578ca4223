"""What a hostile model server can make a worker do: memory, time and money, for each way to lie.

usage: python -m benchmarks.hostile_model [--quick] [--only WORD]

Each lie is met by a process of its own that asks about an invoice as a worker does, with a ledger on a real PostgreSQL.
Measured: the process's peak of resident memory, its wall clock against the call's time limit, and the books after it:
nothing left reserved, every ceiling the sum of its calls, none passed. Exit 1 where one of them does not hold. Last
line: one JSON object.
"""

from __future__ import annotations

import argparse
import json
import logging
import os
import signal
import time
from contextlib import suppress
from dataclasses import dataclass
from typing import Any

import django
import psutil

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "invoicesite.settings")
django.setup()

from django.conf import settings  # noqa: E402
from django.db import connection  # noqa: E402

from common.errors import InvoicesiteError  # noqa: E402
from processing.extractors.model.prompt import build_invoice_prompt  # noqa: E402
from processing.llm.client import LLMClient, LLMConfig  # noqa: E402
from processing.llm.prices import load_price  # noqa: E402
from processing.models import Breaker, CachedReply, LLMCall, ProcessingJob  # noqa: E402
from processing.pipeline.model import ask_model  # noqa: E402
from tests.databases import own_database  # noqa: E402
from tests.lying_server import LIES, Lie, LyingServer  # noqa: E402
from tests.processing.documents import make_invoice  # noqa: E402
from tests.processing.ledger_factories import assert_books_balance, make_job  # noqa: E402

MODEL = "gpt-4o-mini"
LIMIT_SECONDS = 4.0
ALLOWED_SECONDS = LIMIT_SECONDS + 2.0
ALLOWED_MB = 600.0
GROWTH_MB = 300  # on top of what a process that is large already brings along
STUCK_SECONDS = 60.0
QUICK_STATUSES = ("200 ", "400 ", "500 ")
DEFECT = 9


@dataclass(frozen=True, slots=True)
class Met:
    """How one lie was met. ``outcome`` is the call's in the ledger."""

    lie: str
    outcome: str
    seconds: float
    peak_mb: float
    troubles: list[str]


def meet(lie: Lie) -> Met:
    """One process that asks while the server lies."""
    CachedReply.objects.all().delete()
    Breaker.objects.all().delete()
    job = make_job()
    with LyingServer(lie) as server:
        connection.close()
        started = time.monotonic()
        inherited_mb = psutil.Process().memory_info().rss / 1_048_576  # what a forked child has from the start
        pid = os.fork()
        if pid == 0:
            _ask(str(job.pk), server.url)
        status, peak_mb = _wait(pid, until=started + STUCK_SECONDS)
        seconds = time.monotonic() - started
    troubles = []
    if status:
        troubles.append("a defect" if os.waitstatus_to_exitcode(status) == DEFECT else f"ended with {status}")
    if seconds > ALLOWED_SECONDS:
        troubles.append("too slow")
    if peak_mb > max(ALLOWED_MB, inherited_mb + GROWTH_MB):
        troubles.append("too much memory")
    calls = list(LLMCall.objects.filter(job_id=job.pk))
    if not calls or any(call.state == LLMCall.State.RESERVED for call in calls):
        troubles.append("left reserved" if calls else "no call in the ledger")
    try:
        assert_books_balance()
    except AssertionError:
        troubles.append("books do not balance")
    job.refresh_from_db()
    if job.budget_usd is not None and job.spent_usd + job.reserved_usd > job.budget_usd:
        troubles.append("ceiling passed")
    return Met(lie.name, ", ".join(call.outcome for call in calls), seconds, peak_mb, troubles)


def _ask(job_id: str, url: str) -> None:
    """In the child: the call of a worker. Never returns."""
    status = DEFECT
    try:
        settings.LLM_MAX_RETRIES = 0
        job = ProcessingJob.objects.select_related("document").get(pk=job_id)
        config = LLMConfig(model=MODEL, base_url=url, total_timeout_seconds=LIMIT_SECONDS)
        with LLMClient(config) as client, suppress(InvoicesiteError):
            ask_model(job=job, content=make_invoice(), client=client)
        status = 0
    finally:
        os._exit(status)


def _wait(pid: int, *, until: float) -> tuple[int, float]:
    """The exit status of a child and its peak of resident memory in MB; killed at ``until``."""
    while True:
        done, status, used = os.wait4(pid, os.WNOHANG)
        if done:
            return status, used.ru_maxrss / 1024
        if time.monotonic() > until:
            os.kill(pid, signal.SIGKILL)
            _, status, used = os.wait4(pid, 0)
            return status, used.ru_maxrss / 1024
        time.sleep(0.01)


def run(lies: list[Lie]) -> dict[str, Any]:
    """Meets each lie in the current database, prints what went wrong, and gives the figures."""
    # Loaded once, in the process that the others are forked from.
    load_price(MODEL)
    build_invoice_prompt(make_invoice(), model=MODEL, max_input_tokens=8000)
    met = []
    for lie in lies:
        one = meet(lie)
        met.append(one)
        if one.troubles:
            print(f"{one.lie:44} {one.seconds:6.1f} s {one.peak_mb:6.0f} MB  {one.outcome}: {', '.join(one.troubles)}")
    return {
        "lies": len(met),
        "troubles": sum(bool(one.troubles) for one in met),
        "defects": sum("a defect" in one.troubles for one in met),
        "worst_seconds": round(max(one.seconds for one in met), 1),
        "limit_seconds": LIMIT_SECONDS,
        "worst_peak_mb": round(max(one.peak_mb for one in met)),
        "books_wrong": sum(
            any(word in trouble for trouble in one.troubles for word in ("books", "reserved", "ceiling", "ledger"))
            for one in met
        ),
    }


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--quick", action="store_true", help="three statuses instead of eight")
    parser.add_argument("--only", default="", help="lies with this word in their name")
    options = parser.parse_args()
    logging.disable(logging.CRITICAL)  # every lie is a warning
    lies = [lie for lie in LIES.values() if options.only in lie.name]
    if options.quick:
        lies = [lie for lie in lies if lie.name.startswith(QUICK_STATUSES) or not lie.name[0].isdigit()]
    with own_database():
        figures = run(lies)
    for name, value in figures.items():
        print(f"{name:16} {value}")
    print(json.dumps(figures))
    return 1 if figures["troubles"] else 0


if __name__ == "__main__":
    raise SystemExit(main())
