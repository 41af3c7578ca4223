"""WorkerHeartbeat: the worker processes that live, as they say themselves."""

from __future__ import annotations

from django.db import models

from common.columns import text

BEAT_SECONDS = 5.0  # between two heartbeats of a worker process


class WorkerHeartbeat(models.Model):
    """One worker process. It writes ``seen_at`` every few seconds and deletes its row when it ends in order: a row
    whose process is gone is a worker that died."""

    name = models.CharField(primary_key=True, max_length=300, help_text="<host>:<process id>")
    host = models.CharField(max_length=255)
    pid = models.PositiveIntegerField()
    lane = text(40, help_text="The queue that it works on.")
    cluster = text(40, help_text="The cluster that it belongs to, as its supervisor numbered it.")
    slots = models.PositiveIntegerField(help_text="Documents at a time.")
    running = models.PositiveIntegerField(default=0)
    begun = models.PositiveBigIntegerField(default=0, help_text="Jobs that it has begun since its start.")
    started_at = models.DateTimeField()
    seen_at = models.DateTimeField(db_index=True)

    class Meta:
        ordering = ["host", "lane", "pid"]

    def __str__(self) -> str:
        return self.name
