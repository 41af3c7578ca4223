"""``/api/health/``: does the process live, can it serve, and how is everything that it needs.

Nothing here names a host, a path or a key. The detailed answer is for staff, and for a monitor that shows
``HEALTH_TOKEN``.
"""

from __future__ import annotations

import time
import uuid
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from typing import Any

import structlog
from django.conf import settings
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from django.db.models import Min
from django.http import Http404, HttpRequest, JsonResponse
from django.http.response import HttpResponseBase
from django.utils import timezone
from django.utils.crypto import constant_time_compare
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from invoicesite.build import commit, version
from invoicesite.monitoring.scraping import metrics
from processing.models import ProcessingJob
from processing.outages import is_database_outage
from processing.queries import live_workers
from processing.queueing import LANES, in_lane, tasks_waiting
from processing.services.jobs import due_now
from processing.spending.breaker import breakers

log = structlog.get_logger(__name__)

ANSWER_SECONDS = 2.5  # a probe is answered within three seconds, whatever is away
WAIT_SECONDS = 300.0  # a job that could run and waits longer than this in the lane of people is a sign of trouble

Found = dict[str, Any]


@never_cache
@require_safe
def live(request: HttpRequest) -> JsonResponse:
    """Liveness: this process answers. Asks nobody else, so that a slow database restarts no web process."""
    return JsonResponse({"status": "ok"})


@never_cache
@require_safe
def ready(request: HttpRequest) -> JsonResponse:
    """Readiness: the database answers and is migrated. 503 until then."""
    found = _checked("database", _migrated)
    return JsonResponse({"status": found["status"]}, status=200 if found["status"] == "ok" else 503)


@never_cache
@require_safe
def detailed(request: HttpRequest) -> JsonResponse:
    """All that documents need on their way. 503 where they cannot move; ``degraded`` where some wait."""
    if not _may_see(request):
        raise Http404
    storage = _storage_check.begin()
    checks = {name: _checked(name, check) for name, check in _CHECKS.items()}
    checks["storage"] = _checked("storage", storage)
    states = {check["status"] for check in checks.values()}
    status = next(state for state in ("failed", "degraded", "ok") if state in states)
    found = {"status": status, "service": "invoicesite", "version": version(), "commit": commit(), "checks": checks}
    return JsonResponse(found, status=503 if status == "failed" else 200)


def for_machines(get_response: Callable[[HttpRequest], HttpResponseBase]) -> Callable[[HttpRequest], HttpResponseBase]:
    """Middleware: probes and scrapers name a process by its address, so they are answered before the name of the host
    is checked."""
    views: dict[str, Callable[[HttpRequest], HttpResponseBase]] = {
        "/api/health/": live,
        "/api/health/ready/": ready,
        "/metrics": metrics,
    }

    def middleware(request: HttpRequest) -> HttpResponseBase:
        return views.get(request.path, get_response)(request)

    return middleware


def _may_see(request: HttpRequest) -> bool:
    token, shown = settings.HEALTH_TOKEN, request.headers.get("X-Health-Token", "")
    if token and constant_time_compare(shown, token):
        return True
    return bool(request.user.is_active and request.user.is_staff)


def _checked(name: str, check: Callable[[], Found]) -> Found:
    began = time.monotonic()
    try:
        found = {"status": "ok", **check()}
    except Exception as error:  # whatever fails here is what the check is for
        log.warning("health_check_failed", check=name, error=type(error).__name__)
        if is_database_outage(error):
            connection.close()
        found = {"status": "failed", "error": type(error).__name__}
    return {**found, "milliseconds": round((time.monotonic() - began) * 1000, 1)}


def _database() -> Found:
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
    return {}


def _migrated() -> Found:
    _database()  # before all migrations are loaded for nothing
    executor = MigrationExecutor(connection)
    open_count = len(executor.migration_plan(executor.loader.graph.leaf_nodes()))
    return {"status": "failed" if open_count else "ok", "migrations_to_apply": open_count}


def _queue() -> Found:
    lanes: Found = {}
    status = "ok"
    for lane in LANES:
        oldest = ProcessingJob.objects.filter(due_now(), in_lane(lane)).aggregate(oldest=Min("created_at"))["oldest"]
        waits = 0.0 if oldest is None else (timezone.now() - oldest).total_seconds()
        lanes[lane] = {"tasks": tasks_waiting(lane), "oldest_seconds": round(waits, 1)}
    if lanes[LANES[0]]["oldest_seconds"] > WAIT_SECONDS:
        status = "degraded"
    return {"status": status, "lanes": lanes}


def _workers() -> Found:
    alive = dict.fromkeys(LANES, 0)
    for worker in live_workers():
        alive[worker.lane] = alive.get(worker.lane, 0) + 1
    # Without any, no document moves.
    status = "ok" if all(alive.values()) else "degraded" if any(alive.values()) else "failed"
    return {"status": status, "alive": alive}


def _write_and_read() -> Found:
    name = default_storage.save(f"health/{uuid.uuid4()}", ContentFile(b"ok"))
    try:
        with default_storage.open(name) as file:
            same = file.read() == b"ok"
    finally:
        default_storage.delete(name)
    return {"status": "ok" if same else "failed"}


class _StorageCheck:
    """The check of the storage beside the others, because a bucket that is away takes longer than a probe waits; one
    at a time, so that probes do not pile up before it."""

    def __init__(self) -> None:
        self._pool = ThreadPoolExecutor(1, thread_name_prefix="storage_check")
        self._running: Future[Found] | None = None

    def begin(self) -> Callable[[], Found]:
        """Gives what waits for the end of the check; it raises what the check raised, or TimeoutError."""
        began = time.monotonic()
        if self._running is None or self._running.done():
            self._running = self._pool.submit(_write_and_read)
        running = self._running
        return lambda: running.result(timeout=max(0.05, began + ANSWER_SECONDS - time.monotonic()))


_storage_check = _StorageCheck()


def _models() -> Found:
    held = [breaker.name for breaker in breakers() if breaker.state != "closed"]
    return {"status": "degraded" if held else "ok", "breakers_open": held}


_CHECKS: dict[str, Callable[[], Found]] = {
    "database": _database,
    "migrations": _migrated,
    "queue": _queue,
    "workers": _workers,
    "models": _models,
}
