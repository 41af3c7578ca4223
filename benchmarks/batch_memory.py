"""Small documents by the ten thousand through `import_invoices --queue`: memory over time, killed half-way and resumed.

usage: python -m benchmarks.batch_memory [--quick] [--documents N] [--report-seconds S]

The import and the workers are programs of their own, by policy `rules`. When half of the files are submitted the import
is killed (SIGKILL), and resumed by `--resume last`. Printed is the resident memory (RSS) of the import and of the
largest worker as the count of documents grows. In the end every file must have one job that ended, and every completed
one an invoice. Exit 1 where not. Last line: one JSON object.
"""

from __future__ import annotations

import argparse
import subprocess
import time

import psutil

from benchmarks.machine import Machine, machine, print_result
from benchmarks.plain_invoices import write_invoices

from invoices.models import Invoice  # isort: skip  # after machine, which sets Django up
from processing.models import BatchItem, Document, ProcessingJob, WorkerHeartbeat


def run(documents: int, *, report_seconds: float) -> dict[str, float]:
    """Import ``documents`` files; gives the figures. Raises AssertionError where one is missing or doubled."""
    with machine(delay_seconds=None, EXTRACTION_PARALLELISM="4", EXTRACTION_POLICY="rules") as box:
        for _ in write_invoices(box.folder / "in", documents):
            pass
        box.work()
        began = time.monotonic()
        options = ["--policy", "rules", "--queue", "--output", str(box.folder / "out")]
        program = box.start("manage.py", "import_invoices", str(box.folder / "in"), *options, log="import.log")
        print(f"{'seconds':>8} {'submitted':>10} {'ended':>8} {'import MB':>10} {'worker MB':>10}")
        seen: list[tuple[int, float, float]] = []
        killed = False
        while program.poll() is None or not killed:
            submitted = BatchItem.objects.filter(job__isnull=False).count()
            if not killed and (submitted >= documents / 2 or program.poll() is not None):
                program.kill()
                program.wait()
                killed = True
                print(f"{time.monotonic() - began:>8.0f} {submitted:>10}  killed and resumed", flush=True)
                arguments = ["import_invoices", "--resume", "last", *options]
                program = box.start("manage.py", *arguments, log="import.log")
            ended = ProcessingJob.objects.filter(finished_at__isnull=False).count()
            seen.append((ended, _rss_mb(program), _largest_worker_mb()))
            print(
                f"{time.monotonic() - began:>8.0f} {submitted:>10} {ended:>8} "
                f"{seen[-1][1]:>10.0f} {seen[-1][2]:>10.0f}",
                flush=True,
            )
            time.sleep(report_seconds)
        took = time.monotonic() - began
        _check(box, documents)
        later = [row for row in seen if row[0] >= documents / 4]
        early = [row for row in seen if 0 < row[0] <= documents / 2] or seen
        return {
            "documents": documents,
            "seconds": round(took),
            "documents_per_minute": round(documents / took * 60),
            "import_mb_first_half": round(max(row[1] for row in early)),
            "import_mb_most": round(max(row[1] for row in seen)),
            "worker_mb_first_half": round(max(row[2] for row in early)),
            "worker_mb_most": round(max(row[2] for row in later or seen)),
        }


def _check(box: Machine, documents: int) -> None:
    log = (box.folder / "import.log").read_text()[-2000:]
    assert BatchItem.objects.filter(job__finished_at__isnull=False).count() == documents, log
    assert ProcessingJob.objects.count() == Document.objects.count() == documents, log
    completed = ProcessingJob.objects.filter(status="completed").count()
    assert Invoice.objects.count() == completed, log


def _rss_mb(program: subprocess.Popen[bytes]) -> float:
    try:
        return psutil.Process(program.pid).memory_info().rss / 1e6
    except psutil.Error:
        return 0.0


def _largest_worker_mb() -> float:
    sizes = [0.0]
    for pid in WorkerHeartbeat.objects.values_list("pid", flat=True):
        try:
            sizes.append(psutil.Process(pid).memory_info().rss / 1e6)
        except psutil.Error:
            continue
    return max(sizes)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--quick", action="store_true", help="400 documents")
    parser.add_argument("--documents", type=int, help="10,000 unless it is said; 100000 for a night")
    parser.add_argument("--report-seconds", type=float)
    options = parser.parse_args()
    documents = options.documents or (400 if options.quick else 10_000)
    try:
        figures = run(
            documents,
            report_seconds=options.report_seconds or (3 if documents <= 1000 else 10 if documents <= 10_000 else 60),
        )
    except AssertionError as error:
        print(f"broken: {error}")
        return 1
    print_result(**figures)
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
