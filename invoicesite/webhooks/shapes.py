"""The ``data`` of events: what the API shows of the thing, as it is at that moment."""

from __future__ import annotations

from typing import Any

from invoices.models import Invoice, RateCard
from processing.api.serializers import JobSerializer
from processing.models import Batch, Budget, ProcessingJob


def job_shape(job: ProcessingJob) -> dict[str, Any]:
    return dict(JobSerializer(job).data)


def invoice_shape(invoice: Invoice) -> dict[str, Any]:
    return {
        "id": invoice.id,
        "status": invoice.status,
        "version": invoice.version,
        "document_type": invoice.document_type,
        "invoice_number": invoice.invoice_number or None,
        "invoice_date": invoice.invoice_date,
        "due_date": invoice.due_date,
        "vendor_name": invoice.vendor_name or None,
        "currency": invoice.currency or None,
        "total_amount": invoice.total_amount,
        "confidence": invoice.confidence,
        "method": invoice.method or None,
        "review": [
            {"code": row.code, "field": row.field, "message": row.message, "blocking": row.blocking}
            for row in invoice.reasons.all()[:50]
        ],
    }


def rate_card_shape(card: RateCard) -> dict[str, Any]:
    return {
        "id": card.id,
        "status": card.status,
        "carrier_name": card.carrier_name or None,
        "service": card.service or None,
        "mode": card.mode or None,
        "currency": card.currency or None,
        "card_version": card.card_version,
        "valid_from": card.valid_from,
        "valid_to": card.valid_to,
        "rate_count": card.rate_count,
        "review": [
            {"code": row.code, "field": row.field, "message": row.message, "blocking": row.blocking}
            for row in card.reasons.all()[:50]
        ],
    }


def budget_shape(ceiling: Budget | Batch, *, scope: str, key: str, message: str) -> dict[str, Any]:
    return {
        "scope": scope,
        "key": key,
        "budget_usd": ceiling.budget_usd,
        "spent_usd": ceiling.spent_usd,
        "reserved_usd": ceiling.reserved_usd,
        "message": message,
    }
