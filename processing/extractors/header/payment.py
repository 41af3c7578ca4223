"""Bank and currency."""

from __future__ import annotations

import re
from collections import Counter

from invoices import values
from invoices.values.currencies import find_currencies
from processing.content.extraction import FieldValue
from processing.extractors.header.candidates import hits_of
from processing.extractors.header.grid import Grid, Span, read_value, values_of

# What prices are in where none is named.
CURRENCY_OF_COUNTRY = {
    **dict.fromkeys(("AT", "BE", "DE", "EE", "ES", "FI", "FR", "GR", "HR", "IE", "IT", "LT", "LU", "LV"), "EUR"),
    **dict.fromkeys(("CY", "MT", "NL", "PT", "SI", "SK"), "EUR"),
    "US": "USD",
    "GB": "GBP",
    "CH": "CHF",
    "AU": "AUD",
    "NZ": "NZD",
    "CA": "CAD",
    "IN": "INR",
    "MY": "MYR",
    "SG": "SGD",
    "PL": "PLN",
    "SE": "SEK",
    "NO": "NOK",
    "DK": "DKK",
    "CZ": "CZK",
    "HU": "HUF",
    "RO": "RON",
}
_LABELLED_IBAN = re.compile(r"^[A-Z]{2}\d{2}(?:\s?[A-Z]{4}(?=\s?\d))?(?:\s?[A-Z0-9]*\d[A-Z0-9]*){1,8}")
_BIC = re.compile(r"\b(?:BIC|SWIFT)[\s:.\-/A-Za-z]{0,12}?\b([A-Z]{6}[A-Z0-9]{2}(?:[A-Z0-9]{3})?)\b")


def iban(grid: Grid) -> FieldValue | None:
    """The first IBAN whose checksum holds, else one with a label (the rules of the books then complain of it)."""
    for piece in grid.pieces:
        for match in values.find_ibans(piece.text):
            return read_value(Span(piece, match.start, match.end), match.value)
    for piece, hit in hits_of(grid, "iban"):
        for span in values_of(grid, piece, hit):
            matched = _LABELLED_IBAN.match(span.text)
            if matched and len(matched[0]) >= 10:
                return read_value(
                    Span(span.piece, span.start, span.start + matched.end()), re.sub(r"\s", "", matched[0])
                )
    return None


def bic(grid: Grid) -> FieldValue | None:
    for piece in grid.pieces:
        if match := _BIC.search(piece.text):
            return read_value(Span(piece, match.start(1), match.end(1)), match[1])
    for piece, hit in hits_of(grid, "bic"):
        for span in values_of(grid, piece, hit):
            word = span.text.split(" ")[0]
            if value := values.normalise_bic(word):
                return read_value(Span(span.piece, span.start, span.start + len(word)), value)
    return None


def currency(grid: Grid, country: str | None) -> tuple[FieldValue | None, bool]:
    """The currency (BT-5) by its label, else the one that most amounts carry; True where another is as frequent."""
    for piece, hit in hits_of(grid, "currency"):
        for span in values_of(grid, piece, hit):
            for code, start, end in find_currencies(span.text, country=country)[:1]:
                return read_value(Span(span.piece, span.start + start, span.start + end), code), False
    votes: Counter[str] = Counter()
    first: dict[str, FieldValue] = {}
    for piece in grid.pieces:
        digits = any(c.isdigit() for c in piece.text)
        short = len(piece.text) <= 30
        for code, start, end in find_currencies(piece.text, country=country)[:1]:
            if digits or short:
                totals = any(h.name in {"total_amount", "amount_due", "subtotal"} for h in piece.hits)
                votes[code] += 2 if digits and not totals else 3
            else:
                votes[code] += 1
            first.setdefault(code, read_value(Span(piece, start, end), code))
    if not votes:
        return None, False
    ranked = votes.most_common(2)
    conflict = len(ranked) > 1 and ranked[1][1] * 2 > ranked[0][1]
    return first[ranked[0][0]], conflict
