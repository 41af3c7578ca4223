"""Text from outside made fit to be stored and shown."""

from __future__ import annotations

import re

# What no database, no terminal and no reader of JSON takes: control characters but line ends and tabs, halves of
# surrogate pairs, and what Unicode says is no character.
_UNSTORABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")
# Unicode Standard Annex 9: what turns the order of the characters around it, so that a text is not what it looks like.
_TURNS = re.compile("[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]")


def storable(text: str, longest: int | None = None) -> str:
    """A text from outside, cut to ``longest`` characters; what cannot be stored is a blank, character by character."""
    cut = text if longest is None else text[:longest]
    return _UNSTORABLE.sub(" ", cut)


def unturned(text: str) -> str:
    """Without the marks that turn the order of characters (bidi controls): for names and whatever identifies."""
    return text if text.isascii() else _TURNS.sub("", text)


def shown(text: str) -> str:
    """With the marks that turn the order of characters written out, as in ‹U+202E›: for text as a document has it."""
    return text if text.isascii() else _TURNS.sub(lambda mark: f"‹U+{ord(mark[0]):04X}›", text)
