"""Rate cards as the API shows them. Money and quantities are strings, dates ISO 8601."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers
from rest_framework.reverse import reverse

from common.api.fields import TextField
from invoices.models import (
    FuelBand,
    Rate,
    RateCard,
    RateCardChange,
    RateCardReason,
    Surcharge,
    TariffRule,
    Zone,
)
from invoices.rate_records import HEADER_FIELDS

_LINKS = ("rates", "zones", "surcharges", "compare", "export")


class PlainDecimal(serializers.DecimalField):
    """A number as a string without the needless zeros of its column."""

    def to_representation(self, value: Any) -> Any:
        return None if value is None else format(Decimal(value).normalize(), "f")


class _Rows(serializers.ModelSerializer[Any]):
    serializer_field_mapping = serializers.ModelSerializer.serializer_field_mapping.copy()


_Rows.serializer_field_mapping = {
    field: PlainDecimal if mapped is serializers.DecimalField else mapped
    for field, mapped in _Rows.serializer_field_mapping.items()
}


class LinksSerializer(serializers.Serializer[Any]):
    self = serializers.URLField()
    rates = serializers.URLField()
    zones = serializers.URLField()
    surcharges = serializers.URLField()
    compare = serializers.URLField()
    export = serializers.URLField()
    supersedes = serializers.URLField(allow_null=True)
    superseded_by = serializers.URLField(allow_null=True)


class RateCardSerializer(_Rows):
    """A card without its rows."""

    links = serializers.SerializerMethodField()
    reason_codes = serializers.SerializerMethodField(help_text="Why the card needs review; empty if it does not.")

    class Meta:
        model = RateCard
        fields = [
            "id", "status", "card_version", "revision", *HEADER_FIELDS, "rate_count", "method", "supersedes",
            "reason_codes", "created_at", "updated_at", "links",
        ]  # fmt: skip
        read_only_fields = fields

    @extend_schema_field(LinksSerializer)
    def get_links(self, card: RateCard) -> dict[str, str | None]:
        request = self.context.get("request")

        def url(name: str, pk: object) -> str | None:
            return reverse(f"rate-card-{name}", args=[pk], request=request) if pk else None

        after = getattr(card, "successor_id", None)
        return {
            "self": url("detail", card.id),
            **{name: url(name, card.id) for name in _LINKS},
            "supersedes": url("detail", card.supersedes_id),
            "superseded_by": url("detail", after),
        }

    @extend_schema_field(serializers.ListField(child=serializers.CharField()))
    def get_reason_codes(self, card: RateCard) -> list[str]:
        return [reason.code for reason in card.reasons.all()]


class RateCardReasonSerializer(_Rows):
    class Meta:
        model = RateCardReason
        fields = ["code", "field", "message", "blocking"]


class RateCardChangeSerializer(_Rows):
    changed_by = serializers.CharField(source="changed_by.username", default=None, allow_null=True)

    class Meta:
        model = RateCardChange
        fields = ["field", "old", "new", "why", "changed_by", "changed_at"]


class SurchargeSerializer(_Rows):
    class Meta:
        model = Surcharge
        exclude = ["id", "card"]


class ZoneSerializer(_Rows):
    class Meta:
        model = Zone
        exclude = ["id", "card"]


class FuelBandSerializer(_Rows):
    class Meta:
        model = FuelBand
        exclude = ["id", "card"]


class TariffRuleSerializer(_Rows):
    class Meta:
        model = TariffRule
        exclude = ["id", "card"]


class RateSerializer(_Rows):
    class Meta:
        model = Rate
        exclude = ["id", "card", "reach_from", "reach_to"]


class RateCardDetailSerializer(RateCardSerializer):
    """A card with what is short of it; rates and zones have addresses of their own."""

    zone_count = serializers.IntegerField()
    surcharges = SurchargeSerializer(many=True)
    fuel = FuelBandSerializer(many=True, source="fuel_bands")
    rules = TariffRuleSerializer(many=True)
    reasons = RateCardReasonSerializer(many=True)
    history = RateCardChangeSerializer(many=True, source="changes")
    evidence = serializers.DictField(help_text="Field → where it stands in the document.")
    mapping = serializers.DictField(help_text="The plan by which the cells were read: tables, columns, meanings.")

    class Meta(RateCardSerializer.Meta):
        fields = [
            *RateCardSerializer.Meta.fields, "zone_count", "source_sha256", "surcharges", "fuel", "rules", "reasons",
            "history", "evidence", "mapping",
        ]  # fmt: skip
        read_only_fields = fields


class RateCardCorrectionSerializer(serializers.ModelSerializer[RateCard]):
    """The values of the header that a person may correct; ``why`` goes into the history."""

    serializer_field_mapping = {
        field: TextField if mapped is serializers.CharField else mapped
        for field, mapped in serializers.ModelSerializer.serializer_field_mapping.items()
    }
    why = TextField(required=False, max_length=500, allow_blank=True)
    currency = serializers.RegexField(r"^([A-Z]{3})?$", required=False, allow_blank=True)
    mode = serializers.ChoiceField(
        ["", "parcel", "ltl", "ftl", "air", "ocean", "courier"], required=False, allow_blank=True
    )
    weight_unit = serializers.ChoiceField(["", "kg", "lb"], required=False, allow_blank=True)
    dimension_unit = serializers.ChoiceField(["", "cm", "in", "m"], required=False, allow_blank=True)
    dimensional_divisor = serializers.DecimalField(
        max_digits=12, decimal_places=4, min_value=Decimal("0.0001"), required=False, allow_null=True
    )

    class Meta:
        model = RateCard
        fields = [*HEADER_FIELDS, "why"]


class DecisionSerializer(serializers.Serializer[Any]):
    why = TextField(required=False, default="", max_length=500, allow_blank=True)


class RateChangeSerializer(serializers.Serializer[Any]):
    key = serializers.DictField(child=serializers.CharField(), help_text="Lane, service and break of the price.")
    old = PlainDecimal(max_digits=20, decimal_places=8, allow_null=True)
    new = PlainDecimal(max_digits=20, decimal_places=8, allow_null=True)
    percent = PlainDecimal(max_digits=20, decimal_places=2, allow_null=True, help_text="None where it is new or gone.")


class ComparisonSerializer(serializers.Serializer[Any]):
    old = serializers.UUIDField()
    new = serializers.UUIDField()
    same = serializers.IntegerField()
    raised = serializers.IntegerField()
    lowered = serializers.IntegerField()
    added = serializers.IntegerField()
    gone = serializers.IntegerField()
    average_percent = PlainDecimal(max_digits=20, decimal_places=2, allow_null=True)
    changes = RateChangeSerializer(many=True, help_text="The largest first, at most ``limit``.")
