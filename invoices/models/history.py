"""What the machine read of an invoice, and every change since: the history."""

from __future__ import annotations

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models

from invoices.models.invoice import Invoice


class MachineReading(models.Model):
    """What the machine read, kept when a person first changes it: beside the values at approval it says how right the
    reading was. An invoice without one stands as it was read."""

    invoice = models.OneToOneField(Invoice, primary_key=True, on_delete=models.CASCADE, related_name="machine_reading")
    data = models.JSONField(help_text="The invoice as in results.json.")
    evidence = models.JSONField(default=dict, help_text="Field → method, text and place, lines and taxes included.")
    kept_at = models.DateTimeField(auto_now_add=True)

    def __str__(self) -> str:
        return f"reading of {self.invoice_id}"


class InvoiceChange(models.Model):
    """One field changed, and by whom: the history. Rows are only ever added, which the database sees to: it links them
    to one chain an invoice, and lets values be erased alone (migration 0027). ``changed_by`` None is the pipeline."""

    invoice = models.ForeignKey(Invoice, on_delete=models.CASCADE, related_name="changes")
    version = models.PositiveIntegerField(help_text="The version of the invoice that this change made.")
    field = models.CharField(max_length=100)
    old = models.JSONField(null=True)
    new = models.JSONField(null=True)
    why = models.TextField(blank=True, default="")
    changed_at = models.DateTimeField(auto_now_add=True)
    changed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )

    # Written by the database alone.
    position = models.PositiveIntegerField(null=True, editable=False, help_text="In the chain of its invoice, from 1.")
    salt = models.UUIDField(null=True, editable=False)
    hash = models.CharField(max_length=64, default="", db_default="", editable=False)
    digests = ArrayField(models.CharField(max_length=64, blank=True), null=True, editable=False)
    erased_at = models.DateTimeField(null=True, editable=False)

    class Meta:
        ordering = ["version", "id"]
        indexes = [models.Index(fields=["invoice", "version"], name="invoice_change_version")]
        constraints = [models.UniqueConstraint(fields=["invoice", "position"], name="invoice_change_once_a_position")]

    def __str__(self) -> str:
        return f"{self.field}: {self.old!r} → {self.new!r}"
