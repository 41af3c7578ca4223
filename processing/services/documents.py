"""Documents in: every channel ends in ``submit_document``."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from django.conf import settings
from django.db import IntegrityError, transaction
from django.utils import timezone

from common.telemetry.counters import count
from invoices.records import Kind
from processing.errors import DuplicateDocument
from processing.models import Batch, Document, ProcessingJob
from processing.queueing import lane_of, wake_workers
from processing.readers.detect import check_document
from processing.readers.media_types import extension_of
from processing.sandbox import calls
from processing.services.intake_telling import intake_counted, tell_intake
from processing.services.jobs import revive_job
from processing.storage import delete_bytes, new_key, store_bytes


@dataclass(frozen=True, slots=True)
class JobOptions:
    """How a document is to be processed; None takes the setting of its kind."""

    policy: str | None = None
    budget_usd: Decimal | None = None
    max_output_tokens: int | None = None
    priority: int = 0
    callback_url: str = ""
    include_hidden: bool = False
    external_id: str = ""
    metadata: dict[str, str] = field(default_factory=dict)

    def columns(self, kind: str) -> dict[str, Any]:
        prefix = "INVOICE" if kind == Document.Kind.INVOICE else "RATE_CARD"
        budget = self.budget_usd if self.budget_usd is not None else getattr(settings, f"{prefix}_BUDGET_USD")
        return {
            "policy": self.policy or settings.EXTRACTION_POLICY,
            "budget_usd": budget,
            "max_output_tokens": self.max_output_tokens or getattr(settings, f"{prefix}_MAX_OUTPUT_TOKENS"),
            "priority": self.priority,
            "callback_url": self.callback_url,
            "include_hidden": self.include_hidden,
            "external_id": self.external_id,
            "metadata": self.metadata,
        }


@dataclass(frozen=True, slots=True)
class Origin:
    """Where a document came from: the channel (``upload``, ``folder``, ``url``, ``blob``, ``mailbox``, ``webhook``)
    and what it knows of it (sender, message id, address)."""

    source: str = "upload"
    detail: dict[str, Any] = field(default_factory=dict)
    parent: Document | None = None


@dataclass(frozen=True, slots=True)
class Submission:
    """``seen_before``: the same bytes came from the same owner earlier, and ``job`` is the job that read them."""

    document: Document
    job: ProcessingJob
    seen_before: bool


def max_bytes_of(kind: str) -> int:
    megabytes: int = settings.MAX_INVOICE_MB if kind == Document.Kind.INVOICE else settings.MAX_RATE_CARD_MB
    return megabytes * 1024 * 1024


def submit_document(
    *,
    data: bytes,
    filename: str,
    declared_type: str = "",
    kind: Kind = "invoice",
    owner_id: int | None = None,
    origin: Origin | None = None,
    options: JobOptions | None = None,
    batch: Batch | None = None,
    enqueue: bool = True,
    anew: bool = False,
    refuse_duplicate: bool = False,
) -> Submission:
    """Validate, store and queue one document.

    The bytes are stored before any row exists; document, job and queue entry are made in one transaction. The same
    bytes of the same owner give the first job again and cost nothing, unless ``anew``, or the first job failed in a
    way that trying again may cure. Raises the errors of the table for files that cannot be taken, DuplicateDocument
    where ``refuse_duplicate``, and StorageUnavailable.
    """
    origin, options = origin or Origin(), options or JobOptions()
    with intake_counted(kind):
        media_type = check_document(
            data,
            filename=filename,
            declared=declared_type,
            kind=kind,
            max_bytes=max_bytes_of(kind),
            probe=calls.probe_document,
        )
    sha256 = hashlib.sha256(data).hexdigest()
    document = Document.objects.filter(owner_id=owner_id, kind=kind, sha256=sha256).first()
    if document is not None and refuse_duplicate:
        count("uploads_refused", kind=kind, code=DuplicateDocument.code)
        raise DuplicateDocument(f"The same file was submitted before, as {document.filename or document.id}.")
    key = ""
    if document is None or document.purged_at is not None:
        key = new_key(extension=extension_of(media_type), now=timezone.now())
        with intake_counted(kind):
            store_bytes(key=key, data=data)
    try:
        with transaction.atomic():
            if document is None:
                document = Document.objects.create(
                    owner_id=owner_id,
                    kind=kind,
                    sha256=sha256,
                    size_bytes=len(data),
                    media_type=media_type,
                    filename=shown_name(filename),
                    storage_key=key,
                    source=origin.source,
                    source_detail=origin.detail,
                    parent=origin.parent,
                )
                job, seen_before = _new_job(document, options, batch), False
            else:
                document = Document.objects.select_for_update().get(id=document.id)
                if document.purged_at is not None and not key:
                    raise _PurgedMeanwhile
                if key:
                    document.storage_key, document.purged_at = key, None
                    document.save(update_fields=["storage_key", "purged_at"])
                job, seen_before = _job_of_known(document, options, batch, anew=anew)
            if enqueue and not seen_before:
                wake_workers([job.id], lane=lane_of(job))
    except (IntegrityError, _PurgedMeanwhile):
        # Somebody submitted the same bytes at this moment: their document is the first, ours is found to be a repeat.
        # Or the file of the first was deleted at this moment: the bytes are stored anew.
        if key:
            delete_bytes(key=key)
        if not Document.objects.filter(owner_id=owner_id, kind=kind, sha256=sha256).exists():
            raise
        return submit_document(
            data=data,
            filename=filename,
            declared_type=declared_type,
            kind=kind,
            owner_id=owner_id,
            origin=origin,
            options=options,
            batch=batch,
            enqueue=enqueue,
            anew=anew,
            refuse_duplicate=refuse_duplicate,
        )
    tell_intake(job, kind=kind, source=origin.source)
    return Submission(document=document, job=job, seen_before=seen_before)


class _PurgedMeanwhile(Exception):
    """The file was there when the document was looked for, and is deleted now that its row is held."""


def shown_name(filename: str) -> str:
    """A file's name as people see it: no folders, no control characters, at most 255 characters."""
    name = filename.replace("\\", "/").rsplit("/", 1)[-1]
    return "".join(c for c in name if c.isprintable())[:255]


def _new_job(document: Document, options: JobOptions, batch: Batch | None) -> ProcessingJob:
    return ProcessingJob.objects.create(document=document, batch=batch, **options.columns(document.kind))


def _job_of_known(
    document: Document, options: JobOptions, batch: Batch | None, *, anew: bool
) -> tuple[ProcessingJob, bool]:
    """The job that answers for bytes seen before, and whether it needs no work."""
    columns = options.columns(document.kind)
    jobs = document.jobs.order_by("-created_at")
    open_job = jobs.filter(status__in=["pending", "processing"]).first()
    if open_job is not None:
        _tell_too(open_job, options)
        return open_job, True
    earlier = jobs.filter(policy=columns["policy"], include_hidden=columns["include_hidden"]).first()
    # What an import that was killed had submitted is not read a third time by its resume.
    of_this_batch = earlier is not None and batch is not None and earlier.batch_id == batch.id
    if earlier is None or (anew and not of_this_batch):
        return _new_job(document, options, batch), False
    if earlier.status == ProcessingJob.Status.COMPLETED:
        has_result = document.invoice_id is not None or document.rate_card_id is not None
        if has_result:
            _tell_too(earlier, options, call_back=False)
        return (earlier, True) if has_result else (_new_job(document, options, batch), False)
    if revive_job(job_id=earlier.id, budget_usd=columns["budget_usd"], batch=batch, only_if_it_may_help=True):
        earlier.refresh_from_db()
        _tell_too(earlier, options)
        return earlier, False
    return earlier, True


def _tell_too(job: ProcessingJob, options: JobOptions, *, call_back: bool = True) -> None:
    """A job of before may still tell whoever submits the same bytes now, and carry what they call them; what another
    submission said first stays."""
    if call_back and options.callback_url and not job.callback_url:
        ProcessingJob.objects.filter(pk=job.pk, callback_url="").update(callback_url=options.callback_url)
    if (options.external_id or options.metadata) and not (job.external_id or job.metadata):
        job.external_id, job.metadata = options.external_id, options.metadata
        ProcessingJob.objects.filter(pk=job.pk, external_id="", metadata={}).update(
            external_id=options.external_id, metadata=options.metadata
        )
