"""``documents/{id}/cells/``: the rows of a sheet or table as they were read."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from processing.api.permissions import ReadsOrOperates
from processing.api.schema import problems
from processing.sandbox.row_window import MOST_ROWS
from processing.screens.shown_rows import window_of_document
from processing.services.links import readable_document

_KEPT_SECONDS = 3600  # what stands in a document never changes


class CellsQuery(serializers.Serializer[Any]):
    sheet = serializers.IntegerField(min_value=0, max_value=100_000, default=0)
    first = serializers.IntegerField(min_value=0, max_value=10_000_000, default=0)
    count = serializers.IntegerField(min_value=1, max_value=MOST_ROWS, default=100)


class SheetSerializer(serializers.Serializer[Any]):
    index = serializers.IntegerField()
    name = serializers.CharField()
    rows = serializers.IntegerField()


class StoredRowSerializer(serializers.Serializer[Any]):
    number = serializers.IntegerField(help_text="As mapping plans count rows.")
    page = serializers.IntegerField(allow_null=True)
    cells = serializers.ListField(child=serializers.ListField(), help_text="Column, text, address or box of each.")


class CellsSerializer(serializers.Serializer[Any]):
    sheets = SheetSerializer(many=True)
    sheet = serializers.IntegerField()
    first = serializers.IntegerField()
    total = serializers.IntegerField()
    rows = StoredRowSerializer(many=True)
    pages = serializers.DictField(child=serializers.ListField(), help_text="Width and height of pages in points.")


class DocumentCells(APIView):
    permission_classes = [ReadsOrOperates]

    @extend_schema(
        operation_id="documents_cells",
        parameters=[CellsQuery],
        responses={200: CellsSerializer} | problems(400, 401, 404, 422, 429, 502, 503),
    )
    def get(self, request: Request, pk: UUID) -> Response:
        """Rows of one sheet of a workbook, or of one table of a PDF, from a row on."""
        query = CellsQuery(data=request.query_params)
        query.is_valid(raise_exception=True)
        document = readable_document(request.user, pk)
        window = window_of_document(document, **query.validated_data)
        return Response(window, headers={"Cache-Control": f"private, max-age={_KEPT_SECONDS}"})
