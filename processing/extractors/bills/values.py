"""Texts of a bill's cells as values with their place. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from invoices.values import day_first_of, decimal_separator_of, parse_date, parse_decimal
from processing.content.extraction import FieldValue
from processing.content.records import Cell

_CREDIT = re.compile(r"(?i)\s*\bCR\b\.?\s*$")
_MONEY = re.compile(
    r"^[\s($€£+-]*(?:[A-Z]{3}\s?|US\$|[€£$]\s?)?-?"
    r"\d[\d.,' \u00a0\u202f]*[.,]\d{2}\s*\)?\s*(?:-|CR|DR|[A-Z]{3}|[€£$])?\s*\)?$"
)
_DIMENSIONS = re.compile(
    r"(\d+(?:[.,]\d+)?)\s*[x×*]\s*(\d+(?:[.,]\d+)?)\s*[x×*]\s*(\d+(?:[.,]\d+)?)\s*(cm|in|mm)?", re.IGNORECASE
)
_DAY_OR_MONTH = re.compile(r"(\d{1,2})[/-](\d{1,2})[/-]\d{2,4}(?: .*)?")
_UNITS = {
    "l": "lb",
    "lb": "lb",
    "lbs": "lb",
    "k": "kg",
    "kg": "kg",
    "kgs": "kg",
    "g": "g",
    "t": "t",
    "o": "oz",
    "oz": "oz",
}
_LENGTHS = {"i": "in", "in": "in", "inch": "in", "inches": "in", "c": "cm", "cm": "cm"}


@dataclass(frozen=True, slots=True)
class Conventions:
    """How the document writes numbers and dates."""

    separator: str | None
    day_first: bool | None

    @classmethod
    def of(cls, numbers: Iterable[str], dates: Iterable[str], *, currency: str = "", language: str = "") -> Conventions:
        return cls(
            decimal_separator_of(numbers),
            day_first_of(dates, currency=currency or None, language=language or None),
        )


def number(text: str, conventions: Conventions) -> Decimal | None:
    """The number of a cell; negative in brackets, with a minus behind it, or where CR stands behind it."""
    plain = _CREDIT.sub("", text)
    value = parse_decimal(plain, decimal_separator=conventions.separator)
    if value is not None and plain != text:
        return -abs(value)
    return value


def is_ambiguous(text: str) -> bool:
    """Whether day and month of a numeric date could be exchanged: 04/12/2026."""
    found = _DAY_OR_MONTH.fullmatch(text.strip())
    return found is not None and int(found[1]) <= 12 and int(found[2]) <= 12 and int(found[1]) != int(found[2])


def is_money(text: str) -> bool:
    """Whether a text is an amount with cents and nothing else."""
    return len(text) < 40 and _MONEY.match(text.strip()) is not None


def day(text: str, conventions: Conventions) -> date | None:
    return parse_date(text, day_first=conventions.day_first)


def weight_unit(text: str) -> str:
    return _UNITS.get(text.strip(" .").casefold(), "")


def length_unit(text: str) -> str:
    return _LENGTHS.get(text.strip(" .").casefold(), "")


def dimensions(text: str, unit: str = "") -> str:
    """Length x width x height in one form ("12 x 10 x 8 in"); "" for what is none."""
    found = _DIMENSIONS.search(text)
    if found is None:
        return ""
    sides = [side.replace(",", ".") for side in found.groups()[:3]]
    if not all(Decimal(side) for side in sides):
        return ""
    return " ".join(filter(None, (" x ".join(sides), (found[4] or unit).lower())))


def field(value: str | Decimal | date, cell: Cell, *, raw: str | None = None) -> FieldValue:
    """A value that was read in a cell."""
    return FieldValue(value, cell.text if raw is None else raw, "rules", cell.place)
