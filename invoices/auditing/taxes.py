"""Tax on shipments that bear none: an export, or one of many alike of which no other is taxed. Pure."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from decimal import Decimal

from stdnum.eu.vat import MEMBER_STATES

from invoices.auditing.bills import Billed
from invoices.auditing.places import country_of
from invoices.auditing.records import FindingData
from invoices.auditing.wording import money

ZERO = Decimal(0)
_FEWEST_ALIKE = 3
_MOST_TAXED = 4  # one of so many alike
_EXPORT = "the carriage of an export is free of VAT (Directive 2006/112/EC, article 146)"
_EU = frozenset(code.upper() for code in MEMBER_STATES) - {"XI"}  # Northern Ireland: for goods alone
_ALIKE = "the other shipments alike bear none"


def untaxed(shipments: Sequence[Billed], currency: str) -> list[FindingData]:
    """Taxes of shipments that bear none."""
    alike: dict[tuple[str, str], list[int]] = defaultdict(list)
    for billed in shipments:
        if billed.moves:
            alike[_ends(billed)].append(billed.position)
    taxes = [(billed, charge) for billed in shipments for charge in billed.taxes if charge.amount > ZERO]
    taxed = {billed.position for billed, _ in taxes}
    found = []
    for billed, charge in taxes:
        start, end = _ends(billed)
        others = alike[start, end]
        also = sum(position in taxed for position in others)
        if start in _EU and end and end not in _EU:
            why = _EXPORT
        elif len(others) - also >= _FEWEST_ALIKE and also * _MOST_TAXED <= len(others):
            why = _ALIKE
        else:
            continue
        found.append(
            FindingData(
                code="charge_not_on_card", charge="tax", lines=(charge.position,), billed=charge.amount, expected=ZERO,
                currency=currency, charge_code=charge.line.charge_code or "", description=charge.name,
                message=f"“{charge.name[:80]}” of {money(charge.amount, currency)} is a tax on a shipment that bears "
                f"none: {why}.",
                tracking_number=billed.number, how=why, cause="tax", shipment=billed.position,
            )
        )  # fmt: skip
    return found


def _ends(billed: Billed) -> tuple[str, str]:
    return country_of(billed.data.origin or ""), country_of(billed.data.destination or "")
