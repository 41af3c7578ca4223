"""Single charges of a table as fields of a line. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal

from invoices.auditing.kinds import charge_kind
from processing.content.extraction import Fields, FieldValue
from processing.content.records import Cell
from processing.extractors.bills.records import KINDS
from processing.extractors.bills.values import field

Cells = Mapping[int, Cell]


def cells_of(charge: Fields, cells: Cells) -> Cell:
    """The cell that the amount of a charge stands in."""
    return next(cell for cell in cells.values() if cell.place == charge["amount"].place)


def named_by_heading(heading: str) -> str:
    """A heading as the name of its charge: "Transportation Charge Amount" is a transportation charge."""
    words = heading.split()
    while len(words) > 1 and (
        words[-1].strip("()").upper() in ("AMOUNT", "BETRAG", "MONTANT") or words[-1].startswith("(")
    ):
        words.pop()
    return " ".join(words)


def charge_line(
    value: Decimal, cell: Cell, name: str, named: Cell | None, code: Cell | None, class_: str = ""
) -> Fields:  # fmt: skip
    """A charge as the fields of a line: what stands in ``cell``, named by words that stand in ``named``."""
    text = " ".join(name.split())
    line: Fields = {"amount": field(value, cell)}
    if text:
        line["description"] = FieldValue(text, text, "rules", (named or cell).place)
    if code is not None:
        line["charge_code"] = field(code.text, code)
    kind = charge_kind(text, class_ or (code.text if code else ""), lowers=value < 0)
    if kind is not None:
        line["charge_kind"] = KINDS[kind]
    return line
