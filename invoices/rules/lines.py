"""Arithmetic of the lines: each by itself, and their sum against the header (BR-CO-10)."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from invoices.records import InvoiceData, LineData, ReviewReason
from invoices.rules import readings
from invoices.rules.catalogue import reason
from invoices.rules.tolerances import CENT, money

ZERO = Decimal(0)
LINES_TOLD_ONE_BY_ONE = 5  # a misread column fails on every line: past this a summary says it better


def check_lines(invoice: InvoiceData, *, structured: bool = False) -> Iterator[ReviewReason]:
    """Reasons about single lines and about their sum.

    EN 16931 has no rule for quantity times price: a valid line of a ``structured`` invoice may cost less (prices with
    a tax that is not VAT), so there only a line that costs more than its quantity, price and charges is told. Whoever
    reads such an invoice knows whether its profile has lines."""
    if not invoice.line_items:
        if not structured:
            yield reason("missing_lines", "line_items", "No invoice lines were found.")
        return
    yield from _check_each(invoice.line_items, only_dearer=structured)
    yield from _check_sum(invoice)


def _check_each(lines: list[LineData], *, only_dearer: bool) -> Iterator[ReviewReason]:
    wrong = [
        index
        for index, line in enumerate(lines)
        if readings.line_holds(line) is False and (readings.is_dearer(line) or not only_dearer)
    ]
    for index in wrong[:LINES_TOLD_ONE_BY_ONE]:
        yield reason("line_mismatch", f"line_items[{index}].amount", _line_sentence(index, lines[index]))
    if len(wrong) > LINES_TOLD_ONE_BY_ONE:
        text = f"In {len(wrong)} of {len(lines)} lines, quantity times price is not the amount; the first are listed."
        yield reason("line_mismatch", "line_items", text)


def _line_sentence(index: int, line: LineData) -> str:
    quantity, price = line.quantity or ZERO, line.unit_price or ZERO
    product = quantity * price - abs(line.discount or ZERO)
    less = f" less {money(abs(line.discount))}" if line.discount else ""
    return (
        f"Line {index + 1}: {quantity.normalize():f} times {money(price)}{less} is {money(product.quantize(CENT))}, "
        f"but the amount is {money(line.amount or ZERO)}."
    )


def _check_sum(invoice: InvoiceData) -> Iterator[ReviewReason]:
    total = readings.line_sum(invoice)
    if total is None:
        return
    targets = _targets(invoice)
    slack = readings.lines_tolerance(invoice)
    rates = {row.rate for row in invoice.taxes if row.rate is not None}
    # Discounts and charges below lines with tax are with tax too, whatever the lines were made.
    factors = {Decimal(1), *(100 / (100 + rate) for rate in rates if len(rates) == 1 and rate > 0)}
    if not targets or any(
        abs(total + adjustment * factor - target) <= slack
        for adjustment in readings.adjustments(invoice)
        for factor in factors
        for target in targets
    ):
        return
    name, target = ("subtotal", invoice.subtotal) if invoice.subtotal is not None else ("total", invoice.total_amount)
    text = f"The lines add up to {money(total)}, but the {name} is {money(target or ZERO)}."
    yield reason("line_sum_mismatch", "line_items", text)


def _targets(invoice: InvoiceData) -> list[Decimal]:
    """What the lines may add up to: the subtotal, the total (prices with tax), or the total without its tax."""
    targets = [invoice.subtotal] if invoice.subtotal is not None else []
    for total in readings.totals_to_meet(invoice):
        targets.append(total)
        if invoice.tax_amount is not None:
            targets.append(total - invoice.tax_amount)
    return targets
