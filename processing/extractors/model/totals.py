"""The arithmetic of totals on what a model gave: EN 16931 net + tax = total (BR-CO-15), due = total − paid (16), with
what the buyer keeps back counted as paid."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal

from processing.content.extraction import Fields, FieldValue

TOLERANCE = Decimal("0.02")
_TRIPLE = ("subtotal", "tax_amount", "total_amount")
_TAKEN_OFF = ("amount_paid", "withholding_amount")

Lookup = Callable[[Decimal], FieldValue | None]


def settle_totals(fields: Fields, find: Lookup) -> None:
    """Fill the total that is missing, and take back one that is wrong.

    ``find`` looks an amount up in the document. Where the three totals disagree, the one that arithmetic corrects to an
    amount which the document holds gives way, if it is the only one. What is filled or corrected names what it was
    derived from, and has a place where the document holds it. What was paid or is kept back is printed with a minus or
    without, and what is open from earlier bills is no part of what is to be paid for this one (BT-115).
    """
    for name in _TAKEN_OFF:
        value = _amount(fields, name)
        if value is not None and value < 0:
            fields[name] = replace(fields[name], value=-value)
    less = [name for name in _TAKEN_OFF if _amount(fields, name)]
    due, taken = _amount(fields, "amount_due"), sum((_amount(fields, name) or 0 for name in less), Decimal(0))
    if "total_amount" not in fields:
        by_sum = _computed(fields, "total_amount")
        if by_sum is not None and find(by_sum) is not None:
            _put(fields, "total_amount", by_sum, "subtotal,tax_amount", find)
        elif due is not None:
            _put(fields, "total_amount", due + taken, ",".join(("amount_due", *less)), find)
    missing = [name for name in _TRIPLE if name not in fields]
    if len(missing) == 1:
        value = _computed(fields, missing[0])
        if value is not None and value >= 0:
            _put(fields, missing[0], value, _others(missing[0]), find)
    elif not missing:
        _correct(fields, find)
    total, old = _amount(fields, "total_amount"), _amount(fields, "previous_balance")
    if total is not None and due is not None and old and due == total + old:
        fields["amount_due"] = fields["total_amount"]
    if "amount_due" not in fields and total is not None and total >= taken:
        _put(fields, "amount_due", total - taken, ",".join(("total_amount", *less)), find)


def _correct(fields: Fields, find: Lookup) -> None:
    total = _amount(fields, "total_amount")
    by_sum = _computed(fields, "total_amount")
    if total is None or by_sum is None or abs(total - by_sum) <= TOLERANCE:
        return
    better: dict[str, Decimal] = {}
    for name in _TRIPLE:
        value = _computed(fields, name)
        if value is not None and value > 0 and find(value) is not None:
            better[name] = value
    if len(better) == 1:
        ((name, value),) = better.items()
        _put(fields, name, value, _others(name), find)


def _computed(fields: Fields, name: str) -> Decimal | None:
    """One of net, tax and total from the other two."""
    net, tax, total = (_amount(fields, other) for other in _TRIPLE)
    if name == "total_amount":
        return net + tax if net is not None and tax is not None else None
    if name == "subtotal":
        return total - tax if total is not None and tax is not None else None
    return total - net if total is not None and net is not None else None


def _others(name: str) -> str:
    return ",".join(other for other in reversed(_TRIPLE) if other != name)


def _amount(fields: Fields, name: str) -> Decimal | None:
    value = fields[name].value if name in fields else None
    return value if isinstance(value, Decimal) else None


def _put(fields: Fields, name: str, value: Decimal, sources: str, find: Lookup) -> None:
    found = find(value)
    fields[name] = replace(found, derived_from=sources) if found else FieldValue(value, "", "llm", derived_from=sources)
