"""Carriers' bills read by their shape: every shipment and charge, and sums that must be reached."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from processing.content.extraction import Extraction
from processing.errors import CorruptFile
from processing.extractors.rules import extract_by_rules
from processing.readers.detect import detect_media_type
from processing.readers.registry import read_content
from processing.readers.x12 import read_x12
from samples.bills.books import Bill
from samples.bills.draw import all_bills

BILLS = all_bills()


def extracted(data: bytes, filename: str) -> Extraction:
    return extract_by_rules(read_content(data, detect_media_type(data, filename=filename)), filename=filename)


def lines_of(extraction: Extraction) -> list[tuple[Any, ...]]:
    invoice = extraction.to_invoice()
    return sorted(
        (line.tracking_number, line.amount, (line.description or "").casefold(), line.ship_date)
        for line in invoice.line_items
    )


@pytest.mark.parametrize(("bill", "data"), BILLS, ids=[bill.file for bill, _ in BILLS])
def test_every_charge_of_a_drawn_bill_is_a_line_of_its_shipment(bill: Bill, data: bytes) -> None:
    extraction = extracted(data, bill.file)
    wanted = sorted(
        (parcel.number, charge.amount, charge.name.casefold(), parcel.day)
        for parcel in bill.parcels
        for charge in parcel.charges
    )
    assert lines_of(extraction) == wanted
    invoice = extraction.to_invoice()
    for line in invoice.line_items:
        assert line.shipment is not None
        assert invoice.shipments[line.shipment].tracking_number == line.tracking_number


@pytest.mark.parametrize(("bill", "data"), BILLS, ids=[bill.file for bill, _ in BILLS])
def test_the_charges_of_a_bill_come_to_its_total(bill: Bill, data: bytes) -> None:
    extraction = extracted(data, bill.file)
    invoice = extraction.to_invoice()
    assert invoice.total_amount == bill.asked
    assert "charges_do_not_add_up" not in [reason.code for reason in extraction.reasons]
    assert sum((line.amount or Decimal(0) for line in invoice.line_items), Decimal(0)) == bill.net


@pytest.mark.parametrize(("bill", "data"), BILLS, ids=[bill.file for bill, _ in BILLS])
def test_kinds_of_charges_are_told_from_their_words(bill: Bill, data: bytes) -> None:
    invoice = extracted(data, bill.file).to_invoice()
    told = {
        (line.tracking_number, (line.description or "").casefold()): line.charge_kind for line in invoice.line_items
    }
    for parcel in bill.parcels:
        for charge in parcel.charges:
            assert told[parcel.number, charge.name.casefold()] == charge.kind, (parcel.number, charge.name)


def test_what_a_shipment_says_is_kept_with_its_place() -> None:
    bill, data = BILLS[0]
    extraction = extracted(data, bill.file)
    shipment = extraction.to_invoice().shipments[4]
    assert shipment.dimensions == "16 x 12 x 9 in"
    assert (shipment.actual_weight, shipment.billed_weight, shipment.weight_unit) == (Decimal("12.6"), 22, "lb")
    assert shipment.references == ["ORD-7005"]
    assert extraction.shipments[4]["zone"].place is not None
    assert extraction.shipments[4]["zone"].place.cell == "I6"


def test_a_bill_whose_charges_miss_its_total_is_held_back() -> None:
    bill, data = BILLS[0]
    text = data.decode().replace(str(bill.net), str(bill.net + 5))
    reasons = [
        reason for reason in extracted(text.encode(), bill.file).reasons if reason.code == "charges_do_not_add_up"
    ]
    assert [reason.blocking for reason in reasons] == [True]
    assert "5.00 is missing" in reasons[0].message


def test_a_shipment_whose_charges_miss_its_sum_is_held_back() -> None:
    bill, data = BILLS[0]
    row = data.decode().splitlines()[1]
    changed = row.replace(f'"{bill.parcels[0].total}"', f'"{bill.parcels[0].total + 1}"')
    reasons = extracted(data.decode().replace(row, changed).encode(), bill.file).reasons
    assert [reason.code for reason in reasons] == ["charges_do_not_add_up"]
    assert bill.parcels[0].number in reasons[0].message


def test_another_invoice_in_the_same_data_file_is_not_mixed_in() -> None:
    bill, data = BILLS[0]
    rows = data.decode().splitlines()
    other = rows[1].replace(bill.number, "K-5000000")
    extraction = extracted("\n".join([*rows, other]).encode(), bill.file)
    assert len(extraction.lines) == sum(len(parcel.charges) for parcel in bill.parcels)
    assert "several_invoices" in [reason.code for reason in extraction.reasons]


def test_edi_without_an_interchange_header_is_refused() -> None:
    with pytest.raises(CorruptFile):
        read_x12(b"ST*210*0001~B3*1*2~SE*3*0001~")


def test_separators_of_an_interchange_are_those_that_its_header_says() -> None:
    data = next(data for bill, data in BILLS if bill.file.endswith(".edi"))
    other = data.replace(b"*", b"|").replace(b"~\n", b"\x1e")
    assert lines_of(extracted(other, "bill.edi")) == lines_of(extracted(data, "bill.edi"))


def test_a_charge_named_by_nothing_but_the_thing_that_moves_is_the_freight() -> None:
    data = (Path(__file__).parents[2] / "samples" / "documents" / "24_northgale_parcels.pdf").read_bytes()
    lines = extracted(data, "24_northgale_parcels.pdf").to_invoice().line_items
    kinds = {(line.description or ""): line.charge_kind for line in lines}
    assert kinds["Parcel"] == "freight"
    assert kinds["Saturday delivery"] == "accessorial"


def row_a_charge(*rows: str) -> bytes:
    head = "Invoice number,Tracking number,Ship date,Zone,Pieces,Charge description,Amount"
    return "\n".join([head, *(f"R-1,{row}" for row in rows)]).encode()


@pytest.mark.parametrize(("pieces", "billings"), [("5", 2), ("2", 1)])
def test_charges_that_all_stand_again_are_another_billing_unless_each_piece_has_its_own(
    pieces: str, billings: int
) -> None:
    once = [f"T100,2026-03-02,4,{pieces},Freight,10.00", f"T100,2026-03-02,4,{pieces},Fuel,1.50"]
    other = "T200,2026-03-02,4,1,Freight,8.00"
    invoice = extracted(row_a_charge(*once, *once, other), "rows.csv").to_invoice()
    assert [each.tracking_number for each in invoice.shipments] == ["T100"] * billings + ["T200"]
