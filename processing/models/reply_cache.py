"""CachedReply: a model's reply that was paid once and is never paid again while it lives."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from common.columns import text, usd
from processing.models.document import Document


class CachedReply(models.Model):
    """The reply to one request (``key``: SHA-256 of all that shapes it), or the lease of who is asking for it now."""

    class State(models.TextChoices):
        ASKING = "asking", "being asked"
        READY = "ready", "ready"

    key = models.CharField(max_length=64, primary_key=True)
    state = models.CharField(max_length=10, choices=State)
    holder = models.UUIDField(null=True, blank=True, help_text="Who asks: only this holder may give the lease back.")
    lease_until = models.DateTimeField(null=True, blank=True)
    document = models.ForeignKey(Document, null=True, blank=True, on_delete=models.CASCADE, related_name="+")
    model = text(120)
    prompt_version = text(40)
    reply = models.TextField(blank=True, default="")
    truncated = models.BooleanField(default=False)
    input_tokens = models.PositiveIntegerField(default=0)
    output_tokens = models.PositiveIntegerField(default=0)
    cost_usd = usd(help_text="What it cost once.")
    hits = models.PositiveIntegerField(default=0)
    created_at = models.DateTimeField()
    expires_at = models.DateTimeField(null=True, blank=True)
    last_hit_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name_plural = "cached replies"
        indexes = [models.Index(fields=["expires_at"], name="cached_reply_expiry")]
        constraints = [
            models.CheckConstraint(
                condition=Q(state="asking", holder__isnull=False, lease_until__isnull=False)
                | Q(state="ready", expires_at__isnull=False) & ~Q(reply=""),
                name="cached_reply_is_asked_or_ready",
            ),
        ]

    def __str__(self) -> str:
        return self.key
