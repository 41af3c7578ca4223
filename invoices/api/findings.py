"""``findings/``: what the audit of carriers' invoices found, what it comes to, and what a reviewer decides about it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, ClassVar, TypeVar
from uuid import UUID

from drf_spectacular.utils import OpenApiExample, OpenApiResponse, extend_schema
from rest_framework.generics import GenericAPIView, ListAPIView
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from common.api.etags import etag_of_body, not_modified
from common.api.paging import KeysetPages
from common.api.permissions import ReadsOrReviews, person
from common.api.problems import problems
from common.errors import NotFound
from invoices.api.findings_filters import FindingFilter
from invoices.api.findings_serializers import (
    FindingDecisionSerializer,
    FindingSerializer,
    FindingSummarySerializer,
    finding_body,
    finding_rows,
)
from invoices.api.invoices import IF_NONE_MATCH
from invoices.finding_queries import finding_of, findings_for, totals_by_code, totals_by_vendor
from invoices.models import Finding
from invoices.services.findings import decide_finding

F = TypeVar("F", bound=Callable[..., Any])
VENDORS_SHOWN = 10
_FINDING = {
    "id": "0b9f7c1e-6f0a-4f5e-9a53-1f0f6f0c2d11", "code": "overcharged", "cause": "wrong_rate", "charge": "freight",
    "status": "open", "lines": [2], "shipment": None, "billed": "6.9", "expected": "5.2", "difference": "1.7",
    "currency": "EUR",
    "message": "“Parcel” is billed at 6.90 EUR; the rate card of Blitz Paket gives 5.20 EUR (5.2 flat).",
    "invoice": "6f1f3a52-0a55-4d0c-9a3d-2f6b5a2a7f10", "invoice_number": "B-1", "vendor_name": "Blitz Paket GmbH",
    "charge_code": None, "description": "Parcel", "tracking_number": "P2", "how": "5.2 flat",
    "source": {"value": "Rates!B3"}, "rate_card": "3a4f0d5b-54d6-4b53-8d3e-7a3f5a1f2c44", "other_invoice": None,
    "created_at": "2026-03-03T08:15:00Z", "decided_at": None, "decided_by": None, "why": None,
    "links": {
        "self": "https://invoices.example/api/v1/findings/0b9f7c1e-6f0a-4f5e-9a53-1f0f6f0c2d11/",
        "invoice": "https://invoices.example/api/v1/invoices/6f1f3a52-0a55-4d0c-9a3d-2f6b5a2a7f10/",
        "rate_card": "https://invoices.example/api/v1/rate-cards/3a4f0d5b-54d6-4b53-8d3e-7a3f5a1f2c44/",
        "other_invoice": None,
    },
}  # fmt: skip
_SUMMARY = {
    "codes": [
        {"code": "overcharged", "currency": "EUR", "count": 12, "billed": "131.4", "expected": "104.9",
         "difference": "26.5"},
        {"code": "not_rated", "currency": "EUR", "count": 1, "billed": "18.5", "expected": None, "difference": None},
    ],
    "vendors": [
        {"vendor": "9d2f2c7e-7b5a-4d8e-8f0c-2b1c2f3a4d55", "vendor_name": "Blitz Paket GmbH", "currency": "EUR",
         "count": 12, "difference": "26.5"},
    ],
}  # fmt: skip
_AS_FOUND = OpenApiExample("too dear by the card", _FINDING, response_only=True)


class FindingPages(KeysetPages):
    def value_of(self, row: Any, name: str) -> Any:
        return row[name]


class FindingList(ListAPIView[Finding]):
    """What the audit found on the invoices that you may see, the latest first. Filters that are given all apply."""

    permission_classes = [ReadsOrReviews]
    serializer_class = FindingSerializer
    pagination_class = FindingPages
    filterset_class = FindingFilter
    ordering = ("-created_at",)
    ordering_fields = ("created_at", "difference")
    queryset = Finding.objects.none()

    def get_queryset(self) -> Any:
        return finding_rows(findings_for(self.request.user))

    def get_serializer_context(self) -> dict[str, Any]:
        return {**super().get_serializer_context(), "site": _site(self.request)}

    @extend_schema(
        operation_id="findings_list",
        responses={200: FindingSerializer(many=True)} | problems(400, 401),
        examples=[_AS_FOUND],
    )
    def get(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        return super().get(request, *args, **kwargs)


class FindingSummary(GenericAPIView[Finding]):
    permission_classes = [ReadsOrReviews]
    filterset_class = FindingFilter
    pagination_class = None
    queryset = Finding.objects.none()

    def get_queryset(self) -> Any:
        return findings_for(self.request.user)

    @extend_schema(
        operation_id="findings_summary",
        filters=True,
        responses={200: FindingSummarySerializer} | problems(400, 401),
        examples=[OpenApiExample("two codes", _SUMMARY, response_only=True)],
    )
    def get(self, request: Request) -> Response:
        """What the findings that the filters of the list leave come to: by code, and of the vendors with the largest
        difference. Rejected invoices cost nothing and are left out."""
        findings = self.filter_queryset(self.get_queryset())
        body = {"codes": totals_by_code(findings), "vendors": totals_by_vendor(findings, VENDORS_SHOWN)}
        return Response(FindingSummarySerializer(body).data)


class FindingDetail(APIView):
    permission_classes = [ReadsOrReviews]

    @extend_schema(
        operation_id="findings_retrieve",
        parameters=[IF_NONE_MATCH],
        responses={200: FindingSerializer, 304: OpenApiResponse(description="Not changed.")} | problems(401, 404),
        examples=[_AS_FOUND],
    )
    def get(self, request: Request, pk: UUID) -> Response:
        """One finding: what was billed, what the card gives, how that is computed and where its figures stand."""
        return detail(request, pk)


class _Decision(APIView):
    permission_classes = [ReadsOrReviews]
    status: ClassVar[Finding.Status]

    def decided(self, request: Request, pk: UUID) -> Response:
        finding_of(request.user, pk)
        form = FindingDecisionSerializer(data=request.data)
        form.is_valid(raise_exception=True)
        decide_finding(finding_id=pk, by=person(request), status=self.status, why=form.validated_data["why"])
        return detail(request, pk)


def _described(operation_id: str, why: str) -> Callable[[F], F]:
    return extend_schema(
        operation_id=operation_id,
        request=FindingDecisionSerializer,
        responses={200: FindingSerializer} | problems(400, 401, 403, 404, 409, 415),
        examples=[OpenApiExample("with its reason", {"why": why}, request_only=True)],
    )


class Accept(_Decision):
    status = Finding.Status.ACCEPTED

    @_described("findings_accept", "Agreed for the week of the fair")
    def post(self, request: Request, pk: UUID) -> Response:
        """Pay as billed. When all findings of its code are accepted, so is the invoice's review reason for them, with
        the same words."""
        return self.decided(request, pk)


class Dispute(_Decision):
    status = Finding.Status.DISPUTED

    @_described("findings_dispute", "Claimed from the carrier on 4 March")
    def post(self, request: Request, pk: UUID) -> Response:
        """Claim the difference from the carrier. The invoice's review reason counts until the finding is accepted."""
        return self.decided(request, pk)


class Reopen(_Decision):
    status = Finding.Status.OPEN

    @_described("findings_reopen", "The agreement ended in February")
    def post(self, request: Request, pk: UUID) -> Response:
        """Take the decision back; the invoice's review reason counts again."""
        return self.decided(request, pk)


def detail(request: Request, pk: UUID) -> Response:
    """The answer with a finding and its ETag; 304 where the client has it."""
    row = finding_rows(findings_for(request.user)).filter(id=pk).first()
    if row is None:
        raise NotFound
    body = finding_body(row, _site(request))
    etag = etag_of_body(body)
    headers = {"ETag": etag, "Cache-Control": "private, no-cache"}
    if request.method == "GET" and not_modified(request, etag):
        return Response(status=304, headers=headers)
    return Response(body, headers=headers)


def _site(request: Request) -> str:
    site: str = request.build_absolute_uri("/")
    return site.removesuffix("/")
