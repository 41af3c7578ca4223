"""What an extractor makes of a document: fields and lines, each with raw text, normalised value, evidence and method.
Pure."""

from __future__ import annotations

from dataclasses import dataclass, field

from invoices.records import (
    HEADER_FIELDS,
    LINE_FIELDS,
    TAX_FIELDS,
    InvoiceData,
    LineData,
    Method,
    Place,
    ReviewReason,
    TaxData,
    Value,
)


@dataclass(frozen=True, slots=True)
class FieldValue:
    """A value: ``raw`` as it stands in the document, ``value`` normalised. ``place`` None means no evidence: such a
    value is derived (``derived_from`` names the fields it was computed or concluded from) and never trusted by
    itself."""

    value: Value
    raw: str
    method: Method
    place: Place | None = None
    derived_from: str = ""


Fields = dict[str, FieldValue]


@dataclass(slots=True)
class Extraction:
    """Header ``fields`` by name (records.HEADER_FIELDS), ``lines`` and ``taxes`` as rows of such fields."""

    method: Method
    fields: Fields = field(default_factory=dict)
    lines: list[Fields] = field(default_factory=list)
    taxes: list[Fields] = field(default_factory=list)
    reasons: list[ReviewReason] = field(default_factory=list)
    raw_response: str | None = None
    truncated: bool = False  # the reply was cut at its cap and what was complete was kept
    text: str = ""  # of the whole document, by whose words the invoice is found

    def doubt(self, name: str, code: str, message: str) -> None:
        """A reason why a person must look at a field; ``code`` is that of a ReviewReason."""
        self.reasons.append(ReviewReason(code, name, message))

    def to_invoice(self) -> InvoiceData:
        """The bare values as an ``InvoiceData``; unknown names are an error."""
        invoice = InvoiceData(**_values(self.fields, HEADER_FIELDS))  # type: ignore[arg-type]
        invoice.line_items = [LineData(**_values(line, LINE_FIELDS)) for line in self.lines]  # type: ignore[arg-type]
        invoice.taxes = [TaxData(**_values(tax, TAX_FIELDS)) for tax in self.taxes]  # type: ignore[arg-type]
        return invoice


def _values(row: Fields, names: tuple[str, ...]) -> dict[str, Value]:
    unknown = row.keys() - set(names)
    if unknown:
        raise ValueError(f"unknown field names: {sorted(unknown)}")
    return {name: cell.value for name, cell in row.items()}
