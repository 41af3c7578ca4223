"""The benchmark of whole cases: what its comparer calls right, and one folder through the product."""

from __future__ import annotations

from contextlib import nullcontext
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from benchmarks.case_bills import charges_of, compare_findings
from benchmarks.case_cards import compare_card
from benchmarks.case_compare import Outcome, number, same
from benchmarks.case_invoices import compare_file
from benchmarks.case_rates import rate_standing, surcharge_stands, zone_stands
from benchmarks.cases import OWN, run_case, sum_up

LINE = {"description": "Widget", "quantity": 3, "unit_price": 10, "amount": 27, "tax_rate": 20}
LABEL = {"document_type": "invoice", "invoice_number": "A-1", "vendor_name": "Acme Ltd", "total_amount": 32.4,
         "line_items": [LINE], "must": "nothing"}  # fmt: skip


def compared(label: dict[str, Any], *invoices: dict[str, Any], review: tuple[str, ...] = ()) -> Outcome:
    outcome = Outcome("case")
    reasons = [{"code": code, "field": "", "message": code} for code in review]
    entries = [{"status": "completed", "review": reasons, "invoice": invoice} for invoice in invoices]
    compare_file(outcome, Path("input.pdf"), label, entries)
    return outcome


def changed(**values: Any) -> dict[str, Any]:
    line = {"description": "widget", "quantity": "3.000", "unit_price": "9.0", "amount": "27.00", "tax_rate": "20"}
    return {"document_type": "invoice", "invoice_number": "A-1", "vendor_name": "ACME  Ltd.", "total_amount": "32.40",
            "line_items": [line]} | values  # fmt: skip


@pytest.mark.parametrize(
    ("text", "value"),
    [("1.200 %", "1.2"), ("8,50 €", "8.50"), ("98.00 after discount", "98"), ("1,250.5", "1250.5"), ("-0,30", "-0.3"),
     ("12,500", "12500"), ("68.5 off the class rates", "68.5")],
)  # fmt: skip
def test_a_number_is_found_in_the_words_of_a_label(text: str, value: str) -> None:
    assert number(text) == Decimal(value)


def test_values_are_compared_in_their_kind() -> None:
    assert same("total_amount", "1219.510", 1219.51)
    assert same("vendor_name", "ACME  Ltd.", "Acme Ltd")
    assert same("iban", "DE21 9085 6662", "DE2190856662")
    assert same("amount_due", "0.00", "54.87", ["0.00"])
    assert not same("total_amount", "1219.52", 1219.51)
    assert not same("tax_amount", None, 0.0)


def test_an_invoice_as_labelled_is_whole() -> None:
    outcome = compared(LABEL, changed())
    assert (outcome.verdict, outcome.figures["values"], outcome.figures["values_right"]) == ("whole", 9, 9)


def test_a_wrong_total_without_a_reason_passed_wrongly() -> None:
    wrong = changed(total_amount="33.00")
    assert compared(LABEL, wrong).verdict == "wrong"
    assert compared(LABEL, wrong).figures["passed_wrongly"] == 1
    held = compared(LABEL, wrong, review=("total_mismatch",))
    assert (held.verdict, held.figures["passed_wrongly"]) == ("part", 0)


def test_a_value_that_is_missing_beside_right_ones_is_incomplete() -> None:
    line = {"description": "Widget", "quantity": "3", "unit_price": "9", "amount": "27"}
    outcome = compared(LABEL, changed(line_items=[line]))
    assert (outcome.verdict, outcome.figures["passed_wrongly"], outcome.figures["passed_incomplete"]) == ("part", 0, 1)


def test_a_line_too_many_and_a_document_too_many_are_differences() -> None:
    more = {"description": "Carried forward", "amount": "27.00"}
    assert compared(LABEL, changed(line_items=[*changed()["line_items"], more])).figures["passed_wrongly"] == 1
    assert len(compared(LABEL, changed(), changed(invoice_number="A-2")).misses) == 1


def test_a_charge_may_stand_as_a_line_of_its_own() -> None:
    lines = [*changed()["line_items"], {"description": "Freight", "amount": "5.00"}]
    assert compared(LABEL | {"charge_total": "5.00"}, changed(line_items=lines)).verdict == "whole"
    assert compared(LABEL | {"charge_total": "5.00"}, changed(charge_total="5.00")).verdict == "whole"
    assert compared(LABEL | {"charge_total": "5.00"}, changed()).verdict == "part"


def test_a_credit_note_may_have_its_signs_either_way_but_not_mixed_in_its_lines() -> None:
    label = LABEL | {"document_type": "credit_note", "total_amount": -32.4, "line_items": [LINE, LINE | {"amount": -2}]}
    lines = [changed()["line_items"][0] | {"quantity": "-3", "amount": "-27"}]
    right = changed(document_type="credit_note", line_items=[*lines, LINE | {"quantity": -3, "amount": 2}])
    assert compared(label, right).verdict == "whole"
    mixed = changed(document_type="credit_note", line_items=[*lines, LINE | {"quantity": -3, "amount": -2}])
    assert compared(label, mixed).verdict != "whole"


def test_documents_of_one_file_are_matched_by_their_number() -> None:
    label = {"documents": [LABEL, LABEL | {"invoice_number": "A-2", "total_amount": 12}]}
    both = compared(label, changed(invoice_number="A-2", total_amount="12.00"), changed())
    assert (both.verdict, both.figures["documents"]) == ("whole", 2)
    assert compared(label, changed()).figures["values_right"] == 9


def test_a_file_that_must_be_refused_is_refused_for_that_reason() -> None:
    label = LABEL | {"refused": {"input.pdf": "encrypted_file"}}
    outcome = Outcome("case")
    compare_file(
        outcome, Path("input.pdf"), label, [{"status": "failed", "error": {"code": "encrypted_file", "message": ""}}]
    )
    assert outcome.verdict == "whole"
    assert compared(label, changed()).figures["passed_wrongly"] == 1


RATE = {"value": "5.60", "unit": "flat", "zone": "Zone 1", "service": "Standard", "break_from": "2", "break_to": "5",
        "break_inclusive": "lower"}  # fmt: skip
CHECK = {"zone": "1", "service": "Standard", "weight_from": "2", "weight_to": "5", "value": "5.6", "minimum": None,
         "unit": "flat (per shipment)", "bounds": "from inclusive, to exclusive"}  # fmt: skip


def test_a_rate_stands_under_all_of_its_keys() -> None:
    assert rate_standing({"rates": [RATE]}, CHECK, services=1)
    assert rate_standing({"rates": [RATE | {"zone": "Zone 1 PLZ 26 – 28"}]}, CHECK, services=1)
    assert rate_standing({"rates": [RATE | {"zone": "Zone 12"}]}, CHECK, services=1) is None
    for wrong in (
        {"value": "5.61"}, {"zone": "2"}, {"break_to": "6"}, {"break_inclusive": "upper"}, {"unit": "kg"},
        {"minimum": "3"}, {"excess_only": True},
    ):  # fmt: skip
        assert rate_standing({"rates": [RATE | wrong]}, CHECK, services=1) is None, wrong
    assert rate_standing({"rates": [RATE | {"service": "Express"}]}, CHECK, services=2) is None


@pytest.mark.parametrize(
    ("said", "stored", "stands"),
    [("GB BT*", "GBR BT*", True), ("DE 27498", "DE 27498", True), ("DE", "DE 27498", False),
     ("* (everywhere else)", "*", True), ("* (everywhere else)", "DE", False), ("US 303 (GA)", "303", True),
     ("US AK", "US-AK", True), ("US 371 (TN)", "US 371*", True)],
)  # fmt: skip
def test_a_place_is_known_in_its_spellings(said: str, stored: str, stands: bool) -> None:
    check = {name: CHECK[name] for name in CHECK if name != "zone"} | {"destination": said}
    rate = {name: RATE[name] for name in RATE if name != "zone"} | {"destination": stored}
    assert (rate_standing({"rates": [rate]}, check, services=1) is not None) == stands


def test_zones_and_surcharges_are_looked_for_by_their_own_keys() -> None:
    card = {
        "zones": [{"zone": "Zone 5", "country": "DE", "first": "01", "last": "19"}, {"zone": "4", "country": "US"}],
        "surcharges": [
            {
                "name": "GRIS",
                "value": "0.3",
                "basis": "percent",
                "minimum": "5",
                "condition": "RJ Capital",
                "applies_to": "declared_value",
            }
        ],
    }
    assert zone_stands(card, "01 – 19", "Zone 5")
    assert zone_stands(card, "US", 4)
    assert zone_stands({"zones": [{"zone": "4", "first": "United States"}]}, "US", 4)
    assert not zone_stands(card, "1 – 19", "Zone 5")
    assert surcharge_stands(
        card, {"name": "GRIS", "unit": "% of the value"}, region="RJ Capital", value="0.30, min 5.00"
    )
    assert not surcharge_stands(
        card, {"name": "GRIS", "unit": "% of the value"}, region="SP Capital", value="0.30, min 5"
    )
    assert not surcharge_stands(card, {"name": "GRIS", "value": "0.30", "unit": "per shipment", "minimum": "5"})
    of_freight = {"name": "GRIS", "value": "0.30 %", "unit": "of the freight", "minimum": "5"}
    assert not surcharge_stands(card, of_freight)


def test_rows_of_a_tabulated_charge_are_no_freight() -> None:
    toll = {"charge": "T1", "value": "8.51", "break_to": "500", "break2_to": "800", "unit": "flat"}
    card = {"rates": [RATE, toll, {"charge": "GRIS", "value": "0.3", "unit": "percent", "applies_to": "goods_value",
                                   "zone": "RJ Capital", "minimum": "5"}],
            "surcharges": [{"code": "T1", "name": "Maut", "basis": "table", "value": "0"}],
            "rules": [{"kind": "tax_inside", "name": "ICMS", "value": "12"}, {"kind": "discount", "value": "68.5"},
                      {"kind": "weight_equivalent", "unit": "m3", "value": "200"}]}  # fmt: skip
    outcome = Outcome("card")
    label = {
        "rates_count": 1, "volumetric": "200 kg/m³", "terms": {"discount_percent": "68.5 off", "FAK": "50–85 → 70"},
        "surcharges": [
            {"name": "Maut", "checks": [{"weight_to": "500", "km_to": "800", "value": "8.51"}]},
            {"name": "GRIS", "unit": "% of the invoice value", "by_region": {"RJ Capital": "0.30, min 5.00"}},
            {"name": "ICMS", "value": "12 % por dentro"},
        ],
    }  # fmt: skip
    compare_card(outcome, "input.csv", card, label, [])
    assert [miss.field for miss in outcome.misses] == ["FAK"]


def test_what_a_card_does_not_say_must_be_left_out() -> None:
    for found, right in (("", 2), ("Blitz", 1)):
        outcome = Outcome("card")
        label = {"carrier": None, "rates_count": 1}
        compare_card(outcome, "input.csv", {"carrier_name": found, "rates": [RATE]}, label, [])
        assert outcome.figures["values_right"] == right


def test_a_charge_has_what_its_shipment_says() -> None:
    bill = {
        "shipments": [{"tracking_number": "P1", "zone": "4", "service": "Ground"}],
        "line_items": [{"description": "Fuel", "zone": "5", "service": None, "shipment": 0}, {"description": "Fee"}],
    }
    first, second = charges_of(bill)
    assert (first["tracking_number"], first["zone"], first["service"]) == ("P1", "5", "Ground")
    assert "tracking_number" not in second


def test_findings_are_taken_once_and_others_are_false() -> None:
    wanted = {"code": "overcharged", "tracking_number": "P1", "charge": "freight", "difference": "1.55", "needs": "x"}
    found = {"code": "overcharged", "tracking_number": "P1", "difference": "1.5500", "description": "freight"}
    outcome = Outcome("bill")
    compare_findings(outcome, "input.csv", [found, found], {"findings": [wanted], "claim_total": "1.55"})
    figures = outcome.figures
    assert (figures["findings_right"], figures["findings_false"], figures["values_right"]) == (1, 1, 0)
    waiting = Outcome("bill")
    unrated = {"code": "not_rated", "tracking_number": "P1", "difference": None}
    compare_findings(waiting, "input.csv", [unrated], {"findings": [wanted]})
    assert (waiting.figures["findings_right"], waiting.figures["findings_acceptable"]) == (0, 1)


@pytest.mark.django_db(transaction=True)
def test_a_folder_goes_through_the_product(own_storage: Path) -> None:
    figures = sum_up([run_case(OWN / "card-weight-and-above", nullcontext)])
    assert (figures["kinds_whole"], figures["checks_right"], figures["quotes_right"]) == (1, 2, 4)
