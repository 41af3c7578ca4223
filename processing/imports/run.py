"""Runs a batch in this process: files are submitted and their jobs run side by side, a few at a time."""

from __future__ import annotations

import queue
import socket
import threading
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from dataclasses import dataclass, field
from decimal import Decimal
from itertools import islice
from typing import Any, cast

import structlog
from django.db import DatabaseError, connection
from django.db.models import Min
from django.utils import timezone

from common.errors import InvoicesiteError
from invoices.records import Kind
from processing.channels.bucket import Source, is_bucket, source_at
from processing.errors import LLMAuth, StorageUnavailable
from processing.models import Batch, BatchItem, ProcessingJob
from processing.pipeline.run import run_job
from processing.queueing import BATCH, wake_workers
from processing.services import batches
from processing.services.bulk import IncomingFile, submit_files
from processing.services.documents import JobOptions, Origin, Submission, max_bytes_of, submit_document
from processing.services.jobs import take_back_lost_jobs
from processing.spending.ledger import settle_abandoned_calls

log = structlog.get_logger(__name__)

POLL_SECONDS = 0.5
FILES_AT_ONCE = 200  # of --queue: as many rows a transaction; their bytes are let go one by one
SUBMIT_THREADS = 8  # they wait for the disk or the bucket, which has to say that it keeps a file
_HOST = socket.gethostname()


class UnreadableFile(InvoicesiteError):
    code = "not_found"
    http_status = 404
    default_message = "Could not read the file."


@dataclass(slots=True)
class Progress:
    """What a person watches: counts of files, the money spent so far, and why nothing moves just now."""

    total: int = 0
    done: int = 0
    failed: int = 0
    seen_before: int = 0
    cost_usd: Decimal = Decimal(0)
    waits_for: str = ""
    lock: threading.Lock = field(default_factory=threading.Lock)

    def add(self, *, failed: bool = False, seen_before: bool = False, cost_usd: Decimal = Decimal(0)) -> None:
        with self.lock:
            self.done += 1
            self.failed += failed
            self.seen_before += seen_before
            self.cost_usd += cost_usd


@dataclass(slots=True)
class BatchRun:
    """One go at a batch. ``stopping`` set (Ctrl-C) ends it after the jobs that run; ``stopped_because`` says why it
    ended before its end. Where no job can go on for ``most_wait_seconds`` (a model that limits requests, an open
    breaker, a budget), the run ends and can be resumed. ``again`` reads what was read before this batch, too."""

    batch: Batch
    options: JobOptions
    parallelism: int
    on_progress: Callable[[Progress], Any]
    most_wait_seconds: float = 3600.0
    again: bool = False
    stopping: threading.Event = field(default_factory=threading.Event)
    stopped_because: str = ""
    elsewhere: int = 0
    progress: Progress = field(default_factory=Progress)

    def run(self) -> None:
        """Submit and run everything of the batch that is not done; returns when it is, or when it was stopped."""
        self._count_what_is_done()
        work: queue.Queue[BatchItem | None] = queue.Queue(maxsize=self.parallelism * 2)
        with ThreadPoolExecutor(self.parallelism, thread_name_prefix="import") as pool:
            workers = [pool.submit(self._work, work) for _ in range(self.parallelism)]
            try:
                for item in batches.items_to_submit(self.batch):
                    self._put(work, item)
                    if self.stopping.is_set():
                        break
            finally:
                while not all(worker.done() for worker in workers):
                    with suppress(queue.Full):
                        work.put(None, timeout=0.1)
            for worker in workers:
                worker.result()
        self._finish_open_jobs()
        self._count_what_is_done()

    def submit_to_workers(self) -> None:
        """Submit everything and leave the jobs to the workers of ``qcluster``, following them until the last one
        ends."""
        self._count_what_is_done()
        with ThreadPoolExecutor(SUBMIT_THREADS, thread_name_prefix="submit") as threads:
            items = batches.items_to_submit(self.batch)
            while not self.stopping.is_set() and (portion := list(islice(items, FILES_AT_ONCE))):
                self._submit_together(portion, threads)
                self.on_progress(self.progress)
        self._follow()

    def _submit_together(self, items: list[BatchItem], threads: ThreadPoolExecutor) -> None:
        files = [IncomingFile(item, source_at(item.path).name, _origin(item)) for item in items]
        done = submit_files(batch=self.batch, files=files, read=self._bytes_of, options=self.options, threads=threads)
        for file, error in done.errors:
            self._not_taken(file.item, error)
        waiting = []
        for file in done.repeats:
            submission = self._submit(file.item)
            if submission is not None and submission.job.status == ProcessingJob.Status.PENDING:
                waiting.append(submission.job.id)
        wake_workers(waiting, lane=BATCH)

    def _bytes_of(self, file: IncomingFile) -> bytes:
        return file_bytes(source_at(file.item.path), kind=self.batch.kind)

    def _work(self, work: queue.Queue[BatchItem | None]) -> None:
        try:
            while (item := work.get()) is not None:
                if self.stopping.is_set():
                    continue
                submission = self._submit(item)
                if submission is not None:
                    self._run(submission.job)
        except DatabaseError as error:
            log.error("import_stopped", error=type(error).__name__)
            self.stopped_because = "The database is not responding."
            self.stopping.set()
        except BaseException:
            self.stopping.set()  # the others must not wait for a thread that is gone
            raise
        finally:
            connection.close()

    def _put(self, work: queue.Queue[BatchItem | None], item: BatchItem) -> None:
        while not self.stopping.is_set():
            try:
                return work.put(item, timeout=POLL_SECONDS)
            except queue.Full:
                self.on_progress(self.progress)
        return None

    def _submit(self, item: BatchItem) -> Submission | None:
        try:
            submission = submit_document(
                data=file_bytes(source_at(item.path), kind=self.batch.kind),
                filename=source_at(item.path).name,
                kind=cast(Kind, self.batch.kind),
                owner_id=self.batch.owner_id,
                origin=_origin(item),
                options=self.options,
                batch=self.batch,
                enqueue=False,
                anew=self.again,
            )
        except InvoicesiteError as error:
            self._not_taken(item, error)
            return None
        batches.note_submitted(
            item=item, job=submission.job, sha256=submission.document.sha256, seen_before=submission.seen_before
        )
        if submission.job.status not in ("pending", "processing"):
            self.progress.add(seen_before=item.seen_before, failed=submission.job.status == "failed")
            self.on_progress(self.progress)
            return None
        return submission

    def _not_taken(self, item: BatchItem, error: InvoicesiteError) -> None:
        if isinstance(error, StorageUnavailable):
            # Not the file's fault: the item stays open, and a resume takes it up again.
            self._stop(error.message)
            return
        if isinstance(error, UnreadableFile) and self.batch.options.get("host", _HOST) != _HOST:
            # Listed on another machine: it stays open, to be taken up there.
            self.elsewhere += 1
            return
        batches.note_refused(item=item, error=error)
        self.progress.add(failed=True)
        self.on_progress(self.progress)

    def _run(self, job: ProcessingJob) -> None:
        before = job.spent_usd
        if not run_job(job.id):
            return
        job.refresh_from_db()
        if job.error_code == LLMAuth.code:
            self._stop(job.error_message)
        if job.status in ("completed", "failed", "cancelled"):
            self.progress.add(failed=job.status == "failed", cost_usd=job.spent_usd - before)
            self.on_progress(self.progress)
        self._notice_pause()

    def _finish_open_jobs(self) -> None:
        """Jobs put back for later, and jobs that an interrupted run held: wait for their time and run them."""
        moved = time.monotonic()
        while not self.stopping.is_set():
            take_back_lost_jobs()
            settle_abandoned_calls()
            done = self.progress.done
            jobs = list(batches.open_jobs(self.batch).order_by("created_at")[: self.parallelism])
            if not jobs:
                return
            with ThreadPoolExecutor(self.parallelism, thread_name_prefix="import") as pool:
                list(pool.map(self._run_and_close, [job for job in jobs if job.status == "pending"]))
            self._notice_pause()
            if self.progress.done > done:
                moved = time.monotonic()
            if batches.open_jobs(self.batch).exists():
                self._wait(moved)

    def _wait(self, moved: float) -> None:
        """Wait until a job may go on, and say why; end the run where none did since ``moved`` for too long."""
        waiting = batches.open_jobs(self.batch).exclude(error_message="").order_by("not_before").first()
        why = waiting.error_message if waiting else ""
        if self.progress.waits_for != why:
            self.progress.waits_for = why
            self.on_progress(self.progress)
        left_seconds = moved + self.most_wait_seconds - time.monotonic()
        if left_seconds <= 0:
            self.stopped_because = f"Nothing moved for {self.most_wait_seconds:g} seconds. {why}".strip()
            self.stopping.set()
            return
        self.stopping.wait(min(self._until_next_due(), left_seconds))
        self.progress.waits_for = ""

    def _run_and_close(self, job: ProcessingJob) -> None:
        try:
            self._run(job)
        finally:
            connection.close()

    def _until_next_due(self) -> float:
        times = batches.open_jobs(self.batch).aggregate(a=Min("not_before"), b=Min("lease_until")).values()
        waits = [(due - timezone.now()).total_seconds() for due in times if due is not None]
        return min(max(min(waits, default=0.0), 0.05), 2.0)

    def _follow(self) -> None:
        while not self.stopping.is_set():
            began = time.monotonic()
            try:
                open_count = batches.open_jobs(self.batch).count()
                self.progress.done = max(self.progress.total - open_count, 0)  # parts of files are open, too
                self.progress.failed = self.batch.items.filter(job__status="failed").count()
                self.progress.failed += self.batch.items.exclude(error_code="").count()
                self.batch.refresh_from_db()
                self.progress.cost_usd = self.batch.spent_usd
            except DatabaseError as error:
                log.warning("progress_not_read", error=type(error).__name__)
                connection.close()
                open_count = 1
            self.on_progress(self.progress)
            if not open_count:
                if self.elsewhere:
                    self.stopped_because = (
                        f"{self.elsewhere} files are on {self.batch.options['host']} and cannot be read here."
                    )
                return
            self._notice_pause()
            # Counting 100,000 jobs takes a while: the database has better things to do most of the time.
            self.stopping.wait(max(POLL_SECONDS, 10 * (time.monotonic() - began)))

    def _notice_pause(self) -> None:
        state = Batch.objects.filter(id=self.batch.id).values("status", "stop_reason").first()
        if state and state["status"] in (Batch.Status.PAUSED, Batch.Status.CANCELLED):
            self.stopped_because = self.stopped_because or state["stop_reason"] or f"The batch is {state['status']}."
            self.stopping.set()

    def _stop(self, why: str) -> None:
        if batches.pause_batch(batch_id=self.batch.id, why=why):
            log.error("batch_stopped", why=why)
        self.stopped_because = why
        self.stopping.set()

    def _count_what_is_done(self) -> None:
        items = self.batch.items
        self.progress.total = items.count()
        ended = items.filter(job__status__in=["completed", "failed", "cancelled"])
        refused = items.exclude(error_code="")
        self.progress.done = ended.count() + refused.count()
        self.progress.failed = ended.filter(job__status="failed").count() + refused.count()


def _origin(item: BatchItem) -> Origin:
    return Origin(source="blob" if is_bucket(item.path) else "folder", detail={"path": item.path})


def file_bytes(path: Source, *, kind: str) -> bytes:
    """The file's bytes; of a file that is too large just enough to know it. Raises UnreadableFile."""
    try:
        with path.open("rb") as file:
            return file.read(max_bytes_of(kind) + 1)
    except OSError as error:
        raise UnreadableFile(f"Could not read the file: {error.strerror or type(error).__name__}.") from error
