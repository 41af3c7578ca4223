"""What the list of invoices can be narrowed to: each header field, ranges, reasons, people, words."""

from __future__ import annotations

from collections import OrderedDict
from typing import Any

from django.db.models import Exists, OuterRef, QuerySet
from django_filters import rest_framework as filters

from common.api.moments import MomentFilter
from invoices.methods import METHOD_NAMES
from invoices.models import Finding, Invoice, InvoiceReason
from invoices.origins import origin
from invoices.records import DATE_FIELDS, HEADER_FIELDS, MONEY_FIELDS
from invoices.rules import REASONS
from invoices.search.find import find_words, where_value
from invoices.search.pages import by_words


class ValueFilter(filters.CharFilter):
    """A text field with this value, upper and lower case being the same."""

    def filter(self, qs: Any, value: Any) -> Any:
        return qs.filter(where_value(str(self.field_name), value)) if value else qs


class AmountFilter(filters.NumberFilter):
    """A money field: the same amount, or at least or at most so much."""

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, max_digits=18, decimal_places=4, **options)

    def get_max_validator(self) -> None:
        return None  # the digits are bounded already

    def filter(self, qs: Any, value: Any) -> Any:
        if value is None or self.lookup_expr != "exact":
            return super().filter(qs, value)
        return qs.filter(where_value(str(self.field_name), value))


class Words(filters.BaseInFilter, filters.CharFilter):
    """One or several, separated by commas."""


class LeanFilterSet(filters.FilterSet):
    """Has the filters that are given, and no others: a form of ninety fields, made and checked for each request, would
    take longer than the query."""

    def __init__(self, data: Any = None, *args: Any, **options: Any) -> None:
        given = data or {}
        self.base_filters = OrderedDict((name, each) for name, each in type(self).base_filters.items() if name in given)
        super().__init__(data, *args, **options)


class InvoiceFilter(LeanFilterSet):
    q = filters.CharFilter(
        method="by_words",
        max_length=200,
        label="Words in fields, lines or the document; the beginnings of words and numbers are enough.",
    )
    status = filters.MultipleChoiceFilter(
        choices=Invoice.Status.choices, distinct=False, label="One or, repeated, several."
    )
    reason = Words(method="by_reason", label="Codes of open review reasons: invoices that have one of them.")
    vendor = filters.UUIDFilter(field_name="vendor_id")
    batch = filters.UUIDFilter(method="by_batch", label="Invoices whose document was processed in this batch.")
    method = filters.MultipleChoiceFilter(choices=[(name, name) for name in METHOD_NAMES], distinct=False)
    assignee = filters.CharFilter(field_name="assignee__username", label="A user name.")
    assigned = filters.BooleanFilter(field_name="assignee", lookup_expr="isnull", exclude=True)
    confidence_min = filters.NumberFilter(
        field_name="confidence", lookup_expr="gte", max_digits=3, decimal_places=2, min_value=0, max_value=1
    )
    confidence_max = filters.NumberFilter(
        field_name="confidence", lookup_expr="lte", max_digits=3, decimal_places=2, min_value=0, max_value=1
    )
    created_after = MomentFilter(field_name="created_at", lookup_expr="gte")
    created_before = MomentFilter(field_name="created_at", lookup_expr="lt")
    updated_after = MomentFilter(field_name="updated_at", lookup_expr="gte")
    updated_before = MomentFilter(field_name="updated_at", lookup_expr="lt")
    decided_after = MomentFilter(field_name="decided_at", lookup_expr="gte")
    decided_before = MomentFilter(field_name="decided_at", lookup_expr="lt")
    document_type = filters.ChoiceFilter(choices=Invoice.DocumentType.choices)
    has_findings = filters.BooleanFilter(method="by_having_findings", label="Whether the audit found anything.")
    finding = filters.MultipleChoiceFilter(
        choices=Finding.Code.choices,
        method="by_finding",
        label="What the audit found: invoices that have one of these findings, decided or not.",
    )

    def by_words(self, invoices: QuerySet[Invoice], name: str, value: str) -> QuerySet[Invoice]:
        return find_words(invoices, value)

    def by_reason(self, invoices: QuerySet[Invoice], name: str, value: list[str]) -> QuerySet[Invoice]:
        known = [code for code in value if code in REASONS]
        counting = InvoiceReason.objects.filter(invoice=OuterRef("pk"), code__in=known, accepted_at=None)
        return invoices.filter(Exists(counting)) if known else invoices.none()

    def by_having_findings(self, invoices: QuerySet[Invoice], name: str, value: bool) -> QuerySet[Invoice]:
        found = Exists(Finding.objects.filter(invoice=OuterRef("pk")))
        return invoices.filter(found if value else ~found)

    def by_finding(self, invoices: QuerySet[Invoice], name: str, value: list[str]) -> QuerySet[Invoice]:
        return invoices.filter(Exists(Finding.objects.filter(invoice=OuterRef("pk"), code__in=value)))

    def by_batch(self, invoices: QuerySet[Invoice], name: str, value: Any) -> QuerySet[Invoice]:
        through: dict[str, Any] = {f"{origin().jobs}__batch_id": value}
        return invoices.filter(pk__in=Invoice.objects.filter(**through).values("pk"))


def _add_header_fields() -> None:
    """A filter for each header field: its value; for money ``_min`` and ``_max``; for dates ``_after`` and ``_before``,
    both with the day itself."""
    made: dict[str, filters.Filter] = {}
    for name in HEADER_FIELDS:
        if name in MONEY_FIELDS:
            made[name] = AmountFilter(field_name=name)
            made[f"{name}_min"] = AmountFilter(field_name=name, lookup_expr="gte")
            made[f"{name}_max"] = AmountFilter(field_name=name, lookup_expr="lte")
        elif name in DATE_FIELDS:
            made[name] = filters.DateFilter(field_name=name)
            made[f"{name}_after"] = filters.DateFilter(field_name=name, lookup_expr="gte", label="On or after.")
            made[f"{name}_before"] = filters.DateFilter(field_name=name, lookup_expr="lte", label="On or before.")
        elif name not in InvoiceFilter.base_filters:
            made[name] = ValueFilter(field_name=name, max_length=1000)
    InvoiceFilter.base_filters.update(made)


_add_header_fields()


class InvoiceListFilter(InvoiceFilter):
    """For a list of which pages are asked, by ``page_by_words``."""

    def by_words(self, invoices: QuerySet[Invoice], name: str, value: str) -> QuerySet[Invoice]:
        return by_words(invoices, value)


InvoiceListFilter.base_filters = InvoiceFilter.base_filters  # with those of the header fields
