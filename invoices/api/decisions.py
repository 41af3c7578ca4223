"""``invoices/{id}/approve/`` and its like: what a reviewer decides."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib.auth import get_user_model
from drf_spectacular.utils import OpenApiExample, extend_schema
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.serializers import Serializer
from rest_framework.views import APIView

from common.api.etags import version_named
from common.api.permissions import ReadsOrReviews, person
from common.api.problems import problems
from common.errors import FieldError, InvalidFields, NotFound
from invoices.api.invoices import IF_MATCH, detail
from invoices.api.serializers import (
    ApproveSerializer,
    AssignSerializer,
    BulkAnswerSerializer,
    BulkSerializer,
    InvoiceSerializer,
    ReasonChoiceSerializer,
    WhyOptional,
    WhyRequired,
)
from invoices.queries import invoice_of, invoices_for
from invoices.services.assignment import assign_invoice, unassign_invoice
from invoices.services.decisions import (
    accept_reason,
    approve_invoice,
    approve_invoices,
    reject_invoice,
    reopen_invoice,
    withdraw_acceptance,
)

_ANSWERS = {200: InvoiceSerializer} | problems(400, 401, 403, 404, 409, 412, 415)


class Decision(APIView):
    """One step that a reviewer takes; the answer is the invoice as it is then."""

    permission_classes = [ReadsOrReviews]
    form: type[Serializer[Any]]

    def taken(self, request: Request, pk: UUID) -> tuple[dict[str, Any], int | None]:
        """The body, and the version that it is about if one is named."""
        invoice = invoice_of(request.user, pk)
        form = self.form(data=request.data)
        form.is_valid(raise_exception=True)
        return form.validated_data, version_named(request, required=False, current=invoice.version)


class Approve(Decision):
    form = ApproveSerializer

    @extend_schema(
        operation_id="invoices_approve",
        parameters=[IF_MATCH],
        request=ApproveSerializer,
        responses=_ANSWERS,
        examples=[OpenApiExample("clean", {}, request_only=True)],
    )
    def post(self, request: Request, pk: UUID) -> Response:
        """Accept for payment. Where a blocking reason counts, `override` says why all the same. Above the amount that
        one person may approve, the first approval is noted and the status stays."""
        data, version = self.taken(request, pk)
        approve_invoice(invoice_id=pk, by=person(request), version=version, override=data["override"])
        return detail(request, pk)


class Reject(Decision):
    form = WhyRequired

    @extend_schema(
        operation_id="invoices_reject",
        parameters=[IF_MATCH],
        request=WhyRequired,
        responses=_ANSWERS,
        examples=[OpenApiExample("with its reason", {"why": "Ordered by nobody"}, request_only=True)],
    )
    def post(self, request: Request, pk: UUID) -> Response:
        """Refuse, with the reason."""
        data, version = self.taken(request, pk)
        reject_invoice(invoice_id=pk, by=person(request), version=version, why=data["why"])
        return detail(request, pk)


class Reopen(Decision):
    form = WhyOptional

    @extend_schema(operation_id="invoices_reopen", parameters=[IF_MATCH], request=WhyOptional, responses=_ANSWERS)
    def post(self, request: Request, pk: UUID) -> Response:
        """Take an approval or rejection back."""
        data, version = self.taken(request, pk)
        reopen_invoice(invoice_id=pk, by=person(request), version=version, why=data["why"])
        return detail(request, pk)


class AcceptReason(Decision):
    form = ReasonChoiceSerializer

    @extend_schema(
        operation_id="invoices_accept_reason",
        parameters=[IF_MATCH],
        request=ReasonChoiceSerializer,
        responses=_ANSWERS,
        examples=[
            OpenApiExample(
                "need not count",
                {"code": "iban_changed", "field": "iban", "why": "Confirmed by telephone"},
                request_only=True,
            )
        ],
    )
    def post(self, request: Request, pk: UUID) -> Response:
        """Say that one review reason need not count, while its value stays; or, with `accepted: false`, that it counts
        again."""
        data, version = self.taken(request, pk)
        named: dict[str, Any] = {"invoice_id": pk, "code": data["code"], "field": data["field"], "by": person(request)}
        if data["accepted"]:
            accept_reason(**named, why=data["why"], version=version)
        else:
            withdraw_acceptance(**named, version=version)
        return detail(request, pk)


class Assign(Decision):
    form = AssignSerializer

    @extend_schema(
        operation_id="invoices_assign",
        request=AssignSerializer,
        responses={200: InvoiceSerializer} | problems(400, 401, 403, 404, 409, 415),
        examples=[OpenApiExample("to me", {"assignee": "me", "only_if_free": True}, request_only=True)],
    )
    def post(self, request: Request, pk: UUID) -> Response:
        """Give the invoice to a reviewer, or back to all. Its version stays."""
        data, _ = self.taken(request, pk)
        name = data["assignee"]
        if name is None:
            unassign_invoice(invoice_id=pk, by=person(request))
        else:
            users = get_user_model().objects.filter(is_active=True)
            to = person(request) if name == "me" else users.filter(username=name).first()
            if to is None:
                raise InvalidFields([FieldError("assignee", "not_found", "There is no such user.")])
            assign_invoice(invoice_id=pk, by=person(request), to=to, only_if_free=data["only_if_free"])
        return detail(request, pk)


class BulkApprove(APIView):
    permission_classes = [ReadsOrReviews]

    @extend_schema(
        operation_id="invoices_bulk_approve",
        request=BulkSerializer,
        responses={200: BulkAnswerSerializer} | problems(400, 401, 403, 415),
        examples=[
            OpenApiExample("two", {"ids": ["6f1f3a52-0a55-4d0c-9a3d-2f6b5a2a7f10"]}, request_only=True),
        ],
    )
    def post(self, request: Request) -> Response:
        """Approve each of up to 500 invoices that has no blocking reason; the others are named with the reason why
        not."""
        form = BulkSerializer(data=request.data)
        form.is_valid(raise_exception=True)
        ids: list[UUID] = list(dict.fromkeys(form.validated_data["ids"]))
        seen = set(invoices_for(request.user).filter(id__in=ids).values_list("id", flat=True))
        done = {
            r.invoice_id: r for r in approve_invoices(invoice_ids=[i for i in ids if i in seen], by=person(request))
        }
        results = []
        for invoice_id in ids:
            result = done.get(invoice_id)
            error = result.error if result else NotFound()
            invoice = result.invoice if result else None
            results.append(
                {
                    "id": str(invoice_id),
                    "approved": invoice is not None and invoice.status == invoice.Status.APPROVED,
                    "status": invoice.status if invoice else None,
                    "code": error.code if error else None,
                    "message": error.message if error else None,
                }
            )
        return Response({"approved": sum(bool(row["approved"]) for row in results), "results": results})
