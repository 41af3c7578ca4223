"""What findings come to: sums by currency, and by the vendors that billed most too much."""

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


@dataclass(frozen=True, slots=True)
class VendorTotal:
    """What one vendor billed too much in one currency, as far as it is open."""

    vendor: str
    currency: str
    amount: Decimal


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


def largest_vendors(findings: QuerySet[Finding], limit: int) -> list[VendorTotal]:
    """The vendors with the largest open difference, each once for each currency. One query."""
    rows = (
        findings.filter(_ABOVE, status=Finding.Status.OPEN)
        .order_by()
        .values_list("invoice__vendor__name", "currency")
        .annotate(amount=Sum("difference"))
        .order_by("-amount", "invoice__vendor__name")[:limit]
    )
    return [VendorTotal(name or "unknown vendor", currency, amount) for name, currency, amount in rows]
