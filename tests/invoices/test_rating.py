"""Rating against worked examples: each was calculated by hand, and its comment is the calculation."""

from datetime import date
from decimal import Decimal as D
from typing import Any

import pytest

from invoices.rate_records import CardData, FuelBandData, RateData, SurchargeData, ZoneData
from invoices.rating import Charge, Location, Piece, Quotes, Shipment, quote

DAY = date(2026, 3, 1)


def parcel_card(**changes: Any) -> CardData:
    """Zones 1 and 2 up to 1, 2, 5 kg; each further kg above 5 costs 1.10 in zone 1."""
    rates = [
        RateData(D(price), zone=zone, break_basis="weight", break_from=D(low), break_to=D(high), break_unit="kg")
        for zone, prices in (("1", ("4.50", "5.20", "6.80")), ("2", ("6.00", "7.10", "9.90")))
        for (low, high), price in zip((("0", "1"), ("1", "2"), ("2", "5")), prices, strict=True)
    ]
    rates.append(
        RateData(
            D("1.10"), unit="kg", zone="1", break_basis="weight", break_from=D(5), break_unit="kg",
            base_charge=D("6.80"), increment=D(1), rounding="up", excess_only=True,
        )
    )  # fmt: skip
    zones = [ZoneData("1", "10", "49", "DE"), ZoneData("2", "50", "99", "DE"), ZoneData("2", country="AT")]
    values: dict[str, Any] = {
        "carrier_name": "Blitz", "mode": "parcel", "currency": "EUR", "weight_unit": "kg",
        "dimensional_divisor": D(5000), "valid_from": date(2026, 1, 1), "valid_to": date(2026, 12, 31),
    }  # fmt: skip
    return CardData(**{**values, **changes}, rates=rates, zones=zones)


def ltl_card(**changes: Any) -> CardData:
    """Class 70 from 45 to 60, per hundredweight, with a minimum of 95."""
    rates = [
        RateData(
            D(price), unit="cwt", origin="45", destination="60", freight_class="70", break_basis="weight",
            break_from=D(low), break_to=D(high) if high else None, break_inclusive="lower", break_unit="lb",
            minimum=D(95),
        )
        for low, high, price in ((0, 500, "38.00"), (500, 1000, "30.00"), (1000, 2000, "24.00"), (2000, None, "20.00"))
    ]  # fmt: skip
    return CardData(carrier_name="Prairie", mode="ltl", currency="USD", weight_unit="lb", rates=rates, **changes)


def air_card() -> CardData:
    """Frankfurt to Chicago per kg: below 45, +45, +100, +300, minimum 80."""
    rates = [
        RateData(
            D(price), unit="kg", origin="FRA", destination="ORD", break_basis="weight", break_from=D(low),
            break_to=D(high) if high else None, break_inclusive="lower", break_unit="kg", minimum=D(80),
        )
        for low, high, price in ((0, 45, "4.20"), (45, 100, "3.10"), (100, 300, "2.60"), (300, None, "2.35"))
    ]  # fmt: skip
    surcharges = [
        SurchargeData("Fuel", D("0.95"), "per_unit", code="MY", unit="kg", condition="always"),
        SurchargeData("Security", D("0.15"), "per_unit", code="SC", unit="kg", condition="always", minimum=D(12)),
        SurchargeData("Air waybill", D(35), code="AWB", condition="always"),
    ]
    return CardData(
        carrier_name="Condor", mode="air", currency="EUR", weight_unit="kg", dimensional_divisor=D(6000), rates=rates,
        surcharges=surcharges,
    )  # fmt: skip


def ocean_card() -> CardData:
    rates = [
        RateData(D(price), origin="Hamburg", destination="Shanghai", equipment=size)
        for size, price in (("20DC", 640), ("40HC", 980))
    ]
    surcharges = [
        SurchargeData("THC origin", D(265), "per_unit", code="OTHC", unit="container", condition="always"),
        SurchargeData("BAF", D("12.5"), "percent", code="BAF", applies_to="freight", condition="always"),
        SurchargeData("Insurance", D("0.4"), "percent", code="INS", applies_to="total", condition=""),
    ]
    return CardData(carrier_name="Hansa", mode="ocean", currency="USD", rates=rates, surcharges=surcharges)


def parcel(weight: str, postal: str = "10115", *, count: int = 1, **values: Any) -> Shipment:
    sides = values.pop("sides", (None, None, None))
    piece = Piece(D(weight), *(D(s) if s else None for s in sides), count=count)
    return Shipment(destination=Location("DE", postal), pieces=(piece,), **values)


def freight(weight: str, **values: Any) -> Shipment:
    places = {"origin": Location(postal="45"), "destination": Location(postal="60")}
    return Shipment(**{**places, "pieces": (Piece(D(weight)),), "weight_unit": "lb", "freight_class": "70", **values})


def by_air(weight: str, **values: Any) -> Shipment:
    places = {"origin": Location(name="FRA"), "destination": Location(name="ORD")}
    return Shipment(**{**places, "pieces": (Piece(D(weight)),), **values})


def by_sea(equipment: str, **values: Any) -> Shipment:
    return Shipment(
        origin=Location(name="Hamburg"), destination=Location(name="Shanghai"), equipment=equipment, **values
    )


def charges(found: Quotes) -> dict[str, D]:
    assert found.best is not None, found.refusals
    return {charge.code: charge.amount for charge in found.best.charges}


def total(found: Quotes) -> D:
    assert found.best is not None, found.refusals
    return found.best.total


def refusal(found: Quotes) -> str:
    assert found.best is None
    return found.refusals[0].code


PARCELS = [
    ("half a kilo lies in 0–1: 4.50", parcel("0.5"), "4.50"),
    ("exactly 1 kg still lies in 0–1 (up to and with): 4.50", parcel("1"), "4.50"),
    ("1.001 kg lies in 1–2: 5.20", parcel("1.001"), "5.20"),
    ("exactly 2 kg: 5.20", parcel("2"), "5.20"),
    ("2.01 kg lies in 2–5: 6.80", parcel("2.01"), "6.80"),
    ("exactly 5 kg is the last break: 6.80", parcel("5"), "6.80"),
    ("6 kg: 6.80 + 1 × 1.10 = 7.90", parcel("6"), "7.90"),
    ("7.2 kg is 2.2 above, 3 begun kilos: 6.80 + 3 × 1.10 = 10.10", parcel("7.2"), "10.10"),
    ("31.5 kg is 26.5 above, 27 begun: 6.80 + 27 × 1.10 = 36.50", parcel("31.5"), "36.50"),
    ("49999 begins with 49, the end of zone 1: 4.50", parcel("1", "49999"), "4.50"),
    ("50000 begins with 50, zone 2: 6.00", parcel("1", "50000"), "6.00"),
    ("zone 2, 4 kg: 9.90", parcel("4", "80331"), "9.90"),
    ("40×30×20 cm / 5000 = 4.8 kg against 1 kg: 2–5, 6.80", parcel("1", sides=("40", "30", "20")), "6.80"),
    ("20×10×10 cm / 5000 = 0.4 kg against 1.5 kg: 1–2, 5.20", parcel("1.5", sides=("20", "10", "10")), "5.20"),
    ("50×40×30 cm / 5000 = 12 kg, 7 above 5: 6.80 + 7.70 = 14.50", parcel("2", sides=("50", "40", "30")), "14.50"),
    ("2.2 lb = 0.9979 kg: 0–1, 4.50", parcel("2.2", weight_unit="lb"), "4.50"),
    ("2.3 lb = 1.0433 kg: 1–2, 5.20", parcel("2.3", weight_unit="lb"), "5.20"),
    ("10×10×10 in = 16387.064 cm³ / 5000 = 3.28 kg: 6.80",
     parcel("1", sides=("10", "10", "10"), dimension_unit="in"), "6.80"),
    ("two pieces of 1.5 kg are 3 kg: 6.80", parcel("1.5", count=2), "6.80"),
]  # fmt: skip


@pytest.mark.parametrize(("example", "shipment", "expected"), PARCELS, ids=[example for example, _, _ in PARCELS])
def test_parcels_by_zone_and_weight(example: str, shipment: Shipment, expected: str) -> None:
    assert total(quote(shipment, [parcel_card()], DAY)) == D(expected), example


BANDS = [
    FuelBandData(D("7"), index_from=D("1.30"), index_to=D("1.40")),
    FuelBandData(D("8.5"), index_from=D("1.40"), index_to=D("1.50")),
]
HAULAGE = [
    ("200 lb = 2 cwt × 38 = 76, below the minimum: 95", "200", "95.00"),
    ("250 lb = 2.5 × 38 = 95, exactly the minimum", "250", "95.00"),
    ("300 lb = 3 × 38 = 114; as 500 lb it were 5 × 30 = 150", "300", "114.00"),
    ("394 lb = 3.94 × 38 = 149.72; as 500 lb 150.00: the real weight is cheaper", "394", "149.72"),
    ("395 lb = 3.95 × 38 = 150.10; as 500 lb 150.00: deficit weight", "395", "150.00"),
    ("450 lb = 171.00; as 500 lb 5 × 30 = 150: deficit weight", "450", "150.00"),
    ("500 lb begins the next break (from and with): 5 × 30 = 150", "500", "150.00"),
    ("700 lb = 7 × 30 = 210; as 1000 lb 240", "700", "210.00"),
    ("900 lb = 9 × 30 = 270; as 1000 lb 10 × 24 = 240: deficit weight", "900", "240.00"),
    ("1500 lb = 15 × 24 = 360; as 2000 lb 400", "1500", "360.00"),
    ("1800 lb = 18 × 24 = 432; as 2000 lb 20 × 20 = 400: deficit weight", "1800", "400.00"),
    ("2345 lb = 23.45 × 20 = 469.00, the last break has no end", "2345", "469.00"),
    ("455.5 lb = 4.555 × 38 = 173.09; as 500 lb 150", "455.5", "150.00"),
]


@pytest.mark.parametrize(("example", "weight", "expected"), HAULAGE, ids=[example for example, _, _ in HAULAGE])
def test_hundredweights_with_minimum_and_deficit_weight(example: str, weight: str, expected: str) -> None:
    assert charges(quote(freight(weight), [ltl_card()], DAY))["FRT"] == D(expected), example


AIR = [
    # 10 × 4.20 = 42, minimum 80; 10 × 0.95 = 9.50; 10 × 0.15 = 1.50, minimum 12; 35. Sum 136.50.
    ("10 kg: minimum 80, fuel 9.50, security minimum 12, waybill 35",
     by_air("10"), ("80.00", "9.50", "12.00", "35.00")),
    # 30 × 4.20 = 126; as 45 kg 45 × 3.10 = 139.50. 30 × 0.95 = 28.50; 30 × 0.15 = 4.50 → 12.
    ("30 kg at 4.20 is 126", by_air("30"), ("126.00", "28.50", "12.00", "35.00")),
    # 40 × 4.20 = 168; as 45 kg 139.50. Surcharges go by the real 40 kg: 38.00; 6.00 → 12.
    ("40 kg as 45 kg is 139.50", by_air("40"), ("139.50", "38.00", "12.00", "35.00")),
    # 90 × 3.10 = 279; as 100 kg 100 × 2.60 = 260. 90 × 0.95 = 85.50; 90 × 0.15 = 13.50.
    ("90 kg as 100 kg is 260", by_air("90"), ("260.00", "85.50", "13.50", "35.00")),
    # 350 × 2.35 = 822.50; 332.50; 52.50.
    ("350 kg at 2.35 is 822.50", by_air("350"), ("822.50", "332.50", "52.50", "35.00")),
    # 120×80×100 cm / 6000 = 160 kg against 60: 160 × 2.60 = 416; 152.00; 24.00.
    ("volume of 160 kg counts against 60 kg", by_air("60", pieces=(Piece(D(60), D(120), D(80), D(100)),)),
     ("416.00", "152.00", "24.00", "35.00")),
    # Pieces together: 20 + 140 = 160 kg against 96000/6000 + 6000/6000 = 17 kg: 160 × 2.60 = 416.
    ("volume is compared for the whole shipment", by_air("0", pieces=(
        Piece(D(20), D(60), D(40), D(40)), Piece(D(140), D(20), D(20), D(15)))),
     ("416.00", "152.00", "24.00", "35.00")),
]  # fmt: skip


@pytest.mark.parametrize(("example", "shipment", "expected"), AIR, ids=[example for example, _, _ in AIR])
def test_air_freight_with_breaks_minimum_and_surcharges(
    example: str, shipment: Shipment, expected: tuple[str, ...]
) -> None:
    assert tuple(charges(quote(shipment, [air_card()], DAY)).values()) == tuple(map(D, expected)), example


def test_a_container_pays_its_rate_handling_and_bunker_on_the_freight_alone() -> None:
    # 640; handling 1 × 265; bunker 12.5 % of 640 = 80.00. Insurance was not asked for.
    found = quote(by_sea("20DC"), [ocean_card()], DAY)
    assert charges(found) == {"FRT": D(640), "OTHC": D(265), "BAF": D(80)}
    assert total(found) == D(985)


def test_a_percentage_of_the_total_counts_the_charges_before_it() -> None:
    # 980 + 265 + 122.50 = 1367.50; 0.4 % of it = 5.47.
    found = charges(quote(by_sea("40HC", accessorials=frozenset({"INS"})), [ocean_card()], DAY))
    assert found == {"FRT": D(980), "OTHC": D(265), "BAF": D("122.50"), "INS": D("5.47")}


def test_handling_is_charged_for_each_container() -> None:
    # Handling 3 × 265 = 795.
    assert charges(quote(by_sea("20DC", containers=D(3)), [ocean_card()], DAY))["OTHC"] == D(795)


def test_fuel_is_a_percentage_of_freight_by_the_band_of_the_index() -> None:
    # Index 1.45 lies in [1.40, 1.50): 8.5 % of 114 = 9.69.
    assert charges(quote(freight("300", fuel_index=D("1.45")), [ltl_card(fuel=BANDS)], DAY))["FSC"] == D("9.69")


def test_an_index_on_the_bound_of_two_bands_belongs_to_the_upper_one() -> None:
    # Index 1.40: 8.5 % of 114 = 9.69, not 7 % = 7.98.
    assert charges(quote(freight("300", fuel_index=D("1.40")), [ltl_card(fuel=BANDS)], DAY))["FSC"] == D("9.69")


def test_fuel_on_all_charges_includes_the_surcharges() -> None:
    # (114 + 40) × 10 % = 15.40.
    card = ltl_card(fuel=[FuelBandData(D(10), base="total")], surcharges=[SurchargeData("Liftgate", D(40), code="LG")])
    assert charges(quote(freight("300", accessorials=frozenset({"LG"})), [card], DAY))["FSC"] == D("15.40")


def test_fuel_on_freight_leaves_the_surcharges_out() -> None:
    # 114 × 10 % = 11.40.
    card = ltl_card(fuel=[FuelBandData(D(10))], surcharges=[SurchargeData("Liftgate", D(40), code="LG")])
    assert charges(quote(freight("300", accessorials=frozenset({"Liftgate"})), [card], DAY))["FSC"] == D("11.40")


def test_half_a_cent_is_rounded_up() -> None:
    # 12.5 % of 4.50 = 0.5625 → 0.56; 15 % of 4.50 = 0.675 → 0.68.
    card = parcel_card(fuel=[FuelBandData(D(15))])
    assert charges(quote(parcel("1"), [card], DAY))["FSC"] == D("0.68")


def test_yen_have_no_cents() -> None:
    # 333 kg × 1.5 = 499.5 → 500.
    card = CardData(currency="JPY", weight_unit="kg", rates=[RateData(D("1.5"), unit="kg")])
    assert total(quote(by_air("333"), [card], DAY)) == D(500)


def test_a_truck_is_paid_by_the_kilometre_with_a_minimum() -> None:
    # 580 × 1.35 = 783.00; 100 × 1.35 = 135 → minimum 250.
    card = CardData(currency="EUR", rates=[RateData(D("1.35"), unit="km", minimum=D(250))])
    assert total(quote(Shipment(distance=D(580)), [card], DAY)) == D("783.00")
    assert total(quote(Shipment(distance=D(100)), [card], DAY)) == D("250.00")


def test_miles_are_kilometres_where_the_card_counts_these() -> None:
    # 100 mi = 160.9344 km × 1.35 = 217.26144 → 217.26.
    card = CardData(currency="EUR", rates=[RateData(D("1.35"), unit="km")])
    assert total(quote(Shipment(distance=D(100), distance_unit="mile"), [card], DAY)) == D("217.26")


def test_pallets_have_breaks_of_their_own() -> None:
    # 3 pallets lie in 3–5: 62 each = 186.
    rates = [
        RateData(
            D(price), unit="pallet", break_basis="pallet", break_from=D(low), break_to=D(high), break_inclusive="both"
        )
        for low, high, price in ((1, 2, 75), (3, 5, 62))
    ]
    assert total(quote(Shipment(pallets=D(3)), [CardData(currency="EUR", rates=rates)], DAY)) == D(186)


def test_weights_between_two_whole_steps_belong_to_the_upper_one() -> None:
    # 5.4 kg with breaks 1–5 and 6–10 is billed as 6–10: 12.
    rates = [
        RateData(
            D(price), break_basis="weight", break_from=D(low), break_to=D(high), break_inclusive="both", break_unit="kg"
        )
        for low, high, price in ((1, 5, 8), (6, 10, 12))
    ]
    assert total(quote(by_air("5.4"), [CardData(currency="EUR", weight_unit="kg", rates=rates)], DAY)) == D(12)


def test_100_kg_rates_are_charged_in_begun_steps_where_the_card_says_so() -> None:
    # 215 kg in steps of 50 is 250 kg = 2.5 × 18 = 45.
    card = CardData(
        currency="EUR", weight_unit="kg", rates=[RateData(D(18), unit="100kg", increment=D(50), rounding="up")]
    )
    assert total(quote(by_air("215"), [card], DAY)) == D(45)


def test_a_maximum_caps_the_freight() -> None:
    # 900 kg × 2 = 1800, at most 1500.
    card = CardData(currency="EUR", weight_unit="kg", rates=[RateData(D(2), unit="kg", maximum=D(1500))])
    assert total(quote(by_air("900"), [card], DAY)) == D(1500)


def test_a_surcharge_that_ended_is_not_charged() -> None:
    peak = SurchargeData("Peak", D(5), code="PK", condition="always", valid_to=date(2026, 1, 31))
    assert charges(quote(parcel("1"), [parcel_card(surcharges=[peak])], DAY)) == {"FRT": D("4.50")}


def test_the_cheapest_of_several_cards_comes_first() -> None:
    # 4.50 against 4.20.
    cheap = CardData(carrier_name="Other", currency="EUR", weight_unit="kg", rates=[RateData(D("4.20"))])
    found = quote(parcel("1"), [parcel_card(), cheap], DAY)
    assert [(q.carrier, q.total) for q in found.quotes] == [("Other", D("4.20")), ("Blitz", D("4.50"))]


def test_every_charge_names_the_cell_it_came_from() -> None:
    card = CardData(currency="EUR", rates=[RateData(D(9), source={"value": "Rates!C7"})])
    best = quote(Shipment(), [card], DAY).best
    assert best is not None
    assert best.charges == (Charge("FRT", "Freight", D("9.00"), "9 flat", {"value": "Rates!C7"}, "freight", "EUR"),)


def test_the_arithmetic_is_told_in_words() -> None:
    best = quote(freight("450"), [ltl_card()], DAY).best
    assert best is not None
    assert best.charges[0].how == "30 × 5 cwt (deficit weight: rated as 500 lb)"


def test_a_card_that_does_not_hold_yet_says_so() -> None:
    assert refusal(quote(parcel("1"), [parcel_card()], date(2025, 12, 31))) == "not_valid"


def test_a_place_in_no_zone_is_named() -> None:
    found = quote(parcel("1", "01067"), [parcel_card()], DAY)
    assert (found.refusals[0].code, found.refusals[0].message) == ("no_lane", "The card has no zone for DE 01067.")


def test_a_weight_past_the_last_break_has_no_price() -> None:
    # Zone 2 ends at 5 kg and has no price for further kilos.
    assert refusal(quote(parcel("6", "80331"), [parcel_card()], DAY)) == "no_break"


def test_a_service_that_the_card_lacks_is_named() -> None:
    assert refusal(quote(parcel("1", service="Overnight"), [parcel_card()], DAY)) == "no_service"


def test_a_class_that_the_card_lacks_is_named() -> None:
    assert refusal(quote(freight("300", freight_class="250"), [ltl_card()], DAY)) == "no_class"


def test_loading_metres_are_a_basis_of_their_own() -> None:
    # 4.2 loading metres lie in 3–6: 95 each = 399; without them no rate fits, however many pieces there are.
    rate = RateData(D(95), unit="ldm", break_basis="ldm", break_from=D(3), break_to=D(6), break_inclusive="lower")
    card = CardData(currency="EUR", rates=[rate])
    assert total(quote(Shipment(loading_metres=D("4.2")), [card], DAY)) == D(399)
    refused = quote(Shipment(pieces=(Piece(D(400), count=4),)), [card], DAY).refusals[0]
    assert (refused.code, refused.message) == (
        "no_quantity", "The shipment does not state its loading metres."
    )  # fmt: skip


def test_a_break_of_pallets_needs_a_number_of_pallets() -> None:
    card = CardData(currency="EUR", rates=[RateData(D(75), break_basis="pallet", break_from=D(1), break_to=D(2))])
    assert refusal(quote(Shipment(), [card], DAY)) == "no_quantity"
