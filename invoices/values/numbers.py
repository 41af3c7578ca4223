"""Numbers as documents write them, to ``Decimal``."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from functools import lru_cache

# Spaces, signs and apostrophes that mean the same as the plain one, each replaced one to one so that positions hold.
_PLAIN = str.maketrans(
    {
        "\u00a0": " ",
        "\u2009": " ",
        "\u200a": " ",
        "\u202f": " ",
        "\u2007": " ",
        "\u2008": " ",
        "\t": " ",
        "\u2212": "-",
        "\u2010": "-",
        "\u2011": "-",
        "\u2012": "-",
        "\u2013": "-",
        "\u2014": "-",
        "\ufe63": "-",
        "\uff0d": "-",
        "\u2019": "'",
        "\u2018": "'",
        "\u02bc": "'",
        "\u00b4": "'",
        "`": "'",
        "\u066b": ",",
        "\uff0c": ",",
        "\uff0e": ".",
        **{chr(0xFF10 + n): str(n) for n in range(10)},
    }
)

# Signs and short codes that may touch a number; longer words before a number must stand apart ("A4" is no number).
_MONEY = (
    r"(?:US\$|CA\$|C\$|AU\$|A\$|NZ\$|S\$|HK\$|NT\$|MX\$|R\$|RM|Rs\.?|kr\.?|Fr\.?|[A-Z]{3}|z\u0142|K\u010d|Ft|[$\u20ac\u00a3\u00a5\u20b9\u20a9"
    r"\u20bd\u20ba\u20b4\u20ab\u0e3f\u20aa\u00a2])"
)
_DIGITS = r"\d{1,3}(?:[ ']\d{3})+(?:[.,]\d+)?|\d+(?:[.,']\d+)*|[.,]\d+"
_ANY_DIGIT = re.compile(r"\d")
_NUMBER = re.compile(
    rf"(?<![\w.,'/#])(?P<open>\()?\s?(?P<sign>[-+])?\s?(?P<money>{_MONEY})?\s?(?P<sign2>[-+])?\s?"
    rf"(?P<digits>{_DIGITS})(?P<dash>[.,]-{{1,2}}(?!\d))?(?P<after>\s?-(?![\w-]))?(?P<close>\s?\))?"
)
_NO_NUMBER_AFTER = re.compile(r"[:/#]\d|[.,]\d|-\d|[A-Z]\d")
_NO_NUMBER_BEFORE = re.compile(r"\d[-:/]$|[A-Za-z]-$")
_GROUP_MARKS = re.compile(r"[.,' ]")
_LONGEST_KEPT = 200  # characters


@dataclass(frozen=True, slots=True)
class NumberMatch:
    """A number in a text: ``text[start:end]`` is what was read, sign and currency included."""

    value: Decimal
    start: int
    end: int
    decimals: int
    digits: str


def _read_digits(digits: str, separator: str | None) -> tuple[Decimal, int] | None:
    """The value and its decimal places, or None where the grouping makes no sense (a date, an address, a version)."""
    marks = [c for c in digits if not c.isdigit()]
    kinds = list(dict.fromkeys(marks))
    decimal_mark: str | None = None
    if len(kinds) > 1:
        # Several kinds: the last mark is the decimal one and stands once; the apostrophe and the space only group.
        if marks[-1] not in ".," or marks.count(marks[-1]) > 1 or len(kinds) > 2:
            return None
        decimal_mark = marks[-1]
    elif len(marks) == 1 and marks[0] in ".,":
        head, tail = digits.split(marks[0])
        may_group = len(tail) == 3 and 1 <= len(head) <= 3 and not head.startswith("0")
        # "1.234": the document's convention decides; without one it is taken as grouping, because amounts have
        # two decimals and not three.
        if not may_group or separator == marks[0]:
            decimal_mark = marks[0]
    whole, _, fraction = digits.rpartition(decimal_mark) if decimal_mark else (digits, "", "")
    groups = _GROUP_MARKS.split(whole)
    if len(groups) > 1 and not _groups_make_sense(groups):
        return None
    try:
        return Decimal(("".join(groups) or "0") + ("." + fraction if fraction else "")), len(fraction)
    except InvalidOperation:
        return None


def _groups_make_sense(groups: list[str]) -> bool:
    """1.234.567, or the Indian 12,34,567."""
    head, *middle, last = groups
    if len(last) != 3 or not 1 <= len(head) <= 3 or (head.startswith("0") and len(head) > 1):
        return False
    return all(len(g) == 3 for g in middle) or (all(len(g) == 2 for g in middle) and len(head) <= 2)


def find_numbers(text: str, *, decimal_separator: str | None = None) -> list[NumberMatch]:
    """All numbers in a text, from left to right; what looks like a date, time, code or version is left out."""
    if not _ANY_DIGIT.search(text):
        return []
    read = _kept_numbers if len(text) <= _LONGEST_KEPT else _read_numbers
    return list(read(text, decimal_separator))


def _read_numbers(text: str, decimal_separator: str | None) -> tuple[NumberMatch, ...]:
    plain = text.translate(_PLAIN)
    found = []
    for match in _NUMBER.finditer(plain):
        digits = match["digits"]
        after = plain[match.end("digits") : match.end("digits") + 2]
        if len(digits) > 30 or _NO_NUMBER_AFTER.match(after):
            continue
        at = match.start("digits")
        if _NO_NUMBER_BEFORE.search(plain[max(at - 3, 0) : at]):
            continue
        read = _read_digits(digits, decimal_separator)
        if read is None:
            continue
        value, decimals = read
        in_parentheses = bool(match["open"] and match["close"])
        trailing = bool(match["after"]) and not plain[match.end("after") :].lstrip()[:1].isdigit()
        if "-" in (match["sign"], match["sign2"]) or in_parentheses or trailing:
            value = -value
        start = match.start() if in_parentheses or not match["open"] else match.start("open") + 1
        end = match.end()
        if match["close"] and not in_parentheses:
            end = match.start("close")
        while start < end and plain[start] == " ":
            start += 1
        found.append(NumberMatch(value, start, end, decimals, digits))
    return tuple(found)


# The same cells are looked at by many rules.
_kept_numbers = lru_cache(maxsize=4096)(_read_numbers)


def parse_decimal(text: str, *, decimal_separator: str | None = None) -> Decimal | None:
    """The one number in a text, whatever the convention: ``1.234,56``, ``1'234.56``, ``(12.00)``, ``12.00-``, ``€ 5``.

    ``decimal_separator`` ("." or ",") is the document's convention and decides ``1.234`` and ``1,234``; without it both
    are read as one thousand two hundred and thirty-four. A percent sign is dropped: ``12,5 %`` is 12.5.
    None where there is no number, or more than one. Never raises.
    """
    found = find_numbers(text, decimal_separator=decimal_separator)
    return found[0].value if len(found) == 1 else None


def decimal_separator_of(texts: Iterable[str]) -> str | None:
    """The decimal separator of a document, from those of its numbers that leave no doubt; None where they leave one."""
    votes = {".": 0, ",": 0}
    for text in texts:
        for match in find_numbers(text):
            marks = [c for c in match.digits if c in ".,"]
            if len(set(marks)) == 2:
                votes[marks[-1]] += 3
            elif len(marks) == 1 and match.decimals in (1, 2, 4, 5):
                votes[marks[0]] += 2 if match.decimals == 2 else 1
            elif len(marks) > 1:
                votes["," if marks[0] == "." else "."] += 1
    best, other = (".", ",") if votes["."] >= votes[","] else (",", ".")
    return best if votes[best] > 2 * votes[other] else None
