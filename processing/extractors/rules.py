"""The deterministic extractor: header fields by labels and geometry, item tables by their header row. No model."""

from __future__ import annotations

import re
from datetime import date, timedelta
from decimal import Decimal

from invoices import values
from processing.content.extraction import Extraction, FieldValue
from processing.content.records import DocumentContent
from processing.extractors.bills.read import add_bill, check_total, read_bill, without
from processing.extractors.credit_notes import make_positive
from processing.extractors.document_lines import read_lines
from processing.extractors.header import amounts, document_dates, document_numbers, payment, taxes, totals
from processing.extractors.header.candidates import Candidate, best
from processing.extractors.header.cash_discount import cash_discount, paid_in_full
from processing.extractors.header.document_parties import country_of_words, language_of, read_parties
from processing.extractors.header.grid import Grid, Span, make_grid, read_value
from processing.extractors.header.two_currencies import in_currency
from processing.extractors.items.prices import take_tax_out
from processing.extractors.other_documents import class_other
from processing.extractors.upright import with_upright_pages


def extract_by_rules(content: DocumentContent, *, filename: str = "") -> Extraction:
    """What can be read from a document without a model; method "rules". Nothing is invented: a field without evidence
    is either absent or names what it was ``derived_from``. ``reasons`` name the fields whose evidence is weak or
    contradicts itself. ``filename`` settles which of several numbers is meant."""
    return with_upright_pages(content, lambda upright: _extract(upright, filename))


def _extract(content: DocumentContent, filename: str) -> Extraction:
    extraction = Extraction(method="rules")
    bill = read_bill(content)
    if bill is not None:
        add_bill(extraction, bill[0])
        content = without(content, bill[0])
    grid = make_grid(content)
    if grid.lines and (bill is None or not bill[1].whole_header):
        _read_header(extraction, content, grid, filename, is_bill=bill is not None)
    if bill is not None:
        for name, value in bill[0].header.items():
            extraction.fields[name] = value
        if bill[0].closing is not None and "total_amount" not in extraction.fields:
            extraction.fields["total_amount"] = bill[0].closing
            if bill[0].tax is not None:
                extraction.fields["tax_amount"] = bill[0].tax
        extraction.fields.setdefault(
            "document_type", FieldValue("invoice", "", "rules", None, derived_from="no other title")
        )
        check_total(extraction)
    return extraction


def _read_header(
    extraction: Extraction, content: DocumentContent, grid: Grid, filename: str, *, is_bill: bool
) -> None:  # fmt: skip
    """Header fields, and the lines of an invoice that is no carrier's bill."""
    skip, heads = (set(), set()) if is_bill else read_lines(extraction, content, grid)
    separator = values.decimal_separator_of(piece.text for piece in grid.pieces)
    read_parties(extraction, grid, heads)
    printed = extraction.fields.get("vendor_country")
    country = str(printed.value) if printed is not None else country_of_words(grid)
    titles = document_numbers.titles(grid)
    _read_type(extraction, titles)
    _doubt_pro_forma(extraction, grid)
    _take(extraction, "currency", *payment.currency(grid, country))
    if "currency" not in extraction.fields:
        _assume_currency(extraction, grid, country)
    elif country is None and extraction.fields["currency"].raw == "$" and language_of(grid) not in {None, "en"}:
        extraction.doubt("currency", "weak_evidence", "Nothing tells whose dollar is meant.")
    _read_numbers(extraction, grid, titles, filename)
    day_first = _day_first(extraction, grid, country)
    _read_dates(extraction, grid, titles, day_first, heads)
    _read_bank(extraction, grid)
    _read_totals(extraction, grid, separator, skip)
    extraction.fields.update(cash_discount(grid, separator, extraction.fields, day_first=day_first))
    if extraction.fields.get("document_type") and extraction.fields["document_type"].value == "credit_note":
        make_positive(extraction)
    if not is_bill:
        class_other(extraction, grid, titles)


def _assume_currency(extraction: Extraction, grid: Grid, country: str | None) -> None:
    """The currency of the seller's country, or of the country that its account is in, where none is printed."""
    account = payment.iban(grid)
    for place, source in ((country, "vendor_country"), (str(account.value)[:2] if account else None, "iban")):
        if (code := payment.CURRENCY_OF_COUNTRY.get(place or "")) is not None:
            extraction.fields["currency"] = FieldValue(code, "", "rules", None, derived_from=source)
            text = f"No currency is printed; that of the {_words(source)} was assumed."
            extraction.doubt("currency", "weak_evidence", text)
            return


def _take(extraction: Extraction, name: str, field: FieldValue | None, conflict: bool = False) -> None:
    if field is None:
        return
    extraction.fields[name] = field
    if conflict:
        extraction.doubt(name, "conflicting_values", f"The document gives different values for the {_words(name)}.")


def _words(name: str) -> str:
    return name.replace("_", " ")


# The same words in nearly every language ("Proforma-Rechnung", "faktura pro forma", "proformafaktuur").
_PRO_FORMA = re.compile(r"^\W*(?:[^\W\d]+\s)?pro[\s-]?forma", re.I)


def _doubt_pro_forma(extraction: Extraction, grid: Grid) -> None:
    """An offer in the form of an invoice claims no payment and gives no right to deduct tax."""
    if any(len(piece.tokens) <= 6 and _PRO_FORMA.search(piece.text) for piece in grid.pieces):
        text = "The document calls itself a pro forma invoice, which is no claim to payment."
        extraction.doubt("document_type", "weak_evidence", text)


def _read_type(extraction: Extraction, titles: list[document_numbers.Title]) -> None:
    if not titles:
        extraction.fields["document_type"] = FieldValue("invoice", "", "rules", None, derived_from="no other title")
        return
    # The title is the highest of the large lines; a mention further down ("see credit note 12") names another document.
    title = max(titles, key=lambda t: (t.piece.page == titles[0].piece.page, round(t.piece.size), -t.piece.line))
    first = titles[0]
    if first.piece.line <= title.piece.line + 2 and first.kind != title.kind and len(first.piece.tokens) <= 3:
        title = first
    value = "credit_note" if title.kind == "credit" else "invoice"
    span = Span(title.piece, 0, title.end)
    extraction.fields["document_type"] = read_value(span, value)


def _read_numbers(extraction: Extraction, grid: Grid, titles: list[document_numbers.Title], filename: str) -> None:
    found = document_numbers.identifiers(grid, "invoice_number") + document_numbers.title_numbers(grid, titles)
    found = _own(extraction, found)
    number, conflict = best(found)
    if conflict and filename:
        named = [c for c in found if str(c.field.value) in filename and len(str(c.field.value)) >= 4]
        if named:
            number, conflict = named[0].field, False
    if number is None and (stand_in := best(document_numbers.identifiers(grid, "document_reference"))[0]) is not None:
        number = stand_in
        extraction.doubt("invoice_number", "weak_evidence", "No invoice number found; a reference was used instead.")
    _take(extraction, "invoice_number", number, conflict)
    if number is not None and all(c.score < 30 and document_numbers.stands_low(grid, c.piece) for c in found):
        extraction.doubt("invoice_number", "weak_evidence", "The number has no label and stands at the foot.")
    if (corrected := document_numbers.preceding_invoice(grid, titles)) is not None and (
        number is None or corrected.value != number.value
    ):
        extraction.fields["preceding_invoice"] = corrected
    for name in document_numbers.IDENTIFIERS[1:]:
        candidates = [
            c for c in document_numbers.identifiers(grid, name) if number is None or c.field.value != number.value
        ]
        _take(extraction, name, best(candidates)[0])
    if "purchase_order" not in extraction.fields:
        taken = {str(field.value) for name, field in extraction.fields.items() if name != "buyer_reference"}
        _take(extraction, "purchase_order", document_numbers.order_by_reference(grid, taken))


def _own(extraction: Extraction, found: list[Candidate]) -> list[Candidate]:
    """Without the number and date of the invoice that a credit note corrects, as long as it has its own."""
    document_type = extraction.fields.get("document_type")
    if document_type is None or document_type.value != "credit_note":
        return found
    return [c for c in found if not document_numbers.refers(c.piece)] or found


def _day_first(extraction: Extraction, grid: Grid, country: str | None) -> bool | None:
    currency = extraction.fields.get("currency")
    code = str(currency.value) if currency is not None else None
    texts = (p.text for p in grid.pieces)
    return values.day_first_of(texts, currency=code, country=country, language=language_of(grid))


def _read_dates(
    extraction: Extraction, grid: Grid, titles: list[document_numbers.Title], day_first: bool | None, heads: set[int]
) -> None:
    fields = extraction.fields
    found = document_dates.dates(grid, "invoice_date", day_first) + document_dates.title_dates(grid, titles, day_first)
    invoice_date, conflict = best(c for c in _own(extraction, found) if c.piece.line not in heads)
    if invoice_date is None:
        free = document_dates.free_dates(grid, day_first)
        invoice_date, _ = best(free)
        sure = max((c.score for c in free), default=0.0) >= document_dates.LETTER_DATE
        if invoice_date is not None and not sure and len({c.field.value for c in free}) > 1:
            extraction.doubt("invoice_date", "weak_evidence", "The invoice date has no label.")
    _take(extraction, "invoice_date", invoice_date, conflict)
    if invoice_date is not None and day_first is None and document_dates.is_ambiguous(invoice_date.raw):
        extraction.doubt("invoice_date", "weak_evidence", document_dates.SWAPPED)
    terms, days = document_dates.payment_terms(grid)
    _take(extraction, "payment_terms", terms)
    due_candidates = document_dates.dates(grid, "due_date", day_first) + document_dates.sentence_dates(grid, day_first)
    if invoice_date is not None and isinstance(invoice_date.value, date):
        earliest = invoice_date.value - timedelta(days=366)
        due_candidates = [c for c in due_candidates if isinstance(c.field.value, date) and c.field.value >= earliest]
    due, conflict = best(due_candidates)
    _take(extraction, "due_date", due or document_dates.due_from_terms(invoice_date, days), conflict)
    is_proved = values.day_first_of(p.text for p in grid.pieces) is not None
    if invoice_date and due and not is_proved and document_dates.terms_say_swapped(invoice_date, due):
        extraction.doubt("invoice_date", "weak_evidence", "With day and month swapped the due date fits usual terms.")
    _take(extraction, "delivery_date", best(document_dates.dates(grid, "delivery_date", day_first))[0])
    if (span := document_dates.period(grid, day_first)) is not None:
        fields["period_start"], fields["period_end"] = span


def _read_bank(extraction: Extraction, grid: Grid) -> None:
    _take(extraction, "iban", payment.iban(grid))
    _take(extraction, "bic", payment.bic(grid))


def _read_totals(extraction: Extraction, grid: Grid, separator: str | None, skip: set[int]) -> None:
    rows = taxes.tax_rows(grid, separator, skip)
    found = amounts.labelled_amounts(grid, separator, skip) + amounts.sums_in_line(grid, separator, skip)
    if (currency := extraction.fields.get("currency")) is not None:
        found = in_currency(grid, found, str(currency.value), separator)
    free = amounts.free_amounts(grid, separator, skip)
    line_sum = _line_sum(extraction)
    settled = totals.solve(found, free, rates=taxes.amounts_of(rows), line_sum=line_sum)
    extraction.fields.update(settled.fields)
    stated = [a for a in found if a.kind == "tax_amount"]
    if "amount_due" not in extraction.fields and (
        paid_in_full(grid, separator, settled.fields) or _asks_for_its_total(extraction, grid)
    ):
        extraction.fields["amount_due"] = settled.fields["total_amount"]
    extraction.taxes = taxes.completed(rows, stated, settled.fields, extraction.lines)
    taxes.rate_for_lines(extraction.taxes, extraction.lines, settled.fields)
    if take_tax_out(extraction.lines, extraction.fields, extraction.taxes):
        text = "The amounts of the lines are with tax, and nothing tells what they are without it."
        extraction.doubt("line_items", "weak_evidence", text)
    total = settled.fields.get("total_amount")
    if grid.ocr and total is not None and not settled.confirmed and not settled.conflict:
        again = sum(amount.value == total.value for amount in free)
        if again < 2:
            extraction.doubt(
                "total_amount",
                "weak_evidence",
                "The total was read by OCR and no other figure confirms it.",
            )
    if settled.conflict:
        extraction.doubt(
            "total_amount",
            "conflicting_values",
            "The document gives different values for the total amount.",
        )


_BESIDE_TOTAL = frozenset({"amount_paid", "previous_balance", "withholding_amount", "rounding"})


def _asks_for_its_total(extraction: Extraction, grid: Grid) -> bool:
    """Whether a document says when or where to pay, and nothing on it says that another sum than its total is meant."""
    fields = extraction.fields
    total, kind = fields.get("total_amount"), fields.get("document_type")
    if total is None or total.place is None or total.derived_from or (kind is not None and kind.value != "invoice"):
        return False
    if _BESIDE_TOTAL & fields.keys() or any(grid.hits_of(name) for name in ("amount_paid", "previous_balance")):
        return False
    return any(name in fields and fields[name].place is not None for name in ("due_date", "payment_terms", "iban"))


def _line_sum(extraction: Extraction) -> Decimal | None:
    amounts = [line["amount"].value for line in extraction.lines if "amount" in line]
    return sum((a for a in amounts if isinstance(a, Decimal)), Decimal(0)) if amounts else None
