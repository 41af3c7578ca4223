"""What confirms what: which figures of an invoice are proved by others that were read independently."""

from __future__ import annotations

from decimal import Decimal

from invoices.records import InvoiceData
from invoices.rules import readings
from invoices.rules.identity import iban_holds, is_known_currency, vat_id_holds
from invoices.rules.ranges import within_range
from invoices.rules.tolerances import CENT, total_tolerance

ZERO = Decimal(0)
HIGHEST_TAX_RATE = Decimal(30)  # the highest standard rates in use are 27 % (Hungary) and 28 % (India's top slab)
# Whole percents, and the broken VAT rates of Switzerland, France, Ireland, Finland and Slovenia.
FAMILIAR_RATES = tuple(
    Decimal(rate) for rate in (*range(3, 28), "2.5", "2.6", "3.7", "3.8", "5.5", "7.7", "8.1", "9.5", "13.5", "25.5")
)
SMALLEST_TELLING_BASE = Decimal(20)


def total_witness(invoice: InvoiceData, *, derived: frozenset[str] = frozenset()) -> str | None:
    """What corroborates the total, or None.

    One of ``amount_due``, ``subtotal_and_tax``, ``lines_and_tax``, ``lines``, ``tax_rate``, ``tax_breakdown``.

    Fields in ``derived`` were computed and not read, so they prove nothing.
    """
    total = invoice.total_amount
    if total is not None and _is_total_of_due(invoice, derived):
        return "amount_due"
    if total is None or "total_amount" in derived:
        return None
    subtotal = None if "subtotal" in derived else invoice.subtotal
    tax = None if "tax_amount" in derived else invoice.tax_amount
    if subtotal is not None and tax is not None and readings.reaches_total(invoice, subtotal, tax):
        return "subtotal_and_tax"
    if tax is None and invoice.tax_amount is not None and _is_sum_of_rows(invoice, invoice.tax_amount):
        tax = invoice.tax_amount  # computed from the taxes by rate or authority, which were read one by one
        if subtotal is not None and readings.reaches_total(invoice, subtotal, tax):
            return "subtotal_and_tax"
    by_lines = _line_witness(invoice, tax)
    if by_lines:
        return by_lines
    if tax and total and _tax_follows_from_total(invoice, tax, total):
        return "tax_rate"
    if _breakdown_reaches_total(invoice, total):
        return "tax_breakdown"
    return None


def confirmed_fields(invoice: InvoiceData, *, derived: frozenset[str] = frozenset()) -> frozenset[str]:
    """The names of the header fields that a check proves: amounts that add up, identifiers whose checksum holds.

    Line fields are named as in review reasons: ``line_items[0].amount``.
    """
    invoice, _ = within_range(invoice)
    confirmed: set[str] = set()
    witness = total_witness(invoice, derived=derived)
    if witness:
        confirmed.add("total_amount")
    if witness in {"subtotal_and_tax"}:
        confirmed |= {"subtotal", "tax_amount"}
    if witness in {"lines_and_tax", "tax_rate"}:
        confirmed.add("tax_amount")
    lines = readings.line_sum(invoice)
    if lines is not None and invoice.subtotal is not None:
        slack = readings.lines_tolerance(invoice)
        if any(abs(lines + a - invoice.subtotal) <= slack for a in readings.adjustments(invoice)):
            confirmed.add("subtotal")
    if _due_holds(invoice) and (invoice.amount_paid or invoice.rounding or invoice.withholding_amount):
        confirmed |= {"amount_due", "amount_paid", "withholding_amount"}
    elif witness and invoice.amount_due is not None and invoice.amount_due == invoice.total_amount:
        confirmed.add("amount_due")
    if is_known_currency(invoice.currency):
        confirmed.add("currency")
    if invoice.iban and iban_holds(invoice.iban):
        confirmed.add("iban")
    for name, country in (("vendor_tax_id", invoice.vendor_country), ("buyer_tax_id", None)):
        value: str | None = getattr(invoice, name)
        if value and vat_id_holds(value, country):
            confirmed.add(name)
    for index, line in enumerate(invoice.line_items):
        if readings.line_holds(line):
            confirmed |= {f"line_items[{index}].{name}" for name in ("quantity", "unit_price", "amount")}
    return frozenset(name for name in confirmed if name not in derived)


def tax_is_to_be_expected(invoice: InvoiceData) -> bool:
    """A rate or the vendor's VAT id without a tax amount: the tax was not read, and the "total" may be a net sum."""
    rates = [line.tax_rate for line in invoice.line_items] + [row.rate for row in invoice.taxes]
    if any(rates):
        return True
    if invoice.line_items and all(line.tax_rate == 0 for line in invoice.line_items):
        return False  # the lines say that there is none
    return vat_id_holds(invoice.vendor_tax_id or "", invoice.vendor_country) is not None


def _is_sum_of_rows(invoice: InvoiceData, tax: Decimal) -> bool:
    amounts = [row.amount for row in invoice.taxes if row.amount is not None]
    return len(amounts) > 1 and abs(sum(amounts, ZERO) - tax) <= CENT


def _due_holds(invoice: InvoiceData) -> bool:
    expected = readings.due_of(invoice)
    if invoice.amount_due is None or expected is None:
        return False
    return abs(expected - invoice.amount_due) <= total_tolerance(invoice.currency)


def _is_total_of_due(invoice: InvoiceData, derived: frozenset[str]) -> bool:
    """A total that is not printed: net and tax, read, make it, and less what is withheld or paid it is the amount due,
    read as well."""
    read = (
        "subtotal",
        "tax_amount",
        "amount_due",
        "withholding_amount" if invoice.withholding_amount else "amount_paid",
    )
    if "total_amount" not in derived or any(getattr(invoice, n) is None or n in derived for n in read):
        return False
    subtotal, tax = invoice.subtotal or ZERO, invoice.tax_amount or ZERO
    return abs(subtotal + tax - (invoice.total_amount or ZERO)) <= CENT and _due_holds(invoice)


def _line_witness(invoice: InvoiceData, tax: Decimal | None) -> str | None:
    lines, total = readings.line_sum(invoice), invoice.total_amount
    if lines is None or not _lines_stand_alone(invoice):
        return None
    slack = readings.lines_tolerance(invoice)
    if tax and readings.reaches_total(invoice, lines, tax, tolerance=slack):
        return "lines_and_tax"
    if not readings.reaches_total(invoice, lines, ZERO, tolerance=slack):
        return None
    if tax:
        # Lines that add up to the total: gross prices, or a net sum taken for the total. The rate tells which.
        return "lines" if total and _tax_follows_from_total(invoice, tax, total) else None
    return None if tax is None and tax_is_to_be_expected(invoice) else "lines"


def _lines_stand_alone(invoice: InvoiceData) -> bool:
    """Two lines, or one that proves itself: a single amount could be the total itself, read twice."""
    priced = [line for line in invoice.line_items if readings.line_amount(line) is not None]
    return len(priced) > 1 or any(readings.line_holds(line) for line in priced)


def _tax_follows_from_total(invoice: InvoiceData, tax: Decimal, total: Decimal) -> bool:
    """Whether the tax is the part of a gross total that a printed rate gives, or else a VAT rate in use."""
    printed = {row.rate for row in invoice.taxes if row.rate} | {
        line.tax_rate for line in invoice.line_items if line.tax_rate
    }
    if len(printed) == 1:
        rate = printed.pop()
        return abs(total * rate / (100 + rate) - tax) <= CENT * 2
    if printed:
        return False
    return _is_familiar_rate(tax, total - tax) and not _is_familiar_rate(tax, total)


def _is_familiar_rate(tax: Decimal, base: Decimal) -> bool:
    """Whether the tax is what a VAT rate in use gives; below a base of 20 nearly any cent would fit some rate."""
    if base < SMALLEST_TELLING_BASE or tax <= 0:
        return False
    return any(abs(base * rate / 100 - tax) <= CENT for rate in FAMILIAR_RATES)


def _breakdown_reaches_total(invoice: InvoiceData, total: Decimal) -> bool:
    rows = [(row.base, row.amount) for row in invoice.taxes]
    if not rows or any(base is None or amount is None for base, amount in rows):
        return False
    taxes = sum((amount or ZERO for _, amount in rows), ZERO)
    bases = sum((base or ZERO for base, _ in rows), ZERO)
    return bool(taxes) and abs(bases + taxes - total) <= total_tolerance(invoice.currency)
