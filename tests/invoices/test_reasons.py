"""Review reasons: one list of codes, one place where they are made."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

from invoices.records import ReviewReason
from invoices.rules.catalogue import REASONS, reason

ROOT = Path(__file__).resolve().parents[2]
# What reads kept reasons back; everything else makes them by ``reason``.
READ_BACK = {
    "invoices/rules/catalogue.py",
    "invoices/services/checking.py",
    "processing/content/codec.py",
    "processing/content/extraction_codec.py",
    "processing/ratecards/codec.py",
    "processing/views/results.py",
}


def test_a_reason_that_the_catalogue_lacks_cannot_be_made() -> None:
    with pytest.raises(KeyError):
        reason("no_such_reason", "", "Nobody finds this.")
    for code in ("no_" + "such_reason", "xml_differs"):
        with pytest.raises(ValueError, match="no review reason"):
            ReviewReason(code, "", "Nobody finds this.")


def test_the_catalogue_decides_what_blocks() -> None:
    for code, kind in REASONS.items():
        if kind.blocking is not None:
            assert reason(code, "", "", blocking=not kind.blocking).blocking == kind.blocking
        else:
            assert [reason(code, "", "", blocking=flag).blocking for flag in (True, False)] == [True, False]


def test_reasons_are_made_in_one_place() -> None:
    made_elsewhere = [
        f"{path.relative_to(ROOT)}:{node.lineno}"
        for package in ("common", "invoices", "processing", "invoicesite")
        for path in sorted((ROOT / package).rglob("*.py"))
        if str(path.relative_to(ROOT)) not in READ_BACK
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Call) and _name(node.func) == "ReviewReason"
    ]
    assert made_elsewhere == []


def test_the_filter_finds_what_the_comparison_of_xml_and_page_gives() -> None:
    assert {"xml_differs_from_page", "xml_not_compared"} <= REASONS.keys()


def _name(function: ast.expr) -> str:
    return function.attr if isinstance(function, ast.Attribute) else getattr(function, "id", "")
