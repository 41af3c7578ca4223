"""Reads of the invoice domain."""

from __future__ import annotations

import re
from collections.abc import Collection
from typing import Any
from uuid import UUID

from django.conf import settings
from django.contrib.auth import get_user_model
from django.contrib.auth.models import AbstractBaseUser
from django.db import connection
from django.db.models import QuerySet

from common.errors import NotFound
from common.roles import sees_everything
from common.rows import columns_of, instance_of
from invoices.models import Invoice, InvoiceChange, MachineReading, Vendor
from invoices.records import (
    HEADER_FIELDS,
    LINE_FIELDS,
    SHIPMENT_FIELDS,
    TAX_FIELDS,
    InvoiceData,
    LineData,
    ShipmentData,
    TaxData,
)
from invoices.rules import DuplicateRef
from invoices.rules.books import Match
from invoices.rules.resemblance import By, look_of, resemble, traits_to_look_for

_LEGAL_FORM = re.compile(
    r"\b(gmbh( & co)?( kg)?|ag|kg|ug|ohg|gbr|e ?k|ltd|limited|llc|inc|corp|plc|co|sa|sas|sarl|srl|spa|s r l|s p a"
    r"|bv|nv|oy|ab|as)\b"
)


# Fields of the history that are no values of the invoice.
HISTORY_ERASED, VALUES_ERASED = "history_erased", "values_erased"
EVENT_FIELDS = (
    "status", "assignee", "first_approval", "accepted_reasons", "findings", HISTORY_ERASED, VALUES_ERASED,
)  # fmt: skip


def invoices_for(user: Any) -> QuerySet[Invoice]:
    """The invoices that this user may see: own ones, or all for staff and admins."""
    if not getattr(user, "is_authenticated", False):
        return Invoice.objects.none()
    invoices = Invoice.objects.all()
    return invoices if sees_everything(user) else invoices.filter(owner_id=user.pk)


def invoice_of(user: Any, invoice_id: UUID) -> Invoice:
    """Raises NotFound, also for what is not the user's."""
    invoice = invoices_for(user).filter(id=invoice_id).first()
    if invoice is None:
        raise NotFound
    return invoice


def history_of(invoice: Invoice) -> QuerySet[InvoiceChange]:
    """Every change that was ever made, with who made it, the first one first."""
    return InvoiceChange.objects.filter(invoice=invoice).select_related("changed_by").order_by("id")


def needs_second_person(invoice: Invoice) -> bool:
    """Whether two people must approve: its total, or a total that is not known, is above the amount in the settings."""
    limit = settings.APPROVAL_SECOND_PERSON_ABOVE
    return limit is not None and (invoice.total_amount is None or abs(invoice.total_amount) > limit)


def has_corrected(invoice: Invoice, user: AbstractBaseUser) -> bool:
    """Whether this person changed a value since the machine read the invoice."""
    kept = MachineReading.objects.filter(invoice=invoice).first()
    changes = InvoiceChange.objects.filter(invoice=invoice, changed_by_id=user.pk).exclude(field__in=EVENT_FIELDS)
    return kept is not None and changes.filter(changed_at__gte=kept.kept_at).exists()


def vendor_name_key(name: str) -> str:
    """A vendor's name as it is compared: casefolded, without punctuation and legal form."""
    plain = re.sub(r"[^\w]+", " ", name.casefold()).strip()
    return re.sub(r"\s+", " ", _LEGAL_FORM.sub(" ", plain)).strip() or plain


# As SQL, because every document passes here: the ORM takes ten times as long to write the same words.
_FIND_VENDOR = """
SELECT {columns} FROM invoices_vendor
WHERE (%(tax_id)s <> '' AND tax_id = %(tax_id)s)
    OR (%(name_key)s <> '' AND name_key = %(name_key)s AND (tax_id = '' OR %(tax_id)s = ''))
ORDER BY (%(tax_id)s <> '' AND tax_id = %(tax_id)s) DESC, created_at LIMIT 1
"""
_LOOK_ALIKES = """
SELECT id, invoice_number, source_sha256, owner_id FROM invoices_invoice
WHERE ({conditions}) AND status <> 'rejected' AND id IS DISTINCT FROM %(exclude)s
ORDER BY created_at LIMIT 5
"""
_SAME_VENDOR = "vendor_id = ANY(%(vendors)s) AND document_type = %(document_type)s"


# Other tax ids and names of a vendor, as people wrote them down or as they came with a vendor that was merged into it.
_FIND_BY_ALIAS = """
SELECT {columns} FROM invoices_vendormemory memory JOIN invoices_vendor ON invoices_vendor.id = memory.vendor_id
WHERE memory.forgotten_at IS NULL AND memory.confirmed > memory.contradicted AND (
    (%(tax_id)s <> '' AND memory.kind = 'tax_id' AND memory.key = %(tax_id_key)s)
    OR (%(name_key)s <> '' AND memory.kind = 'alias' AND memory.key = %(name_key)s
        AND (invoices_vendor.tax_id = '' OR %(tax_id)s = '')))
ORDER BY memory.kind = 'tax_id' DESC, invoices_vendor.created_at LIMIT 1
"""


def find_vendor(*, name: str | None, tax_id: str | None) -> Vendor | None:
    """The vendor with this tax id; else, where the names agree, one that has no tax id or when none is given here; else
    the one that people gave this tax id or name."""
    name_key = vendor_name_key(name) if name else ""
    values = {"tax_id": tax_id or "", "name_key": name_key[:150], "tax_id_key": compact_id(tax_id or "")[:150]}
    with connection.cursor() as cursor:
        cursor.execute(_FIND_VENDOR.format(columns=columns_of(Vendor)), {**values, "name_key": name_key})
        row = cursor.fetchone()
        if row is None and (name_key or tax_id):
            cursor.execute(_FIND_BY_ALIAS.format(columns=columns_of(Vendor)), values)
            row = cursor.fetchone()
    return None if row is None else instance_of(Vendor, row)


def compact_id(text: str) -> str:
    """An identifier without blanks and punctuation, in capitals."""
    return re.sub(r"[^0-9A-Z]", "", text.upper())


def suspected_duplicates(
    *, invoice: InvoiceData, vendors: Collection[UUID], sha256: str, exclude: UUID | None
) -> tuple[DuplicateRef, ...]:
    """Invoices not rejected that share the bytes, or with one of ``vendors`` (the invoice's and those that it looks
    like) the number, or date and total; at most five."""
    conditions = []
    if sha256:
        conditions.append("source_sha256 = %(sha256)s")
    if vendors and invoice.invoice_number:
        conditions.append(f"({_SAME_VENDOR} AND upper(invoice_number) = upper(%(number)s))")
    if vendors and invoice.invoice_date and invoice.total_amount is not None:
        conditions.append(f"({_SAME_VENDOR} AND invoice_date = %(date)s AND total_amount = %(total)s)")
    if not conditions:
        return ()
    values = {
        "sha256": sha256,
        "vendors": list(vendors),
        "document_type": invoice.document_type or str(Invoice.DocumentType.INVOICE),
        "number": invoice.invoice_number,
        "date": invoice.invoice_date,
        "total": invoice.total_amount,
        "exclude": exclude,
    }
    with connection.cursor() as cursor:
        cursor.execute(_LOOK_ALIKES.format(conditions=" OR ".join(conditions)), values)
        rows = cursor.fetchall()
    return tuple(
        DuplicateRef(ref=number or str(key), match=_match(number, source, invoice, sha256), owner_id=owner_id)
        for key, number, source, owner_id in rows
    )


def _match(number: str, source: str, invoice: InvoiceData, sha256: str) -> Match:
    if sha256 and source == sha256:
        return "bytes"
    if invoice.invoice_number and number.casefold() == invoice.invoice_number.casefold():
        return "number"
    return "date_total"


_RESEMBLING = """
SELECT DISTINCT {columns}, trait.kind FROM invoices_vendortrait trait
JOIN invoices_vendor ON invoices_vendor.id = trait.vendor_id
JOIN unnest(%(kinds)s::text[], %(values)s::text[]) AS wanted(kind, value)
    ON wanted.kind = trait.kind AND wanted.value = trait.value
WHERE trait.vendor_id IS DISTINCT FROM %(vendor)s LIMIT 500
"""


def resembling_vendors(*, invoice: InvoiceData, vendor: Vendor | None) -> dict[Vendor, set[By]]:
    """Vendors of accepted invoices, other than ``vendor``, that an invoice's vendor resembles, and by what."""
    wanted = sorted(traits_to_look_for(invoice))
    values: dict[str, Any] = {
        "kinds": [kind for kind, _ in wanted],
        "values": [value for _, value in wanted],
        "vendor": vendor.id if vendor else None,
    }
    own = len(Vendor._meta.concrete_fields)
    columns = ", ".join(f"invoices_vendor.{field.column}" for field in Vendor._meta.concrete_fields)
    with connection.cursor() as cursor:
        cursor.execute(_RESEMBLING.format(columns=columns), values)
        rows = cursor.fetchall()
    look = look_of(invoice.vendor_name or "")
    found: dict[Vendor, set[By]] = {}
    for row in rows:
        other, kind = instance_of(Vendor, row[:own]), row[own]
        if kind in ("head", "tail", "name"):
            kind = "name"
            if not resemble(look, look_of(other.name)):
                continue
        found.setdefault(other, set()).add(kind)
    return found


def known_ibans(vendor: Vendor | None, *, exclude: UUID | None = None) -> frozenset[str]:
    """The accounts that this vendor was accepted with: on approved invoices, or on those ready without a reason to
    look."""
    if vendor is None:
        return frozenset()
    return frozenset(vendor.ibans) | _accepted(vendor, "iban", exclude)


def known_bics(vendor: Vendor | None, *, exclude: UUID | None = None) -> frozenset[str]:
    """The banks that this vendor was accepted with."""
    return frozenset() if vendor is None else _accepted(vendor, "bic", exclude)


def ibans_told(vendor: Vendor | None, owner_id: int) -> frozenset[str] | None:
    """The accounts of a vendor that an account may read: those of own invoices; None for all of them."""
    if may_read_all(owner_id) or vendor is None:
        return None
    return frozenset(
        Invoice.objects.filter(vendor=vendor, owner_id=owner_id).exclude(iban="").values_list("iban", flat=True)
    )


def may_read_all(owner_id: int | None) -> bool:
    """Whether an account sees the invoices of others; what belongs to nobody is seen by those alone."""
    if owner_id is None:
        return True
    owner = get_user_model().objects.filter(pk=owner_id).first()
    return owner is not None and sees_everything(owner)


def _accepted(vendor: Vendor, field: str, exclude: UUID | None) -> frozenset[str]:
    accepted = Invoice.objects.filter(vendor=vendor, status__in=[Invoice.Status.APPROVED, Invoice.Status.READY])
    rows = accepted.exclude(**{field: ""}).exclude(pk__in=filter(None, [exclude])).values_list(field, flat=True)
    return frozenset(rows.distinct()[:50])


def header_data(invoice: Invoice) -> InvoiceData:
    """The header and taxes of a stored invoice, without its lines."""
    data = InvoiceData(**{name: _value(getattr(invoice, name)) for name in HEADER_FIELDS})
    data.taxes = [TaxData(**{n: _value(getattr(row, n)) for n in TAX_FIELDS}) for row in invoice.taxes.all()]
    return data


def invoice_data(invoice: Invoice) -> InvoiceData:
    """The stored invoice as plain data; empty texts become None."""
    data = header_data(invoice)
    data.line_items = [
        LineData(**{n: _value(getattr(row, n)) for n in LINE_FIELDS}, shipment=row.shipment)
        for row in invoice.lines.all()
    ]
    if any(line.shipment is not None for line in data.line_items):
        data.shipments = [
            ShipmentData(**{n: _value(getattr(row, n)) for n in SHIPMENT_FIELDS}) for row in invoice.shipments.all()
        ]
    return data


def stored_evidence(invoice: Invoice) -> dict[str, dict[str, Any]]:
    """Where each value stands, keyed as in results.json, lines (``line_items[0].amount``) included."""
    evidence = dict(invoice.evidence)
    for line in invoice.lines.all():
        for name, entry in line.evidence.items():
            evidence[f"line_items[{line.position}].{name}"] = entry
    of_shipments = any(line.shipment is not None for line in invoice.lines.all())
    for shipment in invoice.shipments.all() if of_shipments else ():
        for name, entry in shipment.evidence.items():
            evidence[f"shipments[{shipment.position}].{name}"] = entry
    return evidence


def _value(value: Any) -> Any:
    return None if value == "" else value
