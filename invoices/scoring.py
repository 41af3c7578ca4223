"""How right extraction results are against a labelled set: precision, recall, F1, line items, acceptance. Pure.

A label is ``{"file", "expected": {field: value, ..., "line_items": [...]}}``, a result is an entry of ``results.json``.
Values are compared in a normal form: text without case, outer punctuation and repeated space; money at two places;
other numbers at four; identifiers without white space. ``<field>_alternatives`` in a label lists further right values.
A wrong value is both a false positive and a false negative. What the label does not hold is not scored.
Line items follow DocILE's line-item recognition (Šimsa et al. 2023): found and expected lines are paired so that most
fields agree, then fields are counted over all pairs, unpaired lines as missed or invented.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal, InvalidOperation
from pathlib import PurePath
from typing import Any

from common.text import caseless

HEADER_SCORED = (
    "vendor_name",
    "vendor_tax_id",
    "buyer_name",
    "invoice_number",
    "invoice_date",
    "due_date",
    "currency",
    "subtotal",
    "tax_amount",
    "total_amount",
    "amount_due",
    "purchase_order",
    "iban",
    "document_type",
)
CORE_SCORED = frozenset({"vendor_name", "invoice_number", "invoice_date", "currency", "total_amount"})
LINE_SCORED = ("description", "quantity", "unit_price", "amount")

_PLACES = {
    **dict.fromkeys(("subtotal", "tax_amount", "total_amount", "amount_due", "amount_paid", "amount"), Decimal("0.01")),
    **dict.fromkeys(("quantity", "unit_price", "tax_rate"), Decimal("0.0001")),
}
_IDENTIFIERS = frozenset({"vendor_tax_id", "buyer_tax_id", "iban", "invoice_number", "purchase_order"})


@dataclass(slots=True)
class Tally:
    """Right, found and expected values, and the ratios from them (None where there is nothing to divide by)."""

    right: int = 0
    found: int = 0
    expected: int = 0

    def add(self, other: Tally) -> None:
        self.right += other.right
        self.found += other.found
        self.expected += other.expected

    @property
    def precision(self) -> float | None:
        return ratio(self.right, self.found)

    @property
    def recall(self) -> float | None:
        return ratio(self.right, self.expected)

    @property
    def f1(self) -> float | None:
        return ratio(2 * self.right, self.found + self.expected)


@dataclass(frozen=True, slots=True)
class Miss:
    """One header value that is wrong or was not found."""

    file: str
    field: str
    expected: Any
    found: Any


@dataclass(slots=True)
class ScoreReport:
    """``documents`` are the labels; ``missing`` of them have no result; ``core_right`` have every labelled core field
    right; ``accepted`` were completed with an empty review list, ``accepted_right`` of those are core-right."""

    documents: int = 0
    missing: int = 0
    core_right: int = 0
    accepted: int = 0
    accepted_right: int = 0
    cost_usd: Decimal = Decimal(0)
    methods: Counter[str] = field(default_factory=Counter)
    fields: dict[str, Tally] = field(default_factory=dict)
    header: Tally = field(default_factory=Tally)
    lines: Tally = field(default_factory=Tally)
    misses: list[Miss] = field(default_factory=list)

    @property
    def cost_usd_per_document(self) -> Decimal:
        return (self.cost_usd / max(1, self.documents)).quantize(Decimal("0.000001"))

    def as_json(self) -> dict[str, Any]:
        """The report as plain JSON values; shares are of all documents, ``accepted_right`` of the accepted ones."""
        return {
            "documents": self.documents,
            "missing": self.missing,
            "methods": dict(self.methods),
            "cost_usd": str(self.cost_usd),
            "cost_usd_per_document": str(self.cost_usd_per_document),
            "fields": {
                name: {"n": tally.expected, "precision": tally.precision, "recall": tally.recall, "f1": tally.f1}
                for name, tally in self.fields.items()
            },
            "micro_f1": self.header.f1,
            "line_item_f1": self.lines.f1,
            "core_right": ratio(self.core_right, self.documents),
            "accepted": ratio(self.accepted, self.documents),
            "accepted_right": ratio(self.accepted_right, self.accepted),
        }


def score(results: Iterable[Mapping[str, Any]], labels: Iterable[Mapping[str, Any]]) -> ScoreReport:
    """Score entries of results.json against ``labels``, the entries of expected.json, paired by file name."""
    by_file = {PurePath(result["file"]).name: result for result in results}
    report = ScoreReport()
    tallies = {name: Tally() for name in HEADER_SCORED}
    for label in labels:
        result = by_file.get(label["file"])
        report.documents += 1
        report.missing += result is None
        _score_document(report, tallies, result or {}, label)
    report.fields = {name: tally for name, tally in tallies.items() if tally.expected}
    for tally in tallies.values():
        report.header.add(tally)
    return report


def score_lines(found: Sequence[Mapping[str, Any]], expected: Sequence[Mapping[str, Any]]) -> Tally:
    """Line-item recognition of one document: fields that agree, fields found, fields expected."""
    agreeing = {
        (i, j): sum(same(name, line.get(name), label[name]) for name in LINE_SCORED if label.get(name) is not None)
        for i, line in enumerate(found)
        for j, label in enumerate(expected)
    }
    free_found, free_expected, right = set(range(len(found))), set(range(len(expected))), 0
    # The best pairs first, among equals those that stand at the same position.
    for (i, j), hits in sorted(agreeing.items(), key=lambda item: (-item[1], abs(item[0][0] - item[0][1]))):
        if hits and i in free_found and j in free_expected:
            free_found.remove(i)
            free_expected.remove(j)
            right += hits
    labelled = [name for name in LINE_SCORED if any(label.get(name) is not None for label in expected)]
    return Tally(
        right=right,
        found=sum(line.get(name) is not None for line in found for name in labelled),
        expected=sum(label.get(name) is not None for label in expected for name in LINE_SCORED),
    )


def same(name: str, found: Any, expected: Any, alternatives: Iterable[Any] = ()) -> bool:
    """Whether a found value equals the expected one, or one of its alternatives, in the field's normal form."""
    return normal_form(name, found) in {normal_form(name, value) for value in (expected, *alternatives)}


def normal_form(name: str, value: Any) -> str | Decimal | None:
    """The comparable form of a field's value; None where there is no value."""
    if value is None or not str(value).strip():
        return None
    text = caseless(str(value))
    places = _PLACES.get(name)
    if places is not None:
        try:
            return Decimal(text).quantize(places)
        except InvalidOperation:
            return f"not a number: {text}"
    if name in _IDENTIFIERS:
        return text.replace(" ", "")
    return text.strip(" .,;:|-_'\"")


def ratio(part: int, whole: int) -> float | None:
    """``part / whole`` at four places; None where ``whole`` is 0."""
    return round(part / whole, 4) if whole else None


def _score_document(
    report: ScoreReport, tallies: dict[str, Tally], result: Mapping[str, Any], label: Mapping[str, Any]
) -> None:
    expected, invoice = label["expected"], result.get("invoice") or {}
    report.methods[result.get("method") or "none"] += 1
    report.cost_usd += Decimal(str((result.get("usage") or {}).get("cost_usd") or 0))
    core_right = True
    for name in HEADER_SCORED:
        if expected.get(name) is None:
            continue
        found, tally = invoice.get(name), tallies[name]
        tally.expected += 1
        tally.found += normal_form(name, found) is not None
        if same(name, found, expected[name], expected.get(f"{name}_alternatives", ())):
            tally.right += 1
        else:
            core_right = core_right and name not in CORE_SCORED
            report.misses.append(Miss(file=label["file"], field=name, expected=expected[name], found=found))
    if expected.get("line_items"):
        report.lines.add(score_lines(invoice.get("line_items") or [], expected["line_items"]))
    report.core_right += core_right
    if result.get("status") == "completed" and not result.get("review"):
        report.accepted += 1
        report.accepted_right += core_right
