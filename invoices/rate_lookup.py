"""Quotes over stored cards: the rates that may fit a lane come from the database, rating does the rest.

Plain SQL: a quote is asked for thousands of times in an audit, and the ORM would take longer to write these five
statements than PostgreSQL to answer them. Names of tables and columns are our own; values go as parameters.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, fields, replace
from datetime import date
from decimal import Decimal
from typing import Any, TypeVar
from uuid import UUID

from django.db import connection

from invoices.rate_records import HEADER_FIELDS, CardData, FuelBandData, RateData, SurchargeData, ZoneData
from invoices.rating import Location, NoQuote, Quotes, Shipment, quote
from invoices.rating_lanes import labels_of, zone_key
from invoices.rating_refusals import LaneFacts, why_no_lane_of, why_no_offer
from invoices.rating_weights import billed_weight, convert_weight

ENOUGH_TO_TELL = 5  # rates of a lane whose breaks all lie elsewhere: more of them would say the same
_ROUNDING_KG = Decimal("0.001")  # pounds are kilograms rounded to eight places

T = TypeVar("T", RateData, ZoneData, SurchargeData, FuelBandData)


def _columns(kind: type[Any]) -> str:
    return ", ".join(f'"{field.name}"' for field in fields(kind))


_CARDS = f"""
    SELECT id, {", ".join(HEADER_FIELDS)} FROM invoices_ratecard
    WHERE status = 'active' AND (valid_from IS NULL OR valid_from <= %(day)s)
      AND (valid_to IS NULL OR valid_to >= %(day)s)
      AND (%(owner)s::bigint IS NULL OR owner_id = %(owner)s) AND (%(ids)s::uuid[] IS NULL OR id = ANY(%(ids)s))
      AND %(mode)s IN ('', mode) AND %(currency)s IN ('', currency)
      AND %(carrier)s IN ('', lower(carrier_name), lower(carrier_code))
    ORDER BY created_at, id"""  # noqa: S608
# Each bound of a postal range is compared by as many characters as it has: 004–005 holds 00501.
_ZONES = f"""
    SELECT card_id, {_columns(ZoneData)} FROM invoices_zone
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
# A zone that only repeats the destination column needs no table of zones. Two selects, each with its index: an OR of
# both would read every rate of the cards. OFFSET keeps the planner at one look into the index for each card and zone;
# a join of the whole tables, which it would rather have, reads a million rows.
_RATES = """
    SELECT r.* FROM unnest(string_to_array(%(pair_cards)s, ',')::uuid[], string_to_array(%(pair_zones)s, chr(31)))
        AS pair (card, label)
    CROSS JOIN LATERAL (
        SELECT card_id, {columns} FROM invoices_rate
        WHERE card_id = pair.card AND zone = pair.label AND destination = ANY(%(destinations)s)
          AND origin = ANY(%(origins)s) {reach} AND {asked} {limit}) r
    UNION ALL
    SELECT r.* FROM unnest(%(cards)s::uuid[]) AS pair (card)
    CROSS JOIN LATERAL (
        SELECT card_id, {columns} FROM invoices_rate
        WHERE card_id = pair.card AND destination = ANY(%(named)s) AND destination <> '' AND zone <> ''
          AND origin = ANY(%(origins)s) AND NOT %(zone_given)s AND NOT zone = ANY(%(zones)s) {reach} AND {asked}
        {limit}) r"""
_NEAR = _RATES.format(columns=_columns(RateData), reach=_REACH, asked=_ASKED, limit="OFFSET 0")
_ANY_WEIGHT = _RATES.format(columns=_columns(RateData), reach="", asked=_ASKED, limit=f"LIMIT {ENOUGH_TO_TELL}")


def _first(column: str, condition: str) -> str:
    """Whether a card has such a rate. Asked for in the order of an index, or the planner would read the table."""
    return f"""(SELECT {column} FROM invoices_rate WHERE card_id = c.id AND {condition}
        ORDER BY card_id, {column} LIMIT 1) IS NOT NULL"""  # noqa: S608


_FACTS = f"""
    SELECT c.id, c.offers,
           {_first("zone", "zone = ANY(%(labelled)s)")},
           {_first("origin", "origin = ANY(%(origins)s)")},
           {_first("zone", "zone > ''")},
           {_first("destination", "destination = ANY(%(named)s)")}
           OR {_first("zone", "zone = ANY(%(zones)s) AND destination = ''")}
    FROM unnest(%(cards)s::uuid[]) AS asked (id) JOIN invoices_ratecard c ON c.id = asked.id"""  # noqa: S608
_ROWS = 'SELECT card_id, {columns} FROM {table} WHERE card_id = ANY(%(cards)s) ORDER BY card_id, "position"'
_SURCHARGES = _ROWS.format(columns=_columns(SurchargeData), table="invoices_surcharge")
_FUEL = _ROWS.format(columns=_columns(FuelBandData), table="invoices_fuelband")


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
    cards, parameters = _cards(shipment, day, choice)
    found = quote(shipment, [card for _, card in cards], day)
    if found.refusals:
        found = Quotes(found.quotes, _explained(found.refusals, cards, parameters, shipment, day))
    return found, [card_id for card_id, _ in cards]


def cards_for(
    shipment: Shipment, day: date, *, owner_id: int | None = None, card_ids: Sequence[UUID] | None = None
) -> list[tuple[UUID, CardData]]:
    """The cards that hold, each with the rates, zones and surcharges that may matter for a shipment and no others."""
    return _cards(shipment, day, Choice(owner_id=owner_id, card_ids=card_ids))[0]


def _cards(shipment: Shipment, day: date, choice: Choice) -> tuple[list[tuple[UUID, CardData]], dict[str, Any]]:
    cards: dict[UUID, CardData] = {}
    limits = {
        "day": day, "owner": choice.owner_id, "mode": choice.mode, "carrier": choice.carrier.casefold(),
        "currency": choice.currency, "ids": list(choice.card_ids) if choice.card_ids is not None else None,
    }  # fmt: skip
    for card_id, *values in _query(_CARDS, limits):
        cards[card_id] = CardData(*values)
    if not cards:
        return [], {}
    _add_zones(cards, shipment)
    parameters = rate_parameters(cards, shipment)
    for card_id, *values in _query(_NEAR, parameters):
        cards[card_id].rates.append(_made(RateData, values))
    priced = [card_id for card_id, card in cards.items() if card.rates]
    for card_id, *values in _query(_SURCHARGES, {"cards": priced}) if priced else ():
        cards[card_id].surcharges.append(_made(SurchargeData, values))
    for card_id, *values in _query(_FUEL, {"cards": priced}) if priced else ():
        cards[card_id].fuel.append(_made(FuelBandData, values))
    return list(cards.items()), parameters


def _explained(
    refusals: Sequence[NoQuote], cards: Sequence[tuple[UUID, CardData]], parameters: dict[str, Any],
    shipment: Shipment, day: date,
) -> tuple[NoQuote, ...]:  # fmt: skip
    """The same reasons as if every rate of the cards had been read: only those of the lane were."""
    refused = {cards[refusal.card][0]: refusal for refusal in refusals}
    chosen = {card_id: card for card_id, card in cards if card_id in refused}
    parameters = {**parameters, "cards": [str(card_id) for card_id in chosen]}
    final: dict[UUID, NoQuote] = {}
    on_lane: list[UUID] = []
    for card_id, offers, *facts in _query(_FACTS, parameters):
        card, index = chosen[card_id], refused[card_id].card
        offers = json.loads(offers) if isinstance(offers, str) else offers
        reason = why_no_offer(index, card, offers, shipment, day) if offers else None
        if reason is None:
            in_zone = bool(labels_of(card.zones, shipment.destination, "destination"))
            lane = LaneFacts(*facts)
            reason = why_no_lane_of(index, card, shipment, lane, zone_of_place=in_zone)
            if lane.origin and lane.destination:
                on_lane.append(card_id)
        final[card_id] = reason
    final |= _by_any_weight(on_lane, chosen, refused, shipment, day)
    return tuple(final[card_id] for card_id in refused)


def _by_any_weight(
    on_lane: Sequence[UUID], chosen: dict[UUID, CardData], refused: dict[UUID, NoQuote], shipment: Shipment, day: date
) -> dict[UUID, NoQuote]:
    """Cards that have the lane, but no rate of it for the weight: their rates of other weights say which reason."""
    if not on_lane:
        return {}
    lanes = {card_id: replace(chosen[card_id], rates=[]) for card_id in on_lane}
    for card_id, *values in _query(_ANY_WEIGHT, rate_parameters(lanes, shipment)):
        lanes[card_id].rates.append(_made(RateData, values))
    found = quote(shipment, list(lanes.values()), day).refusals
    told = {on_lane[refusal.card]: refusal for refusal in found if refusal.code in ("no_break", "no_quantity")}
    return {card_id: replace(refusal, card=refused[card_id].card) for card_id, refusal in told.items()}


def rate_parameters(cards: dict[UUID, CardData], shipment: Shipment) -> dict[str, Any]:
    """What the query for rates takes: how cards may call the places, their zones, the weights that may be billed."""
    origins, destinations = {"", *_spellings(shipment.origin)}, {"", *_spellings(shipment.destination)}
    places = frozenset(destinations)
    given = {"", *_zone_forms(shipment.zone)} if shipment.zone else None
    of_table: dict[int, set[str]] = {}
    pair_cards: list[str] = []
    pair_zones: list[str] = []
    service = _folded(shipment.service)
    for card_id, card in cards.items():
        labels = of_table.get(id(card.zones))
        if labels is None:
            labels = of_table[id(card.zones)] = _zones_of(card.zones, shipment.destination, "destination")
            origins |= _zones_of(card.zones, shipment.origin, "origin")
            destinations |= labels
        asked = given or labels | places
        pair_zones += asked
        pair_cards += [str(card_id)] * len(asked)
    low, high = _weights(cards.values(), shipment)
    return {
        "cards": [str(card_id) for card_id in cards],
        "of_service": [str(card_id) for card_id, card in cards.items() if service and _folded(card.service) == service],
        "service": service,
        "equipment": _folded(shipment.equipment),
        "class": _folded(shipment.freight_class),
        # As texts: an array of five hundred would be quoted element by element, which takes longer than the query.
        "pair_cards": ",".join(pair_cards),
        "pair_zones": "\x1f".join(pair_zones),
        "origins": sorted(origins),
        "destinations": sorted(destinations),
        "named": sorted(destinations - {""}),
        "zones": sorted(given or destinations),
        "labelled": sorted((given or destinations) - {""}),
        "zone_given": given is not None,
        "low_kg": low - _ROUNDING_KG,
        "high_kg": high + _ROUNDING_KG,
    }


def explain_rates(cards: dict[UUID, CardData], shipment: Shipment) -> str:
    """The plan by which PostgreSQL finds the rates, as it ran."""
    rows = _query(f"EXPLAIN (ANALYZE, COSTS OFF) {_NEAR}", rate_parameters(cards, shipment))
    return "\n".join(str(row[0]) for row in rows)


def _query(statement: str, parameters: dict[str, Any]) -> Iterator[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(statement, parameters)
        yield from cursor.fetchall()


def _made(kind: type[T], values: list[Any]) -> T:
    values[-1] = json.loads(values[-1])  # source, the last field of each; Django leaves JSON to its own fields
    return kind(*values)


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


def _zones_of(zones: Sequence[ZoneData], place: Location, side: str) -> set[str]:
    keys = labels_of(zones, place, side)
    written = {zone.zone for zone in zones if zone.side == side and zone_key(zone.zone) in keys}
    return {form for zone in written for form in _zone_forms(zone)}


def _zone_forms(zone: str) -> set[str]:
    """How rates may write a zone: as the table of zones does, with the word before it, or without."""
    bare = zone_key(zone).upper()
    return {zone, bare, f"Zone {bare}", f"ZONE {bare}", f"Zona {bare}"}


def _add_zones(cards: dict[UUID, CardData], shipment: Shipment) -> None:
    """Zone tables often come as documents of their own: a card without one takes those of its carrier's other cards."""
    parameters: dict[str, Any] = {"cards": list(cards)}
    for letter, place in (("d", shipment.destination), ("o", shipment.origin)):
        parameters |= {
            f"{letter}_country": place.country,
            f"{letter}_names": sorted(_spellings(place)),
            f"{letter}_postal": place.postal.replace(" ", "").upper(),
        }
    by_carrier: dict[str, list[ZoneData]] = defaultdict(list)
    for card_id, *values in _query(_ZONES, parameters):
        zone = _made(ZoneData, values)
        cards[card_id].zones.append(zone)
        by_carrier[_carrier(cards[card_id])].append(zone)
    for card in cards.values():
        if not card.zones and _carrier(card):
            card.zones = by_carrier.get(_carrier(card), [])


def _carrier(card: CardData) -> str:
    return (card.carrier_code or card.carrier_name).casefold()


__all__ = ["Choice", "cards_for", "explain_rates", "quotes_by", "rate_parameters", "stored_quotes"]
