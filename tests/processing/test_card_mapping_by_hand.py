"""A reviewer says what the columns of a card mean: it is read again so, and so are later cards of its layout."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.test import Client
from django.urls import reverse

from invoices.admin import rate_card_columns
from invoices.models import RateCard
from processing.models import LayoutPlan, ProcessingJob
from processing.pipeline.run import run_job
from processing.services.card_mapping import MEANINGS
from processing.services.documents import JobOptions, submit_document

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("own_storage")]
HEAD = "Service,Zone,Min Weight (lb),Max Weight (lb),Rate,Currency"


def read(owner: User, *lines: str) -> RateCard:
    document = submit_document(
        data="\n".join([HEAD, *lines]).encode(), filename="card.csv", kind="rate_card", owner_id=owner.pk,
        options=JobOptions(policy="rules"), enqueue=False,
    ).document  # fmt: skip
    return work_off(document.id)


def work_off(document_id: Any) -> RateCard:
    job = ProcessingJob.objects.get(document_id=document_id, status=ProcessingJob.Status.PENDING)
    assert run_job(job.id)
    job.refresh_from_db()
    card = job.document.rate_card
    assert card is not None
    return RateCard.objects.get(id=card.id)


@pytest.fixture
def rita() -> User:
    return User.objects.create_superuser("rita", password="x")


@pytest.fixture
def desk(rita: User) -> Client:
    client = Client()
    client.force_login(rita)
    return client


def test_a_column_gets_the_meaning_that_a_person_chose_and_keeps_it(rita: User, desk: Client) -> None:
    card = read(rita, "STD,A,0,1,6.00,USD", "STD,A,1,3,7.10,USD")
    assert card.rates.first().service == "STD"  # type: ignore[union-attr]
    page = desk.get(reverse("admin:invoices_ratecard_change", args=[card.id])).content.decode()
    address = reverse("admin:processing_document_map_card", args=[card.document.id])  # type: ignore[attr-defined]
    table = card.mapping["tables"][0]
    field = f"column-{table['sheet']}-{table['first_row']}-0"
    assert address in page
    assert f'name="{field}"' in page
    answer = desk.post(address, {field: "service_code", "why": "These are codes."})
    assert answer.status_code == 302
    plan = LayoutPlan.objects.get()
    assert (plan.made_by, plan.approved) == ("person", True)
    card = work_off(card.document.id)  # type: ignore[attr-defined]
    assert [(r.service, r.service_code) for r in card.rates.all()] == [("", "STD")] * 2
    change = card.changes.get(field="mapping")
    assert (change.old, change.new, change.changed_by, change.why) == (
        "Service: service", "service_code", rita, "These are codes."
    )  # fmt: skip
    later = read(rita, "EXP,A,0,1,9.00,USD", "EXP,B,0,1,9.50,USD", "EXP,C,0,1,9.90,USD")
    assert [r.service_code for r in later.rates.all()] == ["EXP"] * 3
    assert desk.get(reverse("admin:processing_layoutplan_changelist")).status_code == 200


def test_what_was_typed_into_the_header_stays_when_the_card_is_read_again(rita: User, desk: Client) -> None:
    card = read(rita, "STD,A,0,1,6.00,USD")
    typed = {"carrier_name": "Tidewater", "carrier_code": "", "currency": "cad", "valid_from": "2026-01-01",
             "valid_to": "", "revision": card.revision}  # fmt: skip
    assert desk.post(reverse("admin:invoices_ratecard_correct", args=[card.id]), typed).status_code == 302
    table = card.mapping["tables"][0]
    field = f"column-{table['sheet']}-{table['first_row']}-0"
    address = reverse("admin:processing_document_map_card", args=[card.document.id])  # type: ignore[attr-defined]
    desk.post(address, {field: "ignore"})
    card = work_off(card.document.id)  # type: ignore[attr-defined]
    assert (card.carrier_name, card.currency, card.valid_from) == ("Tidewater", "CAD", date(2026, 1, 1))


def test_meanings_that_leave_no_rates_are_refused(rita: User, desk: Client) -> None:
    card = read(rita, "STD,A,0,1,6.00,USD")
    table = card.mapping["tables"][0]
    address = reverse("admin:processing_document_map_card", args=[card.document.id])  # type: ignore[attr-defined]
    for chosen in ("ignore", "no such meaning"):
        fields = {f"column-{table['sheet']}-{table['first_row']}-{n}": chosen for n in range(6)}
        answer = desk.post(address, fields, follow=True)
        assert [message.level_tag for message in answer.context["messages"]] == ["error"]
    assert not LayoutPlan.objects.exists()


def test_the_page_offers_no_meaning_that_the_reader_does_not_know() -> None:
    assert set(rate_card_columns.MEANINGS) <= set(MEANINGS)
