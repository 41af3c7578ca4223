"""Reading, mapping and storing a rate card in xlsx: seconds, memory and cost over its rows, by rules and by a model.

usage: python -m benchmarks.rate_card_curve [--quick]

A row is one rate of a parcel list (service, origin, zone, weights, price, currency, days). *Reader* is the bounded
process that holds the cells, *storing* the one that writes to PostgreSQL. ``cpu_seconds`` is that of both, which a busy
machine changes little. The workbook is drawn before the clock starts. In the second table the headers are words that no
vocabulary knows: a model (a server of ours that answers over HTTP with the plan) is asked, through the same budget and
ledger as in a worker; its cost must not grow with the rows. ``--quick``: up to 10,000 rows. Last line: one JSON object.
"""

from __future__ import annotations

import argparse
import json
import os
import tempfile
import threading
import time
from collections.abc import Sequence
from concurrent.futures import ProcessPoolExecutor
from decimal import Decimal
from functools import partial
from multiprocessing import get_context
from pathlib import Path
from typing import Any

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "invoicesite.settings")
django.setup()

import psutil  # noqa: E402
import xlsxwriter  # noqa: E402

from invoices.models import Rate  # noqa: E402
from invoices.services.rate_cards import ReadRateCard, record_rate_card  # noqa: E402
from processing.llm.client import LLMConfig  # noqa: E402
from processing.models import Document, LayoutPlan, LLMCall, ProcessingJob  # noqa: E402
from processing.pipeline.rate_card_mapping import MappedCard, map_rate_card  # noqa: E402
from processing.ratecards.plan import plan_to_json  # noqa: E402
from processing.readers import media_types  # noqa: E402
from processing.sandbox import calls as sandbox  # noqa: E402
from processing.spending import breaker  # noqa: E402
from processing.spending.configured import client_of  # noqa: E402
from tests.databases import own_database  # noqa: E402
from tests.model_server import ModelServer  # noqa: E402
from tests.processing.rate_card_models import plan, table  # noqa: E402

ROWS = (100, 1_000, 10_000, 100_000)
UNKNOWN_HEADERS = ("Kennung", "Ursprungskürzel", "Gruppe", "Stufe A", "Stufe B", "Wert", "Whg.", "Frist")
COLUMNS = (
    "A service", "B origin", "C zone", "D weight_from kg", "E weight_to kg", "F price", "G currency", "H transit_days",
)  # fmt: skip
HEADERS = ("Service", "Origin", "Zone", "Min weight (kg)", "Max weight (kg)", "Rate", "Currency", "Transit days")


def draw(path: Path, rows: int, headers: tuple[str, ...]) -> None:
    book = xlsxwriter.Workbook(str(path), {"constant_memory": True})
    sheet = book.add_worksheet("Rates")
    sheet.write_row(0, 0, ["Carrier: Curve Parcels", "", "Valid from 2026-01-01 to 2026-12-31"])
    sheet.write_row(2, 0, headers)
    for n in range(rows):
        service, zone, weight = n // 1000, n // 50 % 20, n % 50
        price = round(3 + service * 0.11 + zone * 0.7 + weight * 0.43, 2)
        row = [f"Service {service}", "DE", f"Zone {zone + 1}", weight, weight + 1, price, "EUR", 1 + zone % 5]
        sheet.write_row(3 + n, 0, row)
    book.close()


class Meter:
    """The highest resident memory of this process and of its children together, sampled."""

    def __init__(self) -> None:
        self.reader_cpu_seconds = 0.0
        self.process, self.peak, self.children, self.done = psutil.Process(), 0, 0, threading.Event()
        self.thread = threading.Thread(target=self._watch, daemon=True)

    def __enter__(self) -> Meter:
        self.thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.done.set()
        self.thread.join()

    def _watch(self) -> None:
        while not self.done.wait(0.05):
            self.peak = max(self.peak, self.process.memory_info().rss)
            for child in self.process.children(recursive=True):
                try:
                    self.children = max(self.children, child.memory_info().rss)
                    times = child.cpu_times()
                    self.reader_cpu_seconds = max(self.reader_cpu_seconds, times.user + times.system)
                except psutil.NoSuchProcess:
                    continue


def measure(rows: int, folder: Path, *, server: ModelServer | None) -> dict[str, Any]:
    path = folder / f"{rows}.xlsx"
    draw(path, rows, HEADERS if server is None else UNKNOWN_HEADERS)
    data = path.read_bytes()
    sandbox.close_workers()
    LayoutPlan.objects.all().delete()
    job = _job(f"{rows:063x}{int(server is not None)}")
    with Meter() as meter:
        started, cpu_before = time.perf_counter(), time.process_time()
        mapped = _mapped(job, data, server, rows)
        reading = mapped.reading
        read_seconds = time.perf_counter() - started
        card = record_rate_card(
            read=ReadRateCard(
                reading.card, reading.reasons, mapped.method, job.document.sha256, plan_to_json(reading.plan)
            ),
            owner_id=None,
        )
        total_seconds = time.perf_counter() - started
        cpu_seconds = time.process_time() - cpu_before
    stored = Rate.objects.filter(card=card).count()
    assert stored == rows, f"{stored} of {rows} rates were stored"
    calls = list(LLMCall.objects.filter(job=job))
    assert (mapped.method == "llm") == (server is not None) == bool(calls), "the model was asked where it must not"
    return {
        "rows": rows, "read_seconds": round(read_seconds, 2), "store_seconds": round(total_seconds - read_seconds, 2),
        "seconds": round(total_seconds, 2),
        "cpu_seconds": round(cpu_seconds + meter.reader_cpu_seconds, 2),
        "reader_mb": round(meter.children / 1e6), "storing_mb": round(meter.peak / 1e6),
        "input_tokens": sum(call.input_tokens for call in calls),
        "output_tokens": sum(call.output_tokens for call in calls),
        "cost_usd": float(sum(call.cost_usd for call in calls)),
    }  # fmt: skip


def _job(sha256: str) -> ProcessingJob:
    document = Document.objects.create(
        kind=Document.Kind.RATE_CARD, sha256=sha256, size_bytes=1, media_type=media_types.XLSX, filename="card.xlsx",
        storage_key=sha256,
    )  # fmt: skip
    return ProcessingJob.objects.create(document=document, budget_usd=Decimal("0.02"), max_output_tokens=2048)


def _mapped(job: ProcessingJob, data: bytes, server: ModelServer | None, rows: int) -> MappedCard:
    read = partial(sandbox.read_rate_card, data, media_types.XLSX)
    if server is None:
        return map_rate_card(job=job, read=read)
    server.answer = lambda body: plan(table(f"1!A3:H{rows + 3}", *COLUMNS), carrier="1!A1", valid_from="1!C1")
    client = client_of(LLMConfig(model="gpt-4o-mini", api_key="sk-test", base_url=server.url))
    return map_rate_card(job=job, read=read, client=client)


def measure_way(way: str, wanted: Sequence[int]) -> list[dict[str, Any]]:
    with own_database(), tempfile.TemporaryDirectory() as folder, ModelServer() as server:
        breaker.forget_snapshots()
        return [measure(count, Path(folder), server=server if way == "model" else None) for count in wanted]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--quick", action="store_true")
    args = parser.parse_args()
    wanted = ROWS[:3] if args.quick else ROWS
    figures: dict[str, list[dict[str, Any]]] = {}
    for way in ("rules", "model"):
        # In a process of its own: what the first way left in memory is none of the second's.
        with ProcessPoolExecutor(1, mp_context=get_context("spawn")) as process:
            figures[way] = process.submit(measure_way, way, wanted).result()
    names = list(figures["rules"][0])
    for way, rows in figures.items():
        print(f"by {way}")
        print("".join(f"{name:>15}" for name in names))
        for row in rows:
            print("".join(f"{row[name]:>15}" for name in names))
    cents = [100 * row["cost_usd"] for row in figures["model"]]
    print(f"cents by a model, from {wanted[0]:,} to {wanted[-1]:,} rows: {', '.join(f'{c:.4f}' for c in cents)}")
    largest = {f"largest_{name}": figures["rules"][-1][name] for name in names}
    by_model = {f"model_largest_{name}": figures["model"][-1][name] for name in names}
    spread = {"model_cost_spread_cents": round(max(cents) - min(cents), 5)}
    print(json.dumps({"curve": figures["rules"], "model_curve": figures["model"], **largest, **by_model, **spread}))


if __name__ == "__main__":
    main()
