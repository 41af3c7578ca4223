"""Reads of the vendor list and of what is known of a vendor."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.db.models import Count, Max, Prefetch, Q, QuerySet, Sum

from invoices.models import Finding, Invoice, Vendor, VendorLesson, VendorMemory, VendorTrait
from invoices.queries import invoices_for
from invoices.rules.resemblance import look_of, resemble

MAX_ALIKE, MAX_INVOICES, MAX_ENTRIES = 10, 50, 500


@dataclass(frozen=True, slots=True)
class Spent:
    """Approved invoices of one currency."""

    currency: str
    count: int
    total: Decimal | None


def listed_vendors() -> QuerySet[Vendor]:
    """Vendors and candidates with the number of their approved invoices and the date of the last."""
    approved = Q(invoices__status=Invoice.Status.APPROVED)
    return Vendor.objects.annotate(
        approved_count=Count("invoices", filter=approved), last_invoice=Max("invoices__invoice_date", filter=approved)
    )


def entries_of(vendor: Vendor) -> list[VendorMemory]:
    """All entries, each with its lessons and their invoices, the forgotten ones last."""
    lessons = VendorLesson.objects.select_related("invoice", "taught_by").defer("invoice__search").order_by("id")
    rows = vendor.memories.prefetch_related(Prefetch("lessons", lessons)).order_by("kind", "field", "id")
    return sorted(rows[:MAX_ENTRIES], key=lambda row: row.forgotten_at is not None)


def spend_of(vendor: Vendor, user: Any) -> list[Spent]:
    """What was approved for a vendor among the invoices that this user may see."""
    approved = invoices_for(user).filter(vendor=vendor, status=Invoice.Status.APPROVED)
    rows = approved.values("currency").annotate(count=Count("id"), total=Sum("total_amount")).order_by("-total")
    return [Spent(row["currency"], row["count"], row["total"]) for row in rows[:20]]


def latest_invoices(vendor: Vendor, user: Any) -> list[Invoice]:
    return list(invoices_for(user).filter(vendor=vendor).order_by("-created_at")[:MAX_INVOICES])


def open_findings_of(vendor: Vendor, user: Any) -> int:
    """How many findings on a vendor's invoices nobody has decided yet."""
    return Finding.objects.filter(invoice__in=invoices_for(user).filter(vendor=vendor), status="open").count()


def alike_vendors(vendor: Vendor) -> list[Vendor]:
    """Others that may be the same: by how the name looks, or by a domain or address that both have."""
    shared = VendorTrait.objects.filter(vendor=vendor).values_list("kind", "value")
    wanted = Q(pk__in=[])
    for kind, value in shared[:100]:
        wanted |= Q(kind=kind, value=value)
    ids = VendorTrait.objects.filter(wanted).exclude(vendor=vendor).values_list("vendor_id", flat=True).distinct()[:100]
    others = Vendor.objects.filter(Q(pk__in=list(ids)) | Q(name_key=vendor.name_key)).exclude(pk=vendor.pk)
    look = look_of(vendor.name)
    alike = sorted(others[:100], key=lambda other: not resemble(look, look_of(other.name)))
    return alike[:MAX_ALIKE]
