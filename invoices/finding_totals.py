"""What findings come to that somebody may still do something about, by currency."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.db.models import Count, Q, QuerySet, Sum

from invoices.models import Finding

ZERO = Decimal(0)
# What somebody may still do something about.
IN_HAND = (Finding.Status.OPEN, Finding.Status.DISPUTED)
_ABOVE, _BELOW = Q(difference__gt=0), Q(difference__lt=0)


@dataclass(slots=True)
class CurrencyTotals:
    """Sums in one currency: ``open`` and ``disputed`` are what was billed too much, ``below`` (negative) what is open
    and was billed too little. The counts are of all findings, those without a price included."""

    currency: str
    open: Decimal = ZERO
    open_count: int = 0
    disputed: Decimal = ZERO
    disputed_count: int = 0
    below: Decimal = ZERO

    @property
    def above(self) -> Decimal:
        return self.open + self.disputed

    @property
    def count(self) -> int:
        return self.open_count + self.disputed_count


def totals_by_currency(findings: QuerySet[Finding]) -> list[CurrencyTotals]:
    """Of the findings in hand, the largest sum first. One query."""
    rows: Iterable[Any] = (
        findings.filter(status__in=IN_HAND)
        .order_by()
        .values("currency", "status")
        .annotate(count=Count("pk"), above=Sum("difference", filter=_ABOVE), below=Sum("difference", filter=_BELOW))
    )
    found: dict[str, CurrencyTotals] = {}
    for row in rows:
        totals = found.setdefault(row["currency"], CurrencyTotals(row["currency"]))
        if row["status"] == Finding.Status.OPEN:
            totals.open, totals.open_count = row["above"] or ZERO, row["count"]
            totals.below = row["below"] or ZERO
        else:
            totals.disputed, totals.disputed_count = row["above"] or ZERO, row["count"]
    return sorted(found.values(), key=lambda totals: (-totals.above, totals.currency))
