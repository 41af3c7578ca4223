"""Documents in: stored before a job exists, found again by their bytes, refused with a code."""

from __future__ import annotations

import hashlib
from concurrent.futures import ThreadPoolExecutor
from decimal import Decimal
from pathlib import Path

import pytest
from django.contrib.auth.models import User
from django.core.files.storage import default_storage
from django.db import connection
from django_q.models import OrmQ

from common.errors import InvoicesiteError
from processing.errors import DuplicateDocument, StorageUnavailable
from processing.models import Document, ProcessingJob
from processing.services.documents import JobOptions, Submission, submit_document
from processing.storage import fetch_bytes
from tests.processing.invoice_files import text_invoice

pytestmark = pytest.mark.usefixtures("own_storage")


def submit(data: bytes | None = None, **options: object) -> Submission:
    return submit_document(data=data or text_invoice(), filename="march.txt", **options)  # type: ignore[arg-type]


@pytest.mark.django_db
def test_the_bytes_that_come_back_are_the_bytes_that_went_in_under_a_key_of_our_own() -> None:
    data = text_invoice()
    document = submit_document(data=data, filename="../../etc/März ‮.txt").document
    assert fetch_bytes(key=document.storage_key, sha256=hashlib.sha256(data).hexdigest()) == data
    assert document.storage_key.startswith("raw/")
    assert document.storage_key.endswith(".txt")
    assert "etc" not in document.storage_key
    assert document.filename == "März .txt"


@pytest.mark.django_db
def test_document_job_and_queue_entry_appear_together() -> None:
    submission = submit(options=JobOptions(policy="rules", budget_usd=Decimal("0.05"), max_output_tokens=99))
    job = submission.job
    assert (job.status, job.policy, job.budget_usd, job.max_output_tokens) == (
        "pending", "rules", Decimal("0.05"), 99,
    )  # fmt: skip
    assert OrmQ.objects.count() == 1


@pytest.mark.django_db
def test_the_same_bytes_give_the_first_job_again() -> None:
    first = submit()
    second = submit()
    assert second.seen_before
    assert second.job == first.job
    assert (Document.objects.count(), ProcessingJob.objects.count(), OrmQ.objects.count()) == (1, 1, 1)


@pytest.mark.django_db
def test_the_same_bytes_of_another_owner_are_another_document() -> None:
    owner = User.objects.create_user("dana")
    assert submit().document != submit(owner_id=owner.pk).document


@pytest.mark.django_db
def test_a_repeat_is_refused_where_the_caller_wants_it_refused() -> None:
    submit()
    with pytest.raises(DuplicateDocument, match=r"march\.txt"):
        submit(refuse_duplicate=True)


@pytest.mark.django_db
def test_a_failed_job_is_tried_again_when_its_file_comes_again_and_trying_may_help() -> None:
    first = submit()
    ended = {"status": "failed", "outcome": "timeout", "finished_at": first.document.created_at}
    ProcessingJob.objects.update(**ended, error_code="llm_timeout")
    again = submit()
    assert again.job == first.job
    assert not again.seen_before
    ProcessingJob.objects.update(**ended, error_code="extraction_failed")
    assert submit().seen_before, "an unreadable file stays unreadable"


@pytest.mark.django_db(transaction=True)
def test_the_same_bytes_submitted_at_the_same_moment_make_one_document_and_leave_one_file(own_storage: Path) -> None:
    def once(_: int) -> Submission:
        try:
            return submit()
        finally:
            connection.close()

    with ThreadPoolExecutor(8) as pool:
        submissions = list(pool.map(once, range(8)))
    assert len({s.job.id for s in submissions}) == 1
    assert sum(not s.seen_before for s in submissions) == 1
    assert len([path for path in own_storage.rglob("*") if path.is_file()]) == 1
    assert OrmQ.objects.count() == 1


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("data", "filename", "code"),
    [
        (b"", "a.pdf", "empty_file"),
        (b"   \n", "a.txt", "empty_file"),
        (b"\x00\x01\x02\x03" * 100, "a.bin", "unsupported_format"),
        (b"\x89PNG\r\n\x1a\n" + b"\x00" * 64, "a.pdf", "unsupported_format"),
        (text_invoice() + b" " * (10 * 1024 * 1024), "a.txt", "file_too_large"),
    ],
)
def test_a_file_that_cannot_be_taken_leaves_nothing_behind(
    data: bytes, filename: str, code: str, own_storage: Path
) -> None:
    with pytest.raises(InvoicesiteError) as caught:
        submit_document(data=data, filename=filename)
    assert caught.value.code == code
    assert caught.value.message
    assert not Document.objects.exists()
    assert not [path for path in own_storage.rglob("*") if path.is_file()]


@pytest.mark.django_db
def test_a_file_changed_in_the_storage_is_noticed() -> None:
    document = submit().document
    default_storage.delete(document.storage_key)
    with default_storage.open(document.storage_key, "wb") as file:
        file.write(b"something else")
    with pytest.raises(StorageUnavailable, match="differs from the file"):
        fetch_bytes(key=document.storage_key, sha256=document.sha256)
