"""How much is accepted without a person, and whether that is right: by method, and by the reason that holds back. Pure.

What an accepted document may never have wrong is ``NEVER_WRONG``. Reasons from master data (checksums, known accounts,
duplicates) say nothing about the reading, so acceptance is counted with and without them.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from invoices.scoring import Miss

NEVER_WRONG = frozenset(
    {"vendor_name", "buyer_name", "invoice_number", "invoice_date", "currency", "total_amount", "amount_due", "iban",
     "document_type"}
)  # fmt: skip
MASTER_DATA = frozenset(
    {"vat_id_invalid", "iban_invalid", "bic_invalid", "iban_changed", "vendor_identity_conflict", "suspected_duplicate"}
)


@dataclass(slots=True)
class Share:
    """``right`` of ``n`` documents have none of ``NEVER_WRONG`` wrong."""

    n: int = 0
    right: int = 0

    def add(self, right: bool) -> None:
        self.n += 1
        self.right += right


@dataclass(slots=True)
class Coverage:
    """``accepted``: no reason at all; ``read``: none but those of master data; ``held``: by reason code, the documents
    that it holds back (a code that holds back right ones only does not tell right from wrong); ``only``: how many are
    held back by this code alone."""

    documents: int = 0
    accepted: Share = field(default_factory=Share)
    read: Share = field(default_factory=Share)
    by_method: dict[str, Share] = field(default_factory=dict)
    held: dict[str, Share] = field(default_factory=dict)
    only: Counter[str] = field(default_factory=Counter)

    def as_json(self) -> dict[str, Any]:
        def shown(share: Share) -> dict[str, int]:
            return {"n": share.n, "right": share.right}

        return {
            "documents": self.documents,
            "accepted": shown(self.accepted),
            "accepted_but_for_master_data": shown(self.read),
            "accepted_by_method": {method: shown(share) for method, share in sorted(self.by_method.items())},
            "held_back_by": {
                code: shown(share) | {"alone": self.only[code], "master_data": code in MASTER_DATA}
                for code, share in sorted(self.held.items(), key=lambda item: (-item[1].n, item[0]))
            },
        }


def coverage(entries: Iterable[Mapping[str, Any]], misses: Iterable[Miss]) -> Coverage:
    """Coverage against correctness of the completed ones of ``entries`` (as in results.json); ``misses`` are what the
    scorer found wrong. A value that is absent is no wrong one."""
    wrong = {miss.file for miss in misses if miss.field in NEVER_WRONG and miss.found not in (None, "")}
    result = Coverage()
    for entry in entries:
        result.documents += 1
        if entry.get("status") != "completed":
            continue
        right = entry["file"] not in wrong
        codes = {reason["code"] for reason in entry["review"]}
        if not codes - MASTER_DATA:
            result.read.add(right)
        if not codes:
            result.accepted.add(right)
            result.by_method.setdefault(str(entry.get("method")), Share()).add(right)
        for code in codes:
            result.held.setdefault(code, Share()).add(right)
        if len(codes) == 1:
            result.only.update(codes)
    return result
