"""What an audit found, as rows of its invoice. Called by services, inside a transaction."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from decimal import Decimal
from typing import Any

from invoices.auditing import AUDIT_REASONS, FindingData
from invoices.auditing.wording import money
from invoices.models import Finding, Invoice
from invoices.records import ReviewReason
from invoices.rules.catalogue import reason

_NAMED_LINES = 8
# Several findings of one code in one sentence.
_SUMMED: dict[str, str] = {
    "overcharged": "{count} charges exceed the rate card by {total} in total",
    "billed_twice": "{count} charges were billed before, {total} in total",
    "charge_not_on_card": "{count} charges are not on the rate card, {total} in total",
}
# What may differ of a finding that is found again.
_MOVING = ("position", "lines", "description", "message", "how", "source", "currency", "cause", "shipment")


def new_findings(record: Invoice, findings: Sequence[FindingData]) -> list[Finding]:
    """Unsaved, in their order."""
    return [
        Finding(
            invoice=record, position=position, code=each.code, charge=each.charge, lines=list(each.lines),
            charge_code=each.charge_code[:50], description=each.description[:300],
            tracking_number=each.tracking_number[:100], currency=each.currency, billed=each.billed,
            expected=each.expected, message=each.message, how=each.how, source=dict(each.source),
            rate_card_id=each.card, other_invoice_id=each.other, cause=each.cause or "", shipment=each.shipment,
        )
        for position, each in enumerate(findings)
    ]  # fmt: skip


def replace_findings(record: Invoice, findings: Sequence[FindingData]) -> list[Finding]:
    """The findings of a saved record anew. One that was found before stays the same row, with what was decided; gives
    the decided ones that are no longer found, which are gone."""
    before = {_identity(row): row for row in record.findings.all()}
    now = {_identity(row): row for row in reversed(new_findings(record, findings))}
    gone = [row for key, row in before.items() if key not in now]
    Finding.objects.filter(pk__in=[row.pk for row in gone]).delete()
    # Positions are unique: the kept ones stand aside before they take their new place.
    kept = [(row, now[key]) for key, row in before.items() if key in now]
    top = max([len(findings), *(row.position + 1 for row in before.values())])
    for offset, (row, _) in enumerate(kept):
        row.position = top + offset
    Finding.objects.bulk_update([row for row, _ in kept], ["position"])
    for row, new in kept:
        for name in (*_MOVING, "rate_card_id"):
            setattr(row, name, getattr(new, name))
    Finding.objects.bulk_update(
        [row for row, _ in kept],
        [*_MOVING, "rate_card"],
    )
    Finding.objects.bulk_create(row for key, row in now.items() if key not in before)
    return [row for row in gone if row.status != Finding.Status.OPEN]


def as_found(rows: Iterable[Finding]) -> set[tuple[Any, ...]]:
    """What tells whether an audit changed anything."""
    return {(*_identity(row), row.message) for row in rows}


def audit_reasons(findings: Sequence[FindingData]) -> list[ReviewReason]:
    """One review reason for each code that costs money, whatever the number of its findings."""
    reasons = []
    for code in AUDIT_REASONS:
        own = [each for each in findings if each.code == code]
        if not own:
            continue
        field, message = own[0].field, own[0].message
        if len(own) > 1:
            field = ""
            total = sum((each.difference or Decimal(0) for each in own), Decimal(0))
            lines = [str(each.lines[0] + 1) for each in own[:_NAMED_LINES]]
            more = f" and {len(own) - _NAMED_LINES} more" if len(own) > _NAMED_LINES else ""
            summed = _SUMMED[code].format(count=len(own), total=money(total, own[0].currency))
            message = f"{summed} (lines {', '.join(lines)}{more})."
        reasons.append(reason(code=code, field=field, message=message))
    return reasons


def told(row: Finding) -> dict[str, Any]:
    """A finding as the history of its invoice names it."""
    return {"code": row.code, "status": row.status, "message": row.message}


def _identity(row: Finding) -> tuple[Any, ...]:
    """Lines may have moved: what was billed for what, and what the card gives, make a finding the same."""
    billed = row.billed.normalize()
    expected = None if row.expected is None else row.expected.normalize()
    return (row.code, row.charge, row.charge_code, row.description, row.tracking_number, billed, expected)
