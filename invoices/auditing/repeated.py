"""Charges of a shipment that were billed before: inside a bill, and on the carrier's earlier invoices. Pure."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from uuid import UUID

from invoices.auditing.bills import Billed, line_key, sum_of
from invoices.auditing.records import BilledCharge, FindingData, Prices, Sent
from invoices.auditing.wording import charge_key
from invoices.rate_records.charges import meaning_of
from invoices.records import InvoiceData

ZERO = Decimal(0)
# What is done for a shipment once, however many pieces it has.
_ONCE = frozenset(
    ["address_correction", "notification", "dispatch", "tail_lift", "limited_access", "customs", "cash_on_delivery"]
)
Group = list[BilledCharge]


def repeated(
    shipments: Sequence[Billed], prices: Prices, invoice: InvoiceData
) -> tuple[list[FindingData], set[int]]:  # fmt: skip
    """What is billed a second time, and its lines. The freight of a shipment with its discounts is one charge. A bill
    that corrects an earlier one repeats nothing."""
    findings: list[FindingData] = []
    taken: set[int] = set()
    numbers = list(dict.fromkeys(each.number for each in shipments if each.number and not each.corrects))
    before = prices.sent_before(numbers) if numbers else {}
    first: dict[str, list[Billed]] = {}
    for billed in shipments:
        if not billed.number or billed.corrects:
            continue
        key = billed.number.casefold()
        for group in _groups(billed):
            amount = sum_of(group)
            if amount <= 0:
                continue
            earlier = _earlier(billed, group, before, invoice)
            here = next((other for other in first.get(key, ()) if _bills_the_same(other, billed, group)), None)
            if earlier is not None:
                findings.append(_finding(billed, group, invoice, f"invoice {earlier[1]}", earlier[0]))
            elif here is not None:
                line = here.charges[0].position + 1
                findings.append(_finding(billed, group, invoice, f"line {line} of this invoice", None))
            else:
                continue
            taken |= {charge.position for charge in group}
        for charge in _twice_in_one(billed, taken):
            findings.append(_finding(billed, [charge], invoice, "another line of this shipment", None))
            taken.add(charge.position)
        first.setdefault(key, []).append(billed)
    return findings, taken


def _groups(billed: Billed) -> Iterator[Group]:
    if billed.freight:
        yield billed.freight
    fuel = billed.of_kind("fuel")
    if fuel:
        yield fuel
    for charge in billed.of_kind("accessorial"):
        yield [charge]


def _same_group(one: Sequence[BilledCharge], other: Sequence[BilledCharge]) -> bool:
    return sorted((line_key(c.line), c.amount) for c in one) == sorted((line_key(c.line), c.amount) for c in other)


def _bills_the_same(other: Billed, billed: Billed, group: Group) -> bool:
    """Whether an earlier billing of the shipment in this bill has the same charge, moved on the same day."""
    if other.day != billed.day:
        return False
    return any(_same_group(group, own) for own in _groups(other))


def _twice_in_one(billed: Billed, taken: set[int]) -> Iterator[BilledCharge]:
    """An accessorial that one piece is charged for twice; for several pieces each may have its own."""
    several = billed.data.pieces is not None and billed.data.pieces > 1
    seen: set[tuple[str, Decimal]] = set()
    for charge in billed.of_kind("accessorial"):
        key = (line_key(charge.line), charge.amount)
        may_repeat = several and meaning_of(charge.name) not in _ONCE
        if charge.position not in taken and charge.amount > 0 and key[0] and key in seen and not may_repeat:
            yield charge
        seen.add(key)


def _earlier(
    billed: Billed, group: Group, before: Mapping[Sent, tuple[UUID, str]], invoice: InvoiceData
) -> tuple[UUID, str] | None:
    """The other invoice that has every raising charge of the group, unless it has the number of this one: that is a
    suspected duplicate as a whole, and said elsewhere."""
    found: set[tuple[UUID, str]] = set()
    for charge in group:
        if charge.amount <= 0:
            continue
        sent = before.get(Sent(billed.number.casefold(), charge_key(charge.line), charge.amount))
        if sent is None:
            return None
        found.add(sent)
    if len(found) != 1:
        return None
    other = found.pop()
    return None if other[1].casefold() == (invoice.invoice_number or "").casefold() else other


def _finding(billed: Billed, group: Group, invoice: InvoiceData, where: str, other: UUID | None) -> FindingData:
    name = group[0].name
    more = f" with {len(group) - 1} more" if len(group) > 1 else ""
    return FindingData(
        code="billed_twice", charge=group[0].kind, lines=tuple(charge.position for charge in group),
        billed=sum_of(group), expected=ZERO, currency=invoice.currency or "",
        charge_code=group[0].line.charge_code or "", description=name, tracking_number=billed.number, other=other,
        message=f"“{name[:80]}”{more} of shipment {billed.number} was billed with the same amount by {where}.",
        cause="duplicate", shipment=billed.position,
    )  # fmt: skip
