"""The discount for early payment (part of BT-20): its amount, and the last day on which it may be taken."""

from __future__ import annotations

import re
from dataclasses import replace
from decimal import ROUND_HALF_UP, Decimal

from invoices import values
from processing.content.extraction import Fields, FieldValue
from processing.extractors.header import names
from processing.extractors.header.amounts import CENT, money_in
from processing.extractors.header.grid import Grid, Piece, Span, read_value

_PERCENT = re.compile(r"(\d{1,2}(?:[.,]\d{1,3})?)\s*%")
# Nobody gives more for paying early.
_HIGHEST = Decimal(10)


def cash_discount(grid: Grid, separator: str | None, totals: Fields, *, day_first: bool | None) -> Fields:
    """``cash_discount_amount`` and ``cash_discount_until`` from a sentence that names a percentage and an amount which
    agree with the total: the discount itself, or what is left to pay. Nothing is read that the total does not prove."""
    total = totals.get("total_amount")
    if total is None or not isinstance(total.value, Decimal) or total.value <= 0:
        return {}
    for piece in grid.pieces:
        percent = _PERCENT.search(piece.text)
        if percent is None or len(piece.tokens) <= 5 or not names.speaks_of_discount(piece.text):
            continue
        rate = Decimal(percent[1].replace(",", "."))
        if not 0 < rate <= _HIGHEST:
            continue
        expected = (total.value * rate / 100).quantize(CENT, ROUND_HALF_UP)
        for number, span in money_in(piece, separator):
            stated = abs(number.value)  # in brackets it only looks negative
            is_rest = abs(total.value - stated - expected) <= CENT
            if not is_rest and abs(stated - expected) > CENT:
                continue
            amount = read_value(span, total.value - stated if is_rest else stated)
            found: Fields = {
                "cash_discount_amount": replace(amount, derived_from="total_amount") if is_rest else amount
            }
            if (day := _day(piece, percent.start(), day_first)) is not None:
                found["cash_discount_until"] = day
            return found
    return {}


def _day(piece: Piece, at: int, day_first: bool | None) -> FieldValue | None:
    """The date of the sentence that is nearest to the percentage."""
    dates = values.find_dates(piece.text, day_first=day_first)
    nearest = min(dates, key=lambda d: min(abs(d.start - at), abs(d.end - at)), default=None)
    return None if nearest is None else read_value(Span(piece, nearest.start, nearest.end), nearest.value)


def paid_in_full(grid: Grid, separator: str | None, totals: Fields) -> bool:
    """Whether a sentence on a discount for early payment names the discount and what it leaves, which together are the
    total: then the total is what is to be paid without it."""
    total = totals.get("total_amount")
    if total is None or total.place is None:
        return False
    for piece in grid.pieces:
        if len(piece.tokens) > 6 and names.speaks_of_discount(piece.text):
            found = [number.value for number, _ in money_in(piece, separator)]
            if any(a + b == total.value for at, a in enumerate(found) for b in found[at + 1 :]):
                return True
    return False
