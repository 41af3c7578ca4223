"""The bounds under which readers work. Pure."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class ReadLimits:
    """Bounds of one document. Each has its reason: what is far above any real document but far below what hurts."""

    pages: int = 500  # pages or sheets; a yearly statement of a large carrier has some 300 pages
    ocr_pages: int = 120  # 2 to 4 seconds each; a batch of thirty scanned invoices has some 75
    cells: int = 2_000_000  # a rate card of 100,000 rows by 20 columns; about 250 bytes each once read
    pixels: int = 100_000_000  # an A3 sheet scanned at 600 dpi has 70 million
    expanded_bytes: int = 400_000_000  # 100,000 rows of xlsx unpack to some 40 MB
    text_characters: int = 20_000_000  # a text file of 10 MB is below, in any encoding


DEFAULT_LIMITS = ReadLimits()
