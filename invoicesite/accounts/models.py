"""Identities of people at other providers, personal API keys, and the counters of the limits."""

from __future__ import annotations

import uuid

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q


class Identity(models.Model):
    """A person at an OpenID provider: ``subject`` never changes there, an address may."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="identities")
    provider = models.CharField(max_length=40)
    subject = models.CharField(max_length=255)
    email = models.EmailField(blank=True)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name_plural = "identities"
        constraints = [models.UniqueConstraint(fields=["provider", "subject"], name="identity_once")]

    def __str__(self) -> str:
        return f"{self.email or self.subject} at {self.provider}"


class ApiKey(models.Model):
    """A personal key of the API. The key itself is shown once and kept nowhere; ``digest`` is its SHA-256, which needs
    no salt and no slow hash because the key is 256 random bits (and so survives a change of the site's secret)."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    owner = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="api_keys")
    name = models.CharField(max_length=100)
    prefix = models.CharField(max_length=16, unique=True, help_text="The beginning of the key, to tell keys apart.")
    digest = models.CharField(max_length=64, editable=False)
    scopes = ArrayField(models.CharField(max_length=10), help_text="read, submit, review, admin")
    expires_at = models.DateTimeField(null=True, blank=True)
    last_used_at = models.DateTimeField(null=True, blank=True, help_text="Written at most once a minute.")
    revoked_at = models.DateTimeField(null=True, blank=True)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = "API key"
        ordering = ["-created_at", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["owner", "name"], condition=Q(revoked_at__isnull=True), name="api_key_name_once_an_owner"
            ),
            models.CheckConstraint(condition=Q(digest__regex=r"^[0-9a-f]{64}$"), name="api_key_digest_is_hex"),
        ]

    def __str__(self) -> str:
        return f"{self.name} ({self.prefix}…)"


class Meter(models.Model):
    """One limit of one person, key or address: it is full until ``full_at`` minus its period (see ``limits``)."""

    key = models.CharField(max_length=120, primary_key=True)
    full_at = models.DateTimeField()

    def __str__(self) -> str:
        return self.key


class DataRequest(models.Model):
    """A person's data were exported, or erased: who asked for it to be done, and what it came to. Only ever added to,
    which the database sees to."""

    class Action(models.TextChoices):
        EXPORT = "export", "exported"
        ERASE = "erase", "erased"

    person = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        on_delete=models.PROTECT,
        related_name="+",
        help_text="Whose data, by its number; none: somebody whom documents name.",
    )
    action = models.CharField(max_length=10, choices=Action)
    why = models.CharField(max_length=1000)
    told = models.JSONField(help_text="Rows by their kind; what was kept has its reason.")
    made_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["-made_at", "-id"]

    def __str__(self) -> str:
        return f"{self.action} of {self.person_id}"
