"""Reading a document again because a person wants it read otherwise."""

from __future__ import annotations

from uuid import UUID

from django.db import transaction

from common.errors import InvalidState, NotFound
from invoices.models import Invoice
from processing.models import Document, ProcessingJob
from processing.queueing import lane_of, wake_workers
from processing.services.documents import JobOptions


@transaction.atomic
def read_again(*, document_id: UUID, options: JobOptions) -> ProcessingJob:
    """A new job for a document, with a policy and a ceiling of its own; its result replaces the invoice's values, whose
    old ones stay in the history. Raises NotFound, and InvalidState where a job is under way, the file is gone, or the
    invoice is decided: it has to be reopened before."""
    document = Document.objects.select_for_update(of=("self",)).select_related("invoice").filter(id=document_id).first()
    if document is None:
        raise NotFound
    if document.purged_at is not None:
        raise InvalidState("The file was deleted at the end of its retention period and cannot be read again.")
    invoice = document.invoice
    if invoice is not None and invoice.status in (Invoice.Status.APPROVED, Invoice.Status.REJECTED):
        raise InvalidState(f"The invoice is {invoice.get_status_display()}; reopen it before reading it again.")
    if document.jobs.filter(status__in=[ProcessingJob.Status.PENDING, ProcessingJob.Status.PROCESSING]).exists():
        raise InvalidState("This document is already being processed.")
    job = ProcessingJob.objects.create(document=document, **options.columns(document.kind))
    wake_workers([job.id], lane=lane_of(job))
    return job
