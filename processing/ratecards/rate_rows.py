"""Rows of prices: each cell of a price column with the keys, the break and the limits that hold for it. Pure."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import Any

from invoices.rate_records import RateData, RuleData, SurchargeData
from invoices.rate_records.bases import basis_of
from invoices.rate_records.charges import ASKED_FOR
from invoices.rate_records.charges import meaning_of as trade_meaning
from processing.content.records import Cell
from processing.ratecards.axis_keys import CARRIER, condition_of, set_key, us_place
from processing.ratecards.break_rows import BreakRows, UnknownBreak
from processing.ratecards.breaks import Interval, close_open_breaks, fractional_step, range_inclusive
from processing.ratecards.labels import BreakLabel, parse_break, price_unit, weight_unit
from processing.ratecards.plan import ColumnPlan
from processing.ratecards.sheets import source_of
from processing.ratecards.table_rows import Group
from processing.ratecards.values import currency_code, day_of, price_of, priced_text
from processing.ratecards.vocabulary import NOTHING

_SCOPE = ("service", "origin", "destination", "zone", "equipment", "freight_class")
_GROUP = ("service", "service_code", "origin", "destination", "zone", "equipment", "freight_class")


class RateRows(BreakRows):
    """Reads rates."""

    def _rate_row(self, cells: dict[int, Cell]) -> None:
        own, cells = cells, self._carry(cells)
        values: dict[str, Any] = {}
        source: dict[str, Any] = {}
        for name, (text, place) in self.section.items():
            values[name], source[name] = text, place
        for at, meaning in self.field_columns:
            cell = cells.get(at)
            if cell is not None and cell.text != "-":
                known = values.get(meaning) if meaning in ("origin", "destination") and meaning in source else None
                # A city and its state, a port and its country: both say where.
                text = us_place(cell.text) if meaning in ("origin", "destination") else cell.text
                values[meaning] = text if not known or known == text else f"{known}, {text}"
                source[meaning] = source_of(cell.place)
        for side in self.part_columns:
            self._composed(side, cells, values, source)
        self._lanes(cells, values, source)
        self._attributes(cells, values, source)
        if self.discounts is not None:
            self._discount(cells, values, source)
        named = self.by_meaning.get("charge_name")
        if named is not None:
            if named.column not in cells:
                return
            values["charge"] = cells[named.column].text
        get = values.get
        group_key = tuple([get(name, "") for name in _GROUP])
        group = self.groups.setdefault(group_key, Group())
        if self._is_minimum_row(cells, values) or (self._has_role("minimum") and not self.weighs):
            self._minimum_row(cells)
            return
        try:
            label, interval, label_source = self._row_break(cells, group, values)
        except UnknownBreak:
            return
        if label_source is not None:
            source["break"] = label_source
        self.far = self._row_distance(cells) if self.distances else None
        got = False
        began = len(self.card.rates)
        for column in self.prices:
            cell = cells.get(column.column)
            if cell is None or column.column not in own:
                continue
            if not cell.text[:1].isdigit() and NOTHING.match(cell.text):
                self.coverage.empty_prices += 1
                continue
            separator, unit = self.separator_in(cell.text), ""
            value = None
            if cell.text[-1:].isalpha():  # "$4.05 per mile"
                value, unit = priced_text(cell.text, separator)
            if value is None:
                value = price_of(cell.text, separator)
            if value is None:
                self.coverage.leave("no price", cell.text)
                continue
            got = True
            self.coverage.used_cells += 1
            if column.factor:
                value *= Decimal(column.factor)
            own_unit = {**values, "unit": unit} if unit else values
            self._rate(column, cell, value, own_unit, source, label, interval, group, group_key)
        for column in self.charges:
            self._lane_charge(column, cells, values, source)
        if self.carrier_column is not None and (cell := cells.get(self.carrier_column)) is not None:
            self.row_carriers.append((began, len(self.card.rates), cell))
        for at, meaning in self.conditional:
            if (cell := cells.get(at)) is not None and not NOTHING.match(cell.text):
                for rate in self.card.rates[began:]:
                    rate.conditions = [*rate.conditions, condition_of(meaning, cell.text)]
                    rate.source[meaning] = source_of(cell.place)
        if got and interval is not None and interval.last is not None:
            group.last = interval.last

    def _is_minimum_row(self, cells: dict[int, Cell], values: dict[str, Any]) -> bool:
        """A row "Minimum" below or above the classes or zones of a matrix."""
        keys = [c for c in self.keys if c.column in cells and c.meaning in ("freight_class", "zone", "service")]
        if not keys or not any(column.axis for column in self.prices) or self.weighs:
            return False
        found = parse_break(cells[keys[0].column].text)
        return found is not None and found.shape == "minimum"

    def _minimum_row(self, cells: dict[int, Cell]) -> None:
        """Its amounts hold for all prices of the table in their columns; a cell that spans a group counts for each."""
        least: tuple[Decimal, Any] | None = None
        outer = None
        for column in self.prices:
            cell = cells.get(column.column)
            if column.outer_label != outer:
                least, outer = None, column.outer_label
            value = price_of(cell.text, self.separator_in(cell.text)) if cell is not None else None
            if cell is not None and value is not None:
                least = (value, source_of(cell.place))
                self.coverage.used_cells += 1
            if least is not None:
                self.least[column.column] = least

    def _lane_charge(
        self, column: ColumnPlan, cells: dict[int, Cell], values: dict[str, Any], source: dict[str, Any]
    ) -> None:
        """A charge of the lane that stands in a column of its own."""
        cell = cells.get(column.column)
        if cell is None:
            return
        value = price_of(cell.text.replace("%", "").strip(), self.separator)
        if value is None:
            if not NOTHING.match(cell.text):
                self.coverage.leave("no price", cell.text)
            return
        self.coverage.used_cells += 1
        keys = {name: values[name] for name in _GROUP if name in values}
        rate = RateData(value, unit=column.unit or "flat", charge=column.label, applies_to=column.applies_to, **keys)
        if column.currency and column.currency != (self.plan.currency or self.card.currency):
            rate.currency = column.currency
        rate.source = {**{name: source[name] for name in keys if name in source}, "value": source_of(cell.place)}
        if column.started:
            basis = basis_of(rate.unit)
            rate.increment, rate.rounding = (basis.per if basis else Decimal(1)), "up"
        least = self.charge_minimums.get(column.label)
        low = cells.get(least.column) if least is not None else None
        if low is not None and (minimum := price_of(low.text, self.separator_in(low.text))) is not None:
            rate.minimum, rate.source["minimum"] = minimum, source_of(low.place)
            self.coverage.used_cells += 1
        self.card.rates.append(rate)

    def _rate(
        self, column: ColumnPlan, cell: Cell, value: Decimal, values: dict[str, Any], source: dict[str, Any],
        label: BreakLabel | None, interval: Interval | None, group: Group, group_key: tuple[str, ...],
    ) -> None:  # fmt: skip
        place = source_of(cell.place)
        if label is not None and label.shape == "minimum":
            group.minimum[column.column] = (value, place)
            return
        rate = RateData(value=value, **values)
        rate.source = {**source, "value": place}
        if column.axis and column.axis not in ("break", "distance"):
            set_key(rate, column.axis, column.label, column.header_source)
        if column.outer_axis:
            set_key(rate, column.outer_axis, column.outer_label, column.header_source)
        rate.unit = self._unit(column, values)
        if "unit" in values:
            rate.unit = values["unit"]
        if column.currency and column.currency != (self.plan.currency or self.card.currency):
            rate.currency = rate.currency or column.currency
        if column.axis == "break":
            found = self.axis.get(column.column)
            if found is not None:
                rate.break_from, rate.break_to, rate.break_inclusive = found.first, found.last, found.inclusive
                rate.source["break"] = column.header_source
                rate.break_basis = self.plan.basis or "weight"
            axis_label = self.axis_labels.get(column.column)
            rate.break_unit = (axis_label.unit if axis_label else "") or self.plan.weight_unit
            if axis_label is not None and axis_label.shape == "additional":
                self._excess(rate, axis_label, group.previous.get(-1), column.header)
            group.previous[-1] = rate
        elif interval is not None:
            rate.break_from, rate.break_to, rate.break_inclusive = interval.first, interval.last, interval.inclusive
            rate.break_basis = self.plan.basis or "weight"
            rate.break_unit = (label.unit if label else "") or values.get("break_unit", "") or self.plan.weight_unit
        elif label is not None and label.shape == "additional":
            self._excess(rate, label, group.previous.get(column.column), "")
        elif column.role == "excess" and (above := self.of_role.get(column.column)) is not None:
            self._excess(rate, above, group.previous.get(-1), column.header)
        if column.role == "whole" or self._has_role("whole"):
            rate.increment, rate.rounding = Decimal(1), "up"
        if self.distances:
            self._distance(rate, column)
        if self.plan.charge:
            rate.charge, rate.service = self.plan.charge, ""
            rate.applies_to = self.plan.applies_to if rate.unit == "percent" else ""
        if rate.charge and rate.unit == "bill":
            rate.equipment = ""  # a document costs the same whatever is shipped
        if column.column in group.minimum and rate.minimum is None:
            rate.minimum, rate.source["minimum"] = group.minimum[column.column]
        if rate.break_basis and not rate.break_unit and self.plan.basis in ("pallet", "piece"):
            rate.break_unit = self.plan.basis
        group.previous[column.column] = rate
        if rate.break_from is not None and rate.break_to is None and column.axis != "break":
            self.open_rates.setdefault((*group_key, str(column.column)), []).append(rate)
        self.card.rates.append(rate)
        if not self.weighs:
            self.by_column.setdefault(column.column, []).append(rate)

    def _unit(self, column: ColumnPlan, values: dict[str, Any]) -> str:
        unit = (self.role.unit if self.role is not None else "") or column.unit or self.plan.price_unit or "flat"
        return "flat" if unit == "percent" and not self.plan.charge else unit

    def _attributes(self, cells: dict[int, Cell], values: dict[str, Any], source: dict[str, Any]) -> None:
        for at, meaning in self.attribute_columns:
            cell = cells.get(at)
            if cell is None:
                continue
            if meaning in ("minimum", "maximum", "base_charge"):
                number = price_of(cell.text, self.separator_in(cell.text))
                if number is not None:
                    values[meaning], source[meaning] = number, source_of(cell.place)
                    self.coverage.used_cells += 1
            elif meaning == "currency":
                code = currency_code(cell.text)
                if code and not self.card.currency:
                    self.card.currency = code
                    self.card.evidence["currency"] = {"source": source_of(cell.place), "text": cell.text}
                if code and code != self.card.currency:
                    values["currency"] = code
                    source["currency"] = source_of(cell.place)
            elif meaning == "weight_unit":
                unit = weight_unit(cell.text)
                if unit:
                    values["break_unit"] = unit
                    self._card_value("weight_unit", unit, cell)
            elif meaning == "dimension_unit":
                self._card_value("dimension_unit", cell.text.strip().lower()[:10], cell)
            elif meaning == "unit":
                unit = price_unit(cell.text) or price_unit(f"per {cell.text}") or ""
                if unit:
                    values["unit"], source["unit"] = unit, source_of(cell.place)
            elif meaning in ("valid_from", "valid_to"):
                day = day_of(cell.text, self.day_first)
                if day is not None:
                    values[meaning], source[meaning] = day, source_of(cell.place)
            elif meaning == "carrier":
                name = (
                    "carrier_code"
                    if re.match(r"^[A-Z]{2,4}$", cell.text) and not self.card.carrier_code
                    else "carrier_name"
                )
                self._card_value(name, cell.text, cell)

    def _card_value(self, name: str, value: str, cell: Cell) -> None:
        if not getattr(self.card, name):
            setattr(self.card, name, value)
            self.card.evidence[name] = {"source": source_of(cell.place), "text": cell.text}

    def _finish(self) -> None:
        for column, rates in self.by_column.items() if self.least else ():
            for rate in rates:
                if column in self.least and rate.minimum is None:
                    rate.minimum, rate.source["minimum"] = self.least[column]
        step = fractional_step(self.ranges)
        if step:
            # "30.1 – 70", "70.1 – 300": what lies between belongs to the upper one.
            starts = {low for low, _ in self.ranges if low}
            for rate in self.card.rates[self.first_rate :]:
                if rate.break_from in starts and rate.break_basis == "weight":
                    rate.break_from -= step
        elif range_inclusive(self.ranges) == "both":
            for rate in self.card.rates[self.first_rate :]:
                if rate.break_to is not None and rate.break_inclusive == "upper":
                    rate.break_inclusive = "both"
        if range_inclusive(self.far_ranges) == "both":
            for rate in self.card.rates[self.first_rate :]:
                if rate.break_basis == "distance" and rate.break_to is not None:
                    rate.break_inclusive = "both"
                elif rate.break2_basis == "distance" and rate.break2_to is not None:
                    rate.break2_inclusive = "both"
        for rates in self.open_rates.values():
            close_open_breaks(rates)
        self._header_zones()
        self._tabulated()
        self._several_carriers()

    def _discount(self, cells: dict[int, Cell], values: dict[str, Any], source: dict[str, Any]) -> None:
        """The discount of a lane, and the least that its freight costs after it."""
        column = self.discounts
        cell = cells.get(column.column) if column is not None else None
        value = price_of(cell.text.replace("%", "").strip(), self.separator_in(cell.text)) if cell is not None else None
        if cell is None or value is None:
            return
        self.coverage.used_cells += 1
        scope = {name: values[name] for name in _SCOPE if values.get(name)}
        words = " ".join(c.text for c in cells.values())[:200]
        at = {"value": source_of(cell.place)}
        self.card.rules.append(RuleData("discount", value=value, words=words, source=at, **scope))
        if not self.prices and values.get("minimum") is not None:
            least = {"value": source.get("minimum")}
            self.card.rules.append(
                RuleData("absolute_minimum_charge", value=values["minimum"], words=words, source=least, **scope)
            )

    def _several_carriers(self) -> None:
        """Rows of several carriers: each price is for its own, and the card is nobody's."""
        names = {cell.text for _, _, cell in self.row_carriers}
        if len(names) < 2:
            return
        for first, end, cell in self.row_carriers:
            for rate in self.card.rates[first:end]:
                rate.conditions = [*rate.conditions, {"on": CARRIER, "values": [cell.text]}]
                rate.source["carrier"] = source_of(cell.place)
        for name in ("carrier_name", "carrier_code"):
            if getattr(self.card, name) in names:
                setattr(self.card, name, "")
                self.card.evidence.pop(name, None)

    def _tabulated(self) -> None:
        """The charges whose prices stand in the rows of this table."""
        upper = [c.outer_label for c in self.prices if c.outer_axis == "charge"]
        upper += [c.label for c in self.prices if c.axis == "charge"]
        in_rows = (
            [rate.charge for rate in self.card.rates[self.first_rate :]] if "charge_name" in self.by_meaning else []
        )
        names = [*(c.label for c in self.charges), *upper, *in_rows] or [self.plan.charge]
        for name in dict.fromkeys(name for name in names if name):
            if all(surcharge.name != name for surcharge in self.card.surcharges):
                place = next(
                    (
                        c.header_source
                        for c in (*self.charges, *self.prices)
                        if name in (c.label, c.outer_label) or not self.charges
                    ),
                    None,
                )
                self.card.surcharges.append(
                    SurchargeData(
                        name,
                        Decimal(0),
                        "table",
                        applies="asked" if trade_meaning(name) in ASKED_FOR else "always",
                        meaning=trade_meaning(name),
                        source={"name": place},
                    )
                )
