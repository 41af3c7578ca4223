"""One of everything that the API shows, belonging to one person."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from functools import cache
from typing import Any

from django.contrib.auth.models import User
from django.utils import timezone

from invoicesite.accounts.keys import create_api_key
from invoicesite.webhooks.models import Delivery, Event, Subscription
from processing.content import codec
from processing.models import Batch, Budget, Document, InboundSource, ProcessingJob, StoredContent
from processing.readers import media_types
from processing.sandbox import calls
from processing.services.documents import submit_document
from processing.services.open_batches import open_batch
from tests.invoices.audited import carrier_card, carrier_invoice
from tests.invoices.books import invoice, record
from tests.invoices.rate_cards import parcel_card, stored
from tests.processing.pdf_pages import draw_pdf


@dataclass(frozen=True)
class World:
    """The ids of it all."""

    user: User
    document: Any
    job: Any
    invoice: Any
    rate_card: Any
    finding: Any
    batch: Any
    budget: Any
    webhook: Any
    delivery: Any
    key: Any
    source: Any

    def fill(self, path: str) -> str:
        """A path of the table with the ids in it: ``jobs/{job}/``."""
        return path.format(**{name: getattr(self, name) for name in self.__dataclass_fields__})


def make_world(user: User, *, budget: Budget | None = None) -> World:
    """Each thing in the state in which most can be done with it: the invoice and the card wait for review, the job
    has failed, the batch runs."""
    document = submit_document(
        data=draw_pdf([[(50, 50, f"INVOICE {user.username}"), (50, 70, "Total: 12.00 EUR")]]),
        filename="march.pdf",
        owner_id=user.pk,
        enqueue=False,
    ).document
    digest = hashlib.sha256(user.username.encode()).hexdigest()
    result = record(invoice(f"R-{user.username}", total_amount=None), owner_id=user.pk, sha256=digest)
    card = stored(parcel_card(currency=""), owner=user)
    carrier = f"Carrier of {user.username}"
    carrier_card(user, carrier_name=carrier)
    finding = carrier_invoice(user, number=f"C-{user.username}", vendor_name=carrier).findings.get(code="overcharged")
    Document.objects.filter(id=document.id).update(invoice=result)
    job = ProcessingJob.objects.get(document=document)
    batch = open_batch(owner_id=user.pk, kind="invoice", name="March", budget_usd=None)
    Batch.objects.filter(id=batch.id).update(status=Batch.Status.PROCESSING)
    fail(job, batch)
    StoredContent.objects.create(document=document, version=codec.VERSION, data=read_once())
    webhook = Subscription.objects.create(owner=user, url="https://erp.example/hooks", events=["*"])
    event = Event.objects.create(type="webhook.test", owner=user, data={"webhook": str(webhook.id)})
    delivery = Delivery.objects.create(event=event, subscription=webhook, status="delivered", next_at=None)
    key, _ = create_api_key(owner=user, name="of the world", scopes=["read"])
    ceiling = budget or Budget.objects.create(scope="user", key=str(user.pk), budget_usd="5")
    source = InboundSource.objects.create(name=f"erp of {user.username}", owner=user)
    return World(
        user, document.id, job.id, result.id, card.id, finding.id, batch.id, ceiling.pk, webhook.id, delivery.id,
        key.id, source.id,
    )  # fmt: skip


@cache
def read_once() -> bytes:
    """What the readers make of a small PDF."""
    return codec.encode_content(calls.read_document(draw_pdf([[(50, 50, "INVOICE")]]), media_types.PDF))


def fail(job: ProcessingJob, batch: Batch) -> None:
    ProcessingJob.objects.filter(id=job.id).update(
        status="failed", outcome="unreadable", error_code="extraction_failed", finished_at=timezone.now(), batch=batch
    )
