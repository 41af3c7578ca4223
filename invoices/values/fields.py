"""A field's value as a person or a client gives it, checked and brought into the one form in which it is kept. Pure."""

from __future__ import annotations

import re
from datetime import date
from decimal import Decimal, InvalidOperation
from functools import cache
from typing import Any, get_args

from common.storable import unturned
from invoices.records import CHARGE_KINDS, DATE_FIELDS, HEADER, MONEY_FIELDS, DocumentType, Value
from invoices.values.currencies import CODES, parse_currency
from invoices.values.dates import FIRST_YEAR, LAST_YEAR, parse_date
from invoices.values.identifiers import parse_country
from invoices.values.numbers import find_numbers

# As the rules have it: what is larger is left out of every check, so nobody may enter it.
LARGEST = Decimal(10) ** 12
MONEY_PLACES, NUMBER_PLACES = 4, 8
DOCUMENT_TYPES: tuple[str, ...] = get_args(DocumentType)
# Where lines mean something; elsewhere a line break is only how it was pasted.
PROSE = frozenset({name for name, each in HEADER.items() if each.lines} | {"description"})
MONEY = MONEY_FIELDS | {"amount", "discount", "base"}
NUMBERS = frozenset({"quantity", "unit_price", "tax_rate", "rate", "billed_weight"})

_PLAIN_NUMBER = re.compile(r"[+-]?(\d{1,20}(\.\d{0,20})?|\.\d{1,20})")
# Beside a number in words or signs of a currency: digits, marks of numbers, and letters that join them.
_NO_WORDS = re.compile(r"\d|[_.,'+\-\u2212\u2019](?![A-Za-z])")
_AFTER_WORD = re.compile(r"(?<=[^\W\d_])[.,]")  # "Fr.", "Euro."
_ISO_DATE = re.compile(r"\d{4}-\d{2}-\d{2}")
_IBAN = re.compile(r"[A-Z]{2}\d{2}[A-Z0-9]{8,30}")
_BIC = re.compile(r"[A-Z0-9]{8}(?:[A-Z0-9]{3})?")


class BadValue(ValueError):
    """A value that its field cannot hold; ``str`` is a sentence for people, ``code`` a name for programs."""

    def __init__(self, message: str, code: str = "invalid") -> None:
        super().__init__(message)
        self.code = code


def parse_field(
    name: str,
    raw: Any,
    *,
    max_length: int | None = None,
    decimal_separator: str | None = None,
    day_first: bool | None = None,
) -> Value | None:
    """The value of a field of an invoice, a line or a tax row; None and blank text are "no value".

    Numbers and dates are taken in their JSON form (``1234.50``, ``2026-03-02``) or as documents write them
    (``1.234,50``, ``2 March 2026``), by the conventions of ``find_numbers`` and ``parse_date``. An IBAN's checksum is
    left to the rules, so that a wrong one is shown with its reason. Raises BadValue.
    """
    if raw is None or (isinstance(raw, str) and not raw.strip()):
        return None
    if isinstance(raw, bool | list | dict):
        raise BadValue("Give a single value.", "invalid_type")
    if name in MONEY or name in NUMBERS:
        return _number(raw, MONEY_PLACES if name in MONEY else NUMBER_PLACES, decimal_separator)
    if name in DATE_FIELDS:
        return _date(raw, day_first)
    text = _text(raw, prose=name in PROSE)
    special = _SPECIAL.get(name)
    if special is not None:
        text = special(text)
    if max_length is not None and len(text) > max_length:
        raise BadValue(f"At most {max_length} characters.", "max_length")
    return text or None


def _number(raw: Any, places: int, separator: str | None) -> Decimal:
    value: Decimal | None
    if isinstance(raw, str):
        text = raw.strip()
        # A client's JSON form has a point; a text from a document goes by the document's convention.
        plain = _PLAIN_NUMBER.fullmatch(text) and separator != ","
        value = Decimal(text) if plain else _written_number(text, separator)
    elif isinstance(raw, Decimal):
        value = raw
    elif isinstance(raw, int | float):
        try:
            value = Decimal(str(raw))
        except InvalidOperation:
            value = None
    else:
        value = None
    if value is None or not value.is_finite():
        raise BadValue(f"{_quoted(raw)} is not a number.", "not_a_number")
    if abs(value) >= LARGEST:
        raise BadValue("The number is too large for an invoice.", "out_of_range")
    exponent = value.normalize().as_tuple().exponent
    if isinstance(exponent, int) and -exponent > places:
        raise BadValue(f"At most {places} decimal places.", "too_many_decimals")
    return value


def _written_number(text: str, separator: str | None) -> Decimal | None:
    """The number of a text that holds nothing but a number and words around it: "12.50 EUR", and neither "1e3" nor
    "12abc34" nor "1..5", of which a part could be taken for one."""
    found = find_numbers(text, decimal_separator=separator)
    if len(found) != 1:
        return None
    rest = _AFTER_WORD.sub("", text[: found[0].start] + " " + text[found[0].end :])
    return None if _NO_WORDS.search(rest) or "--" in text else found[0].value


def _date(raw: Any, day_first: bool | None) -> date:
    value: date | None = None
    if isinstance(raw, date):
        value = raw
    elif isinstance(raw, str) and _ISO_DATE.fullmatch(raw.strip()):
        try:
            value = date.fromisoformat(raw.strip())
        except ValueError:
            value = None
    elif isinstance(raw, str):
        value = parse_date(raw, day_first=day_first)
    if value is None:
        raise BadValue(f"{_quoted(raw)} is not a date.", "not_a_date")
    if not FIRST_YEAR <= value.year <= LAST_YEAR:
        raise BadValue(f"The year must be from {FIRST_YEAR} to {LAST_YEAR}.", "out_of_range")
    return value


def _quoted(raw: Any) -> str:
    text = " ".join(str(raw).split())
    return f'"{text[:40]}…"' if len(text) > 41 else f'"{text}"'


def _text(raw: Any, *, prose: bool) -> str:
    if not isinstance(raw, str | int | Decimal):
        raise BadValue("Give a text.", "invalid_type")
    # A lone surrogate is no character that UTF-8 could carry, and PostgreSQL keeps no NUL.
    text = unturned(str(raw).encode("utf-8", "ignore").decode().replace("\x00", ""))
    if prose:
        return "\n".join(" ".join(line.split()) for line in text.strip().splitlines())
    return " ".join(text.split())


def _currency(text: str) -> str:
    code = text.upper() if text.upper() in CODES else parse_currency(text)
    if code is None:
        raise BadValue("Not an ISO 4217 currency code.", "not_a_currency")
    return code


def _country(text: str) -> str:
    code = parse_country(text.upper() if len(text) == 2 else text)
    if code is None:
        raise BadValue("Not an ISO 3166 country code.", "not_a_country")
    return code


def _iban(text: str) -> str:
    compact = re.sub(r"[\s.-]", "", text).upper().removeprefix("IBAN:").removeprefix("IBAN")
    if not _IBAN.fullmatch(compact):
        raise BadValue("An IBAN has two letters, two digits and up to 30 more letters or digits.", "not_an_iban")
    return compact


def _bic(text: str) -> str:
    compact = re.sub(r"[\s.-]", "", text).upper()
    if not _BIC.fullmatch(compact):
        raise BadValue("A BIC has 8 or 11 letters and digits.", "not_a_bic")
    return compact


def _document_type(text: str) -> str:
    kind = text.casefold().replace(" ", "_").replace("-", "_")
    if kind not in DOCUMENT_TYPES:
        raise BadValue(f"One of {', '.join(DOCUMENT_TYPES)}.", "invalid_choice")
    return kind


def _charge_kind(text: str) -> str:
    kind = text.casefold()
    if kind not in CHARGE_KINDS:
        raise BadValue(f"One of {', '.join(CHARGE_KINDS)}.", "invalid_choice")
    return kind


def _email(text: str) -> str:
    if not re.fullmatch(r"[^@\s]+@[^@\s]+", text):
        raise BadValue("Not a valid e-mail address.", "not_an_email")
    return text


_SPECIAL = {
    "currency": _currency,
    "vendor_country": _country,
    "iban": _iban,
    "bic": _bic,
    "document_type": _document_type,
    "charge_kind": _charge_kind,
    "vendor_email": _email,
}


@cache
def is_text_field(name: str) -> bool:
    """Whether a field holds text, and not a number or a date."""
    return name not in MONEY and name not in NUMBERS and name not in DATE_FIELDS
