"""The fields of an invoice as people read them: labels, groups, values in words, how sure and why. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any

from invoices.methods import METHODS
from invoices.records import DATE_FIELDS, HEADER, MONEY_FIELDS, InvoiceData, ReviewReason

GROUP_TITLES = ("Document", "Amounts", "Seller", "Buyer", "References", "Payment")
GROUPS: tuple[tuple[str, tuple[str, ...]], ...] = tuple(
    (title, tuple(name for name, each in HEADER.items() if each.group == title)) for title in GROUP_TITLES
)
LABELS = {name: each.label for name, each in HEADER.items()} | {
    "line_number": "No.", "description": "Description", "item_code": "Item", "quantity": "Quantity", "unit": "Unit",
    "unit_price": "Price", "discount": "Discount", "amount": "Amount", "tax_rate": "Tax %", "service": "Service",
    "origin": "From", "destination": "To", "zone": "Zone", "billed_weight": "Weight", "weight_unit": "Unit",
    "ship_date": "Shipped", "tracking_number": "Tracking", "charge_code": "Charge", "charge_kind": "Kind", "rate":
    "Rate %",
}  # fmt: skip
FIGURES = frozenset({"quantity", "unit_price", "discount", "amount", "tax_rate", "billed_weight", "rate", "base"})
_MONEY = MONEY_FIELDS | {"amount", "base", "unit_price", "discount"}
# Below these a value deserves a look, or doubt.
SURE, LIKELY = Decimal("0.9"), Decimal("0.7")


def field_in_words(name: str) -> str:
    """The public name of a field as words, which need no heading of a group: ``vendor name``, ``IBAN``."""
    return name.upper() if name in ("iban", "bic") else name.replace("_", " ")


@dataclass(frozen=True, slots=True)
class ShownField:
    """One value as a page shows it; ``key`` is unique on the page (``total_amount``, ``line_items[0].amount``)."""

    key: str
    label: str
    value: str
    percent: int | None = None
    level: str = ""
    how: str = ""
    page: int | None = None
    box: tuple[float, float, float, float] | None = None
    cell: str = ""
    path: str = ""
    text: str = ""
    reasons: tuple[ReviewReason, ...] = ()
    is_figure: bool = False

    @property
    def anchor(self) -> str:
        """The key as an id in HTML."""
        return re.sub(r"[^a-z0-9_]+", "-", self.key.casefold()).strip("-")


@dataclass(frozen=True, slots=True)
class ShownGroup:
    title: str
    fields: list[ShownField] = field(default_factory=list)


def shown_groups(
    invoice: InvoiceData, evidence: Mapping[str, Any], reasons: Sequence[ReviewReason]
) -> list[ShownGroup]:
    """The header fields that have a value, or a reason to miss one, in their groups; empty groups are left out."""
    groups = []
    for title, names in GROUPS:
        fields = [
            shown_field(name, getattr(invoice, name), evidence.get(name), reasons)
            for name in names
            if getattr(invoice, name) is not None or any(reason.field == name for reason in reasons)
        ]
        if fields:
            groups.append(ShownGroup(title, fields))
    return groups


def shown_rows(
    prefix: str,
    rows: Sequence[Any],
    columns: Sequence[str],
    evidence: Sequence[Mapping[str, Any]],
    reasons: Sequence[ReviewReason],
) -> tuple[list[tuple[str, str, bool]], list[list[ShownField]]]:
    """Lines or taxes as a table: the columns that hold anything (name, label, whether figures), and their fields."""
    used = [name for name in columns if any(getattr(row, name) is not None for row in rows)]
    table = [
        [shown_field(f"{prefix}[{i}].{name}", getattr(row, name), evidence[i].get(name), reasons) for name in used]
        for i, row in enumerate(rows)
    ]
    return [(name, LABELS.get(name, name.capitalize()), name in FIGURES) for name in used], table


def shown_field(
    key: str, value: Any, evidence: Mapping[str, Any] | None, reasons: Iterable[ReviewReason]
) -> ShownField:
    """One value with what is known about it."""
    entry = evidence or {}
    name = key.rsplit(".", 1)[-1]
    sure = Decimal(entry["confidence"]) if entry.get("confidence") else None
    box = entry.get("box")
    return ShownField(
        key=key,
        label=LABELS.get(name, name.replace("_", " ").capitalize()),
        value=shown_value(value, money=name in _MONEY),
        percent=None if sure is None else int(sure * 100),
        level="" if sure is None else "high" if sure >= SURE else "middle" if sure >= LIKELY else "low",
        how=how_read(entry) if entry else "",
        page=entry.get("page"),
        box=(box[0], box[1], box[2], box[3]) if box else None,
        cell=entry.get("cell") or "",
        path=entry.get("path") or "",
        text=entry.get("text") or "",
        reasons=tuple(reason for reason in reasons if reason.field == key),
        is_figure=isinstance(value, Decimal) or name in DATE_FIELDS,
    )


def how_read(entry: Mapping[str, Any]) -> str:
    """A sentence: how the value was come by, and where it stands."""
    method = METHODS[entry["method"]].told if entry.get("method") in METHODS else ""
    if entry.get("derived_from"):
        derived = entry["derived_from"]
        sources = derived.split(", ") if isinstance(derived, str) else derived
        names = ", ".join(LABELS.get(name, name).lower() for name in sources)
        return f"Computed from {names}."
    if entry.get("method") == "person":
        return "Entered by a person."
    if entry.get("cell"):
        cell = entry["cell"]
        line = re.match(r"line:(\d+)", cell)
        where = f" in line {line[1]}" if line else f" in cell {cell}"
    elif entry.get("page") and entry.get("box"):
        where = f" on page {entry['page']}"
    else:
        where = "" if entry.get("path") else "; position unknown"
    return f"Read {method}{where}.".replace("  ", " ")


def shown_value(value: Any, *, money: bool = False) -> str:
    """A value for people: dates by their month's name, amounts with two places at least, no needless zeros."""
    if value is None or value == "":
        return ""
    if isinstance(value, date):
        return f"{value.day} {value:%b %Y}"
    if isinstance(value, Decimal):
        plain = value.normalize()
        places = max(2 if money else 0, -int(plain.as_tuple().exponent) if plain.as_tuple().exponent < 0 else 0)  # type: ignore[operator]
        return f"{plain:,.{places}f}"
    return str(value).replace("_", " ").capitalize() if str(value) in _TYPES else str(value)


_TYPES = frozenset({"invoice", "credit_note", "corrected_invoice", "self_billed_invoice"})
