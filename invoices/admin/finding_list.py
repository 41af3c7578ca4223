"""The list of findings: its order, what stands above it, and amounts as it writes them."""

from __future__ import annotations

import json
from collections.abc import Iterator
from decimal import Decimal
from functools import cached_property
from typing import Any

from django.contrib.admin.views.main import PAGE_VAR
from django.db.models import F, OrderBy, QuerySet
from django.http import HttpRequest
from django.urls import reverse
from unfold.templatetags.unfold_list import result_headers
from unfold.views import ChangeList

from invoices.finding_queries import CurrencyTotals, totals_by_currency, totals_by_vendor
from invoices.models import Finding, RateCard

COLUMNS = (
    "invoice_number", "vendor", "code_chip", "charge_label", "tracking", "billed_amount", "expected_amount",
    "difference_amount", "status_chip", "age",
)  # fmt: skip
VENDORS_SHOWN = 10
_BARS = "#0f766e"


class LargestFirst(F):
    """Ordered by; what has no price comes last whatever the direction."""

    def asc(self, **kwargs: Any) -> OrderBy:
        return super().asc(**{**kwargs, "nulls_last": True})

    def desc(self, **kwargs: Any) -> OrderBy:
        return super().desc(**{**kwargs, "nulls_last": True})


BY_DIFFERENCE = LargestFirst("difference")


class FindingList(ChangeList):
    """The list with the sums of what its filters leave, whatever status it shows."""

    result_list: Any

    @cached_property
    def whatever_status(self) -> QuerySet[Finding]:
        found: QuerySet[Finding] = self.get_queryset(self.request, exclude_parameters=["status"])
        return found.select_related(None)

    def get_results(self, request: HttpRequest) -> None:
        self.request = request
        super().get_results(request)

    def get_ordering_field_columns(self) -> dict[int, str]:
        """Marks the column of the default order too, which is no plain field."""
        columns: dict[int, str] = super().get_ordering_field_columns()
        return columns or {list(self.list_display).index("difference_amount"): "desc"}

    def shown_headers(self) -> list[dict[str, Any]]:
        return list(result_headers(self))

    def shown_rows(self) -> Iterator[dict[str, Any]]:
        columns = [(name, getattr(self.model_admin, name)) for name in COLUMNS]
        opens = self.model_admin.may_open_invoices(self.request)
        for row in self.result_list:
            yield {
                "pk": row.pk,
                "label": row.message,
                "url": review_url(row) if opens else "",
                "cells": [(name, show(row)) for name, show in columns],
            }

    @cached_property
    def totals(self) -> list[CurrencyTotals]:
        return totals_by_currency(self.whatever_status)

    def chart(self) -> dict[str, Any]:
        """The vendors with the largest open difference, in the currency with the largest: one axis, one currency."""
        currency = self.totals[0].currency if self.totals else ""
        above = self.whatever_status.filter(status=Finding.Status.OPEN, difference__gt=0, currency=currency)
        rows = totals_by_vendor(above, VENDORS_SHOWN)
        names, amounts = [row.vendor_name or "unknown" for row in rows], [float(row.difference) for row in rows]
        bars = {"label": currency, "backgroundColor": _BARS, "data": amounts}
        return {
            "currency": currency,
            "data": json.dumps({"labels": names, "datasets": [bars]}),
            "columns": [f"billed too much, {currency}", "findings"],
            "rows": [(name, [figure(row.difference), row.count]) for name, row in zip(names, rows, strict=True)],
            "empty": not rows,
            "size": "few" if len(rows) < 4 else "some" if len(rows) < 8 else "many",
        }

    def export_query(self) -> str:
        return str(self.get_query_string(remove=[PAGE_VAR]))

    def nothing_audited(self) -> bool:
        return not Finding.objects.exists()

    def no_active_card(self) -> bool:
        return not RateCard.objects.filter(status=RateCard.Status.ACTIVE).exists()


def figure(amount: Decimal | None, currency: str = "", *, signed: bool = False) -> str:
    """An amount as people read it: two places at least, thousands apart, a real minus."""
    if amount is None:
        return "–"
    whole, _, places = f"{abs(amount).normalize():,f}".partition(".")
    sign = "−" if amount < 0 else "+" if signed and amount > 0 else ""
    return f"{sign}{whole}.{places.ljust(2, '0')} {currency}".strip()


def review_url(row: Finding) -> str:
    """The finding on the review page of its invoice."""
    return f"{reverse('admin:invoices_invoice_change', args=[row.invoice_id])}#finding-{row.pk}"
