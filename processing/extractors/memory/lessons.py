"""What an approval teaches: entries that the confirmed values bear out on their document, and those that they
contradict."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import date
from typing import Any

from rapidfuzz import fuzz

from invoices.records import DATE_FIELDS, InvoiceData
from invoices.rules.resemblance import look_of, own_domain
from invoices.values import day_first_of, decimal_separator_of
from invoices.values.dates import find_dates
from processing.extractors.header.grid import Grid
from processing.extractors.memory.columns import columns_of_lines
from processing.extractors.memory.keys import compact, name_pieces, phone_key
from processing.extractors.memory.places import PLACED, Conventions, find_value, places_of, same_value
from processing.extractors.memory.recall import Document
from processing.extractors.memory.records import Entry, Kind, KnownVendor, Lesson

# What a fraud changes: learnt by itself only where nothing else was known.
GUARDED = frozenset({"iban", "domain"})
ALIKE = 60.0  # of a hundred: a printed name and what a person made of it


def lessons_of(
    document: Document,
    invoice: InvoiceData,
    evidence: Mapping[str, Mapping[str, Any]],
    *,
    known: KnownVendor | None,
    doubted: Collection[str] = (),
) -> list[Lesson]:
    """``evidence`` as on the invoice; ``doubted`` are kinds of ``GUARDED`` that the books warned of: they teach
    nothing."""
    grid = document.grid
    conventions = _conventions(grid, invoice)
    learnt = [
        *_identity(document, invoice, evidence, known, doubted),
        *_habits(grid, invoice, conventions),
    ]
    for name in PLACED:
        value = getattr(invoice, name)
        if value not in (None, ""):
            learnt += places_of(grid, name, value, conventions)
    if invoice.line_items and not invoice.shipments:
        learnt += columns_of_lines(document.content, invoice.line_items, conventions.decimal_separator)
    if document.layout:
        learnt.append(Entry("layout", document.layout))
    lessons = {entry.identity: Lesson(entry) for entry in learnt}
    for entry in known.entries if known else ():
        if entry.identity not in lessons and _contradicted(entry, document, invoice, conventions, learnt):
            lessons[entry.identity] = Lesson(entry, agrees=False)
    return list(lessons.values())


def _identity(
    document: Document,
    invoice: InvoiceData,
    evidence: Mapping[str, Mapping[str, Any]],
    known: KnownVendor | None,
    doubted: Collection[str],
) -> list[Entry]:
    found: list[Entry] = []
    printed = _printed_name(document.grid, invoice, evidence)
    if printed:
        found.append(Entry("name", look_of(printed)[:150], (invoice.vendor_name or "")[:300], label=printed[:150]))
    tax_id = compact(invoice.vendor_tax_id or "")
    if tax_id and ("tax_id", tax_id) in document.keys:
        found.append(Entry("tax_id", tax_id, invoice.vendor_tax_id or ""))
    guarded: tuple[tuple[Kind, set[str]], ...] = (
        ("iban", {compact(invoice.iban or "")}),
        ("domain", {key for k, key in document.keys if k == "domain"} & _domains(invoice)),
    )
    for kind, keys in guarded:
        before = {entry.key for entry in known.entries if entry.kind == kind} if known else set()
        found += [
            Entry(kind, key, key if kind == "iban" else (invoice.vendor_email or "").rpartition("@")[2].lower()[:300])
            for key in sorted(keys - {""})
            if (kind, key) in document.keys and (key in before or (not before and kind not in doubted))
        ]
    phone = phone_key(invoice.vendor_phone or "")
    if phone and ("phone", phone) in document.keys:
        found.append(Entry("phone", phone, invoice.vendor_phone or ""))
    return found


def _domains(invoice: InvoiceData) -> set[str]:
    domain = own_domain((invoice.vendor_email or "").rpartition("@")[2])
    return {domain} - {""}


def _printed_name(grid: Grid, invoice: InvoiceData, evidence: Mapping[str, Mapping[str, Any]]) -> str:
    name = invoice.vendor_name or ""
    entry = evidence.get("vendor_name") or {}
    text = str(entry.get("text") or "")
    if text and any(entry.get(key) for key in ("box", "cell")) and look_of(text) and _is_name(text, name):
        return text
    best = (ALIKE, "")
    for piece in name_pieces(grid):
        if len(piece.text) <= 120:
            score = fuzz.ratio(look_of(piece.text), look_of(name), score_cutoff=best[0])
            if score > best[0]:
                best = (score, piece.text)
    return best[1]


def _is_name(text: str, name: str) -> bool:
    return fuzz.ratio(look_of(text), look_of(name)) >= ALIKE


def _habits(grid: Grid, invoice: InvoiceData, conventions: Conventions) -> list[Entry]:
    found = []
    if invoice.currency:
        found.append(Entry("currency", invoice.currency, invoice.currency))
    order = _order_of(grid, invoice)
    if order is None:
        order = day_first_of(piece.text for piece in grid.pieces)
    if order is not None:
        key = "day first" if order else "month first"
        found.append(Entry("date_order", key, key))
    if conventions.decimal_separator:
        key = "comma" if conventions.decimal_separator == "," else "point"
        found.append(Entry("decimals", key, key))
    if invoice.payment_terms:
        found.append(Entry("terms", " ".join(invoice.payment_terms.casefold().split())[:150],
                           invoice.payment_terms[:300]))  # fmt: skip
    return found


def _order_of(grid: Grid, invoice: InvoiceData) -> bool | None:
    """Whether the confirmed dates stand with the day first; None where none of them could be read both ways."""
    values = {value for name in DATE_FIELDS if isinstance(value := getattr(invoice, name, None), date)}
    votes = 0
    for piece in grid.pieces:
        for by_day in find_dates(piece.text, day_first=True):
            if by_day.ambiguous:
                by_month = find_dates(piece.text[by_day.start : by_day.end], day_first=False)
                votes += by_day.value in values
                votes -= bool(by_month) and by_month[0].value in values
    return None if votes == 0 else votes > 0


def _conventions(grid: Grid, invoice: InvoiceData) -> Conventions:
    order = _order_of(grid, invoice)
    texts = [piece.text for piece in grid.pieces]
    if order is None:
        order = day_first_of(texts, currency=invoice.currency, country=invoice.vendor_country)
    return Conventions(order, decimal_separator_of(texts))


def _contradicted(
    entry: Entry, document: Document, invoice: InvoiceData, conventions: Conventions, learnt: list[Entry]
) -> bool:
    if entry.kind == "name":
        return ("name", entry.key) in document.keys and entry.value != (invoice.vendor_name or "")
    if entry.kind in ("date_order", "decimals"):
        return any(other.kind == entry.kind for other in learnt)
    if entry.kind == "field":
        found = find_value(document.grid, entry, conventions)
        return found is not None and not same_value(found.value, getattr(invoice, entry.field))
    if entry.kind == "column":
        return any(
            other.kind == "column" and other.layout == entry.layout
            and (other.field == entry.field) != (other.key == entry.key)
            for other in learnt
        )  # fmt: skip
    return False
