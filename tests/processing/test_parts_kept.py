"""Parts under kills, in batches, twice, and at the end of their retention; files within files are bounded."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from common.roles import Role
from invoices.models import Invoice
from processing.models import Batch, Document, ProcessingJob
from processing.pipeline import parts
from processing.pipeline.run import run_job
from processing.services.documents import JobOptions, submit_document
from processing.services.jobs import take_back_lost_jobs
from processing.services.open_batches import open_batch
from processing.services.retention import purge_expired
from processing.workers.sweeping import sweep_jobs
from tests.people import person
from tests.processing.hostile import zip_of
from tests.processing.invoice_files import text_invoice

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("own_storage")]

RULES = JobOptions(policy="rules")


def run_all() -> None:
    while (job := ProcessingJob.objects.filter(status="pending").order_by("created_at").first()) is not None:
        assert run_job(job.id)


def archive(*numbers: int) -> bytes:
    return zip_of({f"{number}.txt": text_invoice(number=f"INV-{number}") for number in numbers})


class Killed(BaseException):
    """The process ended there."""


@pytest.mark.parametrize("at", [1, 2, 3])
def test_a_worker_that_dies_between_parts_makes_each_once(at: int, monkeypatch: pytest.MonkeyPatch) -> None:
    file = submit_document(data=archive(1, 2, 3), filename="a.zip", options=RULES)
    submit, calls = parts.submit_document, 0

    def dies(**given: Any) -> Any:
        nonlocal calls
        calls += 1
        made = submit(**given)
        if calls == at:
            raise Killed
        return made

    monkeypatch.setattr(parts, "submit_document", dies)
    with pytest.raises(Killed):
        run_job(file.job.id)
    monkeypatch.undo()
    ProcessingJob.objects.filter(id=file.job.id).update(lease_until=timezone.now() - timedelta(seconds=1))
    assert take_back_lost_jobs() == 1
    ProcessingJob.objects.update(not_before=None)
    run_all()
    assert sorted(Invoice.objects.values_list("invoice_number", flat=True)) == ["INV-1", "INV-2", "INV-3"]
    assert ProcessingJob.objects.filter(document__parent=file.document).count() == 3
    file.document.refresh_from_db()
    assert [note["number"] for note in file.document.source_detail["parts"]] == [1, 2, 3]


def test_a_part_whose_worker_was_never_woken_is_found_by_the_sweep() -> None:
    file = submit_document(data=archive(1), filename="a.zip", options=RULES)
    assert run_job(file.job.id)
    assert sweep_jobs() is not None
    assert ProcessingJob.objects.get(document__parent=file.document).status == "pending"


def test_parts_count_in_the_batch_of_their_file_each_under_its_own_ceiling() -> None:
    batch = open_batch(owner_id=None, kind="invoice", name="March", budget_usd=Decimal("0.50"))
    options = JobOptions(policy="rules", budget_usd=Decimal("0.01"))
    submit_document(data=archive(1, 2), filename="a.zip", options=options, batch=batch)
    run_all()
    jobs = ProcessingJob.objects.filter(batch=batch)
    assert jobs.count() == 3
    assert {job.budget_usd for job in jobs} == {Decimal("0.01")}
    assert Batch.objects.get(id=batch.id).spent_usd == sum(job.spent_usd for job in jobs)


def test_the_same_invoice_in_two_archives_is_one_document() -> None:
    first = submit_document(data=archive(1, 2), filename="a.zip", options=RULES)
    second = submit_document(data=archive(2, 3), filename="b.zip", options=RULES)
    run_all()
    assert Invoice.objects.count() == 3
    first.document.refresh_from_db()
    second.document.refresh_from_db()
    noted = [[note["document"] for note in each.document.source_detail["parts"]] for each in (first, second)]
    assert noted[0][1] == noted[1][0]
    assert Document.objects.filter(parent__isnull=False).count() == 3


def test_a_file_and_its_parts_go_at_the_end_of_their_retention_and_records_stay() -> None:
    file = submit_document(data=archive(1, 2), filename="a.zip", options=RULES)
    run_all()
    ago = timezone.now() - timedelta(days=1000)
    Document.objects.update(created_at=ago)
    ProcessingJob.objects.update(created_at=ago, finished_at=ago)
    gone = {purged.document.filename for purged in purge_expired(before=timezone.now() - timedelta(days=30))}
    assert gone == {"a.zip", "1.txt", "2.txt"}
    assert Invoice.objects.count() == 2
    assert Document.objects.filter(parent=file.document, purged_at=None).count() == 0


def test_archives_within_archives_do_not_multiply(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(parts, "MAX_WITHIN", 8)
    inner = [archive(10 * n, 10 * n + 1, 10 * n + 2) for n in range(1, 5)]
    submit_document(data=zip_of({f"{n}.zip": data for n, data in enumerate(inner)}), filename="a.zip", options=RULES)
    run_all()
    assert Invoice.objects.count() == 3
    refused = ProcessingJob.objects.filter(status="failed", error_code="extraction_failed")
    assert refused.count() == 3
    assert all("more than 8 files" in job.error_message for job in refused)


def test_a_file_that_was_taken_apart_says_so_and_lists_its_documents(client: Client) -> None:
    owner = person("ada", Role.OPERATOR)
    file = submit_document(data=archive(1, 2), filename="a.zip", options=RULES, owner_id=owner.pk)
    run_all()
    client.force_login(owner)
    page = client.get(reverse("job", args=[file.job.id])).content.decode()
    assert "Taken apart" in page
    assert "No result" not in page
    assert [f"a.zip#{number}" in page or f"{number}.txt" in page for number in (1, 2)] == [True, True]
    assert "Taken apart" in client.get(reverse("home")).content.decode()
