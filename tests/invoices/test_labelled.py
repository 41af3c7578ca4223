"""Corrections as labelled data: how right the machine was, and sets that it can be measured on again."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.utils import timezone

from invoices.labelled import accuracy, expected_of, labels, result_of
from invoices.scoring import score
from invoices.services.corrections import correct_invoice
from invoices.services.decisions import approve_invoice
from tests.invoices.books import invoice, record
from tests.people import person

pytestmark = pytest.mark.django_db


@pytest.fixture
def dana() -> User:
    return person("dana")


def approved(by: User, number: str, day: int, changes: dict[str, Any] | None = None, **values: Any) -> None:
    first = record(invoice(number, invoice_date=date(2026, 1, day), **values))
    if changes:
        correct_invoice(invoice_id=first.id, by=by, changes=changes, version=1)
    approve_invoice(invoice_id=first.id, by=by, override="fine")


def three(by: User) -> None:
    approved(by, "A-1", 1)
    approved(by, "A-2", 2, {"total_amount": "119.00", "purchase_order": "PO-1"}, total_amount=Decimal("191.00"))
    approved(by, "B-1", 3, {"iban": None}, vendor_name="Other Ltd")
    record(invoice("OPEN", invoice_date=date(2026, 1, 9)))


def test_the_share_of_fields_unchanged_at_approval(dana: User) -> None:
    three(dana)
    by_field = {a.group: (a.unchanged, a.fields) for a in accuracy()}
    assert by_field["total_amount"] == (2, 3)
    assert by_field["purchase_order"] == (0, 1)  # missed
    assert by_field["iban"] == (2, 3)  # invented
    assert by_field["vendor_name"] == (3, 3)
    assert "notes" not in by_field
    by_vendor = {a.group: (a.unchanged, a.fields, a.invoices) for a in accuracy(by="vendor")}
    assert by_vendor == {"Nordlicht Werkzeug GmbH": (19, 21, 2), "Other Ltd": (9, 10, 1)}
    assert [(a.group, a.share) for a in accuracy(by="method")] == [("rules", round(28 / 31, 4))]
    (today,) = accuracy(by="day")
    assert (today.group, today.fields) == (timezone.localdate().isoformat(), 31)
    assert accuracy(since=timezone.now() + timedelta(days=1)) == []


def test_labels_are_scored_like_any_labelled_set(dana: User) -> None:
    three(dana)
    found = list(labels())
    assert [label.wrong for label in found] == [[], ["purchase_order", "total_amount"], ["iban"]]
    assert found[1].methods["total_amount"] == "rules"
    names = [f"{number}.pdf" for number in range(len(found))]
    expected = [{"file": name, "expected": expected_of(label)} for name, label in zip(names, found, strict=True)]
    results = [result_of(label, file=name) for name, label in zip(names, found, strict=True)]
    report = score(results, expected)
    assert (report.documents, report.core_right, report.accepted) == (3, 2, 1)
    assert [(miss.field, miss.expected, miss.found) for miss in report.misses] == [
        ("total_amount", "119", "191"),
        ("purchase_order", "PO-1", None),
    ]
    assert "line_items" in expected[0]["expected"]
