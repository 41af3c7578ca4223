"""Texts that a spreadsheet does not run (OWASP, CSV injection)."""

from __future__ import annotations

import re
from decimal import Decimal

# Blanks before it do not keep a spreadsheet from running what follows; full-width signs are taken as the plain ones.
_BLANK = r"[\s\u00a0\u200b\u2060\ufeff]"
_SIGN = r"[=+\-@＝＋－＠]"
_FIRST = re.compile(rf"(?:{_BLANK}*{_SIGN}|[\t\r\n\x00])")
# Where a spreadsheet takes semicolons or tabs for borders of cells, quotes after a comma protect nothing.
_INSIDE = re.compile(rf"(?<=[;\t\r\n])({_BLANK}*)(?=[=@＝＠]|[+\-＋－]{_BLANK}*[^\d\s.,])")


def formula_safe(text: str) -> str:
    """The text as the cell of a CSV file: with an apostrophe before what would be run, at its beginning and after
    semicolons, tabs and line ends within it. Numbers stay as they are."""
    try:
        Decimal(text)
        return text
    except ArithmeticError:
        pass
    inside = _INSIDE.sub(r"\1'", text) if any(mark in text for mark in ";\t\r\n") else text
    return f"'{inside}" if _FIRST.match(text) else inside
