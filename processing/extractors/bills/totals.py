"""The sums of a bill in one row: before tax, the tax, and with it. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal

from processing.content.extraction import FieldValue
from processing.content.records import Cell
from processing.extractors.bills.values import Conventions, field, is_money, number

_AMOUNTS = 3


def taxed(cells: Mapping[int, Cell], net: Decimal, conventions: Conventions) -> tuple[FieldValue, FieldValue] | None:
    """The total and the tax of a row whose last three amounts are the sum of the charges, a tax on it, and both
    together; None for another row."""
    amounts = [cells[at] for at in sorted(cells) if is_money(cells[at].text)][-_AMOUNTS:]
    values = [number(cell.text, conventions) or Decimal(0) for cell in amounts]
    if len(values) < _AMOUNTS or values[0] != net or values[1] <= 0 or values[0] + values[1] != values[2]:
        return None
    return field(values[2], amounts[2]), field(values[1], amounts[1])
