"""Text that nobody sees is no evidence, and holds a document back where it says more than the page."""

from __future__ import annotations

from decimal import Decimal

import pytest

from processing.content.records import DocumentContent
from processing.extractors.rules import extract_by_rules
from processing.readers import media_types
from processing.readers.hidden_text import not_shown, payment_data
from processing.readers.pdf import read_layers
from processing.readers.registry import read_content
from tests.processing.forged_pdfs import (
    FALSE_IBAN,
    FALSE_TOTAL,
    FORGED,
    TRUE_IBAN,
    Sums,
    honest_pdf,
    lying_font,
    scan_with_layer,
    sums_by_chance,
)

BY_PICTURE = {"under a picture", "under other text", "font that lies"}


def is_held_back(content: DocumentContent) -> bool:
    return any(reason.code == "hidden_text" and reason.blocking for reason in content.reasons)


@pytest.mark.parametrize("kind", [kind for kind in FORGED if kind not in BY_PICTURE])
def test_unseen_text_is_no_evidence_and_holds_the_document_back(kind: str) -> None:
    content = read_content(FORGED[kind](), media_types.PDF)
    assert is_held_back(content)
    assert FALSE_TOTAL not in content.text
    assert FALSE_IBAN not in content.text
    values = {name: field.value for name, field in extract_by_rules(content).fields.items()}
    assert values.get("total_amount") in (Decimal("1188.00"), None)
    assert values.get("iban") in (TRUE_IBAN.replace(" ", ""), None)


@pytest.mark.parametrize("kind", sorted(BY_PICTURE))
def test_pages_whose_text_may_lie_are_marked_for_a_look_at_their_picture(kind: str) -> None:
    from processing.readers.seen import pages_to_compare

    assert pages_to_compare(read_layers(FORGED[kind]())) == {1}


def test_an_honest_invoice_has_neither_unseen_nor_doubtful_text() -> None:
    for seed in range(10):
        reading = read_layers(honest_pdf(sums_by_chance(seed)))
        assert not reading.unseen
        assert not reading.doubtful


def test_a_font_that_lies_is_read_from_the_picture() -> None:
    content = read_content(lying_font(), media_types.PDF)
    assert is_held_back(content)
    assert "1,188.00" in content.text
    assert "9,988.00" not in content.text


def test_a_scan_with_a_true_layer_passes() -> None:
    sums = sums_by_chance(3)
    content = read_content(scan_with_layer(sums, sums), media_types.PDF)
    assert content.reasons == ()
    assert content.pages[0].ocr
    assert sums.total in content.text


def test_a_scan_whose_layer_says_another_sum_is_held_back() -> None:
    content = read_content(scan_with_layer(Sums(), Sums(total=FALSE_TOTAL)), media_types.PDF)
    assert is_held_back(content)
    assert FALSE_TOTAL not in content.text


def test_hidden_text_that_repeats_the_page_is_harmless() -> None:
    shown = ["Total due GBP  1,188.00", f"IBAN: {TRUE_IBAN} Payment"]
    assert not_shown(f"Total 1.188,00 IBAN {TRUE_IBAN} thank you", shown) == []
    assert not_shown("page 3 of 4, version 1.2.3, 12.03.2026", shown) == []


def test_a_part_of_a_shown_amount_is_another_amount() -> None:
    assert not_shown("188.00", ["Total  1,188.00"]) == ["188.00"]


def test_letters_that_look_like_digits_count_as_the_same_on_a_picture_only() -> None:
    account = TRUE_IBAN.replace("0", "O", 1)
    assert not_shown(TRUE_IBAN, [f"IBAN {account}"], by_picture=True) == []
    assert not_shown(TRUE_IBAN, [f"IBAN {account}"]) == [TRUE_IBAN.replace(" ", "")]


def test_account_numbers_count_beside_the_words_of_banks_only() -> None:
    assert payment_data("document 0012345678") == {}
    assert payment_data("routing 021000021 account 0012345678") == {
        "021000021": "021000021",
        "0012345678": "0012345678",
    }
