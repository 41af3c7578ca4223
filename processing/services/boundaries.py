"""A person says where the invoices in a file begin: its parts are made anew, and what was read of the old ones is taken
back."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from django.contrib.auth.models import AbstractBaseUser
from django.db import transaction
from django.utils import timezone

from common.errors import InvalidState, NotFound
from invoices.models import Invoice
from invoices.services.decisions import reject_invoice, reopen_invoice
from processing.models import Document, ProcessingJob
from processing.queueing import lane_of, wake_workers
from processing.readers import media_types
from processing.services.documents import JobOptions
from processing.services.jobs import cancel_job

# Of a document's ``source_detail``. ``BOUNDARIES``: {"starts", "left_out"}, what a person said;
# ``HISTORY``: each decision with who, when, why and what was before; ``FOUND``: what the rules saw.
BOUNDARIES, HISTORY, FOUND = "boundaries", "boundaries_history", "boundaries_found"
MOVED = "The boundaries of the file were moved"
_OPEN = (ProcessingJob.Status.PENDING, ProcessingJob.Status.PROCESSING)


@transaction.atomic
def move_boundaries(
    *, document_id: UUID, starts: Sequence[int], left_out: Sequence[int] = (), by: AbstractBaseUser, why: str
) -> ProcessingJob:
    """Take a PDF or TIFF apart where a person says: ``starts`` are the pages on which invoices begin (1-based; the
    first that is not left out always), ``left_out`` those that belong to none. ``[1]`` makes the file one document.

    Invoices of parts whose pages changed are rejected with ``why``; those whose pages are a part again are reopened.
    Gives the job that reads the file again. Raises NotFound, and InvalidState for pages that are not there, without
    ``why``, while a job is under way, and where an invoice concerned is approved.
    """
    document = Document.objects.select_for_update(of=("self",)).select_related("invoice").filter(id=document_id).first()
    if document is None:
        raise NotFound
    pages = _checked(document, starts, left_out, why)
    ranges = ranges_of(document.page_count or 0, pages["starts"], pages["left_out"])
    kept = {tuple(numbers) for numbers in ranges} if _is_split(document, ranges) else set()
    parts = list(document.attachments.select_related("invoice").order_by("created_at"))
    if not kept:
        _refuse_approved(parts)
    else:
        _refuse_approved([document, *(part for part in parts if _pages_of(part) not in kept)])
    told = f"{MOVED}: {why.strip()}"
    for part in parts:
        if _pages_of(part) in kept:
            _take_up(part, by)
        else:
            _take_back(part, by, told)
    if kept:
        _take_back(document, by, told, jobs=False)
    else:
        _take_up(document, by)
    _note(document, pages, by, why, timezone.now())
    # Under the limits that the file was submitted with, and in its batch.
    last = document.jobs.order_by("-created_at").first()
    options = JobOptions()
    if last is not None:
        options = JobOptions(
            last.policy,
            last.budget_usd,
            last.max_output_tokens,
            external_id=last.external_id,
            metadata=last.metadata,
        )
    batch = None if last is None else last.batch
    job = ProcessingJob.objects.create(document=document, batch=batch, **options.columns(document.kind))
    wake_workers([job.id], lane=lane_of(job))
    return job


def ranges_of(page_count: int, starts: Iterable[int], left_out: Iterable[int]) -> list[list[int]]:
    """The pages of each part."""
    begin, without = set(starts), set(left_out)
    ranges: list[list[int]] = []
    for number in range(1, page_count + 1):
        if number in without:
            continue
        if number in begin or not ranges:
            ranges.append([])
        ranges[-1].append(number)
    return ranges


def _checked(document: Document, starts: Sequence[int], left_out: Sequence[int], why: str) -> dict[str, list[int]]:
    if document.kind != Document.Kind.INVOICE or document.media_type not in media_types.PAGED:
        raise InvalidState("Only PDF and TIFF files of invoices can be taken apart by pages.")
    if "pages" in document.source_detail.get("part", {}):
        raise InvalidState("This is a part of a file; move the boundaries of the whole file.")
    if document.purged_at is not None:
        raise InvalidState("The file was deleted at the end of its retention period.")
    if document.jobs.filter(status__in=_OPEN).exists():
        raise InvalidState("This document is already being processed.")
    count = document.page_count or 0
    if not why.strip():
        raise InvalidState("State why the boundaries are moved.")
    begin, without = sorted(set(starts)), sorted(set(left_out))
    wrong = [number for number in [*begin, *without] if not 1 <= number <= count]
    if wrong:
        raise InvalidState(f"The file has no page {wrong[0]}; it has {count}.")
    if set(begin) & set(without):
        raise InvalidState("A page cannot begin an invoice and be left out.")
    if len(without) == count:
        raise InvalidState("At least one page must be read.")
    return {"starts": begin, "left_out": without}


def _is_split(document: Document, ranges: list[list[int]]) -> bool:
    return len(ranges) > 1 or len(ranges[0]) < (document.page_count or 0)


def _refuse_approved(documents: Iterable[Document]) -> None:
    for document in documents:
        invoice = document.invoice
        if invoice is not None and invoice.status == Invoice.Status.APPROVED:
            raise InvalidState(f"Invoice {invoice.invoice_number or invoice.id} is approved; reopen it first.")


def _pages_of(part: Document) -> tuple[int, ...]:
    return tuple(part.source_detail.get("part", {}).get("pages", ()))


def _take_back(document: Document, by: AbstractBaseUser, why: str, *, jobs: bool = True) -> None:
    for job in document.jobs.filter(status__in=_OPEN) if jobs else ():
        cancel_job(job_id=job.id)
    invoice = document.invoice
    if invoice is not None and invoice.status != Invoice.Status.REJECTED:
        reject_invoice(invoice_id=invoice.id, by=by, why=why)


def _take_up(document: Document, by: AbstractBaseUser) -> None:
    """What was taken back with other boundaries counts again; what a person rejected for another reason does not."""
    invoice = document.invoice
    if invoice is None or invoice.status != Invoice.Status.REJECTED:
        return
    last = invoice.changes.filter(field="status").order_by("-id").first()
    if last is not None and last.why.startswith(MOVED):
        reopen_invoice(invoice_id=invoice.id, by=by, why="Its pages are one invoice again.")


def _note(document: Document, pages: dict[str, list[int]], by: AbstractBaseUser, why: str, at: datetime) -> None:
    detail: dict[str, Any] = dict(document.source_detail)
    before = [part.get("pages") for part in detail.pop("parts", [])]
    history = [*detail.get(HISTORY, []), {
        **pages, "before": before, "by": by.get_username(), "at": at.isoformat(), "why": why.strip(),
    }]  # fmt: skip
    document.source_detail = {**detail, BOUNDARIES: pages, HISTORY: history}
    document.save(update_fields=["source_detail"])
