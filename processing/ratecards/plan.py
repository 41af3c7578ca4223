"""The mapping plan: which tables a document holds and what each column says, whoever made it. Pure."""

from __future__ import annotations

from dataclasses import asdict, dataclass, field
from typing import Any, Literal

IGNORED = "ignored: "
"""Before the reason of figures that a plan sets aside, in ``Coverage.set_aside``."""

Target = Literal["rates", "zones", "surcharges", "fuel"]


@dataclass(frozen=True, slots=True)
class ColumnPlan:
    """One column. ``meaning`` is a key, an attribute, ``price`` or ``ignore``; a price column of a matrix has an
    ``axis`` (the key that its header gives) and a ``label``; with two rows of headers that both give a key, the upper
    one is ``outer_axis``. ``unit`` is what a price is charged by, or the unit of a
    weight; ``factor`` multiplies the number of each cell ("0.01" where prices are in cents).

    ``part`` is the part of a place that the cells say (country, region, postcode, name). A ``charge`` is named by
    its ``label``; ``applies_to`` is what its percentage is of, ``started`` charges begun units. ``places`` are the
    postcodes that a header gives beside its zone.

    ``half`` 1 or 2 reads that half of a cell that says two things. The prices of a column with the ``role`` excess
    are for what exceeds the break before it, those of ``whole`` for the whole weight in full units. ``why`` says why
    an ignored column is no part of a price."""

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
    half: int = 0
    role: str = ""
    why: str = ""


@dataclass(frozen=True, slots=True)
class RowRole:
    """A row of a table that is no plain one: excess, minimum, whole or ignore. ``row`` is the number in the document,
    ``unit`` what its prices are by."""

    row: int
    role: str
    unit: str = ""


@dataclass(frozen=True, slots=True)
class TablePlan:
    """A table: rows ``first_row`` to ``last_row`` (numbers of the document's rows) of a sheet, read by columns.
    ``constants`` are (meaning, text, source) of keys that hold for all of its rows and stand outside of it; ``charge``
    names the charge that its prices are (toll by weight and distance): it is none of the freight, and ``applies_to``
    says what its percentages are of. ``roles`` are rows that are read otherwise."""

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
    applies_to: str = ""
    roles: tuple[RowRole, ...] = ()


@dataclass(frozen=True, slots=True)
class PointedValue:
    """A value of the card that stands in one cell: the row as it is addressed in its sheet, and the column; ``part`` is
    what of its text is meant, where it says more."""

    name: str
    sheet: int
    row: int
    column: int
    text: str = ""
    part: str = ""


@dataclass(frozen=True, slots=True)
class PointedRule:
    """A rule, a charge or the reason to set a sentence aside, in the cell that says it. ``figures`` are copied from
    ``text``, the text of the cell; ``words`` are the other words of the reply."""

    kind: str
    sheet: int
    row: int
    column: int
    figures: tuple[str, ...] = ()
    words: tuple[tuple[str, str], ...] = ()
    text: str = ""


@dataclass(frozen=True, slots=True)
class IgnoredRange:
    """Cells that are no part of a price, and why (address, id, date, example, …), or that a person is asked about. Rows
    as the sheet numbers them."""

    sheet: int
    left: int
    top: int
    right: int
    bottom: int
    why: str

    def holds(self, row: int, column: int) -> bool:
        return self.top <= row <= self.bottom and self.left <= column <= self.right


@dataclass(frozen=True, slots=True)
class CardPlan:
    """``version`` 1 was written before rules, roles of rows and ignored ranges. ``asks`` are cells whose meaning is
    not known, each with the question for a person in the place of a reason."""

    tables: tuple[TablePlan, ...] = ()
    method: str = "rules"
    fingerprint: str = ""
    values: tuple[PointedValue, ...] = ()
    version: int = 2
    rules: tuple[PointedRule, ...] = ()
    ignored: tuple[IgnoredRange, ...] = ()
    asks: tuple[IgnoredRange, ...] = ()


@dataclass(slots=True)
class Coverage:
    """How many numeric cells became values, and what was left over and why. ``rule_figures`` are figures of sentences
    that became rules, ``set_aside`` those that are no part of a price, by kind (date, id, address, …);
    ``asked_sentences`` are those not understood about which the plan asks a person."""

    numeric_cells: int = 0
    used_cells: int = 0
    empty_prices: int = 0
    left_over: dict[str, int] = field(default_factory=dict)
    examples: dict[str, str] = field(default_factory=dict)
    rule_figures: int = 0
    asked_sentences: int = 0
    set_aside: dict[str, int] = field(default_factory=dict)

    def leave(self, why: str, example: str = "", count: int = 1) -> None:
        self.left_over[why] = self.left_over.get(why, 0) + count
        self.examples.setdefault(why, example[:80])

    def set_aside_as(self, why: str, count: int = 1) -> None:
        """Count figures that a plan says are no part of a price."""
        kind = f"{IGNORED}{why}"
        self.set_aside[kind] = self.set_aside.get(kind, 0) + count

    @property
    def share(self) -> float:
        return self.used_cells / self.numeric_cells if self.numeric_cells else 1.0


def plan_to_json(plan: CardPlan) -> dict[str, Any]:
    return asdict(plan)


def plan_from_json(data: dict[str, Any]) -> CardPlan:
    """The inverse; also of plans that an earlier version wrote. Raises KeyError and TypeError for what is no plan."""
    tables = []
    for table in data["tables"]:
        columns = tuple(ColumnPlan(**column) for column in table["columns"])
        constants = tuple((meaning, text, source) for meaning, text, source in table.get("constants", ()))
        roles = tuple(RowRole(**role) for role in table.get("roles", ()))
        fields = {"columns": columns, "header_rows": tuple(table["header_rows"]), "constants": constants}
        tables.append(TablePlan(**{**table, **fields, "roles": roles}))
    return CardPlan(
        tuple(tables),
        data.get("method", "rules"),
        data.get("fingerprint", ""),
        tuple(PointedValue(**value) for value in data.get("values", ())),
        int(data.get("version", 1)),
        tuple(_pointed_rule(rule) for rule in data.get("rules", ())),
        tuple(IgnoredRange(**ignored) for ignored in data.get("ignored", ())),
        tuple(IgnoredRange(**asked) for asked in data.get("asks", ())),
    )


def _pointed_rule(data: dict[str, Any]) -> PointedRule:
    words = tuple((str(name), str(text)) for name, text in data["words"])
    return PointedRule(**{**data, "figures": tuple(data["figures"]), "words": words})
