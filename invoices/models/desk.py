"""What the review desk remembers of people: who has which invoice open, and which filters they keep."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils import timezone

from invoices.models.invoice import Invoice


class InvoiceViewer(models.Model):
    """Somebody has this invoice open: the page says so every few seconds, and silence means that it was closed."""

    invoice = models.ForeignKey(Invoice, on_delete=models.CASCADE, related_name="viewers")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    opened_at = models.DateTimeField(default=timezone.now)
    seen_at = models.DateTimeField(default=timezone.now)
    editing = models.BooleanField(default=False, help_text="Has typed something that is not saved.")

    class Meta:
        ordering = ["opened_at"]
        constraints = [models.UniqueConstraint(fields=["invoice", "user"], name="invoice_viewer_once")]
        indexes = [models.Index(fields=["seen_at"], name="invoice_viewer_seen")]

    def __str__(self) -> str:
        return f"{self.user} on {self.invoice_id}"


class SavedView(models.Model):
    """Filters, search and order of the queue under a name of one's own."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    name = models.CharField(max_length=60)
    query = models.CharField(max_length=2000, blank=True, default="", help_text="The query string of the list.")
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["name"]
        constraints = [models.UniqueConstraint(fields=["user", "name"], name="saved_view_name_once")]

    def __str__(self) -> str:
        return self.name
