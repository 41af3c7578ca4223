"""Whether a vendor looks like a known one that is paid otherwise; and what accepted invoices teach of their vendors."""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import dataclass
from typing import get_args

from invoices.models import Vendor, VendorTrait
from invoices.queries import known_ibans, resembling_vendors
from invoices.records import InvoiceData
from invoices.rules.resemblance import By, Resemblance, traits_of


@dataclass(frozen=True, slots=True)
class Lookalike:
    """A known vendor that another resembles, and the accounts that it was accepted with."""

    vendor: Vendor
    by: frozenset[By]
    ibans: frozenset[str]


def known_lookalikes(
    invoice: InvoiceData, *, vendor: Vendor | None, own_ibans: Collection[str]
) -> tuple[Lookalike, ...]:
    """The known vendors that an invoice's vendor resembles. None for a vendor who was accepted with this very account,
    or, where the invoice names no account, who was accepted at all."""
    if vendor is not None:
        settled = invoice.iban in own_ibans if invoice.iban else vendor.traits.exists()
        if settled:
            return ()
    found = resembling_vendors(invoice=invoice, vendor=vendor)
    return tuple(Lookalike(other, frozenset(by), known_ibans(other)) for other, by in found.items())


def resemblances(invoice: InvoiceData, lookalikes: Collection[Lookalike]) -> tuple[Resemblance, ...]:
    """Those that contradict: another tax id, or another account, than the known vendor has."""
    found = []
    for known in lookalikes:
        tax_id, other_id = _compact(invoice.vendor_tax_id), _compact(known.vendor.tax_id)
        other_tax_id = bool(tax_id and other_id and tax_id != other_id)
        other_account = bool(invoice.iban and known.ibans and invoice.iban not in known.ibans)
        if other_tax_id or other_account:
            by = next(one for one in get_args(By) if one in known.by)
            found.append(Resemblance(by, other_tax_id, other_account))
    return tuple(found)


def keep_traits(vendor: Vendor, invoice: InvoiceData) -> None:
    """An invoice of this vendor was accepted, or is ready without a reason to look: from now on it is known."""
    VendorTrait.objects.bulk_create(
        [VendorTrait(vendor=vendor, kind=kind, value=value) for kind, value in sorted(traits_of(invoice))],
        ignore_conflicts=True,
    )


def _compact(text: str | None) -> str:
    return re.sub(r"[^0-9A-Z]", "", (text or "").upper())
