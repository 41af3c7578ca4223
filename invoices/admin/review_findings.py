"""What the audit found, on the review page of its invoice."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.safestring import SafeString

from invoices.admin.finding_list import figure
from invoices.models import Finding, Invoice

PLACES_SHOWN = 4
_HEAVY = ("rate_card__mapping", "rate_card__evidence", "other_invoice__search", "other_invoice__evidence")


def audit_section(invoice: Invoice, *, may_decide: bool) -> SafeString:
    """The findings as the page shows them; "" where there is none."""
    found = (
        invoice.findings.select_related("rate_card", "other_invoice", "decided_by").defer(*_HEAVY).order_by("position")
    )
    rows = [_row(finding) for finding in found]
    if not rows:
        return SafeString()
    context = {"findings": rows, "too_much": _too_much(rows), "may_decide": may_decide, "invoice_id": invoice.pk}
    return render_to_string("admin/invoices/invoice/review/audit.html", context)


def _row(finding: Finding) -> dict[str, Any]:
    lines = [str(position + 1) for position in finding.lines]
    card, other = finding.rate_card, finding.other_invoice
    return {
        "finding": finding,
        "lines": f"{'line' if len(lines) == 1 else 'lines'} {', '.join(lines)}" if lines else "",
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


def _too_much(rows: list[dict[str, Any]]) -> str:
    """What is in hand and was billed above the card, by currency."""
    sums: dict[str, Decimal] = {}
    for row in rows:
        finding: Finding = row["finding"]
        if finding.difference is not None and finding.difference > 0 and finding.status != Finding.Status.ACCEPTED:
            sums[finding.currency] = sums.get(finding.currency, Decimal(0)) + finding.difference
    return ", ".join(figure(amount, currency) for currency, amount in sorted(sums.items()))
