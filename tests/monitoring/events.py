"""Everything that a metric counts or shows, caused for real: documents, refusals, models, webhooks, decisions."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from decimal import Decimal
from ipaddress import ip_network
from pathlib import Path

from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone
from pytest_django import Settings
from rest_framework.test import APIClient

from common.roles import Role
from invoices.models import Finding, Invoice
from invoices.services.decisions import approve_invoice, reject_invoice
from invoicesite.desk.presence import here
from invoicesite.monitoring.alerts.kinds import Seen
from invoicesite.monitoring.alerts.services import note_seen, send_due
from invoicesite.monitoring.runs import note_run, note_task
from invoicesite.webhooks.couriers import send_all_due
from invoicesite.webhooks.models import Subscription
from invoicesite.webhooks.services import send_test
from processing.models import Batch, Breaker, Document, MailMessage, ProcessingJob, WorkerHeartbeat
from processing.pipeline.run import run_job
from processing.services.documents import submit_document
from processing.services.jobs import claim_job, take_back_lost_jobs
from processing.spending import breaker
from tests.people import person
from tests.processing.invoice_files import text_invoice
from tests.processing.ledger_factories import make_batch, make_job
from tests.processing.ocr_servers import docling_answer, serving
from tests.processing.rate_card_models import model_of
from tests.processing.test_ocr import as_bytes, page_picture
from tests.webhook_receiver import receiving


def cause_everything(settings: Settings, *, again: bool = False) -> None:
    """All of it once; ``again`` for what only counters show, so that a rate has something to see."""
    settings.MONTHLY_BUDGET_USD = Decimal(10)
    _documents(settings, "again" if again else "first")
    _webhooks(settings)
    if not again:
        _states()


def upload(api: APIClient, data: bytes, name: str) -> int:
    form = {"file": SimpleUploadedFile(name, data), "kind": "invoice"}
    return int(api.post("/api/v1/documents/", form, format="multipart").status_code)


def _documents(settings: Settings, name: str) -> None:
    settings.EXTRACTION_POLICY = "rules"
    ann = person(f"ann-{name}", Role.OPERATOR)
    api = APIClient()
    api.force_authenticate(ann)
    assert upload(api, text_invoice(number=f"R-{name}"), "rules.txt") == 202
    assert upload(api, b"", "empty.txt") == 400
    settings.EXTRACTION_POLICY = "llm"
    with model_of(settings):
        for policy_run in range(2):  # the second time from what is kept
            job = submit_document(
                data=text_invoice(number=f"M-{name}"), filename="model.txt", owner_id=ann.pk, anew=policy_run > 0
            ).job
            assert run_job(job.id)
    settings.EXTRACTION_POLICY = "rules"
    breaker.forget_snapshots()
    for job in ProcessingJob.objects.filter(status="pending", waits_for=""):
        run_job(job.id)
    with serving(docling_answer()) as server:
        settings.OCR_ENGINE, settings.DOCLING_URL = "docling", server.url
        picture = as_bytes(page_picture((600 + (name == "again"), 800)), dpi=(72, 72))
        assert run_job(submit_document(data=picture, filename="scan.png", enqueue=False).job.id)
    settings.OCR_ENGINE = "embedded"
    for attempts in (1, 3):  # the first fails, the second is put back
        lost = submit_document(data=text_invoice(number=f"L-{name}-{attempts}"), filename="lost.txt").job
        ProcessingJob.objects.filter(id=lost.id).update(max_attempts=attempts)
        path = Path(settings.STORAGES["default"]["OPTIONS"]["location"]) / lost.document.storage_key
        path.write_bytes(b"something else")
        assert run_job(lost.id)
    _dead_worker()
    _decisions(ann)


def _dead_worker() -> None:
    held = make_job()
    assert claim_job(job_id=held.id) is not None
    ProcessingJob.objects.filter(id=held.id).update(lease_until=timezone.now() - timedelta(minutes=1))
    assert take_back_lost_jobs() == 1


def _decisions(user: object) -> None:
    read = list(Invoice.objects.filter(status__in=["needs_review", "ready"]).order_by("created_at"))
    here(read[0].id, user, editing=False)
    approve_invoice(invoice_id=read[0].id, by=user, override="seen")  # type: ignore[arg-type]
    reject_invoice(invoice_id=read[1].id, by=user, why="not ours")  # type: ignore[arg-type]


def _webhooks(settings: Settings) -> None:
    settings.WEBHOOK_PRIVATE_NETWORKS = [ip_network("127.0.0.0/8")]
    owner = person(f"hook-{timezone.now().timestamp()}", Role.VIEWER)
    with receiving() as receiver:
        send_test(subscription=Subscription.objects.create(owner=owner, url=receiver.url(), events=["*"]))
        assert send_all_due() == 1
        settings.ALERT_WEBHOOKS = [("slack", receiver.url("/services"))]
        note_seen([Seen("queue_stuck", f"queue_stuck/{owner.username}", "The queue is stuck")])
        assert send_due() >= 1


def _states() -> None:
    now = timezone.now()
    for lane in ("invoicesite", "batch"):
        WorkerHeartbeat.objects.create(name=lane, host="here", pid=1, lane=lane, slots=3, started_at=now, seen_at=now)
    Breaker.objects.create(name="openai/gone", state="open", cause="failures")
    waiting, dead = make_job(), make_job()
    ProcessingJob.objects.filter(id=waiting.id).update(
        waits_for="openai/gone", deferred_since=now, not_before=now + timedelta(hours=1)
    )
    ended = {"status": "failed", "error_code": "extraction_failed", "outcome": "unreadable", "finished_at": now}
    ProcessingJob.objects.filter(id=dead.id).update(**ended)
    Batch.objects.filter(id=make_batch().id).update(status="paused")
    MailMessage.objects.create(mailbox="in@example.com/INBOX", uid_validity=1, uid=1, sha256="0" * 64, status="failed")
    note_task({"group": "sweep", "success": True})
    note_run("backup", error="BackupRefused")
    Finding.objects.create(
        invoice=Invoice.objects.earliest("created_at"), position=0, code="overcharged", charge="freight",
        currency="EUR", billed=Decimal(12), expected=Decimal(10), message="m",
    )  # fmt: skip
    assert Document.objects.exists()


@contextmanager
def quiet_breakers() -> Iterator[None]:
    breaker.forget_snapshots()
    yield
    breaker.forget_snapshots()
