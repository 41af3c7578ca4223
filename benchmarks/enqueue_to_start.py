"""From the upload of a person to the begin of its job, while a batch keeps all workers of batches busy.

usage: python -m benchmarks.enqueue_to_start [--quick] [--batch N] [--uploads N]

A batch is submitted, `manage.py work` runs it against a model that takes 4 s to answer, and meanwhile single documents
are submitted as uploads are. Measured is the time between the rows' own `created_at` and `started_at`, and that the
batch was not done before the last upload began. Last line: one JSON object.
"""

from __future__ import annotations

import argparse
import statistics
import time
from concurrent.futures import ThreadPoolExecutor
from itertools import islice
from pathlib import Path
from typing import Any
from uuid import UUID

from benchmarks.machine import machine, print_result, use_storage_of, wait_until
from benchmarks.plain_invoices import invoice_text, write_invoices

from processing.models import Batch, ProcessingJob, WorkerHeartbeat  # isort: skip  # after machine: Django is set up
from processing.services.batches import create_batch, items_to_submit, list_files
from processing.services.bulk import IncomingFile, submit_files
from processing.services.documents import JobOptions, Origin, submit_document

UPLOAD = 10  # the priority of what people upload


def upload(number: int) -> UUID:
    options = JobOptions(policy="llm", priority=UPLOAD)
    submission = submit_document(data=invoice_text(number).encode(), filename=f"{number}.txt", options=options)
    return submission.job.id


def run(*, documents: int, uploads: int, parallelism: int) -> dict[str, Any]:
    with machine(delay_seconds=4.0, EXTRACTION_PARALLELISM=str(parallelism)) as box:
        use_storage_of(box)
        batch = create_batch(kind="invoice", name="large", options={}, budget_usd=None)
        Batch.objects.filter(id=batch.id).update(status="processing")
        list_files(batch=batch, paths=write_invoices(box.folder / "in", documents))
        # As `import_invoices --queue` submits, but before anybody works.
        items = items_to_submit(batch)
        with ThreadPoolExecutor(8) as threads:
            while portion := list(islice(items, 200)):
                done = submit_files(
                    batch=batch,
                    files=[IncomingFile(item, Path(item.path).name, Origin(source="folder")) for item in portion],
                    read=lambda file: Path(file.item.path).read_bytes(),
                    options=JobOptions(policy="llm"),
                    threads=threads,
                )
                assert done.submitted == len(portion)
        box.work()
        busy = WorkerHeartbeat.objects.filter(lane="batch", running__gte=max(1, parallelism // 4))
        wait_until("the workers are busy", busy.exists, seconds=90)
        wait_until("workers for uploads", WorkerHeartbeat.objects.exclude(lane="batch").exists, seconds=90)
        ids = []
        for number in range(uploads):
            ids.append(upload(documents + number))
            time.sleep(0.4)
        mine = ProcessingJob.objects.filter(id__in=ids)
        wait_until("the uploads began", lambda: not mine.filter(started_at=None).exists(), seconds=60)
        left = ProcessingJob.objects.filter(batch=batch, status__in=["pending", "processing"]).count()
        waits = sorted((job.started_at - job.created_at).total_seconds() for job in mine if job.started_at)
        return {
            "batch": documents,
            "batch_open_at_the_end": left,
            "uploads": uploads,
            "p50_seconds": round(statistics.median(waits), 3),
            "p95_seconds": round(statistics.quantiles(waits, n=20)[18], 3),
            "most_seconds": round(waits[-1], 3),
        }


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--quick", action="store_true", help="a batch of 400, 30 uploads")
    parser.add_argument("--batch", type=int)
    parser.add_argument("--uploads", type=int)
    parser.add_argument("--parallelism", type=int, default=20)
    options = parser.parse_args()
    figures = run(
        documents=options.batch or (400 if options.quick else 10_000),
        uploads=options.uploads or (30 if options.quick else 200),
        parallelism=options.parallelism,
    )
    for name, value in figures.items():
        print(f"{name:22} {value}")
    print_result(**figures)


if __name__ == "__main__":
    main()
