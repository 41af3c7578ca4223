"""Figures of money, of what the site needs, of channels and of the clock."""

from __future__ import annotations

from django.conf import settings
from django_q.models import Schedule

from invoicesite.monitoring.figures.reading import Figure, Figures, rows, stamp
from invoicesite.monitoring.models import Alert, ScheduledRun
from processing.models import Breaker

MOST_BUDGETS = 100  # series of users and roles; the fullest ones

_BREAKER_STATES = [str(state) for state in Breaker.State]
_BUDGETS = """
SELECT scope, key, budget_usd, reserved_usd + spent_usd + overrun_usd FROM processing_budget
WHERE scope <> 'month' OR key = to_char(now() AT TIME ZONE 'UTC', 'YYYY-MM')
ORDER BY scope <> 'month', (reserved_usd + spent_usd) / nullif(budget_usd, 0) DESC NULLS LAST LIMIT %(most)s
"""
_CACHE = "SELECT count(*) FROM processing_cachedreply WHERE state = 'ready'"
_CONNECTIONS = """
SELECT coalesce(state, 'other'), count(*) FROM pg_stat_activity
WHERE datname = current_database() GROUP BY 1
"""
_SERVER = """
SELECT current_setting('max_connections')::int, pg_database_size(current_database()),
    (SELECT count(*) FROM pg_stat_replication),
    (SELECT coalesce(max(extract(epoch FROM replay_lag)), 0)::float8 FROM pg_stat_replication)
"""
_WEBHOOKS = """
SELECT count(*), coalesce(extract(epoch FROM now() - min(d.next_at)), 0)::float8,
    (SELECT count(*) FROM webhooks_subscription WHERE disabled_at IS NOT NULL)
FROM webhooks_delivery d LEFT JOIN webhooks_subscription s ON s.id = d.subscription_id
WHERE d.status = 'pending' AND d.next_at <= now() AND (s.id IS NULL OR s.active)
"""
_MAIL = """
SELECT status, count(*) FROM processing_mailmessage
WHERE status IN ('failed', 'partly') AND created_at > now() - interval '7 days' GROUP BY 1
"""


def money_figures() -> Figures:
    month = 0.0
    for scope, key, ceiling, used in rows(_BUDGETS, {"most": MOST_BUDGETS}):
        if scope == "month":
            month = float(used)
        if ceiling is None:
            continue
        yield Figure("budget_usd", float(ceiling), (scope, key))
        yield Figure("budget_left_usd", float(max(ceiling - used, 0)), (scope, key))
        yield Figure("budget_used_ratio", float(used / ceiling) if ceiling else 1.0, (scope, key))
    yield Figure("month_spent_usd", month)
    yield Figure("cache_replies", rows(_CACHE)[0][0])


def dependency_figures() -> Figures:
    breakers = {breaker.name: str(breaker.state) for breaker in Breaker.objects.all()}
    engine = settings.OCR_ENGINE
    for name in ("storage", *([] if engine == "embedded" else [f"ocr/{engine}"])):
        breakers.setdefault(name, str(Breaker.State.CLOSED))  # it has no row before its first failure
    for name, state in breakers.items():
        yield from (Figure("breaker_open", float(state == each), (name, each)) for each in _BREAKER_STATES)
    yield from (Figure("database_connections", count, (state,)) for state, count in rows(_CONNECTIONS))
    for most, size, replicas, lag in rows(_SERVER):
        yield Figure("database_connections_max", most)
        yield Figure("database_size_bytes", size)
        yield Figure("replicas", replicas)
        yield Figure("replica_lag_seconds", lag)


def channel_figures() -> Figures:
    for due, age, disabled in rows(_WEBHOOKS):
        yield Figure("webhooks_due", due)
        yield Figure("webhooks_due_age_seconds", max(0.0, age))
        yield Figure("webhooks_disabled", disabled)
    mail = {"failed": 0, "partly": 0} | dict(rows(_MAIL))
    yield from (Figure("mail_unfinished", count, (status,)) for status, count in mail.items())
    open_alerts: dict[str, int] = {}
    for kind in Alert.objects.filter(ended_at=None).values_list("kind", flat=True):
        open_alerts[kind] = open_alerts.get(kind, 0) + 1
    yield from (Figure("alerts_firing", count, (kind,)) for kind, count in open_alerts.items())


def clock_figures() -> Figures:
    for run in ScheduledRun.objects.all():
        yield Figure("schedule_last_success_timestamp_seconds", stamp(run.succeeded_at), (run.name,))
        yield Figure("schedule_last_failure_timestamp_seconds", stamp(run.failed_at), (run.name,))
        yield Figure("schedule_failing", float(run.failing), (run.name,))
    now = rows("SELECT now()")[0][0]
    for schedule in Schedule.objects.exclude(name=None).filter(repeats__lt=0):
        late = (now - schedule.next_run).total_seconds() if schedule.next_run else 0.0
        yield Figure("schedule_overdue_seconds", max(0.0, late), (str(schedule.name),))
