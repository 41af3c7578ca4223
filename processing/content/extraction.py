"""What an extractor makes of a document: fields and lines, each with raw text, normalised value, evidence and method.
Pure."""

from __future__ import annotations

from dataclasses import dataclass, field

from invoices.records import (
    HEADER_FIELDS,
    LINE_FIELDS,
    SHIPMENT_FIELDS,
    TAX_FIELDS,
    InvoiceData,
    LineData,
    Method,
    Place,
    ReviewReason,
    ShipmentData,
    TaxData,
    Value,
)
from invoices.rules.catalogue import reason


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
# What a charge of a carrier's bill repeats of its shipment: the freight columns of a line.
SHARED_FACTS = (
    "tracking_number", "service", "origin", "destination", "zone", "billed_weight", "weight_unit", "ship_date",
)  # fmt: skip


@dataclass(slots=True)
class Extraction:
    """Header ``fields`` by name (records.HEADER_FIELDS), ``lines``, ``taxes`` and ``shipments`` as rows of such fields.
    ``shipment_of`` is the position of each line's shipment, and empty where the document is no carrier's bill. Several
    references of a shipment stand in one value, a line each."""

    method: Method
    fields: Fields = field(default_factory=dict)
    lines: list[Fields] = field(default_factory=list)
    taxes: list[Fields] = field(default_factory=list)
    shipments: list[Fields] = field(default_factory=list)
    shipment_of: list[int | None] = field(default_factory=list)
    reasons: list[ReviewReason] = field(default_factory=list)
    raw_response: str | None = None
    truncated: bool = False  # the reply was cut at its cap and what was complete was kept
    text: str = ""  # of the whole document, by whose words the invoice is found

    def doubt(self, name: str, code: str, message: str) -> None:
        """A reason why a person must look at a field; ``code`` is that of a ReviewReason."""
        self.reasons.append(reason(code, name, message))

    def to_invoice(self) -> InvoiceData:
        """The bare values as an ``InvoiceData``; unknown names are an error."""
        invoice = InvoiceData(**_values(self.fields, HEADER_FIELDS))  # type: ignore[arg-type]
        invoice.line_items = [LineData(**_values(line, LINE_FIELDS)) for line in self.lines]  # type: ignore[arg-type]
        invoice.taxes = [TaxData(**_values(tax, TAX_FIELDS)) for tax in self.taxes]  # type: ignore[arg-type]
        if len(self.shipment_of) == len(self.lines):
            invoice.shipments = [_shipment(row) for row in self.shipments]
            for line, position in zip(invoice.line_items, self.shipment_of, strict=True):
                line.shipment = position
        return invoice


def _shipment(row: Fields) -> ShipmentData:
    values = _values(row, SHIPMENT_FIELDS)
    references = str(values.pop("references", "")).split("\n")
    return ShipmentData(**values, references=[text for text in references if text])  # type: ignore[arg-type]


def _values(row: Fields, names: tuple[str, ...]) -> dict[str, Value]:
    unknown = row.keys() - set(names)
    if unknown:
        raise ValueError(f"unknown field names: {sorted(unknown)}")
    return {name: cell.value for name, cell in row.items()}
