"""Who else has an invoice open: said by the open page every few seconds, forgotten when it goes silent."""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from uuid import UUID

from django.db.models import F, QuerySet
from django.db.models.functions import Now

from invoices.models import InvoiceViewer

BEAT_SECONDS = 10
# Two beats may be lost on the way, or by a page in the background, before somebody counts as gone.
SILENT_SECONDS = 3 * BEAT_SECONDS


def here(invoice_id: UUID, user: Any, *, editing: bool) -> None:
    """Note that this user has the invoice open now."""
    noted = InvoiceViewer.objects.filter(invoice_id=invoice_id, user=user)
    if fresh_viewers().filter(invoice_id=invoice_id, user=user).update(seen_at=Now(), editing=editing):
        return
    InvoiceViewer.objects.filter(seen_at__lt=Now() - timedelta(days=1)).delete()
    if not noted.update(seen_at=Now(), opened_at=Now(), editing=editing):
        InvoiceViewer.objects.bulk_create(
            [InvoiceViewer(invoice_id=invoice_id, user=user, editing=editing)], ignore_conflicts=True
        )


def gone(invoice_id: UUID, user: Any) -> None:
    """Note that this user has closed the invoice."""
    InvoiceViewer.objects.filter(invoice_id=invoice_id, user=user).delete()


def others_at(invoice_id: UUID, user: Any) -> list[dict[str, Any]]:
    """The other people who have the invoice open, the one who came first first."""
    rows = (
        fresh_viewers()
        .filter(invoice_id=invoice_id)
        .exclude(user=user)
        .values("editing", name=F("user__username"))
        .order_by("opened_at")
    )
    return [dict(row) for row in rows]


def open_elsewhere(user: Any) -> Any:
    """The ids of invoices that somebody else has open, as a subquery."""
    return fresh_viewers().exclude(user=user).values("invoice_id")


def fresh_viewers() -> QuerySet[InvoiceViewer]:
    """Who has which invoice open now."""
    return InvoiceViewer.objects.filter(seen_at__gte=Now() - timedelta(seconds=SILENT_SECONDS))
