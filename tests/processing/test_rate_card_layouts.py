"""Differently laid out cards, read by rules: what each header says of the prices below it."""

from __future__ import annotations

import csv
import io
from dataclasses import replace
from decimal import Decimal as D

from invoices.rate_records import RateData
from processing.ratecards import read_rate_card
from processing.readers import media_types
from processing.readers.registry import read_content
from tests.processing.rate_card_grids import Rows, card_of


def rates(rows: Rows, *names: str) -> list[tuple[object, ...]]:
    return [tuple(getattr(rate, name) for name in (*names, "value")) for rate in card_of(rows).card.rates]


def first(rows: Rows) -> RateData:
    return card_of(rows).card.rates[0]


def test_services_above_zones_tell_the_zones_apart() -> None:
    rows = [["Weight (kg)", "Economy", "", "Express", ""], ["", "Zone 1", "Zone 2", "Zone 1", "Zone 2"],
            ["0-5", "3.1", "4.1", "6.1", "7.1"], ["5-10", "4.2", "5.2", "7.2", "8.2"]]  # fmt: skip
    assert rates(rows, "service", "zone")[:4] == [
        ("Economy", "1", D("3.1")), ("Economy", "2", D("4.1")), ("Express", "1", D("6.1")), ("Express", "2", D("7.1"))
    ]  # fmt: skip


def test_packagings_above_zones_are_equipment() -> None:
    rows = [["Weight KG", "Documents", "", "Parcels", ""], ["", "Zone A", "Zone B", "Zone A", "Zone B"],
            ["0.5", "22.1", "26.4", "25.1", "29.9"], ["1.0", "24.1", "28.4", "27.1", "31.9"]]  # fmt: skip
    assert rates(rows, "equipment", "zone")[2:4] == [("Parcels", "A", D("25.1")), ("Parcels", "B", D("29.9"))]


def test_a_charge_above_containers_is_one_beside_the_freight_of_each() -> None:
    rows = [["POL", "POD", "Ocean freight", "", "THC", ""], ["", "", "20'", "40'", "20'", "40'"],
            ["HAM", "SHA", "900", "1200", "220", "260"]]  # fmt: skip
    assert rates(rows, "origin", "charge", "equipment") == [
        ("HAM", "", "20'", D(900)), ("HAM", "", "40'", D(1200)),
        ("HAM", "THC", "20'", D(220)), ("HAM", "THC", "40'", D(260)),
    ]  # fmt: skip
    assert [(s.name, s.basis) for s in card_of(rows).card.surcharges] == [("THC", "table")]


def test_several_price_columns_of_a_list_are_all_read() -> None:
    rows = [["Origin Port", "Destination Port", "Rate per 20ft", "Rate per 40ft", "Rate per 40HC"],
            ["Rotterdam", "Mombasa", "1300", "1900", "1980"], ["Antwerp", "Durban", "1250", "1850", "POA"]]  # fmt: skip
    assert rates(rows, "destination", "equipment")[-2:] == [("Durban", "20ft", D(1250)), ("Durban", "40ft", D(1850))]
    rows = [["Country", "Zone", "Standard (EUR)", "Express (EUR)"], ["Austria", "1", "5.40", "9.80"]]
    assert rates(rows, "destination", "service") == [
        ("Austria", "Standard", D("5.40")), ("Austria", "Express", D("9.80"))
    ]  # fmt: skip


def test_vehicles_as_columns() -> None:
    rows = [["Origin", "Destination", "Distance (km)", "13.6 m Tautliner (EUR)", "7.5 t (EUR)"],
            ["Stuttgart", "Milano", "520", "980", "640"]]  # fmt: skip
    assert rates(rows, "origin", "equipment") == [
        ("Stuttgart", "13.6 m Tautliner", D(980)), ("Stuttgart", "7.5 t", D(640))
    ]  # fmt: skip


def test_cities_and_their_states_say_where_together() -> None:
    rows = [["Origin City", "Origin State", "Dest City", "Dest State", "Rate per mile"],
            ["Dallas", "TX", "Atlanta", "GA", "2.15"], ["Reno", "NV", "Fresno", "CA", "2.95"]]  # fmt: skip
    assert rates(rows, "origin", "destination")[0] == ("Dallas (TX)", "Atlanta (GA)", D("2.15"))


def test_classes_as_columns_of_weight_rows() -> None:
    rows = [["Weight break (lbs)", "50", "55", "60", "65"], ["<500", "45", "48", "51", "54"],
            ["500-999", "40", "43", "46", "49"], ["1000-1999", "36", "39", "42", "45"],
            ["2000+", "30", "33", "36", "39"]]  # fmt: skip
    found = card_of(rows).card.rates
    assert {rate.freight_class for rate in found} == {"50", "55", "60", "65"}
    assert [(r.break_from, r.break_to, r.break_inclusive) for r in found[::4]] == [
        (D(0), D(500), "lower"), (D(500), D(999), "both"), (D(1000), D(1999), "both"), (D(2000), None, "lower")
    ]  # fmt: skip


def test_a_matrix_of_codes_without_a_corner_is_from_and_to() -> None:
    rows = [["", "HAM", "BRE", "RTM"], ["MUC", "510", "530", "620"], ["STR", "480", "-", "560"]]
    assert rates(rows, "origin", "destination") == [
        ("MUC", "HAM", D(510)), ("MUC", "BRE", D(530)), ("MUC", "RTM", D(620)),
        ("STR", "HAM", D(480)), ("STR", "RTM", D(560)),
    ]  # fmt: skip


def test_bounds_below_a_shared_header() -> None:
    rows = [["Diesel price (EUR/l)", "", "Surcharge"], ["from", "to", ""], ["1.20", "1.25", "4.0 %"],
            ["1.25", "1.30", "5.0 %"]]  # fmt: skip
    card = card_of(rows).card
    assert [(b.index_from, b.index_to, b.percent) for b in card.fuel] == [
        (D("1.20"), D("1.25"), D("4.0")), (D("1.25"), D("1.30"), D("5.0"))
    ]  # fmt: skip
    rows = [["Destination", "Weight", "", "Price"], ["", "from", "to", ""], ["Lyon", "0", "10", "8.50"],
            ["Lyon", "10", "20", "9.50"]]  # fmt: skip
    assert rates(rows, "destination", "break_from", "break_to") == [
        ("Lyon", D(0), D(10), D("8.50")), ("Lyon", D(10), D(20), D("9.50"))
    ]  # fmt: skip


def test_amounts_beside_the_breaks_are_left_out_and_told() -> None:
    reading = card_of([["Destination", "MIN", "-45", "+45", "+100", "SSC"], ["JFK", "75", "4.1", "3.2", "2.8", "0.15"]])
    assert [rate.value for rate in reading.card.rates] == [D("4.1"), D("3.2"), D("2.8")]
    assert reading.coverage.left_over == {"columns not understood": 1}
    assert reading.coverage.examples == {"columns not understood": "SSC"}


def test_numbers_in_no_table_are_counted_among_those_left_over() -> None:
    table = [["Weight kg", "Zone 1", "Zone 2"], ["1", "4.50", "6.10"], ["2", "5.20", "7.00"]]
    out = io.StringIO()
    csv.writer(out, delimiter=";").writerows([*table, [], ["Express"], ["Weight kg", "Zone 5", "Zone 6"], *table[1:]])
    content = read_content(out.getvalue().encode(), media_types.CSV)
    whole = read_rate_card(content)
    part = read_rate_card(content, plan=replace(whole.plan, tables=whole.plan.tables[:1]))
    assert (len(whole.card.rates), whole.coverage.share) == (8, 1.0)
    assert (len(part.card.rates), part.coverage.share) == (4, 0.5)
    assert part.coverage.examples["rows in no table"] == "1!A6:C8"


def test_written_breaks_head_columns_though_their_words_are_known() -> None:
    rows = [["PLZ", "bis 100 kg", "bis 300 kg"], ["01", "45,10", "81,20"], ["02", "46,10", "83,20"]]
    assert rates(rows, "destination", "break_from", "break_to")[:2] == [
        ("01*", D(0), D(100), D("45.10")), ("01*", D(100), D(300), D("81.20"))
    ]  # fmt: skip


def test_countries_as_columns_are_no_words_of_a_language() -> None:
    rows = [["kg", "DE", "AT", "CH"], ["1", "4.1", "6.1", "9.9"], ["5", "5.1", "7.1", "12.9"]]
    assert rates(rows, "destination", "break_to")[0] == ("DE", D(1), D("4.1"))
    assert len(rates(rows)) == 6


def test_notes_above_a_table_give_keys_that_it_lacks() -> None:
    table = [["Destination port", "20DC", "40DC"], ["Santos", "1000", "1500"], ["Lima", "1100", "1600"]]
    for note in (["Port of loading: Hamburg"], ["Abgangshafen", "Hamburg"]):
        found = card_of([note, *table]).card.rates
        assert {rate.origin for rate in found} == {"Hamburg"}
        assert len(found) == 4
    own = [["POL", "POD", "20DC"], ["Bremen", "Lima", "900"], ["Kiel", "Lima", "950"]]
    assert [rate.origin for rate in card_of([["Port of loading: Hamburg"], *own]).card.rates] == ["Bremen", "Kiel"]


def test_the_letterhead_says_whose_card_it_is_and_names_no_service() -> None:
    rows = [["Spedition Falkenau GmbH - Frachtpreise Stückgut"], ["gültig ab 01.03.2026, Preise in EUR"],
            ["PLZ", "bis 100 kg", "bis 300 kg"], ["01", "45,10", "81,20"], ["02", "46,10", "83,20"]]  # fmt: skip
    card = card_of(rows).card
    assert (card.carrier_name, card.currency) == ("Spedition Falkenau GmbH", "EUR")
    assert {rate.service for rate in card.rates} == {""}
    assert card_of([["for Teehaus Nord GmbH"], *rows[1:]]).card.carrier_name == ""


def test_loading_metres_are_no_weight() -> None:
    rows = [["Lademeter", "Zone 1", "Zone 2"], ["1", "95", "140"], ["2", "150", "210"]]
    assert {rate.break_basis for rate in card_of(rows).card.rates} == {"ldm"}


def test_tables_beside_each_other_are_split_at_the_empty_column() -> None:
    rows = [["Zone", "Max weight (kg)", "Rate", "", "Surcharge", "Amount"],
            ["1", "5", "4.10", "", "Saturday", "9.00"], ["1", "10", "5.20", "", "Remote", "3.50"],
            ["2", "5", "6.10"]]  # fmt: skip
    card = card_of(rows).card
    assert [(rate.zone, rate.value) for rate in card.rates] == [("1", D("4.10")), ("1", D("5.20")), ("2", D("6.10"))]
    assert [(s.name, s.value) for s in card.surcharges] == [("Saturday", D("9.00")), ("Remote", D("3.50"))]
    assert card_of(rows).coverage.left_over == {}


def test_an_empty_column_within_one_table_splits_nothing() -> None:
    rows = [["Weight (kg)", "", "Zone 1", "Zone 2"], ["5", "", "4.10", "5.10"], ["10", "", "5.20", "6.20"]]
    assert rates(rows, "zone")[:2] == [("1", D("4.10")), ("2", D("5.10"))]


def test_a_price_per_shipment_beside_one_per_kg_is_its_base() -> None:
    rows = [["Destination", "Price per shipment", "Price per kg", "Minimum"],
            ["Austria", "5.00", "0.42", "8.00"], ["France", "6.00", "0.52", "9.00"]]  # fmt: skip
    rate = first(rows)
    assert (rate.value, rate.unit, rate.base_charge, rate.minimum) == (D("0.42"), "kg", D("5.00"), D("8.00"))


def test_a_second_price_that_is_not_read_is_told() -> None:
    rows = [["Destination", "List price", "Net price"], ["Austria", "5.00", "4.20"], ["France", "6.00", "5.20"]]
    assert card_of(rows).coverage.left_over == {"columns not understood": 2}


def test_titles_that_say_by_what_is_charged_are_no_services() -> None:
    rows = [["Weight (lb)", "Price per parcel", "", "Rate per CWT", ""], ["", "Zone 1", "Zone 2", "Zone 3", "Zone 4"],
            ["10", "3.1", "4.1", "6.1", "7.1"], ["20", "4.2", "5.2", "7.2", "8.2"]]  # fmt: skip
    assert rates(rows, "service", "zone", "unit")[:4] == [
        ("", "1", "piece", D("3.1")), ("", "2", "piece", D("4.1")),
        ("", "3", "cwt", D("6.1")), ("", "4", "cwt", D("7.1")),
    ]  # fmt: skip
    rows = [["Price per parcel"], ["Weight (kg)", "Zone 1", "Zone 2"], ["5", "4.10", "5.10"], ["10", "5.20", "6.20"]]
    assert rates(rows, "service", "unit")[0] == ("", "piece", D("4.10"))
