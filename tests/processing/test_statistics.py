"""The figures of each day."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from decimal import Decimal
from uuid import UUID

import pytest
from django.utils import timezone

from processing.models import DailyFigures, ProcessingJob
from processing.statistics import count_days, daily_figures
from tests.processing.ledger_factories import make_job

pytestmark = pytest.mark.django_db


def ended(at: datetime, *, status: str = "completed", method: str = "rules", spent: str = "0") -> UUID:
    """A job that waited for 10 seconds and worked for 5."""
    job = make_job()
    ProcessingJob.objects.filter(id=job.id).update(
        status=status,
        method=method,
        outcome="success" if status == "completed" else "timeout",
        error_code="" if status == "completed" else "llm_timeout",
        created_at=at - timedelta(seconds=15),
        started_at=at - timedelta(seconds=5),
        finished_at=at,
        spent_usd=Decimal(spent),
    )
    return job.id


def test_jobs_are_counted_by_the_day_they_ended_on_with_their_times_and_cost() -> None:
    now = timezone.now().astimezone(UTC)
    ended(now, spent="0.001")
    ended(now, spent="0.002")
    ended(now, method="", status="failed")
    ended(now - timedelta(days=1))
    make_job()
    assert count_days() == 3
    today = daily_figures(since=now.date())
    row = today.get(status="completed")
    assert (row.day, row.kind, row.method, row.jobs) == (now.date(), "invoice", "rules", 2)
    assert (round(row.waited_seconds), round(row.worked_seconds), row.cost_usd) == (20, 10, Decimal("0.003"))
    assert today.get(status="failed").jobs == 1


def test_counting_again_replaces_the_last_days_and_leaves_older_ones() -> None:
    now = timezone.now().astimezone(UTC)
    old = DailyFigures.objects.create(
        day=now.date() - timedelta(days=30), kind="invoice", status="completed", method="xml", jobs=7,
        waited_seconds=1, worked_seconds=1,
    )  # fmt: skip
    revived = ended(now - timedelta(days=1), status="failed", method="")
    count_days()
    ProcessingJob.objects.filter(id=revived).update(
        status="completed", outcome="success", error_code="", method="llm", finished_at=now
    )
    count_days()
    assert {(row.day, row.status, row.jobs) for row in DailyFigures.objects.all()} == {
        (old.day, "completed", 7),
        (now.date(), "completed", 1),
    }
