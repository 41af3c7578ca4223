"""What ran by the clock (ScheduledRun), what is wrong now (Alert), and who is to be told (AlertMessage, the outbox)."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from common.columns import text


class ScheduledRun(models.Model):
    """When something that runs by the clock ended last, well or not: a schedule of the queue, or ``backup``."""

    name = models.CharField(primary_key=True, max_length=100)
    succeeded_at = models.DateTimeField(null=True, blank=True)
    failed_at = models.DateTimeField(null=True, blank=True)
    error = text(200, help_text="The type of the exception, or what the command said.")

    class Meta:
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name

    @property
    def failing(self) -> bool:
        return self.failed_at is not None and (self.succeeded_at is None or self.failed_at > self.succeeded_at)


class Alert(models.Model):
    """One thing that is wrong, from when it was seen until it was not seen any more. The open one of a key is unique,
    so that however many processes look, it is told once."""

    class Level(models.TextChoices):
        DANGER = "danger", "danger"
        WARNING = "warning", "warning"

    key = models.CharField(max_length=300, help_text="What it is about, as in budget/month/2026-11/80.")
    kind = models.CharField(max_length=40)
    level = models.CharField(max_length=10, choices=Level)
    title = models.CharField(max_length=200)
    detail = models.CharField(max_length=500, blank=True, default="")
    began_at = models.DateTimeField()
    seen_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-began_at", "-id"]
        indexes = [models.Index(fields=["ended_at"], name="alert_ended")]
        constraints = [models.UniqueConstraint(fields=["key"], condition=Q(ended_at=None), name="alert_open_once")]

    def __str__(self) -> str:
        return self.title


class AlertMessage(models.Model):
    """An alert to one channel: that it began, or that it ended. Due when ``due_at`` has passed; who sends it holds a
    lease, so that two processes do not send it twice."""

    class What(models.TextChoices):
        BEGAN = "began", "began"
        ENDED = "ended", "ended"

    alert = models.ForeignKey(Alert, on_delete=models.CASCADE, related_name="messages")
    channel = models.CharField(max_length=40, help_text="mail, or webhook: and a fingerprint of its address.")
    what = models.CharField(max_length=5, choices=What)
    due_at = models.DateTimeField()
    lease_until = models.DateTimeField(null=True, blank=True)
    attempts = models.PositiveIntegerField(default=0)
    sent_at = models.DateTimeField(null=True, blank=True)
    error = text(300)

    class Meta:
        ordering = ["id"]
        indexes = [models.Index(fields=["due_at"], name="alert_message_due", condition=Q(sent_at=None))]
        constraints = [
            models.UniqueConstraint(fields=["alert", "channel", "what"], name="alert_message_once"),
        ]

    def __str__(self) -> str:
        return f"{self.alert_id} {self.what} to {self.channel}"
