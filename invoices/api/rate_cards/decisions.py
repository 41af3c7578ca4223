"""``approve/``, ``reject/``, ``supersede/``: what a reviewer decides."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, ClassVar, TypeVar
from uuid import UUID

from drf_spectacular.utils import OpenApiExample, extend_schema
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from common.api.problems import problems
from invoices.api.rate_cards.access import ReadsOrReviews, account_of, revision_wanted
from invoices.api.rate_cards.cards import IF_MATCH, answer
from invoices.api.rate_cards.serializers import DecisionSerializer, RateCardDetailSerializer
from invoices.ratecards.queries import card_of, whole_card
from invoices.services.rate_card_decisions import activate_rate_card, reject_rate_card, supersede_rate_card
from invoices.services.rate_card_rules import set_rule_aside

F = TypeVar("F", bound=Callable[..., Any])


def _described(operation_id: str, example: str) -> Callable[[F], F]:
    return extend_schema(
        operation_id=operation_id,
        parameters=[IF_MATCH],
        request=DecisionSerializer,
        responses={200: RateCardDetailSerializer} | problems(400, 401, 403, 404, 409, 412, 415),
        examples=[OpenApiExample("with a reason", {"why": example}, request_only=True)],
    )


class _Decision(APIView):
    permission_classes = [ReadsOrReviews]
    decide: ClassVar[Callable[..., Any]]

    def decided(self, request: Request, pk: UUID) -> Response:
        form = DecisionSerializer(data=request.data)
        form.is_valid(raise_exception=True)
        card_of(request.user, pk)
        type(self).decide(
            card_id=pk, by=account_of(request), revision=revision_wanted(request), why=form.validated_data["why"]
        )
        return answer(request, whole_card(request.user, pk))


class SetRuleAside(APIView):
    permission_classes = [ReadsOrReviews]

    @_described("rate_cards_set_rule_aside", "The volume bonus is paid by credit note.")
    def post(self, request: Request, pk: UUID, position: int) -> Response:
        """A sentence of the card that was not understood (``rules[n]`` of a reason) changes no price: it no longer
        holds the card, also when it stands on the next version. ``why`` is kept."""
        form = DecisionSerializer(data=request.data)
        form.is_valid(raise_exception=True)
        card_of(request.user, pk)
        set_rule_aside(
            card_id=pk, position=position, by=account_of(request), revision=revision_wanted(request),
            why=form.validated_data["why"],
        )  # fmt: skip
        return answer(request, whole_card(request.user, pk))


class Approve(_Decision):
    decide = staticmethod(activate_rate_card)

    @_described("rate_cards_approve", "The odd price was confirmed by the carrier.")
    def post(self, request: Request, pk: UUID) -> Response:
        """Use the card; the version before is superseded. One with a blocking reason needs a ``why``."""
        return self.decided(request, pk)


class Reject(_Decision):
    decide = staticmethod(reject_rate_card)

    @_described("rate_cards_reject", "A draft; the signed card follows.")
    def post(self, request: Request, pk: UUID) -> Response:
        """Refuse a card that waits for review: it is kept and never used."""
        return self.decided(request, pk)


class Supersede(_Decision):
    decide = staticmethod(supersede_rate_card)

    @_described("rate_cards_supersede", "The contract was ended.")
    def post(self, request: Request, pk: UUID) -> Response:
        """Take an active card out of use, without a successor."""
        return self.decided(request, pk)
