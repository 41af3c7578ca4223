"""What models cost: read from the spend ledger. Money is US dollars, times are seconds, days are UTC."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import Any, Literal

from django.db.models import Avg, Count, F, FloatField, Max, Q, QuerySet, Sum
from django.db.models.aggregates import Aggregate
from django.db.models.functions import Coalesce, TruncDate
from django.utils import timezone

from processing.models import Budget, LLMCall, ProcessingJob
from processing.spending import reply_cache

Dimension = Literal["day", "model", "batch", "user", "kind", "outcome"]

_GROUPS: dict[Dimension, Any] = {
    "day": TruncDate("started_at"),
    "model": F("model"),
    "batch": F("batch_id"),
    "user": F("job__document__owner__username"),
    "kind": F("job__document__kind"),
    "outcome": F("outcome"),
}
_ZERO = Decimal(0)


@dataclass(frozen=True, slots=True)
class SpendRow:
    """The calls of one group; ``key`` is None where there is no batch or owner. ``worst_case_calls``: usage unknown."""

    key: Any
    calls: int
    jobs: int
    input_tokens: int
    cached_input_tokens: int
    output_tokens: int
    cost_usd: Decimal
    overrun_usd: Decimal
    worst_case_calls: int


@dataclass(frozen=True, slots=True)
class Spread:
    """A total and its percentiles, interpolated between neighbours; None without values."""

    total: float
    p50: float | None
    p95: float | None
    p99: float | None


@dataclass(frozen=True, slots=True)
class SpendFigures:
    """All of a period. The spreads are over calls that ended; ``success_rate`` counts success and partial."""

    calls: int
    running: int
    outcomes: dict[str, int]
    success_rate: float | None
    cost_usd: Spread
    input_tokens: Spread
    output_tokens: Spread
    total_tokens: Spread
    elapsed_seconds: Spread
    first_token_seconds: Spread
    cached_input_share: float | None


@dataclass(frozen=True, slots=True)
class Savings:
    """What was not paid. The cache's is what the same replies cost once; that of XML and rules is their number of
    documents times what a document with calls costs on average (0 while there is none)."""

    cache_hits: int
    cache_usd: Decimal
    xml_documents: int
    xml_usd: Decimal
    rules_documents: int
    rules_usd: Decimal

    @property
    def total_usd(self) -> Decimal:
        return self.cache_usd + self.xml_usd + self.rules_usd


def spend_by(
    dimension: Dimension, *, since: date | None = None, until: date | None = None, owner_id: int | None = None
) -> list[SpendRow]:
    """Spend by day (in order), or by model, batch, user, kind or outcome (dearest first). ``until`` is included; with
    ``owner_id`` only what the documents of this user cost."""
    rows = (
        calls_of(since=since, until=until, owner_id=owner_id)
        .order_by()
        .values(key=_GROUPS[dimension])
        .annotate(
            calls=Count("pk"),
            jobs=Count("job", distinct=True),
            sum_input=Sum("input_tokens", default=0),
            sum_cached=Sum("cached_input_tokens", default=0),
            sum_output=Sum("output_tokens", default=0),
            sum_cost=Sum("cost_usd", default=_ZERO),
            sum_overrun=Sum("overrun_usd", default=_ZERO),
            worst_case_calls=Count("pk", filter=Q(state=LLMCall.State.WORST_CASE)),
        )
        .order_by("key" if dimension == "day" else "-sum_cost")
    )
    return [
        SpendRow(
            key=row["key"],
            calls=row["calls"],
            jobs=row["jobs"],
            input_tokens=row["sum_input"],
            cached_input_tokens=row["sum_cached"],
            output_tokens=row["sum_output"],
            cost_usd=row["sum_cost"],
            overrun_usd=row["sum_overrun"],
            worst_case_calls=row["worst_case_calls"],
        )
        for row in rows
    ]


def spend_figures(calls: QuerySet[LLMCall]) -> SpendFigures:
    """Percentiles, outcomes and totals of some calls (``calls_of``, or a batch's ``llm_calls``), in three queries."""
    ended = calls.order_by().exclude(state=LLMCall.State.RESERVED)
    outcomes = {row["outcome"]: row["n"] for row in ended.values("outcome").annotate(n=Count("pk"))}
    number = sum(outcomes.values())
    figures = ended.aggregate(
        **_spread("cost_usd", F("cost_usd")),
        **_spread("input_tokens", F("input_tokens")),
        **_spread("output_tokens", F("output_tokens")),
        **_spread("total_tokens", F("input_tokens") + F("output_tokens")),
        **_spread("elapsed_seconds", F("elapsed_seconds")),
        **_spread("first_token_seconds", F("first_token_seconds")),
        cached=Sum("cached_input_tokens", default=0),
    )
    good = outcomes.get(ProcessingJob.Outcome.SUCCESS, 0) + outcomes.get(ProcessingJob.Outcome.PARTIAL, 0)
    sent = figures["input_tokens_total"]
    return SpendFigures(
        calls=number,
        running=calls.filter(state=LLMCall.State.RESERVED).count(),
        outcomes=outcomes,
        success_rate=good / number if number else None,
        cost_usd=_read_spread(figures, "cost_usd"),
        input_tokens=_read_spread(figures, "input_tokens"),
        output_tokens=_read_spread(figures, "output_tokens"),
        total_tokens=_read_spread(figures, "total_tokens"),
        elapsed_seconds=_read_spread(figures, "elapsed_seconds"),
        first_token_seconds=_read_spread(figures, "first_token_seconds"),
        cached_input_share=figures["cached"] / sent if sent else None,
    )


def savings(*, since: date | None = None) -> Savings:
    """What the cache, embedded XML and the rules saved; the cache's over the life of what it holds now."""
    hits, cache_usd = reply_cache.saved()
    jobs = ProcessingJob.objects.filter(status=ProcessingJob.Status.COMPLETED)
    calls = calls_of(since=since)
    if since is not None:
        jobs = jobs.filter(finished_at__date__gte=since)
    paid = calls.aggregate(cost=Sum("cost_usd", default=_ZERO), jobs=Count("job", distinct=True))
    each = paid["cost"] / paid["jobs"] if paid["jobs"] else _ZERO
    unpaid = jobs.filter(llm_calls__isnull=True)
    xml, rules = unpaid.filter(method="xml").count(), unpaid.filter(method="rules").count()
    return Savings(
        cache_hits=hits,
        cache_usd=cache_usd,
        xml_documents=xml,
        xml_usd=(xml * each).quantize(Decimal("1e-6")),
        rules_documents=rules,
        rules_usd=(rules * each).quantize(Decimal("1e-6")),
    )


@dataclass(frozen=True, slots=True)
class CallHistory:
    """What documents of a kind took of a model lately. Means are over the ``jobs`` that had calls."""

    jobs: int
    cost_usd: Decimal
    calls_per_job: float
    output_tokens: float
    cached_input_share: float
    longest_output_tokens: int


def call_history(*, model: str, kind: str, days: int = 90) -> CallHistory | None:
    """Of the last ``days``; None where there is nothing yet."""
    calls = LLMCall.objects.exclude(state=LLMCall.State.RESERVED).filter(
        model=model, job__document__kind=kind, started_at__gte=timezone.now() - timedelta(days=days)
    )
    found = calls.aggregate(
        calls=Count("pk"),
        jobs=Count("job", distinct=True),
        cost=Sum("cost_usd", default=_ZERO),
        input=Sum("input_tokens", default=0),
        cached=Sum("cached_input_tokens", default=0),
        output=Avg("output_tokens", filter=Q(output_tokens__gt=0)),
        longest=Max("output_tokens"),
    )
    if not found["jobs"] or not found["output"]:
        return None
    return CallHistory(
        jobs=found["jobs"],
        cost_usd=found["cost"] / found["jobs"],
        calls_per_job=found["calls"] / found["jobs"],
        output_tokens=float(found["output"]),
        cached_input_share=found["cached"] / found["input"] if found["input"] else 0.0,
        longest_output_tokens=found["longest"],
    )


def rules_share(*, kind: str, days: int = 90) -> float | None:
    """Of the documents without embedded XML that ended lately, the share that needed no call; None without any."""
    ended = ProcessingJob.objects.filter(
        status=ProcessingJob.Status.COMPLETED,
        policy=ProcessingJob.Policy.CHEAPEST,
        document__kind=kind,
        finished_at__gte=timezone.now() - timedelta(days=days),
    ).exclude(method="xml")
    found = ended.aggregate(all=Count("pk"), rules=Count("pk", filter=Q(method="rules", llm_calls__isnull=True)))
    return found["rules"] / found["all"] if found["all"] else None


def calls_of(*, since: date | None = None, until: date | None = None, owner_id: int | None = None) -> QuerySet[LLMCall]:
    """The calls that started in a period of UTC days, both ends included; with ``owner_id`` those for the documents
    of this user."""
    calls = LLMCall.objects.all()
    if owner_id is not None:
        calls = calls.filter(job__document__owner_id=owner_id)
    if since is not None:
        calls = calls.filter(started_at__date__gte=since)
    if until is not None:
        calls = calls.filter(started_at__date__lte=until)
    return calls


def budgets() -> QuerySet[Budget]:
    """All budgets that span documents, with ``left_usd`` (None without a ceiling)."""
    used = F("spent_usd") + F("reserved_usd") + F("overrun_usd")
    return Budget.objects.annotate(left_usd=F("budget_usd") - used)


class _Percentile(Aggregate):
    function = "PERCENTILE_CONT"
    template = "%(function)s(%(share)s) WITHIN GROUP (ORDER BY %(expressions)s)"
    output_field = FloatField()


def _spread(name: str, expression: Any) -> dict[str, Any]:
    return {
        f"{name}_total": Coalesce(Sum(expression, output_field=FloatField()), 0.0),
        f"{name}_p50": _Percentile(expression, share=0.50),
        f"{name}_p95": _Percentile(expression, share=0.95),
        f"{name}_p99": _Percentile(expression, share=0.99),
    }


def _read_spread(figures: dict[str, Any], name: str) -> Spread:
    return Spread(*(figures[f"{name}_{part}"] for part in ("total", "p50", "p95", "p99")))
