"""By what the queue is narrowed. None of the filters multiplies rows, and none counts what it offers."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.apps import apps
from django.contrib.admin.views.main import SEARCH_VAR
from django.contrib.auth import get_user_model
from django.core.cache import cache
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.http import HttpRequest
from unfold.contrib.filters.admin import DropdownFilter, RangeNumericFilter

from common.admin.people import person
from invoices.methods import METHODS
from invoices.models import Invoice, InvoiceReason
from invoices.rules.catalogue import REASONS

OPEN = ("needs_review", "ready")
_BATCHES_OFFERED = 50
_CHOICES_SECONDS = 300


class StatusFilter(DropdownFilter):
    """What is open, unless another status is asked for, or words are looked for: whoever looks for an invoice does not
    know where it stands. Who goes from one to the next goes through what is open."""

    title = "status"
    parameter_name = "status"
    all_option = ["", "Open"]

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        return [*((value, str(label)) for value, label in Invoice.Status.choices), ("all", "any")]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Invoice]) -> QuerySet[Invoice]:
        value = self.value()
        if value in Invoice.Status.values:
            return queryset.filter(status=value)
        searched = request.GET.get(SEARCH_VAR, "").strip() and not getattr(request, "is_walk", False)
        return queryset if value == "all" or searched else queryset.filter(status__in=OPEN)


class ReasonFilter(DropdownFilter):
    title = "reason"
    parameter_name = "reason"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        return [("none", "none"), ("blocking", "any that blocks")] + [
            (code, code.replace("_", " ")) for code in sorted(REASONS)
        ]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Invoice]) -> QuerySet[Invoice]:
        value = self.value()
        if not value:
            return queryset
        reasons = InvoiceReason.objects.filter(invoice=OuterRef("pk"), accepted_at__isnull=True)
        if value == "none":
            return queryset.filter(~Exists(reasons))
        return queryset.filter(
            Exists(reasons.filter(blocking=True) if value == "blocking" else reasons.filter(code=value))
        )


class BatchFilter(DropdownFilter):
    """The last batches. Batches are the pipeline's; the invoice reaches them by the document it came from."""

    title = "batch"
    parameter_name = "batch"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        if not apps.is_installed("processing"):
            return []
        batches = apps.get_model("processing", "Batch")._default_manager.order_by("-created_at")
        return [
            (str(batch.pk), f"{batch} · {batch.created_at:%d %b %Y %H:%M}")
            for batch in batches.only("id", "name", "created_at")[:_BATCHES_OFFERED]
        ]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Invoice]) -> QuerySet[Invoice]:
        value = self.value()
        if not value:
            return queryset
        return queryset.filter(pk__in=Invoice.objects.filter(document__jobs__batch=value).values("pk"))


class CurrencyFilter(DropdownFilter):
    title = "currency"
    parameter_name = "currency"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        return [(code, code) for code in cache.get_or_set("queue-currencies", _currencies, _CHOICES_SECONDS) or ()]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Invoice]) -> QuerySet[Invoice]:
        return queryset.filter(currency=self.value()) if self.value() else queryset


class MethodFilter(DropdownFilter):
    title = "method"
    parameter_name = "method"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        return [(name, kind.label) for name, kind in METHODS.items()]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Invoice]) -> QuerySet[Invoice]:
        return queryset.filter(method=self.value()) if self.value() else queryset


class AssigneeFilter(DropdownFilter):
    title = "assignee"
    parameter_name = "assignee"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        people = (
            get_user_model()
            ._default_manager.filter(is_active=True)
            .filter(Q(groups__name__in=["reviewer", "admin"]) | Q(is_superuser=True))
        )
        others = people.exclude(pk=person(request).pk).distinct().order_by("username")[:100]
        return [("me", "me"), ("nobody", "nobody")] + [(str(person.pk), str(person)) for person in others]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Invoice]) -> QuerySet[Invoice]:
        value = self.value()
        if value == "me":
            return queryset.filter(assignee_id=person(request).pk)
        if value == "nobody":
            return queryset.filter(assignee__isnull=True)
        return queryset.filter(assignee_id=int(value)) if value and value.isdecimal() else queryset


class UploaderFilter(DropdownFilter):
    title = "uploaded by"
    parameter_name = "uploader"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        people = get_user_model()._default_manager.filter(is_active=True).exclude(pk=person(request).pk)
        return [("me", "me")] + [(str(each.pk), str(each)) for each in people.order_by("username")[:100]]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Invoice]) -> QuerySet[Invoice]:
        value = self.value()
        if value == "me":
            return queryset.filter(document__owner_id=person(request).pk)
        return queryset.filter(document__owner_id=int(value)) if value and value.isdecimal() else queryset


class AmountFilter(RangeNumericFilter):
    def queryset(self, request: HttpRequest, queryset: QuerySet[Invoice]) -> QuerySet[Invoice]:
        # A number that is none narrows nothing; the form keeps what was typed.
        found: QuerySet[Invoice] | None = super().queryset(request, queryset)
        return queryset if found is None else found


def _currencies() -> Iterable[str]:
    """The currencies in use, each found by one step in the index instead of a look at every invoice."""
    found: list[str] = []
    rows = Invoice.objects.order_by("currency").values_list("currency", flat=True)
    while (code := rows.filter(currency__gt=found[-1] if found else "").first()) is not None:
        found.append(code)
    return found
