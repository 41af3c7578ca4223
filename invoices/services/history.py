"""The history of invoices, beside adding to it: values are erased, older rows are taken into the chain."""

from __future__ import annotations

from collections.abc import Iterable
from uuid import UUID

from django.contrib.auth.models import AbstractBaseUser
from django.db import connection, transaction
from django.db.models import F
from django.utils import timezone

from invoices.models import Invoice, InvoiceChange
from invoices.queries import HISTORY_ERASED
from invoices.services.writing import keep_change


@transaction.atomic
def erase_history(
    *, invoice_id: UUID, positions: Iterable[int] | None = None, by: AbstractBaseUser | None, why: str
) -> int:
    """Erase old and new values and reasons of changes (all of the invoice without ``positions``), and write down that
    it was done. The chain holds: it links digests, and those stay. Gives how many rows lost their values."""
    record = Invoice.objects.select_for_update(of=("self",)).get(pk=invoice_id)
    rows = InvoiceChange.objects.filter(invoice=record, erased_at=None).exclude(field=HISTORY_ERASED)
    if positions is not None:
        rows = rows.filter(position__in=list(positions))
    erased = list(rows.order_by("position").values_list("position", flat=True))
    if not erased:
        return 0
    rows.filter(position__in=erased).update(old=None, new=None, why="", erased_at=timezone.now())
    Invoice.objects.filter(pk=record.pk).update(version=F("version") + 1)
    record.refresh_from_db(fields=["version"])
    keep_change(record, field=HISTORY_ERASED, old=None, new=erased, by=by, why=why)
    return len(erased)


def chain_older_changes() -> int:
    """Take rows that are in no chain into that of their invoice; gives how many."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT coalesce(sum(invoices_chain_older(invoice_id)), 0) FROM "
            "(SELECT DISTINCT invoice_id FROM invoices_invoicechange WHERE position IS NULL) AS older"
        )
        return int(cursor.fetchone()[0])
