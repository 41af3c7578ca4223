"""The memory of vendors between the books and the pure matcher: what is looked up for a document, and what an approval
writes down."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import structlog
from django.db import connection

from invoices.events import InvoiceEvent
from invoices.models import Invoice, Vendor, VendorMemory
from invoices.queries import invoice_data, resembling_vendors, stored_evidence
from invoices.services.vendor_memory import Taught, teach, unlearn
from processing.content.extraction import Extraction
from processing.content.records import DocumentContent
from processing.extractors.memory.lessons import lessons_of
from processing.extractors.memory.recall import Document as Looked
from processing.extractors.memory.recall import look_at, recall, recognise, search_keys
from processing.extractors.memory.records import Entry, Key, KnownVendor
from processing.models import Document
from processing.pipeline.kept_content import kept_content

log = structlog.get_logger(__name__)

MAX_VENDORS, MAX_ENTRIES = 12, 400
MAX_KEYS = 3000
# The books warn of a change of these by the reasons; what is warned of teaches nothing.
_WARNINGS = {"iban_changed": "iban", "vendor_identity_conflict": "domain", "account_blocked": "iban"}

_FIND = """
SELECT DISTINCT memory.vendor_id FROM invoices_vendormemory memory
JOIN unnest(%(kinds)s::text[], %(keys)s::text[]) AS wanted(kind, key)
    ON wanted.kind = memory.kind AND wanted.key = memory.key
WHERE memory.forgotten_at IS NULL LIMIT %(limit)s
"""
_ANY = "SELECT EXISTS (SELECT 1 FROM invoices_vendormemory)"


def recall_from_books(content: DocumentContent, by_rules: Extraction) -> Extraction | None:
    """What people confirmed of the vendor of a document; None where it is not recognised."""
    with connection.cursor() as cursor:
        cursor.execute(_ANY)
        if not cursor.fetchone()[0]:
            return None
    looked = look_at(content)
    if looked is None:
        return None
    return recalled(looked, candidates(looked, by_rules), by_rules)


def recalled(looked: Looked, known: Sequence[KnownVendor], by_rules: Extraction) -> Extraction | None:
    recognised = recognise(looked, known, by_rules)
    return None if recognised is None else recall(looked, recognised, by_rules)


def candidates(looked: Looked, by_rules: Extraction) -> list[KnownVendor]:
    """Vendors with an entry that stands on the document, or that look like the one that the rules read."""
    keys: list[Key] = search_keys(looked)[:MAX_KEYS]
    values: dict[str, Any] = {"kinds": [k for k, _ in keys], "keys": [k for _, k in keys], "limit": MAX_VENDORS}
    with connection.cursor() as cursor:
        cursor.execute(_FIND, values)
        ids = {row[0] for row in cursor.fetchall()}
    if by_rules.fields.get("vendor_name"):
        ids |= {vendor.pk for vendor in resembling_vendors(invoice=by_rules.to_invoice(), vendor=None)}
    vendors = Vendor.objects.filter(pk__in=sorted(ids, key=str)[: 2 * MAX_VENDORS])
    return [known_vendor(vendor) for vendor in vendors.prefetch_related("memories")]


def known_vendor(vendor: Vendor) -> KnownVendor:
    entries = list(vendor.memories.all())[:MAX_ENTRIES]
    return KnownVendor(str(vendor.pk), vendor.name, tuple(_entry(row) for row in entries if row.forgotten_at is None))


def learn_from(*, what: InvoiceEvent, invoice: Invoice, **_: Any) -> None:
    """An approval teaches what its document bears out; an approval taken back is unlearnt."""
    if what == "reopened":
        unlearn(invoice=invoice)
    if what != "approved" or invoice.vendor is None:
        return
    document = Document.objects.filter(invoice_id=invoice.pk, purged_at=None).first()
    content = kept_content(document) if document is not None else None
    if content is None or content.embedded_xml is not None or invoice.method == "xml":
        return
    looked = look_at(content)
    if looked is None:
        return
    data, by = invoice_data(invoice), invoice.decided_by
    doubted = {_WARNINGS[reason.code] for reason in invoice.reasons.all() if reason.code in _WARNINGS}
    if "domain" in doubted:
        doubted.add("iban")
    known = known_vendor(invoice.vendor)
    lessons = lessons_of(looked, data, stored_evidence(invoice), known=known, doubted=doubted)
    taught = [Taught(**_columns(lesson.entry), agrees=lesson.agrees) for lesson in lessons]
    teach(vendor=invoice.vendor, invoice=invoice, taught=taught, by=by)


def _columns(entry: Entry) -> dict[str, Any]:
    return {name: getattr(entry, name) for name in ("kind", "key", "value", "field", "label", "relation", "layout")}


def _entry(row: VendorMemory) -> Entry:
    return Entry(
        kind=row.kind,  # type: ignore[arg-type]
        key=row.key,
        value=row.value,
        field=row.field,
        label=row.label,
        relation=row.relation,  # type: ignore[arg-type]
        layout=row.layout,
        weight=row.confirmed - row.contradicted,
    )
