"""Charges that a shipment does not owe by its own weight, size or value, and those that nothing rules out."""

from __future__ import annotations

from decimal import Decimal as D

import pytest

from invoices.rate_records import Condition, SurchargeData
from tests.invoices.test_bill_audit import audited, bill_of, charge, moved, simple_card

OVERSIZE = SurchargeData(
    "Oversize", D(40), applies="asked", conditions=[Condition(on="piece_side", above="120", unit="cm")]
)
LARGE = [Condition(on="piece_side", above="120", unit="cm"), Condition(on="piece_weight", above="30", unit="kg")]
VALUE = [Condition(on="goods_value", above="500")]


def claims(surcharge: SurchargeData, **shipment: object) -> list[tuple[str, D | None]]:
    weighed = {"actual_weight": D(10), **shipment}
    bill = bill_of(
        charge("20.00", "Freight", "freight"), charge("40.00", surcharge.name, "accessorial"),
        charge("2.00", "Fuel", "fuel"), shipments=[moved("A1", **weighed)],
    )  # fmt: skip
    return [(each.code, each.difference) for each in audited(bill, simple_card(surcharges=[surcharge]))]


@pytest.mark.parametrize(
    ("dimensions", "wanted"),
    [("120 x 40 x 30 cm", [("overcharged", D(40))]), ("121 x 40 x 30 cm", []), (None, [])],
)
def test_a_surcharge_for_a_size_is_claimed_where_the_measures_are_printed_and_smaller(
    dimensions: str | None, wanted: list[tuple[str, D]]
) -> None:
    assert claims(OVERSIZE, dimensions=dimensions) == wanted


def test_of_several_conditions_one_that_holds_or_is_not_said_is_enough() -> None:
    either = SurchargeData("Large parcel", D(40), applies="asked", conditions=LARGE)
    assert claims(either, dimensions="60 x 40 x 30 cm") == [("overcharged", D(40))]
    assert claims(either, dimensions="140 x 40 x 30 cm") == []
    assert claims(either) == []


def test_a_value_at_the_limit_owes_no_charge_for_what_is_above_it() -> None:
    above = SurchargeData("High value", D(40), applies="asked", conditions=VALUE)
    assert claims(above, declared_value=D(500)) == [("overcharged", D(40))]
    assert claims(above, declared_value=D("500.01")) == []
    assert claims(above) == []


def test_a_piece_of_several_is_not_known_to_be_small() -> None:
    assert claims(OVERSIZE, dimensions="60 x 40 x 30 cm", pieces=D(2)) == []
