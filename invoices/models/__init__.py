from invoices.models.desk import InvoiceViewer, SavedView
from invoices.models.finding import Finding
from invoices.models.fuel_index import FuelIndexValue
from invoices.models.history import InvoiceChange, MachineReading
from invoices.models.invoice import Invoice, InvoiceLine, InvoiceReason, InvoiceTax, Shipment, Vendor
from invoices.models.rate_card import (
    FuelBand,
    Rate,
    RateCard,
    RateCardChange,
    RateCardReason,
    Surcharge,
    TariffRule,
    Zone,
)
from invoices.models.tolerance import AuditTolerance
from invoices.models.vendor_memory import VendorChange, VendorLesson, VendorMemory
from invoices.models.vendor_trait import VendorTrait

__all__ = [
    "AuditTolerance",
    "Finding",
    "FuelBand",
    "FuelIndexValue",
    "Invoice",
    "InvoiceChange",
    "InvoiceLine",
    "InvoiceReason",
    "InvoiceTax",
    "InvoiceViewer",
    "MachineReading",
    "Rate",
    "RateCard",
    "RateCardChange",
    "RateCardReason",
    "SavedView",
    "Shipment",
    "Surcharge",
    "TariffRule",
    "Vendor",
    "VendorChange",
    "VendorLesson",
    "VendorMemory",
    "VendorTrait",
    "Zone",
]
