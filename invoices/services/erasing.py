"""Erasing what names a person from an invoice whose document is gone: values, what they were read from, and history."""

from __future__ import annotations

import json
from typing import Any
from uuid import UUID

from django.contrib.auth.models import AbstractBaseUser
from django.db import connection, models, transaction

from invoices.models import Invoice, InvoiceChange, MachineReading
from invoices.queries import VALUES_ERASED
from invoices.records import HEADER_FIELDS, LINE_FIELDS, SHIPMENT_FIELDS, plain_json
from invoices.services.history import erase_history
from invoices.services.locking import locked_invoice
from invoices.services.writing import forget_document_words, keep_change

# Whole tables are read: somebody asks for this a few times a year.
_MENTIONING = """
SELECT id FROM invoices_invoice i WHERE strpos(lower(to_jsonb(i)::text), lower(%(text)s)) > 0
UNION SELECT invoice_id FROM invoices_invoiceline l WHERE strpos(lower(to_jsonb(l)::text), lower(%(text)s)) > 0
UNION SELECT invoice_id FROM invoices_shipment s WHERE strpos(lower(to_jsonb(s)::text), lower(%(text)s)) > 0
UNION SELECT invoice_id FROM invoices_invoicechange c WHERE strpos(lower(to_jsonb(c)::text), lower(%(text)s)) > 0
UNION SELECT invoice_id FROM invoices_machinereading m WHERE strpos(lower(to_jsonb(m)::text), lower(%(text)s)) > 0
"""


def invoices_mentioning(text: str) -> list[UUID]:
    """The invoices in whose values, evidence or history a text stands, in whatever case."""
    with connection.cursor() as cursor:
        cursor.execute(_MENTIONING, {"text": json.dumps(text, ensure_ascii=False)[1:-1]})
        return sorted(row[0] for row in cursor.fetchall())


@transaction.atomic
def erase_mentions(*, invoice_id: UUID, text: str, by: AbstractBaseUser | None, why: str) -> list[str]:
    """Empty each text value in which ``text`` stands, drop its evidence, and erase such changes from the history, whose
    chain holds. Gives the fields; amounts, numbers and dates stay. Written down as a change without the values."""
    record = locked_invoice(invoice_id, None)
    erased = _emptied(record, HEADER_FIELDS, text)
    for name, rows, fields in (
        ("line_items", record.lines.all(), LINE_FIELDS),
        ("shipments", record.shipments.all(), SHIPMENT_FIELDS),
    ):
        for row in rows:
            erased += [f"{name}[{row.position}].{field}" for field in _emptied(row, fields, text)]
    reading = MachineReading.objects.filter(invoice=record).first()
    if reading is not None and _stands(text, [reading.data, reading.evidence]):
        reading.delete()
    for reason in record.reasons.all():
        if _stands(text, [reason.message, reason.accepted_why]):
            reason.message = reason.accepted_why = ""
            reason.save(update_fields=["message", "accepted_why"])
    record.reasons_set_aside = [reason for reason in record.reasons_set_aside if not _stands(text, reason)]
    changes = InvoiceChange.objects.filter(invoice=record, erased_at=None)
    positions = [row.position for row in changes if row.position and _stands(text, [row.old, row.new, row.why])]
    record.version += 1
    record.save()
    forget_document_words(record.id)
    if positions:
        erase_history(invoice_id=record.id, positions=positions, by=by, why=why)
        record.refresh_from_db(fields=["version"])
    if erased:
        keep_change(record, field=VALUES_ERASED, old=None, new=erased, by=by, why=why)
    return erased


def _emptied(row: Any, fields: tuple[str, ...], text: str) -> list[str]:
    """The fields of a row that were emptied; lines and shipments are saved."""
    emptied = [name for name in fields if _is_text(row, name) and _stands(text, getattr(row, name))]
    for name in emptied:
        column = row._meta.get_field(name)
        setattr(row, name, [] if isinstance(getattr(row, name), list) else None if column.null else "")
    kept = {name: entry for name, entry in row.evidence.items() if name not in emptied and not _stands(text, entry)}
    changed = bool(emptied) or len(kept) < len(row.evidence)
    row.evidence = kept
    if changed and not isinstance(row, Invoice):
        row.save()
    return emptied


def _is_text(row: models.Model, name: str) -> bool:
    return name in {field.name for field in row._meta.concrete_fields} and isinstance(getattr(row, name), str | list)


def _stands(text: str, value: Any) -> bool:
    return text.casefold() in json.dumps(plain_json(value), ensure_ascii=False).casefold()
