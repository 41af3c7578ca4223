"""Quotes over stored cards: the rates that may fit a lane come from the database, rating does the rest.

Plain SQL: a quote is asked for thousands of times in an audit, and the ORM would take longer to write these five
statements than PostgreSQL to answer them. Names of tables and columns are our own; values go as parameters.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, fields
from datetime import date
from decimal import Decimal
from typing import Any, TypeVar
from uuid import UUID

from django.db import connection

from invoices.rate_records import HEADER_FIELDS, CardData, FuelBandData, RateData, SurchargeData, ZoneData
from invoices.rating import Location, Quotes, Shipment, quote
from invoices.rating_lanes import labels_of, zone_key
from invoices.rating_weights import billed_weight, convert_weight

T = TypeVar("T", RateData, ZoneData, SurchargeData, FuelBandData)


def _columns(kind: type[Any]) -> str:
    return ", ".join(f'"{field.name}"' for field in fields(kind))


_CARDS = f"""
    SELECT id, {", ".join(HEADER_FIELDS)} FROM invoices_ratecard
    WHERE status = 'active' AND (valid_from IS NULL OR valid_from <= %(day)s)
      AND (valid_to IS NULL OR valid_to >= %(day)s)
      AND (%(owner)s::bigint IS NULL OR owner_id = %(owner)s) AND (%(ids)s::uuid[] IS NULL OR id = ANY(%(ids)s))
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
# Breaks far from the weight are left in the database; a step of one is kept on either side, since breaks in whole
# steps (1–5, 6–10) hold what lies between them. Heavier breaks stay where deficit weight may make them cheaper.
_BREAK = """(break_basis <> 'weight' OR break_unit NOT IN ('kg', 'lb') OR excess_only OR (
        (break_to IS NULL OR break_to >= CASE break_unit WHEN 'lb' THEN %(low_lb)s ELSE %(low_kg)s END) AND
        (unit <> 'flat' OR break_from IS NULL
         OR break_from <= CASE break_unit WHEN 'lb' THEN %(high_lb)s ELSE %(high_kg)s END)))"""
_SELECT_RATES = f"SELECT card_id, {_columns(RateData)} FROM invoices_rate"  # noqa: S608
_BY_ZONE = f"""
    {_SELECT_RATES}
    WHERE card_id = ANY(%(cards)s) AND zone = ANY(%(zones)s) AND destination = ANY(%(destinations)s)
      AND origin = ANY(%(origins)s) AND {_BREAK}"""
# A zone that only repeats the destination column needs no table of zones. Two selects, each with its index: an OR of
# both would read every rate of the cards.
_RATES = f"""{_BY_ZONE} UNION ALL
    {_SELECT_RATES}
    WHERE card_id = ANY(%(cards)s) AND destination = ANY(%(named)s) AND destination <> ''
      AND origin = ANY(%(origins)s) AND NOT %(zone_given)s AND NOT zone = ANY(%(zones)s) AND {_BREAK}"""
_ROWS = 'SELECT card_id, {columns} FROM {table} WHERE card_id = ANY(%(cards)s) ORDER BY card_id, "position"'
_SURCHARGES = _ROWS.format(columns=_columns(SurchargeData), table="invoices_surcharge")
_FUEL = _ROWS.format(columns=_columns(FuelBandData), table="invoices_fuelband")


@dataclass(frozen=True, slots=True)
class _Weights:
    low_kg: Decimal
    high_kg: Decimal


def stored_quotes(
    shipment: Shipment, day: date, *, owner_id: int | None = None, card_ids: Sequence[UUID] | None = None
) -> tuple[Quotes, list[UUID]]:
    """The quotes for a shipment by the active cards that hold on the day, and the ids of these cards in the order that
    ``Quote.card`` counts. ``owner_id`` limits to a person's cards, ``card_ids`` to those named."""
    cards = cards_for(shipment, day, owner_id=owner_id, card_ids=card_ids)
    return quote(shipment, [card for _, card in cards], day), [card_id for card_id, _ in cards]


def cards_for(
    shipment: Shipment, day: date, *, owner_id: int | None = None, card_ids: Sequence[UUID] | None = None
) -> list[tuple[UUID, CardData]]:
    """The cards that hold, each with the rates, zones and surcharges that may matter for a shipment and no others."""
    cards: dict[UUID, CardData] = {}
    limits = {"day": day, "owner": owner_id, "ids": list(card_ids) if card_ids is not None else None}
    for card_id, *values in _query(_CARDS, limits):
        cards[card_id] = CardData(**dict(zip(HEADER_FIELDS, values, strict=True)))
    if not cards:
        return []
    _add_zones(cards, shipment)
    for card_id, *values in _query(_RATES, rate_parameters(cards, shipment)):
        cards[card_id].rates.append(_made(RateData, values))
    for card_id, *values in _query(_SURCHARGES, {"cards": list(cards)}):
        cards[card_id].surcharges.append(_made(SurchargeData, values))
    for card_id, *values in _query(_FUEL, {"cards": list(cards)}):
        cards[card_id].fuel.append(_made(FuelBandData, values))
    return list(cards.items())


def rate_parameters(cards: dict[UUID, CardData], shipment: Shipment) -> dict[str, Any]:
    """What the query for rates takes: how cards may call the places, their zones, the weights that may be billed."""
    tables = list({id(card.zones): card.zones for card in cards.values()}.values())
    zones = [zone for table in tables for zone in table]
    origins = {"", *_spellings(shipment.origin), *_zones_of(zones, shipment.origin, "origin")}
    destinations = {"", *_spellings(shipment.destination), *_zones_of(zones, shipment.destination, "destination")}
    weights = _weights(cards.values(), shipment)
    return {
        "cards": list(cards),
        "origins": sorted(origins),
        "destinations": sorted(destinations),
        "named": sorted(destinations - {""}),
        "zones": ["", *sorted(_zone_forms(shipment.zone))] if shipment.zone else sorted(destinations),
        "zone_given": bool(shipment.zone),
        "low_kg": weights.low_kg - 1,
        "high_kg": weights.high_kg + 1,
        "low_lb": convert_weight(weights.low_kg, "kg", "lb") - 1,
        "high_lb": convert_weight(weights.high_kg, "kg", "lb") + 1,
    }


def explain_rates(cards: dict[UUID, CardData], shipment: Shipment) -> str:
    """The plan by which PostgreSQL finds the rates, as it ran."""
    rows = _query(f"EXPLAIN (ANALYZE, COSTS OFF) {_RATES}", rate_parameters(cards, shipment))
    return "\n".join(str(row[0]) for row in rows)


def _query(statement: str, parameters: dict[str, Any]) -> Iterator[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(statement, parameters)
        yield from cursor.fetchall()


def _made(kind: type[T], values: list[Any]) -> T:
    values[-1] = json.loads(values[-1])  # source, the last field of each; Django leaves JSON to its own fields
    return kind(*values)


def _weights(cards: Iterable[CardData], shipment: Shipment) -> _Weights:
    """The lightest and the heaviest weight that any card may bill."""
    kinds = {(c.dimensional_divisor, c.weight_unit or "kg", c.dimension_unit, c.mode) for c in cards}
    found = []
    for divisor, unit, dimension_unit, mode in kinds:
        weight = billed_weight(
            shipment.pieces, weight_unit=shipment.weight_unit, dimension_unit=shipment.dimension_unit, to_unit=unit,
            divisor=divisor, mode=mode, card_dimension_unit=dimension_unit,
        )  # fmt: skip
        found.append(convert_weight(weight.billed or Decimal(0), unit, "kg"))
    return _Weights(min(found), max(found))


def _spellings(place: Location) -> set[str]:
    texts = {text for text in (place.country, place.postal, place.name) if text}
    return texts | {text.upper() for text in texts} | {text.title() for text in texts}


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


__all__ = ["cards_for", "explain_rates", "rate_parameters", "stored_quotes"]
