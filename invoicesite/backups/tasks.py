"""The backup of every night, where BACKUP_URL is set."""

from __future__ import annotations

import os
import subprocess
import sys
from datetime import timedelta
from typing import Any

import structlog
from django.conf import settings
from django.utils import timezone
from django_q.models import Schedule

from processing.queueing import INTERACTIVE

log = structlog.get_logger(__name__)


def back_up() -> int | None:
    """Start `manage.py backup` as a program of its own, which may take longer than a task of the queue, with the time
    limits of a command; gives its process id, None without BACKUP_URL."""
    if not settings.BACKUP_URL:
        return None
    environment = {name: value for name, value in os.environ.items() if name != "Q_CLUSTER_NAME"}
    program = subprocess.Popen(
        [sys.executable, "-m", "invoicesite", "backup"],
        env=environment,
        stdin=subprocess.DEVNULL,
        start_new_session=True,
    )
    log.info("backup_started", pid=program.pid)
    return program.pid


def ensure_schedule(**_: Any) -> None:
    """Make the schedule where it is missing (signal ``post_migrate``): at night in UTC, when few submit."""
    tomorrow = timezone.now().replace(hour=2, minute=0, second=0, microsecond=0) + timedelta(days=1)
    Schedule.objects.get_or_create(
        name="backup",
        defaults={
            "func": "invoicesite.backups.tasks.back_up",
            "schedule_type": Schedule.DAILY,
            "next_run": tomorrow,
            "cluster": INTERACTIVE,
            "repeats": -1,
        },
    )
