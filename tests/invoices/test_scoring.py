"""Scoring of results against labels."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest

from invoices.scoring import same, score, score_lines


def make_label(file: str = "a.pdf", **changes: Any) -> dict[str, Any]:
    expected = {
        "vendor_name": "Kerbrat & Fils",
        "invoice_number": "F-12",
        "invoice_date": "2024-03-05",
        "currency": "EUR",
        "total_amount": "119.00",
    }
    return {"file": file, "expected": expected | changes}


def make_result(label: dict[str, Any], *, review: list[Any] | None = None, **changes: Any) -> dict[str, Any]:
    return {
        "file": f"inbox/{label['file']}",
        "status": "completed",
        "method": "rules",
        "review": review or [],
        "invoice": label["expected"] | changes,
        "usage": {"cost_usd": "0.0010"},
    }


@pytest.mark.parametrize(
    ("field", "found", "expected"),
    [
        ("vendor_name", "KERBRAT  & fils.", "Kerbrat & Fils"),
        ("total_amount", "119", "119.00"),
        ("quantity", "2.50000", "2.5"),
        ("iban", "DE55 9792 1346 8948 2827 15", "de55979213468948282715"),
        ("invoice_number", "F - 12", "F-12"),
    ],
)
def test_values_are_compared_in_their_normal_form(field: str, found: str, expected: str) -> None:
    assert same(field, found, expected)


@pytest.mark.parametrize(
    ("field", "found", "expected"),
    [
        ("total_amount", "119.01", "119.00"),
        ("total_amount", "119,00", "119.00"),
        ("invoice_date", "05.03.2024", "2024-03-05"),
        ("vendor_name", None, "Kerbrat & Fils"),
        ("invoice_number", "F12", "F-12"),
    ],
)
def test_other_values_are_wrong(field: str, found: str | None, expected: str) -> None:
    assert not same(field, found, expected)


def test_an_alternative_is_right_too() -> None:
    label = make_label(subtotal="100.00", subtotal_alternatives=["90.00"])
    assert score([make_result(label, subtotal="90")], [label]).fields["subtotal"].f1 == 1.0


def test_wrong_values_cost_precision_and_recall_and_missing_ones_recall_only() -> None:
    labels = [make_label(f"{n}.pdf") for n in range(4)]
    results = [make_result(label) for label in labels]
    results[0]["invoice"]["total_amount"] = "1.00"
    results[1]["invoice"]["total_amount"] = None
    report = score(results, labels)
    total = report.fields["total_amount"]
    assert (total.precision, total.recall, total.f1) == (0.6667, 0.5, 0.5714)
    assert report.header.f1 == round(2 * 18 / 39, 4)
    assert [(miss.file, miss.field, miss.found) for miss in report.misses] == [
        ("0.pdf", "total_amount", "1.00"),
        ("1.pdf", "total_amount", None),
    ]


def test_what_the_label_does_not_hold_is_not_scored() -> None:
    label = make_label()
    report = score([make_result(label, iban="nonsense")], [label])
    assert "iban" not in report.fields
    assert report.header.f1 == 1.0


def test_acceptance_counts_completed_results_without_reasons() -> None:
    labels = [make_label(f"{n}.pdf") for n in range(5)]
    results = [make_result(label) for label in labels[:4]]
    results[0]["review"] = [{"code": "total_mismatch"}]
    results[1]["status"] = "failed"
    results[2]["invoice"]["vendor_name"] = "Somebody else"
    summary = score(results, labels).as_json()
    assert (summary["documents"], summary["missing"]) == (5, 1)
    assert (summary["accepted"], summary["accepted_right"], summary["core_right"]) == (0.4, 0.5, 0.6)
    assert summary["methods"] == {"rules": 4, "none": 1}


def test_cost_is_a_mean_over_all_labelled_documents() -> None:
    labels = [make_label("a.pdf"), make_label("b.pdf")]
    report = score([make_result(labels[0])], labels)
    assert (report.cost_usd, report.cost_usd_per_document) == (Decimal("0.0010"), Decimal("0.000500"))


def test_lines_are_paired_by_what_agrees_and_not_by_position() -> None:
    expected = [{"description": "Bolt", "amount": "5.00"}, {"description": "Nut", "amount": "7.00"}]
    found = [{"description": "Nut", "amount": "7"}, {"description": "Bolt", "amount": "6.00"}]
    tally = score_lines(found, expected)
    assert (tally.right, tally.found, tally.expected) == (3, 4, 4)


def test_invented_lines_cost_precision_and_missing_lines_recall() -> None:
    expected = [{"description": "Bolt", "amount": "5.00"}]
    tally = score_lines([*expected, {"description": "Total", "amount": "5.00"}], expected)
    assert (tally.precision, tally.recall) == (0.5, 1.0)
    assert score_lines([], expected).recall == 0.0


def test_line_fields_without_label_are_not_counted() -> None:
    tally = score_lines([{"description": "Bolt", "quantity": "3", "amount": "5.00"}], [{"description": "Bolt"}])
    assert (tally.right, tally.found, tally.expected) == (1, 1, 1)


def test_nothing_labelled_gives_no_ratio() -> None:
    summary = score([], []).as_json()
    assert (summary["micro_f1"], summary["line_item_f1"], summary["accepted_right"]) == (None, None, None)
