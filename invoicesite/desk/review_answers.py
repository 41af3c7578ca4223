"""What the review page is answered: an invoice as it stands, what a correction would make of it, what was decided."""

from __future__ import annotations

from typing import Any

from invoices.models import Invoice
from invoices.queries import stored_evidence
from invoices.records import HEADER_FIELDS, LINE_FIELDS, TAX_FIELDS
from invoices.services.checking import JudgedReason
from invoices.services.corrections import Preview
from invoicesite.desk.review_findings import audit_section
from invoicesite.desk.review_page import as_typed, lines_of, reason_rows, taxes_of, typed, typed_value

Answer = dict[str, Any]


def state_of(invoice: Invoice) -> Answer:
    """The invoice as it stands now, values as a person would type them."""
    last = invoice.changes.select_related("changed_by").order_by("-id").first()
    return {
        "version": invoice.version,
        "status": invoice.status,
        "status_label": invoice.get_status_display(),
        "confidence": as_typed(invoice.confidence),
        "fields": {name: typed(invoice, name) for name in HEADER_FIELDS},
        "line_items": lines_of(invoice)["rows"],
        "taxes": taxes_of(invoice)["rows"],
        "reasons": reason_rows(invoice),
        "evidence": stored_evidence(invoice),
        "audit": audit_section(invoice, may_decide=True),
        "changed_by": str(last.changed_by) if last and last.changed_by else "the pipeline",
    }


def preview_of(result: Preview) -> Answer:
    """What the rules and the books say of a correction that is not stored."""
    return {
        "status": result.status,
        "confidence": as_typed(result.confidence),
        "reasons": [_reason(judged) for judged in result.reasons],
        "errors": [{"field": e.field, "code": e.code, "message": e.message} for e in result.errors],
        "fields": {name: typed_value(name, getattr(result.invoice, name)) for name in HEADER_FIELDS},
        "line_items": [{n: typed_value(n, getattr(row, n)) for n in LINE_FIELDS} for row in result.invoice.line_items],
        "taxes": [{n: typed_value(n, getattr(row, n)) for n in TAX_FIELDS} for row in result.invoice.taxes],
        "changed": list(result.changed),
    }


def _reason(judged: JudgedReason) -> Answer:
    reason = judged.reason
    return {
        "code": reason.code,
        "field": reason.field,
        "message": reason.message,
        "blocking": reason.blocking,
        "accepted": judged.accepted is not None,
    }


def decision_of(invoice: Invoice) -> Answer:
    """What became of the invoice by a decision."""
    return {
        "id": str(invoice.id),
        "version": invoice.version,
        "status": invoice.status,
        "label": str(invoice),
        "learned": invoice.lessons.filter(agrees=True).count() if invoice.status == Invoice.Status.APPROVED else 0,
        "first_approval": invoice.first_approved_at is not None and invoice.status != Invoice.Status.APPROVED,
    }
