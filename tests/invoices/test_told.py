"""Reasons name of other people's invoices what their reader may see, and nothing else."""

from __future__ import annotations

import pytest

from common.roles import Role
from invoices.models import Invoice
from tests.invoices.books import GERMAN_IBAN, OTHER_IBAN, invoice, read, record_invoice
from tests.people import person

pytestmark = pytest.mark.django_db


def message(record: Invoice, code: str) -> str:
    return str(record.reasons.get(code=code).message)


@pytest.mark.parametrize(
    ("reader", "is_told"), [("the same", True), ("another", False), ("admin", True), ("nobody", True)]
)
def test_accounts_and_numbers_of_others_are_told_to_who_may_see_them(reader: str, is_told: bool) -> None:
    ann = person("ann", Role.OPERATOR)
    readers = {
        "the same": ann.pk,
        "another": person("bob", Role.OPERATOR).pk,
        "admin": person("root", Role.ADMIN).pk,
        "nobody": None,  # seen by those alone who see everything
    }
    first = record_invoice(read=read(invoice("V-5FC765"), sha256="a" * 64), owner_id=ann.pk)
    assert first.status == Invoice.Status.READY
    changed = invoice("V-OTHER", iban=OTHER_IBAN)
    again = record_invoice(read=read(changed, sha256="b" * 64), owner_id=readers[reader])
    assert (GERMAN_IBAN in message(again, "iban_changed")) == is_told
    assert OTHER_IBAN in message(again, "iban_changed"), "what stands on one's own invoice"
    assert ("V-5FC765" in message(again, "suspected_duplicate")) == is_told


def test_the_bank_of_a_known_vendor_is_held_against_another() -> None:
    record_invoice(read=read(invoice("R-1", bic="COBADEFFXXX"), sha256="a" * 64), owner_id=None)
    same = record_invoice(read=read(invoice("R-2", bic="COBADEFF", invoice_date=None), sha256="b" * 64), owner_id=None)
    other = record_invoice(read=read(invoice("R-3", bic="DEUTDEFF", invoice_date=None), sha256="c" * 64), owner_id=None)
    assert not same.reasons.filter(code="bic_changed").exists()
    assert other.reasons.get(code="bic_changed").blocking
