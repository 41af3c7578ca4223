"""``/metrics``: what this process counted, or all processes of the machine together, and the database's figures."""

from __future__ import annotations

import os
from collections.abc import Iterable

from django.http import Http404, HttpRequest, HttpResponse
from prometheus_client import CONTENT_TYPE_LATEST, REGISTRY, CollectorRegistry, generate_latest
from prometheus_client.core import GaugeMetricFamily
from prometheus_client.metrics_core import Metric
from prometheus_client.multiprocess import MultiProcessCollector
from prometheus_client.registry import Collector

from invoicesite.build import commit, version
from invoicesite.proxies import may_scrape
from processing.metrics import DatabaseCollector

_database = DatabaseCollector()


class BuildCollector(Collector):
    """``invoicesite_build_info``: which version answers."""

    def collect(self) -> Iterable[Metric]:
        build = GaugeMetricFamily("invoicesite_build_info", "The version that runs.", labels=["version", "commit"])
        build.add_metric([version(), commit()], 1)
        return [build]


_build = BuildCollector()


def metrics(request: HttpRequest) -> HttpResponse:
    """In the text format of Prometheus, for who may scrape.

    With ``PROMETHEUS_MULTIPROC_DIR`` the counters of all processes are summed; the database's figures are the same
    wherever they are asked for.
    """
    if not may_scrape(request):
        raise Http404
    counted = REGISTRY
    if os.environ.get("PROMETHEUS_MULTIPROC_DIR"):
        counted = CollectorRegistry()
        MultiProcessCollector(counted)  # type: ignore[no-untyped-call]
    figures = CollectorRegistry()
    figures.register(_database)
    figures.register(_build)
    return HttpResponse(generate_latest(counted) + generate_latest(figures), content_type=CONTENT_TYPE_LATEST)
