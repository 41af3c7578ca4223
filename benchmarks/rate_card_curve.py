"""Reading, mapping and storing a rate card in xlsx: seconds, memory and model tokens over its rows.

usage: python -m benchmarks.rate_card_curve [--quick]

A row is one rate of a parcel list (service, origin, zone, weights, price, currency, days). *Reader* is the bounded
process that holds the cells, *storing* the one that writes to PostgreSQL. ``cpu_seconds`` is that of both, which a busy
machine changes little. The workbook is drawn before the clock starts. ``--quick``: up to 10,000 rows. Last line: one
JSON object.
"""

from __future__ import annotations

import argparse
import json
import os
import tempfile
import threading
import time
from pathlib import Path
from typing import Any

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "invoicesite.settings")
django.setup()

import psutil  # noqa: E402
import xlsxwriter  # noqa: E402

from invoices.models import Rate  # noqa: E402
from invoices.services.rate_cards import ReadRateCard, record_rate_card  # noqa: E402
from processing import sandbox  # noqa: E402
from processing.ratecards.plan import plan_to_json  # noqa: E402
from processing.readers import media_types  # noqa: E402
from tests.databases import own_database  # noqa: E402

ROWS = (100, 1_000, 10_000, 100_000)
HEADERS = ("Service", "Origin", "Zone", "Min weight (kg)", "Max weight (kg)", "Rate", "Currency", "Transit days")


def draw(path: Path, rows: int) -> None:
    book = xlsxwriter.Workbook(str(path), {"constant_memory": True})
    sheet = book.add_worksheet("Rates")
    sheet.write_row(0, 0, ["Carrier: Curve Parcels", "", "Valid from 2026-01-01 to 2026-12-31"])
    sheet.write_row(2, 0, HEADERS)
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


def measure(rows: int, folder: Path) -> dict[str, Any]:
    path = folder / f"{rows}.xlsx"
    draw(path, rows)
    data = path.read_bytes()
    sandbox.close_workers()
    with Meter() as meter:
        started, cpu_before = time.perf_counter(), time.process_time()
        reading = sandbox.read_rate_card(data, media_types.XLSX)
        read_seconds = time.perf_counter() - started
        card = record_rate_card(
            read=ReadRateCard(reading.card, reading.reasons, "rules", f"{rows:064x}", plan_to_json(reading.plan)),
            owner_id=None,
        )
        total_seconds = time.perf_counter() - started
        cpu_seconds = time.process_time() - cpu_before
    stored = Rate.objects.filter(card=card).count()
    assert stored == rows, f"{stored} of {rows} rates were stored"
    return {
        "rows": rows, "read_seconds": round(read_seconds, 2), "store_seconds": round(total_seconds - read_seconds, 2),
        "seconds": round(total_seconds, 2),
        "cpu_seconds": round(cpu_seconds + meter.reader_cpu_seconds, 2),
        "reader_mb": round(meter.children / 1e6), "storing_mb": round(meter.peak / 1e6),
        "output_tokens": 0, "cost_usd": 0,
    }  # fmt: skip


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--quick", action="store_true")
    args = parser.parse_args()
    wanted = ROWS[:3] if args.quick else ROWS
    with own_database(), tempfile.TemporaryDirectory() as folder:
        figures = [measure(rows, Path(folder)) for rows in wanted]
    names = list(figures[0])
    print("".join(f"{name:>15}" for name in names))
    for row in figures:
        print("".join(f"{row[name]:>15}" for name in names))
    print(json.dumps({"curve": figures, **{f"largest_{name}": figures[-1][name] for name in names}}))


if __name__ == "__main__":
    main()
