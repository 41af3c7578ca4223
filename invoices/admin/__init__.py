"""The domain in the admin: vendors, rate cards, findings of the audit. The review desk stands above, in the site."""

from invoices.admin import findings, rate_cards, tolerances, vendors

__all__ = ["findings", "rate_cards", "tolerances", "vendors"]
