"""The tolerances of the audit in the admin."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from unfold.admin import ModelAdmin
from unfold.decorators import display

from invoices.models import AuditTolerance
from invoices.services.tolerances import delete_tolerances, save_tolerance


@admin.register(AuditTolerance)
class AuditToleranceAdmin(ModelAdmin):
    list_display = ["carrier", "charge", "amount", "percent", "updated_at"]
    list_filter = ["kind"]
    search_fields = ["carrier_name"]
    fields = ["carrier_name", "kind", "amount", "percent"]

    @display(description="carrier", ordering="carrier_name")
    def carrier(self, tolerance: AuditTolerance) -> str:
        return tolerance.carrier_name or "All carriers"

    @display(description="charge", ordering="kind")
    def charge(self, tolerance: AuditTolerance) -> str:
        return str(tolerance.get_kind_display()) or "Every charge"

    def save_model(self, request: HttpRequest, obj: AuditTolerance, form: Any, change: bool) -> None:
        save_tolerance(obj)

    def delete_model(self, request: HttpRequest, obj: AuditTolerance) -> None:
        delete_tolerances([obj])

    def delete_queryset(self, request: HttpRequest, queryset: QuerySet[AuditTolerance]) -> None:
        delete_tolerances(list(queryset))
