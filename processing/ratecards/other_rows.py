"""Rows of zones, surcharges and bands of fuel prices. Pure."""

from __future__ import annotations

import re
from collections.abc import Sequence
from decimal import Decimal

from invoices.rate_records import FuelBandData, RuleData, SurchargeData, ZoneData
from invoices.rate_records.charges import ASKED_FOR
from invoices.rate_records.charges import meaning_of as trade_meaning
from invoices.values import parse_country
from processing.content.records import Cell
from processing.ratecards.charge_columns import base_in
from processing.ratecards.charge_titles import applies_by_title
from processing.ratecards.charge_words import read_words
from processing.ratecards.labels import BreakLabel, parse_break, price_unit
from processing.ratecards.notes import dimensional_divisor_in
from processing.ratecards.place_parts import country_code
from processing.ratecards.sheets import source_of
from processing.ratecards.table_rows import TableRows
from processing.ratecards.values import currency_code, places_of, price_of
from processing.ratecards.vocabulary import NOTHING
from processing.ratecards.zone_matrix import padded, place_of_label
from processing.ratecards.zone_places import places_of_parts
from processing.ratecards.zones_across import PLACES, places_in

_ISO = re.compile(r"^[A-Z]{2,3}$")
# Charges that every shipment pays wherever a card names them with nothing else said.
ALWAYS = frozenset({"toll", "fuel", "dispatch", "security", "ad_valorem", "theft_risk"})
# Containers and air freight pass through a terminal whatever is asked for.
ALWAYS_BY_SEA_AND_AIR = frozenset({"terminal_handling", "handling"})


# A shipment that needs it states how many.
STATED_UNITS = frozenset({"day", "hour", "minute", "stop"})
_FUEL_UNITS = frozenset({"mile", "km", "kg", "100kg", "cwt", "lb"})
_CENTS = re.compile(r"\bcents?\b|¢|\bct\b", re.I)
_ON_REQUEST = re.compile(r"request|optional|wunsch|anfrage|demande|petici[óo]n|richiesta|pedido|verzoek", re.I)
_EVERYBODYS = re.compile(
    r"contribution|\blevy\b|abgabe|participation|umwelt|environment|\beco\b|climate|klima|"
    r"grundgeb|gesti[óo]n\b|frais de gestion|contributo|contribuci[óo]n|bijdrage|heffing", re.I
)  # fmt: skip
_AREAS = re.compile(r"post\s?codes?|postal|areas?|districts?", re.I)
_DISTRICT = re.compile(
    r"^(?P<area>[A-Z]{1,2})(?:(?P<low>\d{1,2}[A-Z]?)(?:\s*(?:-|–|to)\s*(?:(?P=area))?(?P<high>\d{1,2}))?)?\*?$", re.I
)


def _countries(text: str) -> tuple[tuple[str, str, str], ...]:
    """ "Belgium, Netherlands, Luxembourg": names of countries, each a place of its own."""
    parts = [part.strip() for part in re.split(r"[,;/]|\s(?:und|and|et|y|e|en)\s", text) if part.strip()]
    codes = [country_code(part) for part in parts]
    return tuple((code, "", "") for code in codes) if len(parts) > 1 and all(codes) else ()


def pad_zones(zones: Sequence[ZoneData]) -> None:
    """Postcodes that a workbook holds as numbers have lost their leading zero: 1 and 4 beside 10 and 99."""
    ends = [end for zone in zones for end in (zone.first, zone.last) if end]
    sizes = {len(end) for end in ends}
    size = max(sizes, default=0)
    if not ends or not all(map(str.isdecimal, ends)) or sizes != {size - 1, size} or size not in (2, 3, 5):
        return
    for zone in zones:
        zone.first, zone.last = zone.first.zfill(size), zone.last.zfill(size) if zone.last else ""


def _index(text: str, band: BreakLabel | None, separator: str | None) -> Decimal | None:
    """A bound of an index; those of a range ("3.00 - 3.10") are numbers already."""
    if not text:
        return None
    return Decimal(text) if band is not None and band.shape == "range" else price_of(text, separator)


class OtherRows(TableRows):
    """Reads what is no rate."""

    def _zone_row(self, cells: dict[int, Cell]) -> None:
        across = [column for column in self.plan.columns if column.meaning == PLACES and column.column in cells]
        for column in across:
            cell = cells[column.column]
            self.coverage.used_cells += 1
            for country, first, last in places_in(cell.text):
                source = {"zone": column.header_source, "first": source_of(cell.place)}
                self.card.zones.append(ZoneData(column.label, first, last, country, source=source))
        if across:
            return
        if any(c.meaning == "zone" and c.axis == "destination" for c in self.plan.columns):
            self._matrix_row(cells)
            return
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
        parted = next((name for name in ("destination", "origin") if name in self.part_columns), "")
        if not first:
            return
        british = self._british(first)
        found = british or places_of(first) or _countries(first) or (("", first, ""),)
        if last:
            found = (("", first, last),)
        if len(found) == 1 and "," in first and not any(map(str.isdigit, first)):
            found = tuple(("", name.strip(), "") for name in first.split(",") if name.strip())  # "Delhi, Punjab"
        if (
            all(not country for country, _, _ in found)
            and (code := parse_country(first))
            and not any(c.isdigit() for c in first)
        ):
            found = ((code, first, ""),)
        code = self._text(cells, "code")[0]
        if _ISO.match(code) and not any(map(str.isdigit, first)) and country_code(code):
            found = ((country_code(code), "", ""),)  # beside its name, which each carrier writes in its own way
        elif len(found) == 1 and found[0][0] and found[0][1] and not any(map(str.isdigit, first)):
            found = ((found[0][0], "", ""),)
        if parted and not british:
            own = self.part_columns[parted]
            texts = {part: " ".join(c.text.split()) for part, at in own.items() if (c := cells.get(at)) is not None}
            side, found = parted, places_of_parts(texts, self.known_countries.get(parted, "")) or found
            if last:
                found = tuple((country, self._text(cells, f"{parted}_from")[0], last) for country, _, _ in found[:1])
        elif self.known_countries.get(side):
            found = tuple((country or self.known_countries[side], low, high) for country, low, high in found)
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

    def _matrix_row(self, cells: dict[int, Cell]) -> None:
        """A row of a matrix of zones: each cell is the zone from the place to its left to the one above it."""
        origin, place = self._text(cells, "origin")
        named = {zone.zone for zone in self.card.zones if not zone.origin}
        size = max(len(c.label) for c in self.plan.columns)
        for column in self.plan.columns:
            cell = cells.get(column.column)
            if column.meaning != "zone" or cell is None or not origin:
                continue
            if NOTHING.match(cell.text):
                self.coverage.empty_prices += 1
                continue
            self.coverage.used_cells += 1
            first, begins = (place_of_label(padded(text, size), named) for text in (column.label, origin))
            self.card.zones.append(ZoneData(
                zone=cell.text, first=first, origin=begins,
                source={"zone": source_of(cell.place), "first": column.header_source, "origin": place},
            ))  # fmt: skip

    def _british(self, text: str) -> tuple[tuple[str, str, str], ...]:
        """Postcode areas and districts of the UK: "AB10-25, DD, S", where the column speaks of postcodes."""
        column = self.by_meaning.get("destination") or self.by_meaning.get("origin")
        if column is None or not _AREAS.search(column.header):
            return ()
        found: list[tuple[str, str, str]] = []
        for part in re.split(r"[,;/]|\band\b|&", text):
            match = _DISTRICT.match(part.strip().upper())
            if match is None:
                return ()
            area, low, high = match["area"], match["low"] or "", match["high"] or ""
            first = f"{area}{low}–{high}" if high else f"{area}{low}" if low else f"{area}*"
            found.append(("GB", first, ""))
        return tuple(found)

    def _surcharge_row(self, cells: dict[int, Cell]) -> None:
        name, name_source = self._text(cells, "surcharge")
        if not name:
            name, name_source = self._text(cells, "service")
        code, _ = self._text(cells, "code")
        column = next((c for c in (*self.prices, self.by_meaning.get("percent")) if c and c.column in cells), None)
        if column is None or not (name or code):
            return
        cell = cells[column.column]
        number = re.search(r"-?\d[\d.,']*", cell.text)
        value = price_of(cell.text, self.separator)
        if value is None and number:
            value = price_of(number[0].rstrip(".,'"), self.separator)
        place = source_of(cell.place)
        if value is None:
            if NOTHING.match(cell.text):
                self.coverage.empty_prices += 1
                applies = "on_request" if any(map(str.isalpha, cell.text)) else ""
                if applies:
                    self.card.surcharges.append(
                        SurchargeData(
                            name or code, Decimal(0), code=code, applies="on_request", source={"name": name_source}
                        )
                    )
                return
            self.coverage.leave("no amount", f"{name}: {cell.text}")
            return
        self.coverage.used_cells += 1
        percent = "%" in cell.text or column.meaning == "percent" or "%" in column.header
        tail = cell.text[number.end() :].strip(" *") if number else ""
        unit_text = self._text(cells, "unit")[0]
        condition = self._text(cells, "condition")[0]
        named = (
            name if "minut" in name.casefold() or "hour" in name.casefold() else ""
        )  # "waiting from the 31st minute"
        words = read_words("; ".join(text for text in (named, tail, unit_text, condition) if text), value=value,
                           country="US" if self.card.currency == "USD" else "")  # fmt: skip
        unit = price_unit(cell.text) or price_unit(unit_text) or words.unit or column.unit
        if words.unit == "minute":
            unit = f"{words.increment}minute" if words.increment and words.increment > 1 else "minute"
        if not unit and tail and not percent and not currency_code(tail):
            unit = tail[:20]
        applies_to = self._text(cells, "applies_to")[0]
        if percent:
            applies_to = base_in(" ".join((cell.text, unit_text, condition, applies_to))) or applies_to or "freight"
        basis = "percent" if percent or unit == "percent" else "per_unit" if unit not in ("", "flat") else "flat"
        minimum = price_of(self._text(cells, "minimum")[0], self.separator) if "minimum" in self.by_meaning else None
        maximum = price_of(self._text(cells, "maximum")[0], self.separator) if "maximum" in self.by_meaning else None
        source = {"value": place, "name": name_source}
        divisor = dimensional_divisor_in(name, value)
        if divisor is not None and self.card.dimensional_divisor is None:
            self.card.dimensional_divisor = divisor
            self.card.evidence["dimensional_divisor"] = {"source": source["value"], "text": f"{name}: {cell.text}"}
        meaning = trade_meaning(name)
        charge = SurchargeData(
            name=name or code, value=value, basis=basis,  # type: ignore[arg-type]
            code=code, unit="" if unit == "percent" else unit, applies_to=applies_to if basis == "percent" else "",
            condition=condition, minimum=minimum if minimum is not None else words.minimum,
            maximum=maximum if maximum is not None else words.maximum, free_units=words.free_units,
            currency=currency_code(self._text(cells, "currency")[0]), meaning=meaning, conditions=words.conditions,
            source=source,
        )  # fmt: skip
        if words.increment and unit.endswith("minute"):
            charge.increment, charge.rounding = words.increment, "up"
        if meaning == "fuel":
            charge.kind, charge.sequence, charge.applies = "fuel", 500, "always"
        if words.conditions or (meaning in ALWAYS and not condition):
            charge.applies = "always"
        if not charge.applies and not condition and meaning not in ASKED_FOR and unit not in STATED_UNITS:
            charge.applies = applies_by_title(self.plan.title)
        if charge.currency == self.card.currency:
            charge.currency = ""
        self.card.surcharges.append(charge)
        if not self._known_to_apply(charge, cell.text):
            told = f"“{charge.name}” of the charges: does each shipment pay this, or only where it is asked for?"
            self.card.rules.append(
                RuleData("not_understood", charge=charge.name, words=told, source={"words": name_source})
            )
        if words.open:
            self.card.rules.append(RuleData(
                "not_understood", charge=charge.name, words=f"{charge.name}: {unit_text} {condition}".strip()[:500],
                source={"words": place},
            ))  # fmt: skip

    def _known_to_apply(self, charge: SurchargeData, said: str) -> bool:
        """Whether a row tells when its charge is due. Services in a list are for those who ask for them; what is called
        a levy or a contribution may be everybody's."""
        if charge.applies or charge.condition or charge.basis == "percent" or charge.meaning in ASKED_FOR:
            return True
        return not _EVERYBODYS.search(charge.name) or bool(_ON_REQUEST.search(f"{charge.name} {said}"))

    def _fuel_row(self, cells: dict[int, Cell]) -> None:
        low, place = self._text(cells, "fuel_from")
        high, _ = self._text(cells, "fuel_to")
        band = parse_break(low, self.separator) if low and not high else None
        if band is not None and band.shape == "range":
            low, high = str(band.first), str(band.last)
        column = next((c for m in ("fuel_percent", "percent") if (c := self.by_meaning.get(m))), None) or (
            self.prices[0] if self.prices else None
        )
        cell = cells.get(column.column) if column else None
        value = price_of(cell.text.replace("%", "").strip(), self.separator) if cell else None
        if cell is None or value is None or column is None:
            return
        unit = column.unit if column.unit in _FUEL_UNITS and "%" not in cell.text else ""
        if unit and _CENTS.search(column.header):
            value /= 100
        self.coverage.used_cells += 1
        self.card.fuel.append(FuelBandData(
            percent=value, unit=unit, index_from=_index(low, band, self.separator),
            index_to=_index(high, band, self.separator),
            source={"percent": source_of(cell.place), "index": place},
        ))  # fmt: skip
