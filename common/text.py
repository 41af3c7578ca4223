"""Folding of text for comparison: the one way in which letters lose case, accents and width."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

from common.stream_safe import stream_safe

# Letters of Latin alphabets that Unicode does not take apart into a letter and a mark.
_WHOLE_LETTERS = str.maketrans(
    {"ł": "l", "ø": "o", "đ": "d", "ð": "d", "þ": "th", "æ": "ae", "œ": "oe", "ı": "i", "ħ": "h", "ŧ": "t"}
)
_UMLAUTS = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue"})
_KEPT_CHARACTERS = 256  # what is compared again and again is short


def fold(text: str) -> str:
    """Casefolded, without accents, full-width forms and ligatures made plain; blanks and punctuation stay."""
    if text.isascii():
        return text.casefold()
    return _folded(text) if len(text) <= _KEPT_CHARACTERS else _folded.__wrapped__(text)


def fold_words(text: str) -> str:
    """Folded, with single blanks between words."""
    return " ".join(fold(text).split())


def plain_words(text: str) -> str:
    """Folded letters and digits, with single blanks between words: no punctuation."""
    return " ".join(re.sub(r"[\W_]+", " ", fold(text)).split())


def spelled_out(text: str) -> str:
    """Casefolded, with ä, ö and ü as ae, oe and ue, as German is typed without them."""
    return text.casefold().translate(_UMLAUTS)


def caseless(text: str) -> str:
    """One case, one width, single blanks; accents and punctuation stay, since they can be seen."""
    return " ".join(unicodedata.normalize("NFKC", stream_safe(text)).casefold().split())


@lru_cache(maxsize=16_384)
def _folded(text: str) -> str:
    decomposed = unicodedata.normalize("NFKD", stream_safe(text).casefold())
    bare = "".join(c for c in decomposed if not unicodedata.combining(c))
    return unicodedata.normalize("NFC", bare).translate(_WHOLE_LETTERS)  # syllables of Korean are whole again
