"""Logging by structlog: one line an event, as JSON for machines or coloured for a console, with the request's id."""

import sys
from collections.abc import Iterable, MutableMapping
from typing import Any

import structlog
from opentelemetry import trace

from invoicesite.build import version
from invoicesite.log_privacy import SecretsHidden, exceptions_without_values, queue_without_results, secrets_of

_SHARED: list[Any] = [
    structlog.contextvars.merge_contextvars,
    structlog.stdlib.add_logger_name,
    structlog.stdlib.add_log_level,
    structlog.processors.TimeStamper(fmt="iso", utc=True),
    structlog.processors.StackInfoRenderer(),
]

LEVELS = ("DEBUG", "INFO", "WARNING", "ERROR", "CRITICAL")


def configure_structlog() -> None:
    """Send structlog's events through the standard library, so that both kinds end in the same place and shape."""
    structlog.configure(
        processors=[
            structlog.stdlib.filter_by_level,
            *_SHARED,
            structlog.stdlib.PositionalArgumentsFormatter(),
            structlog.stdlib.ProcessorFormatter.wrap_for_formatter,
        ],
        logger_factory=structlog.stdlib.LoggerFactory(),
        cache_logger_on_first_use=True,
    )


def origin_of_line(_: Any, __: str, event: MutableMapping[str, Any]) -> MutableMapping[str, Any]:
    """structlog processor: the service, its version, and the trace that is open in this thread."""
    event.update(service="invoicesite", version=version())
    opened = trace.get_current_span().get_span_context()
    if opened.is_valid:
        event.update(trace_id=f"{opened.trace_id:032x}", span_id=f"{opened.span_id:016x}")
    return event


def logging_settings(*, level: str, style: str, secrets: Iterable[str] = ()) -> dict[str, Any]:
    """Django's `LOGGING`; `style` is `json` or `console`. Everything goes to standard error, output stays clean.

    `secrets` and what the environment holds of them never reach a line.
    """
    render: Any = (
        structlog.processors.JSONRenderer()
        if style == "json"
        else structlog.dev.ConsoleRenderer(
            colors=sys.stderr.isatty(), exception_formatter=structlog.dev.plain_traceback
        )
    )
    final = [
        *([origin_of_line] if style == "json" else []),
        queue_without_results,
        exceptions_without_values,
        SecretsHidden(render, secrets_of() | frozenset(secrets)),
    ]
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "formatters": {
            "structured": {
                "()": structlog.stdlib.ProcessorFormatter,
                "processors": [structlog.stdlib.ProcessorFormatter.remove_processors_meta, *final],
                "foreign_pre_chain": _SHARED,
            }
        },
        "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "structured"}},
        "root": {"handlers": ["stderr"], "level": level},
        "loggers": {
            "django": {"level": level},
            # The server sets up loggers of its own before it loads the site; their tracebacks are told as ours are.
            "uvicorn": {"handlers": ["stderr"], "level": "WARNING", "propagate": False},
            "uvicorn.error": {"handlers": [], "level": "WARNING", "propagate": True},
            "uvicorn.access": {"handlers": [], "level": "WARNING", "propagate": True},
            # Each request is logged once, by django-structlog; what these add is noise.
            "django.server": {"handlers": ["stderr"], "level": "WARNING", "propagate": False},
            "django.db.backends": {"level": "INFO"},
            # A line for every task that is put on the queue; jobs are logged by what they do.
            "django-q": {"level": "WARNING"},
            "pdfminer": {"level": "ERROR"},
            "httpx2": {"level": "WARNING"},
            "openai": {"level": "WARNING"},
            "azure": {"level": "WARNING"},
        },
    }
