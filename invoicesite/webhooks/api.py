"""``webhooks/``: who is told of what, and how the telling went."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django_filters import rest_framework as filters
from drf_spectacular.utils import OpenApiExample, OpenApiResponse, extend_schema
from rest_framework.exceptions import PermissionDenied
from rest_framework.generics import GenericAPIView, ListAPIView
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from common.api.problems import problems
from common.errors import NotFound
from common.roles import sees_everything
from invoicesite.webhooks.models import Delivery, EventType, Subscription
from invoicesite.webhooks.queries import deliveries_of, subscription_of, subscriptions_of
from invoicesite.webhooks.serializers import (
    DeliverySerializer,
    NewWebhookSerializer,
    SecretSerializer,
    WebhookSerializer,
)
from invoicesite.webhooks.services import (
    callback_secret,
    change_subscription,
    create_subscription,
    replay_delivery,
    send_test,
)
from processing.api.paging import NewestFirst
from processing.api.permissions import ReadsOrOperates

TAGS = ["webhooks"]
EXAMPLE = OpenApiExample(
    "invoices for review",
    {"url": "https://erp.example/hooks/invoices", "events": ["invoice.needs_review", "invoice.approved"]},
    request_only=True,
)


def _check_everything(request: Request, form: WebhookSerializer) -> dict[str, Any]:
    form.is_valid(raise_exception=True)
    columns = dict(form.validated_data)
    if columns.get("everything") and not sees_everything(request.user):
        raise PermissionDenied("Only staff and admins can subscribe to events of other users.")
    return columns


class WebhookList(ListAPIView[Subscription]):
    permission_classes = [ReadsOrOperates]
    serializer_class = WebhookSerializer
    pagination_class = NewestFirst
    queryset = Subscription.objects.none()

    def get_queryset(self) -> Any:
        return subscriptions_of(self.request.user)

    @extend_schema(
        operation_id="webhooks_list",
        tags=TAGS,
        summary="List your webhooks",
        responses={200: WebhookSerializer(many=True)} | problems(400, 401, 403, 404, 429),
    )
    def get(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        """Newest first, without their secrets."""
        return super().get(request, *args, **kwargs)

    @extend_schema(
        operation_id="webhooks_create",
        tags=TAGS,
        summary="Make a webhook",
        request=WebhookSerializer,
        responses={201: NewWebhookSerializer} | problems(400, 401, 403, 409, 415, 429),
        examples=[EXAMPLE],
    )
    def post(self, request: Request) -> Response:
        """The answer shows the secret, once. Messages are signed after Standard Webhooks; see `docs/api.md`."""
        columns = _check_everything(request, WebhookSerializer(data=request.data))
        columns.setdefault("active", True)
        made = create_subscription(owner=request.user, **columns)
        return Response(NewWebhookSerializer(made).data, status=201)


class WebhookDetail(GenericAPIView[Subscription]):
    permission_classes = [ReadsOrOperates]
    serializer_class = WebhookSerializer
    queryset = Subscription.objects.none()

    @extend_schema(
        operation_id="webhooks_retrieve",
        tags=TAGS,
        summary="Get a webhook",
        responses={200: WebhookSerializer} | problems(401, 403, 404, 429),
    )
    def get(self, request: Request, pk: UUID) -> Response:
        """One webhook, and whether its receiver answers."""
        return Response(WebhookSerializer(subscription_of(request.user, pk)).data)

    @extend_schema(
        operation_id="webhooks_change",
        tags=TAGS,
        summary="Change a webhook",
        request=WebhookSerializer(partial=True),
        responses={200: WebhookSerializer} | problems(400, 401, 403, 404, 415, 429),
        examples=[OpenApiExample("make active again", {"active": True}, request_only=True)],
    )
    def patch(self, request: Request, pk: UUID) -> Response:
        """Only what is given changes."""
        subscription = subscription_of(request.user, pk)
        columns = _check_everything(request, WebhookSerializer(subscription, data=request.data, partial=True))
        changed = change_subscription(subscription=subscription, **columns)
        return Response(WebhookSerializer(changed).data)

    @extend_schema(
        operation_id="webhooks_delete",
        tags=TAGS,
        summary="Delete a webhook",
        responses={204: OpenApiResponse(description="It is gone.")} | problems(401, 403, 404, 429),
    )
    def delete(self, request: Request, pk: UUID) -> Response:
        """With its log. What waits for it is not sent any more."""
        subscription_of(request.user, pk).delete()
        return Response(status=204)


class WebhookSecret(APIView):
    permission_classes = [ReadsOrOperates]

    @extend_schema(
        operation_id="webhooks_rotate_secret",
        tags=TAGS,
        summary="Rotate a webhook's secret",
        request=None,
        responses={200: SecretSerializer} | problems(401, 403, 404, 429),
    )
    def post(self, request: Request, pk: UUID) -> Response:
        """The old secret signs along for a day, so that the receiver has time to change."""
        subscription = subscription_of(request.user, pk)
        subscription.rotate()
        return Response(SecretSerializer(subscription).data)


class CallbackSecretView(APIView):
    permission_classes = [ReadsOrOperates]

    @extend_schema(
        operation_id="webhooks_callback_secret",
        tags=TAGS,
        summary="Rotate the secret for callbacks",
        request=None,
        responses={200: SecretSerializer} | problems(401, 403, 429),
    )
    def post(self, request: Request) -> Response:
        """What the calls to the `callback_url` of your jobs are signed with. The one before signs along for a day."""
        mine = callback_secret(owner_id=request.user.pk)
        mine.rotate()
        return Response(SecretSerializer(mine).data)


class WebhookTest(APIView):
    permission_classes = [ReadsOrOperates]

    @extend_schema(
        operation_id="webhooks_test",
        tags=TAGS,
        summary="Send a test message",
        request=None,
        responses={202: DeliverySerializer} | problems(401, 403, 404, 409, 429),
    )
    def post(self, request: Request, pk: UUID) -> Response:
        """An event of type `webhook.test`; look at the deliveries for how it went."""
        delivery = send_test(subscription=subscription_of(request.user, pk))
        return Response(DeliverySerializer(delivery).data, status=202)


class DeliveryFilter(filters.FilterSet):
    status = filters.ChoiceFilter(choices=Delivery.Status.choices)
    type = filters.ChoiceFilter(field_name="event__type", choices=EventType.choices)

    class Meta:
        model = Delivery
        fields: list[str] = []


class DeliveryList(ListAPIView[Delivery]):
    permission_classes = [ReadsOrOperates]
    serializer_class = DeliverySerializer
    pagination_class = NewestFirst
    filterset_class = DeliveryFilter
    queryset = Delivery.objects.none()

    def get_queryset(self) -> Any:
        return deliveries_of(subscription_of(self.request.user, self.kwargs["pk"]))

    @extend_schema(
        operation_id="webhooks_deliveries",
        tags=TAGS,
        summary="List a webhook's deliveries",
        responses={200: DeliverySerializer(many=True)} | problems(400, 401, 403, 404, 429),
    )
    def get(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        """Newest first, for 30 days: what was sent, what the receiver answered, when it is tried again."""
        return super().get(request, *args, **kwargs)


class DeliveryReplay(APIView):
    permission_classes = [ReadsOrOperates]

    @extend_schema(
        operation_id="webhooks_replay",
        tags=TAGS,
        summary="Resend a message",
        request=None,
        responses={202: DeliverySerializer} | problems(401, 403, 404, 409, 429),
    )
    def post(self, request: Request, pk: UUID, delivery_pk: UUID) -> Response:
        """One that was delivered or given up, under its first `webhook-id`."""
        delivery = deliveries_of(subscription_of(request.user, pk)).filter(id=delivery_pk).first()
        if delivery is None:
            raise NotFound
        replay_delivery(delivery=delivery)
        return Response(DeliverySerializer(delivery).data, status=202)
