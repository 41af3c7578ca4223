"""``export/``: a card as CSV, xlsx, or the standardized card as one JSON document."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any
from uuid import UUID

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.utils.text import slugify
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework.negotiation import BaseContentNegotiation
from rest_framework.request import Request
from rest_framework.serializers import ChoiceField, Serializer
from rest_framework.views import APIView

from common.api.problems import problems
from invoices.api.rate_cards.access import ReadsOrReviews
from invoices.exporting.streaming import as_bytes, from_file, in_chunks, streamed
from invoices.models import RateCard
from invoices.ratecards.export import XLSX_TYPE, csv_lines, json_pieces, xlsx_file
from invoices.ratecards.queries import card_of


class FirstRenderer(BaseContentNegotiation):
    """``format`` is a parameter of this address, not the name of a renderer."""

    def select_parser(self, request: Request, parsers: Any) -> Any:
        return parsers[0]

    def select_renderer(self, request: Request, renderers: Any, format_suffix: str | None = None) -> Any:
        return renderers[0], renderers[0].media_type


class ExportQuery(Serializer[Any]):
    format = ChoiceField(["csv", "xlsx", "json"], default="csv")


class RateCardExport(APIView):
    permission_classes = [ReadsOrReviews]
    content_negotiation_class = FirstRenderer

    @extend_schema(
        operation_id="rate_cards_export",
        parameters=[
            OpenApiParameter("format", str, enum=["csv", "xlsx", "json"], description="csv without it."),
        ],
        responses={
            (200, "text/csv"): OpenApiTypes.STR,
            (200, XLSX_TYPE): OpenApiTypes.BINARY,
            (200, "application/json"): OpenApiTypes.OBJECT,
        }
        | problems(400, 401, 403, 404),
    )
    def get(self, request: Request, pk: UUID) -> HttpResponseBase:
        """The rates as CSV, all tables as a workbook, or the standardized card as JSON. No cell is a formula."""
        query = ExportQuery(data=request.query_params)
        query.is_valid(raise_exception=True)
        return export_response(request._request, card_of(request.user, pk), query.validated_data["format"])


def export_response(request: HttpRequest, card: RateCard, kind: str) -> HttpResponseBase:
    """The file as an attachment, row by row; ``kind`` is csv, json or xlsx."""
    chunks, media_type = _MADE[kind](card)
    name = slugify(f"{card.carrier_name} {card.service} {card.valid_from or ''} v{card.card_version}") or "rate-card"
    return streamed(request, chunks, content_type=media_type, filename=f"{name[:80]}.{kind}")


_MADE: dict[str, Callable[[RateCard], tuple[Iterator[bytes], str]]] = {
    "csv": lambda card: (in_chunks(as_bytes(csv_lines(card))), "text/csv; charset=utf-8"),
    "json": lambda card: (in_chunks(as_bytes(json_pieces(card))), "application/json"),
    "xlsx": lambda card: (from_file(lambda: xlsx_file(card)), XLSX_TYPE),
}
