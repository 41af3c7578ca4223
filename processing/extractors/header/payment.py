"""Bank and currency."""

from __future__ import annotations

import re
from collections import Counter

from invoices import values
from invoices.values.currencies import find_currencies
from processing.content.extraction import FieldValue
from processing.extractors.header import names
from processing.extractors.header.candidates import hits_of
from processing.extractors.header.grid import Grid, Piece, Span, joined_place, read_value, trimmed, values_of

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
    "BG": "BGN",
    "TR": "TRY",
    "JP": "JPY",
    "CN": "CNY",
    "BR": "BRL",
    "IS": "ISK",
    "ZA": "ZAR",
}
_SUMS = frozenset({"total_amount", "amount_due", "subtotal", "tax_amount"})
_CENTS = re.compile(r"\d[.,]\d\d(?!\d)")
_DOLLARS = frozenset({"USD", "CAD", "AUD", "NZD", "SGD", "HKD", "TWD", "MXN", "BND", "JMD", "FJD", "BBD"})
# What invoices are commonly paid in; other codes are more often abbreviations of something else.
_IN_USE = frozenset(CURRENCY_OF_COUNTRY.values()) | _DOLLARS | frozenset(
    {"HKD", "ZAR", "MXN", "ILS", "AED", "SAR", "THB", "KRW", "TWD", "RUB", "UAH", "RSD", "MAD", "IDR", "PHP", "VND",
     "ARS", "CLP", "PEN", "EGP", "HRK", "KES", "NGN", "PKR", "BDT", "LKR", "QAR", "KWD", "JOD", "TND", "KZT", "GEL"}
)  # fmt: skip
_LABELLED_IBAN = re.compile(r"^[A-Z]{2}\d{2}(?:\s?[A-Z]{4}(?=\s?\d))?(?:\s?[A-Z0-9]*\d[A-Z0-9]*){1,8}")
_BIC = re.compile(r"\b(?:BIC|SWIFT)[\s:.\-/A-Za-z]{0,12}?\b([A-Z]{6}[A-Z0-9]{2}(?:[A-Z0-9]{3})?)\b")


def iban(grid: Grid) -> FieldValue | None:
    """The first IBAN whose checksum holds, else one with a label (the rules of the books then complain of it)."""
    for piece in grid.pieces:
        for match in values.find_ibans(piece.text):
            if not _is_debited(grid, piece, match.start):
                return read_value(Span(piece, match.start, match.end), match.value)
    for line in grid.lines:
        if (strewn := _over_cells(line)) and not _is_debited(grid, line[0]):
            return strewn
    for piece, hit in hits_of(grid, "iban"):
        if _is_debited(grid, piece):
            continue
        for span in values_of(grid, piece, hit):
            matched = _LABELLED_IBAN.match(span.text)
            if matched and (whole := _with_line_below(grid, span)) is not None:
                return whole
            if matched and len(matched[0]) >= 10:
                return read_value(
                    Span(span.piece, span.start, span.start + matched.end()), re.sub(r"\s", "", matched[0])
                )
    return None


def _with_line_below(grid: Grid, span: Span) -> FieldValue | None:
    """An IBAN that a narrow column breaks into two lines: together they hold, and only with the line right below."""
    below = next(iter(grid.below(span.piece)), None)
    if below is None or not re.fullmatch(r"[A-Z0-9 ]{2,40}", below.text):
        return None
    joined = f"{span.text} {below.text}"
    match = next(iter(values.find_ibans(joined)), None)
    if match is None or match.end <= len(span.text):
        return None
    rest = trimmed(below, 0, match.end - len(span.text) - 1)
    return FieldValue(match.value, joined[match.start : match.end], "rules", joined_place([span, rest]))


def _over_cells(line: list[Piece]) -> FieldValue | None:
    """An IBAN whose groups stand so wide apart that each became a cell."""
    if len(line) < 2:
        return None
    starts = [0]
    for piece in line:
        starts.append(starts[-1] + len(piece.text) + 1)
    for match in values.find_ibans(" ".join(piece.text for piece in line))[:1]:
        spans = [
            Span(piece, max(0, match.start - start), min(len(piece.text), match.end - start))
            for piece, start in zip(line, starts, strict=False)
            if start < match.end and start + len(piece.text) > match.start
        ]
        return FieldValue(match.value, " ".join(span.text for span in spans), "rules", joined_place(spans))
    return None


_SENTENCE_END = re.compile(r"[.;]\s+(?=[^\W\d_])")


def _is_debited(grid: Grid, piece: Piece, start: int = 0) -> bool:
    """Whether the sentence around an account speaks of the payer's: direct debit, a refund. The sentence may have begun
    on the line above."""
    ends = [m.end() for m in _SENTENCE_END.finditer(piece.text, 0, start)]
    if ends and len(piece.text[ends[-1] : start].split()) > 2:  # a sentence of its own: "In caso di bonifico: IBAN …"
        return names.speaks_of_debit(piece.text[ends[-1] :])
    text = piece.text
    if piece.order == 0 and piece.line > 0:
        above = grid.lines[piece.line - 1][0]
        if above.page == piece.page and len(above.text) > 40 and not above.text.rstrip().endswith((".", ":")):
            text = f"{above.text} {text}"
    return names.speaks_of_debit(text)


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
    bare_dollars = 0
    for line in grid.lines:
        sums = any(h.name in _SUMS for p in line for h in p.hits)
        for piece in line:
            for code, start, end in find_currencies(piece.text, country=country)[:1]:
                weight = _weight(piece, code, start, end, sums=sums)
                if not weight:
                    continue
                votes[code] += weight
                bare_dollars += weight if piece.text[start:end] == "$" else 0
                first.setdefault(code, read_value(Span(piece, start, end), code))
    if not votes:
        return None, False
    named = [code for code in votes if code in _DOLLARS and code != "USD"]
    if len(named) == 1 and votes["USD"] and votes["USD"] == bare_dollars:
        votes[named[0]] += votes.pop("USD")  # a bare "$" is the dollar that the document names
    ranked = votes.most_common(2)
    conflict = len(ranked) > 1 and ranked[1][1] * 2 > ranked[0][1]
    return first[ranked[0][0]], conflict


def _weight(piece: Piece, code: str, start: int, end: int, *, sums: bool) -> int:
    """How much a currency counts: most beside a sum, then beside an amount, little alone; a code that no country here
    pays with counts only beside a sum or an amount with cents ("320 KGS" are kilograms)."""
    digits = any(c.isdigit() for c in piece.text)
    around = piece.text[max(0, start - 18) : start] + piece.text[end : end + 18]
    cents = _CENTS.search(around) is not None
    if code not in _IN_USE:
        return 2 if cents else 0
    if sums:
        return 3
    if cents or (digits and not piece.text[start:end].isalpha()):
        return 2
    if len(piece.text) <= 30:
        return 3 if not digits else 2
    return 1
