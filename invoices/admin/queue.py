"""The queue: what needs a person, and the page on which one invoice is reviewed."""

from __future__ import annotations

from copy import copy
from datetime import date
from typing import Any
from urllib.parse import parse_qsl, urlencode
from uuid import UUID

from django.conf import settings
from django.contrib import admin, messages
from django.contrib.admin.views.main import PAGE_VAR
from django.core.exceptions import PermissionDenied
from django.db.models import Q, QuerySet, Sum
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils import timezone
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from unfold.admin import ModelAdmin
from unfold.contrib.filters.admin import AutocompleteSelectFilter
from unfold.decorators import display
from unfold.views import ChangeList

from invoices.admin import presence, review_page, review_views
from invoices.admin.queue_filters import (
    OPEN,
    AmountFilter,
    AssigneeFilter,
    BatchFilter,
    CurrencyFilter,
    MethodFilter,
    ReasonFilter,
    StatusFilter,
)
from invoices.admin.queue_views import delete_view, save_view, views_of
from invoices.errors import InvoicesiteError
from invoices.field_groups import LABELS
from invoices.models import Invoice, InvoiceReason
from invoices.queries import history_of, stored_evidence
from invoices.roles import Role, has_role
from invoices.services.assignment import assign_invoice
from invoices.services.decisions import approve_invoices

# The worst first: questions before clean ones, the least sure before the surer, the oldest before the newer.
WORST_FIRST = ("status", "confidence", "created_at", "id")
REASON_CHIPS = 3
# In an order of somebody's own the next one is found by looking through so many.
LOOKED_THROUGH = 2000
_COLUMNS = (
    "status", "version", "confidence", "vendor_name", "invoice_number", "invoice_date", "due_date", "total_amount",
    "currency", "document_type", "method", "created_at", "decided_at", "first_approved_at", "assignee__username",
)  # fmt: skip


class Queue(ChangeList):
    """The list with what it needs to know of its rows besides themselves: one query each, whatever their number."""

    def get_results(self, request: HttpRequest) -> None:
        super().get_results(request)
        rows = list(self.result_list)
        ids = [row.pk for row in rows]
        costs = dict(
            Invoice.objects.filter(pk__in=ids)
            .order_by()
            .values_list("pk")
            .annotate(cost=Sum("document__jobs__spent_usd"))
            .values_list("pk", "cost")
        )
        here = dict(
            presence.fresh_viewers()
            .filter(invoice_id__in=ids)
            .exclude(user=request.user)
            .values_list("invoice_id", "user__username")
        )
        for row in rows:
            row.cost_usd = costs.get(row.pk)
            row.open_at = here.get(row.pk, "")
        self.result_list = rows


class Filtered(ChangeList):
    """The filters and the order of the list, without its rows."""

    def get_results(self, request: HttpRequest) -> None:
        self.result_list = []


@admin.register(Invoice)
class InvoiceAdmin(ModelAdmin):
    list_display = [
        "vendor_label", "number", "dated", "total", "due", "reason_chips", "status_label", "sureness", "cost", "age",
        "assigned",
    ]  # fmt: skip
    list_display_links = ["vendor_label", "number"]
    list_filter = [
        StatusFilter, ReasonFilter, ("vendor", AutocompleteSelectFilter), AssigneeFilter, BatchFilter, CurrencyFilter,
        ("total_amount", AmountFilter), MethodFilter,
    ]  # fmt: skip
    list_filter_submit = True
    list_fullwidth = True
    list_before_template = "admin/invoices/invoice/queue_views.html"
    search_fields = ["invoice_number", "vendor_name", "vendor_tax_id", "purchase_order", "iban"]
    search_help_text = "Number, vendor, tax number, order or IBAN"
    ordering = WORST_FIRST
    list_per_page = 50
    show_full_result_count = False
    actions = ["assign_to_me", "approve_clean"]

    class Media:
        css = {"all": ["review/queue.css"]}
        js = ["review/queue.js"]

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return super().has_view_permission(request, obj) or has_role(request.user, Role.REVIEWER)

    def has_module_permission(self, request: HttpRequest) -> bool:
        return super().has_module_permission(request) or has_role(request.user, Role.REVIEWER)

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False  # an invoice comes from a document

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False  # corrections go through the services, which keep the history

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False  # nothing is deleted by hand

    def has_review_permission(self, request: HttpRequest) -> bool:
        return has_role(request.user, Role.REVIEWER)

    # --- The list -----------------------------------------------------------------------------------------------------

    def get_changelist(self, request: HttpRequest, **kwargs: Any) -> type[ChangeList]:
        return Filtered if getattr(request, "only_filtered", False) else Queue

    def get_queryset(self, request: HttpRequest) -> QuerySet[Invoice]:
        return super().get_queryset(request).select_related("assignee").only(*_COLUMNS).prefetch_related("reasons")

    def changelist_view(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> HttpResponse:
        views = views_of(request)
        response: HttpResponse = super().changelist_view(
            request, {"title": "Review queue", "views": views, "may_review": self.has_review_permission(request)}
        )
        return response

    @display(description="vendor", ordering="vendor_name")
    def vendor_label(self, invoice: Invoice) -> SafeString | str:
        name = invoice.vendor_name or "unknown vendor"
        open_at = getattr(invoice, "open_at", "")
        if open_at:
            return format_html(
                '{} <span class="rq-here" title="{} has it open">{}</span>', name, open_at, open_at[:2].upper()
            )
        return name

    @display(description="number", ordering="invoice_number")
    def number(self, invoice: Invoice) -> str:
        return invoice.invoice_number or "–"

    @display(description="date", ordering="invoice_date")
    def dated(self, invoice: Invoice) -> SafeString | str:
        return _day(invoice.invoice_date)

    @display(description="total", ordering="total_amount")
    def total(self, invoice: Invoice) -> SafeString | str:
        if invoice.total_amount is None:
            return "–"
        sign = "−" if invoice.document_type == Invoice.DocumentType.CREDIT_NOTE else ""
        return format_html(
            '<span class="rq-figure">{}{} <small>{}</small></span>',
            sign,
            f"{invoice.total_amount:,.2f}",
            invoice.currency,
        )

    @display(description="due", ordering="due_date")
    def due(self, invoice: Invoice) -> SafeString | str:
        if invoice.due_date is None:
            return "–"
        late = invoice.due_date < timezone.localdate() and invoice.status in OPEN
        shown = _day(invoice.due_date)
        return format_html('<span class="rq-late">{}</span>', shown) if late else shown

    @display(description="reasons")
    def reason_chips(self, invoice: Invoice) -> SafeString | str:
        reasons = [reason for reason in invoice.reasons.all() if reason.accepted_at is None]
        if not reasons:
            return "–"
        chips = format_html_join(
            " ",
            '<span class="rq-chip {}" title="{}">{}</span>',
            (
                ("rq-blocking" if r.blocking else "", r.message, r.code.replace("_", " "))
                for r in reasons[:REASON_CHIPS]
            ),
        )
        more = len(reasons) - REASON_CHIPS
        return format_html('{} <span class="rq-chip">+{}</span>', chips, more) if more > 0 else chips

    @display(
        description="status",
        ordering="status",
        label={"needs_review": "warning", "ready": "info", "approved": "success", "rejected": "danger"},
    )
    def status_label(self, invoice: Invoice) -> tuple[str, str]:
        first = invoice.first_approved_at is not None and invoice.status in OPEN
        return invoice.status, "first approval" if first else invoice.get_status_display()

    @display(description="sure", ordering="confidence")
    def sureness(self, invoice: Invoice) -> str:
        return "–" if invoice.confidence is None else f"{invoice.confidence:.0%}"

    @display(description="cost")
    def cost(self, invoice: Invoice) -> str:
        spent = getattr(invoice, "cost_usd", None)
        return "–" if spent is None else f"${spent:.4f}"

    @display(description="age", ordering="-created_at")
    def age(self, invoice: Invoice) -> SafeString:
        seconds = (timezone.now() - invoice.created_at).total_seconds()
        hours = int(seconds // 3600)
        text = f"{hours // 24} d" if hours >= 24 else f"{hours} h" if hours else f"{int(seconds // 60)} min"
        return format_html(
            '<time datetime="{}" title="{}">{}</time>', *2 * (f"{invoice.created_at:%Y-%m-%d %H:%M}",), text
        )

    @display(description="assignee", ordering="assignee__username")
    def assigned(self, invoice: Invoice) -> str:
        return str(invoice.assignee) if invoice.assignee else "–"

    @admin.action(description="Assign to me", permissions=["review"])
    def assign_to_me(self, request: HttpRequest, invoices: QuerySet[Invoice]) -> None:
        refused, taken = [], 0
        for pk in list(invoices.values_list("pk", flat=True)):
            try:
                assign_invoice(invoice_id=pk, by=request.user, to=request.user, only_if_free=True)
                taken += 1
            except InvoicesiteError as error:
                refused.append(error.message)
        if taken:
            messages.success(request, f"{taken} {'invoice is' if taken == 1 else 'invoices are'} yours now.")
        for message in sorted(set(refused)):
            messages.warning(request, f"{refused.count(message)} not: {message}")

    @admin.action(description="Approve those without an open reason", permissions=["review"])
    def approve_clean(self, request: HttpRequest, invoices: QuerySet[Invoice]) -> None:
        open_reasons = InvoiceReason.objects.filter(accepted_at__isnull=True).values("invoice_id")
        chosen = set(invoices.values_list("pk", flat=True))
        clean = list(Invoice.objects.filter(pk__in=chosen).exclude(pk__in=open_reasons).values_list("pk", flat=True))
        results = approve_invoices(invoice_ids=clean, by=request.user)
        done = [result.invoice for result in results if result.invoice is not None]
        approved = sum(invoice.status == Invoice.Status.APPROVED for invoice in done)
        if approved:
            messages.success(request, f"{approved} approved.")
        if len(done) > approved:
            messages.info(request, f"{len(done) - approved} approved by you, and wait for a second person.")
        if len(chosen) > len(clean):
            messages.warning(request, f"{len(chosen) - len(clean)} not: they have a reason to look at.")
        refused = [result.error.message for result in results if result.error is not None]
        for message in sorted(set(refused)):
            messages.warning(request, f"{refused.count(message)} not: {message}")

    # --- One invoice --------------------------------------------------------------------------------------------------

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
            raise Http404("There is no such invoice.")
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
        asked = QueryDict(mutable=True)
        for name, value in parse_qsl(request.GET.get("_changelist_filters", "")):
            if name != PAGE_VAR:
                asked.appendlist(name, value)
        listing = copy(request)
        listing.GET = asked
        listing.only_filtered = True
        rows: QuerySet[Invoice] = self.get_changelist_instance(listing).queryset
        return rows


def _day(day: date | None) -> SafeString | str:
    if day is None:
        return "–"
    return format_html('<time class="rq-day" datetime="{}">{}</time>', day.isoformat(), f"{day.day} {day:%b %Y}")


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
        return (
            value["message"] if "message" in value else ", ".join(str(v) for v in value.values() if v not in (None, ""))
        )
    return str(value).replace("_", " ") if value in ("needs_review",) else str(value)[:300]
