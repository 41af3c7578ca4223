"""The sign of credit notes: our records hold their amounts positive, however the document writes them. Pure."""

from __future__ import annotations

from decimal import Decimal

from processing.content.extraction import Extraction, Fields, FieldValue


def make_positive(extraction: Extraction) -> None:
    """The amounts of a credit note are positive in our records, however the document writes them."""
    total = extraction.fields.get("total_amount")
    written_negative = total is not None and isinstance(total.value, Decimal) and total.value < 0
    for name in ("subtotal", "tax_amount", "total_amount", "amount_due"):
        _turn(extraction.fields, name, only_negative=True)
    if not written_negative:
        return
    for name in ("discount_total", "charge_total", "amount_paid", "withholding_amount"):
        _turn(extraction.fields, name, only_negative=True)
    _turn(extraction.fields, "rounding")
    for row in extraction.taxes:
        _turn(row, "base")
        _turn(row, "amount")
    for line in extraction.lines:
        _turn(line, "amount")
        quantity = line.get("quantity")
        negative = quantity is not None and isinstance(quantity.value, Decimal) and quantity.value < 0
        _turn(line, "quantity" if negative else "unit_price", only_negative=True)


def _turn(row: Fields, name: str, *, only_negative: bool = False) -> None:
    field = row.get(name)
    if field is not None and isinstance(field.value, Decimal) and (field.value < 0 or not only_negative):
        row[name] = FieldValue(-field.value, field.raw, field.method, field.place, field.derived_from)
