"""Parcels of one multiweight or hundredweight number: one shipment, each charge with its own tracking number."""

from __future__ import annotations

from datetime import date
from decimal import Decimal as D

from invoices.auditing import audit_invoice
from invoices.rate_records import CardData, FuelBandData, RateData
from invoices.records import InvoiceData
from processing.extractors.rules import extract_by_rules
from processing.readers import media_types
from processing.readers.registry import read_content
from tests.invoices.bill_cards import OwnPrices

HEAD = (
    "Invoice Number,Invoice Date,Tracking Number,Ship Date,Service,Zone,Billed Weight,Weight Unit,{},Freight Charge,"
    "Fuel Surcharge,Net Charge"
)


def read(column: str, *rows: str) -> InvoiceData:
    text = "\n".join([HEAD.format(column), *(f"B-9,03/20/2026,{row}" for row in rows)])
    return extract_by_rules(read_content(text.encode(), media_types.CSV), filename="bill.csv").to_invoice()


def card() -> CardData:
    """Up to 100 lb 40.00 a parcel; from 200 lb on 0.30 a pound; fuel 10 %."""
    return CardData(
        carrier_name="Blitz", currency="USD", weight_unit="lb", valid_from=date(2026, 1, 1),
        valid_to=date(2026, 12, 31),
        rates=[
            RateData(D(40), zone="4", break_basis="weight", break_from=D(0), break_to=D(100), break_unit="lb"),
            RateData(D("0.30"), unit="lb", zone="4", break_basis="weight", break_from=D(200), break_unit="lb"),
        ],
        fuel=[FuelBandData(D(10))],
    )  # fmt: skip


def findings(invoice: InvoiceData) -> list[tuple[str, D | None]]:
    invoice.currency = "USD"
    return [(each.code, each.difference) for each in audit_invoice(invoice, OwnPrices(card()))]


def test_parcels_of_a_multiweight_number_are_rated_by_their_weight_together() -> None:
    rows = [f"T10{n},03/1{n}/2026,Ground,4,70,lb,M-771,{amount},{fuel},{total}" for n, amount, fuel, total in (
        (1, "21.00", "2.10", "23.10"), (2, "21.00", "2.10", "23.10"), (3, "21.00", "2.10", "23.10"))]  # fmt: skip
    invoice = read("Multiweight Number", *rows, "T104,03/14/2026,Ground,4,70,lb,,40.00,4.00,44.00")
    assert [(s.billed_weight, s.pieces) for s in invoice.shipments] == [(D(210), D(3)), (D(70), None)]
    assert [line.tracking_number for line in invoice.line_items[::2]] == ["T101", "T102", "T103", "T104"]
    assert findings(invoice) == []


def test_what_a_multiweight_shipment_costs_above_its_price_is_one_finding() -> None:
    rows = [f"T10{n},03/11/2026,Ground,4,70,lb,M-771,24.00,2.40,26.40" for n in (1, 2, 3)]
    assert findings(read("Multiweight Number", *rows)) == [("overcharged", D(9)), ("overcharged", D("0.90"))]


def test_parcels_of_a_lead_number_are_one_only_where_the_service_says_hundredweight() -> None:
    one = [f"T10{n},03/11/2026,Ground Hundredweight,4,70,lb,T101,21.00,2.10,23.10" for n in (1, 2, 3)]
    assert len(read("Lead Shipment Number", *one).shipments) == 1
    apart = [f"T10{n},03/11/2026,Ground,4,70,lb,T101,40.00,4.00,44.00" for n in (1, 2, 3)]
    invoice = read("Lead Shipment Number", *apart)
    assert len(invoice.shipments) == 3
    assert findings(invoice) == []
