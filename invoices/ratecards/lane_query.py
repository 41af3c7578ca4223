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
from invoices.rate_records.places import outward_code
from invoices.ratecards.profiles import Profile, columns_of
from invoices.rating import Location, Shipment
from invoices.rating.lanes import labels_of, zone_key
from invoices.rating.rulebook import rated_class
from invoices.rating.texts import PlaceTexts
from invoices.rating.weights import chargeable_weight, convert_weight

_NO_BOUND = "999999999"
_ENOUGH_TO_TELL = 5  # rates of a lane whose breaks all lie elsewhere: more of them would say the same
_ROUNDING_KG = Decimal("0.001")  # pounds are kilograms rounded to eight places
# Each card is asked for its own zones, and the weight is compared within the index: rates far from it are never read.
_REACH = "AND reach_from <= {alias}.high AND reach_to >= %(low_kg)s"
# What cannot be meant is left in the database, compared as rating compares it.
_ASKED = """(%(classes)s::text[] = '{}' OR freight_class = ''
               OR lower(replace(freight_class, ' ', '')) = ANY(%(classes)s::text[])
               OR rtrim(rtrim(freight_class, '0'), '.') = ANY(%(classes)s::text[]))
          AND (%(equipment)s = '' OR equipment = '' OR lower(replace(equipment, ' ', '')) = %(equipment)s)
          AND (%(service)s = '' OR starts_with(lower(replace(service, ' ', '')), %(service)s) OR charge <> ''
               OR lower(replace(service_code, ' ', '')) = %(service)s OR card_id = ANY(%(of_service)s::uuid[]))"""
# Each zone of each card is one look into the index. OFFSET keeps the planner at it; a join of the whole tables, which
# it would rather have, reads a million rows.
_BY_ZONE = """
    SELECT pair.card, r.* FROM unnest(string_to_array(%(pair_cards)s, ',')::int[],
        string_to_array(%(pair_ids)s, ',')::uuid[], string_to_array(%(pair_zones)s, chr(31)),
        string_to_array(%(pair_highs)s, ',')::numeric[]) AS pair (card, id, label, high)
    CROSS JOIN LATERAL (
        SELECT {columns} FROM invoices_rate
        WHERE card_id = pair.id AND zone = pair.label AND destination = ANY(%(destinations)s)
          AND origin = ANY(%(origins)s) {reach} AND {asked} {limit}) r"""
# A zone that only repeats the destination column needs no table of zones. Two selects, each with its index: an OR of
# both would read every rate of the cards.
_BY_DESTINATION = """
    UNION ALL
    SELECT lane.card, r.* FROM unnest(%(lane_cards)s::int[], %(lane_ids)s::uuid[], %(lane_zones)s::text[],
        %(lane_highs)s::numeric[]) AS lane (card, id, zones, high)
    CROSS JOIN LATERAL (
        SELECT {columns} FROM invoices_rate
        WHERE card_id = lane.id AND destination = ANY(%(named)s) AND destination <> '' AND zone <> ''
          AND origin = ANY(%(origins)s) AND NOT zone = ANY(string_to_array(lane.zones, chr(31))) {reach} AND {asked}
        {limit}) r"""
_PARTS = {"columns": columns_of(RateData), "asked": _ASKED}
_ANY_PARTS = {**_PARTS, "reach": "AND charge = ''", "limit": f"LIMIT {_ENOUGH_TO_TELL}"}
NEAR = (
    _BY_ZONE.format(**_PARTS, reach=_REACH.format(alias="pair"), limit="OFFSET 0"),
    _BY_DESTINATION.format(**_PARTS, reach=_REACH.format(alias="lane"), limit="OFFSET 0"),
)
# The rates of a lane for all weights, with what their breaks reach.
WHOLE_LIMIT = 20_000
_WHOLE_PARTS = {
    "columns": f"reach_from, reach_to, {columns_of(RateData)}", "asked": _ASKED, "reach": "",
    "limit": f"LIMIT {WHOLE_LIMIT}",
}  # fmt: skip
WHOLE = (_BY_ZONE.format(**_WHOLE_PARTS), _BY_DESTINATION.format(**_WHOLE_PARTS))
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
        destination |= labels_of(card.zones, shipment.destination, "destination", origin=shipment.origin)
        origin |= labels_of(card.zones, shipment.origin, "origin")
    return Keys(origin, destination, frozenset([zone_key(shipment.zone)]) if shipment.zone else destination)


class LaneQuery:
    """What the query for rates takes: which zones of which cards, how the places may be called, the weights that may be
    billed. ``parameters`` by name; cards are numbered in their order."""

    def __init__(self, cards: dict[UUID, CardData], profiles: dict[UUID, Profile], shipment: Shipment) -> None:
        self._shipment = shipment
        self._origins: set[str] = set()
        self._destinations: set[str] = set()
        self._pairs: list[tuple[str, str, str, str]] = []
        self._lanes: list[tuple[int, str, str, str]] = []
        low, high = _weights(cards.values(), shipment) if cards else (Decimal(0), Decimal(0))
        self._high = f"{high + _ROUNDING_KG:f}"
        for number, (card_id, card) in enumerate(cards.items()):
            self._add(number, str(card_id), card, profiles[card_id])
        service = _folded(shipment.service)
        self.parameters: dict[str, Any] = {
            "of_service": [i for i, card in cards.items() if service and _folded(card.service) == service],
            "service": service,
            "equipment": _folded(shipment.equipment),
            "classes": sorted(_classes(cards.values(), shipment)),
            # As texts: an array of hundreds would be quoted element by element, which takes longer than the query.
            "pair_cards": ",".join([number for number, _, _, _ in self._pairs]),
            "pair_ids": ",".join([card_id for _, card_id, _, _ in self._pairs]),
            "pair_highs": ",".join([high for _, _, _, high in self._pairs]),
            # Ends with a separator: an empty text would be an array of nothing, not of one empty zone.
            "pair_zones": "".join([f"{zone}\x1f" for _, _, zone, _ in self._pairs]),
            "lane_cards": [number for number, _, _, _ in self._lanes],
            "lane_ids": [card_id for _, card_id, _, _ in self._lanes],
            "lane_zones": [zones for _, _, zones, _ in self._lanes],
            "lane_highs": [high for _, _, _, high in self._lanes],
            "origins": sorted(self._origins),
            "destinations": sorted(self._destinations),
            "named": sorted(self._destinations - {""}),
            "low_kg": low - _ROUNDING_KG,
        }

    @property
    def empty(self) -> bool:
        return not self._pairs and not self._lanes

    def statement(self, parts: tuple[str, str]) -> str:
        return parts[0] + (parts[1] if self._lanes else "")

    @property
    def highs(self) -> dict[int, Decimal]:
        """Card by its number → the heaviest weight in kg that matters."""
        found = {int(number): Decimal(high) for number, _, _, high in self._pairs}
        return found | {number: Decimal(high) for number, _, _, high in self._lanes}

    def facts(self) -> dict[str, Any]:
        """For the query of what a card has at all."""
        zones = {zone for _, _, zone, _ in self._pairs} | {""}
        return {**self.parameters, "zones": sorted(zones), "labelled": sorted(zones - {""})}

    def _add(self, number: int, card_id: str, card: CardData, profile: Profile) -> None:
        shipment, texts, keys = self._shipment, profile.texts, keys_of(card, self._shipment)
        origins = _written(texts["origin"], keys.origin, shipment.origin)
        if origins is None:
            origins = _guessed(card, shipment.origin, "origin", profile.ranged["origin"])
        destinations = _written(texts["destination"], keys.destination, shipment.destination)
        if destinations is None:
            destinations = _guessed(card, shipment.destination, "destination", profile.ranged["destination"])
        zones = _written(texts["zone"], keys.zone)
        if zones is None:
            zones = {"", *_zone_forms(shipment.zone)} if shipment.zone else destinations
        if not origins or not destinations:
            return
        lane = profile.zoned_lanes and not shipment.zone and destinations != {""}
        if zones or lane:
            self._origins |= origins
            self._destinations |= destinations
        high = _NO_BOUND if _next_break_holds(card) else self._high
        self._pairs += [(str(number), card_id, zone, high) for zone in zones]
        if lane:
            self._lanes.append((number, card_id, "\x1f".join(zones), high))


def _next_break_holds(card: CardData) -> bool:
    """Whether flat prices of heavier breaks matter, which are left in the database else."""
    kinds = ("next_break", "deficit_weight")
    return any(rule.kind in kinds and rule.choice.casefold() not in ("no", "off") for rule in card.rules)


def _written(texts: PlaceTexts | None, keys: Iterable[str], place: Location | None = None) -> set[str] | None:
    """The texts of a card's rates that may mean a place, with those that mean any; None where the texts are not at
    hand."""
    return None if texts is None else texts.written(keys, place)


def _classes(cards: Iterable[CardData], shipment: Shipment) -> set[str]:
    """The freight classes asked for, as the cards rate them, in the form in which texts are compared."""
    asked = {piece.freight_class for piece in shipment.pieces if piece.freight_class} or {shipment.freight_class}
    asked -= {""}
    found = set(asked)
    for card in cards if asked else ():
        if card.rules:
            found |= {rated_class(card.rules, each)[0] for each in asked}
    texts = {_folded(text) for text in found}
    return texts | {text.rstrip("0").rstrip(".") for text in texts if "." in text}


def _guessed(card: CardData, place: Location, side: str, ranged: PlaceTexts) -> set[str]:
    """``ranged`` are the texts whose spelling nobody can guess: ranges, lists, patterns."""
    keys = labels_of(card.zones, place, side)
    written = {zone.zone for zone in card.zones if zone.side == side and zone_key(zone.zone) in keys}
    forms = {"", "*", *spellings(place), *ranged.written((), place)}
    return forms.union(*(_zone_forms(zone) for zone in written))


def _weights(cards: Iterable[CardData], shipment: Shipment) -> tuple[Decimal, Decimal]:
    """The lightest and the heaviest weight in kg that any of the cards may bill."""
    kinds = {
        (c.dimensional_divisor, c.weight_unit or "kg", c.dimension_unit, c.mode, id(c.rules) if c.rules else 0): c
        for c in cards
    }
    found = []
    for (_, unit, *_), card in kinds.items():
        for rules in ((), card.rules) if card.rules else ((),):
            weight = chargeable_weight(shipment, card, rules)
            found.append(convert_weight(weight.billed or Decimal(0), unit, "kg"))
    return min(found), max(found)


def _folded(text: str) -> str:
    return text.casefold().replace(" ", "")


def spellings(place: Location) -> set[str]:
    """How rates and tables of zones may write a place."""
    codes = {text for text in (place.country, place.region, place.postal, place.code) if text}
    names = {place.name, place.name.upper(), place.name.title()} - {""}
    postal = "".join(place.postal.upper().split())
    if place.country:
        codes |= {f"{place.country} {place.postal}", f"{place.country} {postal}"} if postal else set()
        codes |= {f"{place.country}-{place.region}"} if place.region else set()
    within = f"{place.country} " if place.country else ""
    outward = outward_code(place)
    codes |= {f"{within}{outward}"} if outward else set()
    codes |= {f"{within}{postal[:length]}*" for length in range(1, len(postal) + 1)}
    return codes | {code.upper() for code in codes} | names


def _zone_forms(zone: str) -> set[str]:
    """How rates may write a zone: as the table of zones does, with the word before it, or without."""
    bare = zone_key(zone).upper()
    return {zone, bare, f"Zone {bare}", f"ZONE {bare}", f"Zona {bare}"}
