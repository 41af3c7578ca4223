"""Lists cost the same number of queries for one row and for a hundred."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from pytest_django import Settings
from rest_framework.test import APIClient

from common.roles import Role
from invoices.models import Finding, Invoice, Rate, RateCard, Surcharge, Zone
from invoicesite.accounts.models import ApiKey
from invoicesite.webhooks.models import Delivery, Event, Subscription
from processing.models import Batch, Budget, Document, ProcessingJob
from tests.people import person

pytestmark = pytest.mark.django_db
MOST = 10
Make = Callable[[User, int], object]


def documents(user: User, first: int, count: int) -> list[Document]:
    return Document.objects.bulk_create(
        Document(owner=user, sha256=f"{n:064x}", size_bytes=1, media_type="text/plain", storage_key=f"d/{n}")
        for n in range(first, first + count)
    )


def jobs(user: User, first: int, count: int) -> object:
    return ProcessingJob.objects.bulk_create(
        ProcessingJob(document=document, max_output_tokens=300) for document in documents(user, first, count)
    )


def invoices(user: User, first: int, count: int) -> object:
    made = Invoice.objects.bulk_create(
        Invoice(owner=user, invoice_number=f"R-{n}", total_amount=Decimal(n)) for n in range(first, first + count)
    )
    for invoice in made:
        invoice.reasons.create(position=0, code="missing_field", field="vendor_name", message="It is missing.")
    return made


def findings(user: User, first: int, count: int) -> object:
    card = RateCard.objects.create(owner=user, carrier_name=f"C{first}")
    made = Invoice.objects.bulk_create(Invoice(owner=user, invoice_number=f"R-{n}") for n in range(count))
    values: dict[str, Any] = {"code": "overcharged", "charge": "freight", "message": "It is too dear."}
    decided: dict[str, Any] = {"status": "disputed", "decided_by": user, "decided_at": timezone.now()}
    return Finding.objects.bulk_create(
        Finding(
            invoice=invoice, position=0, billed=Decimal(2), expected=Decimal(1), rate_card=card, other_invoice=invoice,
            **values, **decided,
        )
        for invoice in made
    )  # fmt: skip


def rate_cards(user: User, first: int, count: int) -> object:
    return RateCard.objects.bulk_create(
        RateCard(owner=user, carrier_name=f"C{n}", status="needs_review") for n in range(first, first + count)
    )


def of_card(model: Any) -> Callable[[User, int, int], object]:
    def make(user: User, first: int, count: int) -> object:
        card, _ = RateCard.objects.get_or_create(owner=user, carrier_name="of rows")
        values: dict[str, Any] = {"zone": "1"} if model is Zone else {"value": Decimal(1)}
        return model.objects.bulk_create(model(card=card, position=n, **values) for n in range(first, first + count))

    return make


def webhooks(user: User, first: int, count: int) -> object:
    return Subscription.objects.bulk_create(
        Subscription(owner=user, url="https://erp.example/", events=["*"]) for _ in range(count)
    )


def deliveries(user: User, first: int, count: int) -> object:
    subscription, _ = Subscription.objects.get_or_create(owner=user, url="https://erp.example/", events=["*"])
    events = Event.objects.bulk_create(Event(type="webhook.test", owner=user, data={}) for _ in range(count))
    return Delivery.objects.bulk_create(Delivery(event=event, subscription=subscription) for event in events)


def batches(user: User, first: int, count: int) -> object:
    return Batch.objects.bulk_create(Batch(owner=user, name=f"B{n}") for n in range(count))


def budgets(user: User, first: int, count: int) -> object:
    return Budget.objects.bulk_create(Budget(scope="role", key=f"r{n}") for n in range(first, first + count))


def keys(user: User, first: int, count: int) -> object:
    return ApiKey.objects.bulk_create(
        ApiKey(owner=user, name=f"k{n}", prefix=f"inv_{n}", digest=f"{n:064x}", scopes=["read"])
        for n in range(first, first + count)
    )


def changes(user: User, first: int, count: int) -> object:
    invoice, _ = Invoice.objects.get_or_create(owner=user, invoice_number="of changes")
    return [
        invoice.changes.create(version=n + 2, field="notes", new=str(n), changed_by=user, changed_at=timezone.now())
        for n in range(first, first + count)
    ]


LISTS: dict[str, Callable[[User, int, int], object]] = {
    "documents/": documents,
    "jobs/": jobs,
    "batches/": batches,
    "budgets/": budgets,
    "invoices/": invoices,
    "invoices/{invoice}/history/": changes,
    "rate-cards/": rate_cards,
    "rate-cards/{card}/rates/": of_card(Rate),
    "rate-cards/{card}/zones/": of_card(Zone),
    "rate-cards/{card}/surcharges/": of_card(Surcharge),
    "findings/": findings,
    "webhooks/": webhooks,
    "webhooks/{webhook}/deliveries/": deliveries,
    "auth/keys/": keys,
}


@pytest.mark.parametrize("path", LISTS)
def test_a_hundred_rows_cost_as_many_queries_as_one(path: str, settings: Settings, own_storage: Path) -> None:
    settings.API_RATES = dict.fromkeys(settings.API_RATES)
    ada = person("ada", Role.ADMIN)
    client = APIClient()
    client.force_login(ada)
    make = LISTS[path]

    def ask() -> tuple[int, int]:
        names = {
            "invoice": Invoice.objects.values_list("id", flat=True).first(),
            "card": RateCard.objects.values_list("id", flat=True).first(),
            "webhook": Subscription.objects.values_list("id", flat=True).first(),
        }
        with CaptureQueriesContext(
            connection,
        ) as queries:
            answer = client.get(f"/api/v1/{path.format(**names)}", {"page_size": 200})
        assert answer.status_code == 200, answer.content
        body = answer.json()
        return len(body["results"] if isinstance(body, dict) else body), len(queries)

    make(ada, 0, 1)
    ask()
    rows_of_one, queries_of_one = ask()
    make(ada, 1, 99)
    rows, queries = ask()
    assert (rows_of_one, rows) == (1, 100)
    assert queries == queries_of_one
    assert queries <= MOST
