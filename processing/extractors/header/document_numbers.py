"""Document numbers by their labels, and the title of the document with the number in it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from invoices import values
from invoices.records import HEADER
from processing.content.extraction import FieldValue
from processing.extractors.header.candidates import Candidate, hits_of, score_of
from processing.extractors.header.grid import Grid, Piece, Span, read_value, trimmed, values_of
from processing.extractors.header.names import speaks_of_register
from processing.extractors.words.labels import title_at

IDENTIFIERS = tuple(name for name, each in HEADER.items() if each.identifier)

_WORD = re.compile(r"\S+")
_NUMBER_SIGN = re.compile(
    r"(?:\bNr\b\.?|\bNo\b\.?|\bN\.?[°ºo]\.?|#|№|\bNumber\b|\bNummer\b|\bNum\b\.?|\bNúm\b\.?|\bNumero\b|\bNuméro\b|(?<!\w)č\.|\bčíslo\b|\bčís\.|\bbroj\b|\bbr\.)\s*[:.]?\s*(?=\S*\d)",
    re.I,
)
_SIGN_FIRST = re.compile(r"\s*(?:#|№|N\.?[°º]|(?:Nr|No|Num[ée]ro|Number|Nummer|Número)\b)", re.I)
_SIGN_ALONE = re.compile(r"\s*(?:#|№|N\.?[°º]|(?:Nr|No|Num[ée]ro|Number|Nummer|Número))[\s.:]*", re.I)
_ALONE_WITH_SIGN = re.compile(r"(?:N[°ºo]\.?|Nr\.?|No\.?|č\.|#|№)\s*[:.]?\s*(\S*\d\S*)", re.I)
_SIGN_WORDS = {
    "nr",
    "no",
    "n",
    "number",
    "nummer",
    "num",
    "numero",
    "número",
    "č",
    "čís",
    "číslo",
    "id",
    "#",
    "is",
    "lautet",
}


# What stands before the number or date of another document.
REFERRING = re.compile(
    r"\b(?:against|original|for|of|re|ref|referring to|relating to|sur|concernant|rif|riferimento|su|zu|zur|zum|betr"
    r"|urspr\w+|auf|op|bij|betreft|sobre|rectificad\w+|rectifica|relativ\w+|krediterar"
    r"|kreditering af|vedr|do|korygowan\w+|till|til)"
    r"\b\W*(?:(?:la|le|the|tax|der|die|das|de|uw|nostra|ns|our|your)\b\W*)?$",
    re.I,
)


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
    if (
        dates
        and not may_be_date
        and dates[0].start == 0
        and (dates[0].end >= len(rest) or not rest[dates[0].end].isalnum())
    ):
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


def _is_part(word: str) -> bool:
    return bool(re.fullmatch(r"\d{1,10}|[A-Z]{1,4}\d*|[A-Z0-9/\-]*\d[A-Z0-9/\-]*", word))


def refers(piece: Piece) -> bool:
    """Whether a line speaks of an invoice as of another document: "Against invoice 12 dated …"."""
    for index in range(min(len(piece.tokens), 6)):
        if title_at(piece.tokens, index, "invoice") and REFERRING.search(piece.text[: piece.tokens[index].start]):
            return True
    return False


def preceding_invoice(grid: Grid, found: list[Title]) -> FieldValue | None:
    """The number of the invoice that a credit note corrects (BT-25): by its label, or in a line that speaks of an
    invoice as of another document. None where the document is no credit note."""
    if not any(title.kind == "credit" for title in found):
        return None
    for candidate in sorted(identifiers(grid, "preceding_invoice"), key=lambda c: -c.score):
        return candidate.field
    for piece in grid.pieces:
        for index in range(min(len(piece.tokens), 6)):
            length = title_at(piece.tokens, index, "invoice")
            if length and REFERRING.search(piece.text[: piece.tokens[index].start]):
                return read_identifier(trimmed(piece, piece.tokens[index + length - 1].end, len(piece.text)))
    return None


def identifiers(grid: Grid, name: str) -> list[Candidate]:
    """The candidates for a number by its labels."""
    found = []
    for piece, hit in hits_of(grid, name):
        if (hit.label.strength == 1 and not hit.first) or (not hit.first and speaks_of_register(piece.text)):
            continue  # "Reg. Merc. Lugo, tomo 118, folio 42" numbers a company
        if hit.start and piece.text[hit.start - 1] in "/-" and piece.text[hit.end : hit.end + 1] in {"/", "-"}:
            continue  # a part of a number: "TF/PO/3317"
        for span in values_of(grid, piece, hit):
            # Numbers such as 12/05/2022 (running number, month, year) are common in Poland.
            value = read_identifier(span) or (
                read_identifier(span, may_be_date=True)
                if hit.label.strength == 3 and span.where == "inline" and re.fullmatch(r"[\d/]+", span.text)
                else None
            )
            if value is not None:
                if name == "purchase_order":
                    value = _without_order_word(value)
                found.append(Candidate(value, score_of(grid, hit, span), piece))
                break
            if span.where == "inline" and any(c.isalnum() for c in span.text):
                break  # prose behind the words of a label
    return found


_ORDER_NUMBER = re.compile(r"(?=.*\d)[A-Z\d][A-Z\d/.\-]{3,19}")
_ORDER_WORD = re.compile(
    r"(?:P\.?O\.?|Order|Bestellung|Best|Commande|Cde|Pedido|Ordine|Bestelling)\.?"
    r"\s?(?:No|Nr)?[.:#]?\s+(?=\S*\d)",
    re.I,
)


def _without_order_word(value: FieldValue) -> FieldValue:
    """An order's number without the word for order that stands with it: "PO 774120"."""
    text = str(value.value)
    bare = _ORDER_WORD.sub("", text, count=1) if _ORDER_WORD.match(text) else text
    return replace(value, value=bare)


def order_by_reference(grid: Grid, taken: set[str]) -> FieldValue | None:
    """What the buyer is quoted as reference ("Your ref: BC-4471"), where no order is named and it looks like the number
    of one: a single word with a digit that is no other number of the document."""
    found = sorted(identifiers(grid, "buyer_reference"), key=lambda c: -c.score)
    for candidate in (c for c in found if c.score >= _OF_BUYER):
        text = str(candidate.field.value)
        if (
            text not in taken
            and re.fullmatch(r"(?=.*\d)[A-Z\d][A-Z\d/.\-]{3,19}", text)
            and not _LEITWEG.fullmatch(text)
        ):
            return candidate.field
    return None


_OF_BUYER = 30.0  # the score of a label that says whose reference it is
_LEITWEG = re.compile(r"\d{2,12}(?:-[A-Z\d]{1,30})?-\d{2}")  # the address of a German authority (BT-10)


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
            at = next((i for i in _starts(piece) if title_at(piece.tokens, i, kind)), None)
            if at is not None and at > 0 and REFERRING.search(piece.text[: piece.tokens[at].start]):
                break  # "Sur facture n° 12", "Against invoice 12": the document that a credit note corrects
            if at is not None:
                length = title_at(piece.tokens, at, kind)
                self_billed = any(title_at(piece.tokens, i, "self_billed") for i in range(len(piece.tokens)))
                found.append(Title(piece, "invoice" if self_billed else kind, piece.tokens[at + length - 1].end))
                break
    return found


def stands_low(grid: Grid, piece: Piece) -> bool:
    """Whether a line stands in the lower part of a first page that is full: a title there is rather the name of an
    account ("tekući račun 448-…") or of another document."""
    height = grid.pages[piece.page].height
    return bool(height) and piece.page == grid.first_page and piece.box[1] > 0.7 * grid.page_height(piece)


def _starts(piece: Piece) -> Iterator[int]:
    """Where a title may begin: with the first or second word, or behind a dash ("Situation n° 2 - Facture F-12")."""
    for index, token in enumerate(piece.tokens):
        if index < 2 or re.search(r"\s[-–—|]\s*$", piece.text[: token.start]):
            yield index


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
                if other in grid.right_of(piece)[:1] and other.label is None and any(c.isdigit() for c in other.text):
                    span, score = trimmed(other, 0, len(other.text), "right"), 24.0
                    break
                if plain and _SIGN_FIRST.match(other.text):
                    sign = _NUMBER_SIGN.match(other.text.lstrip())
                    beside = grid.right_of(other)[:1]
                    span, score = trimmed(other, sign.end() if sign else 0, len(other.text), "below"), 25.0
                    if beside and _SIGN_ALONE.fullmatch(other.text) and beside[0].label is None:
                        span = trimmed(beside[0], 0, len(beside[0].text), "right")
                    break
        else:
            next_hit = next((h.start for h in piece.hits if h.start >= title.end), len(piece.text))
            span, score = trimmed(piece, title.end, next_hit), 22.0
            if not re.match(r"[A-Z0-9]\S*\d|[A-Z]{1,4} \d", span.text) or re.fullmatch(r"(?:19|20)\d\d", span.text):
                continue
        value = read_identifier(span) if span else None
        if value is not None and span is not None:
            candidates.append(Candidate(value, score + (1.0 if piece.page == grid.first_page else 0.0), piece))
    return candidates or _signed_numbers(grid)


def _signed_numbers(grid: Grid) -> list[Candidate]:
    """A number that stands alone with its sign on the first page ("N° 1207-25"), the only one like it."""
    found = []
    for piece in grid.pieces:
        if piece.page == grid.first_page and (match := _ALONE_WITH_SIGN.fullmatch(piece.text.strip())):
            start = piece.text.index(match[1])
            value = read_identifier(Span(piece, start, start + len(match[1]), "inline"))
            if value is not None:
                found.append(Candidate(value, 15.0, piece))
    return found if len(found) == 1 else []
