"""One document's way: claim → read → extract → validate → store. Everything that a job does passes ``run_job``."""

from __future__ import annotations

import random
import time
from collections.abc import Callable
from datetime import datetime, timedelta
from functools import partial
from uuid import UUID

import structlog
from django.db import Error, connection, transaction
from django.utils import timezone

from common.errors import InvalidState, InvoicesiteError
from invoices.models import Invoice
from invoices.rules.identity import REQUIRED_FIELDS
from invoices.services.recording import ReadInvoice, record_invoice
from processing.content.extraction import Extraction
from processing.content.records import DocumentContent
from processing.errors import (
    CeilingReached,
    DatabaseUnavailable,
    Deferred,
    ExtractionFailed,
    LLMAuth,
    LostLease,
    RecordRefused,
    Throttled,
    Unavailable,
    UnexpectedError,
)
from processing.extractors.separation import first_invoice
from processing.models import Document, ProcessingJob
from processing.outages import is_database_outage
from processing.pipeline.cascade import ReadRules, Recall, extract_invoice
from processing.pipeline.completion import complete
from processing.pipeline.heartbeat import heart
from processing.pipeline.kept_content import keep_content, kept_content
from processing.pipeline.memory import recall_from_books
from processing.pipeline.model import ask_model, model_is_configured
from processing.pipeline.ocr import ocr_for
from processing.pipeline.parts import carries_others, parts_of_document, submit_parts
from processing.pipeline.rate_card import run_rate_card
from processing.pipeline.recording import read_invoice
from processing.pipeline.separating import submit_separated, undoubted
from processing.pipeline.telling import attempt_told
from processing.sandbox import calls
from processing.services.batches import pause_batch
from processing.services.jobs import (
    Claim,
    claim_job,
    complete_job,
    defer_job,
    enter_stage,
    fail_job,
    tell_stage,
    wait_for_budget,
)
from processing.spending.ask import release_connection
from processing.spending.breaker import STORAGE
from processing.spending.guarding import guarded
from processing.spending.reply_cache import forget_text
from processing.storage import fetch_bytes

log = structlog.get_logger(__name__)

Stage = ProcessingJob.Stage

# Checking and recording fewer lines than this takes milliseconds: nobody is told of these stages before the end.
LONG_INVOICE_LINES = 300
PATIENCE_SECONDS = 900.0  # how long the end of an attempt waits for a database that is away
PAUSE_SECONDS = 1.0
BUSY_SECONDS = 10.0


def run_job(job_id: UUID) -> bool:
    """Run one attempt of a job to its end. False where the job could not be claimed: somebody else has it, or it ended.

    Never raises for a document's fault; whatever goes wrong is on the job. What is no error (a killed process, a
    time-out of the queue) leaves the lease to run out, and the sweep takes the job back.
    """
    claim = claim_job(job_id=job_id, stage=Stage.READING)
    if claim is None:
        return False
    with attempt_told(claim), heart.beating(claim) as lost:
        try:
            _run(claim, lost.is_set)
        except LostLease:
            log.info("job_lost", attempt=claim.attempt)
        except Deferred as error:
            _leave(partial(defer_job, claim, error=error))
        except CeilingReached as error:
            # The ceiling of the batch, the month or a user: the document is not at fault, and waits.
            _leave(partial(wait_for_budget, claim, error=error))
        except LLMAuth as error:
            _leave(partial(fail_job, claim, error))
            if claim.job.batch_id is not None:  # no other document of the batch would fare better
                pause_batch(batch_id=claim.job.batch_id, why=error.message)
        except Throttled as error:
            # No reader is free: it waits for its turn.
            _leave(partial(defer_job, claim, error=Deferred(error.message, not_before=_in(BUSY_SECONDS))))
        except Unavailable as error:
            if error.counted:
                _leave(partial(fail_job, claim, error))
            else:
                log.warning("job_waits", dependency=error.dependency, reason=error.message)
                _leave(partial(defer_job, claim, error=_in_a_moment(error)))
        except InvoicesiteError as error:
            log.info("job_error", code=error.code, attempt=claim.attempt)
            _leave(partial(fail_job, claim, error, raw_response=getattr(error, "partial_text", "")))
        except Error as error:
            connection.close()
            if is_database_outage(error):
                log.warning("job_database_away", error=type(error).__name__)
                _leave(partial(defer_job, claim, error=_in_a_moment(DatabaseUnavailable())))
            else:
                log.exception("job_defect")
                _leave(partial(fail_job, claim, RecordRefused()))
        except Exception:
            # A defect of ours: it is on the job and in the log, and must not take the other jobs of the worker with it.
            log.exception("job_defect")
            _leave(partial(fail_job, claim, UnexpectedError()))
    return True


def _in_a_moment(reason: Unavailable) -> Deferred:
    return Deferred(reason.message, not_before=_in(PAUSE_SECONDS), waits_for=reason.dependency, reason=reason)


def _in(seconds: float) -> datetime:
    return timezone.now() + timedelta(seconds=seconds)


def _leave(action: Callable[[], object]) -> None:
    """Record how an attempt ended. While the database is away the worker has nothing better to do than to wait for it:
    what it knows would be lost with the lease, and the attempt counted."""
    until = time.monotonic() + PATIENCE_SECONDS
    while True:
        try:
            action()
        except LostLease:
            log.info("job_lost")
        except Error as error:
            connection.close()
            if is_database_outage(error) and time.monotonic() < until:
                time.sleep(PAUSE_SECONDS * (1 + random.random()))
                continue
            # The lease runs out and the sweep takes the job back.
            log.warning("job_end_not_recorded", error=type(error).__name__)
        return


def extract(
    claim: Claim,
    *,
    lost: Callable[[], bool] | None = None,
    anew: bool = False,
    reading: tuple[DocumentContent, ReadRules] | None = None,
    recall: Recall | None = recall_from_books,
) -> Extraction:
    """The stages that read a document and extract what it says; nothing is recorded. Raises the error family.

    ``claim`` is in the stage ``reading`` already; ``reading`` is what was read of the document so far; ``recall`` asks
    what people confirmed of its vendor.
    """
    job, document = claim.job, claim.job.document
    content, read_rules = reading or _read(job, anew=anew)
    if (sure := undoubted(document, content)) is not content:
        content, read_rules = sure, calls.extract_by_rules  # what was read of the first pages alone is void
    content = first_invoice(content)
    enter_stage(claim, Stage.EXTRACTING, tell=False)

    def ask(part: DocumentContent) -> Extraction:
        tell_stage(claim)  # a model takes seconds
        return ask_model(job=job, content=part, cancelled=lost)

    may_ask = job.policy != ProcessingJob.Policy.RULES and model_is_configured()
    release_connection()
    extraction = extract_invoice(
        content,
        policy=job.policy,
        today=timezone.localdate(),
        filename=document.filename,
        read_xml=calls.read_einvoice,
        read_rules=read_rules,
        recall=recall,
        ask_model=ask if may_ask else None,
    )
    enter_stage(claim, Stage.VALIDATING, tell=_takes_long(extraction))
    if not extraction.fields and not extraction.lines:
        raise ExtractionFailed("This document does not look like an invoice.")
    extraction.text = content.text
    return complete(extraction)


def _takes_long(extraction: Extraction) -> bool:
    return len(extraction.lines) >= LONG_INVOICE_LINES


def _run(claim: Claim, lost: Callable[[], bool]) -> None:
    document = claim.job.document
    if carries_others(document) and submit_parts(claim.job, parts_of_document(document)):
        # What is attached is the document; the letter only carries it.
        complete_job(claim, outcome=ProcessingJob.Outcome.SUCCESS, method="", confidence=None)
        return
    if document.kind == Document.Kind.RATE_CARD:
        run_rate_card(claim, ocr=ocr_for(claim.job), lost=lost)
        return
    reading = _read(claim.job)
    if submit_separated(claim.job, reading[0], cancelled=lost):
        complete_job(claim, outcome=ProcessingJob.Outcome.SUCCESS, method="rules", confidence=None)
        return
    extraction = extract(claim, lost=lost, reading=reading)
    read = read_invoice(extraction, sha256=document.sha256)
    enter_stage(claim, Stage.STORING, tell=_takes_long(extraction))
    try:
        _record(claim, extraction, read)
    except (LostLease, InvoicesiteError):
        raise
    except Exception as error:
        if extraction.raw_response and not (isinstance(error, Error) and is_database_outage(error)):
            forget_text(extraction.raw_response)
        raise


def _record(claim: Claim, extraction: Extraction, read: ReadInvoice) -> None:
    document = claim.job.document
    with transaction.atomic():
        earlier = _lock_document(document)
        existing = None if earlier is None else Invoice.objects.get(id=earlier)
        try:
            invoice = record_invoice(read=read, owner_id=document.owner_id, existing=existing)
        except InvalidState as error:
            raise ExtractionFailed(error.message) from error
        if earlier is None:
            _link(document, invoice)
        complete_job(
            claim,
            outcome=outcome_of_extraction(extraction),
            method=extraction.method,
            confidence=invoice.confidence,
            raw_response=extraction.raw_response or "",
        )


# As SQL, because every document passes here: the ORM takes ten times as long to write the same words.
_LOCK = "SELECT invoice_id FROM processing_document WHERE id = %s FOR UPDATE"
_LINK = "UPDATE processing_document SET invoice_id = %s WHERE id = %s"


def _lock_document(document: Document) -> UUID | None:
    """The invoice that an earlier job made of the document. Its row is the lock: two jobs of one document never record
    side by side."""
    with connection.cursor() as cursor:
        cursor.execute(_LOCK, [document.id])
        row = cursor.fetchone()
    if row is None:
        raise LostLease  # deleted meanwhile, its jobs with it
    found: UUID | None = row[0]
    return found


def _link(document: Document, invoice: Invoice) -> None:
    with connection.cursor() as cursor:
        cursor.execute(_LINK, [invoice.id, document.id])


def outcome_of_extraction(extraction: Extraction) -> ProcessingJob.Outcome:
    """``success`` where every required field was found and nothing was cut short, else ``partial``."""
    complete = all(name in extraction.fields for name in REQUIRED_FIELDS)
    starved = any(reason.code == "budget_exceeded" for reason in extraction.reasons)
    whole = complete and not extraction.truncated and not starved
    return ProcessingJob.Outcome.SUCCESS if whole else ProcessingJob.Outcome.PARTIAL


def _read(job: ProcessingJob, *, anew: bool = False) -> tuple[DocumentContent, ReadRules]:
    """The document's content, as an earlier attempt read it, or read now and kept; and what reads it by rules."""
    document = job.document
    kept = None if anew else kept_content(document)
    if kept is not None:
        return kept, calls.extract_by_rules
    with guarded(STORAGE):
        data = fetch_bytes(key=document.storage_key, sha256=document.sha256)
    release_connection()  # reading takes seconds, a scan minutes
    reading = calls.read_and_extract(data, document.media_type, filename=document.filename, ocr=ocr_for(job))
    keep_content(document, encoded=reading.encoded, pages=len(reading.content.pages))
    by_rules = reading.by_rules
    return reading.content, calls.extract_by_rules if by_rules is None else (lambda content, *, filename: by_rules)
