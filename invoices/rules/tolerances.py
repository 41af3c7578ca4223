"""How far apart two amounts on paper may stand and still be the same amount.

EN 16931 is exact because XML is; paper shows rounded figures, and each rounded figure may hide half a cent.
"""

from __future__ import annotations

from decimal import Decimal

CENT = Decimal("0.01")
TOTAL_TOLERANCE = Decimal("0.02")  # subtotal, tax and total are each rounded once

# The step to which totals are rounded where that is more than a cent: cash rounding rules, or no minor unit in use.
_ROUNDING_STEP: dict[str, Decimal] = {
    "CHF": Decimal("0.05"),
    "MYR": Decimal("0.05"),
    "SGD": Decimal("0.05"),
    "AUD": Decimal("0.05"),
    "CAD": Decimal("0.05"),
    "NZD": Decimal("0.10"),
    "DKK": Decimal("0.50"),
    "SEK": Decimal(1),
    "NOK": Decimal(1),
    "CZK": Decimal(1),
    "INR": Decimal(1),
    "ISK": Decimal(1),
    "JPY": Decimal(1),
    "KRW": Decimal(1),
    "HUF": Decimal(5),
}


def total_tolerance(currency: str | None) -> Decimal:
    """How far the total may stand from the sum of its parts, in the currency's units."""
    step = _ROUNDING_STEP.get(currency or "", Decimal(0))
    return max(TOTAL_TOLERANCE, step / 2 + CENT)


def sum_tolerance(count: int) -> Decimal:
    """The same for a sum of ``count`` figures, each rounded to the cent."""
    return max(TOTAL_TOLERANCE, CENT * count / 2 + CENT)


def product_tolerance(quantity: Decimal, price: Decimal) -> Decimal:
    """How far a line amount may stand from ``quantity * price`` where both are shown rounded.

    A figure shown with n decimals may hide half a unit of its last place, multiplied by the other factor. A whole
    quantity or price is taken as exact, and the amount itself is rounded to the cent.
    """
    return CENT + _hidden(price, minimum_places=2) * abs(quantity) + _hidden(quantity, minimum_places=1) * abs(price)


def _hidden(number: Decimal, *, minimum_places: int) -> Decimal:
    exponent = number.as_tuple().exponent
    if not isinstance(exponent, int) or -exponent < minimum_places:
        return Decimal(0)
    return Decimal(5).scaleb(exponent - 1)


def money(amount: Decimal) -> str:
    """An amount as a sentence shows it."""
    return f"{amount:,.2f}" if amount == amount.quantize(CENT) else f"{amount:,f}"
