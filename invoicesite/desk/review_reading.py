"""What a person pointed at on the page, read as the value of a field. Pure."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from invoices.records import DATE_FIELDS, Value
from invoices.values import (
    DateMatch,
    IdMatch,
    NumberMatch,
    day_first_of,
    decimal_separator_of,
    find_dates,
    find_ibans,
    find_numbers,
    find_vat_ids,
)
from invoices.values.fields import MONEY, NUMBERS, BadValue, parse_field


@dataclass(frozen=True, slots=True)
class Conventions:
    """How a document writes numbers and dates."""

    decimal_separator: str | None = None
    day_first: bool | None = None


AS_USUAL = Conventions()
Match = DateMatch | NumberMatch | IdMatch


def conventions_of(texts: Iterable[str], *, currency: str = "", country: str = "") -> Conventions:
    """From the texts of the values that were read from the document."""
    kept = list(texts)
    return Conventions(
        decimal_separator=decimal_separator_of(kept),
        day_first=day_first_of(kept, currency=currency or None, country=country or None),
    )


def read_pointed(
    name: str, text: str, *, around: str = "", conventions: Conventions = AS_USUAL, max_length: int | None = None
) -> tuple[Value, str]:
    """The value for field ``name`` in ``text``, and the part that was read. ``around`` is the cell that the text stands
    in: a date, number or IBAN of several words is found there from one of its words. Raises BadValue."""
    part = _part(name, " ".join(text.split()), " ".join(around.split()), conventions)
    value = parse_field(
        name,
        part,
        max_length=max_length,
        decimal_separator=conventions.decimal_separator,
        day_first=conventions.day_first,
    )
    if value is None:
        raise BadValue("Nothing is written there.", "empty")
    return value, part


def _part(name: str, text: str, around: str, conventions: Conventions) -> str:
    find = _finder(name, conventions)
    if find is None or not text:
        return text
    at = around.find(text)
    sources = [(around, at, at + len(text))] if at >= 0 else []
    for source, start, end in [*sources, (text, 0, len(text))]:
        matches = [match for match in find(source) if match.start < end and match.end > start]
        # Of several numbers none is meant; of several dates and accounts the first is.
        if matches and (len(matches) == 1 or name not in MONEY | NUMBERS):
            match = matches[0]
            return match.value if isinstance(match, IdMatch) else source[match.start : match.end]
    return text


def _finder(name: str, conventions: Conventions) -> Callable[[str], Sequence[Match]] | None:
    """What finds the values of this field in a text; None where any text can be one."""
    if name in DATE_FIELDS:
        return lambda text: find_dates(text, day_first=conventions.day_first)
    if name in MONEY or name in NUMBERS:
        return lambda text: find_numbers(text, decimal_separator=conventions.decimal_separator)
    if name == "iban":
        return find_ibans
    return find_vat_ids if name.endswith("_tax_id") else None
