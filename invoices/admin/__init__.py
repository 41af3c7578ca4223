"""The domain in the admin: the review queue and page, vendors, rate cards, findings of the audit."""

from invoices.admin import findings, queue, rate_cards, vendors

__all__ = ["findings", "queue", "rate_cards", "vendors"]
