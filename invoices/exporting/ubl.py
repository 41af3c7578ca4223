"""An invoice as UBL 2.1 in the terms of EN 16931 (EN 16931-3-2). Pure.

What the invoice does not know is left out, but for what every such document must have and what follows from its other
values: the category of a rate, the sum of the lines, the amount due. Element order is that of the UBL 2.1 schema.
"""

from __future__ import annotations

import re
from decimal import Decimal

from lxml import etree

from common.errors import InvalidState
from invoices.exporting.units import unit_code
from invoices.records import InvoiceData, LineData, TaxData
from invoices.rules.readings import line_amount
from invoices.values import parse_country

_CBC = "urn:oasis:names:specification:ubl:schema:xsd:CommonBasicComponents-2"
_CAC = "urn:oasis:names:specification:ubl:schema:xsd:CommonAggregateComponents-2"
_CUSTOMIZATION = "urn:cen.eu:en16931:2017"  # BT-24
# UNTDID 1001
_TYPE_CODES = {"invoice": "380", "credit_note": "381", "corrected_invoice": "384", "self_billed_invoice": "389"}
_NEEDED = {"invoice_number": "BT-1", "invoice_date": "BT-2", "currency": "BT-5", "total_amount": "BT-112"}
# What of a line has no term of its own, by the name of its item attribute.
_ATTRIBUTES = {
    "service": "Service",
    "origin": "Origin",
    "destination": "Destination",
    "zone": "Zone",
    "billed_weight": "Billed weight",
    "weight_unit": "Weight unit",
    "tracking_number": "Tracking number",
    "charge_code": "Charge code",
    "charge_kind": "Kind of charge",
}
_NOT_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
ZERO = Decimal(0)


def invoice_as_ubl(invoice: InvoiceData) -> bytes:
    """The XML document, UTF-8. Raises InvalidState where a term is missing without which there is no such document."""
    missing = [f"{name} ({term})" for name, term in _NEEDED.items() if not _has(getattr(invoice, name))]
    if missing:
        raise InvalidState(f"The invoice cannot be exported as UBL: it has no {', '.join(missing)}.")
    return etree.tostring(_Writer(invoice).document(), xml_declaration=True, encoding="UTF-8", pretty_print=True)


def _has(value: object) -> bool:
    return value is not None and value != ""


class _Writer:
    def __init__(self, invoice: InvoiceData) -> None:
        self.invoice = invoice
        self.credit = invoice.document_type == "credit_note"
        self.currency = invoice.currency or ""
        self.rates = {line.tax_rate for line in invoice.line_items if line.tax_rate is not None}

    def document(self) -> etree._Element:
        inv = self.invoice
        name = "CreditNote" if self.credit else "Invoice"
        namespace = f"urn:oasis:names:specification:ubl:schema:xsd:{name}-2"
        root = etree.Element(f"{{{namespace}}}{name}", nsmap={None: namespace, "cac": _CAC, "cbc": _CBC})
        _text(root, "CustomizationID", _CUSTOMIZATION)
        _text(root, "ID", inv.invoice_number)
        _text(root, "IssueDate", inv.invoice_date)
        if not self.credit:
            _text(root, "DueDate", inv.due_date)
        _text(root, f"{name}TypeCode", _TYPE_CODES.get(inv.document_type or "", "380"))
        _text(root, "Note", inv.notes)
        _text(root, "DocumentCurrencyCode", inv.currency)
        _text(root, "BuyerReference", inv.buyer_reference)
        if inv.period_start or inv.period_end:
            period = _group(root, "InvoicePeriod")
            _text(period, "StartDate", inv.period_start)
            _text(period, "EndDate", inv.period_end)
        if inv.purchase_order:
            _text(_group(root, "OrderReference"), "ID", inv.purchase_order)
        if inv.contract_reference:
            _text(_group(root, "ContractDocumentReference"), "ID", inv.contract_reference)
        self._parties(root)
        self._delivery(root)
        self._payment(root)
        self._adjustments(root)
        self._taxes(root)
        self._totals(root)
        for index, line in enumerate(inv.line_items):
            self._line(root, index, line)
        return root

    def _parties(self, root: etree._Element) -> None:
        inv = self.invoice
        seller = _group(_group(root, "AccountingSupplierParty"), "Party")
        _address(_group(seller, "PostalAddress"), inv.vendor_address, inv.vendor_country)
        _tax_scheme(seller, inv.vendor_tax_id)
        _text(_group(seller, "PartyLegalEntity"), "RegistrationName", inv.vendor_name)
        if inv.vendor_phone or inv.vendor_email:
            contact = _group(seller, "Contact")
            _text(contact, "Telephone", inv.vendor_phone)
            _text(contact, "ElectronicMail", inv.vendor_email)
        buyer = _group(_group(root, "AccountingCustomerParty"), "Party")
        _address(_group(buyer, "PostalAddress"), inv.buyer_address, None)
        _tax_scheme(buyer, inv.buyer_tax_id)
        _text(_group(buyer, "PartyLegalEntity"), "RegistrationName", inv.buyer_name)

    def _delivery(self, root: etree._Element) -> None:
        inv = self.invoice
        if inv.delivery_date or inv.ship_to_address:
            delivery = _group(root, "Delivery")
            _text(delivery, "ActualDeliveryDate", inv.delivery_date)
            if inv.ship_to_address:
                _address(_group(_group(delivery, "DeliveryLocation"), "Address"), inv.ship_to_address, None)

    def _payment(self, root: etree._Element) -> None:
        inv = self.invoice
        due = inv.due_date if self.credit else None
        if inv.iban or inv.payment_reference or due:
            means = _group(root, "PaymentMeans")
            _text(means, "PaymentMeansCode", "30" if inv.iban else "1")  # UNTDID 4461: credit transfer, not defined
            _text(means, "PaymentDueDate", due)
            _text(means, "PaymentID", inv.payment_reference)
            if inv.iban:
                account = _group(means, "PayeeFinancialAccount")
                _text(account, "ID", inv.iban)
                if inv.bic:
                    _text(_group(account, "FinancialInstitutionBranch"), "ID", inv.bic)
        if inv.payment_terms:
            _text(_group(root, "PaymentTerms"), "Note", inv.payment_terms)

    def _adjustments(self, root: etree._Element) -> None:
        for amount, is_charge in ((self.invoice.discount_total, "false"), (self.invoice.charge_total, "true")):
            if amount:
                allowance = _group(root, "AllowanceCharge")
                _text(allowance, "ChargeIndicator", is_charge)
                _text(allowance, "AllowanceChargeReason", "Discount" if is_charge == "false" else "Charge")
                self._amount(allowance, "Amount", abs(amount) if is_charge == "false" else amount)
                rate = next(iter(self.rates)) if len(self.rates) == 1 else None
                self._category(_group(allowance, "TaxCategory"), None, rate)

    def _taxes(self, root: etree._Element) -> None:
        inv = self.invoice
        rows = list(inv.taxes)
        subtotal, tax = self._subtotal(), inv.tax_amount
        if not rows and subtotal is not None and len(self.rates) <= 1 and (tax is not None or inv.line_items):
            # BR-CO-18 asks for a row; with one rate it is known.
            rate = next(iter(self.rates), ZERO if not tax else None)
            rows = [TaxData(rate=rate, base=subtotal, amount=tax or ZERO)] if rate is not None else []
        if tax is None and not rows:
            return
        total = _group(root, "TaxTotal")
        amounts = [row.amount for row in rows if row.amount is not None]
        self._amount(total, "TaxAmount", tax if tax is not None else sum(amounts, ZERO))
        for row in rows:
            part = _group(total, "TaxSubtotal")
            self._amount(part, "TaxableAmount", row.base)
            self._amount(part, "TaxAmount", row.amount)
            self._category(_group(part, "TaxCategory"), row.category, row.rate)

    def _totals(self, root: etree._Element) -> None:
        inv = self.invoice
        total = inv.total_amount or ZERO
        amounts = [line_amount(line) for line in inv.line_items]
        known = [amount for amount in amounts if amount is not None]
        subtotal = self._subtotal()
        lines = sum(known, ZERO) if known and len(known) == len(amounts) else subtotal
        # UBL has no place for what the buyer keeps back: with what is paid it is what is not to be paid any more.
        settled = None
        if inv.amount_paid is not None or inv.withholding_amount is not None:
            settled = (inv.amount_paid or ZERO) + (inv.withholding_amount or ZERO)
        due = total - (settled or ZERO) + (inv.rounding or ZERO)
        group = _group(root, "LegalMonetaryTotal")
        self._amount(group, "LineExtensionAmount", lines if lines is not None else total)
        self._amount(group, "TaxExclusiveAmount", subtotal if subtotal is not None else total)
        self._amount(group, "TaxInclusiveAmount", total)
        self._amount(group, "AllowanceTotalAmount", inv.discount_total)
        self._amount(group, "ChargeTotalAmount", inv.charge_total)
        self._amount(group, "PrepaidAmount", settled)
        self._amount(group, "PayableRoundingAmount", inv.rounding)
        self._amount(group, "PayableAmount", inv.amount_due if inv.amount_due is not None else due)

    def _subtotal(self) -> Decimal | None:
        inv = self.invoice
        if inv.subtotal is not None or inv.total_amount is None or inv.tax_amount is None:
            return inv.subtotal
        return inv.total_amount - inv.tax_amount

    def _line(self, root: etree._Element, index: int, line: LineData) -> None:
        element = _group(root, "CreditNoteLine" if self.credit else "InvoiceLine")
        _text(element, "ID", line.line_number or str(index + 1))
        quantity = _text(element, "CreditedQuantity" if self.credit else "InvoicedQuantity", line.quantity)
        if quantity is not None:
            quantity.set("unitCode", unit_code(line.unit or "") or "C62")
        amount = line_amount(line)
        self._amount(element, "LineExtensionAmount", amount if amount is not None else ZERO)
        if line.ship_date:
            _text(_group(element, "Delivery"), "ActualDeliveryDate", line.ship_date)
        if line.discount:
            allowance = _group(element, "AllowanceCharge")
            _text(allowance, "ChargeIndicator", "false" if line.discount > 0 else "true")
            _text(allowance, "AllowanceChargeReason", "Discount" if line.discount > 0 else "Charge")
            self._amount(allowance, "Amount", abs(line.discount))
        item = _group(element, "Item")
        _text(item, "Name", line.description or line.item_code or line.service or f"Item {index + 1}")
        if line.item_code:
            _text(_group(item, "SellersItemIdentification"), "ID", line.item_code)
        rate = line.tax_rate if line.tax_rate is not None else self._only_rate()
        if rate is not None:
            self._category(_group(item, "ClassifiedTaxCategory"), None, rate)
        self._attributes(item, line)
        price = line.unit_price
        if price is None and amount is not None and line.quantity in (None, Decimal(1)):
            price = amount
        if price is not None:
            self._amount(_group(element, "Price"), "PriceAmount", price)

    def _attributes(self, item: etree._Element, line: LineData) -> None:
        """BG-32: the unit as it is printed where no code says it, and what freight lines have besides."""
        unknown = {"Unit": line.unit} if line.unit and unit_code(line.unit) is None else {}
        for name, value in (unknown | {shown: getattr(line, name) for name, shown in _ATTRIBUTES.items()}).items():
            if _has(value):
                attribute = _group(item, "AdditionalItemProperty")
                _text(attribute, "Name", name)
                _text(attribute, "Value", value)

    def _only_rate(self) -> Decimal | None:
        rates = {row.rate for row in self.invoice.taxes if row.rate is not None}
        return rates.pop() if len(rates) == 1 else None

    def _category(self, group: etree._Element, category: str | None, rate: Decimal | None) -> None:
        known = {(row.rate, row.category) for row in self.invoice.taxes if row.category}
        found = category or next((name for value, name in known if value == rate), None)
        _text(group, "ID", found or ("S" if rate or rate is None else "Z"))
        _text(group, "Percent", rate)
        _text(_group(group, "TaxScheme"), "ID", "VAT")

    def _amount(self, group: etree._Element, name: str, value: Decimal | None) -> None:
        if value is not None:
            element = _text(group, name, _money(value))
            if element is not None:
                element.set("currencyID", self.currency)


def _group(parent: etree._Element, name: str) -> etree._Element:
    return etree.SubElement(parent, f"{{{_CAC}}}{name}")


def _text(parent: etree._Element, name: str, value: object) -> etree._Element | None:
    if not _has(value):
        return None
    element: etree._Element = etree.SubElement(parent, f"{{{_CBC}}}{name}")
    element.text = _plain(value) if isinstance(value, Decimal) else _NOT_XML.sub("", str(value))
    return element


def _plain(value: Decimal) -> str:
    return format(value.normalize() + ZERO, "f")


def _money(value: Decimal) -> str:
    """With two places, or as many more as it has."""
    text = _plain(value)
    places = len(text.partition(".")[2])
    return text if places > 2 else f"{value:.2f}"


def _tax_scheme(party: etree._Element, tax_id: str | None) -> None:
    if tax_id:
        scheme = _group(party, "PartyTaxScheme")
        _text(scheme, "CompanyID", tax_id)
        # BT-31 begins with its country; another number is a local one, BT-32.
        _text(_group(scheme, "TaxScheme"), "ID", "VAT" if re.match(r"[A-Z]{2,3}\w", tax_id) else "FC")


def _address(group: etree._Element, text: str | None, country: str | None) -> None:
    """An address that is one text: its lines as they are, and its country as a code where it can be told."""
    parts = [part.strip() for part in re.split(r"\n", text or "") if part.strip()]
    whole = ", ".join(parts)
    head, comma, tail = whole.rpartition(", ")
    if comma and parse_country(tail) is not None and len(tail) == 2 and (country or tail) == tail:
        whole, country = head, tail
    elif country is None and comma:
        country = parse_country(tail)
        whole = head if country else whole
    if whole:
        _text(_group(group, "AddressLine"), "Line", whole)
    if country:
        _text(_group(group, "Country"), "IdentificationCode", country)
