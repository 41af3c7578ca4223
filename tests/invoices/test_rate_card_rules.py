"""What must hold before a rate card is used: each reason once, with what causes it and what does not."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal as D
from typing import Any

import pytest

from invoices.rate_records import CardData, RateData, ZoneData
from invoices.rules.rate_cards import check_rate_card, check_version


def rate(value: str, low: str | None = None, high: str | None = None, **keys: Any) -> RateData:
    bounds = {
        "break_from": None if low is None else D(low), "break_to": None if high is None else D(high),
        "break_basis": "weight" if low is not None else "", "break_unit": "kg" if low is not None else "",
    }  # fmt: skip
    return RateData(D(value), **{**bounds, "zone": "1", **keys})


def card(*rates: RateData, **changes: Any) -> CardData:
    whole = CardData(
        carrier_name="Polar", currency="EUR", weight_unit="kg", valid_from=date(2026, 1, 1),
        valid_to=date(2026, 12, 31), rates=list(rates) or [rate("4", "0", "5")],
    )  # fmt: skip
    return replace(whole, **changes)


def codes(checked: CardData) -> list[str]:
    return [found.code for found in check_rate_card(checked)]


def test_a_sound_card_gives_no_reason() -> None:
    assert codes(card(rate("4", "0", "5"), rate("5", "5", "10"), rate("9", "0", "5", zone="2"))) == []


@pytest.mark.parametrize(
    ("rates", "code"),
    [
        ([rate("4", "0", "5"), rate("5", "4", "10")], "break_overlap"),
        ([rate("4", "0", "5", break_inclusive="both"), rate("5", "5", "10")], "break_overlap"),
        ([rate("4", "0", "5"), rate("5", "7", "10")], "break_gap"),
        ([rate("4", "0", "5"), rate("4.5", "0", "5")], "duplicate_rate"),
        ([rate("4"), rate("5")], "duplicate_rate"),
        ([rate("4", "0", "5"), rate("5", "5", "10", currency="USD", zone="2")], "mixed_currency"),
        ([rate("4", "0", "5"), rate("5", "5", "10", break_unit="lb")], "mixed_units"),
    ],
)
def test_each_fault_between_rates_is_a_reason(rates: list[RateData], code: str) -> None:
    assert code in codes(card(*rates))


def test_whole_kilograms_leave_no_gap() -> None:
    assert codes(card(rate("4", "1", "5", break_inclusive="both"), rate("5", "6", "10", break_inclusive="both"))) == []


def test_a_decimal_slip_is_seen_between_breaks() -> None:
    values = ["4.10", "4.90", "57.0", "6.50", "7.30"]
    rates = [rate(value, str(n), str(n + 1)) for n, value in enumerate(values)]
    [found] = check_rate_card(card(*rates))
    assert (found.code, found.field) == ("odd_price", "rates[2]")
    assert "57.0" in found.message


def test_a_decimal_slip_is_seen_between_zones() -> None:
    rates = [rate(value, "0", "5", zone=str(n)) for n, value in enumerate(["4.10", "4.90", "0.53", "5.70", "6.10"])]
    [found] = check_rate_card(card(*rates))
    assert (found.code, found.field) == ("odd_price", "rates[2]")


def test_zones_that_lie_far_apart_are_no_slip() -> None:
    rates = [rate(value, "0", "5", zone=str(n)) for n, value in enumerate(["4.10", "5.20", "28.00", "61.00"])]
    assert codes(card(*rates)) == []


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"valid_from": None, "valid_to": None}, "validity_missing"),
        ({"valid_from": date(2026, 5, 1), "valid_to": date(2026, 4, 1)}, "validity_reversed"),
        ({"rates": [rate("4", valid_from=date(2026, 5, 1), valid_to=date(2026, 4, 1))]}, "validity_reversed"),
        ({"rates": [rate("4", valid_from=date(2027, 5, 1))]}, "validity_outside"),
        ({"rates": [rate("4", valid_to=date(2025, 5, 1))]}, "validity_outside"),
    ],
)
def test_dates_that_cannot_be_are_reasons(changes: dict[str, Any], code: str) -> None:
    assert code in codes(card(**changes))


def test_a_card_from_before_the_version_in_the_books_is_no_later_version() -> None:
    old = card(valid_from=date(2025, 1, 1), valid_to=None)
    [found] = check_version(old, before_from=date(2026, 1, 1), version=3)
    assert (found.code, found.blocking) == ("version_older", True)
    assert "Version 3" in found.message
    assert check_version(card(), before_from=date(2026, 1, 1), version=3) == []
    assert check_version(card(), before_from=None, version=1) == []


def test_a_place_in_two_zones_as_narrow_as_each_other_is_said() -> None:
    zones = [ZoneData("1", "10", "29", "DE"), ZoneData("2", "25", "44", "DE"), ZoneData("3", "27", "27", "DE"),
             ZoneData("4", country="AT"), ZoneData("4", country="AT")]  # fmt: skip
    found = [
        reason
        for reason in check_rate_card(card(*(rate("4", zone=n) for n in "1234"), zones=zones))
        if reason.code == "zones_overlap"
    ]
    assert [(reason.field, reason.blocking) for reason in found] == [("zones[1]", False)]
    assert found[0].message == "DE 25 is in zone 1 and in zone 2: which one holds?"
