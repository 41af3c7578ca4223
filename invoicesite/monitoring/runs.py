"""Noting what ran by the clock."""

from __future__ import annotations

import re
from typing import Any

import structlog
from django.db import Error
from django.utils import timezone
from django_q.models import Schedule

from invoicesite.monitoring.models import ScheduledRun

log = structlog.get_logger(__name__)

# Their task only starts a program, which notes its own end.
_TOLD_AT_THE_END = {"backup"}
_LAST_LINE = re.compile(r"^([\w.]+)(?::|\s*$)", re.MULTILINE)


def note_run(name: str, *, error: str = "") -> None:
    """Note that ``name`` ended now: well, or with ``error``. Does nothing where the database is away."""
    columns: dict[str, Any] = (
        {"failed_at": timezone.now(), "error": error[:200]} if error else {"succeeded_at": timezone.now(), "error": ""}
    )
    try:
        ScheduledRun.objects.update_or_create(name=name, defaults=columns)
    except Error as problem:
        log.warning("run_not_noted", run=name, error=type(problem).__name__)


def note_task(task: dict[str, Any], **_: Any) -> None:
    """Receiver of the queue's ``post_execute_in_worker``: of what a schedule started, note how it ended."""
    name = task.get("group")
    if not name or "success" not in task or (name in _TOLD_AT_THE_END and task["success"]):
        return
    try:
        if Schedule.objects.filter(name=name).exists():
            note_run(str(name), error="" if task["success"] else _kind_of(str(task.get("result", ""))))
    except Error as error:
        log.warning("run_not_noted", run=name, error=type(error).__name__)


def _kind_of(result: str) -> str:
    """The type of the exception at the end of a traceback; its message may hold anything."""
    found = _LAST_LINE.findall(result)
    return found[-1].rpartition(".")[2] if found else "failed"
