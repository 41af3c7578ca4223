"""From what the domain and the pipeline tell to the events of webhooks."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import Any
from uuid import UUID

from invoices.events import InvoiceEvent, RateCardEvent, invoice_event, rate_card_event
from invoices.models import Invoice, RateCard
from invoicesite.webhooks import shapes
from invoicesite.webhooks.models import EventType
from invoicesite.webhooks.queries import due_deliveries, is_heard
from invoicesite.webhooks.services import publish, publish_jobs, wake_couriers
from processing.events import JobEvent, breaker_event, budget_event, job_event, swept
from processing.models import Batch, Budget, ProcessingJob

JOBS_AT_ONCE = 500


def connect() -> None:
    for signal, receiver in (
        (invoice_event, on_invoice),
        (rate_card_event, on_rate_card),
        (job_event, on_jobs),
        (budget_event, on_budget),
        (breaker_event, on_breaker),
        (swept, on_sweep),
    ):
        signal.connect(receiver, dispatch_uid=f"webhooks.{receiver.__name__}")


def on_invoice(*, what: InvoiceEvent, invoice: Invoice, **_: Any) -> None:
    shape = partial(shapes.invoice_shape, invoice)
    publish(EventType(f"invoice.{what}"), owner_id=invoice.owner_id, shape=shape)


def on_rate_card(*, what: RateCardEvent, card: RateCard, **_: Any) -> None:
    publish(EventType(f"rate_card.{what}"), owner_id=card.owner_id, shape=partial(shapes.rate_card_shape, card))


def on_jobs(*, what: JobEvent, job_ids: Sequence[UUID], **_: Any) -> None:
    for start in range(0, len(job_ids), JOBS_AT_ONCE):
        ids = job_ids[start : start + JOBS_AT_ONCE]
        if not is_heard(EventType(f"job.{what}"), job_ids=ids):
            continue
        jobs = ProcessingJob.objects.filter(id__in=ids)
        jobs = jobs.select_related("document").defer("raw_response")
        publish_jobs(EventType(f"job.{what}"), jobs, shape=shapes.job_shape)


def on_budget(*, scope: str, key: str, message: str, **_: Any) -> None:
    found: Batch | Budget | None
    owner_id: int | None = None
    if scope == "batch":
        found = batch = Batch.objects.filter(id=key).first()
        owner_id = batch.owner_id if batch is not None else None
    else:
        found = Budget.objects.filter(scope=scope, key=key).first()
        owner_id = int(key) if scope == Budget.Scope.USER else None
    if found is None:
        return
    # Every job that meets the ceiling says so; it is told again only once the ceiling was raised.
    once = f"budget.exhausted/{scope}/{key}/{found.budget_usd}"
    shape = partial(shapes.budget_shape, found, scope=scope, key=key, message=message)
    publish(EventType.BUDGET_EXHAUSTED, owner_id=owner_id, shape=shape, once=once[:200])


def on_breaker(*, name: str, message: str, **_: Any) -> None:
    data = {"breaker": name, "message": message}
    publish(EventType.BREAKER_OPENED, owner_id=None, shape=lambda: data)


def on_sweep(**_: Any) -> None:
    if due_deliveries().exists():
        wake_couriers()
