"""The queue: what needs a person, and the page on which one invoice is reviewed."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any
from urllib.parse import urlencode

from django.contrib import admin, messages
from django.db.models import QuerySet, Sum
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from unfold.contrib.filters.admin import AutocompleteSelectFilter
from unfold.decorators import display
from unfold.templatetags.unfold_list import result_headers
from unfold.views import ChangeList

from common.admin.people import person
from common.errors import InvoicesiteError
from common.roles import Role, has_role
from invoices.models import Invoice, InvoiceReason
from invoices.search.find import find_words
from invoices.services.assignment import assign_invoice
from invoices.services.decisions import approve_invoices
from invoicesite.desk import presence
from invoicesite.desk.queue_filters import (
    OPEN,
    AmountFilter,
    AssigneeFilter,
    BatchFilter,
    CurrencyFilter,
    MethodFilter,
    ReasonFilter,
    StatusFilter,
)
from invoicesite.desk.queue_views import views_of
from invoicesite.desk.review import WORST_FIRST, Filtered, Listing, ReviewPage

REASON_CHIPS = 3
_COLUMNS = (
    "status", "version", "confidence", "vendor_name", "invoice_number", "invoice_date", "due_date", "total_amount",
    "currency", "document_type", "method", "created_at", "decided_at", "first_approved_at", "assignee__username",
)  # fmt: skip


COLUMNS = (
    "vendor_label", "number", "dated", "total", "due", "reason_chips", "status_label", "sureness", "cost", "age",
    "assigned",
)  # fmt: skip
UNKNOWN = "00000000-0000-0000-0000-000000000000"


class Queue(ChangeList):
    """The list with what it needs to know of its rows besides themselves: one query each, whatever their number."""

    result_list: Any
    filters_asked = ""

    def get_results(self, request: HttpRequest) -> None:
        super().get_results(request)
        self.filters_asked = request.GET.urlencode()
        rows: list[Any] = list(self.result_list)
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
            .exclude(user=person(request))
            .values_list("invoice_id", "user__username")
        )
        for row in rows:
            row.cost_usd = costs.get(row.pk)
            row.open_at = here.get(row.pk, "")
        self.result_list = rows

    def shown_headers(self) -> list[dict[str, Any]]:
        return list(result_headers(self))

    def shown_rows(self) -> Iterator[dict[str, Any]]:
        """Each row with its cells as the columns of the admin give them."""
        columns = [(name, getattr(self.model_admin, name)) for name in COLUMNS]
        page = reverse("admin:invoices_invoice_change", args=[UNKNOWN])
        filters = f"?{urlencode({'_changelist_filters': self.filters_asked})}" if self.filters_asked else ""
        for row in self.result_list:
            yield {
                "pk": row.pk,
                "label": str(row),
                "url": page.replace(UNKNOWN, str(row.pk)) + filters,
                "cells": [(name, show(row)) for name, show in columns],
            }


@admin.register(Invoice)
class InvoiceAdmin(ReviewPage):
    list_display = list(COLUMNS)
    list_display_links = ["vendor_label", "number"]
    list_filter = [
        StatusFilter, ReasonFilter, ("vendor", AutocompleteSelectFilter), AssigneeFilter, BatchFilter, CurrencyFilter,
        ("total_amount", AmountFilter), MethodFilter,
    ]  # fmt: skip
    list_filter_submit = True
    list_fullwidth = True
    list_before_template = "admin/invoices/invoice/queue_views.html"
    search_fields = ["search"]  # shows the field; what is found is said below
    search_help_text = "Any words in the invoice or its document"
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
        return Filtered if isinstance(request, Listing) else Queue

    def get_queryset(self, request: HttpRequest) -> QuerySet[Invoice]:
        return super().get_queryset(request).select_related("assignee").only(*_COLUMNS).prefetch_related("reasons")

    def get_search_results(
        self, request: HttpRequest, queryset: QuerySet[Invoice], search_term: str
    ) -> tuple[QuerySet[Invoice], bool]:
        return find_words(queryset, search_term), False

    def changelist_view(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> HttpResponse:
        views = views_of(request)
        response: HttpResponse = super().changelist_view(
            request,
            {
                "title": "Review queue",
                "views": views,
                "may_review": self.has_review_permission(request),
                # Without an action there is no column of boxes either.
                "actions_on_top": self.has_review_permission(request),
            },
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

    @display(description="status", ordering="status")
    def status_label(self, invoice: Invoice) -> SafeString:
        first = invoice.first_approved_at is not None and invoice.status in OPEN
        label = "first approval" if first else invoice.get_status_display()
        return format_html('<span class="rq-status rq-{}">{}</span>', invoice.status, label)

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
                assign_invoice(invoice_id=pk, by=person(request), to=person(request), only_if_free=True)
                taken += 1
            except InvoicesiteError as error:
                refused.append(error.message)
        if taken:
            messages.success(request, f"{taken} {'invoice is' if taken == 1 else 'invoices are'} yours now.")
        for message in sorted(set(refused)):
            messages.warning(request, f"{refused.count(message)} not: {message}")

    @admin.action(description="Approve those with no open reasons", permissions=["review"])
    def approve_clean(self, request: HttpRequest, invoices: QuerySet[Invoice]) -> None:
        open_reasons = InvoiceReason.objects.filter(accepted_at__isnull=True).values("invoice_id")
        chosen = set(invoices.values_list("pk", flat=True))
        clean = list(Invoice.objects.filter(pk__in=chosen).exclude(pk__in=open_reasons).values_list("pk", flat=True))
        results = approve_invoices(invoice_ids=clean, by=person(request))
        done = [result.invoice for result in results if result.invoice is not None]
        approved = sum(invoice.status == Invoice.Status.APPROVED for invoice in done)
        if approved:
            messages.success(request, f"{approved} approved.")
        if len(done) > approved:
            messages.info(request, f"{len(done) - approved} approved by you and waiting for a second approver.")
        if len(chosen) > len(clean):
            messages.warning(request, f"{len(chosen) - len(clean)} not approved: they have open reasons.")
        refused = [result.error.message for result in results if result.error is not None]
        for message in sorted(set(refused)):
            messages.warning(request, f"{refused.count(message)} not: {message}")


def _day(day: date | None) -> SafeString | str:
    if day is None:
        return "–"
    return format_html('<time class="rq-day" datetime="{}">{}</time>', day.isoformat(), f"{day.day} {day:%b %Y}")
