"""Rows of prices: each cell of a price column with the keys, the break and the limits that hold for it. Pure."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import Any

from invoices.rate_records import Inclusive, RateData, ZoneData
from processing.content.records import Cell
from processing.ratecards.breaks import Interval, close_open_breaks, range_inclusive
from processing.ratecards.headers import is_number
from processing.ratecards.labels import BreakLabel, parse_break, price_unit, weight_unit
from processing.ratecards.plan import ColumnPlan
from processing.ratecards.sheets import source_of
from processing.ratecards.table_rows import Group, TableRows
from processing.ratecards.values import currency_code, day_of, places_of, price_of
from processing.ratecards.vocabulary import NOTHING, PACKAGING, is_equipment

_GROUP = ("service", "service_code", "origin", "destination", "zone", "equipment", "freight_class")


class RateRows(TableRows):
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
                values[meaning] = cell.text if not known or known == cell.text else f"{known}, {cell.text}"
                source[meaning] = source_of(cell.place)
        self._lanes(cells, values, source)
        self._attributes(cells, values, source)
        get = values.get
        group_key = tuple([get(name, "") for name in _GROUP])
        group = self.groups.setdefault(group_key, Group())
        label, interval, label_source = self._row_break(cells, group, values)
        if label_source is not None:
            source["break"] = label_source
        got = False
        for column in self.prices:
            cell = cells.get(column.column)
            if cell is None or column.column not in own:
                continue
            if not cell.text[:1].isdigit() and NOTHING.match(cell.text):
                self.coverage.empty_prices += 1
                continue
            value = price_of(cell.text, self.separator)
            if value is None:
                self.coverage.leave("no price", cell.text)
                continue
            got = True
            self.coverage.used_cells += 1
            if column.factor:
                value *= Decimal(column.factor)
            self._rate(column, cell, value, values, source, label, interval, group, group_key)
        if got and interval is not None and interval.last is not None:
            group.last = interval.last

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
        if column.axis and column.axis != "break":
            setattr(rate, column.axis, column.label)
            rate.source[column.axis] = column.header_source
        if column.outer_axis:
            setattr(rate, column.outer_axis, column.outer_label)
            rate.source[column.outer_axis] = column.header_source
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
                self._excess(rate, axis_label, group.previous.get(-1))
            group.previous[-1] = rate
        elif interval is not None:
            rate.break_from, rate.break_to, rate.break_inclusive = interval.first, interval.last, interval.inclusive
            rate.break_basis = self.plan.basis or "weight"
            rate.break_unit = (label.unit if label else "") or values.get("break_unit", "") or self.plan.weight_unit
        elif label is not None and label.shape == "additional":
            self._excess(rate, label, group.previous.get(column.column))
        if column.column in group.minimum and rate.minimum is None:
            rate.minimum, rate.source["minimum"] = group.minimum[column.column]
        if rate.break_basis and not rate.break_unit and self.plan.basis in ("pallet", "piece"):
            rate.break_unit = self.plan.basis
        group.previous[column.column] = rate
        if rate.break_from is not None and rate.break_to is None and column.axis != "break":
            self.open_rates.setdefault((*group_key, str(column.column)), []).append(rate)
        self.card.rates.append(rate)

    def _excess(self, rate: RateData, label: BreakLabel, previous: RateData | None) -> None:
        rate.break_basis = self.plan.basis or "weight"
        rate.break_unit = label.unit or self.plan.weight_unit
        rate.unit = rate.break_unit or "kg"
        rate.increment, rate.rounding, rate.excess_only = label.last, "up", True
        if label.last is not None and label.last != 1:
            rate.value = rate.value / label.last  # the price is for the whole step, the unit is one
        if previous is not None:
            rate.break_from = previous.break_to if not previous.excess_only else previous.break_from
            rate.base_charge = previous.value if not previous.excess_only else previous.base_charge
            rate.source["base_charge"] = previous.source.get("value")

    def _unit(self, column: ColumnPlan, values: dict[str, Any]) -> str:
        unit = column.unit or self.plan.price_unit or "flat"
        return "flat" if unit == "percent" else unit

    def _lanes(self, cells: dict[int, Cell], values: dict[str, Any], source: dict[str, Any]) -> None:
        if not self.postal_pairs and "lane" not in self.by_meaning:
            for side in ("origin", "destination"):
                if side in values and (side, values[side]) not in self.places:
                    self._listed(side, values[side], source.get(side))
            return
        for side in ("origin", "destination"):
            first, place = self._text(cells, f"{side}_from")
            last, _ = self._text(cells, f"{side}_to")
            if first:
                values[side] = first if not last or last == first else f"{first}-{last}"
                source[side] = place
                self._place(side, values[side], (("", first, last or first),), place)
            elif side in values:
                self._listed(side, values[side], source.get(side))
        lane, place = self._text(cells, "lane")
        if lane and "origin" not in values and "destination" not in values:
            ends = re.split(r"\s*(?:→|->|–|—|>| - | to | nach | a )\s*", lane, maxsplit=1)
            values["origin"], values["destination"] = ends[0], ends[1] if len(ends) > 1 else ""
            source["origin"] = source["destination"] = place

    def _listed(self, side: str, text: str, place: Any) -> None:
        found = places_of(text)
        # A single code stands for itself.
        if len(found) > 1 or (found and found[0][1] != found[0][2]):
            self._place(side, text, found, place)

    def _place(self, side: str, label: str, found: tuple[tuple[str, str, str], ...], place: Any) -> None:
        if (side, label) in self.places:
            return
        self.places.add((side, label))
        for country, first, last in found:
            self.card.zones.append(
                ZoneData(zone=label, first=first, last=last, country=country, side=side, source={"zone": place})  # type: ignore[arg-type]
            )

    def _attributes(self, cells: dict[int, Cell], values: dict[str, Any], source: dict[str, Any]) -> None:
        for at, meaning in self.attribute_columns:
            cell = cells.get(at)
            if cell is None:
                continue
            if meaning in ("minimum", "maximum", "base_charge"):
                number = price_of(cell.text, self.separator)
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

    def _row_break(
        self, cells: dict[int, Cell], group: Group, values: dict[str, Any]
    ) -> tuple[BreakLabel | None, Interval | None, Any]:
        if not self.weighs:
            return None, None, None
        low_text, low_source = self._text(cells, "weight_from")
        high_text, high_source = self._text(cells, "weight_to")
        if low_text:
            low, high = price_of(low_text, self.separator), price_of(high_text, self.separator) if high_text else None
            if low is None:
                found = parse_break(low_text, self.separator)
                low = found.first if found else None
            if low is None and high is None:
                return None, None, None
            if high is not None:
                if low is not None and low > high:
                    self.coverage.leave("a break that ends before it begins", f"{low_text}–{high_text}")
                    return None, None, None
                self.ranges.append((low, high))
                return None, Interval(low, high, "upper"), [low_source, high_source]
            # A list with both bounds leaves the last one empty; one with the first alone says "from … on".
            inclusive: Inclusive = "upper" if "weight_to" in self.by_meaning else "lower"
            return None, Interval(low, None, inclusive), low_source
        text, place = (high_text, high_source) if high_text else self._text(cells, "break")
        if not text:
            return None, None, None
        number = price_of(text, self.separator)
        label = (
            BreakLabel("point", number)
            if number is not None and text[:1].isdigit() and is_number(text)
            else parse_break(text, self.separator)
        )
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
            if unit := price_unit(text):
                values["unit"] = unit
            return label, Interval(label.first, None, "upper" if label.shape == "over" else "lower"), place
        bound = label.last if label.shape in ("upto", "below") else label.first
        start = group.last if bound is not None and group.last < bound else Decimal(0)
        return label, Interval(start, bound, "lower" if label.shape == "below" else "upper"), place

    def _finish(self) -> None:
        if range_inclusive(self.ranges) == "both":
            for rate in self.card.rates[self.first_rate :]:
                if rate.break_to is not None and rate.break_inclusive == "upper":
                    rate.break_inclusive = "both"
        for rates in self.open_rates.values():
            close_open_breaks(rates)
