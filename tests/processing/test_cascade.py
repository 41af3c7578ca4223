"""Cheapest first: which method's values stand, and what a person is told."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from invoices.records import Place
from processing.content.extraction import Extraction, FieldValue
from processing.content.records import DocumentContent
from processing.errors import BudgetExceeded, CeilingReached, LLMTimeout
from processing.pipeline.cascade import combine, extract_invoice
from processing.pipeline.completion import complete
from processing.readers.text import read_text
from tests.processing.einvoices import ubl_invoice
from tests.processing.invoice_files import text_invoice

TODAY = date(2026, 4, 1)
HERE = Place(page=1, cell="line:1 col:1-9")


def values(method: str, **fields: object) -> dict[str, FieldValue]:
    return {
        name: FieldValue(value=value, raw=str(value), method=method, place=HERE)  # type: ignore[arg-type]
        for name, value in fields.items()
    }


def good(method: str, **changes: object) -> Extraction:
    fields = {
        "document_type": "invoice", "vendor_name": "Northwind Tools Ltd", "invoice_number": "INV-1",
        "invoice_date": date(2026, 3, 2), "currency": "GBP", "subtotal": Decimal("100.00"),
        "tax_amount": Decimal("20.00"), "total_amount": Decimal("120.00"),
    }  # fmt: skip
    line = {"description": "Socket set", "quantity": Decimal(1), "unit_price": Decimal(100), "amount": Decimal(100)}
    kept = {name: value for name, value in (fields | changes).items() if value is not None}
    return Extraction(method=method, fields=values(method, **kept), lines=[values(method, **line)])  # type: ignore[arg-type]


def asked(answer: Extraction) -> object:
    def ask(content: DocumentContent) -> Extraction:
        ask.calls += 1  # type: ignore[attr-defined]
        return answer

    ask.calls = 0  # type: ignore[attr-defined]
    return ask


def extract(by_rules: Extraction, ask: object = None, policy: str = "cheapest") -> Extraction:
    return extract_invoice(
        read_text(text_invoice()),
        policy=policy,
        today=TODAY,
        read_rules=lambda content, *, filename: by_rules,
        ask_model=ask,  # type: ignore[arg-type]
    )


def test_rules_that_pass_the_checks_win_and_no_model_is_asked() -> None:
    ask = asked(good("llm"))
    assert extract(good("rules"), ask).method == "rules"
    assert ask.calls == 0  # type: ignore[attr-defined]


def test_the_model_completes_what_the_rules_left_open_and_each_value_remembers_its_method() -> None:
    result = extract(good("rules", invoice_number=None), asked(good("llm")))
    assert result.method == "llm"
    assert result.fields["invoice_number"].method == "llm"
    assert not result.reasons


def test_under_llm_the_model_is_asked_whatever_the_rules_found() -> None:
    ask = asked(good("llm"))
    assert extract(good("rules"), ask, policy="llm").fields["vendor_name"].method == "llm"
    assert ask.calls == 1  # type: ignore[attr-defined]


@pytest.mark.parametrize("policy", ["cheapest", "llm", "rules"])
def test_without_a_model_every_policy_is_rules(policy: str) -> None:
    assert extract(good("rules", invoice_number=None), None, policy).method == "rules"


def test_rules_never_ask_a_model() -> None:
    ask = asked(good("llm"))
    extract(good("rules", invoice_number=None), ask, policy="rules")
    assert ask.calls == 0  # type: ignore[attr-defined]


def test_an_e_invoice_is_exact_and_asks_nobody() -> None:
    content = DocumentContent(media_type="application/xml", pages=(), embedded_xml=ubl_invoice())
    ask = asked(good("llm"))
    for policy in ("cheapest", "llm", "rules"):
        result = extract_invoice(content, policy=policy, today=TODAY, ask_model=ask)  # type: ignore[arg-type]
        assert result.method == "xml"
    assert ask.calls == 0  # type: ignore[attr-defined]


def test_a_damaged_e_invoice_falls_back_to_the_page_and_says_so() -> None:
    page = read_text(text_invoice())
    content = DocumentContent(media_type="application/pdf", pages=page.pages, embedded_xml=b"<Invoice><broken")
    result = extract_invoice(content, policy="rules", today=TODAY)
    assert result.method == "rules"
    assert result.fields["invoice_number"].value == "INV-1001"
    assert [reason.code for reason in result.reasons if reason.code == "embedded_xml_unusable"]


def test_where_the_arithmetic_proves_one_reading_it_is_taken() -> None:
    wrong = good("rules", total_amount=Decimal("1200.00"))
    assert extract(wrong, asked(good("llm"))).fields["total_amount"].value == Decimal("120.00")


def test_two_readings_of_a_number_that_nothing_settles_go_to_a_person() -> None:
    result = combine(good("rules", invoice_number="ORDER-7"), good("llm"), policy="cheapest", today=TODAY)
    assert [(r.code, r.field) for r in result.reasons] == [("readings_differ", "invoice_number")]
    assert "ORDER-7" in result.reasons[0].message


def doubted(name: str, **changes: object) -> Extraction:
    guess = good("rules", **changes)
    guess.doubt(name, "weak_evidence", "Guessed from its position.")
    return guess


def test_what_the_rules_only_guessed_gives_way_to_a_model_that_points_to_a_place() -> None:
    result = combine(doubted("invoice_number", invoice_number="ORDER-7"), good("llm"), policy="cheapest", today=TODAY)
    assert result.fields["invoice_number"].value == "INV-1"
    assert not result.reasons


def test_a_currency_that_was_only_assumed_gives_way_to_one_that_is_printed() -> None:
    assumed = good("rules")
    assumed.fields["currency"] = FieldValue("EUR", "", "rules", None, derived_from="vendor_country")
    result = combine(assumed, good("llm"), policy="cheapest", today=TODAY)
    assert (result.fields["currency"].value, result.reasons) == ("GBP", [])


@pytest.mark.parametrize(
    ("name", "ours", "theirs"),
    [
        ("vendor_name", "Southwind Tools Ltd", "Northwind Tools Ltd"),
        ("iban", "GB33BUKB20201555555555", "GB94BARC10201530093459"),
        ("payment_reference", "RF18 5390 0754", "RF45 9999 1111"),
    ],
)
def test_who_is_paid_and_where_is_never_taken_from_a_model_without_a_word(name: str, ours: str, theirs: str) -> None:
    result = combine(doubted(name, **{name: ours}), good("llm", **{name: theirs}), policy="cheapest", today=TODAY)
    assert ("readings_differ", name) in [(r.code, r.field) for r in result.reasons]


def test_a_model_does_not_take_away_that_a_document_calls_itself_pro_forma() -> None:
    result = combine(doubted("document_type"), good("llm"), policy="llm", today=TODAY)
    assert [(r.code, r.field) for r in result.reasons] == [("weak_evidence", "document_type")]


def test_a_used_up_budget_leaves_what_the_rules_found_with_a_reason() -> None:
    def ask(content: DocumentContent) -> Extraction:
        raise BudgetExceeded("Nothing is left.")

    result = extract(good("rules", invoice_number=None), ask)
    assert result.method == "rules"
    assert "budget_exceeded" in [reason.code for reason in result.reasons]


@pytest.mark.parametrize("error", [LLMTimeout(), CeilingReached("Full.", scope="month", key="2026-04")])
def test_other_errors_of_the_model_are_for_the_job_to_handle(error: Exception) -> None:
    def ask(content: DocumentContent) -> Extraction:
        raise error

    with pytest.raises(type(error)):
        extract(good("rules", invoice_number=None), ask)


def test_lines_take_the_one_rate_of_an_invoice_as_derived_and_never_one_of_several() -> None:
    single, mixed = good("rules"), good("rules")
    single.taxes = [values("rules", rate=Decimal(20))]
    mixed.taxes = [values("rules", rate=Decimal(20)), values("rules", rate=Decimal(5))]
    rate = complete(single).lines[0]["tax_rate"]
    assert (rate.value, rate.place, rate.derived_from) == (Decimal(20), None, "taxes[0].rate")
    assert "tax_rate" not in complete(mixed).lines[0]
