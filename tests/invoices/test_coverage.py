from __future__ import annotations

from typing import Any

from invoices.coverage import coverage
from invoices.scoring import score


def entry(file: str, total: str, *codes: str, method: str = "rules") -> dict[str, Any]:
    review = [{"code": code, "field": "", "message": ""} for code in codes]
    invoice = {"vendor_name": "Oakhill", "total_amount": total}
    return {"file": file, "status": "completed", "method": method, "review": review, "invoice": invoice}


def test_what_is_accepted_is_held_against_what_is_right() -> None:
    entries = [
        entry("a.pdf", "12.00"),
        entry("b.pdf", "99.00", method="llm"),
        entry("c.pdf", "12.00", "vat_id_invalid"),
        entry("d.pdf", "99.00", "weak_evidence", "line_mismatch"),
        {"file": "e.pdf", "status": "failed", "review": [], "invoice": None, "method": None},
    ]
    labels = [{"file": e["file"], "expected": {"vendor_name": "Oakhill", "total_amount": "12.00"}} for e in entries]
    found = coverage(entries, score(entries, labels).misses).as_json()
    assert found["documents"] == 5
    assert found["accepted"] == {"n": 2, "right": 1}
    assert found["accepted_but_for_master_data"] == {"n": 3, "right": 2}
    assert found["accepted_by_method"] == {"llm": {"n": 1, "right": 0}, "rules": {"n": 1, "right": 1}}
    assert found["held_back_by"]["vat_id_invalid"] == {"n": 1, "right": 1, "alone": 1, "master_data": True}
    assert found["held_back_by"]["weak_evidence"] == {"n": 1, "right": 0, "alone": 0, "master_data": False}


def test_a_value_that_is_absent_is_not_a_wrong_one() -> None:
    entries = [entry("a.pdf", "")]
    labels = [{"file": "a.pdf", "expected": {"total_amount": "12.00"}}]
    assert coverage(entries, score(entries, labels).misses).accepted.right == 1
