"""Recorded series for each alert: some that make it fire, and some of the usual days that do not.

Written as promtool reads them: ``a+bxn`` begins at a and adds b n times, one value a minute (``LONG``: every
two minutes).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from deploy.monitoring.rules import errors_over

_HTTP = "django_http_responses_total_by_status_total"
Series = dict[str, str]


@dataclass(frozen=True, slots=True)
class Case:
    """What is recorded until ``at``: with ``fires`` the alert fires, with ``quiet`` it does not."""

    alert: str
    fires: Series
    quiet: Series
    at: str


def _http(good: str, bad: str) -> Series:
    return {f'{_HTTP}{{job="invoicesite",status="200"}}': good, f'{_HTTP}{{job="invoicesite",status="503"}}': bad}


def _gauge(series: str, fires: str, quiet: str) -> tuple[Series, Series]:
    return {series: fires}, {series: quiet}


def _budget(*, used: str) -> Series:
    return {'invoicesite_budget_used_ratio{scope="month",key=""}': used}


def _jobs(failed: str, done: str) -> Series:
    name = "invoicesite_jobs_ended_total"
    return {f'{name}{{status="failed",code="llm_failed"}}': failed, f'{name}{{status="completed",code=""}}': done}


_CERTIFICATE = 'probe_ssl_earliest_cert_expiry{job="site",instance="https://proxy"}'
_DISK = 'node_filesystem_avail_bytes{fstype="ext4",mountpoint="/"}'
_AGE = "invoicesite_queue_age_seconds"

CASES: tuple[Case, ...] = (
    Case("SiteDown", *_gauge('probe_success{job="site"}', "1 0x10", "1x10"), "5m"),
    Case("NotScraped", {"other": "0x20"}, {'up{job="invoicesite",instance="web"}': "1x20"}, "15m"),
    # 1 % is no emergency, 10 % is one; 2 % eats a month's errors in a week.
    Case("ErrorBudgetFast", _http("0+90x90", "0+10x90"), _http("0+99x90", "0+1x90"), "80m"),
    Case("DatabaseDown", *_gauge('invoicesite_database_up{instance="web"}', "0x10", "1x10"), "5m"),
    Case("BrokerDown", *_gauge("invoicesite_broker_up", "0x20", "0x8 1x12"), "15m"),
    Case("CertificateEnds", *_gauge(_CERTIFICATE, f"{10 * 86400}x90", f"{20 * 86400}x90"), "70m"),
    Case("CertificateEndsNow", *_gauge(_CERTIFICATE, f"{86400}x90", f"{10 * 86400}x90"), "70m"),
    Case("DiskFull", *_gauge('invoicesite_disk_free_ratio{place="storage"}', "0.05x30", "0.4x30"), "20m"),
    Case("ReplicaBehind", *_gauge("invoicesite_replica_lag_seconds", "120x20", "2x20"), "15m"),
    Case("NoWorker", *_gauge('invoicesite_workers{lane="batch"}', "1 0x10", "1x11"), "8m"),
    Case("QueueOld", *_gauge(f'{_AGE}{{lane="invoicesite"}}', "400x10", "20x10"), "8m"),
    Case("BatchQueueOld", *_gauge(f'{_AGE}{{lane="batch"}}', "4000x30", "400x30"), "20m"),
    Case("DeadLetters", *_gauge('invoicesite_dead_letters{code="llm_failed"}', "21x30", "20x30"), "20m"),
    # Three of four failed documents are no alert when there were four.
    Case("ErrorRatio", _jobs("0+1x60", "0+3x60"), _jobs("0 0 0 3x57", "0 0 0 1x57"), "50m"),
    Case("DeferredLong", *_gauge('invoicesite_deferred_age_seconds{waits_for="storage"}', "15000x20", "60x20"), "15m"),
    Case("ScheduleFailing", *_gauge('invoicesite_schedule_failing{schedule="backup"}', "1x60", "0x60"), "40m"),
    Case(
        "BreakerOpen",
        *_gauge('invoicesite_breaker_open{breaker="storage",state="open"}', "1x20", "1x5 0x15"),
        "15m",
    ),
    Case("WebhooksLate", *_gauge("invoicesite_webhooks_due_age_seconds", "1000x40", "100x40"), "20m"),
    Case("BudgetHalf", _budget(used="0.5x5"), _budget(used="0.49x5"), "3m"),
    Case("BudgetNearlyUsed", _budget(used="0.8x5"), _budget(used="0.79x5"), "3m"),
    Case("BudgetUsedUp", _budget(used="1x5"), _budget(used="0.99x5"), "3m"),
    Case(
        "ReviewBacklog", *_gauge('invoicesite_review_backlog{kind="invoice",status="review"}', "501x90", "80x90"), "70m"
    ),
    Case("ReviewOld", *_gauge('invoicesite_review_age_seconds{kind="invoice"}', "500000x90", "86400x90"), "70m"),
)

# Over hours and days.
LONG: tuple[Case, ...] = (
    Case("ErrorBudgetSteady", _http("0+96x250", "0+4x250"), _http("0+98x250", "0+2x250"), "450m"),
    Case("ErrorBudgetSlow", _http("0+98x800", "0+2x800"), _http("0+99x800", "0+1x800"), "1560m"),
    Case("ErrorBudgetCreeping", _http("0+99x2300", "0+1x2300"), _http("0+997x2300", "0+3x2300"), "4560m"),
    Case("DiskFills", *_gauge(_DISK, "1000000-1000x250", "1000000-20x250"), "450m"),
)


def test_files() -> dict[str, dict[str, Any]]:
    """The cases as promtool's files of tests, and two of the recorded share of errors. What goes over days is evaluated
    less often, by the rules of its alert alone, so that all of it takes seconds."""
    short = [test for case in CASES for test in _both(case, "1m")]
    share = errors_over("5m")
    samples = [{"labels": share, "value": 0.25}]
    short.append(_test("share of errors", _http("0+3x10", "0+1x10"), share, "8m", samples))
    # Where nothing fails there is no series of failures, and the share is none, not unknown.
    only_good = {f'{_HTTP}{{job="invoicesite",status="200"}}': "0+3x10"}
    short.append(_test("share of no errors", only_good, share, "8m", [{"labels": share, "value": 0}]))
    found = {"": {"rule_files": ["rules.yml"], "evaluation_interval": "1m", "tests": short}}
    for case in LONG:
        own = {"rule_files": [f"{case.alert}.rules.yml"], "evaluation_interval": "15m", "tests": _both(case, "2m")}
        found[case.alert] = own
    return found


def _both(case: Case, interval: str) -> list[dict[str, Any]]:
    firing = f'count by (alertname) (ALERTS{{alertname="{case.alert}",alertstate="firing"}})'
    fired = [{"labels": f'{{alertname="{case.alert}"}}', "value": 1}]
    return [
        _test(f"{case.alert} fires", case.fires, firing, case.at, fired, interval),
        _test(f"{case.alert} is quiet", case.quiet, firing, case.at, [], interval),
    ]


def _test(
    name: str, series: Series, query: str, at: str, samples: list[dict[str, Any]], interval: str = "1m"
) -> dict[str, Any]:
    return {
        "name": name,
        "interval": interval,
        "input_series": [{"series": key, "values": values} for key, values in series.items()],
        "promql_expr_test": [{"expr": query, "eval_time": at, "exp_samples": samples}],
    }
