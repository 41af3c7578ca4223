"""Plausible dates."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

from invoices.records import InvoiceData, ReviewReason
from invoices.rules.catalogue import reason

FUTURE_DAYS = (
    14  # invoices are dated ahead to the next month's start at most; a swapped day and month lands further away
)
OLDEST_YEARS = 20  # the longest retention period for invoices (real estate); an older date is a misreading
LONGEST_TERM_DAYS = 366


def check_dates(invoice: InvoiceData, *, today: date) -> Iterator[ReviewReason]:
    """Reasons about invoice date, due date and period."""
    issued, due = invoice.invoice_date, invoice.due_date
    if issued is not None:
        if issued > today + timedelta(days=FUTURE_DAYS):
            text = f"The invoice date {issued.isoformat()} is in the future (today is {today.isoformat()})."
            yield reason("date_in_future", "invoice_date", text)
        elif issued < today - timedelta(days=OLDEST_YEARS * 365):
            text = f"The invoice date {issued.isoformat()} is more than {OLDEST_YEARS} years ago."
            yield reason("date_too_old", "invoice_date", text)
        if due is not None and due < issued:
            text = f"The due date {due.isoformat()} is before the invoice date {issued.isoformat()}."
            yield reason("due_before_invoice", "due_date", text)
        elif due is not None and due > issued + timedelta(days=LONGEST_TERM_DAYS):
            text = f"The due date {due.isoformat()} is more than a year after the invoice date {issued.isoformat()}."
            yield reason("due_date_implausible", "due_date", text)
    start, end = invoice.period_start, invoice.period_end
    if start is not None and end is not None and end < start:
        text = f"The period ends on {end.isoformat()}, before it starts on {start.isoformat()}."
        yield reason("period_reversed", "period_end", text)
