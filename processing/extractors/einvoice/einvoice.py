"""E-invoice XML to an Extraction, exact and free: every value with the XML path at which it stands."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal

from invoices.rules.catalogue import reason
from processing.content.extraction import Extraction, Fields, FieldValue
from processing.errors import UnsupportedFormat
from processing.extractors.credit_notes import make_positive
from processing.extractors.einvoice.cii import CII
from processing.extractors.einvoice.fattura import FATTURA, adjust_fattura
from processing.extractors.einvoice.paths import Grammar, Source, per_unit
from processing.extractors.einvoice.ubl import UBL, adjust_ubl
from processing.readers.xml_safe import Syntax, detect_syntax, invoice_root, local_name, parse_xml

_GRAMMARS: dict[Syntax, Grammar] = {
    "ubl_invoice": UBL,
    "ubl_credit_note": UBL,
    "cii": CII,
    "zugferd1": CII,
    "fatturapa": FATTURA,
}
_ADJUST: dict[Syntax, Callable[[Source, Extraction], None]] = {
    "ubl_invoice": adjust_ubl,
    "ubl_credit_note": adjust_ubl,
    "fatturapa": adjust_fattura,
}
# UNTDID 1001 and the Italian TipoDocumento; what is not here is an invoice (380, 326, 386, 875, TD01, …).
_DOCUMENT_TYPES = {
    **dict.fromkeys(("81", "83", "261", "262", "296", "308", "381", "396", "420", "458", "532"), "credit_note"),
    **dict.fromkeys(("TD04", "TD08"), "credit_note"),
    "384": "corrected_invoice",
    "389": "self_billed_invoice",
    **dict.fromkeys(("TD16", "TD17", "TD18", "TD19", "TD20", "TD21", "TD27"), "self_billed_invoice"),
}


def extract_einvoice(xml: bytes) -> Extraction:
    """All fields, lines and VAT rows of an e-invoice (UBL, CII, ZUGFeRD 1, FatturaPA), as they stand in it.

    Raises UnsupportedFormat where the syntax is not known and the errors of ``parse_xml`` where it cannot be parsed."""
    root = parse_xml(xml)
    syntax = detect_syntax(root)
    if syntax is None:
        raise UnsupportedFormat(f"The XML is not a known kind of invoice (its root element is {local_name(root)!r}).")
    grammar = _GRAMMARS[syntax]
    source = Source(invoice_root(root), grammar.synonyms)
    currency = source.read(source.root, {"currency": grammar.header["currency"]}).get("currency")
    source.currency = str(currency.value) if currency else ""
    extraction = Extraction("xml", source.read(source.root, grammar.header), reasons=source.reasons)
    extraction.fields["document_type"] = _document_type(source, grammar, syntax)
    for number, element in enumerate(source.elements(source.root, grammar.lines)):
        line = source.read(element, grammar.line, prefix=f"line_items[{number}].")
        if "unit_price" in line and grammar.base_quantity:
            line["unit_price"] = per_unit(line["unit_price"], source.text(element, grammar.base_quantity))
        extraction.lines.append(line)
    for number, element in enumerate(source.elements(source.root, grammar.taxes)):
        extraction.taxes.append(source.read(element, grammar.tax, prefix=f"taxes[{number}]."))
    if adjust := _ADJUST.get(syntax):
        adjust(source, extraction)
    _drop_empty_lines(extraction)
    if not extraction.lines and not _has_no_lines(source):
        extraction.reasons.append(reason("missing_lines", "line_items", "The e-invoice has no lines (BR-16)."))
    _derive_totals(extraction.fields)
    _turn_negative_invoice(extraction)
    return extraction


def _turn_negative_invoice(extraction: Extraction) -> None:
    """An invoice (380) or correction (384) whose total is negative gives money back: a credit note, with the amounts of
    one."""
    total, kind = extraction.fields.get("total_amount"), extraction.fields["document_type"]
    money_back = kind.value in {"invoice", "corrected_invoice"}
    if money_back and total is not None and isinstance(total.value, Decimal) and total.value < 0:
        extraction.fields["document_type"] = replace(kind, value="credit_note")
        make_positive(extraction)


def _document_type(source: Source, grammar: Grammar, syntax: Syntax) -> FieldValue:
    found = source.elements(source.root, grammar.type_code)
    code = (found[0].text or "").strip() if found else ""
    kind = "credit_note" if syntax == "ubl_credit_note" else _DOCUMENT_TYPES.get(code, "invoice")
    node = found[0] if found else source.root
    return FieldValue(kind, code or local_name(node), "xml", source.place(node))


def _has_no_lines(source: Source) -> bool:
    """Whether the profile is one without lines: MINIMUM and BASIC WL of Factur-X and ZUGFeRD."""
    profile = source.text(source.root, "ExchangedDocumentContext/GuidelineSpecifiedDocumentContextParameter/ID")
    return re.search(r":(?:minimum|basic\s?wl)\b", profile, re.I) is not None


def _drop_empty_lines(extraction: Extraction) -> None:
    """ZUGFeRD 1 has lines that are nothing but a note."""
    telling = {"description", "quantity", "unit_price", "amount"}
    extraction.lines = [line for line in extraction.lines if telling & line.keys()]


def _derive_totals(fields: Fields) -> None:
    """Totals that the syntax lets an invoice leave out, from those that it gives: derived, so without evidence."""

    def derive(name: str, plus: tuple[str, ...], minus: tuple[str, ...] = ()) -> None:
        if name in fields or not all(part in fields for part in (plus + minus)):
            return
        total = Decimal(0)
        for part in plus + minus:
            value = fields[part].value
            assert isinstance(value, Decimal)
            total += value if part in plus else -value
        fields[name] = FieldValue(total, str(total), "xml", derived_from=", ".join(plus + minus))

    derive("total_amount", ("subtotal", "tax_amount"))
    if not {"amount_paid", "rounding"} & fields.keys():
        derive("total_amount", ("amount_due",))
    derive("subtotal", ("total_amount",), ("tax_amount",))
    derive("tax_amount", ("total_amount",), ("subtotal",))
