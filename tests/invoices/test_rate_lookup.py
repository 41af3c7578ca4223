"""Quotes over stored cards are those of the pure rating over all of their rates, and so are the reasons."""

from __future__ import annotations

import random
from datetime import date
from decimal import Decimal as D
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from invoices.models import RateCard
from invoices.rate_records import CardData, RateData, ZoneData
from invoices.ratecards.kept_lanes import KeptLanes
from invoices.ratecards.lookup import Choice, cards_for, cards_on, explain_rates, stored_quotes
from invoices.rating import Location, Piece, Shipment, quote
from invoices.services.rate_cards import ReadRateCard, record_rate_card
from tests.invoices.rate_cards import parcel_card, stored

pytestmark = pytest.mark.django_db
DAY = date(2026, 3, 1)
TOWNS = ["Dallas, TX", "Denver, CO", "Reno, NV", "Hull", "Leeds"]


def zoned(chance: random.Random, name: str) -> CardData:
    inclusive: Any = chance.choice(["upper", "lower", "both"])
    step = chance.choice([1, 5, 10])
    gap = 1 if inclusive == "both" else 0
    unit = chance.choice(["kg", "lb"])
    rates = [
        RateData(
            D(chance.randint(300, 900)) / 100, unit=chance.choice(["flat", "flat", unit]), service=service,
            zone=chance.choice(["", "Zone "]) + str(zone), break_basis="weight", break_from=D(n * step + gap),
            break_to=None if n == 5 and chance.random() < 0.3 else D((n + 1) * step), break_inclusive=inclusive,
            break_unit=unit,
        )
        for service in ("Economy", "Express") for zone in (1, 2, 3) for n in range(6)
    ]  # fmt: skip
    zones = [ZoneData(str(n), f"{n}0", f"{n}9", "DE") for n in (1, 2, 3)]
    return CardData(
        carrier_name=name,
        currency="EUR",
        weight_unit=unit,
        mode="parcel",
        valid_from=date(2026, 1, 1),
        rates=rates,
        zones=zones,
        dimensional_divisor=chance.choice([None, D(5000)]),
    )


def lanes(chance: random.Random, name: str) -> CardData:
    rates = [
        RateData(
            D(chance.randint(2000, 6000)) / 100, unit="cwt", origin=origin, destination=destination,
            freight_class=freight_class, break_basis="weight", break_from=D(low), break_to=D(high) if high else None,
            break_inclusive="lower", break_unit="lb", minimum=D(80),
        )
        for origin, destination in (chance.sample(TOWNS, 2) for _ in range(4)) for freight_class in ("50", "70")
        for low, high in ((0, 500), (500, 1000), (1000, 2000), (2000, None))
    ]  # fmt: skip
    return CardData(
        carrier_name=name, currency="USD", weight_unit="lb", mode="ltl", valid_from=date(2026, 1, 1), rates=rates
    )


def some_shipment(chance: random.Random) -> Shipment:
    sides = [D(chance.randint(10, 90)) for _ in range(3)] if chance.random() < 0.4 else [None] * 3
    pieces = (Piece(D(chance.choice([1, 5, 6, 10, 15, 30, 60, 61])) + D(chance.choice(["0", "0.5"])), *sides),)
    if chance.random() < 0.5:
        postal = chance.choice(["10115", "20095", "35037", "99084"])
        return Shipment(
            destination=Location("DE", postal), pieces=pieces, service=chance.choice(["", "", "express", "Overnight"]),
            zone=chance.choice(["", "", "", "2", "Zone 9"]),
        )  # fmt: skip
    return Shipment(
        origin=Location(name=chance.choice(TOWNS)), destination=Location(name=chance.choice(TOWNS)), weight_unit="lb",
        pieces=(Piece(D(chance.choice([100, 450, 499, 500, 1900, 5000]))),),
        freight_class=chance.choice(["", "70", "85"]),
    )  # fmt: skip


@pytest.mark.parametrize("seed", range(6))
def test_stored_quotes_and_reasons_are_those_of_the_pure_rating(seed: int) -> None:
    chance = random.Random(seed)
    cards = [(zoned if n % 2 else lanes)(chance, f"Carrier {n}") for n in range(4)]
    records = [stored(card) for card in cards]
    RateCard.objects.update(status=RateCard.Status.ACTIVE)  # random prices are odd prices
    of_day = cards_on(DAY, Choice(), KeptLanes())
    for _ in range(25):
        shipment = some_shipment(chance)
        expected = quote(shipment, cards, DAY)
        kept = quote(shipment, [card for _, card in of_day(shipment)], DAY)
        assert sorted(q.total for q in kept.quotes) == sorted(q.total for q in expected.quotes)
        found, ids = stored_quotes(shipment, DAY)
        order = {record.id: n for n, record in enumerate(records)}
        assert sorted((order[ids[q.card]], q.service, q.total) for q in found.quotes) == sorted(
            (q.card, q.service, q.total) for q in expected.quotes
        )
        assert sorted((order[ids[r.card]], r.code) for r in found.refusals) == sorted(
            (r.card, r.code) for r in expected.refusals
        ), shipment


def test_a_quote_takes_the_same_few_queries_however_many_cards_there_are(
    django_assert_max_num_queries: Any,
) -> None:
    for n in range(8):
        stored(parcel_card(carrier_name=f"Carrier {n}"))
    shipment = Shipment(destination=Location("DE", "10115"), pieces=(Piece(D("1.5")),))
    with django_assert_max_num_queries(11):
        stored_quotes(shipment, DAY)
    with django_assert_max_num_queries(2):  # the cards are known by now
        quotes, _ = stored_quotes(shipment, DAY)
    assert len(quotes.quotes) == 8


def test_weights_far_off_are_left_in_the_index() -> None:
    stored(parcel_card(*(f"{n}.00" for n in range(3, 200))))
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE invoices_rate")
    shipment = Shipment(destination=Location("DE", "10115"), pieces=(Piece(D("150.5")),))
    cards = dict(cards_for(shipment, DAY))
    assert [rate.break_to for card in cards.values() for rate in card.rates] == [D(151)]
    assert "reach_from" in explain_rates(shipment, DAY)


def test_a_card_that_was_read_again_is_quoted_by_its_new_rows() -> None:
    card = stored(parcel_card("4.00", "5.00"))
    shipment = Shipment(destination=Location("DE", "10115"), pieces=(Piece(D("0.5")),))
    before, _ = stored_quotes(shipment, DAY)
    again = parcel_card("8.00", fuel=[])
    record_rate_card(
        read=ReadRateCard(card=again, reasons=(), method="rules", sha256="a" * 64, mapping={"tables": []}),
        owner_id=None,
        existing=card,
    )
    RateCard.objects.update(status=RateCard.Status.ACTIVE)
    after, _ = stored_quotes(shipment, DAY)
    assert [[c.code for c in found.quotes[0].charges] for found in (before, after)] == [["FRT", "FSC"], ["FRT"]]
    assert after.quotes[0].total == D("8.00")


def test_places_beyond_what_is_kept_of_a_card_are_asked_of_the_database(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("invoices.ratecards.profiles.MOST_TEXTS", 0)
    monkeypatch.setattr("invoices.ratecards.profiles.MOST_ZONES", 0)
    card = parcel_card("4.00", "5.00")
    stored(card)
    for postal in ("10115", "20095", "99084"):
        shipment = Shipment(destination=Location("DE", postal), pieces=(Piece(D("0.5")),))
        found, _ = stored_quotes(shipment, DAY)
        expected = quote(shipment, [card], DAY)
        assert [q.total for q in found.quotes] == [q.total for q in expected.quotes]
        assert [r.code for r in found.refusals] == [r.code for r in expected.refusals]


def test_an_audit_asks_once_for_a_lane_whatever_the_weights() -> None:
    stored(parcel_card())
    of_day = cards_on(DAY, Choice(), KeptLanes())
    with CaptureQueriesContext(connection) as queries:
        totals = [
            quote(shipment, [card for _, card in of_day(shipment)], DAY).quotes[0].freight
            for weight in ("0.4", "0.9", "1.5")
            for shipment in [Shipment(zone="1", pieces=(Piece(D(weight)),))]
        ]
    assert totals == [D("4.50"), D("4.50"), D("5.20")]
    assert len(queries) == 1
