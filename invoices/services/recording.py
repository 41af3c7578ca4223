"""What the pipeline read, recorded in the books with its reasons. One transaction, or part of the caller's."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from common.errors import InvalidState
from common.rows import joined_transaction
from invoices.events import tell_invoice
from invoices.models import Invoice, MachineReading
from invoices.queries import invoice_data
from invoices.records import InvoiceData, Method, ReviewReason
from invoices.services.checking import NOTHING_EARLIER, Earlier, assess, judged_reasons
from invoices.services.locking import lock_vendor
from invoices.services.lookalikes import keep_traits
from invoices.services.vendors import drop_candidate
from invoices.services.writing import (
    add_words,
    find_or_create_vendor,
    forget_first_approval,
    insert_new,
    keep_changes,
    replace_reasons,
    replace_rows,
    write_assessment,
    write_values,
)


@dataclass(frozen=True, slots=True)
class ReadInvoice:
    """What the pipeline read, ready to be recorded. ``evidence`` is keyed as in results.json
    (``total_amount``, ``line_items[0].amount``), each an object with ``method``, ``text``, and where it stands.
    ``text`` is that of the document, by whose words the invoice is found."""

    invoice: InvoiceData
    evidence: Mapping[str, dict[str, Any]]
    reasons: Sequence[ReviewReason]
    method: Method
    sha256: str
    text: str = ""


def record_invoice(*, read: ReadInvoice, owner_id: int | None, existing: Invoice | None = None) -> Invoice:
    """Store what was read with its review reasons. An ``existing`` invoice is replaced and its old values are kept as
    changes; one that a person has decided on is refused with InvalidState."""
    with joined_transaction():
        return _record(read, owner_id, existing)


def _record(read: ReadInvoice, owner_id: int | None, existing: Invoice | None) -> Invoice:
    invoice = read.invoice
    lock_vendor(invoice.vendor_name or "")
    vendor = find_or_create_vendor(invoice)
    record, before, earlier = Invoice(owner_id=owner_id), None, NOTHING_EARLIER
    if existing is not None:
        record = Invoice.objects.select_for_update(no_key=True).get(pk=existing.pk)
        if record.status in (Invoice.Status.APPROVED, Invoice.Status.REJECTED):
            raise InvalidState("The invoice was decided by a person; reopen it before reading it again.")
        before = invoice_data(record)
        earlier = Earlier(judged_reasons(record), before)
    assessment = assess(
        invoice,
        evidence=read.evidence,
        noticed=read.reasons,
        vendor=vendor,
        sha256=read.sha256,
        record_id=record.id,
        owner_id=owner_id,
        earlier=earlier,
    )
    write_values(record, invoice, evidence=read.evidence)
    write_assessment(record, assessment)
    left, record.vendor = record.vendor, vendor
    record.method = read.method
    record.source_sha256 = read.sha256
    if before is None:
        insert_new(record, invoice, evidence=read.evidence, assessment=assessment, text=read.text)
    else:
        record.version += 1
        forget_first_approval(record)
        record.save()
        if left != vendor:
            drop_candidate(left)
        replace_rows(record, invoice, read.evidence)
        replace_reasons(record, assessment)
        add_words(record, invoice, text=read.text)
        keep_changes(record, before, invoice, by=None, why=f"read again ({read.method})")
        # What is read now is what a person's corrections are to be held against from here on.
        MachineReading.objects.filter(invoice=record).delete()
    if vendor is not None and not assessment.open_reasons:
        keep_traits(vendor, invoice)
    tell_invoice("needs_review" if assessment.open_reasons else "ready", record)
    return record
