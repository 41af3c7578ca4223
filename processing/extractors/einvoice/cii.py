"""UN/CEFACT CII (Factur-X, ZUGFeRD 2, XRechnung) and its draft that became ZUGFeRD 1: where each EN 16931 term stands.

Source: EN 16931-3-3 (CII D16B) and the ZUGFeRD 1.0 specification. One table serves both by ``synonyms``.
"""

from __future__ import annotations

from processing.extractors.einvoice.paths import Every, Grammar, Joined, Rule, Sum, Table

_TRADE = "SupplyChainTradeTransaction"
_AGREEMENT = f"{_TRADE}/ApplicableHeaderTradeAgreement"
_DELIVERY = f"{_TRADE}/ApplicableHeaderTradeDelivery"
_SETTLEMENT = f"{_TRADE}/ApplicableHeaderTradeSettlement"
_TOTAL = f"{_SETTLEMENT}/SpecifiedTradeSettlementHeaderMonetarySummation"
_TERMS = f"{_SETTLEMENT}/SpecifiedTradePaymentTerms"
_MEANS = f"{_SETTLEMENT}/SpecifiedTradeSettlementPaymentMeans"
_SELLER = f"{_AGREEMENT}/SellerTradeParty"
_BUYER = f"{_AGREEMENT}/BuyerTradeParty"
_ADDRESS = (
    ("LineOne",),
    ("LineTwo",),
    ("LineThree",),
    ("PostcodeCode", "CityName"),
    ("CountrySubDivisionName",),
    ("CountryID",),
)
_ALLOWANCES = "SpecifiedTradeAllowanceCharge[normalize-space(ChargeIndicator)='false']/ActualAmount"
_CHARGES = "SpecifiedTradeAllowanceCharge[normalize-space(ChargeIndicator)='true']/ActualAmount"


def _tax_id(party: str) -> tuple[Rule, ...]:
    """VA is the VAT number (BT-31, BT-48), FC the fiscal one (BT-32)."""
    registration = f"{party}/SpecifiedTaxRegistration/ID"
    return f"{registration}[@schemeID='VA']", f"{registration}[@schemeID='FC']", registration


def _date(path: str) -> tuple[Rule, ...]:
    """The date in its element of any type (DateTimeString, DateString, DateTime); drafts have it without one."""
    return f"{path}/*", path


def _name(party: str) -> tuple[Rule, ...]:
    return f"{party}/Name", f"{party}/SpecifiedLegalOrganization/TradingBusinessName"


def _amount(name: str) -> tuple[Rule, ...]:
    """A total in the invoice's currency: the accounting currency's may stand beside it (BT-111)."""
    path = f"{_TOTAL}/{name}"
    return f"{path}[@currencyID=$currency]", f"{path}[not(@currencyID)]", path


HEADER: Table = {
    "invoice_number": ("ExchangedDocument/ID",),
    "invoice_date": _date("ExchangedDocument/IssueDateTime"),
    # A term with a discount names the day of the discount, not the day on which the whole is due.
    "due_date": (
        *_date(f"{_TERMS}[not(ApplicableTradePaymentDiscountTerms)]/DueDateDateTime"),
        *_date(f"{_TERMS}/DueDateDateTime"),
    ),
    "delivery_date": _date(f"{_DELIVERY}/ActualDeliverySupplyChainEvent/OccurrenceDateTime"),
    "period_start": _date(f"{_SETTLEMENT}/BillingSpecifiedPeriod/StartDateTime"),
    "period_end": _date(f"{_SETTLEMENT}/BillingSpecifiedPeriod/EndDateTime"),
    "currency": (f"{_SETTLEMENT}/InvoiceCurrencyCode", f"{_TOTAL}/GrandTotalAmount/@currencyID"),
    "purchase_order": (f"{_AGREEMENT}/BuyerOrderReferencedDocument/IssuerAssignedID",),
    "contract_reference": (f"{_AGREEMENT}/ContractReferencedDocument/IssuerAssignedID",),
    "preceding_invoice": (f"{_SETTLEMENT}/InvoiceReferencedDocument/IssuerAssignedID",),
    "buyer_reference": (f"{_AGREEMENT}/BuyerReference",),
    "vendor_name": _name(_SELLER),
    "vendor_tax_id": _tax_id(_SELLER),
    "vendor_address": (Joined(f"{_SELLER}/PostalTradeAddress", _ADDRESS),),
    "vendor_country": (f"{_SELLER}/PostalTradeAddress/CountryID",),
    "vendor_email": (
        f"{_SELLER}/DefinedTradeContact/EmailURIUniversalCommunication/*",
        f"{_SELLER}/URIUniversalCommunication/URIID[@schemeID='EM']",
    ),
    "vendor_phone": (f"{_SELLER}/DefinedTradeContact/TelephoneUniversalCommunication/*",),
    "buyer_name": _name(_BUYER),
    "buyer_tax_id": _tax_id(_BUYER),
    "buyer_address": (Joined(f"{_BUYER}/PostalTradeAddress", _ADDRESS),),
    "ship_to_address": (Joined(f"{_DELIVERY}/ShipToTradeParty/PostalTradeAddress", _ADDRESS),),
    "subtotal": (
        *_amount("TaxBasisTotalAmount"),
        f"{_TOTAL}[not(AllowanceTotalAmount or ChargeTotalAmount)]/LineTotalAmount",
    ),
    "discount_total": _amount("AllowanceTotalAmount"),
    "charge_total": _amount("ChargeTotalAmount"),
    "tax_amount": _amount("TaxTotalAmount"),
    "total_amount": _amount("GrandTotalAmount"),
    "rounding": _amount("RoundingAmount"),
    "amount_paid": _amount("TotalPrepaidAmount"),
    "amount_due": _amount("DuePayableAmount"),
    "payment_terms": (
        Every(f"{_TERMS}/Description"),
        Joined(
            f"{_TERMS}/ApplicableTradePaymentDiscountTerms",
            (("CalculationPercent",), ("BasisPeriodMeasure", "BasisPeriodMeasure/@unitCode")),
            separator=" % / ",
        ),
    ),
    "payment_reference": (f"{_SETTLEMENT}/PaymentReference",),
    "iban": (
        f"{_MEANS}/PayeePartyCreditorFinancialAccount/IBANID",
        f"{_MEANS}/PayeePartyCreditorFinancialAccount/ProprietaryID",
    ),
    "bic": (f"{_MEANS}/PayeeSpecifiedCreditorFinancialInstitution/BICID",),
    "notes": (Every("ExchangedDocument/IncludedNote/Content"),),
}

LINE: Table = {
    "line_number": ("AssociatedDocumentLineDocument/LineID",),
    "description": ("SpecifiedTradeProduct/Name", "SpecifiedTradeProduct/Description"),
    "item_code": (
        "SpecifiedTradeProduct/SellerAssignedID",
        "SpecifiedTradeProduct/GlobalID",
        "SpecifiedTradeProduct/BuyerAssignedID",
    ),
    "quantity": ("SpecifiedLineTradeDelivery/BilledQuantity",),
    "unit": ("SpecifiedLineTradeDelivery/BilledQuantity/@unitCode",),
    "unit_price": (
        "SpecifiedLineTradeAgreement/NetPriceProductTradePrice/ChargeAmount",
        "SpecifiedLineTradeAgreement/GrossPriceProductTradePrice[not(AppliedTradeAllowanceCharge)]/ChargeAmount",
    ),
    "discount": (Sum(f"SpecifiedLineTradeSettlement/{_ALLOWANCES}", f"SpecifiedLineTradeSettlement/{_CHARGES}"),),
    "amount": ("SpecifiedLineTradeSettlement/SpecifiedTradeSettlementLineMonetarySummation/LineTotalAmount",),
    "tax_rate": ("SpecifiedLineTradeSettlement/ApplicableTradeTax/RateApplicablePercent",),
    "ship_date": _date("SpecifiedLineTradeDelivery/ActualDeliverySupplyChainEvent/OccurrenceDateTime"),
}

TAX: Table = {
    "category": ("CategoryCode",),
    "rate": ("RateApplicablePercent",),
    "base": ("BasisAmount",),
    "amount": ("CalculatedAmount",),
}

CII = Grammar(
    header=HEADER,
    type_code="ExchangedDocument/TypeCode",
    # Factur-X EXTENDED: a GROUP line is the sum of its DETAIL lines, an INFORMATION line is in no sum.
    lines=f"{_TRADE}/IncludedSupplyChainTradeLineItem"
    "[not(AssociatedDocumentLineDocument/LineStatusReasonCode[.='GROUP' or .='INFORMATION'])]",
    line=LINE,
    taxes=f"{_SETTLEMENT}/ApplicableTradeTax",
    tax=TAX,
    base_quantity="SpecifiedLineTradeAgreement/NetPriceProductTradePrice/BasisQuantity",
    synonyms={
        name: (name, older)
        for name, older in {
            "ExchangedDocument": "HeaderExchangedDocument",
            "SupplyChainTradeTransaction": "SpecifiedSupplyChainTradeTransaction",
            "ApplicableHeaderTradeAgreement": "ApplicableSupplyChainTradeAgreement",
            "ApplicableHeaderTradeDelivery": "ApplicableSupplyChainTradeDelivery",
            "ApplicableHeaderTradeSettlement": "ApplicableSupplyChainTradeSettlement",
            "SpecifiedLineTradeAgreement": "SpecifiedSupplyChainTradeAgreement",
            "SpecifiedLineTradeDelivery": "SpecifiedSupplyChainTradeDelivery",
            "SpecifiedLineTradeSettlement": "SpecifiedSupplyChainTradeSettlement",
            "SpecifiedTradeSettlementHeaderMonetarySummation": "SpecifiedTradeSettlementMonetarySummation",
            "SpecifiedTradeSettlementLineMonetarySummation": "SpecifiedTradeSettlementMonetarySummation",
            "RateApplicablePercent": "ApplicablePercent",
            "IssuerAssignedID": "ID",
        }.items()
    },
)
