"""Where the prices of a row are for: places of several cells, postcodes beside zones, zones that headers list. Pure."""

from __future__ import annotations

import re
from typing import Any

from invoices.rate_records import ZoneData
from invoices.rate_records.places import place_text
from processing.content.records import Cell
from processing.ratecards.place_parts import composed, country_code
from processing.ratecards.sheets import source_of
from processing.ratecards.table_rows import TableRows
from processing.ratecards.values import places_of

# Of the countries that speak of a PLZ, only Germany has codes that begin with a nought.
_EAST = re.compile(r"\bPLZ\b.*?\b0\d\b", re.I)


class PlaceRows(TableRows):
    """Reads the places of rows, and the zones that they belong to."""

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
        if first and first != "*":
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
                known = self.known_countries.get(side, "")
                values[side] = (
                    place_text(country=known, first=first, last=last or first)
                    if known
                    else first
                    if not last or last == first
                    else f"{first}-{last}"
                )
                source[side] = place
                if not known:
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
        found = places_of(values[side]) or _names_in(values[side])
        if not found or not any(first for _, first, _ in found):
            return
        for country, first, last in found:
            self._zone(values["zone"], country, first, last, side, source.get("zone"))
        del values[side]
        source.pop(side, None)

    def _listed(self, side: str, text: str, place: Any) -> None:
        found = places_of(text) or _names_in(text)
        # A single code stands for itself.
        if len(found) > 1 or (found and found[0][2] and found[0][1] != found[0][2]):
            self._place(side, text, found, place)

    def _place(self, side: str, label: str, found: tuple[tuple[str, str, str], ...], place: Any) -> None:
        if (side, label) in self.places:
            return
        self.places.add((side, label))
        for country, first, last in found:
            self.card.zones.append(
                ZoneData(zone=label, first=first, last=last, country=country, side=side, source={"zone": place})  # type: ignore[arg-type]
            )

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


def _names_in(text: str) -> tuple[tuple[str, str, str], ...]:
    """Names of regions or towns that a cell lists: "Madrid, Barcelona, Murcia"."""
    names = [part.strip() for part in text.split(",")]
    listed = len(names) > 1 and all(len(name) > 3 and not any(map(str.isdigit, name)) for name in names)
    return tuple(("", name, "") for name in names) if listed else ()
