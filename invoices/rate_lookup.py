"""Quotes over stored cards: the rates that may fit a lane come from the database, rating does the rest."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import fields
from datetime import date
from typing import Any, TypeVar
from uuid import UUID

from django.db.models import CharField, F, Q, QuerySet, Value
from django.db.models.functions import Left, Length

from invoices.models import FuelBand, Rate, RateCard, Surcharge, Zone
from invoices.rate_records import HEADER_FIELDS, CardData, FuelBandData, RateData, SurchargeData, ZoneData
from invoices.rating import Location, Quotes, Shipment, quote
from invoices.rating_lanes import labels_of

T = TypeVar("T", RateData, ZoneData, SurchargeData, FuelBandData)


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
    holding = RateCard.objects.filter(
        Q(valid_from__isnull=True) | Q(valid_from__lte=day),
        Q(valid_to__isnull=True) | Q(valid_to__gte=day),
        status=RateCard.Status.ACTIVE,
    )
    if owner_id is not None:
        holding = holding.filter(owner_id=owner_id)
    if card_ids is not None:
        holding = holding.filter(id__in=card_ids)
    cards: dict[UUID, CardData] = {}
    for card_id, *values in holding.order_by("created_at", "id").values_list("id", *HEADER_FIELDS):
        cards[card_id] = CardData(**dict(zip(HEADER_FIELDS, values, strict=True)))
    ids = list(cards)
    if not ids:
        return []
    _add_zones(cards, shipment, ids)
    zones = [zone for card in cards.values() for zone in card.zones]
    for rates in lane_rates(ids, shipment, zones):
        for card_id, rate in _rows(RateData, rates):
            cards[card_id].rates.append(rate)
    for card_id, surcharge in _rows(SurchargeData, Surcharge.objects.filter(card_id__in=ids)):
        cards[card_id].surcharges.append(surcharge)
    for card_id, band in _rows(FuelBandData, FuelBand.objects.filter(card_id__in=ids)):
        cards[card_id].fuel.append(band)
    return list(cards.items())


def lane_rates(card_ids: Sequence[UUID], shipment: Shipment, zones: Iterable[ZoneData]) -> list[QuerySet[Rate]]:
    """The rates of cards whose lane may hold a shipment: by names, codes and the zones of its places."""
    zones = list(zones)
    origins = {"", *_spellings(shipment.origin), *_zones_of(zones, shipment.origin, "origin")}
    destinations = {"", *_spellings(shipment.destination), *_zones_of(zones, shipment.destination, "destination")}
    rates = Rate.objects.filter(card_id__in=list(card_ids), origin__in=origins)
    if shipment.zone:
        return [rates.filter(zone__in=["", shipment.zone], destination__in=destinations)]
    by_zone = rates.filter(zone__in=destinations, destination__in=destinations)
    # A zone that repeats the destination column needs no table of zones. Two queries, each with its index: an OR of
    # both would read every rate of the cards.
    by_destination = rates.filter(destination__in=destinations - {""}).exclude(destination="")
    return [by_zone, by_destination.exclude(zone__in=destinations)]


def _spellings(place: Location) -> set[str]:
    texts = {text for text in (place.country, place.postal, place.name) if text}
    return texts | {text.upper() for text in texts} | {text.title() for text in texts}


def _zones_of(zones: Sequence[ZoneData], place: Location, side: str) -> set[str]:
    keys = labels_of(zones, place, side)
    return {zone.zone for zone in zones if zone.side == side and " ".join(zone.zone.casefold().split()) in keys}


def _add_zones(cards: dict[UUID, CardData], shipment: Shipment, ids: Sequence[UUID]) -> None:
    """Zone tables often come as documents of their own: a card without one takes those of its carrier's other cards."""
    by_carrier: dict[str, list[ZoneData]] = defaultdict(list)
    found = _place_query("destination", shipment.destination) | _place_query("origin", shipment.origin)
    for card_id, zone in _rows(ZoneData, Zone.objects.filter(found, card_id__in=ids)):
        cards[card_id].zones.append(zone)
        by_carrier[_carrier(cards[card_id])].append(zone)
    for card in cards.values():
        if not card.zones and _carrier(card):
            card.zones = by_carrier.get(_carrier(card), [])


def _carrier(card: CardData) -> str:
    return (card.carrier_code or card.carrier_name).casefold()


def _place_query(side: str, place: Location) -> Q:
    names = _spellings(place)
    own = Q(first__in=names, last="") | Q(first="", country=place.country)
    if place.postal:
        postal = place.postal.replace(" ", "").upper()
        # Each bound is compared by as many characters as it has: 004–005 holds 00501.
        own |= Q(last__gt="", first__lte=postal, last__gte=Left(_text(postal), Length(F("last"))))
    country = Q(country="") | Q(country=place.country) if place.country else Q()
    return Q(side=side) & own & country


def _text(value: str) -> Any:
    return Value(value, output_field=CharField(db_collation="C"))


def _rows(kind: type[T], rows: QuerySet[Any]) -> Iterable[tuple[UUID, T]]:
    names = [field.name for field in fields(kind)]
    for card_id, *values in rows.order_by("card_id", "position").values_list("card_id", *names):
        yield card_id, kind(*values)


__all__ = ["cards_for", "lane_rates", "stored_quotes"]
