"""What the doctor mends: each function says whether it could, and leaves alone what it could not."""

from __future__ import annotations

import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from uuid import UUID

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import IntegrityError, transaction
from django.db.models import F, Sum

from common.errors import InvoicesiteError
from invoices.models import Invoice
from invoicesite.backups.errors import BackupRefused
from invoicesite.backups.restoring import restore_file
from invoicesite.backups.taking import FOLDER, backups_in
from invoicesite.backups.target import Target
from processing.errors import StorageUnavailable
from processing.models import Batch, Document, LLMCall, ProcessingJob
from processing.services.documents import JobOptions
from processing.services.rereading import read_again
from processing.storage import delete_bytes, fetch_bytes


@dataclass(frozen=True, slots=True)
class Source:
    """A backup that lost files are brought back from."""

    target: Target
    identity: str = ""


def bring_back_file(document_id: UUID, source: Source | None) -> bool:
    """The bytes that were submitted: from another document with the same, else from the newest backup that has
    them."""
    document = Document.objects.get(id=document_id)
    for key in Document.objects.filter(sha256=document.sha256, purged_at=None).values_list("storage_key", flat=True):
        if key == document.storage_key:
            continue
        try:
            data = fetch_bytes(key=key, sha256=document.sha256)
        except StorageUnavailable:
            continue
        if default_storage.exists(document.storage_key):
            delete_bytes(key=document.storage_key)
        return default_storage.save(document.storage_key, ContentFile(data)) == document.storage_key
    if source is None:
        return False
    row = [str(document.id), document.storage_key, document.sha256, document.size_bytes]
    with tempfile.TemporaryDirectory(prefix="doctor-") as scratch:
        for name in reversed(backups_in(source.target)):
            try:
                manifest = source.target.get_json(f"{FOLDER}/{name}/manifest.json")
                return restore_file(source.target, row, manifest, source.identity, Path(scratch))
            except BackupRefused:
                continue
    return False


def settle_sums(model: type[ProcessingJob] | type[Batch], of: str, key: Any) -> bool:
    """What a job or a batch has spent and reserved becomes the sum of its calls, which are the ledger. Not where that
    is more than its ceiling: a person looks."""
    try:
        with transaction.atomic():
            row = model._default_manager.select_for_update().get(pk=key)
            calls = LLMCall.objects.filter(**{of: key})
            open_calls = calls.filter(state=LLMCall.State.RESERVED)
            row.reserved_usd = open_calls.aggregate(sum=Sum("reserved_usd", default=0))["sum"]
            settled = calls.exclude(state=LLMCall.State.RESERVED)
            row.spent_usd = settled.aggregate(sum=Sum(F("cost_usd") - F("overrun_usd"), default=0))["sum"]
            row.save(update_fields=["reserved_usd", "spent_usd"])
    except IntegrityError:
        return False
    return True


def link_document(invoice_id: UUID) -> bool:
    """An invoice gets back the one document without a record that has its bytes and its owner."""
    invoice = Invoice.objects.get(pk=invoice_id)
    with transaction.atomic():
        found = list(
            Document.objects.select_for_update(of=("self",)).filter(
                sha256=invoice.source_sha256, owner_id=invoice.owner_id, kind="invoice", invoice=None, rate_card=None
            )[:2]
        )
        claimed = Invoice.objects.filter(source_sha256=invoice.source_sha256, owner_id=invoice.owner_id, document=None)
        if len(found) != 1 or claimed.count() != 1:
            return False
        found[0].invoice = invoice
        found[0].save(update_fields=["invoice"])
    return True


def read_anew(job_id: UUID) -> bool:
    """A job of its own makes the record that is missing, by rules: no money is spent without a person."""
    document_id = ProcessingJob.objects.values_list("document_id", flat=True).get(pk=job_id)
    try:
        read_again(document_id=document_id, options=JobOptions(policy="rules"))
    except InvoicesiteError:
        return False
    return True


def each(keys: list[Any], mend: Callable[[Any], bool]) -> int:
    """Mend one after the other; gives how many could be."""
    return sum(mend(key) for key in keys)
