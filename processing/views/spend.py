"""What models cost the person who looks."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal

from django.db.models import Count, Sum
from django.db.models.functions import TruncDate
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from common.web.page import page
from processing.models import Budget, LLMCall, ProcessingJob
from processing.spending.day_chart import day_chart
from processing.spending.figures import calls_of

PERIODS_DAYS = (7, 30, 90)
DEAREST = 8


@require_safe
@page()
def spend_page(request: HttpRequest) -> HttpResponse:
    """Own spend of the last ``?days=`` days, by day and by document, and what was free."""
    asked = request.GET.get("days", "30")
    days = int(asked) if asked.isdigit() and int(asked) in PERIODS_DAYS else 30
    last = timezone.localdate()
    first = last - timedelta(days=days - 1)
    # A day begins where the person is: what started before it in UTC is asked for with a day to spare, then cut.
    calls = calls_of(since=first - timedelta(days=1)).filter(job__document__owner_id=request.user.pk)
    by_day = {
        row["day"]: row
        for row in calls.order_by()
        .annotate(day=TruncDate("started_at"))
        .filter(day__gte=first)
        .values("day")
        .annotate(cost=Sum("cost_usd", default=Decimal(0)), calls=Count("pk"), documents=Count("job", distinct=True))
        .order_by("day")
    }
    jobs = ProcessingJob.objects.filter(
        document__owner_id=request.user.pk, finished_at__date__gte=first, status=ProcessingJob.Status.COMPLETED
    )
    total = sum((row["cost"] for row in by_day.values()), Decimal(0))
    documents = jobs.count()
    context = {
        "days": days,
        "periods": PERIODS_DAYS,
        "total": total,
        "calls": sum(row["calls"] for row in by_day.values()),
        "documents": documents,
        "free": jobs.filter(llm_calls__isnull=True).count(),
        "mean": total / documents if documents else None,
        "rows": list(by_day.values())[::-1],
        "chart": day_chart({day: row["cost"] for day, row in by_day.items()}, first=first, last=last),
        "dearest": _dearest(request.user.pk, first),
        "budget": Budget.objects.filter(scope=Budget.Scope.USER, key=str(request.user.pk)).first(),
        "running": calls.filter(state=LLMCall.State.RESERVED).count(),
    }
    return render(request, "web/spend.html", context)


def _dearest(owner_id: int | None, first: object) -> list[ProcessingJob]:
    jobs = ProcessingJob.objects.filter(document__owner_id=owner_id, spent_usd__gt=0, created_at__date__gte=first)
    return list(jobs.select_related("document").defer("raw_response").order_by("-spent_usd")[:DEAREST])
