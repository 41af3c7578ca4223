"""``documents/{id}/pages/{n}/words/``: what stands on a page and where, as it was read; for selecting text on its
picture, and for showing documents that have no picture."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from common.errors import NotFound
from processing.api.permissions import ReadsOrOperates
from processing.api.schema import problems
from processing.content import codec
from processing.content.records import Cell
from processing.models import StoredContent
from processing.queries import document_of

# A sheet has up to a million cells: a browser shows as many as a person reads.
MAX_ROWS = 500


class WordSerializer(serializers.Serializer[Any]):
    text = serializers.CharField()
    box = serializers.ListField(
        child=serializers.FloatField(), help_text="x0, top, x1, bottom in points from the top left corner."
    )


class CellSerializer(serializers.Serializer[Any]):
    text = serializers.CharField()
    column = serializers.IntegerField(help_text="From 0.")
    box = serializers.ListField(child=serializers.FloatField(), allow_null=True)
    cell = serializers.CharField(allow_null=True, help_text="The address in a sheet, as Sheet1!B4.")
    path = serializers.CharField(allow_null=True, help_text="The path in an XML document.")
    words = WordSerializer(many=True)


class RowSerializer(serializers.Serializer[Any]):
    number = serializers.IntegerField(help_text="From 1, over the whole document.")
    cells = CellSerializer(many=True)


class PageWordsSerializer(serializers.Serializer[Any]):
    page = serializers.IntegerField()
    pages = serializers.IntegerField(help_text="How many pages or sheets the document has.")
    name = serializers.CharField(help_text="Of a sheet.")
    width = serializers.FloatField(help_text="Points; 0 where the format has no geometry.")
    height = serializers.FloatField()
    ocr = serializers.BooleanField(help_text="Whether the page was read from its picture.")
    rows_in_all = serializers.IntegerField()
    rows = RowSerializer(many=True)


class PageWords(APIView):
    permission_classes = [ReadsOrOperates]

    @extend_schema(
        operation_id="documents_page_words",
        parameters=[
            OpenApiParameter("start", int, description="Leave out so many rows of the page.", default=0),
            OpenApiParameter("rows", int, description=f"At most so many rows, {MAX_ROWS} at most.", default=MAX_ROWS),
        ],
        responses={200: PageWordsSerializer} | problems(401, 404),
    )
    def get(self, request: Request, pk: UUID, number: int) -> Response:
        """What stands on one page, counted from 1: rows of cells and words with their places, as the document was
        read."""
        document = document_of(request.user, pk)
        stored = StoredContent.objects.filter(document=document, version=codec.VERSION).first()
        if stored is None:
            raise NotFound("The document has not been read yet.")
        page, pages = codec.decode_page(bytes(stored.data), number)
        if page is None:
            raise NotFound("Page not found.")
        start = _number(request.query_params.get("start"), 0, 10**9)
        limit = _number(request.query_params.get("rows"), MAX_ROWS, MAX_ROWS)
        return Response(
            {
                "page": number,
                "pages": pages,
                "name": page.name,
                "width": page.width,
                "height": page.height,
                "ocr": page.ocr,
                "rows_in_all": len(page.rows),
                "rows": [
                    {"number": row.number, "cells": [_cell(cell) for cell in row.cells]}
                    for row in page.rows[start : start + limit]
                ],
            },
            headers={"Cache-Control": "private, max-age=300"},
        )


def _cell(cell: Cell) -> dict[str, Any]:
    return {
        "text": cell.text,
        "column": cell.column,
        "box": cell.place.box,
        "cell": cell.place.cell,
        "path": cell.place.path,
        "words": [{"text": word.text, "box": word.box} for word in cell.words],
    }


def _number(text: str | None, default: int, highest: int) -> int:
    return min(int(text), highest) if text and text.isascii() and text.isdigit() else default
