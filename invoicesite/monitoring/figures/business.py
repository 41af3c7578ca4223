"""Figures of the work of people and of what the audit found."""

from __future__ import annotations

from datetime import timedelta

from django.utils import timezone

from invoices.labelled import accuracy
from invoicesite.monitoring.figures.reading import Figure, Figures, rows

ACCURACY_DAYS = 30

_WAITING = """
SELECT 'invoice', status, count(*), extract(epoch FROM now() - min(created_at))::float8 FROM invoices_invoice
WHERE status IN ('needs_review', 'ready') GROUP BY 2
UNION ALL
SELECT 'rate_card', status, count(*), extract(epoch FROM now() - min(created_at))::float8 FROM invoices_ratecard
WHERE status = 'needs_review' GROUP BY 2
"""
# Seen: signed in, used a key, or has an invoice open.
_ACTIVE = """
SELECT days.n, count(DISTINCT seen.id) FROM (VALUES (1), (7), (30)) AS days(n) LEFT JOIN (
    SELECT id, last_login AS at FROM auth_user WHERE last_login > now() - interval '30 days'
    UNION ALL SELECT owner_id, last_used_at FROM accounts_apikey WHERE last_used_at > now() - interval '30 days'
    UNION ALL SELECT user_id, seen_at FROM invoices_invoiceviewer
) AS seen ON seen.at > now() - days.n * interval '1 day' GROUP BY 1
"""
_FINDINGS = "SELECT code, status, count(*) FROM invoices_finding GROUP BY 1, 2"
_AMOUNTS = """
SELECT currency, status, sum(difference) FROM invoices_finding WHERE difference > 0 GROUP BY 1, 2
"""


def review_figures() -> Figures:
    found = {("invoice", "needs_review"): (0, 0.0), ("invoice", "ready"): (0, 0.0)}
    found[("rate_card", "needs_review")] = (0, 0.0)
    found |= {(kind, status): (count, age) for kind, status, count, age in rows(_WAITING)}
    for labels, (count, age) in found.items():
        yield Figure("review_backlog", count, labels)
        yield Figure("review_age_seconds", age, labels)
    yield from (Figure("active_users", count, (str(days),)) for days, count in rows(_ACTIVE))


def finding_figures() -> Figures:
    yield from (Figure("findings", count, (code, status)) for code, status, count in rows(_FINDINGS))
    yield from (Figure("findings_amount", float(sum_), (money, status)) for money, status, sum_ in rows(_AMOUNTS))


def accuracy_figures() -> Figures:
    fields = accuracy(by="field", since=timezone.now() - timedelta(days=ACCURACY_DAYS))
    values = sum(found.fields for found in fields)
    if values:
        yield Figure("accuracy_ratio", sum(found.unchanged for found in fields) / values)
