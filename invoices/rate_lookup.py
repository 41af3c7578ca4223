"""Quotes over stored cards: the rates that may fit a lane come from the database, rating does the rest.

Plain SQL: a quote is asked for thousands of times in an audit, and the ORM would take longer to write these statements
than PostgreSQL to answer them. Names of tables and columns are our own; values go as parameters. What does not depend
on the shipment (headers, zones, surcharges) is kept by ``rate_profiles``.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from typing import Any
from uuid import UUID

from invoices.rate_profiles import ZONE_COLUMNS, Profile, Texts, columns_of, made, profiles_of, run_query
from invoices.rate_records import CardData, RateData, ZoneData
from invoices.rating import Location, NoQuote, Quotes, Shipment, quote
from invoices.rating_lanes import labels_of, zone_key
from invoices.rating_refusals import LaneFacts, why_no_lane_of, why_no_offer
from invoices.rating_weights import billed_weight, convert_weight

ENOUGH_TO_TELL = 5  # rates of a lane whose breaks all lie elsewhere: more of them would say the same
_ROUNDING_KG = Decimal("0.001")  # pounds are kilograms rounded to eight places

_CARDS = """
    SELECT id, revision, updated_at FROM invoices_ratecard
    WHERE status = 'active' AND (valid_from IS NULL OR valid_from <= %(day)s)
      AND (valid_to IS NULL OR valid_to >= %(day)s)
      AND (%(owner)s::bigint IS NULL OR owner_id = %(owner)s) AND (%(ids)s::uuid[] IS NULL OR id = ANY(%(ids)s))
      AND %(mode)s IN ('', mode) AND %(currency)s IN ('', currency)
      AND %(carrier)s IN ('', lower(carrier_name), lower(carrier_code))
    ORDER BY created_at, id"""
# Each bound of a postal range is compared by as many characters as it has: 004–005 holds 00501.
_ZONES = f"""
    SELECT card_id, {ZONE_COLUMNS} FROM invoices_zone
    WHERE card_id = ANY(%(cards)s) AND (
        (side = 'destination' AND (country = '' OR %(d_country)s = '' OR country = %(d_country)s) AND (
            (last = '' AND first = ANY(%(d_names)s)) OR (first = '' AND country = %(d_country)s)
            OR (last <> '' AND first <= %(d_postal)s AND last >= left(%(d_postal)s, length(last)) COLLATE "C")))
        OR (side = 'origin' AND (country = '' OR %(o_country)s = '' OR country = %(o_country)s) AND (
            (last = '' AND first = ANY(%(o_names)s)) OR (first = '' AND country = %(o_country)s)
            OR (last <> '' AND first <= %(o_postal)s AND last >= left(%(o_postal)s, length(last)) COLLATE "C"))))
    ORDER BY card_id, position"""  # noqa: S608
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
_ANY_PARTS = {**_NEAR_PARTS, "reach": "", "limit": f"LIMIT {ENOUGH_TO_TELL}"}
_NEAR = (_BY_ZONE.format(**_NEAR_PARTS), _BY_DESTINATION.format(**_NEAR_PARTS))
_ANY_WEIGHT = (_BY_ZONE.format(**_ANY_PARTS), _BY_DESTINATION.format(**_ANY_PARTS))


def _first(column: str, condition: str) -> str:
    """Whether a card has such a rate. Asked for in the order of an index, or the planner would read the table."""
    return f"""(SELECT {column} FROM invoices_rate WHERE card_id = c.id AND {condition}
        ORDER BY card_id, {column} LIMIT 1) IS NOT NULL"""  # noqa: S608


_FACTS = f"""
    SELECT c.id,
           {_first("zone", "zone = ANY(%(labelled)s)")},
           {_first("origin", "origin = ANY(%(origins)s)")},
           {_first("zone", "zone > ''")},
           {_first("destination", "destination = ANY(%(named)s)")}
           OR {_first("zone", "zone = ANY(%(zones)s) AND destination = ''")}
    FROM unnest(%(cards)s::uuid[]) AS c (id)"""  # noqa: S608


@dataclass(frozen=True, slots=True)
class Choice:
    """Which cards are asked: those of an owner, those named, those of a mode, carrier (name or code) or currency."""

    owner_id: int | None = None
    card_ids: Sequence[UUID] | None = None
    mode: str = ""
    carrier: str = ""
    currency: str = ""


def stored_quotes(
    shipment: Shipment, day: date, *, owner_id: int | None = None, card_ids: Sequence[UUID] | None = None
) -> tuple[Quotes, list[UUID]]:
    """The quotes for a shipment by the active cards that hold on the day, and the ids of these cards in the order that
    ``Quote.card`` counts. ``owner_id`` limits to a person's cards, ``card_ids`` to those named."""
    return quotes_by(shipment, day, Choice(owner_id=owner_id, card_ids=card_ids))


def quotes_by(shipment: Shipment, day: date, choice: Choice) -> tuple[Quotes, list[UUID]]:
    """As ``stored_quotes``, by the cards of a choice."""
    asked = _asked(shipment, day, choice)
    found = quote(shipment, list(asked.cards.values()), day)
    if found.refusals:
        found = replace(found, refusals=_explained(found.refusals, asked, day))
    return found, list(asked.cards)


def cards_for(
    shipment: Shipment, day: date, *, owner_id: int | None = None, card_ids: Sequence[UUID] | None = None
) -> list[tuple[UUID, CardData]]:
    """The cards that hold, each with the rates, zones and surcharges that may matter for a shipment and no others."""
    return list(_asked(shipment, day, Choice(owner_id=owner_id, card_ids=card_ids)).cards.items())


def explain_rates(
    shipment: Shipment, day: date, *, owner_id: int | None = None, card_ids: Sequence[UUID] | None = None
) -> str:
    """The plan by which PostgreSQL finds the rates, as it ran."""
    asked = _asked(shipment, day, Choice(owner_id=owner_id, card_ids=card_ids))
    statement = asked.lanes.statement(_NEAR)
    rows = run_query(f"EXPLAIN (ANALYZE, COSTS OFF) {statement}", asked.lanes.parameters)
    return "\n".join(str(row[0]) for row in rows)


@dataclass(slots=True)
class _Asked:
    """The cards that a quote asks, with what was read for it."""

    shipment: Shipment
    cards: dict[UUID, CardData]
    profiles: dict[UUID, Profile]
    lanes: _LaneQuery


def _asked(shipment: Shipment, day: date, choice: Choice) -> _Asked:
    limits = {
        "day": day, "owner": choice.owner_id, "mode": choice.mode, "carrier": choice.carrier.casefold(),
        "currency": choice.currency, "ids": list(choice.card_ids) if choice.card_ids is not None else None,
    }  # fmt: skip
    profiles = profiles_of([(card_id, revision, at) for card_id, revision, at in run_query(_CARDS, limits)])
    cards = {card_id: profile.card() for card_id, profile in profiles.items()}
    _add_zones(cards, profiles, shipment)
    lanes = _LaneQuery(cards, profiles, shipment)
    _add_rates(list(cards.values()), lanes, _NEAR)
    return _Asked(shipment, cards, profiles, lanes)


def _add_rates(cards: Sequence[CardData], lanes: _LaneQuery, parts: tuple[str, str]) -> None:
    if lanes.empty:
        return
    for number, *values in run_query(lanes.statement(parts), lanes.parameters):
        cards[number].rates.append(made(RateData, values))


def _explained(refusals: Sequence[NoQuote], asked: _Asked, day: date) -> tuple[NoQuote, ...]:
    """The same reasons as if every rate of the cards had been read: only those of the lane were."""
    shipment = asked.shipment
    ids = list(asked.cards)
    refused = {ids[refusal.card]: refusal for refusal in refusals}
    final: dict[UUID, NoQuote] = {}
    unknown: list[UUID] = []
    facts: dict[UUID, LaneFacts] = {}
    for card_id, refusal in refused.items():
        profile = asked.profiles[card_id]
        card = asked.cards[card_id]
        reason = why_no_offer(refusal.card, card, profile.offers, shipment, day) if profile.offers else None
        if reason is not None:
            final[card_id] = reason
        elif (known := _facts_at_hand(profile, card, shipment)) is not None:
            facts[card_id] = known
        else:
            unknown.append(card_id)
    if unknown:
        parameters = {**asked.lanes.facts(), "cards": unknown}
        facts |= {card_id: LaneFacts(*told) for card_id, *told in run_query(_FACTS, parameters)}
    on_lane = []
    for card_id, lane in facts.items():
        card = asked.cards[card_id]
        in_zone = bool(labels_of(card.zones, shipment.destination, "destination"))
        final[card_id] = why_no_lane_of(refused[card_id].card, card, shipment, lane, zone_of_place=in_zone)
        if lane.origin and lane.destination:
            on_lane.append(card_id)
    final |= _by_any_weight(on_lane, asked, refused, day)
    return tuple(final.get(card_id, refusal) for card_id, refusal in refused.items())


def _facts_at_hand(profile: Profile, card: CardData, shipment: Shipment) -> LaneFacts | None:
    """From the texts of a card's rates, where they are kept."""
    origins, destinations, zones = (profile.texts[name] for name in ("origin", "destination", "zone"))
    if origins is None or destinations is None or zones is None:
        return None
    keys = _keys(card, shipment)
    return LaneFacts(
        zone_asked=bool(shipment.zone) and zone_key(shipment.zone) in zones,
        origin="" in origins or any(key in origins for key in keys.origin),
        any_zone=any(zones),
        destination="" in destinations or any(key in destinations for key in keys.destination),
    )


def _by_any_weight(
    on_lane: Sequence[UUID], asked: _Asked, refused: dict[UUID, NoQuote], day: date
) -> dict[UUID, NoQuote]:
    """Cards that have the lane, but no rate of it for the weight: their rates of other weights say which reason."""
    if not on_lane:
        return {}
    cards = {card_id: replace(asked.cards[card_id], rates=[]) for card_id in on_lane}
    _add_rates(list(cards.values()), _LaneQuery(cards, asked.profiles, asked.shipment), _ANY_WEIGHT)
    found = quote(asked.shipment, list(cards.values()), day).refusals
    told = {on_lane[refusal.card]: refusal for refusal in found if refusal.code in ("no_break", "no_quantity")}
    return {card_id: replace(refusal, card=refused[card_id].card) for card_id, refusal in told.items()}


@dataclass(frozen=True, slots=True)
class _Keys:
    """What a card may call the ends of a shipment, in the form in which texts are compared: by name, code or zone."""

    origin: frozenset[str]
    destination: frozenset[str]
    zone: frozenset[str]


def _keys(card: CardData, shipment: Shipment) -> _Keys:
    destination = shipment.destination.words
    origin = shipment.origin.words
    if card.zones:
        destination |= labels_of(card.zones, shipment.destination, "destination")
        origin |= labels_of(card.zones, shipment.origin, "origin")
    return _Keys(origin, destination, frozenset([zone_key(shipment.zone)]) if shipment.zone else destination)


class _LaneQuery:
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
        shipment, texts, keys = self._shipment, profile.texts, _keys(card, self._shipment)
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
    return {"", *_spellings(place)}.union(*(_zone_forms(zone) for zone in written))


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


def _spellings(place: Location) -> set[str]:
    codes = {text for text in (place.country, place.postal) if text}
    names = {place.name, place.name.upper(), place.name.title()} - {""}
    return codes | {code.upper() for code in codes} | names


def _zone_forms(zone: str) -> set[str]:
    """How rates may write a zone: as the table of zones does, with the word before it, or without."""
    bare = zone_key(zone).upper()
    return {zone, bare, f"Zone {bare}", f"ZONE {bare}", f"Zona {bare}"}


def _add_zones(cards: dict[UUID, CardData], profiles: dict[UUID, Profile], shipment: Shipment) -> None:
    """Zone tables often come as documents of their own: a card without one takes those of its carrier's other cards."""
    long: list[UUID] = []
    for card_id, card in cards.items():
        table = profiles[card_id].zones
        if table is None:
            long.append(card_id)
        elif table.size:
            card.zones = table.rows_for(shipment.origin, shipment.destination)
    if long:
        for card_id, *values in run_query(_ZONES, {"cards": long, **_places(shipment)}):
            cards[card_id].zones.append(ZoneData(*values))
    without = [card_id for card_id in cards if (table := profiles[card_id].zones) is not None and not table.size]
    if len(without) in (0, len(cards)):
        return
    by_carrier: dict[str, list[ZoneData]] = defaultdict(list)
    for card in cards.values():
        if card.zones:
            by_carrier[_carrier(card)] += card.zones
    for card_id in without:
        card = cards[card_id]
        if _carrier(card):
            card.zones = by_carrier.get(_carrier(card), [])


def _places(shipment: Shipment) -> dict[str, Any]:
    parameters: dict[str, Any] = {}
    for letter, place in (("d", shipment.destination), ("o", shipment.origin)):
        parameters |= {
            f"{letter}_country": place.country,
            f"{letter}_names": sorted(_spellings(place)),
            f"{letter}_postal": place.postal.replace(" ", "").upper(),
        }
    return parameters


def _carrier(card: CardData) -> str:
    return (card.carrier_code or card.carrier_name).casefold()


__all__ = ["Choice", "cards_for", "explain_rates", "quotes_by", "stored_quotes"]
