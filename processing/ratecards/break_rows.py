"""The breaks of rows: weights, counts and distances, and prices for what exceeds them. Pure."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from invoices.rate_records import Inclusive, RateData
from processing.content.records import Cell
from processing.ratecards.breaks import Interval
from processing.ratecards.charge_columns import is_started
from processing.ratecards.headers import is_number
from processing.ratecards.labels import BreakLabel, parse_break, unit_beside
from processing.ratecards.place_rows import PlaceRows
from processing.ratecards.plan import ColumnPlan
from processing.ratecards.table_rows import Group, step_of
from processing.ratecards.values import price_of
from processing.ratecards.vocabulary import PACKAGING, is_equipment


class UnknownBreak(Exception):
    """A row whose break nobody understands: its prices are left over, never read without it."""


class BreakRows(PlaceRows):
    """Reads the breaks of rows."""

    def _row_distance(self, cells: dict[int, Cell]) -> Interval | None:
        low_text, _ = self._text(cells, "distance_from")
        high_text, _ = self._text(cells, "distance_to")
        low = price_of(low_text, self.separator_in(low_text)) if low_text else None
        high = price_of(high_text, self.separator_in(high_text)) if high_text else None
        if low is None and high is None:
            return self._labelled_distance(cells)
        if low_text:
            self.far_ranges.append((low, high))
            return Interval(low, _open_end(low, high), "upper" if "distance_to" in self.by_meaning else "lower")
        start = self.last_far if high is not None and self.last_far < high else Decimal(0)
        self.last_far = high or Decimal(0)
        return Interval(start, _open_end(start, high), "upper")

    def _labelled_distance(self, cells: dict[int, Cell]) -> Interval | None:
        """A distance that its cell writes as a break: "0-150", "601+"."""
        text, _ = self._text(cells, "distance")
        label = parse_break(text, self.separator_in(text)) if text else None
        if label is None or label.shape in ("additional", "minimum", "normal"):
            return None
        if label.shape == "range":
            self.far_ranges.append((label.first, label.last))
        bound = label.last if label.last is not None else label.first
        if label.shape in ("upto", "below", "point"):
            start = self.last_far if bound is not None and self.last_far < bound else Decimal(0)
            self.last_far = bound or Decimal(0)
            return Interval(start, bound, "lower" if label.shape == "below" else "upper")
        stepped = [low for low, high in self.far_ranges if low is not None and low % 10 == 1 and high == label.first]
        if label.shape == "over" and label.first is not None and stepped:
            return Interval(label.first + 1, None, "both")  # "301-600", "over 600": the step is one here, too
        return Interval(label.first, label.last, "lower" if label.shape == "from" else "upper")

    def _distance(self, rate: RateData, column: ColumnPlan) -> None:
        """The distance of a row or column as the break or, beside one by weight, as the second axis."""
        found = self.axis.get(column.column) if column.axis == "distance" else self.far
        if found is None:
            return
        if column.axis == "distance":
            rate.source["break2" if rate.break_basis else "break"] = column.header_source
        if rate.break_basis:
            rate.break2_basis, rate.break2_unit = "distance", self.distance_unit
            rate.break2_from, rate.break2_to, rate.break2_inclusive = found.first, found.last, found.inclusive
        else:
            rate.break_basis, rate.break_unit = "distance", self.distance_unit
            rate.break_from, rate.break_to, rate.break_inclusive = found.first, found.last, found.inclusive

    def _row_break(
        self, cells: dict[int, Cell], group: Group, values: dict[str, Any]
    ) -> tuple[BreakLabel | None, Interval | None, Any]:
        if self._has_role("excess") and self.role is not None:
            step, of = step_of(self.role.unit or self.plan.price_unit)
            return BreakLabel("additional", None, step, of), None, None
        if self._has_role("minimum"):
            return BreakLabel("minimum"), None, None
        if not self.weighs:
            return None, None, None
        low_text, low_source = self._text(cells, "weight_from")
        high_text, high_source = self._text(cells, "weight_to")
        if low_text:
            low, high = (
                price_of(low_text, self.separator_in(low_text)),
                price_of(high_text, self.separator_in(high_text)) if high_text else None,
            )
            if low is None:
                found = parse_break(low_text, self.separator_in(low_text))
                low = found.first if found else None
            if high is None and high_text:
                found = parse_break(high_text, self.separator_in(high_text))
                high = found.first if found is not None and found.shape == "point" else None
            if low is None and high is None:
                return None, None, None
            if high is not None:
                if low is not None and low > high:
                    self.coverage.leave("a break that ends before it begins", f"{low_text}–{high_text}")
                    return None, None, None
                high = _open_end(low, high)
                self.ranges.append((low, high))
                return None, Interval(low, high, "upper"), [low_source, high_source]
            # A list with both bounds leaves the last one empty; one with the first alone says "from … on".
            inclusive: Inclusive = "upper" if "weight_to" in self.by_meaning else "lower"
            return None, Interval(low, None, inclusive), low_source
        text, place = (high_text, high_source) if high_text else self._text(cells, "break")
        if not text:
            return None, None, None
        number = price_of(text, self.separator_in(text))
        label = (
            BreakLabel("point", number)
            if number is not None and text[:1].isdigit() and is_number(text)
            else parse_break(text, self.separator_in(text))
        )
        if label is None and any(map(str.isdigit, text)) and not is_equipment(text) and not PACKAGING.match(text):
            self.coverage.leave("a break that was not understood", text)
            raise UnknownBreak
        if label is None:
            name = (
                "equipment" if PACKAGING.match(text) or is_equipment(text) or "equipment" not in values else "service"
            )
            values[name] = text
            return None, None, place
        if label.shape in ("minimum", "additional"):
            return label, None, place
        if label.shape == "range":
            self.ranges.append((label.first, label.last))
            return label, Interval(label.first, label.last, "upper"), place
        if label.shape in ("from", "over"):
            if unit := unit_beside(text):
                values["unit"] = unit
            return label, Interval(label.first, None, "upper" if label.shape == "over" else "lower"), place
        bound = label.last if label.shape in ("upto", "below") else label.first
        start = group.last if bound is not None and group.last < bound else Decimal(0)
        return label, Interval(start, bound, "lower" if label.shape == "below" else "upper"), place

    def _excess(self, rate: RateData, label: BreakLabel, previous: RateData | None, axis_text: str) -> None:
        rate.break_basis = self.plan.basis or "weight"
        rate.break_unit = label.unit or self.plan.weight_unit
        rate.unit = rate.break_unit or "kg"
        rate.excess_only = True
        if label.first is None or is_started(axis_text) or label.last != 1:
            rate.increment, rate.rounding = label.last, "up"
        if label.last == 100 and rate.unit in ("kg", "lb"):
            rate.unit = "100kg" if rate.unit == "kg" else "cwt"
        elif label.last is not None and label.last != 1:
            rate.value = rate.value / label.last  # the price is for the whole step, the unit is one
        rate.break_from = label.first
        if previous is not None and (label.first is None or label.first == previous.break_to):
            rate.break_from = previous.break_to if not previous.excess_only else previous.break_from
            rate.base_charge = previous.value if not previous.excess_only else previous.base_charge
            rate.source["base_charge"] = previous.source.get("value")


def _open_end(low: Decimal | None, high: Decimal | None) -> Decimal | None:
    """No end where a bound of nines stands for none ("300.1 – 99999")."""
    nines = high is not None and high >= 9999 and set(str(high.normalize() if high % 1 else int(high))) == {"9"}
    return None if nines and high is not None and low is not None and high > low * 4 else high
