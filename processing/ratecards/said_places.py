"""Where all shipments of a card come from and how much they may weigh, as sentences say it. Pure."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import Any

from invoices.rate_records import CardData
from invoices.values import parse_country
from invoices.values.currencies import CODES
from processing.ratecards.figures import NUMBER, number_of
from processing.ratecards.labels import UP_TO
from processing.ratecards.place_words import ORIGIN, PORT_OF_ORIGIN
from processing.ratecards.space_rules import without

_LOOKED_AT = 200
_EXPORT = re.compile(
    r"\bexport\w*\s+(?:from|aus|ab|von|desde|depuis|au départ de|de|da|dall[a']|vanuit)\s+"
    r"(?P<country>[^\W\d][\w' -]{2,30}?)\s*(?:$|[,.;(–-])",
    re.I,
)
_UP_TO = re.compile(rf"(?<!\w){UP_TO}\s*(?P<v>{NUMBER})\s*(?P<unit>kgs?|lbs?)\b", re.I)


def origin(card: CardData, rest: str, place: Any) -> str:
    """Where all shipments of a card come from, by a postcode or its beginning."""
    match = ORIGIN.search(rest)
    if match is None:
        _port_of_origin(card, rest, place)
        return rest
    code = match["a"] or match["b"] or match["c"] or match["d"]
    countries = {zone.country for zone in card.zones if zone.side == "destination"} - {""}
    country = "FR " if match["c"] else f"{countries.pop()} " if len(countries) == 1 and match["a"] else ""
    for rate in card.rates:
        if not rate.charge and not rate.origin:
            rate.origin = f"{country}{code}*"
            rate.source["origin"] = place
    return without(rest, match)


def _port_of_origin(card: CardData, text: str, place: Any) -> None:
    """Where all shipments of a card by sea or air come from, where none of its prices says so and none goes there."""
    match = PORT_OF_ORIGIN.search(text)
    code = (match["bare"] or match["code"]) if match else ""
    freight = [rate for rate in card.rates if not rate.charge]
    if not code or code in CODES or any(rate.origin or code in rate.destination for rate in freight):
        return
    ends = " ".join(rate.destination for rate in freight[:_LOOKED_AT])
    if (len(code) == 5 and not parse_country(code[:2])) or not re.search(rf"\b[A-Z]{{{len(code)}}}\b", ends):
        return  # its destinations are no ports: "ab EUR 5.00" and "ex VAT" are none either
    for rate in freight:
        rate.origin = code
        rate.source["origin"] = place


def most_weight(card: CardData, text: str, rest: str, titles: frozenset[str]) -> str:
    """The most that a shipment may weigh for prices without breaks, where the title of their table says it."""
    match = _UP_TO.search(rest)
    freight = [rate for rate in card.rates if not rate.charge]
    most = number_of(match["v"]) if match else None
    titled = any(text in title for title in titles)
    if (
        match is None
        or most is None
        or not titled
        or not freight
        or any(r.break_basis or r.unit != "flat" for r in freight)
    ):
        return rest
    for rate in freight:
        rate.break_basis, rate.break_from, rate.break_to = "weight", Decimal(0), most
        rate.break_unit = match["unit"].casefold().rstrip("s")
    return without(rest, match)


def from_country(card: CardData, text: str, place: Any) -> None:
    """Where an export tariff begins: "Export from Germany", "Exportación desde España"."""
    match = _EXPORT.search(text)
    code = parse_country(match["country"].strip()) if match else None
    if code is None or any(rate.origin for rate in card.rates):
        return
    card.direction = card.direction or "export"
    for rate in card.rates:
        if not rate.charge:
            rate.origin = code
            rate.source["origin"] = place
