"""The ways in which an invoice on paper can add up.

EN 16931 knows one: lines less allowances plus charges = subtotal (BR-CO-13), subtotal + tax = total (BR-CO-15). Paper
knows more: the printed subtotal may stand before or after discount and shipping, prices may include the tax (receipts),
and the total may be rounded before payment. Each such way is a *reading*; an invoice adds up when one of them holds.
"""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from invoices.records import InvoiceData, LineData
from invoices.rules.tolerances import product_tolerance, sum_tolerance, total_tolerance

ZERO = Decimal(0)


def adjustments(invoice: InvoiceData) -> Iterator[Decimal]:
    """What may lie between a subtotal or line sum and the next figure: nothing, the discount, the charges, or both."""
    discount = abs(invoice.discount_total or ZERO)
    charge = invoice.charge_total or ZERO
    seen: set[Decimal] = set()
    # A correction may take a discount back (BT-107 below zero).
    signed = invoice.discount_total or ZERO
    for value in (ZERO, charge - discount, -discount, charge, charge - signed, -signed):
        if value not in seen:
            seen.add(value)
            yield value


def due_of(invoice: InvoiceData) -> Decimal | None:
    """What is to be paid now for this document: total - paid - withheld + rounding (BR-CO-16, with what the buyer keeps
    back); None without a total. Earlier balances and discounts for early payment are no part of it."""
    if invoice.total_amount is None:
        return None
    kept = (invoice.amount_paid or ZERO) + (invoice.withholding_amount or ZERO)
    return invoice.total_amount - kept + (invoice.rounding or ZERO)


def totals_to_meet(invoice: InvoiceData) -> tuple[Decimal, ...]:
    """The total with and without the rounding line: paper rounds before the total, EN 16931 after it (BT-114)."""
    if invoice.total_amount is None:
        return ()
    if not invoice.rounding:
        return (invoice.total_amount,)
    return (invoice.total_amount, invoice.total_amount - invoice.rounding, invoice.total_amount + invoice.rounding)


def reaches_total(invoice: InvoiceData, start: Decimal, tax: Decimal, *, tolerance: Decimal | None = None) -> bool:
    """Whether ``start`` (a subtotal or a line sum) with some adjustment and ``tax`` gives the total."""
    slack = total_tolerance(invoice.currency) if tolerance is None else tolerance
    return any(
        abs(start + adjustment + tax - total) <= slack
        for adjustment in adjustments(invoice)
        for total in totals_to_meet(invoice)
    )


def line_amount(line: LineData) -> Decimal | None:
    """The line's net amount, computed where only quantity and price are printed; None where that cannot be told."""
    if line.amount is not None:
        return line.amount
    if line.quantity is not None and line.unit_price is not None:
        return line.quantity * line.unit_price - abs(line.discount or ZERO)
    return None


def line_sum(invoice: InvoiceData) -> Decimal | None:
    """The sum of all lines that carry a price; None without lines, or where a priced line has no amount."""
    amounts = [
        line_amount(line) for line in invoice.line_items if line.amount is not None or line.unit_price is not None
    ]
    known = [amount for amount in amounts if amount is not None]
    return sum(known, ZERO) if known and len(known) == len(amounts) else None


def line_holds(line: LineData) -> bool | None:
    """Whether quantity times price less discount is the amount; None where one of them is missing.

    On paper the discount may be for each unit or in the price already, and the amount may include the tax of the line's
    rate.
    """
    if line.quantity is None or line.unit_price is None or line.amount is None:
        return None
    slack = product_tolerance(line.quantity, line.unit_price)
    factor = 1 + (line.tax_rate or ZERO) / 100
    return any(
        abs(abs(line.amount) - abs(value)) <= slack
        for net in _products(line, line.quantity, line.unit_price)
        for value in {net, net * factor, net / factor}
    )


def is_dearer(line: LineData) -> bool:
    """Whether the amount is more than quantity times price comes to in any way; False where one of them is missing."""
    if line.quantity is None or line.unit_price is None or line.amount is None:
        return False
    most = max(abs(net) for net in _products(line, line.quantity, line.unit_price))
    return abs(line.amount) > most + product_tolerance(line.quantity, line.unit_price)


def _products(line: LineData, quantity: Decimal, price: Decimal) -> set[Decimal]:
    full, discount = quantity * price, abs(line.discount or ZERO)
    # A net price (BT-146) has the discount in it already.
    nets = {full, full - discount, full - discount * quantity}
    if line.discount is not None and line.discount < 0:
        nets.add(full - line.discount)  # more charged on the line (BT-141) than taken off
    return nets


def lines_tolerance(invoice: InvoiceData) -> Decimal:
    return max(sum_tolerance(len(invoice.line_items)), total_tolerance(invoice.currency))
