"""IBAN, BIC, VAT and other tax numbers, and countries."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from stdnum import iban as _iban
from stdnum.exceptions import ValidationError

# VAT number formats of the EU's VIES, the United Kingdom, Switzerland and Norway (without blanks and points).
from common.text import fold_words

_VAT_FORMATS = {
    "AT": r"U\d{8}",
    "BE": r"[01]?\d{9}",
    "BG": r"\d{9,10}",
    "CY": r"\d{8}[A-Z]",
    "CZ": r"\d{8,10}",
    "DE": r"\d{9}",
    "DK": r"\d{8}",
    "EE": r"\d{9}",
    "EL": r"\d{9}",
    "ES": r"[A-Z0-9]\d{7}[A-Z0-9]",
    "FI": r"\d{8}",
    "FR": r"[A-HJ-NP-Z0-9]{2}\d{9}",
    "HR": r"\d{11}",
    "HU": r"\d{8}",
    "IE": r"\d[A-Z0-9+*]\d{5}[A-Z]{1,2}",
    "IT": r"\d{11}",
    "LT": r"\d{9}(?:\d{3})?",
    "LU": r"\d{8}",
    "LV": r"\d{11}",
    "MT": r"\d{8}",
    "NL": r"\d{9}B\d{2}",
    "PL": r"\d{10}",
    "PT": r"\d{9}",
    "RO": r"\d{2,10}",
    "SE": r"\d{10}01",
    "SI": r"\d{8}",
    "SK": r"\d{10}",
    "XI": r"\d{9}(?:\d{3})?",
    "GB": r"\d{9}(?:\d{3})?",
    "NO": r"\d{9}(?:MVA)?",
    "CHE": r"\d{9}(?:MWST|TVA|IVA|VAT|UID)?",
}
_VAT_START = re.compile(
    rf"(?<![A-Za-z0-9])(?P<c>{'|'.join(sorted(_VAT_FORMATS, key=len, reverse=True))})(?=[-\s.]?[A-Z]?\s?\d)"
)
# Whoever prints an account oddly (points, wide or invisible blanks, full-width figures) still wants it to be paid.
_IBAN_MARKS = r"[ .\-/]{0,3}"
_IBAN_START = re.compile(
    rf"(?:(?<![A-Za-z0-9])|(?<=IBAN))(?:[A-Z]{_IBAN_MARKS}[A-Z]|[A-Za-z]{{2}}){_IBAN_MARKS}\d{_IBAN_MARKS}\d"
)
_IBAN_RUN = re.compile(rf"[A-Z](?:{_IBAN_MARKS}[A-Z0-9]){{14,33}}")
_SMALL_IBAN_RUN = re.compile(rf"[A-Za-z](?:{_IBAN_MARKS}[A-Za-z0-9]){{14,33}}")
_IBAN_WORD_BEFORE = 24  # characters: small letters are an account only behind the word
_PLAIN_MARKS = str.maketrans(
    {
        **dict.fromkeys("\t\n\r\u00a0\u1680\u202f\u205f\u3000\u00ad\u180e\u200b\u200c\u200d\u2060\ufeff", " "),
        **{chr(code): " " for code in range(0x2000, 0x200B)},
        **dict.fromkeys("\u2010\u2011\u2012\u2013\u2014\u2212_|:", "-"),
        **dict.fromkeys("\u00b7\u2022\u2024\u2027\u22c5,", "."),
        **{chr(0xFF01 + shift): chr(0x21 + shift) for shift in range(94)},  # full-width forms
    }
)
_VAT_RUN = re.compile(r"[-\s.]?(?:[A-Z0-9+*]+[ .\-]?){1,6}")
_LONGEST_VAT_RUN = 60  # characters: the longest number has 15, each with a mark behind it
_GSTIN = re.compile(r"(?<![A-Z0-9])\d{2}[A-Z]{5}\d{4}[A-Z][A-Z\d]Z[A-Z\d](?![A-Z0-9])")


@dataclass(frozen=True, slots=True)
class IdMatch:
    """An identifier in a text: normalised ``value``, ``text[start:end]`` as it stands; ``valid`` says that its checksum
    holds; ``country`` is ISO 3166."""

    value: str
    start: int
    end: int
    valid: bool
    country: str = ""


def _compact(text: str) -> str:
    return re.sub(r"[\s.\-/]", "", text.translate(_PLAIN_MARKS)).upper()


def normalise_iban(text: str) -> str | None:
    """An IBAN (BT-84) without spaces and in capitals, or None where its length or checksum (ISO 7064) is wrong."""
    compact = re.sub(r"^IBAN:?", "", _compact(text))
    try:
        return str(_iban.validate(compact, check_country=False))
    except (ValidationError, ValueError):
        return None


def normalise_bic(text: str) -> str | None:
    """A BIC (ISO 9362) in capitals, or None."""
    compact = _compact(text)
    return compact if re.fullmatch(r"[A-Z]{6}[A-Z0-9]{2}(?:[A-Z0-9]{3})?", compact) else None


def find_ibans(text: str) -> list[IdMatch]:
    """The IBANs in a text whose length and checksum hold (ISO 13616), however blanks and marks are strewn over them;
    in small letters only behind the word IBAN."""
    found: list[IdMatch] = []
    plain = text.translate(_PLAIN_MARKS)  # character by character: places stay
    for match in _IBAN_START.finditer(plain):
        start = match.start()
        small = any("a" <= char <= "z" for char in match[0])
        if small and "iban" not in plain[max(0, start - _IBAN_WORD_BEFORE) : start].lower():
            continue
        run = (_SMALL_IBAN_RUN if small else _IBAN_RUN).match(plain, start)
        # The run may go on into the next word: the longest prefix whose checksum holds is the IBAN.
        for length in _prefixes_that_check(run[0] if run else ""):
            if value := normalise_iban(plain[start : start + length]):
                found.append(IdMatch(value, start, start + length, True, value[:2]))
                break
    return found


def _prefixes_that_check(run: str) -> list[int]:
    """The lengths of what begins a run and leaves 1 when divided by 97 (ISO 7064), longest first."""
    lengths: list[int] = []
    first, rest, count = 0, 0, 0
    for at, char in enumerate(run, start=1):
        if not char.isalnum():
            continue
        count += 1
        digits = int(char, 36)
        if count <= 4:
            first = first * (100 if digits > 9 else 10) + digits
            continue
        rest = (rest * (100 if digits > 9 else 10) + digits) % 97
        if count >= 15 and (rest * 1_000_000 + first) % 97 == 1:
            lengths.append(at)
    return lengths[::-1]


def vat_is_valid(value: str) -> bool:
    """Whether the checksum of a VAT number with its country prefix holds, by python-stdnum."""
    from stdnum import get_cc_module  # country modules are imported as they are needed

    country = "CH" if value.startswith("CHE") else {"EL": "GR", "XI": "GB"}.get(value[:2], value[:2])
    # The Swiss check digit is that of the company number; the suffix (MWST, TVA, IVA) is not kept.
    module = get_cc_module(country, "uid" if country == "CH" else "vat")
    try:
        return bool(module is not None and module.is_valid(value))
    except (ValueError, IndexError):
        return False


def find_vat_ids(text: str) -> list[IdMatch]:
    """VAT numbers with their country prefix (format by VIES) and Indian GSTINs. ``valid`` tells of the checksum: a
    format without it is a weak find that needs a label beside it."""
    found = []
    for match in _VAT_START.finditer(text):
        prefix = match["c"]
        rest = text[match.end() : match.end() + _LONGEST_VAT_RUN]
        for raw in _vat_candidates(rest):
            compact = _compact(raw)
            if re.fullmatch(_VAT_FORMATS[prefix], compact):
                value = prefix + (compact[:9] if prefix == "CHE" else compact)
                end = match.end() + len(raw)
                country = {"CHE": "CH", "EL": "GR", "XI": "GB"}.get(prefix, prefix)
                found.append(IdMatch(value, match.start(), end, vat_is_valid(value), country))
                break
    found += [IdMatch(m[0], m.start(), m.end(), _gstin_is_valid(m[0]), "IN") for m in _GSTIN.finditer(text)]
    return sorted(found, key=lambda m: m.start)


def _vat_candidates(rest: str) -> list[str]:
    """Runs behind a country prefix, longest first, each ending where a word ends."""
    run = _VAT_RUN.match(rest)
    if not run:
        return []
    raw = run[0].rstrip(" .-")
    ends = [m.end() for m in re.finditer(r"[A-Z0-9+*]+", raw)]
    return [raw[:end] for end in reversed(ends) if not rest[end : end + 1].isalnum()]


def _gstin_is_valid(value: str) -> bool:
    from stdnum.in_ import gstin

    return bool(gstin.is_valid(value))


@cache
def _countries() -> dict[str, str]:
    """Folded country names in the languages of invoices, and ISO 3166 codes, to the alpha-2 code."""
    from babel import Locale

    from invoices.values.dates import LANGUAGES

    names: dict[str, str] = {}
    for language in LANGUAGES:
        for code, name in Locale(language).territories.items():
            if len(code) == 2 and code.isalpha() and code not in {"EU", "EZ", "UN", "XA", "XB", "ZZ", "QO"}:
                names.setdefault(fold_words(name), code)
    extra = {"uk": "GB", "u.k.": "GB", "great britain": "GB", "england": "GB", "scotland": "GB", "wales": "GB",
             "usa": "US", "u.s.a.": "US", "united states of america": "US", "holland": "NL", "the netherlands": "NL",
             "brd": "DE", "czech republic": "CZ", "tschechische republik": "CZ", "hong kong": "HK", "macau": "MO",
             "republic of ireland": "IE", "south korea": "KR", "russia": "RU"}  # fmt: skip
    return names | extra


def parse_country(text: str) -> str | None:
    """The ISO 3166 alpha-2 code of a country named by its code or by its name in one of the languages of invoices."""
    stripped = text.strip(" .,;:()")
    names = _countries()
    if re.fullmatch(r"[A-Z]{2}", stripped):
        code = {"UK": "GB", "EL": "GR"}.get(stripped, stripped)
        return code if code in names.values() else None
    return names.get(fold_words(stripped))
