"""Findings as rows of a table, for whoever claims the difference from the carrier."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from typing import Any

from django.db.models import IntegerField, OuterRef, QuerySet, Subquery
from django.db.models.fields.json import KeyTextTransform
from django.db.models.functions import Cast, JSONObject

from invoices.models import Finding, InvoiceLine

# Column of the file → what of the finding. Keys of our own say nothing to a carrier.
_PATHS = {
    "status": "status", "code": "code", "cause": "cause", "charge": "charge", "vendor_name": "invoice__vendor_name",
    "invoice_number": "invoice__invoice_number", "invoice_date": "invoice__invoice_date", "lines": "lines",
    "tracking_number": "tracking_number", "ship_date": "of_line", "service": "of_line", "zone": "of_line",
    "billed_weight": "of_line", "weight_unit": "of_line", "charge_code": "charge_code", "description": "description",
    "currency": "currency", "billed": "billed", "expected": "expected", "difference": "difference",
    "message": "message", "how": "how", "source": "source", "created_at": "created_at",
    "decided_at": "decided_at", "decided_by": "decided_by__username", "why": "why",
}  # fmt: skip
_OF_LINE = ("ship_date", "service", "zone", "billed_weight", "weight_unit")
COLUMNS = tuple(_PATHS)
BATCH = 500


def finding_table(findings: QuerySet[Finding]) -> Iterator[list[Any]]:
    """The cells of each row in the order of ``COLUMNS``; lines are counted from 1, what was moved is that of the first
    of them, and the cells of the card stand behind their figures. A few hundred are in memory."""
    first = InvoiceLine.objects.filter(
        invoice=OuterRef("invoice"), position=Cast(KeyTextTransform("0", OuterRef("lines")), IntegerField())
    )
    line = Subquery(first.values(of_line=JSONObject(**{name: name for name in _OF_LINE})))
    rows = findings.select_related(None).annotate(of_line=line).values_list(*dict.fromkeys(_PATHS.values()))
    names = list(dict.fromkeys(_PATHS.values()))
    for row in rows.iterator(chunk_size=BATCH):
        values = dict(zip(names, row, strict=True))
        of_line = values["of_line"] or {}
        yield [_cell(of_line.get(name) if path == "of_line" else values[path]) for name, path in _PATHS.items()]


def _cell(value: Any) -> Any:
    if isinstance(value, list):
        return " ".join(str(position + 1) for position in value)
    if isinstance(value, dict):
        return "; ".join(f"{name}: {_place(place)}" for name, place in value.items())
    return Decimal(str(value)) if isinstance(value, float | int) else value


def _place(place: Any) -> str:
    if isinstance(place, dict):
        return str(place.get("cell") or f"page {place.get('page')}")
    return str(place)
