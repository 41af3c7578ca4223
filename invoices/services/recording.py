"""Writes of the invoice domain. Each function is one transaction or joins the caller's."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Any

from django.contrib.auth.models import AbstractBaseUser
from django.db import connection, transaction
from django.utils import timezone

from invoices.confidence import FieldEvidence, field_confidences, invoice_confidence
from invoices.errors import InvalidState
from invoices.events import tell_invoice
from invoices.models import Invoice, InvoiceChange, InvoiceLine, InvoiceReason, InvoiceTax, Vendor
from invoices.queries import find_vendor, invoice_data, known_ibans, suspected_duplicates, vendor_name_key
from invoices.records import HEADER_FIELDS, LINE_FIELDS, TAX_FIELDS, InvoiceData, Method, ReviewReason, to_json
from invoices.rules import BookContext, check_invoice, confirmed_fields


@dataclass(frozen=True, slots=True)
class ReadInvoice:
    """What the pipeline read, ready to be recorded. ``evidence`` is keyed as in results.json
    (``total_amount``, ``line_items[0].amount``), each an object with ``method``, ``text``, and where it stands."""

    invoice: InvoiceData
    evidence: Mapping[str, dict[str, Any]]
    reasons: Sequence[ReviewReason]
    method: Method
    sha256: str


@transaction.atomic
def record_invoice(*, read: ReadInvoice, owner_id: int | None, existing: Invoice | None = None) -> Invoice:
    """Store what was read with its review reasons. An ``existing`` invoice is replaced and its old values are kept as
    changes; one that a person has decided on is refused with InvalidState."""
    invoice = read.invoice
    _lock_look_alikes(invoice)
    vendor = _find_or_create_vendor(invoice)
    record = existing or Invoice(owner_id=owner_id)
    if existing is not None:
        record = Invoice.objects.select_for_update().get(pk=existing.pk)
        if record.status in (Invoice.Status.APPROVED, Invoice.Status.REJECTED):
            raise InvalidState("The invoice was decided by a person; reopen it before it is read again.")
    before = invoice_data(record) if existing is not None else None

    facts = _facts(read.evidence)
    context = BookContext(
        vendor_ibans=known_ibans(vendor, exclude=record.id),
        duplicates=suspected_duplicates(invoice=invoice, vendor=vendor, sha256=read.sha256, exclude=record.id),
        derived=frozenset(name for name, fact in facts.items() if fact.derived),
    )
    reasons = _merged(read.reasons, check_invoice(invoice, today=timezone.localdate(), context=context))
    confirmed = confirmed_fields(invoice, derived=context.derived)
    confidences = field_confidences(facts, reasons, confirmed=confirmed)

    for name in HEADER_FIELDS:
        setattr(record, name, _column(name, getattr(invoice, name)))
    record.document_type = record.document_type or Invoice.DocumentType.INVOICE
    record.vendor = vendor
    record.method = read.method
    record.source_sha256 = read.sha256
    record.confidence = invoice_confidence(
        {name: fact for name, fact in facts.items() if "[" not in name}, reasons, confirmed=confirmed
    )
    record.evidence = {
        name: {**entry, "confidence": str(confidences[name])}
        for name, entry in read.evidence.items()
        if not name.startswith("line_items[")
    }
    record.status = Invoice.Status.NEEDS_REVIEW if reasons else Invoice.Status.READY
    if before is not None:
        record.version += 1
    record.save()
    _replace_rows(record, invoice, read.evidence, reasons)
    if before is not None:
        _keep_changes(record, before, invoice, by=None, why=f"read again ({read.method})")
    tell_invoice("needs_review" if reasons else "ready", record)
    return record


def _lock_look_alikes(invoice: InvoiceData) -> None:
    """Two copies of one invoice that are recorded at the same moment must see each other: the second waits here."""
    key = f"{vendor_name_key(invoice.vendor_name or '')}"
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 7041))", [key])


def _find_or_create_vendor(invoice: InvoiceData) -> Vendor | None:
    name, tax_id = (invoice.vendor_name or "")[:300], (invoice.vendor_tax_id or "")[:60]
    vendor = find_vendor(name=name, tax_id=tax_id)
    if vendor is not None or not name:
        return vendor
    defaults = {"name": name, "name_key": vendor_name_key(name)[:300], "country": invoice.vendor_country or ""}
    if tax_id:
        return Vendor.objects.get_or_create(tax_id=tax_id, defaults=defaults)[0]
    return Vendor.objects.get_or_create(tax_id="", name_key=defaults.pop("name_key"), defaults=defaults)[0]


def _facts(evidence: Mapping[str, dict[str, Any]]) -> dict[str, FieldEvidence]:
    return {
        name: FieldEvidence(
            method=entry["method"],
            has_evidence=any(entry.get(key) for key in ("box", "cell", "path")),
            derived=bool(entry.get("derived_from")),
        )
        for name, entry in evidence.items()
    }


def _merged(*lists: Iterable[ReviewReason]) -> list[ReviewReason]:
    """All reasons, blocking ones first, each code and field once."""
    unique = {(reason.code, reason.field): reason for reasons in reversed(lists) for reason in reasons}
    return sorted(unique.values(), key=lambda reason: not reason.blocking)


def _column(name: str, value: Any) -> Any:
    """The value as its column takes it: None is "" for text, and a text longer than the column keeps what fits."""
    column = Invoice._meta.get_field(name)
    if column.null:
        return value
    limit = getattr(column, "max_length", None)
    return (value or "")[:limit] if limit else value or ""


def _replace_rows(
    record: Invoice, invoice: InvoiceData, evidence: Mapping[str, dict[str, Any]], reasons: Sequence[ReviewReason]
) -> None:
    record.lines.all().delete()
    record.taxes.all().delete()
    record.reasons.all().delete()
    by_line: dict[int, dict[str, Any]] = {}
    for name, entry in evidence.items():
        if name.startswith("line_items["):
            index, _, column = name.removeprefix("line_items[").partition("].")
            by_line.setdefault(int(index), {})[column] = entry
    InvoiceLine.objects.bulk_create(
        InvoiceLine(
            invoice=record, position=i, evidence=by_line.get(i, {}), **_row_columns(InvoiceLine, LINE_FIELDS, line)
        )
        for i, line in enumerate(invoice.line_items)
    )
    InvoiceTax.objects.bulk_create(
        InvoiceTax(invoice=record, position=i, **_row_columns(InvoiceTax, TAX_FIELDS, tax))
        for i, tax in enumerate(invoice.taxes)
    )
    InvoiceReason.objects.bulk_create(
        InvoiceReason(
            invoice=record,
            position=i,
            code=reason.code,
            field=reason.field[:100],
            message=reason.message,
            blocking=reason.blocking,
        )
        for i, reason in enumerate(reasons)
    )


def _row_columns(model: type[InvoiceLine] | type[InvoiceTax], names: Sequence[str], row: Any) -> dict[str, Any]:
    columns = {}
    for name in names:
        column, value = model._meta.get_field(name), getattr(row, name)
        limit: int | None = getattr(column, "max_length", None)
        if isinstance(value, str) and limit:
            value = value[:limit]
        columns[name] = value if column.null else value or ""
    return columns


def _keep_changes(
    record: Invoice, before: InvoiceData, after: InvoiceData, *, by: AbstractBaseUser | None, why: str
) -> None:
    old, new = to_json(_plain(before)), to_json(_plain(after))
    InvoiceChange.objects.bulk_create(
        InvoiceChange(
            invoice=record,
            version=record.version,
            field=name,
            old=old[name],
            new=new[name],
            why=why,
            changed_by_id=by.pk if by else None,
        )
        for name in old
        if old[name] != new[name]
    )


def _plain(invoice: InvoiceData) -> InvoiceData:
    """The invoice with its numbers in one form, so that 12.5 read and 12.5000 stored are no change."""

    def plain(value: Any) -> Any:
        return value.normalize() + Decimal(0) if isinstance(value, Decimal) else value

    def row(item: Any, names: Sequence[str]) -> Any:
        return replace(item, **{name: plain(getattr(item, name)) for name in names})

    result: InvoiceData = row(invoice, HEADER_FIELDS)
    result.line_items = [row(line, LINE_FIELDS) for line in invoice.line_items]
    result.taxes = [row(tax, TAX_FIELDS) for tax in invoice.taxes]
    return result
