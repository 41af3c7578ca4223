"""The files of one import: listed first, then done; what a resume goes by."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from decimal import Decimal
from itertools import islice
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import Exists, F, OuterRef, Q
from django.db.models.functions import Now

from common.errors import InvalidState, InvoicesiteError, NotFound
from processing.models import Batch, BatchItem, ProcessingJob
from processing.queueing import BATCH, wake_workers
from processing.services.jobs import cancel_jobs_of, due_now

LISTED_AT_ONCE = 1000  # rows a statement: the list of 100,000 files never stands in memory


def create_batch(
    *, kind: str, name: str, options: dict[str, Any], budget_usd: Decimal | None, owner_id: int | None = None
) -> Batch:
    return Batch.objects.create(kind=kind, name=name[:200], options=options, budget_usd=budget_usd, owner_id=owner_id)


def list_files(*, batch: Batch, paths: Iterable[object]) -> int:
    """Write down the files of a batch in order; those that are written down already stay as they are."""
    position, files = 0, iter(paths)
    while chunk := list(islice(files, LISTED_AT_ONCE)):
        rows = [BatchItem(batch=batch, position=position + i, path=str(path)) for i, path in enumerate(chunk)]
        BatchItem.objects.bulk_create(rows, ignore_conflicts=True)
        position += len(chunk)
    batch.options["listed"] = True
    batch.save(update_fields=["options"])
    return batch.items.count()


def find_batch(text: str) -> Batch:
    """A batch by its id, the beginning of its id, or ``last``. Raises NotFound."""
    batches = Batch.objects.order_by("-created_at")
    if text == "last":
        found = list(batches[:1])
    else:
        found = list(batches.extra(where=["processing_batch.id::text LIKE %s"], params=[text.casefold() + "%"])[:2])
    if len(found) != 1:
        raise NotFound(f"There is {'more than one' if found else 'no'} batch “{text}”.")
    return found[0]


def start_batch(*, batch: Batch, budget_usd: Decimal | None) -> None:
    """Mark a batch as running, for the first time or again; ``budget_usd`` replaces its ceiling."""
    if batch.status == Batch.Status.CANCELLED:
        raise InvalidState("The batch was cancelled.")
    if budget_usd is not None and budget_usd < batch.spent_usd + batch.reserved_usd:
        raise InvalidState(f"The batch has spent {batch.spent_usd + batch.reserved_usd:.4f} USD already.")
    batch.status, batch.stop_reason, batch.finished_at = Batch.Status.PROCESSING, "", None
    if budget_usd is not None:
        batch.budget_usd = budget_usd
    batch.save(update_fields=["status", "stop_reason", "finished_at", "budget_usd"])


def pause_batch(*, batch_id: UUID, why: str) -> bool:
    """Stop a batch where it is: no job of it is claimed until it is started again. False where it had stopped."""
    running = Batch.objects.filter(id=batch_id, status=Batch.Status.PROCESSING)
    return running.update(status=Batch.Status.PAUSED, stop_reason=why) == 1


def resume_batch(*, batch_id: UUID) -> int:
    """Let a paused batch go on and wake workers for it. Gives how many jobs were woken at once; the sweep wakes the
    others as these are done."""
    paused = Batch.objects.filter(id=batch_id, status=Batch.Status.PAUSED)
    if paused.update(status=Batch.Status.PROCESSING, stop_reason="") != 1:
        return 0
    waiting = ProcessingJob.objects.filter(due_now(), batch_id=batch_id, attempts__lt=F("max_attempts"))
    ids = list(waiting.order_by("created_at").values_list("id", flat=True)[:LISTED_AT_ONCE])
    wake_workers(ids, lane=BATCH)
    return len(ids)


def cancel_batch(*, batch_id: UUID) -> int | None:
    """End a batch where it is: what has not ended is cancelled, what runs stops at its next step. Gives how many jobs
    were cancelled, None where the batch had ended."""
    with transaction.atomic():
        alive = Batch.objects.filter(id=batch_id).exclude(status__in=[Batch.Status.COMPLETED, Batch.Status.CANCELLED])
        if alive.update(status=Batch.Status.CANCELLED, stop_reason="The batch was cancelled.", finished_at=Now()) != 1:
            return None
        return cancel_jobs_of(Batch.objects.get(id=batch_id))


def finish_batches() -> int:
    """Mark as completed the imports that workers have come to the end of while nobody followed them."""
    running = Batch.objects.filter(status=Batch.Status.PROCESSING, options__listed=True)
    return sum(finish_batch(batch=batch) for batch in running)


def finish_batch(*, batch: Batch) -> bool:
    """Mark a batch as completed when nothing of it is open. False where something is."""
    if unsubmitted(batch).exists() or open_jobs(batch).exists():
        return False
    done = Batch.objects.filter(id=batch.id, status=Batch.Status.PROCESSING)
    return done.update(status=Batch.Status.COMPLETED, finished_at=Now()) == 1


def unsubmitted(batch: Batch) -> Any:
    return batch.items.filter(job__isnull=True, error_code="")


def items_to_submit(batch: Batch) -> Iterator[BatchItem]:
    """The files that no job was made of yet, in order, read in portions."""
    position = -1
    while portion := list(unsubmitted(batch).filter(position__gt=position).order_by("position")[:LISTED_AT_ONCE]):
        yield from portion
        position = portion[-1].position


def open_jobs(batch: Batch) -> Any:
    """Jobs that the batch waits for: its own, and those of other imports that had its files first."""
    shared = BatchItem.objects.filter(batch=batch, job=OuterRef("pk"))
    mine = Q(batch=batch) | Exists(shared)
    return ProcessingJob.objects.filter(mine, status__in=["pending", "processing"])


def note_submitted(*, item: BatchItem, job: ProcessingJob, sha256: str, seen_before: bool) -> None:
    item.job, item.sha256 = job, sha256
    # A file that this very batch submitted before it was interrupted is not one seen before; a second file with the
    # same bytes is, or what its job cost would be counted twice.
    item.seen_before = seen_before and (
        job.batch_id != item.batch_id or BatchItem.objects.filter(batch=item.batch_id, job=job).exists()
    )
    item.save(update_fields=["job", "sha256", "seen_before"])


def note_refused(*, item: BatchItem, error: InvoicesiteError, sha256: str = "") -> None:
    item.error_code, item.error_message, item.sha256 = error.code, error.message, sha256
    item.save(update_fields=["error_code", "error_message", "sha256"])
