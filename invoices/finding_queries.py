"""Reads of findings: whose they are, and what they come to."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.db.models import Count, F, Q, QuerySet, Sum

from common.errors import NotFound
from common.roles import sees_everything
from invoices.models import Finding, Invoice

ZERO = Decimal(0)
_ABOVE, _BELOW = Q(difference__gt=0), Q(difference__lt=0)


@dataclass(frozen=True, slots=True)
class CodeTotals:
    """The findings of one code in one currency. ``expected`` and ``difference`` leave those out that have no price, and
    are None where none has one."""

    code: str
    currency: str
    count: int
    billed: Decimal
    expected: Decimal | None
    difference: Decimal | None


@dataclass(frozen=True, slots=True)
class VendorTotals:
    """The findings with a price of one vendor in one currency."""

    vendor: UUID | None
    vendor_name: str
    currency: str
    count: int
    difference: Decimal


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


def findings_for(user: Any) -> QuerySet[Finding]:
    """The findings that this user may see: those of own invoices, or all for staff and admins."""
    if not getattr(user, "is_authenticated", False):
        return Finding.objects.none()
    findings = Finding.objects.all()
    return findings if sees_everything(user) else findings.filter(invoice__owner_id=user.pk)


def finding_of(user: Any, finding_id: UUID) -> Finding:
    """Raises NotFound, also for what is not the user's."""
    finding = findings_for(user).filter(id=finding_id).first()
    if finding is None:
        raise NotFound
    return finding


def in_hand(findings: QuerySet[Finding]) -> QuerySet[Finding]:
    """Those that somebody may still do something about: open or disputed, on an invoice that is not rejected."""
    return _to_pay(findings.filter(status__in=[Finding.Status.OPEN, Finding.Status.DISPUTED]))


def totals_by_code(findings: QuerySet[Finding]) -> list[CodeTotals]:
    """By currency and code, the largest difference of a currency first; rejected invoices cost nothing and are left
    out. One query."""
    sums = {name: Sum(name) for name in ("billed", "expected", "difference")}
    rows: Any = _to_pay(findings).order_by().values("code", "currency").annotate(count=Count("pk"), **sums)
    ordered = rows.order_by("currency", F("difference").desc(nulls_last=True), "code")
    return [CodeTotals(**row) for row in ordered]


def totals_by_vendor(findings: QuerySet[Finding], limit: int) -> list[VendorTotals]:
    """The vendors with the largest difference, each once for each currency, without rejected invoices. One query."""
    rows = (
        _to_pay(findings)
        .filter(difference__isnull=False)
        .order_by()
        .values("currency", vendor=F("invoice__vendor_id"), vendor_name=F("invoice__vendor__name"))
        .annotate(count=Count("pk"), sum=Sum("difference"))
        .order_by("-sum", "vendor_name", "currency")[:limit]
    )
    return [
        VendorTotals(row["vendor"], row["vendor_name"] or "", row["currency"], row["count"], row["sum"])
        for row in rows
    ]  # fmt: skip


def totals_by_currency(findings: QuerySet[Finding]) -> list[CurrencyTotals]:
    """Of the findings in hand, the largest sum first. One query."""
    rows: Iterable[Any] = (
        in_hand(findings)
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


def _to_pay(findings: QuerySet[Finding]) -> QuerySet[Finding]:
    return findings.exclude(invoice__status=Invoice.Status.REJECTED)
