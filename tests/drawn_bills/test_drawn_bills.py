"""The drawn bills: each line, each total, each planted error, and nothing else that is claimed."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tests.drawn_bills.books import Drawn
from tests.drawn_bills.score import DRAWN, score_of


@pytest.mark.parametrize("draw", DRAWN, ids=[draw.__name__ for draw in DRAWN])
def test_a_drawn_bill_is_read_whole_and_audited_without_a_false_claim(draw: Callable[[], Drawn]) -> None:
    score = score_of(draw())
    assert (score.read, score.wrong, score.totals) == (score.lines, 0, score.bills), score.said
    assert (score.found, score.false) == (score.planted, 0), score.said
