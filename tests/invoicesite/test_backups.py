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
from django.core.management import CommandError, call_command
from django.db import IntegrityError, connection
from django.utils import timezone
from django_q.models import Schedule
from pytest_django import Settings

from common.roles import Role
from invoices.models import Invoice, InvoiceChange
from invoices.services.decisions import reject_invoice
from invoicesite.backups.errors import BackupRefused
from invoicesite.backups.restoring import release_deliveries, release_spending, restore_backup
from invoicesite.backups.sealing import Seal
from invoicesite.backups.taking import backups_in, take_backup, thin_out
from invoicesite.backups.target import Target
from invoicesite.backups.tasks import back_up, ensure_schedule
from invoicesite.storage import document_storage
from invoicesite.webhooks.couriers import claim_delivery
from invoicesite.webhooks.models import Delivery, Event
from invoicesite.webhooks.services import hold_outbox
from processing.models import Budget, Document, ProcessingJob
from processing.services.documents import submit_document
from processing.spending.ledger import month_budget, month_key
from tests.databases import made_database, pointed_at
from tests.invoicesite.backed_up import answers, read, wrong
from tests.people import person
from tests.processing.invoice_files import text_invoice

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("own_storage")]


@pytest.fixture
def target(tmp_path: Path) -> Target:
    return Target(str(tmp_path / "kept"))


@pytest.fixture
def elsewhere(tmp_path: Path, settings: Settings) -> Iterator[None]:
    """Another database and another storage, both empty: a new machine."""
    with made_database("test_restored") as name, pointed_at(name):
        settings.STORAGES = {**settings.STORAGES, "default": document_storage((tmp_path / "new").as_uri())}
        yield


def test_a_backup_comes_back_on_another_machine_with_every_invoice_and_file(
    target: Target, request: pytest.FixtureRequest
) -> None:
    jobs = [read(number) for number in range(3)]
    reject_invoice(
        invoice_id=Invoice.objects.earliest("created_at").id, by=person("rita", Role.REVIEWER), why="Wrong address"
    )
    before = answers()
    taken = take_backup(target, seal=Seal())
    invoices = set(Invoice.objects.values_list("id", "invoice_number", "total_amount"))
    request.getfixturevalue("elsewhere")
    assert not Invoice.objects.exists()
    restored = restore_backup(target)
    assert (taken.documents, taken.copied, restored.documents, restored.written) == (3, 3, 3, 3)
    assert set(Invoice.objects.values_list("id", "invoice_number", "total_amount")) == invoices
    assert {job.id for job in ProcessingJob.objects.all()} == {job.id for job in jobs}
    assert wrong(deep=True) == {}
    assert answers() == before
    with pytest.raises(IntegrityError, match="only ever added to"):
        InvoiceChange.objects.update(why="")


def test_the_second_backup_copies_only_what_is_new(target: Target) -> None:
    read(1)
    take_backup(target, seal=Seal())
    read(2)
    again = take_backup(target, seal=Seal())
    assert (again.copied, again.kept) == (1, 1)
    assert len(backups_in(target)) == 2


def test_documents_that_come_in_meanwhile_are_whole_or_not_in_it(
    target: Target, request: pytest.FixtureRequest
) -> None:
    read(1)
    before = answers(lists=False)
    begun, stop = threading.Event(), threading.Event()

    def submit() -> None:
        number = 0
        while not stop.is_set():
            submit_document(data=f"{number} {text_invoice()!r}".encode(), filename="x.txt", enqueue=False)
            begun.set()
            number += 1
        connection.close()

    busy = threading.Thread(target=submit)
    busy.start()
    assert begun.wait(60)
    try:
        taken = take_backup(target, seal=Seal())
    finally:
        stop.set()
        busy.join()
    assert taken.missing == []
    request.getfixturevalue("elsewhere")
    restored = restore_backup(target)
    assert restored.documents == taken.documents == Document.objects.count()
    assert restored.documents > 1
    assert wrong(deep=True) == {}
    assert answers(lists=False) == before


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
        ("old", "is 8 days old"),
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
    elif damage == "old":
        long_ago = (timezone.now() - timedelta(days=8)).isoformat()
        manifest.write_text(json.dumps(told | {"made_at": long_ago}))
    else:
        manifest.write_text(manifest.read_text()[:50])
    before = set(Invoice.objects.values_list("id", flat=True))
    with pytest.raises(BackupRefused, match=said):
        restore_backup(target, replace=True)
    assert set(Invoice.objects.values_list("id", flat=True)) == before


def test_what_a_later_release_made_does_not_hold_up_a_backup_of_the_one_before(target: Target) -> None:
    job = read(1)
    take_backup(target, seal=Seal())
    with connection.cursor() as cursor:
        cursor.execute("CREATE TABLE later (document_id uuid REFERENCES processing_document)")
        cursor.execute("CREATE FUNCTION later(job processing_processingjob) RETURNS int LANGUAGE sql AS 'SELECT 1'")
        cursor.execute("CREATE VIEW later_view AS SELECT id FROM invoices_invoice")
    read(2)
    assert restore_backup(target, replace=True).documents == 1
    assert ProcessingJob.objects.get() == job
    assert not {"later", "later_view"} & set(connection.introspection.table_names(include_views=True))
    assert wrong(deep=True) == {}


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
    later = Delivery.objects.create(event=event, callback_url="https://hooks.example/later")
    assert claim_delivery() is None, "what happens meanwhile waits, too"
    with pytest.raises(BackupRefused, match="more than the month's ceiling"):
        release_spending(spent_since_usd=Decimal(51), user=None)
    opened = release_spending(spent_since_usd=Decimal("3.20"), user=None)
    assert (opened.budget_usd, opened.spent_usd) == (Decimal(50), month.spent_usd + Decimal("3.20"))
    with pytest.raises(BackupRefused, match="not closed by a restore"):
        release_spending(spent_since_usd=Decimal(0), user=None)
    assert release_deliveries(send=False) == 1
    held = claim_delivery()
    assert held is not None
    assert held.delivery == later
    assert list(Delivery.objects.values_list("status", flat=True).order_by("created_at")) == ["failed", "pending"]
    with pytest.raises(BackupRefused, match="No deliveries are held"):
        release_deliveries(send=True)


def test_held_deliveries_go_out_when_a_person_says_so() -> None:
    Delivery.objects.create(
        event=Event.objects.create(type="job.completed", data={}), callback_url="https://a.example/"
    )
    assert hold_outbox(why="restored") == 1
    assert hold_outbox(why="restored again") == 1
    assert claim_delivery() is None
    assert release_deliveries(send=True) == 1
    assert claim_delivery() is not None


def test_after_postgresql_itself_went_back_in_time_the_command_closes_month_and_outbox(settings: Settings) -> None:
    settings.MONTHLY_BUDGET_USD = Decimal(50)
    for _ in range(2):
        call_command("restore", hold=True)
    assert month_budget(month_key(timezone.now())).budget_usd == 0
    assert hold_outbox(why="already") == 0
    call_command("restore", release_spending="1", release_outbox="send")
    assert month_budget(month_key(timezone.now())).budget_usd == Decimal(50)


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


def test_the_backup_of_the_night_goes_where_the_settings_say(
    tmp_path: Path, settings: Settings, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(CommandError, match="set BACKUP_URL"):
        call_command("backup")
    assert back_up() is None
    key = pyrage.x25519.Identity.generate()
    settings.BACKUP_URL, settings.BACKUP_KEEP = (tmp_path / "nightly").as_uri(), 2
    settings.BACKUP_RECIPIENTS = [str(key.to_public())]
    for _ in range(3):
        call_command("backup")
    assert "1 older backups" in capsys.readouterr().out
    target = Target(settings.BACKUP_URL)
    assert len(backups_in(target)) == 2
    with pytest.raises(BackupRefused, match="encrypted"):
        restore_backup(target)
    ensure_schedule()
    schedule = Schedule.objects.get(name="backup")
    assert (schedule.func, schedule.schedule_type) == ("invoicesite.backups.tasks.back_up", Schedule.DAILY)


def test_ceilings_of_a_month_stay_as_they_were_after_reconciling_without_a_ceiling(target: Target) -> None:
    read(1)
    take_backup(target, seal=Seal())
    restore_backup(target, replace=True)
    assert release_spending(spent_since_usd=Decimal(0), user=None).budget_usd is None
    assert Budget.objects.get(scope="month").changes.count() == 2
