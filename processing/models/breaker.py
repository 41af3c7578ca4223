"""Breaker: what all processes know about the health of one model at one provider."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from common.columns import text


class Breaker(models.Model):
    """Closed lets calls through; open makes them wait until ``open_until``; half open lets one probe through.

    ``paused_until`` is a server's Retry-After: all wait for it, and nothing else changes. An open breaker without
    ``open_until`` waits for a person.
    """

    class State(models.TextChoices):
        CLOSED = "closed", "closed"
        OPEN = "open", "open"
        HALF_OPEN = "half_open", "half open"

    class Cause(models.TextChoices):
        FAILURES = "failures", "repeated failures"
        AUTH = "auth", "the key was refused"
        OVERRUN = "overrun", "charged more than was reserved"

    name = models.CharField(max_length=250, primary_key=True, help_text="<provider>/<model>")
    state = models.CharField(max_length=10, choices=State, default=State.CLOSED)
    cause = models.CharField(max_length=10, choices=Cause, blank=True, default="")
    failures = models.PositiveIntegerField(default=0, help_text="In a row, since the last success.")
    trips = models.PositiveIntegerField(default=0, help_text="Times it opened since the last success.")
    last_failure_at = models.DateTimeField(null=True, blank=True)
    last_error = models.TextField(blank=True, default="")
    credential = text(64, help_text="A fingerprint of the key that was refused: another key is tried at once.")
    opened_at = models.DateTimeField(null=True, blank=True)
    open_until = models.DateTimeField(null=True, blank=True)
    paused_until = models.DateTimeField(null=True, blank=True)
    probe_until = models.DateTimeField(null=True, blank=True, help_text="The probe's lease: past it another may go.")
    updated_at = models.DateTimeField(auto_now=True)

    class Meta:
        ordering = ["name"]
        constraints = [
            models.CheckConstraint(condition=Q(state="closed") | ~Q(cause=""), name="breaker_open_has_a_cause"),
            models.CheckConstraint(
                condition=~Q(state="half_open") | Q(probe_until__isnull=False), name="breaker_probe_has_a_lease"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.name} ({self.state})"
