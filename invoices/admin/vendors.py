"""The vendor list in the admin, and the page of one vendor."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any
from uuid import UUID

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect, JsonResponse
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.views.decorators.http import require_POST
from unfold.decorators import display

from common.admin.people import person
from common.admin.read_only import LookedAt
from common.errors import InvalidFields, InvoicesiteError, NotFound
from common.roles import Role, has_role
from invoices.models import Vendor
from invoices.services.vendor_memory import export_vendors, forget_entry
from invoices.services.vendors import change_vendor, edited_values, merge_vendors, split_vendor
from invoices.vendor_queries import (
    alike_vendors,
    entries_of,
    latest_invoices,
    listed_vendors,
    open_findings_of,
    spend_of,
)

# Name, label, whether it is a list with a line for each, and what to write there.
FIELDS = (
    ("name", "Name", False, ""),
    ("tax_id", "Tax id", False, ""),
    ("country", "Country", False, "two letters"),
    ("payment_terms", "Payment terms", False, "what was agreed"),
    ("other_names", "Other names", True, "one a line"),
    ("other_tax_ids", "Other tax ids", True, "one a line"),
    ("ibans", "Accounts", True, "one IBAN a line"),
    ("blocked_ibans", "Blocked accounts", True, "must not be paid"),
)
_LABELS = {name: label for name, label, _, _ in FIELDS} | {
    "confirmed": "First invoice approved", "merged": "Merged", "split": "Split", "memory": "Memory",
}  # fmt: skip
CHANGES_SHOWN = 100


class Confirmed(admin.SimpleListFilter):
    """Vendors of approved invoices, or names that were only read so far."""

    title = "list"
    parameter_name = "list"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        return [("candidates", "Candidates"), ("all", "All")]

    def choices(self, changelist: Any) -> Any:
        every = list(super().choices(changelist))
        return [{**every[0], "display": "Vendors"}, *every[1:]]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Vendor]) -> QuerySet[Vendor]:
        if self.value() == "all":
            return queryset
        return queryset.filter(confirmed_at__isnull=self.value() == "candidates")


@admin.register(Vendor)
class VendorAdmin(LookedAt):
    list_display = ["name", "tax_id", "country", "accounts", "approved", "last_dated"]
    search_fields = ["name", "tax_id"]
    list_filter = [Confirmed, "country"]

    def get_queryset(self, request: HttpRequest) -> QuerySet[Vendor]:
        return listed_vendors()

    when_empty = "A vendor is listed once an invoice of it is approved. Names that were only read are under Candidates."

    @display(description="accounts")
    def accounts(self, vendor: Vendor) -> str:
        return ", ".join(vendor.ibans) or "–"

    @display(description="approved invoices")
    def approved(self, vendor: Vendor) -> int:
        return vendor.approved_count  # type: ignore[attr-defined]  # annotated

    @display(description="last dated")
    def last_dated(self, vendor: Vendor) -> Any:
        return vendor.last_invoice or "–"  # type: ignore[attr-defined]  # annotated

    def get_urls(self) -> list[Any]:
        wrap = self.admin_site.admin_view
        own = [
            path("<uuid:vendor_id>/save/", wrap(save), name="invoices_vendor_save"),
            path("<uuid:vendor_id>/merge/", wrap(merge), name="invoices_vendor_merge"),
            path("<uuid:vendor_id>/split/", wrap(split), name="invoices_vendor_split"),
            path("<uuid:vendor_id>/forget/", wrap(forget), name="invoices_vendor_forget"),
            path("<uuid:vendor_id>/memory.json", wrap(self.export), name="invoices_vendor_export"),
        ]
        return [*own, *super().get_urls()]

    def change_view(
        self, request: HttpRequest, object_id: str, form_url: str = "", extra_context: Any = None
    ) -> HttpResponse:
        """Instead of Django's form: what is known of the vendor, and what reviewers may change."""
        if not self.has_view_permission(request):
            raise PermissionDenied
        try:
            vendor = Vendor.objects.filter(pk=UUID(object_id or "")).first()
        except (ValueError, ValidationError) as error:
            raise Http404 from error
        if vendor is None:
            raise Http404
        context = {**self.admin_site.each_context(request), "title": vendor.name, "opts": self.opts}
        return TemplateResponse(request, "admin/invoices/vendor/vendor.html", context | _page(request, vendor))

    def export(self, request: HttpRequest, vendor_id: UUID) -> HttpResponse:
        """The vendor with what is known of it, as a file."""
        if not self.has_view_permission(request):
            raise PermissionDenied
        vendors = Vendor.objects.filter(pk=vendor_id)
        if not vendors.exists():
            raise Http404
        response = JsonResponse(export_vendors(vendors), json_dumps_params={"ensure_ascii": False, "indent": 1})
        response["Content-Disposition"] = f'attachment; filename="vendor-{vendor_id}.json"'
        return response


def _page(request: HttpRequest, vendor: Vendor) -> dict[str, Any]:
    values = edited_values(vendor)
    reads_invoices = request.user.has_perm("invoices.view_invoice")
    return {
        "vendor": vendor,
        "may_edit": has_role(request.user, Role.REVIEWER),
        "facts": [
            {"name": name, "label": label, "list": is_list, "hint": hint, "value": values[name]}
            for name, label, is_list, hint in FIELDS
        ],
        "entries": [
            {"row": row, "first": next(iter(row.lessons.all()), None), "what": _told(row)} for row in entries_of(vendor)
        ],
        "sees_invoices": reads_invoices,
        "invoices": latest_invoices(vendor, request.user) if reads_invoices else [],
        "spend": spend_of(vendor, request.user) if reads_invoices else [],
        "findings": open_findings_of(vendor, request.user) if request.user.has_perm("invoices.view_finding") else 0,
        "alike": alike_vendors(vendor),
        "changes": [
            {"row": change, "label": _LABELS.get(change.field, change.field), "old": _plain(change.old),
             "new": _plain(change.new)}
            for change in vendor.changes.select_related("changed_by").order_by("-id")[:CHANGES_SHOWN]
        ],
    }  # fmt: skip


def _told(row: Any) -> str:
    """An entry as a sentence."""
    field = row.field.replace("_", " ")
    match row.kind:
        case "name":
            return f"“{row.label or row.key}” is {row.value}"
        case "field" if row.relation == "same":
            return f"“{row.label}” is the {field}"
        case "field":
            where = {"inline": "follows", "right": "stands right of", "below": "stands below"}[row.relation]
            return f"the {field} {where} “{row.label}”"
        case "column":
            return f"the column “{row.label}” is the {field}"
        case "layout":
            return "documents with the same labels"
        case _:
            return str(row.value or row.key)


def _plain(value: Any) -> str:
    if isinstance(value, dict):
        return ", ".join(str(part) for part in value.values() if part not in ("", [], None))
    if isinstance(value, list):
        return ", ".join(map(str, value))
    return str(value or "")


def _by_reviewer(act: Callable[[HttpRequest, UUID], str]) -> Callable[[HttpRequest, UUID], HttpResponseBase]:
    """The view of what a reviewer does on the page: ``act`` gives a sentence; what it refuses is said on the page."""

    @require_POST
    @wraps(act)
    def view(request: HttpRequest, vendor_id: UUID) -> HttpResponseBase:
        if not has_role(request.user, Role.REVIEWER):
            raise PermissionDenied
        try:
            messages.success(request, act(request, vendor_id))
        except NotFound as error:
            raise Http404 from error
        except InvalidFields as error:
            messages.error(request, " ".join(f"{_LABELS[e.field]}: {e.message}" for e in error.errors))
        except InvoicesiteError as error:
            messages.error(request, error.message)
        return HttpResponseRedirect(reverse("admin:invoices_vendor_change", args=[vendor_id]))

    return view


@_by_reviewer
def save(request: HttpRequest, vendor_id: UUID) -> str:
    """What was typed over the facts of a vendor."""
    changes = {name: request.POST[name][:20_000] for name, *_ in FIELDS if name in request.POST}
    change_vendor(vendor_id=vendor_id, changes=changes, by=person(request), why=request.POST.get("why", "")[:500])
    return "Saved."


@_by_reviewer
def merge(request: HttpRequest, vendor_id: UUID) -> str:
    """Another vendor is the same as this one."""
    other = merge_vendors(keep_id=vendor_id, other_id=_uuid(request.POST.get("other", "")), by=person(request))
    return f"Merged into {other.name}."


@_by_reviewer
def split(request: HttpRequest, vendor_id: UUID) -> str:
    """Some invoices are another vendor's."""
    new = split_vendor(
        vendor_id=vendor_id,
        invoice_ids=[_uuid(value) for value in request.POST.getlist("invoice")[:1000]],
        name=request.POST.get("name", ""),
        by=person(request),
    )
    return f"{new.name} is a vendor of its own now."


@_by_reviewer
def forget(request: HttpRequest, vendor_id: UUID) -> str:
    """Let an entry be forgotten, or be used again."""
    entry = request.POST.get("entry", "")
    if not entry.isdecimal():
        raise NotFound
    again = request.POST.get("again") == "1"
    forget_entry(entry_id=int(entry[:18]), by=person(request), forget=not again)
    return "Used again." if again else "Forgotten."


def _uuid(text: str) -> UUID:
    try:
        return UUID(text)
    except ValueError as error:
        raise NotFound from error
