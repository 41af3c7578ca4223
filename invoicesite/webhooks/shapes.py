"""The ``data`` of events: what the API shows of the thing, as it is at that moment."""

from __future__ import annotations

from typing import Any

from invoices.api.rate_cards.serializers import RateCardSerializer
from invoices.api.serializers import InvoiceRowSerializer, rows_of
from invoices.models import Invoice, RateCard
from processing.api.serializers import JobSerializer
from processing.models import Batch, Budget, ProcessingJob


def job_shape(job: ProcessingJob) -> dict[str, Any]:
    return dict(JobSerializer(job).data)


def invoice_shape(invoice: Invoice) -> dict[str, Any]:
    row: Any = rows_of(Invoice.objects.filter(id=invoice.id)).get()
    return dict(InvoiceRowSerializer(row).data)


def rate_card_shape(card: RateCard) -> dict[str, Any]:
    return dict(RateCardSerializer(card).data)


def budget_shape(ceiling: Budget | Batch, *, scope: str, key: str, message: str) -> dict[str, Any]:
    return {
        "scope": scope,
        "key": key,
        "budget_usd": ceiling.budget_usd,
        "spent_usd": ceiling.spent_usd,
        "reserved_usd": ceiling.reserved_usd,
        "message": message,
    }
