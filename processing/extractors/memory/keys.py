"""By what a vendor is known again on a document: numbers, accounts, domains, names as printed, its layout."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator

from invoices.rules.resemblance import look_of, own_domain
from invoices.values.identifiers import find_ibans
from processing.extractors.header.grid import Grid, Piece
from processing.extractors.memory.records import Key

MAX_PIECES = 600
MAX_TOKENS = 40
TOKENS_OF_ID = 5
HEAD_LINES, FOOT_LINES = 60, 15
SHORTEST_ID, LONGEST_ID, DIGITS_OF_ID = 6, 24, 5
DIGITS_OF_PHONE = 8  # its last ones: area codes are written with and without the country's
_PART = re.compile(r"\s*[|·•,;]\s*|\s{2,}|\s[-–—]\s")
_HOST = re.compile(r"(?:@|www\.|https?://)((?:[\w-]{1,63}\.){1,5}[a-zA-Z]{2,20})")
_PHONE = re.compile(r"\+?\d[\d ()/.\-]{6,24}\d")
_WORD = re.compile(r"[0-9A-Z]+")


def find_keys(grid: Grid) -> dict[Key, Piece]:
    """Every key of a document with the piece that it stands in first."""
    found: dict[Key, Piece] = {}
    for piece in _bounded(grid):
        for key in _keys_of_piece(piece.text):
            found.setdefault(key, piece)
    for piece in name_pieces(grid):
        for part in (piece.text, *_PART.split(piece.text)):
            look = look_of(part) if len(part) <= 120 else ""
            if len(look) >= 3:
                found.setdefault(("name", look), piece)
    return found


def name_pieces(grid: Grid) -> Iterator[Piece]:
    """Where the name of the sender may stand: letterhead and footer."""
    lines = grid.lines
    chosen = lines if len(lines) <= HEAD_LINES + FOOT_LINES else lines[:HEAD_LINES] + lines[-FOOT_LINES:]
    for line in chosen:
        for piece in line:
            if sum(c.isalpha() for c in piece.text) >= 2:
                yield piece


def compact(text: str) -> str:
    """An identifier without blanks and punctuation, in capitals."""
    return "".join(_WORD.findall(text.upper()))


def phone_key(text: str) -> str:
    digits = "".join(c for c in text if c.isascii() and c.isdigit())
    return digits[-DIGITS_OF_PHONE:] if len(digits) >= DIGITS_OF_PHONE else ""


def layout_of(grid: Grid) -> str:
    """The fingerprint of a document's printed labels; "" where it has less than three."""
    labels = set()
    for piece in _bounded(grid):
        hit = piece.label
        if hit is not None and hit.label.strength >= 2:
            labels.add(" ".join(piece.text[hit.start : hit.end].casefold().split()))
    return fingerprint(sorted(labels)) if len(labels) >= 3 else ""


def fingerprint(words: list[str]) -> str:
    return hashlib.sha256("\n".join(words).encode()).hexdigest()[:16]


def _bounded(grid: Grid) -> list[Piece]:
    pieces = list(grid.pieces)
    return pieces if len(pieces) <= MAX_PIECES else pieces[: MAX_PIECES // 2] + pieces[-MAX_PIECES // 2 :]


def _keys_of_piece(text: str) -> Iterator[Key]:
    words = _WORD.findall(text.upper())[:MAX_TOKENS]
    for start in range(len(words)):
        for end in range(start + 1, min(start + TOKENS_OF_ID, len(words)) + 1):
            joined = "".join(words[start:end])
            if len(joined) > LONGEST_ID:
                break
            if len(joined) >= SHORTEST_ID and sum(c.isdigit() for c in joined) >= DIGITS_OF_ID:
                yield "tax_id", joined
    for match in find_ibans(text):
        yield "iban", compact(match.value)
    for host in _HOST.findall(text):
        domain = own_domain(host)
        if domain:
            yield "domain", domain
    for run in _PHONE.findall(text):
        key = phone_key(run)
        if key:
            yield "phone", key
