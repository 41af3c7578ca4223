"""What the list of findings and their sums can be narrowed to."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet
from django_filters import rest_framework as filters

from common.api.moments import MomentFilter
from invoices.api.filters import AmountFilter, LeanFilterSet
from invoices.models import Finding

_SEVERAL = "One or, repeated, several."


class FindingFilter(LeanFilterSet):
    code = filters.MultipleChoiceFilter(choices=Finding.Code.choices, distinct=False, label=_SEVERAL)
    charge = filters.MultipleChoiceFilter(choices=Finding.Charge.choices, distinct=False, label=_SEVERAL)
    status = filters.MultipleChoiceFilter(choices=Finding.Status.choices, distinct=False, label=_SEVERAL)
    invoice = filters.UUIDFilter(field_name="invoice_id")
    vendor = filters.UUIDFilter(field_name="invoice__vendor_id")
    rate_card = filters.UUIDFilter(field_name="rate_card_id", label="Found by the prices of this card.")
    tracking_number = filters.CharFilter(lookup_expr="iexact", max_length=100)
    currency = filters.CharFilter(method="in_currency", max_length=3, label="ISO 4217.")
    difference_min = AmountFilter(
        field_name="difference", lookup_expr="gte", label="Billed at least this much above the rate card."
    )
    difference_max = AmountFilter(field_name="difference", lookup_expr="lte")
    created_after = MomentFilter(field_name="created_at", lookup_expr="gte")
    created_before = MomentFilter(field_name="created_at", lookup_expr="lt")
    invoice_date_after = filters.DateFilter(field_name="invoice__invoice_date", lookup_expr="gte", label="On or after.")
    invoice_date_before = filters.DateFilter(
        field_name="invoice__invoice_date", lookup_expr="lte", label="On or before."
    )

    def in_currency(self, findings: QuerySet[Finding], name: str, value: Any) -> QuerySet[Finding]:
        return findings.filter(currency=value.upper())
