"""Every review reason: its code, what it means, whether it blocks, and whether reading again may cure it.

``reason`` is the only place where reasons are made; what is kept is read back by the codecs and services that keep it.
A code that was ever given stays in the table, since rows keep it.
"""

from __future__ import annotations

from dataclasses import dataclass

from invoices.records import REASON_CODES, ReviewReason


@dataclass(frozen=True, slots=True)
class ReasonKind:
    """``blocking``: approval needs a stated override; None where it depends on the case, which ``reason`` is then told.
    ``curable``: another extraction method may remove the reason,
    since a misreading can cause it; the other reasons are about the document or the books and stay whoever reads it."""

    meaning: str
    blocking: bool | None = False
    curable: bool = False


REASONS: dict[str, ReasonKind] = {
    # required (BR-02, BR-03, BR-05, BR-06, BR-14, BR-16)
    "missing_field": ReasonKind("A required field is missing", blocking=True, curable=True),
    "missing_lines": ReasonKind("No invoice lines found (BR-16)", curable=True),
    # amounts
    "total_mismatch": ReasonKind(
        "Subtotal, tax and total do not add up (BR-CO-13, BR-CO-15)", blocking=True, curable=True
    ),
    "total_not_corroborated": ReasonKind("The total is not confirmed by any other figure", curable=True),
    "amount_due_mismatch": ReasonKind(
        "Total minus payments plus rounding does not equal the amount due (BR-CO-16)", curable=True
    ),
    "tax_sum_mismatch": ReasonKind("The taxes by rate do not add up to the tax amount (BR-CO-14)", curable=True),
    "tax_breakdown_mismatch": ReasonKind("Base times rate does not equal the tax (BR-CO-17)", curable=True),
    "tax_rate_implausible": ReasonKind("A tax rate below 0 or above the highest rate in use", curable=True),
    "discount_mismatch": ReasonKind("The discount is negative or larger than the invoice (BR-CO-11)", curable=True),
    "zero_total": ReasonKind("The total is zero", curable=True),
    "negative_total": ReasonKind("An invoice with a negative total: a credit note?", curable=True),
    "credit_note_sign": ReasonKind("A credit note with a negative total would be booked as an invoice", curable=True),
    # lines
    "line_mismatch": ReasonKind("Quantity times price, minus discount, does not equal the line amount", curable=True),
    "line_sum_mismatch": ReasonKind("The lines do not add up to the subtotal or total (BR-CO-10)", curable=True),
    "charges_do_not_add_up": ReasonKind(
        "The charges of a carrier's bill do not add up to its printed sums", blocking=True, curable=True
    ),
    # dates
    "date_in_future": ReasonKind("The invoice date is in the future", curable=True),
    "date_too_old": ReasonKind("The invoice date is older than any retention period", curable=True),
    "due_before_invoice": ReasonKind("The due date is before the invoice date", curable=True),
    "due_date_implausible": ReasonKind("The due date is more than a year after the invoice date", curable=True),
    "period_reversed": ReasonKind("The period ends before it starts (BR-29)", curable=True),
    # identity
    "currency_unknown": ReasonKind("Not an ISO 4217 currency in use", curable=True),
    "invoice_number_implausible": ReasonKind("The invoice number has no digit or repeats another field", curable=True),
    "vendor_name_implausible": ReasonKind("The vendor name has no letters or repeats another field", curable=True),
    "vendor_is_buyer": ReasonKind("Vendor and buyer are the same", curable=True),
    "vat_id_invalid": ReasonKind("The VAT id fails its checksum"),
    "iban_invalid": ReasonKind("The IBAN fails its checksum", blocking=True),
    "bic_invalid": ReasonKind("The BIC is not well formed"),
    # books
    "account_blocked": ReasonKind("The account is one that must not be paid", blocking=True),
    "iban_changed": ReasonKind("A known vendor asks for payment to a different account", blocking=True),
    "bic_changed": ReasonKind("A known vendor asks for payment at another bank", blocking=True),
    "vendor_identity_conflict": ReasonKind(
        "The vendor looks like a known vendor with another tax id or account", blocking=True
    ),
    "suspected_duplicate": ReasonKind("This invoice seems to be recorded already", blocking=True),
    # the audit by the carrier's rate cards
    "overcharged": ReasonKind("Billed above the rate card"),
    "billed_twice": ReasonKind("The same charge was billed before for this shipment"),
    "charge_not_on_card": ReasonKind("The rate card has no such charge"),
    # given before the rules, by those who read the document and those who keep the result
    "conflicting_values": ReasonKind("The document gives different values for a field", curable=True),
    "weak_evidence": ReasonKind("A value was guessed from its position or form, not read from a label", curable=True),
    "unreadable_value": ReasonKind("A value is not a valid number or date", blocking=None, curable=True),
    "value_not_in_document": ReasonKind("The model gave a value that is not in the document", curable=True),
    "value_without_evidence": ReasonKind("The position of a value in the document is unknown"),
    "value_out_of_range": ReasonKind("A number was too large or too small to store and was left out"),
    "readings_differ": ReasonKind("Two readings of the document, or its XML and its page, disagree"),
    "several_invoices": ReasonKind("The file contains several invoices; only the first was read", blocking=True),
    "not_an_invoice": ReasonKind("The document looks like something other than an invoice", blocking=True),
    "xml_differs_from_page": ReasonKind("The page shows another value than the e-invoice in it", blocking=None),
    "xml_not_compared": ReasonKind("The page could not be compared with the e-invoice in it"),
    "embedded_xml_unusable": ReasonKind("The embedded e-invoice could not be used, so the page was read"),
    "garbage_text_layer": ReasonKind("A page's text layer is garbled, so the page was read by OCR"),
    "hidden_text": ReasonKind(
        "Payment details are in text that the page does not show, or shows differently", blocking=True
    ),
    "page_unreadable": ReasonKind("A page is damaged and was left out"),
    "pages_left_out": ReasonKind("Pages beyond the limit were left out"),
    "rows_left_out": ReasonKind("The budget was too small to show the model every row"),
    "content_cut": ReasonKind("Content beyond the limit was left out"),
    "hidden_sheet": ReasonKind("A hidden sheet was not read"),
    "budget_exceeded": ReasonKind("The budget was too small to ask the model"),
    # rate cards
    "missing_rates": ReasonKind("No rates were found in a rate card", blocking=True, curable=True),
    "card_field_missing": ReasonKind("A rate card does not state its carrier, currency or weight unit", curable=True),
    "validity_missing": ReasonKind("A rate card does not state when it is valid", curable=True),
    "validity_reversed": ReasonKind("A rate card or rate ends before it starts", blocking=True, curable=True),
    "validity_outside": ReasonKind("A rate is never valid while its card is", curable=True),
    "date_order_unknown": ReasonKind("The day and month of a date could be swapped", curable=True),
    "version_older": ReasonKind("A later version of the rate card is recorded already", blocking=True),
    "mixed_currency": ReasonKind("A rate card has prices in several currencies"),
    "mixed_units": ReasonKind("A rate card has weights in several units"),
    "duplicate_rate": ReasonKind("A lane has several prices for one break", blocking=True, curable=True),
    "break_overlap": ReasonKind("Two breaks of a lane overlap", blocking=True, curable=True),
    "break_gap": ReasonKind("No price covers the quantities between two breaks", curable=True),
    "odd_price": ReasonKind("A price is out of line with its neighbours: a decimal slip?", curable=True),
    "mapping_doubtful": ReasonKind("The mapping of a rate card's tables is uncertain", blocking=True, curable=True),
    "figure_not_understood": ReasonKind(
        "A sentence of a rate card has a figure that was not understood", blocking=True, curable=True
    ),
    "sheet_of_fees": ReasonKind("A table of fees was read as freight rates", blocking=True, curable=True),
    "value_beyond_column": ReasonKind(
        "A number of a rate card is too large to be a price and was left out", blocking=True, curable=True
    ),
    "several_carriers": ReasonKind("A rate card holds the prices of several carriers", blocking=True),
    "zones_overlap": ReasonKind("A place is in two zones of a rate card that are equally narrow", curable=True),
    "figures_set_aside": ReasonKind(
        "Many figures of a rate card's sentences were set aside as changing no price", curable=True
    ),
    "cells_left_over": ReasonKind("Some numbers of a rate card were not understood and were left out", curable=True),
}

REASON_CODES.update(REASONS)
CURABLE_CODES: frozenset[str] = frozenset(code for code, kind in REASONS.items() if kind.curable)


def reason(code: str, field: str, message: str, *, blocking: bool = False) -> ReviewReason:
    """A ``ReviewReason`` of a code in ``REASONS``, with the flag that the catalogue gives it; ``blocking`` counts where
    the catalogue leaves it to the case. Raises KeyError for another code."""
    known = REASONS[code].blocking
    return ReviewReason(code=code, field=field, message=message, blocking=blocking if known is None else known)
