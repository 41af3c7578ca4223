"""Worked examples of the freight: every basis, breaks of one and two axes, excess, next break, rules of the tariff."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from decimal import Decimal as D
from typing import Any

from invoices.rate_records import RateData, RuleData
from samples.rating.records import (
    WorkedExample,
    card_of,
    cents,
    steps_down,
    steps_nearest,
    steps_up,
    weighing,
)

POUND = D("0.45359237")


def freight_examples() -> list[WorkedExample]:
    return [
        *_bases(),
        *_steps(),
        *_breaks(),
        *_axes(),
        *_excess(),
        *_next_breaks(),
        *_weights(),
        *_rules(),
        *_classes(),
    ]


def _example(covers: str, why: str, card: Any, shipment: dict[str, Any], total: D | None, **more: Any) -> WorkedExample:
    return WorkedExample(
        frozenset(covers.split()), why, card, shipment, None if total is None else cents(total), **more
    )


def _bases() -> Iterator[WorkedExample]:
    """One price per unit, and what a shipment has of it."""
    said: list[tuple[str, str, dict[str, Any], D, str]] = [
        ("flat", "48.50", weighing("120"), D(1), "once"),
        ("bill", "35", weighing("120", counts={"bill": "2"}), D(2), "two bills of lading"),
        ("kg", "1.27", weighing("83.4"), D("83.4"), "83.4 kg"),
        ("100kg", "14.20", weighing("250"), D("2.5"), "250 kg are 2.5 hundreds"),
        ("t", "62.40", weighing("3250"), D("3.25"), "3,250 kg are 3.25 t"),
        ("g", "0.02", weighing("0.75"), D(750), "0.75 kg are 750 g"),
        ("lb", "0.61", weighing("40"), D(40) / POUND, "40 kg in pounds of 0.45359237 kg"),
        ("oz", "0.35", weighing("3", weight_unit="lb"), D(48), "3 lb are 48 ounces"),
        ("cwt", "31.80", weighing("640", weight_unit="lb"), D("6.4"), "640 lb are 6.4 hundredweight"),
        ("m3", "71", weighing("90", volume_m3="1.4"), D("1.4"), "1.4 m³"),
        ("wm", "58", weighing("1800", volume_m3="2.6"), D("2.6"), "2.6 m³ are more than 1.8 t"),
        ("wm", "58", weighing("3100", volume_m3="2.6"), D("3.1"), "3.1 t are more than 2.6 m³"),
        ("ldm", "97", weighing("2100", loading_metres="2.4"), D("2.4"), "2.4 loading metres"),
        ("pallet", "44.90", weighing("700", pallets="3"), D(3), "3 pallets"),
        ("piece", "6.15", {"pieces": [{"weight": "4", "count": 7}]}, D(7), "7 pieces"),
        ("container", "980", {"containers": "2"}, D(2), "2 containers"),
        ("teu", "410", {"equipment": "40HC", "containers": "3"}, D(6), "three of 40 feet are 6 TEU"),
        ("km", "1.34", {"distance": "412"}, D(412), "412 km"),
        ("mile", "2.05", {"distance": "318", "distance_unit": "mile"}, D(318), "318 miles"),
        ("tkm", "0.11", weighing("18000", distance="240"), D(4320), "18 t over 240 km are 4,320 tkm"),
        ("stop", "42", weighing("100", counts={"stop": "4"}), D(4), "4 stops"),
        ("minute", "0.80", weighing("100", counts={"minute": "95"}), D(95), "95 minutes"),
        ("hour", "54", weighing("100", counts={"minute": "150"}), D("2.5"), "150 minutes are 2.5 hours"),
        ("day", "27", weighing("100", counts={"day": "6"}), D(6), "6 days"),
        ("50kg", "8.90", weighing("320"), D("6.4"), "320 kg are 6.4 times 50 kg"),
    ]
    for unit, price, shipment, quantity, words in said:
        total = cents(D(price) * quantity)
        why = f"{price} per {unit}: {words}, {price} × {quantity:.4f} = {total}"
        yield _example(unit, why, card_of(RateData(D(price), unit=unit)), shipment, total)
    rate = RateData(D("0.8"), unit="percent", applies_to="goods_value")
    yield _example("percent", "0.8 % of goods worth 4,250", card_of(rate), weighing("9", declared_value="4250"), D(34))


def _steps() -> Iterator[WorkedExample]:
    for rounding, step, weight, rounded in (
        ("up", D("0.5"), "7.2", steps_up(D("7.2"), D("0.5"))),
        ("up", D(1), "31.2", steps_up(D("31.2"), D(1))),
        ("nearest", D(1), "31.5", steps_nearest(D("31.5"), D(1))),
        ("down", D(1), "31.9", steps_down(D("31.9"), D(1))),
    ):
        rate = RateData(D("2.35"), unit="kg", increment=step, rounding=rounding)  # type: ignore[arg-type]
        yield _example(
            "kg",
            f"{weight} kg go {rounding} to {rounded} in steps of {step}, × 2.35",
            card_of(rate),
            weighing(weight),
            rounded * D("2.35"),
        )
    for weight in ("100", "100.1", "730"):
        rate = RateData(D("9.70"), unit="100kg", increment=D(100), rounding="up")
        hundreds = steps_up(D(weight), D(100)) / 100
        yield _example(
            "100kg",
            f"{hundreds} started hundreds of {weight} kg × 9.70",
            card_of(rate),
            weighing(weight),
            hundreds * D("9.70"),
        )
    for weight, total in (("10", D(25)), ("40", D(48)), ("200", D(150))):
        rate = RateData(D("1.2"), unit="kg", minimum=D(25), maximum=D(150))
        yield _example(
            "kg", f"{weight} kg × 1.20, at least 25 and at most 150: {total}", card_of(rate), weighing(weight), total
        )
    rate = RateData(D(64), unit="wm", minimum_units=D(1))
    yield _example("wm", "0.4 W/M, at least 1: 64", card_of(rate), weighing("250", volume_m3="0.4"), D(64))
    rate = RateData(D("0.5"), unit="km", maximum_units=D(300))
    yield _example("km", "412 km, at most 300 are charged: 150", card_of(rate), {"distance": "412"}, D(150))
    rate = RateData(D("0.9"), unit="minute", free_units=D(60), increment=D(15))
    yield _example(
        "minute",
        "95 minutes less 60 free are 35, three started quarters: 45 × 0.90",
        card_of(rate),
        weighing("1", counts={"minute": "95"}),
        D("40.5"),
    )
    rate = RateData(D("0.45"), unit="kg", base_charge=D(18))
    yield _example("kg", "18 and 60 kg × 0.45 = 45", card_of(rate), weighing("60"), D(45))


def _breaks() -> Iterator[WorkedExample]:
    rows = (("0", "10", "12.40"), ("10", "30", "19.80"), ("30", None, "41.00"))
    for inclusive, weight, total in (
        ("upper", "10", "12.40"),
        ("upper", "10.01", "19.80"),
        ("upper", "0", "12.40"),
        ("lower", "9.99", "12.40"),
        ("lower", "10", "19.80"),
        ("lower", "30", "41.00"),
        ("upper", "30", "19.80"),
    ):
        rates = [
            RateData(
                D(price),
                break_basis="weight",
                break_from=D(low),
                break_to=D(high) if high else None,
                break_unit="kg",
                break_inclusive=inclusive,
            )  # type: ignore[arg-type]
            for low, high, price in rows
        ]
        words = {"upper": "up to and with", "lower": "from and above"}[inclusive]
        yield _example(
            "weight flat",
            f"{weight} kg, breaks {words} their bound: {total}",
            card_of(*rates),
            weighing(weight),
            D(total),
        )
    steps = [
        RateData(D(price), break_basis="piece", break_from=D(low), break_to=D(high), break_inclusive="both")
        for low, high, price in (("1", "5", "8"), ("6", "10", "14"))
    ]
    for count, total in ((5, "8"), (6, "14")):
        yield _example(
            "piece",
            f"{count} pieces in steps 1–5 and 6–10: {total}",
            card_of(*steps),
            {"pieces": [{"weight": "1", "count": count}]},
            D(total),
        )
    for axis, said in (
        ("volume", {"volume_m3": "1.5"}),
        ("ldm", {"loading_metres": "1.5"}),
        ("pallet", {"pallets": "1.5"}),
        ("container", {"containers": "1.5"}),
        ("distance", {"distance": "1.5"}),
        ("value", {"declared_value": "1.5"}),
    ):
        rates = [
            RateData(D(price), break_basis=axis, break_from=D(low), break_to=D(high))
            for low, high, price in (("0", "1", "21"), ("1", "2", "33"))
        ]
        yield _example(axis, f"1.5 by {axis} lies between 1 and 2: 33", card_of(*rates), weighing("5", **said), D(33))
    yield _example(
        "pallet",
        "no number of pallets is said: no price",
        card_of(*[RateData(D(21), break_basis="pallet", break_from=D(0), break_to=D(1))]),
        weighing("5"),
        None,
        refused="no_quantity",
    )


def _axes() -> Iterator[WorkedExample]:
    prices = {("100", "50"): "10", ("100", "200"): "14", ("500", "50"): "22", ("500", "200"): "37"}
    starts = {"100": "0", "500": "100", "50": "0", "200": "50"}
    rates = [
        RateData(
            D(price),
            break_basis="weight",
            break_from=D(starts[weight]),
            break_to=D(weight),
            break_unit="kg",
            break2_basis="distance",
            break2_from=D(starts[far]),
            break2_to=D(far),
            break2_unit="km",
        )
        for (weight, far), price in prices.items()
    ]
    for weight, far, price in (("100", "50", "10"), ("100", "51", "14"), ("101", "50", "22"), ("340", "180", "37")):
        yield _example(
            "weight distance",
            f"{weight} kg over {far} km: {price}",
            card_of(*rates),
            weighing(weight, distance=far),
            D(price),
        )
    yield _example(
        "distance",
        "60 miles are 96.56 km: 14",
        card_of(*rates),
        weighing("80", distance="60", distance_unit="mile"),
        D(14),
    )
    yield _example(
        "distance", "300 km lie in no break", card_of(*rates), weighing("80", distance="300"), None, refused="no_break"
    )
    yield _example("distance", "no distance is said", card_of(*rates), weighing("80"), None, refused="no_quantity")


def _excess() -> Iterator[WorkedExample]:
    below = RateData(D("88.60"), break_basis="weight", break_from=D(70), break_to=D(100), break_unit="kg")
    above: dict[str, Any] = {"break_basis": "weight", "break_from": D(100), "break_unit": "kg", "excess_only": True}
    each = RateData(D("0.71"), unit="kg", **above)
    yield _example(
        "kg excess",
        "88.60 at 100 kg and 60 kg × 0.71",
        card_of(below, each),
        weighing("160"),
        D("88.60") + 60 * D("0.71"),
    )
    own = RateData(D("0.71"), unit="kg", base_charge=D(80), **above)
    yield _example(
        "kg excess",
        "a base of its own: 80 and 60 kg × 0.71",
        card_of(below, own),
        weighing("160"),
        D(80) + 60 * D("0.71"),
    )
    hundreds = RateData(D("10.60"), unit="100kg", increment=D(100), rounding="up", **above)
    for weight in ("101", "200", "350"):
        started = steps_up(D(weight) - 100, D(100)) / 100
        yield _example(
            "100kg excess",
            f"{weight} kg: 88.60 and {started} started hundreds above 100 kg × 10.60",
            card_of(below, hundreds),
            weighing(weight),
            D("88.60") + started * D("10.60"),
        )
    per_kg = RateData(D("0.50"), unit="kg", break_basis="weight", break_from=D(0), break_to=D(100), break_unit="kg")
    yield _example(
        "kg excess", "100 kg × 0.50 and 20 kg × 0.71", card_of(per_kg, each), weighing("120"), D(50) + 20 * D("0.71")
    )
    whole = RateData(D("0.95"), unit="kg", break_basis="weight", break_from=D(100), break_unit="kg")
    yield _example(
        "kg",
        "per kg of the whole weight above 100 kg: 160 × 0.95",
        card_of(below, whole),
        weighing("160"),
        160 * D("0.95"),
    )


def _next_breaks() -> Iterator[WorkedExample]:
    rows = (("0", "500", "59.76"), ("500", "1000", "47.88"), ("1000", None, "38.79"))
    rates = [
        RateData(
            D(price),
            unit="cwt",
            break_basis="weight",
            break_from=D(low),
            break_to=D(high) if high else None,
            break_unit="lb",
            break_inclusive="lower",
        )
        for low, high, price in rows
    ]
    pounds: dict[str, Any] = {"weight_unit": "lb", "currency": "USD"}
    for weight in ("300", "390", "480", "640", "900", "1200"):
        own = next(D(p) for low, high, p in rows if D(low) <= D(weight) and (high is None or D(weight) < D(high)))
        at_own = D(weight) / 100 * own
        heavier = [D(low) / 100 * D(price) for low, _, price in rows if D(low) > D(weight)]
        total = min([at_own, *heavier])
        yield _example(
            "cwt deficit_weight",
            f"{weight} lb: {at_own} at its break, {heavier} as the next ones",
            card_of(*rates, **pounds, rules=[RuleData("deficit_weight", choice="yes")]),
            weighing(weight, weight_unit="lb"),
            total,
        )
    yield _example(
        "next_break",
        "480 lb, the next break is not given: 4.8 × 59.76",
        card_of(*rates, **pounds, rules=[RuleData("next_break", choice="no")]),
        weighing("480", weight_unit="lb"),
        D("4.8") * D("59.76"),
    )
    flat = [
        RateData(D(price), break_basis="weight", break_from=D(low), break_to=D(high), break_unit="kg")
        for low, high, price in (("0", "50", "40"), ("50", "100", "36"))
    ]
    yield _example(
        "weight",
        "40 kg flat 40: a cheaper flat break is not given without a rule",
        card_of(*flat),
        weighing("40"),
        D(40),
    )
    yield _example(
        "next_break",
        "40 kg flat 40, the rule gives the next break: 36",
        card_of(*flat, rules=[RuleData("next_break", choice="yes")]),
        weighing("40"),
        D(36),
    )
    air = [
        RateData(
            D(price),
            unit="kg",
            break_basis="weight",
            break_from=D(low),
            break_to=D(high) if high else None,
            break_unit="kg",
            break_inclusive="lower",
            minimum=D(80),
        )
        for low, high, price in (("0", "45", "4.20"), ("45", "100", "3.10"), ("100", None, "2.60"))
    ]
    for weight, total, words in (
        ("12", "80", "minimum M"),
        ("30", "126", "30 × N 4.20"),
        ("40", "139.5", "as 45 kg × 3.10"),
        ("95", "260", "as 100 kg × 2.60"),
    ):
        yield _example("kg weight", f"air, {weight} kg: {words} = {total}", card_of(*air), weighing(weight), D(total))


def _weights() -> Iterator[WorkedExample]:
    rate = RateData(D("0.60"), unit="kg", break_basis="weight", break_from=D(0), break_unit="kg")
    no_next = RuleData("next_break", choice="no")
    for unit, value, said, weight in (
        ("m3", "200", {"volume_m3": "1.8"}, D(360)),
        ("ldm", "1250", {"loading_metres": "0.8"}, D(1000)),
        ("pallet", "300", {"pallets": "2"}, D(600)),
        ("piece", "150", {}, D(150)),
    ):
        card = card_of(rate, rules=[RuleData("weight_equivalent", D(value), unit), no_next])
        yield _example(
            "weight_equivalent",
            f"95 kg, but {said or 'one piece'} × {value} = {weight} kg, × 0.60",
            card,
            weighing("95", **said),
            weight * D("0.6"),
        )
    card = card_of(rate, rules=[RuleData("weight_equivalent", D(500), "pallet", choice="not_stackable")])
    yield _example(
        "weight_equivalent",
        "places of 500 kg count for goods that cannot be stacked: 500 × 0.60",
        card,
        weighing("95", pallets="1", stackable=False),
        D(300),
    )
    yield _example("weight_equivalent", "these can: 95 × 0.60", card, weighing("95", pallets="1"), D(57))
    equivalent = RuleData("weight_equivalent", D(250), "m3")
    for choice, total in (("actual", "57"), ("volume", "37.5"), ("greater", "57")):
        card = card_of(rate, rules=[equivalent, RuleData("chargeable_weight", choice=choice)])
        yield _example(
            "chargeable_weight",
            f"95 kg or 0.25 m³ × 250 = 62.5 kg by the rule {choice}: × 0.60",
            card,
            weighing("95", volume_m3="0.25"),
            D(total),
        )
    card = card_of(rate, rules=[RuleData("weight_rounding", D(10), rounding="up")])
    yield _example("weight_rounding", "91.2 kg go to 100: × 0.60", card, weighing("91.2"), D(60))
    sides = {"length": "60", "width": "40", "height": "25"}
    small = {"length": "20", "width": "20", "height": "20"}
    pieces = {"pieces": [{"weight": "7.2", **sides}, {"weight": "5", **small}]}
    for mode, weight in (("parcel", D(12) + D(5)), ("ltl", D("13.6"))):
        words = "each piece" if mode == "parcel" else "the whole"
        card = card_of(rate, mode=mode, dimensional_divisor=D(5000))
        yield _example(
            "weight",
            f"12 kg by volume and 1.6 kg, 7.2 and 5 kg weighed, {words}: {weight} × 0.60",
            card,
            pieces,
            weight * D("0.6"),
        )
    per_piece = card_of(
        rate, mode="ltl", dimensional_divisor=D(5000), rules=[RuleData("chargeable_weight", per="piece")]
    )
    yield _example("chargeable_weight", "the rule says piece by piece: 17 × 0.60", per_piece, pieces, 17 * D("0.6"))


def _rules() -> Iterator[WorkedExample]:
    rate = RateData(D("47.88"), unit="cwt", break_basis="weight", break_from=D(0), break_unit="lb", minimum=D(142))
    pounds: dict[str, Any] = {"weight_unit": "lb", "currency": "USD"}
    off, floor = RuleData("discount", D("68.5")), RuleData("absolute_minimum_charge", D(98))
    for weight in ("300", "500", "1000"):
        gross = cents(max(D(weight) / 100 * D("47.88"), D(142)))
        net = cents(gross * (1 - D("0.685")))
        yield _example(
            "discount",
            f"gross {gross}, less 68.5 % {net}",
            card_of(rate, **pounds, rules=[off]),
            weighing(weight, weight_unit="lb"),
            net,
        )
        least = max(net, D(98))
        yield _example(
            "discount absolute_minimum_charge",
            f"gross {gross}, net {net}, at least 98",
            card_of(rate, **pounds, rules=[off, floor]),
            weighing(weight, weight_unit="lb"),
            least,
        )
    plain = RateData(D("120"))
    rise = RuleData("general_rate_increase", D("4.9"), valid_from=date(2026, 5, 1))
    yield _example(
        "general_rate_increase", "120 and 4.9 % from 1 May", card_of(plain, rules=[rise]), weighing("1"), D("125.88")
    )
    yield _example(
        "general_rate_increase",
        "30 April: not yet",
        card_of(plain, rules=[rise]),
        weighing("1"),
        D(120),
        day=date(2026, 4, 30),
    )
    inside = card_of(plain, rules=[RuleData("tax_inside", D(12), name="ICMS")])
    yield _example("tax_inside", "120 / 0.88: the tax is part of the price", inside, weighing("1"), D(120) / D("0.88"))
    on_top = card_of(plain, rules=[RuleData("tax_on_top", D(18), name="GST")])
    yield _example("tax_on_top", "120 and 18 %", on_top, weighing("1"), D("141.60"))
    rounded = card_of(RateData(D("1.11"), unit="kg"), rules=[RuleData("price_rounding", D("0.05"))])
    yield _example(
        "price_rounding", "13 kg × 1.11 = 14.43, to the next 0.05 14.45", rounded, weighing("13"), D("14.45")
    )
    asked = card_of(plain, rules=[RuleData("on_request", destination="DE 26465, 26757", words="Islands on request")])
    yield _example(
        "on_request",
        "an island: on request",
        asked,
        weighing("1", destination={"country": "DE", "postal": "26757"}),
        None,
        refused="on_request",
    )
    yield _example(
        "on_request",
        "the mainland has its price",
        asked,
        weighing("1", destination={"country": "DE", "postal": "28195"}),
        D(120),
    )
    aside = card_of(plain, rules=[RuleData("set_aside", words="Payment within 14 days"), RuleData("not_understood")])
    yield _example("set_aside not_understood", "sentences that change nothing", aside, weighing("1"), D(120))
    scoped = card_of(
        RateData(D(100), service="Standard"),
        RateData(D(150), service="Express"),
        rules=[RuleData("discount", D(20), service="Express")],
    )
    yield _example("discount", "20 % for Express only: 120", scoped, weighing("1", service="Express"), D(120))
    yield _example("discount", "not for Standard: 100", scoped, weighing("1", service="Standard"), D(100))


def _classes() -> Iterator[WorkedExample]:
    prices = {"70": ("40", "30"), "92.5": ("52", "39"), "150": ("80", "60")}
    rates = [
        RateData(
            D(price),
            unit="cwt",
            freight_class=freight_class,
            break_basis="weight",
            break_from=D(low),
            break_to=D(high) if high else None,
            break_unit="lb",
            break_inclusive="lower",
        )
        for freight_class, row in prices.items()
        for (low, high), price in zip((("0", "500"), ("500", None)), row, strict=True)
    ]
    pounds: dict[str, Any] = {"weight_unit": "lb", "currency": "USD"}
    fak = [
        RuleData("class_map", classes="50-85", rated_as="70"),
        RuleData("class_map", classes="92.5, 110", rated_as="92.5"),
    ]
    for asked, rated in (("85", "70"), ("110", "92.5"), ("150", "150"), ("92.5", "92.5")):
        price = D(prices[rated][0])
        yield _example(
            "class_map",
            f"class {asked} is rated as {rated}: 3 × {price}",
            card_of(*rates, **pounds, rules=fak),
            weighing("300", weight_unit="lb", freight_class=asked),
            3 * price,
        )
    yield _example(
        "class_map",
        "class 200 stands in no map and has no rate",
        card_of(*rates, **pounds, rules=fak),
        weighing("300", weight_unit="lb", freight_class="200"),
        None,
        refused="no_class",
    )
    yield _example(
        "class_map",
        "no class is said, and the price depends on it",
        card_of(*rates, **pounds),
        weighing("300", weight_unit="lb"),
        None,
        refused="no_class",
    )
    mixed = {
        "weight_unit": "lb",
        "pieces": [{"weight": "200", "freight_class": "70"}, {"weight": "220", "freight_class": "150"}],
    }
    own, heavier = 2 * D(40) + D("2.2") * D(80), 2 * D(30) + D("2.2") * D(60) + D("0.8") * D(30)
    yield _example(
        "deficit_weight cwt",
        f"two classes: {own}, or with 80 lb of deficit at the lowest rate {heavier}",
        card_of(*rates, **pounds),
        mixed,
        min(own, heavier),
    )
    yield _example(
        "deficit_weight cwt",
        f"without deficit weight {own}",
        card_of(*rates, **pounds, rules=[RuleData("deficit_weight", choice="no")]),
        mixed,
        own,
    )
