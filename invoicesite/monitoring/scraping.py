"""``/metrics``: what the processes of this machine counted, and the figures of the database, for who may scrape.

The web process answers it as a page; on a machine of workers the supervisor answers it at ``METRICS_PORT``.
"""

from __future__ import annotations

import shutil
import threading
from collections.abc import Iterable, Iterator, Mapping
from contextlib import nullcontext
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import structlog
from django.conf import settings
from django.db import connection
from django.http import Http404, HttpRequest, HttpResponse
from prometheus_client import CONTENT_TYPE_LATEST, REGISTRY, CollectorRegistry, generate_latest
from prometheus_client.core import GaugeMetricFamily
from prometheus_client.metrics_core import Metric as Family
from prometheus_client.multiprocess import MultiProcessCollector
from prometheus_client.registry import Collector

from common.own_connection import use_own_connection
from common.telemetry.catalogue import BY_NAME
from common.telemetry.pools import tell_pools
from common.telemetry.shared import settled, shared_folder
from invoicesite.build import commit, version
from invoicesite.monitoring.collecting import DatabaseCollector
from invoicesite.proxies import may_read_metrics

log = structlog.get_logger(__name__)

database = DatabaseCollector()


class MachineCollector(Collector):
    """Which version answers, and how full the disks are that it writes to."""

    def collect(self) -> Iterable[Family]:
        build = BY_NAME["invoicesite_build_info"]
        found = GaugeMetricFamily(build.name, build.meaning, labels=build.labels)
        found.add_metric([version(), commit()], 1)
        yield found
        free, ratio = (
            GaugeMetricFamily(metric.name, metric.meaning, labels=metric.labels)
            for metric in (BY_NAME["invoicesite_disk_free_bytes"], BY_NAME["invoicesite_disk_free_ratio"])
        )
        for place, folder in _places():
            usage = shutil.disk_usage(folder)
            free.add_metric([place], usage.free)
            ratio.add_metric([place], usage.free / max(1, usage.total))
        yield from (free, ratio)


def free_shares() -> dict[str, float]:
    """The free share of each disk that this machine writes to, 0 to 1."""
    usages = ((place, shutil.disk_usage(folder)) for place, folder in _places())
    return {place: usage.free / max(1, usage.total) for place, usage in usages}


def _places() -> Iterator[tuple[str, Path]]:
    named: dict[str, Path | str] = {"var": settings.VAR_DIR, "temporary": settings.FILE_UPLOAD_TEMP_DIR}
    if settings.STORAGE_URL.startswith("file:"):
        named["storage"] = settings.STORAGE_URL.removeprefix("file://")
    for place, folder in named.items():
        if Path(folder).is_dir():
            yield place, Path(folder)


_machine = MachineCollector()


def exposition() -> bytes:
    """Everything, in the text format of Prometheus."""
    tell_pools()
    folder = shared_folder()
    figures = CollectorRegistry()
    figures.register(database)
    figures.register(_machine)
    with settled(folder) if folder else nullcontext():
        counted = REGISTRY
        if folder:
            counted = CollectorRegistry()
            MultiProcessCollector(counted, path=str(folder))  # type: ignore[no-untyped-call]
        of_processes = generate_latest(counted)
    return of_processes + generate_latest(figures)


def metrics(request: HttpRequest) -> HttpResponse:
    """The page of the web process."""
    if not may_read_metrics(request.META):
        raise Http404
    return HttpResponse(exposition(), content_type=CONTENT_TYPE_LATEST)


class _Handler(BaseHTTPRequestHandler):
    timeout = 5.0

    def do_GET(self) -> None:
        asked: Mapping[str, Any] = {
            "REMOTE_ADDR": self.client_address[0],
            "HTTP_AUTHORIZATION": self.headers.get("Authorization", ""),
            **({"HTTP_X_FORWARDED_FOR": "?"} if "X-Forwarded-For" in self.headers else {}),
        }
        if self.path.partition("?")[0] != "/metrics" or not may_read_metrics(asked):
            self.send_error(404)
            return
        use_own_connection()
        try:
            body = exposition()
        finally:
            connection.close()
        self.send_response(200)
        self.send_header("Content-Type", CONTENT_TYPE_LATEST)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: Any) -> None:
        """Scrapes are no events."""


def serve_metrics(**_: Any) -> ThreadingHTTPServer | None:
    """Answer ``/metrics`` at ``METRICS_PORT`` in a thread of this process; None where no port is set or it is taken.
    Receiver of ``work_started``."""
    if settings.METRICS_PORT is None:
        return None
    try:
        server = ThreadingHTTPServer((settings.METRICS_HOST, settings.METRICS_PORT), _Handler)
    except OSError as error:
        log.error("metrics_not_served", port=settings.METRICS_PORT, error=type(error).__name__)
        return None
    threading.Thread(target=server.serve_forever, name="metrics", daemon=True).start()
    return server
