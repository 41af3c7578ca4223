"""The model's reply to an ``Extraction``: every value is looked up in the document and read there; what stands nowhere
becomes a reason for a person, never a field. Nothing that the reply says is believed without its place."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date
from decimal import Decimal
from typing import Any

from invoices.records import DATE_FIELDS, MONEY_FIELDS, ReviewReason, Value
from invoices.rules.catalogue import reason
from invoices.values import (
    day_first_of,
    decimal_separator_of,
    find_vat_ids,
    normalise_iban,
    parse_currency,
    parse_date,
    parse_decimal,
)
from processing.content.extraction import Extraction, FieldValue
from processing.content.records import DocumentContent
from processing.errors import InvalidOutput
from processing.extractors.header.document_dates import SWAPPED, is_ambiguous
from processing.extractors.header.document_parties import country_of_words, language_of
from processing.extractors.header.grid import make_grid
from processing.extractors.model.evidence import Evidence, without_blanks
from processing.extractors.model.items import parse_blocks, read_blocks
from processing.extractors.model.schema import HEADER_KEYS
from processing.extractors.model.totals import settle_totals
from processing.extractors.other_documents import class_by_model
from processing.extractors.words.labels import title_at, tokens_of
from processing.llm.json_reply import parse_reply

# "Rechnungs-Nr.: 4711": what small models copy along with the number
_LABEL_BEFORE = re.compile(r"^[^\d:#]{2,40}[:#]\s*(?=\S)")
_NUMBER_SIGN = re.compile(r"^(?:(?:n[ro]|nº|n°|nummer|number)[.:]?\s+|#\s*)(?=\S)", re.IGNORECASE)
_MIN_TAX_ID_DIGITS = 5  # the shortest national numbers; a bank code has fewer
_LAST = frozenset({"subtotal", "tax_amount", "total_amount", "amount_paid", "withholding_amount", "amount_due"})
# a domestic account number is no IBAN, and small models take a bank code for a tax number: no reason to ask a person
_OFTEN_OTHERS = frozenset({"iban", "vendor_tax_id", "buyer_tax_id", "document_type"})
_IDENTIFIERS = frozenset({"invoice_number", "purchase_order", "preceding_invoice"})
_EMPTY = frozenset({"", "null", "none", "n/a", "-", "unknown"})


def read_reply(text: str, content: DocumentContent, *, truncated: bool) -> Extraction:
    """The fields and lines that a reply names, with their evidence in ``content``; method "llm".

    Of a cut reply what was complete is used and ``Extraction.truncated`` is set. Raises InvalidOutput with the raw
    reply when nothing in it can be read.
    """
    parsed = parse_reply(text)
    if not parsed.data.keys() & {*HEADER_KEYS, "items"}:
        raise InvalidOutput(partial_text=text)
    extraction = Extraction(method="llm", raw_response=text, truncated=truncated or parsed.truncated)
    reader = _Reader(content)
    blocks = read_blocks(content, parse_blocks(parsed.data.get("items")), reader.separator)
    extraction.lines = blocks.lines
    reader.item_rows = blocks.rows
    other_title = ""
    for key, name in HEADER_KEYS.items():
        copied = _copied(parsed.data.get(key))
        if not copied:
            continue
        try:
            extraction.fields[name] = reader.read(name, copied)
        except _NotInDocument:
            extraction.reasons.append(_not_in_document(name, copied))
        except _OtherKind:
            if name == "document_type":
                other_title = copied
            if name not in _OFTEN_OTHERS:
                words = name.replace("_", " ")
                extraction.reasons.append(
                    reason("unreadable_value", name, f"The model gave “{copied[:80]}” as the {words}.")
                )
    for name, copied in blocks.not_found:
        extraction.reasons.append(_not_in_document(f"line_items[0].{name}", copied))
    _settle(extraction, reader)
    issued = extraction.fields.get("invoice_date")
    if issued is not None and reader.day_first is None and is_ambiguous(issued.raw):
        extraction.doubt("invoice_date", "weak_evidence", SWAPPED)
    class_by_model(extraction, other_title)
    return extraction


def _not_in_document(name: str, copied: str) -> ReviewReason:
    shown = copied if len(copied) <= 80 else copied[:80] + "…"
    return reason("value_not_in_document", name, f"The model gave “{shown}”, which is not in the document.")


class _NotInDocument(Exception):
    """The text stands nowhere."""


class _OtherKind(Exception):
    """The text stands there, but it is no date, number or identifier of the kind that is asked for."""


def _copied(value: Any) -> str:
    if isinstance(value, bool) or not isinstance(value, str | int | float):
        return ""
    text = " ".join(str(value).split())
    return "" if text.casefold() in _EMPTY else text


class _Reader:
    """Reads one field at a time, by the conventions of the document."""

    def __init__(self, content: DocumentContent) -> None:
        texts = [cell.text for row in content.rows for cell in row.cells]
        self.separator = decimal_separator_of(texts)
        grid = make_grid(content)
        currency = next((c for t in texts if (c := parse_currency(t))), None)
        country, language = country_of_words(grid), language_of(grid)
        self.day_first = day_first_of(texts, currency=currency, country=country, language=language)
        self.evidence = Evidence(content, decimal_separator=self.separator, day_first=self.day_first)
        self.item_rows: set[int] = set()

    def read(self, name: str, copied: str) -> FieldValue:
        """The field with its place. Raises _NotInDocument or _OtherKind."""
        if name in MONEY_FIELDS:
            return self._money(name, copied)
        if name in DATE_FIELDS:
            return self._date(copied)
        readers: dict[str, Callable[[str], Value | None]] = {
            "document_type": document_type,
            "currency": parse_currency,
            "iban": normalise_iban,
            "vendor_tax_id": _tax_id,
            "buyer_tax_id": _tax_id,
        }
        normalise = readers.get(name, _name)
        for candidate in _without_label(copied) if name in _IDENTIFIERS else [copied]:
            found = self.evidence.find(candidate)
            if not found:
                continue
            place = next((f for f in found if f.whole), found[0])
            value = normalise(place.text)
            if value is None:
                raise _OtherKind
            return FieldValue(value, place.text, "llm", place.place)
        raise _NotInDocument

    def _money(self, name: str, copied: str) -> FieldValue:
        value = parse_decimal(without_blanks(copied), decimal_separator=self.separator)
        if value is None or copied.rstrip().endswith("%"):
            raise _OtherKind if self.evidence.find(copied) else _NotInDocument
        found = self.evidence.find_number(value)
        outside = [f for f in found if f.row.number not in self.item_rows] or found
        if not outside:
            raise _NotInDocument
        place = outside[-1] if name in _LAST else outside[0]
        return FieldValue(value, place.text, "llm", place.place)

    def _date(self, copied: str) -> FieldValue:
        value = parse_date(copied, day_first=self.day_first)
        if value is None:
            raise _OtherKind if self.evidence.find(copied) else _NotInDocument
        found = self.evidence.find_date(value)
        if not found:
            raise _NotInDocument
        return FieldValue(value, found[0].text, "llm", found[0].place)

    def total_at(self, value: Decimal) -> FieldValue | None:
        """An amount outside of the items, with its place; None when the document does not hold it."""
        found = [f for f in self.evidence.find_number(value) if f.row.number not in self.item_rows]
        return FieldValue(value, found[-1].text, "llm", found[-1].place) if found else None

    def times(self, field: FieldValue) -> int:
        """How often the document holds a field's text."""
        if isinstance(field.value, date):
            return len(self.evidence.find_date(field.value))
        return len(self.evidence.find(field.raw))


def document_type(title: str) -> str | None:
    """``invoice`` or ``credit_note`` (BT-3) by the words of a title; None where it names neither."""
    tokens = tokens_of(title)
    if any(title_at(tokens, at, "credit") for at in range(len(tokens))):
        return "credit_note"
    return "invoice" if any(title_at(tokens, at, "invoice") for at in range(len(tokens))) else None


def _name(text: str) -> str | None:
    return text.strip(" ,;:|") or None


def _tax_id(text: str) -> str | None:
    found = find_vat_ids(text)
    if found:
        return found[0].value
    bare = _LABEL_BEFORE.sub("", text).strip(" ,;:|")
    return bare if sum(c.isdigit() for c in bare) >= _MIN_TAX_ID_DIGITS and normalise_iban(bare) is None else None


def _without_label(copied: str) -> list[str]:
    """The text as it is without a label or number sign in front, and the text itself."""
    bare = _NUMBER_SIGN.sub("", _LABEL_BEFORE.sub("", copied)).strip(" ,;:|")
    return [bare, copied] if bare and bare != copied else [copied]


def _settle(extraction: Extraction, reader: _Reader) -> None:
    """What follows from the fields: a value that stands once belongs to one field, a currency sign at the total is the
    document's currency, a credit note's amounts are positive, and totals obey their arithmetic."""
    fields = extraction.fields
    for name, first in (("buyer_tax_id", "vendor_tax_id"), ("buyer_name", "vendor_name"), ("due_date", "invoice_date")):
        same = name in fields and first in fields and fields[name].value == fields[first].value
        if same and reader.times(fields[name]) < 2:
            del fields[name]
    if "currency" not in fields:
        for name in ("total_amount", "amount_due", "subtotal", "tax_amount"):
            code = parse_currency(fields[name].raw) if name in fields else None
            if code is not None:
                fields["currency"] = FieldValue(code, fields[name].raw, "llm", fields[name].place)
                break
    if "document_type" not in fields:
        fields["document_type"] = FieldValue("invoice", "", "llm", derived_from="no other title")
    elif fields["document_type"].value == "credit_note":
        for name in MONEY_FIELDS & fields.keys():
            field = fields[name]
            if isinstance(field.value, Decimal) and field.value < 0:
                fields[name] = FieldValue(-field.value, field.raw, "llm", field.place)
    settle_totals(fields, reader.total_at)
