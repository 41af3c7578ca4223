"""Findings as rows of a table, for whoever claims the difference from the carrier."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.db.models import QuerySet

from invoices.models import Finding

# Column of the file → attribute of the finding.
_COLUMNS = {
    "id": "id", "status": "status", "code": "code", "charge": "charge", "vendor_name": "invoice.vendor_name",
    "invoice_number": "invoice.invoice_number", "invoice_date": "invoice.invoice_date", "invoice_id": "invoice_id",
    "lines": "lines", "charge_code": "charge_code", "description": "description", "tracking_number": "tracking_number",
    "currency": "currency", "billed": "billed", "expected": "expected", "difference": "difference",
    "message": "message", "how": "how", "rate_card_id": "rate_card_id", "created_at": "created_at",
    "decided_at": "decided_at", "decided_by": "decided_by", "why": "why",
}  # fmt: skip
COLUMNS = tuple(_COLUMNS)
BATCH = 500


def finding_table(findings: QuerySet[Finding]) -> Iterator[list[Any]]:
    """The cells of each row in the order of ``COLUMNS``; lines are counted from 1. A few hundred are in memory."""
    wanted = findings.select_related("invoice", "decided_by").only(
        *(name.replace(".", "__") for name in _COLUMNS.values() if name != "decided_by"), "decided_by__username"
    )
    for row in wanted.iterator(chunk_size=BATCH):
        yield [_cell(row, path) for path in _COLUMNS.values()]


def _cell(row: Finding, path: str) -> Any:
    if path == "lines":
        return " ".join(str(position + 1) for position in row.lines)
    value: Any = row
    for name in path.split("."):
        value = getattr(value, name)
    return str(value) if path in ("id", "invoice_id", "rate_card_id", "decided_by") and value is not None else value
