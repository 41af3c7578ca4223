"""What the audit of carriers' invoices found, for the freight analyst: the list, its sums, disputes and acceptances."""

from __future__ import annotations

from datetime import UTC, datetime
from decimal import Decimal
from typing import Any

from django import forms
from django.contrib import admin, messages
from django.contrib.admin.options import IncorrectLookupParameters
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.urls import path
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString
from unfold.contrib.filters.admin import AutocompleteSelectFilter, RangeDateFilter
from unfold.decorators import display
from unfold.forms import ActionForm
from unfold.views import ChangeList

from common.admin.people import person
from common.admin.read_only import LookedAt
from common.errors import InvoicesiteError
from common.roles import Role, has_role
from invoices.admin.finding_filters import ChargeFilter, CodeFilter, FindingCurrencyFilter, FindingStatusFilter
from invoices.admin.finding_list import BY_DIFFERENCE, COLUMNS, FindingList, LargestFirst, figure, review_url
from invoices.exporting.findings import COLUMNS as FILE_COLUMNS
from invoices.exporting.findings import finding_table
from invoices.exporting.streaming import streamed
from invoices.exporting.tables import as_csv
from invoices.models import Finding
from invoices.services.findings import decide_finding

# Each decision is a transaction of its own on an invoice that is locked meanwhile.
DECIDED_AT_ONCE = 500


class WhyForm(ActionForm):
    """The action, and what is said with it."""

    why = forms.CharField(
        label="Why", required=False, max_length=500, widget=forms.TextInput(attrs={"placeholder": "Why (optional)"})
    )


@admin.register(Finding)
class FindingAdmin(LookedAt):
    list_display = list(COLUMNS)
    list_filter = [
        FindingStatusFilter, CodeFilter, ChargeFilter, FindingCurrencyFilter,
        ("invoice__vendor", AutocompleteSelectFilter), ("rate_card", AutocompleteSelectFilter),
        ("invoice__invoice_date", RangeDateFilter),
    ]  # fmt: skip
    list_filter_submit = True
    list_fullwidth = True
    list_before_template = "admin/invoices/finding/totals.html"
    search_fields = ["invoice__vendor_name", "invoice__invoice_number", "tracking_number", "description"]
    search_help_text = "Vendor, invoice number, tracking number or charge"
    ordering = [BY_DIFFERENCE.desc()]
    action_form = WhyForm
    actions = ["dispute", "accept"]
    change_list_template = "admin/invoices/finding/change_list.html"

    def get_urls(self) -> list[Any]:
        export = path("export/", self.admin_site.admin_view(self.export), name="invoices_finding_export")
        return [export, *super().get_urls()]

    def get_changelist(self, request: HttpRequest, **kwargs: Any) -> type[ChangeList]:
        return FindingList

    def get_queryset(self, request: HttpRequest) -> QuerySet[Finding]:
        rows: QuerySet[Finding] = super().get_queryset(request)
        return (
            rows.select_related("invoice")
            .only(
                "id", "code", "charge", "status", "charge_code", "description", "tracking_number", "currency", "billed",
                "expected", "difference", "message", "created_at", "invoice__vendor_name", "invoice__invoice_number",
            )
        )  # fmt: skip

    def has_review_permission(self, request: HttpRequest) -> bool:
        return has_role(request.user, Role.REVIEWER)

    def may_open_invoices(self, request: HttpRequest) -> bool:
        return self.has_review_permission(request) or request.user.has_perm("invoices.view_invoice")

    def changelist_view(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> HttpResponse:
        context = {"title": "Audit findings", "actions_on_top": self.has_review_permission(request)}
        response: HttpResponse = super().changelist_view(request, context)
        return response

    def changeform_view(self, request: HttpRequest, object_id: str | None = None, *args: Any, **kwargs: Any) -> Any:
        """A finding is looked at on the page of its invoice."""
        row = self.get_object(request, object_id or "")
        if row is None:
            raise Http404
        if not self.may_open_invoices(request):
            raise PermissionDenied
        return HttpResponseRedirect(review_url(row))

    def export(self, request: HttpRequest) -> HttpResponseBase:
        """What the filters of the list leave, as CSV."""
        if not self.has_view_permission(request):
            raise PermissionDenied
        try:
            found = self.get_changelist_instance(request).queryset
        except IncorrectLookupParameters as error:
            raise Http404 from error
        return streamed(
            request,
            as_csv(FILE_COLUMNS, finding_table(found)),
            content_type="text/csv; charset=utf-8",
            filename=f"findings-{datetime.now(UTC):%Y-%m-%d}.csv",
        )

    # --- Columns ------------------------------------------------------------------------------------------------------

    @display(description="invoice", ordering="invoice__invoice_number")
    def invoice_number(self, row: Finding) -> str:
        return row.invoice.invoice_number or "no number"

    @display(description="vendor", ordering="invoice__vendor_name")
    def vendor(self, row: Finding) -> str:
        return row.invoice.vendor_name or "unknown vendor"

    @display(description="problem", ordering="code")
    def code_chip(self, row: Finding) -> SafeString:
        return format_html(
            '<span class="fd-chip fd-{}" title="{}">{}</span>', row.code, row.message, row.get_code_display()
        )

    @display(description="charge", ordering="charge")
    def charge_label(self, row: Finding) -> SafeString:
        name = row.description or row.charge_code
        return format_html("{}{}", name[:80] or row.get_charge_display(), _small(row.get_charge_display(), name))

    @display(description="tracking", ordering="tracking_number")
    def tracking(self, row: Finding) -> str:
        return row.tracking_number or "–"

    @display(description="billed", ordering="billed")
    def billed_amount(self, row: Finding) -> str:
        return figure(row.billed)

    @display(description="expected", ordering=LargestFirst("expected"))
    def expected_amount(self, row: Finding) -> str:
        return figure(row.expected)

    @display(description="difference", ordering=BY_DIFFERENCE)
    def difference_amount(self, row: Finding) -> SafeString | str:
        if row.difference is None:
            return "–"
        return format_html(
            '<span class="fd-{}">{}</span> <small>{}</small>',
            "above" if row.difference > 0 else "below", figure(row.difference, signed=True), row.currency,
        )  # fmt: skip

    @display(description="status", ordering="status")
    def status_chip(self, row: Finding) -> SafeString:
        return format_html('<span class="fd-chip fd-{}">{}</span>', row.status, row.get_status_display())

    @display(description="age", ordering="-created_at")
    def age(self, row: Finding) -> SafeString:
        minutes = int((timezone.now() - row.created_at).total_seconds() // 60)
        hours, days = minutes // 60, minutes // (24 * 60)
        moment = f"{row.created_at:%Y-%m-%d %H:%M}"
        told = f"{days} d" if days else f"{hours} h" if hours else f"{minutes} min"
        return format_html('<time datetime="{}" title="{}">{}</time>', moment, moment, told)

    # --- Decisions ----------------------------------------------------------------------------------------------------

    @admin.action(description="Dispute: claim from the carrier", permissions=["review"])
    def dispute(self, request: HttpRequest, chosen: QuerySet[Finding]) -> None:
        self._decide(request, chosen, Finding.Status.DISPUTED)

    @admin.action(description="Accept: pay as billed", permissions=["review"])
    def accept(self, request: HttpRequest, chosen: QuerySet[Finding]) -> None:
        self._decide(request, chosen, Finding.Status.ACCEPTED)

    def _decide(self, request: HttpRequest, chosen: QuerySet[Finding], status: Finding.Status) -> None:
        why = request.POST.get("why", "").strip()[:500]
        ids = list(chosen.values_list("pk", flat=True)[: DECIDED_AT_ONCE + 1])
        refused: list[str] = []
        sums: dict[str, Decimal] = {}
        count = 0
        for pk in ids[:DECIDED_AT_ONCE]:
            try:
                row = decide_finding(finding_id=pk, by=person(request), status=status, why=why)
            except InvoicesiteError as error:
                refused.append(error.message)
                continue
            count += 1
            sums[row.currency] = sums.get(row.currency, Decimal(0)) + (row.difference or 0)
        if count:
            told = ", ".join(figure(amount, currency) for currency, amount in sorted(sums.items()) if amount)
            kind = "finding is" if count == 1 else "findings are"
            messages.success(request, f"{count} {kind} {status.label}{f': {told}' if told else ''}.")
        for message in sorted(set(refused)):
            messages.warning(request, f"{refused.count(message)} not: {message}")
        if len(ids) > DECIDED_AT_ONCE:
            messages.warning(request, f"Only the first {DECIDED_AT_ONCE} were changed; run it again for the rest.")

    class Media:
        css = {"all": ["review/queue.css", "desk/dashboard.css", "review/findings.css"]}


def _small(kind: str, name: str) -> SafeString | str:
    return format_html(" <small>{}</small>", kind) if name and kind not in name.casefold() else ""
