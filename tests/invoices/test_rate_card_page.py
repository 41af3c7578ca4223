"""The page of a rate card in the admin: what a reviewer decides and corrects there."""

from __future__ import annotations

from typing import Any

import pytest
from django.contrib.auth.models import User
from django.contrib.messages import get_messages
from django.urls import reverse

from common.roles import Role
from invoices.models import RateCard
from invoices.rate_records import RuleData
from tests.invoices.rate_cards import parcel_card, stored
from tests.people import desk_of, staff

pytestmark = pytest.mark.django_db


@pytest.fixture
def rita() -> User:
    return staff("rita", Role.REVIEWER)


def posted(user: User, card: RateCard, name: str, **fields: Any) -> tuple[int, list[str]]:
    """The status and what is said on the page afterwards."""
    address = reverse(f"admin:invoices_ratecard_{name}", args=[card.id])
    answer = desk_of(user).post(address, {"revision": card.revision, **fields})
    return answer.status_code, [str(message) for message in get_messages(answer.wsgi_request)]


def test_an_active_card_is_taken_out_of_use(rita: User) -> None:
    card = stored(parcel_card(), owner=rita)
    assert posted(rita, card, "decide", decision="supersede", why="Ends.") == (302, ["The card is superseded."])
    assert RateCard.objects.get().status == RateCard.Status.SUPERSEDED


def test_what_cannot_be_decided_is_said_on_the_page(rita: User) -> None:
    card = stored(parcel_card(), owner=rita)
    status, [said] = posted(rita, card, "decide", decision="activate")
    assert (status, RateCard.objects.get().status) == (302, RateCard.Status.ACTIVE)
    assert "already" in said


def test_a_decision_on_a_card_that_somebody_changed_meanwhile_is_refused(rita: User) -> None:
    card = stored(parcel_card(), owner=rita)
    status, said = posted(rita, card, "decide", decision="supersede", revision=card.revision + 1)
    assert (status, len(said), RateCard.objects.get().status) == (302, 1, RateCard.Status.ACTIVE)


@pytest.mark.parametrize("fields", [{"decision": "sell"}, {"decision": "supersede", "revision": "x"}])
def test_what_the_page_never_sends_is_not_found(rita: User, fields: dict[str, str]) -> None:
    assert posted(rita, stored(parcel_card(), owner=rita), "decide", **fields)[0] == 404


def test_only_reviewers_decide_and_correct() -> None:
    vera = staff("vera", Role.VIEWER)
    card = stored(parcel_card(), owner=vera)
    assert posted(vera, card, "decide", decision="supersede")[0] == 403
    assert posted(vera, card, "correct", currency="USD")[0] == 403


def test_a_date_that_is_none_is_said_and_nothing_is_saved(rita: User) -> None:
    card = stored(parcel_card(), owner=rita)
    status, [said] = posted(rita, card, "correct", currency="USD", valid_to="31.12.")
    assert (status, RateCard.objects.get().currency) == (302, "EUR")
    assert "2026-12-31" in said


def test_a_sentence_is_set_aside_on_the_page(rita: User) -> None:
    card = stored(parcel_card(rules=[RuleData("not_understood", words="A bonus of 2 % may be paid.")]), owner=rita)
    page = desk_of(rita).get(reverse("admin:invoices_ratecard_change", args=[card.id])).content.decode()
    assert "A bonus of 2 % may be paid." in page
    assert "Set aside" in page
    said = posted(rita, card, "set_aside", position="0", why="Paid by credit note.")
    assert said == (302, ["The sentence is set aside."])
    assert card.rules.get().kind == "set_aside"
    assert posted(rita, card, "set_aside", position="x", why="-")[0] == 404
