"""Rows of zones, surcharges and bands of fuel prices. Pure."""

from __future__ import annotations

import re

from invoices.rate_records import FuelBandData, SurchargeData, ZoneData
from invoices.values import parse_country
from processing.content.records import Cell
from processing.ratecards.labels import price_unit
from processing.ratecards.notes import dimensional_divisor_in
from processing.ratecards.sheets import source_of
from processing.ratecards.table_rows import TableRows
from processing.ratecards.values import currency_code, places_of, price_of
from processing.ratecards.vocabulary import NOTHING


class OtherRows(TableRows):
    """Reads what is no rate."""

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
