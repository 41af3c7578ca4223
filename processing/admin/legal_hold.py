"""The page on which an admin puts a document on legal hold, or takes it off."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from common.admin.people import person
from common.errors import InvoicesiteError, NotFound
from common.roles import Role, has_role
from processing.queries import document_of, hold_history
from processing.services.legal_hold import set_legal_hold


@require_http_methods(["GET", "POST"])
def legal_hold_page(request: HttpRequest, document_id: UUID) -> HttpResponse:
    """Whether the file is held, every decision about it, and a form: ``why``, and ``held`` as the page showed it."""
    try:
        document = document_of(request.user, document_id)
    except NotFound as error:
        raise Http404 from error
    may_decide = has_role(request.user, Role.ADMIN)
    if request.method == "POST":
        if not may_decide:
            raise PermissionDenied
        try:
            held = request.POST.get("held") == "true"
            set_legal_hold(document_id=document.id, held=held, why=request.POST.get("why", ""), by=person(request))
            messages.success(request, "The file is on legal hold." if held else "The legal hold is lifted.")
        except InvoicesiteError as error:
            messages.error(request, error.message)
        return HttpResponseRedirect(reverse("admin:processing_document_legal_hold", args=[document.id]))
    context: dict[str, Any] = {
        **admin.site.each_context(request),
        "title": f"Legal hold of {document}",
        "document": document,
        "may_decide": may_decide and (document.legal_hold or document.purged_at is None),
        "history": hold_history(document),
    }
    return TemplateResponse(request, "admin/processing/legal_hold.html", context)
