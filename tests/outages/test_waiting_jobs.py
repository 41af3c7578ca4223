"""Jobs wait for what is away: uncounted, less and less often, one of them looks, and there is a bound."""

from __future__ import annotations

import time
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from decimal import Decimal
from pathlib import Path

import pytest
from django.db import connection
from django.utils import timezone
from pytest_django import Settings

from benchmarks.plain_invoices import invoice_text
from invoicesite.storage import document_storage
from processing.models import Breaker, LLMCall, ProcessingJob
from processing.pipeline.run import run_job
from processing.services.documents import JobOptions, submit_document
from processing.services.jobs import due_now
from processing.spending import breaker
from processing.workers.sweeping import sweep_jobs
from tests.model_server import HANGS, OK, RATE_LIMITED, ModelServer

pytestmark = pytest.mark.django_db(transaction=True)

Status = ProcessingJob.Status


@pytest.fixture(autouse=True)
def _quick(settings: Settings) -> Iterator[None]:
    """A minute of back-off is a second."""
    settings.BACKOFF_SCALE = Decimal(1) / 60
    breaker.forget_snapshots()
    yield
    breaker.forget_snapshots()


def submitted(count: int, *, policy: str = "rules") -> list[ProcessingJob]:
    options = JobOptions(policy=policy)  # type: ignore[arg-type]
    return [
        submit_document(
            data=invoice_text(number).encode(), filename=f"{number}.txt", options=options, enqueue=False
        ).job
        for number in range(count)
    ]


def run_what_is_due(*, seconds: float) -> int:
    """What workers do, until nothing is open; gives how many attempts were made."""
    attempts, until = 0, time.monotonic() + seconds
    while ProcessingJob.objects.filter(status__in=[Status.PENDING, Status.PROCESSING]).exists():
        assert time.monotonic() < until, "still open"
        for job_id in list(ProcessingJob.objects.filter(due_now()).values_list("id", flat=True)):
            attempts += run_job(job_id)
        time.sleep(0.02)
    return attempts


def test_while_the_storage_is_away_jobs_wait_and_one_looks_for_all(own_storage: Path) -> None:
    jobs = submitted(30)
    away = own_storage.rename(own_storage.with_name("away"))
    own_storage.write_text("no folder: the mount is gone")

    began, attempts = time.monotonic(), 0
    while time.monotonic() - began < 4:
        for job_id in list(ProcessingJob.objects.filter(due_now()).values_list("id", flat=True)):
            attempts += run_job(job_id)
        time.sleep(0.02)
    waiting = ProcessingJob.objects.filter(status=Status.PENDING, waits_for=breaker.STORAGE, error_code="deferred")
    assert waiting.count() == len(jobs), "none is a dead letter"
    assert all(job.max_attempts - job.attempts == 3 for job in waiting), "no attempt was counted"
    assert attempts < 30 * 8, "and they come back less and less often"
    assert Breaker.objects.get().state in ("open", "half_open")

    own_storage.unlink()
    away.rename(own_storage)
    run_what_is_due(seconds=20)
    assert ProcessingJob.objects.filter(status=Status.COMPLETED, waits_for="").count() == len(jobs)
    assert Breaker.objects.get().state == "closed"


def test_a_storm_of_rate_limits_ends_no_document_and_does_not_run_them_over_and_over(
    settings: Settings, own_storage: Path
) -> None:
    with ModelServer(replace(RATE_LIMITED, headers={})) as server:
        settings.OPENAI_BASE_URL, settings.OPENAI_API_KEY, settings.LLM_MODEL = server.url, "none", "gpt-4o-mini"
        settings.LLM_RETRY_BACKOFF_SECONDS = Decimal("0.01")
        jobs = submitted(20, policy="llm")
        storm_ends = time.monotonic() + 3
        attempts = 0
        while time.monotonic() < storm_ends:
            for job_id in list(ProcessingJob.objects.filter(due_now()).values_list("id", flat=True)):
                attempts += run_job(job_id)
            time.sleep(0.02)
        asked_in_storm = len(server.records)
        server.behaviour = OK
        attempts += run_what_is_due(seconds=30)
        assert not ProcessingJob.objects.exclude(status=Status.COMPLETED).exists()
        assert asked_in_storm < 40, "one asks for all who wait"
        assert attempts < 20 * 10, attempts
        assert LLMCall.objects.filter(outcome="success").count() == len(jobs)


def test_what_was_waited_for_too_long_ends_the_job_with_its_reason(own_storage: Path) -> None:
    (job,) = submitted(1)
    own_storage.rename(own_storage.with_name("away"))
    own_storage.write_text("")
    assert run_job(job.id)
    job.refresh_from_db()
    assert (job.status, job.waits_for) == (Status.PENDING, breaker.STORAGE)

    day_ago = timezone.now() - timedelta(hours=24, minutes=1)
    ProcessingJob.objects.filter(id=job.id).update(deferred_since=day_ago, not_before=None)
    assert run_job(job.id)
    job.refresh_from_db()
    assert (job.status, job.error_code) == (Status.FAILED, "storage_unavailable")


def test_a_record_that_the_database_refuses_is_told_as_what_it_is(own_storage: Path) -> None:
    (job,) = submitted(1)
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE invoices_invoice ADD CONSTRAINT no_invoices CHECK (false) NOT VALID")
    try:
        assert run_job(job.id)
    finally:
        with connection.cursor() as cursor:
            cursor.execute("ALTER TABLE invoices_invoice DROP CONSTRAINT no_invoices")
    job.refresh_from_db()
    assert (job.status, job.error_code, job.attempts) == (Status.FAILED, "error", 1)
    assert "is not responding" not in job.error_message


@pytest.mark.timeout(240)
def test_after_a_killed_worker_the_next_attempt_asks_at_once(settings: Settings, own_storage: Path) -> None:
    """What the dead one held is given back with its lease: its reservation, and its right to ask."""
    with ModelServer() as server:
        settings.OPENAI_BASE_URL, settings.OPENAI_API_KEY, settings.LLM_MODEL = server.url, "none", "gpt-4o-mini"
        (job,) = submitted(1, policy="llm")
        died = _died_in_a_call(job, server)
        swept = sweep_jobs()
        assert (swept.taken_back, swept.settled) == (1, 1)
        assert run_job(job.id)
        job.refresh_from_db()
        assert (job.status, job.attempts) == (Status.COMPLETED, died + 1)


def _died_in_a_call(job: ProcessingJob, server: ModelServer) -> int:
    """A worker is killed while it waits for the model; gives which attempt that was."""
    import os
    import signal
    import subprocess
    import sys

    from benchmarks.machine import ROOT, url_of, wait_until

    program = subprocess.Popen(
        [sys.executable, "manage.py", "shell", "-c",
         f"from processing.pipeline.run import run_job; run_job('{job.id}')"],
        cwd=ROOT,
        env={**os.environ, "DATABASE_URL": url_of(str(connection.settings_dict["NAME"])),
             "STORAGE_URL": _storage_url(), "OPENAI_BASE_URL": server.url, "OPENAI_API_KEY": "none",
             "LLM_MODEL": "gpt-4o-mini"},
    )  # fmt: skip
    server.behaviour = HANGS
    wait_until("a call", LLMCall.objects.filter(state="reserved").exists, seconds=150, every=0.05)
    wait_until("a request", lambda: bool(server.records), seconds=30, every=0.05)
    program.send_signal(signal.SIGKILL)
    program.wait()
    server.behaviour = OK
    past = timezone.now() - timedelta(seconds=10)
    ProcessingJob.objects.filter(id=job.id).update(lease_until=past)
    LLMCall.objects.update(started_at=past)
    return int(ProcessingJob.objects.get(id=job.id).attempts)


def _storage_url() -> str:
    from django.conf import settings

    location = settings.STORAGES["default"]["OPTIONS"]["location"]
    assert document_storage(Path(location).as_uri())
    return Path(location).as_uri()
