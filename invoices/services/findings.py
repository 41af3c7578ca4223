"""What a person decides about a finding, and the audit of stored invoices."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib.auth.models import AbstractBaseUser
from django.db import transaction
from django.utils import timezone

from common.errors import InvalidState, NotFound
from invoices.auditing import AUDIT_REASONS
from invoices.events import tell_invoice
from invoices.models import Finding, Invoice
from invoices.queries import invoice_data, stored_evidence
from invoices.records import ReviewReason
from invoices.services.checking import Earlier, assess, judged_reasons
from invoices.services.decisions import accept_reason, withdraw_acceptance
from invoices.services.finding_rows import as_found, new_findings, told
from invoices.services.locking import DECIDED, locked_invoice
from invoices.services.writing import (
    forget_first_approval,
    keep_change,
    replace_reasons,
    write_assessment,
    write_findings,
)

Status = Finding.Status


@transaction.atomic
def decide_finding(*, finding_id: UUID, by: AbstractBaseUser, status: str, why: str = "") -> Finding:
    """``disputed``: it is claimed from the carrier; ``accepted``: it is paid as billed; ``open``: neither any more.
    When all findings of its code are accepted, so is the review reason that stands for them, with the same words; one
    that is disputed or open makes it count (again): who approves must know. Kept in the invoice's history.
    Raises NotFound, InvalidState."""
    found = Finding.objects.filter(pk=finding_id).values_list("invoice_id", flat=True).first()
    if found is None:
        raise NotFound
    invoice = locked_invoice(found, None)
    row = Finding.objects.filter(pk=finding_id).first()
    if row is None:
        raise NotFound
    if status not in Status.values:
        raise InvalidState(f"Unknown status {status}; choose from {', '.join(Status.values)}.")
    if row.status == status:
        raise InvalidState(f"The finding is {row.get_status_display()} already.")
    old = told(row)
    row.status = status
    row.decided_at = None if status == Status.OPEN else timezone.now()
    row.decided_by_id = None if status == Status.OPEN else by.pk
    row.why = why.strip()
    row.save(update_fields=["status", "decided_at", "decided_by", "why"])
    invoice.version += 1
    invoice.save(update_fields=["version", "updated_at"])
    keep_change(invoice, field="findings", old=old, new=told(row), by=by, why=why)
    if invoice.status not in DECIDED and row.code in AUDIT_REASONS:
        _settle_reason(invoice, row.code, by=by, why=why.strip() or f"The finding is {row.get_status_display()}.")
    return row


@transaction.atomic
def audit_again(*, invoice_id: UUID) -> bool:
    """Audit a stored invoice by the cards of now; whether anything changed. One that a person decided on keeps its
    status and its reasons; only its findings are made anew. Raises NotFound."""
    record = locked_invoice(invoice_id, None)
    before, judged, data = as_found(record.findings.all()), judged_reasons(record), invoice_data(record)
    assessment = assess(
        data,
        evidence=stored_evidence(record),
        noticed=[each.reason for each in judged if each.origin == "reading"],
        vendor=record.vendor,
        sha256=record.source_sha256,
        record_id=record.id,
        owner_id=record.owner_id,
        earlier=Earlier(judged, data),
    )
    decided = record.status in DECIDED
    same_reasons = _of_audit(each.reason for each in judged) == _of_audit(each.reason for each in assessment.reasons)
    if before == as_found(new_findings(record, assessment.findings)) and (decided or same_reasons):
        return False
    old_status = record.status
    record.version += 1
    if decided:
        write_findings(record, assessment.findings)
    else:
        write_assessment(record, assessment)
        forget_first_approval(record)
        replace_reasons(record, assessment)
    record.save()
    if record.status != old_status:
        tell_invoice("ready" if record.status == Invoice.Status.READY else "needs_review", record)
    return True


def _of_audit(reasons: Any) -> set[ReviewReason]:
    return {reason for reason in reasons if reason.code in AUDIT_REASONS}


def _settle_reason(invoice: Invoice, code: str, *, by: AbstractBaseUser, why: str) -> None:
    row = invoice.reasons.filter(code=code).first()
    if row is None:
        return
    counts = Finding.objects.filter(invoice=invoice, code=code).exclude(status=Status.ACCEPTED).exists()
    if not counts and row.accepted_at is None:
        accept_reason(invoice_id=invoice.pk, code=code, field=row.field, by=by, why=why)
    elif counts and row.accepted_at is not None:
        withdraw_acceptance(invoice_id=invoice.pk, code=code, field=row.field, by=by)
