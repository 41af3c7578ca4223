"""Numbers, dates, terms, bank and currency of the header, by labels and by the title."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from invoices import values
from invoices.values.currencies import find_currencies
from processing.extraction import FieldValue
from processing.extractors.grid import Grid, Piece, Span, read_value, trimmed, values_of
from processing.extractors.labels import Hit, title_at

IDENTIFIERS = ("invoice_number", "purchase_order", "contract_reference", "buyer_reference", "payment_reference")
DATES = ("invoice_date", "due_date", "delivery_date")

_WORD = re.compile(r"\S+")
_NUMBER_SIGN = re.compile(
    r"(?:\bNr\b\.?|\bNo\b\.?|\bN[°ºo]\.?|#|№|\bNumber\b|\bNummer\b|\bNum\b\.?|\bNúm\b\.?|\bNumero\b|\bNuméro\b)\s*[:.]?\s*(?=\S*\d)",
    re.I,
)
_DATED = re.compile(
    r"\b(?:vom|von|dated|du|del|of|van|dnia|d\.d\.|dd|issued|issued at|issued on|le|from|av|de|den|date)\s*:?\s*$", re.I
)
_TITLE_PARTS = re.compile(r"^\s*\(?\d{0,4}\)?\s*$")
_DAYS = re.compile(
    r"(?<![\d.,/-])(\d{1,3})\s*(?:\(\w+\)\s*)?(?:calendar |kalender|business |working |net )?"
    r"(?:days?|tagen?|jours?|d[ií]as|giorni|dagen|dni|dagar|dager|dage|gg\b|ddf|p[äa]iv)",
    re.I,
)
_NET_DAYS = re.compile(r"\b(?:net|netto|n/)\s*(\d{1,3})(?![\d.,%])(?!\s*(?:%|€|[A-Z]{3}\b))", re.I)
_UNTIL = re.compile(
    r"\b(?:bis(?: zum| spätestens| spätestens zum)?|by|until|before|no later than|avant le|jusqu['’]au|antes del?|hasta el"
    r"|entro(?: il)?|v[oó][oó]r|uiterlijk(?: op)?|até|do dnia|do|senast|senest)\s*:?\s*(?:the )?$",
    re.I,
)
_TOWN_BEFORE_DATE = re.compile(r"^[^\W\d][\w .'-]{2,30},\s*(?:den|le|li|dnia|d\.)?\s*$")
_PAYING = re.compile(
    r"zahl|begleich|überweis|pay|due|net\b|netto|terms|remit|settle|paiement|payable|régl|regl|échéance|pago|pagar|venc|pagament"
    r"|scaden|betal|voldo|vervald|płat|platn|forfald|forfall",
    re.I,
)
_DISCOUNTED = re.compile(
    r"skonto|discount|escompte|korting|sconto|descuento|desconto|rabatt|late|interest|verzug|mahn|return|refund|query|queries|dispute|notify|complain|rügen|reklam",
    re.I,
)
_LABELLED_IBAN = re.compile(r"^[A-Z]{2}\d{2}(?:\s?[A-Z]{4}(?=\s?\d))?(?:\s?[A-Z0-9]*\d[A-Z0-9]*){1,8}")
_BIC = re.compile(r"\b(?:BIC|SWIFT)[\s:.\-/A-Za-z]{0,12}?\b([A-Z]{6}[A-Z0-9]{2}(?:[A-Z0-9]{3})?)\b")


@dataclass(frozen=True, slots=True)
class Candidate:
    """A possible value of a field with the weight of its evidence."""

    field: FieldValue
    score: float
    piece: Piece


def best(candidates: Iterable[Candidate]) -> tuple[FieldValue | None, bool]:
    """The value with the strongest evidence, the earliest of equals; True where an equally strong one contradicts it."""
    ranked = sorted(candidates, key=lambda c: -c.score)
    if not ranked:
        return None, False
    top = [c for c in ranked if c.score >= ranked[0].score - 0.5]
    return ranked[0].field, len({str(c.field.value).casefold() for c in top}) > 1


# "Köln, den 3. Mai 2023": the date of a letter needs no label.
LETTER_DATE = 10.0
_WHERE = {"inline": 3.0, "right": 2.5, "below": 1.5}


def _score(grid: Grid, hit: Hit, span: Span) -> float:
    first_page = 1.0 if span.piece.page == grid.first_page else 0.0
    prose = 6.0 if not hit.first and len(span.piece.tokens) > 8 else 0.0
    return hit.label.strength * 10 + _WHERE[span.where] + first_page + (1.0 if hit.first else 0.0) - prose


# --- identifiers -----------------------------------------------------------------------------------------------------


def read_identifier(span: Span, *, may_be_date: bool = False) -> FieldValue | None:
    """A document number at the start of a span: it holds a digit and is no date or amount; parts set apart by blanks
    belong to it as long as they look like it ("F 1234K20/12")."""
    words = [(m[0].strip(",;:()[]'\""), span.start + m.start(), m[0]) for m in _WORD.finditer(span.text)]
    while words and (not any(c.isalnum() for c in words[0][0]) or words[0][0].strip(".°º").casefold() in _SIGN_WORDS):
        words.pop(0)
    if not words:
        return None
    rest = span.piece.text[words[0][1] : span.end]
    dates = values.find_dates(rest)
    if dates and not may_be_date and dates[0].start == 0 and (dates[0].end >= len(rest) or not rest[dates[0].end].isalnum()):
        following = rest[dates[0].end : dates[0].end + 1]
        if following not in {"-", "/", "_"}:
            return None
    taken = [words[0]]
    if not any(c.isdigit() for c in words[0][0]):
        if (
            len(words) < 2
            or len(words[0][0]) > 5
            or not words[0][0].isupper()
            or not any(c.isdigit() for c in words[1][0])
        ):
            return None
        taken.append(words[1])
    others = words[len(taken) :]
    if 0 < len(others) <= 3 and all(_is_part(w[0]) for w in others) and not values.find_dates(rest):
        taken += others
    start = taken[0][1] + taken[0][2].find(taken[0][0])
    end = taken[-1][1] + taken[-1][2].find(taken[-1][0]) + len(taken[-1][0])
    text = span.piece.text
    while start < end and text[start] in "#.:'’*":
        start += 1
    while start < end and text[end - 1] in ".,;:*'":
        end -= 1
    value = text[start:end]
    if not any(c.isdigit() for c in value) or len(value) > 40 or "@" in value or "%" in value:
        return None
    if value[0] in "$€£" or re.fullmatch(r"\d{1,3}(?:[.,]\d{3})*[.,]\d{2}", value):
        return None
    return read_value(Span(span.piece, start, end, span.where), value)


_SIGN_WORDS = {"nr", "no", "n", "number", "nummer", "num", "numero", "número", "id", "#", "is", "lautet"}


def _is_part(word: str) -> bool:
    return bool(re.fullmatch(r"\d{1,10}|[A-Z]{1,4}\d*|[A-Z0-9/\-]*\d[A-Z0-9/\-]*", word))


def identifiers(grid: Grid, name: str) -> list[Candidate]:
    """The candidates for a number by its labels."""
    found = []
    for piece, hit in _hits(grid, name):
        if hit.label.strength == 1 and not hit.first:
            continue
        for span in values_of(grid, piece, hit):
            # Numbers such as 12/05/2022 (running number, month, year) are common in Poland.
            value = read_identifier(span) or (
                read_identifier(span, may_be_date=True)
                if hit.label.strength == 3 and span.where == "inline" and re.fullmatch(r"[\d/]+", span.text)
                else None
            )
            if value is not None:
                found.append(Candidate(value, _score(grid, hit, span), piece))
                break
            if span.where == "inline" and any(c.isalnum() for c in span.text):
                break  # prose behind the words of a label
    return found


def _hits(grid: Grid, name: str) -> Iterable[tuple[Piece, Hit]]:
    return ((piece, hit) for piece in grid.pieces for hit in piece.hits if hit.name == name)


@dataclass(frozen=True, slots=True)
class Title:
    """The document's title line: "Rechnung Nr. 12 vom 03.04.2024"; ``end`` is behind its words."""

    piece: Piece
    kind: str
    end: int


def titles(grid: Grid) -> list[Title]:
    """The lines that begin with the name of a kind of document, self-billed invoices known as such."""
    found = []
    for piece in grid.pieces:
        if not piece.tokens or len(piece.tokens) > 16:
            continue
        for kind in ("credit", "invoice"):
            at = next((i for i in range(min(2, len(piece.tokens))) if title_at(piece.tokens, i, kind)), None)
            if at is not None:
                length = title_at(piece.tokens, at, kind)
                self_billed = any(title_at(piece.tokens, i, "self") for i in range(len(piece.tokens)))
                found.append(Title(piece, "invoice" if self_billed else kind, piece.tokens[at + length - 1].end))
                break
    return found


def title_numbers(grid: Grid, found: list[Title]) -> list[Candidate]:
    """The number in a title: behind "Nr.", directly behind the title, or "# 123" under it."""
    candidates = []
    for title in found:
        piece = title.piece
        if any(h.name == "invoice_number" and h.label.strength == 3 for h in piece.hits):
            continue  # a label has it already
        sign = _NUMBER_SIGN.search(piece.text, title.end)
        taken = [h for h in piece.hits if sign and h.start < sign.end() <= h.end + 2 and h.name != "invoice_number"]
        if sign and not taken and sign.start() - title.end < 60:
            span, score = trimmed(piece, sign.end(), len(piece.text)), 31.0
        elif not piece.text[title.end :].strip(" :.#-"):
            span, score = None, 0.0
            for other in [*grid.right_of(piece)[:1], *list(grid.below(piece))[:2]]:
                plain = other.label is None or (other.label.name == "other" and other.label.words == 1)
                if plain and re.match(r"\s*(?:#|№|(?:Nr|No|N°|Num[ée]ro|Number|Nummer|Número)\b)", other.text, re.I):
                    sign = _NUMBER_SIGN.match(other.text.lstrip())
                    span, score = trimmed(other, sign.end() if sign else 0, len(other.text), "below"), 25.0
                    break
        else:
            next_hit = next((h.start for h in piece.hits if h.start >= title.end), len(piece.text))
            span, score = trimmed(piece, title.end, next_hit), 22.0
            if not re.match(r"[A-Z0-9]\S*\d", span.text) or re.fullmatch(r"(?:19|20)\d\d", span.text):
                continue
        value = read_identifier(span) if span else None
        if value is not None and span is not None:
            candidates.append(Candidate(value, score + (1.0 if piece.page == grid.first_page else 0.0), piece))
    return candidates


# --- dates -----------------------------------------------------------------------------------------------------------


def dates(grid: Grid, name: str, day_first: bool | None) -> list[Candidate]:
    """The candidates for a date by its labels."""
    found = []
    for piece, hit in _hits(grid, name):
        for span in values_of(grid, piece, hit):
            matches = values.find_dates(span.text, day_first=day_first)
            if matches and (span.where == "inline" or matches[0].start <= 12):
                match = matches[0]
                at = Span(
                    piece=span.piece, start=span.start + match.start, end=span.start + match.end, where=span.where
                )
                score = _score(grid, hit, span) - (2.0 if match.start > 25 else 0.0)
                found.append(Candidate(read_value(at, match.value), score, piece))
                break
            if span.where == "right" and any(c.isdigit() for c in span.text) and hit.label.strength < 3:
                break
    return found


def title_dates(grid: Grid, found: list[Title], day_first: bool | None) -> list[Candidate]:
    """The date in a title ("Rechnung Nr. 1 vom 2.3.2024"), or on the line under a title that ends with "vom"."""
    candidates = []
    for title in found:
        piece = title.piece
        before_order = next(
            (h.start for h in piece.hits if h.start >= title.end and h.name in {"purchase_order", "other"}), None
        )
        if before_order is not None:
            continue
        spans = [Span(piece, title.end, len(piece.text))]
        lines = list(grid.below(piece))[:1]
        if lines and (_DATED.search(piece.text) or re.match(r"\s*(?:vom|dated|du|del|van|of)\b", lines[0].text, re.I)):
            spans.append(Span(lines[0], 0, len(lines[0].text)))
        for span in spans:
            for match in values.find_dates(span.text, day_first=day_first)[:1]:
                lead = span.text[: match.start]
                if span.piece is piece and lead.strip(" :,-") and not _DATED.search(lead):
                    continue
                at = Span(span.piece, span.start + match.start, span.start + match.end)
                candidates.append(Candidate(read_value(at, match.value), 29.0, piece))
    return candidates


def sentence_dates(grid: Grid, day_first: bool | None) -> list[Candidate]:
    """Due dates in sentences: "Please transfer the amount by 17 May 2023"."""
    found = []
    for piece in grid.pieces:
        if not _PAYING.search(piece.text):
            continue
        for match in values.find_dates(piece.text, day_first=day_first):
            clause = re.split(r"[,;]", piece.text[: match.start])[-1]
            if _UNTIL.search(clause) and not _DISCOUNTED.search(clause):
                at = Span(piece, match.start, match.end)
                found.append(Candidate(read_value(at, match.value), 24.0, piece))
    return found


def free_dates(grid: Grid, day_first: bool | None) -> list[Candidate]:
    """Dates without a label of their own on the first page, for a document that labels none. The higher the surer."""
    found = []
    for piece in grid.pieces:
        if piece.page != grid.first_page or (
            piece.hits and piece.hits[0].name not in {"invoice_date", "invoice_number", "other"}
        ):
            continue
        for match in values.find_dates(piece.text, day_first=day_first):
            if any(h.name in {"due_date", "delivery_date", "period", "purchase_order"} for h in piece.hits):
                continue
            alone = match.end - match.start >= len(piece.text.strip()) - 12
            at = Span(piece, match.start, match.end)
            letter = _TOWN_BEFORE_DATE.match(piece.text[: match.start]) is not None
            score = 6.0 + alone * 2.0 + letter * LETTER_DATE - piece.box[1] / 1e4
            found.append(Candidate(read_value(at, match.value), score, piece))
    return found


def period(grid: Grid, day_first: bool | None) -> tuple[FieldValue, FieldValue] | None:
    """The invoicing period (BT-73, BT-74): two dates behind its label."""
    for piece, hit in _hits(grid, "period"):
        for span in values_of(grid, piece, hit):
            matches = values.find_dates(span.text, day_first=day_first)
            if len(matches) == 2 and matches[0].value <= matches[1].value:
                first, last = (
                    read_value(Span(span.piece, span.start + m.start, span.start + m.end), m.value) for m in matches
                )
                return first, last
    return None


# --- terms -----------------------------------------------------------------------------------------------------------


def payment_terms(grid: Grid) -> tuple[FieldValue | None, int | None]:
    """The terms of payment (BT-20) and the days that they give, discounts for early payment apart."""
    labelled: FieldValue | None = None
    days: int | None = None
    for piece, hit in _hits(grid, "payment_terms"):
        for span in values_of(grid, piece, hit):
            if len(span.text) > 2 and any(c.isalpha() for c in span.text):
                if labelled is None and (span.piece.label is None or span.where == "inline"):
                    labelled = read_value(span, span.text)
                days = days if days is not None else _days(span.text)
                break
    for piece in grid.pieces:
        if days is None and _PAYING.search(piece.text) and any(c.isdigit() for c in piece.text):
            days = _days(piece.text)
            if days is not None and labelled is None:
                labelled = read_value(trimmed(piece, 0, len(piece.text)), piece.text.strip())
    return labelled, days


def _days(text: str) -> int | None:
    for clause in re.split(r",(?!\d)|;|\.\s", text):
        if _DISCOUNTED.search(clause):
            continue
        match = _NET_DAYS.search(clause) or _DAYS.search(clause)
        if match and int(match[1]) <= 365:
            return int(match[1])
    return None


def due_from_terms(invoice_date: FieldValue | None, days: int | None) -> FieldValue | None:
    """The due date that terms give: computed, so without a place."""
    if invoice_date is None or days is None or not isinstance(invoice_date.value, date):
        return None
    due = invoice_date.value + timedelta(days=days)
    return FieldValue(due, "", "rules", None, derived_from="invoice_date, payment_terms")


# --- bank and currency -----------------------------------------------------------------------------------------------


def iban(grid: Grid) -> FieldValue | None:
    """The first IBAN whose checksum holds, else one with a label (the rules of the books then complain of it)."""
    for piece in grid.pieces:
        for match in values.find_ibans(piece.text):
            return read_value(Span(piece, match.start, match.end), match.value)
    for piece, hit in _hits(grid, "iban"):
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
    for piece, hit in _hits(grid, "bic"):
        for span in values_of(grid, piece, hit):
            word = span.text.split(" ")[0]
            if value := values.normalise_bic(word):
                return read_value(Span(span.piece, span.start, span.start + len(word)), value)
    return None


def currency(grid: Grid, country: str | None) -> tuple[FieldValue | None, bool]:
    """The currency (BT-5) by its label, else the one that most amounts carry; True where another is about as frequent."""
    for piece, hit in _hits(grid, "currency"):
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
