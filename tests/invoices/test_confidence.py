"""Confidence comes from evidence and checks only."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from invoices.confidence import FieldEvidence, field_confidence, field_confidences, invoice_confidence
from invoices.field_groups import how_read
from invoices.methods import METHODS
from invoices.records import ReviewReason
from invoices.rules.identity import REQUIRED_FIELDS

SEEN = FieldEvidence(method="rules", has_evidence=True)
UNSEEN = FieldEvidence(method="llm", has_evidence=False)
DERIVED = FieldEvidence(method="rules", has_evidence=False, derived=True)
DOUBT = ReviewReason(code="total_not_corroborated", field="total_amount", message="")
BLOCK = ReviewReason(code="total_mismatch", field="total_amount", message="", blocking=True)

evidences = st.builds(
    FieldEvidence, method=st.sampled_from(list(METHODS)), has_evidence=st.booleans(), derived=st.booleans()
)


def core(evidence: FieldEvidence = SEEN) -> dict[str, FieldEvidence]:
    return dict.fromkeys(REQUIRED_FIELDS, evidence)


@pytest.mark.parametrize(
    ("evidence", "confirmed", "expected"),
    [
        (SEEN, False, "0.85"),
        (SEEN, True, "0.97"),
        (UNSEEN, False, "0.30"),
        (DERIVED, False, "0.60"),
        (FieldEvidence(method="xml", has_evidence=True), True, "1.00"),
        (FieldEvidence(method="person", has_evidence=False), False, "1.00"),
    ],
)
def test_the_documented_formula(evidence: FieldEvidence, confirmed: bool, expected: str) -> None:
    assert field_confidence(evidence, confirmed=confirmed) == Decimal(expected)


def test_a_reason_that_names_the_field_halves_it_and_a_blocking_one_does_more() -> None:
    assert field_confidence(SEEN, disputed_by=[DOUBT]) == Decimal("0.43")
    assert field_confidence(SEEN, disputed_by=[DOUBT, BLOCK]) == Decimal("0.26")


def test_a_reason_counts_only_for_the_field_it_names() -> None:
    confidences = field_confidences(core(), [BLOCK])
    assert confidences["total_amount"] == Decimal("0.26")
    assert confidences["vendor_name"] == Decimal("0.85")


def test_missing_core_fields_count_as_zero() -> None:
    some = core()
    del some["total_amount"]
    assert invoice_confidence(core()) == Decimal("0.85")
    assert invoice_confidence(some) == Decimal("0.68")
    assert invoice_confidence({}) == Decimal("0.00")


def test_reasons_about_the_whole_invoice_lower_it_once_a_code() -> None:
    lines = [ReviewReason(code="line_mismatch", field=f"line_items[{n}].amount", message="") for n in range(4)]
    duplicate = ReviewReason(code="suspected_duplicate", field="", message="", blocking=True)
    assert invoice_confidence(core(), lines) == invoice_confidence(core(), lines[:1]) == Decimal("0.77")
    assert invoice_confidence(core(), [duplicate]) == Decimal("0.60")


@given(evidences, st.booleans(), st.lists(st.sampled_from([DOUBT, BLOCK])))
def test_confidence_stays_in_bounds_and_checks_never_lower_it(
    evidence: FieldEvidence, confirmed: bool, reasons: list[ReviewReason]
) -> None:
    value = field_confidence(evidence, confirmed=confirmed, disputed_by=reasons)
    assert 0 <= field_confidence(evidence, disputed_by=reasons) <= field_confidence(evidence, confirmed=True) <= 1
    assert 0 <= value <= field_confidence(evidence, confirmed=confirmed)
    assert 0 <= invoice_confidence(core(evidence), reasons) <= 1


def test_a_computed_value_names_the_fields_that_it_comes_from() -> None:
    assert how_read({"derived_from": "vendor_tax_id"}) == "Computed from tax number."
    assert how_read({"derived_from": "invoice_date, payment_terms"}) == "Computed from date, terms."
    assert how_read({"derived_from": ["subtotal", "tax_amount"]}) == "Computed from net, tax."
