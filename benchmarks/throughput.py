"""Documents per minute of one worker machine while the model takes 4 s to answer.

usage: python -m benchmarks.throughput [--quick] [--parallelism N …] [--seconds S] [--in-process]

Every document is read, checked by rules, put to a model (a server on this machine that answers after 4 s, by policy
`llm`), checked and recorded. The bound is parallelism / 4 s: what waiting for the model allows. The sources' figure is
8 to 15 documents a minute. The database and the model's server take their part of the same cores, and of the CPU time.
Last line: one JSON object.
"""

from __future__ import annotations

import argparse
import os
import time

from benchmarks.machine import CpuMeter, Machine, machine, print_result, wait_until
from benchmarks.plain_invoices import write_invoices

from django.db.models import Count, Max, Min, Q  # isort: skip  # after machine, which sets Django up

from processing.models import ProcessingJob

DELAY_SECONDS = 4.0
SOURCES = "8–15"


def measure(parallelism: int, *, seconds: float, in_process: bool) -> dict[str, float]:
    """One parallelism; gives figures with units in their names."""
    bound = parallelism / DELAY_SECONDS
    count = max(12, int(min(bound, 45) * seconds))
    with machine(delay_seconds=DELAY_SECONDS, EXTRACTION_PARALLELISM=str(parallelism)) as box:
        for _ in write_invoices(box.folder / "in", count):
            pass
        arguments = [str(box.folder / "in"), "--policy", "llm"]
        if in_process:
            program = box.start(
                "manage.py", "import_invoices", *arguments, "--parallelism", str(parallelism), log="import.log"
            )
        else:
            _hand_over(box, arguments, count)
            program = box.work()
        meter, began = CpuMeter(box), time.monotonic()
        wait_until("all documents", lambda: bool(meter.look()) and _ended() >= count, seconds=180, every=1.0)
        busy = meter.look()
        took = time.monotonic() - began
        jobs = ProcessingJob.objects.aggregate(
            first=Min("finished_at"),
            last=Max("finished_at"),
            good=Count("id", filter=Q(status="completed")),
            asked=Count("id", filter=Q(method="llm")),
        )
        assert jobs["good"] == count, (box.folder / "work.log").read_text()[-2000:]
        per_second = _steady_rate(count)
        if in_process:
            program.wait(60)
        total = sum(busy.values())
        return {
            "parallelism": parallelism,
            "documents": count,
            "asked_model": jobs["asked"],
            "per_minute": per_second * 60,
            "bound_per_minute": bound * 60,
            "share_of_bound": per_second / bound,
            "cpu_ms_per_document": total / count * 1000,
            "cores_busy": total / took,
            **{f"{kind}_cpu_ms": seconds / count * 1000 for kind, seconds in busy.items()},
        }


def _steady_rate(count: int) -> float:
    """Documents a second between the first tenth and the last tenth."""
    ends = list(ProcessingJob.objects.order_by("finished_at").values_list("finished_at", flat=True))
    low, high = count // 10, count - count // 10 - 1
    span = (ends[high] - ends[low]).total_seconds() if ends[high] and ends[low] else 0.0
    # Documents end in waves of the parallelism: with few waves the whole is the fairer measure.
    started = ProcessingJob.objects.aggregate(first=Min("started_at"))["first"]
    whole = count / (ends[-1] - started).total_seconds()
    return max((high - low) / span, whole) if span > 4 * DELAY_SECONDS else whole


def _hand_over(box: Machine, arguments: list[str], count: int) -> None:
    """Submit everything before the workers start, so that they alone are measured."""
    program = box.start("manage.py", "import_invoices", *arguments, "--queue", log="import.log")
    wait_until("submitted", lambda: ProcessingJob.objects.count() >= count or program.poll() is not None, seconds=120)
    time.sleep(1)
    box.stop(program, seconds=10)
    box.stop(program, seconds=5)
    assert ProcessingJob.objects.filter(status="pending").count() == count, (box.folder / "import.log").read_text()[
        -2000:
    ]


def _ended() -> int:
    return ProcessingJob.objects.exclude(status__in=["pending", "processing"]).count()


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--quick", action="store_true")
    parser.add_argument("--parallelism", type=int, nargs="+")
    parser.add_argument("--seconds", type=float, help="of work at the bound, for each parallelism")
    parser.add_argument("--in-process", action="store_true", help="import_invoices --parallelism, without workers")
    options = parser.parse_args()
    levels = options.parallelism or ([10, 100] if options.quick else [3, 10, 50, 100, 200])
    seconds = options.seconds or (16 if options.quick else 40)
    print(
        f"{'parallelism':>11} {'docs/min':>9} {'bound':>7} {'share':>6} {'sources':>8} {'cpu ms/doc':>11} {'cores':>6}"
    )
    figures: dict[str, float] = {}
    for parallelism in levels:
        found = measure(parallelism, seconds=seconds, in_process=options.in_process)
        print(
            f"{parallelism:>11} {found['per_minute']:>9.0f} {found['bound_per_minute']:>7.0f} "
            f"{found['share_of_bound']:>6.0%} {SOURCES:>8} {found['cpu_ms_per_document']:>11.0f} "
            f"{found['cores_busy']:>6.1f}  "
            + ", ".join(f"{name[:-7]} {ms:.0f}" for name, ms in found.items() if name.endswith("_cpu_ms")),
            flush=True,
        )
        for name in ("per_minute", "share_of_bound", "cpu_ms_per_document"):
            figures[f"{name}_at_{parallelism}"] = round(found[name], 3)
    print_result(delay_seconds=DELAY_SECONDS, cores=os.cpu_count(), **figures)


if __name__ == "__main__":
    main()
