"""What notes around the tables of a card say: surcharges, whose card it is, the order of its dates."""

from __future__ import annotations

from datetime import date
from decimal import Decimal as D

import pytest

from processing.ratecards import CardReading
from processing.ratecards.read import read_rate_card
from processing.readers.detect import detect_media_type
from processing.readers.registry import read_content
from samples.bills.card_files import card_file
from samples.bills.express import harbour
from tests.processing.rate_card_grids import card_of

TABLE = [["Zone", "Max weight (kg)", "Rate"], ["1", "5", "4.10"], ["1", "10", "5.20"], ["2", "5", "6.10"]]


def card_with(*notes: str, currency: str = "EUR") -> CardReading:
    return card_of([["Carrier: Curve Parcels"], [f"Prices in {currency}"] if currency else ["Prices"], *TABLE,
                    *([note] for note in notes)])  # fmt: skip


@pytest.mark.parametrize(
    ("note", "name", "value", "basis", "unit"),
    [
        ("Residential delivery EUR 1.25 per shipment", "Residential delivery", D("1.25"), "flat", ""),
        ("Maut 8,5 %", "Maut", D("8.5"), "percent", ""),
        ("- Samstagszustellung: 12,50 € je Sendung", "Samstagszustellung", D("12.50"), "flat", ""),
        ("Gefahrgutzuschlag (ADR) 15,00 EUR pro Palette", "Gefahrgutzuschlag (ADR)", D("15.00"), "per_unit", "pallet"),
        ("Recargo por entrega en sábado: 9,90 EUR por envío", "Recargo por entrega en sábado", D("9.90"), "flat", ""),
        ("Peaje 3 % sobre el flete", "Peaje", D(3), "percent", ""),
        ("Liftgate fee: $45.00", "Liftgate fee", D("45.00"), "flat", ""),
        ("Remote area surcharge EUR 0.35 per kg", "Remote area surcharge", D("0.35"), "per_unit", "kg"),
        ("+ 4 % peak surcharge on all shipments", "peak surcharge", D(4), "percent", ""),
    ],
)
def test_a_charge_in_a_note_is_a_surcharge(note: str, name: str, value: D, basis: str, unit: str) -> None:
    reading = card_with(note)
    assert [(s.name, s.value, s.basis, s.unit) for s in reading.card.surcharges] == [(name, value, basis, unit)]
    assert reading.card.surcharges[0].source["value"]
    assert reading.reasons == []


def test_a_minimum_beside_the_amount_is_kept() -> None:
    (found,) = card_with("Remote area surcharge EUR 0.35 per kg, min. EUR 20.00").card.surcharges
    assert (found.value, found.unit, found.minimum) == (D("0.35"), "kg", D(20))


@pytest.mark.parametrize(
    "note", ["Fuel surcharge 12.5% on base", "Dieselzuschlag: 12,5 %", "Recargo combustible 12,5%"]
)
def test_a_plain_percentage_for_fuel_is_its_band(note: str) -> None:
    reading = card_with(note)
    assert [(band.percent, band.index_from) for band in reading.card.fuel] == [(D("12.5"), None)]
    assert reading.card.surcharges == []


@pytest.mark.parametrize(
    "note",
    ["Surcharge for long goods: EUR 15.00 up to 3 m, EUR 30.00 up to 6 m",
     "Fuel surcharge rises by 1% for every 0.05 EUR above 1.40 EUR per litre"],
)  # fmt: skip
def test_a_charge_with_steps_is_left_to_a_person_with_its_words(note: str) -> None:
    reading = card_with(note)
    assert (reading.card.surcharges, reading.card.fuel) == ([], [])
    assert [reason.code for reason in reading.reasons] == ["cells_left_over"]
    assert note[:40] in reading.reasons[0].message


@pytest.mark.parametrize(
    "note", ["All prices excl. 19 % VAT", "Fuel surcharge of 5 % is included", "Late payment fee 1.5 % per month"]
)
def test_notes_of_tax_and_payment_are_no_surcharges(note: str) -> None:
    reading = card_with(note)
    assert (reading.card.surcharges, reading.card.fuel, reading.reasons) == ([], [], [])


@pytest.mark.parametrize(
    ("note", "currency", "expected"),
    [
        ("Valid from 03/01/2026", "USD", date(2026, 3, 1)),
        ("Valid from 03/01/2026", "EUR", date(2026, 1, 3)),
        ("Gültig ab 03/01/2026", "USD", date(2026, 1, 3)),
        ("Valid from 03/01/2026 to 31/12/2026", "USD", date(2026, 1, 3)),
        ("Valid from 03/01/2026 to 12/31/2026", "EUR", date(2026, 3, 1)),
    ],
)
def test_dates_are_read_in_the_order_that_the_card_tells(note: str, currency: str, expected: date) -> None:
    reading = card_with(note, currency=currency)
    assert reading.card.valid_from == expected
    assert not reading.reasons


def test_a_date_that_stays_open_is_a_reason() -> None:
    reading = card_with("Valid from 03/01/2026", currency="")
    assert [reason.code for reason in reading.reasons] == ["date_order_unknown"]
    assert "03/01/2026" in reading.reasons[0].message


def test_dates_in_columns_follow_the_same_order() -> None:
    rows = [["Origin", "Destination", "Rate (USD)", "Valid from"],
            ["Dallas", "Reno", "100.00", "03/01/2026"], ["Reno", "Dallas", "90.00", "03/15/2026"]]  # fmt: skip
    assert [rate.valid_from for rate in card_of(rows).card.rates] == [date(2026, 3, 1), date(2026, 3, 15)]


@pytest.mark.parametrize(
    "label",
    ["Carrier", "Spediteur", "Spedition", "Reederei", "Frachtführer", "Transportista", "Naviera", "Transporteur",
     "Shipping line", "Empresa de transporte"],
)  # fmt: skip
def test_whose_card_it_is_is_labelled_in_many_languages(label: str) -> None:
    assert card_of([[f"{label}: Curva Azul"], *TABLE]).card.carrier_name == "Curva Azul"
    assert card_of([[label, "Curva Azul"], *TABLE]).card.carrier_name == "Curva Azul"


@pytest.mark.parametrize(
    ("title", "carrier"),
    [
        ("Falcon Parcel – customer rates 2026", "Falcon Parcel"),
        ("Nordwind Kurier | Preisliste", "Nordwind Kurier"),
        ("Transportes Sierra: tarifas 2026", "Transportes Sierra"),
        ("Harbour Parcels Ltd Next Day", "Harbour Parcels Ltd"),
        ("International Express – rates", ""),
        ("Ground Parcel: price list", ""),
        ("Road freight Germany – rates 2026", ""),
        ("Germany Parcel – rates 2026", ""),
        ("LTL freight – class rates", ""),
    ],
)
def test_a_title_names_a_carrier_by_a_word_of_the_trade_beside_a_name(title: str, carrier: str) -> None:
    assert card_of([[title], *TABLE]).card.carrier_name == carrier


@pytest.mark.parametrize(
    ("head", "codes", "places"),
    [
        ("PLZ DE", ["01", "10"], {"DE 01*", "DE 10*"}),
        ("Département", ["13", "75"], {"FR 13*", "FR 75*"}),
        ("Destination ZIP3", ["303", "752"], {"US 303*", "US 752*"}),
    ],
)
def test_short_codes_of_a_column_of_postcodes_are_where_postcodes_begin(
    head: str, codes: list[str], places: set[str]
) -> None:
    rows = [[head, "up to 100 kg", "up to 200 kg"], *([code, "41.20", "55.10"] for code in codes)]
    assert {rate.destination for rate in card_of(rows).card.rates} == places


def test_a_title_of_a_sheet_that_names_its_service_states_no_figure() -> None:
    data = card_file(harbour().tariff, "harbour.xlsx")
    card = read_rate_card(read_content(data, detect_media_type(data, filename="harbour.xlsx"))).card
    assert {rate.service for rate in card.rates} == {"Next Day", "Economy 48"}
    assert "not_understood" not in [rule.kind for rule in card.rules]
