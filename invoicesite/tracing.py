"""Traces by OpenTelemetry, sent where the ``OTEL_*`` variables say; without an endpoint nothing is kept or sent."""

from __future__ import annotations

import os
from collections.abc import Callable
from typing import TYPE_CHECKING

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from opentelemetry import trace

from common.telemetry.spans import fail, span
from invoicesite.build import version

if TYPE_CHECKING:
    from opentelemetry.sdk.trace import TracerProvider
    from opentelemetry.sdk.trace.export import SpanExporter

_ENDPOINTS = ("OTEL_EXPORTER_OTLP_ENDPOINT", "OTEL_EXPORTER_OTLP_TRACES_ENDPOINT")


def configure_tracing(exporter: SpanExporter | None = None) -> TracerProvider | None:
    """Send spans by OTLP over HTTP, or to ``exporter``; the SDK reads everything else of ``OTEL_*`` (sampling, headers,
    names). None where no endpoint is named or ``OTEL_SDK_DISABLED`` is true."""
    if exporter is None and not any(os.environ.get(name) for name in _ENDPOINTS):
        return None
    if os.environ.get("OTEL_SDK_DISABLED", "").lower() == "true":
        return None
    # The SDK and its exporter take a while to import, for every process; most sites send no traces.
    from opentelemetry.sdk.resources import Resource
    from opentelemetry.sdk.trace import TracerProvider
    from opentelemetry.sdk.trace.export import BatchSpanProcessor

    if exporter is None:
        from opentelemetry.exporter.otlp.proto.http.trace_exporter import OTLPSpanExporter

        exporter = OTLPSpanExporter()
    named = {"service.name": os.environ.get("OTEL_SERVICE_NAME") or "invoicesite", "service.version": version()}
    provider = TracerProvider(resource=Resource.create(named))
    provider.add_span_processor(BatchSpanProcessor(exporter))
    trace.set_tracer_provider(provider)
    return provider


def request_span(get_response: Callable[[HttpRequest], HttpResponseBase]) -> Callable[[HttpRequest], HttpResponseBase]:
    """Middleware: one span a request, named by its route, without its address or query, which may hold anything."""

    def middleware(request: HttpRequest) -> HttpResponseBase:
        with span("request", "server", **{"http.request.method": str(request.method)}) as opened:
            response = get_response(request)
            route = getattr(request.resolver_match, "route", "") or "unknown"
            opened.update_name(f"{request.method} {route}")
            opened.set_attributes({"http.route": route, "http.response.status_code": response.status_code})
            if response.status_code >= 500:
                fail(opened, response.status_code)
            return response

    return middleware
