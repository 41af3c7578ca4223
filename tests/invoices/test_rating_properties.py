"""What holds of every price, whatever the card and the shipment."""

from __future__ import annotations

from decimal import Decimal as D
from itertools import pairwise
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from invoices.rate_records import CardData, FuelBandData, RateData, RuleData, SurchargeData
from invoices.rate_records.places import best_match, parse_place
from invoices.rating import Location, Piece, Quote, Shipment, quote
from samples.rating.records import DAY

PRICES = st.decimals("0.01", "500", places=2)
WEIGHTS = st.decimals("0.1", "3000", places=1)
BOUNDS = st.lists(st.integers(1, 2500), min_size=1, max_size=5, unique=True).map(sorted)
PERCENTS = st.decimals("0", "95", places=1)
CURRENCIES = st.sampled_from(["", "EUR", "USD", "JPY"])


@st.composite
def breaks(draw: Any, unit: str, prices: st.SearchStrategy[D] = PRICES) -> list[RateData]:
    """Breaks without gap from nothing on, the last one open; "from and above", so that a bound belongs to its break."""
    bounds = [0, *draw(BOUNDS), None]
    return [
        RateData(draw(prices), unit=unit, break_basis="weight", break_from=D(low or 0),
                 break_to=None if high is None else D(high), break_inclusive="lower", break_unit="kg")
        for low, high in pairwise(bounds)
    ]  # fmt: skip


def priced(weight: D, card: CardData, **values: Any) -> Quote:
    found = quote(Shipment(pieces=(Piece(weight),), **values), [card], DAY)
    assert found.best is not None, found.refusals
    return found.best


def card_of(rates: list[RateData], **values: Any) -> CardData:
    return CardData(carrier_name="Example Lines", currency="EUR", weight_unit="kg", rates=rates, **values)


@given(breaks("kg"), WEIGHTS, WEIGHTS)
def test_more_weight_is_never_cheaper_where_the_next_break_is_given(rates: list[RateData], one: D, other: D) -> None:
    low, high = sorted((one, other))
    assert priced(low, card_of(rates)).total <= priced(high, card_of(rates)).total


@given(breaks("flat"), WEIGHTS, WEIGHTS)
def test_flat_breaks_are_never_cheaper_with_more_weight_under_the_rule(rates: list[RateData], one: D, other: D) -> None:
    card = card_of(rates, rules=[RuleData("next_break", choice="yes")])
    low, high = sorted((one, other))
    assert priced(low, card).total <= priced(high, card).total


@given(breaks("kg"), WEIGHTS)
def test_without_the_rule_a_break_is_priced_as_it_stands(rates: list[RateData], weight: D) -> None:
    card = card_of(rates, rules=[RuleData("next_break", choice="no")])
    own = next(r for r in rates if (r.break_from or 0) <= weight and (r.break_to is None or weight < r.break_to))
    assert abs(priced(weight, card).total - own.value * weight) <= D("0.005")
    assert priced(weight, card_of(rates)).total <= priced(weight, card).total


@given(PRICES, PRICES, st.integers(1, 500), WEIGHTS, WEIGHTS)
def test_each_further_kilogram_never_makes_it_cheaper(base: D, each: D, bound: int, one: D, other: D) -> None:
    below = RateData(base, break_basis="weight", break_from=D(0), break_to=D(bound), break_unit="kg")
    above = RateData(each, unit="kg", break_basis="weight", break_from=D(bound), break_unit="kg", excess_only=True)
    low, high = sorted((one, other))
    card = card_of([below, above])
    assert base <= priced(low, card).total <= priced(high, card).total


@given(breaks("kg"), PRICES, PRICES, WEIGHTS)
def test_freight_lies_between_its_minimum_and_its_maximum(rates: list[RateData], a: D, b: D, weight: D) -> None:
    low, high = sorted((a, b))
    for rate in rates:
        rate.minimum, rate.maximum = low, high
    assert low <= priced(weight, card_of(rates)).freight <= high


@given(PRICES, PERCENTS, PRICES)
def test_no_discount_goes_below_the_absolute_minimum(price: D, percent: D, floor: D) -> None:
    rules = [RuleData("discount", percent), RuleData("absolute_minimum_charge", floor)]
    found = priced(D(1), card_of([RateData(price)], rules=rules))
    assert floor <= found.freight <= max(price, floor)
    assert found.total == sum(charge.amount for charge in found.charges)


@given(st.lists(st.tuples(PRICES, CURRENCIES), max_size=5), PERCENTS, CURRENCIES)
def test_amounts_of_different_currencies_are_never_added(
    amounts: list[tuple[D, str]], percent: D, currency: str
) -> None:  # fmt: skip
    surcharges = [SurchargeData(f"Extra {n}", value, applies="always", currency=own)
                  for n, (value, own) in enumerate(amounts)]  # fmt: skip
    surcharges.append(
        SurchargeData("Peak", percent, "percent", applies_to="total", applies="always", currency=currency)
    )
    found = priced(D(1), card_of([RateData(D(100))], surcharges=surcharges))
    totals = {found.currency: found.total, **dict(found.others)}
    for own in {charge.currency for charge in found.charges}:
        assert totals[own] == sum(charge.amount for charge in found.charges if charge.currency == own)
    peak = [charge for charge in found.charges if charge.name == "Peak"]
    mixed = len({charge.currency for charge in found.charges if charge.name != "Peak"} | {currency or "EUR"}) > 1
    assert bool(peak) != mixed
    assert (found.incomplete == ()) == bool(peak)


@given(st.permutations(range(4)), st.permutations(range(5)), WEIGHTS)
def test_neither_rows_nor_charges_depend_on_where_they_stand(rows: list[int], places: list[int], weight: D) -> None:
    bounds = (0, 10, 100, 1000, None)
    rates = [
        RateData(D(9 - n), unit="kg", break_basis="weight", break_from=D(low or 0),
                 break_to=None if high is None else D(high), break_unit="kg", minimum=D(20))
        for n, (low, high) in enumerate(pairwise(bounds))
    ]  # fmt: skip
    surcharges = [
        SurchargeData(f"Charge {n}", D(n + 1), "percent", applies_to="total", applies="always", sequence=n)
        for n in range(5)
    ]
    fuel = [FuelBandData(D(12), base="total")]
    plain = priced(weight, card_of(rates, surcharges=surcharges, fuel=fuel))
    shuffled = card_of([rates[n] for n in rows], surcharges=[surcharges[n] for n in places], fuel=fuel)
    assert priced(weight, shuffled).charges == plain.charges


@given(st.text(max_size=30), st.text(max_size=12), st.sampled_from(["", "DE", "GB", "US"]))
def test_no_text_of_a_place_breaks_the_grammar(text: str, postal: str, country: str) -> None:
    assert parse_place(text)
    best_match(text, Location(country, postal, text))


@given(st.integers(0, 99_999).map("{:05}".format), st.integers(1, 5))
def test_a_longer_prefix_is_narrower(postal: str, length: int) -> None:
    place = Location("DE", postal)
    found = [best_match(f"DE {postal[:n]}*", place) for n in range(1, length + 1)]
    assert None not in found
    assert found == sorted(found, key=lambda narrow: narrow or 0)
    exact = best_match(f"DE {postal}", place)
    assert exact is not None
    assert exact > (found[-1] or 0)
