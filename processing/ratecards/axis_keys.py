"""What the label of a column says of the prices below it: a key, a lane, a carrier. Pure."""

from __future__ import annotations

import re
from typing import Any

from invoices.rate_records import RateData
from processing.ratecards.place_parts import US_STATES, is_short
from processing.ratecards.vocabulary import LANE_LABEL

CARRIER = "other:carrier"
_COUNTRY_AND_AREA = re.compile(r"^([A-Z]{2})[ -](\d{1,4})$")
_STATE_AND_ZIP3 = re.compile(r"^([A-Z]{2})\s+(\d{3})$")


def set_key(rate: RateData, axis: str, label: str, source: Any) -> None:
    """Give a rate the key that stands above its column. A carrier becomes a condition: a card has one carrier only, so
    the prices of several are parted later (``several.py``)."""
    if axis == "carrier":
        rate.conditions = [{"on": CARRIER, "values": [label]}]
        rate.source["carrier"] = source
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
