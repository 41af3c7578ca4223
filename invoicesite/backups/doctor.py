"""The doctor: what in database and storage does not fit together, and what of it can be mended safely."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import timedelta
from uuid import UUID

from django.conf import settings
from django.core.checks import ERROR, run_checks
from django.core.files.storage import default_storage
from django.core.management import call_command
from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from django.db.models import DecimalField, F, OuterRef, Subquery, Sum, Value
from django.db.models.functions import Coalesce
from django.utils import timezone

from invoices.exporting.history import broken_links
from invoices.models import Invoice, InvoiceChange
from invoices.services.history import chain_older_changes
from invoicesite.backups import mending
from invoicesite.backups.errors import BackupRefused
from invoicesite.backups.mending import Source
from invoicesite.backups.sealing import Seal
from invoicesite.backups.taking import backups_in, take_backup
from invoicesite.backups.target import Target
from processing.errors import StorageUnavailable
from processing.models import Batch, Budget, Document, LLMCall, ProcessingJob
from processing.services.jobs import take_back_lost_jobs
from processing.spending.ledger import settle_abandoned_calls
from processing.storage import delete_bytes, fetch_bytes

RAW = "raw"  # where documents lie in the storage (processing.storage.new_key)
# Bytes are stored before their row: what is younger may belong to a submission under way.
YOUNG = timedelta(days=1)
STUCK = timedelta(minutes=10)
BACKUP_AGE = timedelta(days=2)
_SHOWN = 20

_MONEY: DecimalField[object, object] = DecimalField(max_digits=18, decimal_places=10)


@dataclass(slots=True)
class Complaint:
    """One kind of thing that is wrong: how many, the first of them by name, and how many were mended."""

    code: str
    meaning: str
    count: int = 0
    examples: list[str] = field(default_factory=list)
    mended: int = 0

    def add(self, example: str) -> None:
        self.count += 1
        if len(self.examples) < _SHOWN:
            self.examples.append(example)


@dataclass(frozen=True, slots=True)
class Orders:
    """``fix`` mends what is safe to mend, lost files from ``source``; ``deep`` reads every file and compares its
    hash."""

    fix: bool = False
    deep: bool = False
    source: Source | None = None


Check = Callable[[Orders], Complaint]


def examine(*, fix: bool = False, deep: bool = False, source: Source | None = None) -> Iterator[Complaint]:
    """Every check in turn, with a count of 0 where all is well; with ``Orders``."""
    orders = Orders(fix, deep, source)
    for check in (
        _migrations, _settings, _rows_without_files, _files_without_rows, _lost_jobs, _stuck_reservations,
        _ledger_sums, _invoices_without_documents, _results_without_records, _unlinked_history, _broken_history,
        _old_backups,
    ):  # fmt: skip
        yield check(orders)
        if check is _migrations and _open_migrations():
            return  # the other checks look at columns that may not be there yet


def _open_migrations() -> list[str]:
    executor = MigrationExecutor(connection)
    plan = executor.migration_plan(executor.loader.graph.leaf_nodes())
    return [f"{migration.app_label}.{migration.name}" for migration, _ in plan]


def _migrations(orders: Orders) -> Complaint:
    found = Complaint("migrations_open", "Migrations are not applied; run manage.py migrate")
    for name in _open_migrations():
        found.add(name)
    if orders.fix and found.count:
        call_command("migrate", verbosity=0, interactive=False)
        found.mended = found.count - len(_open_migrations())
    return found


def _settings(orders: Orders) -> Complaint:
    found = Complaint("settings_wrong", "System checks find settings that contradict or cannot work")
    for message in run_checks(databases=["default"]):
        if message.level >= ERROR:
            found.add(f"{message.id}: {message.msg}")
    return found


def _rows_without_files(orders: Orders) -> Complaint:
    found = Complaint("row_without_file", "A document's file is not in the storage, or is not the one submitted")
    rows = Document.objects.filter(purged_at=None).order_by("id")
    lost: list[UUID] = []
    for key, name, size, sha256 in rows.values_list("id", "storage_key", "size_bytes", "sha256").iterator():
        if why := _why_not_there(name, size, sha256, deep=orders.deep):
            found.add(f"document {key}: {why}")
            lost.append(key)
    if orders.fix:
        found.mended = mending.each(lost, lambda key: mending.bring_back_file(key, orders.source))
    return found


def _why_not_there(name: str, size: int, sha256: str, *, deep: bool) -> str:
    if not default_storage.exists(name):
        return "no file"
    if default_storage.size(name) != size:
        return f"{default_storage.size(name):,} bytes of {size:,}"
    if deep:
        try:
            fetch_bytes(key=name, sha256=sha256)
        except StorageUnavailable as error:
            return error.message
    return ""


def _files_without_rows(orders: Orders) -> Complaint:
    found = Complaint("file_without_row", "A file in the storage belongs to no document")
    before = timezone.now() - YOUNG
    for name in _stored(RAW):
        if Document.objects.filter(storage_key=name).exists() or default_storage.get_modified_time(name) > before:
            continue
        found.add(name)
        if orders.fix:
            delete_bytes(key=name)
            found.mended += 1
    return found


def _stored(folder: str) -> Iterator[str]:
    try:
        folders, files = default_storage.listdir(folder)
    except FileNotFoundError:
        return
    yield from (f"{folder}/{name}" for name in files if name)
    for below in folders:
        if below:
            yield from _stored(f"{folder}/{below}")


def _lost_jobs(orders: Orders) -> Complaint:
    found = Complaint("job_lost", "A job is held by a worker that is gone")
    lost = ProcessingJob.objects.filter(
        status=ProcessingJob.Status.PROCESSING, lease_until__lt=timezone.now() - STUCK
    ).order_by("id")
    for key in lost.values_list("id", flat=True).iterator():
        found.add(f"job {key}")
    if orders.fix and found.count:
        found.mended = take_back_lost_jobs()
    return found


def _stuck_reservations(orders: Orders) -> Complaint:
    found = Complaint("reservation_stuck", "A call to a model was never settled; it counts at its worst case")
    age = STUCK + timedelta(seconds=float(settings.LLM_TIMEOUT_SECONDS))
    stuck = LLMCall.objects.filter(state=LLMCall.State.RESERVED, started_at__lt=timezone.now() - age).order_by("id")
    for key, reserved in stuck.values_list("id", "reserved_usd").iterator():
        found.add(f"call {key}: ${reserved:f}")
    if orders.fix and found.count:
        found.mended = settle_abandoned_calls(older_than=age)
    return found


def _ledger_sums(orders: Orders) -> Complaint:
    """Calls are the ledger, and a job's or a batch's sum follows from them; the sum of a month is left to a person."""
    found = Complaint("ledger_differs", "What a ceiling has spent or reserved is not the sum of its calls")
    zero = Value(0, output_field=_MONEY)
    for model, of in ((ProcessingJob, "job"), (Batch, "batch")):
        calls = LLMCall.objects.filter(**{of: OuterRef("pk")}).order_by().values(of)
        reserved = calls.filter(state=LLMCall.State.RESERVED).annotate(sum=Sum("reserved_usd")).values("sum")
        spent = (
            calls.exclude(state=LLMCall.State.RESERVED)
            .annotate(sum=Sum(F("cost_usd") - F("overrun_usd")))
            .values("sum")
        )
        rows = model._default_manager.annotate(
            reserved_by_calls=Coalesce(Subquery(reserved, output_field=_MONEY), zero),
            spent_by_calls=Coalesce(Subquery(spent, output_field=_MONEY), zero),
        ).exclude(reserved_usd=F("reserved_by_calls"), spent_usd=F("spent_by_calls"))
        for row in rows.order_by("pk").iterator():
            found.add(
                f"{of} {row.pk}: ${row.spent_usd:f} spent and ${row.reserved_usd:f} reserved, "
                f"by its calls ${row.spent_by_calls:f} and ${row.reserved_by_calls:f}"
            )
            if orders.fix:
                found.mended += mending.settle_sums(model, of, row.pk)
    for budget in Budget.objects.filter(spent_usd__lt=0) | Budget.objects.filter(reserved_usd__lt=0):
        found.add(f"{budget}: below zero")
    return found


def _invoices_without_documents(orders: Orders) -> Complaint:
    found = Complaint("invoice_without_document", "An invoice was read from a document that does not know it")
    orphans = list(
        Invoice.objects.filter(document=None).exclude(source_sha256="").order_by("id").values_list("id", flat=True)
    )
    for key in orphans:
        found.add(f"invoice {key}")
    if orders.fix:
        found.mended = mending.each(orphans, mending.link_document)
    return found


def _results_without_records(orders: Orders) -> Complaint:
    found = Complaint("result_without_record", "A completed job has no invoice or rate card")
    ended = ProcessingJob.objects.filter(
        status=ProcessingJob.Status.COMPLETED,
        outcome__in=[ProcessingJob.Outcome.SUCCESS, ProcessingJob.Outcome.PARTIAL],
        document__invoice=None,
        document__rate_card=None,
    )
    jobs = list(ended.order_by("id").values_list("id", flat=True))
    for key in jobs:
        found.add(f"job {key}")
    if orders.fix:
        found.mended = mending.each(jobs, mending.read_anew)
    return found


def _unlinked_history(orders: Orders) -> Complaint:
    found = Complaint("history_unlinked", "Changes of invoices are in no chain")
    unlinked = InvoiceChange.objects.filter(position=None).values("invoice").distinct()
    for key in unlinked.values_list("invoice_id", flat=True):
        found.add(f"invoice {key}")
    if orders.fix and found.count:
        chain_older_changes()
        found.mended = found.count
    return found


def _broken_history(orders: Orders) -> Complaint:
    """Never mended: it tells that somebody changed what was written."""
    found = Complaint("history_broken", "A change of an invoice is not what was written")
    for key, position in broken_links():
        found.add(f"invoice {key}, change {position}")
    return found


def _old_backups(orders: Orders) -> Complaint:
    found = Complaint("backup_old", "BACKUP_URL has no whole backup of the last two days")
    if not settings.BACKUP_URL:
        return found
    try:
        target = Target(settings.BACKUP_URL)
        newest = backups_in(target)[-1:]
        if newest and newest[0] >= f"{timezone.now() - BACKUP_AGE:%Y%m%dT%H%M%S.%fZ}":
            return found
        found.add(f"the newest is {newest[0]}" if newest else "there is none")
        if orders.fix:
            take_backup(target, seal=Seal(tuple(settings.BACKUP_RECIPIENTS)))
            found.mended = 1
    except BackupRefused as error:
        found.add(str(error))
    return found
