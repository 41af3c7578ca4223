from invoices.models.invoice import Invoice, InvoiceChange, InvoiceLine, InvoiceReason, InvoiceTax, Vendor
from invoices.models.rate_card import Rate, RateCard, Surcharge

__all__ = [
    "Invoice",
    "InvoiceChange",
    "InvoiceLine",
    "InvoiceReason",
    "InvoiceTax",
    "Rate",
    "RateCard",
    "Surcharge",
    "Vendor",
]
