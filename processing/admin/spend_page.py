"""The spend page of the admin: what models cost, where, and what was saved."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.utils import timezone

from processing.models import Batch
from processing.spending import figures as spend

PERIODS_DAYS = (1, 7, 30, 90, 365)
BATCHES_SHOWN = 20


def spend_page(request: HttpRequest) -> HttpResponse:
    """Spend of the last ``?days=`` days (30): totals with percentiles, by day, model, kind, user and batch, budgets and
    savings. For those who may see model calls."""
    if not request.user.has_perm("processing.view_llmcall"):
        raise PermissionDenied
    asked = request.GET.get("days", "30")
    days = int(asked) if asked.isdigit() and int(asked) in PERIODS_DAYS else 30
    since = timezone.localdate() - timedelta(days=days - 1)
    figures = spend.spend_figures(spend.calls_of(since=since))
    context: dict[str, Any] = {
        **admin.site.each_context(request),
        "title": "Spend",
        "days": days,
        "periods": PERIODS_DAYS,
        "figures": figures,
        "spreads": [
            ("Cost, USD", figures.cost_usd, 4),
            ("Input tokens", figures.input_tokens, 0),
            ("Output tokens", figures.output_tokens, 0),
            ("Total tokens", figures.total_tokens, 0),
            ("Seconds", figures.elapsed_seconds, 2),
            ("Seconds to the first token", figures.first_token_seconds, 2),
        ],
        "savings": spend.savings(since=since),
        "budgets": [(budget, _share(budget)) for budget in spend.budgets()],
        "groups": _groups(since),
    }
    return TemplateResponse(request, "admin/processing/spend.html", context)


def _groups(since: date) -> list[dict[str, Any]]:
    groups: list[dict[str, Any]] = []
    for dimension, title in (("day", "By day"), ("model", "By model"), ("kind", "By kind"), ("user", "By user")):
        rows = spend.spend_by(dimension, since=since)  # type: ignore[arg-type]
        groups.append({"title": title, "rows": [(_label(row.key), row) for row in rows]})
    batches = spend.spend_by("batch", since=since)[:BATCHES_SHOWN]
    names = {batch.id: str(batch) for batch in Batch.objects.filter(id__in=[row.key for row in batches if row.key])}
    groups.append({"title": "By batch", "rows": [(names.get(row.key, "no batch"), row) for row in batches]})
    for group in groups:
        group["highest"] = max((row.cost_usd for _, row in group["rows"]), default=0)
    return groups


def _label(key: Any) -> str:
    return "nobody" if key in (None, "") else str(key)


def _share(budget: Any) -> float | None:
    return float((budget.spent_usd + budget.reserved_usd) / budget.budget_usd) if budget.budget_usd else None
