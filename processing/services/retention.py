"""Deleting the files of documents whose retention has ended, and what was read from them. The records stay."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

import structlog
from django.db import transaction
from django.db.models import Exists, OuterRef, Q, QuerySet, Subquery
from django.utils import timezone

from invoices.services.writing import forget_document_words
from processing.errors import StorageUnavailable
from processing.models import Document, LLMCall, MailMessage, ProcessingJob, StoredContent
from processing.spending.reply_cache import forget_document
from processing.storage import delete_bytes

log = structlog.get_logger(__name__)

_AT_ONCE = 5_000


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
    # What came inside of a held file is held: an attachment of a mail, an entry of an archive in it.
    held = Q(legal_hold=True) | Q(parent__legal_hold=True) | Q(parent__parent__legal_hold=True)
    expired = Document.objects.filter(~Exists(jobs_in_use), created_at__lt=before, purged_at__isnull=True)
    return expired.exclude(id__in=Document.objects.filter(held).values("id")).order_by("created_at", "id")


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
                document.purged_at = timezone.now()
                document.save(update_fields=["purged_at"])
                _forget_content(Document.objects.filter(id=document.id))
                forget_document(document.id)
        except StorageUnavailable as error:
            log.warning("purge_failed", document_id=str(document_id))
            if document is not None:
                yield Purged(document, error.message)
            continue
        log.info("purged", document_id=str(document_id))
        yield Purged(document)


def forget_purged() -> int:
    """Delete what is left of the content of documents whose file went before replies went with it, some at a time;
    gives how many had some."""
    with_replies = Q(jobs__raw_response__gt="") | Q(jobs__llm_calls__raw_reply__gt="")
    left = Document.objects.filter(with_replies, purged_at__isnull=False).order_by("id").distinct()
    ids = list(left.values_list("id", flat=True)[:_AT_ONCE])
    if ids:
        _forget_content(Document.objects.filter(id__in=ids))
    return len(ids)


def _forget_content(documents: QuerySet[Document]) -> None:
    """What readers and models made of the documents, word by word; values of the records, and what calls cost, stay."""
    ids = documents.values("id")
    StoredContent.objects.filter(document__in=ids).delete()
    ProcessingJob.objects.filter(document__in=ids).exclude(raw_response="").update(raw_response="")
    LLMCall.objects.filter(job__document__in=ids).exclude(raw_reply="").update(raw_reply="")
    for invoice_id in documents.exclude(invoice=None).values_list("invoice_id", flat=True):
        forget_document_words(invoice_id)
    others_left = Document.objects.filter(mail_messages=OuterRef("pk"), purged_at__isnull=True)
    messages = MailMessage.objects.filter(~Exists(others_left), documents__in=Subquery(ids))
    MailMessage.objects.filter(id__in=messages.values("id")).update(sender="", subject="")
