"""The page on which a reviewer moves the boundaries of the invoices in a file."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from common.errors import InvoicesiteError, NotFound
from common.roles import Role, has_role
from processing.models import Document
from processing.queries import document_of
from processing.screens.boundaries import boundaries_of, may_have_parts
from processing.services.boundaries import move_boundaries

BEGINS, GOES_ON, LEFT_OUT = "begins", "goes-on", "left-out"


@require_http_methods(["GET", "POST"])
def boundaries_page(request: HttpRequest, document_id: UUID) -> HttpResponse:
    """Each page as a picture with what it is: ``page-<n>`` is ``begins``, ``goes-on`` or ``left-out``."""
    if not has_role(request.user, Role.REVIEWER):
        raise PermissionDenied
    try:
        document = document_of(request.user, document_id)
    except NotFound as error:
        raise Http404 from error
    if not may_have_parts(document):
        raise Http404
    if request.method == "POST":
        return _move(request, document)
    now = boundaries_of(document)
    context: dict[str, Any] = {
        **admin.site.each_context(request),
        "title": f"Invoices in {document}",
        "document": document,
        "boundaries": now,
        "choices": ((BEGINS, "An invoice begins"), (GOES_ON, "Belongs to the page before"), (LEFT_OUT, "Left out")),
        "pages": [
            {
                "number": number,
                "choice": _choice(number, now.starts, now.left_out),
                "doubtful": number in now.doubtful,
                "picture": reverse("document-page", args=[document.id, number]),
            }
            for number in range(1, now.page_count + 1)
        ],
    }
    return TemplateResponse(request, "admin/processing/boundaries.html", context)


def _move(request: HttpRequest, document: Document) -> HttpResponse:
    chosen = {number: request.POST.get(f"page-{number}", "") for number in range(1, (document.page_count or 0) + 1)}
    here = reverse("admin:processing_document_boundaries", args=[document.id])
    try:
        move_boundaries(
            document_id=document.id,
            starts=[number for number, choice in chosen.items() if choice == BEGINS] or [1],
            left_out=[number for number, choice in chosen.items() if choice == LEFT_OUT],
            by=request.user,  # type: ignore[arg-type]  # a reviewer is somebody
            why=request.POST.get("why", ""),
        )
        messages.success(request, "The file is being read with the new boundaries; its invoices will update shortly.")
    except InvoicesiteError as error:
        messages.error(request, error.message)
    return HttpResponseRedirect(here)


def _choice(number: int, starts: list[int], left_out: list[int]) -> str:
    if number in left_out:
        return LEFT_OUT
    return BEGINS if number in starts else GOES_ON
