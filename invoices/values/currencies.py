"""Currencies by sign, code and name, to ISO 4217."""

from __future__ import annotations

import re
from decimal import Decimal
from functools import cache, lru_cache
from itertools import islice

import iso4217

CODES = frozenset(
    """
    AED AFN ALL AMD ANG AOA ARS AUD AWG AZN BAM BBD BDT BGN BHD BIF BMD BND BOB BRL BSD BTN BWP BYN BZD CAD CDF
    CHF CLP CNY COP CRC CUP CVE CZK DJF DKK DOP DZD EGP ERN ETB EUR FJD FKP GBP GEL GHS GIP GMD GNF GTQ GYD HKD
    HNL HRK HTG HUF IDR ILS INR IQD IRR ISK JMD JOD JPY KES KGS KHR KMF KRW KWD KYD KZT LAK LBP LKR LRD LSL LYD
    MAD MDL MGA MKD MMK MNT MOP MRU MUR MVR MWK MXN MYR MZN NAD NGN NIO NOK NPR NZD OMR PAB PEN PGK PHP PKR PLN
    PYG QAR RON RSD RUB RWF SAR SBD SCR SDG SEK SGD SHP SOS SRD SSP STN SYP SZL THB TJS TMT TND TOP TRY TTD TWD
    TZS UAH UGX USD UYU UZS VES VND VUV WST XAF XCD XOF XPF YER ZAR ZMW
    """.split()  # noqa: SIM905
)
# Codes that are also words in capitals: only trusted next to a number or alone in their cell.
_WORDS = frozenset(
    ["ALL", "TOP", "CUP", "TRY", "MOP", "PEN", "SOS", "LAK", "BAM", "GEL", "MAD", "COP", "BOB", "STN", "NIO", "BHD"]
)

_SIGNS: tuple[tuple[str, str], ...] = (
    ("US$", "USD"),
    ("U$S", "USD"),
    ("CA$", "CAD"),
    ("CAD$", "CAD"),
    ("C$", "CAD"),
    ("AU$", "AUD"),
    ("A$", "AUD"),
    ("NZ$", "NZD"),
    ("HK$", "HKD"),
    ("NT$", "TWD"),
    ("MX$", "MXN"),
    ("S$", "SGD"),
    ("R$", "BRL"),
    ("€", "EUR"),
    ("£", "GBP"),
    ("₹", "INR"),
    ("₩", "KRW"),
    ("₽", "RUB"),
    ("₺", "TRY"),
    ("₴", "UAH"),
    ("₫", "VND"),
    ("฿", "THB"),
    ("₪", "ILS"),
    ("₱", "PHP"),
    ("₦", "NGN"),
    ("¥", "JPY"),
    ("￥", "JPY"),
    ("zł", "PLN"),
    ("Kč", "CZK"),
)
_NAMES = re.compile(
    r"\b(?:(?P<EUR>euros?)|(?P<USD>u\.?s\.? dollars?|dollars?)|(?P<GBP>pounds? sterling|british pounds?)"
    r"|(?P<CHF>schweizer franken|franken|swiss francs?|francs? suisses?)|(?P<INR>indian rupees?|rupees?)"
    r"|(?P<MYR>ringgit)|(?P<PLN>z[lł]ot(?:y|ych|e))|(?P<CAD>canadian dollars?)|(?P<AUD>australian dollars?)"
    r"|(?P<SGD>singapore dollars?)|(?P<SEK>svenska kronor)|(?P<DKK>danske kroner)|(?P<NOK>norske kroner)"
    r"|(?P<BRL>reais|real brasileiro)|(?P<JPY>yen))\b",
    re.I,
)
_NEAR_NUMBER = re.compile(r"(?<![A-Za-z])(?P<a>[A-Z]{3})(?=\s?[-+(]?\d)|(?<=\d)\s?(?P<b>[A-Z]{3})(?![A-Za-z])")
_ALONE = re.compile(r"(?<![A-Za-z])[A-Z]{3}(?![A-Za-z])")
_LETTERS = re.compile(r"[A-Za-z]+")
_RINGGIT = re.compile(r"(?<![A-Za-z])RM(?=\s?[-(]?\d|\)|\s*$)")
_RUPEES = re.compile(r"(?<![A-Za-z])(?:Rs\.?|INR)(?=\s?[-(]?\d|\)|\s*$)", re.I)
_FRANCS = re.compile(r"(?<![A-Za-z])S?Fr\.(?=\s?\d)")
# Short names that count beside a number or alone in brackets; what they mean does not depend on the country.
_SHORT_NAMES = (
    (re.compile(r"(?:(?<=\d)\s?|\(|^)Ft\.?(?![^\W\d_])"), "HUF"),
    (re.compile(r"(?:(?<=\d)\s?|\(|^)TL(?![^\W\d_])"), "TRY"),
    (re.compile(r"(?:(?<=\d)\s?|\(|^)лв\.?(?![^\W\d_])"), "BGN"),
    (re.compile(r"(?:(?<=\d)\s?|\(|(?<![^\W\d_]))[Ll]ei(?![^\W\d_])"), "RON"),
    (re.compile(r"(?<![A-Za-z])RMB(?![A-Za-z])|人民币|(?<=\d)\s?元"), "CNY"),
    (re.compile(r"(?<=\d)\s?円"), "JPY"),
    (re.compile(r"(?<![^\W\d_])K[Ss]hs?\.?(?![^\W\d_])"), "KES"),
    (re.compile(r"(?<![^\W\d_])Rp\.?(?=\s?\d|\)|$)"), "IDR"),
    (re.compile(r"(?<![^\W\d_])грн\.?(?![^\W\d_])"), "UAH"),
)
_CROWNS = re.compile(r"(?:(?<=\d)\s?|\(|(?<![^\W\d_]))kr(?![^\W\d_])\.?")
_CROWN_BY_COUNTRY = {"SE": "SEK", "NO": "NOK", "DK": "DKK", "IS": "ISK"}
_RAND = re.compile(r"(?<![A-Za-z])R(?=\s?\d)")
_DOLLAR_BY_COUNTRY = {
    "CA": "CAD", "AU": "AUD", "NZ": "NZD", "SG": "SGD", "HK": "HKD", "TW": "TWD", "MX": "MXN", "US": "USD",
    "AR": "ARS", "CL": "CLP", "CO": "COP", "BN": "BND", "JM": "JMD", "FJ": "FJD", "BB": "BBD",
}  # fmt: skip


def parse_currency(text: str, *, country: str | None = None) -> str | None:
    """The ISO 4217 code that a text names by sign, code or name; None where it names none.

    ``country`` (ISO 3166) says whose dollar a bare "$" is; without it the US dollar is meant.
    """
    found = find_currencies(text, country=country)
    return found[0][0] if found else None


def find_currencies(text: str, *, country: str | None = None) -> list[tuple[str, int, int]]:
    """(code, start, end) of what names a currency, surest first: a code by a number, a sign, a code alone, a name."""
    return list(_currencies(text, country))


@lru_cache(maxsize=2048)
def _currencies(text: str, country: str | None) -> tuple[tuple[str, int, int], ...]:
    found: list[tuple[str, int, int]] = []
    few_words = len(list(islice(_LETTERS.finditer(text), 3))) <= 2
    for match in _NEAR_NUMBER.finditer(text):
        group = "a" if match["a"] else "b"
        if match[group] in CODES and (match[group] not in _WORDS or few_words):
            found.append((match[group], match.start(group), match.end(group)))
    found += _by_sign(text, country)
    stripped = text.strip(" ()[]:.")
    for match in _ALONE.finditer(text):
        if match[0] in CODES and (match[0] not in _WORDS or match[0] == stripped):
            found.append((match[0], match.start(), match.end()))
    for match in _NAMES.finditer(text):
        found.append((str(match.lastgroup), match.start(), match.end()))
    return tuple(found)


def _by_sign(text: str, country: str | None) -> list[tuple[str, int, int]]:
    found = []
    for sign, code in _SIGNS:
        at = text.find(sign)
        if code == "JPY" and country == "CN":
            code = "CNY"
        # "US$" must not be the end of a word: "PLUS$" is a plain dollar sign behind a word.
        if at >= 0 and (not sign[0].isalpha() or at == 0 or not text[at - 1].isalpha()):
            found.append((code, at, at + len(sign)))
    for pattern, code in ((_RINGGIT, "MYR"), (_RUPEES, "INR"), (_FRANCS, "CHF")):
        if match := pattern.search(text):
            found.append((code, match.start(), match.end()))
    for pattern, code in _SHORT_NAMES:
        if match := pattern.search(text):
            found.append((code, match.start(), match.end()))
    if country in _CROWN_BY_COUNTRY and (match := _CROWNS.search(text)):
        found.append((_CROWN_BY_COUNTRY[country], match.start(), match.end()))
    if country == "ZA" and (match := _RAND.search(text)):
        found.append(("ZAR", match.start(), match.end()))
    if not found and (at := text.find("$")) >= 0:
        found.append((_DOLLAR_BY_COUNTRY.get(country or "", "USD"), at, at + 1))
    return found


@cache
def minor_unit(code: str) -> Decimal:
    """The smallest unit of a currency by ISO 4217: 0.01, 1 for the yen, 0.001 for the dinar; 0.01 where it is not
    known."""
    try:
        exponent = iso4217.Currency(code).exponent
    except ValueError:
        return Decimal("0.01")
    return Decimal(1).scaleb(-2 if exponent is None else -exponent)
