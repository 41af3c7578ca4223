"""Reads of webhooks. Who sees what is decided here and nowhere else."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django.db import connection
from django.db.models import Q, QuerySet
from django.utils import timezone

from common.errors import NotFound
from common.roles import sees_everything
from invoicesite.webhooks.models import ALL_EVENTS, Delivery, Event, EventType, Subscription


def subscriptions_of(user: Any) -> QuerySet[Subscription]:
    """A person's own subscriptions; those of others are an affair of the admin pages."""
    return Subscription.objects.filter(owner_id=user.pk) if user.is_authenticated else Subscription.objects.none()


def subscription_of(user: Any, subscription_id: UUID) -> Subscription:
    """Raises NotFound, also for what is not the user's."""
    found = subscriptions_of(user).filter(id=subscription_id).first()
    if found is None:
        raise NotFound
    return found


def deliveries_of(subscription: Subscription) -> QuerySet[Delivery]:
    return subscription.deliveries.select_related("event")


# As SQL: each document that comes to its end asks twice, and most often nobody listens.
_HEARD = """
SELECT EXISTS (SELECT FROM webhooks_subscription JOIN auth_user ON auth_user.id = owner_id
    WHERE active AND is_active AND events && %s::varchar[])
OR EXISTS (SELECT FROM processing_processingjob WHERE id = ANY (%s::uuid[]) AND callback_url <> '')
"""


def is_heard(kind: EventType, *, job_ids: Sequence[UUID] = ()) -> bool:
    """Whether an event of this type has a listener: a subscription, or the callback of one of the jobs."""
    with connection.cursor() as cursor:
        cursor.execute(_HEARD, [[str(kind), ALL_EVENTS], list(job_ids)])
        return bool(cursor.fetchone()[0])


def listeners(kind: EventType) -> list[Subscription]:
    """The active subscriptions to a type of events. One for everything counts for its own things only once its owner
    may no longer see all."""
    wanted = Subscription.objects.filter(
        active=True, owner__is_active=True, events__overlap=[str(kind), ALL_EVENTS]
    ).select_related("owner")
    found = list(wanted)
    for subscription in found:
        subscription.everything = subscription.everything and sees_everything(subscription.owner)
    return found


def interested(subscriptions: Sequence[Subscription], owner_id: int | None) -> list[Subscription]:
    """Those among ``subscriptions`` that may hear of what belongs to ``owner_id`` (None: nobody)."""
    return [s for s in subscriptions if s.everything or (owner_id is not None and s.owner_id == owner_id)]


def due_deliveries() -> QuerySet[Delivery]:
    """What could be sent now."""
    to_active = Q(subscription__isnull=True) | Q(subscription__active=True)
    return Delivery.objects.filter(to_active, status=Delivery.Status.PENDING, next_at__lte=timezone.now())


def told_already(once: str) -> bool:
    return Event.objects.filter(once=once).exists()
