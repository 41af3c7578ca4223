"""The page on which one invoice is reviewed, and which invoice comes after it."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.conf import settings
from django.contrib.admin.views.main import PAGE_VAR
from django.core.exceptions import PermissionDenied
from django.db.models import Q, QuerySet
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.template.response import TemplateResponse
from django.urls import path, reverse
from unfold.admin import ModelAdmin
from unfold.views import ChangeList

from invoices.field_groups import LABELS
from invoices.methods import METHODS
from invoices.models import Invoice
from invoices.queries import history_of, stored_evidence
from invoicesite.desk import presence, review_page, review_views
from invoicesite.desk.queue_filters import OPEN
from invoicesite.desk.queue_views import delete_view, save_view
from invoicesite.desk.review_findings import audit_section

# The worst first: questions before clean ones, the least sure before the surer, the oldest before the newer.
WORST_FIRST = ("status", "confidence", "created_at", "id")
# In an order of somebody's own the next one is found by looking through so many.
LOOKED_THROUGH = 2000


class Listing(HttpRequest):
    """A request for the list as it was when somebody went from it to an invoice: its filters, search and order."""

    is_walk = True

    def __init__(self, request: HttpRequest) -> None:
        super().__init__()
        self.user, self.path, self.META = request.user, request.path, request.META
        asked = QueryDict(request.GET.get("_changelist_filters", ""), mutable=True)
        asked.pop(PAGE_VAR, None)
        self.GET = asked  # type: ignore[assignment]  # a list of the admin reads it only


class Filtered(ChangeList):
    """The filters and the order of the list, without its rows."""

    def get_results(self, request: HttpRequest) -> None:
        self.result_list: list[Invoice] = []


class ReviewPage(ModelAdmin):
    """The part of the invoice's admin that is about one invoice."""

    def get_urls(self) -> list[Any]:
        wrap = self.admin_site.admin_view
        return [
            path("views/save/", wrap(save_view), name="invoices_invoice_save_view"),
            path("views/<int:view_id>/delete/", wrap(delete_view), name="invoices_invoice_delete_view"),
            path("next/", wrap(self.first_of_queue), name="invoices_invoice_next"),
            *review_views.urls(wrap, self.next_url),
            *super().get_urls(),
        ]

    def change_view(
        self, request: HttpRequest, object_id: str, form_url: str = "", extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        """The review page."""
        if not self.has_view_permission(request):
            raise PermissionDenied
        try:
            invoice = (
                Invoice.objects.defer("search")
                .select_related("document", "assignee", "decided_by", "first_approved_by")
                .filter(pk=UUID(object_id))
                .first()
            )
        except ValueError as error:
            raise Http404 from error
        if invoice is None:
            raise Http404("Invoice not found.")
        context = {**self.admin_site.each_context(request), **self._review_context(request, invoice)}
        return TemplateResponse(request, "admin/invoices/invoice/review.html", context)

    def _review_context(self, request: HttpRequest, invoice: Invoice) -> dict[str, Any]:
        reasons = review_page.reason_rows(invoice)
        lines, taxes = review_page.lines_of(invoice), review_page.taxes_of(invoice)
        document = review_page.document_of(invoice)
        decided = invoice.status not in OPEN
        may_decide = self.has_review_permission(request)
        base = reverse("admin:invoices_invoice_save", args=[invoice.pk]).removesuffix("save/")
        filters = request.GET.get("_changelist_filters", "")
        queue = reverse("admin:invoices_invoice_changelist")
        return {
            "title": str(invoice),
            "invoice": invoice,
            "groups": review_page.field_groups(invoice, reasons),
            "document": document,
            "decided": decided,
            "may_decide": may_decide,
            "readonly": decided or not may_decide,
            "similar": list(review_page.similar_to(invoice)),
            "audit": audit_section(invoice, may_decide=may_decide),
            "duplicate": review_page.duplicate_of(invoice, reasons),
            "history": [_change(change) for change in history_of(invoice).reverse()[: review_page.HISTORY_SHOWN]],
            "jobs": review_page.jobs_of(invoice),
            "ceiling_usd": getattr(settings, "INVOICE_BUDGET_USD", ""),
            "queue_url": f"{queue}?{filters}" if filters else queue,
            "data": {
                "id": str(invoice.pk),
                "label": str(invoice),
                "version": invoice.version,
                "status": invoice.status,
                "readonly": decided or not may_decide,
                "may_decide": may_decide,
                "reasons": reasons,
                "evidence": stored_evidence(invoice),
                "line_items": lines,
                "taxes": taxes,
                "labels": LABELS,
                "methods": {name: kind.chip for name, kind in METHODS.items()},
                "document": document,
                "api": base,
                "page": reverse("admin:invoices_invoice_change", args=["00000000-0000-0000-0000-000000000000"]),
                "queue_url": f"{queue}?{filters}" if filters else queue,
                "filters": filters,
                "beat_seconds": presence.BEAT_SECONDS,
            },
        }

    def first_of_queue(self, request: HttpRequest) -> HttpResponse:
        """To the first invoice of the queue, with the filters that the list had."""
        if not self.has_view_permission(request):
            raise PermissionDenied
        return HttpResponseRedirect(self._page_of(self._following(request, None), request))

    def next_url(self, request: HttpRequest, after: Invoice) -> str:
        """The page of the invoice that follows in the queue, or the list where none is left."""
        return self._page_of(self._following(request, after), request)

    def _page_of(self, found: UUID | None, request: HttpRequest) -> str:
        filters = request.GET.get("_changelist_filters", "")
        if found is None:
            queue = reverse("admin:invoices_invoice_changelist")
            return f"{queue}?{filters}" if filters else queue
        page = reverse("admin:invoices_invoice_change", args=[found])
        return f"{page}?{urlencode({'_changelist_filters': filters})}" if filters else page

    def _following(self, request: HttpRequest, after: Invoice | None) -> UUID | None:
        """The next open invoice by the filters and the order of the list that nobody else has open; behind the last
        one it begins anew."""
        listed = self._listed(request).filter(status__in=OPEN)
        order = tuple(listed.query.order_by)
        free = listed.exclude(pk__in=presence.open_elsewhere(request.user)).values_list("pk", flat=True)
        if after is None:
            return free.first()
        others = free.exclude(pk=after.pk)
        if order == WORST_FIRST and after.confidence is not None:
            same = Q(status=after.status)
            sure = same & Q(confidence=after.confidence)
            later = (
                Q(status__gt=after.status)
                | same & Q(confidence__gt=after.confidence)
                | sure & Q(created_at__gt=after.created_at)
                | sure & Q(created_at=after.created_at, pk__gt=after.pk)
            )
            return others.filter(later).first() or others.first()
        ids = list(free[:LOOKED_THROUGH])
        at = ids.index(after.pk) + 1 if after.pk in ids else 0
        return ids[at] if at < len(ids) else others.first()

    def _listed(self, request: HttpRequest) -> QuerySet[Invoice]:
        """The rows of the list whose filters are in ``_changelist_filters``, in its order, on all of its pages."""
        rows: QuerySet[Invoice] = self.get_changelist_instance(Listing(request)).queryset
        return rows


def _change(change: Any) -> dict[str, Any]:
    return {
        "at": change.changed_at,
        "who": str(change.changed_by) if change.changed_by else "pipeline",
        "label": _told_field(change.field),
        "old": _told(change.old),
        "new": _told(change.new),
        "why": change.why,
    }


def _told_field(name: str) -> str:
    rows, bracket, rest = name.partition("[")
    if not bracket:
        return LABELS.get(name, name.replace("_", " ").capitalize())
    index, _, column = rest.partition("]")
    what = {"line_items": "Line", "taxes": "Tax"}.get(rows, rows)
    number = int(index) + 1 if index.isdecimal() else index
    column = column.removeprefix(".")
    return f"{what} {number}" + (f", {LABELS.get(column, column).lower()}" if column else "")


def _told(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, dict):
        if "status" in value and "message" in value:
            return f"{value['status']}: {value['message']}"
        return (
            value["message"] if "message" in value else ", ".join(str(v) for v in value.values() if v not in (None, ""))
        )
    return str(value).replace("_", " ") if value in ("needs_review",) else str(value)[:300]
