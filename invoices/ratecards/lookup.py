"""Quotes over stored cards: the rates that may fit a lane come from the database, rating does the rest.

Plain SQL: a quote is asked for thousands of times in an audit, and the ORM would take longer to write these statements
than PostgreSQL to answer them. Names of tables and columns are our own; values go as parameters. What does not depend
on the shipment (headers, zones, surcharges) is kept by ``rate_profiles``.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from invoices.models import FuelIndexValue
from invoices.rate_records import CardData, RateData, ZoneData
from invoices.rate_records.series import IndexValue
from invoices.ratecards.kept_lanes import KeptLanes
from invoices.ratecards.lane_query import ANY_WEIGHT, FACTS, NEAR, LaneQuery, keys_of, spellings
from invoices.ratecards.profiles import ZONE_COLUMNS, Profile, made, profiles_of, run_query
from invoices.rating import NoQuote, Quotes, Shipment, quote
from invoices.rating.lanes import labels_of, zone_key
from invoices.rating.pricing import why_no_accessorial
from invoices.rating.refusals import LaneFacts, why_no_lane_of, why_no_offer

# A card that another one followed still holds for the days before that one begins.
_CARDS = """
    SELECT id, revision, updated_at FROM invoices_ratecard AS card
    WHERE (status = 'active' OR (status = 'superseded' AND EXISTS (
            SELECT FROM invoices_ratecard AS next
            WHERE next.supersedes_id = card.id AND next.status IN ('active', 'superseded')
                AND next.valid_from > %(day)s)))
      AND (valid_from IS NULL OR valid_from <= %(day)s)
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


_INDEX_REACH = timedelta(days=100)  # two whole months before the day's own


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
    cards = list(asked.cards.values())
    found = quote(shipment, cards, day, series=_series(cards, shipment, day))
    if found.refusals:
        found = replace(found, refusals=_explained(found.refusals, asked, day))
    return found, list(asked.cards)


def _series(cards: Sequence[CardData], shipment: Shipment, day: date) -> list[IndexValue]:
    """The stored values of fuel indexes, where a card may need them: of the months that its rule may go back to."""
    if shipment.fuel_index is not None or not any(_rates_by_index(card) for card in cards):
        return []
    values = FuelIndexValue.objects.filter(published__range=(day - _INDEX_REACH, day))
    rows = values.values_list("index_name", "published", "value")
    return [IndexValue(name, published, value) for name, published, value in rows if value is not None]


def _rates_by_index(card: CardData) -> bool:
    return any(band.index_name for band in card.fuel) or any(rule.kind == "fuel_index" for rule in card.rules)


def cards_for(
    shipment: Shipment, day: date, *, owner_id: int | None = None, card_ids: Sequence[UUID] | None = None
) -> list[tuple[UUID, CardData]]:
    """The cards that hold, each with the rates, zones and surcharges that may matter for a shipment and no others."""
    return list(_asked(shipment, day, Choice(owner_id=owner_id, card_ids=card_ids)).cards.items())


def cards_on(
    day: date, choice: Choice, lanes: KeptLanes | None = None
) -> Callable[[Shipment], list[tuple[UUID, CardData]]]:
    """As ``cards_for``, for many shipments of one day: which cards hold is asked once, and ``lanes`` keeps rates from
    one shipment to the next."""
    profiles = _profiles(day, choice)
    return lambda shipment: list(_filled(shipment, profiles, lanes).cards.items())


def explain_rates(
    shipment: Shipment, day: date, *, owner_id: int | None = None, card_ids: Sequence[UUID] | None = None
) -> str:
    """The plan by which PostgreSQL finds the rates, as it ran."""
    asked = _asked(shipment, day, Choice(owner_id=owner_id, card_ids=card_ids))
    statement = asked.lanes.statement(NEAR)
    rows = run_query(f"EXPLAIN (ANALYZE, COSTS OFF) {statement}", asked.lanes.parameters)
    return "\n".join(str(row[0]) for row in rows)


@dataclass(slots=True)
class _Asked:
    """The cards that a quote asks, with what was read for it."""

    shipment: Shipment
    cards: dict[UUID, CardData]
    profiles: dict[UUID, Profile]
    lanes: LaneQuery


def _asked(shipment: Shipment, day: date, choice: Choice) -> _Asked:
    return _filled(shipment, _profiles(day, choice))


def _profiles(day: date, choice: Choice) -> dict[UUID, Profile]:
    limits = {
        "day": day, "owner": choice.owner_id, "mode": choice.mode, "carrier": choice.carrier.casefold(),
        "currency": choice.currency, "ids": list(choice.card_ids) if choice.card_ids is not None else None,
    }  # fmt: skip
    return profiles_of([(card_id, revision, at) for card_id, revision, at in run_query(_CARDS, limits)])


def _filled(shipment: Shipment, profiles: dict[UUID, Profile], kept: KeptLanes | None = None) -> _Asked:
    cards = {card_id: profile.card() for card_id, profile in profiles.items()}
    _add_zones(cards, profiles, shipment)
    lanes = LaneQuery(cards, profiles, shipment)
    own = list(cards.values())
    if kept is None:
        _add_rates(own, lanes, NEAR)
    else:
        kept.add_rates(own, lanes, lambda: _add_rates(own, lanes, NEAR))
    return _Asked(shipment, cards, profiles, lanes)


def _add_rates(cards: Sequence[CardData], lanes: LaneQuery, parts: tuple[str, str]) -> None:
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
        if reason is None:
            reason = _told_already(refusal, card, shipment, day)
        if reason is not None:
            final[card_id] = reason
        elif (known := _facts_at_hand(profile, card, shipment)) is not None:
            facts[card_id] = known
        else:
            unknown.append(card_id)
    if unknown:
        parameters = {**asked.lanes.facts(), "cards": unknown}
        facts |= {card_id: LaneFacts(*told) for card_id, *told in run_query(FACTS, parameters)}
    on_lane = []
    for card_id, lane in facts.items():
        card = asked.cards[card_id]
        in_zone = bool(labels_of(card.zones, shipment.destination, "destination", origin=shipment.origin))
        final[card_id] = why_no_lane_of(refused[card_id].card, card, shipment, lane, zone_of_place=in_zone)
        if lane.origin and lane.destination:
            on_lane.append(card_id)
    final |= _by_any_weight(on_lane, asked, refused, day)
    return tuple(final.get(card_id, refusal) for card_id, refusal in refused.items())


def _of_lane(refusal: NoQuote, shipment: Shipment) -> bool:
    """Whether a refusal says that the lane is there. Where the shipment names no class, prices that depend on it do."""
    if refusal.code == "no_class":
        return not shipment.freight_class
    return refusal.code in ("no_break", "no_quantity", "on_request")


def _told_already(refusal: NoQuote, card: CardData, shipment: Shipment, day: date) -> NoQuote | None:
    """A reason that does not depend on the rates that were left in the database."""
    if refusal.code in ("other_account", "other_card_holds", "on_request"):
        return refusal
    if refusal.code == "no_class" and _of_lane(refusal, shipment):
        return refusal
    return why_no_accessorial(refusal.card, card, shipment, day)


def _facts_at_hand(profile: Profile, card: CardData, shipment: Shipment) -> LaneFacts | None:
    """From the texts of a card's rates, where they are kept."""
    origins, destinations, zones = (profile.texts[name] for name in ("origin", "destination", "zone"))
    if origins is None or destinations is None or zones is None:
        return None
    keys = keys_of(card, shipment)
    return LaneFacts(
        zone_asked=bool(shipment.zone) and zone_key(shipment.zone) in zones,
        origin=bool(origins.written(keys.origin, shipment.origin)),
        any_zone=zones.any_named(),
        destination=bool(destinations.written(keys.destination, shipment.destination)),
    )


def _by_any_weight(
    on_lane: Sequence[UUID], asked: _Asked, refused: dict[UUID, NoQuote], day: date
) -> dict[UUID, NoQuote]:
    """Cards that have the lane, but no rate of it for the weight: their rates of other weights say which reason."""
    if not on_lane:
        return {}
    cards = {card_id: replace(asked.cards[card_id], rates=[]) for card_id in on_lane}
    _add_rates(list(cards.values()), LaneQuery(cards, asked.profiles, asked.shipment), ANY_WEIGHT)
    found = quote(asked.shipment, list(cards.values()), day).refusals
    told = {on_lane[refusal.card]: refusal for refusal in found if _of_lane(refusal, asked.shipment)}
    return {card_id: replace(refusal, card=refused[card_id].card) for card_id, refusal in told.items()}


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
            f"{letter}_names": sorted(spellings(place)),
            f"{letter}_postal": place.postal.replace(" ", "").upper(),
        }
    return parameters


def _carrier(card: CardData) -> str:
    return (card.carrier_code or card.carrier_name).casefold()


__all__ = ["Choice", "cards_for", "cards_on", "explain_rates", "quotes_by", "stored_quotes"]
