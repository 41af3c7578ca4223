"""Findings through the API: who sees them, what is found, what they come to, and what is decided about them."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

import pytest
from django.contrib.auth.models import User
from rest_framework.test import APIClient

from common.roles import Role
from invoices.models import Finding, Invoice
from invoices.services.findings import audit_again
from tests.invoices.audited import CARRIER, carrier_card, carrier_invoice, line, parcel
from tests.invoices.books import codes, invoice, record
from tests.people import person, signed_in
from tests.problems import is_problem

pytestmark = pytest.mark.django_db

URL = "/api/v1/findings/"
INVOICES = "/api/v1/invoices/"


@pytest.fixture
def dana() -> User:
    return person("dana", Role.REVIEWER)


@pytest.fixture
def client(dana: User) -> APIClient:
    return signed_in(dana)


@pytest.fixture
def audited(dana: User) -> Invoice:
    """Dana's invoice: P2 overcharged, Saturday not on the card, P1 billed twice."""
    carrier_card(dana)
    return carrier_invoice(dana)


def found(client: APIClient, **query: Any) -> list[dict[str, Any]]:
    answer = client.get(URL, query)
    assert answer.status_code == 200, answer.content
    rows: list[dict[str, Any]] = answer.json()["results"]
    return rows


def found_codes(client: APIClient, **query: Any) -> list[str]:
    return sorted(row["code"] for row in found(client, **query))


def finding(audited: Invoice, code: str) -> Finding:
    return audited.findings.get(code=code)


# --- Who ------------------------------------------------------------------------------------------------------------


def test_findings_of_other_peoples_invoices_do_not_exist(client: APIClient, audited: Invoice) -> None:
    kim = signed_in(person("kim", Role.REVIEWER))
    row = finding(audited, "overcharged")
    assert len(found(client)) == 3
    assert found(kim) == []
    assert kim.get(f"{URL}summary/").json() == {"codes": [], "vendors": []}
    is_problem(kim.get(f"{URL}{row.id}/"), 404, "not_found")
    for step in ("accept", "dispute", "reopen"):
        is_problem(kim.post(f"{URL}{row.id}/{step}/"), 404, "not_found")
    assert len(found(signed_in(person("ada", Role.ADMIN)))) == 3
    is_problem(APIClient().get(URL), 401, "not_authenticated")


def test_a_viewer_reads_own_findings_and_decides_nothing() -> None:
    val = person("val", Role.VIEWER)
    carrier_card(val)
    row = finding(carrier_invoice(val), "overcharged")
    assert len(found(signed_in(val))) == 3
    for step in ("accept", "dispute", "reopen"):
        is_problem(signed_in(val).post(f"{URL}{row.id}/{step}/"), 403, "permission_denied")


def test_what_is_nobodys_is_not_there(client: APIClient) -> None:
    is_problem(client.get(f"{URL}{uuid4()}/"), 404, "not_found")
    is_problem(client.post(f"{URL}{uuid4()}/dispute/"), 404, "not_found")


# --- What it says ---------------------------------------------------------------------------------------------------


def test_a_finding_tells_what_was_billed_what_the_card_gives_and_where(client: APIClient, audited: Invoice) -> None:
    row = finding(audited, "overcharged")
    body = client.get(f"{URL}{row.id}/").json()
    assert (body["billed"], body["expected"], body["difference"], body["currency"]) == ("6.9", "5.2", "1.7", "EUR")
    assert (body["charge"], body["status"], body["lines"]) == ("freight", "open", [2])
    assert (body["tracking_number"], body["description"], body["charge_code"]) == ("P2", "Parcel", None)
    assert (body["how"], body["source"]) == ("5.2 flat", {"value": "Rates!B3"})
    assert (body["invoice_number"], body["vendor_name"]) == ("B-1", f"{CARRIER} GmbH")
    assert (body["decided_at"], body["decided_by"], body["why"], body["other_invoice"]) == (None, None, None, None)
    assert body["message"].startswith("“Parcel” is billed at 6.90 EUR")
    assert body["links"]["other_invoice"] is None
    for name in ("self", "invoice", "rate_card"):
        there = client.get(body["links"][name])
        assert there.json()["id"] == {"self": body["id"]}.get(name, body.get(name))
    assert body in found(client)


def test_a_charge_without_a_price_has_no_expected_amount(client: APIClient, dana: User) -> None:
    carrier_card(dana)
    carrier_invoice(dana, [parcel("9.00", number="P9", weight="40")])
    (row,) = found(client, code="not_rated")
    assert (row["billed"], row["expected"], row["difference"], row["rate_card"]) == ("9", None, None, None)


def test_what_another_invoice_bills_too_is_linked(client: APIClient, dana: User) -> None:
    carrier_card(dana)
    first = carrier_invoice(dana, [parcel("5.20", number="P7")], number="B-1")
    carrier_invoice(dana, [parcel("5.20", number="P7")], number="B-2", invoice_date=first.invoice_date)
    (row,) = found(client, code="billed_twice")
    assert row["other_invoice"] == str(first.id)
    assert client.get(row["links"]["other_invoice"]).json()["invoice_number"] == "B-1"


def test_what_the_client_has_is_not_sent_again_until_it_changes(client: APIClient, audited: Invoice) -> None:
    url = f"{URL}{finding(audited, 'overcharged').id}/"
    etag = client.get(url).headers["ETag"]
    again = client.get(url, headers={"If-None-Match": etag})
    assert (again.status_code, again.content) == (304, b"")
    assert client.post(f"{url}dispute/").status_code == 200
    assert client.get(url, headers={"If-None-Match": etag}).status_code == 200


# --- Find -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ({"code": "overcharged"}, ["overcharged"]),
        ({"code": ["overcharged", "billed_twice"]}, ["billed_twice", "overcharged"]),
        ({"code": "not_rated"}, []),
        ({"charge": "accessorial"}, ["charge_not_on_card"]),
        ({"charge": ["freight", "fuel"]}, ["billed_twice", "overcharged"]),
        ({"status": "open"}, ["billed_twice", "charge_not_on_card", "overcharged"]),
        ({"status": ["accepted", "disputed"]}, []),
        ({"tracking_number": "p1"}, ["billed_twice"]),
        ({"currency": "eur"}, ["billed_twice", "charge_not_on_card", "overcharged"]),
        ({"currency": "USD"}, []),
        ({"difference_min": "5.2"}, ["billed_twice", "charge_not_on_card"]),
        ({"difference_max": "5.19"}, ["overcharged"]),
        ({"created_after": "2020-01-01T00:00:00Z"}, ["billed_twice", "charge_not_on_card", "overcharged"]),
        ({"created_before": "2020-01-01T00:00:00Z"}, []),
        ({"invoice_date_after": "2026-03-02", "invoice_date_before": "2026-03-02", "code": "overcharged"},
         ["overcharged"]),
        ({"invoice_date_after": "2026-03-03"}, []),
        ({"invoice_date_before": "2026-03-01"}, []),
        ({"rate_card": str(uuid4())}, []),
        ({"vendor": str(uuid4())}, []),
        ({"invoice": str(uuid4())}, []),
    ],
)  # fmt: skip
def test_findings_are_filtered(client: APIClient, audited: Invoice, query: dict[str, Any], expected: list[str]) -> None:
    assert found_codes(client, **query) == expected


def test_findings_are_filtered_by_what_they_belong_to(client: APIClient, dana: User) -> None:
    card, other_card = carrier_card(dana), carrier_card(dana, carrier_name="Nordfracht Parcel")
    own = carrier_invoice(dana)
    other = carrier_invoice(dana, [parcel("9.90", number="N1")], number="N-1", vendor_name="Nordfracht Parcel")
    assert found_codes(client, invoice=own.id) == ["billed_twice", "charge_not_on_card", "overcharged"]
    assert [row["invoice"] for row in found(client, vendor=other.vendor_id)] == [str(other.id)]
    assert found_codes(client, rate_card=card.id) == ["charge_not_on_card", "overcharged"]
    assert [row["tracking_number"] for row in found(client, rate_card=other_card.id)] == ["N1"]


@pytest.mark.parametrize(
    "query", ["code=dear", "status=closed", "charge=toll", "vendor=blitz", "difference_min=much", "ordering=why",
              "created_after=yesterday", "page_size=0", "cursor=x"]
)  # fmt: skip
def test_a_filter_that_cannot_be_meant_is_refused(client: APIClient, query: str) -> None:
    is_problem(client.get(f"{URL}?{query}"), 400, "invalid_request")


@pytest.mark.parametrize(
    ("ordering", "differences"),
    [
        ("difference", ["-0.4", "1.7", "5.2", "8", None]),
        ("-difference", [None, "8", "5.2", "1.7", "-0.4"]),
    ],
)
def test_pages_in_order_of_the_difference_hold_every_finding_once(
    client: APIClient, dana: User, audited: Invoice, ordering: str, differences: list[str | None]
) -> None:
    carrier_invoice(dana, [parcel("4.80", number="P8"), parcel("9.00", number="P9", weight="40")], number="B-2")
    url, rows, pages = f"{URL}?ordering={ordering}&page_size=1", [], []
    while url:
        body = client.get(url).json()
        rows += body["results"]
        pages.append(body)
        url = body["next"]
    assert [row["difference"] for row in rows] == differences
    assert client.get(pages[-1]["previous"]).json()["results"] == rows[-2:-1]


def test_the_latest_comes_first_unless_asked_otherwise(client: APIClient, dana: User, audited: Invoice) -> None:
    latest = carrier_invoice(dana, [parcel("9.90", number="P8")], number="B-2")
    assert found(client)[0]["invoice"] == str(latest.id)
    assert found(client, ordering="created_at")[-1]["invoice"] == str(latest.id)


# --- What they come to ----------------------------------------------------------------------------------------------


def test_the_summary_adds_up_by_code_and_currency_and_names_the_vendors(client: APIClient, dana: User) -> None:
    for currency, name in (("EUR", CARRIER), ("USD", "Nordfracht Parcel")):
        carrier_card(dana, carrier_name=name, currency=currency)
    blitz = carrier_invoice(dana)
    carrier_invoice(dana, [parcel("6.20", number="P8"), parcel("9.00", number="P9", weight="40")], number="B-2")
    dear = carrier_invoice(
        dana, [parcel("90.00", number="N1")], number="N-1", vendor_name="Nordfracht Parcel", currency="USD"
    )
    body = client.get(f"{URL}summary/").json()
    told = {(row["currency"], row["code"]): row for row in body["codes"]}
    # P2: 6.90 instead of 5.20; P8, which may hold the fuel: 6.20 instead of 5.72.
    assert told["EUR", "overcharged"] == {
        "code": "overcharged", "currency": "EUR", "count": 2, "billed": "13.1", "expected": "10.92",
        "difference": "2.18",
    }  # fmt: skip
    assert told["EUR", "not_rated"]["difference"] is None
    assert told["EUR", "not_rated"]["billed"] == "9"
    assert [row["code"] for row in body["codes"] if row["currency"] == "EUR"] == [
        "charge_not_on_card", "billed_twice", "overcharged", "not_rated",
    ]  # fmt: skip
    assert [(row["vendor"], row["currency"], row["count"]) for row in body["vendors"]] == [
        (str(dear.vendor_id), "USD", 1),
        (str(blitz.vendor_id), "EUR", 4),
    ]
    assert body["vendors"][0]["vendor_name"] == "Nordfracht Parcel"


def test_the_summary_has_the_filters_of_the_list(client: APIClient, audited: Invoice) -> None:
    body = client.get(f"{URL}summary/", {"code": ["overcharged"], "status": "open"}).json()
    assert [(row["code"], row["count"], row["difference"]) for row in body["codes"]] == [("overcharged", 1, "1.7")]
    assert [row["difference"] for row in body["vendors"]] == ["1.7"]
    assert client.get(f"{URL}summary/", {"status": "disputed"}).json() == {"codes": [], "vendors": []}
    is_problem(client.get(f"{URL}summary/", {"code": "dear"}), 400, "invalid_request")


def test_the_summary_costs_two_queries_more_than_signing_in(
    client: APIClient, audited: Invoice, django_assert_max_num_queries: Any
) -> None:
    client.get(URL)
    with django_assert_max_num_queries(6):  # session, account, roles, limits, two sums
        client.get(f"{URL}summary/")


# --- Decide ---------------------------------------------------------------------------------------------------------


def test_a_dispute_is_kept_with_who_and_why_and_its_reason_counts_on(client: APIClient, audited: Invoice) -> None:
    row = finding(audited, "overcharged")
    body = client.post(f"{URL}{row.id}/dispute/", {"why": "Claimed on 4 March"}).json()
    assert (body["status"], body["decided_by"], body["why"]) == ("disputed", "dana", "Claimed on 4 March")
    assert body["decided_at"] is not None
    assert "overcharged" in codes(audited)
    (change,) = client.get(f"{INVOICES}{audited.id}/history/").json()["results"]
    assert (change["field"], change["by"], change["why"]) == ("findings", "dana", "Claimed on 4 March")


def test_what_is_accepted_settles_the_reason_with_the_same_words(client: APIClient, audited: Invoice) -> None:
    assert "overcharged" in codes(audited)
    client.post(f"{URL}{finding(audited, 'overcharged').id}/accept/", {"why": "Agreed by phone"})
    assert "overcharged" not in codes(audited)
    history = client.get(f"{INVOICES}{audited.id}/history/").json()["results"]
    assert {change["field"] for change in history} == {"findings", "accepted_reasons"}
    assert {(change["by"], change["why"]) for change in history} == {("dana", "Agreed by phone")}


def test_an_accepted_finding_can_be_reopened_and_its_reason_counts_again(client: APIClient, audited: Invoice) -> None:
    url = f"{URL}{finding(audited, 'charge_not_on_card').id}/"
    assert client.post(f"{url}accept/").json()["status"] == "accepted"
    assert "charge_not_on_card" not in codes(audited)
    body = client.post(f"{url}reopen/", {"why": "A mistake"}).json()
    assert (body["status"], body["decided_by"], body["decided_at"]) == ("open", None, None)
    assert "charge_not_on_card" in codes(audited)


def test_what_is_decided_already_is_not_decided_again(client: APIClient, audited: Invoice) -> None:
    url = f"{URL}{finding(audited, 'overcharged').id}/"
    is_problem(client.post(f"{url}reopen/"), 409, "invalid_state")
    assert client.post(f"{url}accept/").status_code == 200
    is_problem(client.post(f"{url}accept/"), 409, "invalid_state")
    assert client.post(f"{url}dispute/").json()["status"] == "disputed"


@pytest.mark.parametrize("body", [{"why": 7}, {"why": "x" * 2001}, {"why": None}, ["why"]])
def test_a_reason_is_a_text(client: APIClient, audited: Invoice, body: Any) -> None:
    row = finding(audited, "overcharged")
    is_problem(client.post(f"{URL}{row.id}/accept/", body), 400, "invalid_request")
    row.refresh_from_db()
    assert row.status == "open"


# --- On invoices ----------------------------------------------------------------------------------------------------


def test_invoices_are_found_by_what_the_audit_found(client: APIClient, dana: User, audited: Invoice) -> None:
    record(invoice("R-1"), owner_id=dana.pk)
    carrier_invoice(dana, [parcel("9.00", number="P9", weight="40")], number="B-2")

    def numbers(**query: Any) -> list[str]:
        answer = client.get(INVOICES, query)
        assert answer.status_code == 200, answer.content
        return sorted(row["invoice_number"] for row in answer.json()["results"])

    assert numbers(has_findings="true") == ["B-1", "B-2"]
    assert numbers(has_findings="false") == ["R-1"]
    assert numbers(finding="not_rated") == ["B-2"]
    assert numbers(finding=["not_rated", "billed_twice"]) == ["B-1", "B-2"]
    assert numbers(finding="undercharged") == []
    assert numbers(q="blitz", finding="not_rated") == ["B-2"]
    assert numbers(q="nordlicht", has_findings="false") == ["R-1"]
    assert numbers(finding="billed_twice", has_findings="false") == []
    is_problem(client.get(INVOICES, {"finding": "dear"}), 400, "invalid_request")


def test_an_invoice_shows_its_findings_and_its_etag_changes_with_them(client: APIClient, audited: Invoice) -> None:
    url = f"{INVOICES}{audited.id}/"
    answer = client.get(url)
    first = answer.json()["findings"][0]
    row = finding(audited, "overcharged")
    assert first == {
        "id": str(row.id), "code": "overcharged", "cause": None, "charge": "freight", "status": "open", "lines": [2],
        "billed": "6.9", "expected": "5.2", "difference": "1.7", "currency": "EUR", "message": row.message,
    }  # fmt: skip
    assert [each["lines"] for each in answer.json()["findings"]] == [[2], [4], [5]]
    etag = answer.headers["ETag"]
    assert client.get(url, headers={"If-None-Match": etag}).status_code == 304
    client.post(f"{URL}{row.id}/dispute/")
    decided = client.get(url, headers={"If-None-Match": etag})
    assert decided.status_code == 200
    assert decided.json()["version"] > answer.json()["version"]
    is_problem(client.patch(url, {"notes": "x"}, headers={"If-Match": etag}), 412, "version_conflict")


def test_an_invoice_audited_by_a_new_card_is_another_version(client: APIClient, dana: User) -> None:
    read = carrier_invoice(dana, [parcel("6.90", number="P2"), line("Fuel surcharge", "0.52", tracking_number="P2")])
    url = f"{INVOICES}{read.id}/"
    before = client.get(url)
    assert before.json()["findings"] == []
    carrier_card(dana)
    assert audit_again(invoice_id=read.id)
    after = client.get(url, headers={"If-None-Match": before.headers["ETag"]})
    assert [each["code"] for each in after.json()["findings"]] == ["overcharged"]
    assert after.json()["version"] == before.json()["version"] + 1
