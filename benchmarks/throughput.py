"""Documents per minute of one worker machine while the model takes 4 s to answer.

usage: python -m benchmarks.throughput [--quick] [--parallelism N …] [--seconds S] [--in-process]

Every document is read, checked by rules, put to a model (a server on this machine that answers after 4 s, by policy
`llm`), checked and recorded. Rate and CPU time are those of the steady state, without the first and last tenth; the
column “+ start” has the start of the workers in it. The bound is parallelism / 4 s: what waiting for the model allows.
The sources' figure is 8 to 15 documents a minute. Database and model's server take their part of the same cores: the
last column says how many milliseconds of CPU a document costs each kind of program.
Last line: one JSON object.
"""

from __future__ import annotations

import argparse
import os
import time
from typing import NamedTuple

from benchmarks.machine import CpuMeter, Machine, machine, print_result, wait_until
from benchmarks.plain_invoices import write_invoices

from django.db.models import Count, Min, Q  # isort: skip  # after machine, which sets Django up

from processing.models import ProcessingJob

DELAY_SECONDS = 4.0
MOST_A_SECOND = 30  # two cores do not reach more: so many documents for each second of measuring
SOURCES = "8–15"


def measure(parallelism: int, *, seconds: float, in_process: bool) -> dict[str, float]:
    """One parallelism; gives figures with units in their names."""
    bound = parallelism / DELAY_SECONDS
    count = max(12, int(min(bound, MOST_A_SECOND) * seconds))
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
        samples: list[Sample] = []

        def all_ended() -> bool:
            samples.append(Sample(time.monotonic(), _ended(), meter.look()))
            return samples[-1].ended >= count

        wait_until("all documents", all_ended, seconds=240, every=1.0)
        jobs = ProcessingJob.objects.aggregate(
            good=Count("id", filter=Q(status="completed")), asked=Count("id", filter=Q(method="llm"))
        )
        assert jobs["good"] == count, (box.folder / "work.log").read_text()[-2000:]
        per_second = _steady_rate(count)
        if in_process:
            program.wait(60)
        first, last = _steady(samples, count)
        documents, took = last.ended - first.ended, last.at - first.at
        busy = {kind: seconds - first.busy.get(kind, 0.0) for kind, seconds in last.busy.items()}
        return {
            "parallelism": parallelism,
            "documents": count,
            "asked_model": jobs["asked"],
            "per_minute": per_second * 60,
            "with_start_per_minute": count / (samples[-1].at - began) * 60,
            "bound_per_minute": bound * 60,
            "share_of_bound": per_second / bound,
            "cpu_ms_per_document": sum(busy.values()) / documents * 1000,
            "cores_busy": sum(busy.values()) / took,
            **{f"{kind}_cpu_ms": spent / documents * 1000 for kind, spent in busy.items()},
        }


class Sample(NamedTuple):
    """At a moment of the monotonic clock: documents that had ended, and CPU seconds by kind of program."""

    at: float
    ended: int
    busy: dict[str, float]


def _steady(samples: list[Sample], count: int) -> tuple[Sample, Sample]:
    """The first and last sample between the first tenth and the last tenth of the documents: without the start of the
    programs."""
    inside = [sample for sample in samples if count * 0.1 <= sample.ended <= count * 0.9]
    if len(inside) < 2 or inside[0].ended == inside[-1].ended:
        return samples[0], samples[-1]
    return inside[0], inside[-1]


def _steady_rate(count: int) -> float:
    """Documents a second between the first tenth and the last tenth."""
    rows = ProcessingJob.objects.filter(finished_at__isnull=False).order_by("finished_at")
    ends = [end.timestamp() for end in rows.values_list("finished_at", flat=True) if end is not None]
    low, high = count // 10, count - count // 10 - 1
    # Documents end in waves of the parallelism: with few waves the whole is the fairer measure.
    started = ProcessingJob.objects.aggregate(first=Min("started_at"))["first"].timestamp()
    whole, span = count / float(ends[-1] - started), float(ends[high] - ends[low])
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
    seconds = options.seconds or (16 if options.quick else 24)
    print(
        f"{'parallelism':>11} {'docs/min':>9} {'+ start':>8} {'bound':>7} {'share':>6} {'sources':>8} "
        f"{'cpu ms/doc':>11} {'cores':>6}"
    )
    figures: dict[str, float] = {}
    for parallelism in levels:
        found = measure(parallelism, seconds=seconds, in_process=options.in_process)
        print(
            f"{parallelism:>11} {found['per_minute']:>9.0f} {found['with_start_per_minute']:>8.0f} "
            f"{found['bound_per_minute']:>7.0f} "
            f"{found['share_of_bound']:>6.0%} {SOURCES:>8} {found['cpu_ms_per_document']:>11.0f} "
            f"{found['cores_busy']:>6.1f}  "
            + ", ".join(f"{name[:-7]} {ms:.0f}" for name, ms in found.items() if name.endswith("_cpu_ms")),
            flush=True,
        )
        kinds = [name for name in found if name.endswith("_cpu_ms")]
        for name in (
            "per_minute",
            "with_start_per_minute",
            "share_of_bound",
            "cpu_ms_per_document",
            "cores_busy",
            *kinds,
        ):
            figures[f"{name}_at_{parallelism}"] = round(found[name], 3)
    print_result(delay_seconds=DELAY_SECONDS, cores=os.cpu_count(), **figures)


if __name__ == "__main__":
    main()
