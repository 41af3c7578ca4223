"""What a person decides about an invoice."""

from __future__ import annotations

from uuid import UUID

from django.contrib.auth.models import AbstractBaseUser
from django.db import transaction
from django.utils import timezone

from invoices.errors import InvalidState, NotFound, VersionConflict
from invoices.events import tell_invoice
from invoices.models import Invoice, InvoiceChange, Vendor


@transaction.atomic
def approve_invoice(
    *, invoice_id: UUID, by: AbstractBaseUser, version: int | None = None, override: str = ""
) -> Invoice:
    """Accept an invoice for payment. One with a blocking reason needs ``override``, a stated reason, which is kept.
    Raises NotFound, VersionConflict, InvalidState."""
    record = _locked(invoice_id, version)
    if record.status in (Invoice.Status.APPROVED, Invoice.Status.REJECTED):
        raise InvalidState(f"The invoice is {record.get_status_display()} already.")
    blocking = [reason.message for reason in record.reasons.all() if reason.blocking]
    if blocking and not override.strip():
        raise InvalidState(f"State why it is approved all the same: {blocking[0]}")
    _decide(record, Invoice.Status.APPROVED, by=by, why=override)
    if record.vendor is not None and record.iban:
        vendor = Vendor.objects.select_for_update().get(pk=record.vendor.pk)
        if record.iban not in vendor.ibans:
            vendor.ibans = [*vendor.ibans, record.iban]
            vendor.save(update_fields=["ibans", "updated_at"])
    tell_invoice("approved", record)
    return record


@transaction.atomic
def reject_invoice(*, invoice_id: UUID, by: AbstractBaseUser, why: str, version: int | None = None) -> Invoice:
    """Refuse an invoice, with the reason that the vendor or a colleague will be told."""
    record = _locked(invoice_id, version)
    if record.status in (Invoice.Status.APPROVED, Invoice.Status.REJECTED):
        raise InvalidState(f"The invoice is {record.get_status_display()} already.")
    if not why.strip():
        raise InvalidState("State why the invoice is rejected.")
    _decide(record, Invoice.Status.REJECTED, by=by, why=why)
    tell_invoice("rejected", record)
    return record


def _locked(invoice_id: UUID, version: int | None) -> Invoice:
    record = Invoice.objects.select_for_update(of=("self",)).select_related("vendor").filter(id=invoice_id).first()
    if record is None:
        raise NotFound
    if version is not None and record.version != version:
        raise VersionConflict
    return record


def _decide(record: Invoice, status: Invoice.Status, *, by: AbstractBaseUser, why: str) -> None:
    old, record.status = record.status, status
    record.decided_at, record.decided_by_id = timezone.now(), by.pk
    record.version += 1
    record.save(update_fields=["status", "decided_at", "decided_by", "version", "updated_at"])
    InvoiceChange.objects.create(
        invoice=record,
        version=record.version,
        field="status",
        old=old,
        new=status,
        why=why.strip(),
        changed_by_id=by.pk,
    )
