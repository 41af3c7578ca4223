"""Writes of webhooks."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import timedelta
from typing import Any

from django.db import transaction
from django.utils import timezone

from common.errors import InvalidState
from invoicesite.webhooks.models import CallbackSecret, Delivery, Event, EventType, OutboxHold, Subscription
from invoicesite.webhooks.queries import interested, is_heard, listeners, told_already
from processing.models import ProcessingJob
from processing.queueing import INTERACTIVE, enqueue

DELIVER = "invoicesite.webhooks.tasks.deliver"
MOST_SUBSCRIPTIONS = 20  # of one account: each event is sent to all of them
KEPT = timedelta(days=30)  # events and how their deliveries went

Shape = Callable[[], dict[str, Any]]


def publish(kind: EventType, *, owner_id: int | None, shape: Shape, once: str = "") -> None:
    """Write down what happened for those who want to hear of it; nothing where nobody does. To be called in the
    transaction that makes it happen. ``once`` names what is told once, however often it is noticed."""
    wanted = interested(listeners(kind), owner_id) if is_heard(kind) else []
    if not wanted or (once and told_already(once)):
        return
    event = Event(type=kind, owner_id=owner_id, data=shape(), once=once)
    Event.objects.bulk_create([event], ignore_conflicts=bool(once))
    if once and not Event.objects.filter(id=event.id).exists():
        return  # somebody else told it at this moment
    Delivery.objects.bulk_create(Delivery(event=event, subscription=subscription) for subscription in wanted)
    wake_couriers()


def publish_jobs(kind: EventType, jobs: Iterable[ProcessingJob], *, shape: Callable[[ProcessingJob], Any]) -> None:
    """The same for jobs, which besides may carry an address of their own to call back."""
    subscriptions = listeners(kind)
    events: list[Event] = []
    deliveries: list[Delivery] = []
    for job in jobs:
        wanted = interested(subscriptions, job.document.owner_id)
        if not wanted and not job.callback_url:
            continue
        event = Event(type=kind, owner_id=job.document.owner_id, data=shape(job))
        events.append(event)
        deliveries += [Delivery(event=event, subscription=subscription) for subscription in wanted]
        if job.callback_url:
            deliveries.append(Delivery(event=event, callback_url=job.callback_url))
    if events:
        Event.objects.bulk_create(events)
        Delivery.objects.bulk_create(deliveries)
        wake_couriers()


def wake_couriers() -> None:
    """Have a worker send what is due. With the ORM broker this joins the caller's transaction; with Redis it happens
    when the transaction has committed. Where it is lost, the sweep finds what is due."""
    enqueue(DELIVER, lane=INTERACTIVE)


@transaction.atomic
def create_subscription(*, owner: Any, **columns: Any) -> Subscription:
    """Raises InvalidState where the account has too many."""
    if Subscription.objects.filter(owner_id=owner.pk).count() >= MOST_SUBSCRIPTIONS:
        raise InvalidState(f"An account may have {MOST_SUBSCRIPTIONS} webhooks.")
    return Subscription.objects.create(owner_id=owner.pk, **columns)


@transaction.atomic
def change_subscription(*, subscription: Subscription, **columns: Any) -> Subscription:
    """Change some columns. One that is made active again is told all that was waiting for it."""
    record = Subscription.objects.select_for_update().get(id=subscription.id)
    revived = columns.get("active", False) and not record.active
    for name, value in columns.items():
        setattr(record, name, value)
    if revived:
        record.disabled_at, record.disabled_why, record.failures, record.failing_since = None, "", 0, None
    record.save()
    if revived:
        waiting = record.deliveries.filter(status=Delivery.Status.PENDING)
        if waiting.update(next_at=timezone.now(), lease_token=None):
            wake_couriers()
    return record


def send_test(*, subscription: Subscription) -> Delivery:
    """An event of type ``webhook.test`` for this subscription alone."""
    if not subscription.active:
        raise InvalidState("The webhook is not active.")
    with transaction.atomic():
        event = Event.objects.create(
            type=EventType.WEBHOOK_TEST, owner_id=subscription.owner_id, data={"webhook": subscription.id}
        )
        delivery = Delivery.objects.create(event=event, subscription=subscription)
        wake_couriers()
    return delivery


def replay_delivery(*, delivery: Delivery) -> None:
    """Send an event again that was delivered or given up, under its first id. Raises InvalidState where it is under
    way anyway, or its webhook is not active."""
    if delivery.subscription is not None and not delivery.subscription.active:
        raise InvalidState("The webhook is not active.")
    with transaction.atomic():
        ended = Delivery.objects.filter(id=delivery.id).exclude(status=Delivery.Status.PENDING)
        again = {"status": Delivery.Status.PENDING, "attempts": 0, "next_at": timezone.now(), "lease_token": None}
        if ended.update(**again) != 1:
            raise InvalidState("The delivery is in progress.")
        wake_couriers()
    delivery.refresh_from_db()


def disable(*, subscription_id: Any, why: str) -> bool:
    """Stop sending to an address, and tell the others of its owner and the admins. False where it was stopped."""
    with transaction.atomic():
        active = Subscription.objects.filter(id=subscription_id, active=True)
        if active.update(active=False, disabled_at=timezone.now(), disabled_why=why) != 1:
            return False
        subscription = Subscription.objects.get(id=subscription_id)
        data = {"webhook": subscription.id, "url": subscription.url, "reason": why}
        publish(EventType.WEBHOOK_DISABLED, owner_id=subscription.owner_id, shape=lambda: data)
    return True


def callback_secret(*, owner_id: int | None) -> CallbackSecret:
    """What this account's callbacks are signed with; made at the first use."""
    return CallbackSecret.objects.get_or_create(owner_id=owner_id)[0]


def purge_events() -> int:
    """Delete events that were told, or given up, longer than KEPT ago; gives how many."""
    old = Event.objects.filter(created_at__lt=timezone.now() - KEPT)
    waiting = Delivery.objects.filter(status=Delivery.Status.PENDING)
    # What waits for a webhook that a person has not made active again for that long waits no more.
    waiting = waiting.exclude(subscription__active=False)
    return old.exclude(id__in=waiting.values("event_id")).delete()[0]


def hold_outbox(*, why: str) -> int:
    """Send nothing, also of what happens from now on, until ``release_outbox``; gives how many deliveries wait."""
    if not OutboxHold.objects.filter(released_at=None).exists():
        OutboxHold.objects.create(why=why[:300])
    waiting = Delivery.objects.filter(status=Delivery.Status.PENDING)
    waiting.update(lease_token=None)
    return waiting.count()


@transaction.atomic
def release_outbox(*, send: bool) -> int | None:
    """Let deliveries go out again; without ``send``, those that waited when they were held are ended unsent. Gives how
    many these were; None where nothing is held."""
    hold = OutboxHold.objects.select_for_update().filter(released_at=None).order_by("id").last()
    if hold is None:
        return None
    waited = Delivery.objects.filter(status=Delivery.Status.PENDING, created_at__lte=hold.held_at)
    if send:
        count = waited.update(next_at=timezone.now())
    else:
        told = "Held by a restore and ended by a person, unsent."
        count = waited.update(status=Delivery.Status.FAILED, next_at=None, error=told)
    OutboxHold.objects.filter(released_at=None).update(
        released_at=timezone.now(), released_how="send" if send else "drop"
    )
    wake_couriers()
    return count
