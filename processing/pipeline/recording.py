"""From an extraction to what the books take: evidence as results.json shows it, values that fit their columns."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from typing import Any

from common.storable import shown, storable, unturned
from invoices.records import HEADER_FIELDS, InvoiceData, ReviewReason
from invoices.rules.catalogue import reason
from invoices.services.recording import ReadInvoice
from processing.content.extraction import Extraction, Fields, FieldValue

# The columns hold fourteen digits before the point; no invoice comes near, so more is a number that is something else.
LARGEST = Decimal(10) ** 14


def read_invoice(extraction: Extraction, *, sha256: str) -> ReadInvoice:
    """The extraction as ``record_invoice`` takes it; a value that no column can hold becomes a review reason."""
    reasons = list(extraction.reasons)
    fields = _sane(extraction.fields, "", reasons)
    lines = [_sane(line, f"line_items[{i}].", reasons) for i, line in enumerate(extraction.lines)]
    taxes = [_sane(tax, f"taxes[{i}].", reasons) for i, tax in enumerate(extraction.taxes)]
    shipments = [_sane(row, f"shipments[{i}].", reasons) for i, row in enumerate(extraction.shipments)]
    sane = replace(extraction, fields=fields, lines=lines, taxes=taxes, shipments=shipments)
    invoice: InvoiceData = sane.to_invoice()
    evidence = {name: entry(value) for name, value in fields.items()}
    entries: dict[int, dict[str, Any]] = {}  # what lines share is kept once
    for prefix, rows in (("line_items", lines), ("taxes", taxes), ("shipments", shipments)):
        for index, row in enumerate(rows):
            for name, cell in row.items():
                made = entries.get(id(cell))
                if made is None:
                    made = entries[id(cell)] = entry(cell)
                evidence[f"{prefix}[{index}].{name}"] = made
    for name in HEADER_FIELDS:
        value = fields.get(name)
        if value is not None and value.place is None and not value.derived_from:
            reasons.append(reason("value_without_evidence", name, "The position of this value is unknown."))
    return ReadInvoice(
        invoice=invoice,
        evidence=evidence,
        reasons=[replace(each, message=shown(storable(each.message, 2000))) for each in reasons],
        method=extraction.method,
        sha256=sha256,
        text=extraction.text,
    )


def entry(value: FieldValue) -> dict[str, Any]:
    """One value's evidence: ``method``, ``text`` as it stands there, and ``page`` with ``box``, or ``cell``, or
    ``path``."""
    result: dict[str, Any] = {"text": shown(storable(value.raw, 500)), "method": value.method}
    place = value.place
    if place is not None:
        if place.page is not None:
            result["page"] = place.page
        if place.box is not None:
            result["box"] = [round(edge, 1) for edge in place.box]
        if place.cell is not None:
            result["cell"] = place.cell
        if place.path is not None:
            result["path"] = place.path
    if value.derived_from:
        result["derived_from"] = value.derived_from
    return result


def _sane(row: Fields, prefix: str, reasons: list[ReviewReason]) -> Fields:
    kept: Fields = {}
    for name, value in row.items():
        if isinstance(value.value, Decimal) and (not value.value.is_finite() or abs(value.value) >= LARGEST):
            reasons.append(
                reason("value_out_of_range", prefix + name, f"“{value.raw[:80]}” is not a plausible number.")
            )
        elif isinstance(value.value, str) and not value.value.isascii():
            kept[name] = replace(value, value=unturned(value.value))
        else:
            kept[name] = value
    return kept
