"""What a quote says of charges that may be due and that nobody asked for."""

from __future__ import annotations

from datetime import date
from decimal import Decimal as D

from invoices.rate_records import CardData, RateData, RuleData, SurchargeData
from invoices.rating import Piece, Shipment, quote

DAY = date(2026, 5, 12)


def left_out(
    *surcharges: SurchargeData, rules: tuple[RuleData, ...] = (), asked: str = ""
) -> tuple[str, tuple[str, ...]]:  # fmt: skip
    card = CardData(carrier_name="Example Lines", currency="EUR", weight_unit="kg", rates=[RateData(D(10))],
                    surcharges=list(surcharges), rules=list(rules))  # fmt: skip
    wanted = frozenset(filter(None, [asked]))
    best = quote(Shipment(pieces=(Piece(D(5)),), accessorials=wanted), [card], DAY).best
    assert best is not None
    return str(best.total), best.not_included


def test_a_charge_whose_name_tells_nothing_is_named_where_nobody_asks_for_it() -> None:
    assert left_out(SurchargeData("Kiosk fee", D(3))) == ("10.00", ("Kiosk fee",))


def test_what_is_asked_for_is_in_the_total_and_not_named() -> None:
    assert left_out(SurchargeData("Kiosk fee", D(3)), asked="Kiosk fee") == ("13.00", ())


def test_services_of_the_trade_and_charges_with_a_stated_occasion_are_not_named() -> None:
    lift, island = SurchargeData("Tail lift", D(9)), SurchargeData("Ferry", D(4), condition="to islands")
    wait = SurchargeData("Idle", D(30), basis="per_unit", unit="hour")
    assert left_out(lift, island, wait, SurchargeData("Kiosk fee", D(3), applies="asked")) == ("10.00", ())


def test_a_charge_that_every_shipment_pays_is_in_the_total() -> None:
    assert left_out(SurchargeData("Kiosk fee", D(3), condition="Every shipment")) == ("13.00", ())


def test_a_charge_with_an_open_question_is_named() -> None:
    question = RuleData("not_understood", charge="Kiosk fee", words="Does each shipment pay this?")
    assert left_out(SurchargeData("Kiosk fee", D(3), applies="asked"), rules=(question,)) == ("10.00", ("Kiosk fee",))
