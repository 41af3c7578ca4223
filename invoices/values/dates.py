"""Dates as documents write them, in the languages that invoices come in."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import cache

from common.text import fold

# A business document outside of these years is a misreading.
FIRST_YEAR, LAST_YEAR = 1990, 2069
LANGUAGES = (
    "en",
    "de",
    "fr",
    "es",
    "it",
    "nl",
    "pt",
    "pl",
    "sv",
    "da",
    "nb",
    "cs",
    "ro",
    "fi",
    "et",
    "lv",
    "lt",
    "hu",
    "sl",
)
# Common short forms that Babel's tables do not hold.
_EXTRA_MONTHS = {
    "sept": 9,
    "mrz": 3,
    "marz": 3,
    "maerz": 3,
    "janv": 1,
    "juil": 7,
    "jul": 7,
    "jun": 6,
    "may": 5,
    "set": 9,
}

_FOUR = r"(?:19|20)\d{2}"
_YEAR = rf"(?:{_FOUR}|'?\d{{2}})"
# A four-digit year may be followed at once by a time of day (till slips: 25/12/201813:45), never by another digit.
_YEAR_END = rf"(?:(?:{_FOUR})(?=\d{{1,2}}:\d{{2}}|(?!\d))|'?\d{{2}}(?![\d]))"
_NUMERIC = re.compile(
    rf"(?<![\d.,/-])(?P<a>\d{{1,2}})\s?(?P<s>[./\-\u2013])\s?(?P<b>\d{{1,2}})\s?(?P=s)\s?(?P<y>{_YEAR_END})(?![./-]\d)"
)
_ISO = re.compile(rf"(?<![\d.,/-])(?P<y>{_FOUR})\s?(?P<s>[./\-])\s?(?P<m>\d{{1,2}})\s?(?P=s)\s?(?P<d>\d{{1,2}})(?!\d)")
_CJK = re.compile(rf"(?P<y>{_FOUR})\s?年\s?(?P<m>\d{{1,2}})\s?月\s?(?P<d>\d{{1,2}})\s?日")
# Without separators only where it stands alone or before a time: 20180428, 20180428/191204.
_COMPACT = re.compile(rf"(?:^\s*|(?<!\d))(?P<y>{_FOUR})(?P<m>\d{{2}})(?P<d>\d{{2}})(?=\s*$|[T/_ -]\d{{4,6}}(?!\d))")
_WORD = r"(?P<month>[^\W\d_]{3,12})"
_DAY_MONTH = re.compile(
    rf"(?<![\d.,/])(?P<d>\d{{1,2}})(?:\s?(?:st|nd|rd|th|er|º|°)(?![^\W\d_]))?[\s.\-/]{{0,3}}"
    rf"(?:of |de |d[’'])?\s?{_WORD}\.?[\s,\-/.]{{0,3}}(?:de |del )?\s?(?P<y>{_YEAR_END})"
)
_MONTH_DAY = re.compile(
    rf"(?<!\w){_WORD}\.?[\s\-]{{0,2}}(?P<d>\d{{1,2}})(?:\s?(?:st|nd|rd|th))?(?:\s?[,.]\s?|[\s\-]{{1,2}})(?P<y>{_FOUR}(?!\d)|'\d{{2}}(?!\d))"
)
# "2025. gada 5. novembris", "2025 m. lapkričio 5 d.": the year with its word first.
_YEAR_DAY_MONTH = re.compile(rf"(?<!\d)(?P<y>{_FOUR})\.?\s?gada\s(?P<d>\d{{1,2}})\.?\s{_WORD}")
_YEAR_MONTH_DAY = re.compile(
    rf"(?<!\d)(?P<y>{_FOUR})(?:[\s\-/.]{{1,2}}|\s?m\.\s){_WORD}\.?[\s\-/.]{{1,2}}(?P<d>\d{{1,2}})(?!\d)"
)

_MONTH_FIRST_COUNTRIES = frozenset({"US", "PH", "PR", "GU"})


@dataclass(frozen=True, slots=True)
class DateMatch:
    """A date in a text: ``text[start:end]`` is what was read. ``ambiguous``: day and month could be the other way."""

    value: date
    start: int
    end: int
    ambiguous: bool = False


def _fold(word: str) -> str:
    return fold(word).strip(".")


@cache
def month_names() -> dict[str, int]:
    """Folded month names, abbreviations and unambiguous prefixes of three letters or more, to 1–12."""
    from babel import Locale  # loading locale data costs 0.1 s: only a process that reads dates pays

    exact: dict[str, set[int]] = {}
    prefixes: dict[str, set[int]] = {}
    for language in LANGUAGES:
        months = Locale(language).months
        for form in ("format", "stand-alone"):
            for width in ("wide", "abbreviated"):
                for number, name in months[form][width].items():
                    folded = _fold(name)
                    if len(folded) >= 3:
                        exact.setdefault(folded, set()).add(number)
                        for length in range(3, len(folded)):
                            prefixes.setdefault(folded[:length], set()).add(number)
    names = {name: next(iter(numbers)) for name, numbers in prefixes.items() if len(numbers) == 1}
    names.update({name: next(iter(numbers)) for name, numbers in exact.items() if len(numbers) == 1})
    return names | _EXTRA_MONTHS


def _make(year: str, month: int, day: int) -> date | None:
    digits = year.strip("' ")
    number = int(digits)
    if len(digits) == 2:
        number += 2000 if number < 70 else 1900
    if not FIRST_YEAR <= number <= LAST_YEAR:
        return None
    try:
        return date(number, month, day)
    except ValueError:
        return None


def find_dates(text: str, *, day_first: bool | None = None) -> list[DateMatch]:
    """All dates in a text, from left to right. ``day_first`` decides 2/1/24; without it the day is first, as in most of
    the world; dates with dots always have the day first."""
    if not any(c.isdigit() for c in text):
        return []
    text = text.replace("\u00a0", " ")
    found: list[DateMatch] = []
    for pattern in (_ISO, _CJK, _COMPACT):
        found += [
            DateMatch(value, m.start(), m.end())
            for m in pattern.finditer(text)
            if (value := _make(m["y"], int(m["m"]), int(m["d"]))) is not None
        ]
    for m in _NUMERIC.finditer(text):
        a, b = int(m["a"]), int(m["b"])
        as_day_first, as_month_first = _make(m["y"], b, a), _make(m["y"], a, b)
        prefer_day = m["s"] == "." or day_first is not False
        value = (as_day_first or as_month_first) if prefer_day else (as_month_first or as_day_first)
        if value is not None:
            both = as_day_first is not None and as_month_first is not None and a != b
            found.append(DateMatch(value, m.start(), m.end(), both and m["s"] != "."))
    if any(c.isalpha() for c in text):
        names = month_names()
        for pattern in (_DAY_MONTH, _MONTH_DAY, _YEAR_MONTH_DAY, _YEAR_DAY_MONTH):
            worded = pattern.search(text)
            while worded is not None:
                month = names.get(_fold(worded["month"]))
                value = _make(worded["y"], month, int(worded["d"])) if month else None
                if value is not None:
                    found.append(DateMatch(value, worded.start(), worded.end()))
                # "31 vom 15. September 2025": what is no date may hide the beginning of one.
                worded = pattern.search(text, worded.end() if value is not None else worded.start() + 1)
    found.sort(key=lambda d: (d.start, -d.end))
    kept: list[DateMatch] = []
    for match in found:
        if not kept or match.start >= kept[-1].end:
            kept.append(match)
    return kept


def parse_date(text: str, *, day_first: bool | None = None) -> date | None:
    """The first date in a text, or None: ISO 8601, 01.02.2024, 2/1/24, 1 Feb 2024, Feb. 1, 2024, "1. März 2024", ….

    ``day_first`` as in ``find_dates``. A year before 1990 or after 2069 is no date of a business document. Never
    raises.
    """
    found = find_dates(text, day_first=day_first)
    return found[0].value if found else None


def day_first_of(
    texts: Iterable[str], *, currency: str | None = None, country: str | None = None, language: str | None = None
) -> bool | None:
    """Whether a document writes the day before the month: from its dates that leave no doubt (one part above 12), else
    from its country, language or currency; None where nothing tells."""
    day, month = 0, 0
    for text in texts:
        for m in _NUMERIC.finditer(text):
            if m["s"] != ".":
                a, b = int(m["a"]), int(m["b"])
                day += 12 < a <= 31 and b <= 12
                month += 12 < b <= 31 and a <= 12
    if day != month:
        return day > month
    if country:
        return country not in _MONTH_FIRST_COUNTRIES
    if language and language != "en":
        return True
    if currency:
        return currency not in {"USD", "PHP"}
    return None
