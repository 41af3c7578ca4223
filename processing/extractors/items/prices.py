"""The net price of one unit (BT-146) and the net amount of a line (BT-131) from prices as documents print them. Pure.

A price may be for 100 or 1,000 units, in cents, before a discount, or with tax. What is stated beside it says which of
these it may be; quantity times price says which it is.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from decimal import ROUND_HALF_UP, Decimal, localcontext

from invoices.rules.tolerances import CENT, product_tolerance, sum_tolerance
from processing.content.extraction import Fields, FieldValue
from processing.content.records import Cell
from processing.extractors.items.cells import Item

_BASES = frozenset(map(Decimal, (10, 100, 1000, 10_000)))
_BASE = re.compile(r"(?<![\d.,])(1(?:[.,' ]?0{3}|0{1,2}))(?![\d.,])")
# The hundredth of the coin, as it stands beside the price of a kilowatt hour.
_CENTS = re.compile(
    r"(?<![^\W\d_])(?:ct|cts|cents?|¢|p|pence|öre|øre|rp|rappen|centimes?|céntimos?|cêntimos?|centesimi|gr|groszy|haléřů?)"
    r"(?![^\W\d_])", re.I,
)  # fmt: skip
_HUNDRED = Decimal(100)
_FULL = Decimal(1)


def net_unit_price(fields: Fields, item: Item) -> FieldValue | None:
    """The price of one unit, where the price printed is another and what stands beside it explains the amount; None
    where the printed price holds, or nothing explains it."""
    quantity, price, amount = (_decimal(fields.get(name)) for name in ("quantity", "unit_price", "amount"))
    printed = fields.get("unit_price")
    if printed is None or quantity is None or price is None or amount is None or not quantity or not price:
        return None
    if _gives(quantity, price, amount, printed=price):
        return None
    for factor in _factors(item, quantity, price, amount):
        net = price * factor
        if _gives(quantity, net, amount, printed=price):
            return replace(printed, value=_plain(net))
    return None


def _factors(item: Item, quantity: Decimal, price: Decimal, amount: Decimal) -> Iterator[Decimal]:
    bases = [_FULL, *(1 / base for base in _stated_bases(item))]
    cents = [_FULL, *([Decimal("0.01")] if _in_cents(item) else [])]
    discounts = [_FULL]
    percent = item.numbers.get("discount_percent") or item.numbers.get("discount")
    if percent is not None and 0 < abs(percent.value) < _HUNDRED:
        discounts.append(1 - abs(percent.value) / _HUNDRED)
    discounts += [left for name in ("discount_percent", "discount") if (left := _left_by(item.cells.get(name)))]
    taken_off = item.numbers.get("discount")
    if taken_off is not None and abs(abs(quantity * price) - abs(taken_off.value) - abs(amount)) <= 2 * CENT:
        discounts.append(amount / (quantity * price))
    charge = item.numbers.get("charge")
    if charge is not None and abs(quantity * price + charge.value - amount) <= 2 * CENT:
        discounts.append(amount / (quantity * price))
    for base in bases:
        for cent in cents:
            for discount in discounts:
                if base * cent * discount != _FULL:
                    yield base * cent * discount


_CHAIN = re.compile(r"\d{1,2}(?:[.,]\d{1,2})?(?:\s*%?\s*\+\s*\d{1,2}(?:[.,]\d{1,2})?)+\s*%?")


def _left_by(cell: Cell | None) -> Decimal | None:
    """What discounts after each other ("20+5") leave of a price."""
    if cell is None or not _CHAIN.fullmatch(cell.text.strip()):
        return None
    left = _FULL
    for percent in re.findall(r"\d+(?:[.,]\d+)?", cell.text):
        left *= 1 - Decimal(percent.replace(",", ".")) / _HUNDRED
    return left


def _stated_bases(item: Item) -> list[Decimal]:
    texts = [item.price_head, *(item.cells[name].text for name in ("price_base", "unit") if name in item.cells)]
    texts += [number.rest for name in ("unit_price", "quantity") if (number := item.numbers.get(name)) is not None]
    found = (Decimal(re.sub(r"\D", "", match)) for text in texts for match in _BASE.findall(text))
    return [base for base in found if base in _BASES]


def _in_cents(item: Item) -> bool:
    price = item.numbers.get("unit_price")
    texts = [price.rest if price is not None else "", *(c.text for n, c in item.cells.items() if n == "price_base")]
    return any(_CENTS.search(text) for text in texts)


def _gives(quantity: Decimal, price: Decimal, amount: Decimal, *, printed: Decimal) -> bool:
    return abs(abs(quantity * price) - abs(amount)) <= product_tolerance(quantity, printed) / 2 + CENT / 2


def take_tax_out(lines: list[Fields], totals: Fields, taxes: list[Fields]) -> bool:
    """Makes the amounts of lines net where they are printed with tax: they add up to the total and not to the net
    total, and the net amounts that their rates give do. True where amounts with tax were found that no rate makes net.
    """
    subtotal, total, tax = (_decimal(totals.get(name)) for name in ("subtotal", "total_amount", "tax_amount"))
    amounts = [_decimal(line.get("amount")) for line in lines]
    known = [a for a in amounts if a is not None]
    if not known or len(known) < len(lines) or subtotal is None or total is None or not tax:
        return False
    slack = sum_tolerance(len(lines))
    charges = _decimal(totals.get("charge_total")) or Decimal(0)
    discount = abs(_decimal(totals.get("discount_total")) or Decimal(0))
    gross = sum(known, Decimal(0))
    if abs(gross - subtotal) <= slack or all(abs(gross + extra - total) > slack for extra in (0, charges - discount)):
        return False
    if abs(gross + charges - discount - subtotal) <= slack:
        return False
    rates = [_decimal(line.get("tax_rate")) for line in lines]
    if None in rates and len(taxes) == 1:
        only = _decimal(taxes[0].get("rate"))
        rates = [only if rate is None else rate for rate in rates]
    found = [r for r in rates if r is not None]
    if len(found) < len(lines):
        return True
    factors = [Decimal(100) / (100 + rate) for rate in found]
    nets = [(a * f).quantize(CENT, ROUND_HALF_UP) for a, f in zip(known, factors, strict=True)]
    rest = sum(nets, Decimal(0))
    if len(set(factors)) == 1:
        rest += (charges - discount) * factors[0] if abs(gross - total) > slack else Decimal(0)
    if abs(rest - subtotal) > slack:
        return True
    for line, net, factor in zip(lines, nets, factors, strict=True):
        line["amount"] = replace(line["amount"], value=net, derived_from="amount with tax, tax_rate")
        price, quantity = _decimal(line.get("unit_price")), _decimal(line.get("quantity"))
        if (
            price is not None
            and quantity is not None
            and abs(quantity * price - net) > CENT * max(Decimal(1), abs(quantity))
        ):
            value = (price * factor).quantize(CENT, ROUND_HALF_UP)
            line["unit_price"] = replace(line["unit_price"], value=value, derived_from="price with tax, tax_rate")
    return False


def _decimal(field: FieldValue | None) -> Decimal | None:
    return field.value if field is not None and isinstance(field.value, Decimal) else None


def _plain(value: Decimal) -> Decimal:
    """Six decimals at most, without trailing zeros."""
    with localcontext() as context:
        context.prec = 20
        rounded = value.quantize(Decimal("0.000001"), ROUND_HALF_UP).normalize()
    return rounded.quantize(Decimal(1)) if rounded == rounded.to_integral() else rounded
