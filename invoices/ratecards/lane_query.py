"""The query for those rates of stored cards that may fit a lane: its statements and what they take. ``rate_lookup``
runs it.

``NEAR`` asks for the rates of the lane near the weight, ``ANY_WEIGHT`` for a few of the lane, ``FACTS`` for what a card
has at all."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from typing import Any
from uuid import UUID

from invoices.rate_records import CardData, RateData
from invoices.ratecards.profiles import Profile, Texts, columns_of
from invoices.rating import Location, Shipment
from invoices.rating.lanes import labels_of, zone_key
from invoices.rating.weights import billed_weight, convert_weight

_ENOUGH_TO_TELL = 5  # rates of a lane whose breaks all lie elsewhere: more of them would say the same
_ROUNDING_KG = Decimal("0.001")  # pounds are kilograms rounded to eight places
# Each card is asked for its own zones, and the weight is compared within the index: rates far from it are never read.
_REACH = "AND reach_from <= %(high_kg)s AND reach_to >= %(low_kg)s"
# What cannot be meant is left in the database, compared as rating compares it.
_ASKED = """(%(class)s = '' OR freight_class = '' OR lower(replace(freight_class, ' ', '')) = %(class)s)
          AND (%(equipment)s = '' OR equipment = '' OR lower(replace(equipment, ' ', '')) = %(equipment)s)
          AND (%(service)s = '' OR lower(replace(service, ' ', '')) = %(service)s
               OR lower(replace(service_code, ' ', '')) = %(service)s OR card_id = ANY(%(of_service)s::uuid[]))"""
# Each zone of each card is one look into the index. OFFSET keeps the planner at it; a join of the whole tables, which
# it would rather have, reads a million rows.
_BY_ZONE = """
    SELECT pair.card, r.* FROM unnest(string_to_array(%(pair_cards)s, ',')::int[],
        string_to_array(%(pair_ids)s, ',')::uuid[], string_to_array(%(pair_zones)s, chr(31))) AS pair (card, id, label)
    CROSS JOIN LATERAL (
        SELECT {columns} FROM invoices_rate
        WHERE card_id = pair.id AND zone = pair.label AND destination = ANY(%(destinations)s)
          AND origin = ANY(%(origins)s) {reach} AND {asked} {limit}) r"""
# A zone that only repeats the destination column needs no table of zones. Two selects, each with its index: an OR of
# both would read every rate of the cards.
_BY_DESTINATION = """
    UNION ALL
    SELECT lane.card, r.* FROM unnest(%(lane_cards)s::int[], %(lane_ids)s::uuid[], %(lane_zones)s::text[])
        AS lane (card, id, zones)
    CROSS JOIN LATERAL (
        SELECT {columns} FROM invoices_rate
        WHERE card_id = lane.id AND destination = ANY(%(named)s) AND destination <> '' AND zone <> ''
          AND origin = ANY(%(origins)s) AND NOT zone = ANY(string_to_array(lane.zones, chr(31))) {reach} AND {asked}
        {limit}) r"""
_NEAR_PARTS = {"columns": columns_of(RateData), "reach": _REACH, "asked": _ASKED, "limit": "OFFSET 0"}
_ANY_PARTS = {**_NEAR_PARTS, "reach": "", "limit": f"LIMIT {_ENOUGH_TO_TELL}"}
NEAR = (_BY_ZONE.format(**_NEAR_PARTS), _BY_DESTINATION.format(**_NEAR_PARTS))
ANY_WEIGHT = (_BY_ZONE.format(**_ANY_PARTS), _BY_DESTINATION.format(**_ANY_PARTS))


def _first(column: str, condition: str) -> str:
    """Whether a card has such a rate. Asked for in the order of an index, or the planner would read the table."""
    return f"""(SELECT {column} FROM invoices_rate WHERE card_id = c.id AND {condition}
        ORDER BY card_id, {column} LIMIT 1) IS NOT NULL"""  # noqa: S608


FACTS = f"""
    SELECT c.id,
           {_first("zone", "zone = ANY(%(labelled)s)")},
           {_first("origin", "origin = ANY(%(origins)s)")},
           {_first("zone", "zone > ''")},
           {_first("destination", "destination = ANY(%(named)s)")}
           OR {_first("zone", "zone = ANY(%(zones)s) AND destination = ''")}
    FROM unnest(%(cards)s::uuid[]) AS c (id)"""  # noqa: S608


@dataclass(frozen=True, slots=True)
class Keys:
    """What a card may call the ends of a shipment, in the form in which texts are compared: by name, code or zone."""

    origin: frozenset[str]
    destination: frozenset[str]
    zone: frozenset[str]


def keys_of(card: CardData, shipment: Shipment) -> Keys:
    """By the shipment's own words and the card's table of zones."""
    destination = shipment.destination.words
    origin = shipment.origin.words
    if card.zones:
        destination |= labels_of(card.zones, shipment.destination, "destination")
        origin |= labels_of(card.zones, shipment.origin, "origin")
    return Keys(origin, destination, frozenset([zone_key(shipment.zone)]) if shipment.zone else destination)


class LaneQuery:
    """What the query for rates takes: which zones of which cards, how the places may be called, the weights that may be
    billed. ``parameters`` by name; cards are numbered in their order."""

    def __init__(self, cards: dict[UUID, CardData], profiles: dict[UUID, Profile], shipment: Shipment) -> None:
        self._shipment = shipment
        self._origins: set[str] = set()
        self._destinations: set[str] = set()
        self._pairs: list[tuple[str, str, str]] = []
        self._lanes: list[tuple[int, str, str]] = []
        for number, (card_id, card) in enumerate(cards.items()):
            self._add(number, str(card_id), card, profiles[card_id])
        service = _folded(shipment.service)
        low, high = _weights(cards.values(), shipment) if cards else (Decimal(0), Decimal(0))
        self.parameters: dict[str, Any] = {
            "of_service": [i for i, card in cards.items() if service and _folded(card.service) == service],
            "service": service,
            "equipment": _folded(shipment.equipment),
            "class": _folded(shipment.freight_class),
            # As texts: an array of hundreds would be quoted element by element, which takes longer than the query.
            "pair_cards": ",".join([number for number, _, _ in self._pairs]),
            "pair_ids": ",".join([card_id for _, card_id, _ in self._pairs]),
            # Ends with a separator: an empty text would be an array of nothing, not of one empty zone.
            "pair_zones": "".join([f"{zone}\x1f" for _, _, zone in self._pairs]),
            "lane_cards": [number for number, _, _ in self._lanes],
            "lane_ids": [card_id for _, card_id, _ in self._lanes],
            "lane_zones": [zones for _, _, zones in self._lanes],
            "origins": sorted(self._origins),
            "destinations": sorted(self._destinations),
            "named": sorted(self._destinations - {""}),
            "low_kg": low - _ROUNDING_KG,
            "high_kg": high + _ROUNDING_KG,
        }

    @property
    def empty(self) -> bool:
        return not self._pairs and not self._lanes

    def statement(self, parts: tuple[str, str]) -> str:
        return parts[0] + (parts[1] if self._lanes else "")

    def facts(self) -> dict[str, Any]:
        """For the query of what a card has at all."""
        zones = {zone for _, _, zone in self._pairs} | {""}
        return {**self.parameters, "zones": sorted(zones), "labelled": sorted(zones - {""})}

    def _add(self, number: int, card_id: str, card: CardData, profile: Profile) -> None:
        shipment, texts, keys = self._shipment, profile.texts, keys_of(card, self._shipment)
        origins = _written(texts["origin"], keys.origin)
        if origins is None:
            origins = _guessed(card, shipment.origin, "origin")
        destinations = _written(texts["destination"], keys.destination)
        if destinations is None:
            destinations = _guessed(card, shipment.destination, "destination")
        zones = _written(texts["zone"], keys.zone)
        if zones is None:
            zones = {"", *_zone_forms(shipment.zone)} if shipment.zone else destinations
        if not origins or not destinations:
            return
        lane = profile.zoned_lanes and not shipment.zone and destinations != {""}
        if zones or lane:
            self._origins |= origins
            self._destinations |= destinations
        self._pairs += [(str(number), card_id, zone) for zone in zones]
        if lane:
            self._lanes.append((number, card_id, "\x1f".join(zones)))


def _written(texts: Texts | None, keys: Iterable[str]) -> set[str] | None:
    """The texts of a card's rates that may mean a place, with the empty one that means any; None where the texts are
    not at hand."""
    if texts is None:
        return None
    found = {""} if "" in texts else set()
    for key in keys:
        found.update(texts.get(key, ()))
    return found


def _guessed(card: CardData, place: Location, side: str) -> set[str]:
    keys = labels_of(card.zones, place, side)
    written = {zone.zone for zone in card.zones if zone.side == side and zone_key(zone.zone) in keys}
    return {"", *spellings(place)}.union(*(_zone_forms(zone) for zone in written))


def _weights(cards: Iterable[CardData], shipment: Shipment) -> tuple[Decimal, Decimal]:
    """The lightest and the heaviest weight in kg that any of the cards may bill."""
    kinds = {(c.dimensional_divisor, c.weight_unit or "kg", c.dimension_unit, c.mode) for c in cards}
    found = []
    for divisor, unit, dimension_unit, mode in kinds:
        weight = billed_weight(
            shipment.pieces, weight_unit=shipment.weight_unit, dimension_unit=shipment.dimension_unit, to_unit=unit,
            divisor=divisor, mode=mode, card_dimension_unit=dimension_unit,
        )  # fmt: skip
        found.append(convert_weight(weight.billed or Decimal(0), unit, "kg"))
    return min(found), max(found)


def _folded(text: str) -> str:
    return text.casefold().replace(" ", "")


def spellings(place: Location) -> set[str]:
    """How rates and tables of zones may write a place."""
    codes = {text for text in (place.country, place.postal) if text}
    names = {place.name, place.name.upper(), place.name.title()} - {""}
    return codes | {code.upper() for code in codes} | names


def _zone_forms(zone: str) -> set[str]:
    """How rates may write a zone: as the table of zones does, with the word before it, or without."""
    bare = zone_key(zone).upper()
    return {zone, bare, f"Zone {bare}", f"ZONE {bare}", f"Zona {bare}"}
