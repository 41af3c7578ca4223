"""Made-up cards in the shapes of the charge model, read by rules alone."""

from __future__ import annotations

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
from processing.ratecards.sheets import sheets_of
from processing.readers import media_types
from processing.readers.registry import read_content
from samples.charge_cards import CARDS, ChargeCard


def reading_of(card: ChargeCard, folder: Path) -> tuple[CardReading, set[str]]:
    """The reading of a card, and the codes of what stands against it."""
    path = card.write(folder)
    content = read_content(path.read_bytes(), media_types.CSV if card.separator else media_types.XLSX)
    reading = read_rate_card(content)
    problems = [*check_plan(reading.plan, sheets_of(content)), *check_reading(reading)]
    codes = {reason.code for reason in [*reading.reasons, *check_rate_card(reading.card)]}
    return reading, codes | ({"mapping_doubtful"} if problems else set())


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
        for name in ("volume_m3", "distance", "fuel_index", "declared_value", "pallets") if name in values
    }  # fmt: skip
    best = quote(Shipment(**ends, pieces=pieces, **numbers, **values), [card], date.fromisoformat(day)).best
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
