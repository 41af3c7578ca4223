"""Reads all cells of a table by its plan. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any

from invoices.rate_records import CardData, FuelBandData, Inclusive, RateData, SurchargeData, ZoneData
from invoices.values import parse_country, parse_date
from processing.content import Cell, Row
from processing.ratecards.breaks import Interval, close_open_breaks, intervals_of_axis, range_inclusive
from processing.ratecards.headers import is_number
from processing.ratecards.labels import BreakLabel, parse_break, price_unit, weight_unit
from processing.ratecards.notes import dimensional_divisor_in
from processing.ratecards.plan import ColumnPlan, Coverage, TablePlan
from processing.ratecards.sheets import source_of
from processing.ratecards.values import currency_code, places_of, price_of
from processing.ratecards.vocabulary import NOTHING, PACKAGING, ZONE_LABEL, is_equipment

_LEADING = ("carrier", "service", "origin", "destination", "zone", "lane")
_FIELDS = frozenset(
    ["service", "service_code", "origin", "destination", "zone", "equipment", "freight_class", "transit_days"]
)
_ATTRIBUTES = frozenset(
    ["minimum", "maximum", "base_charge", "currency", "weight_unit", "dimension_unit", "unit", "valid_from",
     "valid_to", "carrier"]
)  # fmt: skip
_POSTAL_PAIRS = frozenset(["origin_from", "origin_to", "destination_from", "destination_to"])
_GROUP = ("service", "service_code", "origin", "destination", "zone", "equipment", "freight_class")
_WEIGHT_MEANINGS = frozenset({"break", "weight_from", "weight_to"})


@dataclass(slots=True)
class _Group:
    """What goes on from row to row of one lane: the last break, the minimum, the last rate of each column."""

    last: Decimal = Decimal(0)
    minimum: dict[int, tuple[Decimal, Any]] = field(default_factory=dict)
    previous: dict[int, RateData] = field(default_factory=dict)


class TableReader:
    """Reads the rows of one table into a card. ``coverage`` counts what became of its cells."""

    def __init__(self, plan: TablePlan, card: CardData, separator: str | None) -> None:
        self.plan, self.card, self.separator = plan, card, separator
        self.coverage = Coverage()
        self.keys = [c for c in plan.columns if c.meaning not in ("price", "ignore", "unknown", "")]
        self.prices = [c for c in plan.columns if c.meaning == "price"]
        self.by_meaning = {c.meaning: c for c in reversed(self.keys)}
        self.field_columns = [(c.column, c.meaning) for c in self.keys if c.meaning in _FIELDS]
        self.attribute_columns = [(c.column, c.meaning) for c in self.keys if c.meaning in _ATTRIBUTES]
        self.postal_pairs = any(c.meaning in _POSTAL_PAIRS for c in self.keys)
        self.leads = bool(self.keys) and self.keys[0].meaning in _LEADING
        self.leading = [(c.column, c.meaning) for c in self.keys if c.meaning in _LEADING]
        self.leading_columns = {column for column, _ in self.leading}
        self.last_whole: dict[int, Cell] = {}
        self.weighs = [c for c in self.keys if c.meaning in _WEIGHT_MEANINGS]
        on_axis = [c for c in self.prices if c.axis == "break"]
        labels = [parse_break(c.label, separator) for c in on_axis]
        self.axis_labels: dict[int, BreakLabel | None] = {c.column: b for c, b in zip(on_axis, labels, strict=True)}
        self.axis: dict[int, Interval | None] = {
            c.column: i for c, i in zip(on_axis, intervals_of_axis(labels), strict=True)
        }
        self.groups: dict[tuple[str, ...], _Group] = {}
        self.carried: dict[str, Cell] = {}
        self.section: dict[str, tuple[str, Any]] = {}
        self.ranges: list[tuple[Decimal | None, Decimal | None]] = []
        self.open_rates: dict[tuple[str, ...], list[RateData]] = {}
        self.first_rate = len(card.rates)
        self.places: set[tuple[str, str]] = set()
        self.titles = {c.header for c in plan.columns} | {c.label for c in plan.columns if c.axis}
        self.key_columns = {c.column for c in plan.columns if c.meaning}

    def read(self, rows: Iterable[Row]) -> None:
        readers = {
            "rates": self._rate_row,
            "zones": self._zone_row,
            "surcharges": self._surcharge_row,
            "fuel": self._fuel_row,
        }
        reader = readers[self.plan.target]
        headers = set(self.plan.header_rows)
        for row in rows:
            if row.number in headers or self._is_header_again(row):
                continue
            cells = {cell.column: cell for cell in row.cells}
            if len(row.cells) == 1 and self._is_section(row.cells[0]):
                continue
            reader(cells)
        self._finish()

    def _is_header_again(self, row: Row) -> bool:
        first = row.cells[0].text
        return not first[:1].isdigit() and first in self.titles and all(cell.text in self.titles for cell in row.cells)

    def _is_section(self, cell: Cell) -> bool:
        if is_number(cell.text):
            return False
        text = " ".join(cell.text.split())
        match = ZONE_LABEL.match(text)
        if match and "zone" not in self.by_meaning:
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
        group = self.groups.setdefault(group_key, _Group())
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
        label: BreakLabel | None, interval: Interval | None, group: _Group, group_key: tuple[str, ...],
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
                day = parse_date(cell.text)
                if isinstance(day, date):
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
        self, cells: dict[int, Cell], group: _Group, values: dict[str, Any]
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

    def _zone_row(self, cells: dict[int, Cell]) -> None:
        cells = self._carry(cells)
        first, place = self._text(cells, "destination_from")
        last, _ = self._text(cells, "destination_to")
        side = "destination"
        if not first:
            for name in ("destination", "origin", "origin_from"):
                first, place = self._text(cells, name)
                if first:
                    side = "origin" if name.startswith("origin") else "destination"
                    break
        if not first:
            return
        found = places_of(first) or (("", first, ""),)
        if last:
            found = (("", first, last),)
        if (
            all(not country for country, _, _ in found)
            and (code := parse_country(first))
            and not any(c.isdigit() for c in first)
        ):
            found = ((code, first, ""),)
        for column in self.plan.columns:
            if column.meaning != "zone" or column.column not in cells:
                continue
            cell = cells[column.column]
            # A mark of a footnote is a zone of its own: what holds there stands in the note.
            if NOTHING.match(cell.text) and cell.text[:1] not in "[(":
                self.coverage.empty_prices += 1
                continue
            service = column.label if column.axis else self.section.get("service", ("",))[0]
            self.coverage.used_cells += 1
            for country, low, high in found:
                source = {"zone": source_of(cell.place), "first": place}
                if column.axis:
                    source["service"] = column.header_source
                self.card.zones.append(ZoneData(
                    zone=cell.text, first=low, last=high, country=country,
                    side=side, service=service, source=source,  # type: ignore[arg-type]
                ))  # fmt: skip

    def _surcharge_row(self, cells: dict[int, Cell]) -> None:
        name, name_source = self._text(cells, "surcharge")
        code, _ = self._text(cells, "code")
        column = next((c for c in (*self.prices, self.by_meaning.get("percent")) if c and c.column in cells), None)
        if column is None or not (name or code):
            return
        cell = cells[column.column]
        number = re.search(r"-?\d[\d.,']*", cell.text)
        value = price_of(cell.text, self.separator)
        if value is None and number:
            value = price_of(number[0].rstrip(".,'"), self.separator)
        if value is None:
            self.coverage.leave("no amount", f"{name}: {cell.text}")
            return
        self.coverage.used_cells += 1
        percent = "%" in cell.text or column.meaning == "percent" or "%" in column.header
        tail = cell.text[number.end() :].strip(" *") if number else ""
        unit = price_unit(cell.text) or price_unit(self._text(cells, "unit")[0]) or ""
        if not unit and tail and not percent and not currency_code(tail):
            unit = tail[:20]
        basis = "percent" if percent or unit == "percent" else "per_unit" if unit not in ("", "flat") else "flat"
        minimum = price_of(self._text(cells, "minimum")[0], self.separator) if "minimum" in self.by_meaning else None
        source = {"value": source_of(cell.place), "name": name_source}
        divisor = dimensional_divisor_in(name, value)
        if divisor is not None and self.card.dimensional_divisor is None:
            self.card.dimensional_divisor = divisor
            self.card.evidence["dimensional_divisor"] = {"source": source["value"], "text": f"{name}: {cell.text}"}
        self.card.surcharges.append(SurchargeData(
            name=name or code, value=value, basis=basis, code=code, unit="" if unit == "percent" else unit,  # type: ignore[arg-type]
            applies_to=self._text(cells, "applies_to")[0] or ("freight" if basis == "percent" else ""),
            condition=self._text(cells, "condition")[0], minimum=minimum,
            currency=currency_code(self._text(cells, "currency")[0]), source=source,
        ))  # fmt: skip

    def _fuel_row(self, cells: dict[int, Cell]) -> None:
        low, place = self._text(cells, "fuel_from")
        high, _ = self._text(cells, "fuel_to")
        column = next((c for m in ("fuel_percent", "percent") if (c := self.by_meaning.get(m))), None) or (
            self.prices[0] if self.prices else None
        )
        cell = cells.get(column.column) if column else None
        value = price_of(cell.text.replace("%", "").strip(), self.separator) if cell else None
        if cell is None or value is None:
            return
        self.coverage.used_cells += 1
        self.card.fuel.append(FuelBandData(
            percent=value, index_from=price_of(low, self.separator) if low else None,
            index_to=price_of(high, self.separator) if high else None,
            source={"percent": source_of(cell.place), "index": place},
        ))  # fmt: skip

    def _finish(self) -> None:
        if range_inclusive(self.ranges) == "both":
            for rate in self.card.rates[self.first_rate :]:
                if rate.break_to is not None and rate.break_inclusive == "upper":
                    rate.break_inclusive = "both"
        for rates in self.open_rates.values():
            close_open_breaks(rates)
