"""Batches that are filled document by document, over the API: whoever sends decides when it is enough."""

from __future__ import annotations

from decimal import Decimal
from pathlib import PurePosixPath

from django.db import transaction
from django.db.models import Max

from common.errors import InvalidState
from processing.models import Batch, BatchItem
from processing.services.batches import cancel_batch, create_batch, pause_batch, resume_batch
from processing.services.documents import Submission
from processing.services.jobs import cancel_job
from processing.services.retrying import Retried, failed_jobs, retry_failed

_CANCELLED = "The batch was cancelled."


def open_batch(*, owner_id: int | None, kind: str, name: str, budget_usd: Decimal | None) -> Batch:
    """A batch without documents. It runs while one of its documents is under way, and again when more come."""
    return create_batch(
        kind=kind, name=name, options={"listed": True, "open": True}, budget_usd=budget_usd, owner_id=owner_id
    )


def refuse_closed(batch: Batch) -> None:
    """Raises InvalidState for a batch that takes no documents."""
    if batch.status == Batch.Status.CANCELLED:
        raise InvalidState(_CANCELLED)
    if not batch.options.get("open"):
        raise InvalidState("This batch is a file import; its documents are fixed.")


def add_to_batch(*, batch: Batch, submission: Submission, filename: str) -> BatchItem:
    """Write a submitted document down as the next of the batch. The job of one that came too late, after the batch
    was cancelled, is cancelled with the batch: raises InvalidState."""
    with transaction.atomic():
        now = Batch.objects.select_for_update().get(id=batch.id)
        if now.status != Batch.Status.CANCELLED:
            return _next_item(now, submission, filename)
    if not submission.seen_before:
        cancel_job(job_id=submission.job.id)
    raise InvalidState(_CANCELLED)


def _next_item(now: Batch, submission: Submission, filename: str) -> BatchItem:
    last = now.items.aggregate(last=Max("position"))["last"]
    position = 0 if last is None else last + 1
    own_repeat = now.items.filter(job=submission.job).exists()
    item = BatchItem.objects.create(
        batch=now,
        position=position,
        path=_distinct_path(now, filename or str(submission.document.id), position),
        sha256=submission.document.sha256,
        job=submission.job,
        seen_before=own_repeat or (submission.seen_before and submission.job.batch_id != now.id),
    )
    waiting = [Batch.Status.PENDING, Batch.Status.COMPLETED]
    Batch.objects.filter(id=now.id, status__in=waiting).update(status=Batch.Status.PROCESSING, finished_at=None)
    return item


def pause(batch: Batch, *, why: str) -> None:
    """Raises InvalidState where nothing of it runs."""
    if not pause_batch(batch_id=batch.id, why=why):
        raise InvalidState("Only a running batch can be paused.")


def resume(batch: Batch) -> None:
    """Raises InvalidState where it is not paused."""
    if batch.status != Batch.Status.PAUSED:
        raise InvalidState("Only a paused batch can be resumed.")
    resume_batch(batch_id=batch.id)


def cancel(batch: Batch) -> None:
    """Raises InvalidState where it was cancelled already, or has ended."""
    if cancel_batch(batch_id=batch.id) is None:
        raise InvalidState("The batch has ended already.")


def retry_failed_of(batch: Batch) -> Retried:
    """Try all failed documents of the batch again. Raises InvalidState for a cancelled batch."""
    if batch.status == Batch.Status.CANCELLED:
        raise InvalidState(_CANCELLED)
    result = retry_failed(failed_jobs(batch=batch))
    if result.revived:
        ended = Batch.objects.filter(id=batch.id, status=Batch.Status.COMPLETED)
        ended.update(status=Batch.Status.PROCESSING, finished_at=None)
    return result


def _distinct_path(batch: Batch, filename: str, position: int) -> str:
    if not batch.items.filter(path=filename).exists():
        return filename
    name = PurePosixPath(filename)
    return f"{name.stem} ({position + 1}){name.suffix}"
