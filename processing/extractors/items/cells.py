"""The cells of one item: its numbers, its other cells, and where they stand. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from decimal import Decimal
from itertools import pairwise

from invoices.records import Place
from invoices.values import find_numbers
from processing.content.records import Cell, Row
from processing.readers.geometry import union_box

KEYS = ("quantity", "unit_price", "amount")
NUMBERS = frozenset(
    {
        *KEYS,
        "tax_rate",
        "discount",
        "discount_percent",
        "billed_weight",
        "amount_gross",
        "unit_price_gross",
        "tax_amount",
        "charge",
    }
)

_COLUMN_NUMBER = re.compile(r"^\(?(\d{1,2})\)?\s*(?:\(.{1,12}\)|=.{1,12})?$")


@dataclass(frozen=True, slots=True)
class Number:
    """A number in a cell; ``rest`` is the text beside it (a unit)."""

    value: Decimal
    rest: str
    cell: Cell


@dataclass(slots=True)
class Item:
    """What the rows of one item hold: numbers and other cells by meaning, the lines of its description."""

    numbers: dict[str, Number] = field(default_factory=dict)
    cells: dict[str, Cell] = field(default_factory=dict)
    lines: list[Cell] = field(default_factory=list)
    first_index: int = 0  # of its rows: the first and the last with numbers, and the last with text
    last_index: int = 0
    end_index: int = 0
    remark: list[Cell] = field(default_factory=list)  # the text of a line that is no item: a reduction
    price_head: str = ""  # what heads its column of unit prices ("Preis/100")

    @property
    def complete(self) -> bool:
        return "amount" in self.numbers or "amount_gross" in self.numbers


def read_number(cell: Cell, *, decimal_separator: str | None) -> Number | None:
    """The number of a cell that is a number: a sign, currency or short unit may stand with it, other text may not."""
    text = cell.text
    found = find_numbers(text, decimal_separator=decimal_separator)
    if not found or len(found) > 2:
        return None
    number = found[0]
    rest = f"{text[: number.start]} {text[number.end :]}".strip(" .:x*×|()@")
    letters = sum(c.isalpha() for c in rest)
    if len(found) > 1 and not re.search(r"/|\bper\b|\bpro\b|\bje\b", rest):
        return None
    if letters > 12 or ":" in rest or (number.start > 0 and sum(c.isalpha() for c in text[: number.start]) > 4):
        return None
    return Number(number.value, rest, cell)


def place_of(cells: Iterable[Cell]) -> Place | None:
    """One place around cells of one page; where there are no boxes, the place of the first."""
    found = list(cells)
    if not found:
        return None
    first = found[0].place
    boxes = [c.place.box for c in found if c.place.box and c.place.page == first.page]
    return Place(page=first.page, box=union_box(boxes)) if boxes else first


def numbers_columns(row: Row) -> bool:
    """A row below the head that numbers the columns: 0, 1, 2, 3, 4, 5 (3x4), 6."""
    if len(row.cells) < 4:
        return False
    found = [_COLUMN_NUMBER.match(cell.text) for cell in row.cells]
    counted = [int(match[1]) for match in found if match]
    return len(counted) == len(row.cells) and all(b - a == 1 for a, b in pairwise(counted))


def extent(row: Row) -> tuple[float, float] | None:
    boxes = [word.box for cell in row.cells for word in cell.words]
    return (min(b[1] for b in boxes), max(b[3] for b in boxes)) if boxes else None
