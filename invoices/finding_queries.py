"""Reads of findings: whose they are, and what they come to."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.db.models import Count, F, QuerySet, Sum

from invoices.errors import NotFound
from invoices.models import Finding
from invoices.roles import sees_everything


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


def totals_by_code(findings: QuerySet[Finding]) -> list[CodeTotals]:
    """By currency and code, the largest difference of a currency first. One query."""
    sums = {name: Sum(name) for name in ("billed", "expected", "difference")}
    rows: Any = findings.order_by().values("code", "currency").annotate(count=Count("pk"), **sums)
    ordered = rows.order_by("currency", F("difference").desc(nulls_last=True), "code")
    return [CodeTotals(**row) for row in ordered]


def totals_by_vendor(findings: QuerySet[Finding], limit: int) -> list[VendorTotals]:
    """The vendors with the largest difference, each once for each currency. One query."""
    rows = (
        findings.filter(difference__isnull=False)
        .order_by()
        .values("currency", vendor=F("invoice__vendor_id"), vendor_name=F("invoice__vendor__name"))
        .annotate(count=Count("pk"), sum=Sum("difference"))
        .order_by("-sum", "vendor_name", "currency")[:limit]
    )
    return [
        VendorTotals(row["vendor"], row["vendor_name"] or "", row["currency"], row["count"], row["sum"])
        for row in rows
    ]  # fmt: skip
