"""The places that a row of a zone chart names in columns for country, region, postcode, code and name. Pure."""

from __future__ import annotations

import re
from collections.abc import Mapping

from invoices.rate_records.places import place_text
from processing.ratecards.place_parts import country_code
from processing.ratecards.values import places_of

_LISTED = re.compile(r"\s*[,;/\n]\s*")


def places_of_parts(texts: Mapping[str, str], known: str) -> tuple[tuple[str, str, str], ...]:
    """(country, first, last) of each place; ``texts`` are by part, ``known`` is the country that no cell says."""
    country = known or country_code(texts.get("country", ""))
    postcode = texts.get("postcode", "")
    if postcode and postcode != "*":
        listed = places_of(postcode) or (("", postcode, ""),)
        return tuple((country or own, first, last) for own, first, last in listed)
    if "code" in texts:
        return (("", texts["code"].replace(" ", ""), ""),)
    region = texts.get("region", "")
    if region and region != "*":
        regions = [part for part in _LISTED.split(region) if part]
        return tuple(("", place_text(country=country, region=part), "") for part in regions)
    listed_countries = [country_code(part) for part in _LISTED.split(texts.get("country", "")) if part]
    if len(listed_countries) > 1 and all(listed_countries):
        return tuple((code, "", "") for code in listed_countries)
    if country:
        return ((country, "", ""),)
    name = texts.get("name", "") or texts.get("country", "")
    return (("", name, ""),) if name else ()
