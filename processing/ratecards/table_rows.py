"""What all readers of rows share: the columns of the plan, keys that hold for several rows, titles. Pure."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from decimal import Decimal
from typing import Any

from invoices.rate_records import CardData, RateData
from invoices.rate_records.bases import basis_of
from processing.content.records import Cell, Row
from processing.ratecards.axes import names_unit
from processing.ratecards.axis_keys import is_condition
from processing.ratecards.breaks import Interval, intervals_of_axis
from processing.ratecards.halves import part_cells, with_own_columns
from processing.ratecards.headers import is_number
from processing.ratecards.labels import BreakLabel, parse_break, price_unit
from processing.ratecards.place_parts import is_three_digits
from processing.ratecards.plan import ColumnPlan, Coverage, RowRole, TablePlan
from processing.ratecards.sheets import Sheet, source_of
from processing.ratecards.vocabulary import DISTANCES, WEIGHTS, ZONE_LABEL

_LEADING = ("carrier", "service", "origin", "destination", "zone", "lane")
_FIELDS = frozenset(
    ["service", "service_code", "origin", "destination", "zone", "equipment", "freight_class", "transit_days"]
)
_ATTRIBUTES = frozenset(
    ["minimum", "maximum", "base_charge", "currency", "weight_unit", "dimension_unit", "unit", "valid_from",
     "valid_to", "carrier"]
)  # fmt: skip
_POSTAL_PAIRS = frozenset(["origin_from", "origin_to", "destination_from", "destination_to"])


@dataclass(slots=True)
class Group:
    """What goes on from row to row of one lane: the last break, the minimum, the last rate of each column."""

    last: Decimal = Decimal(0)
    minimum: dict[int, tuple[Decimal, Any]] = field(default_factory=dict)
    previous: dict[int, RateData] = field(default_factory=dict)


class TableRows:
    """The rows of one table, read into a card. ``coverage`` counts what became of its cells."""

    def __init__(
        self, plan: TablePlan, card: CardData, sheet: Sheet, day_first: bool | None = None
    ) -> None:  # fmt: skip
        self.halves = [c for c in plan.columns if c.half]
        plan = replace(plan, columns=with_own_columns(plan.columns)) if self.halves else plan
        self.plan, self.card, self.separator, self.day_first = plan, card, sheet.separator, day_first
        self.roles = {role.row: role for role in plan.roles}
        self.role: RowRole | None = None
        self.separator_in = sheet.separator_in
        self.coverage = Coverage()
        self.keys = [c for c in plan.columns if c.meaning not in ("price", "ignore", "unknown", "")]
        self.prices = [c for c in plan.columns if c.meaning == "price"]
        self.by_meaning = {c.meaning: c for c in reversed(self.keys)}
        self.field_columns = [(c.column, c.meaning) for c in self.keys if c.meaning in _FIELDS and not c.part]
        self.part_columns = {
            side: own for side in ("origin", "destination")
            if (own := {c.part: c.column for c in reversed(self.keys) if c.part and c.meaning == side})
        }  # fmt: skip
        self.known_countries = {
            c.meaning.removesuffix("_from"): c.label
            for c in self.keys
            if c.part or (c.meaning in _POSTAL_PAIRS and c.label)
        }
        self.three_digits = is_three_digits([*(c.header for c in self.keys if c.part), plan.title])
        self.discounts = self.by_meaning.get("discount")
        self.charges = [c for c in self.keys if c.meaning == "charge"]
        self.charge_minimums = {c.label: c for c in self.keys if c.meaning == "charge_minimum"}
        self.distances = any(c.meaning in DISTANCES or c.axis == "distance" for c in plan.columns)
        self.attribute_columns = [(c.column, c.meaning) for c in self.keys if c.meaning in _ATTRIBUTES]
        self.postal_pairs = any(c.meaning in _POSTAL_PAIRS for c in self.keys)
        self.leads = bool(self.keys) and self.keys[0].meaning in _LEADING
        self.leading = [(c.column, c.meaning) for c in self.keys if c.meaning in _LEADING]
        self.leading_columns = {column for column, _ in self.leading}
        self.last_whole: dict[int, Cell] = {}
        self.weighs = [c for c in self.keys if c.meaning in WEIGHTS]
        self.conditional = [(c.column, c.meaning) for c in self.keys if is_condition(c.meaning)]
        on_axis = [c for c in self.prices if c.axis in ("break", "distance")]
        labels = [_label_of(c, sheet) for c in on_axis]
        self.axis_labels: dict[int, BreakLabel | None] = {c.column: b for c, b in zip(on_axis, labels, strict=True)}
        self.axis: dict[int, Interval | None] = {
            c.column: i for c, i in zip(on_axis, intervals_of_axis(labels), strict=True)
        }
        self.carrier_column = next((c.column for c in self.keys if c.meaning == "carrier"), None)
        self.row_carriers: list[tuple[int, int, Cell]] = []
        self.far: Interval | None = None
        self.last_far = Decimal(0)
        self.far_ranges: list[tuple[Decimal | None, Decimal | None]] = []
        headers = " ".join(c.header for c in plan.columns).casefold() + plan.title.casefold()
        self.distance_unit = "mile" if "mile" in headers else "km"
        self.groups: dict[tuple[str, ...], Group] = {}
        self.carried: dict[str, Cell] = {}
        self.section: dict[str, tuple[str, Any]] = {}
        self.ranges: list[tuple[Decimal | None, Decimal | None]] = []
        self.open_rates: dict[tuple[str, ...], list[RateData]] = {}
        self.first_rate, self.first_zone = len(card.rates), len(card.zones)
        self.places: set[tuple[str, str]] = set()
        self.least: dict[int, tuple[Decimal, Any]] = {}
        self.by_column: dict[int, list[RateData]] = {}
        self.of_role = {c.column: _label_of(c, sheet) for c in self.prices if c.role and c.axis != "break"}
        self.titles = {c.header for c in plan.columns} | {c.label for c in plan.columns if c.axis}
        self.key_columns = {c.column for c in plan.columns if c.meaning}

    def _parted(self, row: Row) -> dict[int, Cell]:
        """The cells of a row by their columns, halves among them."""
        cells = {cell.column: cell for cell in row.cells}
        return part_cells(cells, self.halves) if self.halves else cells

    def _has_role(self, role: str) -> bool:
        return self.role is not None and self.role.role == role

    def _is_header_again(self, row: Row) -> bool:
        first = row.cells[0].text
        return not first[:1].isdigit() and first in self.titles and all(cell.text in self.titles for cell in row.cells)

    def _is_section(self, cell: Cell) -> bool:
        if is_number(cell.text):
            return False
        text = " ".join(cell.text.split())
        match = ZONE_LABEL.match(text)
        unit = price_unit(text)
        if unit is not None and names_unit(text):
            self.section = {**self.section, "unit": (unit, source_of(cell.place))}
        elif match and "zone" not in self.by_meaning:
            self.section = {"zone": (match[1] or text, source_of(cell.place))}
        elif len(text.split()) <= 6 and "service" not in self.by_meaning and not text.endswith((".", ":")):
            self.section = {"service": (text, source_of(cell.place))}
        return True

    def _text(self, cells: dict[int, Cell], meaning: str) -> tuple[str, Any]:
        column = self.by_meaning.get(meaning)
        cell = cells.get(column.column) if column is not None else None
        return (cell.text, source_of(cell.place)) if cell is not None else ("", None)

    def _carry(self, cells: dict[int, Cell]) -> dict[int, Cell]:
        """A leading key that is written once for several rows holds for those below it."""
        if not self.leads:
            return cells
        if self.leading_columns <= cells.keys():
            self.last_whole = cells
            return cells
        if self.last_whole:
            self.carried |= {meaning: self.last_whole[column] for column, meaning in self.leading}
            self.last_whole = {}
        filled = dict(cells)
        for column in self.keys:
            if column.meaning not in _LEADING:
                break
            if column.column in cells:
                self.carried[column.meaning] = cells[column.column]
                break
            if column.meaning in self.carried:
                filled[column.column] = self.carried[column.meaning]
        for column in self.keys:
            if column.meaning in _LEADING and column.column in cells:
                self.carried[column.meaning] = cells[column.column]
        return filled


def _label_of(column: ColumnPlan, sheet: Sheet) -> BreakLabel | None:
    """What the label of a column says of its break; a plan may say that its prices are for the excess."""
    text = column.label if column.axis else column.header if column.role == "excess" else ""
    label = parse_break(text, sheet.separator_in(text)) if text else None
    if column.role != "excess" or (label is not None and label.shape == "additional"):
        return label
    step, unit = step_of(column.unit)
    bound = None if label is None else label.first if label.first is not None else label.last
    return BreakLabel("additional", bound, step, unit or (label.unit if label else ""))


def step_of(unit: str) -> tuple[Decimal, str]:
    """How much one step of an excess price is for, and of what: "100kg" is 100 of kg."""
    basis = basis_of(unit) if unit else None
    if basis is None or basis.quantity == "one":
        return Decimal(1), ""
    return (basis.per, basis.measure) if basis.quantity == "weight" else (Decimal(1), unit)
