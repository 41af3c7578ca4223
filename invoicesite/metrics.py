"""``/metrics``: what this process counted, or all processes of the machine together, and the database's figures."""

from __future__ import annotations

import os

from django.http import HttpRequest, HttpResponse
from prometheus_client import CONTENT_TYPE_LATEST, REGISTRY, CollectorRegistry, generate_latest
from prometheus_client.multiprocess import MultiProcessCollector

from processing.metrics import DatabaseCollector

_database = DatabaseCollector()


def metrics(request: HttpRequest) -> HttpResponse:
    """In the text format of Prometheus. With ``PROMETHEUS_MULTIPROC_DIR`` the counters of all processes are summed; the
    database's figures are the same wherever they are asked for."""
    counted = REGISTRY
    if os.environ.get("PROMETHEUS_MULTIPROC_DIR"):
        counted = CollectorRegistry()
        MultiProcessCollector(counted)  # type: ignore[no-untyped-call]
    figures = CollectorRegistry()
    figures.register(_database)
    return HttpResponse(generate_latest(counted) + generate_latest(figures), content_type=CONTENT_TYPE_LATEST)
