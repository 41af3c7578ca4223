"""How words are compared: without case, accents and the marks of letters."""

from __future__ import annotations

import unicodedata
from functools import lru_cache

# Letters whose mark is no accent of Unicode's.
_LETTERS = str.maketrans({"ł": "l", "ø": "o", "đ": "d", "ı": "i", "ð": "d"})


@lru_cache(maxsize=16384)
def fold(word: str) -> str:
    """A word without case and accents."""
    word = word.casefold()
    if word.isascii():
        return word
    decomposed = unicodedata.normalize("NFKD", word)
    return "".join(c for c in decomposed if not unicodedata.combining(c)).translate(_LETTERS)
