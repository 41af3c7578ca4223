"""Documents in by a form: many files at once, each answered for by itself."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_http_methods

from common.errors import InvoicesiteError
from common.roles import Role
from common.web.page import page
from invoices.records import Kind
from processing.errors import FileTooLarge
from processing.models import Document
from processing.readers.media_types import SUFFIXES
from processing.services.documents import JobOptions, Origin, max_bytes_of, submit_document
from processing.views.documents import row_of

PRIORITY = 10  # somebody waits for it: before what was imported in bulk


@require_http_methods(["GET", "HEAD", "POST"])
@page(Role.OPERATOR)
def upload(request: HttpRequest) -> HttpResponse:
    """The form; a POST submits its files and shows what became of each. The script of the page posts one file at a
    time and gets that file's entry alone."""
    if request.method != "POST":
        return render(request, "web/upload/form.html", _context(request.GET.get("kind", "invoice")))
    kind: Kind = "rate_card" if request.POST.get("kind") == Document.Kind.RATE_CARD else "invoice"
    items = [submitted(file, kind=kind, owner_id=request.user.pk) for file in request.FILES.getlist("file")]
    if request.headers.get("X-Part") == "item":
        if not items:
            items = [{"filename": "", "error": InvoicesiteError("No file arrived. Try again.")}]
        return render(request, "web/upload/item.html", {"row": items[0]}, status=_status(items[0]))
    missing = "" if items else "Choose at least one file."
    context = _context(kind) | {"items": items, "missing": missing}
    return render(request, "web/upload/form.html", context, status=200 if items else 400)


def submitted(file: Any, *, kind: Kind, owner_id: int | None) -> dict[str, Any]:
    """What became of one file: a document with its job, or the error that refused it."""
    try:
        if file.size > max_bytes_of(kind):
            raise FileTooLarge(f"A file of this kind may be at most {max_bytes_of(kind) // 1024**2} MB.")
        submission = submit_document(
            data=file.read(),
            filename=file.name or "",
            declared_type=file.content_type or "",
            kind=kind,
            owner_id=owner_id,
            origin=Origin(source="upload"),
            options=JobOptions(priority=PRIORITY),
        )
    except InvoicesiteError as error:
        return {"filename": file.name, "error": error}
    return {
        **row_of(submission.document, submission.job),
        "filename": file.name,
        "seen_before": submission.seen_before,
    }


def _status(item: dict[str, Any]) -> int:
    return item["error"].http_status if item.get("error") else 200


def _context(kind: str) -> dict[str, Any]:
    return {
        "kind": kind if kind in Document.Kind.values else Document.Kind.INVOICE,
        "suffixes": ",".join(sorted(SUFFIXES)),
        "invoice_mb": settings.MAX_INVOICE_MB,
        "rate_card_mb": settings.MAX_RATE_CARD_MB,
    }
