"""The vendor list: who becomes a vendor, what people change about one, and two that are the same."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from django.contrib.auth.models import AbstractBaseUser
from django.db import transaction
from django.utils import timezone

from common.errors import FieldError, InvalidFields, InvalidState, NotFound
from common.storable import unturned
from invoices.models import Invoice, Vendor, VendorChange, VendorMemory, VendorTrait
from invoices.queries import compact_id, vendor_name_key
from invoices.rules.identity import iban_holds

EDITED = (
    "name", "tax_id", "country", "payment_terms", "ibans", "blocked_ibans", "other_names", "other_tax_ids",
)  # fmt: skip
_KIND_OF = {"other_names": VendorMemory.Kind.ALIAS, "other_tax_ids": VendorMemory.Kind.TAX_ID}
MOST_OF_A_LIST = 200


def confirm_vendor(vendor: Vendor, *, by: AbstractBaseUser | None) -> None:
    """An invoice of the vendor was approved: it is no candidate any more."""
    if vendor.confirmed_at is None:
        vendor.confirmed_at = timezone.now()
        vendor.save(update_fields=["confirmed_at", "updated_at"])
        _keep(vendor, "confirmed", None, vendor.name, by=by)


def drop_candidate(vendor: Vendor | None) -> None:
    """Take away a candidate that no invoice names any more: a name that was misread leaves nothing behind. One that a
    person changed stays, with its history."""
    if vendor is None or vendor.confirmed_at is not None:
        return
    if not Invoice.objects.filter(vendor=vendor).exists() and not vendor.changes.exists():
        Vendor.objects.filter(pk=vendor.pk, confirmed_at=None).delete()


def edited_values(vendor: Vendor) -> dict[str, Any]:
    """What people may change about a vendor, as it stands: texts and lists of texts by the names of ``EDITED``."""
    values: dict[str, Any] = {name: getattr(vendor, name) for name in EDITED if name not in _KIND_OF}
    for name, kind in _KIND_OF.items():
        rows = vendor.memories.filter(kind=kind, forgotten_at=None).order_by("id")
        values[name] = [row.value for row in rows if row.value and row.value != vendor.tax_id]
    return values


@transaction.atomic
def change_vendor(*, vendor_id: UUID, changes: Mapping[str, Any], by: AbstractBaseUser, why: str = "") -> Vendor:
    """Change what is kept of a vendor, each value with its history. Lists are whole lists. A person who writes down a
    tax id or an account vouches for it. Raises NotFound, InvalidFields."""
    vendor = _locked(vendor_id)
    before = edited_values(vendor)
    wanted = {name: _cleaned(name, value) for name, value in changes.items() if name in EDITED}
    errors = [error for name, value in wanted.items() for error in _errors(vendor, name, value)]
    key = vendor_name_key(wanted.get("name") or vendor.name)[:300]
    namesakes = Vendor.objects.filter(tax_id="", name_key=key).exclude(pk=vendor.pk)
    if not wanted.get("tax_id", vendor.tax_id) and namesakes.exists():
        errors.append(FieldError("name", "unique", "Another vendor has this name already; merge the two instead."))
    if errors:
        raise InvalidFields(errors)
    for name, value in wanted.items():
        if value == before[name]:
            continue
        if name in _KIND_OF:
            _set_entries(vendor, _KIND_OF[name], before[name], value, by=by)
        else:
            setattr(vendor, name, value)
            if name == "name":
                vendor.name_key = vendor_name_key(value)[:300]
        _keep(vendor, name, before[name], value, by=by, why=why)
    vendor.save()
    return vendor


@transaction.atomic
def merge_vendors(*, keep_id: UUID, other_id: UUID, by: AbstractBaseUser, why: str = "") -> Vendor:
    """Make two vendors one: invoices, accounts, memory and names of the other become those of the one that is kept.
    Raises NotFound, InvalidState."""
    if keep_id == other_id:
        raise InvalidState("A vendor cannot be merged with itself.")
    locked = {vendor.pk: vendor for vendor in Vendor.objects.select_for_update().filter(pk__in=[keep_id, other_id])}
    if len(locked) < 2:
        raise NotFound
    kept, other = locked[keep_id], locked[other_id]
    Invoice.objects.filter(vendor=other).update(vendor=kept)
    known = VendorTrait.objects.filter(vendor=other).values_list("kind", "value")
    VendorTrait.objects.bulk_create(
        [VendorTrait(vendor=kept, kind=kind, value=value) for kind, value in known], ignore_conflicts=True
    )
    for entry in other.memories.all():
        same = kept.memories.filter(
            kind=entry.kind, layout=entry.layout, field=entry.field, key=entry.key, value=entry.value
        ).first()
        if same is None:
            entry.vendor = kept
            entry.save(update_fields=["vendor"])
        else:
            entry.lessons.update(memory=same)
            same.confirmed += entry.confirmed
            same.contradicted += entry.contradicted
            same.save(update_fields=["confirmed", "contradicted"])
    kept.ibans = _united(kept.ibans, other.ibans)
    kept.blocked_ibans = _united(kept.blocked_ibans, other.blocked_ibans)
    kept.payment_terms = kept.payment_terms or other.payment_terms
    kept.country = kept.country or other.country
    kept.confirmed_at = min(filter(None, [kept.confirmed_at, other.confirmed_at]), default=None)
    other.changes.update(vendor=kept)
    told = {"name": other.name, "tax_id": other.tax_id, "ibans": other.ibans}
    other_tax_id, other_name = other.tax_id, other.name
    other.delete()
    if other_tax_id and not kept.tax_id:
        kept.tax_id = other_tax_id
    elif other_tax_id:
        _set_entries(kept, VendorMemory.Kind.TAX_ID, [], [other_tax_id], by=by)
    if vendor_name_key(other_name) != kept.name_key:
        _set_entries(kept, VendorMemory.Kind.ALIAS, [], [other_name], by=by)
    kept.save()
    _keep(kept, "merged", told, None, by=by, why=why)
    return kept


@transaction.atomic
def split_vendor(*, vendor_id: UUID, invoice_ids: Sequence[UUID], name: str, by: AbstractBaseUser) -> Vendor:
    """Give some invoices of a vendor to a new one of this name: what was taught by them goes with them. Raises
    NotFound, InvalidState where the name is empty, or none or all of its invoices were chosen."""
    vendor, name = _locked(vendor_id), unturned(name)
    chosen = Invoice.objects.filter(vendor=vendor, pk__in=invoice_ids)
    rest = Invoice.objects.filter(vendor=vendor).exclude(pk__in=invoice_ids)
    first = chosen.order_by("created_at").first()
    if not name.strip() or first is None or not rest.exists():
        raise InvalidState("Name the new vendor and choose some, but not all, of the invoices.")
    tax_id = "" if rest.filter(vendor_tax_id=first.vendor_tax_id).exists() else first.vendor_tax_id
    tax_id = "" if Vendor.objects.filter(tax_id=tax_id).exclude(pk=vendor.pk).exists() else tax_id
    if tax_id and tax_id == vendor.tax_id:
        vendor.tax_id = ""
    key = vendor_name_key(name)[:300]
    if not tax_id and Vendor.objects.filter(tax_id="", name_key=key).exists():
        raise InvalidState("There is a vendor of this name already: merge with that one instead.")
    gone = set(chosen.exclude(iban="").values_list("iban", flat=True)) - set(rest.values_list("iban", flat=True))
    vendor.ibans = [iban for iban in vendor.ibans if iban not in gone]
    vendor.save()
    new = Vendor.objects.create(
        name=name.strip()[:300], name_key=key, tax_id=tax_id, country=first.vendor_country,
        ibans=sorted(gone), confirmed_at=vendor.confirmed_at,
    )  # fmt: skip
    taught = list(chosen.values_list("pk", flat=True))
    chosen.update(vendor=new)
    # An entry that only these invoices taught is the new vendor's.
    entries = vendor.memories.filter(lessons__invoice__in=taught).exclude(lessons__invoice__in=rest)
    VendorMemory.objects.filter(pk__in=list(entries.values_list("pk", flat=True))).update(vendor=new)
    _keep(vendor, "split", None, {"name": new.name, "invoices": len(taught)}, by=by)
    _keep(new, "split", {"name": vendor.name}, None, by=by)
    return new


def _locked(vendor_id: UUID) -> Vendor:
    vendor = Vendor.objects.select_for_update().filter(pk=vendor_id).first()
    if vendor is None:
        raise NotFound
    return vendor


def _cleaned(name: str, value: Any) -> Any:
    if name in ("name", "tax_id", "country", "payment_terms"):
        text = unturned(str(value or "")).strip()
        return text.upper() if name == "country" else text
    parts = value.splitlines() if isinstance(value, str) else list(value or [])
    texts = [text for part in parts[:MOST_OF_A_LIST] if (text := unturned(str(part)).strip())]
    if name in ("ibans", "blocked_ibans"):
        texts = [compact_id(text) for text in texts]
    return list(dict.fromkeys(texts))


def _errors(vendor: Vendor, name: str, value: Any) -> list[FieldError]:
    if name == "name" and not value:
        return [FieldError("name", "required", "A vendor has a name.")]
    if name in ("ibans", "blocked_ibans"):
        wrong = [iban for iban in value if not iban_holds(iban)]
        return [FieldError(name, "invalid", f"The IBAN {wrong[0]} fails its checksum.")] if wrong else []
    if name == "country" and value and not (len(value) == 2 and value.isalpha() and value.isascii()):
        return [FieldError("country", "invalid", "Give the two letters of the country.")]
    if name in ("name", "tax_id", "payment_terms"):
        limit = {"name": 300, "tax_id": 60, "payment_terms": 2000}[name]
        if len(value) > limit:
            return [FieldError(name, "max_length", f"At most {limit} characters.")]
    tax_ids = [value] if name == "tax_id" and value else value if name == "other_tax_ids" else []
    for tax_id in tax_ids:
        if Vendor.objects.filter(tax_id=tax_id).exclude(pk=vendor.pk).exists():
            return [FieldError(name, "unique", f"Another vendor has the tax id {tax_id}; merge the two instead.")]
    return []


def _set_entries(
    vendor: Vendor, kind: VendorMemory.Kind, before: Sequence[str], after: Sequence[str], *, by: AbstractBaseUser
) -> None:
    now = timezone.now()
    gone = [value for value in before if value not in after]
    vendor.memories.filter(kind=kind, value__in=gone).update(forgotten_at=now, forgotten_by_id=by.pk)
    for value in after:
        if value not in before:
            key = compact_id(value) if kind == VendorMemory.Kind.TAX_ID else vendor_name_key(value)
            VendorMemory.objects.update_or_create(
                vendor=vendor, kind=kind, layout="", field="", key=key[:150], value=value[:300],
                defaults={"confirmed": 1, "contradicted": 0, "forgotten_at": None, "forgotten_by": None},
            )  # fmt: skip


def _united(first: Sequence[str], second: Sequence[str]) -> list[str]:
    return list(dict.fromkeys([*first, *second]))


def _keep(vendor: Vendor, field: str, old: Any, new: Any, *, by: AbstractBaseUser | None, why: str = "") -> None:
    VendorChange.objects.create(
        vendor=vendor, field=field, old=old, new=new, why=why.strip(), changed_by_id=by.pk if by else None
    )
