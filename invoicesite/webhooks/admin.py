from django.contrib import admin, messages
from django.db.models import QuerySet
from django.http import HttpRequest
from unfold.decorators import display

from common.admin.read_only import LookedAt
from common.errors import InvalidState
from invoicesite.webhooks.models import Delivery, Event, Subscription
from invoicesite.webhooks.services import disable, replay_delivery


@admin.register(Subscription)
class SubscriptionAdmin(LookedAt):
    """Made and changed by their owners; a person here may stop one."""

    list_display = ["url", "owner", "events", "state", "failures", "failing_since", "created_at"]
    list_filter = ["active", "everything"]
    search_fields = ["url", "description", "owner__username"]
    list_select_related = ["owner"]
    actions = ["stop"]

    @display(description="state", label={"active": "success", "off": "info", "stopped": "danger"})
    def state(self, subscription: Subscription) -> str:
        if subscription.active:
            return "active"
        return "stopped" if subscription.disabled_at else "off"

    @admin.action(description="Stop sending")
    def stop(self, request: HttpRequest, queryset: QuerySet[Subscription]) -> None:
        stopped = sum(disable_by_person(subscription, request) for subscription in queryset)
        self.message_user(request, f"{stopped} webhooks stopped.", messages.SUCCESS)


@admin.register(Event)
class EventAdmin(LookedAt):
    list_display = ["type", "owner", "created_at", "id"]
    list_filter = ["type"]
    search_fields = ["id"]
    list_select_related = ["owner"]


@admin.register(Delivery)
class DeliveryAdmin(LookedAt):
    list_display = ["type", "address", "state", "attempts", "status_code", "error", "attempted_at", "next_at"]
    list_filter = ["status", "event__type", "status_code"]
    search_fields = ["event__id", "subscription__url", "callback_url"]
    list_select_related = ["event", "subscription"]
    actions = ["replay"]

    @display(description="event", ordering="event__type")
    def type(self, delivery: Delivery) -> str:
        return str(delivery.event.type)

    @display(description="address")
    def address(self, delivery: Delivery) -> str:
        return delivery.callback_url or (delivery.subscription.url if delivery.subscription else "")

    @display(
        description="status",
        ordering="status",
        label={"pending": "warning", "delivered": "success", "failed": "danger"},
    )
    def state(self, delivery: Delivery) -> tuple[str, str]:
        return delivery.status, delivery.get_status_display()

    @admin.action(description="Send again")
    def replay(self, request: HttpRequest, queryset: QuerySet[Delivery]) -> None:
        refused: dict[str, int] = {}
        sent = 0
        for delivery in queryset.select_related("subscription"):
            try:
                replay_delivery(delivery=delivery)
                sent += 1
            except InvalidState as error:
                refused[error.message] = refused.get(error.message, 0) + 1
        self.message_user(request, f"{sent} deliveries will be sent again.", messages.SUCCESS)
        for message, count in refused.items():
            self.message_user(request, f"{count} not: {message}", messages.WARNING)


def disable_by_person(subscription: Subscription, request: HttpRequest) -> bool:
    return disable(subscription_id=subscription.id, why=f"Stopped by {request.user.get_username()}.")
