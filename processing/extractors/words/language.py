"""What one language brings to the reading of invoices: one file of this package holds one language."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

OTHER_KINDS = ("reminder", "statement", "delivery_note", "order", "quote", "remittance", "terms")


@dataclass(frozen=True, slots=True, kw_only=True)
class Language:
    """The words of one language. Data only.

    ``labels``: name of a label → {strength: phrases}. Strength 3 says exactly what follows, 2 usually, 1 only where
    nothing better stands and the label is alone in its place. ``titles``: the names of documents ("invoice", "credit",
    "self_billed", and those of ``OTHER_KINDS``, which are none). ``columns``: meaning of an item column → its names. Phrases are set apart by "|" and written
    plainly: accents, case and punctuation do not matter. ``headings`` are words with which no name begins.

    The rest are regular expressions without anchors. On folded text: ``total_rows`` begin a row of totals,
    ``reductions`` name a price reduction, ``net`` and ``gross`` qualify a price. On the text as it stands, in any case:
    ``legal_forms`` (``last_forms`` only at the end of a name, both with their own capitals; ``any_case_forms`` at the
    end, in any case), ``streets`` and ``street_ends`` of an address, ``addressed`` (a line that opens an address),
    ``attention`` (a line that only a recipient's address has), ``debit`` (a sentence that speaks of the payer's
    account), ``referring`` and ``dated`` (before the number or date of a document), ``days``, ``before_days``,
    ``until``, ``paying`` and ``early`` (terms of payment, discounts for early payment and late fees).
    """

    code: str
    labels: Mapping[str, Mapping[int, str]]
    titles: Mapping[str, str] = field(default_factory=dict)
    columns: Mapping[str, str] = field(default_factory=dict)
    headings: str = ""
    total_rows: str = ""
    reductions: str = ""
    net: str = ""
    gross: str = ""
    legal_forms: str = ""
    last_forms: str = ""
    any_case_forms: str = ""
    streets: str = ""
    street_ends: str = ""
    addressed: str = ""
    attention: str = ""
    debit: str = ""
    referring: str = ""
    dated: str = ""
    days: str = ""
    before_days: str = ""
    until: str = ""
    paying: str = ""
    early: str = ""
