"""``documents/{id}/legal-hold/``: whether retention may delete the file; an admin decides."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.permissions import SAFE_METHODS, BasePermission
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from common.api.permissions import person
from common.roles import Role, has_role
from processing.api.schema import problems
from processing.models import Document, HoldChange
from processing.queries import document_of, hold_history
from processing.services.legal_hold import set_legal_hold


class ReadsOrAdministers(BasePermission):
    message = "This requires the admin role."

    def has_permission(self, request: Request, view: APIView) -> bool:
        return has_role(request.user, Role.VIEWER if request.method in SAFE_METHODS else Role.ADMIN)


class HoldChangeSerializer(serializers.ModelSerializer[HoldChange]):
    by = serializers.CharField(source="changed_by.username", allow_null=True, default=None, read_only=True)
    at = serializers.DateTimeField(source="changed_at", read_only=True)

    class Meta:
        model = HoldChange
        fields = ["held", "why", "by", "at"]
        read_only_fields = fields


class HoldSerializer(serializers.Serializer[Any]):
    held = serializers.BooleanField()
    history = HoldChangeSerializer(many=True, help_text="The last decision first.")


class SetHoldSerializer(serializers.Serializer[Any]):
    held = serializers.BooleanField(help_text="true: the file stays, whatever retention says.")
    why = serializers.CharField(max_length=1000)


class DocumentLegalHold(APIView):
    permission_classes = [ReadsOrAdministers]

    @extend_schema(
        operation_id="documents_legal_hold", responses={200: HoldSerializer} | problems(401, 403, 404, 406, 429)
    )
    def get(self, request: Request, pk: UUID) -> Response:
        """Whether the document is on legal hold, and every decision about it."""
        return Response(_body(document_of(request.user, pk)))

    @extend_schema(
        operation_id="documents_set_legal_hold",
        request=SetHoldSerializer,
        responses={200: HoldSerializer} | problems(400, 401, 403, 404, 406, 409, 415, 429),
    )
    def post(self, request: Request, pk: UUID) -> Response:
        """Put the document on legal hold, or take it off: with a reason, kept in the history."""
        form = SetHoldSerializer(data=request.data)
        form.is_valid(raise_exception=True)
        document = document_of(request.user, pk)
        return Response(_body(set_legal_hold(document_id=document.id, by=person(request), **form.validated_data)))


def _body(document: Document) -> dict[str, Any]:
    told: dict[str, Any] = HoldSerializer({"held": document.legal_hold, "history": hold_history(document)}).data
    return told
