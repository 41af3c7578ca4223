"""Whether a rate is for a lane: places by name, code, postal range and zone. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from invoices.rate_records import RateData, ZoneData

_ZONE_WORDS = ("zone ", "zona ", "tarifzone ", "strefa ")


@dataclass(frozen=True, slots=True)
class Location:
    """``country`` is ISO 3166; ``name`` a city, port or airport as the card writes it."""

    country: str = ""
    postal: str = ""
    name: str = ""

    @property
    def words(self) -> frozenset[str]:
        """What a card may call this place by itself."""
        return frozenset(_key(text) for text in (self.country, self.postal, self.name) if text)


def _key(text: str) -> str:
    return " ".join(text.casefold().split())


def zone_key(text: str) -> str:
    """A zone as it is compared: cards write "Zone 3" in one place and "3" in another."""
    key = _key(text)
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
        return _key(zone.first) in place.words
    postal = place.postal.replace(" ", "").upper()
    first, last = zone.first.replace(" ", "").upper(), zone.last.replace(" ", "").upper()
    return bool(postal) and first <= postal[: len(first)] and postal[: len(last)] <= last


def labels_of(zones: Iterable[ZoneData], place: Location, side: str, service: str = "") -> frozenset[str]:
    """The zones that a place belongs to, for a service."""
    return frozenset(
        zone_key(zone.zone)
        for zone in zones
        if zone.side == side and (not zone.service or not service or _key(zone.service) == _key(service))
        and in_zone_row(zone, place)
    )  # fmt: skip


def _side_fits(text: str, zones: Sequence[ZoneData], place: Location, side: str, service: str) -> bool:
    if not text:
        return True
    key = _key(text)
    return key in place.words or zone_key(text) in labels_of(zones, place, side, service)


def fits_lane(
    rate: RateData, zones: Sequence[ZoneData], origin: Location, destination: Location, zone: str = ""
) -> bool:
    """Whether origin, destination and zone of a rate hold for a lane. A ``zone`` that the shipment gives decides."""
    if rate.zone:
        key = zone_key(rate.zone)
        known = key == zone_key(zone) if zone else _zone_holds(key, rate, zones, destination)
        if not known:
            return False
    return _side_fits(rate.origin, zones, origin, "origin", rate.service) and _side_fits(
        rate.destination, zones, destination, "destination", rate.service
    )


def _zone_holds(key: str, rate: RateData, zones: Sequence[ZoneData], destination: Location) -> bool:
    if key in labels_of(zones, destination, "destination", rate.service) or key in destination.words:
        return True
    # A zone that only names what the destination column says needs no table of zones.
    return bool(rate.destination) and _side_fits(rate.destination, zones, destination, "destination", rate.service)


def why_no_lane(
    rates: Sequence[RateData], zones: Sequence[ZoneData], origin: Location, destination: Location, zone: str
) -> str:
    """A sentence that says which part of the lane no rate has."""
    if zone and not any(zone_key(rate.zone) == zone_key(zone) for rate in rates):
        return f"The card has no rate for zone {zone}."
    if not any(_side_fits(r.origin, zones, origin, "origin", r.service) for r in rates):
        return f"The card has no rate from {_said(origin)}."
    if any(rate.zone for rate in rates) and not labels_of(zones, destination, "destination"):
        return f"The card puts {_said(destination)} into no zone."
    if not any(_side_fits(r.destination, zones, destination, "destination", r.service) for r in rates):
        return f"The card has no rate to {_said(destination)}."
    return f"The card has no rate from {_said(origin)} to {_said(destination)}."


def _said(place: Location) -> str:
    return " ".join(part for part in (place.country, place.postal, place.name) if part) or "an unknown place"
