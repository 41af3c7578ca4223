"""ProcessingJob: one run of the pipeline over one Document. The row decides, the queue only wakes a worker."""

from __future__ import annotations

import uuid

from django.contrib.postgres.indexes import BrinIndex
from django.db import models
from django.db.models import Q

from common.columns import text
from processing.models.ceiling import Ceiling
from processing.models.document import Batch, Document


class ProcessingJob(Ceiling):
    class Status(models.TextChoices):
        PENDING = "pending", "pending"
        PROCESSING = "processing", "processing"
        COMPLETED = "completed", "completed"
        FAILED = "failed", "failed"
        CANCELLED = "cancelled", "cancelled"

    class Stage(models.TextChoices):
        READING = "reading", "reading"
        EXTRACTING = "extracting", "extracting"
        VALIDATING = "validating", "validating"
        STORING = "storing", "storing"

    class Outcome(models.TextChoices):
        SUCCESS = "success", "success"
        PARTIAL = "partial", "partial"
        BUDGET_EXCEEDED = "budget_exceeded", "budget exceeded"
        INVALID_OUTPUT = "invalid_output", "invalid output"
        TIMEOUT = "timeout", "timeout"
        RATE_LIMITED = "rate_limited", "rate limited"
        PROVIDER_ERROR = "provider_error", "provider error"
        AUTH_ERROR = "auth_error", "auth error"
        UNREADABLE = "unreadable", "unreadable"
        CANCELLED = "cancelled", "cancelled"

    class Policy(models.TextChoices):
        CHEAPEST = "cheapest", "cheapest"
        LLM = "llm", "model"
        RULES = "rules", "rules"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    document = models.ForeignKey(Document, on_delete=models.PROTECT, related_name="jobs")
    batch = models.ForeignKey(Batch, null=True, blank=True, on_delete=models.SET_NULL, related_name="jobs")
    status = models.CharField(max_length=10, choices=Status, default=Status.PENDING)
    stage = models.CharField(max_length=10, choices=Stage, blank=True, default="")
    priority = models.SmallIntegerField(default=0, help_text="Higher runs first; uploads by people have 10.")
    policy = models.CharField(max_length=10, choices=Policy, default=Policy.CHEAPEST)
    max_output_tokens = models.PositiveIntegerField()
    include_hidden = models.BooleanField(default=False, help_text="Hidden sheets of a workbook are read, too.")
    callback_url = models.TextField(
        blank=True, default="", help_text="Told once when the job ends; a public address (processing.net.addresses)."
    )
    external_id = models.CharField(
        max_length=200, blank=True, default="", db_default="", help_text="What the sender calls the document."
    )
    metadata = models.JSONField(blank=True, default=dict, db_default={}, help_text="The sender's own names and texts.")

    attempts = models.PositiveIntegerField(default=0)
    max_attempts = models.PositiveIntegerField(default=3)
    lease_token = models.UUIDField(null=True, blank=True, help_text="Who holds the job: only this holder may end it.")
    lease_until = models.DateTimeField(null=True, blank=True)
    not_before = models.DateTimeField(null=True, blank=True, help_text="Deferred until (back-off, open breaker).")
    waits_for = models.CharField(
        max_length=250, blank=True, default="", db_default="", help_text="The breaker of what is away meanwhile."
    )
    deferred_since = models.DateTimeField(
        null=True, blank=True, help_text="Since when it waits for what is away; this has a bound."
    )
    cancel_requested = models.BooleanField(default=False)

    outcome = models.CharField(max_length=20, choices=Outcome, blank=True, default="")
    method = text(10)
    confidence = models.DecimalField(max_digits=3, decimal_places=2, null=True, blank=True)
    error_code = text(40)
    error_message = models.TextField(blank=True, default="")
    raw_response = models.TextField(blank=True, default="", help_text="The model's last reply, as it came.")
    created_at = models.DateTimeField(auto_now_add=True)
    started_at = models.DateTimeField(null=True, blank=True)
    finished_at = models.DateTimeField(null=True, blank=True)

    class Meta(Ceiling.Meta):
        ordering = ["-created_at", "id"]
        indexes = [
            models.Index(fields=["-priority", "created_at"], name="job_pending", condition=Q(status="pending")),
            models.Index(fields=["waits_for"], name="job_waits_for", condition=Q(status="pending") & ~Q(waits_for="")),
            models.Index(fields=["external_id"], name="job_external_id", condition=~Q(external_id="")),
            models.Index(fields=["lease_until"], name="job_leased", condition=Q(status="processing")),
            models.Index(fields=["status", "-created_at"], name="job_status"),
            models.Index(fields=["batch", "status"], name="job_batch_status"),
            models.Index(fields=["-created_at", "id"], name="job_newest"),
            BrinIndex(fields=["finished_at"], name="job_finished_recently"),
        ]
        constraints = [
            *Ceiling.Meta.constraints,
            # One document is never worked on by two jobs at once: its result could be recorded twice.
            models.UniqueConstraint(
                fields=["document"], condition=Q(status__in=["pending", "processing"]), name="job_one_open_a_document"
            ),
            models.CheckConstraint(
                condition=~Q(status="processing") | Q(lease_token__isnull=False, lease_until__isnull=False),
                name="job_processing_has_a_lease",
            ),
            models.CheckConstraint(
                condition=~Q(status__in=["completed", "failed", "cancelled"])
                | (Q(finished_at__isnull=False) & ~Q(outcome="")),
                name="job_ended_has_outcome",
            ),
            models.CheckConstraint(condition=~Q(status="failed") | ~Q(error_code=""), name="job_failed_has_a_code"),
        ]

    def __str__(self) -> str:
        return f"{self.document} ({self.status})"


class JobStage(models.Model):
    """When a stage of one attempt began and ended: the timeline."""

    job = models.ForeignKey(ProcessingJob, on_delete=models.CASCADE, related_name="stages")
    attempt = models.PositiveIntegerField()
    stage = models.CharField(max_length=10, choices=ProcessingJob.Stage)
    started_at = models.DateTimeField()
    finished_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["attempt", "started_at"]
        # Rows come in the order of time: a few kilobytes tell where those of the last minutes are.
        indexes = [BrinIndex(fields=["started_at"], name="job_stage_recent")]
        constraints = [models.UniqueConstraint(fields=["job", "attempt", "stage"], name="job_stage_once_an_attempt")]

    def __str__(self) -> str:
        return f"{self.stage} #{self.attempt}"
