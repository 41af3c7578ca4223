"""What came by the channels: messages of mailboxes and of webhooks, each taken once."""

from __future__ import annotations

import base64
import secrets
import uuid

from django.conf import settings
from django.db import models
from django.utils import timezone

from common.columns import text
from processing.models.document import Document


def new_secret() -> str:
    """A secret as Standard Webhooks writes it: ``whsec_`` and 32 random bytes in base64."""
    return "whsec_" + base64.b64encode(secrets.token_bytes(32)).decode()


class MailMessage(models.Model):
    """One message that ``fetch_mailbox`` has dealt with. Known by its bytes, also where a server numbers its messages
    anew (another UIDVALIDITY, RFC 9051 2.3.1.1)."""

    class Status(models.TextChoices):
        TAKEN = "taken", "taken"
        PARTLY = "partly", "partly taken"
        EMPTY = "empty", "without a document"
        FAILED = "failed", "failed"

    mailbox = models.CharField(max_length=300, help_text="user@host/folder")
    uid_validity = models.PositiveBigIntegerField()
    uid = models.PositiveBigIntegerField()
    sha256 = models.CharField(max_length=64)
    message_id = text(998)
    sender = text(998)
    subject = text(998)
    status = models.CharField(max_length=10, choices=Status)
    error = models.TextField(blank=True, default="", help_text="Why attachments were not taken, for a person.")
    documents = models.ManyToManyField(Document, related_name="mail_messages", blank=True)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["-created_at", "-id"]
        constraints = [
            models.UniqueConstraint(fields=["mailbox", "uid_validity", "uid"], name="mail_message_uid_once"),
            models.UniqueConstraint(fields=["mailbox", "sha256"], name="mail_message_bytes_once"),
        ]

    def __str__(self) -> str:
        return self.subject or self.message_id or f"{self.mailbox} {self.uid}"


class InboundSource(models.Model):
    """A system that sends documents by signed requests (Standard Webhooks)."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    name = models.CharField(max_length=100, unique=True)
    secret = models.CharField(max_length=200, default=new_secret, help_text="Shared with the sender: whsec_…")
    previous_secret = models.CharField(max_length=200, blank=True, default="", db_default="", editable=False)
    previous_secret_until = models.DateTimeField(null=True, blank=True, editable=False)
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
        help_text="Whose the documents are.",
    )
    kind = models.CharField(max_length=10, choices=Document.Kind, default=Document.Kind.INVOICE)
    active = models.BooleanField(default=True)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name

    def secrets_now(self) -> list[str]:
        """What a message may be signed with: the secret, and for a day the one before it."""
        until = self.previous_secret_until
        old = [self.previous_secret] if self.previous_secret and until and until > timezone.now() else []
        return [self.secret, *old]


class InboundMessage(models.Model):
    """A message of a source that was taken: a repeat of its id gives the first answer again."""

    source = models.ForeignKey(InboundSource, on_delete=models.CASCADE, related_name="messages")
    message_id = models.CharField(max_length=255)
    job = models.ForeignKey("processing.ProcessingJob", on_delete=models.CASCADE, related_name="inbound_messages")
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["-created_at"]
        constraints = [models.UniqueConstraint(fields=["source", "message_id"], name="inbound_message_once")]

    def __str__(self) -> str:
        return self.message_id
