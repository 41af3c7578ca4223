"""Invoices in the books: recorded with reasons, decided by people, every change kept."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import date
from decimal import Decimal

import pytest
from django.contrib.auth.models import User
from django.db import connection

from common.errors import InvalidState, NotFound, VersionConflict
from invoices.models import Invoice, InvoiceChange, Vendor
from invoices.records import ReviewReason
from invoices.services.decisions import approve_invoice, reject_invoice
from invoices.services.recording import record_invoice
from tests.invoices.books import OTHER_IBAN, codes, invoice, read, record

pytestmark = pytest.mark.django_db


def test_an_invoice_that_passes_all_checks_is_ready_without_a_person() -> None:
    ready = record()
    assert (ready.status, codes(ready)) == (Invoice.Status.READY, set())
    assert ready.confidence > Decimal("0.8")
    assert [line.amount for line in ready.lines.order_by("position")] == [Decimal(60), Decimal(40)]
    assert ready.taxes.get().rate == Decimal(19)


def test_what_the_pipeline_noticed_and_what_the_rules_find_stand_together() -> None:
    noticed = ReviewReason("xml_differs_from_page", "iban", "The page shows another account.", blocking=True)
    wrong = record(invoice(total_amount=Decimal("120.00")), reasons=(noticed,))
    assert wrong.status == Invoice.Status.NEEDS_REVIEW
    assert {"xml_differs_from_page", "total_mismatch"} <= codes(wrong)


def test_the_same_number_of_the_same_vendor_is_a_suspected_duplicate() -> None:
    record()
    again = record(invoice(vendor_name="NORDLICHT WERKZEUG gmbh", invoice_date=date(2026, 3, 9)))
    assert "suspected_duplicate" in codes(again)
    assert Vendor.objects.count() == 1


def test_the_same_date_and_total_of_the_same_vendor_is_a_suspected_duplicate() -> None:
    record()
    assert "suspected_duplicate" in codes(record(invoice("R-1 copy")))


def test_the_same_bytes_are_a_suspected_duplicate() -> None:
    record(sha256="a" * 64)
    other = invoice("X-9", vendor_name="Somebody Else Ltd", invoice_date=date(2026, 1, 1), iban=None)
    assert "suspected_duplicate" in codes(record(other, sha256="a" * 64))


def test_a_rejected_invoice_is_no_reason_to_suspect_the_corrected_one() -> None:
    first = record()
    reject_invoice(invoice_id=first.id, by=User.objects.create_user("dana"), why="Wrong address")
    assert "suspected_duplicate" not in codes(record())


def test_a_credit_note_for_the_same_amount_is_no_duplicate_of_its_invoice() -> None:
    record()
    assert "suspected_duplicate" not in codes(record(invoice("G-1", document_type="credit_note")))


@pytest.mark.django_db(transaction=True)
def test_two_copies_recorded_at_the_same_moment_see_each_other() -> None:
    def once(number: int) -> Invoice:
        try:
            return record(sha256=str(number) * 64)
        finally:
            connection.close()

    with ThreadPoolExecutor(4) as pool:
        records = list(pool.map(once, range(4)))
    assert sorted("suspected_duplicate" in codes(r) for r in records) == [False, True, True, True]
    assert Vendor.objects.count() == 1


def test_a_known_vendor_with_another_account_is_held_back() -> None:
    approve_invoice(invoice_id=record().id, by=User.objects.create_user("dana"))
    changed = record(invoice("R-2", invoice_date=date(2026, 4, 2), iban=OTHER_IBAN))
    reason = changed.reasons.get(code="iban_changed")
    assert reason.blocking
    known = record(invoice("R-3", invoice_date=date(2026, 5, 2)))
    assert "iban_changed" not in codes(known)


def test_a_blocking_reason_needs_a_stated_override_and_the_override_is_kept() -> None:
    dana = User.objects.create_user("dana")
    blocked = record(invoice(total_amount=Decimal("200.00")))
    with pytest.raises(InvalidState, match="State why"):
        approve_invoice(invoice_id=blocked.id, by=dana)
    approved = approve_invoice(invoice_id=blocked.id, by=dana, override="Agreed with the vendor by phone")
    change = InvoiceChange.objects.get(invoice=approved)
    assert (change.field, change.old, change.new) == ("status", "needs_review", "approved")
    assert (change.why, change.changed_by) == ("Agreed with the vendor by phone", dana)


def test_nothing_is_decided_twice_or_on_an_old_version() -> None:
    dana = User.objects.create_user("dana")
    ready = record()
    with pytest.raises(VersionConflict):
        approve_invoice(invoice_id=ready.id, by=dana, version=ready.version + 1)
    approve_invoice(invoice_id=ready.id, by=dana, version=ready.version)
    with pytest.raises(InvalidState):
        reject_invoice(invoice_id=ready.id, by=dana, why="Changed my mind")
    with pytest.raises(NotFound):
        approve_invoice(invoice_id=ready.owner_id or record(invoice("Z")).vendor.id, by=dana)  # type: ignore[union-attr]


def test_reading_again_replaces_the_values_and_keeps_the_old_ones_as_changes() -> None:
    first = record(invoice(total_amount=Decimal("118.00")))
    again = record_invoice(read=read(invoice()), owner_id=None, existing=first)
    assert (again.id, again.version, again.total_amount) == (first.id, 2, Decimal("119.00"))
    assert "total_mismatch" not in codes(again)
    change = InvoiceChange.objects.get(invoice=again, field="total_amount")
    assert (change.old, change.new, change.version) == ("118", "119", 2)


def test_reading_the_same_again_changes_nothing_in_the_history() -> None:
    first = record()
    record_invoice(read=read(invoice()), owner_id=None, existing=first)
    assert not InvoiceChange.objects.exists()


def test_what_a_person_decided_is_not_read_over() -> None:
    first = record()
    approve_invoice(invoice_id=first.id, by=User.objects.create_user("dana"))
    with pytest.raises(InvalidState):
        record_invoice(read=read(invoice()), owner_id=None, existing=first)


def test_texts_longer_than_their_columns_are_cut_and_never_an_error() -> None:
    long = record(invoice("N" * 500, vendor_name="V" * 900, payment_terms="t" * 9000))
    assert (len(long.invoice_number), len(long.vendor_name)) == (100, 300)
