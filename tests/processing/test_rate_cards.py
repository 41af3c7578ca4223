"""Rate cards read by rules: shapes of tables, headers of several languages, breaks, notes."""

from __future__ import annotations

from datetime import date
from decimal import Decimal as D
from pathlib import Path

import pytest

from invoices.rate_records import RateData
from processing.ratecards.codec import reading_from_json, reading_to_json
from processing.ratecards.labels import parse_break, price_unit
from processing.ratecards.plan import plan_from_json, plan_to_json
from tests.processing.rate_card_grids import card_of, card_of_workbook


def breaks(rates: list[RateData]) -> list[tuple[D | None, D | None]]:
    return [(rate.break_from, rate.break_to) for rate in rates]


@pytest.mark.parametrize(
    ("text", "shape", "first", "last", "unit"),
    [
        ("0-5", "range", D(0), D(5), ""),
        ("0,5 – 1 kg", "range", D("0.5"), D(1), "kg"),
        ("5 bis 10 kg", "range", D(5), D(10), "kg"),
        ("≤ 10", "upto", None, D(10), ""),
        ("bis 31,5 kg", "upto", None, D("31.5"), "kg"),
        ("hasta 5 kg", "upto", None, D(5), "kg"),
        ("jusqu'à 30 kg", "upto", None, D(30), "kg"),
        ("+45", "from", D(45), None, ""),
        ("45+", "from", D(45), None, ""),
        ("ab 100 kg", "from", D(100), None, "kg"),
        ("> 30", "over", D(30), None, ""),
        ("-45", "below", None, D(45), ""),
        ("< 45 kg", "below", None, D(45), "kg"),
        ("M1M", "from", D(1000), None, "lb"),
        ("L5C", "below", None, D(500), "lb"),
        ("per add. kg", "additional", None, D(1), "kg"),
        ("each additional 0.5 kg", "additional", None, D("0.5"), "kg"),
        ("je weitere 5 kg", "additional", None, D(5), "kg"),
        ("Min", "minimum", None, None, ""),
        ("70 kg", "point", D(70), None, "kg"),
    ],
)
def test_labels_of_breaks(text: str, shape: str, first: D | None, last: D | None, unit: str) -> None:
    found = parse_break(text, "," if "," in text else ".")
    assert found is not None
    assert (found.shape, found.first, found.last, found.unit) == (shape, first, last, unit)


@pytest.mark.parametrize("text", ["Letter", "Zone 1", "Berlin", "", "n/a", "10115 Berlin"])
def test_what_is_no_break(text: str) -> None:
    assert parse_break(text) is None


@pytest.mark.parametrize(
    ("text", "unit"),
    [("EUR/kg", "kg"), ("Preis je 100 kg", "100kg"), ("USD per 40HC container", None), ("per 100 lbs", "cwt"),
     ("Rate per cwt", "cwt"), ("EUR por kg", "kg"), ("per mile", "mile"), ("Price", None)],
)  # fmt: skip
def test_units_of_prices(text: str, unit: str | None) -> None:
    assert price_unit(text) == unit


def test_a_matrix_of_weights_and_zones() -> None:
    card = card_of([["Gewicht bis (kg)", "Zone 1", "Zone 2"], ["1", "4,50", "6,10"], ["2", "5,20", "7,00"]]).card
    assert [(r.zone, r.break_from, r.break_to, r.value) for r in card.rates] == [
        ("1", D(0), D(1), D("4.50")), ("2", D(0), D(1), D("6.10")),
        ("1", D(1), D(2), D("5.20")), ("2", D(1), D(2), D("7.00")),
    ]  # fmt: skip
    assert card.rates[2].source == {"break": "A3", "value": "B3", "zone": "B1"}


def test_zones_below_a_heading_of_their_own(tmp_path: Path) -> None:
    rows = [["Weight (kg)", "Zones", "", ""], ["", 101, 102, 103], [1, 5.5, 6.5, 7.5], [2, 6.0, 7.0, 8.0]]
    card = card_of_workbook(tmp_path / "a.xlsx", {"Rates": rows}, merge=[(0, 1, 0, 3)]).card
    assert {rate.zone for rate in card.rates} == {"101", "102", "103"}
    assert len(card.rates) == 6


def test_air_rates_by_break_with_a_minimum() -> None:
    card = card_of(
        [["Origin", "Destination", "Min", "-45", "+45", "+100"], ["FRA", "ORD", "80", "4.20", "3.10", "2.60"]]
    ).card
    assert breaks(card.rates) == [(D(0), D(45)), (D(45), D(100)), (D(100), None)]
    assert {(r.minimum, r.unit, r.break_inclusive, r.origin, r.destination) for r in card.rates} == {
        (D(80), "kg", "lower", "FRA", "ORD")
    }


def test_classes_by_hundredweight() -> None:
    prices = [["50", "95", "38.00", "30.00", "24.00"], ["70", "95", "44.00", "35.00", "28.00"]]
    card = card_of([["Class", "MC", "L5C", "M5C", "M1M"], *prices]).card
    assert {r.unit for r in card.rates if r.break_basis} == {"cwt"}
    assert [r.break_from for r in card.rates if r.freight_class == "70" and r.break_basis] == [D(0), D(500), D(1000)]


def test_containers_as_columns() -> None:
    card = card_of([["POL", "POD", "20'DC", "40'HC", "Transit time"], ["Hamburg", "Shanghai", "640", "980", "32"]]).card
    assert [(r.equipment, r.value, r.transit_days) for r in card.rates] == [
        ("20'DC", D(640), "32"), ("40'HC", D(980), "32")
    ]  # fmt: skip


def test_origins_by_destinations() -> None:
    card = card_of([["From/To", "Berlin", "Madrid"], ["Hamburg", "410", "1890"], ["Lyon", "1220", "1050"]]).card
    assert [(r.origin, r.destination, r.value) for r in card.rates][:2] == [
        ("Hamburg", "Berlin", D(410)), ("Hamburg", "Madrid", D(1890))
    ]  # fmt: skip


def test_what_exceeds_the_last_break_is_charged_on_top() -> None:
    card = card_of(
        [["Weight", "Zone 1", "Zone 2"], ["up to 5 kg", "6.80", "9.90"], ["each additional kg", "1.10", "1.40"]]
    ).card
    last = card.rates[-1]
    assert (last.excess_only, last.value, last.unit, last.break_from, last.base_charge, last.increment) == (
        True, D("1.40"), "kg", D(5), D("9.90"), D(1)
    )  # fmt: skip


def test_cells_without_a_price_are_left_out_and_counted() -> None:
    reading = card_of(
        [["Weight kg", "Zone 1", "Zone 2", "Zone 3"], ["1", "4.50", "n/a", "POA"], ["2", "5.00", "–", "7.10"]]
    )
    assert len(reading.card.rates) == 3
    assert reading.coverage.empty_prices == 3


def test_a_last_row_priced_by_weight() -> None:
    prices = [["Letter", "6.20", "6.50"], ["150 lbs", "60.00", "64.00"], ["Over 150 lbs per lb", "0.44", "0.48"]]
    card = card_of([["Weight", "2", "3"], *prices]).card
    assert [(r.equipment, r.break_from, r.unit, r.value) for r in card.rates if r.zone == "3"] == [
        ("Letter", None, "flat", D("6.50")), ("", D(0), "flat", D("64.00")), ("", D(150), "lb", D("0.48"))
    ]  # fmt: skip


def test_zones_in_a_column_stay_as_they_are_written() -> None:
    rows = [["Zone 1", "0", "1", "5.10"], ["Zone 2", "0", "1", "6.00"]]
    card = card_of([["Zone", "Min weight", "Max weight", "Rate"], *rows]).card
    assert [(r.zone, r.break_inclusive) for r in card.rates] == [("Zone 1", "upper"), ("Zone 2", "upper")]


def test_a_spanish_list_with_decimal_commas() -> None:
    card = card_of([
        ["Origen", "Destino", "Peso desde", "Peso hasta", "Tarifa (EUR)", "Plazo de entrega"],
        ["Madrid", "Lisboa", "0", "5", "1.234,50", "2"], ["Madrid", "Lisboa", "5", "10", "1.300,00", "2"],
    ]).card  # fmt: skip
    assert [(r.origin, r.destination, r.break_to, r.value, r.transit_days) for r in card.rates] == [
        ("Madrid", "Lisboa", D(5), D("1234.50"), "2"), ("Madrid", "Lisboa", D(10), D("1300.00"), "2")
    ]  # fmt: skip
    assert card.currency == "EUR"


def test_a_chart_of_zones_below_an_empty_row() -> None:
    card = card_of([
        ["ZONES"], ["Dest. ZIP", "Ground", "Air"], [],
        ["004-005", "4", "104"], ["008", "-", "[1]"], ["010-067", "5", "105"],
    ]).card  # fmt: skip
    assert [(z.first, z.last, z.service, z.zone) for z in card.zones] == [
        ("004", "005", "Ground", "4"), ("004", "005", "Air", "104"), ("008", "008", "Air", "[1]"),
        ("010", "067", "Ground", "5"), ("010", "067", "Air", "105"),
    ]  # fmt: skip
    assert card.rates == []


def test_surcharges_flat_in_percent_and_by_unit() -> None:
    card = card_of([
        ["Code", "Surcharge", "Rate"],
        ["LG", "Liftgate", "45.00"], ["FS", "Fuel", "12.5 %"], ["WT", "War risk", "0.10 per kg"],
        ["DW", "Dimensional weight factor", "166"],
    ]).card  # fmt: skip
    assert [(s.code, s.basis, s.value, s.unit) for s in card.surcharges[:3]] == [
        ("LG", "flat", D("45.00"), ""), ("FS", "percent", D("12.5"), ""), ("WT", "per_unit", D("0.10"), "kg")
    ]  # fmt: skip
    assert card.dimensional_divisor == D(166)


def test_bands_of_a_fuel_index() -> None:
    card = card_of([
        ["Diesel price from", "Diesel price to", "Fuel surcharge %"], ["1.30", "1.40", "7.0"], ["1.40", "1.50", "8.5"],
    ]).card  # fmt: skip
    assert [(b.index_from, b.index_to, b.percent) for b in card.fuel] == [
        (D("1.30"), D("1.40"), D("7.0")), (D("1.40"), D("1.50"), D("8.5"))
    ]  # fmt: skip


def test_notes_say_whose_card_it_is_and_when_it_holds() -> None:
    card = card_of([
        ["Carrier: Polar Parcels"], ["Customer: Teehaus Nord"], ["Valid from 01.02.2026 to 31.01.2027"],
        ["All rates in CHF, weights in kg, volumetric factor 5000"], [],
        ["Weight", "Zone A", "Zone B"], ["1", "4.50", "6.10"], ["2", "5.20", "7.00"],
    ]).card  # fmt: skip
    assert (card.carrier_name, card.customer, card.currency, card.weight_unit) == (
        "Polar Parcels", "Teehaus Nord", "CHF", "kg"
    )  # fmt: skip
    assert (card.valid_from, card.valid_to, card.dimensional_divisor) == (date(2026, 2, 1), date(2027, 1, 31), D(5000))


def test_two_tables_on_one_sheet_are_two_services() -> None:
    table = [["Weight kg", "Zone 1", "Zone 2"], ["1", "4.50", "6.10"], ["2", "5.20", "7.00"]]
    card = card_of([["Express"], *table, [], ["Economy"], *table]).card
    assert [rate.service for rate in card.rates] == ["Express"] * 4 + ["Economy"] * 4


def test_hidden_sheets_are_not_read_and_sheets_name_their_service(tmp_path: Path) -> None:
    table = [["Weight kg", "Zone 1", "Zone 2"], [1, 4.5, 6.1], [2, 5.2, 7.0]]
    card = card_of_workbook(tmp_path / "a.xlsx", {"Priority": table, "Saver": table}).card
    assert {rate.service for rate in card.rates} == {"Priority", "Saver"}
    assert card.rates[0].source["value"] == "Priority!B2"


def test_a_reading_survives_the_border_between_processes() -> None:
    reading = card_of([["Weight kg", "Zone 1", "Zone 2"], ["1", "4.50", "6.10"], ["2", "5.20", "7.00"]])
    back = reading_from_json(reading_to_json(reading))
    assert back.card == reading.card
    assert plan_from_json(plan_to_json(reading.plan)) == reading.plan


def test_text_without_a_table_gives_no_rates() -> None:
    assert card_of([["Dear customer"], ["our prices change on 1 May"]]).card.rates == []
