"""The list of the queue: its rows with what is said of them, and the files that it is taken away in."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from typing import Any
from urllib.parse import urlencode

from django.contrib.admin.views.main import PAGE_VAR, SEARCH_VAR
from django.db.models import Sum
from django.http import Http404, HttpRequest
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.utils import timezone
from unfold.templatetags.unfold_list import result_headers
from unfold.views import ChangeList

from common.admin.people import person
from invoices.exporting.for_people import SHEETS, STYLES, people_csv, people_xlsx
from invoices.exporting.streaming import streamed, through_file
from invoices.models import Invoice, InvoiceChange
from invoicesite.desk import presence
from invoicesite.desk.queue_filters import OPEN

COLUMNS = (
    "vendor_label", "number", "dated", "total", "due", "reason_chips", "status_label", "sureness", "age", "assigned",
)  # fmt: skip
UNKNOWN = "00000000-0000-0000-0000-000000000000"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


class Queue(ChangeList):
    """The list with what it needs to know of its rows besides themselves: one query each, whatever their number."""

    result_list: Any
    filters_asked = ""

    def get_results(self, request: HttpRequest) -> None:
        super().get_results(request)
        self.filters_asked = request.GET.urlencode()
        # A search without a status looks at all invoices: whoever looks for one does not know where it stands.
        self.looked_everywhere = bool(request.GET.get(SEARCH_VAR, "").strip()) and not request.GET.get("status")
        rows: list[Any] = list(self.result_list)
        ids = [row.pk for row in rows]
        costs = dict(
            Invoice.objects.filter(pk__in=ids)
            .order_by()
            .values_list("pk")
            .annotate(cost=Sum("document__jobs__spent_usd"))
            .values_list("pk", "cost")
        )
        here = dict(
            presence.fresh_viewers()
            .filter(invoice_id__in=ids)
            .exclude(user=person(request))
            .values_list("invoice_id", "user__username")
        )
        why = _why_decided([row.pk for row in rows if row.status not in OPEN])
        for row in rows:
            row.cost_usd = costs.get(row.pk)
            row.open_at = here.get(row.pk, "")
            row.decided_why = why.get(row.pk, "")
        self.result_list = rows

    def shown_headers(self) -> list[dict[str, Any]]:
        return list(result_headers(self))

    def shown_rows(self) -> Iterator[dict[str, Any]]:
        """Each row with its cells as the columns of the admin give them."""
        columns = [(name, getattr(self.model_admin, name)) for name in COLUMNS]
        page = reverse("admin:invoices_invoice_change", args=[UNKNOWN])
        filters = f"?{urlencode({'_changelist_filters': self.filters_asked})}" if self.filters_asked else ""
        for row in self.result_list:
            yield {
                "pk": row.pk,
                "label": str(row),
                "url": page.replace(UNKNOWN, str(row.pk)) + filters,
                "cells": [(name, show(row)) for name, show in columns],
            }

    def export_query(self) -> str:
        return str(self.get_query_string(remove=[PAGE_VAR]))


def export_file(request: HttpRequest, listed: ChangeList, *, kind: str) -> HttpResponseBase:
    """The list as it is filtered, for a spreadsheet: ``xlsx``, or csv named by its rows and its decimal sign
    (``lines-comma``). Raises Http404 for another kind."""
    invoices = listed.queryset
    name = f"{timezone.localdate():%Y-%m-%d}"
    if kind == "xlsx":
        chunks = through_file(partial(people_xlsx, invoices=invoices))
        return streamed(request, chunks, content_type=XLSX, filename=f"invoices-{name}.xlsx")
    rows, _, style = kind.partition("-")
    if rows not in SHEETS or style not in STYLES:
        raise Http404
    chunks = people_csv(invoices, rows, style=style)
    return streamed(request, chunks, content_type="text/csv; charset=utf-8", filename=f"{rows}-{name}.csv")


def _why_decided(ids: list[Any]) -> dict[Any, str]:
    """The stated reason of the last decision of each; nothing is asked where nothing on the page is decided."""
    if not ids:
        return {}
    changes = InvoiceChange.objects.filter(invoice_id__in=ids, field="status").order_by("version", "id")
    return dict(changes.values_list("invoice_id", "why"))
