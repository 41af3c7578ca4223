"""The list of documents with what became of each: what people see first."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Exists, OuterRef, Q, QuerySet, Subquery

from processing.models import Document, ProcessingJob
from processing.queries import documents_for

Status = ProcessingJob.Status


@dataclass(frozen=True, slots=True)
class State:
    """Where a document is, in a word for people. ``tone`` is good, warn, bad, info or empty."""

    code: str
    label: str
    tone: str
    moving: bool = False


WAITING = State("waiting", "Waiting", "info", moving=True)
WORKING = State("working", "Working", "info", moving=True)
FAILED = State("failed", "Failed", "bad")
CANCELLED = State("cancelled", "Cancelled", "")
TAKEN_APART = State("taken_apart", "Taken apart", "good")
NO_RESULT = State("no_result", "No result", "warn")
RESULTS = {
    "needs_review": State("needs_review", "Needs review", "warn"),
    "ready": State("ready", "Ready", "good"),
    "approved": State("approved", "Approved", "good"),
    "rejected": State("rejected", "Rejected", "bad"),
    "active": State("active", "Active", "good"),
    "superseded": State("superseded", "Superseded", ""),
}

# The tabs of the list: a name for people, and which documents are under it.
_OPEN = Q(job_status__in=[Status.PENDING, Status.PROCESSING])
_REVIEW = Q(invoice__status="needs_review") | Q(rate_card__status="needs_review")
_DONE = Q(invoice__status__in=["ready", "approved"]) | Q(rate_card__status="active")
TABS: dict[str, tuple[str, Q]] = {
    "all": ("All", Q()),
    "open": ("In progress", _OPEN),
    "review": ("Needs review", _REVIEW & ~_OPEN),
    "done": ("Done", _DONE & ~_OPEN),
    "failed": ("Failed", Q(job_status__in=[Status.FAILED, Status.CANCELLED])),
}


def listed_documents(user: Any, *, words: str = "", kind: str = "") -> QuerySet[Document]:
    """The documents that the user may see, newest first, each with ``job_id`` and ``job_status`` of its latest job.
    Every one of ``words`` must be in the file's name, the vendor's or carrier's, the number or the purchase order."""
    latest = ProcessingJob.objects.filter(document=OuterRef("pk")).order_by("-created_at", "id")
    documents = documents_for(user).annotate(
        job_id=Subquery(latest.values("id")[:1]), job_status=Subquery(latest.values("status")[:1]),
        has_parts=Exists(Document.objects.filter(parent=OuterRef("pk"))),
    )  # fmt: skip
    if kind in Document.Kind.values:
        documents = documents.filter(kind=kind)
    for word in words.split()[:8]:
        documents = documents.filter(
            Q(filename__icontains=word)
            | Q(invoice__vendor_name__icontains=word)
            | Q(invoice__invoice_number__icontains=word)
            | Q(invoice__purchase_order__icontains=word)
            | Q(rate_card__carrier_name__icontains=word)
        )
    return documents.select_related("invoice", "rate_card").order_by("-created_at", "id")


def tab_counts(documents: QuerySet[Document]) -> dict[str, int]:
    """How many of the documents are under each tab, in one query."""
    counts = {name: Count("id", filter=condition or None) for name, (_, condition) in TABS.items()}
    return documents.order_by().aggregate(**counts)


def with_jobs(documents: list[Document]) -> list[tuple[Document, ProcessingJob | None]]:
    """Each document with its latest job, in one query for all."""
    wanted = [document.job_id for document in documents]  # type: ignore[attr-defined]  # annotated by listed_documents
    jobs = ProcessingJob.objects.defer("raw_response").in_bulk([key for key in wanted if key])
    return [(document, jobs.get(key)) for document, key in zip(documents, wanted, strict=True)]


def state_of(document: Document, job: ProcessingJob | None) -> State:
    """What is said of a document in one word: of its job while it is open, then of its result."""
    if job is not None and job.status == Status.PENDING:
        return WAITING
    if job is not None and job.status == Status.PROCESSING:
        return WORKING
    result = document.invoice or document.rate_card
    if result is not None:
        return RESULTS[result.status]
    if job is not None and job.status == Status.FAILED:
        return FAILED
    if job is not None and job.status == Status.CANCELLED:
        return CANCELLED
    parts = getattr(document, "has_parts", None)  # annotated by listed_documents
    return TAKEN_APART if (document.attachments.exists() if parts is None else parts) else NO_RESULT
