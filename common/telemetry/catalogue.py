"""The catalogue of metrics: the only list of what ``/metrics`` shows, what it means, and which question it answers.

Counters, collectors, the table in docs/operations.md, alert rules and dashboards are made from it. Pure: no Django.

``site`` metrics come from the database and are the same wherever they are asked for: take their ``max``. ``process``
metrics are counted by the processes of one machine: take their ``sum``.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Kind = Literal["counter", "gauge", "histogram"]
Scope = Literal["site", "process"]

FAST = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0, 30.0)
STAGES = (0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0, 30.0, 60.0, 300.0)
JOBS = (0.5, 1.0, 2.5, 5.0, 10.0, 30.0, 60.0, 120.0, 300.0, 900.0, 3600.0, 14400.0)
PEOPLE = (60.0, 300.0, 900.0, 3600.0, 14400.0, 43200.0, 86400.0, 259200.0, 604800.0)


@dataclass(frozen=True, slots=True)
class Metric:
    """``name`` is without the endings that Prometheus adds to counters (``_total``) and histograms (``_bucket`` …)."""

    name: str
    kind: Kind
    scope: Scope
    meaning: str
    labels: tuple[str, ...] = ()
    buckets: tuple[float, ...] = ()

    @property
    def series(self) -> tuple[str, ...]:
        """The names of its time series."""
        if self.kind == "counter":
            return (f"{self.name}_total",)
        if self.kind == "histogram":
            return tuple(f"{self.name}_{part}" for part in ("bucket", "sum", "count"))
        return (self.name,)


@dataclass(frozen=True, slots=True)
class Question:
    """What somebody on call asks, and the PromQL that answers it."""

    area: str
    asks: str
    query: str


def _counter(name: str, meaning: str, *labels: str) -> Metric:
    return Metric(f"invoicesite_{name}", "counter", "process", meaning, labels)


def _histogram(name: str, meaning: str, *labels: str, buckets: tuple[float, ...]) -> Metric:
    return Metric(f"invoicesite_{name}", "histogram", "process", meaning, labels, buckets)


def _of_process(name: str, meaning: str, *labels: str) -> Metric:
    return Metric(f"invoicesite_{name}", "gauge", "process", meaning, labels)


def _of_site(name: str, meaning: str, *labels: str) -> Metric:
    return Metric(f"invoicesite_{name}", "gauge", "site", meaning, labels)


METRICS: tuple[Metric, ...] = (
    # The programs
    _of_process("build_info", "The version that runs.", "version", "commit"),
    _of_process("database_up", "Whether the figures of the database could be read."),
    _of_process("figures_read", "Whether this group of figures was read in time.", "group"),
    _of_process("database_pool_size", "Connections that the pools of this machine hold."),
    _of_process("database_pool_available", "Connections of the pools that nobody uses."),
    _of_process("database_pool_waiting", "Threads that wait for a connection of a pool."),
    _of_process("websocket_connections", "Open WebSockets."),
    _of_process("disk_free_bytes", "Free space where the programs write.", "place"),
    _of_process("disk_free_ratio", "Free share of that space, 0 to 1.", "place"),
    _counter("cluster_restarts", "Clusters that the supervisor replaced.", "lane"),
    # Jobs
    _counter("uploads", "Documents that were accepted.", "kind", "source"),
    _counter("uploads_refused", "Documents that were not accepted, by the code of the error.", "kind", "code"),
    _counter("jobs_ended", "Jobs that ended; code is that of the error.", "kind", "status", "method", "code"),
    _counter("jobs_put_back", "Attempts that ended with the job waiting again.", "code"),
    _counter("jobs_taken_back", "Jobs taken from workers that died.", "became"),
    _histogram("job_seconds", "From submission to the end.", "kind", buckets=JOBS),
    _histogram("job_wait_seconds", "From submission to the first start.", "lane", buckets=JOBS),
    _histogram("stage_seconds", "How long stages took.", "stage", buckets=STAGES),
    _of_site("jobs", "Jobs that have not ended, by status, and by stage while they run.", "status", "stage"),
    _of_site("dead_letters", "Failed jobs that nobody took up again, by the code of the error.", "code"),
    _of_site("deferred_jobs", "Jobs that wait for what is away.", "waits_for"),
    _of_site("deferred_age_seconds", "How long the longest of them waits.", "waits_for"),
    _of_site("queue_tasks", "Tasks that no worker has fetched.", "lane"),
    _of_site("queue_jobs", "Jobs that could be run now.", "lane"),
    _of_site("queue_age_seconds", "How long the oldest of them could have been run.", "lane"),
    _of_site("retried_jobs", "Jobs that wait after an attempt.", "lane"),
    _of_site("retried_age_seconds", "How long ago the oldest of these jobs was submitted.", "lane"),
    _of_site("batches_paused", "Batches that are paused."),
    _of_site("broker_up", "Whether the queue that wakes workers answers."),
    _of_site("workers", "Worker processes that say that they live.", "lane"),
    _of_site("worker_slots", "Documents that they can run at a time.", "lane"),
    _of_site("worker_running", "Documents that they run.", "lane"),
    # Models and money
    _counter("model_calls", "Calls to models that ended.", "model", "outcome"),
    _counter("model_retries", "Calls after the first of a job.", "model"),
    _counter("model_tokens", "Tokens as billed: input, cached_input, output.", "model", "direction"),
    _counter("model_cost_usd", "What calls cost, in US dollars.", "model"),
    _histogram("model_seconds", "How long models took to answer.", "model", buckets=STAGES),
    _counter("cache_hits", "Replies taken from what is kept."),
    _of_site("cache_replies", "Replies that are kept."),
    _of_site("budget_usd", "The ceiling: of this month, of users, of roles.", "scope", "key"),
    _of_site("budget_left_usd", "What is neither spent nor reserved of it.", "scope", "key"),
    _of_site("budget_used_ratio", "The share that is spent or reserved, 0 to 1.", "scope", "key"),
    _of_site("month_spent_usd", "Spent in this month (UTC), with or without a ceiling."),
    # What it needs
    _of_site("breaker_open", "1 in the state that a breaker is in.", "breaker", "state"),
    _histogram("storage_seconds", "How long storing and fetching took.", "operation", "outcome", buckets=FAST),
    _histogram("ocr_seconds", "How long reading a picture took.", "engine", "outcome", buckets=STAGES),
    _of_site("database_connections", "Connections to this database.", "state"),
    _of_site("database_connections_max", "How many the server allows."),
    _of_site("database_size_bytes", "The size of the database."),
    _of_site("replicas", "Standby servers that follow."),
    _of_site("replica_lag_seconds", "How far the slowest of them is behind."),
    # Channels
    _counter("webhook_sends", "Attempts to send a webhook.", "outcome"),
    _of_site("webhooks_due", "Deliveries that could be sent now."),
    _of_site("webhooks_due_age_seconds", "How long the first of them is due."),
    _of_site("webhooks_disabled", "Subscriptions that were disabled because their address failed."),
    _of_site("mail_unfinished", "Messages of the last 7 days that were not fully taken.", "status"),
    _counter("alerts_sent", "Messages of alerts that were sent, or not.", "channel", "outcome"),
    _of_site("alerts_firing", "Alerts that the product itself raises now.", "alert"),
    # By the clock
    _of_site("schedule_last_success_timestamp_seconds", "When it last ran well (Unix time).", "schedule"),
    _of_site("schedule_last_failure_timestamp_seconds", "When it last failed (Unix time).", "schedule"),
    _of_site("schedule_failing", "1 where its last run failed.", "schedule"),
    _of_site("schedule_overdue_seconds", "How long its next run is overdue.", "schedule"),
    # Business
    _of_site("review_backlog", "Records that wait for a person.", "kind", "status"),
    _of_site("review_age_seconds", "How long the oldest of them waits.", "kind", "status"),
    _counter("decisions", "Invoices that people decided.", "decision"),
    _histogram("review_wait_seconds", "From the record to its approval or rejection.", buckets=PEOPLE),
    _histogram("review_seconds", "From opening an invoice to deciding it.", buckets=PEOPLE),
    _of_site("accuracy_ratio", "Header values unchanged at approval in 30 days, 0 to 1."),
    _of_site("active_users", "People seen in so many days.", "days"),
    _of_site("findings", "Findings of the audit.", "code", "status"),
    _of_site("findings_amount", "What they come to, billed too much.", "currency", "status"),
)

BY_NAME = {metric.name: metric for metric in METRICS}

# Made by django-prometheus: HTTP as the web processes see it.
HTTP_SERIES = (
    "django_http_requests_before_middlewares_total",
    "django_http_responses_total_by_status_total",
    "django_http_requests_latency_including_middlewares_seconds_bucket",
    "django_http_requests_latency_including_middlewares_seconds_sum",
    "django_http_requests_latency_including_middlewares_seconds_count",
)

_P95 = "histogram_quantile(0.95, sum by (le{by}) (rate({name}_bucket[15m])))"


def _p95(name: str, *labels: str) -> str:
    return _P95.format(name=name, by="".join(f", {label}" for label in labels))


QUESTIONS: tuple[Question, ...] = (
    Question("site", "Which version answers?", "count by (version, commit) (invoicesite_build_info)"),
    Question("site", "Does the database answer?", "min(invoicesite_database_up)"),
    Question(
        "site",
        "How many requests fail?",
        '(sum(rate(django_http_responses_total_by_status_total{status=~"5.."}[5m])) or vector(0))'
        " / sum(rate(django_http_responses_total_by_status_total[5m]))",
    ),
    Question("site", "How slow are requests?", _p95("django_http_requests_latency_including_middlewares_seconds")),
    Question("site", "Who waits for a connection of the pool?", "sum(invoicesite_database_pool_waiting)"),
    Question(
        "site",
        "How much of the pools is in use?",
        "1 - sum(invoicesite_database_pool_available) / sum(invoicesite_database_pool_size)",
    ),
    Question(
        "site",
        "How many connections does the database have left?",
        "max(invoicesite_database_connections_max) - sum(max by (state) (invoicesite_database_connections))",
    ),
    Question("site", "How many pages follow a job?", "sum(invoicesite_websocket_connections)"),
    Question("site", "Is a disk getting full?", "min by (instance, place) (invoicesite_disk_free_ratio)"),
    Question("site", "How big is the database?", "max(invoicesite_database_size_bytes)"),
    Question("site", "Do standby servers keep up?", "max(invoicesite_replica_lag_seconds)"),
    Question("site", "Which figures could not be read in time?", "min by (group) (invoicesite_figures_read)"),
    Question("jobs", "What comes in, from where?", "sum by (source) (rate(invoicesite_uploads_total[1h]))"),
    Question(
        "jobs", "Which uploads are refused, and why?", "sum by (code) (increase(invoicesite_uploads_refused_total[1h]))"
    ),
    Question(
        "jobs",
        "Which jobs failed in the last hour, by code?",
        'sum by (code) (increase(invoicesite_jobs_ended_total{status="failed"}[1h]))',
    ),
    Question("jobs", "How many dead letters lie there, by code?", "max by (code) (invoicesite_dead_letters)"),
    Question("jobs", "What waits for something that is away?", "max by (waits_for) (invoicesite_deferred_jobs)"),
    Question("jobs", "Since when does it wait for it?", "max by (waits_for) (invoicesite_deferred_age_seconds)"),
    Question("jobs", "How old is the queue of each lane?", "max by (lane) (invoicesite_queue_age_seconds)"),
    Question("jobs", "How long is it?", "max by (lane) (invoicesite_queue_jobs)"),
    Question("jobs", "How old are jobs that are tried again?", "max by (lane) (invoicesite_retried_age_seconds)"),
    Question("jobs", "How many jobs run, in which stage?", "max by (status, stage) (invoicesite_jobs)"),
    Question("jobs", "Which stage is slow?", _p95("invoicesite_stage_seconds", "stage")),
    Question("jobs", "How long does a document take?", _p95("invoicesite_job_seconds", "kind")),
    Question("jobs", "How long does it wait for a worker?", _p95("invoicesite_job_wait_seconds", "lane")),
    Question("jobs", "Which batches are paused?", "max(invoicesite_batches_paused)"),
    Question(
        "jobs", "Are attempts put back, and why?", "sum by (code) (increase(invoicesite_jobs_put_back_total[1h]))"
    ),
    Question("workers", "Do workers live in each lane?", "max by (lane) (invoicesite_workers)"),
    Question(
        "workers",
        "How busy are they?",
        "max by (lane) (invoicesite_worker_running) / max by (lane) (invoicesite_worker_slots)",
    ),
    Question("workers", "Are clusters replaced?", "sum by (lane) (increase(invoicesite_cluster_restarts_total[1h]))"),
    Question("workers", "Do workers die at work?", "sum by (became) (increase(invoicesite_jobs_taken_back_total[1h]))"),
    Question("workers", "Does the broker answer?", "min(invoicesite_broker_up)"),
    Question("workers", "Do tasks pile up?", "max by (lane) (invoicesite_queue_tasks)"),
    Question("money", "How much is left of each budget?", "max by (scope, key) (invoicesite_budget_left_usd)"),
    Question("money", "Which share is used?", "max by (scope, key) (invoicesite_budget_used_ratio)"),
    Question("money", "What did this month cost?", "max(invoicesite_month_spent_usd)"),
    Question(
        "money", "What does an hour cost, by model?", "sum by (model) (increase(invoicesite_model_cost_usd_total[1h]))"
    ),
    Question(
        "money",
        "How many tokens go where?",
        "sum by (model, direction) (rate(invoicesite_model_tokens_total[15m]))",
    ),
    Question(
        "money",
        "What does the cache save us?",
        "sum(rate(invoicesite_cache_hits_total[1h]))"
        " / (sum(rate(invoicesite_cache_hits_total[1h])) + sum(rate(invoicesite_model_calls_total[1h])))",
    ),
    Question(
        "needs",
        "How do calls to models end?",
        "sum by (model, outcome) (increase(invoicesite_model_calls_total[1h]))",
    ),
    Question("needs", "How slow are models?", _p95("invoicesite_model_seconds", "model")),
    Question("needs", "Are calls tried again?", "sum by (model) (increase(invoicesite_model_retries_total[1h]))"),
    Question("needs", "Which breakers are not closed?", 'max by (breaker) (invoicesite_breaker_open{state!="closed"})'),
    Question(
        "needs",
        "Does the storage answer?",
        "sum by (operation, outcome) (increase(invoicesite_storage_seconds_count[15m]))",
    ),
    Question("needs", "How slow is it?", _p95("invoicesite_storage_seconds", "operation")),
    Question(
        "needs",
        "Does OCR work?",
        "sum by (engine, outcome) (increase(invoicesite_ocr_seconds_count[15m]))",
    ),
    Question("channels", "Do webhooks arrive?", "sum by (outcome) (increase(invoicesite_webhook_sends_total[1h]))"),
    Question("channels", "How many webhooks are due?", "max(invoicesite_webhooks_due)"),
    Question("channels", "Since when?", "max(invoicesite_webhooks_due_age_seconds)"),
    Question("channels", "Which addresses were given up?", "max(invoicesite_webhooks_disabled)"),
    Question("channels", "Which mail was not fully taken?", "max by (status) (invoicesite_mail_unfinished)"),
    Question("channels", "Which alerts of the product fire?", "max by (alert) (invoicesite_alerts_firing)"),
    Question(
        "channels",
        "Do their messages arrive?",
        "sum by (channel, outcome) (increase(invoicesite_alerts_sent_total[1h]))",
    ),
    Question(
        "clock",
        "When did each schedule last run well?",
        "time() - max by (schedule) (invoicesite_schedule_last_success_timestamp_seconds)",
    ),
    Question("clock", "Whose last run failed?", "max by (schedule) (invoicesite_schedule_failing) == 1"),
    Question("clock", "Which schedule is overdue?", "max by (schedule) (invoicesite_schedule_overdue_seconds)"),
    Question("business", "How many records wait for a person?", "max by (kind, status) (invoicesite_review_backlog)"),
    Question("business", "Since when?", "max by (kind, status) (invoicesite_review_age_seconds)"),
    Question("business", "How long does a decision take?", _p95("invoicesite_review_wait_seconds")),
    Question("business", "How long does a person look at one?", _p95("invoicesite_review_seconds")),
    Question("business", "What is decided?", "sum by (decision) (increase(invoicesite_decisions_total[1d]))"),
    Question("business", "How right is what is read?", "max(invoicesite_accuracy_ratio)"),
    Question("business", "Who works here?", "max by (days) (invoicesite_active_users)"),
    Question("business", "What did the audit find?", "max by (code, status) (invoicesite_findings)"),
    Question(
        "business",
        "How much money is found, disputed, accepted?",
        "max by (currency, status) (invoicesite_findings_amount)",
    ),
)


def metrics_table() -> str:
    """The metrics as a table in Markdown."""
    rows = [
        f"| `{metric.name}{'_total' if metric.kind == 'counter' else ''}` | {metric.kind} | {metric.scope} "
        f"| {', '.join(f'`{label}`' for label in metric.labels)} | {metric.meaning} |"
        for metric in METRICS
    ]
    return "\n".join(["| metric | kind | of | labels | meaning |", "|---|---|---|---|---|", *rows])


def questions_table() -> str:
    """The questions and their queries as a table in Markdown."""
    rows = [f"| {q.area} | {q.asks} | `{q.query.replace('|', chr(92) + '|')}` |" for q in QUESTIONS]
    return "\n".join(["| about | question | query |", "|---|---|---|", *rows])
