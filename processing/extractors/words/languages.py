"""All languages of this package, and what they say together."""

from __future__ import annotations

import pkgutil
from functools import cache
from importlib import import_module

from processing.extractors import words
from processing.extractors.words.language import Language

# Where two languages use a word for different things, the one that more invoices come in goes first.
_FIRST = ("english", "german", "french", "spanish", "italian", "dutch", "portuguese", "polish", "swedish")
_NO_LANGUAGES = frozenset({"labels", "language", "languages"})


@cache
def languages() -> tuple[Language, ...]:
    """Each language that has a file here, the most frequent ones first."""
    names = {module.name for module in pkgutil.iter_modules(words.__path__)} - _NO_LANGUAGES
    ordered = [*(n for n in _FIRST if n in names), *sorted(names.difference(_FIRST))]
    return tuple(import_module(f"{words.__name__}.{name}").WORDS for name in ordered)


@cache
def either(part: str) -> str:
    """The regular expression that any language's ``part`` matches, as a group."""
    found = [text for language in languages() if (text := getattr(language, part))]
    return f"(?:{'|'.join(dict.fromkeys('|'.join(found).split('|') if _plain(found) else found))})"


def _plain(found: list[str]) -> bool:
    return not any(c in text for text in found for c in "([")
