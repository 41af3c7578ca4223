"""A card's table of zones arranged so that the rows of a place are found without looking at the others. Pure."""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from invoices.rate_records import ZoneData
from invoices.rate_records.places import Location, place_key


class _Ranges(NamedTuple):
    """Rows whose bounds have the same number of characters, by their first code. ``reach`` is the highest last code of
    a row and all before it: where it lies below a postal code, no row further down can hold it."""

    firsts: list[str]
    reach: list[str]
    rows: list[ZoneData]


class ZoneTable:
    """The zones of one card, in the card's order."""

    __slots__ = ("_countries", "_names", "_odd", "_ranges", "size")

    def __init__(self, zones: Iterable[ZoneData]) -> None:
        self.size = 0
        self._names: dict[str, list[ZoneData]] = defaultdict(list)
        self._countries: dict[str, list[ZoneData]] = defaultdict(list)
        self._odd: list[ZoneData] = []  # bounds of different lengths: few tables have any
        by_length: dict[int, list[tuple[str, str, ZoneData]]] = defaultdict(list)
        for zone in zones:
            self.size += 1
            if not zone.first:
                self._countries[zone.country].append(zone)
            elif not zone.last:
                self._names[place_key(zone.first)].append(zone)
            else:
                first, last = zone.first.replace(" ", "").upper(), zone.last.replace(" ", "").upper()
                if len(first) == len(last):
                    by_length[len(first)].append((first, last, zone))
                else:
                    self._odd.append(zone)
        self._ranges = {length: _arranged(rows) for length, rows in by_length.items()}

    def rows_for(self, origin: Location, destination: Location) -> list[ZoneData]:
        """The rows of both sides that can hold the ends of a way."""
        found = [row for row in self._may_hold(destination) if row.side == "destination"]
        return found + [row for row in self._may_hold(origin) if row.side == "origin"]

    def _may_hold(self, place: Location) -> Iterator[ZoneData]:
        """The rows that can hold a place, and few others; ``in_zone_row`` decides."""
        for word in place.words:
            yield from self._names.get(word, ())
        if place.country:
            yield from self._countries.get(place.country, ())
        postal = place.postal.replace(" ", "").upper()
        if not postal:
            return
        for length, ranges in self._ranges.items():
            code = postal[:length]
            at = bisect_right(ranges.firsts, code) - 1
            while at >= 0 and ranges.reach[at] >= code:
                yield ranges.rows[at]
                at -= 1
        yield from self._odd


def _arranged(rows: list[tuple[str, str, ZoneData]]) -> _Ranges:
    rows.sort(key=lambda row: row[0])
    reach: list[str] = []
    for _, last, _zone in rows:
        reach.append(max(last, reach[-1]) if reach else last)
    return _Ranges([first for first, _, _ in rows], reach, [zone for _, _, zone in rows])
