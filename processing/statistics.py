"""The figures of each day: counted by a schedule once an hour, read by the dashboard."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from typing import Any

from django.db import connection, transaction
from django.db.models import Count, DurationField, ExpressionWrapper, F, QuerySet, Sum
from django.db.models.functions import Coalesce, TruncDate
from django.utils import timezone

from processing.models import DailyFigures, ProcessingJob

_LOCK = 0x57A7
RECOUNTED_DAYS = 3  # a job that was revived ends on another day than before


def count_days(*, days: int = RECOUNTED_DAYS) -> int:
    """Count the last ``days`` days (UTC, today among them) anew; gives the rows written. Beside another count it does
    nothing."""
    since = timezone.now().astimezone(UTC).date() - timedelta(days=days - 1)
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_try_advisory_xact_lock(%s)", [_LOCK])
            if not cursor.fetchone()[0]:
                return 0
        DailyFigures.objects.filter(day__gte=since).delete()
        return len(DailyFigures.objects.bulk_create(_rows(since)))


def daily_figures(*, since: date) -> QuerySet[DailyFigures]:
    """What was counted from ``since`` on; today as of the last count."""
    return DailyFigures.objects.filter(day__gte=since)


def _rows(since: date) -> list[DailyFigures]:
    start = datetime.combine(since, time.min, tzinfo=UTC)
    found = (
        ProcessingJob.objects.filter(finished_at__gte=start)
        .order_by()
        .annotate(day=TruncDate("finished_at", tzinfo=UTC))
        .values("day", "document__kind", "status", "method")
        .annotate(
            jobs=Count("id"),
            waited=Sum(_between("created_at", Coalesce("started_at", "finished_at"))),
            worked=Sum(_between(Coalesce("started_at", "finished_at"), "finished_at")),
            cost=Sum("spent_usd"),
        )
    )
    return [
        DailyFigures(
            day=row["day"],
            kind=row["document__kind"],
            status=row["status"],
            method=row["method"],
            jobs=row["jobs"],
            waited_seconds=row["waited"].total_seconds(),
            worked_seconds=row["worked"].total_seconds(),
            cost_usd=row["cost"],
        )
        for row in found
    ]


def _between(start: Any, end: Any) -> ExpressionWrapper[Any]:
    first, last = (F(point) if isinstance(point, str) else point for point in (start, end))
    return ExpressionWrapper(last - first, output_field=DurationField())
