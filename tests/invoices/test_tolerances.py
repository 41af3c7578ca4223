"""Tolerances of the audit: at their boundary, the nearest one, stored, and what a change of them sets off."""

from __future__ import annotations

from decimal import Decimal as D

import pytest
from django.core.exceptions import ValidationError
from django.test import Client
from django.urls import reverse

from common.roles import Role
from invoices.auditing.records import FindingCode, FindingData
from invoices.auditing.tolerances import Tolerance, beyond_tolerance
from invoices.models import AuditTolerance, Invoice, RateCard
from invoices.records import ChargeKind
from invoices.services.findings import audit_again
from invoices.services.tolerances import delete_tolerances, save_tolerance
from tests.invoices.audited import CARRIER, carrier_card, carrier_invoice, line, parcel
from tests.people import person


def finding(billed: str, expected: str, kind: ChargeKind = "freight", code: FindingCode = "overcharged") -> FindingData:
    return FindingData(
        code=code, charge=kind, lines=(0,), billed=D(billed), expected=D(expected), currency="EUR", message=""
    )


def is_claimed(of: FindingData, *tolerances: Tolerance) -> bool:
    return bool(beyond_tolerance([of], tolerances))


@pytest.mark.parametrize(
    ("billed", "tolerance", "claimed"),
    [
        ("100.50", Tolerance("", D("0.50"), D(0)), False),
        ("100.51", Tolerance("", D("0.50"), D(0)), True),
        ("102.00", Tolerance("", D(0), D("2")), False),
        ("102.01", Tolerance("", D(0), D("2")), True),
        ("102.00", Tolerance("", D("0.50"), D("2")), False),  # the larger of both
        ("100.50", Tolerance("", D("0.50"), D("0.1")), False),
        ("98.00", Tolerance("", D(0), D("2")), False),  # what is too little, too
        ("97.99", Tolerance("", D(0), D("2")), True),
        ("100.01", Tolerance("", D(0), D(0)), True),
    ],
)
def test_a_difference_as_much_as_the_tolerance_is_borne_and_a_cent_more_is_claimed(
    billed: str, tolerance: Tolerance, claimed: bool
) -> None:
    code: FindingCode = "overcharged" if D(billed) > 100 else "undercharged"
    assert is_claimed(finding(billed, "100.00", code=code), tolerance) is claimed


def test_the_nearest_tolerance_counts_even_where_it_bears_less() -> None:
    everybody, of_fuel = Tolerance("", D(5), D(0)), Tolerance("fuel", D(1), D(0))
    own, own_fuel = Tolerance("", D(2), D(0), own=True), Tolerance("fuel", D(0), D(0), own=True)
    fuel = finding("101.50", "100.00", "fuel")
    assert not is_claimed(fuel, everybody)
    assert is_claimed(fuel, everybody, of_fuel)
    assert not is_claimed(fuel, everybody, of_fuel, own)
    assert is_claimed(fuel, everybody, of_fuel, own, own_fuel)
    assert not is_claimed(finding("101.50", "100.00"), own_fuel, of_fuel, own)
    assert is_claimed(finding("101.50", "100.00"), own_fuel, of_fuel)


def test_what_was_never_agreed_or_is_billed_twice_is_always_claimed() -> None:
    most = Tolerance("", D(1000), D(100))
    assert is_claimed(finding("1.00", "0.00", code="charge_not_on_card"), most)
    assert is_claimed(finding("1.00", "0.00", code="billed_twice"), most)


def found(of: Invoice) -> list[str]:
    return [each.code for each in of.findings.order_by("position")]


@pytest.mark.django_db
def test_a_stored_tolerance_is_used_and_its_change_has_the_carriers_invoices_audited_again() -> None:
    card, other = carrier_card(), carrier_card(carrier_name="Andere Fracht")
    bill = carrier_invoice(lines=[parcel("5.25", number="P1"), line("Fuel surcharge", "0.52", tracking_number="P1")])
    assert found(bill) == ["overcharged"]
    RateCard.objects.update(audit_due=False)
    kept = AuditTolerance(carrier_name=CARRIER, kind="freight", amount=D("0.05"))
    save_tolerance(kept)
    card.refresh_from_db()
    other.refresh_from_db()
    assert (card.audit_due, other.audit_due) == (True, False)
    audit_again(invoice_id=bill.pk)
    assert found(bill) == []
    kept.amount = D("0.04")
    save_tolerance(kept)
    audit_again(invoice_id=bill.pk)
    assert found(bill) == ["overcharged"]
    kept.carrier_name = "Andere Fracht"
    kept.amount = D(1)
    save_tolerance(kept)
    other.refresh_from_db()
    audit_again(invoice_id=bill.pk)
    assert found(bill) == ["overcharged"]
    assert other.audit_due
    delete_tolerances([kept])
    assert not AuditTolerance.objects.exists()


@pytest.mark.django_db
def test_one_carrier_has_one_tolerance_of_a_kind_within_limits() -> None:
    save_tolerance(AuditTolerance(carrier_name="Blitz Paket", kind="fuel", percent=D(1)))
    for wrong in (
        AuditTolerance(carrier_name="BLITZ PAKET", kind="fuel"),
        AuditTolerance(kind="fuel", amount=D("-0.01")),
        AuditTolerance(kind="fuel", percent=D("100.001")),
    ):
        with pytest.raises(ValidationError):
            wrong.full_clean()


@pytest.mark.django_db
def test_admins_set_tolerances_on_their_page_and_viewers_only_read_them() -> None:
    carrier_card()
    bill = carrier_invoice(lines=[parcel("5.25", number="P1"), line("Fuel surcharge", "0.52", tracking_number="P1")])
    client, add = Client(), reverse("admin:invoices_audittolerance_add")
    admin = person("ada", Role.ADMIN)
    viewer = person("vera", Role.VIEWER)
    for user in (admin, viewer):
        user.is_staff = True
        user.save()
    values = {"carrier_name": f" {CARRIER} ", "kind": "", "amount": "0.05", "percent": "0"}
    client.force_login(viewer)
    assert client.post(add, values).status_code == 403
    assert client.get(reverse("admin:invoices_audittolerance_changelist")).status_code == 200
    client.force_login(admin)
    assert client.post(add, values).status_code == 302
    row = AuditTolerance.objects.get()
    assert (row.carrier_name, row.amount) == (CARRIER, D("0.05"))
    audit_again(invoice_id=bill.pk)
    assert found(bill) == []
    assert b"Blitz Paket" in client.get(reverse("admin:invoices_audittolerance_changelist")).content
