"""Carriers' bills in the books: shipments, kinds of charges, causes of findings, and their export."""

from __future__ import annotations

from decimal import Decimal as D

import pytest
from django.contrib.auth.models import User
from rest_framework.test import APIClient

from invoices.exporting.findings import COLUMNS, finding_table
from invoices.models import Finding, FuelIndexValue, Invoice
from invoices.queries import invoice_data
from invoices.services.recording import record_invoice
from processing.content.extraction_codec import extraction_from_json, extraction_to_json
from processing.extractors.rules import extract_by_rules
from processing.pipeline.recording import read_invoice
from processing.readers.detect import detect_media_type
from processing.readers.registry import read_content
from samples.bills.books import Bill
from samples.bills.draw import all_bills
from tests.invoices.bill_cards import card_of
from tests.invoices.rate_cards import stored

pytestmark = pytest.mark.django_db
BILLS = {bill.file: (bill, data) for bill, data in all_bills()}


def recorded(name: str, owner: User | None = None) -> tuple[Bill, Invoice]:
    """A drawn bill as the pipeline records it, with its carrier where the file does not name it."""
    bill, data = BILLS[name]
    content = read_content(data, detect_media_type(data, filename=name))
    extraction = extraction_from_json(extraction_to_json(extract_by_rules(content, filename=name)))
    read = read_invoice(extraction, sha256=name.encode().hex()[:64])
    read.invoice.vendor_name = bill.carrier
    return bill, record_invoice(read=read, owner_id=owner.pk if owner else None)


@pytest.mark.parametrize("name", ["kestrel_wide.csv", "prairie_statement.pdf", "weserland_liste.pdf"])
def test_a_stored_bill_is_audited_by_the_stored_card(name: str) -> None:
    bill, _ = BILLS[name]
    stored(card_of(bill.tariff))
    _, invoice = recorded(name)
    found = sorted((f.code, f.tracking_number, f.difference, f.cause) for f in invoice.findings.all())
    planted = sorted((f["code"], f["tracking_number"], D(f["difference"]), f["cause"]) for f in bill.findings)
    assert found == planted


def test_shipments_are_kept_and_come_back_as_they_were_read() -> None:
    bill, invoice = recorded("kestrel_wide.csv")
    data = invoice_data(Invoice.objects.get(pk=invoice.pk))
    assert [shipment.tracking_number for shipment in data.shipments] == [parcel.number for parcel in bill.parcels]
    assert data.shipments[4].dimensions == "16 x 12 x 9 in"
    assert {line.charge_kind for line in data.line_items} == {"freight", "fuel", "accessorial", "discount", "credit"}
    assert all(line.shipment is not None for line in data.line_items)


def test_the_api_shows_shipments_charges_and_causes() -> None:
    owner = User.objects.create_superuser("ada")
    stored(card_of(BILLS["kestrel_wide.csv"][0].tariff))
    _, invoice = recorded("kestrel_wide.csv", owner)
    client = APIClient(SERVER_NAME="localhost")
    client.force_authenticate(owner)
    body = client.get(f"/api/v1/invoices/{invoice.id}/").json()
    line = body["line_items"][0]
    assert body["shipments"][line["shipment"]]["tracking_number"] == line["tracking_number"]
    assert line["charge_kind"] == "freight"
    assert {finding["cause"] for finding in body["findings"]} >= {"wrong_rate", "dimensional_weight", "duplicate"}
    assert body["evidence"]["shipments[4].dimensions"]["cell"].startswith("N")


def test_the_export_says_what_a_carrier_needs_and_nothing_of_ours() -> None:
    stored(card_of(BILLS["kestrel_wide.csv"][0].tariff))
    recorded("kestrel_wide.csv")
    rows = [dict(zip(COLUMNS, row, strict=True)) for row in finding_table(Finding.objects.order_by("position"))]
    assert not [name for name in COLUMNS if name == "id" or name.endswith("_id")]
    dear = next(row for row in rows if row["cause"] == "wrong_rate")
    assert dear["ship_date"] is not None
    assert (dear["zone"], dear["service"], dear["weight_unit"]) == ("5", "Kestrel Ground", "lb")
    assert "1!5" in dear["source"]


def test_two_invoices_that_bill_the_same_do_not_claim_each_other() -> None:
    stored(card_of(BILLS["kestrel_wide.csv"][0].tariff))
    _, first = recorded("kestrel_wide.csv")
    before = first.findings.filter(code="billed_twice").count()
    bill, data = BILLS["kestrel_wide.csv"]
    text = data.replace(bill.number.encode(), b"K-9999999")
    content = read_content(text, "text/csv")
    read = read_invoice(extract_by_rules(content, filename="again.csv"), sha256="f" * 64)
    second = record_invoice(read=read, owner_id=None)
    assert second.findings.filter(code="billed_twice", other_invoice=first).count() > 20
    from invoices.services.findings import audit_again

    audit_again(invoice_id=first.pk)
    assert first.findings.filter(code="billed_twice").count() == before


def test_fuel_goes_by_the_series_that_is_kept() -> None:
    bill, _ = BILLS["prairie_statement.pdf"]
    stored(card_of(bill.tariff))
    FuelIndexValue.objects.create(index_name="DOE diesel", published="2026-04-06", value=D("3.41"))
    _, invoice = recorded("prairie_statement.pdf")
    fuel = invoice.findings.filter(charge="fuel", cause="fuel")
    assert fuel.exists()
    assert all("index 3.41" in finding.how for finding in fuel)
