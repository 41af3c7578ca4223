"""``quote/``: what shipments cost by the stored cards."""

from __future__ import annotations

from decimal import Decimal
from typing import Any, TypeVar

from django.utils import timezone
from drf_spectacular.utils import OpenApiExample, extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from common.api.fields import AmountField, IdField, TextField, WholeField
from common.api.problems import problems
from invoices.api.rate_cards.access import Reads
from invoices.api.rate_cards.serializers import PlainDecimal
from invoices.ratecards.lookup import Choice
from invoices.ratecards.quoting import Quoted, QuotedShipment, quote_for
from invoices.rating import Location, Piece, Shipment

MOST_SHIPMENTS = 50
MOST_ENTRIES = 20
T = TypeVar("T")
_QUANTITY: dict[str, Any] = {"max_digits": 14, "decimal_places": 4, "min_value": Decimal(0)}


def _few(entries: dict[str, T]) -> dict[str, T]:
    if len(entries) > MOST_ENTRIES:
        raise serializers.ValidationError(f"At most {MOST_ENTRIES} entries.")
    return entries


def _text(length: int) -> serializers.CharField:
    return TextField(max_length=length, required=False, default="", allow_blank=True)


class PlaceSerializer(serializers.Serializer[Any]):
    country = _text(2)
    region = _text(60)
    postal = _text(20)
    code = _text(10)
    name = _text(300)


class PieceSerializer(serializers.Serializer[Any]):
    weight = AmountField(**_QUANTITY)
    length = AmountField(**_QUANTITY, required=False, allow_null=True, default=None)
    width = AmountField(**_QUANTITY, required=False, allow_null=True, default=None)
    height = AmountField(**_QUANTITY, required=False, allow_null=True, default=None)
    count = WholeField(min_value=1, max_value=100_000, default=1)
    freight_class = _text(20)


class ShipmentSerializer(serializers.Serializer[Any]):
    """What is to be priced."""

    origin = PlaceSerializer(required=False, default=dict)
    destination = PlaceSerializer(required=False, default=dict)
    pieces = PieceSerializer(many=True, required=False, default=list, max_length=200)  # type: ignore[call-arg]  # of the list
    weight_unit = serializers.ChoiceField(["kg", "lb", "g", "t", "oz"], default="kg")
    dimension_unit = serializers.ChoiceField(["cm", "in", "mm", "m", "ft"], default="cm")
    service = _text(200)
    equipment = _text(50)
    freight_class = _text(20)
    zone = _text(300)
    volume_m3 = AmountField(**_QUANTITY, required=False, allow_null=True, default=None)
    pallets = AmountField(**_QUANTITY, required=False, allow_null=True, default=None)
    loading_metres = AmountField(**_QUANTITY, required=False, allow_null=True, default=None)
    containers = AmountField(**_QUANTITY, required=False, default=Decimal(1))
    distance = AmountField(**_QUANTITY, required=False, allow_null=True, default=None)
    distance_unit = serializers.ChoiceField(["km", "mile"], default="km")
    accessorials = serializers.ListField(child=TextField(max_length=200), required=False, default=list, max_length=50)
    fuel_index = AmountField(**_QUANTITY, required=False, allow_null=True, default=None)
    declared_value = AmountField(
        **_QUANTITY, required=False, allow_null=True, default=None, help_text="Of the goods, in the card's currency."
    )
    dangerous_goods = serializers.BooleanField(required=False, default=False)
    stackable = serializers.BooleanField(required=False, default=True)
    direction = _text(20)
    payer = _text(20)
    account = TextField(
        max_length=100, required=False, default="", allow_blank=True, help_text="The payer's number with the carrier."
    )
    counts = serializers.DictField(
        child=AmountField(**_QUANTITY),
        required=False,
        default=dict,
        help_text="Other quantities by unit: stop, minute, day, bill, teu.",
    )
    attributes = serializers.DictField(
        child=TextField(max_length=200, allow_blank=True),
        required=False,
        default=dict,
        help_text="Answers to keys of a card that have no field of their own.",
    )
    order_date = serializers.DateField(required=False, allow_null=True, default=None)
    invoice_date = serializers.DateField(required=False, allow_null=True, default=None)

    def validate_counts(self, counts: dict[str, Decimal]) -> dict[str, Decimal]:
        return _few(counts)

    def validate_attributes(self, attributes: dict[str, str]) -> dict[str, str]:
        return _few(attributes)


class QuoteRequestSerializer(serializers.Serializer[Any]):
    """One ``shipment``, or up to fifty ``shipments``; cards may be named or chosen."""

    shipment = ShipmentSerializer(required=False)
    shipments = ShipmentSerializer(many=True, required=False, max_length=MOST_SHIPMENTS)  # type: ignore[call-arg]  # of the list
    date = serializers.DateField(required=False, help_text="The pricing date; today by default.")
    cards = serializers.ListField(child=IdField(), required=False, max_length=200)
    carrier = _text(300)
    mode = _text(20)
    currency = _text(3)
    limit = WholeField(
        min_value=1, max_value=500, default=100, help_text="The most quotes and refusals listed for each shipment."
    )

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        if ("shipment" in attrs) == bool(attrs.get("shipments")):
            raise serializers.ValidationError("Give either shipment or shipments.")
        return attrs


class ChargeSerializer(serializers.Serializer[Any]):
    code = serializers.CharField()
    name = serializers.CharField()
    kind = serializers.CharField(help_text="freight, discount, adjustment, accessorial, fuel or tax")
    amount = serializers.CharField()
    currency = serializers.CharField()
    how = serializers.CharField(help_text="The arithmetic, for a person.")
    source = serializers.DictField(help_text="Figure → cell (Sheet!B7) or box ([page, x0, top, x1, bottom]).")  # type: ignore[assignment]  # the name of design


class LaneSerializer(serializers.Serializer[Any]):
    origin = serializers.CharField()
    destination = serializers.CharField()
    zone = serializers.CharField()
    equipment = serializers.CharField()
    freight_class = serializers.CharField()
    break_from = PlainDecimal(max_digits=24, decimal_places=8, allow_null=True)
    break_to = PlainDecimal(max_digits=24, decimal_places=8, allow_null=True)
    break_unit = serializers.CharField()


class QuoteSerializer(serializers.Serializer[Any]):
    card = serializers.UUIDField()
    carrier = serializers.CharField()
    service = serializers.CharField()
    currency = serializers.CharField()
    total = serializers.CharField(help_text="Of what could be priced, in the currency.")
    incomplete = serializers.ListField(
        child=serializers.CharField(),
        help_text="Charges of the card that could not be priced: they are not in the total.",
    )
    not_included = serializers.ListField(
        child=serializers.CharField(),
        help_text="Charges that may be due: the card does not say when, and the shipment does not ask for them.",
    )
    other_totals = serializers.DictField(
        child=serializers.CharField(), help_text="Sums of charges in other currencies, which the total does not hold."
    )
    billed_weight = PlainDecimal(max_digits=24, decimal_places=8, allow_null=True)
    weight_unit = serializers.CharField()
    transit_days = serializers.CharField()
    rate = LaneSerializer()
    charges = ChargeSerializer(many=True)


class RefusalSerializer(serializers.Serializer[Any]):
    card = serializers.UUIDField()
    carrier = serializers.CharField()
    code = serializers.CharField(help_text="not_valid, no_service, no_accessorial, no_class, no_lane, no_break, …")
    message = serializers.CharField()


class ShipmentQuotesSerializer(serializers.Serializer[Any]):
    quotes = QuoteSerializer(many=True, help_text="The cheapest first within each currency.")
    refusals = RefusalSerializer(many=True, help_text="The cards that give no price, and why.")


class QuoteAnswerSerializer(serializers.Serializer[Any]):
    date = serializers.DateField()
    results = ShipmentQuotesSerializer(many=True, help_text="One for each shipment, in their order.")


class QuoteView(APIView):
    permission_classes = [Reads]

    @extend_schema(
        operation_id="rate_cards_quote",
        request=QuoteRequestSerializer,
        responses={200: QuoteAnswerSerializer} | problems(400, 401, 403, 404, 415),
        examples=[
            OpenApiExample(
                "a parcel",
                {
                    "date": "2026-03-02",
                    "shipment": {
                        "destination": {"country": "DE", "postal": "10115"},
                        "pieces": [{"weight": "4.2", "length": "40", "width": "30", "height": "20"}],
                    },
                },
                request_only=True,
            ),
            OpenApiExample(
                "two containers",
                {
                    "mode": "ocean",
                    "shipment": {
                        "origin": {"name": "Hamburg"}, "destination": {"name": "Shanghai"},
                        "equipment": "40HC", "containers": "2",
                    },
                },
                request_only=True,
            ),
        ],
    )  # fmt: skip
    def post(self, request: Request) -> Response:
        """Price shipments by the active cards that you may see. Every charge says where its figures stand."""
        form = QuoteRequestSerializer(data=request.data)
        form.is_valid(raise_exception=True)
        data = form.validated_data
        try:
            found = self._found(request, data)
        except ArithmeticError as error:
            raise serializers.ValidationError("The quantities are too large to price.") from error
        body = {"date": found.day, "results": [_shown(each, data["limit"]) for each in found.shipments]}
        return Response(QuoteAnswerSerializer(body).data)

    def _found(self, request: Request, data: dict[str, Any]) -> Quoted:
        return quote_for(
            user=request.user,
            shipments=[shipment_of(each) for each in data.get("shipments") or [data["shipment"]]],
            day=data.get("date") or timezone.localdate(),
            choice=Choice(
                card_ids=data.get("cards"), mode=data["mode"].casefold(), carrier=data["carrier"],
                currency=data["currency"].upper(),
            ),
        )  # fmt: skip


def shipment_of(data: dict[str, Any]) -> Shipment:
    """The validated fields of a shipment as rating takes it."""
    own = ("origin", "destination", "pieces", "accessorials", "counts", "attributes")
    rest = {name: data[name] for name in data if name not in own}
    return Shipment(
        origin=_place(data["origin"]),
        destination=_place(data["destination"]),
        pieces=tuple(Piece(**piece) for piece in data["pieces"]),
        accessorials=frozenset(data["accessorials"]),
        counts=tuple(sorted(data["counts"].items())),
        attributes=tuple(sorted(data["attributes"].items())),
        **rest,
    )


def _place(data: dict[str, str]) -> Location:
    return Location(
        data.get("country", "").upper(), data.get("postal", ""), data.get("name", ""),
        data.get("region", "").upper(), data.get("code", "").upper(),
    )  # fmt: skip


def _shown(found: QuotedShipment, limit: int) -> dict[str, Any]:
    return {
        "quotes": [
            {
                "card": card_id, "carrier": quote.carrier, "service": quote.service, "currency": quote.currency,
                "total": str(quote.total), "billed_weight": quote.billed_weight, "weight_unit": quote.weight_unit,
                "incomplete": list(quote.incomplete), "not_included": list(quote.not_included),
                "other_totals": {currency: str(amount) for currency, amount in quote.others},
                "transit_days": quote.rate.transit_days, "rate": quote.rate,
                "charges": [
                    {
                        "code": c.code, "name": c.name, "kind": c.kind, "amount": str(c.amount),
                        "currency": c.currency or quote.currency, "how": c.how, "source": c.source,
                    }
                    for c in quote.charges
                ],
            }
            for card_id, quote in found.quotes[:limit]
        ],
        "refusals": [
            {"card": card_id, "carrier": refusal.carrier, "code": refusal.code, "message": refusal.message}
            for card_id, refusal in found.refusals[:limit]
        ],
    }  # fmt: skip
