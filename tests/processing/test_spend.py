from __future__ import annotations

from datetime import UTC, datetime, timedelta
from decimal import Decimal

import pytest
from django.contrib.auth.models import User
from django.utils import timezone

from processing.models import CachedReply, LLMCall, ProcessingJob
from processing.spending import figures as spend
from processing.spending import reply_cache
from processing.spending.ledger import CallEnd, reserve, settle
from processing.usage import Usage
from tests.processing.ledger_factories import make_batch, make_job, make_terms

pytestmark = pytest.mark.django_db


def make_call(
    job: ProcessingJob, cost: str | None = "0.001", *, outcome: str = "success", output: int = 100, seconds: float = 1.0
) -> LLMCall:
    call = reserve(job=job, terms=make_terms("0.002"))
    end = CallEnd(
        outcome=outcome,
        cost_usd=None if cost is None else Decimal(cost),
        usage=Usage(1000, output, 500),
        elapsed_seconds=seconds,
    )
    settle(call_id=call.pk, end=end)
    return call


def test_spend_is_summed_by_day_model_batch_user_and_kind() -> None:
    user = User.objects.create(username="operator")
    batch = make_batch("1")
    make_call(make_job(batch=batch, owner_id=user.pk), "0.001")
    old = make_call(make_job(), "0.002")
    LLMCall.objects.filter(pk=old.pk).update(started_at=datetime(2026, 1, 2, 23, 59, tzinfo=UTC), model="other")
    today = timezone.now().date()
    assert [(r.key, r.cost_usd) for r in spend.spend_by("day")] == [
        (datetime(2026, 1, 2, tzinfo=UTC).date(), Decimal("0.002")),
        (today, Decimal("0.001")),
    ]
    assert [r.key for r in spend.spend_by("model")] == ["other", "test-model"]
    assert {r.key: r.cost_usd for r in spend.spend_by("batch")} == {None: Decimal("0.002"), batch.pk: Decimal("0.001")}
    assert {r.key for r in spend.spend_by("user")} == {None, "operator"}
    [kind] = spend.spend_by("kind")
    assert (kind.key, kind.calls, kind.jobs, kind.input_tokens) == ("invoice", 2, 2, 2000)
    assert [r.calls for r in spend.spend_by("kind", since=today)] == [1]
    assert [r.calls for r in spend.spend_by("kind", until=today - timedelta(days=1))] == [1]


def test_figures_have_percentiles_outcomes_and_totals() -> None:
    job = make_job(budget_usd="1")
    LLMCall.objects.bulk_create(
        LLMCall(
            job=job,
            run_id=f"invoice_001-{n}",
            attempt=n,
            model="test-model",
            state="settled",
            reserved_usd=Decimal("0.02"),
            cost_usd=Decimal(n) / 10_000,
            max_output_tokens=300,
            input_tokens=1000,
            cached_input_tokens=500,
            output_tokens=n,
            outcome="success" if n < 90 else "timeout",
            finished_at=timezone.now(),
            elapsed_seconds=n / 10,
        )
        for n in range(100)
    )
    reserve(job=job, terms=make_terms("0.002"))
    figures = spend.spend_figures(LLMCall.objects.all())
    assert (figures.calls, figures.running) == (100, 1)
    assert figures.outcomes == {"success": 90, "timeout": 10}
    assert figures.success_rate == 0.9
    assert figures.output_tokens == spend.Spread(4950, 49.5, pytest.approx(94.05), pytest.approx(98.01))
    assert figures.elapsed_seconds.p50 == pytest.approx(4.95)
    assert figures.cost_usd.total == pytest.approx(0.495)
    assert figures.cached_input_share == 0.5
    assert figures.first_token_seconds.p99 is None


def test_figures_of_nothing_are_empty() -> None:
    figures = spend.spend_figures(LLMCall.objects.all())
    assert figures.success_rate is None
    assert figures.cost_usd == spend.Spread(0, None, None, None)


def test_savings_are_what_the_cache_xml_and_rules_did_not_spend() -> None:
    make_call(make_job(), "0.003")
    for method in ("xml", "rules", "rules"):
        job = make_job()
        ProcessingJob.objects.filter(pk=job.pk).update(
            status="completed", outcome="success", method=method, finished_at=timezone.now()
        )
    asking = reply_cache.claim_reply("a" * 64, lease_seconds=60)
    assert isinstance(asking, reply_cache.Asking)
    reply_cache.store_reply(
        asking,
        reply_cache.KnownReply("{}", truncated=False),
        document_id=make_job().document_id,
        model="m",
        prompt_version="1",
        usage=None,
        cost_usd=Decimal("0.0004"),
    )
    CachedReply.objects.update(hits=3)
    saved = spend.savings()
    assert (saved.cache_hits, saved.cache_usd) == (3, Decimal("0.0012"))
    assert (saved.xml_documents, saved.xml_usd) == (1, Decimal("0.003"))
    assert (saved.rules_documents, saved.rules_usd) == (2, Decimal("0.006"))
    assert saved.total_usd == Decimal("0.0102")


def test_history_is_what_documents_of_a_kind_took_of_a_model() -> None:
    assert spend.call_history(model="test-model", kind="invoice") is None
    job = make_job()
    make_call(job, "0.001", outcome="timeout", output=0)
    make_call(job, "0.002", output=150)
    make_call(make_job(), "0.001", output=90)
    history = spend.call_history(model="test-model", kind="invoice")
    assert history is not None
    assert (history.jobs, history.calls_per_job, history.output_tokens) == (2, 1.5, 120)
    assert (history.cost_usd, history.longest_output_tokens) == (Decimal("0.002"), 150)
    assert spend.call_history(model="test-model", kind="rate_card") is None


def test_budgets_show_what_is_left() -> None:
    make_call(make_job(), "0.002")
    [month] = spend.budgets()
    assert month.left_usd is None  # type: ignore[attr-defined]
    month.budget_usd = Decimal("1")
    month.save()
    assert spend.budgets().get().left_usd == Decimal("0.998")  # type: ignore[attr-defined]
