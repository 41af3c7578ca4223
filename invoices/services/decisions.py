"""What a person decides about an invoice."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.contrib.auth.models import AbstractBaseUser
from django.db import transaction
from django.utils import timezone

from common.errors import InvalidState, InvoicesiteError, OverrideNeeded, SecondPersonNeeded
from invoices.events import tell_invoice
from invoices.models import Invoice, InvoiceReason, Vendor
from invoices.queries import has_corrected, invoice_data, needs_second_person, stored_evidence
from invoices.services.checking import (
    ASKED_FIRST,
    Acceptance,
    Assessment,
    Earlier,
    JudgedReason,
    assess,
    facts_of,
    judged_reasons,
    weigh,
)
from invoices.services.locking import DECIDED, locked_invoice, open_invoice
from invoices.services.lookalikes import keep_traits
from invoices.services.vendors import confirm_vendor
from invoices.services.writing import forget_first_approval, keep_change, replace_reasons, write_assessment


@dataclass(frozen=True, slots=True)
class BulkResult:
    """What became of one invoice of many: ``error`` is None where it was approved, or approved a first time."""

    invoice_id: UUID
    invoice: Invoice | None
    error: InvoicesiteError | None


@transaction.atomic
def approve_invoice(
    *, invoice_id: UUID, by: AbstractBaseUser, version: int | None = None, override: str = ""
) -> Invoice:
    """Accept an invoice for payment. One with an open blocking reason needs ``override``, a stated reason, which is
    kept. Above ``APPROVAL_SECOND_PERSON_ABOVE`` the first approval is only noted (``first_approved_by``) and the status
    stays; somebody who neither gave it nor corrected the invoice gives the second.
    Raises NotFound, VersionConflict, InvalidState, OverrideNeeded, SecondPersonNeeded."""
    record = open_invoice(invoice_id, version)
    if record.reasons.filter(code=ASKED_FIRST, accepted_at__isnull=True).exists():
        raise InvalidState("This looks like no invoice: accept that reason if it is one, or reject it.")
    blocking = [reason.message for reason in record.reasons.all() if reason.blocking and reason.accepted_at is None]
    if blocking and not override.strip():
        raise OverrideNeeded(f"State why you approve it despite this warning: {blocking[0]}")
    if needs_second_person(record):
        if record.first_approved_by_id is None:
            return _note_first_approval(record, by=by, why=override)
        if record.first_approved_by_id == by.pk:
            raise SecondPersonNeeded("You have approved this invoice already; another person must approve it too.")
        if has_corrected(record, by):
            raise SecondPersonNeeded("You corrected this invoice, so someone else must give the second approval.")
    _decide(record, Invoice.Status.APPROVED, by=by, why=override)
    if record.vendor is not None:
        confirm_vendor(record.vendor, by=by)
        keep_traits(record.vendor, invoice_data(record))
    if record.vendor is not None and record.iban:
        vendor = Vendor.objects.select_for_update().get(pk=record.vendor.pk)
        if record.iban not in vendor.ibans:
            vendor.ibans = [*vendor.ibans, record.iban]
            vendor.save(update_fields=["ibans", "updated_at"])
    tell_invoice("approved", record)
    return record


def approve_invoices(*, invoice_ids: Iterable[UUID], by: AbstractBaseUser) -> list[BulkResult]:
    """Approve each invoice that has no open blocking reason, in a transaction of its own; the others stay as they are,
    with the error that says why. In the order given, each id once."""
    results = []
    for invoice_id in dict.fromkeys(invoice_ids):
        try:
            record = approve_invoice(invoice_id=invoice_id, by=by)
            results.append(BulkResult(invoice_id, record, None))
        except InvoicesiteError as error:
            results.append(BulkResult(invoice_id, None, error))
    return results


@transaction.atomic
def reject_invoice(*, invoice_id: UUID, by: AbstractBaseUser, why: str, version: int | None = None) -> Invoice:
    """Refuse an invoice, with the reason that the vendor or a colleague will be told."""
    record = open_invoice(invoice_id, version)
    if not why.strip():
        raise InvalidState("State why you reject the invoice.")
    _decide(record, Invoice.Status.REJECTED, by=by, why=why)
    tell_invoice("rejected", record)
    return record


@transaction.atomic
def reopen_invoice(*, invoice_id: UUID, by: AbstractBaseUser, why: str = "", version: int | None = None) -> Invoice:
    """Take a decision back, so that the invoice can be corrected, read again or decided anew. Its status follows from
    its open reasons. Raises NotFound, VersionConflict, InvalidState."""
    record = locked_invoice(invoice_id, version)
    if record.status not in DECIDED:
        raise InvalidState("The invoice has not been decided, so there is nothing to reopen.")
    is_open = record.reasons.filter(accepted_at__isnull=True).exists()
    old, record.status = record.status, Invoice.Status.NEEDS_REVIEW if is_open else Invoice.Status.READY
    record.decided_at = record.decided_by = None
    forget_first_approval(record)
    record.version += 1
    record.save()
    keep_change(record, field="status", old=old, new=record.status, by=by, why=why)
    tell_invoice("reopened", record)
    return record


@transaction.atomic
def accept_reason(
    *, invoice_id: UUID, code: str, field: str = "", by: AbstractBaseUser, why: str = "", version: int | None = None
) -> Invoice:
    """Say that one review reason, named by code and field, need not count. It is kept with who and when, and stays
    accepted in later checks while its sentence and its field's value are the same. A blocking one needs ``why``.
    Raises NotFound (also for a reason that is not there), VersionConflict, InvalidState."""
    record = open_invoice(invoice_id, version)
    row = _reason(record, code, field)
    if row.accepted_at is not None:
        raise InvalidState("The reason is accepted already.")
    if row.blocking and not why.strip():
        raise InvalidState("State why this reason can be accepted.")
    acceptance = Acceptance(by_id=by.pk, at=timezone.now(), why=why.strip())
    return _judge_again(record, row, acceptance, by=by, why=why)


@transaction.atomic
def withdraw_acceptance(
    *, invoice_id: UUID, code: str, field: str = "", by: AbstractBaseUser, version: int | None = None
) -> Invoice:
    """Let an accepted review reason count again. Raises as ``accept_reason``."""
    record = open_invoice(invoice_id, version)
    row = _reason(record, code, field)
    if row.accepted_at is None:
        raise InvalidState("The reason is not accepted.")
    return _judge_again(record, row, None, by=by, why="")


def _reason(record: Invoice, code: str, field: str) -> InvoiceReason:
    row = record.reasons.filter(code=code, field=field).first()
    if row is None:
        raise InvalidState("The invoice no longer has this reason.")
    return row


def _judge_again(
    record: Invoice, changed: InvoiceReason, acceptance: Acceptance | None, *, by: AbstractBaseUser, why: str
) -> Invoice:
    old_status = record.status
    changed.accepted_at = acceptance.at if acceptance else None
    changed.accepted_by_id = acceptance.by_id if acceptance else None
    changed.accepted_why = acceptance.why if acceptance else ""
    changed.save(update_fields=["accepted_at", "accepted_by", "accepted_why"])
    judged = judged_reasons(record)
    if changed.code == ASKED_FIRST:
        assessment = _assess_anew(record, judged)
    else:
        facts = facts_of(record.evidence)
        derived = frozenset(name for name, fact in facts.items() if fact.derived)
        assessment = weigh(invoice_data(record), judged, facts=facts, derived=derived)
    write_assessment(record, assessment)
    if changed.code == ASKED_FIRST:
        replace_reasons(record, assessment)
    forget_first_approval(record)
    record.version += 1
    record.save()
    told: dict[str, Any] = {"code": changed.code, "field": changed.field, "message": changed.message}
    old, new = (None, told) if acceptance else (told, None)
    keep_change(record, field="accepted_reasons", old=old, new=new, by=by, why=why)
    if record.status != old_status:
        tell_invoice("ready" if record.status == Invoice.Status.READY else "needs_review", record)
    return record


def _assess_anew(record: Invoice, judged: Sequence[JudgedReason]) -> Assessment:
    """What the rules say of a document once it is an invoice after all, or no longer."""
    invoice = invoice_data(record)
    return assess(
        invoice,
        evidence=stored_evidence(record),
        noticed=[each.reason for each in judged if each.origin == "reading"],
        vendor=record.vendor,
        sha256=record.source_sha256,
        record_id=record.id,
        owner_id=record.owner_id,
        earlier=Earlier(judged, invoice),
    )


def _note_first_approval(record: Invoice, *, by: AbstractBaseUser, why: str) -> Invoice:
    record.first_approved_at, record.first_approved_by_id = timezone.now(), by.pk
    record.version += 1
    record.save(update_fields=["first_approved_at", "first_approved_by", "version", "updated_at"])
    keep_change(record, field="first_approval", old=None, new=by.get_username(), by=by, why=why)
    return record


def _decide(record: Invoice, status: Invoice.Status, *, by: AbstractBaseUser, why: str) -> None:
    old, record.status = record.status, status
    record.decided_at, record.decided_by_id = timezone.now(), by.pk
    record.version += 1
    record.save(update_fields=["status", "decided_at", "decided_by", "version", "updated_at"])
    keep_change(record, field="status", old=old, new=status, by=by, why=why)
