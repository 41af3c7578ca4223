"""Dates of the header and the terms of payment."""

from __future__ import annotations

import re
from datetime import date, timedelta

from invoices import values
from processing.content.extraction import FieldValue
from processing.extractors.header import names
from processing.extractors.header.candidates import Candidate, hits_of, score_of
from processing.extractors.header.document_numbers import Title
from processing.extractors.header.grid import Grid, Piece, Span, read_value, trimmed, values_of

_DATED = re.compile(
    r"\b(?:vom|von|dated|du|del|of|van|dnia|d\.d\.|dd|issued|issued at|issued on|le|from|av|de|den|date)\s*:?\s*$", re.I
)
_DAYS = re.compile(
    r"(?<![\d.,/-])(\d{1,3})\s*(?:\(\w+\)\s*)?(?:calendar |kalender|business |working |net )?"
    r"(?:days?|tagen?|jours?|d[ií]as|giorni|dagen|dni|dagar|dager|dage|gg\b|ddf|p[äa]iv)",
    re.I,
)
_NET_DAYS = re.compile(r"\b(?:net|netto|n/)\s*(\d{1,3})(?![\d.,%])(?!\s*(?:%|€|[A-Z]{3}\b))", re.I)
_UNTIL = re.compile(
    r"\b(?:bis(?: zum| spätestens| spätestens zum)?|by|until|before|no later than|avant le|jusqu['’]au|antes del?"
    r"|hasta el|entro(?: il)?|v[oó][oó]r|uiterlijk(?: op)?|até|do dnia|do|senast|senest)\s*:?\s*(?:the )?$",
    re.I,
)
_OTHER_DATES = frozenset({"due_date", "delivery_date", "period", "purchase_order"})
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
# "… buchen wir am 3.11. ab", "by direct debit on or just after 18 November", "sera prélevé le …".
_ON = re.compile(r"\b(?:am|zum|on|after|around|about|le|el|il|op|den|dia|em|w dniu|dnia)\s*(?:the )?$", re.I)
# The next instalments of a bill that is settled once a year are not its own due date.
_NEXT = re.compile(r"erstmal|abschl[aä]g|instal?ment|mensualit|rata\b|rate successive|termijnbedrag|a conto", re.I)
_DEBIT_SCORE = 30.0  # as much as a label that says "usually": it names the document's own amount
_USUAL_TERMS = frozenset({7, 8, 10, 14, 15, 20, 21, 28, 30, 31, 45, 60, 90})
# "Köln, den 3. Mai 2023": the date of a letter needs no label.
LETTER_DATE = 10.0
SWAPPED = "Day and month could be swapped; nothing on the document settles it."


def dates(grid: Grid, name: str, day_first: bool | None) -> list[Candidate]:
    """The candidates for a date by its labels."""
    found = []
    for piece, hit in hits_of(grid, name):
        if name == "due_date" and _NEXT.search(piece.text):
            continue
        if name == "due_date" and _DISCOUNTED.search(re.split(r",(?!\d)|;", piece.text[: hit.start])[-1]):
            continue  # the last day of a discount
        for span in values_of(grid, piece, hit):
            matches = values.find_dates(span.text, day_first=day_first)
            if name == "due_date":
                matches = [m for m in matches if not _is_discounted(span.piece.text, span.start + m.end)]
            if matches and (span.where == "inline" or matches[0].start <= 12):
                match = matches[0]
                at = Span(
                    piece=span.piece, start=span.start + match.start, end=span.start + match.end, where=span.where
                )
                score = score_of(grid, hit, span) - (2.0 if match.start > 25 else 0.0)
                found.append(Candidate(read_value(at, match.value), score, piece))
                break
            if span.where == "right" and any(c.isdigit() for c in span.text) and hit.label.strength < 3:
                break
    return found


def is_ambiguous(text: str) -> bool:
    """Whether day and month of a numeric date could be exchanged: 04/12/2024."""
    match = re.fullmatch(r"\W*(\d{1,2})[/-](\d{1,2})[/-]\d{2,4}\W*", text)
    return match is not None and int(match[1]) <= 12 and int(match[2]) <= 12 and int(match[1]) != int(match[2])


def terms_say_swapped(invoice_date: FieldValue, due_date: FieldValue) -> bool:
    """Whether only with day and month exchanged the days between two dates are usual terms of payment: 02/04/2026, due
    03/06/2026, is 62 days by one reading and 30 by the other."""
    if not (is_ambiguous(invoice_date.raw) and is_ambiguous(due_date.raw)):
        return False
    issued, due = invoice_date.value, due_date.value
    if not isinstance(issued, date) or not isinstance(due, date):
        return False
    swapped = due.replace(month=due.day, day=due.month) - issued.replace(month=issued.day, day=issued.month)
    return swapped.days in _USUAL_TERMS and (due - issued).days not in _USUAL_TERMS


def _is_discounted(text: str, end: int) -> bool:
    """ "bis 21.02.2024 mit 2 % Skonto": what follows a date up to the next comma says that it is a discount's."""
    return _DISCOUNTED.search(re.split(r"[,;]|\.\s|\b(?:bis|until|or|oder|ou|of|o)\b", text[end:])[0]) is not None


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
                # "Rechnung gemäß Bestellung vom …" gives another document's date.
                prose = span.piece is piece and len(lead.split()) > 2 and not any(c.isdigit() for c in lead)
                candidates.append(Candidate(read_value(at, match.value), 15.0 if prose else 29.0, piece))
    return candidates


def sentence_dates(grid: Grid, day_first: bool | None) -> list[Candidate]:
    """Due dates in sentences: "Please transfer the amount by 17 May 2023"."""
    found = []
    for piece in grid.pieces:
        if names.speaks_of_debit(piece.text):
            found += _day_of_debit(piece, day_first)
        if not _PAYING.search(piece.text):
            continue
        for match in values.find_dates(piece.text, day_first=day_first):
            clause = re.split(r"[,;]", piece.text[: match.start])[-1]
            if _UNTIL.search(clause) and not _DISCOUNTED.search(clause) and not _is_discounted(piece.text, match.end):
                at = Span(piece, match.start, match.end)
                found.append(Candidate(read_value(at, match.value), 24.0, piece))
    return found


def _day_of_debit(piece: Piece, day_first: bool | None) -> list[Candidate]:
    """The day on which a sentence says that the amount is taken from the payer's account: the only date in it."""
    matches = values.find_dates(piece.text, day_first=day_first)
    if len(matches) != 1 or not _ON.search(piece.text[: matches[0].start]) or _NEXT.search(piece.text):
        return []
    at = Span(piece, matches[0].start, matches[0].end)
    return [Candidate(read_value(at, matches[0].value), _DEBIT_SCORE, piece)]


def free_dates(grid: Grid, day_first: bool | None) -> list[Candidate]:
    """Dates without a label of their own on the first page, for a document that labels none. The higher the surer."""
    found = []
    for piece in grid.pieces:
        if piece.page != grid.first_page:
            continue
        before = grid.lines[piece.line][piece.order - 1] if piece.order else None
        if before is not None and before.label is not None and before.label.name in _OTHER_DATES:
            continue
        dated = before is not None and _DATED.fullmatch(before.text.strip()) is not None
        for match in values.find_dates(piece.text, day_first=day_first):
            # What follows the date of a letter in its line is something else: "Weggis, 24. 10. 2025 / payable in …".
            letter = _TOWN_BEFORE_DATE.match(piece.text[: match.start]) is not None
            hits = [h for h in piece.hits if h.start < match.end] if letter else piece.hits
            if hits and hits[0].name not in {"invoice_date", "invoice_number", "other"}:
                continue
            if any(h.name in _OTHER_DATES for h in hits):
                continue
            alone = match.end - match.start >= len(piece.text.strip()) - 12
            at = Span(piece, match.start, match.end)
            score = 6.0 + alone * 2.0 + (letter or dated) * LETTER_DATE - piece.box[1] / 1e4
            found.append(Candidate(read_value(at, match.value), score, piece))
    return found


def period(grid: Grid, day_first: bool | None) -> tuple[FieldValue, FieldValue] | None:
    """The invoicing period (BT-73, BT-74): two dates behind its label."""
    for piece, hit in hits_of(grid, "period"):
        for span in values_of(grid, piece, hit):
            matches = values.find_dates(span.text, day_first=day_first)
            if len(matches) == 2 and matches[0].value <= matches[1].value:
                first, last = (
                    read_value(Span(span.piece, span.start + m.start, span.start + m.end), m.value) for m in matches
                )
                return first, last
    return None


def payment_terms(grid: Grid) -> tuple[FieldValue | None, int | None]:
    """The terms of payment (BT-20) and the days that they give, discounts for early payment apart."""
    labelled: FieldValue | None = None
    days: int | None = None
    for piece, hit in hits_of(grid, "payment_terms"):
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
