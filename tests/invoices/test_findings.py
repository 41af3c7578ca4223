"""Findings in the books: recorded with the invoice, decided by people, made anew when invoice or prices change."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal as D
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.core.exceptions import ObjectDoesNotExist

from common.errors import InvalidState, NotFound
from common.roles import Role
from invoices.audit_prices import same_carrier
from invoices.finding_queries import findings_for, in_hand, totals_by_code, totals_by_currency, totals_by_vendor
from invoices.models import Finding, Invoice, RateCard
from invoices.queries import vendor_name_key
from invoices.records import InvoiceData, LineData
from invoices.services.corrections import correct_invoice, preview_correction
from invoices.services.decisions import approve_invoice, reject_invoice
from invoices.services.findings import audit_again, decide_finding
from invoices.services.rate_card_decisions import supersede_rate_card
from invoices.services.recording import record_invoice
from tests.invoices.books import codes, invoice, read, record
from tests.invoices.rate_cards import parcel_card, stored
from tests.people import person

pytestmark = pytest.mark.django_db

Status = Finding.Status


def parcels(*amounts: str, number: str = "B-1", **changes: Any) -> InvoiceData:
    """An invoice of the carrier of ``parcel_card`` with parcels of 1.5 kg to zone 1, for which the card gives 5.20."""
    lines = [
        LineData(
            description="Parcel", tracking_number=f"{number}-{n}", zone="1", billed_weight=D("1.5"), weight_unit="kg",
            amount=D(amount),
        )
        for n, amount in enumerate(amounts)
    ]  # fmt: skip
    net = sum((D(amount) for amount in amounts), D(0))
    values: dict[str, Any] = {
        "vendor_name": "Blitz GmbH", "iban": None, "line_items": lines, "taxes": [], "subtotal": net,
        "tax_amount": D(0), "total_amount": net,
    }  # fmt: skip
    return invoice(number, **{**values, **changes})


def plain_card(**changes: Any) -> Any:
    return parcel_card(**{"fuel": [], "surcharges": [], **changes})


def findings(of: Invoice) -> list[tuple[str, list[int], str, str]]:
    return [(f.code, f.lines, f"{f.billed:.2f}", f.status) for f in of.findings.order_by("position")]


@pytest.fixture
def rita() -> User:
    return person("rita", Role.REVIEWER)


def test_an_overcharge_is_recorded_with_the_invoice_and_is_a_reason_to_look() -> None:
    card = stored(plain_card())
    booked = record(parcels("5.20", "6.20"))
    (finding,) = booked.findings.all()
    assert (finding.code, finding.billed, finding.expected, finding.difference) == (
        "overcharged", D("6.2"), D("5.2"), D("1"),
    )  # fmt: skip
    assert finding.rate_card == card
    assert finding.source == {"value": "Rates!B3"}
    assert codes(booked) == {"overcharged"}
    reason = booked.reasons.get(code="overcharged")
    assert (reason.field, reason.blocking) == ("line_items[1].amount", False)
    assert booked.status == Invoice.Status.NEEDS_REVIEW


def test_right_charges_leave_the_invoice_ready() -> None:
    stored(plain_card())
    assert record(parcels("5.20", "5.20")).status == Invoice.Status.READY


def test_less_than_the_card_is_a_finding_but_no_reason_to_look() -> None:
    stored(plain_card())
    booked = record(parcels("4.20"))
    assert findings(booked) == [("undercharged", [0], "4.20", "open")]
    assert booked.status == Invoice.Status.READY


def test_many_overcharges_are_one_reason_with_their_sum() -> None:
    stored(plain_card())
    booked = record(parcels("6.20", "6.30", "5.20"))
    reason = booked.reasons.get(code="overcharged")
    assert reason.field == ""
    assert reason.message == "2 charges exceed the rate card by 2.10 EUR in total (lines 1, 2)."


def test_a_shipment_billed_by_an_earlier_invoice_is_found_without_a_card() -> None:
    first = record(parcels("5.20", number="B-1"))
    again = parcels("5.20", "7.00", number="B-2")
    again.line_items[0].tracking_number = "b-1-0"
    booked = record(again)
    (finding,) = booked.findings.all()
    assert (finding.code, finding.lines, finding.other_invoice) == ("billed_twice", [0], first)
    assert codes(booked) == {"billed_twice"}


def test_an_invoice_that_came_twice_is_a_suspected_duplicate_and_not_a_list_of_charges() -> None:
    record(parcels("5.20", "5.20", number="B-1"))
    again = record(parcels("5.20", "5.20", number="B-1"))
    assert codes(again) == {"suspected_duplicate"}
    assert findings(again) == []


def test_an_invoice_of_somebody_else_than_the_carrier_is_not_audited() -> None:
    stored(plain_card())
    assert findings(record(parcels("9.99", vendor_name="Langsam GmbH"))) == []


@pytest.mark.parametrize(
    ("vendor", "carrier", "same"),
    [
        ("Blitz GmbH", "BLITZ", True),
        ("Northgale Parcel Ltd", "Northgale Parcel Leipzig GmbH", True),
        ("Blitz GmbH", "Blitz Reinigung GmbH", False),
        ("Northgale Parcel", "Northgale Freight", False),
        ("", "", False),
    ],
)
def test_a_carrier_is_known_by_its_name(vendor: str, carrier: str, same: bool) -> None:
    assert same_carrier(vendor_name_key(vendor), carrier) is same


def test_a_correction_audits_anew_and_its_preview_shows_it(rita: User) -> None:
    stored(plain_card())
    booked = record(parcels("5.20", "6.20"))
    changes = {"line_items": {"change": {1: {"amount": "5.20"}}}, "subtotal": "10.40", "total_amount": "10.40"}
    assert [j.reason.code for j in preview_correction(invoice_id=booked.id, changes=changes).reasons] == []
    corrected = correct_invoice(invoice_id=booked.id, by=rita, changes=changes, version=booked.version)
    assert findings(corrected) == []
    assert corrected.status == Invoice.Status.READY


def test_a_decision_stays_with_a_finding_that_is_found_again(rita: User) -> None:
    stored(plain_card())
    booked = record(parcels("6.20", "7.20"))
    kept = booked.findings.get(billed=D("7.2"))
    decide_finding(finding_id=kept.pk, by=rita, status=Status.DISPUTED, why="claim 17")
    booked.refresh_from_db()
    # The first line goes, so that the other moves up.
    changes = {"line_items": {"remove": [0]}, "subtotal": "7.20", "total_amount": "7.20"}
    correct_invoice(invoice_id=booked.id, by=rita, changes=changes, version=booked.version)
    again = booked.findings.get()
    assert (again.pk, again.lines, again.status, again.why) == (kept.pk, [0], "disputed", "claim 17")


def test_a_decided_finding_that_is_gone_stays_in_the_history(rita: User) -> None:
    stored(plain_card())
    booked = record(parcels("6.20"))
    decide_finding(finding_id=booked.findings.get().pk, by=rita, status=Status.ACCEPTED, why="agreed by phone")
    booked.refresh_from_db()
    changes = {"line_items": {"change": {0: {"amount": "5.20"}}}, "subtotal": "5.20", "total_amount": "5.20"}
    correct_invoice(invoice_id=booked.id, by=rita, changes=changes, version=booked.version)
    gone: Any = booked.changes.filter(field="findings", new__isnull=True).get().old
    assert gone["status"] == "accepted"
    assert "6.20 EUR" in gone["message"]


def test_accepting_the_last_finding_settles_the_reason_and_a_dispute_brings_it_back(rita: User) -> None:
    stored(plain_card())
    booked = record(parcels("6.20", "7.20"))
    first, second = booked.findings.order_by("position")
    decide_finding(finding_id=first.pk, by=rita, status=Status.ACCEPTED)
    assert codes(booked) == {"overcharged"}
    decide_finding(finding_id=second.pk, by=rita, status=Status.ACCEPTED, why="agreed by phone")
    booked.refresh_from_db()
    assert codes(booked) == set()
    assert booked.status == Invoice.Status.READY
    decide_finding(finding_id=first.pk, by=rita, status=Status.DISPUTED, why="claim 17")
    booked.refresh_from_db()
    assert codes(booked) == {"overcharged"}
    assert booked.status == Invoice.Status.NEEDS_REVIEW
    told: list[Any] = list(booked.changes.filter(field="findings").values_list("new__status", "changed_by__username"))
    assert told == [("accepted", "rita"), ("accepted", "rita"), ("disputed", "rita")]


def test_a_finding_of_a_decided_invoice_can_still_be_disputed(rita: User) -> None:
    stored(plain_card())
    booked = record(parcels("6.20"))
    approve_invoice(invoice_id=booked.id, by=rita)
    decided = decide_finding(finding_id=booked.findings.get().pk, by=rita, status=Status.DISPUTED, why="claim 18")
    assert (decided.status, decided.decided_by, decided.why) == ("disputed", rita, "claim 18")
    booked.refresh_from_db()
    assert booked.status == Invoice.Status.APPROVED


def test_what_cannot_be_decided_is_refused(rita: User) -> None:
    stored(plain_card())
    finding = record(parcels("6.20")).findings.get()
    with pytest.raises(InvalidState, match="open already"):
        decide_finding(finding_id=finding.pk, by=rita, status=Status.OPEN)
    with pytest.raises(InvalidState, match="Unknown status paid"):
        decide_finding(finding_id=finding.pk, by=rita, status="paid")
    finding_id = finding.pk
    finding.delete()
    with pytest.raises(NotFound):
        decide_finding(finding_id=finding_id, by=rita, status=Status.DISPUTED)


def test_a_card_that_comes_later_is_held_against_what_is_in_the_books() -> None:
    booked = record(parcels("6.20"))
    assert booked.status == Invoice.Status.READY
    stored(plain_card())
    assert audit_again(invoice_id=booked.id)
    booked.refresh_from_db()
    assert findings(booked) == [("overcharged", [0], "6.20", "open")]
    assert booked.status == Invoice.Status.NEEDS_REVIEW
    assert booked.version == 2
    assert not audit_again(invoice_id=booked.id)
    booked.refresh_from_db()
    assert booked.version == 2


def test_what_a_person_decided_keeps_its_status_and_reasons_when_it_is_audited_again(rita: User) -> None:
    booked = record(parcels("6.20"))
    approve_invoice(invoice_id=booked.id, by=rita)
    stored(plain_card())
    assert audit_again(invoice_id=booked.id)
    booked.refresh_from_db()
    assert booked.status == Invoice.Status.APPROVED
    assert codes(booked) == set()
    assert findings(booked) == [("overcharged", [0], "6.20", "open")]


def test_a_card_taken_out_of_use_takes_its_findings_along(rita: User) -> None:
    card = stored(plain_card())
    booked = record(parcels("6.20"))
    supersede_rate_card(card_id=card.id, by=rita)
    assert RateCard.objects.get(pk=card.pk).audit_due
    assert audit_again(invoice_id=booked.id)
    booked.refresh_from_db()
    assert [row.code for row in booked.findings.all()] == ["not_rated"]
    assert booked.status == Invoice.Status.READY


def test_an_old_invoice_is_priced_by_the_card_that_held_then() -> None:
    stored(plain_card(valid_from=date(2026, 1, 1)))
    stored(plain_card(valid_from=date(2026, 7, 1), rates=parcel_card("9.00", "9.50").rates))
    assert findings(record(parcels("5.20"))) == []
    later = parcels("9.50", number="B-2", invoice_date=date(2026, 8, 1))
    assert findings(record(later)) == []


def test_reading_a_document_again_makes_its_findings_anew() -> None:
    stored(plain_card())
    booked = record(parcels("6.20"))
    record_invoice(read=read(replace(parcels("5.20"))), owner_id=None, existing=booked)
    with pytest.raises(ObjectDoesNotExist):
        booked.findings.get()
    assert codes(booked) == set()


def test_findings_of_rejected_invoices_cost_nothing(rita: User) -> None:
    stored(plain_card())
    booked, rejected = record(parcels("6.20")), record(parcels("7.20", number="B-2"))
    reject_invoice(invoice_id=rejected.id, by=rita, why="Not ours.")
    everything = findings_for(person("ada", Role.ADMIN))
    assert everything.count() == 2
    assert list(in_hand(everything)) == list(booked.findings.all())
    assert [(t.currency, t.open, t.open_count) for t in totals_by_currency(everything)] == [("EUR", D("1"), 1)]
    assert [(t.code, t.difference) for t in totals_by_code(everything)] == [("overcharged", D("1"))]
    assert [t.difference for t in totals_by_vendor(everything, 10)] == [D("1")]
