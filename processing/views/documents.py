"""The list of documents, and one row of it as it changes."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from common.roles import Role, has_role
from common.web.page import page, wants_part
from processing.models import Document, ProcessingJob
from processing.queries import job_of
from processing.screens.document_list import TABS, listed_documents, state_of, tab_counts, with_jobs
from processing.screens.progress import percent_of

ROWS = 25


@require_safe
@page()
def document_list(request: HttpRequest) -> HttpResponse:
    """Own documents (all for staff), filtered by ``?show=``, ``?kind=`` and ``?q=``."""
    words, kind = request.GET.get("q", "").strip(), request.GET.get("kind", "")
    show = request.GET.get("show", "all")
    show = show if show in TABS else "all"
    found = listed_documents(request.user, words=words, kind=kind)
    counts = tab_counts(found)
    paginator = Paginator(found.filter(TABS[show][1]), ROWS)
    paginator.__dict__["count"] = counts[show]  # counted already
    listed = paginator.get_page(request.GET.get("page"))
    kept = {name: value for name, value in (("q", words), ("kind", kind)) if value}
    context = {
        "rows": [row_of(document, job) for document, job in with_jobs(list(listed))],
        "listed": listed,
        "tabs": [
            {"name": name, "label": label, "count": counts[name], "url": _address({**kept, "show": name})}
            for name, (label, _) in TABS.items()
        ],
        "show": show,
        "words": words,
        "kind": kind,
        "pages_url": _address({**kept, "show": show}),
        "may_submit": has_role(request.user, Role.OPERATOR),
        "is_filtered": bool(words or kind or show != "all"),
    }
    return render(request, "web/documents/rows.html" if wants_part(request) else "web/documents/list.html", context)


@require_safe
@page()
def job_row(request: HttpRequest, job_id: UUID) -> HttpResponse:
    """The row of one document, for a list that is open while its job moves."""
    job = job_of(request.user, job_id)
    context = {"row": row_of(job.document, job), "compact": request.GET.get("as") == "item"}
    name = "web/upload/item.html" if context["compact"] else "web/documents/row.html"
    return render(request, name, context)


def row_of(document: Document, job: ProcessingJob | None) -> dict[str, Any]:
    """What templates show of a document."""
    return {
        "document": document,
        "job": job,
        "state": state_of(document, job),
        "percent": percent_of(job) if job else 100,
    }


def _address(query: dict[str, str]) -> str:
    plain = {name: value for name, value in query.items() if not (name == "show" and value == "all")}
    return "?" + urlencode(plain)
