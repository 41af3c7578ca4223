"""``rate-cards/``: list, look at, correct, compare."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.db.models import Q, QuerySet
from django_filters import rest_framework as filters
from drf_spectacular.utils import OpenApiExample, OpenApiParameter, OpenApiResponse, extend_schema, extend_schema_view
from rest_framework.generics import ListAPIView
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.serializers import IntegerField, Serializer
from rest_framework.views import APIView

from common.api.fields import IdField
from common.api.problems import problems
from common.errors import InvalidState
from invoices.api.rate_cards.access import NewestFirst, ReadsOrReviews, account_of, etag_of, revision_wanted
from invoices.api.rate_cards.serializers import (
    ComparisonSerializer,
    RateCardCorrectionSerializer,
    RateCardDetailSerializer,
    RateCardSerializer,
)
from invoices.models import RateCard
from invoices.ratecards.queries import card_of, cards_seen_by, compare_cards, comparison_summary, whole_card
from invoices.services.rate_card_decisions import correct_rate_card

IF_MATCH = OpenApiParameter(
    "If-Match", str, OpenApiParameter.HEADER, description="The ETag that was read; 412 where the card changed since."
)
ETAG = OpenApiParameter("ETag", str, OpenApiParameter.HEADER, response=[200], description="The card's revision.")


class RateCardFilter(filters.FilterSet):
    carrier = filters.CharFilter(field_name="carrier_name", lookup_expr="icontains")
    code = filters.CharFilter(field_name="carrier_code", lookup_expr="iexact")
    mode = filters.CharFilter(lookup_expr="iexact")
    service = filters.CharFilter(lookup_expr="icontains")
    currency = filters.CharFilter(lookup_expr="iexact")
    status = filters.MultipleChoiceFilter(choices=RateCard.Status.choices)
    valid_on = filters.DateFilter(method="on_day", label="Rate cards valid on this day.")
    q = filters.CharFilter(method="anywhere", label="Words of carrier, code, customer, contract or service.")

    class Meta:
        model = RateCard
        fields = ["carrier", "code", "mode", "service", "currency", "status", "valid_on", "q"]

    def on_day(self, cards: QuerySet[RateCard], name: str, day: Any) -> QuerySet[RateCard]:
        return cards.filter(
            Q(valid_from__isnull=True) | Q(valid_from__lte=day), Q(valid_to__isnull=True) | Q(valid_to__gte=day)
        )

    def anywhere(self, cards: QuerySet[RateCard], name: str, words: str) -> QuerySet[RateCard]:
        for word in words.split()[:8]:
            found = Q()
            for field in ("carrier_name", "carrier_code", "customer", "contract", "service"):
                found |= Q(**{f"{field}__icontains": word})
            cards = cards.filter(found)
        return cards


@extend_schema_view(
    get=extend_schema(
        operation_id="rate_cards_list", responses={200: RateCardSerializer(many=True)} | problems(400, 401, 403, 404)
    )
)
class RateCardList(ListAPIView[RateCard]):
    """The rate cards that you may see, newest first."""

    permission_classes = [ReadsOrReviews]
    serializer_class = RateCardSerializer
    pagination_class = NewestFirst
    filterset_class = RateCardFilter
    queryset = RateCard.objects.none()

    def get_queryset(self) -> Any:
        return cards_seen_by(self.request.user).prefetch_related("reasons").defer("mapping", "evidence", "offers")


class RateCardDetail(APIView):
    permission_classes = [ReadsOrReviews]

    @extend_schema(
        operation_id="rate_cards_retrieve",
        parameters=[ETAG],
        responses={200: RateCardDetailSerializer, 304: OpenApiResponse(description="Not changed (If-None-Match).")}
        | problems(401, 403, 404),
    )
    def get(self, request: Request, pk: UUID) -> Response:
        """One card: header, surcharges, fuel, reasons, history, mapping and links to its versions."""
        card = whole_card(request.user, pk)
        if request.headers.get("If-None-Match") == etag_of(card):
            return Response(status=304, headers={"ETag": etag_of(card)})
        return answer(request, card)

    @extend_schema(
        operation_id="rate_cards_correct",
        parameters=[IF_MATCH],
        request=RateCardCorrectionSerializer(partial=True),
        responses={200: RateCardDetailSerializer} | problems(400, 401, 403, 404, 409, 412, 415),
        examples=[
            OpenApiExample(
                "a currency", {"currency": "EUR", "why": "Stands on the covering letter."}, request_only=True
            )
        ],
    )
    def patch(self, request: Request, pk: UUID) -> Response:
        """Correct values of the header. Each change is kept with who made it."""
        card = card_of(request.user, pk)
        form = RateCardCorrectionSerializer(card, data=request.data, partial=True)
        form.is_valid(raise_exception=True)
        changes = dict(form.validated_data)
        why = changes.pop("why", "")
        correct_rate_card(
            card_id=pk, by=account_of(request), changes=changes, revision=revision_wanted(request), why=why
        )
        return answer(request, whole_card(request.user, pk))


def answer(request: Request, card: RateCard) -> Response:
    body = RateCardDetailSerializer(card, context={"request": request}).data
    return Response(body, headers={"ETag": etag_of(card)})


class ComparisonQuery(Serializer[Any]):
    limit = IntegerField(min_value=1, max_value=5000, default=200)
    to = IdField(required=False)


class RateCardCompare(APIView):
    permission_classes = [ReadsOrReviews]

    @extend_schema(
        operation_id="rate_cards_compare",
        parameters=[
            OpenApiParameter("limit", int, description="How many changes are listed, 1 to 5000; 200 without it."),
            OpenApiParameter("to", UUID, description="Another card to compare with, instead of the version before."),
        ],
        responses={200: ComparisonSerializer} | problems(400, 401, 403, 404, 409),
    )
    def get(self, request: Request, pk: UUID) -> Response:
        """What changed from the version before, in percent, the largest changes first."""
        query = ComparisonQuery(data=request.query_params)
        query.is_valid(raise_exception=True)
        card = card_of(request.user, pk)
        other = query.validated_data.get("to", card.supersedes_id)
        if other is None:
            raise InvalidState("The card follows no other; name one to compare with.")
        old = card_of(request.user, other)
        body = {
            "old": old.id,
            "new": card.id,
            **comparison_summary(old_id=old.id, new_id=card.id),
            "changes": compare_cards(old_id=old.id, new_id=card.id, limit=query.validated_data["limit"]),
        }
        return Response(ComparisonSerializer(body).data)
