"""What tests of backups and of the doctor share."""

from __future__ import annotations

from django.contrib.auth.models import User
from rest_framework.test import APIClient

from invoices.models import Invoice
from invoicesite.backups.doctor import Complaint, examine
from invoicesite.backups.mending import Source
from processing.models import ProcessingJob
from processing.pipeline.run import run_job
from processing.services.documents import submit_document
from tests.processing.invoice_files import text_invoice


def read(number: int) -> ProcessingJob:
    """A document of its own, read into an invoice by rules."""
    data = text_invoice().replace(b"\n", f"\nOur file {number}\n".encode(), 1)
    job = submit_document(data=data, filename=f"in-{number}.txt", enqueue=False).job
    assert run_job(job.id)
    return job


def wrong(*, fix: bool = False, deep: bool = False, source: Source | None = None) -> dict[str, Complaint]:
    return {found.code: found for found in examine(fix=fix, deep=deep, source=source) if found.count}


def answers(*, lists: bool = True) -> dict[str, bytes]:
    """What the API says of everything, to one who sees everything; links to files carry the time and are left out."""
    client = APIClient()
    client.force_authenticate(User.objects.filter(is_superuser=True).first() or User.objects.create_superuser("root"))
    paths = ["documents/", "jobs/", "invoices/", "invoices/export/", "jobs/stats/"] if lists else []
    for key in Invoice.objects.order_by("id").values_list("id", flat=True):
        paths += [f"invoices/{key}/", f"invoices/{key}/history/"]
    told = {path: client.get(f"/api/v1/{path}") for path in paths}
    assert {answer.status_code for answer in told.values()} == {200}
    return {
        path: b"".join(answer.streaming_content) if answer.streaming else answer.content  # type: ignore[attr-defined]
        for path, answer in told.items()
    }
