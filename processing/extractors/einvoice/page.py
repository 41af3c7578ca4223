"""Whether the page that a person sees tells the same as the XML inside of it: a known way to cheat is that it does not.

What is compared: invoice number (BT-1), total (BT-112, or BT-115 where the page shows only that) and IBAN (BT-84).
The XML's value has to stand somewhere on the page, in any notation; nothing is concluded from where it stands.
"""

from __future__ import annotations

import re
from decimal import Decimal

from invoices.records import ReviewReason
from invoices.rules.catalogue import reason
from invoices.values.identifiers import find_ibans
from processing.content.extraction import Extraction
from processing.content.records import DocumentContent
from processing.extractors.einvoice.einvoice import extract_einvoice

CODE = "xml_differs_from_page"
_NOT_COMPARED = "xml_not_compared"
_AMOUNT = re.compile(r"\d[.,]\d\d(?!\d)")
# A page with fewer amounts than this shows no invoice: a cover letter, a logo, a note.
_FEWEST_AMOUNTS = 2
# What grouping looks like: 1.234, 1,234, 1'234, 1 234, with the several apostrophes and spaces of Unicode.
_GROUP = r"[.,'\u2019\u02bc\u00b4` \u00a0\u2009\u202f]?"
# Shorter remains of a number ("INV-007" without its prefix) stand on any page by chance.
_SHORTEST_NUMBER = 3
_OCR_TWINS = str.maketrans("oOlIiSsBZz", "0011155822")


def read_einvoice(content: DocumentContent) -> Extraction:
    """What the e-invoice inside a document says, with what its page tells otherwise among the reasons. Raises as
    ``extract_einvoice``."""
    exact = extract_einvoice(content.embedded_xml or b"")
    exact.reasons = [*exact.reasons, *compare_with_page(exact, content)]
    return exact


def compare_with_page(extraction: Extraction, content: DocumentContent) -> list[ReviewReason]:
    """Blocking reasons ``xml_differs_from_page`` for what the page does not show or shows otherwise. None where there
    is no page besides the XML, or no text on it. By OCR a sign may be misread: then the reasons do not block, and
    ``xml_not_compared`` says that the text read shows no amounts."""
    if content.media_type.endswith("xml"):
        return []
    text = content.text
    if not text.strip():
        return []
    by_ocr = any(page.ocr and page.rows for page in content.pages)
    if len(_AMOUNT.findall(text)) < _FEWEST_AMOUNTS:
        message = "The page could not be compared with the e-invoice inside it: no amounts were read from the page."
        return [reason(_NOT_COMPARED, "", message)] if by_ocr else []
    return [
        reason(CODE, field, message + (" The page was read by OCR." if by_ocr else ""), blocking=not by_ocr)
        for field, message in (
            *_number_difference(extraction, text, by_ocr=by_ocr),
            *_total_difference(extraction, text),
            *_iban_difference(extraction, content, text),
        )
    ]


def _number_difference(extraction: Extraction, text: str, *, by_ocr: bool) -> list[tuple[str, str]]:
    value = _text_of(extraction, "invoice_number")
    page = _folded(text, by_ocr=by_ocr)
    number = _folded(value, by_ocr=by_ocr)
    # Pages may leave the prefix and its zeros out; what follows is never left out.
    bare = re.sub(r"^[^\W\d]*0*", "", _folded(value, by_ocr=False))
    short = _folded(bare, by_ocr=by_ocr) if len(bare) >= _SHORTEST_NUMBER else number
    if not number or number in page or short in page:
        return []
    return [("invoice_number", f"The e-invoice has the number {value!r}, which the page does not show.")]


def _total_difference(extraction: Extraction, text: str) -> list[tuple[str, str]]:
    total, due = (_amount_of(extraction, name) for name in ("total_amount", "amount_due"))
    if total is None or total == 0:
        return []
    shown = _shows(text, total)
    # More to pay than the total is nothing that a page leaves out; less (prepaid, withheld) often is.
    if shown and due is not None and due > total and not _shows(text, due):
        return [("amount_due", f"The e-invoice asks for {due}, which the page does not show.")]
    if shown or (due and due < total and _shows(text, due)):
        return []
    return [("total_amount", f"The e-invoice has the total {total}, which the page does not show.")]


def _iban_difference(extraction: Extraction, content: DocumentContent, text: str) -> list[tuple[str, str]]:
    iban = _text_of(extraction, "iban")
    if not iban or _folded(iban, by_ocr=True) in _folded(text, by_ocr=True):
        return []
    on_page = sorted({match.value for row in content.rows for match in find_ibans(re.sub(r"\s+", " ", row.text))})
    if not on_page:
        return []
    return [("iban", f"The e-invoice asks for payment to {iban}, the page to {', '.join(on_page)[:200]}.")]


def _shows(text: str, amount: Decimal) -> bool:
    """Whether the amount stands in the text, whatever its separators, grouping, sign and trailing zeros."""
    whole, _, fraction = format(abs(amount), "f").partition(".")
    digits = fraction.rstrip("0")
    # Whole amounts stand with zeros, a dash or nothing behind the mark; others with zeros added at most.
    tail = rf"\s?[.,]\s?{digits}0*" if digits else r"(?:\s?[.,]\s?(?:0+|[-\u2013\u2014]+))?"
    body = _GROUP.join(whole)
    return re.search(rf"(?<!\d)(?<!\d[.,'\u2019]){body}{tail}(?!\d|[.,]\d)", text) is not None


def _folded(text: str, *, by_ocr: bool) -> str:
    """Letters and digits only; where OCR read it, signs that it takes for each other made equal."""
    kept = re.sub(r"[\W_]", "", text)
    return (kept.translate(_OCR_TWINS) if by_ocr else kept).casefold()


def _text_of(extraction: Extraction, name: str) -> str:
    value = extraction.fields[name].value if name in extraction.fields else ""
    return value if isinstance(value, str) else ""


def _amount_of(extraction: Extraction, name: str) -> Decimal | None:
    value = extraction.fields[name].value if name in extraction.fields else None
    return value if isinstance(value, Decimal) else None
