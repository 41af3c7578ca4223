"""Rows of prices: each cell of a price column with the keys, the break and the limits that hold for it. Pure."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import Any

from invoices.rate_records import Inclusive, RateData, SurchargeData, ZoneData
from invoices.rate_records.bases import basis_of
from invoices.rate_records.charges import meaning_of as trade_meaning
from invoices.rate_records.places import place_text
from processing.content.records import Cell
from processing.ratecards.axis_keys import CARRIER, set_key, us_place
from processing.ratecards.breaks import Interval, close_open_breaks, fractional_step, range_inclusive
from processing.ratecards.charge_columns import is_started
from processing.ratecards.headers import is_number
from processing.ratecards.labels import BreakLabel, parse_break, price_unit, weight_unit
from processing.ratecards.place_parts import composed, country_code
from processing.ratecards.plan import ColumnPlan
from processing.ratecards.sheets import source_of
from processing.ratecards.table_rows import Group, TableRows
from processing.ratecards.values import currency_code, day_of, places_of, price_of, priced_text
from processing.ratecards.vocabulary import NOTHING, PACKAGING, is_equipment

_GROUP = ("service", "service_code", "origin", "destination", "zone", "equipment", "freight_class")


# Of the countries that speak of a PLZ, only Germany has codes that begin with a nought.
_EAST = re.compile(r"\bPLZ\b.*?\b0\d\b", re.I)


class UnknownBreak(Exception):
    """A row whose break nobody understands: its prices are left over, never read without it."""


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
                text = us_place(cell.text) if meaning in ("origin", "destination") else cell.text
                values[meaning] = text if not known or known == text else f"{known}, {text}"
                source[meaning] = source_of(cell.place)
        for side in self.part_columns:
            self._composed(side, cells, values, source)
        self._lanes(cells, values, source)
        self._attributes(cells, values, source)
        get = values.get
        group_key = tuple([get(name, "") for name in _GROUP])
        group = self.groups.setdefault(group_key, Group())
        if self._is_minimum_row(cells, values):
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
        if self.carrier_column is not None and (cell := cells.get(self.carrier_column)) is not None:
            self.row_carriers.append((began, len(self.card.rates), cell))
        for column in self.charges:
            self._lane_charge(column, cells, values, source)
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

    def _composed(self, side: str, cells: dict[int, Cell], values: dict[str, Any], source: dict[str, Any]) -> None:
        """One place of the cells of a row that say its country, region and postcode."""
        own = self.part_columns[side]
        found = {part: cell for part, column in own.items() if (cell := cells.get(column)) is not None}
        texts = {part: " ".join(cell.text.split()) for part, cell in found.items()}
        if not found:
            return
        places = [source_of(cell.place) for cell in found.values()]
        source[side] = places[0] if len(places) == 1 else places
        get = texts.get
        known = self.known_countries.get(side, "")
        first, first_source = self._text(cells, f"{side}_from")
        last, _ = self._text(cells, f"{side}_to")
        if first:
            country = known or country_code(get("country", ""))
            values[side] = place_text(country=country, first=first, last=last or first)
            source[side] = first_source
            # A region beside its range of postcodes is what the carrier calls this zone.
            zone = " ".join(texts[part] for part in ("region", "name") if part in texts)
            if zone and "zone" not in self.by_meaning and len(texts) > 1:
                values["zone"] = zone
                source["zone"] = places[0]
                self._zone(zone, country, first, last or first, side, places[0])
            return
        if "code" in texts:
            values[side] = place_text(code=texts["code"].replace(" ", ""), name=get("name", ""))
            return
        place = composed(
            get("country", ""), get("region", ""), get("postcode", ""), get("name", ""), known, self.three_digits
        )  # fmt: skip
        values[side] = ", ".join(texts.values()) if place is None else place

    def _zone(self, zone: str, country: str, first: str, last: str, side: str, place: Any) -> None:
        if (side, f"{zone} {first}") not in self.places:
            self.places.add((side, f"{zone} {first}"))
            self.card.zones.append(
                ZoneData(zone, first, last, country, side, source={"zone": place})  # type: ignore[arg-type]
            )

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
        return Interval(label.first, label.last, "lower" if label.shape == "from" else "upper")

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
        if self.distances:
            self._distance(rate, column)
        if self.plan.charge:
            rate.charge, rate.service = self.plan.charge, ""
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

    def _unit(self, column: ColumnPlan, values: dict[str, Any]) -> str:
        unit = column.unit or self.plan.price_unit or "flat"
        return "flat" if unit == "percent" else unit

    def _lanes(self, cells: dict[int, Cell], values: dict[str, Any], source: dict[str, Any]) -> None:
        if not self.postal_pairs and "lane" not in self.by_meaning:
            for side in ("origin", "destination"):
                if (
                    side in values
                    and "zone" in values
                    and "zone" in self.by_meaning
                    and not self.part_columns.get(side)
                ):
                    self._of_zone(side, values, source)
                if side in values and (side, values[side]) not in self.places:
                    self._listed(side, values[side], source.get(side))
            return
        for side in ("origin", "destination"):
            if side in self.part_columns:
                continue
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

    def _of_zone(self, side: str, values: dict[str, Any], source: dict[str, Any]) -> None:
        """Postcodes beside the zone of their row say which places it holds: the price is for the zone."""
        found = places_of(values[side])
        if not found or not any(first for _, first, _ in found):
            return
        for country, first, last in found:
            self._zone(values["zone"], country, first, last, side, source.get("zone"))
        del values[side]
        source.pop(side, None)

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

    def _row_break(
        self, cells: dict[int, Cell], group: Group, values: dict[str, Any]
    ) -> tuple[BreakLabel | None, Interval | None, Any]:
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
            if unit := price_unit(text):
                values["unit"] = unit
            return label, Interval(label.first, None, "upper" if label.shape == "over" else "lower"), place
        bound = label.last if label.shape in ("upto", "below") else label.first
        start = group.last if bound is not None and group.last < bound else Decimal(0)
        return label, Interval(start, bound, "lower" if label.shape == "below" else "upper"), place

    def _finish(self) -> None:
        for column, rates in self.by_column.items() if self.least else ():
            for rate in rates:
                if column in self.least and rate.minimum is None:
                    rate.minimum, rate.source["minimum"] = self.least[column]
        step = fractional_step(self.ranges)
        if step:
            # "30.1 – 70", "70.1 – 300": what lies between belongs to the upper one.
            for rate in self.card.rates[self.first_rate :]:
                if rate.break_from and rate.break_basis == "weight":
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

    def _several_carriers(self) -> None:
        """Rows of several carriers: each price is for its own, and the card is nobody's."""
        names = {cell.text for _, _, cell in self.row_carriers}
        if len(names) < 2:
            return
        for first, end, cell in self.row_carriers:
            for rate in self.card.rates[first:end]:
                rate.conditions = [{"on": CARRIER, "values": [cell.text]}]
                rate.source["carrier"] = source_of(cell.place)
        for name in ("carrier_name", "carrier_code"):
            if getattr(self.card, name) in names:
                setattr(self.card, name, "")
                self.card.evidence.pop(name, None)

    def _header_zones(self) -> None:
        """The postcodes that headers give beside their zones."""
        heads = [" ".join(c.header.split()) for c in self.prices if c.places]
        country = "DE" if any(_EAST.search(head) for head in heads) else ""
        for column in self.prices:
            if column.axis == "zone" and column.places:
                listed = [part.strip() for part in re.split(r"[,;]", column.places) if part.strip()]
                for part in listed:
                    ends = [end.strip() for end in re.split(r"\s*[–—-]\s*", part)]
                    self._zone(column.label, country, ends[0], ends[-1], "destination", column.header_source)

    def _tabulated(self) -> None:
        """The charges whose prices stand in the rows of this table."""
        upper = [c.outer_label for c in self.prices if c.outer_axis == "charge"]
        names = [*(c.label for c in self.charges), *upper] or [self.plan.charge]
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
                        name, Decimal(0), "table", applies="always", meaning=trade_meaning(name), source={"name": place}
                    )
                )


def _open_end(low: Decimal | None, high: Decimal | None) -> Decimal | None:
    """No end where a bound of nines stands for none ("300.1 – 99999")."""
    nines = high is not None and high >= 9999 and set(str(high.normalize() if high % 1 else int(high))) == {"9"}
    return None if nines and high is not None and low is not None and high > low * 4 else high
