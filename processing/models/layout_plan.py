"""LayoutPlan: how cards of one layout are read, once it was found out and accepted."""

from __future__ import annotations

from django.conf import settings
from django.db import models

from common.columns import text


class LayoutPlan(models.Model):
    """A mapping plan by the fingerprint of the layout that it is for. Next month's card of that layout costs nothing; a
    plan that fails its checks on a card is dropped."""

    class MadeBy(models.TextChoices):
        RULES = "rules", "rules"
        LLM = "llm", "model"
        PERSON = "person", "person"

    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.CASCADE, related_name="+"
    )
    fingerprint = models.CharField(max_length=32, help_text="Headers in their columns, without numbers and dates.")
    plan = models.JSONField(help_text="The plan, and the headers by which its tables are found again.")
    carrier = text(300, help_text="Whose card it was first: a hint for people.")
    made_by = models.CharField(max_length=10, choices=MadeBy)
    approved = models.BooleanField(default=False, help_text="A person accepted a card that was read by it.")
    uses = models.PositiveIntegerField(default=0)
    created_at = models.DateTimeField(auto_now_add=True)
    last_used = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-created_at"]
        constraints = [
            # Layouts say what somebody's documents look like: each owner has plans of their own.
            models.UniqueConstraint(
                fields=["owner", "fingerprint"], name="layout_plan_once_an_owner", nulls_distinct=False
            ),
        ]

    def __str__(self) -> str:
        return f"{self.carrier or 'A card'} ({self.fingerprint[:8]})"
