"""How long lists, searches, details and the status of a job take over HTTP, with 1,000,000 invoices and 25 clients.

usage: python -m benchmarks.api_latency [--quick] [--invoices N] [--clients N] [--seconds S] [--pause S]
    [--database NAME] [--fill]

The rows are those of `benchmarks.invoice_rows` in a scratch database, or in one that is named and kept: filled by the
first run, in minutes, measured at once by those that follow (`--fill` fills it and measures nothing). The server is
uvicorn with two processes; the clients are threads with a kept connection and an access token. *With pauses*: each
thinks for a second on average between its requests, as programs and people do, so that what is measured is how long an
answer takes, not how long requests wait for a core. *At full speed*: each asks again at once, which measures how many
answers a second the cores can give. Beside that stand the plans that PostgreSQL chooses and how long it takes by
itself. Last line: one JSON object.
"""

from __future__ import annotations

import argparse
import http.client
import random
import socket
import statistics
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from datetime import UTC, datetime, timedelta
from typing import Any
from urllib.parse import urlencode

from benchmarks.machine import Machine, machine, print_result, wait_until

from django.contrib.auth.models import User  # isort: skip  # after machine, which sets Django up
from django.db import connection
from django.http import QueryDict
from rest_framework_simplejwt.tokens import RefreshToken

from benchmarks.invoice_rows import VENDORS, fill, job_id, kept_database, measurer
from invoices.api.filters import InvoiceListFilter
from invoices.api.invoices import InvoicePages
from invoices.api.serializers import rows_of
from invoices.models import Invoice
from invoices.queries import invoices_for
from invoices.search.find import common_words
from processing.queries import jobs_for

PAUSE_SECONDS, WORKERS = 1.0, 2
PAGE = 51


def questions(rng: random.Random, ids: list[str], invoices: int) -> dict[str, tuple[str, dict[str, Any]]]:
    """One request of each kind: path and query."""
    number = rng.randrange(1, invoices)
    printed = f"INV-{datetime.now(UTC) - number * timedelta(seconds=90):%Y}-{number:07d}"
    vendor = 1 + int(VENDORS * rng.random() ** 3)
    day = f"202{rng.randrange(4, 7)}-0{rng.randrange(1, 9)}-{rng.randrange(10, 28)}"
    filtered: dict[str, Any] = rng.choice(
        [
            {"status": "needs_review", "ordering": "confidence"},
            {"status": "needs_review", "reason": "total_mismatch"},
            {"invoice_date_after": day, "ordering": "invoice_date"},
            {"total_amount_min": "20000", "currency": "GBP"},
            {"vendor_tax_id": f"DE{100000000 + vendor}", "ordering": "-total_amount"},
            {"invoice_number": printed},
            {"status": "approved", "ordering": "due_date"},
        ]
    )
    searched = rng.choice(
        [printed, f"{number:07d}", f"vendor {vendor}", "contoso hamburg",
         f"po{number * 7919 % 9999991:07d}", "adler eur net", f"{number:07d}"[:5], "nobody of this name"]
    )  # fmt: skip
    return {
        "list": ("invoices/", filtered),
        "search": ("invoices/", {"q": searched}),
        "detail": (f"invoices/{rng.choice(ids)}/", {}),
        "job_status": (f"jobs/{job_id(number)}/", {}),
    }


def plans(user: User, ids: list[str], invoices: int, *, rounds: int) -> dict[str, dict[str, float]]:
    """Milliseconds that the database takes for the rows of each kind of question, all statements together; prints the
    plans of the slowest."""
    rng = random.Random(5)
    times: dict[str, list[float]] = {"list": [], "search": [], "detail": [], "job_status": []}
    slowest: dict[str, tuple[float, str, _Statements]] = {}
    common_words()  # known for ten minutes
    for _ in range(rounds):
        for kind, (path, query) in questions(rng, ids, invoices).items():
            with _Statements() as sent:
                _ask(user, kind, path, query)
            times[kind].append(sent.milliseconds)
            if sent.milliseconds > slowest.get(kind, (0.0, "", sent))[0]:
                slowest[kind] = (sent.milliseconds, f"{path} {query}", sent)
    for kind, (took, asked, sent) in slowest.items():
        print(f"\nslowest {kind}, {took:.1f} ms: {asked}\n{sent.explained()}")
    return {kind: _percentiles(found) for kind, found in times.items()}


class _Statements:
    """Which statements are sent meanwhile, and how long they take."""

    def __init__(self) -> None:
        self.milliseconds = 0.0
        self._sent: list[tuple[str, Any]] = []

    def __enter__(self) -> _Statements:
        self._wrapper = connection.execute_wrapper(self._timed)
        self._wrapper.__enter__()
        return self

    def __exit__(self, *error: Any) -> None:
        self._wrapper.__exit__(*error)

    def _timed(self, execute: Any, sql: str, params: Any, *more: Any) -> Any:
        self._sent.append((sql, params))
        began = time.perf_counter()
        try:
            return execute(sql, params, *more)
        finally:
            self.milliseconds += (time.perf_counter() - began) * 1000

    def explained(self) -> str:
        """The plans as they are followed once more."""
        with connection.cursor() as cursor:
            lines = []
            for sql, params in self._sent:
                cursor.execute(f"EXPLAIN (ANALYZE, BUFFERS) {sql}", params)
                lines += [line for (line,) in cursor.fetchall()]
        return "\n".join(lines)


def _ask(user: User, kind: str, path: str, query: dict[str, Any]) -> list[Any]:
    """The rows of a question, as the API asks for them."""
    key = path.split("/")[1]
    if kind == "detail":
        return list(invoices_for(user).filter(id=key))
    if kind == "job_status":
        return list(jobs_for(user).select_related("document").filter(id=key))
    filters = InvoiceListFilter(QueryDict(urlencode(query)), rows_of(invoices_for(user)))
    assert filters.is_valid(), filters.errors
    ordering = query.get("ordering", "-created_at")
    ordered = filters.qs.order_by(ordering, "-id" if ordering.startswith("-") else "id")
    return InvoicePages().fetch(ordered[:PAGE])


def measure(
    port: int, token: str, ids: list[str], *, invoices: int, clients: int, seconds: float, pause_seconds: float
) -> dict[str, list[float]]:
    """Milliseconds of each answer by kind, over all clients."""
    barrier = threading.Barrier(clients)

    def client(number: int) -> dict[str, list[float]]:
        rng = random.Random(number)
        times: dict[str, list[float]] = {"list": [], "search": [], "detail": [], "job_status": []}
        link = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
        headers = {"Authorization": f"Bearer {token}"}
        barrier.wait()
        time.sleep(rng.uniform(0, 1.5) * pause_seconds)  # clients do not come all at one moment
        until = time.monotonic() + seconds
        while time.monotonic() < until:
            kind, (path, query) = rng.choice(list(questions(rng, ids, invoices).items()))
            began = time.perf_counter()
            link.request("GET", f"/api/v1/{path}?{urlencode(query)}", headers=headers)
            answer = link.getresponse()
            body = answer.read()
            assert answer.status == 200, body[:300]
            times[kind].append((time.perf_counter() - began) * 1000)
            if pause_seconds:
                time.sleep(rng.uniform(0.5, 1.5) * pause_seconds)
        return times

    with ThreadPoolExecutor(clients) as pool:
        parts = list(pool.map(client, range(clients)))
    return {kind: [value for part in parts for value in part[kind]] for kind in parts[0]}


def _percentiles(times: list[float]) -> dict[str, float]:
    cuts = statistics.quantiles(times, n=100)
    return {"p50": statistics.median(times), "p95": cuts[94], "p99": cuts[98]}


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _serve(box: Machine) -> int:
    port = _free_port()
    uvicorn = ("-m", "uvicorn", "invoicesite.asgi:application", "--workers", str(WORKERS), "--port", str(port))
    box.start(*uvicorn, "--lifespan", "off", "--log-level", "warning", log="serve.log")

    def answers() -> bool:
        try:
            link = http.client.HTTPConnection("127.0.0.1", port, timeout=2)
            link.request("GET", "/api/health/")
            return link.getresponse().status == 200
        except OSError:
            return False

    wait_until("the server answers", answers, seconds=90)
    return port


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--quick", action="store_true", help="20,000 invoices, 5 seconds")
    parser.add_argument("--invoices", type=int)
    parser.add_argument("--clients", type=int, default=25)
    parser.add_argument("--seconds", type=float)
    parser.add_argument("--pause", type=float, default=PAUSE_SECONDS, help="seconds between a client's requests")
    parser.add_argument("--database", help="a database that is kept, filled where it is not there yet")
    parser.add_argument("--fill", action="store_true", help="only make and fill that database")
    options = parser.parse_args()
    invoices = options.invoices or (20_000 if options.quick else 1_000_000)
    seconds = options.seconds or (5 if options.quick else 30)
    began = time.monotonic()
    with ExitStack() as stack:
        kept = options.database and stack.enter_context(kept_database(options.database, invoices))
        if options.fill:
            return
        box = stack.enter_context(machine(delay_seconds=None, database=kept, API_RATE_READ="9000000/minute"))
        admin = measurer()
        if not kept:
            fill(invoices, admin.pk)
        invoices, fill_seconds = Invoice.objects.count(), time.monotonic() - began
        sample = Invoice.objects.order_by("id").values_list("id", flat=True)[:2_000]
        ids = [str(found) for found in sample]
        database = plans(admin, ids, invoices, rounds=20 if options.quick else 60)
        token = str(RefreshToken.for_user(admin).access_token)
        port = _serve(box)
        shared: dict[str, Any] = {"invoices": invoices, "clients": options.clients}
        measure(port, token, ids, **shared, seconds=2, pause_seconds=0.2)  # warm
        found = measure(port, token, ids, **shared, seconds=seconds, pause_seconds=options.pause)
        hurried = measure(port, token, ids, **shared, seconds=seconds / 2, pause_seconds=0)
    print(f"\n{invoices:,} invoices made in {fill_seconds:.0f} s, {options.clients} clients, pause {options.pause:g} s")
    figures: dict[str, float] = {}
    for kind, times in found.items():
        figures |= _told(f"{kind} with pauses, {len(times)} answers", kind, _percentiles(times))
    for kind, times in hurried.items():
        figures |= _told(f"{kind} at full speed, {len(times)} answers", f"{kind}_full_speed", _percentiles(times))
    for kind, cuts in database.items():
        figures |= _told(f"{kind} in the database alone", f"{kind}_database", cuts)
    rate, most = sum(map(len, found.values())) / seconds, sum(map(len, hurried.values())) / (seconds / 2)
    print(f"{rate:.0f} answers a second with pauses, {most:.0f} at full speed")
    print_result(
        invoices=invoices,
        clients=options.clients,
        pause_seconds=options.pause,
        fill_seconds=round(fill_seconds, 1),
        answers_per_second=round(rate, 1),
        full_speed_answers_per_second=round(most, 1),
        **figures,
    )


def _told(what: str, name: str, cuts: dict[str, float]) -> dict[str, float]:
    print(f"{what:>45}: " + ", ".join(f"{cut} {value:.1f} ms" for cut, value in cuts.items()))
    return {f"{name}_{cut}_ms": round(value, 2) for cut, value in cuts.items()}


if __name__ == "__main__":
    main()
