"""Bidi controls (UAX 9) reach no name by which something is found, rated or paid; raw text shows them as such."""

from __future__ import annotations

from decimal import Decimal as D

import pytest

from common.roles import Role
from invoices.models import RateCard, Vendor
from invoices.rate_records import RateData, SurchargeData, ZoneData
from invoices.records import InvoiceData
from invoices.rules.catalogue import reason
from invoices.services.rate_card_decisions import correct_rate_card
from invoices.services.rate_cards import ReadRateCard, record_rate_cards
from invoices.services.vendors import change_vendor, edited_values, split_vendor
from invoices.values.fields import parse_field
from processing.content.extraction import Extraction, FieldValue
from processing.pipeline.recording import read_invoice
from processing.sandbox import calls
from tests.invoices.books import invoice, record
from tests.invoices.rate_cards import parcel_card, stored
from tests.people import person

RLO, PDF = "\u202e", "\u202c"
pytestmark = pytest.mark.django_db


def test_names_of_a_rate_card_are_without_them_and_what_refers_to_one_still_does() -> None:
    card = parcel_card(
        carrier_name=f"Bli{RLO}tz{PDF}",
        rates=[
            RateData(D("4.50"), service=f"Ex{RLO}press", zone=f"Z{RLO}1", charge="", source={"value": "Rates!B2"}),
            RateData(D("2.00"), service=f"Ex{RLO}press", zone=f"Z{RLO}1", charge=f"To{RLO}ll"),
        ],
        surcharges=[
            SurchargeData(
                f"To{RLO}ll",
                D(0),
                basis="table",
                conditions=[{"on": "zone", "values": [f"Z{RLO}1"]}],
            )
        ],
        evidence={"carrier_name": {"cell": "Rates!A1", "text": f"Bli{RLO}tz"}},
    )
    card.zones = [ZoneData(f"Z{RLO}1", "100", "199", "DE")]
    told = reason("value_beyond_column", "rates", f"“Pri{RLO}ce” is too large.")
    made = stored(card, reasons=(told,))
    made.refresh_from_db()
    assert made.carrier_name == "Blitz"
    assert made.evidence["carrier_name"]["text"] == "Bli‹U+202E›tz"
    assert set(made.rates.values_list("service", "zone", "charge")) == {
        ("Express", "Z1", ""),
        ("Express", "Z1", "Toll"),
    }
    assert made.zones.get().zone == "Z1"
    surcharge = made.surcharges.get()
    assert (surcharge.name, surcharge.conditions[0]["values"]) == ("Toll", ["Z1"])
    assert RLO not in str(made.offers)
    assert "Pri‹U+202E›ce" in made.reasons.get(code="value_beyond_column").message


def test_a_list_read_again_finds_its_carriers_in_spite_of_them() -> None:
    def reads() -> list[ReadRateCard]:
        cards = [parcel_card(carrier_name=name) for name in ("Blitz", f"Fal{RLO}ke")]
        return [ReadRateCard(card=card, reasons=(), method="rules", sha256="a" * 64, mapping={}) for card in cards]

    first = record_rate_cards(reads=reads(), owner_id=None)
    record_rate_cards(reads=reads(), owner_id=None, existing=first)
    assert sorted(RateCard.objects.values_list("carrier_name", flat=True)) == ["Blitz", "Falke"]


def test_what_people_write_into_a_card_is_without_them() -> None:
    card = stored(parcel_card())
    rita = person("rita", Role.REVIEWER)
    correct_rate_card(card_id=card.id, by=rita, changes={"carrier_name": f"Bli{RLO}x"})
    card.refresh_from_db()
    assert card.carrier_name == "Blix"
    assert card.changes.get(field="carrier_name").new == "Blix"


def test_vendors_that_people_edit_have_names_without_them() -> None:
    rita = person("rita", Role.REVIEWER)
    vendor = Vendor.objects.create(name="Acme", name_key="acme")
    changes = {
        "name": f"Ac{RLO}me Ltd",
        "tax_id": f"GB{RLO}123",
        "payment_terms": f"30{PDF} days",
        "other_names": [f"AC{RLO}M"],
    }
    change_vendor(vendor_id=vendor.pk, changes={**changes, "other_names": [f"AC{RLO}M"]}, by=rita)
    vendor.refresh_from_db()
    assert (vendor.name, vendor.tax_id, vendor.payment_terms) == ("Acme Ltd", "GB123", "30 days")
    assert edited_values(vendor)["other_names"] == ["ACM"]


def test_a_vendor_that_people_split_off_has_a_name_without_them() -> None:
    kept, moved = (record(invoice(number)) for number in ("R-1", "R-2"))
    assert kept.vendor is not None
    rita = person("rita", Role.REVIEWER)
    new = split_vendor(vendor_id=kept.vendor.pk, invoice_ids=[moved.pk], name=f"Süd{RLO}licht", by=rita)
    assert (new.name, new.name_key) == ("Südlicht", "südlicht")


def test_parties_of_a_bill_are_without_them_and_their_evidence_shows_them() -> None:
    def value(text: str) -> FieldValue:
        return FieldValue(text.replace("|", RLO), text.replace("|", RLO), "rules")

    extraction = Extraction(
        method="rules",
        fields={"vendor_name": value("Ac|me"), "buyer_name": value("Con|toso")},
        lines=[{"description": value("Frei|ght"), "service": value("Ex|press")}],
        shipments=[{"payer": value("Third| party"), "origin": value("Ham|burg"), "references": value("A|1\nB2")}],
        shipment_of=[0],
    )
    read = read_invoice(extraction, sha256="a" * 64)
    bill: InvoiceData = read.invoice
    assert (bill.vendor_name, bill.buyer_name) == ("Acme", "Contoso")
    assert (bill.line_items[0].description, bill.line_items[0].service) == ("Freight", "Express")
    shipment = bill.shipments[0]
    assert (shipment.payer, shipment.origin, shipment.references) == ("Third party", "Hamburg", ["A1", "B2"])
    assert read.evidence["shipments[0].payer"]["text"] == "Third‹U+202E› party"


def test_what_people_write_into_an_invoice_is_without_them() -> None:
    assert parse_field("vendor_name", f"Ac{RLO}me{PDF} Ltd") == "Acme Ltd"


def test_the_rows_beside_a_mapping_show_them() -> None:
    packed = calls.read_packed_rows(f"Zone,Price\n1,4.50\nA{RLO}B,5.20\n".encode(), "text/csv")
    cells = [cell[1] for row in packed.window(sheet=0, first=0, count=10)["rows"] for cell in row["cells"]]
    assert "A‹U+202E›B" in cells
    assert RLO not in "".join(cells)
