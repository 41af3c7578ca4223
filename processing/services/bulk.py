"""Many files of a batch submitted together: bytes first, then all rows and the queue's entries by one transaction."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Sequence
from concurrent.futures import Executor
from dataclasses import dataclass
from typing import cast
from uuid import UUID, uuid4

from django.db import connection, transaction
from django.utils import timezone

from common.errors import InvoicesiteError
from invoices.records import Kind
from processing.models import Batch, BatchItem, Document, ProcessingJob
from processing.queueing import BATCH, wake_workers
from processing.readers.detect import check_document
from processing.readers.media_types import extension_of
from processing.sandbox import calls
from processing.services.documents import JobOptions, Origin, max_bytes_of, shown_name
from processing.storage import delete_bytes, new_key, store_bytes


@dataclass(frozen=True, slots=True)
class IncomingFile:
    """What a file of a batch is. ``data`` is read when its turn comes."""

    item: BatchItem
    filename: str
    origin: Origin


@dataclass(frozen=True, slots=True)
class BulkSubmission:
    """``repeats`` hold bytes that were there before, or twice among these: what becomes of them is decided one by one.
    ``errors`` are the files that cannot be taken, with their reasons."""

    submitted: int
    repeats: list[IncomingFile]
    errors: list[tuple[IncomingFile, InvoicesiteError]]


def submit_files(
    *,
    batch: Batch,
    files: Sequence[IncomingFile],
    read: Callable[[IncomingFile], bytes],
    options: JobOptions,
    threads: Executor,
) -> BulkSubmission:
    """Validate and store the files side by side, then make documents, jobs, the batch's notes and the tasks for the
    workers of batches together. What is killed half-way leaves files without rows, which are submitted again."""
    outcomes = list(threads.map(lambda file: _stored(file, read, batch), files))
    errors = [(file, outcome) for file, outcome in zip(files, outcomes, strict=True) if not isinstance(outcome, _New)]
    found = {outcome.document.sha256: outcome for outcome in reversed(outcomes) if isinstance(outcome, _New)}
    made = _make_rows(batch, list(found.values()), options) if found else set()
    repeats = []
    for outcome in outcomes:
        if isinstance(outcome, _New) and outcome.document.id not in made:
            delete_bytes(key=outcome.document.storage_key)
            repeats.append(outcome.file)
    return BulkSubmission(submitted=len(made), repeats=repeats, errors=errors)


@dataclass(frozen=True, slots=True)
class _New:
    file: IncomingFile
    document: Document


def _stored(file: IncomingFile, read: Callable[[IncomingFile], bytes], batch: Batch) -> _New | InvoicesiteError:
    try:
        data = read(file)
        media_type = check_document(
            data,
            filename=file.filename,
            kind=cast(Kind, batch.kind),
            max_bytes=max_bytes_of(batch.kind),
            probe=calls.probe_document,
        )
        key = new_key(extension=extension_of(media_type), now=timezone.now())
        store_bytes(key=key, data=data)
    except InvoicesiteError as error:
        return error
    document = Document(
        id=uuid4(),
        owner_id=batch.owner_id,
        kind=batch.kind,
        sha256=hashlib.sha256(data).hexdigest(),
        size_bytes=len(data),
        media_type=media_type,
        filename=shown_name(file.filename),
        storage_key=key,
        source=file.origin.source,
        source_detail=file.origin.detail,
        parent=file.origin.parent,
    )
    return _New(file, document)


# A file that was noted meanwhile, by another import of the same batch, stays as it is.
_NOTE = """
UPDATE processing_batchitem AS item SET job_id = made.job_id, sha256 = made.sha256, seen_before = false
FROM unnest(%s::bigint[], %s::uuid[], %s::text[]) AS made(item_id, job_id, sha256)
WHERE item.id = made.item_id AND item.job_id IS NULL
"""


def _make_rows(batch: Batch, new: list[_New], options: JobOptions) -> set[UUID]:
    """Gives the ids of the documents that are new; the constraints decide which those are."""
    with transaction.atomic():
        Document.objects.bulk_create([one.document for one in new], ignore_conflicts=True)
        made = set(Document.objects.filter(id__in=[one.document.id for one in new]).values_list("id", flat=True))
        mine = [one for one in new if one.document.id in made]
        columns = options.columns(batch.kind)
        jobs = [ProcessingJob(document=one.document, batch=batch, **columns) for one in mine]
        ProcessingJob.objects.bulk_create(jobs)
        with connection.cursor() as cursor:
            shas = [one.document.sha256 for one in mine]
            cursor.execute(_NOTE, [[one.file.item.id for one in mine], [job.id for job in jobs], shas])
        wake_workers([job.id for job in jobs], lane=BATCH)
    return made
