"""Amounts as carriers bill them, and dated exchange. Pure, Decimal."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from decimal import ROUND_HALF_UP, Decimal

from invoices.rate_records import RuleData
from invoices.rate_records.series import ExchangeRate
from invoices.rating.records import Charge, Quote
from invoices.rating.weights import ZERO, plain, rounded_quantity
from invoices.values.currencies import minor_unit


def rounded(amount: Decimal, currency: str, rule: RuleData | None = None) -> Decimal:
    """To the currency's smallest unit, half up, as carriers bill; to the steps of a rule where there is one."""
    if rule is not None and rule.value:
        amount = rounded_quantity(amount, rule.value, rule.rounding or "nearest")
    return amount.quantize(minor_unit(currency), ROUND_HALF_UP)


def sums(charges: Sequence[Charge], currency: str) -> tuple[Decimal, tuple[tuple[str, Decimal], ...]]:
    """The sum in the main currency, and those of the others: they are never added."""
    found: dict[str, Decimal] = {}
    for charge in charges:
        key = charge.currency or currency
        found[key] = found.get(key, ZERO) + charge.amount
    return found.pop(currency, ZERO), tuple(sorted(found.items()))


def exchange_rate(rates: Sequence[ExchangeRate], base: str, quoted: str, day: date) -> ExchangeRate | None:
    """The latest rate from one currency to another on or before a day, also by the opposite one; None without any."""
    usable = [rate for rate in rates if rate.day <= day and {rate.base, rate.quoted} == {base, quoted}]
    latest = max(usable, key=lambda rate: rate.day, default=None)
    if latest is None or latest.base == base:
        return latest
    return ExchangeRate(base, quoted, latest.day, 1 / latest.rate, latest.source)


def converted(quote: Quote, currency: str, rates: Sequence[ExchangeRate], day: date) -> Quote | None:
    """A quote in another currency, with the rate and its day in each charge's arithmetic; None where no dated rate is
    known for one of its currencies."""
    charges = []
    for charge in quote.charges:
        own = charge.currency or quote.currency
        if own == currency:
            charges.append(replace(charge, currency=currency))
            continue
        rate = exchange_rate(rates, own, currency, day)
        if rate is None:
            return None
        amount = rounded(charge.amount * rate.rate, currency)
        by = f" ({rate.source})" if rate.source else ""
        how = f"{charge.how}; {plain(charge.amount)} {own} at {plain(rate.rate)} of {rate.day}{by}"
        charges.append(replace(charge, amount=amount, how=how, currency=currency))
    total, others = sums(charges, currency)
    return replace(quote, charges=tuple(charges), total=total, currency=currency, others=others)
