"""Whether a rate is for a lane: places by name, code, postal range and zone. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import lru_cache

from invoices.rate_records import RateData, ZoneData
from invoices.rate_records.places import Location, place_key

_ZONE_WORDS = ("zone ", "zona ", "tarifzone ", "strefa ")


@lru_cache(maxsize=8192)
def zone_key(text: str) -> str:
    """A zone as it is compared: cards write "Zone 3" in one place and "3" in another."""
    key = place_key(text)
    for word in _ZONE_WORDS:
        if key.startswith(word) and key[len(word) :].strip(" .:-"):
            return key[len(word) :].strip(" .:-")
    return key


def in_zone_row(zone: ZoneData, place: Location) -> bool:
    """Whether a row of a zone table holds a place. Postal codes are compared by as many characters as the row has."""
    if zone.country and place.country and zone.country != place.country:
        return False
    if not zone.first:
        return bool(zone.country) and zone.country == place.country
    if not zone.last:
        return place_key(zone.first) in place.words
    postal = place.postal.replace(" ", "").upper()
    first, last = zone.first.replace(" ", "").upper(), zone.last.replace(" ", "").upper()
    return bool(postal) and first <= postal[: len(first)] and postal[: len(last)] <= last


def labels_of(zones: Iterable[ZoneData], place: Location, side: str, service: str = "") -> frozenset[str]:
    """The zones that a place belongs to, for a service."""
    return frozenset(
        zone_key(zone.zone)
        for zone in zones
        if zone.side == side and (not zone.service or not service or place_key(zone.service) == place_key(service))
        and in_zone_row(zone, place)
    )  # fmt: skip


class Lane:
    """A way from one place to another as the rates of one card are compared with it: what the card's zones call its
    ends is worked out once for each service, not for each rate."""

    __slots__ = ("_labels", "_words", "_zone", "_zones", "ends")

    def __init__(self, zones: Sequence[ZoneData], origin: Location, destination: Location, zone: str = "") -> None:
        self._zones = zones
        self._zone = zone_key(zone) if zone else ""
        self.ends = {"origin": origin, "destination": destination}
        self._words = {side: place.words for side, place in self.ends.items()}
        self._labels: dict[tuple[str, str], frozenset[str]] = {}

    def fits(self, rate: RateData) -> bool:
        """Whether origin, destination and zone of a rate hold. A zone that the shipment gives decides."""
        if rate.zone:
            key = zone_key(rate.zone)
            if not (key == self._zone if self._zone else self._zone_holds(key, rate)):
                return False
        return self.side_fits(rate.origin, "origin", rate.service) and self.side_fits(
            rate.destination, "destination", rate.service
        )

    def side_fits(self, text: str, side: str, service: str) -> bool:
        if not text:
            return True
        return place_key(text) in self._words[side] or zone_key(text) in self.labels(side, service)

    def labels(self, side: str, service: str = "") -> frozenset[str]:
        """The zones that an end belongs to, for a service."""
        found = self._labels.get((side, service))
        if found is None:
            found = self._labels[side, service] = labels_of(self._zones, self.ends[side], side, service)
        return found

    def _zone_holds(self, key: str, rate: RateData) -> bool:
        if key in self.labels("destination", rate.service) or key in self._words["destination"]:
            return True
        # A zone that only names what the destination column says needs no table of zones.
        return bool(rate.destination) and self.side_fits(rate.destination, "destination", rate.service)


def why_no_lane(rates: Sequence[RateData], lane: Lane, zone: str) -> str:
    """A sentence that says which part of the lane no rate has."""
    origin, destination = said(lane.ends["origin"]), said(lane.ends["destination"])
    if zone and not any(zone_key(rate.zone) == zone_key(zone) for rate in rates):
        return f"The card has no rate for zone {zone}."
    if not any(lane.side_fits(r.origin, "origin", r.service) for r in rates):
        return f"The card has no rate from {origin}."
    if any(rate.zone for rate in rates) and not lane.labels("destination"):
        return f"The card puts {destination} into no zone."
    if not any(lane.side_fits(r.destination, "destination", r.service) for r in rates):
        return f"The card has no rate to {destination}."
    return f"The card has no rate from {origin} to {destination}."


def said(place: Location) -> str:
    """A place as a sentence names it."""
    return " ".join(part for part in (place.country, place.postal, place.name) if part) or "an unknown place"
