"""What does not move and needs somebody: each entry says what it is and where to go."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta

from django.db.models import Count
from django.db.models.functions import Now
from django.urls import reverse
from django.utils.timesince import timesince

from invoices.models import Invoice
from processing.models import Batch, Breaker, MailMessage, ProcessingJob
from processing.queries import live_workers
from processing.queueing import LANES

WAITING_TOO_LONG = timedelta(minutes=10)
REVIEW_TOO_LONG = timedelta(days=3)
MAIL_LOOKED_BACK = timedelta(days=7)


@dataclass(frozen=True, slots=True)
class Stuck:
    """``level`` is ``danger`` (nothing goes on without a person) or ``warning``."""

    level: str
    what: str
    detail: str
    url: str


def stuck() -> list[Stuck]:
    """Everything that waits for a person, the worst first."""
    found = [*_workers(), *_breakers(), *_dead_letters(), *_waiting(), *_batches(), *_mail(), *_reviews()]
    return sorted(found, key=lambda entry: entry.level != "danger")


def _workers() -> Iterator[Stuck]:
    alive = set(live_workers().values_list("lane", flat=True))
    for lane in LANES:
        if lane not in alive:
            what = "No worker for batches" if lane == "batch" else "No worker for uploads"
            yield Stuck("danger", what, "Start one: manage.py work", _list("processing_workerheartbeat"))


def _breakers() -> Iterator[Stuck]:
    for breaker in Breaker.objects.exclude(state=Breaker.State.CLOSED):
        detail = f"{breaker.get_cause_display()}: {breaker.last_error}".strip(": ")
        yield Stuck("danger", f"Calls to {breaker.name} are paused", detail, _list("processing_breaker"))


def _dead_letters() -> Iterator[Stuck]:
    failed = ProcessingJob.objects.filter(status=ProcessingJob.Status.FAILED).order_by()
    for code, count in failed.values_list("error_code").annotate(count=Count("id")).order_by("-count")[:5]:
        url = f"{_list('processing_processingjob')}?status__exact=failed&error_code={code}"
        yield Stuck("warning", f"{count:,} failed jobs", code, url)


def _waiting() -> Iterator[Stuck]:
    late = ProcessingJob.objects.filter(
        status=ProcessingJob.Status.PENDING, created_at__lt=Now() - WAITING_TOO_LONG, batch__isnull=True
    ).order_by("created_at")
    oldest = late.first()
    if oldest is not None:
        url = f"{_list('processing_processingjob')}?status__exact=pending"
        yield Stuck("warning", "Uploads wait", f"the oldest for {timesince(oldest.created_at)}", url)


def _batches() -> Iterator[Stuck]:
    for batch in Batch.objects.filter(status=Batch.Status.PAUSED)[:5]:
        url = reverse("admin:processing_batch_change", args=[batch.pk])
        yield Stuck("warning", f"{batch} is paused", batch.stop_reason, url)


def _mail() -> Iterator[Stuck]:
    lost = MailMessage.objects.filter(
        status__in=[MailMessage.Status.FAILED, MailMessage.Status.PARTLY], created_at__gt=Now() - MAIL_LOOKED_BACK
    ).count()
    if lost:
        yield Stuck(
            "warning", f"{lost} messages not fully processed", "in the last 7 days", _list("processing_mailmessage")
        )


def _reviews() -> Iterator[Stuck]:
    old = Invoice.objects.filter(status=Invoice.Status.NEEDS_REVIEW, created_at__lt=Now() - REVIEW_TOO_LONG)
    oldest = old.order_by("created_at").first()
    if oldest is not None:
        detail = f"the oldest for {timesince(oldest.created_at)}"
        yield Stuck("warning", "Invoices waiting for review", detail, _list("invoices_invoice"))


def _list(model: str) -> str:
    return reverse(f"admin:{model}_changelist")
