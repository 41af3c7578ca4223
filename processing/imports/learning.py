"""Plays a labelled set as months of work: each document is read, corrected by its label as a person would, and teaches.

Nothing is recorded in the books: the memory of a run is its own."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, fields
from datetime import date
from decimal import Decimal
from pathlib import Path
from random import Random
from typing import Any

from invoices.records import DATE_FIELDS, HEADER_FIELDS, MONEY_FIELDS, InvoiceData, LineData
from invoices.rules.resemblance import look_of, resemble
from invoices.scoring import ScoreReport, same, score
from processing.content.extraction import Extraction
from processing.content.records import DocumentContent
from processing.extractors.memory.keys import compact
from processing.extractors.memory.lessons import lessons_of
from processing.extractors.memory.recall import Document, look_at, search_keys
from processing.extractors.memory.records import Entry, Key, KnownVendor
from processing.imports.evaluation import evaluate_file
from processing.pipeline.memory import recalled
from processing.services.documents import JobOptions

# A wrong correction takes the value of another field of its kind, as who slips by a row does.
_SLIPS = {
    "invoice_number": "purchase_order", "invoice_date": "due_date", "due_date": "invoice_date",
    "purchase_order": "invoice_number", "subtotal": "total_amount", "total_amount": "subtotal",
    "vendor_name": "buyer_name",
}  # fmt: skip


@dataclass(slots=True)
class Book:
    """What was taught so far: by vendor its name, and for each entry how many agree and how many say otherwise."""

    names: dict[str, str] = field(default_factory=dict)
    entries: dict[str, dict[tuple[str, ...], list[Any]]] = field(default_factory=dict)
    by_key: dict[Key, set[str]] = field(default_factory=dict)

    def known(self, vendor: str) -> KnownVendor:
        rows = self.entries.get(vendor, {})
        held = tuple(Entry(**(_columns(entry) | {"weight": yes - no})) for entry, yes, no in rows.values())
        return KnownVendor(vendor, self.names.get(vendor, ""), held)

    def candidates(self, looked: Document, by_rules: Extraction) -> list[KnownVendor]:
        found = {vendor for key in search_keys(looked) for vendor in self.by_key.get(key, ())}
        read = by_rules.fields.get("vendor_name")
        look = look_of(str(read.value)) if read is not None else ""
        found |= {vendor for vendor, name in self.names.items() if resemble(look, look_of(name))}
        return [self.known(vendor) for vendor in sorted(found)]

    def learn(self, looked: Document, invoice: InvoiceData, evidence: Mapping[str, Mapping[str, Any]]) -> None:
        vendor = compact(invoice.vendor_tax_id or "") or look_of(invoice.vendor_name or "")
        if not vendor:
            return
        known = self.known(vendor) if vendor in self.names else None
        self.names.setdefault(vendor, invoice.vendor_name or "")
        rows = self.entries.setdefault(vendor, {})
        for lesson in lessons_of(looked, invoice, evidence, known=known):
            entry = lesson.entry
            row = rows.setdefault(entry.identity, [entry, 0, 0])
            row[1 if lesson.agrees else 2] += 1
            self.by_key.setdefault((entry.kind, entry.key), set()).add(vendor)


@dataclass(frozen=True, slots=True)
class Step:
    """The ``nth`` document of its vendor, from 1: its label, and its entry as in results.json before the correction."""

    nth: int
    label: dict[str, Any]
    entry: dict[str, Any]


@dataclass(frozen=True, slots=True)
class Row:
    """The documents that were the ``nth`` of their vendor."""

    nth: int
    report: ScoreReport


def play(
    paths: Sequence[Path],
    labels: Sequence[Mapping[str, Any]],
    *,
    options: JobOptions,
    wrong: float = 0.0,
    on_done: Callable[[], Any] = lambda: None,
) -> Iterator[Step]:
    """Read, correct and learn each document in order. ``wrong``: the share of corrected values that are wrong."""
    book, chance, seen = Book(), Random(5), {}  # type: ignore[var-annotated]
    for path, label in zip(paths, labels, strict=True):
        kept: list[Document] = []

        def recall(content: DocumentContent, by_rules: Extraction, kept: list[Document] = kept) -> Extraction | None:
            looked = look_at(content)
            if looked is None:
                return None
            kept.append(looked)
            return recalled(looked, book.candidates(looked, by_rules), by_rules)

        entry = evaluate_file(path, options, recall=recall)
        expected = label["expected"]
        vendor = compact(expected.get("vendor_tax_id") or "") or look_of(expected.get("vendor_name") or "")
        seen[vendor] = seen.get(vendor, 0) + 1
        if kept and entry.get("invoice"):
            invoice = _corrected(entry["invoice"], expected, wrong, chance)
            same_place = {
                name: {**place, "method": "rules"}
                for name, place in entry["evidence"].items()
                if same(name, entry["invoice"].get(name), expected.get(name))
            }
            book.learn(kept[0], invoice, same_place)
        on_done()
        yield Step(seen[vendor], dict(label), entry)


def rows_of(steps: Sequence[Step]) -> list[Row]:
    """The figures by how many documents of a vendor came before."""
    return [
        Row(nth, score([s.entry for s in steps if s.nth == nth], [s.label for s in steps if s.nth == nth]))
        for nth in sorted({step.nth for step in steps})
    ]


def _corrected(read: Mapping[str, Any], expected: Mapping[str, Any], wrong: float, chance: Random) -> InvoiceData:
    values: dict[str, Any] = {}
    for name in HEADER_FIELDS:
        value = expected[name] if name in expected else read.get(name)
        slip = _SLIPS.get(name)
        corrected = name in expected and not same(name, read.get(name), expected[name])
        if corrected and slip and expected.get(slip) and chance.random() < wrong:
            value = expected[slip]
        values[name] = _value(name, value)
    invoice = InvoiceData(**values)
    rows = expected.get("line_items") or read.get("line_items") or []
    names = {f.name for f in fields(LineData)} - {"shipment"}
    invoice.line_items = [LineData(**{n: _value(n, v) for n, v in row.items() if n in names}) for row in rows]
    return invoice


def _value(name: str, value: Any) -> Any:
    if value in (None, ""):
        return None
    if name in DATE_FIELDS:
        return date.fromisoformat(value) if isinstance(value, str) else value
    if name in MONEY_FIELDS or name in _NUMBERS:
        return Decimal(str(value))
    return value


_NUMBERS = frozenset({"quantity", "unit_price", "discount", "amount", "tax_rate", "billed_weight"})


def _columns(entry: Entry) -> dict[str, Any]:
    return {f.name: getattr(entry, f.name) for f in fields(Entry)}
