"""What the audit found, on the review page of its invoice."""

from __future__ import annotations

from typing import Any

from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.safestring import SafeString

from invoices.admin.finding_list import figure
from invoices.finding_queries import totals_by_currency
from invoices.models import Finding, Invoice

PLACES_SHOWN = 4
SHOWN = 100
LINES_NAMED = 8
_HEAVY = ("rate_card__mapping", "rate_card__evidence", "other_invoice__search", "other_invoice__evidence")


def audit_section(invoice: Invoice, *, may_decide: bool) -> SafeString:
    """The findings as the page shows them, in the order of the lines; "" where there is none. Of very many those that
    are open come first, and the rest is left to the list."""
    rows = invoice.findings.select_related("rate_card", "other_invoice", "decided_by").defer(*_HEAVY)
    found = list(rows.order_by("-status", "position")[: SHOWN + 1])  # open, disputed, accepted
    if not found:
        return SafeString()
    many = len(found) > SHOWN
    shown = found[:SHOWN] if many else sorted(found, key=lambda finding: finding.position)
    context = {
        "findings": [_row(finding) for finding in shown],
        "count": invoice.findings.count() if many else len(found),
        "too_much": _too_much(invoice),
        "may_decide": may_decide,
        "invoice_id": invoice.pk,
    }
    return render_to_string("admin/invoices/invoice/review/audit.html", context)


def _row(finding: Finding) -> dict[str, Any]:
    lines = [str(position + 1) for position in finding.lines]
    more = f" and {len(lines) - LINES_NAMED} more" if len(lines) > LINES_NAMED else ""
    card, other = finding.rate_card, finding.other_invoice
    return {
        "finding": finding,
        "lines": f"{'line' if len(lines) == 1 else 'lines'} {', '.join(lines[:LINES_NAMED])}{more}" if lines else "",
        "positions": " ".join(str(position) for position in finding.lines),
        "billed": figure(finding.billed),
        "expected": figure(finding.expected),
        "difference": figure(finding.difference, signed=True),
        "how": "" if finding.how in finding.message else finding.how,
        "card": card,
        "card_url": reverse("admin:invoices_ratecard_change", args=[card.pk]) if card else "",
        "places": places_of(finding.source),
        "other": other,
        "other_url": reverse("admin:invoices_invoice_change", args=[other.pk]) if other else "",
    }


def places_of(source: dict[str, Any]) -> str:
    """Where the figures of the expected amount stand on the card: cells, or the pages of boxes."""
    places = [place if isinstance(place, str) else f"page {place[0]}" for place in source.values() if place]
    return ", ".join(list(dict.fromkeys(places))[:PLACES_SHOWN])


def _too_much(invoice: Invoice) -> str:
    """What is in hand and was billed above the card, by currency."""
    sums = totals_by_currency(invoice.findings.all())
    return ", ".join(figure(each.above, each.currency) for each in sums if each.above)
