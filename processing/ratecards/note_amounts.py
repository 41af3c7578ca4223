"""Amounts of money and percentages in a note. Pure."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal

from invoices.values import parse_decimal
from processing.ratecards.labels import currency_in

NUMBER = r"\d{1,3}(?:[.,'’ ]\d{3})+(?:[.,]\d{1,4})?|\d+(?:[.,]\d{1,4})?"
SIGN = (
    r"(?:[A-Z]{3}(?![A-Za-z])|US\$|R\$|[€$£¥₹]|Rs\.?(?![A-Za-z])|Kč|zł|kr\.?(?![A-Za-z])|euros?\b|"
    r"TL(?![A-Za-z])|[₺₽₴₪₩]|Ft(?![A-Za-z])|lei\b|лв\.?|ден\b)"
)
AMOUNT = re.compile(
    rf"(?<![\w.,])(?:(?P<before>{SIGN})\s?(?P<a>{NUMBER})|(?P<b>{NUMBER})\s?(?P<sign>%|{SIGN}|(?:percent|prozent)\b)"
    rf"|(?P<part>%)\s?(?P<d>{NUMBER})"
    rf"|(?P<c>\d+[.,]\d\d)(?=\s*(?:/|per\b|pro\b|je\b|por\b|par\b)))(?!\d)",
)


_CROWNS = re.compile(r"kr\b")  # of which country, the card says


@dataclass(slots=True)
class Amount:
    value: Decimal
    percent: bool
    currency: str
    start: int
    end: int


def amounts_in(text: str) -> list[Amount]:
    found: list[Amount] = []
    at = 0
    while (match := AMOUNT.search(text, at)) is not None:
        at = match.end()
        sign = match["before"] or match["sign"] or match["part"] or ""
        percent = sign == "%" or sign.lower() in ("percent", "prozent")
        currency = "" if percent else currency_in(sign)
        if sign and not percent and not currency and not _CROWNS.match(sign):
            if match["before"]:
                at = match.start("a")  # "FOV 0.1 %": three letters that are no currency
            continue
        value = _number(match["a"] or match["b"] or match["c"] or match["d"])
        if value is not None:
            found.append(Amount(value, percent, currency, match.start(), match.end()))
    return found


def _number(text: str) -> Decimal | None:
    """A number of prose: its last mark is a decimal one unless three digits follow it."""
    mark = max(text.rfind(","), text.rfind("."))
    decimal = text[mark] if mark >= 0 and len(text) - mark - 1 != 3 else "." if "," in text else ","
    return parse_decimal(text, decimal_separator=decimal if mark >= 0 else None)


def is_counted(name: str) -> bool:
    """Whether a name has a figure that is no size ("40' container") and no hour ("delivery before 10:00")."""
    plain = re.sub(
        r"\b(?:20|40|45)\s?(?:['’′]|ft\b)\S*|\b\d{1,2}(?::\d\d|\s?(?:h|uhr|am|pm|noon)\b)(?:\d\d)?",
        " ",
        name,
        flags=re.I,
    )
    return any(map(str.isdigit, plain))
