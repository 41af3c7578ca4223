"""A job as it goes: its stages live, what went wrong, another try."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe

from common.errors import InvoicesiteError
from common.roles import Role, has_role
from common.web.page import page, wants_part
from invoices.methods import source_of
from processing.models import ProcessingJob
from processing.queries import job_of
from processing.screens.document_list import TAKEN_APART, listed_documents, with_jobs
from processing.screens.progress import percent_of, timeline
from processing.services.retrying import retry_job, stop_job
from processing.views.documents import row_of

STAGES = (
    ("reading", "Reading", "Extracting text, tables and images from the file."),
    ("extracting", "Extracting", "Finding each value and its place."),
    ("validating", "Checking", "Checking sums, dates, identifiers and duplicates."),
    ("storing", "Storing", "Saving the record with its evidence."),
)


@require_safe
@page()
def job_page(request: HttpRequest, job_id: UUID) -> HttpResponse:
    """One job. htmx and the live script get the part that changes."""
    job = job_of(request.user, job_id)
    context = job_context(job, request)
    return render(request, "web/jobs/live.html" if wants_part(request) else "web/jobs/job.html", context)


@require_POST
@page(Role.OPERATOR)
def job_action(request: HttpRequest, job_id: UUID) -> HttpResponse:
    """Try again (``do=retry``) or cancel (``do=cancel``)."""
    job = job_of(request.user, job_id)
    try:
        if request.POST.get("do") == "retry":
            retry_job(job=job)
            messages.success(request, "The document is back in the queue.")
        elif request.POST.get("do") == "cancel":
            stop_job(job=job)
            messages.success(request, "Job cancelled.")
    except InvoicesiteError as error:
        messages.error(request, error.message)
    return redirect("job", job_id=job_id)


PARTS_SHOWN = 100


def job_context(job: ProcessingJob, request: HttpRequest) -> dict[str, Any]:
    row = row_of(job.document, job)
    parts: list[dict[str, Any]] = []
    if row["state"] == TAKEN_APART:
        listed = listed_documents(request.user).filter(parent=job.document).order_by("created_at", "filename")
        parts = [row_of(document, own) for document, own in with_jobs(list(listed[:PARTS_SHOWN]))]
    return {
        **row,
        "parts": parts,
        "percent": percent_of(job),
        "steps": steps_of(job),
        "method": source_of(job.method),
        "may_submit": has_role(request.user, Role.OPERATOR),
    }


def steps_of(job: ProcessingJob) -> list[dict[str, Any]]:
    """The four stages of the latest attempt: ``state`` is done, now, failed or later, with seconds where known."""
    last = {entry["stage"]: entry for entry in timeline(job) if entry["attempt"] == job.attempts}
    ended = job.status not in (ProcessingJob.Status.PENDING, ProcessingJob.Status.PROCESSING)
    steps = []
    for code, label, text in STAGES:
        entry = last.get(code)
        state = "later"
        if entry is not None:
            running = job.status == ProcessingJob.Status.PROCESSING and job.stage == code
            state = "now" if running else "done"
            if ended and job.status != ProcessingJob.Status.COMPLETED and job.stage == code:
                state = "failed"
        elif job.status == ProcessingJob.Status.COMPLETED:
            state = "skipped"
        elif job.status == ProcessingJob.Status.FAILED and job.stage == code:
            state = "failed"
        steps.append(
            {"code": code, "label": label, "text": text, "state": state, "seconds": entry and entry["seconds"]}
        )
    return steps
