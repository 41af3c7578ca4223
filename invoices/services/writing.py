"""How an invoice's values, rows, reasons, words and changes are written. Called by services, inside a transaction."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from difflib import SequenceMatcher
from typing import Any
from uuid import UUID

from django.contrib.auth.models import AbstractBaseUser
from django.db import connection

from common.rows import SqlValue, insert_all
from invoices.auditing import FindingData
from invoices.models import Finding, Invoice, InvoiceChange, InvoiceLine, InvoiceReason, InvoiceTax, Shipment, Vendor
from invoices.queries import find_vendor, invoice_data, vendor_name_key
from invoices.records import HEADER_FIELDS, LINE_FIELDS, SHIPMENT_FIELDS, TAX_FIELDS, InvoiceData, plain_json
from invoices.search.words import document_words, invoice_words
from invoices.services.checking import Assessment
from invoices.services.finding_rows import new_findings, replace_findings, told

_ROWS = {"line_items": LINE_FIELDS, "taxes": TAX_FIELDS}
# Rows that keep their evidence themselves.
_OF_ROWS = ("line_items[", "shipments[")
# One statement takes the rows of an ordinary document; a carrier's bill of thousands goes in pieces.
_ROWS_AT_ONCE = 1_000


def find_or_create_vendor(invoice: InvoiceData) -> Vendor | None:
    name, tax_id = (invoice.vendor_name or "")[:300], (invoice.vendor_tax_id or "")[:60]
    vendor = find_vendor(name=name, tax_id=tax_id)
    if vendor is not None or not name:
        return vendor
    defaults = {"name": name, "name_key": vendor_name_key(name)[:300], "country": invoice.vendor_country or ""}
    if tax_id:
        return Vendor.objects.get_or_create(tax_id=tax_id, defaults=defaults)[0]
    return Vendor.objects.get_or_create(tax_id="", name_key=defaults.pop("name_key"), defaults=defaults)[0]


def write_values(record: Invoice, invoice: InvoiceData, *, evidence: Mapping[str, Mapping[str, Any]]) -> None:
    """Put header values and evidence on the record, unsaved, and replace its lines and taxes."""
    for name in HEADER_FIELDS:
        setattr(record, name, column_value(name, getattr(invoice, name)))
    record.document_type = record.document_type or Invoice.DocumentType.INVOICE
    record.evidence = {name: dict(entry) for name, entry in evidence.items() if not name.startswith(_OF_ROWS)}


def write_assessment(record: Invoice, assessment: Assessment) -> None:
    """Put confidences, status and the reasons set aside on the record, unsaved."""
    record.reasons_set_aside = [plain_json(reason) for reason in assessment.set_aside]
    record.confidence = assessment.confidence
    record.evidence = {
        name: {**entry, "confidence": str(assessment.confidences[name])} for name, entry in record.evidence.items()
    }
    record.status = assessment.status


def column_value(name: str, value: Any) -> Any:
    """The value as its column takes it: None is "" for text, and a text longer than the column keeps what fits."""
    column = Invoice._meta.get_field(name)
    if column.null:
        return value
    limit = getattr(column, "max_length", None)
    return (value or "")[:limit] if limit else value or ""


def insert_new(
    record: Invoice,
    invoice: InvoiceData,
    *,
    evidence: Mapping[str, Mapping[str, Any]],
    assessment: Assessment,
    text: str = "",
) -> None:
    """A new record with its lines, taxes, reasons, findings and words, by one statement: every document passes here."""
    record.search = SqlValue("array_to_tsvector(%s::text[])", _words(invoice, text))
    lines, taxes, shipments = _rows(record, invoice, evidence)
    findings = new_findings(record, assessment.findings)
    reasons = _reasons(record, assessment)
    if len(lines) <= _ROWS_AT_ONCE and len(findings) <= _ROWS_AT_ONCE:
        insert_all([record], lines, taxes, shipments, reasons, findings)
    else:
        insert_all([record], taxes, reasons)
        Shipment.objects.bulk_create(shipments, batch_size=_ROWS_AT_ONCE)
        InvoiceLine.objects.bulk_create(lines, batch_size=_ROWS_AT_ONCE)
        Finding.objects.bulk_create(findings, batch_size=_ROWS_AT_ONCE)
    record.__dict__.pop("search", None)  # deferred from here on: a later save() leaves the column alone


def replace_rows(record: Invoice, invoice: InvoiceData, evidence: Mapping[str, Mapping[str, Any]]) -> None:
    """The lines and taxes of a saved record anew."""
    record.lines.all().delete()
    record.taxes.all().delete()
    record.shipments.all().delete()
    lines, taxes, shipments = _rows(record, invoice, evidence)
    Shipment.objects.bulk_create(shipments, batch_size=_ROWS_AT_ONCE)
    InvoiceLine.objects.bulk_create(lines, batch_size=_ROWS_AT_ONCE)
    InvoiceTax.objects.bulk_create(taxes)


def replace_reasons(record: Invoice, assessment: Assessment) -> None:
    """The reasons and findings of a saved record anew."""
    record.reasons.all().delete()
    InvoiceReason.objects.bulk_create(_reasons(record, assessment))
    write_findings(record, assessment.findings)


def write_findings(record: Invoice, findings: Sequence[FindingData]) -> None:
    """The findings of a saved record anew; what was decided about one that is no longer found stays in the history."""
    for row in replace_findings(record, findings):
        keep_change(record, field="findings", old=told(row), new=None, by=None, why="no longer found")


def _rows(
    record: Invoice, invoice: InvoiceData, evidence: Mapping[str, Mapping[str, Any]]
) -> tuple[list[InvoiceLine], list[InvoiceTax], list[Shipment]]:
    by_line: dict[int, dict[str, Any]] = {}
    by_shipment: dict[int, dict[str, Any]] = {}
    for name, entry in evidence.items():
        if name.startswith(_OF_ROWS):
            rows, _, cell = name.partition("[")
            index, _, column = cell.partition("].")
            (by_line if rows == "line_items" else by_shipment).setdefault(int(index), {})[column] = entry
    lines = [
        InvoiceLine(
            invoice=record, position=i, evidence=by_line.get(i, {}), shipment=line.shipment,
            **_row_columns(InvoiceLine, LINE_FIELDS, line),
        )
        for i, line in enumerate(invoice.line_items)
    ]  # fmt: skip
    shipments = [
        Shipment(
            invoice=record, position=i, evidence=by_shipment.get(i, {}),
            **_row_columns(Shipment, SHIPMENT_FIELDS, shipment),
        )
        for i, shipment in enumerate(invoice.shipments)
    ]  # fmt: skip
    taxes = [
        InvoiceTax(invoice=record, position=i, **_row_columns(InvoiceTax, TAX_FIELDS, tax))
        for i, tax in enumerate(invoice.taxes)
    ]
    return lines, taxes, shipments


def _reasons(record: Invoice, assessment: Assessment) -> list[InvoiceReason]:
    return [
        InvoiceReason(
            invoice=record,
            position=i,
            code=judged.reason.code,
            field=judged.reason.field[:100],
            message=judged.reason.message,
            blocking=judged.reason.blocking,
            origin=judged.origin,
            accepted_at=judged.accepted.at if judged.accepted else None,
            accepted_by_id=judged.accepted.by_id if judged.accepted else None,
            accepted_why=judged.accepted.why if judged.accepted else "",
        )
        for i, judged in enumerate(assessment.reasons)
    ]


def _row_columns(model: type[InvoiceLine | InvoiceTax | Shipment], names: Sequence[str], row: Any) -> dict[str, Any]:
    columns = {}
    for name in names:
        column, value = model._meta.get_field(name), getattr(row, name)
        limit: int | None = getattr(column, "max_length", None)
        if isinstance(value, str) and limit:
            value = value[:limit]
        columns[name] = value if column.null or isinstance(value, list) else value or ""
    return columns


def add_words(record: Invoice, invoice: InvoiceData, *, text: str = "") -> None:
    """Make a saved record findable by its values and the text of its document. Words are only ever added: what the
    document says stays true, whatever a person corrects."""
    words = _words(invoice, text)
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE invoices_invoice SET search = coalesce(search, ''::tsvector) || array_to_tsvector(%s::text[]) "
            "WHERE id = %s",
            [words, record.pk],
        )
    record.__dict__.pop("search", None)  # deferred from here on: a later save() leaves the column alone


def forget_document_words(invoice_id: UUID) -> None:
    """Leave an invoice findable by its values alone: its document is gone, and so are the words of its text."""
    record = Invoice.objects.defer("search").get(pk=invoice_id)
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE invoices_invoice SET search = array_to_tsvector(%s::text[]) WHERE id = %s",
            [_words(invoice_data(record), ""), record.pk],
        )


def _words(invoice: InvoiceData, text: str) -> list[str]:
    return sorted(invoice_words(invoice) | document_words(text))


def keep_change(
    record: Invoice, *, field: str, old: Any, new: Any, by: AbstractBaseUser | None, why: str = ""
) -> InvoiceChange:
    """One row of the history, at the record's version."""
    return InvoiceChange.objects.create(
        invoice=record,
        version=record.version,
        field=field,
        old=old,
        new=new,
        why=why.strip(),
        changed_by_id=by.pk if by else None,
    )


def keep_changes(
    record: Invoice, before: InvoiceData, after: InvoiceData, *, by: AbstractBaseUser | None, why: str = ""
) -> list[str]:
    """A row of the history for each value that differs; gives the names of the fields."""
    changes = list(differences(before, after))
    InvoiceChange.objects.bulk_create(
        InvoiceChange(
            invoice=record,
            version=record.version,
            field=name,
            old=old,
            new=new,
            why=why.strip(),
            changed_by_id=by.pk if by else None,
        )
        for name, old, new in changes
    )
    return [name for name, _, _ in changes]


def differences(before: InvoiceData, after: InvoiceData) -> Iterable[tuple[str, Any, Any]]:
    """Field, old and new value as JSON. A cell of a row is ``line_items[2].amount``; a row that came or went is
    ``line_items[2]``, with None as its old or new value, at its place after or before the change."""
    for name in HEADER_FIELDS:
        old, new = plain_json(getattr(before, name)), plain_json(getattr(after, name))
        if old != new:
            yield name, old, new
    for name, columns in _ROWS.items():
        yield from _row_differences(name, columns, plain_json(getattr(before, name)), plain_json(getattr(after, name)))


def _row_differences(
    name: str, columns: Sequence[str], before: list[dict[str, Any]], after: list[dict[str, Any]]
) -> Iterable[tuple[str, Any, Any]]:
    if len(before) == len(after):
        pairs = [("replace", 0, len(before), 0, len(after))]
    else:
        keys_before = [tuple(row.values()) for row in before]
        keys_after = [tuple(row.values()) for row in after]
        pairs = list(SequenceMatcher(None, keys_before, keys_after, autojunk=False).get_opcodes())
    for tag, i, i_end, j, j_end in pairs:
        if tag == "equal":
            continue
        common = min(i_end - i, j_end - j)
        for offset in range(common):
            old, new = before[i + offset], after[j + offset]
            for column in columns:
                if old[column] != new[column]:
                    yield f"{name}[{j + offset}].{column}", old[column], new[column]
        for index in range(i + common, i_end):
            yield f"{name}[{index}]", _told(before[index]), None
        for index in range(j + common, j_end):
            yield f"{name}[{index}]", None, _told(after[index])


def _told(row: dict[str, Any]) -> dict[str, Any]:
    return {column: value for column, value in row.items() if value is not None}


def forget_first_approval(record: Invoice) -> None:
    """A first approval was for values that are no more: forget it, unsaved."""
    record.first_approved_at = record.first_approved_by = None
