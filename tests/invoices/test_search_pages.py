"""A page of a search is read through the index of words: the same rows and cursors as walking the list gives."""

from __future__ import annotations

from typing import Any

import pytest
from django.core import signing
from django.db import connection
from django.test.utils import CaptureQueriesContext
from rest_framework.test import APIClient

from common.roles import Role
from invoices.models import Invoice
from invoices.search import find
from tests.people import person, signed_in

pytestmark = pytest.mark.django_db

LIST = "/api/v1/invoices/"
INVOICES = 2_500
COMMON = frozenset({"vendor", "ltd"})
ORDERINGS = [
    "-created_at", "created_at", "updated_at", "-invoice_date", "due_date", "-due_date", "total_amount",
    "-vendor_name,total_amount", "invoice_number", "-confidence", "status,-due_date",
]  # fmt: skip
FILTERS: list[dict[str, str]] = [
    {},
    {"status": "needs_review"},
    {"reason": "total_mismatch"},
    {"total_amount_min": "300", "currency": "EUR"},
    {"assignee": "dana"},
    {"vendor_name": "vendor 3 ltd"},
    {"status": "ready", "assigned": "true"},
]


# Each row is the first one with other values: thousands in the time that the ORM takes for fifty.
MANY = """
INSERT INTO invoices_invoice
SELECT made.* FROM invoices_invoice AS first, generate_series(1, %s) AS n,
jsonb_populate_record(first, jsonb_build_object(
    'id', gen_random_uuid(), 'invoice_number', 'R-' || lpad((n * 7 %% 900)::text, 4, '0'),
    'vendor_name', 'Vendor ' || n %% 40 || ' Ltd', 'currency', CASE n %% 2 WHEN 0 THEN 'EUR' ELSE 'USD' END,
    'invoice_date', date '2026-01-01' + n * 13 %% 300,
    'due_date', CASE WHEN n %% 3 > 0 THEN date '2026-02-01' + n %% 5 END,
    'total_amount', CASE WHEN n %% 7 > 0 THEN n * 31 %% 1000 END,
    'confidence', CASE WHEN n %% 11 > 0 THEN n %% 10 / 10.0 END,
    'status', CASE n / 3 %% 2 WHEN 0 THEN 'needs_review' ELSE 'ready' END,
    'assignee_id', CASE WHEN n %% 4 > 0 THEN first.owner_id END,
    'created_at', timestamptz '2026-01-01Z' + n / 2 * interval '1 hour',
    'updated_at', timestamptz '2026-06-01Z' - n * 17 %% 999 * interval '1 hour'
)) AS made
"""
WORDS = """
UPDATE invoices_invoice SET search = array_to_tsvector(string_to_array(lower(vendor_name), ' ')
    || string_to_array(lower(invoice_number), '-') || lower(replace(invoice_number, '-', '')))
"""
REASONS = """
INSERT INTO invoices_invoicereason (invoice_id, position, code, field, message, blocking, origin, accepted_why)
SELECT id, 0, 'total_mismatch', '', 'A reason.', false, 'rules', '' FROM invoices_invoice WHERE total_amount > 700
"""


@pytest.fixture
def client(monkeypatch: pytest.MonkeyPatch) -> APIClient:
    monkeypatch.setattr("invoices.search.pages.common_words", lambda: COMMON)
    dana = person("dana", Role.ADMIN)
    Invoice.objects.create(owner=dana, vendor_name="First", invoice_number="F-1")
    with connection.cursor() as cursor:
        cursor.execute(MANY, [INVOICES])
        cursor.execute(WORDS)
        cursor.execute(REASONS)
        cursor.execute("ANALYZE invoices_invoice")
    return signed_in(dana)


def page(client: APIClient, address: str, **query: str) -> tuple[list[dict[str, Any]], dict[str, Any]]:
    """The rows, and what the cursors hold: they are signed with the moment in which they were made."""
    answer = client.get(address, query)
    assert answer.status_code == 200, answer.content
    body = answer.json()
    links = {name: body[name] and signing.loads(body[name].split("cursor=")[1].replace("%3A", ":"),
                                                salt="invoices.cursor") for name in ("next", "previous")}  # fmt: skip
    return body["results"], {**links, "addresses": (body["next"], body["previous"])}


def walk(client: APIClient, **query: str) -> list[Any]:
    """The rows and cursors of up to three pages forth, and of the way back."""
    address, seen, steps = LIST, [], 0
    rows, links = page(client, address, page_size="9", **query)
    for direction in (0, 1):
        while True:
            seen.append((rows, links["next"], links["previous"]))
            address, steps = links["addresses"][direction], steps + 1
            if address is None or (direction == 0 and steps >= 3):
                break
            rows, links = page(client, address)
    return seen


# Few are found, or they are met on the way through the list, or all of them are sorted.
WAYS = [{}, {"FEW_TO_SORT": -1}, {"FEW_TO_SORT": -1, "WALKED": 10}]


def test_pages_found_by_words_are_those_of_the_walked_list(client: APIClient, monkeypatch: pytest.MonkeyPatch) -> None:
    typed = ("vendor 3", "3", "ltd vend 7", "r-0021", "ltd 1", "vendor")
    for number, ordering in enumerate(ORDERINGS):
        query = {"q": typed[number % len(typed)], "ordering": ordering, **FILTERS[number % len(FILTERS)]}
        with monkeypatch.context() as patch:
            patch.setattr("invoices.api.filters.by_words", find.find_words)
            listed = walk(client, **query)
        for way in WAYS:
            with monkeypatch.context() as patch:
                for name, value in way.items():
                    patch.setattr(f"invoices.search.pages.{name}", value)
                assert walk(client, **query) == listed, (query, way)


def test_a_page_is_one_statement_that_begins_at_the_index_of_words(client: APIClient) -> None:
    for typed in ("vendor 3", "0021", "vend 7 ltd"):
        with CaptureQueriesContext(
            connection,
        ) as asked:
            rows = client.get(LIST, {"q": typed, "ordering": "-total_amount"}).json()["results"]
        assert rows, typed
        found = [each["sql"] for each in asked if "MATERIALIZED" in each["sql"]]
        assert len([each for each in asked if "invoices_invoice" in each["sql"]]) == len(found) == 1
        with connection.cursor() as cursor:
            cursor.execute("SET LOCAL enable_seqscan = off")  # which reads so small a table sooner
            cursor.execute(f"EXPLAIN {found[0]}")
            plan = "\n".join(line for (line,) in cursor.fetchall())
        assert "Bitmap Index Scan on invoice_search" in plan, plan
        assert "invoice_total" not in plan, plan


def test_words_that_are_known_to_be_on_many_invoices_are_met_on_the_way(
    client: APIClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("invoices.search.pages.many_words", lambda: frozenset({"3"}))
    with CaptureQueriesContext(connection) as asked:
        rows = client.get(LIST, {"q": "vendor 3"}).json()["results"]
    assert {row["vendor_name"] for row in rows} == {"Vendor 3 Ltd"}
    assert [each["sql"].strip()[:11] for each in asked if "MATERIALIZED" in each["sql"]] == ["WITH walked"]


def test_words_that_the_list_would_not_meet_soon_are_sorted(client: APIClient, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("invoices.search.pages.many_words", lambda: frozenset({"3"}))
    monkeypatch.setattr("invoices.search.pages.WALKED", 40)
    for ordering, ways in {"created_at": ["WITH walked", "WITH page A"], "-vendor_name": ["WITH page A"]}.items():
        with CaptureQueriesContext(connection) as asked:
            rows = client.get(LIST, {"q": "vendor 3", "ordering": ordering}).json()["results"]
        assert {row["vendor_name"] for row in rows} == {"Vendor 3 Ltd"}
        assert [each["sql"].strip()[:11] for each in asked if "MATERIALIZED" in each["sql"]] == ways


def test_a_short_list_is_walked_to_its_end(client: APIClient) -> None:
    with CaptureQueriesContext(connection) as asked:
        rows = client.get(LIST, {"q": "vendor", "vendor_name": "Vendor 3 Ltd", "status": "ready"}).json()["results"]
    assert 0 < len(rows) < 50
    assert [each["sql"].strip()[:11] for each in asked if "MATERIALIZED" in each["sql"]] == ["WITH walked"]


def test_a_filter_that_nothing_meets_leaves_nothing_of_what_is_found(client: APIClient) -> None:
    assert client.get(LIST, {"q": "vendor 3", "reason": "nonsense"}).json()["results"] == []
    assert client.get(LIST, {"q": "&&&", "status": "ready"}).json()["results"] == []
    assert client.get(LIST, {"q": "vendor 3", "status": ["ready", "rejected"]}).json()["results"]


def test_statistics_tell_the_words_of_many_invoices(client: APIClient, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("invoices.search.find._known", (-find.KNOWN_FOR_SECONDS - 1, frozenset(), frozenset()))
    monkeypatch.setattr("invoices.search.find.FEW_TO_SORT", INVOICES // 2)
    assert find.many_words() == {"vendor", "ltd", "r"}
