"""What must be read from a drawn document, proved by arithmetic, and the register of all documents."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from stdnum import iban as iban_numbers

from tests.drawn.sheet import Sheet, cents

Line = dict[str, Any]
Label = dict[str, Any]

STATED = (
    "document_type",
    "invoice_number",
    "invoice_date",
    "due_date",
    "currency",
    "purchase_order",
    "vendor_name",
    "vendor_tax_id",
    "buyer_name",
    "subtotal",
    "tax_amount",
    "total_amount",
    "amount_due",
    "iban",
)
"""Every label says of these what the document states; null is: it states none."""


@dataclass(frozen=True)
class Drawn:
    """One document: ``draw`` draws a PDF on the sheet, or gives the bytes of a file of another kind, with the label."""

    file: str
    language: str
    country: str
    scan_degrees: float | None
    draw_page: Callable[[Sheet], Label] | None = None
    make_file: Callable[[], tuple[bytes, Label]] | None = None

    @property
    def kind(self) -> str:
        if self.scan_degrees is not None:
            return "scan"
        suffix = self.file.rpartition(".")[2]
        return "pdf-text" if suffix == "pdf" else suffix


DOCUMENTS: list[Drawn] = []


def page(
    file: str, language: str, country: str, *, scan_degrees: float | None = None
) -> Callable[[Callable[[Sheet], Label]], Callable[[Sheet], Label]]:
    """Register a function that draws a PDF; with ``scan_degrees`` it becomes a picture, turned by so much."""

    def register(draw: Callable[[Sheet], Label]) -> Callable[[Sheet], Label]:
        DOCUMENTS.append(Drawn(file, language, country, scan_degrees, draw_page=draw))
        return draw

    return register


def other_file(
    file: str, language: str, country: str
) -> Callable[[Callable[[], tuple[bytes, Label]]], Callable[[], tuple[bytes, Label]]]:
    """Register a function that gives a file that is no PDF."""

    def register(make: Callable[[], tuple[bytes, Label]]) -> Callable[[], tuple[bytes, Label]]:
        DOCUMENTS.append(Drawn(file, language, country, None, make_file=make))
        return make

    return register


def line(
    description: str,
    quantity: str | None = None,
    unit_price: str | None = None,
    amount: str | Decimal | None = None,
    **more: str,
) -> Line:
    """One line as it must be read; the amount is quantity times price unless it is given."""
    if amount is None and quantity is not None and unit_price is not None:
        amount = cents(Decimal(quantity) * Decimal(unit_price))
    stated = {"description": description, "quantity": quantity, "unit_price": unit_price, "amount": amount, **more}
    return {name: str(value) for name, value in stated.items() if value is not None}


def total(lines: Iterable[Line]) -> Decimal:
    """The sum of the line amounts."""
    return sum((Decimal(entry["amount"]) for entry in lines), Decimal(0))


def amount(entry: Line) -> Decimal:
    return Decimal(entry["amount"])


def label(line_items: Sequence[Line], *, open_fields: Sequence[str] = (), **stated: Any) -> Label:
    """The label of a document. ``open_fields`` are neither stated nor ruled out: a due date that follows from terms."""
    result: Label = {name: None for name in STATED if name not in open_fields}
    result["document_type"] = "invoice"
    result |= {name: str(value) if isinstance(value, Decimal) else value for name, value in stated.items()}
    result["line_items"] = list(line_items)
    check(result)
    return result


def check(expected: Label) -> None:
    """Refuse a label that does not add up as EN 16931 means it (BR-CO-10, 13, 15, 16, 17)."""

    def money(name: str) -> Decimal | None:
        return None if expected.get(name) is None else Decimal(expected[name])

    subtotal, tax, with_tax = money("subtotal"), money("tax_amount"), money("total_amount")
    lines, taxes = expected["line_items"], expected.get("taxes", [])
    _check_lines(lines)
    if subtotal is not None and lines and all("amount" in entry for entry in lines):
        adjusted = total(lines) - (money("discount_total") or 0) + (money("charge_total") or 0)
        assert adjusted == subtotal, f"lines make {adjusted}, not {subtotal}"
    if with_tax is not None and subtotal is not None and tax is not None:
        assert subtotal + tax == with_tax, f"{subtotal} + {tax} is not {with_tax}"
    for entry in taxes:
        if "rate" in entry and "base" in entry:
            owed = Decimal(entry["base"]) * Decimal(entry["rate"]) / 100
            # Yen and forints have no smaller coin, and some offices round down.
            step = Decimal(1) if expected["currency"] in ("JPY", "HUF") else Decimal("0.011")
            assert abs(owed - Decimal(entry["amount"])) < step, entry
    if taxes and tax is not None:
        assert sum(Decimal(entry["amount"]) for entry in taxes) == tax
    if (due := money("amount_due")) is not None and with_tax is not None:
        less = (money("amount_paid") or Decimal(0)) + (money("withholding_amount") or Decimal(0))
        assert with_tax + (money("rounding") or Decimal(0)) - less == due, f"{due} is not what remains of {with_tax}"
    if expected.get("iban"):
        assert iban_numbers.is_valid(expected["iban"]), expected["iban"]


def _check_lines(lines: Sequence[Line]) -> None:
    for entry in lines:
        if {"quantity", "unit_price", "amount"} <= entry.keys():
            priced = Decimal(entry["quantity"]) * Decimal(entry["unit_price"])
            # A net price that is shown after a discount is rounded on the page.
            assert abs(priced - Decimal(entry["amount"])) <= Decimal("0.011"), entry
