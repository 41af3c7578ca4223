"""The first page of the admin: what came in, what waits, what it cost, how right it was, what is stuck."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import Any

from django.core.cache import cache
from django.db.models import Count, Min, QuerySet
from django.http import HttpRequest
from django.utils import timezone

from invoices.finding_queries import totals_by_currency
from invoices.labelled import Accuracy, accuracy
from invoices.methods import METHODS as KINDS
from invoices.models import Finding, Invoice
from invoicesite.stuck import stuck
from processing.models import Budget, ProcessingJob
from processing.spending.figures import budgets, spend_by
from processing.statistics import count_days, daily_figures

DAYS = 30
ACCURACY_DAYS = 90
ACCURACY_KEPT_SECONDS = 300  # it looks at every approved invoice of the time
SHOWN_FIELDS = 12
SHOWN_VENDORS = 8
# By how much they cost, cheapest first; each with a colour of the theme that keeps apart in light and dark.
_COLOURS = {"xml": "#0f766e", "memory": "#2f8f83", "rules": "#5aa897", "cache": "#b8c4a8", "llm": "#d97706"}
METHODS = {method: (KINDS[method].label, colour) for method, colour in _COLOURS.items()} | {  # type: ignore[index]
    "": ("failed or cancelled", "#b4534b")
}


def dashboard(request: HttpRequest, context: dict[str, Any]) -> dict[str, Any]:
    """Adds the figures that this person may see (django-unfold's ``DASHBOARD_CALLBACK``)."""
    today = timezone.now().astimezone(UTC).date()
    days = [today - timedelta(days=back) for back in range(DAYS - 1, -1, -1)]
    if request.user.has_perm("processing.view_processingjob"):
        context |= {"queue": _queue(), "throughput": _throughput(days), "stuck": stuck()}
    if request.user.has_perm("invoices.view_invoice"):
        context |= {"reviews": _reviews(), "accuracy": cache.get_or_set("accuracy", _accuracy, ACCURACY_KEPT_SECONDS)}
    if request.user.has_perm("invoices.view_finding"):
        context["findings"] = totals_by_currency(Finding.objects.all())
    if request.user.has_perm("processing.view_llmcall"):
        context["money"] = _money(days)
    return {**context, "days": DAYS}


def _reviews() -> dict[str, Any]:
    found = _by_status(Invoice.objects.filter(status__in=[Invoice.Status.NEEDS_REVIEW, Invoice.Status.READY]))
    (open_, oldest), (ready, _) = found.get("needs_review", (0, None)), found.get("ready", (0, None))
    return {"open": open_, "oldest": oldest, "ready": ready}


def _queue() -> dict[str, Any]:
    unfinished = [ProcessingJob.Status.PENDING, ProcessingJob.Status.PROCESSING]
    found = _by_status(ProcessingJob.objects.filter(status__in=unfinished))
    (pending, oldest), (processing, _) = found.get("pending", (0, None)), found.get("processing", (0, None))
    return {"pending": pending, "oldest": oldest, "processing": processing}


def _by_status(rows: QuerySet[Any]) -> dict[str, tuple[int, datetime]]:
    """Status → how many, and the first one's creation."""
    counted = rows.order_by().values("status").annotate(count=Count("id"), oldest=Min("created_at"))
    return {row["status"]: (row["count"], row["oldest"]) for row in counted}


def _throughput(days: list[date]) -> dict[str, Any]:
    count_days(days=1)  # the schedule counts once an hour; today is shown as it is
    counts: dict[str, dict[date, int]] = {method: {} for method in METHODS}
    seconds = done = 0.0
    for row in daily_figures(since=days[0]):
        method = row.method if row.status == ProcessingJob.Status.COMPLETED and row.method in METHODS else ""
        counts[method][row.day] = counts[method].get(row.day, 0) + row.jobs
        if row.status == ProcessingJob.Status.COMPLETED:
            seconds, done = seconds + row.worked_seconds, done + row.jobs
    totals = {method: sum(of_days.values()) for method, of_days in counts.items()}
    everything = sum(totals.values())
    return {
        "today": sum(of_days.get(days[-1], 0) for of_days in counts.values()),
        "total": everything,
        "mean_seconds": seconds / done if done else None,
        "shares": [
            {"label": METHODS[method][0], "count": count, "percent": 100 * count / everything}
            for method, count in totals.items()
            if count
        ],
        "chart": _chart(
            days,
            [
                {
                    "label": METHODS[method][0],
                    "backgroundColor": METHODS[method][1],
                    "data": [of.get(d, 0) for d in days],
                }
                for method, of in counts.items()
                if totals[method]
            ],
        ),
    }


def _money(days: list[date]) -> dict[str, Any]:
    rows = {row.key: row for row in spend_by("day", since=days[0])}
    month = days[-1].replace(day=1)
    spent = sum((row.cost_usd for key, row in rows.items() if key and key >= month), Decimal(0))
    ceiling = budgets().filter(scope=Budget.Scope.MONTH, key=f"{month:%Y-%m}").first()
    limit = ceiling.budget_usd if ceiling else None
    return {
        "month": spent,
        "limit": limit,
        "percent": float(100 * spent / limit) if limit else None,
        "today": rows[days[-1]].cost_usd if days[-1] in rows else Decimal(0),
        "total": sum((row.cost_usd for row in rows.values()), Decimal(0)),
        "chart": _chart(
            days,
            [
                {
                    "label": "USD",
                    "backgroundColor": METHODS["llm"][1],
                    "data": [float(rows[day].cost_usd) if day in rows else 0 for day in days],
                }
            ],
        ),
    }


def _accuracy() -> dict[str, Any]:
    """The share of values that people left as the machine read them, at approval."""
    since = timezone.now() - timedelta(days=ACCURACY_DAYS)
    fields = accuracy(by="field", since=since)
    worst = sorted(fields, key=_percent)[:SHOWN_FIELDS]
    weeks = accuracy(by="week", since=since)
    values, unchanged = sum(found.fields for found in fields), sum(found.unchanged for found in fields)
    vendors = sorted(accuracy(by="vendor", since=since), key=_percent)[:SHOWN_VENDORS]
    return {
        "days": ACCURACY_DAYS,
        "percent": 100 * unchanged / values if values else None,
        "values": values,
        "fields": _shares([found.group.replace("_", " ") for found in worst], worst),
        "weeks": _shares([f"{date.fromisoformat(found.group):%-d %b}" for found in weeks], weeks),
        "tables": [
            (title, [(group, _percent(group)) for group in groups])
            for title, groups in (
                ("By method", accuracy(by="method", since=since)),
                ("By vendor, least accurate first", vendors),
            )
        ],
    }


def _percent(group: Accuracy) -> float:
    return round(100 * group.unchanged / group.fields, 1)


def _shares(labels: list[str], found: list[Accuracy]) -> dict[str, Any]:
    percents = [_percent(group) for group in found]
    return {
        "data": json.dumps(
            {"labels": labels, "datasets": [{"label": "%", "backgroundColor": METHODS["xml"][1], "data": percents}]}
        ),
        "columns": ["unchanged, %", "values"],
        "rows": [(label, [percent, of.fields]) for label, percent, of in zip(labels, percents, found, strict=True)],
        "empty": not found,
    }


def _chart(days: list[date], datasets: list[dict[str, Any]]) -> dict[str, Any]:
    """What Chart.js draws, and the same as rows for those who read."""
    columns = [dataset["label"] for dataset in datasets]
    return {
        "data": json.dumps({"labels": [f"{day:%-d %b}" for day in days], "datasets": datasets}),
        "columns": columns,
        "rows": [(day, [dataset["data"][i] for dataset in datasets]) for i, day in enumerate(days)],
        "empty": not any(any(dataset["data"]) for dataset in datasets),
    }
