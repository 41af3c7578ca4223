"""What a quote needs of a stored card besides its rates, kept in this process from one quote to the next.

A profile belongs to one state of a card: its key holds the revision and the time of the last change, so that a changed
card has a new one, and what was read inside a transaction that came to nothing is never asked for again.
"""

from __future__ import annotations

import json
import threading
from collections import OrderedDict, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, fields
from datetime import datetime
from typing import Any, TypeVar
from uuid import UUID

from django.db import connection

from invoices.rate_records import HEADER_FIELDS, CardData, FuelBandData, RateData, RuleData, SurchargeData, ZoneData
from invoices.rating.texts import PlaceTexts
from invoices.rating.zones import ZoneTable

MOST_TEXTS = 2_000  # origins, destinations or zones of a card; one with more is asked by guesses of their spelling
MOST_ZONES = 20_000  # rows of a card's table of zones; a longer one stays in the database
KEPT_ENTRIES = 400_000  # texts and rows of zones, about 200 bytes each

Key = tuple[UUID, int, datetime]
T = TypeVar("T", RateData, ZoneData, SurchargeData, FuelBandData, RuleData)

decode_json = json.JSONDecoder().decode


@dataclass(slots=True)
class Profile:
    """``header`` are the values of HEADER_FIELDS. ``texts`` gives what the card's rates call their ``origin``,
    ``destination`` and ``zone``, by the form in which places are compared; None where there are too many: then
    ``ranged`` has those whose spelling cannot be guessed. ``zones`` is None where the table is too long.
    ``zoned_lanes``: some rates name a zone and a destination."""

    header: tuple[Any, ...]
    offers: list[list[Any]] | None
    surcharges: list[SurchargeData]
    fuel: list[FuelBandData]
    rules: list[RuleData]
    zones: ZoneTable | None
    texts: dict[str, PlaceTexts | None]
    zoned_lanes: bool
    ranged: dict[str, PlaceTexts]

    def card(self) -> CardData:
        """The card without rates and zones, to be filled for one quote."""
        card = CardData(*self.header)
        card.surcharges, card.fuel, card.rules = self.surcharges, self.fuel, self.rules
        return card

    @property
    def entries(self) -> int:
        return 20 + (self.zones.size if self.zones else 0) + sum(len(texts or ()) for texts in self.texts.values())


def run_query(statement: str, parameters: dict[str, Any]) -> Iterator[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(statement, parameters)
        yield from cursor.fetchall()


def columns_of(kind: type[Any]) -> str:
    return ", ".join(f'"{field.name}"' for field in fields(kind))


def made(kind: type[T], values: list[Any]) -> T:
    """A record of a row; ``source``, the last field of each, and the conditions before it come as text: Django leaves
    JSON to its own fields."""
    values[-1] = {} if values[-1] == "{}" else decode_json(values[-1])
    if kind is RateData or kind is SurchargeData:
        values[-2] = [] if values[-2] == "[]" else decode_json(values[-2])
    return kind(*values)


class _Kept:
    """The profiles used last, up to a bound in size; safe among threads."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._profiles: OrderedDict[Key, Profile] = OrderedDict()
        self._entries = 0

    def find(self, keys: Sequence[Key]) -> dict[Key, Profile]:
        found = {}
        with self._lock:
            for key in keys:
                profile = self._profiles.get(key)
                if profile is not None:
                    self._profiles.move_to_end(key)
                    found[key] = profile
        return found

    def keep(self, profiles: dict[Key, Profile]) -> None:
        with self._lock:
            for key, profile in profiles.items():
                if key not in self._profiles:
                    self._profiles[key] = profile
                    self._entries += profile.entries
            while self._entries > KEPT_ENTRIES and self._profiles:
                _, oldest = self._profiles.popitem(last=False)
                self._entries -= oldest.entries


_kept = _Kept()


def profiles_of(keys: Sequence[Key]) -> dict[UUID, Profile]:
    """The profiles of these states of cards, in their order, without cards that were deleted meanwhile; those that are
    not at hand are read."""
    found = _kept.find(keys)
    missing = [key for key in keys if key not in found]
    if missing:
        read = _read(missing)
        _kept.keep(read)
        found |= read
    return {key[0]: found[key] for key in keys if key in found}


_ROWS = 'SELECT card_id, {columns} FROM {table} WHERE card_id = ANY(%(cards)s) ORDER BY card_id, "position"'
_CARDS = f"SELECT id, offers, {', '.join(HEADER_FIELDS)} FROM invoices_ratecard WHERE id = ANY(%(cards)s)"  # noqa: S608
_SURCHARGES = _ROWS.format(columns=columns_of(SurchargeData), table="invoices_surcharge")
_RULES = _ROWS.format(columns=columns_of(RuleData), table="invoices_tariffrule")
_FUEL = _ROWS.format(columns=columns_of(FuelBandData), table="invoices_fuelband")
# The source of a row of zones tells nothing in a quote, and is most of its size.
ZONE_COLUMNS = ", ".join(f'"{f.name}"' for f in fields(ZoneData) if f.name != "source")
_ZONES = f"""
    SELECT z.card_id, {ZONE_COLUMNS} FROM unnest(%(cards)s::uuid[]) AS asked (id) CROSS JOIN LATERAL (
        SELECT * FROM invoices_zone WHERE card_id = asked.id LIMIT {MOST_ZONES + 1}) z"""  # noqa: S608
_ZONED_LANES = """
    SELECT asked.id FROM unnest(%(cards)s::uuid[]) AS asked (id) CROSS JOIN LATERAL (
        SELECT 1 FROM invoices_rate WHERE card_id = asked.id AND destination <> '' AND zone <> ''
        ORDER BY card_id, destination LIMIT 1) one"""


def _distinct(column: str) -> str:
    """The different texts of a column. From one to the next within the index: a card of a hundred thousand rates has
    a few dozen."""
    return f"""
    SELECT asked.id, one.text FROM unnest(%(cards)s::uuid[]) AS asked (id) CROSS JOIN LATERAL (
        WITH RECURSIVE found (text) AS (
            (SELECT {column} FROM invoices_rate WHERE card_id = asked.id ORDER BY card_id, {column} LIMIT 1)
            UNION ALL
            SELECT (SELECT {column} FROM invoices_rate WHERE card_id = asked.id AND {column} > found.text
                    ORDER BY card_id, {column} LIMIT 1)
            FROM found WHERE found.text IS NOT NULL)
        SELECT text FROM found WHERE text IS NOT NULL LIMIT {MOST_TEXTS + 1}) one"""  # noqa: S608


_TEXTS = {column: _distinct(column) for column in ("origin", "destination", "zone")}


def _ranged(column: str) -> str:
    return f"""
    SELECT DISTINCT card_id, {column} FROM invoices_rate WHERE card_id = ANY(%(cards)s) AND {column} ~ '[–,?]'
    LIMIT {MOST_ZONES}"""  # noqa: S608


_RANGED = {column: _ranged(column) for column in ("origin", "destination")}


def _ranged_texts(texts: dict[UUID, dict[str, list[str]]]) -> dict[UUID, dict[str, list[str]]]:
    """The ranges among the texts of columns that have too many to be kept."""
    found: dict[UUID, dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
    for column, statement in _RANGED.items():
        many = [card_id for card_id, own in texts.items() if len(own[column]) > MOST_TEXTS]
        for card_id, text in run_query(statement, {"cards": many}) if many else ():
            found[card_id][column].append(text)
    return found


def _read(keys: Sequence[Key]) -> dict[Key, Profile]:
    asked = {"cards": [key[0] for key in keys]}
    headers = {card_id: (offers, tuple(values)) for card_id, offers, *values in run_query(_CARDS, asked)}
    surcharges: dict[UUID, list[SurchargeData]] = defaultdict(list)
    for card_id, *values in run_query(_SURCHARGES, asked):
        surcharges[card_id].append(made(SurchargeData, values))
    fuel: dict[UUID, list[FuelBandData]] = defaultdict(list)
    for card_id, *values in run_query(_FUEL, asked):
        fuel[card_id].append(made(FuelBandData, values))
    rules: dict[UUID, list[RuleData]] = defaultdict(list)
    for card_id, *values in run_query(_RULES, asked):
        rules[card_id].append(made(RuleData, values))
    zones: dict[UUID, list[ZoneData]] = defaultdict(list)
    shared: dict[str, str] = {}
    for card_id, *values in run_query(_ZONES, asked):
        zones[card_id].append(ZoneData(*[shared.setdefault(text, text) for text in values]))  # type: ignore[arg-type]
    texts: dict[UUID, dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
    for column, statement in _TEXTS.items():
        for card_id, text in run_query(statement, asked):
            texts[card_id][column].append(text)
    ranged = _ranged_texts(texts)
    zoned = {card_id for (card_id,) in run_query(_ZONED_LANES, asked)}
    profiles = {}
    for key in keys:
        card_id = key[0]
        if card_id not in headers:
            continue  # deleted meanwhile
        offers, header = headers[card_id]
        table = zones[card_id]
        profiles[key] = Profile(
            header=header,
            offers=decode_json(offers) if isinstance(offers, str) else offers,
            surcharges=surcharges[card_id],
            fuel=fuel[card_id],
            rules=rules[card_id],
            zones=ZoneTable(table) if len(table) <= MOST_ZONES else None,
            texts={column: _by_key(texts[card_id][column]) for column in _TEXTS},
            zoned_lanes=card_id in zoned,
            ranged={column: PlaceTexts(ranged[card_id][column]) for column in _RANGED},
        )
    return profiles


def _by_key(texts: Sequence[str]) -> PlaceTexts | None:
    return None if len(texts) > MOST_TEXTS else PlaceTexts(texts)
