"""The ids of a request travel with its tasks into the workers' log."""

from __future__ import annotations

from typing import Any

import structlog
from opentelemetry import context

from common.telemetry.spans import carried, context_of

CARRIED = ("request_id", "user_id")


def label_task(task: dict[str, Any], **_: Any) -> None:
    """Note on a task what this thread's log is bound to (django-q2's ``pre_enqueue``)."""
    bound = structlog.contextvars.get_contextvars()
    task["log_context"] = {name: str(bound[name]) for name in CARRIED if bound.get(name) is not None}
    task["trace"] = carried()


def bind_task(task: dict[str, Any], **_: Any) -> None:
    """Bind this thread's log to the task that begins (``pre_execute``)."""
    structlog.contextvars.clear_contextvars()
    structlog.contextvars.bind_contextvars(task_id=task["id"], **task.get("log_context", {}))
    context.attach(context_of(task.get("trace", {})))
