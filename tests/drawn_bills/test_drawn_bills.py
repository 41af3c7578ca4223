"""The drawn bills: each line, each total, each planted error, and nothing else that is claimed."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest

from processing.extractors.separation import DOUBTFUL, first_invoice, page_numbers, separated
from processing.readers.registry import read_content
from tests.drawn_bills import papers
from tests.drawn_bills.books import Drawn
from tests.drawn_bills.score import DRAWN, score_of


@pytest.mark.parametrize("draw", DRAWN, ids=[draw.__name__ for draw in DRAWN])
def test_a_drawn_bill_is_read_whole_and_audited_without_a_false_claim(draw: Callable[[], Drawn]) -> None:
    score = score_of(draw())
    assert (score.read, score.wrong, score.totals) == (score.lines, 0, score.bills), score.said
    assert (score.found, score.false) == (score.planted, 0), score.said


def test_a_bill_of_a_page_a_shipment_is_one_document_where_its_end_prints_the_sum() -> None:
    drawn = papers.redstone()
    content = separated(read_content(drawn.data, "application/pdf"))
    assert page_numbers(content, DOUBTFUL)
    assert first_invoice(content) is content
    cut = replace(content, pages=content.pages[:-1])
    assert len(first_invoice(cut).pages) == 1
