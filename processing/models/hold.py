"""HoldChange: who put a document on legal hold or took it off, and why."""

from __future__ import annotations

from django.conf import settings
from django.db import models

from processing.models.document import Document


class HoldChange(models.Model):
    """One decision on a document's legal hold. Rows are only ever added, which the database sees to."""

    document = models.ForeignKey(Document, on_delete=models.PROTECT, related_name="hold_changes")
    held = models.BooleanField(help_text="What was decided: true keeps the file, whatever retention says.")
    why = models.CharField(max_length=1000)
    changed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+", db_index=False
    )
    changed_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["-changed_at", "-id"]

    def __str__(self) -> str:
        return f"{'on hold' if self.held else 'off hold'}: {self.why}"
