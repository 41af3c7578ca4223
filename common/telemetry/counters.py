"""Counters, gauges and histograms of this process, made from the catalogue when they are first used."""

from __future__ import annotations

from functools import cache
from typing import Any

from prometheus_client import Counter, Gauge, Histogram

from common.telemetry.catalogue import BY_NAME, Metric

PREFIX = "invoicesite_"


def count(name: str, amount: float = 1, **labels: str) -> None:
    """Raise a counter of the catalogue, named without the prefix."""
    counter: Counter = _made(name)
    (counter.labels(**labels) if labels else counter).inc(amount)


def observe(name: str, value: float, **labels: str) -> None:
    """Add a value to a histogram of the catalogue."""
    histogram: Histogram = _made(name)
    (histogram.labels(**labels) if labels else histogram).observe(max(0.0, value))


def gauge(name: str) -> Gauge:
    """A gauge without labels; those of the processes that live are summed."""
    found: Gauge = _made(name)
    return found


@cache
def _made(name: str) -> Any:
    metric = BY_NAME[PREFIX + name]
    if metric.kind == "counter":
        return Counter(metric.name, metric.meaning, metric.labels)
    if metric.kind == "histogram":
        return Histogram(metric.name, metric.meaning, metric.labels, buckets=metric.buckets)
    return Gauge(metric.name, metric.meaning, metric.labels, multiprocess_mode="livesum")


def begin_at_zero(metric: Metric) -> None:
    """Show a counter or histogram without labels before its first event."""
    if not metric.labels and metric.kind != "gauge":
        _made(metric.name.removeprefix(PREFIX))
