"""Which card holds where several of a carrier do, and what outside of a card its prices depend on."""

from __future__ import annotations

from datetime import date
from decimal import Decimal as D
from typing import Any

from invoices.rate_records import CardData, FuelBandData, RateData, RuleData, SurchargeData
from invoices.rate_records.series import ExchangeRate, IndexValue
from invoices.rating import Piece, Shipment, quote
from invoices.rating.money import converted, exchange_rate

DAY = date(2026, 5, 12)


def card(price: str, **values: Any) -> CardData:
    return CardData(**{"carrier_name": "Example Lines", "currency": "EUR", "weight_unit": "kg", **values},
                    rates=[RateData(D(price))])  # fmt: skip


def totals(cards: list[CardData], **values: Any) -> tuple[list[str], list[str]]:
    found = quote(Shipment(pieces=(Piece(D(5)),), **values), cards, DAY)
    return [str(q.total) for q in found.quotes], [r.code for r in found.refusals]


def test_a_contract_goes_before_the_general_tariff_and_a_spot_quote_before_both() -> None:
    general, contract, spot = (
        card(p, tariff_type=t) for p, t in (("9", "general"), ("12", "contract"), ("15", "spot"))
    )
    assert totals([general, contract]) == (["12.00"], ["other_card_holds"])
    assert totals([general, contract, spot]) == (["15.00"], ["other_card_holds"] * 2)
    assert totals([general]) == (["9.00"], [])


def test_another_carrier_or_service_is_no_rival() -> None:
    contract = card("12", tariff_type="contract", service="Express")
    other = card("9", tariff_type="general", carrier_name="Others", service="Express")
    slow = card("7", tariff_type="general", service="Standard")
    assert totals([contract, other, slow]) == (["7.00", "9.00", "12.00"], [])


def test_the_account_decides_which_card_is_the_shippers() -> None:
    own, others, open_card = card("10", account="14 220 7781"), card("8", account="99"), card("9")
    assert totals([own, others, open_card], account="142207781") == (["10.00"], ["other_account", "other_card_holds"])
    assert totals([own, others, open_card])[0] == ["8.00", "9.00", "10.00"]


def test_a_card_by_order_date_holds_by_the_day_of_the_order() -> None:
    old = card("10", valid_to=date(2026, 4, 30), date_basis="order_date")
    assert totals([old], order_date=date(2026, 4, 28)) == (["10.00"], [])
    assert totals([old]) == ([], ["not_valid"])


def test_prices_of_several_currencies_have_no_cheapest() -> None:
    found = quote(Shipment(), [card("10"), card("2", currency="USD"), card("9")], DAY)
    assert [(q.currency, str(q.total)) for q in found.quotes] == [("EUR", "9.00"), ("EUR", "10.00"), ("USD", "2.00")]
    assert found.best is None


RATES = [
    ExchangeRate("EUR", "USD", date(2026, 4, 1), D("1.10"), "ECB"),
    ExchangeRate("EUR", "USD", date(2026, 5, 1), D("1.25"), "ECB"),
    ExchangeRate("EUR", "USD", date(2026, 6, 1), D("1.40"), "ECB"),
]


def test_a_quote_in_another_currency_shows_the_dated_rate() -> None:
    extra = SurchargeData("Terminal", D(25), applies="always", currency="USD")
    both = CardData(carrier_name="Example Lines", currency="EUR", rates=[RateData(D(100))], surcharges=[extra])
    best = quote(Shipment(), [both], DAY).best
    assert best is not None
    assert (best.total, best.others) == (D("100.00"), (("USD", D("25.00")),))
    dollars = converted(best, "USD", RATES, DAY)
    assert dollars is not None
    assert (dollars.total, dollars.currency, dollars.others) == (D("150.00"), "USD", ())
    assert dollars.charges[0].how == "100 flat; 100 EUR at 1.25 of 2026-05-01 (ECB)"
    assert converted(best, "GBP", RATES, DAY) is None
    back = exchange_rate(RATES, "USD", "EUR", DAY)
    assert back is not None
    assert back.rate == D("0.8")


SERIES = [IndexValue("EIA diesel US", date(2026, 5, d), D(v)) for d, v in ((4, "3.60"), (11, "3.80"))]


def test_fuel_is_rated_by_the_series_where_the_shipment_states_no_index() -> None:
    own = card("100")
    own.fuel = [
        FuelBandData(D(n), "EIA diesel US", D("3.50") + n * D("0.1"), D("3.60") + n * D("0.1")) for n in range(4)
    ]
    own.rules = [RuleData("fuel_index", index_name="EIA diesel US", lag="from_wednesday")]
    shipment = Shipment(pieces=(Piece(D(5)),))
    found = quote(shipment, [own], DAY, series=SERIES).best
    assert found is not None
    assert (found.total, found.charges[-1].how) == (D("101.00"), "1 % of 100 at index 3.6")
    without = quote(shipment, [own], DAY).best
    assert without is not None
    assert without.incomplete == ("fuel",)
