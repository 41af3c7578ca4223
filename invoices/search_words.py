"""The words by which invoices are found: how texts, numbers and what people type are cut. Pure.

No language is assumed and nothing is stemmed. A text becomes its runs of letters and digits, casefolded and without
accents; a group with signs inside (``INV-2026/001``, ``1,234.50``) is also one word without them, so that numbers are
found however they are written, and by how they begin. Scripts without spaces are cut into pairs of characters.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection, Iterable, Iterator
from datetime import date
from decimal import Decimal
from functools import partial

from invoices.records import HEADER_FIELDS, InvoiceData

# PostgreSQL holds 2 kB a word and 1 MB a vector. A document's first words tell it apart; a dictionary does not.
MAX_WORD = 60
MAX_DOCUMENT_WORDS = 6_000
MAX_DOCUMENT_CHARACTERS = 200_000
MAX_QUERY_TERMS = 12
# The beginning of a word is searched from so many characters on: shorter ones begin too many words.
SHORTEST_PREFIX, SHORTEST_NUMBER_PREFIX = 3, 4
LINE_WORDS = ("description", "item_code", "tracking_number", "charge_code", "service", "origin", "destination", "unit")

_RUN = re.compile(r"[^\W_]+")
_GROUP = re.compile(r"\S+")
_UNSPACED = re.compile(r"[\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\uac00-\ud7af]+")


def fold(text: str) -> str:
    """Casefolded, without accents, full-width forms made plain."""
    if text.isascii():
        return text.casefold()
    decomposed = unicodedata.normalize("NFKD", text.casefold())
    return unicodedata.normalize("NFC", "".join(c for c in decomposed if not unicodedata.combining(c)))


def words_of(text: str) -> Iterator[str]:
    """The words of a text, repeated ones repeated."""
    for group in _GROUP.findall(fold(text)):
        runs = _RUN.findall(group)
        for run in runs:
            yield from _pairs(run) if _UNSPACED.search(run) else (run[:MAX_WORD],)
        if len(runs) > 1 and any(c.isdigit() for c in group):
            yield "".join(runs)[:MAX_WORD]


def invoice_words(invoice: InvoiceData) -> set[str]:
    """The words of all header fields and of the telling columns of the lines."""
    texts = [text for name in HEADER_FIELDS for text in _as_texts(getattr(invoice, name))]
    for line in invoice.line_items:
        texts += [str(value) for name in LINE_WORDS if (value := getattr(line, name))]
        texts += _as_texts(line.amount)
    return {word for text in texts for word in words_of(text)}


def document_words(text: str) -> set[str]:
    """The first words of a document's text."""
    found: dict[str, None] = {}
    for word in words_of(text[:MAX_DOCUMENT_CHARACTERS]):
        found[word] = None
        if len(found) >= MAX_DOCUMENT_WORDS:
            break
    return set(found)


def query_of(typed: str, common: Collection[str] = ()) -> str:
    """What a person typed, as a PostgreSQL tsquery: all terms must stand there, each may be the beginning of a word.
    Those with a word that is not common come first: a row without it is passed over sooner. "" where nothing that could
    be searched was typed."""
    groups = sorted(_groups(typed), key=lambda group: not _term(group, common))
    return " & ".join(filter(None, map(_term, groups)))


def telling_query_of(typed: str, common: Collection[str]) -> str:
    """Of ``query_of`` what is left without the terms that begin one of the common words: it finds all that the whole
    query finds, and more. "" where all are common."""
    return " & ".join(filter(None, (_term(group, common) for group in _groups(typed))))


def query_of_value(value: object) -> str:
    """The tsquery that every invoice meets in which a field has this value: an index for any field."""
    return " & ".join(dict.fromkeys(f"'{word}'" for text in _as_texts(value) for word in words_of(text)))


def _groups(typed: str) -> list[str]:
    return _GROUP.findall(fold(typed))[:MAX_QUERY_TERMS]


def _term(group: str, common: Collection[str] = ()) -> str:
    runs = _RUN.findall(group)
    parts = [part for run in runs for part in (_pairs(run) if _UNSPACED.search(run) else (run[:MAX_WORD],))]
    parts = [part for part in parts if not any(map(partial(_begins, part), common))]
    if not parts:
        return ""
    if len(runs) > 1 and any(c.isdigit() for c in group):
        return f"({_prefix(''.join(runs)[:MAX_WORD])} | ({' & '.join(map(_prefix, parts))}))"
    return " & ".join(map(_prefix, parts))


def _begins(part: str, word: str) -> bool:
    return word.startswith(part) if len(part) >= _shortest(part) else word == part


def _prefix(word: str) -> str:
    # The whole word besides its prefix changes no result: it tells the planner how common a common word is.
    return f"('{word}' | '{word}':*)" if len(word) >= _shortest(word) else f"'{word}'"


def _shortest(word: str) -> int:
    return SHORTEST_NUMBER_PREFIX if word.isdigit() else SHORTEST_PREFIX


def _pairs(run: str) -> Iterable[str]:
    return (run[i : i + 2] for i in range(max(1, len(run) - 1)))


def _as_texts(value: object) -> list[str]:
    if value is None or value == "":
        return []
    if isinstance(value, Decimal):
        return [format(value.quantize(Decimal("0.01")), "f")] if abs(value) < 10**12 else []
    if isinstance(value, date):
        return [value.isoformat()]
    return [str(value)]
