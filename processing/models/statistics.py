"""DailyFigures: what one day brought, kept so that a chart of a year reads a few hundred rows."""

from __future__ import annotations

from django.db import models

from common.columns import text, usd
from processing.models.document import Document
from processing.models.job import ProcessingJob


class DailyFigures(models.Model):
    """Jobs that ended on a day (UTC), by kind, status and method."""

    day = models.DateField()
    kind = models.CharField(max_length=10, choices=Document.Kind)
    status = models.CharField(max_length=10, choices=ProcessingJob.Status)
    method = text(10)
    jobs = models.PositiveIntegerField()
    waited_seconds = models.FloatField(help_text="Sum of the times from submission to the last start.")
    worked_seconds = models.FloatField(help_text="Sum of the times from the last start to the end.")
    cost_usd = usd()

    class Meta:
        ordering = ["-day", "kind", "status", "method"]
        verbose_name_plural = "daily figures"
        constraints = [
            models.UniqueConstraint(fields=["day", "kind", "status", "method"], name="daily_figures_once"),
        ]

    def __str__(self) -> str:
        return f"{self.day} {self.kind} {self.status}"
