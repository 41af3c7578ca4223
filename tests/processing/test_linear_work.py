"""What touches a document's text outside the bounded processes takes time in proportion to it: doubling the text may
take 2.3 times the processor time, and no more."""

from __future__ import annotations

import gc
import time
from collections.abc import Callable
from decimal import Decimal
from functools import partial

import pytest

from common.stream_safe import MOST_MARKS, stream_safe
from common.text import fold
from invoices.records import Place
from invoices.search.words import document_words
from invoices.values import find_dates, find_ibans, find_numbers, find_vat_ids
from invoices.values.currencies import find_currencies
from processing.content.records import Cell, DocumentContent, Page, Row, Word
from processing.extractors.model.evidence import Evidence
from processing.extractors.model.prompt import build_invoice_prompt
from processing.readers.registry import read_content

MOST_GROWTH = 2.3
FOUR_SIZES = (625_000, 1_250_000, 2_500_000, 5_000_000)
SMALLER_SIZES = (20_000, 40_000, 80_000, 160_000)
TOO_LITTLE_SECONDS = 0.02  # below it, the clock tells more of the machine than of the work


def one_cell(text: str) -> DocumentContent:
    words = tuple(Word(word, (0.0, 0.0, 1.0, 1.0)) for word in text.split(" "))
    cell = Cell(text, Place(page=1, box=(0.0, 0.0, 1.0, 1.0)), words=words)
    return DocumentContent("text/plain", (Page(1, (Row(1, 1, (cell,)),)),))


def many_rows(text: str) -> DocumentContent:
    parts = [text[at : at + 50] for at in range(0, len(text), 50)]
    rows = (Row(number, 1, (Cell(part, Place(page=1)),), table=1) for number, part in enumerate(parts, start=1))
    return DocumentContent("text/plain", (Page(1, tuple(rows)),))


def cpu_seconds(work: Callable[[], object]) -> float:
    gc.collect()
    gc.disable()
    began = time.thread_time()
    try:
        work()
    finally:
        gc.enable()
    return time.thread_time() - began


def assert_linear(work: Callable[[str], object], piece: str, sizes: tuple[int, ...]) -> None:
    """From the first size to the last; a machine that others use, too, gets three tries. The square of the length would
    be far away: 64 times the time for 8 times the text."""
    allowed = MOST_GROWTH ** (len(sizes) - 1)
    for _ in range(3):
        seconds = [cpu_seconds(partial(work, piece * (size // len(piece)))) for size in sizes]
        if seconds[-1] <= allowed * max(seconds[0], TOO_LITTLE_SECONDS):
            return
    raise AssertionError([round(value, 3) for value in seconds])


def look_up(content: DocumentContent) -> None:
    evidence = Evidence(content)
    for copied in ("7", "777 7", "12.50", "x7 7 7 7 7", "ﬁ zz"):
        evidence.find(copied)


@pytest.mark.parametrize("piece", ["7", "7,", "ﬁ", "7.7 "])
def test_evidence_is_looked_for_in_time_that_grows_with_the_text(piece: str) -> None:
    assert_linear(lambda text: look_up(one_cell(text)), piece, FOUR_SIZES if piece == "7" else SMALLER_SIZES)


@pytest.mark.parametrize("piece", ["7 ", "7.50 EUR ", "12.03.2024 "])
def test_numbers_and_dates_of_one_cell_find_their_words_in_linear_time(piece: str) -> None:
    def work(text: str) -> None:
        evidence = Evidence(one_cell(text.strip()))
        assert evidence.find_number(Decimal("0.01")) == []
        evidence.find_date(evidence._day_first)  # type: ignore[arg-type]

    assert_linear(work, piece, SMALLER_SIZES)


@pytest.mark.parametrize(
    ("find", "piece"),
    [
        (find_numbers, "7 "),
        (find_dates, "1.1.2024 "),
        (find_currencies, "TRY 7 "),
        (find_ibans, "DE12 3456 "),
        (find_vat_ids, "DE1 "),
        (fold, "é"),
        (fold, "\u0300\u0316"),
        (document_words, "\u0300\u0316"),
    ],
)
def test_values_are_found_in_linear_time(find: Callable[[str], object], piece: str) -> None:
    assert_linear(find, piece, SMALLER_SIZES)


@pytest.mark.parametrize("piece", ["7 ", "12.50 total ", "é"])
def test_a_prompt_is_built_in_linear_time(piece: str) -> None:
    def build(text: str) -> None:
        build_invoice_prompt(many_rows(text), model="gpt-4o-mini", max_input_tokens=4000)

    build("once")  # loads the tokenizer
    assert_linear(build, piece, SMALLER_SIZES)


def test_a_reader_gives_no_more_marks_on_a_letter_than_any_language_has() -> None:
    content = read_content(("Total a" + "\u0300\u0316" * 5000 + "b 7").encode(), "text/plain")
    assert sum(ord(char) in (0x300, 0x316) for char in content.text) == MOST_MARKS
    assert stream_safe("Việt Nam é") == "Việt Nam é"
