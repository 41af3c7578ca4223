"""The spend ledger: one LLMCall an attempt, written before the call; budgets that span documents."""

from __future__ import annotations

import uuid

from django.db import models
from django.db.models import F, Q

from common.columns import text, usd
from processing.models.ceiling import Ceiling
from processing.models.document import Batch
from processing.models.job import ProcessingJob


class Budget(Ceiling):
    """A ceiling that spans documents: a month (``key`` 2026-11), a user (its id) or a role (its group's name)."""

    class Scope(models.TextChoices):
        MONTH = "month", "month"
        USER = "user", "user"
        ROLE = "role", "role"

    scope = models.CharField(max_length=10, choices=Scope)
    key = models.CharField(max_length=150)
    followed_usd = models.DecimalField(
        max_digits=18,
        decimal_places=10,
        null=True,
        blank=True,
        editable=False,
        help_text="The setting that budget_usd last followed: a person's change here stays until the setting changes.",
    )
    updated_at = models.DateTimeField(auto_now=True)

    class Meta(Ceiling.Meta):
        ordering = ["scope", "-key"]
        constraints = [
            *Ceiling.Meta.constraints,
            models.UniqueConstraint(fields=["scope", "key"], name="budget_scope_key_once"),
        ]

    def __str__(self) -> str:
        return f"{self.scope} {self.key}"


class LLMCall(models.Model):
    """One call to a model. While ``state`` is reserved, and for ever when no usage arrived, it counts at its worst.

    ``cost_usd`` is the whole cost; ``overrun_usd`` is the part of it above what was reserved. The ceilings that it was
    reserved under are its job, ``batch`` (as it was then) and ``budgets``: the same ones are settled.
    """

    class State(models.TextChoices):
        RESERVED = "reserved", "reserved"
        SETTLED = "settled", "settled"
        WORST_CASE = "worst_case", "counted at the worst case"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    job = models.ForeignKey(ProcessingJob, on_delete=models.PROTECT, related_name="llm_calls")
    batch = models.ForeignKey(Batch, null=True, blank=True, on_delete=models.SET_NULL, related_name="llm_calls")
    run_id = models.CharField(max_length=300, help_text="<file stem>-<attempt>, attempt from 0")
    attempt = models.PositiveIntegerField()
    model = models.CharField(max_length=120)
    provider = text(120)
    prompt_version = text(40)
    state = models.CharField(max_length=10, choices=State, default=State.RESERVED)
    reserved_usd = usd()
    cost_usd = usd(help_text="What was settled; the worst case where no usage arrived.")
    overrun_usd = usd(help_text="Charged above what was reserved.")
    max_output_tokens = models.PositiveIntegerField()
    input_tokens = models.PositiveIntegerField(default=0)
    cached_input_tokens = models.PositiveIntegerField(default=0)
    output_tokens = models.PositiveIntegerField(default=0)
    outcome = models.CharField(max_length=20, choices=ProcessingJob.Outcome, blank=True, default="")
    finish_reason = text(40)
    error_message = models.TextField(blank=True, default="")
    request_id = text(120)
    raw_reply = models.TextField(blank=True, default="")
    budgets = models.ManyToManyField(Budget, blank=True, related_name="calls")
    started_at = models.DateTimeField(auto_now_add=True, db_index=True)
    finished_at = models.DateTimeField(null=True, blank=True)
    first_token_seconds = models.FloatField(null=True, blank=True)
    elapsed_seconds = models.FloatField(null=True, blank=True)

    class Meta:
        ordering = ["-started_at", "id"]
        indexes = [models.Index(fields=["started_at"], name="llm_call_reserved", condition=Q(state="reserved"))]
        constraints = [
            models.UniqueConstraint(fields=["job", "attempt"], name="llm_call_attempt_once"),
            models.CheckConstraint(
                condition=Q(state="reserved", cost_usd=0, overrun_usd=0)
                | Q(state="worst_case", cost_usd=F("reserved_usd"), overrun_usd=0)
                | Q(state="settled", cost_usd__lte=F("reserved_usd"), overrun_usd=0)
                | Q(state="settled", cost_usd=F("reserved_usd") + F("overrun_usd")),
                name="llm_call_cost_adds_up",
            ),
            models.CheckConstraint(
                condition=Q(state="reserved") | Q(finished_at__isnull=False), name="llm_call_settled_has_an_end"
            ),
            models.CheckConstraint(
                condition=Q(reserved_usd__gte=0, cost_usd__gte=0, overrun_usd__gte=0), name="llm_call_not_negative"
            ),
        ]

    def __str__(self) -> str:
        return self.run_id
