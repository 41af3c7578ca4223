"""The domain in the admin: the review queue and page, vendors, rate cards."""

from invoices.admin import queue, rate_cards, vendors

__all__ = ["queue", "rate_cards", "vendors"]
