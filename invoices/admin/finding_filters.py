"""By what the findings are narrowed."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.core.cache import cache
from django.db.models import QuerySet
from django.http import HttpRequest
from unfold.contrib.filters.admin import DropdownFilter

from invoices.finding_queries import in_hand
from invoices.models import Finding

_CHOICES_SECONDS = 300


class FindingStatusFilter(DropdownFilter):
    """What is open or disputed on invoices that are not rejected, unless something else is asked for."""

    title = "status"
    parameter_name = "status"
    all_option = ["", "Open or disputed"]

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        return [*((value, str(label)) for value, label in Finding.Status.choices), ("all", "any")]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Finding]) -> QuerySet[Finding]:
        value = self.value()
        if value in Finding.Status.values:
            return queryset.filter(status=value)
        return queryset if value == "all" else in_hand(queryset)


class CodeFilter(DropdownFilter):
    title = "kind"
    parameter_name = "code"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        return [(value, str(label)) for value, label in Finding.Code.choices]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Finding]) -> QuerySet[Finding]:
        return queryset.filter(code=self.value()) if self.value() else queryset


class ChargeFilter(DropdownFilter):
    title = "charge"
    parameter_name = "charge"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        return [(value, str(label)) for value, label in Finding.Charge.choices]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Finding]) -> QuerySet[Finding]:
        return queryset.filter(charge=self.value()) if self.value() else queryset


class FindingCurrencyFilter(DropdownFilter):
    title = "currency"
    parameter_name = "currency"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        return [(code, code) for code in cache.get_or_set("finding-currencies", _currencies, _CHOICES_SECONDS) or ()]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Finding]) -> QuerySet[Finding]:
        return queryset.filter(currency=self.value()) if self.value() else queryset


def _currencies() -> Iterable[str]:
    rows = Finding.objects.exclude(currency="").order_by("currency")
    return list(rows.values_list("currency", flat=True).distinct())
