"""The rows of a card: ``rates/``, ``zones/``, ``surcharges/``."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from django.db.models import Q, QuerySet
from django_filters import rest_framework as filters
from drf_spectacular.utils import extend_schema, extend_schema_view
from rest_framework.generics import ListAPIView

from common.api.problems import problems
from invoices.api.rate_cards.access import InCardOrder, ReadsOrReviews
from invoices.api.rate_cards.serializers import RateSerializer, SurchargeSerializer, ZoneSerializer
from invoices.models import Rate, Surcharge, Zone
from invoices.ratecards.queries import card_of

_ERRORS = problems(400, 401, 403, 404)


class RateFilter(filters.FilterSet):
    origin = filters.CharFilter(lookup_expr="iexact")
    destination = filters.CharFilter(lookup_expr="iexact")
    zone = filters.CharFilter(lookup_expr="iexact")
    service = filters.CharFilter(lookup_expr="iexact")
    equipment = filters.CharFilter(lookup_expr="iexact")
    freight_class = filters.CharFilter(lookup_expr="iexact")
    weight = filters.NumberFilter(method="in_break", min_value=0, label="A weight in the unit of the card's breaks.")

    class Meta:
        model = Rate
        fields = ["origin", "destination", "zone", "service", "equipment", "freight_class", "weight"]

    def in_break(self, rates: QuerySet[Rate], name: str, weight: Decimal) -> QuerySet[Rate]:
        """The breaks that hold the weight: which of their ends belongs to them is a property of each."""
        low = (
            Q(break_from__isnull=True)
            | Q(break_from__lt=weight)
            | Q(break_from=weight, break_inclusive__in=["lower", "both"])
            | Q(break_from__lte=Decimal("0.1"))
        )
        high = (
            Q(break_to__isnull=True)
            | Q(break_to__gt=weight)
            | Q(break_to=weight, break_inclusive__in=["upper", "both"])
        )
        return rates.filter(low, high, Q(break_basis="weight") | Q(break_basis=""))


class ZoneFilter(filters.FilterSet):
    zone = filters.CharFilter(lookup_expr="iexact")
    country = filters.CharFilter(lookup_expr="iexact")
    postal = filters.CharFilter(method="of_postal", label="A postal code that the row holds.")

    class Meta:
        model = Zone
        fields = ["zone", "side", "country", "service", "postal"]

    def of_postal(self, zones: QuerySet[Zone], name: str, postal: str) -> QuerySet[Zone]:
        code = postal.replace(" ", "").upper()[:20]
        starts = [code[:length] for length in range(1, len(code) + 1)]
        single = Q(last="", first__in=starts)
        # Each bound is compared by as many characters as it has.
        return zones.filter(single | (Q(first__lte=code) & ~Q(last="") & (Q(last__gte=code) | Q(last__in=starts))))


class _Rows(ListAPIView[Any]):
    permission_classes = [ReadsOrReviews]
    pagination_class = InCardOrder

    def get_queryset(self) -> Any:
        model: Any = self.serializer_class.Meta.model  # type: ignore[union-attr]  # of each list below
        if getattr(self, "swagger_fake_view", False):
            return model.objects.none()
        return model.objects.filter(card=card_of(self.request.user, self.kwargs["pk"]))


@extend_schema_view(
    get=extend_schema(operation_id="rate_cards_rates", responses={200: RateSerializer(many=True)} | _ERRORS)
)
class RateList(_Rows):
    """The rates of a card in its order, each with the cells that it was read from."""

    serializer_class = RateSerializer
    filterset_class = RateFilter
    queryset = Rate.objects.none()

    def get_queryset(self) -> Any:
        return super().get_queryset().defer("reach_from", "reach_to")


@extend_schema_view(
    get=extend_schema(operation_id="rate_cards_zones", responses={200: ZoneSerializer(many=True)} | _ERRORS)
)
class ZoneList(_Rows):
    """Which places belong to which zone."""

    serializer_class = ZoneSerializer
    filterset_class = ZoneFilter
    queryset = Zone.objects.none()


@extend_schema_view(
    get=extend_schema(operation_id="rate_cards_surcharges", responses={200: SurchargeSerializer(many=True)} | _ERRORS)
)
class SurchargeList(_Rows):
    """Amounts on top, in the order in which they are charged."""

    serializer_class = SurchargeSerializer
    queryset = Surcharge.objects.none()
    filterset_fields = ["code", "basis"]
