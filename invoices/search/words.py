"""The words by which invoices are found: how texts, numbers and what people type are cut. Pure.

No language is assumed and nothing is stemmed. A text becomes its runs of letters and digits, casefolded and without
accents; a group with signs inside (``INV-2026/001``, ``1,234.50``) is also one word without them, so that numbers are
found however they are written, and by how they begin. Scripts without spaces are cut into pairs of characters.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable, Iterator
from datetime import date
from decimal import Decimal
from functools import partial

from common.text import fold
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
    """What a person typed, as a PostgreSQL tsquery: all terms must stand there, each may be the beginning of a word,
    save one that is itself a ``common`` word. Those with a word that is not common come first: a row without it is
    passed over sooner. "" where nothing that could be searched was typed."""
    return " & ".join(filter(None, (_term(group, common) for group in _telling_first(typed, common))))


def telling_query_of(typed: str, common: Collection[str]) -> str:
    """Of ``query_of`` what an index finds at once: all but what only begins a common word. It finds all that the whole
    query finds, and perhaps more: no more where the two are the same. "" where nothing but common words was typed."""
    groups = _telling_first(typed, common)
    if not any(_tells(group, common) for group in groups):
        return ""
    telling = partial(_tells_index, common=common)
    return " & ".join(filter(None, (_term(group, common, telling) for group in groups)))


def rare_query_of(typed: str, common: Collection[str]) -> str:
    """Of ``telling_query_of`` what is on few invoices: the index has a long list for each common word, and takes longer
    to compare it than a few rows take to be looked through. Finds all that the whole query finds, and perhaps more.
    """
    rare = partial(_is_rare, common=common)
    return " & ".join(filter(None, (_term(group, common, rare) for group in _telling_first(typed, common))))


def query_of_value(value: object) -> str:
    """The tsquery that every invoice meets in which a field has this value: an index for any field."""
    return " & ".join(dict.fromkeys(f"'{word}'" for text in _as_texts(value) for word in words_of(text)))


def _groups(typed: str) -> list[str]:
    return _GROUP.findall(fold(typed))[:MAX_QUERY_TERMS]


def _parts(group: str) -> list[str]:
    runs = _RUN.findall(group)
    return [part for run in runs for part in (_pairs(run) if _UNSPACED.search(run) else (run[:MAX_WORD],))]


def _telling_first(typed: str, common: Collection[str]) -> list[str]:
    return sorted(_groups(typed), key=lambda group: not _tells(group, common))


def _tells(group: str, common: Collection[str]) -> bool:
    return any(not _is_common(part, common) for part in _parts(group))


def _term(group: str, common: Collection[str], wanted: Callable[[str], bool] | None = None) -> str:
    runs, parts = _RUN.findall(group), [part for part in _parts(group) if wanted is None or wanted(part)]
    if not parts:
        return ""
    apart = " & ".join(_word(part, common) for part in parts)
    if len(runs) > 1 and any(c.isdigit() for c in group):
        return f"({_word(''.join(runs)[:MAX_WORD], common)} | ({apart}))"
    return apart


def _is_rare(part: str, common: Collection[str]) -> bool:
    return not _is_common(part, common)


def _tells_index(part: str, common: Collection[str]) -> bool:
    return _is_whole(part, common) or not _is_common(part, common)


def _is_common(part: str, common: Collection[str]) -> bool:
    """Whether the part is a common word, or begins one."""
    if len(part) < _shortest(part):
        return part in common
    return any(word.startswith(part) for word in common)


def _is_whole(part: str, common: Collection[str]) -> bool:
    """Whether the part is searched as a whole word: it is too short to begin one, or a common one (letters: a year or
    a round sum begins many a number)."""
    return len(part) < _shortest(part) or (part in common and part.isalpha())


def _word(part: str, common: Collection[str]) -> str:
    # The whole word besides its prefix changes no result: it tells the planner how common a common word is.
    return f"'{part}'" if _is_whole(part, common) else f"('{part}' | '{part}':*)"


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
