"""The mapping plan: which tables a document holds and what each column says, whoever made it. Pure."""

from __future__ import annotations

from dataclasses import asdict, dataclass, field
from typing import Any, Literal

Target = Literal["rates", "zones", "surcharges", "fuel"]


@dataclass(frozen=True, slots=True)
class ColumnPlan:
    """One column. ``meaning`` is a key, an attribute, ``price`` or ``ignore``; a price column of a matrix has an
    ``axis`` (the key that its header gives) and a ``label``; with two rows of headers that both give a key, the upper
    one is ``outer_axis``. ``unit`` is what a price is charged by, or the unit of a
    weight; ``factor`` multiplies the number of each cell ("0.01" where prices are in cents).

    ``part`` is the part of a place that the cells say (country, region, postcode, name). A ``charge`` is named by
    its ``label``; ``applies_to`` is what its percentage is of, ``started`` charges begun units. ``places`` are the
    postcodes that a header gives beside its zone."""

    column: int
    meaning: str
    header: str = ""
    axis: str = ""
    label: str = ""
    unit: str = ""
    currency: str = ""
    header_source: Any = None
    factor: str = ""
    outer_axis: str = ""
    outer_label: str = ""
    part: str = ""
    applies_to: str = ""
    started: bool = False
    places: str = ""


@dataclass(frozen=True, slots=True)
class TablePlan:
    """A table: rows ``first_row`` to ``last_row`` (numbers of the document's rows) of a sheet, read by columns.
    ``constants`` are (meaning, text, source) of keys that hold for all of its rows and stand outside of it; ``charge``
    names the charge that its prices are (toll by weight and distance): it is none of the freight."""

    sheet: int
    target: Target
    header_rows: tuple[int, ...]
    first_row: int
    last_row: int
    columns: tuple[ColumnPlan, ...]
    title: str = ""
    service: str = ""
    currency: str = ""
    weight_unit: str = ""
    price_unit: str = ""
    basis: str = "weight"
    constants: tuple[tuple[str, str, Any], ...] = ()
    charge: str = ""


@dataclass(frozen=True, slots=True)
class PointedValue:
    """A value of the card that stands in one cell: the row as it is addressed in its sheet, and the column."""

    name: str
    sheet: int
    row: int
    column: int
    text: str = ""


@dataclass(frozen=True, slots=True)
class CardPlan:
    tables: tuple[TablePlan, ...] = ()
    method: str = "rules"
    fingerprint: str = ""
    values: tuple[PointedValue, ...] = ()


@dataclass(slots=True)
class Coverage:
    """How many numeric cells became values, and what was left over and why. ``rule_figures`` are figures of sentences
    that became rules, ``set_aside`` those that are no part of a price, by kind (date, id, address, …)."""

    numeric_cells: int = 0
    used_cells: int = 0
    empty_prices: int = 0
    left_over: dict[str, int] = field(default_factory=dict)
    examples: dict[str, str] = field(default_factory=dict)
    rule_figures: int = 0
    set_aside: dict[str, int] = field(default_factory=dict)

    def leave(self, why: str, example: str = "", count: int = 1) -> None:
        self.left_over[why] = self.left_over.get(why, 0) + count
        self.examples.setdefault(why, example[:80])

    @property
    def share(self) -> float:
        return self.used_cells / self.numeric_cells if self.numeric_cells else 1.0


def plan_to_json(plan: CardPlan) -> dict[str, Any]:
    return asdict(plan)


def plan_from_json(data: dict[str, Any]) -> CardPlan:
    """The inverse. Raises KeyError and TypeError for what is no plan."""
    tables = []
    for table in data["tables"]:
        columns = tuple(ColumnPlan(**column) for column in table["columns"])
        constants = tuple((meaning, text, source) for meaning, text, source in table.get("constants", ()))
        fields = {"columns": columns, "header_rows": tuple(table["header_rows"]), "constants": constants}
        tables.append(TablePlan(**{**table, **fields}))
    values = tuple(PointedValue(**value) for value in data.get("values", ()))
    return CardPlan(tuple(tables), data.get("method", "rules"), data.get("fingerprint", ""), values)
