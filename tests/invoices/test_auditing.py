"""The audit of a carrier's invoice, by hand: what is billed, what the card gives, and what follows. Pure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal as D
from typing import Any
from uuid import UUID

import pytest

from invoices.auditing import FindingData, audit_invoice
from invoices.auditing.places import readings_of_place
from invoices.auditing.records import Sent
from invoices.auditing.wording import kind_of, named_surcharge
from invoices.rate_records import CardData, FuelBandData, RateData, SurchargeData, ZoneData
from invoices.rating import Location, Shipment, quote
from invoices.records import InvoiceData, LineData
from tests.invoices.rate_cards import parcel_card

OTHER = UUID(int=77)
_NUMBERS = ("amount", "billed_weight", "quantity", "unit_price", "discount")


class Cards:
    """The cards of a vendor, all rates of them, as ``invoices.auditing.Prices``."""

    def __init__(self, *cards: CardData, sent: Mapping[Sent, tuple[UUID, str]] | None = None) -> None:
        self._cards = cards
        self._sent = sent or {}

    @property
    def known(self) -> bool:
        return bool(self._cards)

    def cards(self, shipment: Shipment, day: date) -> Sequence[tuple[UUID, CardData]]:
        return [(UUID(int=n), card) for n, card in enumerate(self._cards)]

    def why_none(self, shipment: Shipment, day: date) -> str:
        refusals = quote(shipment, self._cards, day).refusals
        return refusals[0].message if refusals else "another currency"

    def earlier_lines(self, tracking_numbers: Sequence[str]) -> Mapping[str, Sequence[LineData]]:
        return {}

    def sent_before(self, tracking_numbers: Sequence[str]) -> Mapping[Sent, tuple[UUID, str]]:
        return self._sent


def line(description: str = "Parcel", amount: str | None = None, **values: Any) -> LineData:
    numbers: dict[str, Any] = {name: D(values.pop(name)) for name in _NUMBERS if name in values}
    return LineData(description=description, amount=D(amount) if amount else None, **numbers, **values)


def parcel(amount: str, *, weight: str = "1.5", zone: str = "1", number: str = "P1", **values: Any) -> LineData:
    return line(amount=amount, billed_weight=weight, weight_unit="kg", zone=zone, tracking_number=number, **values)


def audited(lines: list[LineData], *cards: CardData, **values: Any) -> list[FindingData]:
    sent = values.pop("sent", None)
    invoice = InvoiceData(
        document_type=values.pop("document_type", "invoice"), currency=values.pop("currency", "EUR"),
        invoice_date=date(2026, 3, 2), line_items=lines, **values,
    )  # fmt: skip
    return audit_invoice(invoice, Cards(*cards, sent=sent))


def told(findings: list[FindingData]) -> list[tuple[str, tuple[int, ...], str, str | None]]:
    return [(f.code, f.lines, str(f.billed), None if f.expected is None else str(f.expected)) for f in findings]


def test_charges_as_on_the_card_give_no_finding() -> None:
    # 1.5 kg in zone 1 is the second break, 5.20; fuel is 10 % of it; residential 1.15.
    lines = [
        parcel("5.20"),
        line("Fuel surcharge", "0.52", tracking_number="P1"),
        line("Residential delivery fee", "1.15", tracking_number="P1"),
    ]
    assert audited(lines, parcel_card()) == []


def test_each_charge_above_the_card_is_found_with_its_arithmetic_and_its_cell() -> None:
    # 6.20 instead of 5.20; fuel of 0.62 instead of 10 % of 5.20; residential 1.50 instead of 1.15.
    lines = [
        parcel("6.20"),
        line("Fuel surcharge", "0.62", tracking_number="P1"),
        line("Residential", "1.50", tracking_number="P1"),
    ]
    found = audited(lines, parcel_card())
    assert told(found) == [
        ("overcharged", (0,), "6.20", "5.20"),
        ("overcharged", (1,), "0.62", "0.52"),
        ("overcharged", (2,), "1.50", "1.15"),
    ]
    assert [f.charge for f in found] == ["freight", "fuel", "accessorial"]
    assert [f.difference for f in found] == [D("1.00"), D("0.10"), D("0.35")]
    assert "6.20 EUR" in found[0].message
    assert "5.20 EUR" in found[0].message
    assert found[0].source == {"value": "Rates!B3"}
    assert found[1].how == "10 % of 5.2"
    assert found[0].field == "line_items[0].amount"


def test_less_than_the_card_is_found_but_a_cent_of_rounding_is_not() -> None:
    card = parcel_card(fuel=[], surcharges=[])
    assert told(audited([parcel("4.90")], card)) == [("undercharged", (0,), "4.90", "5.20")]
    assert audited([parcel("5.21")], card) == audited([parcel("5.19")], card) == []


def test_a_charge_that_the_card_does_not_know_is_found_and_a_discount_is_not() -> None:
    lines = [
        parcel("5.20"),
        line("Saturday delivery", "8.00", tracking_number="P1"),
        line("Goodwill credit fee", "-3.00", tracking_number="P1"),
    ]
    assert told(audited(lines, parcel_card())) == [("charge_not_on_card", (1,), "8.00", "0")]


def test_a_line_for_everything_may_hold_fuel_and_surcharges() -> None:
    # Freight 5.20 and fuel 0.52.
    assert audited([parcel("5.72")], parcel_card()) == []
    assert told(audited([parcel("6.00")], parcel_card())) == [("overcharged", (0,), "6.00", "5.72")]


def test_between_what_could_be_meant_nothing_is_claimed() -> None:
    assert audited([parcel("5.40")], parcel_card()) == []


def test_several_freight_lines_of_one_number_are_summed_unless_each_has_its_weight() -> None:
    both = [parcel("4.00"), line("Base charge", "1.20", tracking_number="P1")]
    assert audited(both, parcel_card(fuel=[], surcharges=[])) == []
    # Two parcels of one number: 0.5 kg costs 4.50, 1.5 kg 5.20.
    two = [parcel("4.50", weight="0.5"), parcel("5.90", weight="1.5")]
    assert told(audited(two, parcel_card(fuel=[], surcharges=[]))) == [("overcharged", (1,), "5.90", "5.20")]


def test_equal_parcels_on_one_line_cost_as_often() -> None:
    card = parcel_card(fuel=[], surcharges=[])
    assert audited([parcel("15.60", quantity="3")], card) == []
    assert told(audited([parcel("16.60", quantity="3")], card)) == [("overcharged", (0,), "16.60", "15.60")]


def test_without_a_price_the_reason_is_told_once_for_all_shipments_that_share_it() -> None:
    lines = [
        parcel("5.20"),
        parcel("9.00", weight="40", number="P2"),
        parcel("9.50", weight="40", number="P3"),
        parcel("3.00", zone="9", number="P4"),
    ]
    found = audited(lines, parcel_card(fuel=[], surcharges=[]))
    assert told(found) == [("not_rated", (1, 2), "18.50", None), ("not_rated", (3,), "3.00", None)]
    assert found[0].message == "2 shipments: No break of the lane covers 40 kg."
    assert found[1].message == "The card has no rate for zone 9."
    assert found[0].difference is None


def test_a_carrier_without_cards_and_an_invoice_without_shipments_are_not_audited() -> None:
    assert audited([parcel("99.00")]) == []
    assert audited([line("Consulting", "900.00"), line("Service fee", "30.00")], parcel_card()) == []


def test_a_credit_note_is_not_audited() -> None:
    assert audited([parcel("99.00")], parcel_card(), document_type="credit_note") == []


def test_another_currency_is_no_price() -> None:
    assert told(audited([parcel("5.20")], parcel_card(), currency="USD")) == [("not_rated", (0,), "5.20", None)]


def test_of_several_services_the_dearest_that_could_be_meant_counts() -> None:
    def service(name: str, price: str) -> RateData:
        return RateData(D(price), service=name, zone="1")

    card = parcel_card(rates=[service("Standard", "5.00"), service("Express", "9.00")], fuel=[], surcharges=[])
    assert audited([parcel("9.00")], card) == []
    assert audited([parcel("7.00")], card) == []
    assert told(audited([parcel("9.50")], card)) == [("overcharged", (0,), "9.50", "9.00")]
    # The line says which one.
    assert told(audited([parcel("9.00", service="standard")], card)) == [("overcharged", (0,), "9.00", "5.00")]
    assert told(audited([parcel("9.00", description="Parcel Standard DE")], card)) == [
        ("overcharged", (0,), "9.00", "5.00")
    ]
    # A name that the card does not use says nothing.
    assert audited([parcel("9.00", service="Blitz 24")], card) == []


def test_a_weight_without_a_unit_is_read_in_the_unit_of_the_card() -> None:
    pounds = parcel_card(weight_unit="lb", fuel=[], surcharges=[])
    for rate in pounds.rates:
        rate.break_unit = "lb"
    bare = [line(amount="5.20", billed_weight="1.5", zone="1", tracking_number="P1")]
    assert audited(bare, pounds) == []
    # 1.5 kg are 3.31 lb, which no break holds.
    assert told(audited([parcel("5.20")], pounds)) == [("not_rated", (0,), "5.20", None)]


FUEL_BY_INDEX = [
    FuelBandData(D("8"), index_from=D("1.40"), index_to=D("1.50")),
    FuelBandData(D("12"), index_from=D("1.50"), index_to=D("1.60")),
]


@pytest.mark.parametrize(
    ("billed", "expected"),
    [("0.42", None), ("0.62", None), ("0.50", None), ("0.70", "0.62")],
    ids=["8 % of 5.20", "12 % of 5.20", "between the bands", "above all bands"],
)
def test_fuel_by_an_index_is_only_wrong_above_all_bands(billed: str, expected: str | None) -> None:
    lines = [parcel("5.20"), line("Dieselzuschlag", billed, tracking_number="P1")]
    found = audited(lines, parcel_card(fuel=FUEL_BY_INDEX))
    assert told(found) == ([] if expected is None else [("overcharged", (1,), billed, expected)])


def test_fuel_of_a_card_without_fuel_is_not_on_the_card() -> None:
    lines = [parcel("5.20"), line("Fuel surcharge", "0.52", tracking_number="P1")]
    assert told(audited(lines, parcel_card(fuel=[]))) == [("charge_not_on_card", (1,), "0.52", "0")]


def test_fuel_at_the_end_is_compared_with_that_of_all_shipments() -> None:
    # 10 % of 5.20 and of 4.50: 0.52 + 0.45.
    parcels = [parcel("5.20"), parcel("4.50", weight="0.5", number="P2")]
    assert audited([*parcels, line("Fuel surcharge", "0.97")], parcel_card()) == []
    found = audited([*parcels, line("Fuel surcharge", "1.40")], parcel_card())
    assert told(found) == [("overcharged", (2,), "1.40", "0.97")]


def test_a_charge_without_a_number_belongs_to_the_shipment_before_it() -> None:
    lines = [
        parcel("5.20"),
        line("Fuel surcharge", "0.52"),
        parcel("4.50", weight="0.5", number="P2"),
        line("Fuel surcharge", "0.60"),
        parcel("4.50", weight="0.6", number="P3"),
    ]
    # The last parcel has no fuel: its price could hold it, and does not.
    assert told(audited(lines, parcel_card(surcharges=[]))) == [("overcharged", (3,), "0.60", "0.45")]


def test_a_surcharge_for_the_whole_invoice_may_stand_once_for_each_shipment() -> None:
    parcels = [parcel("5.20"), parcel("4.50", weight="0.5", number="P2")]
    card = parcel_card(fuel=[])
    assert audited([*parcels, line("Residential surcharges", "2.30", quantity="2")], card) == []
    found = audited([*parcels, line("Residential surcharges", "3.45")], card)
    assert told(found) == [("overcharged", (2,), "3.45", "2.30")]


def test_the_same_line_twice_is_found_once_and_not_held_against_the_card_too() -> None:
    found = audited([parcel("5.20"), parcel("5.20")], parcel_card(fuel=[], surcharges=[]))
    assert told(found) == [("billed_twice", (1,), "5.20", "0")]
    assert "line 1 of this invoice" in found[0].message


def test_a_charge_that_another_invoice_has_is_found_without_any_card() -> None:
    sent = {Sent("p1", "parcel", D("5.20")): (OTHER, "R-17")}
    found = audited([parcel("5.20"), parcel("5.30", number="P2")], sent=sent)
    assert told(found) == [("billed_twice", (0,), "5.20", "0")]
    assert found[0].other == OTHER
    assert "invoice R-17" in found[0].message


def lane(origin: str, destination: str, value: str, **values: Any) -> RateData:
    return RateData(D(value), origin=origin, destination=destination, **values)


def test_less_than_truckload_by_class_and_hundredweight() -> None:
    # 1,200 lb of class 70: 12 cwt at 38.30 = 459.60.
    card = CardData(
        carrier_name="Caprock", currency="USD", weight_unit="lb", mode="ltl",
        rates=[
            lane("Dallas, TX", "Denver, CO", "38.30", unit="cwt", freight_class="70", minimum=D(92)),
            lane("Dallas, TX", "Denver, CO", "48.05", unit="cwt", freight_class="100", minimum=D(92)),
        ],
    )  # fmt: skip
    shipped = {
        "origin": "Dallas, TX 75201", "destination": "Denver, CO 80202", "billed_weight": "1200", "weight_unit": "LBS",
    }  # fmt: skip
    right = line("LTL freight class 70", "459.60", **shipped)
    wrong = line("LTL freight class 70", "576.60", **shipped)
    assert audited([right], card, currency="USD") == []
    assert told(audited([wrong], card, currency="USD")) == [("overcharged", (0,), "576.60", "459.60")]


def test_two_containers_with_a_charge_for_each() -> None:
    card = CardData(
        carrier_name="Meridian", currency="USD", mode="ocean",
        rates=[lane("Hamburg", "Shanghai", "1450", unit="container", equipment="40HC")],
        surcharges=[SurchargeData("Terminal handling", D(120), basis="per_unit", unit="container", code="THC")],
    )  # fmt: skip
    shipped = {"origin": "Hamburg", "destination": "Shanghai", "unit": "CTR", "tracking_number": "MRDN1"}
    lines = [
        line("Ocean freight 40' HC", "2900.00", quantity="2", **shipped),
        line(
            "Terminal handling charge", "300.00", quantity="2", unit="CTR", charge_code="THC", tracking_number="MRDN1"
        ),
    ]
    assert told(audited(lines, card, currency="USD")) == [("overcharged", (1,), "300.00", "240.00")]


def test_a_german_invoice_by_pallets() -> None:
    card = CardData(
        carrier_name="Talblick", currency="EUR", mode="ltl",
        rates=[
            RateData(D(price), zone="3", unit="flat", break_basis="pallet", break_to=D(count))
            for count, price in ((1, "62.00"), (2, "108.00"), (3, "149.00"))
        ],
        zones=[ZoneData("3", "80", "89", "DE")],
        surcharges=[SurchargeData("Hebebühnenzuschlag", D("18.50"))],
        fuel=[FuelBandData(D(9))],
    )  # fmt: skip
    lines = [
        line("Fracht Stückgut", "149.00", quantity="2", unit="Paletten", destination="DE-80331 München"),
        line("Treibstoffzuschlag 9 %", "13.41"),
        line("Hebebühne", "18.50"),
    ]
    assert told(audited(lines, card)) == [
        ("overcharged", (0,), "149.00", "108.00"),
        ("overcharged", (1,), "13.41", "9.72"),
    ]


@pytest.mark.parametrize(
    ("text", "first"),
    [
        ("DE-10115 Berlin", Location("DE", "10115", "Berlin")),
        ("10115 Berlin", Location("", "10115", "Berlin")),
        ("Berlin, Germany", Location("DE", "", "Berlin, Germany")),
        ("Dallas, TX 75201", Location("", "75201", "Dallas, TX")),
        ("Wilmington, DE 19801", Location("", "19801", "Wilmington, DE")),
        ("San Jose, CA", Location("", "", "San Jose, CA")),
        ("London SW1A 1AA", Location("", "SW1A 1AA", "London")),
        ("Germany", Location("DE", "", "Germany")),
        ("", Location()),
    ],
)
def test_places_are_read_as_invoices_write_them(text: str, first: Location) -> None:
    assert readings_of_place(text)[0] == first


@pytest.mark.parametrize(
    ("description", "kind"),
    [
        ("Fuel surcharge 18 %", "fuel"),
        ("Treibstoffzuschlag", "fuel"),
        ("Recargo de combustible", "fuel"),
        ("Residential surcharge", "accessorial"),
        ("Avisgebühr", "accessorial"),
        ("Tail lift delivery", "accessorial"),
        ("Ocean freight Hamburg–Shanghai", "freight"),
        ("Seefracht 40HC", "freight"),
        ("Transporte Madrid–Sevilla", "freight"),
        ("Hosting March", None),
    ],
)
def test_a_line_is_known_by_its_words(description: str, kind: str | None) -> None:
    assert kind_of(LineData(description=description)) == kind


def test_a_surcharge_is_known_by_its_code_before_its_words() -> None:
    residential, remote = SurchargeData("Residential area", D(1), code="RES"), SurchargeData("Remote area", D(2))
    assert named_surcharge(LineData(description="Surcharge", charge_code="res"), [remote, residential]) is residential
    assert named_surcharge(LineData(description="Remote Area Surcharge 12345"), [residential, remote]) is remote
    assert named_surcharge(LineData(description="Peak season"), [residential, remote]) is None
