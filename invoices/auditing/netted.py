"""Bills that ask for the difference to an earlier one, beside the card together with what was billed before. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal

from invoices.auditing.bills import Billed, side_of, sum_of
from invoices.auditing.rated import rate
from invoices.auditing.records import BilledCharge, FindingData, Prices
from invoices.auditing.wording import money
from invoices.records import LineData

UNKNOWN = "It asks for the difference to an earlier bill, which is not here."
_OTHER = -1  # the position of a charge of the earlier bill


def differences_of(billed: Billed, prices: Prices, currency: str) -> tuple[list[FindingData], str]:
    """What of the difference is above the card, and why it cannot be said: a sentence, or empty."""
    before = _before(prices.earlier_lines([billed.number]).get(billed.number.casefold(), ())) if billed.number else []
    if not before:
        return [], UNKNOWN
    whole = replace(billed, charges=[*before, *billed.charges], corrects=False, only_difference=False)
    found, candidate, why = rate(whole, prices, currency)
    if candidate is None:
        return [], why
    own = (_own(finding, billed, before, currency) for finding in found)
    return [each for each in own if each is not None], ""


def _before(lines: Sequence[LineData]) -> list[BilledCharge]:
    found = []
    for line in lines:
        kind = side_of(line)
        if kind is not None and line.amount:
            found.append(BilledCharge(_OTHER, kind, line.amount, line))
    return found


def _own(finding: FindingData, billed: Billed, before: Sequence[BilledCharge], currency: str) -> FindingData | None:
    """The part of a finding that this bill asks for."""
    own = [charge for charge in billed.charges if charge.position in finding.lines]
    asked = sum_of(own)
    claimed = min(finding.difference or Decimal(0), asked)
    if not own or claimed <= 0:
        return None
    first = sum_of([charge for charge in before if charge.kind == own[0].kind])
    return replace(
        finding, code="overcharged", lines=tuple(charge.position for charge in own), billed=asked,
        expected=asked - claimed, description=own[0].name, charge_code=own[0].line.charge_code or "",
        message=f"“{own[0].name[:80]}” asks for {money(asked, currency)} more, after {money(first, currency)} of an "
        f"earlier bill; the rate card gives {money(finding.expected or Decimal(0), currency)} in all ({finding.how}).",
    )  # fmt: skip
