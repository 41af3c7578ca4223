"""Figures for Prometheus that are read from the database: the same in every process, however many there are."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterable, Iterator

import structlog
from django.db import Error, connection
from django.db.models import Count, F, Min, Sum
from django.utils import timezone
from prometheus_client.core import CounterMetricFamily, GaugeHistogramMetricFamily, GaugeMetricFamily
from prometheus_client.metrics_core import Metric
from prometheus_client.registry import Collector

from processing.errors import BrokerUnavailable
from processing.models import Breaker, LLMCall, ProcessingJob
from processing.queries import live_workers
from processing.queueing import LANES, in_lane, tasks_waiting
from processing.services.jobs import due_now
from processing.spending.reply_cache import saved

log = structlog.get_logger(__name__)

KEPT_SECONDS = 10.0  # scrapes of several servers, or of a person that reloads, count the jobs once
STAGE_WINDOW_MINUTES = 15
STAGE_BOUNDS_SECONDS = (0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0, 30.0, 60.0, 300.0)
_BREAKER_STATES = ("closed", "half_open", "open")


class DatabaseCollector(Collector):
    """Reads the figures when they are asked for; ``invoicesite_database_up`` is 0 where that failed."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._kept: list[Metric] = []
        self._read_at = float("-inf")

    def describe(self) -> Iterable[Metric]:
        return []  # registering must not ask the database

    def collect(self) -> Iterable[Metric]:
        with self._lock:
            if time.monotonic() - self._read_at >= KEPT_SECONDS:
                try:
                    self._kept = [*_figures(), GaugeMetricFamily("invoicesite_database_up", _UP, value=1)]
                except Error as error:
                    log.warning("figures_not_read", error=type(error).__name__)
                    connection.close()
                    self._kept = [GaugeMetricFamily("invoicesite_database_up", _UP, value=0)]
                self._read_at = time.monotonic()
            return list(self._kept)


_UP = "Whether the figures of the database could be read."


def _figures() -> Iterator[Metric]:
    yield from _jobs()
    yield from _queues()
    yield from _workers()
    yield from _calls()
    yield _breakers()
    yield _stage_seconds()


def _jobs() -> Iterator[Metric]:
    jobs = GaugeMetricFamily(
        "invoicesite_jobs", "Jobs by status, and by stage while they run.", labels=["status", "stage"]
    )
    rows = ProcessingJob.objects.order_by().values_list("status", "stage").annotate(n=Count("id"))
    counts: dict[tuple[str, str], int] = {(str(status), ""): 0 for status in ProcessingJob.Status}
    for status, stage, count in rows:
        key = (status, stage if status == ProcessingJob.Status.PROCESSING else "")
        counts[key] = counts.get(key, 0) + count
    for labels, count in counts.items():
        jobs.add_metric(list(labels), count)
    yield jobs
    again = ProcessingJob.objects.filter(attempts__gt=1).aggregate(n=Sum(F("attempts") - 1, default=0))["n"]
    yield CounterMetricFamily("invoicesite_job_retries", "Attempts at jobs after the first.", value=again)


def _queues() -> Iterator[Metric]:
    depth = GaugeMetricFamily("invoicesite_queue_tasks", "Tasks that no worker has fetched.", labels=["lane"])
    due = GaugeMetricFamily("invoicesite_queue_jobs", "Jobs that could be run now.", labels=["lane"])
    age = GaugeMetricFamily("invoicesite_queue_age_seconds", "How long the oldest of them waits.", labels=["lane"])
    broker_up = 1
    for lane in LANES:
        found = ProcessingJob.objects.filter(due_now(), in_lane(lane)).aggregate(
            n=Count("id"), oldest=Min("created_at")
        )
        try:
            depth.add_metric([lane], tasks_waiting(lane))
        except BrokerUnavailable:
            broker_up = 0
        due.add_metric([lane], found["n"])
        waits = 0.0 if found["oldest"] is None else (timezone.now() - found["oldest"]).total_seconds()
        age.add_metric([lane], waits)
    yield from (depth, due, age)
    yield GaugeMetricFamily("invoicesite_broker_up", "Whether the queue that wakes workers answers.", value=broker_up)


def _workers() -> Iterator[Metric]:
    count = GaugeMetricFamily("invoicesite_workers", "Worker processes that say that they live.", labels=["lane"])
    slots = GaugeMetricFamily("invoicesite_worker_slots", "Documents that they can run at a time.", labels=["lane"])
    running = GaugeMetricFamily("invoicesite_worker_running", "Documents that they run.", labels=["lane"])
    found = dict.fromkeys(LANES, (0, 0, 0))
    for worker in live_workers():
        sums = found.get(worker.lane, (0, 0, 0))
        found[worker.lane] = (sums[0] + 1, sums[1] + worker.slots, sums[2] + worker.running)
    for lane, sums in found.items():
        for family, value in zip((count, slots, running), sums, strict=True):
            family.add_metric([lane], value)
    yield from (count, slots, running)


def _calls() -> Iterator[Metric]:
    calls = CounterMetricFamily("invoicesite_model_calls", "Calls to models.", labels=["model", "outcome"])
    tokens = CounterMetricFamily("invoicesite_model_tokens", "Tokens as billed.", labels=["model", "direction"])
    cost = CounterMetricFamily("invoicesite_model_cost_usd", "What calls cost, in US dollars.", labels=["model"])
    rows = LLMCall.objects.order_by().values("model", "outcome")
    sums: dict[str, list[float]] = {}
    for row in rows.annotate(
        n=Count("id"),
        fresh=Sum(F("input_tokens") - F("cached_input_tokens")),
        cached=Sum("cached_input_tokens"),
        output=Sum("output_tokens"),
        usd=Sum("cost_usd"),
    ):
        calls.add_metric([row["model"], row["outcome"] or "running"], row["n"])
        total = sums.setdefault(row["model"], [0, 0, 0, 0])
        for place, value in enumerate((row["fresh"], row["cached"], row["output"], row["usd"])):
            total[place] += float(value)
    for model, (fresh, cached, output, usd) in sums.items():
        for direction, count in (("input", fresh), ("cached_input", cached), ("output", output)):
            tokens.add_metric([model, direction], count)
        cost.add_metric([model], usd)
    yield from (calls, tokens, cost)
    retries = LLMCall.objects.filter(attempt__gt=0).count()
    yield CounterMetricFamily("invoicesite_model_retries", "Calls after the first of a job.", value=retries)
    hits, usd_saved = saved()
    yield CounterMetricFamily("invoicesite_cache_hits", "Replies taken from what is kept.", value=hits)
    yield CounterMetricFamily("invoicesite_cache_saved_usd", "What these replies had cost.", value=float(usd_saved))


def _breakers() -> Metric:
    state = GaugeMetricFamily(
        "invoicesite_breaker_open", "1 in the state that a model's breaker is in.", labels=["breaker", "state"]
    )
    for breaker in Breaker.objects.all():
        for name in _BREAKER_STATES:
            state.add_metric([breaker.name, name], float(breaker.state == name))
    return state


def _stage_seconds() -> Metric:
    family = GaugeHistogramMetricFamily(
        "invoicesite_stage_seconds",
        f"How long stages took that ended and began in the last {STAGE_WINDOW_MINUTES} minutes.",
        labels=["stage"],
    )
    with connection.cursor() as cursor:
        cursor.execute(
            """
            SELECT stage, width_bucket(seconds, %(bounds)s::float8[]), count(*), sum(seconds) FROM (
                SELECT stage, extract(epoch FROM finished_at - started_at)::float8 AS seconds
                FROM processing_jobstage
                WHERE started_at > now() - make_interval(mins => %(minutes)s) AND finished_at IS NOT NULL
            ) AS ended GROUP BY 1, 2
            """,
            {"bounds": list(STAGE_BOUNDS_SECONDS), "minutes": STAGE_WINDOW_MINUTES},
        )
        rows = cursor.fetchall()
    for stage in ProcessingJob.Stage:
        counts = {bucket: count for name, bucket, count, _ in rows if name == stage}
        total, buckets = 0, []
        for place, bound in enumerate([*STAGE_BOUNDS_SECONDS, float("inf")]):
            total += counts.get(place, 0)
            buckets.append((f"{bound:g}" if bound != float("inf") else "+Inf", total))
        seconds = sum(value for name, _, _, value in rows if name == stage)
        family.add_metric([str(stage)], buckets, gsum_value=seconds)
    return family
