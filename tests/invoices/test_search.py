"""Words by which invoices are found: however a number is written, whatever the language, in fields, lines and text."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from invoices.models import Invoice
from invoices.records import InvoiceData, LineData
from invoices.search.find import find_words
from invoices.search.words import (
    MAX_DOCUMENT_WORDS,
    document_words,
    invoice_words,
    query_of,
    rare_query_of,
    telling_query_of,
    words_of,
)
from invoices.services.corrections import correct_invoice
from tests.invoices.books import invoice, record
from tests.people import person


def found(typed: str) -> set[str]:
    return set(find_words(Invoice.objects.all(), typed).values_list("invoice_number", flat=True))


def test_numbers_are_words_with_and_without_their_signs() -> None:
    assert set(words_of("No. INV-2026/001")) == {"no", "inv", "2026", "001", "inv2026001"}
    assert "123450" in set(words_of("1,234.50"))
    assert {"2026", "20260302"} <= invoice_words(InvoiceData(invoice_date=date(2026, 3, 2)))
    assert "11900" in invoice_words(InvoiceData(total_amount=Decimal(119)))


def test_case_accents_and_width_make_no_difference() -> None:
    assert list(words_of("MÜLLER Straße Ｃａｆé")) == ["muller", "strasse", "cafe"]


def test_scripts_without_spaces_are_cut_into_pairs() -> None:
    assert list(words_of("東京電力")) == ["東京", "京電", "電力"]


def test_what_is_typed_never_breaks_a_query() -> None:
    assert query_of("") == query_of("& | ! :* '' \\ ()") == ""
    assert query_of("a' b\\c") == "'a' & 'b' & 'c'"
    assert query_of("12 1234 acme") == "'12' & ('1234' | '1234':*) & ('acme' | 'acme':*)"


def test_a_word_on_very_many_invoices_is_searched_as_a_whole_one() -> None:
    common = {"vendor", "2026", "de"}
    assert query_of("vendor 38", common) == telling_query_of("vendor 38", common) == "'38' & 'vendor'"
    assert query_of("vend", common) == "('vend' | 'vend':*)", "the beginning of a common word may begin a rare one"
    assert telling_query_of("vend 38", common) == "'38'", "which the index would have to collect all of"
    assert telling_query_of("vendor 2026", common) == "", "nothing tells these invoices apart"
    assert rare_query_of("vendor 38", common) == rare_query_of("vend 38", common) == "'38'"
    assert rare_query_of("vendor 2026", common) == rare_query_of("de-2026", common) == "", "there is no rare word"
    assert rare_query_of("de-77", common) == "(('de77' | 'de77':*) | ('77'))"
    assert query_of("inv-2026", common) == "('inv2026' | 'inv2026':*) | (('inv' | 'inv':*) & ('2026' | '2026':*))".join(
        "()"
    ), "a year begins many a number"


def test_a_dictionary_is_no_document() -> None:
    assert len(document_words(" ".join(str(n) for n in range(50_000)))) == MAX_DOCUMENT_WORDS


@pytest.mark.django_db
def test_invoices_are_found_by_fields_lines_and_document() -> None:
    line = LineData(description="Kugellager 6204", tracking_number="1Z999AA10123456784", amount=Decimal("119.00"))
    record(
        invoice("INV-2026/0042", line_items=[line], purchase_order="PO 778-A"),
        text="Wir danken für Ihren Auftrag 東京電力",
    )
    record(invoice("X-9", vendor_name="Other Ltd", invoice_date=date(2026, 1, 1)), text="Nothing of the kind")
    for typed in (
        "INV-2026/0042",
        "inv20260042",
        "INV-2026",
        "kugel",
        "1z999aa1",
        "778",
        "778-a",
        "nordlicht 0042",
        "auftrag",
        "fur IHREN",
        "119.00",
        "2026-03-02",
        "東京",
        "電力",
        "werkzeug gmbh",
    ):
        assert "INV-2026/0042" in found(typed), typed
    for typed in ("0043", "kugellager other", "6205", "電東", "&&&"):
        assert "INV-2026/0042" not in found(typed), typed
    assert found("") == {"INV-2026/0042", "X-9"}


@pytest.mark.django_db
def test_a_corrected_value_is_found_and_the_document_still_is() -> None:
    first = record(text="Lieferschein 55871")
    correct_invoice(
        invoice_id=first.id, by=person("dana"), changes={"purchase_order": "BESTELL-4711"}, version=first.version
    )
    assert found("bestell4711") == found("55871") == {"R-1"}


@pytest.mark.django_db
def test_words_that_are_everywhere_are_asked_of_what_the_others_leave(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("invoices.search.find.common_words", lambda: frozenset({"nordlicht", "inv"}))
    record(invoice("INV-2026/0042"))
    record(invoice("INV-2026/0043", vendor_name="Other Ltd", invoice_date=date(2026, 1, 1)))
    assert found("nordlicht inv-2026") == found("nordlicht 0042") == {"INV-2026/0042"}
    assert found("nordlicht 0043") == found("nobody nordlicht") == set()
    assert found("inv") == {"INV-2026/0042", "INV-2026/0043"}
