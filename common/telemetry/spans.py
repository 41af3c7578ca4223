"""Spans by OpenTelemetry: nothing where no exporter was set up, and never the text of a document or a secret.

Attributes are ids, codes, names of models and sizes. Pure: what reads documents may use it, too.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager

import structlog
from opentelemetry import context, propagate, trace
from opentelemetry.trace import SpanKind, Status, StatusCode

_tracer = trace.get_tracer("invoicesite")
Value = str | int | float | bool
KINDS = {"server": SpanKind.SERVER, "client": SpanKind.CLIENT, "consumer": SpanKind.CONSUMER}


@contextmanager
def span(name: str, kind: str = "internal", **attributes: Value) -> Iterator[trace.Span]:
    """A span below the one that is open. An exception marks it by its type and its code; its message is not told."""
    with _tracer.start_as_current_span(
        name,
        kind=KINDS.get(kind, SpanKind.INTERNAL),
        attributes=attributes,
        record_exception=False,
        set_status_on_exception=False,
    ) as opened:
        try:
            yield opened
        except BaseException as error:
            fail(opened, getattr(error, "code", "") or type(error).__name__)
            raise


def fail(opened: trace.Span, code: object) -> None:
    opened.set_attribute("error.type", str(code))
    opened.set_status(Status(StatusCode.ERROR))


def carried() -> dict[str, str]:
    """What another process or server needs to go on with this trace: ``traceparent`` (W3C Trace Context)."""
    carrier: dict[str, str] = {}
    propagate.inject(carrier)
    return {name: value for name, value in carrier.items() if name == "traceparent"}


def context_of(carrier: Mapping[str, str]) -> context.Context:
    return propagate.extract(carrier)


def headers_of_call() -> dict[str, str]:
    """For a request to a server outside: the trace, and the id of the request that it came from."""
    request_id = str(structlog.contextvars.get_contextvars().get("request_id", ""))
    named = {"X-Client-Request-Id": request_id} if request_id.isascii() and 0 < len(request_id) <= 128 else {}
    return {**carried(), **named}
