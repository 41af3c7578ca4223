"""E-mails as documents: what is attached becomes documents of its own."""

from __future__ import annotations

import pytest

from processing.models import Document, ProcessingJob
from processing.pipeline.run import run_job
from processing.services.documents import JobOptions, Origin, submit_document
from tests.mail_server import message
from tests.people import person
from tests.processing.invoice_files import text_invoice

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("own_storage")]


def test_attachments_become_documents_of_their_own_under_the_letter() -> None:
    owner = person("kim")
    letter = message("March", ("a.txt", text_invoice()), ("b.txt", text_invoice(number="INV-2"))).as_bytes()
    options = JobOptions(policy="rules", max_output_tokens=77)
    mail = submit_document(data=letter, filename="m.eml", owner_id=owner.pk, origin=Origin("upload"), options=options)
    assert run_job(mail.job.id)
    mail.job.refresh_from_db()
    assert (mail.job.status, mail.job.outcome) == ("completed", "success")
    attached = Document.objects.filter(parent=mail.document).order_by("filename")
    assert [(d.filename, d.owner, d.source) for d in attached] == [
        ("a.txt", owner, "upload"),
        ("b.txt", owner, "upload"),
    ]
    job = ProcessingJob.objects.get(document=attached[0])
    assert (job.policy, job.max_output_tokens) == ("rules", 77)
    assert run_job(job.id)
    attached[0].refresh_from_db()
    assert Document.objects.get(id=attached[0].id).invoice is not None


def test_a_letter_without_attachments_is_read_itself() -> None:
    letter = message("Invoice", body=text_invoice().decode()).as_bytes()
    mail = submit_document(data=letter, filename="m.eml", options=JobOptions(policy="rules"))
    assert run_job(mail.job.id)
    document = Document.objects.get()
    assert document.invoice is not None
    assert document.invoice.invoice_number == "INV-1001"


def test_attachments_that_cannot_be_taken_do_not_stop_the_others() -> None:
    letter = message("March", ("bad.pdf", b"%PDF-1.7\n1 0 obj"), ("a.txt", text_invoice())).as_bytes()
    mail = submit_document(data=letter, filename="m.eml", options=JobOptions(policy="rules"))
    run_job(mail.job.id)
    assert [d.filename for d in Document.objects.filter(parent=mail.document)] == ["a.txt"]
