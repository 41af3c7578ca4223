"""Five cards in the charge model against prices that were worked out by hand."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal as D
from typing import Any

import pytest

from invoices.models import FuelIndexValue
from invoices.rate_records import CardData
from invoices.ratecards.lookup import stored_quotes
from invoices.rating import Location, Piece, Quotes, Shipment, quote
from tests.invoices.model_cards import express_card, fractional_card, groupage_card, ltl_card, shop_card
from tests.invoices.rate_cards import stored


@dataclass(frozen=True)
class Example:
    why: str
    card: Callable[[], CardData]
    shipment: Shipment
    day: date
    total: str | None
    incomplete: tuple[str, ...] = ()


def to(country: str, postal: str, weight: str, **values: Any) -> Shipment:
    sides = values.pop("sides", ())
    return Shipment(destination=Location(country, postal), pieces=(Piece(D(weight), *map(D, sides)),), **values)


def express(country: str, postal: str, weight: str, **values: Any) -> Shipment:
    return to(country, postal, weight, origin=Location("DE"), **values)


def ltl(postal: str, weight: str, freight_class: str, index: str, *accessorials: str) -> Shipment:
    return to("US", postal, weight, origin=Location("US", "37130"), weight_unit="lb", freight_class=freight_class,
              fuel_index=D(index), accessorials=frozenset(accessorials))  # fmt: skip


def groupage(postal: str, weight: str, index: str, **values: Any) -> Shipment:
    return to("DE", postal, weight, origin=Location("DE", "28195"), fuel_index=D(index), **values)


def fractional(postal: str, weight: str, goods: str | None, **values: Any) -> Shipment:
    value = D(goods) if goods else None
    return to("BR", postal, weight, origin=Location("BR", name="São Paulo"), declared_value=value, **values)


SHOP_DAY, EXPRESS_DAY, LTL_DAY = date(2026, 2, 1), date(2026, 1, 20), date(2026, 3, 9)
GROUPAGE_DAY, FRACTIONAL_DAY = date(2026, 4, 20), date(2026, 3, 20)

EXAMPLES = [
    Example("2 kg and above, below 5 kg", shop_card, to("DE", "10115", "3"), SHOP_DAY, "6.90"),
    Example("exactly 5 kg is already the row from 5 on", shop_card, to("DE", "10115", "5"), SHOP_DAY, "9.90"),
    Example("the row with the postcode beats the country", shop_card, to("DE", "27498", "3"), SHOP_DAY, "12.90"),
    Example("BT* is a prefix", shop_card, to("GB", "BT1 5GS", "1"), SHOP_DAY, "21.00"),
    Example("B is not BT: the country's row", shop_card, to("GB", "B1 1AA", "1"), SHOP_DAY, "16.00"),
    Example("no row for FR: everywhere else", shop_card, to("FR", "75001", "6"), SHOP_DAY, "49.00"),
    Example(
        "60 × 40 × 25 / 5000 = 12 kg, zone 4 is 77.41; fuel 24.75 % = 19.16", express_card,
        express("US", "60601", "7.2", sides=("60", "40", "25"), service="Non-documents"), EXPRESS_DAY, "96.57",
    ),
    Example(
        "31.2 becomes 32 kg × 6.10 = 195.20; fuel 48.31; remote area 17.60, at least 25", express_card,
        express("AU", "0872", "31.2", service="Non-documents", accessorials=frozenset({"Remote area delivery"})),
        EXPRESS_DAY, "268.51",
    ),
    Example(
        "documents: up to 1.5 kg, zone 1 is 19.75; fuel 4.89", express_card,
        express("FR", "75002", "1.1", service="Documents"), EXPRESS_DAY, "24.64",
    ),
    Example("Kenya is in no zone", express_card, express("KE", "00100", "2"), EXPRESS_DAY, None),
    Example(
        "500 lb × 47.88 = 239.40, less 68.5 % 75.41, at least 98; fuel 30 % = 29.40", ltl_card,
        ltl("30301", "480", "70", "3.62"), LTL_DAY, "127.40",
    ),
    Example(
        "class 85 as 70, as 2,000 lb: 1015.20, net 319.79, fuel 95.94, liftgate 75", ltl_card,
        ltl("75201", "1850", "85", "3.62", "LGD"), LTL_DAY, "490.73",
    ),
    Example(
        "class 110 as 92.5: 404.35, net 127.37, fuel 33.5 % = 42.67, 98 and 22", ltl_card,
        ltl("60601", "640", "110", "3.95", "RES", "NFY"), LTL_DAY, "290.04",
    ),
    Example(
        "up to 400 kg, zone 6: 139.96; diesel 6 % = 8.40; toll up to 500 kg and 800 km 8.51", groupage_card,
        groupage("80331", "340", "1.52", distance=D(760)), GROUPAGE_DAY, "156.87",
    ),
    Example(
        "3,000 kg 401.85 and three started 100 kg × 10.60 = 433.65; diesel 26.02; no distance", groupage_card,
        groupage("44137", "3250", "1.5"), GROUPAGE_DAY, "459.67", ("toll",),
    ),
    Example(
        "1.8 m³ × 200 = 360 kg: up to 400 kg, zone 2; no distance", groupage_card,
        groupage("30159", "95", "1.22", volume_m3=D("1.8")), GROUPAGE_DAY, "99.09", ("toll",),
    ),
    Example(
        "04 lies in 01–19; exactly 50 kg is up to 50; no distance", groupage_card,
        groupage("04109", "50", "1.22"), GROUPAGE_DAY, "56.91", ("toll",),
    ),
    Example(
        "above 3,000 kg the toll table has nothing: said, not guessed", groupage_card,
        groupage("44137", "3250", "1.5", distance=D(250)), GROUPAGE_DAY, "459.67", ("toll",),
    ),
    Example(
        "up to 50 kg 58.90, 0.30 % of 2000, GRIS 5.00, toll 6.20, dispatch 4.50; / 0.88", fractional_card,
        fractional("22041-001", "35", "2000"), FRACTIONAL_DAY, "91.59",
    ),
    Example(
        "88.60 + 60 × 0.71; 2.40; GRIS 2.00 becomes 5.00; toll twice 6.20; 4.50; / 0.88", fractional_card,
        fractional("22041-001", "160", "800"), FRACTIONAL_DAY, "176.70",
    ),
    Example(
        "0.2 m³ × 300 = 60 kg: 221.60; 30; 25; toll 0 is a real zero; 4.50; / 0.88", fractional_card,
        fractional("69020-030", "18", "5000", volume_m3=D("0.2")), FRACTIONAL_DAY, "319.43",
    ),
    Example(
        "no value of the goods: 58.90 + 6.20 + 4.50 = 69.60, / 0.88", fractional_card,
        fractional("22041-001", "35", None), FRACTIONAL_DAY, "79.09", ("ad_valorem", "theft_risk"),
    ),
]  # fmt: skip


def priced(example: Example) -> Quotes:
    return quote(example.shipment, [example.card()], example.day)


@pytest.mark.parametrize("example", EXAMPLES, ids=[example.why for example in EXAMPLES])
def test_cards_entered_by_hand_give_every_price_to_the_cent(example: Example) -> None:
    found = priced(example)
    if example.total is None:
        assert not found.quotes
        assert found.refusals
        return
    assert found.best is not None, found.refusals
    assert (found.best.total, found.best.incomplete) == (D(example.total), example.incomplete), [
        (charge.code, charge.name, charge.amount, charge.how) for charge in found.best.charges
    ]


@pytest.mark.django_db
def test_stored_cards_give_the_same_prices() -> None:
    cards = {make: stored(make()) for make in {example.card for example in EXAMPLES}}
    assert {card.status for card in cards.values()} == {"active"}
    for example in EXAMPLES:
        found, _ = stored_quotes(example.shipment, example.day, card_ids=[cards[example.card].pk])
        expected = priced(example)
        assert [(q.total, q.incomplete, q.charges) for q in found.quotes] == [
            (q.total, q.incomplete, q.charges) for q in expected.quotes
        ], example.why
        assert [r.code for r in found.refusals] == [r.code for r in expected.refusals], example.why


@pytest.mark.django_db
def test_a_stored_index_rates_the_fuel_of_a_shipment_that_states_none() -> None:
    FuelIndexValue.objects.create(index_name="EIA diesel US", published=date(2026, 3, 2), value=D("3.62"))
    card = stored(ltl_card())
    shipment = replace(ltl("30301", "480", "70", "3.00"), fuel_index=None)
    found, _ = stored_quotes(shipment, LTL_DAY, card_ids=[card.pk])
    assert [(q.total, q.incomplete) for q in found.quotes] == [(D("127.40"), ())]
