"""Worked examples of charges on top: percentages and their bases, tables, conditions, order, fuel, currencies."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal as D
from typing import Any

from invoices.rate_records import CardData, Condition, FuelBandData, RateData, RuleData, SurchargeData
from samples.rating.records import WorkedExample, card_of, cents, steps_up, weighing

FREIGHT = D(200)


def charge_examples() -> list[WorkedExample]:
    return [*_percentages(), *_units(), *_tables(), *_conditions(), *_asked(), *_fuel(), *_currencies()]


def _card(*surcharges: SurchargeData, **values: Any) -> CardData:
    return card_of(RateData(FREIGHT), surcharges=list(surcharges), **values)


def _example(
    covers: str, why: str, card: CardData, shipment: dict[str, Any], total: D | None, **more: Any
) -> WorkedExample:
    return WorkedExample(
        frozenset(covers.split()), why, card, shipment, None if total is None else cents(total), **more
    )


def _percentages() -> Iterator[WorkedExample]:
    def percent(value: str, of: str, **more: Any) -> SurchargeData:
        return SurchargeData("Peak", D(value), "percent", applies_to=of, applies="always", **more)

    handling = SurchargeData("Handling", D(15), code="HDL", applies="always")
    fuel = [FuelBandData(D(10))]
    goods = {"declared_value": "3000"}
    cut = [RuleData("discount", D(25))]
    yield _example("percent", "8 % of the freight 200", _card(percent("8", "freight")), weighing("5"), D(216))
    yield _example(
        "percent",
        "8 % of the freight after 25 % off: 150 + 12",
        _card(percent("8", "freight"), rules=cut),
        weighing("5"),
        D(162),
    )
    yield _example(
        "percent",
        "8 % of the tariff before 25 % off: 150 + 16",
        _card(percent("8", "tariff"), rules=cut),
        weighing("5"),
        D(166),
    )
    yield _example(
        "percent", "0.3 % of goods worth 3,000", _card(percent("0.3", "goods_value")), weighing("5", **goods), D(209)
    )
    yield _example(
        "percent",
        "the goods' value is not said: named, not guessed",
        _card(percent("0.3", "goods_value", meaning="ad_valorem")),
        weighing("5"),
        FREIGHT,
        incomplete=("ad_valorem",),
    )
    yield _example(
        "percent", "10 % of 200 and 15 before it", _card(handling, percent("10", "total")), weighing("5"), D("236.50")
    )
    yield _example(
        "percent", "10 % of the handling of 15", _card(handling, percent("10", "HDL")), weighing("5"), D("216.50")
    )
    yield _example(
        "percent", "50 % of the fuel of 20: after it", _card(percent("50", "fuel"), fuel=fuel), weighing("5"), D(230)
    )
    yield _example(
        "percent", "5 % of freight and fuel: 11", _card(percent("5", "freight+fuel"), fuel=fuel), weighing("5"), D(231)
    )
    yield _example(
        "percent",
        "1 % is 2, at least 12.50",
        _card(percent("1", "freight", minimum=D("12.5"))),
        weighing("5"),
        D("212.50"),
    )
    yield _example(
        "percent", "40 % is 80, at most 50", _card(percent("40", "freight", maximum=D(50))), weighing("5"), D(250)
    )
    late = SurchargeData("Handling", D(15), applies="always", sequence=20)
    early = percent("10", "total", sequence=10)
    yield _example(
        "percent",
        "10 % of all before it comes first by its order: 20, then 15",
        _card(late, early),
        weighing("5"),
        D(235),
    )


def _units() -> Iterator[WorkedExample]:
    def per(unit: str, value: str, **more: Any) -> SurchargeData:
        return SurchargeData("Extra", D(value), "per_unit", unit=unit, applies="always", **more)

    yield _example(
        "kg", "32 kg × 0.55 = 17.60, at least 25", _card(per("kg", "0.55", minimum=D(25))), weighing("32"), D(225)
    )
    yield _example("pallet", "3 pallets × 3.80", _card(per("pallet", "3.80")), weighing("9", pallets="3"), D("211.40"))
    yield _example(
        "pallet",
        "no number of pallets: named",
        _card(per("pallet", "3.80", code="PAL")),
        weighing("9"),
        FREIGHT,
        incomplete=("PAL",),
    )
    yield _example("bill", "4.50 a bill of lading", _card(per("bill", "4.50")), weighing("9"), D("204.50"))
    hundreds = steps_up(D(160), D(100)) / 100
    yield _example(
        "100kg",
        f"{hundreds} started hundreds × 6.20",
        _card(per("100kg", "6.20", increment=D(100), rounding="up")),
        weighing("160"),
        FREIGHT + hundreds * D("6.20"),
    )
    yield _example(
        "hour",
        "100 minutes, 60 free, started halves of an hour: 60 minutes × 84 an hour",
        _card(per("hour", "84", free_units=D(60), increment=D(30))),
        weighing("9", counts={"minute": "100"}),
        FREIGHT + 84,
    )
    yield _example(
        "stop",
        "two stops × 25, the first is free",
        _card(per("stop", "25", free_units=D(1))),
        weighing("9", counts={"stop": "3"}),
        D(250),
    )


def _tables() -> Iterator[WorkedExample]:
    toll = SurchargeData("Maut", D(0), "table", applies="always")
    rows = [
        RateData(
            D(price),
            charge="Maut",
            break_basis="weight",
            break_from=D(low),
            break_to=D(high),
            break_unit="kg",
            break2_basis="distance",
            break2_from=D(near),
            break2_to=D(far),
            break2_unit="km",
        )
        for low, high, near, far, price in (
            ("0", "100", "0", "200", "1.30"),
            ("0", "100", "200", "400", "1.98"),
            ("100", "500", "0", "200", "2.59"),
            ("100", "500", "200", "400", "4.56"),
        )
    ]
    card = card_of(RateData(FREIGHT), *rows, surcharges=[toll])
    for weight, far, price in (("90", "150", "1.30"), ("100", "201", "1.98"), ("340", "400", "4.56")):
        yield _example(
            "table weight distance",
            f"toll of {weight} kg over {far} km: {price}",
            card,
            weighing(weight, distance=far),
            FREIGHT + D(price),
        )
    yield _example("table", "no distance: the toll is missing", card, weighing("90"), FREIGHT, incomplete=("toll",))
    yield _example(
        "table",
        "the table ends at 500 kg: the toll is missing",
        card,
        weighing("600", distance="90"),
        FREIGHT,
        incomplete=("toll",),
    )
    gris = [
        RateData(D(value), unit="percent", applies_to="goods_value", charge="GRIS", destination=place, minimum=D(least))
        for place, value, least in (("BR 20000-000–23799-999", "0.25", "5"), ("BR 69000-000–69099-999", "0.5", "8"))
    ]
    by_region = card_of(RateData(FREIGHT), *gris, surcharges=[SurchargeData("GRIS", D(0), "table", applies="always")])
    for postal, goods, due in (("22041-001", "2800", "7"), ("22041-001", "800", "5"), ("69020-030", "5000", "25")):
        yield _example(
            "table percent",
            f"by region: {due} of goods worth {goods}",
            by_region,
            weighing("5", destination={"country": "BR", "postal": postal}, declared_value=goods),
            FREIGHT + D(due),
        )


def _conditions() -> Iterator[WorkedExample]:
    def when(**condition: Any) -> CardData:
        known: Condition = condition  # type: ignore[assignment]
        return _card(SurchargeData("Extra", D(30), code="X", applies="always", conditions=[known]))

    sides = {"length": "130", "width": "40", "height": "40"}
    cases: list[tuple[dict[str, Any], dict[str, Any], bool]] = [
        ({"on": "place", "values": ["US-CA"]}, weighing("5", destination={"country": "US", "region": "CA"}), True),
        (
            {"on": "place", "values": ["US 900–961"]},
            weighing("5", destination={"country": "US", "postal": "94103"}),
            True,
        ),
        (
            {"on": "place", "values": ["US 900–961"]},
            weighing("5", destination={"country": "US", "postal": "30301"}),
            False,
        ),
        ({"on": "place", "not_values": ["DE"]}, weighing("5", destination={"country": "AT"}), True),
        ({"on": "place", "values": ["DE"], "side": "origin"}, weighing("5", origin={"country": "DE"}), True),
        ({"on": "zone", "values": ["Zone 4"]}, weighing("5", zone="4"), True),
        ({"on": "service", "values": ["Express"]}, weighing("5"), False),
        ({"on": "dangerous_goods", "values": ["yes"]}, weighing("5", dangerous_goods=True), True),
        ({"on": "dangerous_goods", "values": ["yes"]}, weighing("5"), False),
        ({"on": "stackable", "values": ["no"]}, weighing("5", stackable=False), True),
        ({"on": "direction", "values": ["import"]}, weighing("5", direction="import"), True),
        ({"on": "payer", "values": ["collect"]}, weighing("5", payer="prepaid"), False),
        ({"on": "month", "values": ["5", "6"]}, weighing("5"), True),
        ({"on": "weekday", "values": ["6", "7"]}, weighing("5"), False),
        ({"on": "weight", "above": "30", "unit": "kg"}, weighing("30"), False),
        ({"on": "weight", "at_least": "30", "unit": "kg"}, weighing("30"), True),
        ({"on": "actual_weight", "below": "10", "unit": "lb"}, weighing("4"), True),
        ({"on": "piece_weight", "above": "70", "unit": "kg"}, {"pieces": [{"weight": "71"}, {"weight": "2"}]}, True),
        ({"on": "piece_side", "above": "100", "unit": "cm"}, {"pieces": [{"weight": "5", **sides}]}, True),
        ({"on": "piece_side", "above": "100", "unit": "cm"}, weighing("5"), False),
        ({"on": "piece_second_side", "above": "76", "unit": "cm"}, {"pieces": [{"weight": "5", **sides}]}, False),
        ({"on": "piece_girth", "at_least": "290", "unit": "cm"}, {"pieces": [{"weight": "5", **sides}]}, True),
        ({"on": "volume", "at_most": "2"}, weighing("5", volume_m3="2"), True),
        ({"on": "distance", "above": "100", "unit": "km"}, weighing("5", distance="120"), True),
        ({"on": "pieces", "at_least": "2"}, {"pieces": [{"weight": "5", "count": 2}]}, True),
        ({"on": "pallets", "above": "3"}, weighing("5", pallets="3"), False),
        ({"on": "goods_value", "above": "500"}, weighing("5", declared_value="900"), True),
        ({"on": "other:site", "values": ["airport"]}, weighing("5", attributes={"site": "Airport"}), True),
    ]
    for condition, shipment, due in cases:
        words = "is due" if due else "is not due"
        yield _example(
            "condition", f"{condition}: the charge of 30 {words}", when(**condition), shipment, FREIGHT + 30 * due
        )
    yield _example(
        "condition",
        "a distance that is not said: the charge may be due, and is named",
        when(on="distance", above="100", unit="km"),
        weighing("5"),
        FREIGHT,
        incomplete=("X",),
    )


def _asked() -> Iterator[WorkedExample]:
    lift = SurchargeData("Liftgate delivery", D(75), code="LGD", applies="asked")
    free = SurchargeData("Notification", D(0), code="NFY", applies="included")
    island = SurchargeData("Island delivery", D(0), code="ISL", meaning="remote_area", applies="on_request")
    card = _card(lift, free, island)
    yield _example("asked", "nobody asks for the liftgate", card, weighing("5"), FREIGHT)
    for name in ("LGD", "liftgate delivery", "tail lift"):
        yield _example("asked", f"the liftgate asked for as {name}", card, weighing("5", accessorials=[name]), D(275))
    yield _example("asked", "included in the freight", card, weighing("5", accessorials=["NFY"]), FREIGHT)
    yield _example(
        "asked",
        "on request: it has no price",
        card,
        weighing("5", accessorials=["ISL"]),
        FREIGHT,
        incomplete=("remote_area",),
    )
    yield _example(
        "asked",
        "a charge that the card does not know",
        card,
        weighing("5", accessorials=["Drone"]),
        None,
        refused="no_accessorial",
    )
    yield _example(
        "service",
        "a service that the card does not know",
        card,
        weighing("5", service="Moon"),
        None,
        refused="no_service",
    )


def _fuel() -> Iterator[WorkedExample]:
    bands = [FuelBandData(D(n), "Diesel", D("1.20") + n * D("0.05"), D("1.25") + n * D("0.05")) for n in range(4)]
    card = _card(fuel=bands)
    for index, percent in (("1.20", 0), ("1.25", 1), ("1.34", 2), ("1.39", 3), ("1.10", 0)):
        yield _example(
            "fuel",
            f"index {index}: {percent} % of 200",
            card,
            weighing("5", fuel_index=index),
            FREIGHT * (100 + percent) / 100,
        )
    yield _example(
        "fuel", "above the table: missing", card, weighing("5", fuel_index="1.40"), FREIGHT, incomplete=("fuel",)
    )
    yield _example("fuel", "no index: missing", card, weighing("5"), FREIGHT, incomplete=("fuel",))
    yield _example(
        "fuel", "one percentage without an index: 12 %", _card(fuel=[FuelBandData(D(12))]), weighing("5"), D(224)
    )
    further = _card(fuel=[FuelBandData(D(6), "Diesel", D("1.50"), None, index_step=D("0.05"), percent_step=D(1))])
    yield _example(
        "fuel", "1.62: 6 % and three started steps above 1.50", further, weighing("5", fuel_index="1.62"), D(218)
    )
    mile = _card(fuel=[FuelBandData(D("0.38"), "EIA diesel US", D("3.50"), D("3.55"), unit="mile")])
    yield _example(
        "fuel mile",
        "0.38 a mile over 250 miles",
        mile,
        weighing("5", fuel_index="3.52", distance="250", distance_unit="mile"),
        D(295),
    )
    least = _card(fuel=[FuelBandData(D(1), minimum=D(5))])
    yield _example("fuel", "1 % is 2, at least 5", least, weighing("5"), D(205))
    total = _card(SurchargeData("Handling", D(50), applies="always"), fuel=[FuelBandData(D(10), base="total")])
    yield _example("fuel", "10 % of 200 and 50", total, weighing("5"), D(275))
    floor = card_of(
        RateData(D(100)),
        fuel=[FuelBandData(D(30))],
        rules=[RuleData("discount", D(50)), RuleData("absolute_minimum_charge", D(60))],
    )
    yield _example(
        "fuel discount absolute_minimum_charge", "30 % of the absolute minimum of 60", floor, weighing("5"), D(78)
    )
    series = RuleData("fuel_index", index_name="Diesel", lag="previous_month")
    yield _example(
        "fuel_index",
        "the rule names the index; the shipment states it: 2 %",
        _card(fuel=bands, rules=[series]),
        weighing("5", fuel_index="1.30"),
        D(204),
    )


def _currencies() -> Iterator[WorkedExample]:
    duty = SurchargeData("Terminal handling", D(265), applies="always", currency="USD")
    yield _example(
        "currency", "265 USD are not added to 200 EUR", _card(duty), weighing("5"), FREIGHT, others={"USD": D("265.00")}
    )
    both = [duty, SurchargeData("Peak", D(10), "percent", code="PK", applies_to="total", applies="always", sequence=9)]
    yield _example(
        "currency percent",
        "10 % of a sum of two currencies cannot be priced",
        _card(*both),
        weighing("5"),
        FREIGHT,
        others={"USD": D("265.00")},
        incomplete=("PK",),
    )
    yen = card_of(RateData(D("12.5"), unit="kg"), currency="JPY")
    yield WorkedExample(frozenset({"currency"}), "yen have no cents: 37.5 is 38", yen, weighing("3"), D(38))
