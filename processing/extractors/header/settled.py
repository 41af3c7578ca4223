"""The totals that were settled on, and how an amount becomes one of them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from processing.content.extraction import Fields, FieldValue
from processing.extractors.header.amounts import Amount
from processing.extractors.header.grid import place_of


@dataclass(slots=True)
class Totals:
    """What was settled on, with whether the arithmetic confirms it and whether the evidence contradicts itself."""

    fields: Fields
    confirmed: bool = False
    conflict: bool = False


def as_field(amount: Amount) -> FieldValue:
    span = amount.span
    if amount.derived_from:
        return FieldValue(amount.value, "", "rules", None, derived_from=amount.derived_from)
    return FieldValue(amount.value, span.text, "rules", place_of(span.piece, span.start, span.end))


def strongest(amounts: Iterable[Amount]) -> Amount | None:
    return max(amounts, key=lambda a: (a.strength, *a.position), default=None)
