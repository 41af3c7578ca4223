"""Writes of the memory of vendors: taught by approvals, taken back, forgotten, carried from one installation to
another."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.contrib.auth.models import AbstractBaseUser
from django.db import transaction
from django.db.models import Count, Q
from django.utils import timezone

from common.errors import InvalidState, NotFound
from invoices.models import Invoice, Vendor, VendorChange, VendorLesson, VendorMemory
from invoices.queries import vendor_name_key

_KEY = ("kind", "layout", "field", "key", "value")
_LIMITS = {"kind": 10, "layout": 16, "field": 40, "key": 150, "value": 300, "label": 150, "relation": 10}
FORMAT = "invoicesite-vendors-1"
MOST_IMPORTED = 200_000  # entries of one file


@dataclass(frozen=True, slots=True)
class Taught:
    """What one approval says of one entry; columns as of ``VendorMemory``."""

    kind: str
    key: str
    value: str = ""
    field: str = ""
    label: str = ""
    relation: str = ""
    layout: str = ""
    agrees: bool = True


@transaction.atomic
def teach(*, vendor: Vendor, invoice: Invoice, taught: Sequence[Taught], by: AbstractBaseUser | None) -> int:
    """Keep what the approval of an invoice says of its vendor; gives the number of lessons. What a person let be
    forgotten stays forgotten."""
    Vendor.objects.select_for_update(no_key=True).get(pk=vendor.pk)
    unlearn(invoice=invoice)
    existing = {tuple(getattr(row, name) for name in _KEY): row for row in vendor.memories.all()}
    now, lessons = timezone.now(), []
    for one in taught:
        if not one.key:
            continue
        columns = {"kind": one.kind, "layout": one.layout[:16], "field": one.field[:40], "key": one.key[:150],
                   "value": one.value[:300]}  # fmt: skip
        identity = tuple(columns[name] for name in _KEY)
        row = existing.get(identity)
        if row is None:
            if not one.agrees:
                continue
            row = VendorMemory(vendor=vendor, label=one.label[:150], relation=one.relation[:10], **columns)
            row.save()
            existing[identity] = row
        row.last_seen_at = now
        row.save(update_fields=["last_seen_at"])
        lessons.append(VendorLesson(memory=row, invoice=invoice, agrees=one.agrees, taught_by_id=by.pk if by else None))
    VendorLesson.objects.bulk_create(lessons, ignore_conflicts=True)
    _count([lesson.memory_id for lesson in lessons])
    return len(lessons)


def unlearn(*, invoice: Invoice) -> int:
    """Take back what the approval of an invoice taught; gives the number of lessons. An entry that nothing else taught
    is no more."""
    lessons = VendorLesson.objects.filter(invoice=invoice)
    touched = list(lessons.values_list("memory_id", flat=True))
    if touched:
        lessons.delete()
        _count(touched)
        VendorMemory.objects.filter(pk__in=touched, confirmed=0, contradicted=0, forgotten_at=None).delete()
    return len(touched)


@transaction.atomic
def forget_entry(*, entry_id: int, by: AbstractBaseUser, forget: bool = True) -> VendorMemory:
    """Documents are no longer read by an entry, whatever teaches it again; or are from now on. Raises NotFound."""
    row = VendorMemory.objects.select_for_update().select_related("vendor").filter(pk=entry_id).first()
    if row is None:
        raise NotFound
    row.forgotten_at = timezone.now() if forget else None
    row.forgotten_by_id = by.pk if forget else None
    row.save(update_fields=["forgotten_at", "forgotten_by"])
    told = {"kind": row.kind, "key": row.key, "value": row.value}
    old, new = (told, None) if forget else (None, told)
    VendorChange.objects.create(vendor=row.vendor, field="memory", old=old, new=new, changed_by_id=by.pk)
    return row


def export_vendors(vendors: Iterable[Vendor]) -> dict[str, Any]:
    """Vendors with what is known of them, as JSON values that ``import_vendors`` takes."""
    return {"format": FORMAT, "vendors": [_exported(vendor) for vendor in vendors]}


@transaction.atomic
def import_vendors(data: Any) -> int:
    """Take what ``export_vendors`` gave; gives the number of vendors. A vendor is found by tax id, else by name; an
    entry that is there already keeps the larger counts. Raises InvalidState for anything else."""
    try:
        if data["format"] != FORMAT:
            raise InvalidState("This is no export of vendors.")
        vendors = [(_vendor_of(told), list(told["memory"])) for told in data["vendors"]]
        if sum(len(entries) for _, entries in vendors) > MOST_IMPORTED:
            raise InvalidState(f"A file holds at most {MOST_IMPORTED} entries.")
        for vendor, entries in vendors:
            for entry in entries:
                _import_entry(vendor, entry)
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        raise InvalidState("This is no export of vendors.") from error
    return len(vendors)


def _exported(vendor: Vendor) -> dict[str, Any]:
    return {
        "name": vendor.name,
        "tax_id": vendor.tax_id,
        "country": vendor.country,
        "ibans": vendor.ibans,
        "blocked_ibans": vendor.blocked_ibans,
        "payment_terms": vendor.payment_terms,
        "memory": [
            {
                **{name: getattr(row, name) for name in (*_KEY, "label", "relation", "confirmed", "contradicted")},
                "learned_at": row.learned_at.isoformat(),
                "forgotten": row.forgotten_at is not None,
            }
            for row in vendor.memories.all()
        ],
    }


def _vendor_of(told: dict[str, Any]) -> Vendor:
    name, tax_id = str(told["name"])[:300], str(told["tax_id"])[:60]
    key = vendor_name_key(name)[:300]
    vendor = Vendor.objects.filter(tax_id=tax_id, **({} if tax_id else {"name_key": key})).first()
    if vendor is not None:
        return vendor
    return Vendor.objects.create(
        name=name, name_key=key, tax_id=tax_id, country=str(told["country"])[:2],
        ibans=[str(iban)[:34] for iban in told["ibans"]], confirmed_at=timezone.now(),
        blocked_ibans=[str(iban)[:34] for iban in told["blocked_ibans"]],
        payment_terms=str(told["payment_terms"])[:2000],
    )  # fmt: skip


def _import_entry(vendor: Vendor, told: dict[str, Any]) -> None:
    text = {name: str(told[name])[:limit] for name, limit in _LIMITS.items()}
    if text["kind"] not in VendorMemory.Kind.values:
        raise InvalidState(f"There is no entry of the kind {text['kind']!r}.")
    row, _ = VendorMemory.objects.get_or_create(
        vendor=vendor, **{name: text[name] for name in _KEY},
        defaults={"label": text["label"], "relation": text["relation"]},
    )  # fmt: skip
    row.confirmed = max(row.confirmed, min(int(told["confirmed"]), 1_000_000))
    row.contradicted = max(row.contradicted, min(int(told["contradicted"]), 1_000_000))
    row.forgotten_at = row.forgotten_at or (timezone.now() if told["forgotten"] else None)
    row.save()


def _count(entries: Iterable[int]) -> None:
    """The counts of entries anew, from their lessons."""
    rows = VendorMemory.objects.filter(pk__in=list(entries)).annotate(
        agreeing=Count("lessons", filter=Q(lessons__agrees=True)),
        denying=Count("lessons", filter=Q(lessons__agrees=False)),
    )
    for row in rows:
        VendorMemory.objects.filter(pk=row.pk).update(confirmed=row.agreeing, contradicted=row.denying)
