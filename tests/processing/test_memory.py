"""What a person corrected once is never asked again: the memory of vendors, from approval to the next document."""

from __future__ import annotations

from datetime import date

import pytest
from django.contrib.auth.models import User

from common.roles import Role
from invoices.models import Invoice, Vendor, VendorMemory
from invoices.services.corrections import correct_invoice
from invoices.services.decisions import approve_invoice, reopen_invoice
from invoices.services.vendor_memory import export_vendors, forget_entry, import_vendors
from processing.pipeline.run import run_job
from processing.services.documents import JobOptions, submit_document
from tests.people import person

pytestmark = pytest.mark.django_db


@pytest.fixture
def rita(db: None) -> User:
    return person("rita", Role.REVIEWER)


def letter(
    number: str = "7001",
    *,
    name: str = "* HARBOUR *",
    tax_id: str = "GB980780684",
    day: str = "03/04/2026",
    net: str = "100.00",
    tax: str = "20.00",
    total: str = "120.00",
    account: str = "",
) -> bytes:
    """An invoice whose labels no list of words holds."""
    return f"""{name}
Quayside 4, Whitby YO21 1DH

VAT Reg No: {tax_id}
Chit: {number}
Struck on: {day}

Description          Qty    Unit price     Amount
Rope, 20 m             1        {net}      {net}

Subtotal                                  {net} GBP
VAT 20%                                   {tax} GBP
Total                                    {total} GBP
{account}
""".encode()


def read(data: bytes, filename: str = "letter.txt") -> Invoice:
    submission = submit_document(data=data, filename=filename, options=JobOptions(policy="rules"))
    assert run_job(submission.job.id)
    submission.job.document.refresh_from_db()
    return Invoice.objects.get(pk=submission.job.document.invoice_id)


def teach(rita: User, data: bytes, **changes: object) -> Invoice:
    invoice = read(data)
    correct_invoice(invoice_id=invoice.pk, by=rita, changes=changes, version=None)
    return approve_invoice(invoice_id=invoice.pk, by=rita, override="seen")


RIGHT = {"vendor_name": "Harbour Chandlers Ltd", "invoice_number": "7001", "invoice_date": date(2026, 4, 3)}


def test_what_was_corrected_once_comes_in_right_the_next_time(rita: User) -> None:
    teach(rita, letter(), **RIGHT)
    after = read(letter("7002", day="05/06/2026", net="200.00", tax="40.00", total="240.00"))
    assert (after.vendor_name, after.invoice_number) == ("Harbour Chandlers Ltd", "7002")
    assert after.invoice_date == date(2026, 6, 5)
    assert after.evidence["invoice_number"]["text"] == "7002"
    assert after.method == "memory"
    assert after.status == Invoice.Status.READY, [r.message for r in after.reasons.all()]


def test_each_entry_says_what_taught_it_and_an_approval_taken_back_is_unlearnt(rita: User) -> None:
    invoice = teach(rita, letter(), **RIGHT)
    vendor = Vendor.objects.get(name="Harbour Chandlers Ltd")
    entries = {(row.kind, row.field) for row in vendor.memories.all()}
    assert {("tax_id", ""), ("name", ""), ("currency", ""), ("field", "invoice_number")} <= entries
    assert all(row.lessons.get().invoice == invoice for row in vendor.memories.all())
    reopen_invoice(invoice_id=invoice.pk, by=rita)
    assert not vendor.memories.exists()


def test_an_entry_that_was_forgotten_reads_nothing(rita: User) -> None:
    teach(rita, letter(), **RIGHT)
    for row in VendorMemory.objects.filter(field="invoice_number"):
        forget_entry(entry_id=row.pk, by=rita)
    assert read(letter("7002", day="05/06/2026", net="200.00", tax="40.00", total="240.00")).invoice_number != "7002"


def test_a_wrong_correction_heals_with_the_next_right_one(rita: User) -> None:
    teach(rita, letter(), **RIGHT | {"invoice_number": "YO21"})
    second = teach(
        rita, letter("7002", day="05/06/2026", net="200.00", tax="40.00", total="240.00"), invoice_number="7002"
    )
    assert second.invoice_number == "7002"
    third = read(letter("7003", day="08/07/2026", net="300.00", tax="60.00", total="360.00"))
    assert third.invoice_number == "7003"


def test_a_namesake_with_another_tax_id_is_another_vendor(rita: User) -> None:
    teach(rita, letter(), **RIGHT)
    other = read(letter("9", tax_id="GB350983637", day="05/06/2026", net="300.00", tax="60.00", total="360.00"))
    assert other.vendor_name != "Harbour Chandlers Ltd"
    fish = RIGHT | {"vendor_name": "Harbour Fish Ltd", "invoice_number": "9"}
    teach(rita, letter("9", tax_id="GB350983637", net="9.00", tax="1.80", total="10.80"), **fish)
    first = read(letter("7002", day="05/06/2026", net="200.00", tax="40.00", total="240.00"))
    second = read(letter("10", tax_id="GB350983637", day="06/07/2026", net="50.00", tax="10.00", total="60.00"))
    assert (first.vendor_name, second.vendor_name) == ("Harbour Chandlers Ltd", "Harbour Fish Ltd")


def test_another_account_of_a_known_vendor_is_held_back_and_teaches_nothing_by_itself(rita: User) -> None:
    teach(rita, letter(account="IBAN GB33BUKB20201555555555"), **RIGHT)
    swapped = read(
        letter("7002", day="05/06/2026", net="200.00", tax="40.00", total="240.00",
               account="IBAN DE89370400440532013000")
    )  # fmt: skip
    assert "iban_changed" in {reason.code for reason in swapped.reasons.all()}
    approve_invoice(invoice_id=swapped.pk, by=rita, override="telephoned")
    keys = VendorMemory.objects.filter(kind="iban").values_list("key", flat=True)
    assert list(keys) == ["GB33BUKB20201555555555"]


def test_memory_goes_from_one_installation_to_another(rita: User) -> None:
    teach(rita, letter(), **RIGHT)
    told = export_vendors(Vendor.objects.filter(confirmed_at__isnull=False))
    before = VendorMemory.objects.count()
    VendorMemory.objects.all().delete()
    assert import_vendors(told) == 1
    assert import_vendors(told) == 1
    assert VendorMemory.objects.count() == before
    assert read(letter("7002", day="05/06/2026", net="200.00", tax="40.00", total="240.00")).invoice_number == "7002"


def test_a_place_is_learnt_by_labels_and_not_by_values_that_change(rita: User) -> None:
    """Beside "Chit: 7001" a date below the number would be looked for below the next document's other number."""
    invoice = read(
        letter().replace(b"Chit: 7001\nStruck on: 03/04/2026", b"Chit         CH-7001\nStruck on    03/04/2026")
    )
    changes = {"vendor_name": "Harbour Ropes Ltd", "invoice_number": "CH-7001", "invoice_date": "2026-04-03"}
    correct_invoice(invoice_id=invoice.pk, by=rita, changes=changes, version=invoice.version)
    approve_invoice(invoice_id=invoice.pk, by=rita, override="as agreed")
    labels = set(VendorMemory.objects.filter(kind="field", field="invoice_date").values_list("label", flat=True))
    assert "struck on" in labels
    assert labels.isdisjoint({"ch", "chit ch"})
