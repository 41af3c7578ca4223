"""What the headers of item tables say: names of columns in the languages of invoices, and what they mean. Pure.

Meanings are the names of ``records.LINE_FIELDS`` and those of ``HELPER_MEANINGS``, which are read to understand a line
and are no field of it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from common.text import fold as folded_word
from processing.extractors.words.languages import either, languages

HELPER_MEANINGS = frozenset(
    {"amount_gross", "unit_price_gross", "discount_percent", "tax_amount", "price_base", "date", "charge"}
)

# A line that names a sum, a tax or a payment: no item.
_TOTAL_LABELS = re.compile(rf"^\W*{either('total_rows')}")
# A line that tells of a price reduction below its item.
_DISCOUNT_LABELS = re.compile(rf"\b{either('reductions')}\b")


# "金 额": two characters set apart to fill a column are one word.
_SPACED_HAN = re.compile(r"(?<=(?<![^\W\d_])[\u4e00-\u9fff]) (?=[\u4e00-\u9fff](?![^\W\d_]))")


@dataclass(frozen=True, slots=True)
class Phrase:
    """A name of a column found in folded tokens: ``tokens[start:end]``."""

    meaning: str
    start: int
    end: int


@lru_cache(maxsize=20_000)
def fold(text: str) -> str:
    """Lower case, without accents and punctuation; %, # and / as words of their own or spaces."""
    plain = folded_word(text).replace("%", " % ").replace("#", " # ")
    return _SPACED_HAN.sub("", " ".join(re.findall(r"[^\W_]+|[%#№]", plain)))


@lru_cache(maxsize=20_000)
def names_sum(folded: str) -> bool:
    """Whether a folded text begins like a line of totals."""
    return _TOTAL_LABELS.match(folded) is not None


@lru_cache(maxsize=20_000)
def names_reduction(folded: str) -> bool:
    """Whether a folded text speaks of a price reduction."""
    return _DISCOUNT_LABELS.search(folded) is not None


@lru_cache(maxsize=1)
def _phrases() -> tuple[dict[tuple[str, ...], str], int]:
    table: dict[tuple[str, ...], str] = {}
    for language in languages():
        for meaning, names in language.columns.items():
            for name in names.split("|"):
                tokens = tuple(fold(name).split())
                if tokens:
                    table.setdefault(tokens, meaning)
    return table, max(len(tokens) for tokens in table)


def find_phrases(tokens: list[str]) -> list[Phrase]:
    """The column names in folded tokens, longest first at each place, without overlap, from left to right."""
    table, longest = _phrases()
    found: list[Phrase] = []
    start = 0
    while start < len(tokens):
        for end in range(min(len(tokens), start + longest), start, -1):
            meaning = table.get(tuple(tokens[start:end]))
            if meaning:
                found.append(Phrase(meaning, start, end))
                start = end
                break
        else:
            start += 1
    return found


_WEIGHT_UNIT = re.compile(r"\b(kgs?|lbs?|kilos?|pounds?|tons?|tonnes?)\b")
_WEIGHT_UNITS = {"k": "kg", "l": "lb", "p": "lb", "t": "t"}


def weight_unit_in(text: str) -> str:
    """``kg``, ``lb`` or ``t``, where a text names the unit of a weight."""
    found = _WEIGHT_UNIT.search(fold(text))
    return _WEIGHT_UNITS[found[1][0]] if found else ""


_NET = re.compile(rf"\b{either('net')}\b")
_GROSS = re.compile(rf"\b{either('gross')}\b")
_PERCENT = re.compile(
    r"%|\b(?:rate|satz|taux|aliquota|tarief|stawka|sazba|percentage|prozent|procent\w*|prosent\w*|oran\w*|pct|ставка)\b"
)
_GROSS_OF = {"amount": "amount_gross", "unit_price": "unit_price_gross"}


@lru_cache(maxsize=5_000)
def column_meaning(header: str) -> tuple[str, float] | None:
    """What the header of one column means and how sure that is (1 for a full match), None for words that are no name of
    a column. Currencies and remarks in brackets do not count."""
    bare = re.sub(r"\b(?:EUR|USD|GBP|CHF|PLN|SEK|NOK|DKK|CZK|HUF|RON|INR|AUD|CAD|BRL|Kč|zł|kr)\b|[€$£]", " ", header)
    tokens = fold(re.sub(r"-\s+(?=[a-zà-ÿ])", "", bare)).split()
    if not tokens or len(tokens) > 9:
        return None
    folded = " ".join(tokens)
    table, _ = _phrases()
    meaning = table.get(tuple(tokens))
    if meaning:
        return _refined(meaning, folded), 1.0
    phrases = find_phrases(tokens)
    if not phrases:
        return None
    # Of "Positionsbetrag ohne USt." the first name is the thing, the rest says how it is counted; of "Total Price" or
    # "Art.-Nr." the longest says most.
    best = max(phrases, key=lambda p: (p.end - p.start, p.meaning in _GROSS_OF, -p.start))
    covered = sum(p.end - p.start for p in phrases) / len(tokens)
    if covered < 0.34:
        return None
    return _refined(best.meaning, folded), 0.4 + 0.4 * covered


def _refined(meaning: str, folded: str) -> str:
    if meaning in _GROSS_OF and _GROSS.search(folded) and not _NET.search(folded):
        return _GROSS_OF[meaning]
    if meaning == "discount" and "%" in folded:
        return "discount_percent"
    if meaning == "discount_percent" and not _PERCENT.search(folded):
        return "discount"
    if meaning == "tax_amount" and _PERCENT.search(folded) and "betrag" not in folded and "amount" not in folded:
        return "tax_rate"
    return meaning
