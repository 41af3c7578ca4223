"""The rules of the books: what must hold before an invoice may be accepted without a person. Pure.

``check_invoice`` gives a ``ReviewReason`` for each rule that fails; the codes are listed in ``catalogue.REASONS``.
"""

from __future__ import annotations

from datetime import date

from invoices.records import InvoiceData, ReviewReason
from invoices.rules import amounts, dates, identity, lines, ranges
from invoices.rules.books import BookContext, DuplicateRef
from invoices.rules.catalogue import CURABLE_CODES, REASONS, ReasonKind
from invoices.rules.evidence import confirmed_fields

__all__ = [
    "CURABLE_CODES",
    "REASONS",
    "BookContext",
    "DuplicateRef",
    "ReasonKind",
    "check_invoice",
    "confirmed_fields",
]

NO_CONTEXT = BookContext()


def check_invoice(invoice: InvoiceData, *, today: date, context: BookContext = NO_CONTEXT) -> list[ReviewReason]:
    """The reasons why a person must look, the most serious first; an empty list means that it can be accepted.

    ``today`` is the date that "in the future" refers to; ``context`` is what the books know about the vendor.
    """
    invoice, absurd = ranges.within_range(invoice)
    reasons = [
        *absurd,
        *identity.check_required(invoice),
        *identity.check_identifiers(invoice, structured=context.structured),
        *identity.check_parties(invoice),
        *identity.check_books(invoice, context),
        *dates.check_dates(invoice, today=today),
        *amounts.check_amounts(invoice, derived=context.derived, structured=context.structured),
        *lines.check_lines(invoice, structured=context.structured),
    ]
    return sorted(reasons, key=lambda reason: not reason.blocking)
