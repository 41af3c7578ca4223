"""The queue: what needs a person, and the page on which one invoice is reviewed."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.contrib import admin, messages
from django.contrib.admin.options import IncorrectLookupParameters
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.urls import path
from django.utils import timezone
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from unfold.contrib.filters.admin import AutocompleteSelectFilter, RangeDateFilter
from unfold.decorators import display
from unfold.views import ChangeList

from common.admin.people import person
from common.errors import InvoicesiteError
from common.roles import Role, has_role
from invoices.field_groups import field_in_words
from invoices.models import Invoice, InvoiceReason
from invoices.records import HEADER
from invoices.search.find import find_words
from invoices.services.assignment import assign_invoice
from invoices.services.decisions import approve_invoices
from invoicesite.desk.queue_filters import (
    OPEN,
    AmountFilter,
    AssigneeFilter,
    BatchFilter,
    CurrencyFilter,
    MethodFilter,
    ReasonFilter,
    StatusFilter,
    UploaderFilter,
)
from invoicesite.desk.queue_list import COLUMNS, Queue, export_file
from invoicesite.desk.queue_views import views_of
from invoicesite.desk.review import WORST_FIRST, Filtered, Listing, ReviewPage

REASON_CHIPS = 3
_COLUMNS = (
    "status", "version", "confidence", "vendor_name", "invoice_number", "invoice_date", "due_date", "total_amount",
    "currency", "document_type", "method", "created_at", "decided_at", "first_approved_at", "assignee__username",
    "decided_by__username", "document__filename",
)  # fmt: skip


@admin.register(Invoice)
class InvoiceAdmin(ReviewPage):
    list_display = list(COLUMNS)
    list_display_links = ["vendor_label", "number"]
    list_filter = [
        StatusFilter, ReasonFilter, ("vendor", AutocompleteSelectFilter), AssigneeFilter, BatchFilter, CurrencyFilter,
        ("total_amount", AmountFilter), ("invoice_date", RangeDateFilter), ("created_at", RangeDateFilter),
        UploaderFilter, MethodFilter,
    ]  # fmt: skip
    list_filter_submit = True
    list_fullwidth = True
    list_before_template = "admin/invoices/invoice/queue_views.html"
    search_fields = ["search"]  # shows the field; what is found is said below
    search_help_text = "Any words in the invoice or its document, whatever its status"
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

    def get_urls(self) -> list[Any]:
        export = path("export/<slug:kind>/", self.admin_site.admin_view(self.export), name="invoices_invoice_export")
        return [export, *super().get_urls()]

    def export(self, request: HttpRequest, kind: str) -> HttpResponseBase:
        """What the filters of the list leave, as a file."""
        if not self.has_view_permission(request):
            raise PermissionDenied
        try:
            return export_file(request, self.get_changelist_instance(request), kind=kind)
        except IncorrectLookupParameters as error:
            raise Http404 from error

    # --- The list -----------------------------------------------------------------------------------------------------

    def get_changelist(self, request: HttpRequest, **kwargs: Any) -> type[ChangeList]:
        return Filtered if isinstance(request, Listing) else Queue

    def get_queryset(self, request: HttpRequest) -> QuerySet[Invoice]:
        return (
            super()
            .get_queryset(request)
            .select_related("assignee", "decided_by", "document")
            .only(*_COLUMNS)
            .prefetch_related("reasons")
        )

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
        file = getattr(getattr(invoice, "document", None), "filename", "")
        name: SafeString | str = invoice.vendor_name or "unknown vendor"
        if not invoice.vendor_name and file:
            name = format_html('{} <small class="rq-file">{}</small>', name, file)
        named = format_html('<span title="{}">{}</span>', file, name) if file else name
        open_at = getattr(invoice, "open_at", "")
        if open_at:
            return format_html(
                '{} <span class="rq-here" title="{} has it open">{}</span>', named, open_at, open_at[:2].upper()
            )
        return named

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
            (("rq-blocking" if r.blocking else "", r.message, _chip(r)) for r in reasons[:REASON_CHIPS]),
        )
        more = len(reasons) - REASON_CHIPS
        return format_html('{} <span class="rq-chip">+{}</span>', chips, more) if more > 0 else chips

    @display(description="status", ordering="status")
    def status_label(self, invoice: Invoice) -> SafeString:
        first = invoice.first_approved_at is not None and invoice.status in OPEN
        label = "waits for a second person" if first else invoice.get_status_display()
        chip = format_html('<span class="rq-status rq-{}">{}</span>', invoice.status, label)
        if invoice.decided_at is None:
            return chip
        who = str(invoice.decided_by or "the rules")
        why = getattr(invoice, "decided_why", "")
        told = format_html("{} <small>{}, {}</small>", chip, who, _day(timezone.localdate(invoice.decided_at)))
        return format_html('{}<small class="rq-why" title="{}">{}</small>', told, why, why) if why else told

    @display(description="sure", ordering="confidence")
    def sureness(self, invoice: Invoice) -> SafeString | str:
        sure = "–" if invoice.confidence is None else f"{invoice.confidence:.0%}"
        spent = getattr(invoice, "cost_usd", None)
        return format_html('{} <small title="What reading it cost">${:.4f}</small>', sure, spent) if spent else sure

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


def _chip(reason: InvoiceReason) -> str:
    """What is wrong in few words, with the field where the words do not name it: ``date missing``."""
    words, field = reason.code.replace("_", " "), reason.field.partition("[")[0]
    if field not in HEADER:
        return words
    named = field_in_words(field)
    if reason.code == "missing_field":
        return f"{named} missing"
    said = set(words.split()) & set(named.lower().split()) - {"amount"}
    return words if said else f"{named}: {words}"


def _day(day: date | None) -> SafeString | str:
    if day is None:
        return "–"
    return format_html('<time class="rq-day" datetime="{}">{}</time>', day.isoformat(), f"{day.day} {day:%b %Y}")
