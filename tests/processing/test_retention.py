"""Files go at the end of their retention, records stay."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from django.utils import timezone
from pytest_django import Settings

from invoices.models import Invoice
from invoices.queries import invoice_data
from invoices.services.writing import add_words
from processing.errors import StorageUnavailable
from processing.models import Document, LLMCall, MailMessage, ProcessingJob, StoredContent
from processing.pipeline.run import run_job
from processing.services import retention
from processing.services.documents import JobOptions, submit_document
from processing.services.legal_hold import set_legal_hold
from processing.services.retention import forget_purged, purge_expired
from processing.storage import delete_bytes
from tests.processing.invoice_files import text_invoice

pytestmark = [pytest.mark.django_db]

YEARS_AGO = timezone.now() - timedelta(days=1000)


def processed(number: int, *, old: bool = True) -> Document:
    submission = submit_document(
        data=text_invoice(number=f"INV-{number}"), filename=f"{number}.txt", options=JobOptions(policy="rules")
    )
    run_job(submission.job.id)
    if old:
        Document.objects.filter(id=submission.document.id).update(created_at=YEARS_AGO)
        ProcessingJob.objects.filter(id=submission.job.id).update(created_at=YEARS_AGO, finished_at=YEARS_AGO)
    return Document.objects.get(id=submission.document.id)


def files(storage: Path) -> int:
    return sum(path.is_file() for path in storage.rglob("*"))


def purge() -> list[str]:
    return [purged.document.filename for purged in purge_expired(before=timezone.now() - timedelta(days=30))]


def test_expired_files_are_deleted_and_their_records_say_so(own_storage: Path) -> None:
    old, new = processed(1), processed(2, old=False)
    assert purge() == ["1.txt"]
    old.refresh_from_db()
    new.refresh_from_db()
    assert old.purged_at is not None
    assert old.invoice is not None, "the invoice stays"
    assert old.jobs.count() == 1
    assert not StoredContent.objects.filter(document=old).exists()
    assert new.purged_at is None
    assert StoredContent.objects.filter(document=new).exists()
    assert files(own_storage) == 1
    assert purge() == []


def test_a_legal_hold_keeps_the_file_and_what_came_inside_of_it(own_storage: Path) -> None:
    held, part = processed(1), processed(2)
    Document.objects.filter(id=part.id).update(parent=held)
    set_legal_hold(document_id=held.id, held=True, why="Claim 17", by=None)
    assert purge() == []
    assert files(own_storage) == 2
    set_legal_hold(document_id=held.id, held=False, why="Settled", by=None)
    assert sorted(purge()) == ["1.txt", "2.txt"]


def with_replies(document: Document) -> Document:
    """As if a model had read it, from a mail."""
    job = document.jobs.get()
    ProcessingJob.objects.filter(id=job.id).update(raw_response='{"vendor_name": "Jane Doe"}')
    LLMCall.objects.create(
        job=job, run_id="x-0", attempt=0, model="m", reserved_usd=Decimal("0.01"), max_output_tokens=300,
        cost_usd=Decimal("0.004"), state="settled", finished_at=timezone.now(),
        raw_reply='{"vendor_name": "Jane Doe"}',
    )  # fmt: skip
    mail = MailMessage.objects.create(
        mailbox="in@example.org/INBOX", uid_validity=1, uid=MailMessage.objects.count(), sha256=document.sha256,
        message_id="<1@example.org>", sender="Jane Doe <jane@example.org>", subject="Invoice", status="taken",
    )  # fmt: skip
    mail.documents.add(document)
    return document


def left_of(document: Document) -> list[str]:
    """What still holds words of a document."""
    mail = MailMessage.objects.get(documents=document)
    call = LLMCall.objects.get(job__document=document)
    assert call.cost_usd == Decimal("0.004"), "what was spent stays"
    assert document.invoice is not None
    return [
        name
        for name, is_left in {
            "reply of the job": document.jobs.get().raw_response,
            "reply of the call": call.raw_reply,
            "content": StoredContent.objects.filter(document=document).exists(),
            "sender": mail.sender + mail.subject,
            "words": Invoice.objects.filter(pk=document.invoice.pk).extra(where=["search @@ 'bezahlen'"]).exists(),
        }.items()
        if is_left
    ]


def test_replies_content_mail_and_words_of_the_text_go_with_the_file(own_storage: Path) -> None:
    old, new = with_replies(processed(1)), with_replies(processed(2, old=False))
    assert old.invoice is not None
    assert new.invoice is not None
    for document in (old, new):
        add_words(document.invoice, invoice_data(document.invoice), text="bitte bezahlen")  # type: ignore[arg-type]
    assert purge() == ["1.txt"]
    assert left_of(old) == []
    assert left_of(new) == ["reply of the job", "reply of the call", "content", "sender", "words"]
    number = "'inv1'"
    with connection.cursor() as cursor:
        cursor.execute("SELECT search::text FROM invoices_invoice WHERE id = %s", [old.invoice.pk])
        assert number in cursor.fetchone()[0], "it is found by its values as before"


def test_replies_of_files_that_went_before_go_by_the_next_purge(own_storage: Path) -> None:
    gone = with_replies(processed(1))
    Document.objects.filter(id=gone.id).update(purged_at=timezone.now())
    assert forget_purged() == 1
    assert not {"reply of the job", "reply of the call"} & set(left_of(gone))
    assert forget_purged() == 0


def test_a_file_that_is_being_worked_on_stays(own_storage: Path) -> None:
    document = processed(1)
    ended = {"status": "pending", "outcome": "", "finished_at": None}
    ProcessingJob.objects.filter(document=document).update(**ended)
    assert purge() == []


def test_a_file_that_comes_again_after_it_was_deleted_is_kept_for_its_time(own_storage: Path) -> None:
    processed(1)
    purge()
    again = submit_document(data=text_invoice(number="INV-1"), filename="1.txt", anew=True)
    assert again.document.purged_at is None
    assert files(own_storage) == 1
    ProcessingJob.objects.filter(id=again.job.id).update(
        status="completed", outcome="success", finished_at=timezone.now()
    )
    assert purge() == []


def test_a_file_that_cannot_be_deleted_is_tried_again_and_does_not_stop_the_others(
    own_storage: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    stuck = processed(1)
    processed(2)

    def once(*, key: str) -> None:
        if key == stuck.storage_key:
            raise StorageUnavailable
        delete_bytes(key=key)

    monkeypatch.setattr(retention, "delete_bytes", once)
    results = list(purge_expired(before=timezone.now()))
    assert sorted(bool(purged.error) for purged in results) == [False, True]
    stuck.refresh_from_db()
    assert stuck.purged_at is None
    assert StoredContent.objects.filter(document=stuck).exists(), "nothing of it is half gone"
    monkeypatch.undo()
    assert purge() == ["1.txt"]


def test_the_command_lists_before_it_deletes(own_storage: Path, settings: Settings) -> None:
    processed(1)
    settings.RETENTION_DAYS = 30
    out = StringIO()
    call_command("purge_expired", "--dry-run", stdout=out)
    assert "1.txt" in out.getvalue()
    assert "1 files" in out.getvalue()
    assert files(own_storage) == 1
    call_command("purge_expired", stdout=out)
    assert files(own_storage) == 0


def test_the_command_needs_a_retention(settings: Settings) -> None:
    settings.RETENTION_DAYS = None
    with pytest.raises(CommandError, match="RETENTION_DAYS"):
        call_command("purge_expired")
