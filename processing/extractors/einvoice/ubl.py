"""UBL 2.x invoice and credit note (Peppol BIS Billing 3, XRechnung, EHF, OIOUBL): where each EN 16931 term stands.

Source: EN 16931-3-2 and https://docs.peppol.eu/poacc/billing/3.0/syntax/ubl-invoice/tree/.
"""

from __future__ import annotations

from processing.content.extraction import Extraction
from processing.extractors.einvoice.paths import Every, Grammar, Joined, Rule, Source, Sum, Table

_SELLER = "AccountingSupplierParty/Party"
_BUYER = "AccountingCustomerParty/Party"
_MEANS = "PaymentMeans"
_TOTAL = "LegalMonetaryTotal"
_ALLOWANCES = "AllowanceCharge[normalize-space(ChargeIndicator)='false']/Amount"
_CHARGES = "AllowanceCharge[normalize-space(ChargeIndicator)='true']/Amount"
_ADDRESS = (
    ("StreetName", "BuildingNumber"),
    ("AdditionalStreetName",),
    ("AddressLine/Line",),
    ("PostalZone", "CityName"),
    ("CountrySubentity",),
    ("Country/IdentificationCode",),
)


def _tax_id(party: str) -> tuple[Rule, ...]:
    """VAT number first (BT-31, BT-48), then any other tax registration (BT-32), then the bare scheme-less one."""
    return (
        f"{party}/PartyTaxScheme[TaxScheme/ID='VAT' or TaxScheme/ID='VA']/CompanyID",
        f"{party}/PartyTaxScheme/CompanyID",
    )


def _name(party: str) -> tuple[Rule, ...]:
    return (
        f"{party}/PartyLegalEntity/RegistrationName",
        f"{party}/PartyName/Name",
        Joined(f"{party}/Person", (("FirstName", "MiddleName", "FamilyName"),)),
        f"{party}/Contact/Name",
    )


HEADER: Table = {
    "invoice_number": ("ID",),
    "invoice_date": ("IssueDate",),
    # BT-9 of a credit note stands with the payment means.
    "due_date": ("DueDate", f"{_MEANS}/PaymentDueDate", "PaymentTerms/PaymentDueDate"),
    "delivery_date": ("Delivery/ActualDeliveryDate",),
    "period_start": ("InvoicePeriod/StartDate",),
    "period_end": ("InvoicePeriod/EndDate",),
    "currency": ("DocumentCurrencyCode", f"{_TOTAL}/PayableAmount/@currencyID"),
    # Peppol asks for the word NA where only the seller's order number is known.
    "purchase_order": ("OrderReference[not(SalesOrderID and ID='NA')]/ID",),
    "contract_reference": ("ContractDocumentReference/ID",),
    "preceding_invoice": ("BillingReference/InvoiceDocumentReference/ID",),
    "buyer_reference": ("BuyerReference", "AccountingCustomerParty/Party/Contact/ID"),
    "vendor_name": _name(_SELLER),
    "vendor_tax_id": _tax_id(_SELLER),
    "vendor_address": (Joined(f"{_SELLER}/PostalAddress", _ADDRESS),),
    "vendor_country": (f"{_SELLER}/PostalAddress/Country/IdentificationCode",),
    "vendor_email": (f"{_SELLER}/Contact/ElectronicMail", f"{_SELLER}/EndpointID[@schemeID='EM']"),
    "vendor_phone": (f"{_SELLER}/Contact/Telephone",),
    "buyer_name": _name(_BUYER),
    "buyer_tax_id": _tax_id(_BUYER),
    "buyer_address": (Joined(f"{_BUYER}/PostalAddress", _ADDRESS),),
    "ship_to_address": (
        Joined("Delivery/DeliveryLocation/Address", _ADDRESS),
        Joined("Delivery/DeliveryAddress", _ADDRESS),
    ),
    "subtotal": (
        f"{_TOTAL}/TaxExclusiveAmount",
        f"{_TOTAL}[not(AllowanceTotalAmount or ChargeTotalAmount)]/LineExtensionAmount",
    ),
    "discount_total": (f"{_TOTAL}/AllowanceTotalAmount", Sum(_ALLOWANCES)),
    "charge_total": (f"{_TOTAL}/ChargeTotalAmount", Sum(_CHARGES)),
    # UBL beyond EN 16931 has a TaxTotal for each tax; one without subtotals is in the accounting currency (BT-111).
    "tax_amount": (
        Sum("TaxTotal[TaxSubtotal]/TaxAmount[@currencyID=$currency]"),
        "TaxTotal/TaxAmount[@currencyID=$currency]",
        "TaxTotal/TaxAmount",
    ),
    "total_amount": (f"{_TOTAL}/TaxInclusiveAmount",),
    "rounding": (f"{_TOTAL}/PayableRoundingAmount",),
    "amount_paid": (f"{_TOTAL}/PrepaidAmount",),
    "amount_due": (f"{_TOTAL}/PayableAmount",),
    "payment_terms": (Every("PaymentTerms/Note"),),
    "payment_reference": (f"{_MEANS}/PaymentID", f"{_MEANS}/InstructionID"),
    "iban": (f"{_MEANS}/PayeeFinancialAccount/ID",),
    "bic": (
        f"{_MEANS}/PayeeFinancialAccount/FinancialInstitutionBranch/ID",
        f"{_MEANS}/PayeeFinancialAccount/FinancialInstitutionBranch/FinancialInstitution/ID",
    ),
    "notes": (Every("Note"),),
}

LINE: Table = {
    "line_number": ("ID",),
    "description": ("Item/Name", "Item/Description"),
    "item_code": (
        "Item/SellersItemIdentification/ID",
        "Item/StandardItemIdentification/ID",
        "Item/BuyersItemIdentification/ID",
    ),
    "quantity": ("InvoicedQuantity",),
    "unit": ("InvoicedQuantity/@unitCode",),
    "unit_price": ("Price/PriceAmount",),
    "discount": (Sum(_ALLOWANCES, _CHARGES),),
    "amount": ("LineExtensionAmount",),
    "tax_rate": ("Item/ClassifiedTaxCategory/Percent", "TaxTotal/TaxSubtotal/TaxCategory/Percent"),
    "ship_date": ("Delivery/ActualDeliveryDate",),
}

TAX: Table = {
    "category": ("TaxCategory/ID",),
    "rate": ("TaxCategory/Percent", "Percent"),
    "base": ("TaxableAmount",),
    "amount": ("TaxAmount",),
}

UBL = Grammar(
    header=HEADER,
    type_code="InvoiceTypeCode",
    # Sub-lines of the XRechnung extension are parts of their line, whose amount is their sum.
    lines="InvoiceLine",
    line=LINE,
    taxes="TaxTotal/TaxSubtotal",
    tax=TAX,
    base_quantity="Price/BaseQuantity",
    synonyms={
        "InvoiceTypeCode": ("InvoiceTypeCode", "CreditNoteTypeCode"),
        "InvoiceLine": ("InvoiceLine", "CreditNoteLine"),
        "InvoicedQuantity": ("InvoicedQuantity", "CreditedQuantity"),
    },
)


def adjust_ubl(source: Source, extraction: Extraction) -> None:
    """OIOUBL 2.0 writes the total of the taxes where UBL has the total without them: that one is dropped."""
    if source.text(source.root, "CustomizationID").upper().startswith("OIOUBL"):
        extraction.fields.pop("subtotal", None)
