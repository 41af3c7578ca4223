"""Payment data in text that nobody sees, against what the pages show: what stands only there, or says something else,
holds a document back. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterable

from invoices.values.identifiers import find_ibans

# Two decimals, or a thousands separator: dates, postcodes and versions have neither.
_MONEY = re.compile(
    r"(?<![\d.,'])\d{1,3}(?:[.,' \u00a0\u2019]\d{3})*[.,]\d{2}(?![\d.,'])|(?<![\d.,'])\d{4,9}[.,]\d{2}(?![\d.,'])"
)
_ACCOUNT_WORDS = re.compile(
    r"\b(?:iban|bic|swift|account|a/c|sort code|routing"
    r"|konto\w*|kto|blz|compte|cuenta|conto|rekening\w*|rachunek\w*)\b",
    re.I,
)
_LONG_NUMBER = re.compile(r"(?<!\d)\d(?:[ \-]?\d){7,19}(?!\d)")
_NUMBER = re.compile(r"\d[\d.,'\u2019]*")
_SPACED_NUMBER = re.compile(r"\d[\d.,'\u2019]*(?: [\d.,'\u2019]+)+")
_ACCOUNT_CHARACTERS = 8
# Letters that readers of pictures take for digits, and the other way round.
_ALIKE = str.maketrans("OQDILZSBG", "000112586")


def payment_data(text: str) -> dict[str, str]:
    """The accounts and amounts of a text: by their letters and digits alone, as they are written."""
    found: dict[str, str] = {}
    for account in find_ibans(text.upper()):
        found[account.value] = account.value
    for match in _MONEY.finditer(text):
        found[_plain(match.group())] = match.group()
    if _ACCOUNT_WORDS.search(text):
        for match in _LONG_NUMBER.finditer(text):
            found.setdefault(_plain(match.group()), match.group())
    return found


def not_shown(hidden: str, shown: Iterable[str], *, by_picture: bool = False) -> list[str]:
    """What of the payment data in ``hidden`` stands in no line of ``shown``, as it is written. ``by_picture``: the
    lines were read from a picture, where letters and digits that look alike count as the same."""
    known: set[str] = set()
    lines: list[str] = []
    for line in shown:
        for run in (*_NUMBER.findall(line), *_SPACED_NUMBER.findall(line), *_MONEY.findall(line)):
            known.add(_plain(run))
        lines.append(_plain(line).translate(_ALIKE) if by_picture else _plain(line))
    page = "\n".join(lines)
    missing = []
    for plain, written in payment_data(hidden).items():
        if plain in known:
            continue
        # Of an account a part is not shown by chance; "88.00" is a part of many a number.
        wanted = plain.translate(_ALIKE) if by_picture else plain
        if len(plain) < _ACCOUNT_CHARACTERS or wanted not in page:
            missing.append(written)
    return missing


def _plain(text: str) -> str:
    return "".join(c for c in text.upper() if c.isalnum())
