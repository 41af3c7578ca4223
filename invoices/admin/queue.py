from decimal import Decimal
from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.html import format_html_join
from django.utils.safestring import SafeString
from unfold.admin import ModelAdmin, TabularInline
from unfold.decorators import display

from invoices.models import (
    Invoice,
    InvoiceChange,
    InvoiceLine,
    InvoiceReason,
    InvoiceTax,
)


def plain(value: Decimal | None, *, places: int = 0) -> str:
    """A stored number without the needless zeros of its column, with at least ``places``."""
    if value is None:
        return "–"
    text = f"{value.normalize():,f}"
    whole, _, fraction = text.partition(".")
    fraction = fraction.ljust(places, "0")
    return f"{whole}.{fraction}" if fraction else whole


class ReadOnlyInline(TabularInline):
    extra = 0
    can_delete = False
    show_change_link = False

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False


class ReasonInline(ReadOnlyInline):
    model = InvoiceReason
    fields = ["message", "field", "code", "blocking"]


class LineInline(ReadOnlyInline):
    model = InvoiceLine
    fields = ["line_number", "description", "item_code", "shown_quantity", "unit", "shown_price", "shown_amount"]
    readonly_fields = ["shown_quantity", "shown_price", "shown_amount"]

    @display(description="quantity")
    def shown_quantity(self, line: InvoiceLine) -> str:
        return plain(line.quantity)

    @display(description="unit price")
    def shown_price(self, line: InvoiceLine) -> str:
        return plain(line.unit_price)

    @display(description="amount")
    def shown_amount(self, line: InvoiceLine) -> str:
        return plain(line.amount, places=2)


class TaxInline(ReadOnlyInline):
    model = InvoiceTax
    fields = ["category", "rate", "base", "amount"]


class ChangeInline(ReadOnlyInline):
    model = InvoiceChange
    fields = ["changed_at", "changed_by", "field", "old", "new", "why"]
    readonly_fields = fields


@admin.register(Invoice)
class InvoiceAdmin(ModelAdmin):
    list_display = [
        "vendor_name", "invoice_number", "invoice_date", "total", "due_date", "reason_chips", "status_label",
        "confidence", "method", "created_at",
    ]  # fmt: skip
    list_display_links = ["vendor_name", "invoice_number"]
    list_filter = ["status", "reasons__code", "currency", "document_type", "method", "invoice_date"]
    search_fields = ["invoice_number", "vendor_name", "vendor_tax_id", "purchase_order", "iban"]
    date_hierarchy = "created_at"
    list_per_page = 50
    show_full_result_count = False
    inlines = [ReasonInline, LineInline, TaxInline, ChangeInline]
    fieldsets = [
        (None, {"fields": [("status", "confidence", "method"), ("vendor", "document_type", "version")]}),
        (
            "Invoice",
            {
                "fields": [
                    ("invoice_number", "invoice_date", "due_date"),
                    ("delivery_date", "period_start", "period_end"),
                    ("purchase_order", "contract_reference", "buyer_reference"),
                ]
            },
        ),
        (
            "Amounts",
            {
                "fields": [
                    ("subtotal", "tax_amount", "total_amount"),
                    ("discount_total", "charge_total", "rounding"),
                    ("amount_paid", "amount_due", "currency"),
                ]
            },
        ),
        (
            "Vendor",
            {
                "fields": [
                    ("vendor_name", "vendor_tax_id", "vendor_country"),
                    ("vendor_address", "vendor_email", "vendor_phone"),
                ]
            },
        ),
        ("Buyer", {"fields": [("buyer_name", "buyer_tax_id"), ("buyer_address", "ship_to_address")]}),
        ("Payment", {"fields": [("iban", "bic", "payment_reference"), "payment_terms", "notes"]}),
        ("Record", {"fields": [("owner", "decided_by", "decided_at"), ("created_at", "source_sha256")]}),
    ]

    def get_queryset(self, request: HttpRequest) -> QuerySet[Invoice]:
        return super().get_queryset(request).prefetch_related("reasons")

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False  # an invoice comes from a document

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False  # corrections go through the services, which keep the history

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False  # nothing is deleted by hand

    @display(description="total", ordering="total_amount")
    def total(self, invoice: Invoice) -> str:
        return f"{invoice.total_amount:,.2f} {invoice.currency}" if invoice.total_amount is not None else "–"

    @display(
        description="status",
        ordering="status",
        label={"needs_review": "warning", "ready": "info", "approved": "success", "rejected": "danger"},
    )
    def status_label(self, invoice: Invoice) -> tuple[str, str]:
        return invoice.status, invoice.get_status_display()

    @display(description="reasons")
    def reason_chips(self, invoice: Invoice) -> SafeString | str:
        reasons = invoice.reasons.all()
        if not reasons:
            return "–"
        chip = '<span title="{}" class="font-semibold text-{}-700 dark:text-{}-400">{}</span>'
        return format_html_join(
            ", ",
            chip,
            (
                (reason.message, *(2 * ("red" if reason.blocking else "orange",)), reason.code.replace("_", " "))
                for reason in reasons
            ),
        )
