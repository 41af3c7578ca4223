"""``documents/{id}/boundaries/``: where the invoices in a file begin; a reviewer moves them."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from common.api.permissions import ReadsOrReviews, person
from processing.api.documents import answer_with_job
from processing.api.schema import problems
from processing.api.serializers import JobSerializer
from processing.queries import document_of
from processing.screens.boundaries import boundaries_of
from processing.services.boundaries import move_boundaries

_MOST_PAGES = 10_000


class PartSerializer(serializers.Serializer[Any]):
    number = serializers.IntegerField()
    pages = serializers.ListField(child=serializers.IntegerField())
    document = serializers.UUIDField(allow_null=True)
    invoice = serializers.UUIDField(allow_null=True)
    invoice_number = serializers.CharField(allow_blank=True)
    status = serializers.CharField(allow_blank=True)
    error = serializers.DictField(allow_null=True)


class BoundariesSerializer(serializers.Serializer[Any]):
    page_count = serializers.IntegerField()
    starts = serializers.ListField(child=serializers.IntegerField(), help_text="Pages on which an invoice begins.")
    left_out = serializers.ListField(child=serializers.IntegerField(), help_text="Pages that belong to no invoice.")
    doubtful = serializers.ListField(child=serializers.IntegerField(), help_text="Pages on which one may begin.")
    parts = PartSerializer(many=True)
    history = serializers.ListField(child=serializers.DictField(), help_text="Who moved them, when and why.")


class MoveSerializer(serializers.Serializer[Any]):
    starts = serializers.ListField(
        child=serializers.IntegerField(min_value=1, max_value=_MOST_PAGES),
        max_length=_MOST_PAGES,
        help_text="[1] makes the file one document.",
    )
    left_out = serializers.ListField(
        child=serializers.IntegerField(min_value=1, max_value=_MOST_PAGES), max_length=_MOST_PAGES, default=list
    )
    why = serializers.CharField(max_length=1000)


class DocumentBoundaries(APIView):
    permission_classes = [ReadsOrReviews]

    @extend_schema(
        operation_id="documents_boundaries",
        responses={200: BoundariesSerializer} | problems(401, 403, 404, 406, 429),
    )
    def get(self, request: Request, pk: UUID) -> Response:
        """Where the invoices in a file of several begin, by the rules or by what a person said."""
        return Response(BoundariesSerializer(boundaries_of(document_of(request.user, pk))).data)

    @extend_schema(
        operation_id="documents_move_boundaries",
        request=MoveSerializer,
        responses={202: JobSerializer} | problems(400, 401, 403, 404, 406, 409, 415, 429),
    )
    def post(self, request: Request, pk: UUID) -> Response:
        """Take the file apart anew. Invoices of parts whose pages change are rejected; the others stay."""
        form = MoveSerializer(data=request.data)
        form.is_valid(raise_exception=True)
        document = document_of(request.user, pk)
        job = move_boundaries(document_id=document.id, by=person(request), **form.validated_data)
        return answer_with_job(request, job, seen_before=False)
