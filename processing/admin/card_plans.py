"""Plans by which rate cards are read: those that are remembered, and what a reviewer says of one card."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.views.decorators.http import require_POST
from unfold.decorators import display

from common.admin.read_only import LookedAt
from common.errors import InvoicesiteError, NotFound
from common.roles import Role, has_role
from processing.models import LayoutPlan
from processing.queries import document_of
from processing.services.card_mapping import Place, map_card_by_hand

_COLUMN = "column-"


@admin.register(LayoutPlan)
class LayoutPlanAdmin(LookedAt):
    list_display = [
        "carrier_name", "fingerprint", "made_by", "approved", "tables", "uses", "owner", "created_at", "last_used",
    ]  # fmt: skip
    list_filter = ["made_by", "approved"]
    list_select_related = ["owner"]
    search_fields = ["carrier", "=fingerprint"]

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """A plan that reads cards wrongly is forgotten; the next card is mapped anew."""
        return has_role(request.user, Role.REVIEWER)

    @display(description="carrier", ordering="carrier")
    def carrier_name(self, plan: LayoutPlan) -> str:
        return plan.carrier or "unknown"

    @display(description="tables")
    def tables(self, plan: LayoutPlan) -> str:
        found = plan.plan.get("plan", {}).get("tables", [])
        return ", ".join(f"{table['target']} ({len(table['columns'])})" for table in found) or "–"


@require_POST
def map_card_page(request: HttpRequest, document_id: UUID) -> HttpResponse:
    """Read a card again with the meanings that were chosen: fields ``column-<sheet>-<first row>-<column>``."""
    if not has_role(request.user, Role.REVIEWER):
        raise PermissionDenied
    try:
        document = document_of(request.user, document_id)
    except NotFound as error:
        raise Http404 from error
    if document.rate_card_id is None:
        raise Http404
    try:
        job = map_card_by_hand(
            document_id=document.id,
            by=request.user,  # type: ignore[arg-type]  # a reviewer is somebody
            meanings=_meanings(request),
            why=request.POST.get("why", ""),
        )
        if job is None:
            messages.info(request, "No meaning was changed, so nothing is read again.")
        else:
            messages.success(request, "Reading the card again with your mapping; its rates will update shortly.")
    except InvoicesiteError as error:
        messages.error(request, error.message)
    return HttpResponseRedirect(reverse("admin:invoices_ratecard_change", args=[document.rate_card_id]))


def _meanings(request: HttpRequest) -> dict[Place, str]:
    found: dict[Place, str] = {}
    for name, value in request.POST.items():
        parts = name.removeprefix(_COLUMN).split("-")
        if name.startswith(_COLUMN) and len(parts) == 3 and all(part.isdecimal() and len(part) < 9 for part in parts):
            sheet, first, column = (int(part) for part in parts)
            found[sheet, first, column] = str(value)
    return found
