"""The figures of the database as metrics: read when they are asked for, kept for a moment, bounded in time."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterable

import structlog
from django.db import Error, OperationalError, connection, transaction
from prometheus_client.core import GaugeMetricFamily
from prometheus_client.metrics_core import Metric as Family
from prometheus_client.registry import Collector

from common.telemetry.catalogue import BY_NAME
from common.telemetry.counters import PREFIX
from invoicesite.monitoring.figures import business, jobs, needs
from invoicesite.monitoring.figures.reading import Figure, Figures

log = structlog.get_logger(__name__)

KEPT_SECONDS = 10.0  # scrapes of several servers, or of a person that reloads, count the jobs once
SLOW_KEPT_SECONDS = 300.0  # what looks at many rows
GROUP_SECONDS = 2.0  # a group that takes longer is left out, and the others are read
ALL_SECONDS = 5.0  # what is not read by then is left out; scrapers give up after ten seconds

Group = Callable[[], Figures]
GROUPS: dict[str, tuple[Group, float]] = {
    "workers": (jobs.worker_figures, KEPT_SECONDS),
    "jobs": (jobs.job_figures, KEPT_SECONDS),
    "broker": (jobs.broker_figures, KEPT_SECONDS),
    "money": (needs.money_figures, KEPT_SECONDS),
    "dependencies": (needs.dependency_figures, KEPT_SECONDS),
    "channels": (needs.channel_figures, KEPT_SECONDS),
    "clock": (needs.clock_figures, KEPT_SECONDS),
    "reviews": (business.review_figures, KEPT_SECONDS),
    "findings": (business.finding_figures, SLOW_KEPT_SECONDS),
    "accuracy": (business.accuracy_figures, SLOW_KEPT_SECONDS),
}


class DatabaseCollector(Collector):
    """Reads the figures when they are asked for; ``invoicesite_database_up`` is 0 where that failed."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self.forget()

    def forget(self) -> None:
        """Read everything anew at the next time."""
        self._kept: dict[str, list[Figure]] = {}
        self._read_at = dict.fromkeys(GROUPS, float("-inf"))
        self._asked_at, self._up = float("-inf"), False

    def describe(self) -> Iterable[Family]:
        return []  # registering must not ask the database

    def collect(self) -> Iterable[Family]:
        with self._lock:
            now = time.monotonic()
            if now - self._asked_at >= KEPT_SECONDS:
                self._up = self._read(now)
                self._asked_at = time.monotonic()
            figures = [figure for found in self._kept.values() for figure in found] if self._up else []
            if self._up:
                figures += [Figure("figures_read", float(group in self._kept), (group,)) for group in GROUPS]
            return _families([*figures, Figure("database_up", float(self._up))])

    def _read(self, began: float) -> bool:
        for name, (group, kept_seconds) in GROUPS.items():
            if began - self._read_at[name] < kept_seconds:
                continue
            if time.monotonic() - began > ALL_SECONDS:
                self._kept.pop(name, None)
                continue
            self._read_at[name] = began
            try:
                self._kept[name] = _within(group, GROUP_SECONDS)
            except Error as error:
                log.warning("figures_not_read", group=name, error=type(error).__name__)
                self._kept.pop(name, None)
                if getattr(error.__cause__, "sqlstate", None) is None and isinstance(error, OperationalError):
                    # Nobody answers: no other group would be read either.
                    connection.close()
                    self.forget()
                    return False
        return True


def _within(group: Group, seconds: float) -> list[Figure]:
    """What a group gives; its statements end with an error after the time."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SELECT set_config('statement_timeout', %s, true)", [f"{seconds * 1000:.0f}ms"])
        return list(group())


def _families(figures: list[Figure]) -> list[Family]:
    found: dict[str, GaugeMetricFamily] = {}
    for figure in figures:
        metric = BY_NAME[PREFIX + figure.name]
        family = found.setdefault(figure.name, GaugeMetricFamily(metric.name, metric.meaning, labels=metric.labels))
        family.add_metric(figure.labels, figure.value)
    return list(found.values())
