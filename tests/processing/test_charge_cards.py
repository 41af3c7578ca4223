"""Made-up cards in the shapes of the charge model, read by rules alone."""

from __future__ import annotations

import csv
import io
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from invoices.rate_records import CardData, RateData
from invoices.rating import Location, Piece, Quote, Shipment, quote
from invoices.rules.rate_cards import check_rate_card
from processing.ratecards import CardReading, read_rate_card
from processing.ratecards.check import check_plan, check_reading
from processing.ratecards.coverage import left_over_reasons
from processing.ratecards.plan import CardPlan, ColumnPlan, TablePlan
from processing.ratecards.several import cards_of
from processing.ratecards.sheets import sheets_of
from processing.readers import media_types
from processing.readers.registry import read_content
from samples.charge_cards import CARDS, ChargeCard
from tests.processing.rate_card_grids import Rows, card_of


def reading_of(card: ChargeCard, folder: Path) -> tuple[CardReading, set[str]]:
    """The reading of a card, and the codes of what stands against it."""
    reading, said = reading_and_reasons(card, folder)
    return reading, {code for code, _ in said}


def reading_and_reasons(card: ChargeCard, folder: Path) -> tuple[CardReading, list[tuple[str, str]]]:
    """What stands against the card as codes with their messages."""
    path = card.write(folder)
    content = read_content(path.read_bytes(), card.media_type)
    reading = read_rate_card(content)
    problems = [*check_plan(reading.plan, sheets_of(content)), *check_reading(reading)]
    checked = [found for card in cards_of(reading.card) for found in check_rate_card(card)]
    reasons = [*reading.reasons, *checked, *left_over_reasons(reading.coverage)]
    return reading, [(each.code, each.message) for each in reasons] + [("mapping_doubtful", each) for each in problems]


def misses_of(sample: ChargeCard, reading: CardReading) -> list[str]:
    """What of the label the reading has not."""
    card = reading.card
    freight = [rate for rate in card.rates if not rate.charge]
    counts = {
        "rates": (len(freight), sample.rates), "charge rows": (len(card.rates) - len(freight), sample.charge_rows),
        "fuel bands": (len(card.fuel), sample.fuel), "zones": (len(card.zones), sample.zones or len(card.zones)),
    }  # fmt: skip
    misses = [f"{found} {name} instead of {wanted}" for name, (found, wanted) in counts.items() if found != wanted]
    for name, text in sample.header.items():
        if str(getattr(card, name)) != text:
            misses.append(f"{name}: {getattr(card, name)!r} instead of {text!r}")
    if len(cards_of(card)) != sample.carriers:
        misses.append(f"{len(cards_of(card))} carriers instead of {sample.carriers}")
    misses += [f"no rate {check}" for check in sample.checks if not any(_holds(r, check) for r in card.rates)]
    names = {surcharge.name for surcharge in card.surcharges}
    misses += [f"no charge {name}" for name in sample.surcharges if name not in names]
    rules = {(rule.kind, _plain(rule.value or rule.rated_as or rule.choice)) for rule in card.rules}
    misses += [f"no rule {kind} {value}" for kind, value in sample.rules if (kind, _plain(value)) not in rules]
    return misses


def _holds(rate: RateData, check: dict[str, str]) -> bool:
    return all(_plain(getattr(rate, name)) == _plain(text) for name, text in check.items())


def _plain(value: Any) -> str:
    try:
        return str(Decimal(str(value)).normalize())
    except ArithmeticError:
        return str(value)


def priced(card: CardData, body: dict[str, Any], day: str) -> tuple[str, tuple[str, ...]]:
    """The total of the best quote and what is missing from it; an empty total where the card refuses."""
    values = dict(body)
    ends = {side: Location(**values.pop(side, {})) for side in ("origin", "destination")}
    pieces = tuple(Piece(weight=Decimal(str(piece["weight"]))) for piece in values.pop("pieces", ()))
    numbers = {
        name: Decimal(str(values.pop(name)))
        for name in ("volume_m3", "distance", "fuel_index", "declared_value", "pallets", "loading_metres", "containers")
        if name in values
    }  # fmt: skip
    shipment = Shipment(**ends, pieces=pieces, **numbers, **values)
    best = quote(shipment, cards_of(card), date.fromisoformat(day)).best
    return (str(best.total), tuple(getattr(best, "incomplete", ()))) if best is not None else ("", ())


@pytest.mark.parametrize("sample", CARDS, ids=lambda sample: sample.name)
def test_a_made_up_card_is_read_whole_or_held_back(sample: ChargeCard, tmp_path: Path) -> None:
    reading, codes = reading_of(sample, tmp_path)
    assert set(sample.asks) <= codes
    if sample.asks and not sample.rates:
        return
    assert misses_of(sample, reading) == []
    assert codes - {"card_field_missing", "validity_missing"} <= set(sample.asks)


@pytest.mark.skipif("incomplete" not in Quote.__dataclass_fields__, reason="prices by the charge model are to come")
@pytest.mark.parametrize("sample", [card for card in CARDS if card.quotes], ids=lambda sample: sample.name)
def test_a_made_up_card_prices_as_worked_by_hand(sample: ChargeCard, tmp_path: Path) -> None:
    reading, _ = reading_of(sample, tmp_path)
    for name, text in sample.answers.items():
        setattr(reading.card, name, text)
    found = [priced(reading.card, body, day) for body, day, _, _ in sample.quotes]
    assert found == [(total, missing) for _, _, total, missing in sample.quotes]


def _with_fuel(*names: str) -> Rows:
    fees: Rows = [[name, f"{10 + i} %", "of the freight"] for i, name in enumerate(names)]
    return [["Carrier: Curve Parcels"], ["Prices in EUR, valid from 01.01.2026"],
            ["Service", "Max weight (kg)", "Rate"], ["Ground", "5", "4.10"], ["Ground", "10", "5.20"],
            ["Two Day", "5", "8.10"], ["Two Day", "10", "9.20"],
            ["Surcharges"], ["Surcharge", "Amount", "Unit"], *fees]  # fmt: skip


def test_fuel_of_each_service_is_for_its_own() -> None:
    card = card_of(_with_fuel("Fuel surcharge, Ground", "Fuel surcharge, Two Day")).card
    assert [s.conditions for s in card.surcharges] == [
        [{"on": "service", "values": ["Ground"]}], [{"on": "service", "values": ["Two Day"]}]
    ]  # fmt: skip


def test_two_fuel_charges_that_nothing_tells_apart_hold_the_card() -> None:
    card = card_of(_with_fuel("Fuel surcharge A", "Fuel surcharge B")).card
    assert "figure_not_understood" in {reason.code for reason in check_rate_card(card)}


def test_fees_that_a_plan_takes_for_rates_hold_the_card() -> None:
    rows = [["Carrier: Curve Parcels"], ["Prices in EUR"], ["Service", "Rate"], ["Liftgate", "45.00"],
            ["Notification", "9.00"]]  # fmt: skip
    plan = CardPlan((TablePlan(0, "rates", (3,), 4, 5, (ColumnPlan(0, "service"), ColumnPlan(1, "price"))),))
    out = io.StringIO()
    csv.writer(out, delimiter=";").writerows(rows)
    reading = read_rate_card(read_content(out.getvalue().encode(), media_types.CSV), plan=plan)
    assert [reason.code for reason in reading.reasons if reason.blocking] == ["sheet_of_fees"]
