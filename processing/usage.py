"""Tokens that calls of a model used."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Usage:
    """What the server says a call used. ``input_tokens`` holds the cached ones, ``output_tokens`` hidden reasoning."""

    input_tokens: int
    output_tokens: int
    cached_input_tokens: int = 0

    @property
    def total_tokens(self) -> int:
        return self.input_tokens + self.output_tokens
