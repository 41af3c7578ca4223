"""Who, what and in which currency: required fields, identifiers by checksum, parties, and what the books know."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

import iso4217
from stdnum import bic as bic_number
from stdnum import get_cc_module
from stdnum import iban as iban_number

from common.text import plain_words
from invoices.records import InvoiceData, ReviewReason
from invoices.rules.books import BookContext, Match
from invoices.rules.catalogue import reason
from invoices.rules.resemblance import By

REQUIRED_FIELDS: dict[str, str] = {
    "vendor_name": "vendor's name",
    "invoice_number": "invoice number",
    "invoice_date": "invoice date",
    "currency": "currency",
    "total_amount": "total",
}

# Countries whose VAT ids start with letters of the country and carry a checksum that python-stdnum knows.
_VAT_PREFIXES = frozenset(
    {"AT", "BE", "BG", "CY", "CZ", "DE", "DK", "EE", "EL", "ES", "FI", "FR", "HR", "HU", "IE", "IT", "LT", "LU", "LV"}
    | {"MT", "NL", "PL", "PT", "RO", "SE", "SI", "SK", "XI", "GB", "CHE", "NO"}
)
_RESEMBLES: dict[By, str] = {
    "name": "The vendor's name is, or looks like, that",
    "domain": "The vendor's e-mail has the domain",
    "address": "The vendor's address is that",
    "series": "The invoice number belongs to the series",
}
_HOW: dict[Match, str] = {
    "number": "has the same vendor and number",
    "date_total": "has the same vendor, date and total",
    "bytes": "is the same file",
}


def check_required(invoice: InvoiceData) -> Iterator[ReviewReason]:
    """BR-02 (number), BR-03 (date), BR-05 (currency), BR-06 (vendor's name), BR-14 (total)."""
    for name, label in REQUIRED_FIELDS.items():
        value = getattr(invoice, name)
        if value is None or value == "":
            yield reason("missing_field", name, f"The {label} was not found.")


def check_identifiers(invoice: InvoiceData, *, structured: bool = False) -> Iterator[ReviewReason]:
    """Currency, VAT ids, IBAN and BIC by list and checksum; the invoice number by plausibility: on paper a number
    without a digit is most likely the word beside it, in an e-invoice (``structured``) it is what the seller chose."""
    if invoice.currency and not is_known_currency(invoice.currency):
        yield reason("currency_unknown", "currency", f"{invoice.currency!r} is not an ISO 4217 currency in use.")
    countries = {"vendor_tax_id": invoice.vendor_country, "buyer_tax_id": None}
    for name, country in countries.items():
        value: str | None = getattr(invoice, name)
        if value and vat_id_holds(value, country) is False:
            yield reason("vat_id_invalid", name, f"The VAT id {value} fails its checksum.")
    if invoice.iban and not iban_holds(invoice.iban):
        yield reason("iban_invalid", "iban", f"The IBAN {invoice.iban} fails its checksum.")
    if invoice.bic and not bic_number.is_valid(invoice.bic):
        yield reason("bic_invalid", "bic", f"The BIC {invoice.bic} is not well formed.")
    number = invoice.invoice_number
    if number:
        others = (invoice.vendor_tax_id, invoice.buyer_tax_id, invoice.iban, invoice.vendor_phone, invoice.currency)
        if not structured and not any(character.isdigit() for character in number):
            text = f"The invoice number {number!r} has no digit."
            yield reason("invoice_number_implausible", "invoice_number", text)
        elif _compact(number) in {_compact(other) for other in others if other}:
            text = f"The invoice number {number!r} is also the vendor's or buyer's identifier."
            yield reason("invoice_number_implausible", "invoice_number", text)


def check_parties(invoice: InvoiceData) -> Iterator[ReviewReason]:
    """The vendor has a name, and is not the buyer."""
    vendor, buyer = invoice.vendor_name, invoice.buyer_name
    if vendor:
        repeated = {
            plain_words(other)
            for other in (invoice.invoice_number, invoice.vendor_tax_id, invoice.vendor_email)
            if other
        }
        if sum(character.isalpha() for character in vendor) < 2 or plain_words(vendor) in repeated:
            yield reason("vendor_name_implausible", "vendor_name", f"{vendor!r} does not look like a vendor's name.")
    if vendor and buyer and plain_words(vendor) == plain_words(buyer):
        yield reason("vendor_is_buyer", "vendor_name", f"Vendor and buyer are both {vendor!r}.")
    elif (
        invoice.vendor_tax_id
        and invoice.buyer_tax_id
        and _compact(invoice.vendor_tax_id) == _compact(invoice.buyer_tax_id)
    ):
        text = f"Vendor and buyer both have the tax id {invoice.vendor_tax_id}."
        yield reason("vendor_is_buyer", "vendor_tax_id", text)


def check_books(invoice: InvoiceData, context: BookContext) -> Iterator[ReviewReason]:
    """IBAN changed for a known vendor; a vendor that looks like a known one; suspected duplicates."""
    known = {_compact(number) for number in context.vendor_ibans}
    if invoice.iban and known and _compact(invoice.iban) not in known:
        told = known if context.told_ibans is None else known & {_compact(number) for number in context.told_ibans}
        accounts = f"known account is {', '.join(sorted(told))}" if told else "known account is another one"
        text = f"This vendor's {accounts}, but this invoice names {_compact(invoice.iban)}."
        yield reason("iban_changed", "iban", text)
    banks = {_bank(number) for number in context.vendor_bics}
    if invoice.bic and banks and _bank(invoice.bic) not in banks:
        text = f"The bank {_compact(invoice.bic)} is not one that this vendor was paid at before."
        yield reason("bic_changed", "bic", text)
    if invoice.iban and _compact(invoice.iban) in {_compact(number) for number in context.blocked_ibans}:
        yield reason("account_blocked", "iban", "A colleague blocked this account of the vendor.")
    for resemblance in context.resembling[:1]:
        other = " and ".join(
            what
            for what, differs in (("tax id", resemblance.other_tax_id), ("account", resemblance.other_account))
            if differs
        )
        text = (
            f"{_RESEMBLES[resemblance.by]} of a known vendor, which has another {other}. "
            "Ask the vendor in a way that you know from before."
        )
        yield reason("vendor_identity_conflict", "vendor_name", text)
    for duplicate in context.duplicates:
        field = "invoice_number" if duplicate.match == "number" else ""
        text = f"{duplicate.ref or 'Another invoice'} {_HOW[duplicate.match]}."
        yield reason("suspected_duplicate", field, text)


def is_known_currency(code: str | None) -> bool:
    """Whether the code is an ISO 4217 currency of a country or union (funds, metals and test codes are not)."""
    return code in _currencies()


def iban_holds(value: str) -> bool:
    """Length and checksum of ISO 13616. Not whether the bank exists: lists of banks are never complete."""
    return bool(iban_number.is_valid(value, check_country=False))


def vat_id_holds(value: str, country: str | None = None) -> bool | None:
    """Whether a VAT id's checksum holds; None where it is not a VAT id of a country with a known checksum.

    Without a prefix the id is tried only when the country is known and then only confirmed, never refused: it may be
    another of that country's tax numbers (BT-32).
    """
    compact = re.sub(r"[^0-9A-Z]", "", value.upper())
    prefix = next((p for p in (compact[:3], compact[:2]) if p in _VAT_PREFIXES), None)
    if prefix is None or "/" in value:
        if country is None:
            return None
        module = get_cc_module(country.lower(), "vat")
        return True if module is not None and module.is_valid(compact) else None
    if not any(character.isdigit() for character in compact):
        return None
    if prefix == "NO":
        module, number = get_cc_module("no", "mva"), compact
    elif prefix == "CHE":
        # The words TVA, MWST and IVA may be left out; without them it is the company id, which has the same checksum.
        module, number = get_cc_module("ch", "uid"), compact[:12]
    else:
        module, number = get_cc_module({"EL": "gr", "XI": "gb"}.get(prefix, prefix.lower()), "vat"), compact[2:]
    return None if module is None else bool(module.is_valid(number))


@cache
def _currencies() -> frozenset[str]:
    return (frozenset(currency.code for currency in iso4217.Currency) - _NOT_MONEY) | _WITHDRAWN


# Gave way to the euro within the ten years for which invoices are kept.
_WITHDRAWN = frozenset(["BGN", "HRK"])
_NOT_MONEY = frozenset(["XAU", "XAG", "XPT", "XPD", "XTS", "XXX", "XBA", "XBB", "XBC", "XBD", "XDR", "XSU", "XUA"])


def _compact(text: str) -> str:
    return re.sub(r"[^0-9A-Z]", "", text.upper())


def _bank(bic: str) -> str:
    return _compact(bic)[:8]  # bank, country and place; what follows is the branch
