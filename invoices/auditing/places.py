"""Places, weights and equipment as invoices write them. Pure."""

from __future__ import annotations

import re
from functools import lru_cache

from invoices.rating import Location
from invoices.values.identifiers import parse_country

_POSTAL = re.compile(
    r"(?:\b([A-Z]{1,2})[ -])?\b(\d{5}(?:-\d{4})?|\d{4}|\d{3} \d{2}|\d{2}-\d{3}|[A-Z]{1,2}\d[A-Z\d]? \d[A-Z]{2}|\d{6})\b"
)
# "Dallas, TX 75201", "PLANO TX 75024-1200, US"
_AMERICAN = re.compile(r"^(?P<town>.*?)[ ,]+(?P<state>[A-Z]{2})[ ,]+(?P<postal>\d{5}(?:-\d{4})?)(?:, ?USA?)?$")
_EQUIPMENT = re.compile(r"\b(20|40|45)\s?'?\s?(GP|DV|DC|ST|HC|HQ|RF|RH|OT|FR)\b", re.IGNORECASE)
_CLASS = re.compile(r"\bclass\s*(\d{2,3}(?:\.5)?)\b", re.IGNORECASE)
_UNITS = {
    "kg": "kg", "kgs": "kg", "kilo": "kg", "kilos": "kg", "kilogram": "kg", "kilograms": "kg", "kgm": "kg", "k": "kg",
    "lb": "lb", "lbs": "lb", "lbr": "lb", "pound": "lb", "pounds": "lb", "g": "g", "grm": "g", "t": "t", "to": "t",
    "tne": "t", "tonne": "t", "oz": "oz", "cwt": "cwt",
}  # fmt: skip
_COUNTED = {
    "pallet": "pallets", "pallets": "pallets", "plt": "pallets", "pal": "pallets", "palette": "pallets",
    "paletten": "pallets", "pf": "pallets", "pxx": "pallets", "m3": "volume_m3", "m³": "volume_m3", "cbm": "volume_m3",
    "mtq": "volume_m3", "ldm": "loading_metres", "lademeter": "loading_metres", "km": "distance", "kmt": "distance",
    "mi": "distance", "mile": "distance", "miles": "distance", "smi": "distance", "container": "containers",
    "containers": "containers", "ctr": "containers", "cntr": "containers", "ch": "containers", "teu": "containers",
}  # fmt: skip


@lru_cache(maxsize=4096)
def readings_of_place(text: str) -> tuple[Location, ...]:
    """The ways to understand a place: with its region ("Dallas, TX"), then the town alone. A US state is no country."""
    text = " ".join(text.split())
    if not text:
        return (Location(),)
    american = _AMERICAN.match(text)
    if american is not None and american["state"] in US_STATES:
        town, postal = american["town"].strip(" ,"), american["postal"][:5]
        return (Location(postal=postal, name=f"{town}, {american['state']}"), Location(postal=postal, name=town))
    country, postal, rest = "", "", text
    found = _POSTAL.search(text)
    if found:
        # "DE-10115 Berlin" names a country; what stands behind a comma ("Dallas, TX 75201") is a region.
        of_country = found[1] and not text[: found.start()].rstrip().endswith(",")
        postal = found[2]
        country = parse_country(found[1]) or "" if of_country else ""
        start = found.start() if country else found.start(2)
        rest = " ".join((text[:start] + text[found.end() :]).split()).strip(" ,-")
    parts = [part.strip() for part in rest.split(",") if part.strip()]
    if not country and len(parts) > 1 and not (len(parts[-1]) == 2 and found and len(postal) == 5):
        country = parse_country(parts[-1]) or ""
        if country and len(parts[-1]) == 2 and country in _STATES:
            country = ""
    elif not country and len(parts) == 1:
        country = parse_country(rest) or ""
        if country and not postal:
            return (Location(country=country, name=rest),)
    names = [rest, *([parts[0]] if len(parts) > 1 else [])]
    return tuple(Location(country=country, postal=postal, name=name) for name in dict.fromkeys(names))


@lru_cache(maxsize=4096)
def country_of(text: str) -> str:
    """The country that a place names, as ISO 3166 has it; a US state names it too. Empty where none is said."""
    text = " ".join(text.split())
    american = _AMERICAN.match(text)
    if american is not None and american["state"] in US_STATES:
        return "US"
    return readings_of_place(text)[0].country


US_STATES = frozenset(
    [
        "AL",
        "AK",
        "AZ",
        "AR",
        "CA",
        "CO",
        "CT",
        "DE",
        "FL",
        "GA",
        "HI",
        "ID",
        "IL",
        "IN",
        "IA",
        "KS",
        "KY",
        "LA",
        "ME",
        "MD",
        "MA",
        "MI",
        "MN",
        "MS",
        "MO",
        "MT",
        "NE",
        "NV",
        "NH",
        "NJ",
        "NM",
        "NY",
        "NC",
        "ND",
        "OH",
        "OK",
        "OR",
        "PA",
        "RI",
        "SC",
        "SD",
        "TN",
        "TX",
        "UT",
        "VT",
        "VA",
        "WA",
        "WV",
        "WI",
        "WY",
        "DC",
        "PR",
    ]
)
# Codes that are a state of the US and a country of ISO 3166.
_STATES = frozenset(
    ["AL", "AR", "AZ", "CA", "CO", "DE", "GA", "ID", "IL", "IN", "KY", "LA", "MA", "MD", "ME", "MN", "MO", "MS", "MT",
     "NC", "NE", "PA", "SC", "SD", "TN", "VA"]
)  # fmt: skip


def weight_unit_of(text: str | None) -> str:
    """``kg``, ``lb``, ``g``, ``t``, ``oz``, ``cwt`` (also by UN/ECE Rec. 20 codes), or nothing for no weight."""
    return _UNITS.get((text or "").strip(" .").casefold(), "")


def counted_by(text: str | None) -> str:
    """The field of a Shipment that a quantity in this unit fills, or nothing."""
    return _COUNTED.get((text or "").strip(" .").casefold(), "")


def equipment_of(*texts: str | None) -> str:
    """A container as cards write it: "40' HC" is 40HC."""
    for text in texts:
        found = _EQUIPMENT.search(text or "")
        if found:
            return found[1] + found[2].upper()
    return ""


def freight_class_of(*texts: str | None) -> str:
    """The NMFC class that a line names."""
    for text in texts:
        found = _CLASS.search(text or "")
        if found:
            return found[1]
    return ""
