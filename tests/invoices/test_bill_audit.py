"""The audit of carriers' bills: planted errors are found with their cause, and nothing else is claimed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from decimal import Decimal as D
from functools import cache
from uuid import uuid4

import pytest

from invoices.auditing import FindingData, audit_invoice
from invoices.auditing.kinds import charge_kind
from invoices.auditing.records import Sent
from invoices.rate_records import CardData, FuelBandData, RateData, RuleData, SurchargeData
from invoices.records import ChargeKind, InvoiceData, LineData, ShipmentData
from processing.extractors.rules import extract_by_rules
from processing.readers.detect import detect_media_type
from processing.readers.registry import read_content
from samples.bills.books import Bill
from samples.bills.draw import all_bills
from tests.invoices.bill_cards import OwnPrices, card_of

BILLS = all_bills()
DAY = date(2026, 3, 9)


@cache
def read(name: str) -> InvoiceData:
    data = next(data for bill, data in BILLS if bill.file == name)
    content = read_content(data, detect_media_type(data, filename=name))
    return extract_by_rules(content, filename=name).to_invoice()


def key(finding: FindingData) -> tuple[str, str, D | None, str | None]:
    return finding.code, finding.tracking_number, finding.difference, finding.cause


@pytest.mark.parametrize("bill", [bill for bill, _ in BILLS], ids=[bill.file for bill, _ in BILLS])
def test_what_was_planted_in_a_drawn_bill_is_found_and_nothing_else(bill: Bill) -> None:
    found = sorted(map(key, audit_invoice(read(bill.file), OwnPrices(card_of(bill.tariff)))))
    planted = sorted((f["code"], f["tracking_number"], D(f["difference"]), f["cause"]) for f in bill.findings)
    assert found == planted


def charge(
    amount: str, description: str, kind: ChargeKind | None = None, *, code: str | None = None, shipment: int = 0
) -> LineData:
    return LineData(description=description, amount=D(amount), charge_kind=kind, charge_code=code, shipment=shipment)


def bill_of(*lines: LineData, shipments: Sequence[ShipmentData] = ()) -> InvoiceData:
    own = list(shipments) or [moved("A1")]
    return InvoiceData(
        document_type="invoice", invoice_number="B-7", currency="EUR", line_items=list(lines), shipments=own
    )


def moved(number: str, weight: str = "10", **values: object) -> ShipmentData:
    data = ShipmentData(tracking_number=number, ship_date=DAY, zone="1", billed_weight=D(weight), weight_unit="kg")
    return replace(data, **values)  # type: ignore[arg-type]


def simple_card(**changes: object) -> CardData:
    """Up to 10 kg 20.00 and up to 20 kg 30.00 in zone 1, ten euros more in zone 2; tail lift 15.00, fuel 10 %."""
    card = CardData(carrier_name="Blitz", currency="EUR", weight_unit="kg", mode="groupage")
    for zone, more in (("1", 0), ("2", 10)):
        for low, high, price in (("0", "10", 20), ("10", "20", 30)):
            card.rates.append(
                RateData(D(price + more), zone=zone, break_basis="weight", break_from=D(low), break_to=D(high))
            )  # fmt: skip
    card.surcharges = [SurchargeData("Tail lift", D(15), code="TLI", applies="asked")]
    card.fuel = [FuelBandData(D(10))]
    return replace(card, **changes)  # type: ignore[arg-type]


def audited(invoice: InvoiceData, card: CardData | None = None, **values: object) -> list[FindingData]:
    return audit_invoice(invoice, OwnPrices(card or simple_card(), **values))  # type: ignore[arg-type]


def test_a_discount_is_taken_off_before_anything_is_compared() -> None:
    lines = (charge("26.00", "Freight", "freight"), charge("-6.00", "Loyalty discount", "discount"))
    assert audited(bill_of(*lines, charge("2.00", "Fuel", "fuel"))) == []


def test_a_credit_and_a_tax_are_no_overcharge() -> None:
    lines = (charge("20.00", "Freight", "freight"), charge("-5.00", "Refund", "credit"), charge("4.00", "VAT", "tax"))
    assert audited(bill_of(*lines)) == []


def test_fuel_follows_the_freight_of_the_card() -> None:
    found = audited(bill_of(charge("25.00", "Freight", "freight"), charge("2.50", "Fuel surcharge", "fuel")))
    assert [(f.charge, f.difference, f.cause) for f in found] == [
        ("freight", D("5.00"), "wrong_rate"),
        ("fuel", D("0.50"), "wrong_rate"),
    ]


def test_fuel_that_does_not_follow_is_wrong_by_itself() -> None:
    found = audited(bill_of(charge("20.00", "Freight", "freight"), charge("3.00", "Fuel surcharge", "fuel")))
    assert [(f.charge, f.difference, f.cause) for f in found] == [("fuel", D("1.00"), "fuel")]


def test_a_price_of_another_zone_is_called_so() -> None:
    found = audited(
        bill_of(charge("30.00", "Freight", "freight"), charge("3.00", "Fuel", "fuel"), shipments=[moved("A", "8")])
    )
    assert {f.cause for f in found} == {"wrong_zone"}


def test_fuel_by_a_band_goes_by_the_kept_series_before_the_printed_index() -> None:
    bands = [
        FuelBandData(D(20), index_name="DOE", index_from=D("3.0"), index_to=D("3.5")),
        FuelBandData(D(25), index_name="DOE", index_from=D("3.5"), index_to=D("4.0")),
    ]
    card = simple_card(fuel=bands)
    invoice = bill_of(charge("20.00", "Freight", "freight"), charge("5.00", "Fuel surcharge 25 % (DOE 3.62)", "fuel"))
    assert audited(invoice, card) == []
    assert [f.difference for f in audited(invoice, card, index=D("3.20"))] == [D("1.00")]


def test_without_any_index_only_fuel_above_every_band_is_claimed() -> None:
    bands = [FuelBandData(D(20), index_from=D("3.0"), index_to=D("3.5")), FuelBandData(D(25), index_from=D("3.5"))]
    lines = (charge("20.00", "Freight", "freight"), charge("4.60", "Fuel surcharge", "fuel"))
    assert audited(bill_of(*lines), simple_card(fuel=bands)) == []
    high = (charge("20.00", "Freight", "freight"), charge("5.60", "Fuel surcharge", "fuel"))
    assert [f.difference for f in audited(bill_of(*high), simple_card(fuel=bands))] == [D("0.60")]


def test_the_same_shipment_again_is_billed_twice_as_a_whole() -> None:
    lines = [
        charge("26.00", "Freight", "freight"), charge("-6.00", "Discount", "discount"), charge("2.00", "Fuel", "fuel"),
        charge("26.00", "Freight", "freight", shipment=1), charge("-6.00", "Discount", "discount", shipment=1),
        charge("2.00", "Fuel", "fuel", shipment=1),
    ]  # fmt: skip
    found = audited(bill_of(*lines, shipments=[moved("A1"), moved("A1")]))
    assert [(f.code, f.lines, f.difference) for f in found] == [
        ("billed_twice", (3, 4), D("20.00")),
        ("billed_twice", (5,), D("2.00")),
    ]


def test_a_shipment_of_another_day_with_the_same_number_is_no_second_billing() -> None:
    lines = [charge("20.00", "Freight", "freight"), charge("20.00", "Freight", "freight", shipment=1)]
    assert audited(bill_of(*lines, shipments=[moved("A1"), moved("A1", ship_date=date(2026, 4, 9))])) == []


def test_what_another_invoice_billed_is_found_unless_this_one_corrects_it() -> None:
    other = uuid4()
    sent = {Sent("a1", "freight", D("20.00")): (other, "B-1")}
    found = audited(bill_of(charge("20.00", "Freight", "freight")), sent=sent)
    assert [(f.code, f.other, f.cause) for f in found] == [("billed_twice", other, "duplicate")]
    corrected = bill_of(charge("20.00", "Freight", "freight"), charge("-25.00", "Previously billed", "adjustment"))
    assert audited(corrected, sent=sent) == []


def test_a_corrected_bill_is_compared_as_a_whole_with_the_card() -> None:
    corrected = bill_of(charge("24.00", "Freight", "freight"), charge("-20.00", "Previously billed", "adjustment"))
    assert [f.difference for f in audited(corrected, simple_card(fuel=[]))] == [D("4.00")]


def test_an_accessorial_for_each_of_several_pieces_is_not_claimed() -> None:
    lines = (charge("20.00", "Freight", "freight"), charge("30.00", "Tail lift", "accessorial", code="TLI"))
    assert audited(bill_of(*lines, shipments=[moved("A1", pieces=D(2))])) == []
    assert [f.difference for f in audited(bill_of(*lines))] == [D("15.00")]


def test_a_card_that_lists_no_charges_on_top_proves_nothing_about_them() -> None:
    lines = (charge("20.00", "Freight", "freight"), charge("9.00", "Island supplement", "accessorial"))
    assert audited(bill_of(*lines), simple_card(surcharges=[], fuel=[])) == []
    assert [f.code for f in audited(bill_of(*lines))] == ["charge_not_on_card"]


def test_what_has_no_price_says_why_and_its_accessorials_are_still_compared() -> None:
    lines = (charge("99.00", "Freight", "freight"), charge("18.00", "Tail lift", "accessorial", code="TLI"))
    found = audited(bill_of(*lines, shipments=[moved("A1", "500")]))
    assert [(f.code, f.difference) for f in found] == [("not_rated", None), ("overcharged", D("3.00"))]
    assert "500" in found[0].message


def test_a_minimum_that_was_missed_is_a_minimum() -> None:
    rules = [RuleData("discount", value=D(50)), RuleData("absolute_minimum_charge", value=D(12))]
    found = audited(bill_of(charge("20.00", "Freight", "freight")), simple_card(rules=rules, fuel=[], surcharges=[]))
    assert [(f.expected, f.cause) for f in found] == [(D("12.00"), "minimum")]


def test_measures_lower_the_weight_but_never_raise_the_claim_of_a_carrier() -> None:
    card = simple_card(dimensional_divisor=D(5000), dimension_unit="cm", fuel=[])
    small = moved("A1", "18", actual_weight=D(6), dimensions="30 x 30 x 30 cm", pieces=D(1))
    found = audited(bill_of(charge("30.00", "Freight", "freight"), shipments=[small]), card)
    assert [(f.difference, f.cause) for f in found] == [(D("10.00"), "dimensional_weight")]
    large = moved("A1", "8", actual_weight=D(6), dimensions="40 x 40 x 50 cm", pieces=D(1))
    assert audited(bill_of(charge("20.00", "Freight", "freight"), shipments=[large]), card) == []


@pytest.mark.parametrize(
    ("text", "code", "lowers", "kind"),
    [
        ("Linehaul 480 lb as 500 lb @ 47.88 per CWT", "LHS", False, "freight"),
        ("Discount 68.5 %", "DSC", True, "discount"),
        ("Performance Pricing", "", True, "discount"),
        ("Minimum charge adjustment", "AMC", False, "adjustment"),
        ("Fuel surcharge 30.0 %", "FSC", False, "fuel"),
        ("Dieselfloater", "", False, "fuel"),
        ("Service Failure Credit", "", True, "credit"),
        ("Credit card fee", "", False, None),
        ("Hebebühne", "", False, None),
        ("TVA 20 %", "", False, "tax"),
        ("Customs duty", "", False, "duty"),
        ("Duty Tax Paid", "", False, None),
        ("Delivery freight surcharge", "", False, None),
    ],
)
def test_the_kind_of_a_charge(text: str, code: str, lowers: bool, kind: str | None) -> None:
    assert charge_kind(text, code, lowers=lowers) == kind


def test_a_bill_whose_charges_are_far_from_its_total_is_not_claimed_of() -> None:
    whole = read("kestrel_wide.csv")
    bill = next(bill for bill, _ in BILLS if bill.file == "kestrel_wide.csv")
    half = replace(whole, line_items=whole.line_items[: len(whole.line_items) // 2])
    found = audit_invoice(half, OwnPrices(card_of(bill.tariff)))
    assert [(each.code, each.difference) for each in found] == [("not_rated", None)]
    assert "do not come to what the bill asks for" in found[0].message
