"""Who is told of what (Subscription), what happened (Event, the outbox), and how the telling went (Delivery)."""

from __future__ import annotations

import base64
import secrets
import uuid
from datetime import timedelta

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.db.models import Q
from django.utils import timezone

from common.columns import text

OLD_SECRET_VALID = timedelta(hours=24)  # time for a receiver to take over a new secret


class EventType(models.TextChoices):
    JOB_COMPLETED = "job.completed", "job completed"
    JOB_FAILED = "job.failed", "job failed"
    JOB_CANCELLED = "job.cancelled", "job cancelled"
    INVOICE_NEEDS_REVIEW = "invoice.needs_review", "invoice needs review"
    INVOICE_READY = "invoice.ready", "invoice ready"
    INVOICE_APPROVED = "invoice.approved", "invoice approved"
    INVOICE_REJECTED = "invoice.rejected", "invoice rejected"
    INVOICE_CORRECTED = "invoice.corrected", "invoice corrected"
    INVOICE_REOPENED = "invoice.reopened", "invoice reopened"
    RATE_CARD_NEEDS_REVIEW = "rate_card.needs_review", "rate card needs review"
    RATE_CARD_READY = "rate_card.ready", "rate card ready"
    BUDGET_EXHAUSTED = "budget.exhausted", "budget exhausted"
    BREAKER_OPENED = "breaker.opened", "breaker opened"
    WEBHOOK_DISABLED = "webhook.disabled", "webhook disabled"
    WEBHOOK_TEST = "webhook.test", "webhook test"


def event_types() -> list[tuple[str, str]]:
    """Named by migrations, so that a new event needs none."""
    return EventType.choices


ALL_EVENTS = "*"


def new_secret() -> str:
    """A secret as Standard Webhooks writes it: ``whsec_`` and 32 random bytes in base64."""
    return "whsec_" + base64.b64encode(secrets.token_bytes(32)).decode()


class Signing(models.Model):
    """A secret that messages are signed with, beside the one before it for a day."""

    secret = models.CharField(max_length=200, default=new_secret, editable=False)
    previous_secret = models.CharField(max_length=200, blank=True, default="", editable=False)
    previous_secret_until = models.DateTimeField(null=True, blank=True, editable=False)

    class Meta:
        abstract = True

    def secrets_now(self) -> list[str]:
        until = self.previous_secret_until
        old = [self.previous_secret] if self.previous_secret and until and until > timezone.now() else []
        return [self.secret, *old]

    def rotate(self) -> None:
        """A new secret; the old one signs along for OLD_SECRET_VALID. Saves."""
        self.previous_secret, self.previous_secret_until = self.secret, timezone.now() + OLD_SECRET_VALID
        self.secret = new_secret()
        self.save(update_fields=["secret", "previous_secret", "previous_secret_until"])


class Subscription(Signing):
    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    owner = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    url = models.CharField(max_length=2000)
    description = text()
    events = ArrayField(models.CharField(max_length=40), help_text="Types of events, or * for all.")
    everything = models.BooleanField(
        default=False, help_text="Also what belongs to others, as long as the owner may see it (staff and admins)."
    )
    active = models.BooleanField(default=True)
    disabled_at = models.DateTimeField(null=True, blank=True, editable=False)
    disabled_why = models.TextField(blank=True, default="", editable=False)
    failures = models.PositiveIntegerField(default=0, editable=False, help_text="Attempts that failed in a row.")
    failing_since = models.DateTimeField(null=True, blank=True, editable=False)
    created_at = models.DateTimeField(auto_now_add=True)
    updated_at = models.DateTimeField(auto_now=True)

    class Meta:
        ordering = ["-created_at", "id"]
        indexes = [models.Index(fields=["owner", "-created_at"], name="subscription_owner")]
        constraints = [
            models.CheckConstraint(condition=~Q(events=[]), name="subscription_has_events"),
            models.CheckConstraint(
                condition=Q(disabled_at__isnull=True) | Q(active=False), name="subscription_disabled_is_not_active"
            ),
        ]

    def __str__(self) -> str:
        return self.description or self.url


class CallbackSecret(Signing):
    """What the callbacks of one account's jobs are signed with."""

    owner = models.OneToOneField(settings.AUTH_USER_MODEL, primary_key=True, on_delete=models.CASCADE, related_name="+")

    def __str__(self) -> str:
        return f"callbacks of {self.owner_id}"


class Event(models.Model):
    """What happened, as it is told; written in the transaction of what happened."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    type = models.CharField(max_length=40, choices=event_types)
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.CASCADE, related_name="+"
    )
    data = models.JSONField(encoder=DjangoJSONEncoder)
    once = text(200, help_text="Names what is told once only, however often it is noticed.")
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["-created_at", "id"]
        indexes = [models.Index(fields=["created_at"], name="event_age")]
        constraints = [models.UniqueConstraint(fields=["once"], condition=~Q(once=""), name="event_told_once")]

    def __str__(self) -> str:
        return f"{self.type} {self.id}"


class Delivery(models.Model):
    """One event to one address. Due when ``next_at`` has passed: a worker that takes it moves that on by its lease, so
    that what a dead worker held becomes due by itself."""

    class Status(models.TextChoices):
        PENDING = "pending", "pending"
        DELIVERED = "delivered", "delivered"
        FAILED = "failed", "failed"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    event = models.ForeignKey(Event, on_delete=models.CASCADE, related_name="deliveries")
    subscription = models.ForeignKey(
        Subscription, null=True, blank=True, on_delete=models.CASCADE, related_name="deliveries"
    )
    callback_url = text(2000, help_text="Where no subscription asks for it: the address that came with the job.")
    status = models.CharField(max_length=10, choices=Status, default=Status.PENDING)
    attempts = models.PositiveIntegerField(default=0)
    next_at = models.DateTimeField(null=True, blank=True, default=timezone.now)
    lease_token = models.UUIDField(null=True, blank=True)
    status_code = models.PositiveSmallIntegerField(null=True, blank=True)
    error = text(300)
    duration_ms = models.PositiveIntegerField(null=True, blank=True)
    response = text(1000, help_text="The beginning of what the receiver answered.")
    attempted_at = models.DateTimeField(null=True, blank=True)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["-created_at", "id"]
        verbose_name_plural = "deliveries"
        indexes = [
            models.Index(fields=["next_at"], name="delivery_due", condition=Q(status="pending")),
            models.Index(fields=["subscription"], name="delivery_under_way", condition=Q(lease_token__isnull=False)),
            models.Index(fields=["subscription", "-created_at"], name="delivery_log"),
        ]
        constraints = [
            models.UniqueConstraint(fields=["event", "subscription"], name="delivery_once_a_subscription"),
            models.CheckConstraint(
                condition=Q(subscription__isnull=True) ^ Q(callback_url=""), name="delivery_to_one_address"
            ),
            models.CheckConstraint(
                condition=~Q(status="pending") | Q(next_at__isnull=False), name="delivery_pending_has_a_time"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.event_id} to {self.callback_url or self.subscription_id}"


class OutboxHold(models.Model):
    """While one is not released, nothing is sent: a restored outbox would tell receivers again what they were told."""

    held_at = models.DateTimeField(auto_now_add=True)
    why = models.CharField(max_length=300)
    released_at = models.DateTimeField(null=True, blank=True)
    released_how = text(10, help_text="send, or drop: what waited at the time of the hold was ended unsent.")

    def __str__(self) -> str:
        return self.why
