"""Arithmetic of the header: BR-CO-11 to BR-CO-17 in the readings that paper needs, signs and rates."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from invoices.records import InvoiceData, ReviewReason
from invoices.rules import readings
from invoices.rules.catalogue import reason
from invoices.rules.evidence import HIGHEST_TAX_RATE, tax_is_to_be_expected, total_witness
from invoices.rules.tolerances import CENT, money, sum_tolerance, total_tolerance

ZERO = Decimal(0)


def check_amounts(invoice: InvoiceData, *, derived: frozenset[str], structured: bool = False) -> Iterator[ReviewReason]:
    """Reasons about totals, taxes, discount, payments and signs."""
    yield from _check_sign(invoice, structured=structured)
    yield from _check_total(invoice, derived)
    yield from _check_discount(invoice)
    yield from _check_due(invoice)
    yield from _check_tax_rates(invoice)
    yield from _check_tax_rows(invoice)


def _check_sign(invoice: InvoiceData, *, structured: bool) -> Iterator[ReviewReason]:
    total = invoice.total_amount
    if total is None:
        return
    if total == 0:
        if not structured and not _comes_to_nothing(invoice):
            yield reason("zero_total", "total_amount", "The total is zero.")
    elif total < 0 and invoice.document_type == "credit_note":
        text = f"The total of this credit note is {money(total)}; amounts of a credit note are recorded as positive."
        yield reason("credit_note_sign", "total_amount", text)
    elif total < 0:
        text = f"The total is {money(total)}, but this is not marked as a credit note."
        yield reason("negative_total", "total_amount", text)


def _comes_to_nothing(invoice: InvoiceData) -> bool:
    """Whether lines of both signs, or lines and a discount, cancel out: a final invoice after payments in advance."""
    lines = readings.line_sum(invoice)
    if lines is None or not any(readings.line_amount(line) for line in invoice.line_items):
        return False
    return any(abs(lines + adjustment) <= CENT for adjustment in readings.adjustments(invoice))


def _check_total(invoice: InvoiceData, derived: frozenset[str]) -> Iterator[ReviewReason]:
    total = invoice.total_amount
    if total is None:
        return
    contradiction = _contradiction(invoice, total)
    if contradiction:
        yield reason("total_mismatch", "total_amount", contradiction)
    elif total and total_witness(invoice, derived=derived) is None:
        text = f"Nothing confirms the total of {money(total)}: neither subtotal and tax nor the lines give it."
        if invoice.tax_amount is None and tax_is_to_be_expected(invoice):
            text = f"No tax amount was found, so the total of {money(total)} may be before tax."
        yield reason("total_not_corroborated", "total_amount", text)


def _contradiction(invoice: InvoiceData, total: Decimal) -> str | None:
    subtotal, tax = invoice.subtotal, invoice.tax_amount
    if subtotal is None or tax is None:
        return None
    if readings.reaches_total(invoice, subtotal, tax):
        return None
    if tax and readings.reaches_total(invoice, subtotal, ZERO) and tax <= abs(total) * HIGHEST_TAX_RATE / 100:
        return None  # prices with the tax inside, as on receipts; whether that is so is for the witness to say
    parts = f"Subtotal {money(subtotal)}"
    sum_ = subtotal + tax
    if invoice.discount_total:
        parts += f" less discount {money(abs(invoice.discount_total))}"
        sum_ -= abs(invoice.discount_total)
    if invoice.charge_total:
        parts += f" plus charges {money(invoice.charge_total)}"
        sum_ += invoice.charge_total
    return f"{parts} plus tax {money(tax)} is {money(sum_)}, but the total is {money(total)}."


def _check_discount(invoice: InvoiceData) -> Iterator[ReviewReason]:
    discount, total = invoice.discount_total, invoice.total_amount
    if discount is None:
        return
    gross = readings.line_sum(invoice)
    limit = gross if gross is not None else invoice.subtotal
    if limit is not None and total is not None and abs(discount) > max(abs(limit), abs(total) + abs(limit)):
        text = f"The discount of {money(abs(discount))} is more than the goods and services of {money(limit)}."
        yield reason("discount_mismatch", "discount_total", text)


def _check_due(invoice: InvoiceData) -> Iterator[ReviewReason]:
    total, due = invoice.total_amount, invoice.amount_due
    if total is None or due is None:
        return
    paid, rounding, held = (v or ZERO for v in (invoice.amount_paid, invoice.rounding, invoice.withholding_amount))
    expected = readings.due_of(invoice)
    assert expected is not None
    slack = total_tolerance(invoice.currency)
    # The rounding may be in the total already; a paid invoice may show a zero due beside the payment.
    if any(abs(expected - due - extra) <= slack for extra in (ZERO, rounding, 2 * rounding)):
        return
    parts = f"Total {money(total)}"
    if paid:
        parts += f" less payments {money(paid)}"
    if held:
        parts += f" less {money(held)} withheld"
    if rounding:
        parts += f" plus rounding {money(rounding)}"
    is_ = f"is {money(expected)}, which is" if paid or rounding or held else "is"
    yield reason("amount_due_mismatch", "amount_due", f"{parts} {is_} not the amount due of {money(due)}.")


def _check_tax_rates(invoice: InvoiceData) -> Iterator[ReviewReason]:
    for index, row in enumerate(invoice.taxes):
        if row.rate is not None and not 0 <= row.rate <= HIGHEST_TAX_RATE:
            yield reason("tax_rate_implausible", f"taxes[{index}].rate", f"A tax rate of {row.rate:f} % is not in use.")
    for index, line in enumerate(invoice.line_items):
        if line.tax_rate is not None and not 0 <= line.tax_rate <= HIGHEST_TAX_RATE:
            field = f"line_items[{index}].tax_rate"
            yield reason("tax_rate_implausible", field, f"A tax rate of {line.tax_rate:f} % is not in use.")
    tax, total = invoice.tax_amount, invoice.total_amount
    if tax is None or not total:
        return
    net = abs(total) - abs(tax)
    if abs(tax) > net * HIGHEST_TAX_RATE / 100 + CENT or ((tax < 0) != (total < 0) and tax):
        text = f"A tax of {money(tax)} in a total of {money(total)} matches no tax rate in use."
        yield reason("tax_rate_implausible", "tax_amount", text)


def _check_tax_rows(invoice: InvoiceData) -> Iterator[ReviewReason]:
    amounts = [row.amount for row in invoice.taxes if row.amount is not None]
    tax = invoice.tax_amount
    if tax is not None and amounts and len(amounts) == len(invoice.taxes):
        total = sum(amounts, ZERO)
        if abs(total - tax) > sum_tolerance(len(amounts)):
            text = f"The taxes by rate add up to {money(total)}, but the tax amount is {money(tax)}."
            yield reason("tax_sum_mismatch", "tax_amount", text)
    # Where each line's tax was rounded before it was added, the row is off by up to half a cent a line.
    slack = sum_tolerance(max(1, len(invoice.line_items)))
    for index, row in enumerate(invoice.taxes):
        if row.base is None or row.rate is None or row.amount is None:
            continue
        on_top, inside = row.base * row.rate / 100, row.base * row.rate / (100 + row.rate) if row.rate > -100 else ZERO
        if min(abs(on_top - row.amount), abs(inside - row.amount)) > slack:
            product = money(on_top.quantize(CENT))
            text = f"{row.rate:f} % of {money(row.base)} is {product}, but the tax is {money(row.amount)}."
            yield reason("tax_breakdown_mismatch", f"taxes[{index}].amount", text)
