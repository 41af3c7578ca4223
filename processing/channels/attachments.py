"""E-mails as documents: what is attached to them becomes documents of its own."""

from __future__ import annotations

from typing import cast

import structlog

from common.errors import InvoicesiteError
from invoices.records import Kind
from processing.models import ProcessingJob
from processing.sandbox import calls
from processing.services.documents import JobOptions, Origin, submit_document
from processing.spending.breaker import STORAGE
from processing.spending.guarding import guarded
from processing.storage import fetch_bytes

log = structlog.get_logger(__name__)

MAX_ATTACHMENTS = 100


def submit_attachments(job: ProcessingJob) -> int:
    """Submit the attachments of the e-mail that a job is about, as its document's children under the same limits;
    gives how many can be processed. Safe to be done twice: the same bytes give the same documents.

    Raises StorageUnavailable, CorruptFile and ExtractionFailed. Attachments that are at fault are left out.
    """
    mail = job.document
    taken = 0
    options = JobOptions(
        policy=job.policy,
        budget_usd=job.budget_usd,
        max_output_tokens=job.max_output_tokens,
        priority=job.priority,
    )
    with guarded(STORAGE):
        data = fetch_bytes(key=mail.storage_key, sha256=mail.sha256)
    for name, media_type, content in calls.attachments_of_email(data)[:MAX_ATTACHMENTS]:
        try:
            submit_document(
                data=content,
                filename=name,
                declared_type=media_type,
                kind=cast(Kind, mail.kind),
                owner_id=mail.owner_id,
                origin=Origin(source=mail.source, detail={"attached_to": str(mail.id)}, parent=mail),
                options=options,
                batch=job.batch,
            )
        except InvoicesiteError as error:
            if not error.permanent:
                raise
            log.info("attachment_refused", code=error.code)
        else:
            taken += 1
    return taken
