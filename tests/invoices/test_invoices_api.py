"""Invoices through the API: who sees and does what, what is found, and how changes that cross are noticed."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any
from uuid import uuid4

import pytest
from django.contrib.auth.models import User
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from pytest_django import Settings
from rest_framework.test import APIClient

from common.roles import Role
from invoices.models import Invoice
from invoices.records import HEADER_FIELDS, ReviewReason
from invoices.services.assignment import assign_invoice
from processing.models import ProcessingJob
from tests.invoices.books import codes, invoice, record
from tests.people import person, signed_in
from tests.processing.ledger_factories import make_job

pytestmark = pytest.mark.django_db

LIST = "/api/v1/invoices/"


@pytest.fixture
def dana() -> User:
    return person("dana", Role.REVIEWER)


@pytest.fixture
def client(dana: User) -> APIClient:
    return signed_in(dana)


def mine(user: User, number: str = "R-1", **changes: Any) -> Invoice:
    return record(invoice(number, **changes), owner_id=user.pk)


def numbers(client: APIClient, **query: Any) -> list[str]:
    answer = client.get(LIST, query)
    assert answer.status_code == 200, answer.content
    return [row["invoice_number"] for row in answer.json()["results"]]


# --- Who ------------------------------------------------------------------------------------------------------------


def test_nobody_sees_nothing_and_what_is_not_yours_is_not_there(dana: User, client: APIClient) -> None:
    foreign = mine(person("kim"), "K-1")
    own = mine(dana, "D-1", invoice_date=date(2026, 3, 9))
    assert APIClient().get(LIST).status_code == 401
    assert numbers(client) == ["D-1"]
    for path in ("", "history/", "ubl/"):
        assert client.get(f"{LIST}{foreign.id}/{path}").status_code == 404
        assert client.get(f"{LIST}{own.id}/{path}").status_code == 200
    for path in ("approve/", "reject/", "reopen/", "assign/", "accept-reason/", "preview/"):
        assert client.post(f"{LIST}{foreign.id}/{path}", {"why": "x", "code": "x", "assignee": "me"}).status_code == 404
    assert client.patch(f"{LIST}{foreign.id}/", {"notes": "x", "version": 1}).status_code == 404
    admin = signed_in(person("ada", Role.ADMIN))
    assert set(numbers(admin)) == {"K-1", "D-1"}


def test_a_viewer_reads_and_changes_nothing() -> None:
    val = person("val", Role.VIEWER)
    own, client = mine(val), signed_in(val)
    assert client.get(f"{LIST}{own.id}/").status_code == 200
    for path in ("approve/", "reject/", "reopen/", "assign/", "accept-reason/", "preview/"):
        assert client.post(f"{LIST}{own.id}/{path}", {}).status_code == 403
    assert client.patch(f"{LIST}{own.id}/", {"notes": "x", "version": 1}).status_code == 403
    assert client.post(f"{LIST}approve/", {"ids": [str(own.id)]}).status_code == 403


# --- Find -----------------------------------------------------------------------------------------------------------


def test_each_header_field_is_a_filter(dana: User, client: APIClient) -> None:
    values: dict[str, Any] = {
        "due_date": date(2026, 4, 1),
        "delivery_date": date(2026, 2, 20),
        "period_start": date(2026, 2, 1),
        "period_end": date(2026, 2, 28),
        "purchase_order": "PO/77-a",
        "contract_reference": "C 9",
        "buyer_reference": "04011",
        "vendor_tax_id": "DE 811 907 980",
        "vendor_address": "Hafenstr. 3, 20457 Hamburg",
        "vendor_country": "DE",
        "vendor_email": "ar@nordlicht.example",
        "vendor_phone": "+49 40 1234",
        "buyer_tax_id": "GB980780684",
        "buyer_address": "1 High St",
        "ship_to_address": "Dock 7",
        "discount_total": Decimal(5),
        "charge_total": Decimal(5),
        "rounding": Decimal("0.01"),
        "amount_paid": Decimal(19),
        "withholding_amount": Decimal(3),
        "previous_balance": Decimal("64.18"),
        "cash_discount_amount": Decimal("2.38"),
        "cash_discount_until": date(2026, 3, 12),
        "preceding_invoice": "INV/6-b",
        "amount_due": Decimal("100.01"),
        "payment_terms": "30 days net",
        "payment_reference": "RF18",
        "bic": "COBADEFF",
        "notes": "Thank you",
    }
    full = mine(dana, "FULL-1", **values)
    mine(
        dana,
        "OTHER-2",
        vendor_name="Somebody Else",
        invoice_date=date(2020, 1, 1),
        document_type="credit_note",
        buyer_name="X",
        currency="USD",
        subtotal=Decimal(1),
        tax_amount=Decimal(1),
        total_amount=Decimal(2),
        iban=None,
    )
    for name in HEADER_FIELDS:
        value = getattr(full, name)
        assert numbers(client, **{name: str(value)}) == ["FULL-1"], name
        if isinstance(value, str) and name not in ("document_type",):
            assert numbers(client, **{name: value.upper()}) == ["FULL-1"], name
            assert numbers(client, **{name: f"{value}x"}) == [], name


def test_ranges_status_reason_confidence_vendor_and_people(dana: User, client: APIClient) -> None:
    small = mine(dana, "S-1", vendor_name="Small Ltd", invoice_date=date(2026, 1, 31))
    mine(dana, "L-1", vendor_name="Large Ltd", total_amount=Decimal("999.00"))
    assert numbers(client, total_amount_min="119.01") == ["L-1"]
    assert numbers(client, total_amount_max="119") == ["S-1"]
    assert numbers(client, invoice_date_after="2026-01-31", invoice_date_before="2026-01-31") == ["S-1"]
    assert numbers(client, status="ready") == ["S-1"]
    assert numbers(client, reason="total_mismatch,iban_changed") == ["L-1"]
    assert numbers(client, confidence_max=str((small.confidence or 0) - Decimal("0.01"))) == ["L-1"]
    assert numbers(client, confidence_min=str(small.confidence)) == ["S-1"]
    assert numbers(client, vendor=str(small.vendor_id)) == ["S-1"]
    assert numbers(client, batch=str(uuid4())) == []
    assign_invoice(invoice_id=small.id, by=dana, to=dana)
    assert numbers(client, assignee="dana") == ["S-1"]
    assert numbers(client, assigned="false") == ["L-1"]


@pytest.mark.parametrize(
    "query",
    [
        {"total_amount_min": "a lot"},
        {"total_amount": "1e999999"},
        {"total_amount_max": "NaN"},
        {"vendor": "x"},
        {"invoice_date_after": "yesterday"},
        {"status": "lost"},
        {"ordering": "iban"},
        {"ordering": "status,-status"},
        {"page_size": "0"},
        {"page_size": "999999999999999999999"},
        {"cursor": "bm9uZQ"},
        {"confidence_min": "2"},
        {"q": "x" * 201},
        {"iban": "\x00"},
    ],
)
def test_a_filter_that_cannot_be_meant_is_named(client: APIClient, query: dict[str, str]) -> None:
    answer = client.get(LIST, query)
    assert answer.status_code == 400
    assert answer.headers["Content-Type"] == "application/problem+json"
    assert answer.json()["errors"][0]["field"] == next(iter(query))


@pytest.mark.parametrize("ordering", ["", "-due_date", "due_date", "vendor_name,-total_amount", "-status,due_date,id"])
def test_pages_hold_every_invoice_once_forwards_and_backwards(
    dana: User, client: APIClient, ordering: str, settings: Settings
) -> None:
    ordering = ordering.removesuffix(",id")
    for number in range(11):
        mine(
            dana,
            f"N-{number}",
            vendor_name=f"Vendor {number % 3}",
            invoice_date=date(2026, 1, 1 + number),
            due_date=None if number % 4 == 0 else date(2026, 5, 1 + number % 2),
        )
    query = {"page_size": 4} | ({"ordering": ordering} if ordering else {})
    whole = numbers(client, **(query | {"page_size": 200}))
    pages, url = [], None
    body = client.get(LIST, query).json()
    assert body["previous"] is None
    while True:
        pages.append([row["invoice_number"] for row in body["results"]])
        if not (url := body["next"]):
            break
        body = client.get(url).json()
    assert [number for page in pages for number in page] == whole
    assert [len(page) for page in pages] == [4, 4, 3]
    back = client.get(body["previous"]).json()
    assert [row["invoice_number"] for row in back["results"]] == pages[1]
    assert [r["invoice_number"] for r in client.get(back["previous"]).json()["results"]] == pages[0]


def test_lists_ask_the_database_as_often_for_one_row_as_for_a_hundred(dana: User, client: APIClient) -> None:
    def queries(path: str) -> int:
        with CaptureQueriesContext(
            connection,
        ) as caught:
            assert client.get(path).status_code == 200
        return len(caught)

    first = mine(dana, "Q-0")
    client.get(LIST)
    one, one_line = queries(LIST), queries(f"{LIST}{first.id}/")
    for number in range(30):
        mine(dana, f"Q-{number + 1}", total_amount=Decimal(number), invoice_date=date(2026, 1, 1 + number % 28))
    assert queries(f"{LIST}?page_size=100") == one <= 9
    long = mine(dana, "LONG", line_items=invoice().line_items * 40)
    assert queries(f"{LIST}{long.id}/") == one_line <= 13


# --- Look and correct -----------------------------------------------------------------------------------------------


def test_details_hold_values_evidence_reasons_and_links(dana: User, client: APIClient) -> None:
    own = mine(dana, total_amount=Decimal("191.00"))
    body = client.get(f"{LIST}{own.id}/").json()
    assert body["total_amount"] == "191"
    assert body["line_items"][0]["description"] == "Drill"
    assert body["taxes"][0]["rate"] == "19"
    assert body["evidence"]["line_items[1].amount"]["box"] == [1, 2, 3, 4]
    assert body["evidence"]["total_amount"]["method"] == "rules"
    assert {reason["code"] for reason in body["reasons"]} == codes(own)
    assert (body["document"], body["job"], body["cost_usd"]) == (None, None, "0")
    assert body["links"]["history"].endswith(f"{own.id}/history/")


def test_a_row_names_its_file_its_job_and_what_the_sender_called_it(dana: User, client: APIClient) -> None:
    own = mine(dana)
    first = make_job(owner_id=dana.pk, filename="may.pdf")
    ProcessingJob.objects.filter(pk=first.pk).update(
        status="cancelled", outcome="cancelled", finished_at=timezone.now()
    )
    document = first.document
    document.invoice = own
    document.save()
    job = ProcessingJob.objects.create(
        document=document, max_output_tokens=300, external_id="PO-7", metadata={"cost_center": "4711"}
    )
    row = client.get(LIST).json()["results"][0]
    named = {name: row[name] for name in ("document", "filename", "job", "external_id", "metadata")}
    assert named == {
        "document": str(document.id),
        "filename": "may.pdf",
        "job": str(job.id),
        "external_id": "PO-7",
        "metadata": {"cost_center": "4711"},
    }


def test_a_row_without_a_file_says_so(dana: User, client: APIClient) -> None:
    mine(dana)
    row = client.get(LIST).json()["results"][0]
    assert [row[name] for name in ("document", "filename", "job", "external_id", "metadata")] == [None] * 4 + [{}]


def test_unchanged_details_are_not_sent_twice(dana: User, client: APIClient) -> None:
    own = mine(dana)
    first = client.get(f"{LIST}{own.id}/")
    again = client.get(f"{LIST}{own.id}/", headers={"If-None-Match": first.headers["ETag"]})
    assert (again.status_code, again.content) == (304, b"")
    client.patch(f"{LIST}{own.id}/", {"notes": "new"}, headers={"If-Match": first.headers["ETag"]})
    changed = client.get(f"{LIST}{own.id}/", headers={"If-None-Match": first.headers["ETag"]})
    assert changed.status_code == 200


def test_a_correction_says_which_version_it_changes(dana: User, client: APIClient) -> None:
    own = mine(dana, total_amount=Decimal("191.00"))
    path = f"{LIST}{own.id}/"
    missing = client.patch(path, {"total_amount": "119.00"})
    assert (missing.status_code, missing.json()["code"]) == (428, "version_missing")
    etag = client.get(path).headers["ETag"]
    done = client.patch(path, {"total_amount": "119,00", "why": "Turned round"}, headers={"If-Match": etag})
    assert (done.status_code, done.json()["status"], done.json()["version"]) == (200, "ready", 2)
    assert done.headers["ETag"].startswith('"2-')
    late = client.patch(path, {"total_amount": "1.00"}, headers={"If-Match": etag})
    assert (late.status_code, late.json()["code"]) == (412, "version_conflict")
    assert client.patch(path, {"notes": "a", "version": 2}).status_code == 200
    wrong = client.patch(path, {"notes": "b"}, headers={"If-Match": "3"})
    assert (wrong.status_code, wrong.json()["errors"][0]["field"]) == (400, "If-Match"), "no tag: its signs are missing"
    assert client.patch(path, {"notes": "b"}, headers={"If-Match": "*"}).status_code == 200
    assert client.patch(path, {"notes": "c"}, headers={"If-Match": 'W/"4-0"'}).status_code == 200
    assert client.patch(path, {"notes": "d", "version": "5"}).status_code == 400
    history = client.get(f"{path}history/").json()["results"]
    assert [(row["field"], row["old"], row["new"], row["by"], row["why"]) for row in history[:1]] == [
        ("total_amount", "191", "119", "dana", "Turned round")
    ]


def test_wrong_values_are_named_by_field(dana: User, client: APIClient) -> None:
    own = mine(dana)
    body = {"total_amount": "much", "line_items": {"change": {"0": {"quantity": "x"}}}, "version": 1, "colour": 1}
    answer = client.patch(f"{LIST}{own.id}/", body)
    assert answer.status_code == 400
    assert {error["field"] for error in answer.json()["errors"]} == {"total_amount", "line_items[0].quantity", "colour"}
    for odd in (
        [],
        {"evidence": [], "version": 1},
        {"why": 7, "version": 1},
        {"line_items": 7, "version": 1},
        {"line_items": {"change": [], "add": {}, "remove": 3}, "version": 1},
        {"evidence": {"iban": {"box": [1]}}, "version": 1},
        {"line_items": [7, {"position": True}], "version": 1},
        {"notes": {"a": 1}, "version": 1},
    ):
        assert client.patch(f"{LIST}{own.id}/", odd).status_code == 400, odd


def test_a_preview_stores_nothing(dana: User, client: APIClient) -> None:
    own = mine(dana, total_amount=Decimal("191.00"))
    seen = client.post(f"{LIST}{own.id}/preview/", {"total_amount": "119.00", "due_date": "soon"}).json()
    assert (seen["status"], seen["changed"], seen["reasons"]) == ("ready", ["total_amount"], [])
    assert seen["errors"][0]["field"] == "due_date"
    own.refresh_from_db()
    assert own.version == 1


# --- Decide ---------------------------------------------------------------------------------------------------------


def test_approve_reopen_reject_and_the_conflicts_between_them(dana: User, client: APIClient) -> None:
    own = mine(dana)
    path = f"{LIST}{own.id}/"
    approved = client.post(f"{path}approve/", {"version": 1})
    assert (approved.json()["status"], approved.json()["decided_by"]) == ("approved", "dana")
    assert client.post(f"{path}approve/", {}).json()["code"] == "invalid_state"
    assert client.patch(path, {"notes": "x", "version": 2}).status_code == 409
    assert client.post(f"{path}reopen/", {"why": "Wrong"}).json()["status"] == "ready"
    assert client.post(f"{path}reject/", {}).status_code == 400
    assert client.post(f"{path}reject/", {"why": "Ordered by nobody", "version": 1}).status_code == 412
    assert client.post(f"{path}reject/", {"why": "Ordered by nobody"}).json()["status"] == "rejected"


def test_a_blocking_reason_asks_for_an_override_or_its_acceptance(dana: User, client: APIClient) -> None:
    blocked = mine(dana, total_amount=Decimal("191.00"))
    path = f"{LIST}{blocked.id}/"
    refused = client.post(f"{path}approve/", {})
    assert (refused.status_code, refused.json()["code"]) == (409, "override_needed")
    for code, field in blocked.reasons.values_list("code", "field"):
        accepted = client.post(f"{path}accept-reason/", {"code": code, "field": field, "why": "By hand"})
        assert accepted.status_code == 200
    assert accepted.json()["reasons"][0]["accepted"]["by"] == "dana"
    assert numbers(client, reason="total_mismatch") == []
    assert client.post(f"{path}approve/", {}).json()["status"] == "approved"


def test_two_people_above_the_amount(dana: User, client: APIClient, settings: Settings) -> None:
    settings.APPROVAL_SECOND_PERSON_ABOVE = Decimal(100)
    own = mine(dana)
    half = client.post(f"{LIST}{own.id}/approve/", {}).json()
    assert (half["status"], half["first_approved_by"], half["needs_second_approval"]) == ("ready", "dana", True)
    again = client.post(f"{LIST}{own.id}/approve/", {})
    assert (again.status_code, again.json()["code"]) == (409, "second_person_needed")
    whole = signed_in(person("ada", Role.ADMIN)).post(f"{LIST}{own.id}/approve/", {}).json()
    assert (whole["status"], whole["decided_by"]) == ("approved", "ada")


def test_in_bulk_each_invoice_has_its_own_answer(dana: User, client: APIClient) -> None:
    clean, blocked = mine(dana, "C-1"), mine(dana, "B-1", total_amount=Decimal(5), invoice_date=date(2026, 1, 1))
    foreign = mine(person("kim"), "K-1", vendor_name="Kim's vendor")
    body = client.post(f"{LIST}approve/", {"ids": [str(clean.id), str(blocked.id), str(foreign.id)]}).json()
    assert body["approved"] == 1
    assert [row["code"] for row in body["results"]] == [None, "override_needed", "not_found"]
    assert Invoice.objects.get(id=foreign.id).status == Invoice.Status.READY
    assert client.post(f"{LIST}approve/", {"ids": []}).status_code == 400


def test_assigning_by_name_and_to_me(dana: User, client: APIClient) -> None:
    own = mine(dana)
    path = f"{LIST}{own.id}/assign/"
    assert client.post(path, {"assignee": "me"}).json()["assignee"] == "dana"
    assert client.post(path, {"assignee": "nobody-there"}).json()["errors"][0]["field"] == "assignee"
    person("kim", Role.REVIEWER)
    assert client.post(path, {"assignee": "kim", "only_if_free": True}).status_code == 409
    assert client.post(path, {"assignee": None}, format="json").json()["assignee"] is None


def test_what_the_reader_noticed_is_shown_with_its_origin(dana: User, client: APIClient) -> None:
    own = record(owner_id=dana.pk, reasons=(ReviewReason("pages_left_out", "", "Ten pages were left out."),))
    reasons = client.get(f"{LIST}{own.id}/").json()["reasons"]
    assert [(reason["code"], reason["origin"]) for reason in reasons] == [("pages_left_out", "reading")]
