"""Whether a rate is for a lane, and how narrowly: places by name, code, postal range and zone. Pure."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Sequence
from functools import lru_cache

from invoices.rate_records import RateData, ZoneData
from invoices.rate_records.places import Location, Pattern, best_match, parse_place, place_key, postal_pattern

_ZONE_WORDS = ("zone ", "zona ", "tarifzone ", "strefa ")
_NUMBERED = re.compile(r"^z\.?\s?(?=\d)")
_GIVEN = 3_500  # a zone that the shipment states is as narrow as a postal range
_DEPTH = 3  # zones of zones: a matrix of zones over a list of places has two steps


@lru_cache(maxsize=8192)
def zone_key(text: str) -> str:
    """A zone as it is compared: cards write "Zone 3" in one place and "3" in another."""
    key = _NUMBERED.sub("", place_key(text))
    for word in _ZONE_WORDS:
        if key.startswith(word) and key[len(word) :].strip(" .:-"):
            return key[len(word) :].strip(" .:-")
    return key


@lru_cache(maxsize=65_536)
def _patterns(country: str, first: str, last: str) -> tuple[Pattern, ...]:
    if not first:
        return (Pattern("country", country),) if country else ()
    if last:
        return (postal_pattern(country, f"{first}–{last}"),)
    found = parse_place(first)
    if country:
        # The country of the row holds for its postcodes; a name stands for itself.
        within = parse_place(f"{country} {first}")
        found = tuple(p for p in (*within, *found) if p.kind in ("name", "region") or p.country)
    return found


def zone_row_match(zone: ZoneData, place: Location) -> int | None:
    """How narrowly a row of a zone table holds a place; None where it does not. Postal codes are compared by as many
    characters as the row has."""
    if zone.country and place.country and zone.country != place.country:
        return None
    found = None
    for pattern in _patterns(zone.country, zone.first, zone.last):
        if pattern.holds(place):
            found = max(found or 0, pattern.specificity)
    return found


def in_zone_row(zone: ZoneData, place: Location) -> bool:
    """Whether a row of a zone table holds a place by itself."""
    return zone_row_match(zone, place) is not None


def zones_of(
    zones: Iterable[ZoneData], place: Location, side: str, service: str = "", *, origin: Location | None = None,
    from_zones: Collection[str] = (),
) -> dict[str, int]:  # fmt: skip
    """The zones that a place belongs to, for a service, and how narrowly. Cells of a matrix count for shipments from
    ``origin`` (whose own zones are ``from_zones``) only."""
    rows = [
        zone
        for zone in zones
        if zone.side == side
        and (not zone.service or not service or place_key(zone.service) == place_key(service))
        and _holds_from(zone, origin, from_zones)
    ]
    found: dict[str, int] = {}
    for zone in rows:
        specificity = zone_row_match(zone, place)
        if specificity is not None:
            key = zone_key(zone.zone)
            found[key] = max(found.get(key, 0), specificity)
    # Rows whose place is the zone of another row: a matrix of zones, an alias of a place.
    named = [zone for zone in rows if zone.first and not zone.last]
    for _ in range(_DEPTH if found and named else 0):
        more = {
            zone_key(zone.zone): found[first]
            for zone in named
            if (first := zone_key(zone.first)) in found and zone_key(zone.zone) not in found
        }
        if not more:
            break
        found |= more
    return found


def _holds_from(zone: ZoneData, origin: Location | None, from_zones: Collection[str]) -> bool:
    if not zone.origin or origin is None:
        return True
    return best_match(zone.origin, origin) is not None or zone_key(zone.origin) in from_zones


def labels_of(
    zones: Iterable[ZoneData], place: Location, side: str, service: str = "", *, origin: Location | None = None
) -> frozenset[str]:
    """The zones that a place belongs to, for a service."""
    zones = list(zones)
    from_zones: Collection[str] = ()
    if origin is not None and any(zone.origin for zone in zones):
        from_zones = zones_of(zones, origin, "origin", service)
    return frozenset(zones_of(zones, place, side, service, origin=origin, from_zones=from_zones))


class Lane:
    """A way from one place to another as the rates of one card are compared with it: what the card's zones call its
    ends is worked out once for each service, not for each rate."""

    __slots__ = ("_labels", "_matches", "_words", "_zone", "_zones", "ends")

    def __init__(self, zones: Sequence[ZoneData], origin: Location, destination: Location, zone: str = "") -> None:
        self._zones = zones
        self._zone = zone_key(zone) if zone else ""
        self.ends = {"origin": origin, "destination": destination}
        self._words = {side: place.words for side, place in self.ends.items()}
        self._labels: dict[tuple[str, str], dict[str, int]] = {}
        self._matches: dict[tuple[str, str, str], int | None] = {}

    def fits(self, rate: RateData) -> bool:
        """Whether origin, destination and zone of a rate hold. A zone that the shipment gives decides."""
        return self.match(rate.origin, rate.destination, rate.zone, rate.service) is not None

    def match(self, origin: str, destination: str, zone: str, service: str = "") -> tuple[int, int] | None:
        """How many of the three narrow the lane, and how narrowly together; None where one does not hold."""
        count, total = 0, 0
        if zone:
            found = self._zone_match(zone, destination, service)
            if found is None:
                return None
            count, total = 1, found
        for text, side in ((origin, "origin"), (destination, "destination")):
            if text:
                specificity = self.side_match(text, side, service)
                if specificity is None:
                    return None
                count += specificity > 0
                total += specificity
        return count, total

    def side_fits(self, text: str, side: str, service: str) -> bool:
        return not text or self.side_match(text, side, service) is not None

    def side_match(self, text: str, side: str, service: str) -> int | None:
        """How narrowly a place or zone as a rate writes it holds an end; None where it does not."""
        key = (text, side, service)
        if key in self._matches:
            return self._matches[key]
        found = best_match(text, self.ends[side])
        label = self.labels(side, service).get(zone_key(text))
        if label is not None:
            found = label if found is None else max(found, label)
        self._matches[key] = found
        return found

    def labels(self, side: str, service: str = "") -> dict[str, int]:
        """The zones that an end belongs to, for a service, and how narrowly."""
        found = self._labels.get((side, service))
        if found is None:
            origin, from_zones = None, ()
            if side == "destination":
                origin = self.ends["origin"]
                if any(zone.origin for zone in self._zones):
                    from_zones = tuple(self.labels("origin", service))  # type: ignore[assignment]
            found = zones_of(
                self._zones, self.ends[side], side, service, origin=origin, from_zones=from_zones
            )  # fmt: skip
            self._labels[side, service] = found
        return found

    def _zone_match(self, zone: str, destination: str, service: str) -> int | None:
        key = zone_key(zone)
        if self._zone:
            return _GIVEN if key == self._zone else None
        found = self.labels("destination", service).get(key)
        if found is None and key in self._words["destination"]:
            found = _GIVEN
        if found is None and destination and self.side_fits(destination, "destination", service):
            # A zone that only names what the destination column says needs no table of zones.
            found = 0
        return found


def why_no_lane(rates: Sequence[RateData], lane: Lane, zone: str) -> str:
    """A sentence that says which part of the lane no rate has."""
    origin, destination = said(lane.ends["origin"]), said(lane.ends["destination"])
    if zone and not any(zone_key(rate.zone) == zone_key(zone) for rate in rates):
        return f"The card has no rate for zone {zone}."
    if not any(lane.side_fits(r.origin, "origin", r.service) for r in rates):
        return f"The card has no rate from {origin}."
    if any(rate.zone for rate in rates) and not lane.labels("destination"):
        return f"The card has no zone for {destination}."
    if not any(lane.side_fits(r.destination, "destination", r.service) for r in rates):
        return f"The card has no rate to {destination}."
    return f"The card has no rate from {origin} to {destination}."


def said(place: Location) -> str:
    """A place as a sentence names it."""
    parts = (place.country, place.region, place.postal, place.code, place.name)
    return " ".join(part for part in parts if part) or "an unknown place"
