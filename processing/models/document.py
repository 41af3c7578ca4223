"""Document: a stored file. Batch: the files of one import, with a budget of its own."""

from __future__ import annotations

import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q

from common.columns import text
from invoices.models import Invoice, RateCard
from processing.models.ceiling import Ceiling


class Document(models.Model):
    """A stored file. Its bytes are written before the row exists and never changed; ``storage_key`` is never a user's
    name."""

    class Kind(models.TextChoices):
        INVOICE = "invoice", "invoice"
        RATE_CARD = "rate_card", "rate card"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    kind = models.CharField(max_length=10, choices=Kind, default=Kind.INVOICE)
    sha256 = models.CharField(max_length=64)
    size_bytes = models.PositiveBigIntegerField()
    media_type = models.CharField(max_length=120)
    filename = text(255, help_text="As it came: shown, never used as a path.")
    storage_key = models.CharField(max_length=200, unique=True)
    source = text(20, help_text="upload, folder, url, blob, mailbox, webhook")
    source_detail = models.JSONField(default=dict, blank=True)
    parent = models.ForeignKey("self", null=True, blank=True, on_delete=models.PROTECT, related_name="attachments")
    page_count = models.PositiveIntegerField(null=True, blank=True)
    legal_hold = models.BooleanField(default=False)
    purged_at = models.DateTimeField(null=True, blank=True)
    invoice = models.OneToOneField(Invoice, null=True, blank=True, on_delete=models.SET_NULL, related_name="document")
    rate_card = models.OneToOneField(
        RateCard, null=True, blank=True, on_delete=models.SET_NULL, related_name="document"
    )
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["-created_at", "id"]
        indexes = [
            models.Index(fields=["owner", "-created_at"], name="document_owner"),
            models.Index(fields=["-created_at", "id"], name="document_newest"),
        ]
        constraints = [
            # Two submissions of the same bytes at the same time make one document: the second INSERT fails and finds
            # it.
            models.UniqueConstraint(fields=["owner", "kind", "sha256"], name="document_bytes_once_an_owner"),
            models.UniqueConstraint(
                fields=["kind", "sha256"], condition=Q(owner__isnull=True), name="document_bytes_once_without_owner"
            ),
            models.CheckConstraint(condition=Q(sha256__regex=r"^[0-9a-f]{64}$"), name="document_sha256_is_hex"),
            models.CheckConstraint(condition=Q(size_bytes__gt=0), name="document_not_empty"),
            models.CheckConstraint(
                condition=Q(invoice__isnull=True) | Q(rate_card__isnull=True), name="document_one_result"
            ),
        ]

    def __str__(self) -> str:
        return self.filename or str(self.id)


class StoredContent(models.Model):
    """What the readers made of a document, so that a later attempt, the review desk and search need not read it
    again."""

    document = models.OneToOneField(Document, primary_key=True, on_delete=models.CASCADE, related_name="stored_content")
    version = models.PositiveSmallIntegerField(
        help_text="Of the encoding and the readers; another version is read anew."
    )
    data = models.BinaryField()
    created_at = models.DateTimeField(auto_now=True)

    def __str__(self) -> str:
        return f"content of {self.document_id}"


class Batch(Ceiling):
    class Status(models.TextChoices):
        PENDING = "pending", "pending"
        PROCESSING = "processing", "processing"
        PAUSED = "paused", "paused"
        COMPLETED = "completed", "completed"
        CANCELLED = "cancelled", "cancelled"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    kind = models.CharField(max_length=10, choices=Document.Kind, default=Document.Kind.INVOICE)
    name = text()
    status = models.CharField(max_length=10, choices=Status, default=Status.PENDING)
    stop_reason = models.TextField(
        blank=True, default="", help_text="Why the batch stopped before its end, for a person."
    )
    options = models.JSONField(default=dict, blank=True)
    created_at = models.DateTimeField(auto_now_add=True)
    finished_at = models.DateTimeField(null=True, blank=True)

    class Meta(Ceiling.Meta):
        ordering = ["-created_at", "id"]
        verbose_name_plural = "batches"

    def __str__(self) -> str:
        return self.name or str(self.id)


class BatchItem(models.Model):
    """One file of an import, in input order: what a resume goes by, and where a file that made no job is accounted
    for."""

    batch = models.ForeignKey(Batch, on_delete=models.CASCADE, related_name="items")
    position = models.PositiveIntegerField()
    path = models.TextField()
    sha256 = text(64)
    job = models.ForeignKey(
        "processing.ProcessingJob", null=True, blank=True, on_delete=models.SET_NULL, related_name="batch_items"
    )
    seen_before = models.BooleanField(default=False)
    error_code = text(40)
    error_message = models.TextField(blank=True, default="")

    class Meta:
        ordering = ["position"]
        constraints = [
            models.UniqueConstraint(fields=["batch", "position"], name="batch_item_position_once"),
            models.UniqueConstraint(fields=["batch", "path"], name="batch_item_path_once"),
        ]

    def __str__(self) -> str:
        return self.path
