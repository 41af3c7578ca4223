"""One folding of Unicode for whatever compares words."""

from __future__ import annotations

import unicodedata
from functools import lru_cache

# Letters of Latin alphabets that Unicode does not take apart into a letter and a mark.
_WHOLE_LETTERS = str.maketrans(
    {"ł": "l", "ø": "o", "đ": "d", "ð": "d", "þ": "th", "æ": "ae", "œ": "oe", "ı": "i", "ħ": "h", "ŧ": "t"}
)


@lru_cache(maxsize=16_384)
def fold(text: str) -> str:
    """Casefolded, without accents, full-width forms and ligatures made plain; blanks and punctuation stay."""
    folded = text.casefold()
    if folded.isascii():
        return folded
    decomposed = unicodedata.normalize("NFKD", folded)
    return "".join(c for c in decomposed if not unicodedata.combining(c)).translate(_WHOLE_LETTERS)


def fold_words(text: str) -> str:
    """Folded, with single blanks between words."""
    return " ".join(fold(text).split())
