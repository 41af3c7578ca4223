from invoices.models.invoice import Invoice, InvoiceChange, InvoiceLine, InvoiceReason, InvoiceTax, Vendor
from invoices.models.rate_card import FuelBand, Rate, RateCard, RateCardReason, Surcharge, Zone

__all__ = [
    "FuelBand",
    "Invoice",
    "InvoiceChange",
    "InvoiceLine",
    "InvoiceReason",
    "InvoiceTax",
    "Rate",
    "RateCard",
    "RateCardReason",
    "Surcharge",
    "Vendor",
    "Zone",
]
