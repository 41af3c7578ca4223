"""Rate cards in the database: all rows, versions, what changed, quotes over what is stored."""

from dataclasses import replace
from datetime import date
from decimal import Decimal as D
from typing import Any

import pytest
from django.contrib.auth.models import User

from common.errors import InvalidState
from common.roles import Role
from invoices.models import Rate, RateCard, Zone
from invoices.rate_records import CardData, FuelBandData, RateData, RuleData, SurchargeData, ZoneData
from invoices.ratecards.lookup import stored_quotes
from invoices.ratecards.queries import card_document, compare_cards
from invoices.rating import Location, Piece, Shipment
from invoices.records import ReviewReason
from invoices.services.rate_card_decisions import activate_rate_card, reject_rate_card
from invoices.services.rate_card_rules import set_rule_aside
from invoices.services.rate_cards import ReadRateCard, record_rate_card, record_rate_cards
from processing.models import LayoutPlan
from processing.ratecards.axis_keys import CARRIER
from processing.ratecards.several import cards_of
from tests.invoices.rate_cards import parcel_card, stored
from tests.people import person

pytestmark = pytest.mark.django_db
DAY = date(2026, 3, 1)


def card_data(*prices: str, **changes: Any) -> CardData:
    """A parcel card of one zone: breaks of one kg from nothing on."""
    rates = [
        RateData(
            D(price), zone="1", break_basis="weight", break_from=D(n), break_to=D(n + 1), break_unit="kg",
            source={"value": f"Rates!B{n + 2}"},
        )
        for n, price in enumerate(prices or ("4.50", "5.20"))
    ]  # fmt: skip
    values: dict[str, Any] = {
        "carrier_name": "Blitz", "currency": "EUR", "weight_unit": "kg", "mode": "parcel",
        "valid_from": date(2026, 1, 1), "rates": rates, "zones": [ZoneData("1", "100", "199", "DE")],
    }  # fmt: skip
    return CardData(**{**values, **changes})


def record(card: CardData, *, reasons: tuple[ReviewReason, ...] = (), existing: RateCard | None = None) -> RateCard:
    read = ReadRateCard(card=card, reasons=reasons, method="rules", sha256="a" * 64, mapping={})
    return record_rate_card(read=read, owner_id=None, existing=existing)


def test_a_card_is_stored_with_all_its_rows_and_their_sources() -> None:
    card = card_data(
        surcharges=[SurchargeData("Residential", D("1.15"), code="RES")],
        fuel=[FuelBandData(D("8.5"), index_from=D("1.40"), index_to=D("1.50"))],
    )
    stored = record(card)
    document = card_document(stored)
    assert stored.status == RateCard.Status.ACTIVE
    assert [(row["zone"], row["value"], row["source"]) for row in document["rates"]] == [
        ("1", "4.5", {"value": "Rates!B2"}), ("1", "5.2", {"value": "Rates!B3"})
    ]  # fmt: skip
    assert [len(document[name]) for name in ("zones", "surcharges", "fuel")] == [1, 1, 1]


def test_the_next_card_of_a_carrier_is_its_next_version_and_supersedes_it() -> None:
    first, second = record(card_data()), record(card_data("4.90", "5.60"))
    first.refresh_from_db()
    assert (second.card_version, second.supersedes_id, first.status) == (2, first.id, RateCard.Status.SUPERSEDED)


def test_an_old_card_that_comes_late_waits_for_a_person() -> None:
    current = record(card_data())
    old = record(card_data("3.90", "4.60", valid_from=date(2025, 1, 1)))
    current.refresh_from_db()
    assert (current.status, old.status) == (RateCard.Status.ACTIVE, RateCard.Status.NEEDS_REVIEW)
    assert [found.code for found in old.reasons.all()] == ["version_older"]


def test_a_card_in_doubt_supersedes_nothing_until_a_person_accepts_it() -> None:
    first = record(card_data())
    second = record(card_data("4.90", "49.00", "5.60"))  # a decimal slip
    first.refresh_from_db()
    assert [reason.code for reason in second.reasons.all()] == ["odd_price"]
    assert first.status == RateCard.Status.ACTIVE
    activate_rate_card(card_id=second.id, by=User.objects.create_user("dana"))
    first.refresh_from_db()
    assert first.status == RateCard.Status.SUPERSEDED


def test_a_rejected_card_is_no_version_that_others_follow() -> None:
    first = record(card_data(currency=""))
    reject_rate_card(card_id=first.id, by=User.objects.create_user("dana"))
    assert record(card_data()).card_version == 1


def test_a_rejected_card_takes_the_plan_of_its_layout_with_it() -> None:
    for fingerprint in ("a" * 32, "b" * 32):
        LayoutPlan.objects.create(fingerprint=fingerprint, plan={}, made_by="llm")
    card = record(card_data(currency=""))
    RateCard.objects.filter(id=card.id).update(mapping={"fingerprint": "a" * 32})
    reject_rate_card(card_id=card.id, by=User.objects.create_user("dana"))
    assert list(LayoutPlan.objects.values_list("fingerprint", flat=True)) == ["b" * 32]


def test_a_card_read_again_replaces_its_rows_and_a_rejected_one_is_left_alone() -> None:
    stored = record(card_data(currency=""))
    record(card_data("9.90"), existing=stored)
    assert [rate.value for rate in Rate.objects.filter(card=stored)] == [D("9.90")]
    rejected = record(card_data(currency=""))
    reject_rate_card(card_id=rejected.id, by=User.objects.create_user("dana"))
    with pytest.raises(InvalidState):
        record(card_data(), existing=rejected)


def test_what_changed_between_versions_is_told_in_percent() -> None:
    first, second = record(card_data("4.00", "5.00", "6.00")), record(card_data("5.00", "5.00", "5.70", "7.00"))
    changes = [(c.old, c.new, c.percent) for c in compare_cards(old_id=first.id, new_id=second.id)]
    assert changes == [
        (None, D(7), None), (D(4), D(5), D("25.00")), (D(6), D("5.7"), D("-5.00"))
    ]  # fmt: skip


def test_texts_longer_than_their_columns_and_odd_characters_are_stored() -> None:
    card = card_data()
    card.rates[0].service = "x" * 500 + "\x00"
    card.rates[1].service = "a\tb\\N\n\x00"
    stored = record(card)
    assert [len(rate.service) for rate in stored.rates.all()] == [200, 6]


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"carrier_name": ""}, "card_field_missing"),
        ({"currency": ""}, "card_field_missing"),
        ({"valid_from": None}, "validity_missing"),
        ({"valid_to": date(2025, 1, 1)}, "validity_reversed"),
        ({"rates": [], "zones": []}, "missing_rates"),
    ],
)
def test_what_a_card_does_not_say_is_a_reason_to_look(changes: dict[str, Any], code: str) -> None:
    assert code in {reason.code for reason in record(card_data(**changes)).reasons.all()}


@pytest.mark.parametrize(
    ("breaks", "code"),
    [
        ([("0", "5"), ("4", "10")], "break_overlap"),
        ([("0", "5"), ("7", "10")], "break_gap"),
        ([("0", "5"), ("0", "5")], "duplicate_rate"),
    ],
)
def test_breaks_that_overlap_or_leave_gaps_are_reasons_to_look(breaks: list[tuple[str, str]], code: str) -> None:
    rates = [
        RateData(D(5), zone="1", break_basis="weight", break_from=D(a), break_to=D(b), break_unit="kg")
        for a, b in breaks
    ]
    assert [reason.code for reason in record(card_data(rates=rates)).reasons.all()] == [code]


def parcel(weight: str, postal: str) -> Shipment:
    return Shipment(destination=Location("DE", postal), pieces=(Piece(D(weight)),))


def test_a_quote_finds_zone_and_break_among_stored_rates() -> None:
    stored = record(card_data())
    quotes, ids = stored_quotes(parcel("1.5", "10115"), DAY)
    assert quotes.best is not None
    assert (quotes.best.total, ids[quotes.best.card]) == (D("5.20"), stored.id)
    assert quotes.best.charges[0].source == {"value": "Rates!B3"}


def test_a_quote_outside_of_the_zones_says_so() -> None:
    record(card_data())
    quotes, _ = stored_quotes(parcel("1.5", "80331"), DAY)
    assert [refusal.code for refusal in quotes.refusals] == ["no_lane"]


def test_superseded_and_doubtful_cards_give_no_quotes() -> None:
    record(card_data("1.00"))
    record(card_data("2.00"))
    record(card_data("0.50", carrier_name="Doubt", currency=""))
    quotes, _ = stored_quotes(parcel("1", "10115"), DAY)
    assert [quote.total for quote in quotes.quotes] == [D("2.00")]


def test_a_card_without_zones_takes_those_of_its_carriers_zone_chart() -> None:
    chart = record(card_data(rates=[], service="Zone chart"))
    assert (chart.status, Zone.objects.count()) == (RateCard.Status.ACTIVE, 1)
    record(card_data(zones=[]))
    quotes, _ = stored_quotes(parcel("0.5", "10115"), DAY)
    assert [quote.total for quote in quotes.quotes] == [D("4.50")]


def test_zone_3_and_3_are_the_same_zone() -> None:
    card = card_data()
    card.zones[0].zone = "Zone 1"
    record(card)
    assert [quote.total for quote in stored_quotes(parcel("0.5", "10115"), DAY)[0].quotes] == [D("4.50")]


def test_a_lane_by_names_is_found_however_they_are_written() -> None:
    rates = [RateData(D(980), origin="Hamburg", destination="SHANGHAI", equipment="40HC")]
    record(card_data(rates=rates, zones=[]))
    shipment = Shipment(origin=Location(name="hamburg"), destination=Location(name="Shanghai"), equipment="40hc")
    assert [quote.total for quote in stored_quotes(shipment, DAY)[0].quotes] == [D("980.00")]


def test_a_heavier_break_is_found_where_its_deficit_weight_is_cheaper() -> None:
    rates = [
        RateData(
            D(price), unit="cwt", destination="Reno", break_basis="weight", break_from=D(low),
            break_to=D(high) if high else None, break_inclusive="lower", break_unit="lb",
        )
        for low, high, price in ((0, 500, 38), (500, None, 30))
    ]  # fmt: skip
    record(card_data(rates=rates, zones=[], weight_unit="lb", mode="ltl"))
    # 450 lb × 38 = 171.00; as 500 lb 150.00.
    shipment = Shipment(destination=Location(name="Reno"), pieces=(Piece(D(450)),), weight_unit="lb")
    assert [quote.total for quote in stored_quotes(shipment, DAY)[0].quotes] == [D("150.00")]


def test_a_number_beyond_its_column_is_left_out_and_said() -> None:
    card = parcel_card()
    wrong = RateData(D("602603606607608"), zone="1", source={"value": "Rates!Z9"})
    record = stored(replace(card, rates=[*card.rates, wrong]))
    assert record.status == RateCard.Status.NEEDS_REVIEW
    assert record.rates.count() == len(card.rates)
    found = record.reasons.get(code="value_beyond_column")
    assert found.blocking
    assert found.message == "602603606607608 is too large for value; its row was left out."


def test_a_sentence_that_was_not_understood_holds_a_card_back() -> None:
    sentence = RuleData("not_understood", words="Discount: 68.5 % off the class rates.", source={"value": "1!A8"})
    record = stored(parcel_card(rules=[sentence]))
    assert record.status == RateCard.Status.NEEDS_REVIEW
    assert [reason.code for reason in record.reasons.filter(blocking=True)] == ["figure_not_understood"]
    assert stored(parcel_card(carrier_name="Other", rules=[replace(sentence, kind="set_aside")])).status == "active"


def test_a_sentence_that_a_person_sets_aside_holds_neither_this_card_nor_the_next_version() -> None:
    rita = person("rita", Role.REVIEWER)
    sentence = RuleData("not_understood", words="From the 11th shipment a week on EUR 4.00 less.")
    card = stored(parcel_card(rules=[sentence]))
    with pytest.raises(InvalidState, match="State why"):
        set_rule_aside(card_id=card.id, position=0, by=rita, why=" ")
    card = set_rule_aside(card_id=card.id, position=0, by=rita, why="Paid by credit note.")
    assert (card.rules.get().kind, card.reasons.count()) == ("set_aside", 0)
    assert card.changes.get().why == "Paid by credit note."
    activate_rate_card(card_id=card.id, by=rita)
    assert stored(parcel_card(rules=[replace(sentence)], valid_from=date(2026, 6, 1))).status == "active"


def test_each_carrier_of_a_list_gets_a_card_that_is_replaced_when_the_list_is_read_again() -> None:
    rates = [
        RateData(D(price), origin="DE 28*", destination="PL 00*", conditions=[{"on": CARRIER, "values": [name]}])
        for name, price in (("Blau", "1180"), ("Gruen", "1090"))
    ]
    whole = CardData(currency="EUR", mode="ftl", valid_from=date(2026, 1, 1), rates=rates)
    reads = [ReadRateCard(card=one, reasons=(), method="rules", sha256="b" * 64, mapping={}) for one in cards_of(whole)]
    first = record_rate_cards(reads=reads, owner_id=None)
    again = record_rate_cards(reads=reads, owner_id=None, existing=first)
    assert again.id == first.id
    found = RateCard.objects.order_by("carrier_name").values_list("carrier_name", "status", "rate_count", "part_of")
    assert list(found) == [("Blau", "active", 1, None), ("Gruen", "active", 1, first.id)]
