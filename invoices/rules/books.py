"""What the rules may know beside the invoice itself, as plain data."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from invoices.rules.resemblance import Resemblance

Match = Literal["number", "date_total", "bytes"]


@dataclass(frozen=True, slots=True)
class DuplicateRef:
    """A record that this invoice may repeat. ``ref`` names it for a person (its number or id; empty where whoever reads
    the reason may not know of it), ``owner_id`` is whose it is; ``match`` says how it
    was found: same vendor and number, same vendor with date and total, or the same bytes."""

    ref: str
    match: Match
    owner_id: int | None = None


@dataclass(frozen=True, slots=True)
class BookContext:
    """``vendor_ibans`` and ``vendor_bics``: the accounts and banks this vendor was accepted with before (empty: vendor
    or account not known yet); ``told_ibans``: those of them that whoever owns the invoice may read (None: all).
    ``blocked_ibans``: those that must not be paid. ``duplicates``: records found that look the same. ``resembling``:
    known vendors that this one resembles although its tax id or account is another. ``derived``: header fields of this
    invoice that were computed from others and not read; they corroborate nothing. ``structured``: read from an
    e-invoice, whose standard says what must add up and what may be left out."""

    vendor_ibans: frozenset[str] = frozenset()
    vendor_bics: frozenset[str] = frozenset()
    blocked_ibans: frozenset[str] = frozenset()
    told_ibans: frozenset[str] | None = None
    duplicates: tuple[DuplicateRef, ...] = ()
    resembling: tuple[Resemblance, ...] = ()
    derived: frozenset[str] = frozenset()
    structured: bool = False
