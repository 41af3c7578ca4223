"""Who takes the identity of a known vendor to be paid to another account is held back, whatever was changed."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from common.roles import Role
from invoices.models import Invoice, Vendor
from invoices.rules.resemblance import look_of, resemble, traits_of
from invoices.services.decisions import approve_invoice
from tests.invoices.books import GERMAN_IBAN, OTHER_IBAN, invoice, read, record_invoice
from tests.people import person

KNOWN = "Nordlicht Werkzeug GmbH"
KNOWN_TAX_ID, OTHER_TAX_ID = "DE136695976", "DE811907980"


def codes(record: Invoice) -> set[str]:
    return {reason.code for reason in record.reasons.all() if reason.blocking}


def recorded(number: str = "R-2", **changes: object) -> Invoice:
    return record_invoice(read=read(invoice(number, **changes), sha256=number), owner_id=None)


@pytest.fixture
def known(db: None) -> Invoice:
    """An invoice of the known vendor that was ready without a reason."""
    record = recorded(
        "R-1",
        vendor_tax_id=KNOWN_TAX_ID,
        vendor_email="billing@nordlicht-werkzeug.example",
        vendor_address="Hafenweg 8, 24103 Kiel",
    )
    assert record.status == Invoice.Status.READY
    return record


@pytest.mark.parametrize(
    "name",
    [
        KNOWN,
        "NORDLICHT WERKZEUG GMBH",
        "Nordlicht Werkzeug",
        "Nordlicht Werkzeug Group GmbH",
        "Nordlicht Werkzeug International Ltd",
        "Nordlicht  Werk-zeug GmbH",
        "Nordlicht Werkzeug G.m.b.H.",
        "Nоrdlicht Wеrkzeug GmbH",  # Cyrillic о and е
        "ΝΟRDLICHT WERKZEUG GmbH",  # Greek capitals
        "Nordl1cht Werkzeug GmbH",
        "NordIicht Werkzeug GmbH",
        "Nordlicht Werkzeugs GmbH",
        "Norlicht Werkzeug GmbH",
        "Nordlihct Werkzeug GmbH",
        "Nordlicht Werkseug GmbH",
    ],
)
@pytest.mark.parametrize("tax_id", [OTHER_TAX_ID, "DE136695977", None])
def test_the_name_of_a_known_vendor_with_another_account_is_held_back(
    known: Invoice, name: str, tax_id: str | None
) -> None:
    swapped = recorded(vendor_name=name, vendor_tax_id=tax_id, iban=OTHER_IBAN)
    assert swapped.status == Invoice.Status.NEEDS_REVIEW
    assert "iban_changed" in codes(swapped)
    assert swapped.vendor == known.vendor or "vendor_identity_conflict" in codes(swapped)


@pytest.mark.parametrize("name", [KNOWN, "Nordlicht Werkzeuge GmbH", "NORDLICHT-WERKZEUG"])
def test_the_same_invoice_under_another_tax_id_is_still_a_suspected_duplicate(known: Invoice, name: str) -> None:
    again = recorded("R-1", vendor_name=name, vendor_tax_id=OTHER_TAX_ID, iban=OTHER_IBAN)
    assert {"suspected_duplicate", "iban_changed", "vendor_identity_conflict"} <= codes(again)


@pytest.mark.parametrize(
    "changes",
    [
        {"vendor_email": "accounts@nordlicht-werkzeug.example"},
        {"vendor_email": "accounts@nordl1cht-werkzeug.example"},
        {"vendor_address": "Hafenweg 8\n24103 KIEL"},
    ],
)
def test_the_domain_or_address_of_a_known_vendor_under_another_name_is_held_back(
    known: Invoice, changes: dict[str, str]
) -> None:
    swapped = recorded(vendor_name="Quick Payments Ltd", vendor_tax_id=OTHER_TAX_ID, iban=OTHER_IBAN, **changes)
    assert codes(swapped) == {"vendor_identity_conflict"}


def test_a_series_of_numbers_of_its_own_belongs_to_one_vendor(db: None) -> None:
    recorded("NLW-2026-118", vendor_tax_id=KNOWN_TAX_ID)
    swapped = recorded("NLW-2026-131", vendor_name="Quick Payments Ltd", iban=OTHER_IBAN)
    assert codes(swapped) == {"vendor_identity_conflict"}
    assert recorded("INV-2026-131", vendor_name="Others Ltd", iban=OTHER_IBAN).status == Invoice.Status.READY


def test_other_vendors_and_the_known_one_pass(known: Invoice) -> None:
    assert recorded("R-3", vendor_tax_id=KNOWN_TAX_ID, invoice_date=date(2026, 3, 3)).status == Invoice.Status.READY
    other = {"iban": OTHER_IBAN, "vendor_tax_id": OTHER_TAX_ID}
    assert recorded("R-4", vendor_name="Südlicht Werkbank AG", **other).status == Invoice.Status.READY
    free_mail = {"vendor_email": "a@gmail.com"}
    assert recorded("R-5", vendor_name="Ofen Meier", iban=OTHER_IBAN, **free_mail).status == Invoice.Status.READY
    assert recorded("R-6", vendor_name="Dach Huber", iban=GERMAN_IBAN, **free_mail).status == Invoice.Status.READY


def test_the_reason_says_what_is_wrong_and_tells_nothing_of_the_known_vendor(known: Invoice) -> None:
    swapped = recorded(vendor_name="Nordlicht Werkzeuge GmbH", vendor_tax_id=OTHER_TAX_ID, iban=OTHER_IBAN)
    message = swapped.reasons.get(code="vendor_identity_conflict").message
    assert message.startswith(
        "The vendor's name is, or looks like, that of a known vendor, which has another tax id and"
    )
    assert KNOWN_TAX_ID not in message
    assert GERMAN_IBAN not in message


def test_a_namesake_that_a_person_approved_passes_from_then_on(known: Invoice) -> None:
    namesake = {"vendor_tax_id": OTHER_TAX_ID, "iban": OTHER_IBAN}
    first = recorded("X-1", **namesake)
    assert first.status == Invoice.Status.NEEDS_REVIEW
    approve_invoice(invoice_id=first.id, by=person("rita", Role.REVIEWER), override="Another company, telephoned")
    assert recorded("X-2", invoice_date=date(2026, 3, 3), **namesake).status == Invoice.Status.READY
    assert Vendor.objects.count() == 2


def test_looks_that_only_share_a_letter_or_two_are_not_alike() -> None:
    assert not resemble(look_of("Shell"), look_of("Snell"))
    assert not resemble(look_of("Nordlicht Werkzeug"), look_of("Nordwind Werkzeug"))
    assert not resemble("", "")
    assert resemble(look_of("Modern Trade"), look_of("Modem Trade"))
    assert ("series", "nlw9-9") in traits_of(replace(invoice(), invoice_number="NLW-2026-118"))
