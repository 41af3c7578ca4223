"""The shapes of webhooks in the API."""

from __future__ import annotations

from typing import Any

from rest_framework import serializers

from common.api.fields import TextField, YesNoField
from invoicesite.webhooks.models import ALL_EVENTS, Delivery, EventType, Subscription
from invoicesite.webhooks.posting import check_address
from processing.net.addresses import UrlForbidden

SUBSCRIBABLE = [(str(kind), kind.label) for kind in EventType if kind != EventType.WEBHOOK_TEST]
WANTED = [*SUBSCRIBABLE, (ALL_EVENTS, "all")]


class WebhookSerializer(serializers.ModelSerializer[Subscription]):
    """Without its secret, which is shown when it is made and never again."""

    url = TextField(max_length=2000, help_text="An https address on the public internet.")
    events = serializers.ListField(
        child=serializers.ChoiceField(choices=WANTED),
        min_length=1,
        max_length=len(SUBSCRIBABLE),
        help_text="Which events are sent; `*` for all, also those of later versions.",
    )
    description = TextField(max_length=200, required=False, allow_blank=True)
    everything = YesNoField(required=False, help_text="Also events of other users' documents; for staff and admins.")
    active = YesNoField(required=False, help_text="An activated webhook receives the events that were waiting.")
    disabled_why = serializers.CharField(read_only=True, help_text="Why sending was stopped; empty while it is active.")

    class Meta:
        model = Subscription
        fields = [
            "id", "url", "events", "description", "everything", "active", "disabled_at", "disabled_why", "failures",
            "failing_since", "created_at", "updated_at",
        ]  # fmt: skip
        read_only_fields = ["disabled_at", "failures", "failing_since"]

    def validate_url(self, url: str) -> str:
        try:
            check_address(url)
        except UrlForbidden as error:
            raise serializers.ValidationError(error.message, code=error.code) from error
        return url

    def validate_events(self, events: list[str]) -> list[str]:
        return [ALL_EVENTS] if ALL_EVENTS in events else sorted(set(events))


class SecretSerializer(serializers.Serializer[Any]):
    secret = serializers.CharField(help_text="`whsec_…` of Standard Webhooks; shown now and never again.")


class NewWebhookSerializer(WebhookSerializer):
    secret = serializers.CharField(
        read_only=True, help_text="`whsec_…` of Standard Webhooks; shown now and never again."
    )

    class Meta(WebhookSerializer.Meta):
        fields = [*WebhookSerializer.Meta.fields, "secret"]


class DeliverySerializer(serializers.ModelSerializer[Delivery]):
    event = serializers.UUIDField(source="event_id", read_only=True, help_text="The `webhook-id` of the message.")
    type = serializers.ChoiceField(source="event.type", choices=EventType.choices, read_only=True)
    next_at = serializers.DateTimeField(read_only=True, allow_null=True, help_text="When it is tried next.")
    status_code = serializers.IntegerField(read_only=True, allow_null=True, help_text="Of the last attempt.")
    data = serializers.JSONField(source="event.data", read_only=True, help_text="What the message says.")  # type: ignore[assignment]  # named as in the message

    class Meta:
        model = Delivery
        fields = [
            "id", "event", "type", "status", "attempts", "attempted_at", "next_at", "status_code", "error",
            "duration_ms", "response", "data", "created_at",
        ]  # fmt: skip
        read_only_fields = fields
