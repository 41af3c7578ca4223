"""Findings as rows of a table, for whoever claims the difference from the carrier."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any
from uuid import UUID

from django.db.models import QuerySet

from invoices.models import Finding

# Column of the file → what of the finding.
_PATHS = {
    "id": "id", "status": "status", "code": "code", "charge": "charge", "vendor_name": "invoice__vendor_name",
    "invoice_number": "invoice__invoice_number", "invoice_date": "invoice__invoice_date", "invoice_id": "invoice_id",
    "lines": "lines", "charge_code": "charge_code", "description": "description", "tracking_number": "tracking_number",
    "currency": "currency", "billed": "billed", "expected": "expected", "difference": "difference",
    "message": "message", "how": "how", "rate_card_id": "rate_card_id", "created_at": "created_at",
    "decided_at": "decided_at", "decided_by": "decided_by__username", "why": "why",
}  # fmt: skip
COLUMNS = tuple(_PATHS)
BATCH = 500


def finding_table(findings: QuerySet[Finding]) -> Iterator[list[Any]]:
    """The cells of each row in the order of ``COLUMNS``; lines are counted from 1. A few hundred are in memory."""
    rows = findings.select_related(None).values_list(*_PATHS.values())
    for row in rows.iterator(chunk_size=BATCH):
        yield [_cell(value) for value in row]


def _cell(value: Any) -> Any:
    if isinstance(value, list):
        return " ".join(str(position + 1) for position in value)
    return str(value) if isinstance(value, UUID) else value
