"""Text of documents that can be stored, and normalised in linear time."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

from common.storable import storable

# Unicode Standard Annex 15, Stream-Safe Text Format: no language puts more marks on a letter.
MOST_MARKS = 30
_LAST_MARK = 0x1E94A


def stream_safe(text: str) -> str:
    """The text without control characters, and with at most 30 combining marks in a row; the rest of a run is dropped.
    Marks are sorted when a text is normalised, which takes the square of a run's length: a megabyte of them would hold
    a processor for hours."""
    if text.isascii():
        return text if text.isprintable() else storable(text)
    return _long_runs().sub(lambda run: run[0][:MOST_MARKS], storable(text))


@lru_cache(maxsize=1)
def _long_runs() -> re.Pattern[str]:
    marks = [code for code in range(0x300, _LAST_MARK + 1) if unicodedata.combining(chr(code))]
    ranges: list[tuple[int, int]] = []
    for code in marks:
        if ranges and code == ranges[-1][1] + 1:
            ranges[-1] = (ranges[-1][0], code)
        else:
            ranges.append((code, code))
    inside = "".join(f"\\U{first:08x}-\\U{last:08x}" for first, last in ranges)
    return re.compile(f"[{inside}]{{{MOST_MARKS + 1},}}")
