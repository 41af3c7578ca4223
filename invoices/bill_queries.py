"""Reads of carriers' bills: a page of their shipments with charges and findings, and sums by kind."""

from __future__ import annotations

from dataclasses import dataclass, field
from decimal import Decimal

from django.db.models import Count, Sum

from invoices.models import Finding, Invoice, InvoiceLine, Shipment

SHIPMENTS_SHOWN = 100


@dataclass(slots=True)
class ShownShipment:
    """A shipment with its charges in the order of the bill. ``claimed`` is what its findings come to."""

    row: Shipment
    charges: list[InvoiceLine] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)

    @property
    def total(self) -> Decimal:
        return sum((charge.amount or Decimal(0) for charge in self.charges), Decimal(0))

    @property
    def claimed(self) -> Decimal:
        return sum((f.difference for f in self.findings if f.difference and f.difference > 0), Decimal(0))


@dataclass(frozen=True, slots=True)
class KindSum:
    """The charges of one kind on a bill."""

    kind: str
    count: int
    amount: Decimal


@dataclass(frozen=True, slots=True)
class BillPage:
    """Shipments ``first`` to ``last`` (counted from 1) of ``count``, and the sums of the whole bill."""

    shipments: list[ShownShipment]
    first: int
    last: int
    count: int
    charges: int
    kinds: list[KindSum]

    @property
    def previous(self) -> int | None:
        return max(1, self.first - SHIPMENTS_SHOWN) if self.first > 1 else None

    @property
    def next(self) -> int | None:
        return self.last + 1 if self.last < self.count else None


def bill_page(invoice: Invoice, *, first: int = 1, with_findings: bool = False) -> BillPage | None:
    """Some shipments of a bill, from the ``first``-th on, or of those with findings; None for an invoice that is no
    carrier's bill. Six queries at most, whatever its length."""
    own = Shipment.objects.filter(invoice=invoice)
    count = own.count()
    if not count:
        return None
    if with_findings:
        found = Finding.objects.filter(invoice=invoice, shipment__isnull=False)
        own = own.filter(position__in=found.values("shipment"))
        count = own.count()
    first = min(max(1, first), max(1, count))
    rows = list(own.order_by("position")[first - 1 : first - 1 + SHIPMENTS_SHOWN])
    shown = {row.position: ShownShipment(row) for row in rows}
    for line in InvoiceLine.objects.filter(invoice=invoice, shipment__in=shown).order_by("position"):
        if line.shipment is not None:
            shown[line.shipment].charges.append(line)
    for finding in Finding.objects.filter(invoice=invoice, shipment__in=shown).order_by("position"):
        if finding.shipment is not None:
            shown[finding.shipment].findings.append(finding)
    sums: dict[str, KindSum] = {}
    totals = InvoiceLine.objects.filter(invoice=invoice).order_by().values_list("charge_kind")
    for kind, number, amount in totals.annotate(number=Count("pk"), sum=Sum("amount")):
        sums[kind] = KindSum(kind or "other", number, amount or Decimal(0))
    return BillPage(
        shipments=list(shown.values()),
        first=first,
        last=first - 1 + len(rows),
        count=count,
        charges=sum(each.count for each in sums.values()),
        kinds=sorted(sums.values(), key=lambda each: -abs(each.amount)),
    )
