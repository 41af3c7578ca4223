"""A service that reads pictures goes away: documents wait for it, one looks, and its pages are money."""

from __future__ import annotations

import time
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path

import pytest
from pytest_django import Settings

from processing.models import LLMCall, ProcessingJob
from processing.pipeline.run import run_job
from processing.services.documents import submit_document
from processing.services.jobs import due_now
from processing.spending import breaker
from tests.processing.ledger_factories import assert_books_balance
from tests.processing.ocr_servers import Reply, azure_answer, docling_answer, serving
from tests.processing.test_ocr import as_bytes, page_picture

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def _quick(settings: Settings, own_storage: Path) -> Iterator[None]:
    settings.BACKOFF_SCALE = Decimal(1) / 60
    settings.EXTRACTION_POLICY = "rules"
    breaker.forget_snapshots()
    yield
    breaker.forget_snapshots()


def run_due() -> int:
    due = list(ProcessingJob.objects.filter(due_now()).values_list("id", flat=True))
    return sum(run_job(job_id) for job_id in due)


@pytest.mark.parametrize(("engine", "status"), [("docling", 401), ("docling", 429), ("azure", 503)])
def test_scans_wait_while_the_service_is_away_and_are_read_when_it_is_back(
    settings: Settings, engine: str, status: int
) -> None:
    good, away = docling_answer() if engine == "docling" else azure_answer("key"), True
    with serving(lambda request, server: Reply(status, {}) if away else good(request, server)) as server:
        settings.OCR_ENGINE = engine
        settings.DOCLING_URL = settings.AZURE_DI_ENDPOINT = server.url
        settings.AZURE_DI_KEY = "key"
        settings.OCR_PRICE_PER_1000_PAGES_USD = Decimal("1.5")
        for number in range(6):
            picture = as_bytes(page_picture((600 + number, 800)), dpi=(72, 72))
            submit_document(data=picture, filename=f"{number}.png", enqueue=False)
        until = time.monotonic() + 2
        while time.monotonic() < until:
            run_due()
            time.sleep(0.02)
        waiting = ProcessingJob.objects.filter(status="pending", waits_for=f"ocr/{engine}")
        assert waiting.count() == 6
        assert all(job.max_attempts - job.attempts == 3 for job in waiting)
        assert len(server.requests) < 15, "one asks for all"

        away = False
        until = time.monotonic() + 20
        while ProcessingJob.objects.exclude(status__in=["completed", "failed"]).exists():
            assert time.monotonic() < until
            run_due()
            time.sleep(0.02)
        assert set(ProcessingJob.objects.values_list("status", flat=True)) == {"completed"}
    paid = LLMCall.objects.filter(provider=engine, outcome="success")
    assert [call.cost_usd for call in paid] == [Decimal("0.0015")] * 6
    assert not LLMCall.objects.exclude(outcome="success").filter(cost_usd__gt=0).exists(), "a refusal costs nothing"
    assert_books_balance()


def test_a_page_that_the_ceiling_does_not_allow_is_not_sent(settings: Settings) -> None:
    with serving(docling_answer()) as server:
        settings.OCR_ENGINE, settings.DOCLING_URL = "docling", server.url
        settings.OCR_PRICE_PER_1000_PAGES_USD = Decimal(50)
        job = submit_document(data=as_bytes(page_picture()), filename="a.png", enqueue=False).job
        assert run_job(job.id)
        assert not server.requests
    job.refresh_from_db()
    assert (job.status, job.error_code, job.spent_usd) == ("failed", "budget_exceeded", 0)
