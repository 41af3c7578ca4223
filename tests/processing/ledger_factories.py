"""Jobs, batches and calls for tests of the spend ledger."""

from __future__ import annotations

import hashlib
import uuid
from decimal import Decimal

from processing.models import Batch, Budget, Document, LLMCall, ProcessingJob
from processing.spending.ledger import CallTerms


def make_job(
    *,
    budget_usd: str | None = "0.02",
    batch: Batch | None = None,
    owner_id: int | None = None,
    filename: str = "invoice_001.pdf",
    max_output_tokens: int = 300,
    priority: int = 0,
) -> ProcessingJob:
    document = Document.objects.create(
        owner_id=owner_id,
        sha256=hashlib.sha256(uuid.uuid4().bytes).hexdigest(),
        size_bytes=1000,
        media_type="application/pdf",
        filename=filename,
        storage_key=str(uuid.uuid4()),
    )
    return ProcessingJob.objects.create(
        document=document,
        batch=batch,
        budget_usd=None if budget_usd is None else Decimal(budget_usd),
        max_output_tokens=max_output_tokens,
        priority=priority,
    )


def make_batch(budget_usd: str | None = None) -> Batch:
    return Batch.objects.create(budget_usd=None if budget_usd is None else Decimal(budget_usd))


def make_terms(worst_case_usd: str = "0.01") -> CallTerms:
    return CallTerms(
        model="test-model",
        provider="test",
        prompt_version="test-1",
        worst_case_usd=Decimal(worst_case_usd),
        max_output_tokens=300,
    )


def assert_books_balance() -> None:
    """Every ceiling holds exactly what its calls say, and none is passed."""
    calls = list(LLMCall.objects.prefetch_related("budgets"))
    for ceiling in [*ProcessingJob.objects.all(), *Batch.objects.all(), *Budget.objects.all()]:
        if isinstance(ceiling, Budget):
            mine = [call for call in calls if ceiling in call.budgets.all()]
        else:
            mine = [call for call in calls if ceiling.pk in (call.job_id, call.batch_id)]
        assert ceiling.reserved_usd == sum(c.reserved_usd for c in mine if c.state == LLMCall.State.RESERVED)
        assert ceiling.spent_usd + ceiling.overrun_usd == sum(c.cost_usd for c in mine)
        assert ceiling.overrun_usd == sum(c.overrun_usd for c in mine)
        if ceiling.budget_usd is not None:
            assert ceiling.spent_usd + ceiling.reserved_usd <= ceiling.budget_usd
