"""The doctor finds each kind of thing that does not fit together, made on purpose, and mends it where that is safe."""

from __future__ import annotations

import os
from datetime import timedelta
from decimal import Decimal
from pathlib import Path

import pyrage
import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import connection
from django.db.migrations.recorder import MigrationRecorder
from django.utils import timezone
from pytest_django import Settings

from common.roles import Role
from invoices.models import Invoice, InvoiceChange
from invoices.services.decisions import reject_invoice
from invoicesite.backups.mending import Source
from invoicesite.backups.sealing import Seal
from invoicesite.backups.taking import backups_in, take_backup
from invoicesite.backups.target import Target
from processing.models import Document, LLMCall, ProcessingJob
from processing.pipeline.run import run_job
from processing.services.documents import submit_document
from tests.databases import histories_open
from tests.invoicesite.backed_up import read, wrong
from tests.people import person
from tests.processing.ledger_factories import make_job

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("own_storage")]


@pytest.fixture
def target(tmp_path: Path) -> Target:
    return Target(str(tmp_path / "kept"))


def test_it_finds_a_file_that_is_gone_cut_or_changed() -> None:
    gone, cut, changed = (Document.objects.get(id=read(number).document_id) for number in range(3))
    default_storage.delete(gone.storage_key)
    os.truncate(default_storage.path(cut.storage_key), 10)
    path = Path(default_storage.path(changed.storage_key))
    path.write_bytes(bytes(reversed(path.read_bytes())))
    assert wrong()["row_without_file"].count == 2
    assert wrong(deep=True)["row_without_file"].count == 3


def test_it_removes_files_that_outages_left_but_none_that_is_young() -> None:
    for name in ("raw/2026/01/old.pdf", "raw/2026/11/young.pdf"):
        default_storage.save(name, ContentFile(b"%PDF-"))
    old = Path(default_storage.path("raw/2026/01/old.pdf"))
    os.utime(old, (old.stat().st_atime, old.stat().st_mtime - 172_800))
    found = wrong(fix=True)["file_without_row"]
    assert (found.examples, found.mended) == (["raw/2026/01/old.pdf"], 1)
    assert wrong() == {}
    assert default_storage.exists("raw/2026/11/young.pdf")


def test_it_takes_back_what_a_dead_worker_held_and_settles_its_call() -> None:
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


def test_it_brings_back_a_lost_file_from_a_backup_or_from_another_document(target: Target) -> None:
    gone, cut = (Document.objects.get(id=read(number).document_id) for number in range(2))
    key = pyrage.x25519.Identity.generate()
    take_backup(target, seal=Seal((str(key.to_public()),)))
    default_storage.delete(gone.storage_key)
    os.truncate(default_storage.path(cut.storage_key), 10)
    assert wrong(fix=True)["row_without_file"].mended == 0
    assert wrong(fix=True, source=Source(target))["row_without_file"].mended == 0, "without the key"
    assert wrong(fix=True, source=Source(target, str(key)))["row_without_file"].mended == 2
    assert wrong(deep=True) == {}
    data = default_storage.open(gone.storage_key).read()
    other = submit_document(data=data, filename="x.txt", owner_id=person("kim").pk, enqueue=False).document
    default_storage.delete(other.storage_key)
    assert wrong(fix=True)["row_without_file"].mended == 1
    assert "row_without_file" not in wrong(deep=True)


def test_it_makes_a_sum_what_its_calls_say_but_not_past_its_ceiling() -> None:
    adds_up_to_less, past_its_ceiling = make_job(), make_job()
    ProcessingJob.objects.filter(id=adds_up_to_less.id).update(spent_usd=Decimal("0.005"))
    LLMCall.objects.create(
        job=past_its_ceiling, run_id="x-0", attempt=0, model="m", state="settled", max_output_tokens=300,
        reserved_usd=Decimal(1), cost_usd=Decimal(1), finished_at=timezone.now(),
    )  # fmt: skip
    found = wrong(fix=True)["ledger_differs"]
    assert (found.count, found.mended) == (2, 1)
    assert wrong()["ledger_differs"].examples[0].startswith(f"job {past_its_ceiling.id}")


def test_it_links_an_invoice_to_its_document_again() -> None:
    job = read(1)
    Document.objects.filter(id=job.document_id).update(invoice=None)
    found = wrong(fix=True)
    assert found["invoice_without_document"].mended == 1
    assert wrong() == {}


def test_it_reads_a_document_again_whose_record_is_gone() -> None:
    job = read(1)
    Document.objects.filter(id=job.document_id).update(invoice=None)
    Invoice.objects.update(source_sha256="")
    assert wrong(fix=True)["result_without_record"].mended == 1
    again = ProcessingJob.objects.get(status="pending")
    assert run_job(again.id)
    assert wrong() == {}


def test_it_links_older_history_and_shows_what_was_forged() -> None:
    read(1)
    reject_invoice(invoice_id=Invoice.objects.get().id, by=person("rita", Role.REVIEWER), why="Wrong address")
    with histories_open():
        InvoiceChange.objects.update(position=None, salt=None, hash="")
    assert wrong(fix=True)["history_unlinked"].mended == 1
    assert wrong() == {}
    with histories_open():
        InvoiceChange.objects.update(why="Right address")
    found = wrong(fix=True)["history_broken"]
    assert (found.count, found.mended) == (1, 0)


def test_it_takes_a_backup_where_the_newest_is_old(tmp_path: Path, settings: Settings) -> None:
    settings.BACKUP_URL = (tmp_path / "nightly").as_uri()
    target = Target(settings.BACKUP_URL)
    take_backup(target, seal=Seal(), now=timezone.now() - timedelta(days=3))
    assert wrong(fix=True)["backup_old"].mended == 1
    assert len(backups_in(target)) == 2
    assert wrong() == {}


def test_it_applies_migrations_that_are_open() -> None:
    MigrationRecorder(connection).record_unapplied("webhooks", "0004_outbox_hold")
    with connection.cursor() as cursor:
        cursor.execute("DROP TABLE webhooks_outboxhold")
    assert wrong()["migrations_open"].examples == ["webhooks.0004_outbox_hold"]
    assert wrong(fix=True)["migrations_open"].mended == 1
    assert wrong() == {}


def test_it_shows_settings_that_cannot_work(settings: Settings) -> None:
    settings.AUTHENTICATION_BACKENDS = []
    settings.MIDDLEWARE = []
    assert wrong()["settings_wrong"].count >= 1
