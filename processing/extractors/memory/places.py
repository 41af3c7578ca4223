"""Where a value stands: the words beside or above it, learnt from one document and found again on the next."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import lru_cache

from common.text import fold
from invoices.records import DATE_FIELDS, MONEY_FIELDS, Value
from invoices.rules.identity import vat_id_holds
from invoices.values.dates import find_dates
from invoices.values.numbers import find_numbers
from processing.content.extraction import FieldValue
from processing.extractors.header.grid import Grid, Piece, Span, place_of
from processing.extractors.memory.keys import compact
from processing.extractors.memory.records import Entry, Relation

# Fields whose place is remembered; of the others memory knows the value itself.
PLACED = (
    "invoice_number", "invoice_date", "due_date", "delivery_date", "purchase_order", "contract_reference",
    "buyer_reference", "vendor_tax_id", "buyer_name", "buyer_tax_id", "subtotal", "tax_amount", "total_amount",
    "amount_due", "payment_reference",
)  # fmt: skip
# Of one customer's invoices from one vendor these are the same on each: known again as they stand.
SAME = frozenset({"buyer_name", "buyer_tax_id"})
MAX_LABEL_WORDS, MAX_PLACES, MAX_FOUND, MAX_VALUE = 6, 3, 12, 120
_SUREST: tuple[Relation, ...] = ("inline", "right", "same", "below", "")
_WORDS = re.compile(r"[^\W_]+")
_RATE = re.compile(r"\d+(?:[.,]\d+)?\s?%")  # "Levy 19 %" is a label


@dataclass(frozen=True, slots=True)
class Conventions:
    """How a document writes dates and numbers; None where nothing tells."""

    day_first: bool | None = None
    decimal_separator: str | None = None


@dataclass(frozen=True, slots=True)
class _Word:
    text: str
    start: int
    end: int


def find_value(grid: Grid, entry: Entry, conventions: Conventions) -> FieldValue | None:
    """The value that stands where the entry says. None where its label is not there, or stands there more than once
    with different values."""
    found: list[FieldValue] = []
    for span in _spans(grid, entry):
        value = _read(entry.field, span, conventions, like=entry.value)
        if value is not None:
            found.append(value)
            if len({str(v.value).casefold() for v in found}) > 1:
                return None
    return found[0] if found else None


def places_of(grid: Grid, field: str, value: Value, conventions: Conventions) -> list[Entry]:
    """Entries that say where a confirmed value stands on a document, the likeliest first; none where it stands
    nowhere."""
    found: dict[tuple[str, ...], Entry] = {}
    for piece in grid.pieces:
        for start, end in _occurrences(field, value, piece, conventions):
            for relation, label in _labels(grid, piece, start):
                shape = str(len(str(value).split())) if isinstance(value, str) else ""
                entry = Entry("field", f"{relation} {label}"[:150], shape, field, label[:150], relation)
                # Only what finds this very value again says where it stands.
                again = find_value(grid, entry, conventions)
                if again is not None and same_value(again.value, value):
                    found.setdefault(entry.identity, entry)
            if field in SAME:
                text = piece.text[start:end]
                same = Entry("field", fold(text)[:150], str(value)[:300], field, text[:150], "same")
                found.setdefault(same.identity, same)
        if len(found) >= MAX_FOUND:
            break
    return sorted(found.values(), key=surest)[:MAX_PLACES]


def surest(entry: Entry) -> tuple[int, int]:
    """The order in which entries are tried: by approvals, then words beside a value before words above it, under which
    a column of figures may stand."""
    return -entry.weight, _SUREST.index(entry.relation)


def same_value(one: Value | None, other: Value | None) -> bool:
    if isinstance(one, Decimal) and isinstance(other, Decimal):
        return abs(one) == abs(other)
    if isinstance(one, str) and isinstance(other, str):
        return _plain(one) == _plain(other)
    return one == other


def _plain(text: str) -> str:
    return "".join(_WORDS.findall(fold(text)))


def _spans(grid: Grid, entry: Entry) -> Iterator[Span]:
    if entry.relation == "same":
        for piece in grid.pieces:
            if fold(piece.text)[:150] == entry.key:
                yield Span(piece, 0, len(piece.text))
        return
    label = entry.label.split()
    if not label:
        return
    for piece in grid.pieces:
        words = _words(piece.text)
        if entry.relation == "inline":
            for at in range(len(words) - len(label)):
                if [w.text for w in words[at : at + len(label)]] == label:
                    yield Span(piece, words[at + len(label)].start, len(piece.text))
                    break
        elif _named(words) == label:
            beside = iter(grid.right_of(piece)) if entry.relation == "right" else grid.below(piece)
            other = next(beside, None)
            if other is not None:
                yield Span(other, 0, len(other.text))


@lru_cache(maxsize=8192)
def _words(text: str) -> tuple[_Word, ...]:
    return tuple(_Word(fold(m[0]), m.start(), m.end()) for m in _WORDS.finditer(text[:400]))


def _named(words: Sequence[_Word]) -> list[str]:
    """The words of a label without figures: of "Levy 19 %" the rate is none of its name. All of them where that leaves
    less than half."""
    plain = [word.text for word in words if word.text.isalpha()]
    return plain if len(plain) * 2 >= len(words) else [word.text for word in words]


def _labels(grid: Grid, piece: Piece, start: int) -> Iterator[tuple[Relation, str]]:
    """The words that stand before a value, left of it and above it, where they are words and no values."""
    inline = _label_text(piece.text[:start].rstrip(" :.#=-"), last=True)
    if inline:
        yield "inline", inline
        return
    if piece.text[:start].strip(" :.#=-"):
        return
    if piece.order > 0:
        left = _label_text(grid.lines[piece.line][piece.order - 1].text)
        if left:
            yield "right", left
    for line in reversed(grid.lines[max(0, piece.line - 3) : piece.line]):
        for other in line:
            if other.page == piece.page and next(grid.below(other), None) is piece:
                above = _label_text(other.text)
                if above:
                    yield "below", above
                return


def _label_text(text: str, *, last: bool = False) -> str:
    words = [word.text for word in _words(text)]
    if last:
        words = words[-3:]
        while words and any(c.isdigit() for c in words[0]):
            words = words[1:]
    elif any(c.isdigit() for c in _RATE.sub("", text)):
        return ""  # a number, a date or an amount of its own: it is another on the next document
    elif len(words) > 1:
        words = _named(_words(text))
    if not words or len(words) > MAX_LABEL_WORDS or any(c.isdigit() for word in words for c in word):
        return ""
    return " ".join(words) if sum(len(word) for word in words) >= 2 else ""


def _occurrences(field: str, value: Value, piece: Piece, conventions: Conventions) -> Iterator[tuple[int, int]]:
    text = piece.text
    if isinstance(value, date):
        for day in find_dates(text, day_first=conventions.day_first):
            if day.value == value:
                yield day.start, day.end
    elif isinstance(value, Decimal):
        for number in find_numbers(text, decimal_separator=conventions.decimal_separator):
            if abs(number.value) == abs(value):
                yield number.start, number.end
    elif isinstance(value, str):
        at = text.casefold().find(value.casefold())
        if at >= 0 and len(value) >= 2 and len(text) == len(text.casefold()):
            before, after = text[at - 1 : at], text[at + len(value) : at + len(value) + 1]
            if not (before.isalnum() or after.isalnum()):
                yield at, at + len(value)
        elif field.endswith("tax_id") and compact(value) and compact(value) in compact(text):
            words = list(re.finditer(r"[0-9A-Za-z]+", text))
            for first, start in enumerate(words):
                for end in words[first:]:
                    if compact(text[start.start() : end.end()]) == compact(value):
                        yield start.start(), end.end()
                        return


def _read(field: str, span: Span, conventions: Conventions, *, like: str) -> FieldValue | None:
    text = span.text[:MAX_VALUE]
    if field in DATE_FIELDS:
        dates = find_dates(text, day_first=conventions.day_first)
        if not dates or any(c.isdigit() for c in text[: dates[0].start]):
            return None
        return _field_value(span, dates[0].start, dates[0].end, dates[0].value)
    if field in MONEY_FIELDS:
        numbers = find_numbers(text, decimal_separator=conventions.decimal_separator)
        numbers = [n for n in numbers if text[n.end : n.end + 2].strip()[:1] != "%"]
        if not numbers or len({n.value for n in numbers}) > 1:
            return None
        return _field_value(span, numbers[0].start, numbers[0].end, numbers[0].value)
    if like and field in SAME and not like.isdecimal():
        return _field_value(span, 0, len(span.text), like)
    words = list(re.finditer(r"\S+", text))
    count = int(like) if like.isdecimal() else 1
    if len(words) < count or count == 0:
        return None
    end = words[count - 1].end()
    while end > 0 and text[end - 1] in ",;:":
        end -= 1
    value = text[words[0].start() : end]
    if field != "buyer_name" and not any(c.isdigit() for c in value):
        return None
    if field.endswith("tax_id"):
        if vat_id_holds(value) is False:
            return None
        value = compact(value) if vat_id_holds(value) else value
    return _field_value(span, words[0].start(), end, value)


def _field_value(span: Span, start: int, end: int, value: Value) -> FieldValue:
    first, last = span.start + start, span.start + end
    return FieldValue(value, span.piece.text[first:last], "memory", place_of(span.piece, first, last))
