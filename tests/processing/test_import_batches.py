"""Imports for the workers: files are submitted many at a time, killed at any moment, and resumed anywhere."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from django.db import connection
from django_q.models import OrmQ

from invoices.models import Invoice
from processing.imports.run import BatchRun, file_bytes
from processing.models import Batch, BatchItem, Document, ProcessingJob
from processing.services import batches
from processing.services.bulk import BulkSubmission, IncomingFile, submit_files
from processing.services.documents import JobOptions, Origin, submit_document
from tests.processing.invoice_files import text_invoice, write_invoices

ROOT = Path(__file__).resolve().parents[2]
pytestmark = pytest.mark.django_db(transaction=True)


def batch_of(folder: Path, *, host: str = "") -> Batch:
    batch = batches.create_batch(kind="invoice", name="many", options={"host": host} if host else {}, budget_usd=None)
    batches.start_batch(batch=batch, budget_usd=None)
    batches.list_files(batch=batch, paths=sorted(folder.rglob("*.txt")))
    return batch


def submit(batch: Batch, items: list[BatchItem]) -> BulkSubmission:
    files = [IncomingFile(item, Path(item.path).name, Origin(source="folder")) for item in items]
    with ThreadPoolExecutor(2) as threads:
        return submit_files(
            batch=batch,
            files=files,
            read=lambda file: file_bytes(Path(file.item.path), kind="invoice"),
            options=JobOptions(policy="rules"),
            threads=threads,
        )


def test_files_become_documents_jobs_and_tasks_together(tmp_path: Path) -> None:
    write_invoices(tmp_path, 45)
    batch = batch_of(tmp_path)
    done = submit(batch, list(batch.items.all()))
    assert (done.submitted, done.repeats, done.errors) == (45, [], [])
    assert Document.objects.count() == ProcessingJob.objects.filter(status="pending", batch=batch).count() == 45
    assert OrmQ.objects.filter(key="batch").count() == 3, "tasks of up to 20 jobs"
    for item in batch.items.select_related("job__document"):
        assert item.job is not None
        assert item.sha256 == item.job.document.sha256
    assert list(batches.items_to_submit(batch)) == []


def test_repeats_and_bad_files_are_set_apart_and_leave_nothing_behind(tmp_path: Path, own_storage: Path) -> None:
    folder = tmp_path / "in"
    write_invoices(folder, 3)
    first = sorted(folder.rglob("*.txt"))[0]
    (folder / "zz_copy.txt").write_bytes(first.read_bytes())
    (folder / "zz_empty.txt").write_bytes(b"")
    known = submit_document(data=text_invoice(number="KNOWN-1"), filename="known.txt", enqueue=False)
    (folder / "zz_known.txt").write_bytes(text_invoice(number="KNOWN-1"))
    batch = batch_of(folder)
    done = submit(batch, list(batch.items.all()))
    assert done.submitted == 3
    assert [Path(file.item.path).name for file in done.repeats] == ["zz_copy.txt", "zz_known.txt"]
    assert [(Path(file.item.path).name, error.code) for file, error in done.errors] == [("zz_empty.txt", "empty_file")]
    stored = [path for path in own_storage.rglob("*") if path.is_file()]
    assert len(stored) == 4 == Document.objects.count()
    assert known.document.jobs.count() == 1


def test_what_one_machine_submitted_another_runs_without_the_files(tmp_path: Path) -> None:
    write_invoices(tmp_path / "in", 12)
    batch = batch_of(tmp_path / "in", host="the-first-machine")
    submit(batch, list(batch.items.all()[:8]))
    shutil.rmtree(tmp_path / "in")
    run = BatchRun(batch=batch, options=JobOptions(policy="rules"), parallelism=2, on_progress=lambda _: None)
    run.run()
    assert ProcessingJob.objects.filter(batch=batch, status="completed").count() == 8 == Invoice.objects.count()
    assert run.elsewhere == 4
    assert batches.unsubmitted(batch).count() == 4, "for the machine that has them"


def test_an_import_that_was_killed_goes_on_in_another_process_and_folder(tmp_path: Path, own_storage: Path) -> None:
    write_invoices(tmp_path / "in", 260)
    environment = {
        **{name: value for name, value in os.environ.items() if not name.startswith(("OPENAI", "AZURE", "LLM_"))},
        "DATABASE_URL": database_url(),
        "STORAGE_URL": own_storage.as_uri(),
    }

    def start(*arguments: str) -> subprocess.Popen[bytes]:
        (tmp_path / "elsewhere").mkdir(exist_ok=True)
        return subprocess.Popen(
            [sys.executable, str(ROOT / "manage.py"), "import_invoices", *arguments, "--queue", "--policy", "rules"],
            cwd=tmp_path / "elsewhere",
            env=environment,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )

    killed = start(str(tmp_path / "in"))
    wait_for(ProcessingJob.objects.exists, killed)
    killed.kill()
    killed.wait()
    after_kill = ProcessingJob.objects.count()
    resumed = start("--resume", "last")
    try:
        wait_for(lambda: BatchItem.objects.filter(job__isnull=False).count() == 260, resumed)
    finally:
        resumed.kill()
        resumed.wait()
    assert 0 < after_kill <= 260
    assert ProcessingJob.objects.count() == Document.objects.count() == 260
    assert Batch.objects.count() == 1


def database_url() -> str:
    from benchmarks.machine import url_of

    return url_of(str(connection.settings_dict["NAME"]))


def wait_for(condition: Callable[[], bool], program: subprocess.Popen[bytes]) -> None:
    until = time.monotonic() + 60
    while not condition():
        assert time.monotonic() < until
        assert program.poll() is None
        time.sleep(0.05)
