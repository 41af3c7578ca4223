"""A card's table of zones arranged so that the rows of a place are found without looking at the others. Pure."""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from invoices.rate_records import ZoneData
from invoices.rate_records.places import Location, outward_code, parse_place, place_key, postal_key
from invoices.rating.lanes import zone_key

_BY_NAME = ("name", "exact", "country", "region")


class _Ranges(NamedTuple):
    """Rows whose bounds have the same number of characters, by their first code. ``reach`` is the highest last code of
    a row and all before it: where it lies below a postal code, no row further down can hold it."""

    firsts: list[str]
    reach: list[str]
    rows: list[ZoneData]


class ZoneTable:
    """The zones of one card, in the card's order."""

    __slots__ = ("_codes", "_countries", "_names", "_odd", "_ranges", "size")

    def __init__(self, zones: Iterable[ZoneData]) -> None:
        self.size = 0
        self._names: dict[str, list[ZoneData]] = defaultdict(list)
        self._codes: dict[str, list[ZoneData]] = defaultdict(list)
        self._countries: dict[str, list[ZoneData]] = defaultdict(list)
        self._odd: list[ZoneData] = []  # prefixes, districts, bounds of different lengths: few tables have any
        by_length: dict[int, list[tuple[str, str, ZoneData]]] = defaultdict(list)
        for zone in zones:
            self.size += 1
            if not zone.first:
                self._countries[zone.country].append(zone)
            elif not zone.last:
                if all(pattern.kind in _BY_NAME for pattern in parse_place(zone.first)):
                    for name in {place_key(zone.first), zone_key(zone.first), *_names_of(zone.first)}:
                        self._names[name].append(zone)
                    self._codes[postal_key(zone.first)].append(zone)
                else:
                    self._odd.append(zone)
            else:
                first, last = postal_key(zone.first), postal_key(zone.last)
                if len(first) == len(last):
                    by_length[len(first)].append((first, last, zone))
                else:
                    self._odd.append(zone)
        self._ranges = {length: _arranged(rows) for length, rows in by_length.items()}

    def rows_for(self, origin: Location, destination: Location) -> list[ZoneData]:
        """The rows of both sides that can hold the ends of a way."""
        found = [row for row in self._may_hold(destination) if row.side == "destination"]
        found += [row for row in self._may_hold(origin) if row.side == "origin"]
        # Rows whose place is the zone of a row found: a matrix of zones, an alias.
        known = {id(row) for row in found}
        for row in found:
            for named in self._names.get(zone_key(row.zone), ()):
                if named.side == row.side and id(named) not in known:
                    known.add(id(named))
                    found.append(named)
        return found

    def _may_hold(self, place: Location) -> Iterator[ZoneData]:
        """The rows that can hold a place, and few others; ``in_zone_row`` decides."""
        for word in place.words:
            yield from self._names.get(word, ())
        if place.country:
            yield from self._countries.get(place.country, ())
        yield from self._odd
        postal = postal_key(place.postal)
        if not postal:
            return
        outward = outward_code(place) or ""
        for code in {postal, outward, outward.rstrip("ABCDEFGHIJKLMNOPQRSTUVWXYZ")} - {""}:
            yield from self._codes.get(code, ())
        for length, ranges in self._ranges.items():
            code = postal[:length]
            at = bisect_right(ranges.firsts, code) - 1
            while at >= 0 and ranges.reach[at] >= code:
                yield ranges.rows[at]
                at -= 1


def _names_of(text: str) -> set[str]:
    return {name for pattern in parse_place(text) for name in pattern.names}


def _arranged(rows: list[tuple[str, str, ZoneData]]) -> _Ranges:
    rows.sort(key=lambda row: row[0])
    reach: list[str] = []
    for _, last, _zone in rows:
        reach.append(max(last, reach[-1]) if reach else last)
    return _Ranges([first for first, _, _ in rows], reach, [zone for _, _, zone in rows])
