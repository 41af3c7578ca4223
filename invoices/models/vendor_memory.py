"""What people confirmed about a vendor's documents, entry by entry, with the approvals that taught it; and what was
changed about a vendor."""

from __future__ import annotations

from django.conf import settings
from django.db import models

from invoices.models.invoice import Invoice, Vendor


class VendorMemory(models.Model):
    """One thing that is known of a vendor. ``key`` is what a document is searched for; ``value`` what follows from it.

    ``name``: a name as printed → the vendor's name; ``alias``: another name of it. ``tax_id``, ``iban``, ``domain``,
    ``phone``: by which it is known again. ``currency``, ``date_order``, ``decimals``, ``terms``: a habit. ``field``:
    where a header ``field`` stands (``label``, ``relation``). ``column``: what the item column under the heading
    ``label`` means (``field``). ``layout``: the fingerprint of the documents on which it was seen."""

    class Kind(models.TextChoices):
        NAME = "name", "name as printed"
        ALIAS = "alias", "other name"
        TAX_ID = "tax_id", "tax id"
        IBAN = "iban", "account"
        DOMAIN = "domain", "domain"
        PHONE = "phone", "telephone"
        CURRENCY = "currency", "currency"
        DATE_ORDER = "date_order", "order of dates"
        DECIMALS = "decimals", "decimal sign"
        TERMS = "terms", "payment terms"
        FIELD = "field", "where a value stands"
        COLUMN = "column", "item column"
        LAYOUT = "layout", "layout"

    vendor = models.ForeignKey(Vendor, on_delete=models.CASCADE, related_name="memories")
    kind = models.CharField(max_length=10, choices=Kind)
    layout = models.CharField(max_length=16, blank=True, default="")
    field = models.CharField(max_length=40, blank=True, default="")
    key = models.CharField(max_length=150)
    value = models.CharField(max_length=300, blank=True, default="")
    label = models.CharField(max_length=150, blank=True, default="")
    relation = models.CharField(max_length=10, blank=True, default="")
    confirmed = models.PositiveIntegerField(default=0, help_text="Approvals that agree.")
    contradicted = models.PositiveIntegerField(default=0, help_text="Approvals that say otherwise.")
    learned_at = models.DateTimeField(auto_now_add=True)
    last_seen_at = models.DateTimeField(null=True, blank=True)
    forgotten_at = models.DateTimeField(null=True, blank=True)
    forgotten_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+", db_index=False
    )

    class Meta:
        ordering = ["kind", "field", "key", "id"]
        verbose_name_plural = "vendor memory"
        indexes = [models.Index(fields=["kind", "key"], name="vendor_memory_lookup")]
        constraints = [
            models.UniqueConstraint(
                fields=["vendor", "kind", "layout", "field", "key", "value"], name="vendor_memory_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}: {self.key}"

    @property
    def is_used(self) -> bool:
        """Whether documents are read by it: more approvals agree than say otherwise, and nobody let it be forgotten."""
        return self.forgotten_at is None and self.confirmed > self.contradicted


class VendorLesson(models.Model):
    """What the approval of one invoice said of one entry."""

    memory = models.ForeignKey(VendorMemory, on_delete=models.CASCADE, related_name="lessons")
    invoice = models.ForeignKey(Invoice, null=True, blank=True, on_delete=models.SET_NULL, related_name="lessons")
    agrees = models.BooleanField(default=True)
    taught_at = models.DateTimeField(auto_now_add=True)
    taught_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+", db_index=False
    )

    class Meta:
        ordering = ["id"]
        constraints = [models.UniqueConstraint(fields=["memory", "invoice"], name="vendor_lesson_once")]

    def __str__(self) -> str:
        return f"{self.memory} ({'confirmed' if self.agrees else 'contradicted'})"


class VendorChange(models.Model):
    """One change of the vendor list, with who made it."""

    vendor = models.ForeignKey(Vendor, on_delete=models.CASCADE, related_name="changes")
    field = models.CharField(max_length=40)
    old = models.JSONField(null=True)
    new = models.JSONField(null=True)
    why = models.TextField(blank=True, default="")
    changed_at = models.DateTimeField(auto_now_add=True)
    changed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+", db_index=False
    )

    class Meta:
        ordering = ["id"]

    def __str__(self) -> str:
        return f"{self.field} of {self.vendor}"
