"""What follows from what was read: values that a document states once for many places. Pure."""

from __future__ import annotations

from dataclasses import replace

from processing.content.extraction import Extraction, FieldValue


def complete(extraction: Extraction) -> Extraction:
    """Give each line the VAT rate of an invoice that has one rate only (BT-152 from BT-119), marked as derived."""
    rates = {row["rate"].value: row["rate"] for row in extraction.taxes if "rate" in row}
    if len(rates) == 1 and len(extraction.taxes) == 1:
        rate: FieldValue = replace(next(iter(rates.values())), place=None, derived_from="taxes[0].rate")
        for line in extraction.lines:
            line.setdefault("tax_rate", rate)
    return extraction
