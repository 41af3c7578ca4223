"""Rate cards over the API: who sees what, filters, pages, corrections, decisions, exports, quotes."""

from __future__ import annotations

import csv
import io
import json
from decimal import Decimal as D
from typing import Any

import pytest
from asgiref.sync import async_to_sync
from django.contrib.auth.models import User
from django.test import AsyncClient
from pytest_django import DjangoAssertNumQueries
from python_calamine import CalamineWorkbook
from rest_framework.test import APIClient

from common.roles import Role
from invoices.models import RateCard
from invoices.rate_records import RateData, RuleData
from invoices.ratecards.queries import card_document
from tests.invoices.model_cards import groupage_card
from tests.invoices.rate_cards import parcel_card, stored
from tests.people import person, signed_in
from tests.problems import is_problem

pytestmark = pytest.mark.django_db
URL = "/api/v1/rate-cards/"
PARCEL = {"destination": {"country": "DE", "postal": "10115"}, "pieces": [{"weight": "1.5"}]}


@pytest.fixture
def kim() -> User:
    return person("kim", Role.REVIEWER)


@pytest.fixture
def client(kim: User) -> APIClient:
    return signed_in(kim)


def found(answer: Any) -> list[dict[str, Any]]:
    assert answer.status_code == 200, answer.content
    rows: list[dict[str, Any]] = answer.json()["results"]
    return rows


def test_only_own_cards_are_seen_and_those_of_others_do_not_exist(client: APIClient, kim: User) -> None:
    own, other = stored(parcel_card(), owner=kim), stored(parcel_card(), owner=person("lee", Role.OPERATOR))
    assert [card["id"] for card in found(client.get(URL))] == [str(own.id)]
    for path in ("", "rates/", "zones/", "surcharges/", "compare/", "export/"):
        is_problem(client.get(f"{URL}{other.id}/{path}"), 404, "not_found")
    for path in ("approve/", "reject/", "supersede/"):
        is_problem(client.post(f"{URL}{other.id}/{path}"), 404, "not_found")
    is_problem(client.patch(f"{URL}{other.id}/", {"currency": "USD"}), 404, "not_found")


def test_nobody_without_an_account_sees_a_card() -> None:
    is_problem(APIClient().get(URL), 401, "not_authenticated")
    is_problem(APIClient().post(f"{URL}quote/", {"shipment": PARCEL}), 401, "not_authenticated")


@pytest.mark.parametrize(
    ("query", "count"),
    [
        ("carrier=bli", 1), ("code=bltz", 1), ("mode=ocean", 0), ("currency=eur", 1), ("status=active", 1),
        ("status=rejected", 0), ("valid_on=2026-05-01", 1), ("valid_on=2025-12-31", 0), ("q=blitz 77-A", 1),
        ("q=blitz nothing", 0), ("service=express", 0),
    ],
)  # fmt: skip
def test_cards_are_filtered(client: APIClient, kim: User, query: str, count: int) -> None:
    stored(parcel_card(contract="77-A"), owner=kim)
    assert len(found(client.get(f"{URL}?{query}"))) == count


def test_the_queries_of_the_list_do_not_grow_with_its_cards(
    client: APIClient, kim: User, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    for n in range(6):
        stored(parcel_card(carrier_name=f"Blitz {n}"), owner=kim)
    with django_assert_max_num_queries(6):  # session, account, roles and limits, cards, reasons
        assert len(found(client.get(URL))) == 6


def test_a_card_shows_its_parts_and_links_to_its_versions(client: APIClient, kim: User) -> None:
    first, second = stored(parcel_card(), owner=kim), stored(parcel_card("4.90"), owner=kim)
    answer = client.get(f"{URL}{second.id}/")
    body = answer.json()
    assert (body["card_version"], body["rate_count"], body["zone_count"]) == (2, 2, 2)
    assert (body["surcharges"][0]["value"], body["fuel"][0]["percent"]) == ("1.15", "10")
    assert body["links"]["supersedes"].endswith(f"/rate-cards/{first.id}/")
    assert client.get(f"{URL}{first.id}/").json()["links"]["superseded_by"].endswith(f"/rate-cards/{second.id}/")
    assert client.get(f"{URL}{second.id}/", headers={"If-None-Match": answer.headers["ETag"]}).status_code == 304


@pytest.mark.parametrize(
    ("query", "prices"),
    [
        ("", ["4.5", "5.2", "5.5", "6.2"]),
        ("zone=2", ["5.5", "6.2"]),
        ("zone=1&weight=1.5", ["5.2"]),
        ("zone=1&weight=1", ["4.5"]),
        ("service=STANDARD&weight=99", []),
        ("destination=Bonn", []),
    ],
)
def test_rates_are_filtered_by_zone_service_and_weight(
    client: APIClient, kim: User, query: str, prices: list[str]
) -> None:
    card = stored(parcel_card(), owner=kim)
    rows = found(client.get(f"{URL}{card.id}/rates/?{query}"))
    assert [row["value"] for row in rows] == prices
    assert all(row["source"]["value"].startswith("Rates!") for row in rows)


def test_pages_of_rates_hold_every_rate_once(client: APIClient, kim: User) -> None:
    card = stored(parcel_card(*(f"{n}.00" for n in range(1, 41))), owner=kim)
    url, values = f"{URL}{card.id}/rates/?page_size=7", []
    while url:
        body = client.get(url).json()
        values += [row["position"] for row in body["results"]]
        url = body["next"]
    assert values == list(range(80))


def test_zones_are_found_by_a_postal_code(client: APIClient, kim: User) -> None:
    card = stored(parcel_card(), owner=kim)
    assert [row["zone"] for row in found(client.get(f"{URL}{card.id}/zones/?postal=20095"))] == ["2"]


def test_a_correction_is_kept_with_who_made_it_and_settles_its_reason(client: APIClient, kim: User) -> None:
    card = stored(parcel_card(currency=""), owner=kim)
    assert [reason["code"] for reason in client.get(f"{URL}{card.id}/").json()["reasons"]] == ["card_field_missing"]
    answer = client.patch(f"{URL}{card.id}/", {"currency": "CHF", "why": "By letter."}, headers={"If-Match": '"1"'})
    body = answer.json()
    assert (body["currency"], body["reasons"], answer.headers["ETag"]) == ("CHF", [], '"2"')
    change = body["history"][0]
    assert (change["field"], change["old"], change["new"], change["changed_by"]) == ("currency", "", "CHF", "kim")
    assert change["why"] == "By letter."


def test_who_read_an_older_version_changes_nothing(client: APIClient, kim: User) -> None:
    card = stored(parcel_card(currency=""), owner=kim)
    client.patch(f"{URL}{card.id}/", {"currency": "CHF"})
    for tag in ('"1"', "nonsense"):
        answer = client.patch(f"{URL}{card.id}/", {"currency": "USD"}, headers={"If-Match": tag})
        is_problem(answer, 412, "version_conflict")
    is_problem(client.post(f"{URL}{card.id}/approve/", headers={"If-Match": '"1"'}), 412, "version_conflict")
    assert RateCard.objects.get(id=card.id).currency == "CHF"


@pytest.mark.parametrize("wrong", [{"currency": "euro"}, {"mode": "rocket"}, {"dimensional_divisor": "0"}])
def test_values_that_no_card_can_have_are_refused_by_field(client: APIClient, kim: User, wrong: dict[str, str]) -> None:
    card = stored(parcel_card(), owner=kim)
    body = is_problem(client.patch(f"{URL}{card.id}/", wrong), 400, "invalid_request")
    assert [error["field"] for error in body["errors"]] == list(wrong)


def test_a_viewer_reads_and_decides_nothing() -> None:
    lee = person("lee", Role.VIEWER)
    card, client = stored(parcel_card(currency=""), owner=lee), signed_in(lee)
    assert len(found(client.get(URL))) == 1
    for path in ("approve/", "reject/", "supersede/"):
        is_problem(client.post(f"{URL}{card.id}/{path}"), 403, "permission_denied")
    is_problem(client.patch(f"{URL}{card.id}/", {"currency": "EUR"}), 403, "permission_denied")
    assert client.post(f"{URL}quote/", {"shipment": PARCEL}).status_code == 200


def test_a_card_with_a_blocking_reason_is_approved_with_a_stated_reason_only(client: APIClient, kim: User) -> None:
    twice = [RateData(D(n), zone="1") for n in (4, 5)]
    card = stored(parcel_card(rates=twice), owner=kim)
    is_problem(client.post(f"{URL}{card.id}/approve/"), 409, "invalid_state")
    body = client.post(f"{URL}{card.id}/approve/", {"why": "The second line is the new price."}).json()
    assert (body["status"], body["history"][0]["why"]) == ("active", "The second line is the new price.")
    is_problem(client.post(f"{URL}{card.id}/reject/"), 409, "invalid_state")
    assert client.post(f"{URL}{card.id}/supersede/").json()["status"] == "superseded"


def test_a_comparison_tells_the_changes_in_percent(client: APIClient, kim: User) -> None:
    stored(parcel_card("4.00", "5.00", zones=1), owner=kim)
    card = stored(parcel_card("5.00", "5.00", "6.00", zones=1), owner=kim)
    body = client.get(f"{URL}{card.id}/compare/").json()
    counts = {name: body[name] for name in ("same", "raised", "lowered", "added", "gone")}
    assert counts == {"same": 1, "raised": 1, "lowered": 0, "added": 1, "gone": 0}
    assert [(change["old"], change["new"], change["percent"]) for change in body["changes"]] == [
        (None, "6", None), ("4", "5", "25")
    ]  # fmt: skip
    assert body["average_percent"] == "12.5"


def test_a_first_version_has_nothing_to_compare_with(client: APIClient, kim: User) -> None:
    card = stored(parcel_card(), owner=kim)
    is_problem(client.get(f"{URL}{card.id}/compare/"), 409, "invalid_state")
    assert client.get(f"{URL}{card.id}/compare/?to={card.id}").json()["changes"] == []


def test_no_cell_of_an_exported_card_is_a_formula(client: APIClient, kim: User) -> None:
    rates = [RateData(D("-2.5"), service='=HYPERLINK("http://evil.example")', zone="+1"), RateData(D(3), zone="@x")]
    card = stored(parcel_card(rates=rates), owner=kim)
    answer = client.get(f"{URL}{card.id}/export/?format=csv")
    rows = list(csv.DictReader(io.StringIO(b"".join(answer).decode())))
    assert [row["service"][:2] for row in rows] == ["'=", ""]
    assert [(row["zone"], row["value"]) for row in rows] == [("+1", "-2.5"), ("'@x", "3")]
    assert "attachment" in answer.headers["Content-Disposition"]
    workbook = b"".join(client.get(f"{URL}{card.id}/export/?format=xlsx"))
    sheet = CalamineWorkbook.from_filelike(io.BytesIO(workbook)).get_sheet_by_name("Rates").to_python()
    assert str(sheet[1][0]).startswith("=HYPERLINK")
    assert b"<f>" not in workbook


def test_the_standardized_card_is_one_json_document(client: APIClient, kim: User) -> None:
    card = stored(parcel_card(), owner=kim)
    answer = client.get(f"{URL}{card.id}/export/?format=json")
    assert json.loads(b"".join(answer)) == card_document(card)
    is_problem(client.get(f"{URL}{card.id}/export/?format=pdf"), 400, "invalid_request")


def test_a_quote_tells_every_charge_with_the_cells_of_its_figures(client: APIClient, kim: User) -> None:
    card = stored(parcel_card(), owner=kim)
    shipment = {**PARCEL, "accessorials": ["RES"]}
    body = client.post(f"{URL}quote/", {"date": "2026-03-02", "shipment": shipment}).json()
    quote = body["results"][0]["quotes"][0]
    assert (quote["card"], quote["total"], quote["currency"], quote["rate"]["zone"]) == (
        str(card.id), "6.87", "EUR", "1"
    )  # fmt: skip
    assert [(charge["code"], charge["amount"], charge["source"]) for charge in quote["charges"]] == [
        ("FRT", "5.20", {"value": "Rates!B3"}),
        ("RES", "1.15", {"value": "Extras!B2"}),
        ("FSC", "0.52", {"percent": "Extras!B5"}),
    ]


@pytest.mark.parametrize(
    ("change", "code", "words"),
    [
        ({"destination": {"country": "DE", "postal": "99999"}}, "no_lane", "no zone for DE 99999"),
        ({"service": "Express"}, "no_service", "service Express"),
        ({"pieces": [{"weight": "70"}]}, "no_break", "covers 70 kg"),
        ({"pieces": []}, "no_quantity", "does not state its weight"),
        ({"zone": "9"}, "no_lane", "no rate for zone 9"),
    ],
)
def test_a_card_that_gives_no_price_says_why(
    client: APIClient, kim: User, change: dict[str, Any], code: str, words: str
) -> None:
    stored(parcel_card(), owner=kim)
    body = client.post(f"{URL}quote/", {"date": "2026-03-02", "shipment": {**PARCEL, **change}}).json()
    (reason,) = body["results"][0]["refusals"]
    assert reason["code"] == code
    assert words in reason["message"]


def test_several_shipments_are_priced_in_one_request_and_their_number_is_bounded(client: APIClient, kim: User) -> None:
    stored(parcel_card(), owner=kim)
    heavy = {**PARCEL, "pieces": [{"weight": "0.5", "count": 1}]}
    body = client.post(f"{URL}quote/", {"date": "2026-03-02", "shipments": [PARCEL, heavy]}).json()
    assert [result["quotes"][0]["total"] for result in body["results"]] == ["5.72", "4.95"]
    is_problem(client.post(f"{URL}quote/", {"shipments": [PARCEL] * 51}), 400, "invalid_request")
    is_problem(client.post(f"{URL}quote/", {}), 400, "invalid_request")


def test_quantities_beyond_all_measure_are_is_problem(client: APIClient, kim: User) -> None:
    stored(parcel_card(dimensional_divisor=D(1), rates=[RateData(D(4), zone="1", unit="kg")]), owner=kim)
    huge = {"weight": "1", "length": "9999999999", "width": "9999999999", "height": "9999999999", "count": 9999}
    body = {"date": "2026-03-02", "shipment": {**PARCEL, "pieces": [huge]}}
    is_problem(client.post(f"{URL}quote/", body), 400, "invalid_request")


def test_quotes_are_by_own_cards_and_by_the_cards_chosen(client: APIClient, kim: User) -> None:
    one = stored(parcel_card(), owner=kim)
    stored(parcel_card("1.00", "1.00", carrier_name="Other"), owner=kim)
    stored(parcel_card("0.10", "0.10"), owner=person("lee", Role.OPERATOR))

    def totals(**choice: Any) -> list[str]:
        body = client.post(f"{URL}quote/", {"date": "2026-03-02", "shipment": PARCEL, **choice}).json()
        return [quote["total"] for quote in body["results"][0]["quotes"]]

    assert totals() == ["1.10", "5.72"]
    assert totals(cards=[str(one.id)]) == ["5.72"] == totals(carrier="blitz")
    assert totals(mode="ocean") == []


@pytest.mark.django_db(transaction=True)
@pytest.mark.filterwarnings("error:StreamingHttpResponse must consume synchronous")
@pytest.mark.parametrize("kind", ["csv", "json", "xlsx"])
def test_under_asgi_an_export_is_sent_while_it_is_made(kind: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """No more than one piece is at hand at any time, however long the card is."""
    monkeypatch.setattr("invoices.ratecards.export._ROWS_A_PIECE", 50)
    rita = person("rita", Role.REVIEWER)
    card = stored(parcel_card(*(f"{n}.00" for n in range(1, 3_000))), owner=rita)
    client = AsyncClient()
    client.force_login(rita)

    async def sizes() -> list[int]:
        answer = await client.get(f"{URL}{card.id}/export/", {"format": kind})
        assert answer.is_async
        return [len(piece) async for piece in answer.streaming_content]

    found = async_to_sync(sizes)()
    assert sum(found) > 100_000
    assert max(found) < 300_000
    assert len(found) > 1 or kind == "xlsx"


def test_a_quote_names_what_it_lacks_and_what_each_charge_is(client: APIClient, kim: User) -> None:
    stored(groupage_card(), owner=kim)
    shipment = {
        "origin": {"country": "DE", "postal": "28195"}, "destination": {"country": "DE", "postal": "44137"},
        "pieces": [{"weight": 3250}], "fuel_index": 1.5, "declared_value": "1000", "counts": {"stop": 2},
    }  # fmt: skip
    body = {"date": "2026-04-20", "shipment": shipment}
    (result,) = found(client.post(f"{URL}quote/", body))
    (quote,) = result["quotes"]
    assert (quote["total"], quote["incomplete"], quote["other_totals"]) == ("459.67", ["toll"], {})
    assert [(c["kind"], c["amount"], c["currency"]) for c in quote["charges"]] == [
        ("freight", "433.65", "EUR"), ("fuel", "26.02", "EUR"),
    ]  # fmt: skip
    unknown = {**body, "shipment": {**shipment, "accessorials": ["Drone delivery"]}}
    (result,) = found(client.post(f"{URL}quote/", unknown))
    assert not result["quotes"]
    assert [(r["code"], r["message"]) for r in result["refusals"]] == [
        ("no_accessorial", "The card has no charge Drone delivery.")
    ]


def test_a_sentence_is_set_aside_with_a_stated_reason(client: APIClient, kim: User) -> None:
    card = stored(parcel_card(rules=[RuleData("not_understood", words="A bonus of 2 % may be paid.")]), owner=kim)
    path = f"{URL}{card.id}/rules/0/set-aside/"
    is_problem(client.post(path), 409, "invalid_state")
    is_problem(client.post(f"{URL}{card.id}/rules/7/set-aside/", {"why": "-"}), 404, "not_found")
    answer = client.post(path, {"why": "Paid by credit note."})
    assert answer.status_code == 200, answer.content
    assert [rule["kind"] for rule in answer.json()["rules"]] == ["set_aside"]
    assert answer.json()["reasons"] == []
    is_problem(client.post(path, {"why": "Again."}), 409, "invalid_state")
