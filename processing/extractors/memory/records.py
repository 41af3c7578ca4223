"""What is known of vendors, entry by entry, as plain data."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Kind = Literal[
    "name", "alias", "tax_id", "iban", "domain", "phone", "currency", "date_order", "decimals", "terms", "field",
    "column", "layout",
]  # fmt: skip
Relation = Literal["", "inline", "right", "below", "same"]
Key = tuple[str, str]  # kind and key


@dataclass(frozen=True, slots=True)
class Entry:
    """One thing that is known: see ``invoices.models.VendorMemory``. ``weight`` is approvals that agree less those that
    say otherwise; only what is above 0 is used."""

    kind: Kind
    key: str
    value: str = ""
    field: str = ""
    label: str = ""
    relation: Relation = ""
    layout: str = ""
    weight: int = 1

    @property
    def identity(self) -> tuple[str, ...]:
        return self.kind, self.layout, self.field, self.key, self.value


@dataclass(frozen=True, slots=True)
class KnownVendor:
    """A vendor with all that is known of it, also what is not used any more."""

    id: str
    name: str
    entries: tuple[Entry, ...] = ()

    def used(self, kind: Kind) -> list[Entry]:
        """The entries of a kind that are used, the surest first."""
        return sorted((e for e in self.entries if e.kind == kind and e.weight > 0), key=lambda e: -e.weight)


@dataclass(frozen=True, slots=True)
class Lesson:
    """What one approval says of one entry: that it holds, or that it does not."""

    entry: Entry
    agrees: bool = True
