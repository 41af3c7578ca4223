"""One way to take an invoice for a change: locked, at the version that the caller saw, in a state that allows it; and
the lock of a vendor.

Rows are locked but for their keys: findings that point to an invoice or a rate card are written meanwhile, and who
writes them may hold the vendor that the other one waits for."""

from __future__ import annotations

from uuid import UUID

from django.db import connection

from common.errors import InvalidState, NotFound, VersionConflict
from invoices.models import Invoice
from invoices.queries import vendor_name_key

DECIDED = (Invoice.Status.APPROVED, Invoice.Status.REJECTED)


def locked_invoice(invoice_id: UUID, version: int | None) -> Invoice:
    """The invoice with its vendor, locked until the end of the transaction. Raises NotFound, VersionConflict."""
    locked = Invoice.objects.select_for_update(of=("self",), no_key=True).select_related("vendor")
    record = locked.filter(id=invoice_id).first()
    if record is None:
        raise NotFound
    if version is not None and record.version != version:
        raise VersionConflict
    return record


def open_invoice(invoice_id: UUID, version: int | None) -> Invoice:
    """As ``locked_invoice``; raises InvalidState for one that is approved or rejected."""
    record = locked_invoice(invoice_id, version)
    if record.status in DECIDED:
        raise InvalidState(f"The invoice is {record.get_status_display()} already.")
    return record


def lock_vendor(name: str) -> None:
    """Until the end of the transaction nobody else records an invoice of this name, nor changes the prices of a carrier
    of this name: two copies of one invoice, or an invoice and the card that it is audited by, must see each other."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 7041))", [vendor_name_key(name)])
