"""A document inside another, as it is taken out. Pure."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class PartFile:
    """A document inside another. ``pages`` are those of the file around it (1-based; empty where it has none);
    ``error`` is (code, message) of one that cannot become a document, which then has no ``data``."""

    name: str
    media_type: str
    data: bytes
    pages: tuple[int, ...] = ()
    error: tuple[str, str] | None = None
