"""What people change and decide: values checked as those of the machine, every change kept, nothing lost unnoticed."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from django.contrib.auth.models import User
from pytest_django import Settings

from common.errors import InvalidFields, InvalidState, NotFound, SecondPersonNeeded, VersionConflict
from common.roles import Role
from invoices.events import invoice_event
from invoices.models import Invoice, InvoiceChange, MachineReading, Vendor
from invoices.queries import stored_evidence
from invoices.records import ReviewReason
from invoices.services.assignment import assign_invoice, unassign_invoice
from invoices.services.corrections import correct_invoice, preview_correction
from invoices.services.decisions import (
    accept_reason,
    approve_invoice,
    approve_invoices,
    reject_invoice,
    reopen_invoice,
    withdraw_acceptance,
)
from invoices.services.recording import record_invoice
from tests.invoices.books import OTHER_IBAN, codes, invoice, read, record
from tests.people import person

pytestmark = pytest.mark.django_db


@pytest.fixture
def dana() -> User:
    return person("dana", Role.REVIEWER)


def correct(record: Invoice, by: User, changes: dict[str, Any], **options: Any) -> Invoice:
    return correct_invoice(invoice_id=record.id, by=by, changes=changes, version=record.version, **options)


def wrong_total() -> Invoice:
    return record(invoice(total_amount=Decimal("191.00")))


# --- Values ---------------------------------------------------------------------------------------------------------


def test_a_corrected_total_takes_its_reason_away_and_is_kept_in_the_history(dana: User) -> None:
    wrong = wrong_total()
    assert "total_mismatch" in codes(wrong)
    right = correct(wrong, dana, {"total_amount": "119,00"}, why="Digits turned round")
    assert (right.total_amount, right.status, right.version) == (Decimal("119.00"), Invoice.Status.READY, 2)
    assert codes(right) == set()
    assert (wrong.confidence or 0) < (right.confidence or 0)
    change = InvoiceChange.objects.get(invoice=right)
    assert (change.field, change.old, change.new, change.why) == ("total_amount", "191", "119", "Digits turned round")
    assert (change.changed_by, change.version) == (dana, 2)


def test_a_corrected_value_has_the_method_person_and_the_place_that_was_pointed_at(dana: User) -> None:
    right = correct(
        wrong_total(),
        dana,
        {"total_amount": "119.00", "purchase_order": "PO-7"},
        evidence={"total_amount": {"page": 1, "box": [10, 20, 60, 30], "text": "119,00"}},
    )
    assert right.evidence["total_amount"] == {
        "text": "119,00",
        "page": 1,
        "box": [10, 20, 60, 30],
        "method": "person",
        "confidence": "1.00",
    }
    assert right.evidence["purchase_order"] == {"text": "PO-7", "method": "person", "confidence": "1.00"}
    assert right.evidence["vendor_name"]["method"] == "rules"
    assert right.method == "rules"


def test_values_that_no_field_holds_are_named_and_nothing_is_stored(dana: User) -> None:
    first = record()
    changes = {
        "total_amount": "a lot",
        "invoice_date": "2026-02-30",
        "currency": "EURO?",
        "iban": "12",
        "colour": "red",
        "vendor_country": "Narnia",
        "line_items": {"change": {"1": {"amount": "1.23456"}, "9": {"amount": "1"}}},
    }
    with pytest.raises(InvalidFields) as caught:
        correct(first, dana, changes)
    assert {(error.field, error.code) for error in caught.value.errors} >= {
        ("total_amount", "not_a_number"),
        ("invoice_date", "not_a_date"),
        ("iban", "not_an_iban"),
        ("colour", "unknown_field"),
        ("vendor_country", "not_a_country"),
        ("line_items[1].amount", "too_many_decimals"),
        ("line_items[9]", "no_such_row"),
    }
    first.refresh_from_db()
    assert first.version == 1
    assert not InvoiceChange.objects.exists()


def test_values_are_taken_as_clients_and_as_documents_write_them(dana: User) -> None:
    right = correct(
        record(),
        dana,
        {
            "invoice_date": "2 April 2026",
            "due_date": date(2026, 5, 2),
            "currency": "eur",
            "iban": "DE02 1203 0000 0000 2020 51",
            "document_type": "credit note",
            "vendor_country": "Germany",
            "rounding": 0.5,
            "notes": "one\ntwo",
        },
    )
    assert (right.invoice_date, right.due_date, right.iban) == (date(2026, 4, 2), date(2026, 5, 2), OTHER_IBAN)
    assert (right.document_type, right.vendor_country, right.notes) == ("credit_note", "DE", "one\ntwo")
    assert right.rounding == Decimal("0.5")


def test_a_value_taken_away_is_checked_as_missing(dana: User) -> None:
    bare = correct(record(), dana, {"invoice_number": ""})
    assert "missing_field" in codes(bare)
    assert "invoice_number" not in bare.evidence


def test_a_correction_that_changes_nothing_leaves_the_version_alone(dana: User) -> None:
    same = correct(record(), dana, {"total_amount": "119.0000", "vendor_name": "Nordlicht Werkzeug GmbH"})
    assert same.version == 1
    assert not MachineReading.objects.exists()


def test_another_vendor_name_is_another_vendor_with_its_own_books(dana: User) -> None:
    record(invoice("X-1", vendor_name="Adler Logistik AG", invoice_date=date(2026, 1, 5)))
    moved = correct(record(), dana, {"vendor_name": "Adler Logistik", "invoice_number": "X-1"})
    assert moved.vendor == Vendor.objects.get(name="Adler Logistik AG")
    assert "suspected_duplicate" in codes(moved)


# --- Rows -----------------------------------------------------------------------------------------------------------


def test_lines_are_changed_removed_and_added_by_position(dana: User) -> None:
    right = correct(
        record(),
        dana,
        {
            "line_items": {
                "change": {"1": {"quantity": "2", "amount": "20.00"}},
                "remove": [0],
                "add": [{"description": "Saw", "amount": "80.00"}],
            }
        },
    )
    assert [(line.description, line.amount) for line in right.lines.all()] == [
        ("Bits", Decimal("20.00")),
        ("Saw", Decimal("80.00")),
    ]
    evidence = stored_evidence(right)
    assert evidence["line_items[0].description"]["method"] == "rules"
    assert evidence["line_items[0].amount"]["method"] == evidence["line_items[1].amount"]["method"] == "person"
    fields = set(InvoiceChange.objects.filter(invoice=right).values_list("field", flat=True))
    assert fields >= {"line_items[0].description", "line_items[0].amount"}


def test_a_row_that_comes_or_goes_is_one_entry_of_the_history(dana: User) -> None:
    first = record()
    more = correct(first, dana, {"line_items": {"add": [{"description": "Saw", "amount": "5"}]}})
    added = InvoiceChange.objects.get(invoice=more)
    assert (added.field, added.old, added.new) == ("line_items[2]", None, {"description": "Saw", "amount": "5"})
    fewer = correct(more, dana, {"line_items": {"remove": [0]}})
    removed = InvoiceChange.objects.filter(invoice=fewer).last()
    assert removed is not None
    assert (removed.field, removed.new) == ("line_items[0]", None)
    assert removed.old["description"] == "Drill"


def test_all_rows_are_replaced_and_cells_that_stay_keep_their_place(dana: User) -> None:
    rows = [
        {"position": 1},
        {"position": 0, "amount": "61.00"},
        {"description": "Pasted", "quantity": "1", "unit_price": "9", "amount": "9"},
    ]
    right = correct(record(), dana, {"line_items": rows, "taxes": [{"rate": "19", "base": "110", "amount": "20.90"}]})
    evidence = stored_evidence(right)
    assert [line.description for line in right.lines.all()] == ["Bits", "Drill", "Pasted"]
    assert evidence["line_items[0].amount"]["method"] == "rules"
    assert evidence["line_items[1].amount"]["method"] == "person"
    assert evidence["taxes[0].rate"]["method"] == "rules"
    assert evidence["taxes[0].base"]["method"] == "person"


# --- Preview --------------------------------------------------------------------------------------------------------


def test_a_preview_shows_what_a_correction_gives_and_stores_nothing(dana: User) -> None:
    wrong = wrong_total()
    changes = {"total_amount": "119.00", "due_date": "soon"}
    seen = preview_correction(invoice_id=wrong.id, changes=changes)
    assert (seen.status, seen.reasons, seen.changed) == (Invoice.Status.READY, (), ("total_amount",))
    assert [(error.field, error.code) for error in seen.errors] == [("due_date", "not_a_date")]
    wrong.refresh_from_db()
    assert (wrong.version, wrong.total_amount) == (1, Decimal("191.00"))
    done = correct(wrong, dana, {"total_amount": "119.00"})
    assert done.confidence == seen.confidence
    assert {name: Decimal(e["confidence"]) for name, e in done.evidence.items()} == {
        name: value for name, value in seen.confidences.items() if not name.startswith("line_items[")
    }


# --- Reasons --------------------------------------------------------------------------------------------------------


def test_what_the_reader_noticed_stays_until_a_person_gives_the_value(dana: User) -> None:
    noticed = (
        ReviewReason("conflicting_values", "due_date", "Two dates stand there."),
        ReviewReason("pages_left_out", "", "Ten pages were left out."),
        ReviewReason("unreadable_value", "line_items[1].amount", "No number."),
    )
    first = record(reasons=noticed)
    other = correct(first, dana, {"purchase_order": "7", "line_items": {"remove": [0]}})
    kept = {(reason.code, reason.field) for reason in other.reasons.filter(origin="reading")}
    assert kept == {
        ("conflicting_values", "due_date"),
        ("pages_left_out", ""),
        ("unreadable_value", "line_items[0].amount"),
    }
    right = correct(other, dana, {"due_date": "2026-04-02", "line_items": {"change": {0: {"amount": "41"}}}})
    assert {reason.code for reason in right.reasons.filter(origin="reading")} == {"pages_left_out"}


def test_an_accepted_reason_counts_no_more_and_outlives_checks_while_the_value_stays(dana: User) -> None:
    odd = record(reasons=(ReviewReason("weak_evidence", "total_amount", "Concluded from its place."),))
    assert odd.status == Invoice.Status.NEEDS_REVIEW
    fine = accept_reason(invoice_id=odd.id, code="weak_evidence", field="total_amount", by=dana, version=1)
    assert (fine.status, fine.version) == (Invoice.Status.READY, 2)
    assert (fine.confidence or 0) > (odd.confidence or 0)
    elsewhere = correct(fine, dana, {"purchase_order": "PO-9"})
    assert elsewhere.status == Invoice.Status.READY
    assert elsewhere.reasons.get(code="weak_evidence").accepted_by == dana
    again = record_invoice(
        read=read(invoice(), reasons=(ReviewReason("weak_evidence", "total_amount", "Concluded from its place."),)),
        owner_id=None,
        existing=elsewhere,
    )
    assert again.reasons.get(code="weak_evidence").accepted_by == dana
    other = record_invoice(
        read=read(
            invoice(subtotal=Decimal(200), tax_amount=Decimal(38), total_amount=Decimal(238)),
            reasons=(ReviewReason("weak_evidence", "total_amount", "Concluded from its place."),),
        ),
        owner_id=None,
        existing=again,
    )
    assert other.reasons.get(code="weak_evidence").accepted_by is None


def test_a_blocking_reason_is_accepted_only_with_words_and_can_be_made_to_count_again(dana: User) -> None:
    wrong = wrong_total()
    with pytest.raises(InvalidState, match="State why"):
        accept_reason(invoice_id=wrong.id, code="total_mismatch", field="total_amount", by=dana)
    for reason in list(wrong.reasons.all()):
        accept_reason(invoice_id=wrong.id, code=reason.code, field=reason.field, by=dana, why="A discount by hand")
    approved = approve_invoice(invoice_id=wrong.id, by=dana)
    assert approved.status == Invoice.Status.APPROVED
    reopen_invoice(invoice_id=wrong.id, by=dana, why="Not so sure")
    back = withdraw_acceptance(invoice_id=wrong.id, code="total_mismatch", field="total_amount", by=dana)
    assert back.status == Invoice.Status.NEEDS_REVIEW
    with pytest.raises(InvalidState):
        accept_reason(invoice_id=wrong.id, code="no_such", by=dana)


# --- Decisions ------------------------------------------------------------------------------------------------------


def test_two_people_never_change_one_version(dana: User) -> None:
    first = record()
    correct(first, dana, {"notes": "mine"})
    with pytest.raises(VersionConflict):
        correct(first, dana, {"notes": "yours"})
    with pytest.raises(NotFound):
        correct_invoice(invoice_id=Vendor.objects.get().id, by=dana, changes={}, version=None)


def test_a_decided_invoice_is_reopened_before_it_is_corrected(dana: User) -> None:
    approved = approve_invoice(invoice_id=record().id, by=dana)
    with pytest.raises(InvalidState, match="reopen"):
        correct(approved, dana, {"notes": "late"})
    with pytest.raises(InvalidState, match="reopen"):
        preview_correction(invoice_id=approved.id, changes={"notes": "late"})
    back = reopen_invoice(invoice_id=approved.id, by=dana, why="Wrong cost centre", version=approved.version)
    assert (back.status, back.decided_at, back.decided_by) == (Invoice.Status.READY, None, None)
    assert correct(back, dana, {"notes": "now"}).notes == "now"
    with pytest.raises(InvalidState):
        reopen_invoice(invoice_id=back.id, by=dana)


def test_above_the_amount_two_people_approve_and_neither_corrected_it_as_the_second(
    dana: User, settings: Settings
) -> None:
    settings.APPROVAL_SECOND_PERSON_ABOVE = Decimal(100)
    kim, lee = person("kim", Role.REVIEWER), person("lee", Role.REVIEWER)
    first = correct(record(), kim, {"notes": "checked"})
    half = approve_invoice(invoice_id=first.id, by=dana)
    assert (half.status, half.first_approved_by) == (Invoice.Status.READY, dana)
    with pytest.raises(SecondPersonNeeded):
        approve_invoice(invoice_id=first.id, by=dana)
    with pytest.raises(SecondPersonNeeded):
        approve_invoice(invoice_id=first.id, by=kim)
    whole = approve_invoice(invoice_id=first.id, by=lee)
    assert (whole.status, whole.decided_by, whole.first_approved_by) == (Invoice.Status.APPROVED, lee, dana)


def test_a_change_after_the_first_approval_undoes_it(dana: User, settings: Settings) -> None:
    settings.APPROVAL_SECOND_PERSON_ABOVE = Decimal(100)
    half = approve_invoice(invoice_id=record().id, by=dana)
    assert correct(half, person("kim"), {"iban": OTHER_IBAN}).first_approved_by is None


def test_at_or_below_the_amount_one_person_is_enough(dana: User, settings: Settings) -> None:
    settings.APPROVAL_SECOND_PERSON_ABOVE = Decimal(119)
    assert approve_invoice(invoice_id=record().id, by=dana).status == Invoice.Status.APPROVED


def test_in_bulk_only_what_does_not_block_is_approved(dana: User) -> None:
    clean, blocked = record(), record(invoice("R-2", total_amount=Decimal("500.00"), invoice_date=date(2026, 4, 1)))
    rejected = reject_invoice(invoice_id=record(invoice("R-3", invoice_date=date(2026, 5, 1))).id, by=dana, why="No")
    missing = Vendor.objects.get().id
    results = approve_invoices(invoice_ids=[clean.id, blocked.id, rejected.id, missing, clean.id], by=dana)
    assert [type(r.error).__name__ for r in results] == ["NoneType", "OverrideNeeded", "InvalidState", "NotFound"]
    blocked.refresh_from_db()
    assert blocked.status == Invoice.Status.NEEDS_REVIEW


def test_an_invoice_is_given_to_one_reviewer_at_a_time(dana: User) -> None:
    kim = person("kim", Role.REVIEWER)
    mine = assign_invoice(invoice_id=record().id, by=dana, to=dana, only_if_free=True)
    assert (mine.assignee, mine.version) == (dana, 1)
    with pytest.raises(InvalidState, match="taken"):
        assign_invoice(invoice_id=mine.id, by=kim, to=kim, only_if_free=True)
    with pytest.raises(InvalidState, match="reviewers"):
        assign_invoice(invoice_id=mine.id, by=dana, to=person("val", Role.VIEWER))
    assert assign_invoice(invoice_id=mine.id, by=kim, to=kim).assignee == kim
    assert unassign_invoice(invoice_id=mine.id, by=kim).assignee is None
    changes = InvoiceChange.objects.filter(field="assignee").values_list("old", "new")
    assert list(changes) == [(None, "dana"), ("dana", "kim"), ("kim", None)]


def test_each_change_is_told_to_whoever_listens(dana: User) -> None:
    told: list[str] = []

    def listen(sender: Any, what: str, invoice: Invoice, **_: Any) -> None:
        told.append(what)

    invoice_event.connect(listen)
    try:
        wrong = correct(wrong_total(), dana, {"total_amount": "119"})
        approve_invoice(invoice_id=wrong.id, by=dana)
        reopen_invoice(invoice_id=wrong.id, by=dana)
        reject_invoice(invoice_id=wrong.id, by=dana, why="No")
    finally:
        invoice_event.disconnect(listen)
    assert told == ["needs_review", "corrected", "ready", "approved", "reopened", "rejected"]


def test_what_the_machine_read_is_kept_once_until_it_reads_again(dana: User) -> None:
    wrong = wrong_total()
    right = correct(wrong, dana, {"total_amount": "119"})
    correct(right, dana, {"notes": "x"})
    kept = MachineReading.objects.get(invoice=wrong)
    assert kept.data["total_amount"] == "191"
    assert kept.evidence["total_amount"]["method"] == "rules"
    right.refresh_from_db()
    record_invoice(read=read(invoice()), owner_id=None, existing=right)
    assert not MachineReading.objects.exists()
