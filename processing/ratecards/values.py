"""Cells of rate tables as values: prices, postal ranges. Pure."""

from __future__ import annotations

import re
from datetime import date
from decimal import Decimal
from functools import lru_cache

from invoices.values import parse_date, parse_decimal
from invoices.values.currencies import CODES
from processing.ratecards.labels import price_unit
from processing.ratecards.vocabulary import NOTHING

_PLAIN = re.compile(r"^-?\d+(?:\.\d+)?$")
_WHOLE = re.compile(r"^\d+$")


@lru_cache(maxsize=65_536)
def price_of(text: str, separator: str | None) -> Decimal | None:
    """The one number in a cell, or None. ``separator`` is the document's decimal separator."""
    if _WHOLE.match(text) or (separator != "," and _PLAIN.match(text) and not _thousands(text, separator)):
        return Decimal(text)
    if NOTHING.match(text):
        return None
    return parse_decimal(text.rstrip("*†‡¹²³ "), decimal_separator=separator)


def _thousands(text: str, separator: str | None) -> bool:
    return separator is None and len(text.partition(".")[2]) == 3 and text[:2] != "0."


@lru_cache(maxsize=8_192)
def day_of(text: str, day_first: bool | None) -> date | None:
    """The day in a cell; ``day_first`` decides 01/03/2026."""
    return parse_date(text, day_first=day_first)


@lru_cache(maxsize=4_096)
def currency_code(text: str) -> str:
    code = text.strip().upper()
    return code if code in CODES else ""


_CODE = r"[A-Z]{0,2}\d[\dA-Z]{0,5}(?: ?\d[A-Z]{2})?"
_POSTAL = re.compile(
    rf"^(?:[A-Z]{{1,2}}[- ])?(?P<a>{_CODE})(?:\s*(?:-|–|—|TO|BIS|A|À|AU|ATÉ|"
    rf"T/M|DO|TIL|HASTA|TILL|THRU|THROUGH|/)\s*(?P<b>{_CODE}))?[*]*$"
)
_COUNTRY_CODE = re.compile(r"^[A-Z]{2}$")


@lru_cache(maxsize=65_536)
def places_of(text: str) -> tuple[tuple[str, str, str], ...]:
    """(country, first, last) of each place that a cell lists as codes: ``010-067``, ``AT,CH,LU``, ``10–19, 30``. Empty
    for names and for a single code, which stand for themselves."""
    parts = [part.strip() for part in re.split(r"[,;]|\bund\b|\band\b|\by\b|\bet\b", text) if part.strip()]
    found: list[tuple[str, str, str]] = []
    for part in parts:
        if _COUNTRY_CODE.match(part):
            found.append((part, "", ""))
        elif match := _POSTAL.match(part.upper()):
            found.append(("", match["a"], match["b"] or match["a"]))
        else:
            return ()
    return tuple(found)


_PRICED = re.compile(
    r"^(?:US\$|R\$|[A-Z]{3}\s|[€$£])?\s*(?P<v>\d[\d.,]*\d|\d)\s*(?:[A-Z]{3}\b|[€$£])?\s*(?P<unit>(?:/|per|pro|je|por|par|al)\s*\D+|"
    r"flat(?: rate)?|pauschal|forfait|fijo)$", re.I
)  # fmt: skip


def priced_text(text: str, separator: str | None) -> tuple[Decimal | None, str]:
    """The price of a cell that says its unit, "$4.05 per mile", and the unit; None where it says anything else."""
    match = _PRICED.match(" ".join(text.split()))
    unit = price_unit(match["unit"]) if match is not None else None
    return (price_of(match["v"], separator), unit) if match is not None and unit else (None, "")
