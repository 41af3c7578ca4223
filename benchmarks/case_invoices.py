"""Cases of invoices: what must come out of each file, field by field and line by line."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from pathlib import Path
from typing import Any

from benchmarks.case_compare import CENT, Miss, Outcome, Row, field_agrees, folded, form, labelled, number, paired, same
from benchmarks.case_product import Entry, is_ready, reasons_of

_NOT_A_FIELD = frozenset(["line_items", "note", "must", "refused", "documents", "kind", "file"])
_SIGNED = ("quantity", "amount")


def compare_file(outcome: Outcome, path: Path, expected: Row, entries: Sequence[Entry]) -> None:
    """The documents that came out of one file against its label, or its refusal."""
    for entry in entries:
        outcome.reasons += [f"{path.name}: {reason}" for reason in reasons_of(entry)]
    code = (expected.get("refused") or {}).get(path.name)
    if code is not None:
        got = next((entry["error"]["code"] for entry in entries if entry.get("error")), None)
        before = len(outcome.misses)
        outcome.expect("values", got == code, Miss(path.name, "document", got, f"refused: {code}"))
        outcome.judge(any(map(is_ready, entries)), outcome.misses[before:])
        return
    wanted = expected.get("documents") or [expected]
    rest = [entry for entry in entries if entry.get("invoice")]
    for label in wanted:
        where = path.name if len(wanted) == 1 else f"{path.name} {label.get('invoice_number')}"
        taken = _entry_of(rest, label, alone=len(wanted) == 1)
        before = len(outcome.misses)
        compare_invoice(outcome, where, label, (taken or {}).get("invoice") or {})
        outcome.judge(taken is not None and is_ready(taken), outcome.misses[before:])
    for entry in rest:
        more = Miss(path.name, "document", entry["invoice"].get("invoice_number"), "no such document")
        outcome.misses.append(more)
        outcome.judge(is_ready(entry), [more])


def _entry_of(rest: list[Entry], label: Row, *, alone: bool) -> Entry | None:
    """Takes the document with the label's number from ``rest``; without one that which is expected alone."""
    wanted = form("invoice_number", label.get("invoice_number"))
    for position, entry in enumerate(rest):
        if wanted is not None and form("invoice_number", entry["invoice"].get("invoice_number")) == wanted:
            return rest.pop(position)
    return rest.pop(0) if rest and (alone or wanted is None) else None


def compare_invoice(outcome: Outcome, where: str, label: Row, found: Row) -> None:
    """A credit note may have its signs either way round, as long as its lines agree with each other."""
    for name in [name.removesuffix("_alternatives") for name in label if name.endswith("_alternatives")]:
        if name not in label and found.get(name) is not None:  # it may be left out, but not be another
            label = {**label, name: label[f"{name}_alternatives"][0]}
    names = [name for name in labelled(label) if name not in _NOT_A_FIELD]
    lines, wanted = list(found.get("line_items") or ()), list(label.get("line_items") or ())
    credit = label.get("document_type") == "credit_note"
    if credit and _agreeing(_turned(lines), wanted) > _agreeing(lines, wanted):
        lines = _turned(lines)
    pairs, left = paired(lines, wanted, line_agrees)
    charged = number(label.get("charge_total"))
    as_lines = [i for i in left if charged is not None and form("amount", lines[i].get("amount")) == charged]
    for name in names:
        right = field_agrees(name, found, label)
        if name == "charge_total" and as_lines:
            right = right or form(name, found.get(name)) in (None, Decimal(0))
        if not right and credit and number(label[name]) is not None:
            right = _amounts_turned(name, found, label)
        outcome.expect("values", right, Miss(where, name, found.get(name), label[name]))
    for i, j in pairs:
        line = lines[i] if i is not None else {}
        place = f"{where} line {j + 1}"
        if i is None:
            outcome.misses.append(Miss(place, "line", None, wanted[j].get("description")))
        for name in labelled(wanted[j]):
            miss = Miss(place, name, line.get(name), wanted[j][name])
            if i is None:
                outcome.figures["values"] += 1
            else:
                outcome.expect("values", line_agrees(name, line, wanted[j]), miss)
    for i in left:
        if wanted and i not in as_lines[:1]:
            said = f"{lines[i].get('description')} {lines[i].get('amount')}"
            outcome.misses.append(Miss(where, "line", said, "no such line"))


def line_agrees(name: str, found: Row, expected: Row) -> bool:
    """A unit price may be before or after the discount of its line, an amount may be that of quantity × price, and a
    description may go on where the label has its first line only."""
    if field_agrees(name, found, expected):
        return True
    if name == "description":
        return folded(found.get(name)).startswith(f"{folded(expected[name])} ")
    quantity, amount = number(expected.get("quantity")), number(expected.get("amount"))
    if name == "unit_price" and quantity and amount is not None and (price := number(found.get(name))) is not None:
        return abs(price * quantity - amount) < CENT
    if name == "amount" and quantity and (price := number(expected.get("unit_price"))) is not None:
        exact = price * quantity
        near = amount is not None and abs(exact - amount) < 2 * CENT
        return near and same(name, found.get(name), exact)
    return False


def _amounts_turned(name: str, found: Row, label: Row) -> bool:
    value = number(found.get(name))
    return value is not None and same(name, -value, label[name])


def _turned(lines: Sequence[Row]) -> list[dict[str, Any]]:
    return [
        {name: -value if name in _SIGNED and (value := number(line[name])) is not None else line[name] for name in line}
        for line in lines
    ]


def _agreeing(lines: Sequence[Row], wanted: Sequence[Row]) -> int:
    pairs, _ = paired(lines, wanted, line_agrees)
    return sum(line_agrees(n, lines[i], wanted[j]) for i, j in pairs if i is not None for n in labelled(wanted[j]))
