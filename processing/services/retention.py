"""Deleting the files of documents whose retention has ended. The records stay."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

import structlog
from django.db import transaction
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils import timezone

from processing.errors import StorageUnavailable
from processing.models import Document, ProcessingJob, StoredContent
from processing.spending.reply_cache import forget_document
from processing.storage import delete_bytes

log = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True)
class Purged:
    """One document and what became of its file; ``error`` where it could not be deleted and is tried again."""

    document: Document
    error: str = ""


def expired_documents(*, before: datetime) -> QuerySet[Document]:
    """Documents submitted and last worked on before ``before`` whose file is there and not on legal hold."""
    # A file that came again after it was deleted is stored anew under its first document: its job tells when.
    in_use = Q(status__in=["pending", "processing"]) | Q(created_at__gte=before) | Q(finished_at__gte=before)
    jobs_in_use = ProcessingJob.objects.filter(in_use, document=OuterRef("pk"))
    return Document.objects.filter(
        ~Exists(jobs_in_use), created_at__lt=before, purged_at__isnull=True, legal_hold=False
    ).order_by("created_at", "id")


def purge_expired(*, before: datetime) -> Iterator[Purged]:
    """Delete the files of all expired documents and what was read from them; each is given as it is done. A file that
    cannot be deleted does not stop the others."""
    for document_id in list(expired_documents(before=before).values_list("id", flat=True)):
        document = None
        try:
            with transaction.atomic():
                # Looked at again under the lock: a hold may have come, or a job, since the list was made.
                document = (
                    expired_documents(before=before).select_for_update(of=("self",)).filter(id=document_id).first()
                )
                if document is None:
                    continue
                # Before the row says so: deleting twice does no harm, and no file is left that nobody knows of.
                delete_bytes(key=document.storage_key)
                StoredContent.objects.filter(document=document).delete()
                forget_document(document.id)
                document.purged_at = timezone.now()
                document.save(update_fields=["purged_at"])
        except StorageUnavailable as error:
            log.warning("purge_failed", document_id=str(document_id))
            if document is not None:
                yield Purged(document, error.message)
            continue
        log.info("purged", document_id=str(document_id))
        yield Purged(document)
