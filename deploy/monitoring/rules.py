"""The alert rules: what is wrong, since when, how urgent, and what to do about it.

``site`` metrics are the same from every process, so their ``max`` is taken; counters are summed.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Literal

Severity = Literal["page", "ticket"]

# Of 30 days, 0.5 % may fail: 3 hours and 36 minutes.
OBJECTIVE = 0.995
_WINDOWS = ("5m", "30m", "1h", "2h", "6h", "1d", "3d")
_JOB = 'job="invoicesite"'


@dataclass(frozen=True, slots=True)
class Alert:
    """``hold`` is how long ``expr`` must hold. ``do`` is what the person who is told does first."""

    name: str
    expr: str
    hold: str
    severity: Severity
    about: str
    says: str
    do: str


@dataclass(frozen=True, slots=True)
class Recording:
    """A series that is computed once for many rules."""

    name: str
    expr: str


def errors_over(window: str) -> str:
    """The name of the series of the share of requests that failed in a window."""
    return f"invoicesite:http_errors:ratio_rate{window}"


RECORDINGS = tuple(
    Recording(
        errors_over(window),
        f'(sum(rate(django_http_responses_total_by_status_total{{{_JOB},status=~"5.."}}[{window}])) or vector(0))'
        f" / sum(rate(django_http_responses_total_by_status_total{{{_JOB}}}[{window}]))",
    )
    for window in _WINDOWS
)


def _burn(name: str, factor: float, long: str, short: str, hold: str, severity: Severity, gone: str) -> Alert:
    """The error budget burns so many times faster than it may, over a long window and still over a short one (The Site
    Reliability Workbook, chapter 5)."""
    over = f"> {factor:g} * {1 - OBJECTIVE:.3f}"
    return Alert(
        name,
        f"{errors_over(long)} {over} and {errors_over(short)} {over}",
        hold,
        severity,
        "site",
        f"Requests fail {factor:g} times as often as {OBJECTIVE:.1%} availability allows: {gone}.",
        "Look at /api/health/detailed/ and at the errors of the log by code; roll back if a release began it.",
    )


ALERTS: tuple[Alert, ...] = (
    # The site
    Alert(
        "SiteDown",
        'probe_success{job="site"} == 0',
        "2m",
        "page",
        "site",
        "The site does not answer through its proxy.",
        "Ask a web process itself (/api/health/); look at the proxy, then at the web processes.",
    ),
    Alert(
        "NotScraped",
        f"up{{{_JOB}}} == 0 or absent(up{{{_JOB}}})",
        "5m",
        "page",
        "site",
        "No metrics come from the site, so no other rule can tell.",
        "Ask /metrics from the machine of Prometheus; METRICS_NETWORKS or METRICS_TOKEN may refuse it.",
    ),
    _burn("ErrorBudgetFast", 14.4, "1h", "5m", "2m", "page", "2 % of a month's errors in an hour"),
    _burn("ErrorBudgetSteady", 6, "6h", "30m", "15m", "page", "5 % of a month's errors in six hours"),
    _burn("ErrorBudgetSlow", 3, "1d", "2h", "1h", "ticket", "10 % of a month's errors in a day"),
    _burn("ErrorBudgetCreeping", 1, "3d", "6h", "3h", "ticket", "10 % of a month's errors in three days"),
    Alert(
        "DatabaseDown",
        "max(invoicesite_database_up) == 0",
        "2m",
        "page",
        "site",
        "PostgreSQL does not answer: uploads and pages get 503, jobs wait.",
        "Start it; nothing of the site has to be restarted.",
    ),
    Alert(
        "BrokerDown",
        "min(invoicesite_broker_up) == 0",
        "10m",
        "ticket",
        "site",
        "Redis does not answer: jobs start seconds later than they could, woken by the sweep.",
        "Start it; what it forgot does not matter.",
    ),
    Alert(
        "CertificateEnds",
        'probe_ssl_earliest_cert_expiry{job="site"} - time() < 14 * 86400',
        "1h",
        "ticket",
        "site",
        "The certificate of the site ends in less than 14 days.",
        "See why it was not renewed: the proxy's log, port 80 from outside, the DNS name.",
    ),
    Alert(
        "CertificateEndsNow",
        'probe_ssl_earliest_cert_expiry{job="site"} - time() < 2 * 86400',
        "10m",
        "page",
        "site",
        "The certificate of the site ends in less than two days.",
        "Renew it by hand.",
    ),
    Alert(
        "DiskFull",
        "min by (instance, place) (invoicesite_disk_free_ratio) < 0.1",
        "15m",
        "page",
        "site",
        "Less than 10 % of a disk is free.",
        "Make room: old backups, RETENTION_DAYS, logs; uploads get 503 where it is full.",
    ),
    Alert(
        "DiskFills",
        'predict_linear(node_filesystem_avail_bytes{fstype!~"tmpfs|ramfs|overlay"}[6h], 3 * 86400) < 0',
        "1h",
        "ticket",
        "site",
        "A disk will be full in three days, as it goes.",
        "Enlarge it, or set RETENTION_DAYS.",
    ),
    Alert(
        "ReplicaBehind",
        "max(invoicesite_replica_lag_seconds) > 60",
        "10m",
        "ticket",
        "site",
        "A standby server of PostgreSQL is more than a minute behind.",
        "Look at its disk and network; do not fail over to it.",
    ),
    # Jobs
    Alert(
        "NoWorker",
        "max by (lane) (invoicesite_workers) == 0",
        "5m",
        "page",
        "jobs",
        "No worker of a lane lives.",
        "Look at the log of `manage.py work`; start it.",
    ),
    Alert(
        "QueueOld",
        'max by (lane) (invoicesite_queue_age_seconds{lane="invoicesite"}) > 300',
        "5m",
        "page",
        "jobs",
        "Uploads of people wait for longer than five minutes.",
        "See whether workers live and are busy; start more, or raise EXTRACTION_PARALLELISM.",
    ),
    Alert(
        "BatchQueueOld",
        'max by (lane) (invoicesite_queue_age_seconds{lane="batch"}) > 3600',
        "15m",
        "ticket",
        "jobs",
        "Jobs of batches wait for longer than an hour.",
        "Start more workers with `work --only batch`, or pause a batch.",
    ),
    Alert(
        "DeadLetters",
        "sum(max by (code) (invoicesite_dead_letters)) > 20",
        "15m",
        "ticket",
        "jobs",
        "More than 20 documents failed for good and nobody took them up again.",
        "Look at their codes in the admin; then `manage.py retry_failed --code …`.",
    ),
    Alert(
        "ErrorRatio",
        'sum(increase(invoicesite_jobs_ended_total{status="failed"}[30m]))'
        " / sum(increase(invoicesite_jobs_ended_total[30m])) > 0.2"
        " and sum(increase(invoicesite_jobs_ended_total[30m])) > 20",
        "10m",
        "page",
        "jobs",
        "More than a fifth of the documents of the last half hour failed.",
        "Look at the codes of the errors: one code is one cause.",
    ),
    Alert(
        "DeferredLong",
        "max by (waits_for) (invoicesite_deferred_age_seconds) > 4 * 3600",
        "10m",
        "ticket",
        "jobs",
        "Documents wait for more than four hours for something that is away; after OUTAGE_HOURS they end.",
        "Mend what `waits_for` names; closing its breaker in the admin lets all go on.",
    ),
    Alert(
        "ScheduleFailing",
        "max by (schedule) (invoicesite_schedule_failing) == 1",
        "30m",
        "ticket",
        "jobs",
        "The last run of a schedule failed (backup, mailbox, retention …).",
        "Its error is in the admin among the scheduled tasks and in the log.",
    ),
    # What it needs
    Alert(
        "BreakerOpen",
        'max by (breaker) (invoicesite_breaker_open{state="open"}) == 1',
        "10m",
        "ticket",
        "needs",
        "A model, the storage or the OCR service is away; documents wait for it.",
        "Look at the provider's status page; LLM_FALLBACK_MODEL or OCR_ENGINE may go around it.",
    ),
    Alert(
        "WebhooksLate",
        "max(invoicesite_webhooks_due_age_seconds) > 900",
        "15m",
        "ticket",
        "needs",
        "Webhooks are due for more than 15 minutes.",
        "See whether workers live, then whose address does not answer.",
    ),
    # Money
    Alert(
        "BudgetHalf",
        "max by (scope, key) (invoicesite_budget_used_ratio) >= 0.5",
        "1m",
        "ticket",
        "money",
        "Half of a budget is spent or reserved.",
        "Compare with the day of the month.",
    ),
    Alert(
        "BudgetNearlyUsed",
        "max by (scope, key) (invoicesite_budget_used_ratio) >= 0.8",
        "1m",
        "ticket",
        "money",
        "80 % of a budget is spent or reserved.",
        "Raise it by `manage.py set_budget`, or let people know that documents will wait for them.",
    ),
    Alert(
        "BudgetUsedUp",
        "max by (scope, key) (invoicesite_budget_used_ratio) >= 1",
        "1m",
        "page",
        "money",
        "A budget is used up: no model is asked under it any more.",
        "Raise it by `manage.py set_budget`; then `retry_failed --code budget_exceeded`.",
    ),
    # People
    Alert(
        "ReviewBacklog",
        "sum(max by (kind, status) (invoicesite_review_backlog)) > 500",
        "1h",
        "ticket",
        "people",
        "More than 500 records wait for a person.",
        "Look at the reasons in the review queue: one reason many times is a rule or a vendor to teach.",
    ),
    Alert(
        "ReviewOld",
        "max(invoicesite_review_age_seconds) > 5 * 86400",
        "1h",
        "ticket",
        "people",
        "A record waits for a person for more than five days.",
        "It stands first in the review queue when that is sorted by age.",
    ),
)


def rules() -> dict[str, Any]:
    """The rules as Prometheus reads them."""
    recorded = [{"record": recording.name, "expr": recording.expr} for recording in RECORDINGS]
    areas = list(dict.fromkeys(alert.about for alert in ALERTS))
    groups = [
        {"name": f"invoicesite-{area}", "rules": [_as_rule(a) for a in ALERTS if a.about == area]} for area in areas
    ]
    return {"groups": [{"name": "invoicesite-availability", "rules": recorded}, *groups]}


def runbook() -> str:
    """The alerts as a table in Markdown."""
    rows = [f"| `{a.name}` | {a.severity} | {a.says} | {a.do} |" for a in ALERTS]
    return "\n".join(["| alert | urgency | means | do |", "|---|---|---|---|", *rows])


def _as_rule(alert: Alert) -> dict[str, Any]:
    return {
        "alert": alert.name,
        "expr": alert.expr,
        "for": alert.hold,
        "labels": {"severity": alert.severity, "about": alert.about},
        "annotations": {"summary": alert.says, "description": alert.do, "runbook": "docs/deploy.md#alerts"},
    }
