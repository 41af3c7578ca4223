"""What the rules and the books say of an invoice's values: the same for what was read, corrected or only tried out."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from decimal import Decimal
from typing import Any, Literal
from uuid import UUID

from django.utils import timezone

from invoices.audit_prices import StoredPrices, tolerances_of
from invoices.auditing import FindingData, audit_invoice
from invoices.auditing.tolerances import beyond_tolerance
from invoices.confidence import FieldEvidence, field_confidences, invoice_confidence
from invoices.models import Invoice, InvoiceReason, Vendor
from invoices.queries import ibans_told, known_bics, known_ibans, may_read_all, suspected_duplicates
from invoices.records import InvoiceData, ReviewReason, plain_json, value_at
from invoices.rules import BookContext, check_invoice, confirmed_fields
from invoices.services.finding_rows import audit_reasons
from invoices.services.lookalikes import known_lookalikes, resemblances

Origin = Literal["reading", "rules"]


@dataclass(frozen=True, slots=True)
class Acceptance:
    """A person looked at a reason and said that it need not count."""

    by_id: int
    at: datetime
    why: str


@dataclass(frozen=True, slots=True)
class JudgedReason:
    """A review reason, who found it, and whether a person accepted it."""

    reason: ReviewReason
    origin: Origin
    accepted: Acceptance | None = None


@dataclass(frozen=True, slots=True)
class Assessment:
    """``reasons`` with the open blocking ones first; ``set_aside`` were noticed on a document that looks like no
    invoice; ``confidences`` are those of the fields in the evidence, lines included; ``confidence`` is that of the
    invoice. Accepted reasons count no more. ``findings`` are those of the audit."""

    reasons: tuple[JudgedReason, ...]
    confidences: Mapping[str, Decimal]
    confidence: Decimal
    findings: tuple[FindingData, ...] = ()
    set_aside: tuple[ReviewReason, ...] = ()

    @property
    def open_reasons(self) -> list[ReviewReason]:
        return [judged.reason for judged in self.reasons if judged.accepted is None]

    @property
    def status(self) -> Invoice.Status:
        return Invoice.Status.NEEDS_REVIEW if self.open_reasons else Invoice.Status.READY


@dataclass(frozen=True, slots=True)
class Earlier:
    """The reasons of the invoice before, with the values that they were about."""

    reasons: Sequence[JudgedReason] = ()
    invoice: InvoiceData = field(default_factory=InvoiceData)


NOTHING_EARLIER = Earlier()
ASKED_FIRST = "not_an_invoice"


def assess(
    invoice: InvoiceData,
    *,
    evidence: Mapping[str, Mapping[str, Any]],
    noticed: Iterable[ReviewReason],
    vendor: Vendor | None,
    sha256: str,
    record_id: UUID | None,
    owner_id: int | None,
    earlier: Earlier = NOTHING_EARLIER,
) -> Assessment:
    """Check an invoice by the rules, the books and the vendor's rate cards. ``noticed`` is what was found while the
    document was read; ``owner_id``'s is the invoice: reasons name nothing of others' that its owner may not read."""
    facts = facts_of(evidence)
    own_ibans = known_ibans(vendor, exclude=record_id) if invoice.iban else frozenset()
    lookalikes = known_lookalikes(invoice, vendor=vendor, own_ibans=own_ibans)
    # Who looks like a known vendor is held against what is known of that one, too.
    by_name = [known for known in lookalikes if "name" in known.by]
    vendor_ibans = own_ibans.union(*(known.ibans for known in by_name))
    duplicates = suspected_duplicates(
        invoice=invoice,
        vendors=[one.id for one in (vendor, *(known.vendor for known in by_name)) if one],
        sha256=sha256,
        exclude=record_id,
    )
    if any(each.owner_id != owner_id for each in duplicates) and not may_read_all(owner_id):
        duplicates = tuple(each if each.owner_id == owner_id else replace(each, ref="") for each in duplicates)
    told_ibans = None
    if owner_id is not None and vendor_ibans and invoice.iban and invoice.iban not in vendor_ibans:
        told_ibans = ibans_told(vendor, owner_id)
    context = BookContext(
        vendor_ibans=vendor_ibans,
        vendor_bics=known_bics(vendor, exclude=record_id) if invoice.bic else frozenset(),
        told_ibans=told_ibans,
        blocked_ibans=frozenset(vendor.blocked_ibans if vendor else ()),
        duplicates=duplicates,
        resembling=resemblances(invoice, lookalikes),
        derived=frozenset(name for name, fact in facts.items() if fact.derived),
        structured=any(fact.method == "xml" for fact in facts.values()),
    )
    findings: list[FindingData] = []
    if vendor:
        findings = audit_invoice(invoice, StoredPrices(vendor, exclude=record_id))
        findings = beyond_tolerance(findings, tolerances_of(vendor) if findings else ())
    found = [*check_invoice(invoice, today=timezone.localdate(), context=context), *audit_reasons(findings)]
    unique: dict[tuple[str, str], JudgedReason] = {}
    both: tuple[tuple[Origin, Iterable[ReviewReason]], ...] = (("reading", noticed), ("rules", found))
    for origin, reasons in both:
        for reason in reasons:
            accepted = _still_accepted(reason, invoice, earlier)
            unique.setdefault((reason.code, reason.field), JudgedReason(reason, origin, accepted))
    # One question first: what is missing on an invoice matters only if it is one.
    question = [judged for judged in unique.values() if judged.reason.code == ASKED_FIRST and judged.accepted is None]
    if question:
        noticed = tuple(judged.reason for judged in unique.values() if judged.origin == "reading")
        weighed = weigh(invoice, question, facts=facts, derived=context.derived)
        return replace(weighed, set_aside=tuple(reason for reason in noticed if reason.code != ASKED_FIRST))
    judged = sorted(unique.values(), key=lambda j: (j.accepted is not None, not j.reason.blocking))
    weighed = weigh(invoice, judged, facts=facts, derived=context.derived)
    return replace(weighed, findings=tuple(findings))


def weigh(
    invoice: InvoiceData,
    judged: Sequence[JudgedReason],
    *,
    facts: Mapping[str, FieldEvidence],
    derived: frozenset[str],
) -> Assessment:
    """The confidences that follow from reasons that are known already."""
    open_reasons = [j.reason for j in judged if j.accepted is None]
    confirmed = confirmed_fields(invoice, derived=derived)
    header = {name: fact for name, fact in facts.items() if "[" not in name}
    return Assessment(
        reasons=tuple(judged),
        confidences=field_confidences(facts, open_reasons, confirmed=confirmed),
        confidence=invoice_confidence(header, open_reasons, confirmed=confirmed),
    )


def facts_of(evidence: Mapping[str, Mapping[str, Any]]) -> dict[str, FieldEvidence]:
    return {
        name: FieldEvidence(
            method=entry["method"],
            has_evidence=any(entry.get(key) for key in ("box", "cell", "path")),
            derived=bool(entry.get("derived_from")),
        )
        for name, entry in evidence.items()
    }


def judged_reasons(record: Invoice) -> list[JudgedReason]:
    """The stored reasons of an invoice, with those that are set aside until it is known to be one."""
    aside = [JudgedReason(reason_from(told), "reading") for told in record.reasons_set_aside]
    return [*(judged_reason(row) for row in record.reasons.all()), *aside]


def reason_from(told: Mapping[str, Any]) -> ReviewReason:
    return ReviewReason(
        code=told["code"], field=told["field"], message=told["message"], blocking=bool(told["blocking"])
    )


def judged_reason(row: InvoiceReason) -> JudgedReason:
    reason = ReviewReason(code=row.code, field=row.field, message=row.message, blocking=row.blocking)
    accepted = None
    if row.accepted_at is not None and row.accepted_by_id is not None:
        accepted = Acceptance(by_id=row.accepted_by_id, at=row.accepted_at, why=row.accepted_why)
    return JudgedReason(reason, "reading" if row.origin == InvoiceReason.Origin.READING else "rules", accepted)


def _still_accepted(reason: ReviewReason, invoice: InvoiceData, earlier: Earlier) -> Acceptance | None:
    for before in earlier.reasons:
        old = before.reason
        if (old.code, old.field, old.message) == (reason.code, reason.field[:100], reason.message):
            if before.accepted is None:
                return None
            unchanged = plain_json(value_at(earlier.invoice, reason.field)) == plain_json(
                value_at(invoice, reason.field)
            )
            return before.accepted if unchanged else None
    return None
