"""``invoices/export/`` and ``invoices/{id}/ubl/``: invoices as files, sent while they are made."""

from __future__ import annotations

import re
from functools import partial
from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.utils import timezone
from django.utils.http import content_disposition_header
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import exceptions
from rest_framework.generics import GenericAPIView
from rest_framework.renderers import BaseRenderer, JSONRenderer
from rest_framework.request import Request
from rest_framework.views import APIView

from common.api.paging import check_ordering
from common.api.permissions import ReadsOrReviews
from common.api.problems import problems
from invoices.api.filters import InvoiceFilter
from invoices.api.invoices import ORDERING_FIELDS
from invoices.exporting.streaming import in_chunks, streamed, through_file
from invoices.exporting.tables import as_csv, as_jsonl, as_xlsx, columns_of, table
from invoices.exporting.ubl import invoice_as_ubl
from invoices.models import Invoice
from invoices.queries import invoice_data, invoice_of, invoices_for


class CsvRenderer(JSONRenderer):
    """Names a format for the negotiation; what it renders itself are errors, which are JSON."""

    media_type, format = "text/csv", "csv"


class XlsxRenderer(JSONRenderer):
    media_type, format = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", "xlsx"


class JsonlRenderer(JSONRenderer):
    media_type, format = "application/x-ndjson", "jsonl"


class UblRenderer(JSONRenderer):
    media_type, format = "application/xml", "xml"


class InvoiceExport(GenericAPIView[Invoice]):
    """All invoices that the filters of the list leave, as one file."""

    permission_classes = [ReadsOrReviews]
    renderer_classes: list[type[BaseRenderer]] = [CsvRenderer, XlsxRenderer, JsonlRenderer]
    filterset_class = InvoiceFilter
    query_parameters = ("rows", "ordering")
    pagination_class = None
    throttle_scope = "export"
    queryset = Invoice.objects.none()

    def get_queryset(self) -> Any:
        return invoices_for(self.request.user)

    @extend_schema(
        operation_id="invoices_export",
        filters=True,
        parameters=[
            OpenApiParameter("format", str, enum=["csv", "xlsx", "jsonl"], description="Or by Accept; csv without."),
            OpenApiParameter(
                "rows", str, enum=["invoices", "lines"], description="One row an invoice, or one a line (csv, xlsx)."
            ),
            OpenApiParameter("ordering", str, description="As in the list."),
        ],
        responses={
            (200, "text/csv"): OpenApiTypes.STR,
            (200, XlsxRenderer.media_type): OpenApiTypes.BINARY,
            (200, "application/x-ndjson"): OpenApiTypes.STR,
        }
        | problems(400, 401, 404, 406),
    )
    def get(self, request: Request) -> HttpResponseBase:
        """The filtered list as csv, xlsx or JSON lines, streamed. A text that a spreadsheet would take for a formula
        begins with an apostrophe in csv."""
        rows = request.query_params.get("rows", "invoices")
        if rows not in ("invoices", "lines"):
            raise exceptions.ValidationError({"rows": "invoices or lines."})
        given = request.query_params.get("ordering", "")
        ordering = check_ordering(given, ORDERING_FIELDS) if given else ["-created_at"]
        invoices = self.filter_queryset(self.get_queryset()).order_by(*ordering, "id")
        renderer = request.accepted_renderer
        columns = columns_of(rows)  # type: ignore[arg-type]  # one of the two
        cells = partial(table, invoices, rows)  # type: ignore[arg-type]
        if renderer.format == "jsonl":
            chunks = in_chunks(as_jsonl(invoices))
        elif renderer.format == "xlsx":
            chunks = through_file(lambda path: as_xlsx(path, columns, cells()))
        else:
            chunks = as_csv(columns, cells())
        kind = f"{renderer.media_type}; charset=utf-8" if renderer.format != "xlsx" else renderer.media_type
        name = f"{rows}-{timezone.localdate():%Y-%m-%d}.{renderer.format}"
        return streamed(request._request, chunks, content_type=kind, filename=name)


class InvoiceUbl(APIView):
    permission_classes = [ReadsOrReviews]
    renderer_classes: list[type[BaseRenderer]] = [UblRenderer]

    @extend_schema(
        operation_id="invoices_ubl",
        responses={(200, "application/xml"): OpenApiTypes.STR} | problems(401, 404, 406, 409),
    )
    def get(self, request: Request, pk: UUID) -> HttpResponse:
        """The invoice as UBL 2.1 (Invoice or CreditNote) in the terms of EN 16931; 409 where its number, date, currency
        or total is not known."""
        invoice = invoice_of(request.user, pk)
        response = HttpResponse(invoice_as_ubl(invoice_data(invoice)), content_type="application/xml")
        number = re.sub(r"[^\w.-]+", "_", invoice.invoice_number.strip()) or str(invoice.id)
        response.headers["Content-Disposition"] = content_disposition_header(True, f"{number}.xml") or "attachment"
        response.headers["X-Content-Type-Options"] = "nosniff"
        response.headers["Cache-Control"] = "private, no-cache"
        return response
