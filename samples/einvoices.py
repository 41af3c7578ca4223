"""The same invoices as XML: CII for a Factur-X PDF, UBL on its own (EN 16931)."""

from __future__ import annotations

from decimal import Decimal

from lxml import etree

from invoices.records import InvoiceData, LineData, TaxData
from samples.books import UNIT_CODES, Company, Sample

RSM = "urn:un:unece:uncefact:data:standard:CrossIndustryInvoice:100"
RAM = "urn:un:unece:uncefact:data:standard:ReusableAggregateBusinessInformationEntity:100"
UDT = "urn:un:unece:uncefact:data:standard:UnqualifiedDataType:100"
UBL = "urn:oasis:names:specification:ubl:schema:xsd:Invoice-2"
CAC = "urn:oasis:names:specification:ubl:schema:xsd:CommonAggregateComponents-2"
CBC = "urn:oasis:names:specification:ubl:schema:xsd:CommonBasicComponents-2"
COUNTRIES = {"Deutschland": "DE", "Österreich": "AT", "België": "BE", "Nederland": "NL"}
CUSTOMIZATION = "urn:cen.eu:en16931:2017"


class Tree:
    """Short-hand to grow an element tree: ``add(parent, "ram:Name", text, attribute=value)``."""

    def __init__(self, root: str, namespaces: dict[str | None, str]) -> None:
        self.namespaces = namespaces
        self.root = etree.Element(self._name(root), nsmap=namespaces)

    def add(self, parent: etree._Element, path: str, text: object = None, **attributes: str) -> etree._Element:
        for step in path.split("/"):
            parent = etree.SubElement(parent, self._name(step))
        for name, value in attributes.items():
            parent.set(name, value)
        if text is not None:
            parent.text = f"{text:f}" if isinstance(text, Decimal) else str(text)
        return parent

    def xml(self) -> bytes:
        return bytes(etree.tostring(self.root, xml_declaration=True, encoding="UTF-8", pretty_print=True))

    def _name(self, step: str) -> str:
        prefix, _, name = step.partition(":") if ":" in step else ("", "", step)
        return f"{{{self.namespaces[prefix or None]}}}{name}"


def cii(sample: Sample) -> bytes:
    """The invoice as UN/CEFACT Cross Industry Invoice in the EN 16931 profile."""
    inv, tree = sample.invoice, Tree("rsm:CrossIndustryInvoice", {"rsm": RSM, "ram": RAM, "udt": UDT})
    tree.add(
        tree.root, "rsm:ExchangedDocumentContext/ram:GuidelineSpecifiedDocumentContextParameter/ram:ID", CUSTOMIZATION
    )
    document = tree.add(tree.root, "rsm:ExchangedDocument")
    tree.add(document, "ram:ID", inv.invoice_number)
    tree.add(document, "ram:TypeCode", "380")
    _cii_date(tree, tree.add(document, "ram:IssueDateTime"), inv.invoice_date)
    deal = tree.add(tree.root, "rsm:SupplyChainTradeTransaction")
    for number, item in enumerate(inv.line_items, 1):
        _cii_line(tree, deal, number, item)
    agreement = tree.add(deal, "ram:ApplicableHeaderTradeAgreement")
    _cii_party(tree, tree.add(agreement, "ram:SellerTradeParty"), sample.seller)
    _cii_party(tree, tree.add(agreement, "ram:BuyerTradeParty"), sample.buyer)
    delivery = tree.add(deal, "ram:ApplicableHeaderTradeDelivery")
    event = tree.add(delivery, "ram:ActualDeliverySupplyChainEvent/ram:OccurrenceDateTime")
    _cii_date(tree, event, inv.invoice_date)
    settlement = tree.add(deal, "ram:ApplicableHeaderTradeSettlement")
    tree.add(settlement, "ram:InvoiceCurrencyCode", inv.currency)
    means = tree.add(settlement, "ram:SpecifiedTradeSettlementPaymentMeans")
    tree.add(means, "ram:TypeCode", "58")
    tree.add(means, "ram:PayeePartyCreditorFinancialAccount/ram:IBANID", inv.iban)
    for row in inv.taxes:
        _cii_tax(tree, tree.add(settlement, "ram:ApplicableTradeTax"), row)
    _cii_date(tree, tree.add(settlement, "ram:SpecifiedTradePaymentTerms/ram:DueDateDateTime"), inv.due_date)
    sums = tree.add(settlement, "ram:SpecifiedTradeSettlementHeaderMonetarySummation")
    tree.add(sums, "ram:LineTotalAmount", inv.subtotal)
    tree.add(sums, "ram:TaxBasisTotalAmount", inv.subtotal)
    tree.add(sums, "ram:TaxTotalAmount", inv.tax_amount, currencyID=inv.currency or "")
    tree.add(sums, "ram:GrandTotalAmount", inv.total_amount)
    tree.add(sums, "ram:DuePayableAmount", inv.total_amount)
    return tree.xml()


def _cii_date(tree: Tree, parent: etree._Element, day: object) -> None:
    tree.add(parent, "udt:DateTimeString", str(day).replace("-", ""), format="102")


def _cii_party(tree: Tree, party: etree._Element, company: Company) -> None:
    tree.add(party, "ram:Name", company.name)
    address = tree.add(party, "ram:PostalTradeAddress")
    tree.add(address, "ram:PostcodeCode", company.city.split(" ", 1)[0])
    tree.add(address, "ram:LineOne", company.street)
    tree.add(address, "ram:CityName", company.city.split(" ", 1)[1])
    tree.add(address, "ram:CountryID", COUNTRIES[company.country])
    if company.tax_id:
        tree.add(party, "ram:SpecifiedTaxRegistration/ram:ID", company.tax_id, schemeID="VA")


def _cii_tax(tree: Tree, tax: etree._Element, row: TaxData) -> None:
    tree.add(tax, "ram:CalculatedAmount", row.amount)
    tree.add(tax, "ram:TypeCode", "VAT")
    tree.add(tax, "ram:BasisAmount", row.base)
    tree.add(tax, "ram:CategoryCode", "S")
    tree.add(tax, "ram:RateApplicablePercent", row.rate)


def _cii_line(tree: Tree, deal: etree._Element, number: int, item: LineData) -> None:
    line = tree.add(deal, "ram:IncludedSupplyChainTradeLineItem")
    tree.add(line, "ram:AssociatedDocumentLineDocument/ram:LineID", number)
    tree.add(line, "ram:SpecifiedTradeProduct/ram:Name", item.description)
    tree.add(line, "ram:SpecifiedLineTradeAgreement/ram:NetPriceProductTradePrice/ram:ChargeAmount", item.unit_price)
    tree.add(line, "ram:SpecifiedLineTradeDelivery/ram:BilledQuantity", item.quantity, unitCode=UNIT_CODES[item.unit])
    settlement = tree.add(line, "ram:SpecifiedLineTradeSettlement")
    tax = tree.add(settlement, "ram:ApplicableTradeTax")
    tree.add(tax, "ram:TypeCode", "VAT")
    tree.add(tax, "ram:CategoryCode", "S")
    tree.add(tax, "ram:RateApplicablePercent", item.tax_rate)
    tree.add(settlement, "ram:SpecifiedTradeSettlementLineMonetarySummation/ram:LineTotalAmount", item.amount)


def ubl(sample: Sample) -> bytes:
    """The invoice as UBL 2.1."""
    inv, tree = sample.invoice, Tree("Invoice", {None: UBL, "cac": CAC, "cbc": CBC})
    currency = inv.currency or ""
    for name, value in (
        ("CustomizationID", CUSTOMIZATION),
        ("ID", inv.invoice_number),
        ("IssueDate", inv.invoice_date),
        ("DueDate", inv.due_date),
        ("InvoiceTypeCode", "380"),
        ("DocumentCurrencyCode", currency),
    ):
        tree.add(tree.root, f"cbc:{name}", value)
    tree.add(tree.root, "cac:OrderReference/cbc:ID", inv.purchase_order)
    _ubl_party(tree, tree.add(tree.root, "cac:AccountingSupplierParty/cac:Party"), sample.seller)
    _ubl_party(tree, tree.add(tree.root, "cac:AccountingCustomerParty/cac:Party"), sample.buyer)
    means = tree.add(tree.root, "cac:PaymentMeans")
    tree.add(means, "cbc:PaymentMeansCode", "30")
    tree.add(means, "cac:PayeeFinancialAccount/cbc:ID", inv.iban)
    taxes = tree.add(tree.root, "cac:TaxTotal")
    tree.add(taxes, "cbc:TaxAmount", inv.tax_amount, currencyID=currency)
    for row in inv.taxes:
        part = tree.add(taxes, "cac:TaxSubtotal")
        tree.add(part, "cbc:TaxableAmount", row.base, currencyID=currency)
        tree.add(part, "cbc:TaxAmount", row.amount, currencyID=currency)
        _ubl_category(tree, tree.add(part, "cac:TaxCategory"), row.rate)
    _ubl_totals(tree, inv, currency)
    for number, item in enumerate(inv.line_items, 1):
        line = tree.add(tree.root, "cac:InvoiceLine")
        tree.add(line, "cbc:ID", number)
        tree.add(line, "cbc:InvoicedQuantity", item.quantity, unitCode=UNIT_CODES[item.unit])
        tree.add(line, "cbc:LineExtensionAmount", item.amount, currencyID=currency)
        article = tree.add(line, "cac:Item")
        tree.add(article, "cbc:Name", item.description)
        _ubl_category(tree, tree.add(article, "cac:ClassifiedTaxCategory"), item.tax_rate)
        tree.add(line, "cac:Price/cbc:PriceAmount", item.unit_price, currencyID=currency)
    return tree.xml()


def _ubl_totals(tree: Tree, inv: InvoiceData, currency: str) -> None:
    totals = tree.add(tree.root, "cac:LegalMonetaryTotal")
    for name, amount in (
        ("LineExtensionAmount", inv.subtotal),
        ("TaxExclusiveAmount", inv.subtotal),
        ("TaxInclusiveAmount", inv.total_amount),
        ("PayableAmount", inv.total_amount),
    ):
        tree.add(totals, f"cbc:{name}", amount, currencyID=currency)


def _ubl_category(tree: Tree, category: etree._Element, rate: Decimal | None) -> None:
    tree.add(category, "cbc:ID", "S")
    tree.add(category, "cbc:Percent", rate)
    tree.add(category, "cac:TaxScheme/cbc:ID", "VAT")


def _ubl_party(tree: Tree, party: etree._Element, company: Company) -> None:
    address = tree.add(party, "cac:PostalAddress")
    tree.add(address, "cbc:StreetName", company.street)
    tree.add(address, "cbc:CityName", company.city.split(" ", 1)[1])
    tree.add(address, "cbc:PostalZone", company.city.split(" ", 1)[0])
    tree.add(address, "cac:Country/cbc:IdentificationCode", COUNTRIES[company.country])
    if company.tax_id:
        scheme = tree.add(party, "cac:PartyTaxScheme")
        tree.add(scheme, "cbc:CompanyID", company.tax_id)
        tree.add(scheme, "cac:TaxScheme/cbc:ID", "VAT")
    tree.add(party, "cac:PartyLegalEntity/cbc:RegistrationName", company.name)
