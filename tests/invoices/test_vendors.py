"""The vendor list: candidates, what reviewers change, merging and splitting, and the page of a vendor."""

from __future__ import annotations

from datetime import date

import pytest
from django.contrib.auth.models import User
from django.test import Client
from django.urls import reverse

from common.errors import InvalidFields, InvalidState
from common.roles import Role
from invoices.models import Invoice, Vendor, VendorMemory
from invoices.services.corrections import correct_invoice
from invoices.services.decisions import approve_invoice
from invoices.services.vendors import change_vendor, merge_vendors, split_vendor
from tests.invoices.books import GERMAN_IBAN, OTHER_IBAN, codes, invoice, record
from tests.people import staff

pytestmark = pytest.mark.django_db
LIST = "admin:invoices_vendor_changelist"


@pytest.fixture
def rita(db: None) -> User:
    return staff("rita", Role.REVIEWER)


def approved(rita: User, number: str = "R-1", **changes: object) -> Invoice:
    return approve_invoice(invoice_id=record(invoice(number, **changes), sha256=number).pk, by=rita, override="seen")


def page(vendor: Vendor) -> str:
    return reverse("admin:invoices_vendor_change", args=[vendor.pk])


def test_a_name_that_was_read_is_a_candidate_until_an_invoice_is_approved(rita: User, client: Client) -> None:
    read = record(invoice())
    client.force_login(rita)
    assert "Nordlicht" not in client.get(reverse(LIST)).content.decode()
    assert "Nordlicht" in client.get(reverse(LIST), {"list": "candidates"}).content.decode()
    approve_invoice(invoice_id=read.pk, by=rita)
    assert "Nordlicht" in client.get(reverse(LIST)).content.decode()
    assert Vendor.objects.get().changes.get().changed_by == rita


def test_a_misread_name_leaves_nothing_behind_when_it_is_corrected(rita: User) -> None:
    read = record(invoice(vendor_name="RECHNUNG Nr"))
    correct_invoice(invoice_id=read.pk, by=rita, changes={"vendor_name": "Nordlicht Werkzeug GmbH"}, version=None)
    assert [vendor.name for vendor in Vendor.objects.all()] == ["Nordlicht Werkzeug GmbH"]


def test_reviewers_change_a_vendor_and_each_change_is_kept(rita: User) -> None:
    vendor = approved(rita).vendor
    assert vendor is not None
    changes = {
        "name": "Nordlicht AG",
        "tax_id": "DE136695976",
        "other_names": "Nordlicht Tools\n",
        "payment_terms": "30",
    }
    change_vendor(vendor_id=vendor.pk, changes=changes, by=rita, why="register")
    vendor.refresh_from_db()
    assert (vendor.name, vendor.name_key, vendor.payment_terms) == ("Nordlicht AG", "nordlicht", "30")
    kept = {change.field: (change.old, change.new) for change in vendor.changes.all() if change.why == "register"}
    assert kept["name"] == ("Nordlicht Werkzeug GmbH", "Nordlicht AG")
    assert kept["other_names"] == ([], ["Nordlicht Tools"])
    assert record(invoice("R-2", vendor_name="Nordlicht Tools Ltd", invoice_date=date(2026, 4, 1))).vendor == vendor


@pytest.mark.parametrize(
    "changes",
    [{"name": ""}, {"ibans": "DE00123"}, {"country": "Germany"}, {"tax_id": "1" * 61}, {"tax_id": "DE811907980"}],
)
def test_what_cannot_be_kept_is_refused_with_its_field(rita: User, changes: dict[str, str]) -> None:
    vendor = approved(rita).vendor
    approved(rita, "S-1", vendor_name="Other Ltd", vendor_tax_id="DE811907980", iban=None)
    assert vendor is not None
    with pytest.raises(InvalidFields) as refused:
        change_vendor(vendor_id=vendor.pk, changes=changes, by=rita)
    assert refused.value.errors[0].field == next(iter(changes))


def test_an_invoice_with_a_blocked_account_is_held_back(rita: User) -> None:
    vendor = approved(rita).vendor
    assert vendor is not None
    change_vendor(vendor_id=vendor.pk, changes={"blocked_ibans": GERMAN_IBAN}, by=rita)
    later = record(invoice("R-2", invoice_date=date(2026, 4, 1)))
    assert codes(later) == {"account_blocked"}


def test_two_vendors_become_one_and_the_next_invoice_of_either_finds_it(rita: User) -> None:
    kept = approved(rita, vendor_tax_id="DE136695976").vendor
    other = approved(rita, "S-1", vendor_name="Sued Bohrer KG", vendor_tax_id="DE811907980", iban=OTHER_IBAN).vendor
    assert kept is not None
    assert other is not None
    merge_vendors(keep_id=kept.pk, other_id=other.pk, by=rita, why="taken over")
    assert list(Vendor.objects.all()) == [kept]
    kept.refresh_from_db()
    assert kept.ibans == [GERMAN_IBAN, OTHER_IBAN]
    later = invoice("S-2", vendor_name="Sued Bohrer KG", vendor_tax_id="DE811907980", iban=OTHER_IBAN)
    assert record(later).vendor == kept
    with pytest.raises(InvalidState):
        merge_vendors(keep_id=kept.pk, other_id=kept.pk, by=rita)


def test_a_vendor_is_split_with_its_invoices_and_accounts(rita: User) -> None:
    first = approved(rita)
    second = approved(rita, "R-2", iban=OTHER_IBAN, invoice_date=date(2026, 4, 1))
    vendor = first.vendor
    assert vendor is not None
    assert vendor == second.vendor
    new = split_vendor(vendor_id=vendor.pk, invoice_ids=[second.pk], name="Nordlicht Werkzeug Süd", by=rita)
    second.refresh_from_db()
    vendor.refresh_from_db()
    assert (second.vendor, new.ibans, vendor.ibans) == (new, [OTHER_IBAN], [GERMAN_IBAN])
    with pytest.raises(InvalidState):
        split_vendor(vendor_id=vendor.pk, invoice_ids=[first.pk], name="Nobody", by=rita)


def test_the_page_says_in_plain_words_what_is_known_and_lets_it_be_forgotten(rita: User, client: Client) -> None:
    taught = approved(rita)
    vendor = taught.vendor
    assert vendor is not None
    entry = VendorMemory.objects.create(
        vendor=vendor, kind="field", field="invoice_number", key="right docket", label="docket", relation="right",
        confirmed=1,
    )  # fmt: skip
    entry.lessons.create(invoice=taught, taught_by=rita)
    client.force_login(rita)
    shown = client.get(page(vendor)).content.decode()
    assert "the invoice number stands right of “docket”" in shown
    assert "R-1" in shown
    assert "119.00" in shown
    assert not any(word in shown for word in ("Ibans", "Name key", "name_key", "[]"))
    client.post(reverse("admin:invoices_vendor_forget", args=[vendor.pk]), {"entry": str(entry.pk)})
    entry.refresh_from_db()
    assert (entry.forgotten_by, entry.is_used) == (rita, False)
    client.post(reverse("admin:invoices_vendor_forget", args=[vendor.pk]), {"entry": str(entry.pk), "again": "1"})
    entry.refresh_from_db()
    assert entry.is_used
    told = client.get(reverse("admin:invoices_vendor_export", args=[vendor.pk])).json()
    assert told["vendors"][0]["memory"][0]["label"] == "docket"


def test_who_only_looks_changes_nothing(rita: User, client: Client) -> None:
    vendor = approved(rita).vendor
    assert vendor is not None
    client.force_login(staff("vera", Role.VIEWER))
    shown = client.get(page(vendor))
    assert shown.status_code == 200
    assert "<textarea" not in shown.content.decode()
    for name in ("save", "merge", "split", "forget"):
        assert client.post(reverse(f"admin:invoices_vendor_{name}", args=[vendor.pk]), {"name": "X"}).status_code == 403
    vendor.refresh_from_db()
    assert vendor.name == "Nordlicht Werkzeug GmbH"


def test_what_is_typed_on_the_page_is_saved_or_refused_with_a_sentence(rita: User, client: Client) -> None:
    vendor = approved(rita).vendor
    assert vendor is not None
    client.force_login(rita)
    url = reverse("admin:invoices_vendor_save", args=[vendor.pk])
    assert "Saved." in client.post(url, {"payment_terms": "30 days net"}, follow=True).content.decode()
    vendor.refresh_from_db()
    assert vendor.payment_terms == "30 days net"
    refused = client.post(url, {"ibans": "DE00"}, follow=True).content.decode()
    assert "fails its checksum" in refused
