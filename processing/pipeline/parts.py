"""Documents that came inside others (attachments, entries of archives, invoices of a batch file): each becomes a
document of its own, a child of the file."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, cast

import structlog
from django.db import connection

from common.errors import InvoicesiteError
from invoices.records import Kind
from processing.content.codec import encode_content
from processing.content.records import DocumentContent
from processing.errors import ExtractionFailed
from processing.models import Document, ProcessingJob
from processing.pipeline.kept_content import keep_content
from processing.queueing import lane_of, wake_workers
from processing.readers import media_types
from processing.readers.part_file import PartFile
from processing.sandbox import calls
from processing.services.documents import JobOptions, Origin, submit_document
from processing.spending.breaker import STORAGE
from processing.spending.guarding import guarded
from processing.storage import fetch_bytes

log = structlog.get_logger(__name__)

MAX_NESTING = 4  # an archive in a mail in an archive; deeper is an attack
MAX_WITHIN = 2_000  # documents of one file in all: archives within archives would multiply


def parts_of_document(document: Document) -> list[PartFile]:
    """The documents in a file that carries others, and in one of several e-invoices; empty for any other. Raises
    StorageUnavailable, and what ``readers.parts.parts_of`` does."""
    with guarded(STORAGE):
        data = fetch_bytes(key=document.storage_key, sha256=document.sha256)
    return calls.parts_of_file(data, document.media_type)


def carries_others(document: Document) -> bool:
    """Whether a document is of a kind that may hold others: then ``parts_of_document`` is worth its while."""
    return document.media_type in media_types.CARRIERS | media_types.WRAPPERS


def submit_parts(
    job: ProcessingJob, found: Sequence[PartFile], *, contents: Mapping[int, DocumentContent] | None = None
) -> int:
    """Submit the documents within the document of a job, as its children under the same limits; gives how many can be
    processed. ``contents``: what was read of a part already, by its place in ``found``.

    The document keeps the list of its parts, those at fault with their error. Safe to be done twice: the same bytes
    give the same documents. Raises StorageUnavailable, and ExtractionFailed for files within files without end.
    """
    around = job.document
    _check_nesting(around, len(found))
    noted: list[dict[str, Any]] = []
    for number, part in enumerate(found, start=1):
        note: dict[str, Any] = {"number": number, "name": part.name, "pages": list(part.pages)}
        if part.error is not None:
            note["error"] = {"code": part.error[0], "message": part.error[1]}
        else:
            try:
                note |= _submit(job, part, number, (contents or {}).get(number - 1))
            except InvoicesiteError as error:
                if not error.permanent:
                    raise
                log.info("part_refused", code=error.code)
                note["error"] = {"code": error.code, "message": error.message}
        noted.append(note)
    if noted:
        around.source_detail = {**around.source_detail, "parts": noted}
        around.save(update_fields=["source_detail"])
    return sum("document" in note for note in noted)


def _submit(job: ProcessingJob, part: PartFile, number: int, content: DocumentContent | None) -> dict[str, Any]:
    around = job.document
    detail: dict[str, Any] = {"attached_to": str(around.id), "part": {"of": around.filename, "number": number}}
    if part.pages:
        detail["part"]["pages"] = list(part.pages)
    submission = submit_document(
        data=part.data,
        filename=part.name or f"{around.filename}#{number}",
        declared_type=part.media_type,
        kind=cast(Kind, around.kind),
        owner_id=around.owner_id,
        origin=Origin(source=around.source, detail=detail, parent=around),
        options=JobOptions(
            policy=job.policy,
            budget_usd=job.budget_usd,
            max_output_tokens=job.max_output_tokens,
            priority=job.priority,
            external_id=job.external_id,
            metadata=job.metadata,
        ),
        batch=job.batch,
        enqueue=False,
    )
    if not submission.seen_before:
        if content is not None and submission.document.page_count is None:
            keep_content(submission.document, encoded=encode_content(content), pages=len(content.pages))
        wake_workers([submission.job.id], lane=lane_of(submission.job))
    return {"document": str(submission.document.id), "job": str(submission.job.id)}


def _check_nesting(document: Document, more: int) -> None:
    depth, around = 0, document
    while around.parent is not None:
        depth, around = depth + 1, around.parent
        if depth > MAX_NESTING:
            raise ExtractionFailed("Files are packed within files more often than is read.")
    # The first file may hold as many as its reader gives; only files within it can make more of them without end.
    if depth and _count_within(around) + more > MAX_WITHIN:
        raise ExtractionFailed(f"The file holds more than {MAX_WITHIN:,} files within files.")


_COUNT_WITHIN = """
WITH RECURSIVE within AS (
    SELECT id FROM processing_document WHERE parent_id = %s
    UNION ALL SELECT child.id FROM processing_document child JOIN within ON child.parent_id = within.id
)
SELECT count(*) FROM within
"""


def _count_within(document: Document) -> int:
    with connection.cursor() as cursor:
        cursor.execute(_COUNT_WITHIN, [document.id])
        row = cursor.fetchone()
    return int(row[0]) if row else 0
