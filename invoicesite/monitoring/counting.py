"""From what the domain tells to counters of the work of people."""

from __future__ import annotations

from functools import partial
from typing import Any

from django.db import transaction
from django.utils import timezone

from common.telemetry.counters import count, observe
from common.telemetry.spans import span
from invoices.events import InvoiceEvent
from invoices.models import Invoice, InvoiceViewer
from invoices.origins import origin


def on_invoice(*, what: InvoiceEvent, invoice: Invoice, **_: Any) -> None:
    """A decision counts once it is in the database. How long a person looked is known where the page said so."""
    if what not in ("approved", "rejected"):
        return
    document = origin().document_of(invoice)
    # Days may lie between the reading and the decision: a trace of its own, found by the document.
    with span(f"invoice {what}", invoice_id=str(invoice.id), document_id=str(document.id) if document else ""):
        pass
    now = timezone.now()
    opened = InvoiceViewer.objects.filter(invoice=invoice, user=invoice.decided_by_id).values_list("opened_at").first()
    looked = (now - opened[0]).total_seconds() if opened else None
    waited = (now - invoice.created_at).total_seconds()
    transaction.on_commit(partial(_decided, what, waited, looked), robust=True)


def _decided(what: str, waited_seconds: float, looked_seconds: float | None) -> None:
    count("decisions", decision=what)
    observe("review_wait_seconds", waited_seconds)
    if looked_seconds is not None:
        observe("review_seconds", looked_seconds)
