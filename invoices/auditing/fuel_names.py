"""Fuel surcharges whose name says nothing, told by their amounts. Pure."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal

from invoices.auditing.bills import Billed, line_key, sum_of
from invoices.auditing.rated import rate
from invoices.auditing.records import Prices

_NAMES_TRIED, _SHIPMENTS_TRIED, _FEWEST = 3, 12, 3
_MOST = 0.6
_CENT = Decimal("0.01")


def name_fuel(shipments: Sequence[Billed], prices: Prices, currency: str) -> None:
    """Makes fuel of a charge that no words name so, that half of the shipments have, none of which bills fuel, and that
    is the card's fuel surcharge to the cent in most of those that are tried ("Comb.", "Energy index")."""
    moved = [each for each in shipments if each.moves and not each.only_difference]
    if any(each.of_kind("fuel") for each in moved):
        return
    names = Counter(
        name for each in moved for name in {line_key(charge.line) for charge in each.of_kind("accessorial")}
    )
    for name, number in names.most_common(_NAMES_TRIED):
        if number < max(_FEWEST, len(moved) / 2):
            return
        having = [each for each in moved if _called(each, name)]
        tried = having[:_SHIPMENTS_TRIED]
        if sum(_is_fuel(each, name, prices, currency) for each in tried) >= max(_FEWEST, _MOST * len(tried)):
            for each in having:
                each.charges[:] = [
                    replace(charge, kind="fuel") if line_key(charge.line) == name else charge for charge in each.charges
                ]
            return


def _called(billed: Billed, name: str) -> Decimal:
    return sum_of([charge for charge in billed.of_kind("accessorial") if line_key(charge.line) == name])


def _is_fuel(billed: Billed, name: str, prices: Prices, currency: str) -> bool:
    _, candidate, _ = rate(billed, prices, currency)
    if candidate is None or candidate.fuel is None:
        return False
    known = any(line_key(c.line) == name and candidate.named.get(c.position) for c in billed.of_kind("accessorial"))
    return not known and abs(candidate.fuel.amount - _called(billed, name)) <= _CENT
