"""``invoices/``: find, look at, correct."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict
from typing import Any
from uuid import UUID

from drf_spectacular.utils import OpenApiExample, OpenApiParameter, OpenApiResponse, extend_schema
from rest_framework import exceptions, serializers
from rest_framework.generics import ListAPIView
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from common.api.etags import etag_of, not_modified, version_named
from common.api.fields import WholeField
from common.api.paging import KeysetPages
from common.api.permissions import ReadsOrReviews, person
from common.api.problems import problems
from common.errors import NotFound
from invoices.api.details import invoice_body
from invoices.api.filters import InvoiceListFilter
from invoices.api.serializers import (
    ChangeSerializer,
    InvoicePatchSerializer,
    InvoicePreviewSerializer,
    InvoiceRowSerializer,
    InvoiceSerializer,
    PointedSerializer,
    PreviewSerializer,
    plain_places,
    row_values,
    rows_of,
)
from invoices.models import Invoice, InvoiceChange
from invoices.queries import history_of, invoice_of, invoices_for
from invoices.records import plain_json
from invoices.search.pages import page_by_words
from invoices.services.corrections import correct_invoice, preview_correction

IF_MATCH = OpenApiParameter("If-Match", str, OpenApiParameter.HEADER, description="The ETag of the details, or `*`.")
IF_NONE_MATCH = OpenApiParameter("If-None-Match", str, OpenApiParameter.HEADER)
ORDERING_FIELDS = (
    "created_at", "updated_at", "invoice_date", "due_date", "total_amount", "vendor_name", "invoice_number",
    "confidence", "status",
)  # fmt: skip
POINTED = serializers.DictField(child=PointedSerializer())
VERSION = WholeField(allow_null=True, min_value=1)
_PARTS = {"why", "evidence", "version"}
_EXAMPLES = [
    OpenApiExample(
        "values",
        {"total_amount": "119.00", "invoice_date": "2026-03-02", "why": "Digits turned round"},
        request_only=True,
    ),
    OpenApiExample(
        "rows",
        {"line_items": {"change": {"1": {"quantity": "2"}}, "remove": [3], "add": [{"amount": "5.00"}]}},
        request_only=True,
    ),
    OpenApiExample(
        "with the place",
        {
            "total_amount": "119,00",
            "evidence": {"total_amount": {"page": 1, "box": [402.1, 688, 451.3, 699.5], "text": "119,00"}},
            "version": 3,
        },
        request_only=True,
    ),
]


class InvoicePages(KeysetPages):
    def fetch(self, page: Any) -> list[Any]:
        found = page_by_words(page, rows_of(Invoice.objects.order_by(*page.query.order_by)))
        return super().fetch(page) if found is None else found

    def value_of(self, row: Any, name: str) -> Any:
        return row_values(row)[name]


class InvoiceList(ListAPIView[Invoice]):
    """The invoices that you may see, newest first or in another order. Filters that are given all apply."""

    permission_classes = [ReadsOrReviews]
    serializer_class = InvoiceRowSerializer
    pagination_class = InvoicePages
    filterset_class = InvoiceListFilter
    ordering = ("-created_at",)
    ordering_fields = ORDERING_FIELDS
    queryset = Invoice.objects.none()

    def get_queryset(self) -> Any:
        return rows_of(invoices_for(self.request.user))

    @extend_schema(operation_id="invoices_list", responses={200: InvoiceRowSerializer(many=True)} | problems(400, 401))
    def get(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        return super().get(request, *args, **kwargs)


class InvoiceDetail(APIView):
    permission_classes = [ReadsOrReviews]

    @extend_schema(
        operation_id="invoices_retrieve",
        parameters=[IF_NONE_MATCH],
        responses={200: InvoiceSerializer, 304: OpenApiResponse(description="Not changed.")} | problems(401, 404),
    )
    def get(self, request: Request, pk: UUID) -> Response:
        """One invoice: values, lines, taxes, where each stands, why a person must look, and what reading it cost."""
        return detail(request, pk)

    @extend_schema(
        operation_id="invoices_correct",
        parameters=[IF_MATCH],
        request=InvoicePatchSerializer,
        responses={200: InvoiceSerializer} | problems(400, 401, 403, 404, 409, 412, 415, 428),
        examples=_EXAMPLES,
    )
    def patch(self, request: Request, pk: UUID) -> Response:
        """Correct values. They are checked by the same rules as what was read; each change is kept in the history.
        Say by If-Match, or by `version`, what you change: 428 without, 412 where somebody was quicker."""
        invoice = invoice_of(request.user, pk)
        changes, evidence, why = _parts(request)
        version = version_named(request, required=True, current=invoice.version)
        correct_invoice(invoice_id=pk, by=person(request), changes=changes, version=version, why=why, evidence=evidence)
        return detail(request, pk)


class InvoicePreview(APIView):
    permission_classes = [ReadsOrReviews]

    @extend_schema(
        operation_id="invoices_preview",
        request=InvoicePreviewSerializer,
        responses={200: PreviewSerializer} | problems(400, 401, 403, 404, 409, 415),
        examples=_EXAMPLES[:1],
    )
    def post(self, request: Request, pk: UUID) -> Response:
        """What a correction would give: values, reasons and confidences. Nothing is stored."""
        invoice_of(request.user, pk)
        changes, evidence, _ = _parts(request)
        seen = preview_correction(invoice_id=pk, changes=changes, evidence=evidence)
        body = {
            "status": seen.status,
            "confidence": plain_places(seen.confidence),
            "invoice": plain_json(seen.invoice),
            "changed": list(seen.changed),
            "reasons": [
                {
                    **asdict(judged.reason),
                    "origin": judged.origin,
                    "accepted": None
                    if judged.accepted is None
                    else {"at": judged.accepted.at, "by": None, "why": judged.accepted.why},
                }
                for judged in seen.reasons
            ],
            "confidences": {name: plain_places(value) for name, value in seen.confidences.items()},
            "errors": [asdict(error) for error in seen.errors],
        }
        return Response(body)


class InvoiceHistory(ListAPIView[InvoiceChange]):
    """Every change of an invoice, the first one first: who, when, what it was and became, and why."""

    permission_classes = [ReadsOrReviews]
    serializer_class = ChangeSerializer
    pagination_class = KeysetPages
    filter_backends = []
    ordering = ("id",)
    queryset = InvoiceChange.objects.none()

    def get_queryset(self) -> Any:
        return history_of(invoice_of(self.request.user, self.kwargs["pk"]))

    @extend_schema(
        operation_id="invoices_history", responses={200: ChangeSerializer(many=True)} | problems(400, 401, 404)
    )
    def get(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        return super().get(request, *args, **kwargs)


def detail(request: Request, pk: UUID) -> Response:
    """The answer with an invoice's details and its ETag; 304 where the client has them."""
    body = invoice_body(request.user, pk, request)
    if body is None:
        raise NotFound
    etag = etag_of(body["version"], body)
    headers = {"ETag": etag, "Cache-Control": "private, no-cache"}
    if request.method == "GET" and not_modified(request, etag):
        return Response(status=304, headers=headers)
    return Response(body, headers=headers)


def _parts(request: Request) -> tuple[dict[str, Any], dict[str, Any], str]:
    """Changes, evidence and reason of a body; what is wrong with the changes themselves the service says."""
    body = request.data
    if not isinstance(body, Mapping):
        raise exceptions.ValidationError({"non_field_errors": "An object with the fields to change."})
    evidence, why = body.get("evidence", {}), body.get("why", "")
    if not isinstance(evidence, Mapping):
        raise exceptions.ValidationError({"evidence": "An object by field."})
    for name, field, value in (("evidence", POINTED, dict(evidence)), ("version", VERSION, body.get("version"))):
        try:
            field.run_validation(value)
        except exceptions.ValidationError as error:
            raise exceptions.ValidationError({name: error.detail}) from error
    if not isinstance(why, str) or len(why) > 2000 or "\x00" in why:
        raise exceptions.ValidationError({"why": "A text of at most 2000 characters."})
    return {name: value for name, value in body.items() if name not in _PARTS}, dict(evidence), why
