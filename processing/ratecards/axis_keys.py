"""What the label of a column says of the prices below it: a key, a lane, a carrier. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any

from invoices.rate_records import Condition, RateData
from invoices.values import find_dates
from processing.ratecards.labels import currency_in
from processing.ratecards.place_parts import US_STATES, country_code, is_short
from processing.ratecards.values import currency_code
from processing.ratecards.vocabulary import LANE_LABEL

CARRIER = "other:carrier"
_COUNTRY_AND_AREA = re.compile(r"^([A-Z]{2})[ -](\d{1,4})$")
_STATE_AND_ZIP3 = re.compile(r"^([A-Z]{2})\s+(\d{3})$")


def set_key(rate: RateData, axis: str, label: str, source: Any) -> None:
    """Give a rate the key that stands above its column. A carrier becomes a condition: a card has one carrier only, so
    the prices of several are parted later (``several.py``)."""
    if axis == "carrier":
        rate.conditions = [*rate.conditions, {"on": CARRIER, "values": [label]}]
        rate.source["carrier"] = source
    elif is_condition(axis):
        rate.conditions = [*rate.conditions, condition_of(axis, label)]
        rate.source[axis] = source
    elif axis == "charge":
        rate.charge, rate.source["charge"] = label, source
    elif axis == "lane":
        match = LANE_LABEL.match(label)
        if match is not None:
            rate.origin, rate.destination = us_place(match["origin"] or match["bare"]), us_place(match["destination"])
            rate.source["origin"] = rate.source["destination"] = source
    else:
        setattr(rate, axis, label)
        rate.source[axis] = source


def is_condition(meaning: str) -> bool:
    """Whether a key is none of a rate's fields: a season, a mode, a direction, or one with a name of its own."""
    return meaning in ("season", "mode", "direction") or meaning.startswith("other:")


def condition_of(meaning: str, text: str) -> Condition:
    """The condition that a key in a column or above it sets: shipments must name what the card says."""
    plain = " ".join(text.split())
    if meaning == "direction":
        return {"on": "direction", "values": [plain.casefold().replace(" ", "_")]}
    return {"on": meaning if meaning.startswith("other:") else f"other:{meaning}", "values": [plain]}


def set_constants(
    rates: list[RateData], constants: Iterable[tuple[str, str, Any]], day_first: bool | None = None
) -> None:  # fmt: skip
    """Give prices the keys that hold for their whole table, where they have none of their own."""
    for meaning, text, place in constants:
        value: Any = text
        if meaning in ("valid_from", "valid_to"):
            dates = find_dates(text, day_first=day_first)
            value = (dates[0] if meaning == "valid_from" else dates[-1]).value if dates else None
        elif meaning == "currency":
            value = currency_code(text) or currency_in(text)
        elif meaning in ("charge", "weight_unit"):
            continue  # the table knows them
        for rate in rates if value else ():
            if meaning == "carrier":
                if all(condition["on"] != CARRIER for condition in rate.conditions):
                    set_key(rate, meaning, text, place)
            elif meaning == "lane" or is_condition(meaning):
                set_key(rate, meaning, text, place)
            elif meaning == "country":
                if not rate.destination:
                    rate.destination, rate.source["destination"] = country_code(text) or text, place
            elif not getattr(rate, meaning):
                setattr(rate, meaning, us_place(value) if meaning in ("origin", "destination") else value)
                rate.source[meaning] = place


def us_place(text: str) -> str:
    """ "MN 551" is a state of the US with the beginning of a ZIP code, "DE 28" a country with that of its postcodes."""
    match = _STATE_AND_ZIP3.match(text)
    if match and match[1] in US_STATES:
        return f"US {match[2]}*"
    area = _COUNTRY_AND_AREA.match(text)
    return f"{area[1]} {area[2]}*" if area and is_short(area[2], area[1]) else text


def carriers_of(rates: list[RateData]) -> dict[str, list[RateData]]:
    """The rates by the carrier that each is of; "" for those that are nobody's."""
    found: dict[str, list[RateData]] = {}
    for rate in rates:
        name = next((str(c["values"][0]) for c in rate.conditions if c["on"] == CARRIER and c.get("values")), "")
        found.setdefault(name, []).append(rate)
    return found
