"""What is remembered of requests: answers for repeats, and how much somebody has submitted in a day."""

from __future__ import annotations

from django.conf import settings
from django.db import models


class IdempotentRequest(models.Model):
    """A request that carried an ``Idempotency-Key``. ``status`` is empty while the first one is under way."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    key = models.CharField(max_length=255)
    fingerprint = models.CharField(max_length=64)
    token = models.UUIDField(help_text="Of the request that may write the answer.")
    held_until = models.DateTimeField(help_text="After this the first request is taken for dead.")
    status = models.PositiveSmallIntegerField(null=True, blank=True)
    body = models.TextField(blank=True, default="")
    headers = models.JSONField(default=dict, blank=True)
    created_at = models.DateTimeField(auto_now_add=True, db_index=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["user", "key"], name="idempotency_key_once_a_user")]

    def __str__(self) -> str:
        return self.key


class UploadDay(models.Model):
    """What one person has submitted in one UTC day."""

    owner = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    day = models.DateField()
    documents = models.PositiveIntegerField()
    size_bytes = models.PositiveBigIntegerField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["owner", "day"], name="upload_day_once")]

    def __str__(self) -> str:
        return f"{self.owner_id} {self.day}"


class BudgetChange(models.Model):
    """Who set which ceiling, from what to what. Never changed, never deleted with the person."""

    budget = models.ForeignKey("processing.Budget", on_delete=models.CASCADE, related_name="changes")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    username = models.CharField(max_length=150)
    before_usd = models.DecimalField(max_digits=18, decimal_places=10, null=True)
    after_usd = models.DecimalField(max_digits=18, decimal_places=10, null=True)
    reason = models.CharField(max_length=500, blank=True, default="")
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["-created_at", "-id"]

    def __str__(self) -> str:
        return f"{self.budget_id}: {self.before_usd} → {self.after_usd}"
