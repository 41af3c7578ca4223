"""Backups are taken while everything runs, come back whole, and are refused where they are not; the doctor sees what
does not fit together."""

from __future__ import annotations

import json
import os
import shutil
import threading
from collections.abc import Iterator
from datetime import timedelta
from decimal import Decimal
from pathlib import Path

import pyrage
import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.core.management import CommandError, call_command
from django.db import connection
from django.utils import timezone
from pytest_django import Settings

from invoices.models import Invoice
from invoicesite.backups.doctor import Complaint, examine
from invoicesite.backups.errors import BackupRefused
from invoicesite.backups.restoring import release_outbox, release_spending, restore_backup
from invoicesite.backups.sealing import Seal
from invoicesite.backups.taking import backups_in, take_backup, thin_out
from invoicesite.backups.target import Target
from invoicesite.storage import document_storage
from invoicesite.webhooks.models import Delivery, Event
from processing.models import Budget, Document, LLMCall, ProcessingJob
from processing.pipeline.run import run_job
from processing.services.documents import submit_document
from processing.spending.ledger import month_budget, month_key
from tests.databases import made_database, pointed_at
from tests.processing.invoice_files import text_invoice
from tests.processing.ledger_factories import make_job

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("own_storage")]


def read(number: int) -> ProcessingJob:
    """A document of its own, read into an invoice by rules."""
    data = text_invoice().replace(b"\n", f"\nOur file {number}\n".encode(), 1)
    job = submit_document(data=data, filename=f"in-{number}.txt", enqueue=False).job
    assert run_job(job.id)
    return job


@pytest.fixture
def target(tmp_path: Path) -> Target:
    return Target(str(tmp_path / "kept"))


@pytest.fixture
def elsewhere(tmp_path: Path, settings: Settings) -> Iterator[None]:
    """Another database and another storage, both empty: a new machine."""
    with made_database("test_restored") as name, pointed_at(name):
        settings.STORAGES = {**settings.STORAGES, "default": document_storage((tmp_path / "new").as_uri())}
        yield


def wrong(*, fix: bool = False, deep: bool = False) -> dict[str, Complaint]:
    return {found.code: found for found in examine(fix=fix, deep=deep) if found.count}


def test_a_backup_comes_back_on_another_machine_with_every_invoice_and_file(
    target: Target, request: pytest.FixtureRequest
) -> None:
    jobs = [read(number) for number in range(3)]
    taken = take_backup(target, seal=Seal())
    invoices = set(Invoice.objects.values_list("id", "invoice_number", "total_amount"))
    request.getfixturevalue("elsewhere")
    assert not Invoice.objects.exists()
    restored = restore_backup(target)
    assert (taken.documents, taken.copied, restored.documents, restored.written) == (3, 3, 3, 3)
    assert set(Invoice.objects.values_list("id", "invoice_number", "total_amount")) == invoices
    assert {job.id for job in ProcessingJob.objects.all()} == {job.id for job in jobs}
    assert wrong(deep=True) == {}


def test_the_second_backup_copies_only_what_is_new(target: Target) -> None:
    read(1)
    take_backup(target, seal=Seal())
    read(2)
    again = take_backup(target, seal=Seal())
    assert (again.copied, again.kept) == (1, 1)
    assert len(backups_in(target)) == 2


def test_documents_that_come_in_meanwhile_are_whole_or_not_in_it(target: Target, elsewhere: None) -> None:
    stop = threading.Event()

    def submit() -> None:
        number = 0
        while not stop.is_set():
            submit_document(data=f"{number} {text_invoice()!r}".encode(), filename="x.txt", enqueue=False)
            number += 1
        connection.close()

    busy = threading.Thread(target=submit)
    busy.start()
    try:
        taken = take_backup(target, seal=Seal())
    finally:
        stop.set()
        busy.join()
    assert taken.missing == []
    restored = restore_backup(target, replace=True)
    assert restored.documents == taken.documents == Document.objects.count()
    assert "row_without_file" not in wrong(deep=True)


def test_an_encrypted_backup_opens_with_its_key_alone(target: Target, request: pytest.FixtureRequest) -> None:
    read(1)
    key, other = pyrage.x25519.Identity.generate(), pyrage.x25519.Identity.generate()
    take_backup(target, seal=Seal((str(key.to_public()),)))
    everything = b"".join(Path(target.storage.path(n)).read_bytes() for n in target.files("files"))
    assert b"Our file" not in everything
    request.getfixturevalue("elsewhere")
    with pytest.raises(BackupRefused, match="encrypted: name the file"):
        restore_backup(target)
    with pytest.raises(BackupRefused, match="another key"):
        restore_backup(target, identity=str(other))
    assert restore_backup(target, identity=str(key)).written == 1
    assert wrong(deep=True) == {}


@pytest.mark.parametrize(
    ("damage", "said"),
    [
        ("dump_cut", "cut or damaged"),
        ("no_manifest", "no whole backup"),
        ("file_gone", "lacks 1 of its 1 files"),
        ("format", "reads 1"),
        ("newer_release", "another release"),
        ("manifest_cut", "is damaged"),
    ],
)
def test_a_backup_that_cannot_be_used_is_refused_before_anything_changes(
    target: Target, damage: str, said: str
) -> None:
    read(1)
    name = take_backup(target, seal=Seal()).name
    folder = Path(target.storage.path(f"backups/{name}"))
    manifest = folder / "manifest.json"
    told = json.loads(manifest.read_text())
    if damage == "dump_cut":
        os.truncate(folder / "database.dump", 1000)
    elif damage == "no_manifest":
        manifest.unlink()
    elif damage == "file_gone":
        shutil.rmtree(target.storage.path("files"))
    elif damage == "format":
        manifest.write_text(json.dumps(told | {"format": 7}))
    elif damage == "newer_release":
        manifest.write_text(json.dumps(told | {"migrations": {"invoices": "9999_later"}}))
    else:
        manifest.write_text(manifest.read_text()[:50])
    before = set(Invoice.objects.values_list("id", flat=True))
    with pytest.raises(BackupRefused, match=said):
        restore_backup(target, replace=True)
    assert set(Invoice.objects.values_list("id", flat=True)) == before


def test_records_are_not_replaced_unless_it_is_said(target: Target) -> None:
    read(1)
    take_backup(target, seal=Seal())
    with pytest.raises(BackupRefused, match="--replace"):
        restore_backup(target)


def test_after_a_restore_nothing_is_spent_or_sent_until_a_person_says_so(target: Target, settings: Settings) -> None:
    settings.MONTHLY_BUDGET_USD = Decimal(50)
    read(1)
    event = Event.objects.create(type="job.completed", data={})
    Delivery.objects.create(event=event, callback_url="https://hooks.example/")
    take_backup(target, seal=Seal())
    assert restore_backup(target, replace=True).held_deliveries == 1
    month = month_budget(month_key(timezone.now()))
    assert month.budget_usd == month.spent_usd + month.reserved_usd
    assert not Delivery.objects.filter(next_at__lte=timezone.now() + timedelta(days=365)).exists()
    with pytest.raises(BackupRefused, match="more than the month's ceiling"):
        release_spending(spent_since_usd=Decimal(51), user=None)
    opened = release_spending(spent_since_usd=Decimal("3.20"), user=None)
    assert (opened.budget_usd, opened.spent_usd) == (Decimal(50), month.spent_usd + Decimal("3.20"))
    with pytest.raises(BackupRefused, match="not closed by a restore"):
        release_spending(spent_since_usd=Decimal(0), user=None)
    assert release_outbox(send=False) == 1
    assert Delivery.objects.get().status == Delivery.Status.FAILED


def test_old_backups_go_with_the_files_that_only_they_had(target: Target) -> None:
    first = read(1)
    take_backup(target, seal=Seal())
    Document.objects.filter(id=first.document_id).update(purged_at=timezone.now())
    read(2)
    newest = take_backup(target, seal=Seal()).name
    assert thin_out(target, keep=1) == (1, 1)
    assert backups_in(target) == [newest]
    assert len(list(target.files("files"))) == 1


def test_the_commands_do_it_from_the_terminal(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    read(1)
    call_command("backup", str(tmp_path / "kept"), keep=3)
    assert "1 documents (1 files copied" in capsys.readouterr().out
    call_command("doctor")
    assert "Everything fits together." in capsys.readouterr().out
    with pytest.raises(CommandError, match="--replace"):
        call_command("restore", str(tmp_path / "kept"))
    call_command("restore", str(tmp_path / "kept"), replace=True)
    assert "Restored" in capsys.readouterr().out
    call_command("restore", release_spending="0.10", release_outbox="drop")
    assert "is open again" in capsys.readouterr().out


class TestDoctor:
    def test_it_finds_a_file_that_is_gone_cut_or_changed(self) -> None:
        gone, cut, changed = (Document.objects.get(id=read(number).document_id) for number in range(3))
        default_storage.delete(gone.storage_key)
        os.truncate(default_storage.path(cut.storage_key), 10)
        path = Path(default_storage.path(changed.storage_key))
        path.write_bytes(bytes(reversed(path.read_bytes())))
        assert wrong()["row_without_file"].count == 2
        assert wrong(deep=True)["row_without_file"].count == 3

    def test_it_removes_files_that_outages_left_but_none_that_is_young(self) -> None:
        for name in ("raw/2026/01/old.pdf", "raw/2026/11/young.pdf"):
            default_storage.save(name, ContentFile(b"%PDF-"))
        old = Path(default_storage.path("raw/2026/01/old.pdf"))
        os.utime(old, (old.stat().st_atime, old.stat().st_mtime - 172_800))
        found = wrong(fix=True)["file_without_row"]
        assert (found.examples, found.mended) == (["raw/2026/01/old.pdf"], 1)
        assert wrong() == {}
        assert default_storage.exists("raw/2026/11/young.pdf")

    def test_it_takes_back_what_a_dead_worker_held_and_settles_its_call(self) -> None:
        job = make_job()
        past = timezone.now() - timedelta(hours=1)
        ProcessingJob.objects.filter(id=job.id).update(
            status="processing", lease_until=past, lease_token=job.id, attempts=1, reserved_usd=Decimal("0.01")
        )
        call = LLMCall.objects.create(
            job=job, run_id="x-0", attempt=0, model="m", reserved_usd=Decimal("0.01"), max_output_tokens=300
        )
        LLMCall.objects.filter(pk=call.pk).update(started_at=past)
        found = wrong(fix=True)
        assert (found["job_lost"].mended, found["reservation_stuck"].mended) == (1, 1)
        assert wrong().keys() & {"job_lost", "reservation_stuck", "ledger_differs"} == set()

    def test_it_shows_a_ledger_that_does_not_add_up_and_leaves_it_alone(self) -> None:
        job = make_job()
        ProcessingJob.objects.filter(id=job.id).update(spent_usd=Decimal("0.005"))
        assert wrong(fix=True)["ledger_differs"].count == 1
        assert wrong()["ledger_differs"].mended == 0

    def test_it_finds_a_result_whose_record_is_gone(self) -> None:
        job = read(1)
        Document.objects.filter(id=job.document_id).update(invoice=None)
        found = wrong()["result_without_record"]
        assert found.count == 2  # the job has no invoice, the invoice no document


def test_ceilings_of_a_month_stay_as_they_were_after_reconciling_without_a_ceiling(target: Target) -> None:
    read(1)
    take_backup(target, seal=Seal())
    restore_backup(target, replace=True)
    assert release_spending(spent_since_usd=Decimal(0), user=None).budget_usd is None
    assert Budget.objects.get(scope="month").changes.count() == 2
