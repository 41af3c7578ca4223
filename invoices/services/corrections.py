"""What a person changes about an invoice: checked by the same rules as what the machine reads, and kept with who, when
and why."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.contrib.auth.models import AbstractBaseUser
from django.db import transaction

from common.errors import FieldError, InvalidState, NotFound
from invoices.events import tell_invoice
from invoices.models import Invoice, MachineReading
from invoices.queries import find_vendor, invoice_data, stored_evidence
from invoices.records import InvoiceData, plain_json
from invoices.services.checking import Assessment, Earlier, JudgedReason, assess, judged_reasons
from invoices.services.corrected_values import Correction, apply_changes, check_pointed, kept_reasons, raise_for
from invoices.services.locking import DECIDED, lock_vendor, locked_invoice
from invoices.services.vendors import drop_candidate
from invoices.services.writing import (
    add_words,
    find_or_create_vendor,
    forget_first_approval,
    keep_changes,
    replace_reasons,
    replace_rows,
    write_assessment,
    write_values,
)

NO_EVIDENCE: Mapping[str, Mapping[str, Any]] = {}


@dataclass(frozen=True, slots=True)
class Preview:
    """What a correction would give. ``changed`` are the fields that differ; ``errors`` those whose new value cannot be
    held, which keep the old one here. ``confidences`` are by field, lines and taxes included."""

    invoice: InvoiceData
    reasons: tuple[JudgedReason, ...]
    confidences: Mapping[str, Decimal]
    confidence: Decimal
    status: Invoice.Status
    changed: tuple[str, ...]
    errors: tuple[FieldError, ...]


@transaction.atomic
def correct_invoice(
    *,
    invoice_id: UUID,
    by: AbstractBaseUser,
    changes: Mapping[str, Any],
    version: int | None,
    why: str = "",
    evidence: Mapping[str, Mapping[str, Any]] = NO_EVIDENCE,
) -> Invoice:
    """Change values of an invoice that is not decided, check it anew and keep what changed.

    ``changes``: header field → value (None or "" takes it away); ``line_items`` and ``taxes`` → either the list of all
    rows, where a row with ``position`` starts from the row that stands there now and the others are new, or
    ``{"change": {position: {column: value}}, "remove": [position], "add": [row]}`` with positions before the change.
    Values are taken as ``invoices.values.fields.parse_field`` says. ``evidence``: field → the page and box, cell or
    path that the person pointed at, and its text; given for an unchanged value it confirms the value.
    A change that changes nothing leaves the version as it is.
    Raises NotFound, VersionConflict, InvalidState, InvalidFields.
    """
    record = locked_invoice(invoice_id, version)
    _refuse_decided(record)
    before, old_evidence, judged = invoice_data(record), stored_evidence(record), judged_reasons(record)
    result = apply_changes(before, old_evidence, changes, evidence)
    raise_for([*check_pointed(evidence), *result.errors])
    if not result.changed:
        return record
    lock_vendor(result.invoice.vendor_name or "")
    vendor = find_or_create_vendor(result.invoice)
    assessment = _assess(record, before, judged, result, vendor)
    old_status = record.status
    if not MachineReading.objects.filter(invoice=record).exists():
        MachineReading.objects.create(invoice=record, data=plain_json(before), evidence=old_evidence)
    write_values(record, result.invoice, evidence=result.evidence)
    write_assessment(record, assessment)
    left, record.vendor = record.vendor, vendor
    forget_first_approval(record)
    record.version += 1
    record.save()
    if left != vendor:
        drop_candidate(left)
    replace_rows(record, result.invoice, result.evidence)
    replace_reasons(record, assessment)
    add_words(record, result.invoice)
    keep_changes(record, before, result.invoice, by=by, why=why)
    tell_invoice("corrected", record)
    if record.status != old_status:
        tell_invoice("ready" if record.status == Invoice.Status.READY else "needs_review", record)
    return record


def preview_correction(
    *,
    invoice_id: UUID,
    changes: Mapping[str, Any],
    evidence: Mapping[str, Mapping[str, Any]] = NO_EVIDENCE,
) -> Preview:
    """What ``correct_invoice`` would give, without storing anything. Values that cannot be held are in ``errors`` and
    not raised: a page asks this while somebody types. Raises NotFound, InvalidState."""
    record = Invoice.objects.select_related("vendor").filter(id=invoice_id).first()
    if record is None:
        raise NotFound
    _refuse_decided(record)
    before, judged = invoice_data(record), judged_reasons(record)
    result = apply_changes(before, stored_evidence(record), changes, evidence)
    vendor = find_vendor(name=result.invoice.vendor_name, tax_id=result.invoice.vendor_tax_id)
    assessment = _assess(record, before, judged, result, vendor)
    return Preview(
        invoice=result.invoice,
        reasons=assessment.reasons,
        confidences=assessment.confidences,
        confidence=assessment.confidence,
        status=assessment.status,
        changed=tuple(result.changed),
        errors=(*check_pointed(evidence), *result.errors),
    )


def _refuse_decided(record: Invoice) -> None:
    if record.status in DECIDED:
        raise InvalidState(f"The invoice is {record.get_status_display()}; reopen it before correcting it.")


def _assess(
    record: Invoice, before: InvoiceData, judged: list[JudgedReason], result: Correction, vendor: Any
) -> Assessment:
    noticed = [j.reason for j in judged if j.origin == "reading"]
    return assess(
        result.invoice,
        evidence=result.evidence,
        noticed=kept_reasons(noticed, result),
        vendor=vendor,
        sha256=record.source_sha256,
        record_id=record.id,
        owner_id=record.owner_id,
        earlier=Earlier(judged, before),
    )
