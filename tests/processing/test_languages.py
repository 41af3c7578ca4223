"""Words by language: every file is whole, and what one language brings is enough to read a plain invoice of it."""

from __future__ import annotations

import re
from dataclasses import fields

import pytest

from processing.extractors.items.headers import column_meaning
from processing.extractors.words.labels import find_labels, title_at, tokens_of
from processing.extractors.words.language import Language
from processing.extractors.words.languages import languages

_DATA = {"code", "labels", "titles", "columns", "headings"}
_NEEDED = {"invoice_number", "invoice_date", "due_date", "seller", "buyer", "subtotal", "tax_amount", "total_amount"}


@pytest.mark.parametrize("language", languages(), ids=lambda language: language.code)
def test_a_language_names_what_every_invoice_has(language: Language) -> None:
    assert language.labels.keys() >= _NEEDED
    assert {"description", "quantity", "unit_price", "amount"} <= language.columns.keys()
    assert "invoice" in language.titles
    assert {strength for by in language.labels.values() for strength in by} <= {1, 2, 3}


@pytest.mark.parametrize("language", languages(), ids=lambda language: language.code)
def test_an_expression_of_a_language_is_valid_and_matches_no_empty_text(language: Language) -> None:
    for part in fields(Language):
        text = getattr(language, part.name)
        if part.name not in _DATA and text:
            assert re.fullmatch(text, "") is None, part.name


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Číslo faktury: 2025-17", "invoice_number"),
        ("Termín splatnosti", None),
        ("Forfallsdato", "due_date"),
        ("Eräpäivä", "due_date"),
        ("Fizetési határidő", "due_date"),
        ("Ödenecek Tutar", "amount_due"),
        ("Πληρωτέο ποσό", "amount_due"),
        ("Сума за плащане", "amount_due"),
        ("価格", None),
        ("請求番号", "invoice_number"),
        ("价税合计", "total_amount"),
        ("Maksetähtaeg", "due_date"),
        ("Apmokėti iki", "due_date"),
        ("Apmaksas termiņš", "due_date"),
        ("Za plačilo", "amount_due"),
        ("Ukupno bez PDV", "subtotal"),
        ("Ritenuta d'acconto", "withholding_amount"),
        ("Balance brought forward", "previous_balance"),
    ],
)
def test_a_label_is_known_in_its_language(text: str, name: str | None) -> None:
    hit = next(iter(find_labels(text)), None)
    assert (hit.name if hit else None) == name


@pytest.mark.parametrize(
    ("head", "meaning"),
    [("Ποσότητα", "quantity"), ("Ед. цена", "unit_price"), ("数量", "quantity"), ("Nettó érték", "amount"),
     ("İskonto Oranı", "discount_percent"), ("Hind km-ta", "unit_price"), ("Yksikköhinta", "unit_price")],
)  # fmt: skip
def test_the_head_of_a_column_is_known_in_its_language(head: str, meaning: str) -> None:
    found = column_meaning(head)
    assert found is not None
    assert found[0] == meaning


@pytest.mark.parametrize(
    ("title", "kind"),
    [("ΤΙΜΟΛΟΓΙΟ ΠΩΛΗΣΗΣ", "invoice"), ("ФАКТУРА", "invoice"), ("請求書", "invoice"), ("Dobropis č. 12", "credit"),
     ("Hyvityslasku", "credit"), ("Кредитно известие", "credit")],
)  # fmt: skip
def test_a_title_is_known_in_its_language(title: str, kind: str) -> None:
    assert title_at(tokens_of(title), 0, kind) > 0
